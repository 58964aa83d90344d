//===- Project.h - What a run works on --------------------------*- C++ -*-===//
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
  /// The runtime that it is for, if it is said of this output; else null.
  const runtime::Runtime *Runtime = nullptr;
  emit::OptionValues Options; ///< only those that the backend understands

  /// Whether it is made from bindings of C# to C++, and not from assemblies
  /// alone.
  bool isMadeFromBindings() const { return Backend->FromBindings; }
};

/// A function that an update will need and that the assemblies do not ask for.
struct Reservation {
  enum Kind : uint8_t {
    Callback, ///< reverse wrappers
    Call,     ///< a call of native code
    Bridge,   ///< calls of managed methods, in both directions
  };
  Kind TheKind = Callback;
  /// A Callback's delegate as manifests name types, "[Game]Game.LuaFunction";
  /// of the others the signature: "int(void*, [Game]Game.Point)".
  std::string Text;
  uint32_t Count = 1; ///< of a Callback
  /// The convention of a Call; nullopt: the platform's.
  std::optional<CallingConvention> Convention = {};
  Location Where = {}; ///< in the configuration
};

/// The assemblies that bridge tables are made from.
struct BridgeInputs {
  std::vector<std::string> AOT; ///< assemblies, or folders of them
  std::vector<std::string> HotUpdate;
  /// In which bodies of generic methods are followed; nullopt: in 10, or as
  /// the Unity project says.
  std::optional<unsigned> Rounds;
  /// Whether it is asked which round and which method brought a bridge.
  bool KeepsOrigins = false;
  std::vector<Reservation> Reservations;
  /// The folder of a Unity project with HybridCLR, which says all of this
  /// itself; absolute. Empty: there is none.
  std::string UnityProject;
  std::string Platform; ///< a BuildTarget of Unity: "Android"
};

/// Headers or sources of a library that nobody annotates.
struct ExportsEntry {
  std::vector<std::string> Headers; ///< in Folder or on the include path
  std::vector<std::string> Sources; ///< absolute
  /// As native::Library has them.
  std::vector<std::string> Functions, Libraries;
  std::vector<std::string> Args;     ///< compile flags
  std::vector<std::string> Packages; ///< whose flags pkg-config knows
  std::string Folder; ///< that Headers and Args are relative to; absolute
  Location Where;     ///< in the configuration; invalid: given by flags
};

/// How sources are compiled for one target, beside what they are compiled for
/// anyway.
struct TargetCompile {
  abi::Target For;
  std::vector<std::string> Args; ///< behind those of every compile command
  Location Where;                ///< in the configuration
};

/// Everything that ilbridge.yaml and the command line say. Paths are absolute.
struct Project {
  /// The folder that shown paths are relative to: the configuration's, or the
  /// working directory.
  std::string Root;
  /// The user's working directory: messages show paths relative to it, and the
  /// paths in Command are relative to it.
  std::string WorkingDirectory;
  std::string ConfigFile; ///< empty: none was found

  std::string BuildDir;             ///< of compile_commands.json
  std::vector<std::string> Sources; ///< empty: all of the database
  /// The words behind "--": the compile command of the sources.
  std::optional<std::vector<std::string>> Command;
  std::vector<std::string> ExtraArgs; ///< for every compile command
  std::string ResourceDir;
  /// Compilers of commands that may be run to ask them: globs of their absolute
  /// paths, or of their names where they have no slash.
  std::vector<std::string> QueryDrivers;
  bool AsksCompilers = true; ///< false: none is run
  /// The names of files outside of the root in facts that other machines read.
  std::vector<native::PathPrefix> PathMap;
  std::vector<std::string> Facts; ///< read instead of scanning
  std::vector<ExportsEntry> Exports;

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
  /// Those of Targets that have a compile of their own.
  std::vector<TargetCompile> TargetCompiles;
  BridgeInputs Bridges;

  std::vector<OutputSpec> Outputs;
  /// The runtime of outputs that say nothing of theirs; null: none is chosen.
  const runtime::Runtime *Runtime = nullptr;
  std::vector<DiagnosticList::SeverityOverride> Severities;
  std::string BaselineFile; ///< absolute; empty: none
  unsigned Jobs = 0;        ///< 0: one per core
  /// Parse every source that comes to an annotation, not as few as show all.
  bool EverySource = false;
  bool ScanAll = false; ///< parse every source whatsoever
  bool KeepGoing = false;
  bool IsStrict = false; ///< what is not compared on a target is an error
  bool AsksCoreLibrary = false; ///< match::MatchOptions::AsksCoreLibrary
  bool Verbose = false;         ///< also say what was left out without any harm

  /// Everything is read through it.
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files =
      llvm::vfs::getRealFileSystem();
  /// The questions that have been asked so far, with their answers.
  std::shared_ptr<cache::Inputs> Asked = std::make_shared<cache::Inputs>();
  /// Makes Files add to Asked.
  void noteInputs() { Files = cache::recording(std::move(Files), Asked); }

  // The files that outlive a run.
  std::string CacheFolder; ///< empty: nothing does
  /// The folder for states of files (times), which hold on this machine only.
  std::string LocalCacheFolder;
  uint64_t CacheBytes = 1 << 30; ///< that the folder may take; 0: any number
  std::string ToolIdentity;      ///< other bytes, other identity
  std::vector<std::string> Arguments; ///< of the command line

  /// Whether anything says where the native side is.
  bool hasNativeSide() const {
    return !BuildDir.empty() || Command || !Facts.empty() || !Exports.empty();
  }
};

/// Says that \p Output is for \p R. The Error names both, if the output's
/// backend belongs to another runtime.
llvm::Error chooseRuntime(OutputSpec &Output, const runtime::Runtime &R);

/// Takes from an installed package what \p Output leaves to it, and checks that
/// its options agree. \p Prefix stands before the keys of options where the
/// user wrote them. The Error follows the option \p About.
llvm::Error completeOptions(OutputSpec &Output, llvm::StringRef Prefix,
                            llvm::vfs::FileSystem &Files,
                            emit::OutputOptionID &About);

/// Gives a Unity project without outputs one of bridge functions. No file is
/// looked for. The Error says that there is a platform and no Unity project.
llvm::Error addUnityOutput(Project &P);

/// Takes from P.Bridges.UnityProject what nothing else says of bridge tables:
/// the assemblies, the versions of the outputs and, if \p NeedsFiles, where
/// these are written. The Error says what is missing, and which command of
/// Unity's menu makes it.
llvm::Error completeFromUnity(Project &P, bool NeedsFiles);

/// The largest cache that an option can ask for.
inline constexpr uint64_t MaxCacheMegabytes = 1 << 24;

/// The configuration's name when none is given.
inline constexpr llvm::StringLiteral ConfigName = "ilbridge.yaml";

/// The configuration of \p Folder: in it, or in the nearest folder around it
/// that has one. Empty where there is none.
std::string findConfiguration(
    llvm::StringRef Folder,
    llvm::vfs::FileSystem &Files = *llvm::vfs::getRealFileSystem());

/// A pattern of paths that is relative to \p Folder, as Project::QueryDrivers
/// has it.
std::string absoluteGlob(llvm::StringRef Glob, llvm::StringRef Folder);

/// Reads a configuration file into \p P, through its Files. The Error names
/// file, line and column.
llvm::Error readConfiguration(llvm::StringRef File, Project &P);

/// "error", "warning" or "ignore".
std::optional<Severity> severity(llvm::StringRef Word);

} // namespace ilbridge::driver

#endif // ILBRIDGE_DRIVER_PROJECT_H
