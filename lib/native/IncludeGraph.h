//===- IncludeGraph.h - Which files include which ---------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   commands ──addSource──▶ search paths ──readAll──▶ outlines ──▶ targets
//
// Conditions are not looked at, so there are more ways through the graph than
// any compile takes, and never fewer.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_INCLUDEGRAPH_H
#define ILBRIDGE_LIB_NATIVE_INCLUDEGRAPH_H

#include "Outline.h"
#include "ilbridge/native/Scanner.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringSet.h"

namespace ilbridge::native {

class IncludeGraph {
public:
  using File = unsigned;
  static constexpr File NotFound = ~0u;

  /// Sources that are compiled alike, so that a header means the same in each
  /// of them but for what stands before it.
  struct Family {
    struct Folder {
      std::string Path; ///< absolute
      bool IsSystem = false;
    };
    std::vector<Folder> Quoted; ///< searched for "…" before Angled
    std::vector<Folder> Angled; ///< searched for both
    /// Headers may be found in ways that are not known here.
    bool IsUnknown = false;
    std::vector<Outline::Include> Forced;         ///< -include
    std::vector<Outline::Definition> Definitions; ///< -D
    /// What each file includes: of its outline, by index. NotFound is possible.
    llvm::DenseMap<File, std::vector<File>> Edges;
    std::vector<File> Sources;
    std::vector<File> ForcedFiles;
  };

  IncludeGraph(const ScanOptions &Options, unsigned Jobs)
      : Options(Options), Jobs(Jobs) {}

  /// \returns the family that the command belongs to, by number.
  unsigned addSource(const ScanInput &Input);
  /// Reads everything that can be reached.
  void readAll();

  size_t size() const { return Files.size(); }
  File sourceOf(const clang::tooling::CompileCommand &Command);
  llvm::StringRef path(File F) const { return Files[F].Path; }
  const Outline &outline(File F) const { return Files[F].TheOutline; }
  /// Whether it was found in folders of the system only.
  bool isSystem(File F) const { return Files[F].IsSystem; }
  /// Where headers of users were looked for and are not. One that appears
  /// there will be taken.
  std::vector<llvm::StringRef> missing() const;
  const Family &family(unsigned I) const { return Families[I]; }
  unsigned familyCount() const { return Families.size(); }
  /// What the files of \p From come to in \p In, those included.
  llvm::BitVector reachedFrom(const Family &In,
                              llvm::ArrayRef<File> From) const;
  /// The files that come to one of \p Goals in \p In, those included.
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

  File file(llvm::StringRef Path, bool IsSystem);
  bool exists(llvm::StringRef Path);
  Family describe(const clang::tooling::CompileCommand &Command,
                  llvm::ArrayRef<std::string> Line);
  File find(const Family &In, File Includer, const Outline::Include &I);
  /// \returns the files that were not known before.
  std::vector<File> follow(Family &In, llvm::ArrayRef<File> Some);

  const ScanOptions &Options;
  unsigned Jobs;
  Names Pool;
  llvm::StringMap<File> ByPath;
  std::vector<Node> Files;
  llvm::StringMap<unsigned> FamilyByCommand;
  std::vector<Family> Families;
  llvm::StringMap<bool> Existing;
  llvm::StringSet<> Missing;
};

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_INCLUDEGRAPH_H
