//===- Region.cpp - Text between two marker lines -------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/rewrite/Rewrite.h"

namespace ilbridge::rewrite {

static constexpr llvm::StringLiteral BeginPrefix = "// ilbridge:begin ";
static constexpr llvm::StringLiteral EndPrefix = "// ilbridge:end ";

Markers regionMarkers(llvm::StringRef Name) {
  return {(BeginPrefix + Name).str(), (EndPrefix + Name).str()};
}

namespace {
/// The first line that is a marker of some kind.
struct Found {
  unsigned Line = 0; ///< 0: there is none
  llvm::StringRef Text;
};
} // namespace

/// Appends \p Text to \p Result with the line endings of the file. A text can
/// have megabytes, so unchanged parts are copied at once.
static void append(std::string &Result, llvm::StringRef Text, bool UseCRLF) {
  if (Text.empty())
    return;
  llvm::StringRef LineEnd = UseCRLF ? "\r\n" : "\n";
  while (!Text.empty()) {
    llvm::StringRef Unchanged =
        UseCRLF ? Text.take_until([](char C) { return C == '\r' || C == '\n'; })
                : Text.take_front(Text.find('\r'));
    Result += Unchanged;
    Text = Text.drop_front(Unchanged.size());
    if (Text.consume_front("\n"))
      Result += LineEnd;
    else
      Text.consume_front("\r");
  }
  if (Result.empty() || Result.back() != '\n')
    Result += LineEnd;
}

llvm::Expected<std::string> replaceRegion(llvm::MemoryBufferRef File,
                                          const Markers &M,
                                          llvm::StringRef Text) {
  llvm::StringRef Whole = File.getBuffer();
  auto Fail = [&](unsigned Line, const llvm::Twine &Message) {
    Location Where{File.getBufferIdentifier().str(), {}, {}};
    if (Line)
      Where.Start = {Line, 1};
    return inputError(std::move(Where), Message);
  };

  Found Begin, End, Inner;
  unsigned Number = 0;
  for (llvm::StringRef Rest = Whole; !Rest.empty();) {
    size_t Break = Rest.find('\n');
    llvm::StringRef Line =
        Break == llvm::StringRef::npos ? Rest : Rest.take_front(Break + 1);
    Rest = Rest.drop_front(Line.size());
    ++Number;
    llvm::StringRef Content = Line.trim();
    for (auto [Marker, Place] : {std::pair(&M.Begin, &Begin), {&M.End, &End}}) {
      if (Content != *Marker)
        continue;
      if (Place->Line)
        return Fail(Number, "marker '" + *Marker +
                                "' is given twice; the first is at line " +
                                llvm::Twine(Place->Line));
      *Place = {Number, Line};
    }
    if (Begin.Line && !End.Line && Content != M.Begin &&
        (Content.starts_with(BeginPrefix) || Content.starts_with(EndPrefix)) &&
        !Inner.Line)
      Inner = {Number, Line};
  }
  if (!Begin.Line && !End.Line)
    return Fail(0, "has no region to write to; add the two lines '" + M.Begin +
                       "' and '" + M.End + "' where it should be");
  if (!End.Line)
    return Fail(Begin.Line, "the region that begins here has no end; add the "
                            "line '" +
                                M.End + "'");
  if (!Begin.Line)
    return Fail(End.Line, "the region that ends here has no beginning; add the "
                          "line '" +
                              M.Begin + "'");
  if (End.Line < Begin.Line)
    return Fail(End.Line, "the region ends before its beginning at line " +
                              llvm::Twine(Begin.Line));

  // The inner marker would be lost with the old content of the region.
  if (Inner.Line)
    return Fail(Inner.Line, "marker '" + Inner.Text.trim() +
                                "' is inside the region that begins at line " +
                                llvm::Twine(Begin.Line));

  const char *Start = Begin.Text.end();
  const char *Stop = End.Text.begin();
  std::string Result;
  Result.reserve(Start - Whole.begin() + Text.size() + (Whole.end() - Stop));
  Result.append(Whole.begin(), Start);
  append(Result, Text, Begin.Text.ends_with("\r\n"));
  Result.append(Stop, Whole.end());
  return Result;
}

} // namespace ilbridge::rewrite
