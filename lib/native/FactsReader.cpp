//===- FactsReader.cpp - A file of facts to its sources -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FactsSource.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/type/Limits.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ThreadPool.h"

namespace ilbridge::native {

/// The maximum nesting of arrays and objects: each level of a type can be an
/// object, an object with its variation, and a list of parameters. A type is
/// enclosed in its declaration, and contains its variation.
constexpr unsigned MaxDepth = 3 * MaxTypeDepth + 8;

static bool isTooDeep(llvm::StringRef Line) {
  unsigned Depth = 0;
  bool InString = false;
  for (size_t I = 0; I != Line.size(); ++I) {
    char C = Line[I];
    if (InString) {
      if (C == '\\')
        ++I;
      else if (C == '"')
        InString = false;
      if (I >= Line.size())
        break;
    } else if (C == '"') {
      InString = true;
    } else if (C == '{' || C == '[') {
      if (++Depth > MaxDepth)
        return true;
    } else if ((C == '}' || C == ']') && Depth) {
      --Depth;
    }
  }
  return false;
}

namespace {

/// Splits a text into sources, and reads them in order.
class FileReader {
public:
  /// \p Before is the number of lines before \p Text in the file.
  FileReader(llvm::StringRef Text, llvm::StringRef File, unsigned Before)
      : Text(Text), File(File), Number(Before) {}
  llvm::Expected<std::vector<Facts>> read();

private:
  llvm::Error add(llvm::StringRef Text);
  llvm::Error endSource();
  llvm::Error notJSON(llvm::StringRef Text);
  llvm::Error fail(const llvm::Twine &What) {
    return inputError({File.str(), {Number, 1}, {}}, What);
  }

  llvm::StringRef Text, File;
  unsigned Number; ///< of the line
  flat::Parser Parser{MaxDepth};
  std::vector<FactsLine> Lines; ///< of the source that is being read
  std::vector<Facts> Result;
};

} // namespace

llvm::Error FileReader::notJSON(llvm::StringRef Text) {
  if (isTooDeep(Text))
    return fail("nested more than " + llvm::Twine(MaxDepth) + " levels deep");
  llvm::Expected<llvm::json::Value> V = llvm::json::parse(Text);
  std::string Why = "not understood";
  if (!V)
    llvm::handleAllErrors(V.takeError(), [&](const llvm::ErrorInfoBase &E) {
      Why = E.message();
    });
  return fail("not JSON: " + Why);
}

llvm::Error FileReader::endSource() {
  if (Lines.empty())
    return llvm::Error::success();
  llvm::Expected<Facts> F = readSource(Lines, File);
  if (!F)
    return F.takeError();
  Result.push_back(std::move(*F));
  Lines.clear();
  return llvm::Error::success();
}

llvm::Error FileReader::add(llvm::StringRef Text) {
  std::optional<flat::Value> V = Parser.parse(Text);
  if (!V)
    return notJSON(Text);
  const flat::Object *O = V->getAsObject();
  if (!O)
    return fail("expected an object");
  if (const flat::Value *Version = O->get("facts")) {
    // The errors of the source that ends here come first in the file.
    if (llvm::Error E = endSource())
      return E;
    if (Version->getAsUINT64() != FactsVersion)
      return fail("facts of another version: this ilbridge reads "
                  "version " +
                  llvm::Twine(FactsVersion) + "; scan the source again");
    Parser.clear();
    V = Parser.parse(Text); // again, because clear() has deleted it
  } else if (Lines.empty()) {
    return fail("expected a header line with \"facts\"");
  }
  Lines.push_back({Number, *V});
  return llvm::Error::success();
}

llvm::Expected<std::vector<Facts>> FileReader::read() {
  for (llvm::StringRef Rest = Text, Each; !Rest.empty();) {
    std::tie(Each, Rest) = Rest.split('\n');
    ++Number;
    if (Each.trim().empty())
      continue;
    if (llvm::Error E = add(Each))
      return E;
  }
  if (llvm::Error E = endSource())
    return E;
  return std::move(Result);
}

/// \returns the offset of the first line that begins at \p From or behind it
/// and is a header of a source; the end if there is none in the form of
/// writeFacts.
static size_t findHeader(llvm::StringRef Text, size_t From) {
  flat::Parser Parser(MaxDepth);
  // The line in which \p From lies begins before it.
  From = std::min(Text.find('\n', From - 1), Text.size());
  while ((From = Text.find("\"facts\":", From)) != llvm::StringRef::npos) {
    size_t Begin = Text.rfind('\n', From) + 1;
    size_t End = std::min(Text.find('\n', From), Text.size());
    std::optional<flat::Value> V = Parser.parse(Text.slice(Begin, End));
    if (V && V->getAsObject() && V->getAsObject()->get("facts"))
      return Begin;
    From = End;
    Parser.clear();
  }
  return Text.size();
}

/// Splits a text into parts of similar size that contain whole sources. Each
/// part except the last one has at least \p Least bytes.
static std::vector<llvm::StringRef> split(llvm::StringRef Text, size_t Least) {
  constexpr size_t Most = 64;
  const size_t Size = std::max(Least, Text.size() / Most);
  std::vector<llvm::StringRef> Parts;
  while (Text.size() > Size) {
    size_t End = findHeader(Text, Size);
    Parts.push_back(Text.take_front(End));
    Text = Text.drop_front(End);
  }
  if (!Text.empty())
    Parts.push_back(Text);
  return Parts;
}

llvm::Expected<std::vector<Facts>> readFacts(llvm::MemoryBufferRef Text,
                                             llvm::ThreadPoolInterface *Threads,
                                             size_t PartSize) {
  std::vector<llvm::StringRef> Parts;
  if (Threads)
    Parts = split(Text.getBuffer(), PartSize);
  if (Parts.size() < 2) // is not worth a thread
    return FileReader(Text.getBuffer(), Text.getBufferIdentifier(), 0).read();
  std::vector<unsigned> Before = {0};
  for (llvm::StringRef Part : Parts)
    Before.push_back(Before.back() + Part.count('\n'));
  std::vector<std::optional<llvm::Expected<std::vector<Facts>>>> Read(
      Parts.size());
  llvm::ThreadPoolTaskGroup Group(*Threads);
  for (size_t I = 0; I != Parts.size(); ++I)
    Group.async([&, I] {
      Read[I].emplace(
          FileReader(Parts[I], Text.getBufferIdentifier(), Before[I]).read());
    });
  Group.wait();

  // The first error in the file is reported.
  llvm::Error Failed = llvm::Error::success();
  std::vector<Facts> Result;
  for (auto &Part : Read) {
    if (Failed)
      llvm::consumeError(Part->takeError()); // it is not the first error
    else if (!*Part)
      Failed = Part->takeError();
    else
      llvm::move(**Part, std::back_inserter(Result));
  }
  if (Failed)
    return Failed;
  return Result;
}

} // namespace ilbridge::native
