//===- rt_array.h - A stand-in for LeanCLR's arrays -------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_VM_RT_ARRAY_H
#define STANDIN_VM_RT_ARRAY_H

#include "public/leanclr.hpp"
#include "standin/heap.h"

namespace leanclr {
namespace vm {

class Array {
public:
  static std::int32_t get_array_length(const RtArray *array) {
    check(array);
    return array->length;
  }
  template <typename T> static T *get_array_data_start_as(RtArray *array) {
    check(array);
    return reinterpret_cast<T *>(&array->first_data);
  }

private:
  static void check(const RtArray *array) {
    if (::standin::IsChecking && !::standin::Heap::get().isArray(array))
      ::standin::fail(array ? "vm::Array is given what is no managed array"
                            : "vm::Array is given a null array");
  }
};

} // namespace vm
} // namespace leanclr

#endif // STANDIN_VM_RT_ARRAY_H
