//===- Project.h - The settings of a project -------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_DRIVER_PROJECT_H
#define ILBRIDGE_DRIVER_PROJECT_H

#include "ilbridge/abi/Target.h"
#include "ilbridge/cache/Recording.h"
#include "ilbridge/diagnostic/Diagnostic.h"
#include "ilbridge/emit/Backend.h"
#include "ilbridge/managed/Objects.h"
#include "ilbridge/native/Facts.h"
#include "llvm/Support/Error.h"

namespace ilbridge::runtime {
struct Runtime;
}

namespace ilbridge::driver {

/// One output of a backend.
struct OutputSpec {
  const emit::Backend *Backend = nullptr; ///< never null in a Project
  std::string File; ///< absolute; a folder if the backend writes several files
  /// The runtime that is stated for this output; null: none is stated.
  const runtime::Runtime *Runtime = nullptr;
  emit::OptionValues Options; ///< only those that the backend supports

  /// Whether it is generated from bindings of C# to C++, and not from
  /// assemblies alone.
  bool isMadeFromBindings() const { return Backend->FromBindings; }
  /// Whether it is made from assemblies alone, for bridge functions.
  bool isMadeFromBridges() const { return Backend->FromBridges; }
  /// Whether it declares for one side what the other side has.
  bool isOfDeclarations() const { return Backend->FromDeclarations; }
};

/// A function that a later update requires and that no assembly requires yet.
struct Reservation {
  enum Kind : uint8_t {
    Callback, ///< reverse wrappers
    Call,     ///< a call of native code
    Bridge,   ///< calls of managed methods, in both directions
  };
  Kind TheKind = Callback;
  /// For a Callback, its delegate: "[Game]Game.LuaFunction". Otherwise the
  /// signature: "int(void*, [Game]Game.Point)".
  std::string Text;
  uint32_t Count = 1; ///< for a Callback
  /// The convention of a Call; nullopt: the platform's.
  std::optional<CallingConvention> Convention = {};
  Location Where = {}; ///< in the configuration
};

/// The inputs of bridge tables.
struct BridgeInputs {
  std::vector<std::string> AOT; ///< assemblies, or folders of them
  std::vector<std::string> HotUpdate;
  /// The number of rounds in which generic instances are expanded; nullopt: 10,
  /// or the setting of the Unity project.
  std::optional<unsigned> Rounds;
  /// Whether to record the round and the method that required a bridge.
  bool KeepsOrigins = false;
  std::vector<Reservation> Reservations;
  /// The folder of a Unity project with HybridCLR, which defines all of these
  /// settings; absolute. Empty: there is none.
  std::string UnityProject;
  std::string Platform; ///< a BuildTarget of Unity: "Android"
};

/// Headers or sources of a library without annotations.
struct ExportsEntry {
  std::vector<std::string> Headers; ///< in Folder or on the include path
  std::vector<std::string> Sources; ///< absolute
  /// See native::HeaderEntry.
  std::vector<std::string> Functions, Libraries;
  std::vector<std::string> Args;     ///< compile flags
  std::vector<std::string> Packages; ///< names for pkg-config
  std::string Folder; ///< absolute; Headers and Args are relative to it
  Location Where;     ///< in the configuration; invalid: given by flags
};

/// Compile flags for an additional target of the
/// sources.
struct TargetCompile {
  abi::Target For;
  std::vector<std::string> Args; ///< appended to every compile command
  Location Where;                ///< in the configuration
};

/// The cache that persists between runs.
struct CacheSettings {
  std::string Folder; ///< empty: there is no cache
  /// The folder for file stamps, which are valid on this machine only.
  std::string LocalFolder;
  uint64_t MaxBytes = 1 << 30; ///< 0: no limit
  std::string ProgramDigest;
};

/// All settings of ilbridge.yaml and the command line. Paths are absolute.
struct Project {
  /// The folder to which displayed paths are relative: that of the
  /// configuration, or else the working directory.
  std::string Root;
  /// The user's working directory. Messages show paths relative to it, and the
  /// paths in Command are relative to it.
  std::string WorkingDirectory;
  std::string ConfigFile; ///< empty: none was found

  std::string BuildDir;             ///< of compile_commands.json
  std::vector<std::string> Sources; ///< empty: all of the database
  /// The words after "--": the compile command of the sources.
  std::optional<std::vector<std::string>> Command;
  std::vector<std::string> ExtraArgs; ///< for every compile command
  std::string ResourceDir;
  /// Globs for compilers that may be run for queries: they match absolute
  /// paths, or names if they contain no slash.
  std::vector<std::string> QueryDrivers;
  bool AsksCompilers = true; ///< false: no queries
  /// Maps files outside of the root to names that are valid on all machines.
  std::vector<native::PathPrefix> PathMap;
  std::vector<std::string> Facts; ///< read instead of scanning
  std::vector<ExportsEntry> Exports;
  /// Functions of the program that register other functions.
  std::vector<native::Registrar> Registrars;
  /// C# classes whose objects have C++ objects.
  std::vector<managed::ObjectMapping> Objects;

