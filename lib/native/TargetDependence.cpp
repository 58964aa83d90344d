//===- TargetDependence.cpp - Dependence of declarations on targets -------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TargetDependence.h"
#include "ilbridge/abi/PredefinedMacros.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;
using llvm::StringRef;

namespace ilbridge::native {

TargetDependence::TargetDependence(const ParsedUnit &U)
    : U(U), SM(U.Context.getSourceManager()) {}

//===----------------------------------------------------------------------===//
// Texts
//===----------------------------------------------------------------------===//

StringRef TargetDependence::textOf(FileID File) const {
  return SM.getBufferOrFake(File).getBuffer();
}

const Directives &TargetDependence::directivesOf(FileID File) {
  StringRef Text = textOf(File);
  std::unique_ptr<Directives> &Known = ByText[Text.data()];
  if (!Known)
    Known = std::make_unique<Directives>(directives(Text));
  return *Known;
}

/// Returns the files of the translation unit, including those of a preamble.
std::vector<FileID> TargetDependence::files() const {
  std::vector<FileID> All;
  auto Add = [&](const SrcMgr::SLocEntry &Entry) {
    if (!Entry.isFile())
      return;
    // The offset of a file identifies it.
    FileID File =
        SM.getFileID(SourceLocation::getFromRawEncoding(Entry.getOffset()));
    if (SM.getFileEntryRefForID(File))
      All.push_back(File);
  };
  for (unsigned I = 1; I < SM.local_sloc_entry_size(); ++I)
    Add(SM.getLocalSLocEntry(I));
  for (unsigned I = 0; I != SM.loaded_sloc_entry_size(); ++I) {
    bool IsInvalid = false;
    const SrcMgr::SLocEntry &Entry = SM.getLoadedSLocEntry(I, &IsInvalid);
    if (!IsInvalid && Entry.getOffset())
      Add(Entry);
  }
  return All;
}

MacroBody TargetDependence::bodyOf(const Definition &D) const {
  return native::bodyOf(*D.Written, textOf(D.File));
}

void TargetDependence::readDefinitions() {
  HasDefinitions = true;
  std::set<const char *> Seen;
  for (FileID File : files())
    if (Seen.insert(SM.getBufferOrFake(File).getBufferStart()).second)
      for (const Directives::Definition &D : directivesOf(File).Definitions)
        Definitions[D.Name].push_back({File, &D});
}

llvm::ArrayRef<TargetDependence::Definition>
TargetDependence::definitionsOf(StringRef Macro) {
  if (!HasDefinitions)
    readDefinitions();
  auto Found = Definitions.find(Macro);
  if (Found == Definitions.end())
    return {};
  return Found->second;
}

/// Returns the file and the byte offsets of the text that a range was written
/// as: the tokens of a macro argument, or else the whole macro expansion. The
/// file is invalid if the text is not within one file.
TargetDependence::Part TargetDependence::part(SourceRange Range) {
  if (Range.isInvalid())
    return {};
  CharSourceRange Written = Lexer::makeFileCharRange(
      CharSourceRange::getTokenRange(Range), SM, U.Context.getLangOpts());
  if (Written.isInvalid())
    Written = CharSourceRange::getTokenRange(
        SM.getExpansionRange(Range.getBegin()).getBegin(),
        SM.getExpansionRange(Range.getEnd()).getEnd());
  auto [File, Begin] = SM.getDecomposedLoc(Written.getBegin());
  auto [EndFile, End] = SM.getDecomposedLoc(Written.getEnd());
  if (File != EndFile || End < Begin)
    return {};
  if (Written.isTokenRange())
    End += Lexer::MeasureTokenLength(Written.getEnd(), SM,
                                     U.Context.getLangOpts());
  return {File, Begin, End};
}

//===----------------------------------------------------------------------===//
// Macros
//===----------------------------------------------------------------------===//

/// Returns the macro that compilers predefine in place of \p Macro, or an empty
/// string if there is none. A C library defines \p Macro by other means on each
/// system, though its meaning is the same on all.
static StringRef standsFor(StringRef Macro) {
  return llvm::StringSwitch<StringRef>(Macro)
      .Case("UINTPTR_MAX", "__UINTPTR_WIDTH__")
      .Cases("INTPTR_MAX", "INTPTR_MIN", "__INTPTR_WIDTH__")
      .Case("SIZE_MAX", "__SIZE_WIDTH__")
      .Cases("PTRDIFF_MAX", "PTRDIFF_MIN", "__PTRDIFF_WIDTH__")
      .Cases("LONG_MAX", "LONG_MIN", "ULONG_MAX", "__LONG_WIDTH__")
      .Cases("WCHAR_MAX", "WCHAR_MIN", "__WCHAR_WIDTH__")
      .Case("__WORDSIZE", "__SIZEOF_POINTER__")
      .Default("");
}

/// Whether the compiler or its command line defines a macro.
bool TargetDependence::isPredefined(StringRef Name) const {
  const MacroInfo *Macro = U.PP.getMacroInfo(U.PP.getIdentifierInfo(Name));
  if (!Macro || Macro->isBuiltinMacro())
    return false;
  SourceLocation Loc = Macro->getDefinitionLoc();
  return Loc.isInvalid() || SM.isWrittenInBuiltinFile(Loc) ||
         SM.isWrittenInCommandLineFile(Loc);
}

bool TargetDependence::isOfCompiler(StringRef Name) const {
  return !SM.isWrittenInCommandLineFile(
      U.PP.getMacroInfo(U.PP.getIdentifierInfo(Name))->getDefinitionLoc());
}

bool TargetDependence::isMacro(StringRef Name) {
  return isPredefined(Name) || !definitionsOf(Name).empty();
}

const TargetDependence::Names &TargetDependence::ofMacro(StringRef Name) {
  auto [It, IsNew] = Macros.try_emplace(Name);
  Names &Result = It->second;
  if (!IsNew) // or it is being evaluated: it depends on itself
    return Result;
  if (StringRef Other = standsFor(Name); !Other.empty()) {
    Result.insert(Other);
    return Result;
  }
  bool IsPredefined = isPredefined(Name);
  llvm::ArrayRef<Definition> All;
  if (!IsPredefined)
    All = definitionsOf(Name);
  // It is not defined here, but a compiler for another target may predefine it.
  if (All.empty() &&
      abi::PredefinedMacros::varies(Name, !U.Context.getLangOpts().CPlusPlus,
                                    IsPredefined && isOfCompiler(Name)))
    Result.insert(It->first());
  for (const Definition &D : All) {
    const Names &Around = around(D.File, D.Written->At);
    Result.insert(Around.begin(), Around.end());
    for (StringRef Word : bodyOf(D).Words)
      if (isMacro(Word)) {
        const Names &Inner = ofMacro(Word);
        Result.insert(Inner.begin(), Inner.end());
      }
  }
  return Result;
}

std::set<std::string> TargetDependence::reservedMacros(FileID File) {
  std::set<std::string> Words;
  StringRef Text = SM.getBufferData(File);
  visitIdentifiers(Text, [&](StringRef Word) {
    if (!isReservedName(Word) || Words.count(Word.str()) ||
        !standsFor(Word).empty() || isPredefined(Word))
      return;
    llvm::ArrayRef<Definition> All = definitionsOf(Word);
    if (!All.empty() &&
        llvm::none_of(All, [&](const Definition &D) { return D.File == File; }))
      Words.insert(Word.str());
  });
  return Words;
}

TargetDependence::Effect TargetDependence::effectOfWord(StringRef Word) {
  if (isConventionWord(Word))
    return {false, true};
  if (isCdeclWord(Word))
    return {};
  if (isMacro(Word))
    return effect(Word);
  // Words that do not affect a type or a calling convention.
  if (llvm::StringSwitch<bool>(Word.trim('_'))
          .Cases("extern", "static", "inline", "forceinline", "extension", true)
          .Cases("restrict", "Noreturn", "noexcept", "const", "volatile", true)
          .Default(false))
    return {};
  IdentifierInfo *II = U.PP.getIdentifierInfo(Word);
  if (II->getTokenID() != tok::identifier ||
      !U.Context.getTranslationUnitDecl()->lookup(II).empty())
    return {true, false};
  return {false, true}; // its definition is in a text that was not read
}

TargetDependence::Effect TargetDependence::effect(StringRef Name) {
  auto [It, IsNew] = Effects.try_emplace(Name);
  Effect &Result = It->second;
  if (!IsNew)
    return Result;
  llvm::ArrayRef<Definition> All = definitionsOf(Name);
  Result.OnTypes = All.empty();
  for (const Definition &D : All) {
    MacroBody Body = bodyOf(D);
    Result.OnTypes |= Body.HasLayout || Body.HasOther;
    Result.OnConvention |= Body.HasConvention;
    for (StringRef Word : Body.Words) {
      Effect Inner = effectOfWord(Word);
      Result.OnTypes |= Inner.OnTypes;
      Result.OnConvention |= Inner.OnConvention;
    }
  }
  return Result;
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

const TargetDependence::Names &TargetDependence::around(FileID File,
                                                        unsigned Offset) {
  return aroundBranch(File, directivesOf(File).branchAt(Offset));
}

const TargetDependence::Names &TargetDependence::aroundBranch(FileID File,
                                                              int Branch) {
  auto [It, IsNew] = Around.try_emplace({File, Branch});
  Names &Result = It->second;
  if (!IsNew)
    return Result;
  auto Add = [&](const Names &More) {
    Result.insert(More.begin(), More.end());
  };
  if (Branch >= 0) {
    const Directives::Branch &B = directivesOf(File).Branches[Branch];
    Add(aroundBranch(File, B.Outer));
    for (StringRef Name : B.Names)
      Add(ofMacro(Name));
    return Result;
  }
  SourceLocation Included = SM.getIncludeLoc(File);
  if (Included.isInvalid() || SM.isWrittenInBuiltinFile(Included))
    return Result;
  auto [Includer, Offset] = SM.getDecomposedExpansionLoc(Included);
  Add(around(Includer, Offset));
  return Result;
}

static void add(const std::set<StringRef> &Names, Variation &V) {
  if (Names.empty())
    return;
  Variation More;
  More.Macros.assign(Names.begin(), Names.end());
  V.add(More);
}

void TargetDependence::addAround(SourceLocation Loc, Variation &V) {
  if (Loc.isInvalid())
    return;
  auto [File, Offset] = SM.getDecomposedExpansionLoc(Loc);
  add(around(File, Offset), V);
}

void TargetDependence::addWithin(SourceRange Range, Variation &V) {
  auto [File, Begin, End] = part(Range);
  if (File.isInvalid())
    return;
  const Directives &All = directivesOf(File);
  auto First = llvm::lower_bound(
      All.Branches, Begin,
      [](const Directives::Branch &B, unsigned O) { return B.Begin < O; });
  for (; First != All.Branches.end() && First->Begin < End; ++First)
    for (StringRef Name : First->Names)
      add(ofMacro(Name), V);
}

llvm::ArrayRef<std::string> TargetDependence::macrosIn(StringRef Text) {
  auto [It, IsNew] = MacrosIn.try_emplace(Text);
  if (IsNew)
    visitIdentifiers(Text, [&, &Result = It->second](StringRef Word) {
      if (isMacro(Word))
        Result.push_back(Word.str());
    });
  return It->second;
}

void TargetDependence::addMacros(SourceRange Range, bool Effect::*Which,
                                 Variation &V) {
  auto [File, Begin, End] = part(Range);
  if (File.isInvalid())
    return;
  for (StringRef Word : macrosIn(textOf(File).slice(Begin, End)))
    if (effect(Word).*Which)
      add(ofMacro(Word), V);
}

void TargetDependence::addMacros(SourceRange Range, Variation &V) {
  addMacros(Range, &Effect::OnTypes, V);
}

void TargetDependence::addConventionMacros(SourceRange Range, Variation &V) {
  addMacros(Range, &Effect::OnConvention, V);
}

} // namespace ilbridge::native
