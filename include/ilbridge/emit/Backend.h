//===- Backend.h - What generates an output ---------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   bindings ───────────▶ fromBindings ─┐
//                                       ├─▶ Plan ─▶ print ─▶ text of each file
//   bridge requirements ▶ fromBridges ──┘     │
//                                             └─▶ findings
//
// A backend first plans an output: it decides which files there are, what is in
// them and how everything is called, and makes every finding about that. A plan
// is printed only if somebody writes the files. `check` and editors never do.
//
// A backend opens no file. driver decides what is written, and rewrite does it.
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
class Needs;
}

namespace ilbridge::emit {

/// One output, as the user asks for it.
struct OutputRequest {
  OptionValues Options;
  std::string File; ///< absolute; a folder if the backend writes several files
  /// The folder that the file will be compiled in; absolute. Headers that no
  /// include path leads to are named relative to it.
  std::string Folder;
  /// The folder that paths in facts are relative to; absolute.
  std::string Root;
  /// File is a pipe, a terminal or standard output, and has no folder.
  bool IsStream = false;
};

/// The input of backends for a runtime that binds functions. All of it but the
/// list of runtimes has to outlive the plan.
struct BindingInputs {
  llvm::ArrayRef<match::Binding> Bindings;
  const native::Program &Program;
  const managed::Model &Model;
  /// The runtimes that the output is for. Never empty.
  llvm::ArrayRef<const runtime::Runtime *> Runtimes;
  /// Prints parts of a text side by side; null: one after another.
  llvm::ThreadPoolInterface *Threads = nullptr;
};

/// The input of backends for bridge functions. It has to outlive the plan.
struct BridgeInputs {
  hybridclr::Needs &Needs;
  /// The targets that the functions are compiled for; empty: any.
  llvm::ArrayRef<abi::Target> Targets;
};

/// A region whose first and last line are a runtime's own and not ilbridge's.
struct ForeignRegion {
  std::string Begin, End; ///< lines, without their ends
  /// The text around the region, with its lines Begin and End, in a file that
  /// is written for the first time.
  std::string Before, After;
  /// The reason not to replace the region of a file that is there, \p Old being
  /// its text; empty if there is none. Null: there never is.
  std::string (*Objection)(llvm::StringRef Old) = nullptr;
};

/// A file that a plan writes, or a region of one.
struct PlannedFile {
  std::string Path; ///< absolute
  /// The name of the region that is written; empty: the whole file is.
  std::string Region = {};
  /// Set instead of a name if the region is not between ilbridge's markers.
  std::optional<ForeignRegion> Foreign = {};
};

/// Everything that was decided about one output.
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

/// An error in a combination of options, each of which is right alone.
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
  /// The options of an output that it understands.
  llvm::ArrayRef<OutputOptionID> Options;
  /// The kinds of exported functions that it makes known to the runtime.
  llvm::ArrayRef<native::ExportKind> Serves;

  // One of these plans an output; it decides which input the backend needs.
  std::unique_ptr<Plan> (*FromBindings)(const OutputRequest &,
                                        const BindingInputs &) = nullptr;
  /// The Error says that a target is not known to Clang.
  llvm::Expected<std::unique_ptr<Plan>> (*FromBridges)(
      const OutputRequest &, const BridgeInputs &) = nullptr;

  /// Finds options that contradict each other. \p Prefix stands before the
  /// keys of options where the user wrote them: "--" or nothing.
  std::optional<OptionContradiction> (*Contradiction)(
      const OptionValues &, llvm::StringRef Prefix) = nullptr;

  bool understands(OutputOptionID ID) const {
    return llvm::is_contained(Options, ID);
  }
  bool serves(native::ExportKind K) const {
    return llvm::is_contained(Serves, K);
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

/// The message for an option that \p B does not understand. \p Shown is how
/// the user wrote the option: "abi" or "--abi". It names the backends that do.
std::string notUnderstood(const Backend &B, const OutputOption &O,
                          llvm::StringRef Shown);
/// The backends that understand \p O, for help and documentation: "leanclr" or
/// "leanclr, table".
std::string understoodBy(const OutputOption &O);

/// Finds the bindings whose function none of the backends makes known to a
/// runtime, because they do not serve its kind.
/// \param Outputs the backends of all outputs of a project that are made from
/// bindings: a function needs one of them.
DiagnosticList findUnserved(llvm::ArrayRef<const Backend *> Outputs,
                            llvm::ArrayRef<match::Binding> Bindings);

} // namespace ilbridge::emit

#endif // ILBRIDGE_EMIT_BACKEND_H
