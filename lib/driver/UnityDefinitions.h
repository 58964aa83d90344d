//===- UnityDefinitions.h - Assembly definitions of Unity -------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_UNITYDEFINITIONS_H
#define ILBRIDGE_LIB_DRIVER_UNITYDEFINITIONS_H

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <string>

namespace ilbridge::driver {

/// Finds assembly definitions by the GUIDs in their .meta files.
class DefinitionFinder {
public:
  DefinitionFinder(llvm::vfs::FileSystem &Files,
                   llvm::ArrayRef<std::string> Wanted)
      : Files(Files) {
    for (const std::string &GUID : Wanted)
      Names.try_emplace(GUID);
  }

  /// Searches \p Folder and the folders below it that Unity imports. The Error
  /// is about a required definition that cannot be read.
  llvm::Error lookIn(llvm::StringRef Folder) { return lookIn(Folder, 0); }
  /// Returns the name of the definition with a GUID. Empty if there is none.
  llvm::StringRef name(llvm::StringRef GUID) const {
    return Names.find(GUID)->second;
  }
  bool isDone() const {
    return llvm::all_of(Names,
                        [](const auto &Each) { return !Each.second.empty(); });
  }

private:
  static constexpr unsigned MaxDepth = 100;
  llvm::Error lookIn(llvm::StringRef Folder, unsigned Depth);
  llvm::Error read(llvm::StringRef Meta);

  llvm::vfs::FileSystem &Files;
  llvm::StringMap<std::string> Names; ///< by GUID
  llvm::StringSet<> Visited;          ///< folders, by their real paths
};

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_UNITYDEFINITIONS_H
