//===- Outline.cpp - What the preprocessor sees of a file -----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Outline.h"
#include "clang/Lex/DependencyDirectivesScanner.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/xxhash.h"

using llvm::StringRef;
namespace dds = clang::dependency_directives_scan;

namespace ilbridge::native {

/// How the string of an annotation begins: see ilbridge/export.h.
static constexpr llvm::StringLiteral AnnotationText = "\"ilbridge.";

std::vector<Names::Id> Names::ids(llvm::ArrayRef<StringRef> Wanted) {
  std::vector<Id> Ids;
  Ids.reserve(Wanted.size());
  std::lock_guard<std::mutex> Guard(Lock);
  for (StringRef Text : Wanted) {
    auto [It, IsNew] = Known.try_emplace(Text, Texts.size());
    if (IsNew)
      Texts.push_back(It->first());
    Ids.push_back(It->second);
  }
  return Ids;
}

namespace {

/// Makes the outline of one text.
class Outliner {
public:
  Outliner(StringRef Text, Names &Pool) : Text(Text), Pool(Pool) {}
  Outline make();

private:
  void add(const dds::Directive &D);
  void include(const dds::Directive &D, bool IsNext);
  void macro(const dds::Directive &D);
  void condition(const dds::Directive &D, Outline::StepKind Kind);
  StringRef spelling(const dds::Token &T) const {
    return Text.substr(T.Offset, T.Length);
  }
  StringRef spelling(const dds::Directive &D) const;
  /// The identifiers of a directive behind its first \p Skipped tokens.
  std::vector<Names::Id> names(const dds::Directive &D, unsigned Skipped) const;
  void step(Outline::StepKind Kind, unsigned Which, const dds::Directive &D) {
    O.Steps.push_back({Kind, Which, llvm::xxh3_64bits(spelling(D))});
  }

