//===- UnitChecker.cpp - One source after another -------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/driver/UnitChecker.h"
#include "Baseline.h"
#include "ManagedSide.h"
#include "Outputs.h"
#include "RuntimeChoice.h"
#include "Stub.h"
#include "ilbridge/match/Binding.h"
#include "ilbridge/native/Scanner.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using llvm::Error;
using llvm::StringRef;

namespace ilbridge::driver {
namespace {

/// What tells two states of a file apart.
struct Stamp {
  std::string Path;
  bool Exists = false;
  llvm::sys::fs::UniqueID ID;
  llvm::sys::TimePoint<> Changed;
  uint64_t Size = 0;

  explicit Stamp(StringRef Path) : Path(Path) {
    llvm::sys::fs::file_status Status;
    if (llvm::sys::fs::status(Path, Status))
      return;
    Exists = true;
    ID = Status.getUniqueID();
    Changed = Status.getLastModificationTime();
    Size = Status.getSize();
  }
  bool operator==(const Stamp &) const = default;
};

} // namespace

/// A configuration with its managed side, as they were when they were read.
class UnitChecker::Managed {
public:
  explicit Managed(StringRef ConfigFile) { load(ConfigFile); }

  bool isCurrent() const {
    return llvm::all_of(Stamps,
                        [](const Stamp &S) { return Stamp(S.Path) == S; });
  }
  CheckedUnit check(native::Facts F, DiagnosticList Found, Unannotated Collect,
                    abi::Memory &Answered);

private:
  void load(StringRef ConfigFile);
  Error loadBaseline();
  void compare(const native::Program &Program, abi::Memory &Answered,
               CheckedUnit &Out);
  void offerAnnotations(native::Facts Candidates, match::MatchOptions Options,
                        CheckedUnit &Out);
  void offerStubs(const llvm::StringSet<> &Taken, CheckedUnit &Out);
  match::MatchOptions options(const RuntimeChoice &Choice,
                              abi::Memory &Answered) const;
  bool isIgnored(DiagnosticID ID) const;

