//===- TranslationUnitChecker.cpp - Checks one source after another -------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/driver/TranslationUnitChecker.h"
#include "Outputs.h"
#include "Stub.h"
#include "ilbridge/cache/FileStates.h"
#include "ilbridge/driver/Session.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using llvm::Error;
using llvm::StringRef;

namespace ilbridge::driver {
namespace {

std::vector<native::Facts> single(native::Facts F) {
  std::vector<native::Facts> All;
  All.push_back(std::move(F));
  return All;
}

} // namespace

/// A session of a configuration, with the state of its files at the time when
/// they were read.
class TranslationUnitChecker::Loaded {
public:
  Loaded(StringRef ConfigFile, abi::ABIInfoCache &ABICache);

  bool isCurrent() const {
    return WasSettled && llvm::all_of(Stamps, [](const auto &Each) {
             return cache::stampOf(Each.first) == Each.second;
           });
  }
  CheckedUnit check(native::Facts F, DiagnosticList Found, Unannotated Collect);

private:
  void load();
  void makeOffers(CheckedUnit &Out, Unannotated Collect);
  void offerAnnotations(native::Facts Candidates, CheckedUnit &Out);
  void offerStubs(const llvm::StringSet<> &Taken, CheckedUnit &Out);
  bool isIgnored(DiagnosticID ID) const;

