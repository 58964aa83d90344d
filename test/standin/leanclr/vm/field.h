//===- field.h - A stand-in for LeanCLR's fields ----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_VM_FIELD_H
#define STANDIN_VM_FIELD_H

#include "public/leanclr.hpp"

namespace leanclr {
namespace vm {

class Field {
public:
  static std::size_t get_field_offset_includes_object_header_for_reference_type(
      const metadata::RtFieldInfo *field) {
    return field->offset + sizeof(RtObject);
  }
};

} // namespace vm
} // namespace leanclr

#endif // STANDIN_VM_FIELD_H
