//===- registry.h - A registry that costs what the runtime's does -*- C++ -*-=//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This registry replaces that of the stand-in, which makes checks for tests and
// is slow. As in the runtime, a registration is a call of an external function,
// which puts two addresses into a hash table under the name.
//
//===----------------------------------------------------------------------===//

#ifndef BENCHMARKS_REGISTRATION_REGISTRY_H
#define BENCHMARKS_REGISTRATION_REGISTRY_H

#include "standin/fail.h"
#include "standin/result.h"
#include <cstddef>

namespace leanclr {
namespace metadata {
struct RtClass;
struct RtMethodInfo;
typedef void (*RtManagedMethodPointer)();
typedef void (*RtNativeMethodPointer)();
} // namespace metadata
namespace interp {
union RtStackObject;
} // namespace interp
} // namespace leanclr

namespace standin {

using Function = leanclr::metadata::RtManagedMethodPointer;
using Invoker = leanclr::RtResultVoid (*)(
    leanclr::metadata::RtManagedMethodPointer,
    const leanclr::metadata::RtMethodInfo *,
    const leanclr::interp::RtStackObject *, leanclr::interp::RtStackObject *);

enum class Table {
  PInvoke,
  InternalCall,
  Intrinsic,
  NewObjectInternalCall,
  NewObjectIntrinsic,
};

class Registry {
public:
  static Registry get() { return {}; }
  void add(Table T, const char *Name, Function F, Invoker I);
  std::size_t size() const;
};

} // namespace standin

#endif // BENCHMARKS_REGISTRATION_REGISTRY_H
