//===- Preambles.h - What sources include first, parsed once ----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   #include "engine.h" ─┬─ #include "a.h" ─── …      a tree of what sources of
//   one
//                        └─ #include <map> ─┬─ …      command and folder begin
//                        with
//                                           └─ …
//
// After enough sources with the same beginning, it is precompiled, and the
// sources after them begin behind it.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_NATIVE_PREAMBLES_H
#define ILBRIDGE_NATIVE_PREAMBLES_H

#include "ilbridge/cache/Inputs.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace clang {
class CompilerInvocation;
} // namespace clang

namespace ilbridge::native {

/// The first #include directives of a source, one behind the other with at
/// most comments between them.
struct LeadingIncludes {
  std::vector<std::string> Names; ///< as written, with quotes or angle brackets
  std::vector<unsigned> Ends;     ///< bytes of the source up to the next line
};
LeadingIncludes leadingIncludes(llvm::StringRef Text);

/// A precompiled sequence of #include directives, without annotations in any
/// file that they lead to.
struct Preamble {
  std::string Precompiled; ///< as Clang writes it
  /// The questions that were asked to make the preamble, with their answers.
  std::shared_ptr<const cache::Inputs> Asked;

  /// Makes a compilation begin with it, and go on \p Offset bytes into the main
  /// file. \p FS gets what this needs, for as long as the preamble lives.
  void begin(clang::CompilerInvocation &Invocation, unsigned Offset,
             llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> &FS) const;
};

/// Keeps preambles for later runs. Called from any thread.
class PreambleStore {
public:
  virtual ~PreambleStore() = default;
  /// \returns the preamble that was put for \p Name, if the questions that were
  /// asked to make it would get the same answers now; otherwise null.
  virtual std::shared_ptr<const Preamble> get(llvm::StringRef Name) = 0;
  virtual void put(llvm::StringRef Name, const Preamble &P) = 0;
};

/// Shared by the scans of a run. A scan comes to the same with a preamble as
/// without one, so it does not matter which source meets which.
class Preambles {
public:
  /// A preamble and where the source goes on behind it, in bytes.
  struct Use {
    std::shared_ptr<const Preamble> Begin; ///< null: at the beginning
    unsigned Offset = 0;
  };

  /// \p Kept outlives it; null: nothing is kept.
  explicit Preambles(PreambleStore *Kept = nullptr) : Kept(Kept) {}

  /// \p Args is the command, as the scan runs it in the working directory of
  /// \p FS, for the source \p Source with the content \p Text. May make a
  /// preamble. From any thread.
  Use find(llvm::ArrayRef<std::string> Args, llvm::StringRef Source,
           llvm::StringRef Text,
           llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS);

private:
  struct Node {
    llvm::StringMap<std::unique_ptr<Node>> Next;
    unsigned Sources = 0;
    bool WasLookedUp = false; ///< in the store
    bool IsUseless = false;   ///< nor is what comes behind it of any use
    std::shared_ptr<const Preamble> Made;
  };

  /// The preambles of one command, without its source, in one folder.
  struct Tree {
    Node Root;
    bool IsBusy = false; ///< a preamble is being made
  };

  PreambleStore *Kept;
  std::mutex Lock;
  llvm::StringMap<Tree> Trees;
  size_t Bytes = 0; ///< of all preambles
};

} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_PREAMBLES_H
