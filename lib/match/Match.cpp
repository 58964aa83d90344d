//===- Match.cpp - Pair native and managed declarations -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   exports ──by name──▶ candidates of each managed method
//           ──by types, where there are several──▶ one pair each
//           ──Comparison──▶ bindings and findings
//
//===----------------------------------------------------------------------===//

#include "Comparison.h"
#include "Libraries.h"
#include "ilbridge/match/Binding.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"
#include <set>

namespace ilbridge::match {

using managed::Method;
using managed::MethodName;
using native::Export;
using native::ExportKind;

namespace {

class Matcher {
public:
  Matcher(const native::Program &P, const managed::Model &M,
          const MatchOptions &Options, Matching &Out)
      : P(P), M(M), Options(Options), Out(Out), Owners(P, Options.Libraries),
        Compares(P, Options, Out.Types) {}

  void run();

private:
  /// What may stand behind one managed method. A method can have an intrinsic
  /// beside its internal call.
  using Key = std::pair<const Method *, ExportKind>;
  using Candidates = std::vector<const Export *>;

  void pairByEntryPoint();
  Candidates candidates(const Method &Import);
  void pairCallbacks();
  void pairByNames();
  void pairByName(const Export &E);
  std::vector<const Method *> methodsNamed(const MethodName &Name,
                                           ExportKind K);
  bool isUnread(const MethodName &Name) const;
  void chooseExport(const Method &Managed, const Candidates &All);
  bool isOneFunction(const Export &A, const Export &B) const;
  Candidates differentFunctions(const Candidates &All) const;
  void bindOthers(const Export &Chosen, const Candidates &All,
                  const Candidates &Agreeing, const Method &Managed);
  void bind(const Export &E, const Method &Managed);
  void findUnpaired();
  void findMissingExports();
  void reportMissingExport(const Method &Import);
  void reportMissingImport(const Export &E);
  void reportMissingName(const Export &E, const MethodName &Name);
  void reportShadowing(const Export &E, const MethodName &Name);
  void prepare();
  Diagnostic atImport(Diagnostic D, const Export &E, const Method &Import);
  const Export *nearestExport(llvm::StringRef Name) const;

