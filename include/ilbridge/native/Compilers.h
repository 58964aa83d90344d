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

#ifndef ILBRIDGE_NATIVE_COMPILERS_H
#define ILBRIDGE_NATIVE_COMPILERS_H

#include "ilbridge/cache/Inputs.h"
#include "ilbridge/diagnostic/Diagnostic.h"
#include "ilbridge/native/QueryPolicy.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Error.h"
#include <memory>

namespace ilbridge::native {

/// The settings with which Clang emulates the compiler of a command.
struct Compiler {
  struct Folder {
    std::string Path; ///< absolute
    bool IsFramework = false;
    /// Contains the compiler's own headers, which Clang's own replace.
    bool IsOwn = false;
  };

  /// The path that Clang treats as its own: it searches headers next to it.
  std::string Program;
  std::string Mode;               ///< mode of Clang's driver: gcc, g++ or cl
  std::string Triple;             ///< empty: what the command says
  std::string Sysroot;            ///< empty: what the command says
  std::vector<std::string> Flags; ///< flags that the compiler adds by default
  bool HasAnswered = false;       ///< then Folders is complete
  std::string WhyNot;             ///< why HasAnswered is false
  std::vector<Folder> Folders;    ///< its header folders, in order
  /// The digest of all of the above.
  cache::Digest Identity;
};

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
  /// for each architecture of a universal object. Each command line begins with
  /// the compiler itself.
  using ResolvedCommand = std::pair<clang::tooling::CompileCommand,
                                    std::shared_ptr<const Compiler>>;
  void resolve(clang::tooling::CompileCommand Command,
               llvm::function_ref<void(ResolvedCommand)> Add);

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

} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_COMPILERS_H
