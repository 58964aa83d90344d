//===- Session.h - A project with both of its sides -------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//               ┌▶ managed side ─┐
//   Project ────┼▶ native side ──┼▶ a matching for each kind of output
//               └▶ baseline ─────┴▶ findings, as they are reported
//
// The verbs, `list` and the hosts inside Clang all load a project through this
// class, so the configuration has the same meaning for each of them.
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_DRIVER_SESSION_H
#define ILBRIDGE_DRIVER_SESSION_H

#include "ilbridge/driver/Project.h"
#include "ilbridge/emit/Backend.h"
#include "ilbridge/managed/Delegates.h"
#include "ilbridge/managed/Importer.h"
#include "ilbridge/managed/SourceLocations.h"
#include "ilbridge/match/Binding.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/ThreadPool.h"
#include <map>
#include <memory>

namespace ilbridge::match {
struct Layouts;
}

namespace ilbridge::driver {

class Baseline;
class Bridges;
class Coverage;
class ManagedSide;

class Session {
public:
  /// A session for a whole program.
  explicit Session(Project P);
  /// A session for one source after another, in a compiler or an editor. An
  /// import without a function is then not a finding, because another source
  /// may have the function. Assemblies may change during the lifetime of the
  /// session. \p ABICache caches ABI info; it outlives the session.
  Session(Project P, abi::ABIInfoCache &ABICache);
  ~Session();

  const Project &project() const { return P; }
  /// Returns \p Path for display in messages: relative to the user's working
  /// directory if it is below it, otherwise relative to the project's root.
  std::string shown(llvm::StringRef Path) const;
  /// Has at most Project::Jobs threads. All parallel work of a session uses
  /// it.
  llvm::ThreadPoolInterface &threads();

  //===--------------------------------------------------------------------===//
  // Inputs. An Error joins all inputs that cannot be read. An input that can be
  // read, but is wrong, is reported as a finding.
  //===--------------------------------------------------------------------===//

  /// Determines which assemblies an interpreter executes, on which the
  /// comparison of both sides depends. If the project has an output of bridge
  /// functions, that output reports what cannot be read.
  llvm::Error findInterpreted();
  /// Reads the project's assemblies and manifests. If \p HasBuilds is set, an
  /// assembly may be given several times, as builds for several platforms;
  /// compareOtherBuilds() must then be called after compare().
  llvm::Error loadManaged(bool HasBuilds = false);
  /// Reads the project's baseline if it has one.
  llvm::Error loadBaseline();
  /// Reads the methods with that name that are not imports.
  void loadMethod(const managed::MethodName &Name);
  /// The entry points that the managed side names; nullopt if the comparison
  /// reads other functions of libraries as well.
  std::optional<llvm::StringSet<>> namedEntryPoints() const;
  /// Sets the native side to \p All.
  void setNative(std::vector<native::Facts> All);
  /// Removes the native side with all results that depend on it, and ends all
  /// threads. Only valid in a session for one source after another.
  void dropNative();
  /// Completes the settings of bridge tables from the Unity project, if there
  /// is one, including the files that tables are written to.
  llvm::Error findBridgeFiles();
  /// Returns the assemblies for which bridge tables are generated. They are
  /// read once.
  llvm::Expected<Bridges *> bridges();
  /// Adds the findings about delegates that hot-update assemblies pass to
  /// native code in the runtime of \p Output. Call after bridges().
  void checkBridgedDelegates(const OutputSpec &Output);

  const native::Program &program() const { return *Program; }
  managed::Model &model();
  managed::AssemblySet &assemblies();
  /// The assemblies of the project, without referenced ones.
  llvm::ArrayRef<managed::Assembly *> given() const;

  //===--------------------------------------------------------------------===//
  // Both sides
  //===--------------------------------------------------------------------===//

