//===- Outline.cpp - The directives of a file -----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Outline.h"
#include "clang/Lex/DependencyDirectivesScanner.h"
#include "clang/Lex/Token.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

using llvm::StringRef;
namespace dds = clang::dependency_directives_scan;

namespace ilbridge::select {

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

/// Creates the outline of one text.
class Outliner {
public:
  Outliner(StringRef Text, Names &Pool, const RegistrarWords &Words)
      : Text(Text), Pool(Pool), Words(Words), HasWords(Words.areIn(Text)) {}
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
  /// Returns a directive without its first \p Skipped tokens and without
  /// comments.
  std::string joined(const dds::Directive &D, unsigned Skipped) const;
  /// \returns the expression's index.
  unsigned deciding(StringRef Text);
  void step(Outline::StepKind Kind, unsigned Which, const dds::Directive &D,
            unsigned Detail = Outline::None) {
    O.Steps.push_back({Kind, Which, llvm::xxh3_64bits(spelling(D)), Detail});
  }
  unsigned lineOf(const dds::Token &T);

  StringRef Text;
  Names &Pool;
  const RegistrarWords &Words;
  bool HasWords; ///< the text contains registrar names
  Outline O;
  size_t CountedTo = 0; ///< offset up to which lines were counted
  unsigned Line = 1;
};

} // namespace

StringRef Outliner::spelling(const dds::Directive &D) const {
  if (D.Tokens.empty())
    return "";
  return Text.slice(D.Tokens.front().Offset, D.Tokens.back().Offset);
}

std::string Outliner::joined(const dds::Directive &D, unsigned Skipped) const {
  std::string Result;
  for (const dds::Token &T : D.Tokens.drop_front(Skipped)) {
    if (T.is(clang::tok::eod))
      break;
    if (T.Flags & clang::Token::LeadingSpace)
      Result += ' ';
    Result += spelling(T);
  }
  return Result;
}

unsigned Outliner::deciding(StringRef Text) {
  O.Expressions.push_back(parseExpression(Text, Pool));
  for (const Expression::Token &T : O.Expressions.back().Tokens)
    if (T.TheKind == Expression::Token::Name)
      O.ConditionNames.push_back(T.ID);
  return O.Expressions.size() - 1;
}

unsigned Outliner::lineOf(const dds::Token &T) {
  Line += Text.slice(CountedTo, T.Offset).count('\n');
  CountedTo = T.Offset;
  return Line;
}

// The directive consists of "#", "include", and a string, "<" up to ">", or a
// macro.
void Outliner::include(const dds::Directive &D, bool IsNext) {
  if (D.Tokens.size() < 3)
    return;
  const dds::Token &First = D.Tokens[2];
  StringRef Name =
      Text.substr(First.Offset).take_until([](char C) { return C == '\n'; });
  Outline::Include I;
  I.IsNext = IsNext;
  I.Line = lineOf(First);
  I.IsAngled = Name.consume_front("<");
  if (I.IsAngled || Name.consume_front("\"")) {
    char Close = I.IsAngled ? '>' : '"';
    I.Name = Name.take_until([=](char C) { return C == Close; }).str();
  } else {
    I.Macros = deciding(joined(D, 2));
  }
  step(Outline::StepKind::Include, O.Includes.size(), D);
  O.Includes.push_back(std::move(I));
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
  if (D.Kind != dds::pp_define)
    return step(Outline::StepKind::Macro, Name, D);
  step(Outline::StepKind::Macro, Name, D, O.Definitions.size());
  const dds::Token &Next = D.Tokens[NameAt + 1];
  bool HasParameters = Next.is(clang::tok::l_paren) &&
                       !(Next.Flags & clang::Token::LeadingSpace);
  bool Annotates = spelling(D).contains(AnnotationText) ||
                   (HasWords && Words.areIn(spelling(D)));
  O.HasAnnotation |= Annotates;
  O.Definitions.push_back({Name, Annotates, HasParameters,
                           parseExpression(joined(D, NameAt + 1), Pool)});
}

void Outliner::condition(const dds::Directive &D, Outline::StepKind Kind) {
  bool IsShort = D.Kind == dds::pp_ifdef || D.Kind == dds::pp_elifdef;
  bool IsNegated = D.Kind == dds::pp_ifndef || D.Kind == dds::pp_elifndef;
  bool HasNone = D.Kind == dds::pp_else || D.Kind == dds::pp_endif;
  StringRef Before = IsShort ? "defined " : IsNegated ? "! defined " : "";
  step(Kind, 0, D,
       HasNone ? Outline::None : deciding(Before.str() + joined(D, 2)));
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
  O.Registers = HasWords && Words.areCalledIn(Text);
  O.HasAnnotation = O.Registers || Text.contains(AnnotationText);
  // Clang may read what the scan cannot read, or report it.
  if (clang::scanSourceForDependencyDirectives(Text, Tokens, Directives))
    O.IncludesUnknown = true;
  for (const dds::Directive &D : Directives) {
    add(D);
    // #ifndef X, #define X
    if (O.Steps.size() == 2 && O.Steps[0].Kind == Outline::StepKind::If &&
        O.Steps[1].Kind == Outline::StepKind::Macro)
      O.BeginsWithGuard =
          llvm::is_contained(O.ConditionNames, O.Steps[1].Which);
  }
  O.IsGuarded |= O.BeginsWithGuard;
  llvm::sort(O.ConditionNames);
  O.ConditionNames.erase(llvm::unique(O.ConditionNames),
                         O.ConditionNames.end());
  return std::move(O);
}

Outline outline(StringRef Text, Names &Pool, const RegistrarWords &Words) {
  return Outliner(Text, Pool, Words).make();
}

bool includesOurHeader(const Outline &O) {
  return llvm::any_of(O.Includes, [](const Outline::Include &I) {
    return llvm::StringRef(I.Name).ends_with("ilbridge/export.h");
  });
}

cache::Digest digest(const Outline &O) {
  // The digest of the steps covers everything except annotations.
  cache::Hasher H;
  for (const Outline::Step &S : O.Steps)
    H.add(llvm::utostr(static_cast<unsigned>(S.Kind)))
        .add(llvm::utohexstr(S.Text));
  for (bool Flag :
       {O.IsReadable, O.IncludesUnknown, O.IsGuarded, O.HasAnnotation})
    H.add(Flag ? "1" : "0");
  return H.finish();
}

} // namespace ilbridge::select
