//===- Preambles.h - Precompiled leading includes ---------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   #include "engine.h" ─┬─ #include "a.h" ─── …   a tree of the leading
//                        └─ #include <map> ─┬─ …   includes of the sources of
//                                           └─ …   one command and folder
//
// Each node of the tree represents a sequence of #include directives.
//
// After enough sources with the same leading includes, these are precompiled,
// and later sources start after them.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_NATIVE_PREAMBLES_H
#define ILBRIDGE_NATIVE_PREAMBLES_H

#include "ilbridge/cache/Inputs.h"
#include "ilbridge/native/Registration.h"
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

/// The leading #include directives of a source, with only comments between
/// them.
struct LeadingIncludes {
  std::vector<std::string> Names; ///< as written, with quotes or angle brackets
  std::vector<unsigned> Ends;     ///< offset of the next line
};
LeadingIncludes leadingIncludes(llvm::StringRef Text);

/// A precompiled sequence of #include directives. No file that they include,
/// directly or not, contains annotations or registrations.
struct Preamble {
  std::string Precompiled; ///< the output of Clang
  /// The inputs of the preamble.
  std::shared_ptr<const cache::Inputs> Asked;

  /// Starts a compilation with the preamble, which continues at byte \p Offset
  /// of the main file. Adds the required files to \p FS during the lifetime of
  /// the preamble.
  void begin(clang::CompilerInvocation &Invocation, unsigned Offset,
             llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> &FS) const;
};

/// Stores preambles for later runs. Called from any thread.
class PreambleStore {
public:
  virtual ~PreambleStore() = default;
  /// \returns the preamble that was stored for \p Name, if the queries of its
  /// creation have the same results now; otherwise null.
  virtual std::shared_ptr<const Preamble> get(llvm::StringRef Name) = 0;
  virtual void put(llvm::StringRef Name, const Preamble &P) = 0;
};

/// Shared by the scans of a run. A scan has the same result with and without a
/// preamble, so the result does not depend on the order of scans.
class Preambles {
public:
  /// A preamble, and the offset in bytes at which the source continues.
  struct Use {
    std::shared_ptr<const Preamble> Begin; ///< null: no preamble
    unsigned Offset = 0;
  };

  /// \p Kept has to outlive the object; null: nothing is stored. \p Registrars
  /// are those of the program. A header that registers functions is not
  /// precompiled.
  explicit Preambles(PreambleStore *Kept = nullptr,
                     std::vector<Registrar> Registrars = {})
      : Kept(Kept), Registrars(std::move(Registrars)) {}

  /// Returns a preamble, and creates it if necessary. \p Args is the command
  /// that the scan runs in the working directory of \p FS, for the source \p
  /// Source with the content \p Text. May be called from any thread.
  Use find(llvm::ArrayRef<std::string> Args, llvm::StringRef Source,
           llvm::StringRef Text,
           llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS);

private:
  struct Node {
    llvm::StringMap<std::unique_ptr<Node>> Next;
    unsigned Sources = 0;
    bool WasLookedUp = false; ///< in the store
    bool IsUseless = false;   ///< longer sequences are useless, too
    std::shared_ptr<const Preamble> Made;
  };

  /// The preambles of one command, without its source, in one folder.
  struct Tree {
    Node Root;
    bool IsBusy = false; ///< a preamble is being created
  };

  PreambleStore *Kept;
  std::vector<Registrar> Registrars;
  std::mutex Lock;
  llvm::StringMap<Tree> Trees;
  size_t Bytes = 0; ///< size of all preambles
};

} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_PREAMBLES_H