  StringRef Text;
  Names &Pool;
  Outline O;
};

} // namespace

StringRef Outliner::spelling(const dds::Directive &D) const {
  if (D.Tokens.empty())
    return "";
  return Text.slice(D.Tokens.front().Offset, D.Tokens.back().Offset);
}

std::vector<Names::Id> Outliner::names(const dds::Directive &D,
                                       unsigned Skipped) const {
  std::vector<StringRef> Found;
  for (const dds::Token &T : D.Tokens.drop_front(Skipped))
    if (T.is(clang::tok::raw_identifier))
      Found.push_back(spelling(T));
  return Pool.ids(Found);
}

// "#", "include", then a string, or "<" up to ">", or a macro.
void Outliner::include(const dds::Directive &D, bool IsNext) {
  if (D.Tokens.size() < 3)
    return;
  const dds::Token &First = D.Tokens[2];
  StringRef Name =
      Text.substr(First.Offset).take_until([](char C) { return C == '\n'; });
  bool IsAngled = Name.consume_front("<");
  if (!IsAngled && !Name.consume_front("\"")) {
    O.IncludesUnknown = true;
    return;
  }
  Name = Name.take_until([&](char C) { return C == (IsAngled ? '>' : '"'); });
  step(Outline::StepKind::Include, O.Includes.size(), D);
  O.Includes.push_back({Name.str(), IsAngled, IsNext});
}

void Outliner::macro(const dds::Directive &D) {
  bool IsPragma =
      D.Kind == dds::pp_pragma_push_macro || D.Kind == dds::pp_pragma_pop_macro;
  unsigned NameAt = 2;
  if (IsPragma) { // # pragma push_macro ( "X" )
    for (const dds::Token &T : D.Tokens)
      if (T.is(clang::tok::string_literal))
        step(Outline::StepKind::Macro, Pool.ids(spelling(T).trim('"'))[0], D);
    return;
  }
  if (D.Tokens.size() <= NameAt ||
      D.Tokens[NameAt].isNot(clang::tok::raw_identifier))
    return;
  Names::Id Name = Pool.ids(spelling(D.Tokens[NameAt]))[0];
  step(Outline::StepKind::Macro, Name, D);
  if (D.Kind == dds::pp_define)
    O.Definitions.push_back(
        {Name, spelling(D).contains(AnnotationText), names(D, NameAt + 1)});
}

void Outliner::condition(const dds::Directive &D, Outline::StepKind Kind) {
  step(Kind, 0, D);
  std::vector<Names::Id> Found = names(D, 2);
  O.ConditionNames.insert(O.ConditionNames.end(), Found.begin(), Found.end());
}

void Outliner::add(const dds::Directive &D) {
  switch (D.Kind) {
  case dds::pp_include:
  case dds::pp_import:
  case dds::pp___include_macros:
    return include(D, /*IsNext=*/false);
  case dds::pp_include_next:
    return include(D, /*IsNext=*/true);
  case dds::pp_define:
  case dds::pp_undef:
  case dds::pp_pragma_push_macro:
  case dds::pp_pragma_pop_macro:
    return macro(D);
  case dds::pp_if:
  case dds::pp_ifdef:
  case dds::pp_ifndef:
    return condition(D, Outline::StepKind::If);
  case dds::pp_elif:
  case dds::pp_elifdef:
  case dds::pp_elifndef:
  case dds::pp_else:
    return condition(D, Outline::StepKind::Else);
  case dds::pp_endif:
    return condition(D, Outline::StepKind::EndIf);
  case dds::pp_pragma_once:
    O.IsGuarded = true;
    return;
  case dds::pp_pragma_include_alias:
  case dds::pp_pragma_import:
  case dds::decl_at_import:
  case dds::cxx_module_decl:
  case dds::cxx_import_decl:
  case dds::cxx_export_module_decl:
  case dds::cxx_export_import_decl:
    O.IncludesUnknown = true;
    return;
  case dds::pp_none:
  case dds::pp_pragma_system_header:
  case dds::tokens_present_before_eof:
  case dds::pp_eof:
    return;
  }
}

Outline Outliner::make() {
  llvm::SmallVector<dds::Token, 256> Tokens;
  llvm::SmallVector<dds::Directive, 64> Directives;
  O.IsReadable = true;
  O.HasAnnotation = Text.contains(AnnotationText);
  // What the scan cannot read, Clang may read, or have something to say about.
  if (clang::scanSourceForDependencyDirectives(Text, Tokens, Directives))
    O.IncludesUnknown = true;
  for (const dds::Directive &D : Directives) {
    add(D);
    // #ifndef X, #define X
    if (O.Steps.size() == 2 && O.Steps[0].Kind == Outline::StepKind::If &&
        O.Steps[1].Kind == Outline::StepKind::Macro)
      O.IsGuarded |= llvm::is_contained(O.ConditionNames, O.Steps[1].Which);
  }
  llvm::sort(O.ConditionNames);
  O.ConditionNames.erase(llvm::unique(O.ConditionNames),
                         O.ConditionNames.end());
  return std::move(O);
}

Outline outline(StringRef Text, Names &Pool) {
  return Outliner(Text, Pool).make();
}

CodeNames codeNames(StringRef Text, Names &Pool) {
  clang::LangOptions Language;
  Language.CPlusPlus = Language.CPlusPlus11 = Language.CPlusPlus14 = true;
  // The lexer wants a NUL behind the text.
  std::string Copy = Text.str();
  clang::Lexer Lexer(clang::SourceLocation(), Language, Copy.data(),
                     Copy.data(), Copy.data() + Copy.size());
  llvm::StringSet<> InCode, InConditions;
  CodeNames Result;
  clang::Token T;
  enum { Code, Hash, Condition, Other } Where = Code;
  for (;;) {
    Lexer.LexFromRawLexer(T);
    if (T.is(clang::tok::eof))
      break;
    if (T.isAtStartOfLine()) {
      Where = T.is(clang::tok::hash) ? Hash : Code;
    } else if (Where == Hash) {
      bool IsCondition = T.is(clang::tok::raw_identifier) &&
                         (T.getRawIdentifier().starts_with("if") ||
                          T.getRawIdentifier().starts_with("elif"));
      Where = IsCondition ? Condition : Other;
      continue;
    }
    if (Where == Condition && T.is(clang::tok::raw_identifier))
      InConditions.insert(T.getRawIdentifier());
    if (Where != Code)
      continue;
    if (T.is(clang::tok::raw_identifier))
      InCode.insert(T.getRawIdentifier());
    else if (T.is(clang::tok::string_literal))
      Result.HasAnnotation |= StringRef(T.getLiteralData(), T.getLength())
                                  .starts_with(AnnotationText);
  }
  auto Ids = [&](const llvm::StringSet<> &Set) {
    std::vector<StringRef> Texts;
    for (const auto &Each : Set)
      Texts.push_back(Each.getKey());
    std::vector<Names::Id> Found = Pool.ids(Texts);
    llvm::sort(Found);
    return Found;
  };
  Result.All = Ids(InCode);
  Result.InConditions = Ids(InConditions);
  return Result;
}

cache::Digest digest(const Outline &O) {
  // Steps have everything in them but what annotates.
  cache::Hasher H;
  for (const Outline::Step &S : O.Steps)
    H.add(llvm::utostr(static_cast<unsigned>(S.Kind)))
        .add(llvm::utohexstr(S.Text));
  for (bool Flag :
       {O.IsReadable, O.IncludesUnknown, O.IsGuarded, O.HasAnnotation})
    H.add(Flag ? "1" : "0");
  return H.finish();
}

} // namespace ilbridge::native
