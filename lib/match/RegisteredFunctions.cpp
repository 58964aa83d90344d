//===- RegisteredFunctions.cpp - Functions registered by hand -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An annotation names a method in one form for every runtime. A registration
// contains exactly the name with which its runtime looks up the method.
//
//===----------------------------------------------------------------------===//

#include "Matcher.h"
#include "NearName.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Error.h"

namespace ilbridge::match {

/// Returns how the runtime of \p E looks up methods.
static runtime::Lookup lookupOf(const Export &E) {
  for (const runtime::Runtime *R : runtime::all())
    if (R->Name == E.Registered->Runtime)
      return R->Names;
  runtime::Lookup Any;
  Any.HasParameters = true;
  return Any;
}

/// Returns the part of a registered name after "[Module]", and sets \p Module.
static llvm::StringRef withoutModule(llvm::StringRef Text,
                                     llvm::StringRef &Module) {
  if (!Text.starts_with("["))
    return Text;
  auto [Before, After] = Text.drop_front().split(']');
  Module = Before;
  return After;
}

namespace {
/// The way in which a name matches a method.
enum class NameMatch : uint8_t { Nothing, ByName, ByParameters };
} // namespace

static NameMatch matchName(llvm::StringRef Text, const Method &M,
                           const runtime::Lookup &L) {
  llvm::StringRef Module;
  Text = withoutModule(Text, Module);
  if (!Module.empty() && (!L.HasModule || Module != M.Module))
    return NameMatch::Nothing;
  if (!Text.consume_front(M.lookupName(L.Words)))
    return NameMatch::Nothing;
  if (Text.empty())
    return NameMatch::ByName;
  return L.HasParameters && Text == M.parameterList(L.Words)
             ? NameMatch::ByParameters
             : NameMatch::Nothing;
}

/// Returns the key of a registered name in ByQualifiedName; empty if it is not
/// a method name.
static std::string keyOf(llvm::StringRef Text) {
  auto Name = managed::parseMethodName(Text);
  if (Name)
    return Name->qualifiedName();
  llvm::consumeError(Name.takeError()); // no method has such a name
  return "";
}

void Matcher::pairRegistered(const Export &E) {
  runtime::Lookup L = lookupOf(E);
  std::vector<const Method *> ByName, ByParameters;
  auto Pair = [&](const Method &Each) {
    Pairs[{&Each, E.Kind}].push_back(&E);
    Paired.insert(&E);
  };
  std::string Key = keyOf(E.ManagedName);
  for (const Method *Each : ByQualifiedName.lookup(Key))
    if (isOfKind(*Each, E.Kind))
      switch (matchName(E.ManagedName, *Each, L)) {
      case NameMatch::ByParameters:
        ByParameters.push_back(Each);
        break;
      case NameMatch::ByName:
        ByName.push_back(Each);
        break;
      case NameMatch::Nothing:
        break;
      }
  // Several methods that differ in their type parameters can have one name.
  for (const Method *Each : ByParameters)
    Pair(*Each);
  if (!ByParameters.empty())
    return;
  // A name without parameters matches all overloads without a registration of
  // their own.
  for (const Method *Each : ByName)
    if (ByName.size() == 1 || llvm::none_of(Exports, [&](const Export *Other) {
          return Other->Registered && Other->Kind == E.Kind &&
                 Other->Registered->Runtime == E.Registered->Runtime &&
                 matchName(Other->ManagedName, *Each, L) ==
                     NameMatch::ByParameters;
        }))
      Pair(*Each);
  // A program may also register the functions of assemblies that were not
  // given.
  llvm::StringRef Module;
  withoutModule(E.ManagedName, Module);
  bool IsOfOther = !Module.empty() && llvm::none_of(M.Imports, [&](auto &Each) {
    return Each.Module == Module || Each.Assembly == Module;
  });
  if (!ByName.empty() || IsOfOther)
    Paired.insert(&E);
  else if (auto Name = managed::parseMethodName(E.ManagedName);
           Name && isUnread(*Name))
    Paired.insert(&E);
  else {
    if (!Name)
      llvm::consumeError(Name.takeError()); // reportMisnamed() reports it
    Misnamed.push_back(&E);
  }
}

/// Returns the name by which a runtime finds \p M, and no other overload.
static std::string registeredName(const Method &M, const runtime::Lookup &L,
                                  bool WithModule, bool WithParameters) {
  return (WithModule ? "[" + M.Module + "]" : "") + M.lookupName(L.Words) +
         (WithParameters ? M.parameterList(L.Words) : "");
}

void Matcher::reportMisnamed(const Export &E) {
  runtime::Lookup L = lookupOf(E);
  std::string Key = keyOf(E.ManagedName);
  if (E.Kind == ExportKind::InternalCall)
    for (const Method *Each : ByQualifiedName.lookup(Key))
      if (!isOfKind(*Each, E.Kind) &&
          matchName(E.ManagedName, *Each, L) != NameMatch::Nothing)
        return reportShadowing(E, *Each);
  llvm::StringRef Module, Wanted = withoutModule(E.ManagedName, Module);
  size_t Paren = Wanted.find('(');
  Wanted = Wanted.take_front(Paren).rtrim();
  const Method *Best = nullptr;
  unsigned BestDistance = ~0u;
  // The parameters may be spelled in the notation of another runtime.
  std::string Parameters;
  if (Paren != llvm::StringRef::npos)
    for (char C :
         llvm::StringRef(E.ManagedName).substr(E.ManagedName.find('(')))
      if (C != ' ')
        Parameters += C;
  for (const Method &Each : M.Imports)
    if (!Best && isOfKind(Each, E.Kind) && Wanted == Each.lookupName(L.Words) &&
        (Parameters == Each.parameterList() ||
         Parameters == Each.parameterList(L.Words)))
      Best = &Each;
  // Prefer methods without a registration, because a mistyped line most likely
  // refers to one of them.
  for (bool IsOpen : {true, false}) {
    if (Best)
      break;
    for (const Method &Each : M.Imports)
      if (isOfKind(Each, E.Kind) && IsOpen == !Pairs.count({&Each, E.Kind}) &&
          !Explained.contains(&Each) &&
          (Wanted == Each.lookupName(L.Words) ||
           isNearer(Wanted, Each.lookupName(L.Words), BestDistance)))
        Best = &Each;
  }
  static constexpr llvm::StringLiteral Words[native::ExportKindCount] = {
      "P/Invoke", "internal call", "constructor",
      "method",   "constructor",   "unmanaged function pointer"};
  Diagnostic D = diagnose(
      DiagnosticID::MissingImport, E.Registered->Where, E.Decl.qualifiedName(),
      ("there is no " + Words[static_cast<unsigned>(E.Kind)] + " '" +
       llvm::Twine(E.ManagedName) + "'")
          .str());
  if (Best) {
    std::string Name =
        registeredName(*Best, L, !Module.empty() && L.HasModule,
                       L.HasParameters && (Best->isOverloaded(L.Words) ||
                                           Paren != llvm::StringRef::npos));
    const WrittenType &Literal = E.Registered->Literal;
    D.note(Best->Where, "did you mean '" + Name + "'?");
    if (Literal.isValid())
      D.Notes.back().Fixes.push_back({E.Registered->Where.File, Literal.Begin,
                                      Literal.End, "\"" + Name + "\""});
    if (!Pairs.count({Best, E.Kind}))
      Explained.insert(Best);
  }
  reportWithRemedy(std::move(D), nullptr, E, /*IsRemovable=*/!Best);
}

void Matcher::chooseRegistered(const Method &Managed, const Candidates &All,
                               bool IsAnnotated) {
  for (const Export *E : All)
    bind(*E, Managed);
  auto Runtime = [](const Export &E) -> const std::string & {
    return E.Registered->Runtime;
  };
  auto IsCertain = [](const Export *E) {
    return !E->Registered->IsConditional;
  };
  Candidates Sorted = All;
  llvm::stable_sort(Sorted, [&](const Export *A, const Export *B) {
    return std::tie(Runtime(*A), A->Registered->Where) <
           std::tie(Runtime(*B), B->Registered->Where);
  });
  llvm::erase_if(Sorted, [&](const Export *E) { return !IsCertain(E); });
  for (size_t I = 0; I != Sorted.size(); ++I) {
    const Export &E = *Sorted[I];
    const Export *Before = I ? Sorted[I - 1] : nullptr;
    bool IsSecond = Before && Runtime(*Before) == Runtime(E) &&
                    Before->ManagedName == E.ManagedName;
    if (!IsSecond && !(IsAnnotated && Options.IsForOutput))
      continue;
    Diagnostic &D = Out.Findings.add(diagnose(
        DiagnosticID::RegisteredTwice, E.Registered->Where, E.ManagedName,
        IsSecond ? ""
                 : ": here, and by the generated code, because a function is "
                   "annotated with its name"));
    if (IsSecond)
      D.note(Before->Registered->Where,
             "registered here for '" + Before->Decl.qualifiedName() + "'");
  }
}

} // namespace ilbridge::match
