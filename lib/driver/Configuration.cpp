//===- Configuration.cpp - ilbridge.yaml ----------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// docs/configuration.md describes the file.
//
//===----------------------------------------------------------------------===//

#include "ilbridge/command/QueryPolicy.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/driver/Project.h"
#include "ilbridge/emit/Backend.h"
#include "ilbridge/hybridclr/BridgeRequirements.h"
#include "ilbridge/native/HeaderEntry.h"
#include "ilbridge/runtime/Runtime.h"
#include "ilbridge/system/Files.h"
#include "ilbridge/yaml/Reader.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <map>

using llvm::Error;
using llvm::Expected;
using llvm::StringRef;

namespace ilbridge::driver {

using yaml::Mapping;
using yaml::Node;

std::string findConfiguration(StringRef Folder, llvm::vfs::FileSystem &Files) {
  for (StringRef At = Folder; !At.empty();
       At = llvm::sys::path::parent_path(At)) {
    llvm::SmallString<256> File = At;
    llvm::sys::path::append(File, ConfigName);
    llvm::ErrorOr<llvm::vfs::Status> Status = Files.status(File);
    if (Status && Status->isRegularFile())
      return File.str().str();
  }
  return "";
}

std::optional<Severity> severity(StringRef Word) {
  return llvm::StringSwitch<std::optional<Severity>>(Word)
      .Case("error", Severity::Error)
      .Case("warning", Severity::Warning)
      .Case("ignore", Severity::Ignored)
      .Default(std::nullopt);
}

std::string absoluteGlob(StringRef Glob, StringRef Folder) {
  // A name without a folder, or a glob that matches in any folder.
  if (!Glob.contains('/') || Glob.starts_with("*"))
    return Glob.str();
  if (llvm::sys::path::is_absolute(Glob))
    return Glob.str();
  // The name of the folder is literal.
  llvm::SmallString<256> Full;
  for (char C : Folder) {
    if (StringRef("*?[]{}\\").contains(C))
      Full += '\\';
    Full += C;
  }
  llvm::sys::path::append(Full, Glob);
  return Full.str().str();
}

namespace {

class Reader {
public:
  Reader(Project &P, StringRef Folder) : P(P), Folder(Folder) {}
  Error read(const Node &Root);

private:
  Error path(Mapping &Map, StringRef Key, std::string &Out);
  Error paths(Mapping &Map, StringRef Key, std::vector<std::string> &Out);
  std::string absolute(StringRef Path) const;
  Error queryDrivers(Mapping &Map);
  Error targets(Mapping &Map);
  Error watched(Mapping &Map);
  Error target(const Node &N);
  Error exportsEntry(const Node &N);
  Error registration(const Node &N);
  Error object(const Node &N);
  Error output(const Node &N);
  Error runtime(Mapping &Map,
                llvm::function_ref<Error(const runtime::Runtime &)> Choose);
  Error options(Mapping &Map, OutputSpec &Spec);
  Error reservation(const Node &N);
  Error severities(Mapping &Map);