  const native::Program &P;
  const managed::Model &M;
  const MatchOptions &Options;
  Matching &Out;
  Libraries Owners;
  Comparison Compares;
  llvm::StringMap<Candidates> ByEntryPoint;
  std::map<Key, Candidates> Pairs;
  /// In the order of the model.
  llvm::StringMap<std::vector<const Method *>> ByQualifiedName;
  llvm::DenseSet<const Export *> Paired;
  /// Declarations of managed methods.
  std::vector<std::pair<const Export *, const managed::Callback *>> Called;
  std::vector<const Export *> Unpaired; ///< annotated ones
  /// P/Invokes without a partner, and those of libraries that are not asked
  /// for.
  std::vector<const Method *> Unanswered, NotAskedFor;
  /// Methods of which another finding says why they have no partner.
  llvm::DenseSet<const Method *> Explained;
};

} // namespace

static std::string text(const Method &M) {
  std::string Text;
  llvm::raw_string_ostream(Text) << M;
  return Text;
}

static std::string text(const Export &E) {
  std::string Text;
  llvm::raw_string_ostream(Text) << E;
  return Text;
}

/// Whether they are close enough for a slip of the hand, or of the upper case,
/// and closer than \p Best, which becomes their distance.
static bool isNearer(llvm::StringRef A, llvm::StringRef B, unsigned &Best) {
  if (!Best)
    return false;
  if (A.equals_insensitive(B)) {
    Best = 0;
    return true;
  }
  unsigned Limit = std::max<size_t>(1, std::min(A.size(), B.size()) / 3);
  Limit = std::min(Limit, Best - 1);
  if (!Limit)
    return false;
  // What they have in common at their ends costs time and changes nothing.
  while (!A.empty() && !B.empty() && A.front() == B.front()) {
    A = A.drop_front();
    B = B.drop_front();
  }
  while (!A.empty() && !B.empty() && A.back() == B.back()) {
    A = A.drop_back();
    B = B.drop_back();
  }
  if (Limit == 1 && std::max(A.size(), B.size()) > 1)
    return false;
  unsigned Distance = A.edit_distance(B, true, Limit);
  if (Distance > Limit)
    return false;
  Best = Distance;
  return true;
}

/// Of alternatives that a finding is about, its notes show so many. Each of
/// many functions of one name would name all the others.
static constexpr size_t MostShown = 8;

/// Adds notes for alternatives, of which there are \p Count and \p Some are the
/// first; \p Add makes one of an alternative and of what has to end its text.
template <typename T, typename Function>
static void noteSome(llvm::ArrayRef<T> Some, size_t Count, Function Add) {
  llvm::ArrayRef<T> Shown = Some.take_front(MostShown);
  for (const T &Each : Shown)
    Add(Each, &Each != &Shown.back() || Count == Shown.size()
                  ? std::string()
                  : "; " + std::to_string(Count - Shown.size()) +
                        " more are not shown");
}

/// Without ExactSpelling, runtimes also look for the variants that Windows has
/// of functions with text.
static llvm::SmallVector<std::string, 2> entryPoints(const Method &Import) {
  llvm::SmallVector<std::string, 2> Names = {Import.Import.EntryPoint};
  if (!Import.Import.ExactSpelling)
    Names.push_back(
        Import.Import.EntryPoint +
        (Import.Import.Chars == managed::CharSet::Unicode ? "W" : "A"));
  return Names;
}

/// Asks for what comparing will need to know: of methods that no export can
/// mean, and of a library's functions that nobody imports, nothing.
void Matcher::prepare() {
  llvm::StringSet<> Methods;
  for (const Export *E : P.exports()) {
    if (P.library(*E) && !Paired.contains(E))
      continue;
    Compares.add(*E);
    for (const Export *Other : P.elsewhere(*E))
      Compares.add(*Other);
    if (E->ManagedName.empty())
      continue;
    if (auto Name = managed::parseMethodName(E->ManagedName))
      Methods.insert(Name->qualifiedName());
    else // is reported when it is matched
      llvm::consumeError(Name.takeError());
  }
  if (P.exports().empty())
    return;
  for (const std::vector<Method> *List : {&M.Imports, &M.Methods})
    for (const Method &Each : *List)
      if (Pairs.count({&Each, ExportKind::PInvoke}) ||
          (!Methods.empty() && Methods.contains(Each.qualifiedName())))
        Compares.add(Each);
  for (const auto &[Declared, C] : Called)
    Compares.add(*C);
  Compares.prepare();
}

//===----------------------------------------------------------------------===//
// By entry point
//===----------------------------------------------------------------------===//

void Matcher::pairByEntryPoint() {
  for (const Export *E : P.exports())
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

/// The functions with the import's entry point, which thereby have a partner.
Matcher::Candidates Matcher::candidates(const Method &Import) {
  for (const std::string &Name : entryPoints(Import)) {
    Candidates Found;
    for (const Export *E : ByEntryPoint.lookup(Name))
      if (Owners.mayStandBehind(*E, Import))
        Found.push_back(E);
    // What is annotated is meant, whatever else has the name.
    if (llvm::any_of(Found, [&](const Export *E) { return !P.library(*E); }))
      llvm::erase_if(Found, [&](const Export *E) { return P.library(*E); });
    Paired.insert(Found.begin(), Found.end());
    if (!Found.empty())
      return Found;
  }
  return {};
}

/// A header declares the methods that C++ calls by their entry points.
void Matcher::pairCallbacks() {
  for (const managed::Callback &C : M.Callbacks) {
    if (!C.Unmanaged || C.Unmanaged->EntryPoint.empty())
      continue;
    for (const Export *E : ByEntryPoint.lookup(C.Unmanaged->EntryPoint))
      if (P.library(*E)) {
        Paired.insert(E);
        Called.push_back({E, &C});
      }
  }
}

//===----------------------------------------------------------------------===//
// By the name that an annotation states
//===----------------------------------------------------------------------===//

std::vector<const Method *> Matcher::methodsNamed(const MethodName &Name,
                                                  ExportKind K) {
  auto Fits = [&](const Method &Each) {
    switch (K) {
    case ExportKind::PInvoke:
      return Each.TheKind == Method::PInvoke;
    case ExportKind::InternalCall:
      return Each.TheKind == Method::InternalCall;
    case ExportKind::NewObj:
      return Each.Name == ".ctor";
    case ExportKind::Intrinsic:
      return true;
    }
    llvm_unreachable("not a kind of export");
  };
  std::vector<const Method *> Found;
  for (const Method *Each : ByQualifiedName.lookup(Name.qualifiedName()))
    if (Fits(*Each) && Name.names(*Each))
      Found.push_back(Each);
  return Found;
}

/// Whether a method of that name is there, but cannot be compared. Its
/// parameters need not be known.
bool Matcher::isUnread(const MethodName &Name) const {
  return llvm::any_of(M.Unread, [&](const Method &Each) {
    return Each.qualifiedName() == Name.qualifiedName() &&
           (Name.Module.empty() || Name.Module == Each.Module);
  });
}

void Matcher::pairByNames() {
  auto IsNamed = [](const Export *E) { return !E->ManagedName.empty(); };
  if (llvm::none_of(P.exports(), IsNamed))
    return;
  for (const std::vector<Method> *List : {&M.Imports, &M.Methods})
    for (const Method &Each : *List)
      ByQualifiedName[Each.qualifiedName()].push_back(&Each);
  for (const Export *E : llvm::make_filter_range(P.exports(), IsNamed))
    pairByName(*E);
}

void Matcher::pairByName(const Export &E) {
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
    // Overloads, which the parameters' types may tell apart.
    std::vector<const Method *> Agreeing, Exact;
    for (const Method *Each : Named) {
      Comparison::Outcome O = Compares.compare(E, *Each);
      if (O.agrees())
        Agreeing.push_back(Each);
      if (O.isExact())
        Exact.push_back(Each);
    }
    // One that an invoker need not convert for is meant before all others.
    if (Exact.size() == 1)
      Agreeing = Exact;
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
      reportShadowing(E, *Name);
    else
      reportMissingName(E, *Name);
    return;
  }
  Pairs[{Named.front(), E.Kind}].push_back(&E);
  Paired.insert(&E);
}

/// A runtime prefers an internal call of that name to whatever the method is.
void Matcher::reportShadowing(const Export &E, const MethodName &Name) {
  for (const Method *Each : ByQualifiedName.lookup(Name.qualifiedName()))
    if (Name.names(*Each)) {
      Diagnostic &D = Out.Findings.add(
          diagnose(DiagnosticID::ShadowedMethod, E.Decl.Where,
                   E.Decl.qualifiedName(), text(*Each),
                   Each->TheKind == Method::PInvoke ? "a P/Invoke"
                                                    : "a method with a body"));
      D.note(Each->Where, "declared here in assembly '" + Each->Assembly + "'");
      Explained.insert(Each);
      return;
    }
  reportMissingName(E, Name);
}

/// The annotation of what managed code asks for no more.
static void offerRemoval(Diagnostic &D, const Export &E) {
  if (!E.AnnotationBegin.Line)
    return;
  const std::string &File = E.Decl.Where.File;
  D.note({File, E.AnnotationBegin, {}},
         "if managed code calls it no more, remove the annotation");
  D.Notes.back().Fixes.push_back(
      {File, E.AnnotationBegin, E.AnnotationEnd, ""});
}

void Matcher::reportMissingName(const Export &E, const MethodName &Name) {
  static constexpr llvm::StringLiteral Words[] = {"P/Invoke", "internal call",
                                                  "constructor", "method"};
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
  if (Best)
    D.note(Best->Where, "did you mean '" + text(*Best) + "'?");
  else
    offerRemoval(D, E);
  Out.Findings.add(std::move(D));
}

//===----------------------------------------------------------------------===//
// Pairs
//===----------------------------------------------------------------------===//

void Matcher::bind(const Export &E, const Method &Managed) {
  Comparison::Outcome O = Compares.compare(E, Managed);
  bool Agrees = O.agrees();
  for (Diagnostic &D : O.Findings)
    Out.Findings.add(P.library(E) ? atImport(std::move(D), E, Managed)
                                  : std::move(D));
  (Agrees ? Out.Bindings : Out.Disagreeing).push_back(std::move(O.Pair));
}

/// Nobody edits a library's headers: what is wrong is wrong with the import.
Diagnostic Matcher::atImport(Diagnostic D, const Export &E,
                             const Method &Import) {
  llvm::erase_if(D.Notes, [&](const Note &N) {
    return N.Where == Import.Where && N.Fixes.empty();
  });
  Note Declared{"'" + text(E) + "' is declared here", E.Decl.Where, {}};
  D.Notes.insert(D.Notes.begin(), std::move(Declared));
  D.Fixes.clear();
  D.Where = Import.Where;
  return D;
}

/// Whether \p A and \p B are one function as two commands have it: at the same
/// place, or in the same source, under other macros.
bool Matcher::isOneFunction(const Export &A, const Export &B) const {
  if (A.Decl.Where == B.Decl.Where)
    return true;
  const native::Facts &In = P.factsOf(A), &Other = P.factsOf(B);
  return &In != &Other && In.Source == Other.Source;
}

/// Of those that are one function, the first.
Matcher::Candidates Matcher::differentFunctions(const Candidates &All) const {
  Candidates Distinct;
  std::set<Location> Places;
  llvm::StringMap<llvm::SmallPtrSet<const native::Facts *, 1>> Sources;
  for (const Export *E : All) {
    const native::Facts &In = P.factsOf(*E);
    auto &Commands = Sources[In.Source];
    bool IsSeen =
        Places.count(E->Decl.Where) || Commands.size() > Commands.count(&In);
    if (IsSeen)
      continue;
    Places.insert(E->Decl.Where);
    Commands.insert(&In);
    Distinct.push_back(E);
  }
  return Distinct;
}

/// Says what is wrong with a function under the commands with which it is not
/// as it is with that of \p Chosen, and offers nothing else that agrees.
void Matcher::bindOthers(const Export &Chosen, const Candidates &All,
                         const Candidates &Agreeing, const Method &Managed) {
  TypeEquality Types;
  llvm::DenseSet<const Export *> Agree(Agreeing.begin(), Agreeing.end());
  for (const Export *E : All) {
    if (Agree.contains(E) || !isOneFunction(Chosen, *E))
      continue;
    bool HasAgreeing =
        llvm::any_of(P.factsOf(*E).Exports, [&](const Export &Other) {
          return llvm::any_of(Agreeing, [&](const Export *A) {
            return A->Symbol == Other.Symbol &&
                   native::haveSameSignature(*A, Other, Types);
          });
        });
    if (HasAgreeing)
      continue;
    Comparison::Outcome O = Compares.compare(*E, Managed);
    for (Diagnostic &D : O.Findings) {
      D.note(Chosen.Decl.Where,
             "as '" + text(Chosen) +
                 "', which it is with another compile command, both agree");
      Out.Findings.add(P.library(*E) ? atImport(std::move(D), *E, Managed)
                                     : std::move(D));
    }
  }
}

void Matcher::chooseExport(const Method &Managed, const Candidates &All) {
  if (All.size() == 1)
    return bind(*All.front(), Managed);
  Candidates Agreeing;
  for (const Export *E : All)
    if (Compares.compare(*E, Managed).agrees())
      Agreeing.push_back(E);
  if (!Agreeing.empty())
    bindOthers(*Agreeing.front(), All, Agreeing, Managed);
  // Commands of one source that agree are one.
  Agreeing = differentFunctions(Agreeing);
  // Headers of one library agree with each other, or a program says which of
  // them it means by what it includes.
  bool IsUnannotated = P.library(*All.front());
  if (Agreeing.size() == 1 || (IsUnannotated && !Agreeing.empty()))
    return bind(*Agreeing.front(), Managed);
  if (IsUnannotated)
    return bind(*All.front(), Managed);
  // Under no command is it right.
  if (Agreeing.empty() && llvm::all_of(All, [&](const Export *E) {
        return isOneFunction(*All.front(), *E);
      })) {
    for (const Export *E : All)
      bind(*E, Managed);
    return;
  }
  if (Agreeing.empty()) {
    Diagnostic &D =
        Out.Findings.add(diagnose(DiagnosticID::NoMatchingOverload,
                                  Managed.Where, text(Managed), All.size()));
    noteSome(llvm::ArrayRef(All), All.size(),
             [&](const Export *E, std::string More) {
               D.note(E->Decl.Where,
                      "'" + text(*E) + "' is one of them" + More);
             });
    return;
  }
  for (const Export *E : Agreeing) {
    Diagnostic &D =
        Out.Findings.add(diagnose(DiagnosticID::AmbiguousExport, E->Decl.Where,
                                  text(*E), Agreeing.size(), text(Managed)));
    Candidates Others;
    for (const Export *Other :
         llvm::ArrayRef(Agreeing).take_front(MostShown + 1))
      if (Other != E)
        Others.push_back(Other);
    noteSome(llvm::ArrayRef(Others), Agreeing.size() - 1,
             [&](const Export *Other, std::string More) {
               D.note(Other->Decl.Where,
                      "'" + text(*Other) + "' is another" + More);
             });
    D.note(Managed.Where,
           "declared here in assembly '" + Managed.Assembly + "'");
  }
}

//===----------------------------------------------------------------------===//
// What has no partner
//===----------------------------------------------------------------------===//

const Export *Matcher::nearestExport(llvm::StringRef Name) const {
  const Export *Best = nullptr;
  unsigned BestDistance = ~0u;
  for (const Export *E : Unpaired)
    if (isNearer(Name, E->functionName(), BestDistance))
      Best = E;
  return Best;
}

/// What may be meant by something else that has no partner.
void Matcher::findUnpaired() {
  for (const Export *E : P.exports())
    if (!Paired.contains(E) && !P.library(*E))
      Unpaired.push_back(E);
  for (const Method &Import : M.Imports)
    if (Import.TheKind == Method::PInvoke) {
      if (!Owners.isAnnotated(Import))
        NotAskedFor.push_back(&Import);
      else if (!Pairs.count({&Import, ExportKind::PInvoke}))
        Unanswered.push_back(&Import);
    }
}

void Matcher::findMissingExports() {
  for (const Method &Import : M.Imports) {
    bool IsPInvoke = Import.TheKind == Method::PInvoke;
    if (!IsPInvoke && isCoreLibrary(Import.Assembly))
      continue;
    if (Pairs.count({&Import, ExportKind::PInvoke}) ||
        Pairs.count({&Import, ExportKind::InternalCall}) ||
        Pairs.count({&Import, ExportKind::NewObj}) ||
        Pairs.count({&Import, ExportKind::Intrinsic}) ||
        Explained.contains(&Import))
      continue;
    if (IsPInvoke ? Owners.isAnnotated(Import) : Owners.hasAnnotations())
      Out.Missing.push_back(&Import);
    else if (IsPInvoke)
      Owners.reportMissing(Import, Out.Findings);
  }
}

void Matcher::reportMissingExport(const Method &Import) {
  bool IsPInvoke = Import.TheKind == Method::PInvoke;
  std::string Wanted =
      IsPInvoke ? "no function '" + Import.Import.EntryPoint +
                      "' is annotated ILBRIDGE_EXPORT (library '" +
                      Import.Import.Library + "')"
                : "none is annotated ILBRIDGE_INTERNAL_CALL with its name";
  Diagnostic D =
      diagnose(DiagnosticID::MissingExport, Import.Where,
               IsPInvoke ? "P/Invoke" : "internal call", text(Import), Wanted);
  llvm::StringRef Name = IsPInvoke ? Import.Import.EntryPoint : Import.Name;
  if (const Export *Near = nearestExport(Name))
    D.note(Near->Decl.Where, "did you mean '" + text(*Near) + "'?");
  Out.Findings.add(std::move(D));
}

void Matcher::reportMissingImport(const Export &E) {
  Diagnostic D = diagnose(
      DiagnosticID::MissingImport, E.Decl.Where, E.Decl.qualifiedName(),
      ("no P/Invoke has the entry point '" + E.functionName() + "'").str());
  const Method *Best = nullptr;
  unsigned BestDistance = ~0u;
  for (const Method *Import : NotAskedFor)
    if (Import->Import.EntryPoint == E.functionName())
      D.note(Import->Where, "'" + text(*Import) +
                                "' has it, but its library '" +
                                Import->Import.Library +
                                "' is not among those that are asked for");
  for (const Method *Import : Unanswered)
    if (isNearer(E.functionName(), Import->Import.EntryPoint, BestDistance))
      Best = Import;
  if (Best)
    D.note(Best->Where, "did you mean '" + text(*Best) + "'?");
  else
    offerRemoval(D, E);
  Out.Findings.add(std::move(D));
}

void Matcher::run() {
  pairByEntryPoint();
  prepare();
  pairByNames();

  // In the order of the model, not of addresses.
  for (const std::vector<Method> *List : {&M.Imports, &M.Methods})
    for (const Method &Each : *List)
      for (ExportKind K : {ExportKind::PInvoke, ExportKind::InternalCall,
                           ExportKind::NewObj, ExportKind::Intrinsic})
        if (auto Found = Pairs.find({&Each, K}); Found != Pairs.end())
          chooseExport(Each, Found->second);
  for (const auto &[Declared, C] : Called)
    for (Diagnostic &D : Compares.compare(*Declared, *C))
      Out.Findings.add(std::move(D));

  findUnpaired();
  findMissingExports();
  if (Options.IsWholeProgram)
    for (const Method *Import : Out.Missing)
      reportMissingExport(*Import);
  for (const Export *E : Unpaired)
    if (E->ManagedName.empty())
      reportMissingImport(*E);
  Owners.reportUnused(M, Out.Findings);
}

Matching match(const native::Program &P, const managed::Model &M,
               const MatchOptions &Options) {
  Matching Out;
  Matcher(P, M, Options, Out).run();
  return Out;
}

} // namespace ilbridge::match