  std::vector<std::string> Assemblies; ///< or manifests
  std::vector<std::string> References; ///< folders
  /// Sources of assemblies, or folders of them.
  std::vector<std::string> CSharpSources;
  /// DllImport names that this project implements; empty: all.
  std::vector<std::string> Libraries;

  /// The program's targets; empty: those of its compile commands.
  std::vector<abi::Target> Targets;
  /// Targets on which a disagreement is a warning.
  std::vector<abi::Target> Watched = abi::watchedByDefault();
  /// Those of Targets that have separate compile flags.
  std::vector<TargetCompile> TargetCompiles;
  BridgeInputs Bridges;

  std::vector<OutputSpec> Outputs;
  /// The runtime of outputs that state none; null: none is selected.
  const runtime::Runtime *Runtime = nullptr;
  std::vector<DiagnosticList::SeverityOverride> Severities;
  std::string BaselineFile; ///< absolute; empty: none
  unsigned Jobs = 0;        ///< 0: one per core
  /// Parse every source that reaches an annotation instead of the fewest that
  /// are required.
  bool EverySource = false;
  bool ScanAll = false; ///< parse every source
  bool KeepGoing = false;
  /// Report an error for an import that is not compared on a target.
  bool IsStrict = false;
  bool AsksCoreLibrary = false; ///< match::MatchOptions::AsksCoreLibrary
  bool Verbose = false;         ///< also report what was ignored

  /// All files are read through it.
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files =
      llvm::vfs::getRealFileSystem();
  /// The inputs that were read so far.
  std::shared_ptr<cache::Inputs> Asked = std::make_shared<cache::Inputs>();
  /// Makes Files record all queries in Asked.
  void noteInputs() { Files = cache::recording(std::move(Files), Asked); }

  CacheSettings Cache;
  std::vector<std::string> Arguments; ///< the command line

  /// Whether any setting defines the native side.
  bool hasNativeSide() const {
    return !BuildDir.empty() || Command || !Facts.empty() || !Exports.empty();
  }
};

/// Sets the runtime of \p Output to \p R. The Error names both if the backend
/// belongs to a different runtime.
llvm::Error chooseRuntime(OutputSpec &Output, const runtime::Runtime &R);

/// Checks that all outputs for one runtime agree about the option 'marshal',
/// and that their runtime has shims. The Error names the outputs.
llvm::Error checkMarshalling(const Project &P);

/// Completes the options of \p Output from an installed package, and checks
/// that they are consistent. \p Prefix precedes the keys of options in
/// messages. The Error is about the option \p About.
llvm::Error completeOptions(OutputSpec &Output, llvm::StringRef Prefix,
                            llvm::vfs::FileSystem &Files,
                            emit::OutputOptionID &About);

/// Adds an output of bridge functions to a Unity project without outputs. Reads
/// no file. The Error states that there is a platform but no Unity project.
llvm::Error addUnityOutput(Project &P);

/// Completes the settings of bridge tables from P.Bridges.UnityProject: the
/// assemblies, the versions of the outputs and, if \p NeedsFiles, their files.
/// The Error states what is missing, and the command in Unity's menu that
/// creates it.
llvm::Error completeFromUnity(Project &P, bool NeedsFiles);

/// The maximum cache size of the option.
inline constexpr uint64_t MaxCacheMegabytes = 1 << 24;

/// The default name of the configuration file.
inline constexpr llvm::StringLiteral ConfigName = "ilbridge.yaml";

/// The configuration in \p Folder or its nearest parent folder that has one.
/// Empty if there is none.
std::string findConfiguration(
    llvm::StringRef Folder,
    llvm::vfs::FileSystem &Files = *llvm::vfs::getRealFileSystem());

/// The form that Project::QueryDrivers requires of a glob that is relative to
/// \p Folder.
std::string absoluteGlob(llvm::StringRef Glob, llvm::StringRef Folder);

/// Reads a configuration file into \p P, through its Files. The Error names
/// file, line and column.
llvm::Error readConfiguration(llvm::StringRef File, Project &P);

/// "error", "warning" or "ignore".
std::optional<Severity> severity(llvm::StringRef Word);

} // namespace ilbridge::driver

#endif // ILBRIDGE_DRIVER_PROJECT_H
