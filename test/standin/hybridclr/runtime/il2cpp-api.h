//===- il2cpp-api.h - Functions that a program can call ---------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The part of the public functions that shims call. standin/objects.h defines
// them.
//
//===----------------------------------------------------------------------===//

#ifndef IL2CPP_API_H
#define IL2CPP_API_H

#include <stdint.h>

typedef struct Il2CppString Il2CppString;
typedef struct Il2CppArray Il2CppArray;
typedef struct Il2CppDelegate Il2CppDelegate;
typedef char16_t Il2CppChar;

extern "C" {
int32_t il2cpp_string_length(Il2CppString *str);
Il2CppChar *il2cpp_string_chars(Il2CppString *str);
Il2CppString *il2cpp_string_new(const char *str);
Il2CppString *il2cpp_string_new_utf16(const Il2CppChar *text, int32_t len);
uint32_t il2cpp_array_length(Il2CppArray *array);
uint32_t il2cpp_array_object_header_size();
}

#endif // IL2CPP_API_H