  Project &P;
  std::string Folder;
};

} // namespace

/// Whether \p Text is a C++ name, with or without scopes.
static bool isQualifiedName(StringRef Text) {
  llvm::SmallVector<StringRef, 4> Parts;
  Text.split(Parts, "::");
  return llvm::all_of(Parts, [](StringRef Part) {
    return !Part.empty() && !llvm::isDigit(Part.front()) &&
           llvm::all_of(Part,
                        [](char C) { return llvm::isAlnum(C) || C == '_'; });
  });
}

/// Calls \p Read for each entry of an optional list.
static Error forEach(Mapping &Map, StringRef Key,
                     llvm::function_ref<Error(const Node &)> Read) {
  std::optional<Node> N = Map.take(Key);
  if (!N)
    return Error::success();
  Expected<std::vector<Node>> All = N->sequence();
  if (!All)
    return All.takeError();
  for (const Node &Entry : *All)
    if (Error E = Read(Entry))
      return E;
  return Error::success();
}

std::string Reader::absolute(StringRef Path) const {
  return system::absolute(Path, Folder);
}

Error Reader::path(Mapping &Map, StringRef Key, std::string &Out) {
  std::string Text;
  if (Error E = Map.string(Key, Text))
    return E;
  if (!Text.empty())
    Out = absolute(Text);
  return Error::success();
}

Error Reader::paths(Mapping &Map, StringRef Key,
                    std::vector<std::string> &Out) {
  std::vector<std::string> Texts;
  if (Error E = Map.strings(Key, Texts))
    return E;
  for (const std::string &Text : Texts)
    Out.push_back(absolute(Text));
  return Error::success();
}

Error Reader::queryDrivers(Mapping &Map) {
  std::optional<Node> N = Map.take("query-driver");
  if (!N)
    return Error::success();
  Expected<std::vector<std::string>> Globs = N->strings();
  if (!Globs)
    return Globs.takeError();
  for (const std::string &Glob : *Globs) {
    if (Error E = command::checkGlob(Glob))
      return N->error("'" + Glob +
                      "' is not a pattern: " + llvm::toString(std::move(E)));
    P.QueryDrivers.push_back(absoluteGlob(Glob, Folder));
  }
  return Error::success();
}

Error Reader::targets(Mapping &Map) {
  std::optional<Node> N = Map.take("targets");
  if (!N)
    return Error::success();
  if (!N->isSequence())
    return target(*N);
  Expected<std::vector<Node>> All = N->sequence();
  if (!All)
    return All.takeError();
  for (const Node &Entry : *All)
    if (Error E = target(Entry))
      return E;
  return Error::success();
}

static Expected<abi::Target> namedTarget(const Node &N) {
  Expected<std::string> Name = N.string();
  if (!Name)
    return Name.takeError();
  Expected<abi::Target> T = abi::findTarget(*Name);
  if (!T)
    return N.error(llvm::toString(T.takeError()));
  return T;
}

Error Reader::watched(Mapping &Map) {
  std::optional<Node> N = Map.take("watch");
  if (!N)
    return Error::success();
  P.Watched.clear();
  std::vector<Node> Names = {*N};
  if (N->isSequence()) {
    Expected<std::vector<Node>> All = N->sequence();
    if (!All)
      return All.takeError();
    Names = std::move(*All);
  }
  for (const Node &Name : Names) {
    Expected<abi::Target> T = namedTarget(Name);
    if (!T)
      return T.takeError();
    P.Watched.push_back(std::move(*T));
  }
  return Error::success();
}

/// Reads a target: only its name, or its name with compile flags.
Error Reader::target(const Node &N) {
  if (!N.isMapping()) {
    Expected<abi::Target> T = namedTarget(N);
    if (!T)
      return T.takeError();
    P.Targets.push_back(std::move(*T));
    return Error::success();
  }
  Expected<Mapping> Map = Mapping::of(N);
  if (!Map)
    return Map.takeError();
  Expected<Node> Name = Map->require("target");
  if (!Name)
    return Name.takeError();
  Expected<abi::Target> T = namedTarget(*Name);
  if (!T)
    return T.takeError();
  std::vector<std::string> Args;
  std::string Sysroot, ResourceDir;
  if (Error E = Map->strings("args", Args))
    return E;
  if (Error E = path(*Map, "sysroot", Sysroot))
    return E;
  if (Error E = path(*Map, "resource-dir", ResourceDir))
    return E;
  if (Error E = Map->finish())
    return E;
  TargetCompile Compile{abi::targetMeantBy(T->Triple), {}, N.where()};
  for (const TargetCompile &Other : P.TargetCompiles)
    if (abi::isSameTarget(Other.For.Triple, Compile.For.Triple))
      return N.error("the target '" + Compile.For.Name +
                     "' has a compile of its own already");
  P.Targets.push_back(Compile.For);
  Compile.Args.push_back("--target=" + T->Triple);
  if (!Sysroot.empty())
    Compile.Args.push_back("--sysroot=" + Sysroot);
  if (!ResourceDir.empty())
    Compile.Args.push_back("-resource-dir=" + ResourceDir);
  llvm::append_range(Compile.Args, Args);
  P.TargetCompiles.push_back(std::move(Compile));
  return Error::success();
}

Error Reader::exportsEntry(const Node &N) {
  Expected<Mapping> Map = Mapping::of(N);
  if (!Map)
    return Map.takeError();
  ExportsEntry &Entry = P.Exports.emplace_back();
  Entry.Folder = Folder;
  Entry.Where = N.where();
  if (Error E = Map->strings("headers", Entry.Headers))
    return E;
  if (Error E = paths(*Map, "sources", Entry.Sources))
    return E;
  if (Entry.Headers.empty() && Entry.Sources.empty())
    return N.error("expected 'headers' or 'sources', which say where the "
                   "functions are declared");
  if (std::optional<Node> Functions = Map->take("functions")) {
    if (Error E = Functions->strings().moveInto(Entry.Functions))
      return E;
    if (auto Patterns = native::FunctionPatterns::create(Entry.Functions);
        !Patterns)
      return Functions->error(llvm::toString(Patterns.takeError()));
  }
  if (Error E = Map->strings("library", Entry.Libraries))
    return E;
  if (Error E = Map->strings("args", Entry.Args))
    return E;
  if (Error E = Map->strings("pkg-config", Entry.Packages))
    return E;
  return Map->finish();
}

Error Reader::registration(const Node &N) {
  Expected<Mapping> Map = Mapping::of(N);
  if (!Map)
    return Map.takeError();
  Expected<Node> Function = Map->require("function");
  if (!Function)
    return Function.takeError();
  native::Registrar New;
  if (Error E = Function->string().moveInto(New.Function))
    return E;
  if (!isQualifiedName(New.Function))
    return Function->error("expected the name of a function, such as "
                           "Engine::AddInternalCall");
  static constexpr llvm::StringLiteral Words[] = {"internal_call", "export",
                                                  "function_pointer"};
  unsigned Kind = 0;
  if (Error E = Map->word("kind", Words, Kind))
    return E;
  New.Kind = *native::exportKind(Words[Kind]);
  auto Argument = [&](StringRef Key, std::optional<unsigned> &Out) -> Error {
    std::optional<Node> Position = Map->take(Key);
    if (!Position)
      return Error::success();
    constexpr unsigned MaxArgument = 255;
    return Position->integer(MaxArgument).moveInto(Out);
  };
  std::optional<unsigned> Name, Target;
  if (Error E = Argument("name", Name))
    return E;
  if (Error E = Argument("target", Target))
    return E;
  if (Error E = Argument("type", New.Type))
    return E;
  if (!Name || !Target)
    return N.error("expected 'name' and 'target', the positions of the "
                   "arguments that are the managed name and the function, "
                   "counted from 0");
  New.Name = *Name;
  New.Target = *Target;
  if (New.Name == New.Target || New.Type == Name || New.Type == Target)
    return N.error("two of the positions are the same");
  if (Error E = runtime(*Map, [&](const runtime::Runtime &R) {
        New.Runtime = R.Name.str();
        return Error::success();
      }))
    return E;
  P.Registrars.push_back(std::move(New));
  return Map->finish();
}

Error Reader::object(const Node &N) {
  Expected<Mapping> Map = Mapping::of(N);
  if (!Map)
    return Map.takeError();
  managed::ObjectMapping New;
  New.Where = N.where();
  Expected<Node> Managed = Map->require("managed");
  if (!Managed)
    return Managed.takeError();
  if (Error E = Managed->string().moveInto(New.Managed))
    return E;
  Expected<Node> Native = Map->require("native");
  if (!Native)
    return Native.takeError();
  if (Error E = Native->string().moveInto(New.Native))
    return E;
  if (StringRef(New.Native).starts_with("::"))
    New.Native.erase(0, 2);
  if (!isQualifiedName(New.Native))
    return Native->error(
        "expected the name of a C++ class, such as game::Entity");
  if (std::optional<Node> Field = Map->take("field")) {
    New.FieldWhere = Field->where();
    if (Error E = Field->string().moveInto(New.Field))
      return E;
  }
  New.ManagedWhere = Managed->where();
  for (const managed::ObjectMapping &Other : P.Objects)
    if (Other.Managed == New.Managed)
      return Managed->error("the class '" + New.Managed +
                            "' has an entry already");
  P.Objects.push_back(std::move(New));
  return Map->finish();
}

/// Passes the runtime that the key 'runtime' names to \p Choose. An Error of \p
/// Choose is reported at that key.
Error Reader::runtime(
    Mapping &Map, llvm::function_ref<Error(const runtime::Runtime &)> Choose) {
  std::optional<Node> N = Map.take("runtime");
  if (!N)
    return Error::success();
  Expected<std::string> Name = N->string();
  if (!Name)
    return Name.takeError();
  auto R = runtime::find(*Name);
  if (!R)
    return N->error(llvm::toString(R.takeError()));
  if (Error E = Choose(**R))
    return N->error(llvm::toString(std::move(E)));
  return Error::success();
}

/// Reads the options that OutputOptions.def lists.
Error Reader::options(Mapping &Map, OutputSpec &Spec) {
  const emit::Backend &Backend = *Spec.Backend;
  std::map<emit::OutputOptionID, Node> Places;
  for (const emit::OutputOption &O : emit::outputOptions()) {
    std::optional<Node> N = Map.take(O.Key);
    if (!N)
      continue;
    if (!Backend.understands(O.ID))
      return N->error(emit::notUnderstood(Backend, O, O.Key));
    std::string Text;
    if (O.Kind == emit::OutputOption::Flag) {
      Expected<bool> IsOn = N->boolean();
      if (!IsOn)
        return IsOn.takeError();
      Text = *IsOn ? "true" : "false";
    } else if (Error E = N->string().moveInto(Text)) {
      return E;
    }
    if (O.Kind == emit::OutputOption::Path)
      Text = absolute(Text);
    if (Error E = Spec.Options.set(O.ID, Text))
      return N->error(llvm::toString(std::move(E)));
    Places.emplace(O.ID, *N);
  }
  emit::OutputOptionID About{};
  if (Error E = completeOptions(Spec, "", *P.Files, About))
    return Places.at(About).error(emit::outputOption(About).Key + " " +
                                  llvm::toString(std::move(E)));
  return Error::success();
}

/// Reads the calling convention of a native function. \p Out is unchanged if
/// none is stated, or if it is that of the platform.
static Error convention(Mapping &Entry, std::optional<CallingConvention> &Out) {
  static constexpr llvm::StringLiteral Words[] = {"winapi", "cdecl", "stdcall",
                                                  "thiscall", "fastcall"};
  unsigned Index = 0;
  if (Error E = Entry.word("convention", Words, Index))
    return E;
  if (Index)
    Out = callingConvention(Words[Index]);
  return Error::success();
}

Error Reader::reservation(const Node &N) {
  Expected<Mapping> Entry = Mapping::of(N);
  if (!Entry)
    return Entry.takeError();
  Reservation &R = P.Bridges.Reservations.emplace_back();
  const std::pair<StringRef, Reservation::Kind> Kinds[] = {
      {"call", Reservation::Call}, {"bridge", Reservation::Bridge}};
  for (auto [Key, Kind] : Kinds)
    if (std::optional<Node> Signature = Entry->take(Key)) {
      R.TheKind = Kind;
      R.Where = Signature->where();
      if (Error E = Signature->string().moveInto(R.Text))
        return E;
      if (Kind == Reservation::Call)
        if (Error E = convention(*Entry, R.Convention))
          return E;
      return Entry->finish();
    }
  Expected<Node> Delegate = Entry->require("delegate");
  if (!Delegate)
    return Delegate.takeError();
  R.Where = Delegate->where();
  if (Error E = Delegate->string().moveInto(R.Text))
    return E;
  Expected<Node> Count = Entry->require("count");
  if (!Count)
    return Count.takeError();
  Expected<uint64_t> Number = Count->integer(hybridclr::MaxWrappers);
  if (!Number)
    return Number.takeError();
  if (*Number == 0)
    return Count->error("expected a number of at least 1");
  R.Count = *Number;
  return Entry->finish();
}

Error Reader::output(const Node &N) {
  Expected<Mapping> Map = Mapping::of(N);
  if (!Map)
    return Map.takeError();
  OutputSpec &Spec = P.Outputs.emplace_back();
  Expected<Node> Backend = Map->require("backend");
  if (!Backend)
    return Backend.takeError();
  std::string BackendName;
  if (Error E = Backend->string().moveInto(BackendName))
    return E;
  Spec.Backend = emit::findBackend(BackendName);
  if (!Spec.Backend)
    return Backend->error(emit::noSuchBackend(BackendName));
  if (Error E = path(*Map, "file", Spec.File))
    return E;
  // A Unity project has only one location for bridge functions.
  if (Spec.File.empty() &&
      (!Spec.isMadeFromBridges() || P.Bridges.UnityProject.empty())) {
    Expected<Node> File = Map->require("file");
    return File ? File->error("expected the path of a file") : File.takeError();
  }
  if (Error E = runtime(*Map, [&](const runtime::Runtime &R) {
        return chooseRuntime(Spec, R);
      }))
    return E;
  if (Error E = options(*Map, Spec))
    return E;
  return Map->finish();
}

Error Reader::severities(Mapping &Map) {
  std::optional<Node> N = Map.take("severities");
  if (!N)
    return Error::success();
  Expected<Mapping> All = Mapping::of(*N);
  if (!All)
    return All.takeError();
  for (const Mapping::Entry &Each : All->entries()) {
    std::optional<DiagnosticID> ID = findDiagnostic(Each.Key);
    if (!ID)
      return Each.KeyNode.error("there is no diagnostic '" + Each.Key + "'");
    Expected<std::string> Word = Each.Value.string();
    if (!Word)
      return Word.takeError();
    std::optional<Severity> Level = severity(*Word);
    if (!Level)
      return Each.Value.error("expected one of error, warning, ignore");
    P.Severities.push_back({*ID, *Level});
  }
  return Error::success();
}

Error Reader::read(const Node &N) {
  Expected<Mapping> Root = Mapping::of(N);
  if (!Root)
    return Root.takeError();
  if (Error E = path(*Root, "build", P.BuildDir))
    return E;
  if (Error E = paths(*Root, "sources", P.Sources))
    return E;
  if (Error E = Root->strings("extra-args", P.ExtraArgs))
    return E;
  if (Error E = path(*Root, "resource-dir", P.ResourceDir))
    return E;
  if (Error E = queryDrivers(*Root))
    return E;
  if (Error E = paths(*Root, "facts", P.Facts))
    return E;
  if (Error E = paths(*Root, "assemblies", P.Assemblies))
    return E;
  if (Error E = paths(*Root, "references", P.References))
    return E;
  if (Error E = paths(*Root, "csharp-sources", P.CSharpSources))
    return E;
  if (Error E = Root->strings("libraries", P.Libraries))
    return E;
  if (Error E = forEach(*Root, "exports",
                        [&](const Node &N) { return exportsEntry(N); }))
    return E;
  if (Error E = forEach(*Root, "registrations",
                        [&](const Node &N) { return registration(N); }))
    return E;
  if (Error E =
          forEach(*Root, "objects", [&](const Node &N) { return object(N); }))
    return E;
  if (Error E = targets(*Root))
    return E;
  if (Error E = watched(*Root))
    return E;
  if (Error E = paths(*Root, "aot", P.Bridges.AOT))
    return E;
  if (Error E = paths(*Root, "hot-update", P.Bridges.HotUpdate))
    return E;
  if (std::optional<Node> Rounds = Root->take("iterations")) {
    Expected<uint64_t> Number =
        Rounds->integer(hybridclr::MethodSet::MaxRounds);
    if (!Number)
      return Number.takeError();
    P.Bridges.Rounds = *Number;
  }
  if (Error E = path(*Root, "unity-project", P.Bridges.UnityProject))
    return E;
  if (Error E = Root->string("platform", P.Bridges.Platform))
    return E;
  if (Error E = forEach(*Root, "reserve",
                        [&](const Node &N) { return reservation(N); }))
    return E;
  if (Error E =
          forEach(*Root, "outputs", [&](const Node &N) { return output(N); }))
    return E;
  if (Error E = runtime(*Root, [&](const runtime::Runtime &R) {
        P.Runtime = &R;
        return Error::success();
      }))
    return E;
  if (Error E = severities(*Root))
    return E;
  if (Error E = path(*Root, "baseline", P.BaselineFile))
    return E;
  if (Error E = Root->integer("jobs", P.Jobs))
    return E;
  if (Error E = Root->boolean("keep-going", P.KeepGoing))
    return E;
  if (Error E = Root->boolean("strict", P.IsStrict))
    return E;
  if (Error E = Root->boolean("core-library", P.AsksCoreLibrary))
    return E;
  if (Error E = Root->boolean("every-source", P.EverySource))
    return E;
  if (Error E = Root->boolean("scan-all", P.ScanAll))
    return E;
  if (Error E = path(*Root, "cache", P.Cache.Folder))
    return E;
  if (std::optional<Node> Size = Root->take("cache-size")) {
    Expected<uint64_t> Number = Size->integer(MaxCacheMegabytes);
    if (!Number)
      return Number.takeError();
    P.Cache.MaxBytes = *Number << 20;
  }
  return Root->finish();
}

Error readConfiguration(StringRef File, Project &P) {
  auto Buffer = P.Files->getBufferForFile(File);
  if (!Buffer)
    return inputError({File.str(), {}, {}}, Buffer.getError().message());
  Expected<Node> Root = yaml::parse((*Buffer)->getMemBufferRef());
  if (!Root)
    return Root.takeError();
  StringRef Folder = llvm::sys::path::parent_path(File);
  P.ConfigFile = File.str();
  P.Root = Folder.str();
  return Reader(P, Folder).read(*Root);
}

} // namespace ilbridge::driver
