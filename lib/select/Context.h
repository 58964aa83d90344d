//===- Context.h - The context of a header ----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Describes the part of the preprocessor's state that affects a header: the
// text before it in a source, without the parts that cannot affect it.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_SELECT_CONTEXT_H
#define ILBRIDGE_LIB_SELECT_CONTEXT_H

#include "Code.h"
#include "IncludeGraph.h"
#include "llvm/ADT/BitVector.h"

namespace ilbridge::select {

using FileSet = llvm::BitVector;
using NameSet = llvm::BitVector;

/// The names in the files of a graph.
struct Mentions {
  std::vector<Code> InCode; ///< by file
  NameSet DefinedByUsers; ///< macros that are defined by commands and by files
                          ///< outside of the system
  NameSet Keywords;       ///< keywords of the languages
};

/// The contexts of headers in the sources of one family.
class Contexts {
public:
  Contexts(const IncludeGraph &Graph, const IncludeGraph::Family &In,
           const Mentions &M)
      : Graph(Graph), In(In), M(M) {}

  /// Traverses \p Source as the preprocessor does. \returns the files that it
  /// enters, including the source.
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
    FileSet Closure;   ///< the header, and all files that it includes
    FileSet Ancestors; ///< the files that reach the header
    /// Holds the files that may declare names which the closure uses and does
    /// not declare.
    FileSet Providers;
    NameSet Needs; ///< these names
    /// Macros that are relevant if a file of the user defines them, and if a
    /// file of the system does.
    NameSet ByUser, BySystem;
    /// Digest of these files and of the targets of their includes.
    cache::Digest Meaning;
    /// Whether a condition in them tests for optional headers.
    bool AsksForHeaders = false;
  };
  /// A directive on the path, or the entry into a file.
  struct Event {
    File In;
    std::optional<Outline::Step> Directive;
    llvm::ArrayRef<File> Targets; ///< of an #include
    /// Whether the file may have been entered before, or is entered here.
    bool IsAgain = false;
  };

  /// Describes the latest point at which a file is entered for the first time.
  struct Entry {
    size_t At = 0;          ///< its event
    bool IsCertain = false; ///< every source of the family reaches it
    bool HasDoubt = false;  ///< it may have been entered before
  };

  /// Describes the possible effects of entering a file.
  struct Effects {
    FileSet Files; ///< that are entered with it
    /// The macros that files of the user change, and those that files of the
    /// system change.
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
  llvm::DenseMap<File, Effects> EffectsOf; ///< of files that are entered again
};

} // namespace ilbridge::select

#endif // ILBRIDGE_LIB_SELECT_CONTEXT_H
