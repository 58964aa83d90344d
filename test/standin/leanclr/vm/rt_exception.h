//===- rt_exception.h - A stand-in for LeanCLR's exceptions -----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_VM_RT_EXCEPTION_H
#define STANDIN_VM_RT_EXCEPTION_H

#include "public/leanclr.hpp"

namespace leanclr {
namespace vm {

struct RtException : RtObject {};

class Exception {
public:
  static RtException *
  raise_internal_runtime_exception(metadata::RtClass *ex_klass, const char *) {
    raised() = ex_klass;
    static RtException exception;
    exception.klass = ex_klass;
    return &exception;
  }

  /// The class of the exception that was raised last, for tests.
  static metadata::RtClass *&raised() {
    static metadata::RtClass *klass = nullptr;
    return klass;
  }
};

} // namespace vm
} // namespace leanclr

#endif // STANDIN_VM_RT_EXCEPTION_H
