//===- Context.h - What a header means where it is included -----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The state of the preprocessor that makes a difference to a header: what
// stands before it in a source, less what cannot matter to it.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_CONTEXT_H
#define ILBRIDGE_LIB_NATIVE_CONTEXT_H

#include "Code.h"
#include "IncludeGraph.h"
#include "llvm/ADT/BitVector.h"

namespace ilbridge::native {

using FileSet = llvm::BitVector;
using NameSet = llvm::BitVector;

/// The names that the files of a graph mention.
struct Mentions {
  std::vector<Code> InCode; ///< by file
  NameSet DefinedByUsers; ///< macros of files that are no system's, of commands
  NameSet Keywords;       ///< of the languages
};

/// Contexts of headers in the sources of one family.
class Contexts {
public:
  Contexts(const IncludeGraph &Graph, const IncludeGraph::Family &In,
           const Mentions &M)
      : Graph(Graph), In(In), M(M) {}

  /// Walks through \p Source as the preprocessor does. \returns what it comes
  /// to, the source itself as well.
  FileSet enter(IncludeGraph::File Source);

  /// Returns a digest of the context of \p Header in the source that was
  /// entered last. The digests of two sources, also of different families, are
  /// equal only if \p Header has the same meaning in both. The source must
  /// reach \p Header.
  cache::Digest of(IncludeGraph::File Header);

private:
  using File = IncludeGraph::File;
  using StepKind = Outline::StepKind;

  /// The files that influence a header.
  struct Reader {
    FileSet Closure;   ///< it, and all that it includes
    FileSet Ancestors; ///< what comes to it
    /// Holds the files that may declare names which the closure uses and does
    /// not declare.
    FileSet Providers;
    NameSet Needs; ///< these names
    /// Macros that matter where a file of the user defines them, and where one
    /// of the system does.
    NameSet ByUser, BySystem;
    cache::Digest Meaning; ///< which files these are, and where they lead
    /// Whether a condition in them asks for headers that need not be there.
    bool AsksForHeaders = false;
  };
  /// One directive on the way, or that a file is entered.
  struct Event {
    File In;
    std::optional<Outline::Step> Directive;
    llvm::ArrayRef<File> Targets; ///< of an #include
    /// The file may have been entered before, or is entered here.
    bool IsAgain = false;
  };

  /// Describes the latest point at which a file is entered for the first time.
  struct Entry {
    size_t At = 0;          ///< its event
    bool IsCertain = false; ///< whether every source of the family comes there
    bool HasDoubt = false;  ///< it may have been entered before
  };

  /// Describes the possible effects of entering a file.
  struct Effects {
    FileSet Files; ///< that are entered with it
    /// Macros that files of the user change, and those of the system.
    NameSet ByUser, BySystem;
  };

  const Reader &reader(File Header);
  void addNames(File F, NameSet &To) const;
  void addProviders(Reader &R) const;
  std::string codeBefore(llvm::ArrayRef<Event> Before, const Reader &R,
                         bool HasDoubt) const;
  void findEffects(File F);
  bool matters(const Event &E, const Reader &R) const;
  cache::Digest meaning(const FileSet &Closure) const;
  std::vector<std::string> predefines(const Reader &R) const;
  bool asksForHeaders(File F) const {
    return M.InCode[F].AsksForHeaders && !Graph.isSystem(F);
  }
  void addDeciding(Reader &R, llvm::ArrayRef<Event> Before) const;

  const IncludeGraph &Graph;
  const IncludeGraph::Family &In;
  const Mentions &M;
  llvm::DenseMap<File, Reader> Readers;
  File Source = IncludeGraph::NotFound;
  std::vector<Event> Events;
  llvm::DenseMap<File, Entry> Entered;
  llvm::DenseMap<File, Effects> EffectsOf; ///< of what is entered again
};

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_CONTEXT_H
