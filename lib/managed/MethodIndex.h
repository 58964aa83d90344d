//===- MethodIndex.h - Methods of a type by name ----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MANAGED_METHODINDEX_H
#define ILBRIDGE_LIB_MANAGED_METHODINDEX_H

#include "ilbridge/managed/AssemblySet.h"

namespace ilbridge::managed {

/// Finds the methods of a type by their names. The index of the last type is
/// kept, because the methods of a type are consecutive in metadata (II.22.37).
class MethodIndex {
public:
  explicit MethodIndex(const Assembly &A) : A(A) {}

  /// \returns the methods of \p Type with the name \p Name; valid until the
  /// next call.
  llvm::Expected<llvm::ArrayRef<ecma335::MethodDefRid>>
  find(ecma335::TypeDefRid Type, llvm::StringRef Name);

private:
  const Assembly &A;
  std::optional<ecma335::TypeDefRid> Indexed;
  llvm::StringMap<std::vector<ecma335::MethodDefRid>> ByName; ///< of Indexed
};

} // namespace ilbridge::managed

#endif // ILBRIDGE_LIB_MANAGED_METHODINDEX_H
