//===- NativeFields.h - Fields that P/Invokes pass --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MANAGED_NATIVEFIELDS_H
#define ILBRIDGE_LIB_MANAGED_NATIVEFIELDS_H

#include "ilbridge/managed/AssemblySet.h"

namespace ilbridge::managed {

/// Calls \p Visit for each of \p Fields, which are fields of \p A, that a
/// P/Invoke of \p A passes to native code in a struct or a class with a layout,
/// and passes that P/Invoke. Static fields and values that are only results are
/// not passed.
void visitNativeFields(
    AssemblySet &Set, Assembly &A, llvm::ArrayRef<ecma335::FieldRid> Fields,
    llvm::function_ref<void(ecma335::FieldRid, ecma335::MethodDefRid)> Visit);

} // namespace ilbridge::managed

#endif // ILBRIDGE_LIB_MANAGED_NATIVEFIELDS_H
