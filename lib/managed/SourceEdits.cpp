//===- SourceEdits.cpp - Edits of C# declarations -------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/managed/SourceEdits.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using llvm::StringRef;

namespace ilbridge::managed {

using csharp::Attribute;
using csharp::Declaration;
using csharp::Range;

namespace {

class Editor {
public:
  Editor(const SourceLocations::DeclarationLocation &At,
         const ManagedEdit &Edit)
      : At(At), Text(*At.In), D(*At.What), Edit(Edit) {}
  std::optional<FixIt> fix() const;

private:
  std::optional<FixIt> type() const;
  std::optional<FixIt> modifier() const;
  std::optional<FixIt> marshal() const;
  std::optional<FixIt> convention() const;
  bool isOfResult() const { return Edit.Parameter == ManagedEdit::Result; }
  const csharp::Parameter *parameter() const {
    return Edit.Parameter < D.Params.size() ? &D.Params[Edit.Parameter]
                                            : nullptr;
  }
  const Attribute *attribute(StringRef Name) const {
    auto Found = llvm::find_if(
        D.Attributes, [&](const Attribute &A) { return A.Name == Name; });
    return Found == D.Attributes.end() ? nullptr : &*Found;
  }
  std::optional<FixIt> callConv() const;
  std::string interop(StringRef Name) const;
  FixIt replace(Range R, std::string New) const;

  const SourceLocations::DeclarationLocation &At;
  const csharp::Outline &Text;
  const Declaration &D;
  const ManagedEdit &Edit;
};

} // namespace

FixIt Editor::replace(Range R, std::string New) const {
  csharp::LineAndColumn Begin = Text.position(R.Begin);
  csharp::LineAndColumn End = Text.position(R.End);
  return {At.File,
          {Begin.Line, Begin.Column},
          {End.Line, End.Column},
          std::move(New)};
}

/// Returns the name of a type of System.Runtime.InteropServices, with the
/// qualification that the text uses for DllImport or LibraryImport.
std::string Editor::interop(StringRef Name) const {
  StringRef Prefix;
  const Attribute *A = attribute("DllImport");
  if (!A)
    A = attribute("LibraryImport");
  if (A)
    Prefix = Text.text(A->Whole).split(A->Name).first;
  return (Prefix + Name).str();
}

std::optional<FixIt> Editor::type() const {
  const csharp::Parameter *P = parameter();
  if (!isOfResult() && !P)
    return std::nullopt;
  Range R = isOfResult() ? D.Result : P->Type;
  if (R.empty())
    return std::nullopt;
  return replace(R, Edit.Text);
}

std::optional<FixIt> Editor::modifier() const {
  const csharp::Parameter *P = parameter();
  if (!P)
    return std::nullopt;
  StringRef Old = Text.text(P->Modifiers);
  if (Old != "ref" && Old != "out")
    return std::nullopt;
  return replace(P->Modifiers, Edit.Text);
}

std::optional<FixIt> Editor::marshal() const {
  std::string New = interop("MarshalAs") + "(" + interop("UnmanagedType.") +
                    Edit.Text + ")] ";
  auto IsMarshal = [&](const Attribute &A) {
    return A.Name == "MarshalAs" && A.IsOfReturn == isOfResult();
  };
  if (isOfResult()) {
    if (llvm::any_of(D.Attributes, IsMarshal))
      return std::nullopt;
    return replace({D.Begin, D.Begin}, "[return: " + New);
  }
  const csharp::Parameter *P = parameter();
  if (!P || llvm::any_of(P->Attributes, IsMarshal))
    return std::nullopt;
  uint32_t Begin = P->Modifiers.empty() ? P->Type.Begin : P->Modifiers.Begin;
  return replace({Begin, Begin}, "[" + New);
}

/// [LibraryImport] has no CallingConvention; another attribute states the
/// convention. (.NET documentation, UnmanagedCallConvAttribute)
std::optional<FixIt> Editor::callConv() const {
  if (!attribute("LibraryImport"))
    return std::nullopt;
  // The type for "StdCall" is CallConvStdcall.
  std::string Word = "CallConv" + Edit.Text.substr(0, 1) +
                     StringRef(Edit.Text).drop_front().lower();
  const Attribute *Stated = attribute("UnmanagedCallConv");
  if (!Stated)
    return replace({D.Begin, D.Begin},
                   "[" + interop("UnmanagedCallConv") +
                       "(CallConvs = new[] { typeof(System.Runtime."
                       "CompilerServices." +
                       Word + ") })] ");
  // The text is "typeof(CallConvStdcall)", with or without its namespace.
  StringRef Arguments = Text.text(Stated->Arguments);
  size_t Type = Arguments.find("CallConv", Arguments.find("typeof"));
  if (Type == StringRef::npos || Arguments.count("typeof") != 1)
    return std::nullopt;
  StringRef Old = Arguments.substr(Type).take_while(
      [](char C) { return llvm::isAlnum(C); });
  uint32_t Begin = Stated->Arguments.Begin + Type;
  return replace({Begin, Begin + uint32_t(Old.size())}, Word);
}

std::optional<FixIt> Editor::convention() const {
  const Attribute *Import = attribute("DllImport");
  if (!Import)
    return callConv();
  if (Import->Arguments.empty())
    return std::nullopt;
  std::optional<Range> Stated =
      Text.namedArgument(*Import, "CallingConvention");
  if (!Stated)
    return replace({Import->Arguments.End, Import->Arguments.End},
                   ", CallingConvention = " + interop("CallingConvention.") +
                       Edit.Text);
  // A constant with the value may have other uses, so it is not edited.
  size_t Dot = Text.text(*Stated).rfind("CallingConvention.");
  if (Dot == StringRef::npos)
    return std::nullopt;
  uint32_t Begin = Stated->Begin + Dot + StringRef("CallingConvention.").size();
  return replace({Begin, Stated->End}, Edit.Text);
}

std::optional<FixIt> Editor::fix() const {
  switch (Edit.TheKind) {
  case ManagedEdit::Type:
    return type();
  case ManagedEdit::Modifier:
    return modifier();
  case ManagedEdit::Marshal:
    return marshal();
  case ManagedEdit::Convention:
    return convention();
  }
  llvm_unreachable("not a kind of edit");
}

std::optional<FixIt> fixIn(const SourceLocations::DeclarationLocation &At,
                           const ManagedEdit &Edit) {
  if (!At.IsExact || !At.What || At.IsEmbedded)
    return std::nullopt;
  return Editor(At, Edit).fix();
}

} // namespace ilbridge::managed
