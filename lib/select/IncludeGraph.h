//===- IncludeGraph.h - Which files include which ---------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   commands ──addSource──▶ families ──readAll──▶ outlines ──▶ live directives
//                                                  ▲                 │
//                                                  └── their targets ┘
//
// A directive is live if the conditions around it can be true in any source of
// the family. Therefore the graph contains at least the paths of every
// compilation, and possibly more.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_SELECT_INCLUDEGRAPH_H
#define ILBRIDGE_LIB_SELECT_INCLUDEGRAPH_H

#include "CommandSetup.h"
#include "Outline.h"
#include "ilbridge/select/Selection.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <deque>

namespace ilbridge::select {

class IncludeGraph {
public:
  using File = unsigned;
  static constexpr File NotFound = ~0u;

  /// A file as the sources of a family see it.
  struct View {
    llvm::BitVector IsLive;    ///< by step of the outline
    llvm::BitVector IsCertain; ///< live in every source
    /// Lists the files that each #include of the outline can include, by its
    /// index. There may be several if macros name the file.
    std::vector<llvm::SmallVector<File, 1>> Targets;
    /// The index of a live #include whose target is not known.
    std::optional<unsigned> Unknown;
  };

  /// Sources that are compiled alike. A header has the same meaning in each of
  /// them, except for the effect of the text before it.
  struct Family {
    CommandSetup Setup;
    Outline Predefines;
    std::vector<Names::Id> Named; ///< macros that the command itself defines
    PossibleMacros Macros;
    llvm::DenseMap<File, View> Views; ///< of the files that can be reached
    std::vector<File> Sources;
    std::vector<File> Forced; ///< -include; NotFound is possible

    // Used while the family is being read.
    std::deque<File> Work;
    llvm::DenseSet<File> IsInWork;
    llvm::DenseMap<Names::Id, std::vector<File>> DecidedBy;
  };

  IncludeGraph(const SelectionOptions &Options);

  /// \returns the number of the family to which the command belongs.
  unsigned addSource(const command::SourceCommand &Input);
  /// Reads all files that can be reached.
  void readAll();

  size_t size() const { return Files.size(); }
  File sourceOf(const clang::tooling::CompileCommand &Command);
  llvm::StringRef path(File F) const { return Files[F].Path; }
  const Outline &outline(File F) const { return Files[F].TheOutline; }
  /// Whether it was only found in system folders.
  bool isSystem(File F) const { return Files[F].IsSystem; }
  /// Adds a file that was found in another way and reads only that file;
  /// returns an existing one.
  File add(llvm::StringRef Path);
  /// Returns the inputs from the file system that this graph depends on.
  const std::shared_ptr<cache::Inputs> &asked() const { return Asked; }
  /// Returns the text of a file; null if it cannot be read.
  std::unique_ptr<llvm::MemoryBuffer> read(File F) const;
  const Family &family(unsigned I) const { return Families[I]; }
  unsigned familyCount() const { return Families.size(); }
  /// Returns the files that \p From include in \p In, directly or not, and \p
  /// From.
  llvm::BitVector reachedFrom(const Family &In,
                              llvm::ArrayRef<File> From) const;
  /// Returns the files that reach one of \p Goals in \p In, and \p Goals.
  llvm::BitVector reaching(const Family &In,
                           const llvm::BitVector &Goals) const;
  Names &names() { return Pool; }
  const Names &names() const { return Pool; }

private:
  struct Node {
    llvm::StringRef Path;
    Outline TheOutline;
    bool IsRead = false;
    bool IsSystem = true;
  };

  std::string clean(llvm::StringRef Path);
  File file(llvm::StringRef Path, bool IsSystem);
  bool exists(llvm::StringRef Path);
  Family makeFamily(const command::SourceCommand &Input);
  File find(const Family &In, File Includer, const Outline::Include &I);
  void enter(Family &In, File F);
  void enqueue(Family &In, File F);
  void look(Family &In, File F);
  void addMacro(Family &In, const Outline &O, const Outline::Step &S);
  void addTargets(Family &In, File F, unsigned Index);

  const SelectionOptions &Options;
  RegistrarWords Words;
  Names Pool;
  llvm::StringMap<File> ByPath;
  std::deque<Node> Files;
  llvm::StringMap<unsigned> FamilyByCommand;
  std::deque<Family> Families;
  std::shared_ptr<cache::Inputs> Asked = std::make_shared<cache::Inputs>();
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Disk; ///< adds to Asked
  llvm::StringMap<bool> Existing;
  llvm::StringMap<std::string> Clean; ///< paths with .. in them
};

} // namespace ilbridge::select

#endif // ILBRIDGE_LIB_SELECT_INCLUDEGRAPH_H