  Project P;
  std::optional<ManagedSide> Side;
  llvm::StringSet<> Interpreted;
  /// Without what annotations of one source or another name.
  std::vector<managed::Method> Methods;
  std::optional<Baseline> Known;
  std::string Problem;
  std::vector<Stamp> Stamps;
  /// Of the source that is checked.
  std::vector<match::Matching> Matchings;
};

void UnitChecker::Managed::load(StringRef ConfigFile) {
  // Before they are read: what changes meanwhile is read again.
  Stamps.emplace_back(ConfigFile);
  if (Error E = readConfiguration(ConfigFile, P)) {
    Problem = llvm::toString(std::move(E));
    return;
  }
  for (const std::string &Path : P.Assemblies)
    Stamps.emplace_back(Path);
  if (Error E = loadBaseline()) {
    Problem = llvm::toString(std::move(E));
    return;
  }
  P.WorkingDirectory = P.Root;
  Interpreted = interpretedAssemblies(P);
  Side.emplace(P, /*FilesMayChange=*/true);
  if (Error E = Side->load())
    Problem = llvm::toString(std::move(E));
  Methods = Side->model().Methods;
  for (const auto &A : Side->assemblies().loaded())
    if (!llvm::is_contained(P.Assemblies, A->path()))
      Stamps.emplace_back(A->path());
  // What was not found may be put there.
  if (!Side->takeFindings().empty())
    for (const std::string &Folder : P.References)
      Stamps.emplace_back(Folder);
}

Error UnitChecker::Managed::loadBaseline() {
  if (P.BaselineFile.empty())
    return Error::success();
  Stamps.emplace_back(P.BaselineFile);
  auto Buffer = llvm::MemoryBuffer::getFile(P.BaselineFile, /*IsText=*/true);
  if (!Buffer)
    return llvm::createFileError(P.BaselineFile, Buffer.getError());
  return Baseline::read((*Buffer)->getMemBufferRef()).moveInto(Known);
}

match::MatchOptions UnitChecker::Managed::options(const RuntimeChoice &Choice,
                                                  abi::Memory &Answered) const {
  match::MatchOptions Options;
  Options.Runtimes = Choice;
  if (!Interpreted.empty())
    Options.Interpreted = &Interpreted;
  Options.Libraries = P.Libraries;
  Options.Targets = P.Targets;
  Options.IsWholeProgram = false;
  Options.Answered = &Answered;
  return Options;
}

bool UnitChecker::Managed::isIgnored(DiagnosticID ID) const {
  Severity Level = diagnosticInfo(ID).DefaultSeverity;
  for (const DiagnosticList::SeverityOverride &Override : P.Severities)
    if (Override.ID == ID)
      Level = Override.Level;
  return Level == Severity::Ignored;
}

void UnitChecker::Managed::compare(const native::Program &Program,
                                   abi::Memory &Answered, CheckedUnit &Out) {
  std::map<RuntimeChoice, size_t> Known;
  auto Matching = [&](const OutputSpec *Output) -> const match::Matching & {
    RuntimeChoice Choice = runtimesFor(P, Output);
    auto [It, IsNew] = Known.try_emplace(Choice, Matchings.size());
    if (IsNew) {
      Matchings.push_back(
          match::match(Program, Side->model(), options(Choice, Answered)));
      Out.Findings.append(std::move(Matchings.back().Findings));
    }
    return Matchings[It->second];
  };
  if (P.Outputs.empty())
    Matching(nullptr);
  planBindings(
      P, Program, Side->model(),
      [&](const OutputSpec &Spec) -> const match::Matching & {
        return Matching(&Spec);
      },
      Out.Findings);
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

/// A function that has an import's name and agrees with it is most likely the
/// one that the import means.
void UnitChecker::Managed::offerAnnotations(native::Facts Candidates,
                                            match::MatchOptions Options,
                                            CheckedUnit &Out) {
  std::vector<native::Facts> All;
  All.push_back(std::move(Candidates));
  native::Program Program(std::move(All));
  match::Matching Matched = match::match(Program, Side->model(), Options);
  llvm::ArrayRef<const managed::Method *> Missing = Matchings.front().Missing;
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

/// The source that has at least half of a class's imports is where the next
/// one belongs: before the last of them. A name that is \p Taken has a
/// function.
void UnitChecker::Managed::offerStubs(const llvm::StringSet<> &Taken,
                                      CheckedUnit &Out) {
  struct Home {
    unsigned Imports = 0, Bound = 0;
    const native::Export *Last = nullptr;
  };
  std::map<const managed::TypeDef *, Home> Homes;
  for (const managed::Method &Import : Side->model().Imports)
    if (Import.TheKind == managed::Method::PInvoke)
      ++Homes[Import.Declaring].Imports;
  const match::Matching &Matched = Matchings.front();
  for (const match::Binding &B : Matched.Bindings) {
    const native::Export &E = *B.Native;
    if (B.Managed->TheKind != managed::Method::PInvoke)
      continue;
    Home &H = Homes[B.Managed->Declaring];
    ++H.Bound;
    // Only where the annotation opens a line is there a place for another
    // function, and only outside of classes.
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

//===----------------------------------------------------------------------===//
// Checking
//===----------------------------------------------------------------------===//

CheckedUnit UnitChecker::Managed::check(native::Facts F, DiagnosticList Found,
                                        Unannotated Collect,
                                        abi::Memory &Answered) {
  CheckedUnit Out;
  Out.Findings = std::move(Found);
  Out.Problem = Problem;
  std::vector<native::Facts> All;
  All.push_back(std::move(F));
  native::Program Program(std::move(All));
  bool HasOutputs =
      P.Outputs.empty() ||
      llvm::any_of(P.Outputs, std::mem_fn(&OutputSpec::isMadeFromBindings));
  if (Problem.empty() && HasOutputs && !P.Assemblies.empty()) {
    Side->model().Methods = Methods;
    Side->loadMethodsOf(Program.exports());
    Side->takeFindings(); // of the managed side alone
    compare(Program, Answered, Out);
  }
  if (!Matchings.empty() && Collect &&
      !isIgnored(DiagnosticID::MissingExport)) {
    llvm::StringSet<> Names;
    for (const managed::Method *Import : Matchings.front().Missing)
      if (Import->TheKind == managed::Method::PInvoke)
        Names.insert(Import->Import.EntryPoint);
    native::Facts Candidates;
    if (!Names.empty())
      Collect(Names, Candidates);
    llvm::StringSet<> Taken;
    for (const native::Export &E : Candidates.Exports)
      Taken.insert(E.functionName());
    if (!Candidates.Exports.empty())
      offerAnnotations(std::move(Candidates),
                       options(runtimesFor(P, nullptr), Answered), Out);
    offerStubs(Taken, Out);
  }
  Out.Findings.dropAllOf(Scope::Program);
  Out.Findings.visitLocations([&](Location &L) {
    if (llvm::sys::path::is_absolute(L.File))
      L.File = native::shownPath(L.File, P.Root, P.Root);
  });
  if (Known)
    Known->apply(Out.Findings);
  Out.Findings.finish(P.Severities);
  Matchings.clear();
  return Out;
}

UnitChecker::UnitChecker(std::string ConfigFile)
    : ConfigFile(std::move(ConfigFile)),
      Answered(std::make_unique<abi::Memory>()) {}
UnitChecker::~UnitChecker() = default;

CheckedUnit UnitChecker::check(native::Facts F, DiagnosticList Found,
                               Unannotated Collect) {
  if (!Loaded || !Loaded->isCurrent())
    Loaded = std::make_unique<Managed>(ConfigFile);
  return Loaded->check(std::move(F), std::move(Found), Collect, *Answered);
}

} // namespace ilbridge::driver
