//===- Pairing.cpp - Functions that may implement a method ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Alternatives.h"
#include "Matcher.h"
#include "NearName.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Error.h"

namespace ilbridge::match {

//===----------------------------------------------------------------------===//
// By entry point
//===----------------------------------------------------------------------===//

/// Without ExactSpelling, runtimes also look up the names that functions with
/// text have on Windows.
static llvm::SmallVector<std::string, 2> entryPoints(const Method &Import) {
  llvm::SmallVector<std::string, 2> Names = {Import.Import.EntryPoint};
  if (!Import.Import.ExactSpelling)
    Names.push_back(
        Import.Import.EntryPoint +
        (Import.Import.Chars == managed::CharSet::Unicode ? "W" : "A"));
  return Names;
}

llvm::StringSet<> entryPoints(const managed::Model &M) {
  llvm::StringSet<> Names;
  for (const std::vector<Method> *List : {&M.Imports, &M.Unread})
    for (const Method &Import : *List)
      if (Import.TheKind == Method::PInvoke)
        for (const std::string &Name : entryPoints(Import))
          Names.insert(Name);
  for (const managed::Callback &C : M.Callbacks)
    if (C.Unmanaged)
      Names.insert(C.Unmanaged->EntryPoint);
  return Names;
}

void Matcher::pairByEntryPoint() {
  for (const Export *E : Exports)
    if (E->Kind == ExportKind::PInvoke && E->ManagedName.empty())
      ByEntryPoint[E->EntryPoint.empty() ? E->functionName()
                                         : llvm::StringRef(E->EntryPoint)]
          .push_back(E);

  for (const Method &Import : M.Imports)
    if (Import.TheKind == Method::PInvoke)
      if (Candidates Found = candidates(Import); !Found.empty())
        Pairs[{&Import, ExportKind::PInvoke}] = std::move(Found);
  for (const Method &Import : M.Unread)
    if (Import.TheKind == Method::PInvoke)
      candidates(Import);
  pairCallbacks();
}

/// Returns the functions with the import's entry point, and marks that they
/// have a partner.
Matcher::Candidates Matcher::candidates(const Method &Import) {
  for (const std::string &Name : entryPoints(Import)) {
    Candidates Found;
    for (const Export *E : ByEntryPoint.lookup(Name))
      if (Owners.mayStandBehind(*E, Import))
        Found.push_back(E);
    // Annotated functions take precedence over others of the same name.
    if (llvm::any_of(Found,
                     [&](const Export *E) { return !P.headerEntry(*E); }))
      llvm::erase_if(Found, [&](const Export *E) { return P.headerEntry(*E); });
    Paired.insert(Found.begin(), Found.end());
    if (!Found.empty())
      return Found;
  }
  return {};
}

/// Pairs declarations in headers with the methods that C++ calls by their entry
/// points.
void Matcher::pairCallbacks() {
  for (const managed::Callback &C : M.Callbacks) {
    if (!C.Unmanaged || C.Unmanaged->EntryPoint.empty())
      continue;
    for (const Export *E : ByEntryPoint.lookup(C.Unmanaged->EntryPoint))
      if (P.headerEntry(*E)) {
        Paired.insert(E);
        Called.push_back({E, &C});
      }
  }
}

//===----------------------------------------------------------------------===//
// By the name that an annotation states
//===----------------------------------------------------------------------===//

bool isOfKind(const Method &M, ExportKind K) {
  switch (K) {
  case ExportKind::PInvoke:
    return M.TheKind == Method::PInvoke;
  case ExportKind::InternalCall:
    return M.TheKind == Method::InternalCall;
  case ExportKind::NewObj:
  case ExportKind::NewObjIntrinsic:
    return M.Name == ".ctor";
  case ExportKind::Intrinsic:
    return M.TheKind != Method::FunctionPointer;
  case ExportKind::FunctionPointer:
    return M.TheKind == Method::FunctionPointer;
  }
  llvm_unreachable("not a kind of export");
}

std::vector<const Method *> Matcher::methodsNamed(const MethodName &Name,
                                                  ExportKind K) {
  std::vector<const Method *> Found;
  for (const Method *Each : ByQualifiedName.lookup(Name.qualifiedName()))
    if (isOfKind(*Each, K) && Name.names(*Each))
      Found.push_back(Each);
  return Found;
}

/// Whether there is a method with that name that cannot be compared. Its
/// parameters may be unknown.
bool Matcher::isUnread(const MethodName &Name) const {
  return llvm::any_of(M.Unread, [&](const Method &Each) {
    return Each.qualifiedName() == Name.qualifiedName() &&
           (Name.Module.empty() || Name.Module == Each.Module);
  });
}

void Matcher::pairByNames() {
  auto IsNamed = [](const Export *E) { return !E->ManagedName.empty(); };
  if (llvm::none_of(Exports, IsNamed))
    return;
  for (const std::vector<Method> *List : {&M.Imports, &M.Methods})
    for (const Method &Each : *List) {
      ByQualifiedName[Each.qualifiedName()].push_back(&Each);
      if (!Each.Sig.GenericParams.empty())
        ByQualifiedName[Each.lookupName(runtime::TypeSpelling::Mono)].push_back(
            &Each);
    }
  for (const Export *E : llvm::make_filter_range(Exports, IsNamed))
    pairByName(*E);
}

/// Returns the methods with which \p E agrees. If one of them is at least as
/// near in every parameter as the others, returns only that one.
std::vector<const Method *>
Matcher::nearest(const Export &E, llvm::ArrayRef<const Method *> Overloads) {
  std::vector<const Method *> Agreeing;
  std::vector<Comparison::Outcome> Outcomes;
  for (const Method *Each : Overloads)
    if (Comparison::Outcome O = Compares.compare(E, *Each); O.agrees()) {
      Agreeing.push_back(Each);
      Outcomes.push_back(std::move(O));
    }
  for (const auto &[Each, O] : llvm::zip_equal(Agreeing, Outcomes)) {
    bool IsNearest = true;
    for (const Comparison::Outcome &Other : Outcomes)
      IsNearest &=
          &Other == &O || (O.isAsNearAs(Other) && !Other.isAsNearAs(O));
    if (IsNearest)
      return {Each};
  }
  return Agreeing;
}

void Matcher::pairByName(const Export &E) {
  if (E.Registered)
    return pairRegistered(E);
  llvm::Expected<MethodName> Name = managed::parseMethodName(E.ManagedName);
  if (!Name) {
    Out.Findings.add(diagnose(DiagnosticID::MalformedAnnotation, E.Decl.Where,
                              E.ManagedName, llvm::toString(Name.takeError())));
    return;
  }
  std::vector<const Method *> Named = methodsNamed(*Name, E.Kind);
  if (Named.empty() && isUnread(*Name)) {
    Paired.insert(&E);
    return;
  }
  if (Named.size() > 1) {
    // The parameter types may distinguish overloads.
    std::vector<const Method *> Agreeing = nearest(E, Named);
    if (Agreeing.size() == 1) {
      Named = Agreeing;
    } else {
      Diagnostic &D =
          Out.Findings.add(diagnose(DiagnosticID::AmbiguousImport, E.Decl.Where,
                                    E.ManagedName, Named.size()));
      noteSome(llvm::ArrayRef(Named), Named.size(),
               [&](const Method *Each, std::string More) {
                 D.note(Each->Where, "this is one of them" + More);
               });
      Explained.insert(Named.begin(), Named.end());
      return;
    }
  }
  if (Named.empty()) {
    if (E.Kind == ExportKind::InternalCall)
      for (const Method *Each : ByQualifiedName.lookup(Name->qualifiedName()))
        if (Name->names(*Each))
          return reportShadowing(E, *Each);
    return reportMissingName(E, *Name);
  }
  Pairs[{Named.front(), E.Kind}].push_back(&E);
  Paired.insert(&E);
}

/// If there is an internal call with that name, a runtime prefers it to the
/// method's own implementation.
void Matcher::reportShadowing(const Export &E, const Method &Shadowed) {
  Diagnostic &D = Out.Findings.add(
      diagnose(DiagnosticID::ShadowedMethod, E.statedAt(),
               E.Decl.qualifiedName(), text(Shadowed),
               Shadowed.TheKind == Method::PInvoke ? "a P/Invoke"
                                                   : "a method with a body"));
  D.note(Shadowed.Where,
         "declared here in assembly '" + Shadowed.Assembly + "'");
  Explained.insert(&Shadowed);
}

void Matcher::reportMissingName(const Export &E, const MethodName &Name) {
  static constexpr llvm::StringLiteral Words[native::ExportKindCount] = {
      "P/Invoke", "internal call", "constructor",
      "method",   "constructor",   "unmanaged function pointer"};
  Diagnostic D = diagnose(
      DiagnosticID::MissingImport, E.Decl.Where, E.Decl.qualifiedName(),
      ("there is no " + Words[static_cast<unsigned>(E.Kind)] + " '" +
       llvm::Twine(E.ManagedName) + "'")
          .str());
  std::string Wanted = Name.qualifiedName();
  const Method *Best = nullptr;
  unsigned BestDistance = ~0u;
  for (const std::vector<Method> *List : {&M.Imports, &M.Methods})
    for (const Method &Each : *List)
      if (isNearer(Wanted, Each.qualifiedName(), BestDistance))
        Best = &Each;
  reportWithRemedy(std::move(D), Best, E);
}

} // namespace ilbridge::match
