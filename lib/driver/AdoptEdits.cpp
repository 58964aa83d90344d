//===- AdoptEdits.cpp - Edits for `ilbridge adopt` ------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AdoptEdits.h"
#include "ilbridge/diagnostic/InputError.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using llvm::StringRef;

namespace ilbridge::driver {

AdoptEdits::File *AdoptEdits::file(const std::string &Shown) {
  auto [It, IsNew] = Files.try_emplace(Shown);
  File &F = It->second;
  if (IsNew) {
    llvm::SmallString<256> Path = StringRef(Shown);
    llvm::sys::fs::make_absolute(P.Root, Path);
    F.Path = Path.str().str();
    auto Buffer = P.Files->getBufferForFile(F.Path);
    // Headers of other projects must not be edited.
    if (Buffer && !llvm::sys::path::is_absolute(Shown)) {
      F.Text = (*Buffer)->getBuffer().str();
      F.Lines.push_back(0);
      for (size_t I = 0; I != F.Text.size(); ++I)
        if (F.Text[I] == '\n')
          F.Lines.push_back(I + 1);
    }
  }
  return F.Lines.empty() ? nullptr : &F;
}

size_t AdoptEdits::offset(const File &F, Position At) {
  if (At.Line == 0 || At.Line > F.Lines.size())
    return StringRef::npos;
  size_t Offset = F.Lines[At.Line - 1] + At.Column - 1;
  return Offset <= F.Text.size() ? Offset : StringRef::npos;
}

Position AdoptEdits::position(const File &F, size_t Offset) {
  auto Next = llvm::upper_bound(F.Lines, Offset);
  size_t Line = Next - F.Lines.begin();
  return {static_cast<unsigned>(Line),
          static_cast<unsigned>(Offset - F.Lines[Line - 1] + 1)};
}

/// Removes a range, and also its line if the line contains nothing else.
void AdoptEdits::remove(File &F, const WrittenType &Range) {
  size_t Begin = offset(F, Range.Begin), End = offset(F, Range.End);
  StringRef Text = F.Text;
  size_t LineBegin = Text.take_front(Begin).rfind('\n') + 1;
  size_t LineEnd = Text.find('\n', End);
  if (LineEnd != StringRef::npos &&
      Text.slice(LineBegin, Begin).trim().empty() &&
      Text.slice(End, LineEnd).trim().empty()) {
    Begin = LineBegin;
    End = LineEnd + 1;
  }
  F.Edits.push_back({F.Path, position(F, Begin), position(F, End), ""});
}

void AdoptEdits::addLine(File &F, size_t Offset, const std::string &Line) {
  Position At = position(F, Offset);
  F.Edits.push_back({F.Path, At, At, Line + "\n"});
}

std::string AdoptEdits::add(const Adopted &A) {
  const native::Export &E = *A.Function;
  const native::Registration &By = *E.Registered;
  File *Declares = file(E.Decl.Where.File);
  File *Registers = file(By.Where.File);
  if (!Declares || !Registers)
    return "its file lies outside of the project";
  size_t Begin = offset(*Declares, E.AnnotationBegin);
  if (Begin == StringRef::npos ||
      offset(*Registers, By.Statement.Begin) == StringRef::npos ||
      offset(*Registers, By.Statement.End) == StringRef::npos)
    return "its file has changed";
  StringRef Rest = StringRef(Declares->Text).drop_front(Begin);
  size_t Keyword = 0;
  if (E.IsInternal) {
    if (!Rest.starts_with("static") ||
        !llvm::StringRef(" \t\n").contains(Rest[strlen("static")]))
      return "it has internal linkage, so code in another file cannot call it";
    Keyword = Rest.find_first_not_of(" \t", strlen("static"));
  }
  if (Annotated.emplace(E.Decl.Where, A.Method).second) {
    size_t LineBegin = Declares->Lines[E.AnnotationBegin.Line - 1];
    StringRef Indent = StringRef(Declares->Text).slice(LineBegin, Begin);
    std::string Text =
        A.Annotation + (Indent.trim().empty() ? "\n" + Indent.str() : " ");
    // If a function has several annotations, its keyword is removed once.
    bool IsFirst =
        Exported.emplace(E.Decl.Where.File, E.AnnotationBegin).second;
    Declares->Edits.push_back(
        {Declares->Path, E.AnnotationBegin,
         position(*Declares, Begin + (IsFirst ? Keyword : 0)), Text});
    Declares->NeedsHeader = true;
  }
  if (!Removed.emplace(By.Where.File, By.Statement.Begin).second)
    return "";
  remove(*Registers, By.Statement);
  // A row of a table ends with a comma, and a call cannot replace it.
  StringRef Last = StringRef(Registers->Text)
                       .slice(0, offset(*Registers, By.Statement.End))
                       .take_back(1);
  if (Last == ";" && (!First || By.Where < First->first))
    First = {By.Where, By.Statement};
  return "";
}

/// Returns the beginning of the first line with an #include; the end of the
/// text if there is none. If \p IsLast is set, returns the beginning of the
/// line after the last #include before \p Before.
static size_t includeLine(StringRef Text, bool IsLast,
                          size_t Before = StringRef::npos) {
  size_t Found = StringRef::npos;
  for (size_t At = 0; At < std::min(Text.size(), Before);) {
    size_t End = std::min(Text.find('\n', At), Text.size() - 1) + 1;
    StringRef Line = Text.slice(At, End).ltrim();
    if (Line.consume_front("#") && Line.ltrim().starts_with("include")) {
      if (!IsLast)
        return At;
      Found = End;
    }
    At = End;
  }
  return Found == StringRef::npos ? 0 : Found;
}

void AdoptEdits::addCall() {
  if (!First)
    return;
  File &F = *file(First->first.File);
  Position At = First->second.Begin;
  size_t Begin = offset(F, At);
  size_t LineBegin = F.Lines[At.Line - 1];
  std::string Indent = StringRef(F.Text).slice(LineBegin, Begin).str();
  size_t Place = StringRef(Indent).trim().empty() ? LineBegin : Begin;
  addLine(F, Place, (Place == LineBegin ? Indent : "") + "::" + Name + "();");
  // Insert the declaration before the function that contains the call, and
  // outside of all namespaces.
  addLine(F, includeLine(F.Text, /*IsLast=*/true, Begin),
          "void " + Name +
              "(); // in the file that 'ilbridge generate' writes");
  HasCall = true;
}

llvm::Expected<std::vector<EditedFile>> AdoptEdits::finish() {
  addCall();
  std::vector<EditedFile> Result;
  for (auto &[Shown, F] : Files) {
    if (F.NeedsHeader && !StringRef(F.Text).contains("ilbridge/export.h"))
      addLine(F, includeLine(F.Text, /*IsLast=*/false),
              "#include <ilbridge/export.h>");
    if (F.Edits.empty())
      continue;
    // Insertions at one position keep the order in which they were added.
    llvm::stable_sort(F.Edits, [](const FixIt &A, const FixIt &B) {
      return std::tie(A.Begin, A.End) < std::tie(B.Begin, B.End);
    });
    std::string New;
    size_t At = 0;
    for (const FixIt &Edit : F.Edits) {
      size_t Begin = offset(F, Edit.Begin), End = offset(F, Edit.End);
      if (Begin < At)
        return inputError({Shown, Edit.Begin, {}},
                          "two edits overlap here; nothing is changed");
      New += StringRef(F.Text).slice(At, Begin);
      New += Edit.Text;
      At = End;
    }
    New += StringRef(F.Text).drop_front(At);
    Result.push_back({F.Path, F.Text, std::move(New)});
  }
  return Result;
}

} // namespace ilbridge::driver
