//===- rt_string.h - A stand-in for LeanCLR's strings -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_VM_RT_STRING_H
#define STANDIN_VM_RT_STRING_H

#include "public/leanclr.hpp"
#include "standin/heap.h"

namespace leanclr {
namespace vm {

class String {
public:
  static RtString *create_string_from_utf16chars(const std::uint16_t *str,
                                                 std::int32_t length) {
    return ::standin::Heap::get().newString(str, length);
  }
  static RtString *create_string_from_utf8chars(const char *str,
                                                std::int32_t length) {
    return ::standin::Heap::get().newStringUtf8(str, length);
  }
  static RtString *create_string_from_utf8cstr(const char *str) {
    if (!str)
      ::standin::fail("a string is made of a null pointer");
    return create_string_from_utf8chars(
        str, static_cast<std::int32_t>(std::strlen(str)));
  }
  static const Utf16Char *get_chars_ptr(RtString *str) {
    return &checked(str)->first_char;
  }
  static std::int32_t get_length(RtString *str) { return checked(str)->length; }

private:
  static RtString *checked(RtString *str) {
    if (::standin::IsChecking && !::standin::Heap::get().isString(str))
      ::standin::fail(str ? "vm::String is given what is no managed string"
                          : "vm::String is given a null string");
    return str;
  }
};

} // namespace vm
} // namespace leanclr

#endif // STANDIN_VM_RT_STRING_H