  std::optional<Session> S;
  /// The outputs for which a source is compared. Empty if there are none.
  std::vector<const OutputSpec *> Outputs;
  std::string Problem;
  /// The paths of all inputs that were asked about, each with its file stamp.
  std::vector<std::pair<std::string, cache::FileStamp>> Stamps;
  /// Whether no file has changed since the session began.
  bool WasSettled = true;
};

TranslationUnitChecker::Loaded::Loaded(StringRef ConfigFile,
                                       abi::ABIInfoCache &ABICache) {
  auto Begin = std::chrono::system_clock::now();
  Project P;
  P.noteInputs();
  Error Unreadable = readConfiguration(ConfigFile, P);
  if (!Unreadable)
    Unreadable = addUnityOutput(P);
  if (!Unreadable)
    Unreadable = checkMarshalling(P);
  P.WorkingDirectory = P.Root;
  S.emplace(std::move(P), ABICache);
  if (Unreadable)
    Problem = llvm::toString(std::move(Unreadable));
  else
    load();
  std::optional<cache::Inputs::Items> Asked = S->project().Asked->all();
  WasSettled = Asked.has_value();
  if (Asked)
    for (const auto &[Path, Each] : *Asked) {
      cache::FileStamp Stamp = cache::stampOf(Path);
      WasSettled &= cache::isSettled(Stamp, Begin);
      Stamps.emplace_back(Path.str(), Stamp);
    }
}

void TranslationUnitChecker::Loaded::load() {
  const Project &P = S->project();
  Error Unreadable = S->loadBaseline();
  if (!P.Assemblies.empty())
    Unreadable = llvm::joinErrors(
        std::move(Unreadable),
        llvm::joinErrors(S->loadManaged(), S->findInterpreted()));
  Problem = llvm::toString(std::move(Unreadable));
  if (Problem.empty() && !P.Assemblies.empty())
    Outputs = S->compared();
  S->takeFindings(); // findings of the managed side alone, which no source
                     // shows
}

bool TranslationUnitChecker::Loaded::isIgnored(DiagnosticID ID) const {
  Severity Level = diagnosticInfo(ID).DefaultSeverity;
  for (const auto &Override : S->project().Severities)
    if (Override.ID == ID)
      Level = Override.Level;
  return Level == Severity::Ignored;
}

//===----------------------------------------------------------------------===//
// Offers
//===----------------------------------------------------------------------===//

static std::string text(const managed::Method &M) {
  std::string Text;
  llvm::raw_string_ostream(Text) << M;
  return Text;
}

static Diagnostic offer(Location Where, const llvm::Twine &Message,
                        const llvm::Twine &Does, FixIt Edit) {
  Diagnostic D{DiagnosticID::MissingExport,
               Severity::Warning,
               Message.str(),
               Where,
               {},
               {}};
  D.note(std::move(Where), Does.str());
  D.Notes.back().Fixes.push_back(std::move(Edit));
  return D;
}

/// A function that has the name of an import and agrees with it is most likely
/// the implementation of that import.
void TranslationUnitChecker::Loaded::offerAnnotations(native::Facts Candidates,
                                                      CheckedUnit &Out) {
  native::Program Program(single(std::move(Candidates)));
  match::Matching Matched = S->pair(Program, Outputs.front());
  llvm::ArrayRef<const managed::Method *> Missing =
      S->matching(Outputs.front()).Missing;
  for (const match::Binding &B : Matched.Bindings) {
    if (!llvm::is_contained(Missing, B.Managed))
      continue;
    const native::Export &E = *B.Native;
    Out.Offers.push_back(offer(
        E.Decl.Where,
        "P/Invoke '" + text(*B.Managed) + "' could mean '" +
            E.Decl.qualifiedName() +
            "', which agrees with it and is not annotated ILBRIDGE_EXPORT",
        "annotate '" + E.Decl.qualifiedName() + "' for '" +
            B.Managed->qualifiedName() + "'",
        {E.Decl.Where.File, E.AnnotationBegin, E.AnnotationEnd,
         "ILBRIDGE_EXPORT "}));
  }
}

/// The stub of an import is offered in the source that contains at least half
/// of the imports of its class, before the last of them. An import whose name
/// is in \p Taken has a function.
void TranslationUnitChecker::Loaded::offerStubs(const llvm::StringSet<> &Taken,
                                                CheckedUnit &Out) {
  struct Home {
    unsigned Imports = 0, Bound = 0;
    const native::Export *Last = nullptr;
  };
  std::map<const managed::TypeDef *, Home> Homes;
  for (const managed::Method &Import : S->model().Imports)
    if (Import.TheKind == managed::Method::PInvoke)
      ++Homes[Import.Declaring].Imports;
  const match::Matching &Matched = S->matching(Outputs.front());
  for (const match::Binding &B : Matched.Bindings) {
    const native::Export &E = *B.Native;
    if (B.Managed->TheKind != managed::Method::PInvoke)
      continue;
    Home &H = Homes[B.Managed->Declaring];
    ++H.Bound;
    // There is place for another function only if the annotation begins a line
    // outside of classes.
    if (E.IsDefinition && E.AnnotationBegin.Column == 1 &&
        !E.Decl.ClassScopes && !E.Decl.DeclaredIn &&
        (!H.Last || H.Last->Decl.Where < E.Decl.Where))
      H.Last = &E;
  }
  for (const managed::Method *Import : Matched.Missing) {
    if (Import->TheKind != managed::Method::PInvoke ||
        Taken.contains(Import->Import.EntryPoint))
      continue;
    const Home &H = Homes[Import->Declaring];
    if (!H.Last || 2 * H.Bound < H.Imports)
      continue;
    std::optional<std::string> Stub = exportStub(*Import);
    if (!Stub)
      continue;
    const native::Export &E = *H.Last;
    Out.Offers.push_back(offer(
        E.Decl.Where,
        "this source has no function for P/Invoke '" + text(*Import) + "'",
        "add a stub for '" + Import->qualifiedName() + "'",
        {E.Decl.Where.File, E.AnnotationBegin, E.AnnotationBegin,
         *Stub + "\n\n"}));
  }
}

void TranslationUnitChecker::Loaded::makeOffers(CheckedUnit &Out,
                                                Unannotated Collect) {
  llvm::StringSet<> Names;
  for (const managed::Method *Import : S->matching(Outputs.front()).Missing)
    if (Import->TheKind == managed::Method::PInvoke)
      Names.insert(Import->Import.EntryPoint);
  native::Facts Candidates;
  if (!Names.empty())
    Collect(Names, Candidates);
  llvm::StringSet<> Taken;
  for (const native::Export &E : Candidates.Exports)
    Taken.insert(E.functionName());
  if (!Candidates.Exports.empty())
    offerAnnotations(std::move(Candidates), Out);
  offerStubs(Taken, Out);
}

//===----------------------------------------------------------------------===//
// Checking
//===----------------------------------------------------------------------===//

CheckedUnit TranslationUnitChecker::Loaded::check(native::Facts F,
                                                  DiagnosticList Found,
                                                  Unannotated Collect) {
  CheckedUnit Out;
  Out.Problem = Problem;
  S->setNative(single(std::move(F)));
  S->add(std::move(Found));
  for (const OutputSpec *Output : Outputs)
    S->compare(Output);
  if (!Outputs.empty())
    planBindings(*S);
  if (!Outputs.empty() && Collect && !isIgnored(DiagnosticID::MissingExport))
    makeOffers(Out, Collect);
  Out.Findings = S->takeFindings();
  Out.Findings.dropAllOf(Scope::Program);
  S->dropNative();
  return Out;
}

TranslationUnitChecker::TranslationUnitChecker(std::string ConfigFile)
    : ConfigFile(std::move(ConfigFile)),
      ABICache(std::make_unique<abi::ABIInfoCache>()) {}
TranslationUnitChecker::~TranslationUnitChecker() = default;

TranslationUnitChecker::Names TranslationUnitChecker::names() const {
  Project P;
  if (Error Unreadable = readConfiguration(ConfigFile, P)) {
    llvm::consumeError(std::move(Unreadable)); // check() reports it
    return {};
  }
  Names Result{std::move(P.Registrars), {}};
  for (const managed::ObjectMapping &Each : P.Objects)
    Result.Classes.push_back(Each.Native);
  return Result;
}

CheckedUnit TranslationUnitChecker::check(native::Facts F, DiagnosticList Found,
                                          Unannotated Collect) {
  if (!Current || !Current->isCurrent())
    Current = std::make_unique<Loaded>(ConfigFile, *ABICache);
  return Current->check(std::move(F), std::move(Found), Collect);
}

} // namespace ilbridge::driver
