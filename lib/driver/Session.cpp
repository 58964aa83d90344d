//===- Session.cpp - A project with both of its sides ---------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/driver/Session.h"
#include "Baseline.h"
#include "Bridges.h"
#include "Coverage.h"
#include "ManagedSide.h"
#include "RuntimeChoice.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/diagnostic/ShownPath.h"
#include "ilbridge/managed/SourceEdits.h"
#include "ilbridge/match/Layouts.h"
#include "ilbridge/native/Facts.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/TargetParser/Triple.h"
#include <functional>

using llvm::Error;
using llvm::StringRef;

namespace ilbridge::driver {

Session::Session(Project TheProject)
    : P(std::move(TheProject)), Managed(std::make_unique<ManagedSide>(P)),
      Sources(P.Root, P.CSharpSources, P.Files) {}

Session::Session(Project TheProject, abi::ABIInfoCache &ABICache)
    : P(std::move(TheProject)), ABICache(&ABICache),
      Managed(std::make_unique<ManagedSide>(P, /*IsReused=*/true)),
      Sources(P.Root, P.CSharpSources, P.Files) {}

Session::~Session() = default;

std::string Session::shown(StringRef Path) const {
  return shownPath(Path, P.WorkingDirectory, P.Root);
}

llvm::ThreadPoolInterface &Session::threads() {
  if (!Threads)
    Threads = std::make_unique<llvm::DefaultThreadPool>(
        llvm::hardware_concurrency(P.Jobs));
  return *Threads;
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

Error Session::loadManaged(bool HasBuilds) {
  if (P.Assemblies.empty())
    return llvm::createStringError(
        "no assembly to read; name one with --assembly, or in " +
        llvm::Twine(ConfigName));
  Error Problems = Managed->load(HasBuilds);
  add(Managed->takeFindings());
  return Problems;
}

Error Session::findInterpreted() {
  llvm::Expected<llvm::StringSet<>> Names = interpretedAssemblies(P);
  if (Names) {
    Interpreted = std::move(*Names);
    return Error::success();
  }
  Interpreted.emplace();
  Error Problem = Names.takeError();
  if (llvm::none_of(P.Outputs, std::mem_fn(&OutputSpec::isMadeFromBridges)))
    return Problem;
  llvm::consumeError(std::move(Problem)); // bridges() reports it
  return Error::success();
}

Error Session::loadBaseline() {
  if (P.BaselineFile.empty())
    return Error::success();
  auto Buffer = P.Files->getBufferForFile(P.BaselineFile);
  if (!Buffer)
    return inputError({P.BaselineFile, {}, {}},
                      Buffer.getError().message() +
                          "; 'ilbridge check --write-baseline' writes it");
  std::string Shown = shown(P.BaselineFile);
  llvm::Expected<Baseline> Read =
      Baseline::read(llvm::MemoryBufferRef((*Buffer)->getBuffer(), Shown));
  if (!Read)
    return Read.takeError();
  Known = std::make_unique<Baseline>(std::move(*Read));
  return Error::success();
}

void Session::loadMethod(const managed::MethodName &Name) {
  Managed->loadMethod(Name);
  add(Managed->takeFindings());
}

std::optional<llvm::StringSet<>> Session::namedEntryPoints() const {
  // The facts in a cache serve other commands, too.
  if (!P.Cache.Folder.empty() || !P.Objects.empty() ||
      !Managed->otherBuilds().empty() ||
      llvm::any_of(P.Outputs, std::mem_fn(&OutputSpec::isOfDeclarations)))
    return std::nullopt;
  return match::entryPoints(Managed->model());
}

void Session::setNative(std::vector<native::Facts> All) {
  assert(!Program && "drop the earlier one first");
  Program.emplace(std::move(All));
}

void Session::dropNative() {
  Matchings.clear();
  Program.reset();
  Managed->forgetNamedMethods();
  HasNamedMethods = false;
  Sources.forget(); // the files may change before the next source is checked
  Threads.reset();  // threads must not remain in the process of a host
}

Error Session::completeFromUnity(bool NeedsFiles) {
  if (std::exchange(HasAskedUnity, true))
    return Error::success();
  return driver::completeFromUnity(P, NeedsFiles);
}

Error Session::findBridgeFiles() {
  return completeFromUnity(/*NeedsFiles=*/true);
}

llvm::Expected<Bridges *> Session::bridges() {
  if (!TheBridges) {
    if (Error E = completeFromUnity(/*NeedsFiles=*/false))
      return E;
    auto Loaded = std::make_unique<Bridges>(P);
    if (Error E = Loaded->load())
      return E;
    TheBridges = std::move(Loaded);
    add(std::move(TheBridges->requirements().Findings));
  }
  return TheBridges.get();
}

managed::Model &Session::model() { return Managed->model(); }
managed::AssemblySet &Session::assemblies() { return Managed->assemblies(); }
llvm::ArrayRef<managed::Assembly *> Session::given() const {
  return Managed->given();
}

//===----------------------------------------------------------------------===//
// Both sides
//===----------------------------------------------------------------------===//

std::vector<const OutputSpec *> Session::compared() const {
  if (P.Outputs.empty())
    return {nullptr};
  std::vector<const OutputSpec *> Result;
  for (const OutputSpec &Output : P.Outputs)
    if (Output.isMadeFromBindings())
      Result.push_back(&Output);
  if (Result.empty() &&
      llvm::any_of(P.Outputs, std::mem_fn(&OutputSpec::isOfDeclarations)))
    return {nullptr};
  return Result;
}

/// Returns the runtimes of an output. If the project does not choose any, the
/// registrations of the program determine them, because each uses the API of
/// one runtime.
Session::Rules Session::rulesFor(const OutputSpec *Output) const {
  Rules R = runtimesFor(P, Output);
  if (R.empty() && !Output && Program)
    R = registeredRuntimes(*Program);
  return R;
}

match::MatchOptions Session::matchOptions(const Rules &Runtimes) {
  match::MatchOptions Options;
  Options.Runtimes = Runtimes;
  // A session whose inputs another one has loaded has the same problem.
  if (!Interpreted)
    llvm::consumeError(findInterpreted());
  if (!Interpreted->empty())
    Options.Interpreted = &*Interpreted;
  Options.Libraries = P.Libraries;
  Options.Targets = P.Targets;
  Options.Watched = P.Watched;
  Options.IsWholeProgram = !ABICache;
  Options.AsksCoreLibrary = P.AsksCoreLibrary;
  Options.ABICache = ABICache;
  Options.Threads = &threads();
  return Options;
}

match::Matching Session::pair(const native::Program &Other,
                              const OutputSpec *Output) {
  return pair(Other, model(), Output);
}

match::Matching Session::pair(const native::Program &Program,
                              const managed::Model &Model,
                              const OutputSpec *Output) {
  Rules R = rulesFor(Output);
  match::MatchOptions Options = matchOptions(R);
  Options.IsForOutput = Output != nullptr;
  Options.Objects = objectsOf(Model);
  return match::match(Program, Model, Options);
}

managed::ObjectClasses *Session::objectsOf(const managed::Model &Model) const {
  if (&Managed->model() == &Model)
    return Managed->objects();
  for (const std::unique_ptr<ManagedSide> &Build : OtherBuilds)
    if (&Build->model() == &Model)
      return Build->objects();
  return nullptr;
}

match::Layouts Session::layouts(const OutputSpec *Output) {
  Rules R = rulesFor(Output);
  return match::layouts(*Program, matchingOf(Output), matchOptions(R));
}

match::Matching &Session::matchingOf(const OutputSpec *Output) {
  if (!HasNamedMethods) {
    HasNamedMethods = true;
    Managed->loadMethodsOf(*Program);
    add(Managed->takeFindings());
  }
  Rules R = rulesFor(Output);
  auto Found = Matchings.find(R);
  if (Found == Matchings.end())
    Found = Matchings.try_emplace(R, pair(*Program, Output)).first;
  return Found->second;
}

/// \param Pairs Null if the C++ functions are not known.
managed::DelegateRules
Session::delegateRules(const OutputSpec *Output,
                       const match::Matching *Pairs) const {
  managed::DelegateRules Rules;
  bool IsForTheWeb = llvm::any_of(P.Targets, [](const abi::Target &T) {
    return llvm::Triple(T.Triple).isWasm();
  });
  bool AllMark = true;
  for (const runtime::Runtime *R : runtimes(Output)) {
    using runtime::Callbacks;
    bool Marks =
        R->Delegates == Callbacks::Marked ||
        (R->Delegates == Callbacks::MarkedOnWebAssembly && IsForTheWeb);
    AllMark &= Marks;
    // The runtime with more requirements decides.
    if ((Marks && (!Rules.Marking || !Rules.marksArguments())) ||
        (R->Delegates == Callbacks::MarkedIfConverted && !Rules.Marking))
      Rules.Marking = R;
  }
  // A function pointer that was created ahead of time does not belong to the
  // delegate.
  if (AllMark || !Pairs)
    return Rules;
  for (const auto *List :
       {&Pairs->Bindings, &Pairs->Registered, &Pairs->Disagreeing})
    for (const match::Binding &B : *List)
      if (B.Native->KeepsCallbacks) {
        std::string Name;
        llvm::raw_string_ostream(Name) << *B.Managed;
        Rules.Keeping[Name] = B.Native->Decl.Where;
      }
  return Rules;
}

void Session::checkBridgedDelegates(const OutputSpec &Output) {
  TheBridges->checkDelegates(delegateRules(&Output, nullptr), Findings);
}

llvm::StringRef Session::whyIncomplete() const {
  for (const auto &[Rules, M] : Matchings)
    if (!M.WhyIncomplete.empty())
      return M.WhyIncomplete;
  return "";
}

const match::Matching &Session::compare(const OutputSpec *Output) {
  match::Matching &M = matchingOf(Output);
  // Method bodies are read once, because the rules of the outputs differ only
  // in the runtimes that they name.
  if (!ABICache && !HasCheckedDelegates)
    if (managed::DelegateRules Rules = delegateRules(Output, &M);
        !Rules.empty()) {
      HasCheckedDelegates = true;
      for (managed::Assembly *A : Managed->given())
        managed::checkDelegates(Managed->assemblies(), *A, Rules, Findings);
    }
  add(std::exchange(M.Findings, {}));
  return M;
}

/// Whether \p A and \p B are the same finding about one declaration. A member
/// of an assembly is the same declaration in all builds.
static bool areSame(const Diagnostic &A, const Diagnostic &B) {
  return A.ID == B.ID && A.Message == B.Message &&
         A.Where.Member == B.Where.Member && A.Where.Start == B.Where.Start &&
         (A.Where.File == B.Where.File || !A.Where.Member.empty());
}

/// Whether the finding states that no import of the managed side refers to
/// something. It is reported for all builds only if each build has it.
static bool saysAbsence(const Diagnostic &D) {
  return D.ID == DiagnosticID::MissingImport ||
         D.ID == DiagnosticID::UnusedExports;
}

void Session::addBuild(DiagnosticList More) {
  auto IsIn = [](llvm::ArrayRef<Diagnostic> List, const Diagnostic &D) {
    return llvm::any_of(List,
                        [&](const Diagnostic &E) { return areSame(D, E); });
  };
  DiagnosticList Merged;
  for (const Diagnostic &D : Findings.all())
    if (!saysAbsence(D) || IsIn(More.all(), D))
      Merged.add(D);
  for (const Diagnostic &D : More.all())
    if (!saysAbsence(D) && !IsIn(Merged.all(), D))
      Merged.add(D);
  Findings = std::move(Merged);
}

/// Removes the imports in \p Seen from \p M, and adds the remaining ones to \p
/// Seen.
static void keepNew(match::Matching &M, llvm::StringSet<> &Seen) {
  llvm::StringSet<> New;
  auto IsSeen = [&](const managed::Method *Import) {
    std::string Name = "[" + Import->Assembly + "]" + Import->Where.Member;
    New.insert(Name);
    return Seen.contains(Name);
  };
  for (auto *List : {&M.Bindings, &M.Disagreeing})
    llvm::erase_if(*List,
                   [&](const match::Binding &B) { return IsSeen(B.Managed); });
  for (auto *List : {&M.Missing, &M.Undeclared, &M.Unread})
    llvm::erase_if(*List, IsSeen);
  for (const auto &Each : New)
    Seen.insert(Each.getKey());
}

Error Session::compareOtherBuilds() {
  Error Problems = Error::success();
  llvm::StringSet<> Seen;
  keepNew(matchingOf(nullptr), Seen);
  for (std::vector<std::string> &Assemblies : Managed->otherBuilds()) {
    ManagedSide &Build = *OtherBuilds.emplace_back(
        std::make_unique<ManagedSide>(P, std::move(Assemblies)));
    Problems = llvm::joinErrors(std::move(Problems), Build.load());
    Build.loadMethodsOf(*Program);
    match::Matching M = pair(*Program, Build.model(), nullptr);
    DiagnosticList More = Build.takeFindings();
    if (managed::DelegateRules Rules = delegateRules(nullptr, &M);
        !Rules.empty())
      for (managed::Assembly *A : Build.given())
        managed::checkDelegates(Build.assemblies(), *A, Rules, More);
    More.append(std::exchange(M.Findings, {}));
    addBuild(std::move(More));
    keepNew(M, Seen);
    OtherMatchings.push_back(std::move(M));
  }
  return Problems;
}

Coverage Session::coverage() const {
  std::vector<const match::Matching *> All;
  for (const auto &[Rules, M] : Matchings)
    All.push_back(&M);
  for (const match::Matching &M : OtherMatchings)
    All.push_back(&M);
  bool WithPresets = true;
  for (const DiagnosticList::SeverityOverride &Each : P.Severities)
    if (Each.ID == DiagnosticID::OtherTarget)
      WithPresets = Each.Level != Severity::Ignored;
  return Coverage(All, WithPresets);
}

RuntimeChoice Session::runtimes(const OutputSpec *Output) const {
  RuntimeChoice R = rulesFor(Output);
  return R.empty() ? runtime::unchosen().vec() : R;
}

//===----------------------------------------------------------------------===//
// Findings
//===----------------------------------------------------------------------===//

static managed::Assembly *assemblyAt(const managed::AssemblySet &Set,
                                     StringRef Path) {
  for (const std::unique_ptr<managed::Assembly> &A : Set.loaded()) {
    if (A->path() == Path)
      return A.get();
    for (const std::unique_ptr<managed::Assembly> &Module : A->modules())
      if (Module->path() == Path)
        return Module.get();
  }
  return nullptr;
}

/// Returns the C# location of the declaration of an assembly's member.
std::optional<managed::SourceLocations::DeclarationLocation>
Session::sourceOf(const Location &L) {
  if (L.Start.Line || L.Member.empty() || !llvm::sys::path::is_absolute(L.File))
    return std::nullopt;
  llvm::SmallVector<managed::AssemblySet *, 2> Sets = {&assemblies()};
  for (const std::unique_ptr<ManagedSide> &Build : OtherBuilds)
    Sets.push_back(&Build->assemblies());
  if (TheBridges)
    Sets.push_back(&TheBridges->set());
  for (managed::AssemblySet *Set : Sets)
    if (managed::Assembly *A = assemblyAt(*Set, L.File))
      return Sources.find(*A, *Set, L.Member);
  return std::nullopt;
}

/// Translates an edit of C# into a fix-it. \returns whether there is a text to
/// which it applies.
bool Session::placeEdit(Note &N) {
  auto Place = sourceOf(N.Where);
  std::optional<FixIt> Fix =
      Place ? managed::fixIn(*Place, *N.Edit) : std::nullopt;
  if (!Fix)
    return false;
  N.Where.File = Fix->File;
  N.Where.Start = Fix->Begin;
  Fix->File = shown(Fix->File);
  N.Fixes.push_back(std::move(*Fix));
  N.Edit.reset();
  return true;
}

void Session::show(Location &L) {
  // The location is changed to the C# source, because users can edit that. The
  // name in Location::Member does not change.
  if (auto Place = sourceOf(L)) {
    L.File = std::move(Place->File);
    L.Start = Place->Start;
  }
  // Paths below the root are relative to it, so they are the same on every
  // machine.
  if (!llvm::sys::path::is_absolute(L.File))
    return;
  auto [It, IsNew] = ShownFiles.try_emplace(L.File);
  if (IsNew)
    It->second = shown(L.File);
  L.File = It->second;
}

const DiagnosticList &Session::findings() {
  Findings.visit([&](Diagnostic &D) {
    llvm::erase_if(D.Notes, [&](Note &N) { return N.Edit && !placeEdit(N); });
  });
  Findings.visitLocations([&](Location &L) { show(L); });
  if (Known)
    Known->apply(Findings);
  Findings.finish(P.Severities);
  return Findings;
}

DiagnosticList Session::takeFindings() {
  findings();
  return std::exchange(Findings, {});
}

DiagnosticList Session::staleBaseline() {
  findings();
  return Known ? Known->stale() : DiagnosticList();
}

} // namespace ilbridge::driver