  /// The outputs for which the two sides are compared: those that are generated
  /// from bindings. A project without outputs is compared for a null pointer,
  /// which represents the project's own runtime. The same is true of a project
  /// with declarations but without bindings.
  std::vector<const OutputSpec *> compared() const;
  /// Pairs the two sides by the rules of \p Output, or by those of a check
  /// without outputs if it is null. Outputs with the same rules share one
  /// result. Both sides have to be loaded.
  const match::Matching &matching(const OutputSpec *Output) {
    return matchingOf(Output);
  }
  /// As matching(), and adds the findings to the session.
  const match::Matching &compare(const OutputSpec *Output);
  /// Compares the builds of assemblies that are given more than once, without
  /// outputs. A finding that several builds have is reported once. If no import
  /// refers to something, it is a finding only if this is true of each build.
  /// The Error joins all assemblies that cannot be read.
  llvm::Error compareOtherBuilds();
  /// Pairs the managed side with another program by the same rules. \p Other
  /// has to outlive the result.
  match::Matching pair(const native::Program &Other, const OutputSpec *Output);
  /// Returns the layouts of the structs that the pairs of matching() pass, byte
  /// by byte.
  match::Layouts layouts(const OutputSpec *Output);
  /// Pairs two sides that need not be the session's. Both have to outlive the
  /// result.
  match::Matching pair(const native::Program &Program,
                       const managed::Model &Model, const OutputSpec *Output);
  /// match::Matching::WhyIncomplete of a comparison so far; empty: all of them
  /// could be made.
  llvm::StringRef whyIncomplete() const;
  /// \returns the results of the comparisons so far for each import and target.
  /// Presets are included unless the project ignores the diagnostic
  /// OtherTarget.
  Coverage coverage() const;
  /// Returns the runtimes of an output, or those of a check without outputs if
  /// \p Output is null. Never empty.
  std::vector<const runtime::Runtime *>
  runtimes(const OutputSpec *Output) const;

  //===--------------------------------------------------------------------===//
  // Findings
  //===--------------------------------------------------------------------===//

  void add(DiagnosticList More) { Findings.append(std::move(More)); }
  /// Returns all findings so far as they are reported: sorted, with paths for
  /// display, the project's severities, and the reasons from the baseline.
  const DiagnosticList &findings();
  /// Replaces a location with the one that findings() reports: a location in
  /// the C# source if it is known, with a path relative to the root if the file
  /// is below it.
  void show(Location &L);
  /// Moves the findings() out of the session.
  DiagnosticList takeFindings();
  /// Returns a finding for each entry of the baseline that matches none of the
  /// findings so far.
  DiagnosticList staleBaseline();

private:
  /// The runtimes determine how the two sides are paired.
  using Rules = std::vector<const runtime::Runtime *>;
  match::Matching &matchingOf(const OutputSpec *Output);
  Rules rulesFor(const OutputSpec *Output) const;
  /// \p Runtimes has to outlive the result.
  match::MatchOptions matchOptions(const Rules &Runtimes);
  /// Returns the C# classes of \p Model whose objects have C++ objects. Null if
  /// there are none, or if the model is not a side of the session.
  managed::ObjectClasses *objectsOf(const managed::Model &Model) const;
  llvm::Error completeFromUnity(bool NeedsFiles);
  managed::DelegateRules delegateRules(const OutputSpec *Output,
                                       const match::Matching *Pairs) const;
  /// Adds the findings of another build to those of the builds so far.
  void addBuild(DiagnosticList More);
  std::optional<managed::SourceLocations::DeclarationLocation>
  sourceOf(const Location &L);
  bool placeEdit(Note &N);

  Project P;
  /// Set if sources are checked one after another.
  abi::ABIInfoCache *ABICache = nullptr;
  /// The assemblies that an interpreter executes; nullopt until they are
  /// queried.
  std::optional<llvm::StringSet<>> Interpreted;
  bool HasAskedUnity = false;
  std::unique_ptr<ManagedSide> Managed;
  /// The builds other than the one in Managed, and the additional findings of
  /// their comparison.
  std::vector<std::unique_ptr<ManagedSide>> OtherBuilds;
  std::vector<match::Matching> OtherMatchings;
  std::unique_ptr<Baseline> Known;
  std::unique_ptr<Bridges> TheBridges;
  managed::SourceLocations Sources; ///< where members are declared in C#
  std::optional<native::Program> Program;
  /// Whether Managed has the methods that the native side names.
  bool HasNamedMethods = false;
  std::map<Rules, match::Matching> Matchings;
  bool HasCheckedDelegates = false;
  DiagnosticList Findings;
  llvm::StringMap<std::string> ShownFiles; ///< of findings, by absolute path
  std::unique_ptr<llvm::ThreadPoolInterface> Threads; ///< made when needed
};

} // namespace ilbridge::driver

#endif // ILBRIDGE_DRIVER_SESSION_H
