//===- Compilers.h - The compilers of commands ------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   compile command ──names and flags──▶ compiler, and the target they state
//                   ──queried, once────▶ its own target, folders of headers
//                                            │
//             flags with which Clang emulates that compiler ◀────────────┘
//
// A compilation database is not trusted: only compilers of the system are run,
// unless the user names others.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_COMMAND_COMPILERS_H
#define ILBRIDGE_COMMAND_COMPILERS_H

#include "ilbridge/cache/Inputs.h"
#include "ilbridge/command/QueryPolicy.h"
#include "ilbridge/command/SourceCommand.h"
#include "ilbridge/diagnostic/Diagnostic.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Error.h"

namespace ilbridge::command {

/// Stores the results of queries for later runs.
class CompilerStore {
public:
  virtual ~CompilerStore() = default;
  /// \returns the result that was stored for \p Program and \p Question, if
  /// nothing on which it depends has changed; otherwise nullopt. Adds the
  /// inputs on which the result depends to \p Asked.
  virtual std::optional<std::string> get(llvm::StringRef Program,
                                         llvm::StringRef Question,
                                         cache::Inputs &Asked) = 0;
  /// Stores a result. \p Asked contains the inputs on which it depends.
  virtual void put(llvm::StringRef Program, llvm::StringRef Question,
                   const cache::Inputs &Asked, llvm::StringRef Answer) = 0;
};

class Programs;

/// The compilers of a run's commands. Not thread-safe.
class Compilers {
public:
  /// \p Database is the location of findings. \p ExtraArgs are appended to all
  /// commands; if they name a target, no compiler is queried. All inputs of the
  /// results are added to \p Asked. \p Kept has to outlive the object; if it is
  /// null, results are not stored.
  Compilers(QueryPolicy Policy, std::string Database,
            llvm::ArrayRef<std::string> ExtraArgs,
            std::shared_ptr<cache::Inputs> Asked, CompilerStore *Kept);
  ~Compilers();

  /// Calls \p Add for each compilation that \p Command performs: one, or one
  /// for each architecture of a universal object.
  void resolve(clang::tooling::CompileCommand Command,
               llvm::function_ref<void(SourceCommand)> Add);

  /// \returns one finding for each compiler whose target is not known.
  DiagnosticList takeFindings() { return std::move(Findings); }

private:
  struct Question;
  std::shared_ptr<const Compiler>
  find(Question &Q, const clang::tooling::CompileCommand &Command);
  std::shared_ptr<const Compiler> describe(const Question &Q);
  std::string whyNotAsked(const Question &Q) const;
  llvm::Error ask(const Question &Q, Compiler &C);
  void setTriple(const Question &Q, llvm::StringRef Triple, Compiler &C);
  void reportUnknown(const Question &Q, bool WasAsked, llvm::StringRef Why);
  void report(const Question &Q, const llvm::Twine &Why,
              const llvm::Twine &Advice);

  QueryPolicy Policy;
  std::string Database;
  std::vector<std::string> ExtraFlags; ///< flags that determine the target
  std::shared_ptr<cache::Inputs> Asked;
  std::unique_ptr<Programs> Files;
  CompilerStore *Kept;
  llvm::StringMap<std::shared_ptr<const Compiler>> Known; ///< by question
  llvm::StringSet<> Reported;
  DiagnosticList Findings;
};

} // namespace ilbridge::command

#endif // ILBRIDGE_COMMAND_COMPILERS_H
