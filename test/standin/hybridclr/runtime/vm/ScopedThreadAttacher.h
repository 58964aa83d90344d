//===- ScopedThreadAttacher.h - A thread that may call C# -------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Native code may call back on any thread. That thread has to be attached to
// the runtime.
//
//===----------------------------------------------------------------------===//

#ifndef VM_SCOPEDTHREADATTACHER_H
#define VM_SCOPEDTHREADATTACHER_H

namespace standin {
void attachThread();
void detachThread();
} // namespace standin

namespace il2cpp {
namespace vm {
class ScopedThreadAttacher {
public:
  ScopedThreadAttacher() { standin::attachThread(); }
  ~ScopedThreadAttacher() { standin::detachThread(); }
};
} // namespace vm
} // namespace il2cpp

#endif // VM_SCOPEDTHREADATTACHER_H
