//===- PlatformInvoke.h - Function pointers of delegates --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The runtime returns the reverse wrapper of the delegate's method, if it has
// one. standin/objects.h implements this.
//
//===----------------------------------------------------------------------===//

#ifndef VM_PLATFORMINVOKE_H
#define VM_PLATFORMINVOKE_H

#include <stdint.h>

struct Il2CppDelegate;

namespace il2cpp {
namespace vm {
class PlatformInvoke {
public:
  static intptr_t MarshalDelegate(Il2CppDelegate *d);
};
} // namespace vm
} // namespace il2cpp

#endif // VM_PLATFORMINVOKE_H
