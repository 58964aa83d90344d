//===- marshal.h - A stand-in for LeanCLR's marshalling ---------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_VM_MARSHAL_H
#define STANDIN_VM_MARSHAL_H

#include "public/leanclr.hpp"
#include "standin/heap.h"

namespace leanclr {
namespace vm {

class Marshal {
public:
  static RtResult<metadata::RtNativeMethodPointer>
  get_function_pointer_for_delegate(RtDelegate *delegate) {
    if (delegate == nullptr)
      return metadata::RtNativeMethodPointer(nullptr);
    if (::standin::IsChecking && !::standin::Heap::get().isDelegate(delegate))
      ::standin::fail("vm::Marshal is given what is no delegate");
    if (delegate->compiled == nullptr)
      return RtErr::NotSupported;
    return delegate->compiled;
  }
};

} // namespace vm
} // namespace leanclr

#endif // STANDIN_VM_MARSHAL_H
