//===- Backend.h - Backends and their plans ---------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   bindings ───────────▶ FromBindings ─────┐
//   bridge requirements ▶ FromBridges ──────┼─▶ Plan ─▶ print ─▶ text of files
//   both sides ─────────▶ FromDeclarations ─┘     │
//                                                 └─▶ findings
//
// A backend first plans an output: it decides which files there are, what they
// contain and which names are used, and it reports every finding about that. A
// plan is printed only if the files are written. `check` and editors never
// print it.
//
// A backend opens no file. The driver decides what is written, and rewrite
// writes it.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_EMIT_BACKEND_H
#define ILBRIDGE_EMIT_BACKEND_H

#include "ilbridge/abi/Target.h"
#include "ilbridge/emit/OutputOptions.h"
#include "ilbridge/match/Binding.h"

namespace llvm {
class ThreadPoolInterface;
}

namespace ilbridge::hybridclr {
class BridgeRequirements;
}

namespace ilbridge::emit {

/// One output that the user requests.
struct OutputRequest {
  OptionValues Options;
  std::string File; ///< absolute; a folder if the backend writes several files
  /// The folder in which the file is compiled; absolute. Headers that are not
  /// on the include path are named relative to it.
  std::string Folder;
  /// The folder to which paths in facts are relative; absolute.
  std::string Root;
  /// File is a pipe, a terminal or standard output, and has no folder.
  bool IsStream = false;
};

/// The input of backends that generate bindings. All members except the list of
/// runtimes have to outlive the plan.
struct BindingInputs {
  llvm::ArrayRef<match::Binding> Bindings;
  const native::Program &Program;
  const managed::Model &Model;
  /// The runtimes that use the output. Never empty.
  llvm::ArrayRef<const runtime::Runtime *> Runtimes;
  /// Prints parts of a text in parallel; null: sequentially.
  llvm::ThreadPoolInterface *Threads = nullptr;
  /// The managed methods that native code calls.
  llvm::ArrayRef<match::ManagedCall> Calls;
};

/// The input of backends for bridge functions. It has to outlive the plan.
struct BridgeInputs {
  hybridclr::BridgeRequirements &Requirements;
  /// The targets for which the functions are compiled; empty: any target.
  llvm::ArrayRef<abi::Target> Targets;
};

/// The input of backends that declare for one side what the other side has. All
/// members except Pair have to outlive the plan.
struct DeclarationInputs {
  const native::Program &Program;
  const managed::Model &Model;
  /// The matching of the two sides. Null: there is no managed side.
  const match::Matching *Known;
  /// The runtimes that use the output. Never empty.
  llvm::ArrayRef<const runtime::Runtime *> Runtimes;
  /// The DllImport name of functions whose headers belong to no library; empty
  /// if it is not known.
  std::string Library;
  /// Pairs the program with other declarations, as `check` does.
  llvm::function_ref<match::Matching(const managed::Model &)> Pair;
};

/// A region with marker lines of a runtime instead of ilbridge's.
struct ForeignRegion {
  std::string Begin, End; ///< lines, without their ends
  /// The text around the region, including Begin and End, in a file that does
  /// not exist yet.
  std::string Before, After;
  /// Returns the reason not to replace the region of an existing file with the
  /// text \p Old; empty if there is none. Null: there never is a reason.
  std::string (*Objection)(llvm::StringRef Old) = nullptr;
};

/// A file that a plan writes, or a region of one.
struct PlannedFile {
  std::string Path; ///< absolute
  /// The name of the region that is written; empty: the whole file.
  std::string Region = {};
  /// Set instead of a name if the region is not between ilbridge's markers.
  std::optional<ForeignRegion> Foreign = {};
};

/// The plan of one output.
class Plan {
public:
  virtual ~Plan();

  llvm::ArrayRef<PlannedFile> files() const { return Files; }
  DiagnosticList takeFindings() { return std::move(Findings); }
  /// The text of files()[\p I], or of its region.
  virtual std::string print(size_t I) const = 0;

protected:
  std::vector<PlannedFile> Files;
  DiagnosticList Findings;
};

/// An invalid combination of options, each of which is valid alone.
struct OptionContradiction {
  OutputOptionID Of;
  std::string Text; ///< follows the option and its value
};

/// The description of a backend.
struct Backend {
  llvm::StringLiteral Name; ///< as `--backend` takes it
  llvm::StringLiteral Summary;
  /// The name of the runtime that its output is for; empty: any runtime.
  llvm::StringLiteral Runtime;
  /// The options that it supports.
  llvm::ArrayRef<OutputOptionID> Options;
  /// The kinds of exported functions that it registers in the runtime.
  llvm::ArrayRef<native::ExportKind> Serves;
  /// Whether it registers functions that take C++ objects in place of C#
  /// objects.
  bool UnwrapsObjects = false;

  // The function that plans an output. Exactly one of these is set, and it
  // determines the input of the backend.
  std::unique_ptr<Plan> (*FromBindings)(const OutputRequest &,
                                        const BindingInputs &) = nullptr;
  /// The Error states that Clang does not support a target.
  llvm::Expected<std::unique_ptr<Plan>> (*FromBridges)(
      const OutputRequest &, const BridgeInputs &) = nullptr;
  /// The Error states what the user has to specify. The side that it reads must
  /// be present, the other side is optional.
  llvm::Expected<std::unique_ptr<Plan>> (*FromDeclarations)(
      const OutputRequest &, const DeclarationInputs &) = nullptr;

  /// Whether it writes the code that connects native code with the managed
  /// methods that native code calls.
  bool ConnectsCalls = false;

  /// The side that FromDeclarations reads.
  enum class Side : uint8_t { Native, Managed };
  Side From = Side::Native;

  /// Finds options that contradict each other. \p Prefix precedes the keys of
  /// options in messages: "--" for flags, or nothing.
  std::optional<OptionContradiction> (*Contradiction)(
      const OptionValues &, llvm::StringRef Prefix) = nullptr;

  bool understands(OutputOptionID ID) const {
    return llvm::is_contained(Options, ID);
  }
  bool serves(const match::Binding &B) const {
    return llvm::is_contained(Serves, B.Native->Kind) &&
           (UnwrapsObjects || !B.unwrapsObjects());
  }
};

/// All backends.
llvm::ArrayRef<const Backend *> backends();
/// The backend of that name; null if there is none.
const Backend *findBackend(llvm::StringRef Name);
/// "leanclr, table, hybridclr": all names, for help.
std::string backendNames();
/// "there is no backend 'x'; the backends are a, b"
std::string noSuchBackend(llvm::StringRef Name);

/// The message for an option that \p B does not support, with the backends that
/// support it. \p Shown is the option as the user wrote it: "abi" or "--abi".
std::string notUnderstood(const Backend &B, const OutputOption &O,
                          llvm::StringRef Shown);
/// The backends that support \p O, for help and documentation: "leanclr" or
/// "leanclr, table".
std::string understoodBy(const OutputOption &O);

/// Finds the bindings whose function no backend registers in a runtime, because
/// none supports its kind. \param Outputs the backends of all outputs of a
/// project that are generated from bindings. It is sufficient if one of them
/// supports the kind.
DiagnosticList findUnserved(llvm::ArrayRef<const Backend *> Outputs,
                            llvm::ArrayRef<match::Binding> Bindings);
/// The same for managed methods that native code calls: reports them if none of
/// \p Outputs connects calls.
DiagnosticList findUnserved(llvm::ArrayRef<const Backend *> Outputs,
                            llvm::ArrayRef<match::ManagedCall> Calls);

} // namespace ilbridge::emit

#endif // ILBRIDGE_EMIT_BACKEND_H
