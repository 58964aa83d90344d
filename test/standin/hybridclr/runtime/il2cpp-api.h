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
typedef struct Il2CppObject Il2CppObject;
typedef struct Il2CppException Il2CppException;
typedef struct Il2CppClass Il2CppClass;
typedef struct Il2CppImage Il2CppImage;
typedef uintptr_t il2cpp_array_size_t;
typedef char16_t Il2CppChar;

extern "C" {
int32_t il2cpp_string_length(Il2CppString *str);
Il2CppChar *il2cpp_string_chars(Il2CppString *str);
Il2CppString *il2cpp_string_new(const char *str);
Il2CppString *il2cpp_string_new_len(const char *str, uint32_t length);
Il2CppString *il2cpp_string_new_utf16(const Il2CppChar *text, int32_t len);
uint32_t il2cpp_array_length(Il2CppArray *array);
uint32_t il2cpp_array_object_header_size();
Il2CppArray *il2cpp_array_new(Il2CppClass *elementTypeInfo,
                              il2cpp_array_size_t length);
const Il2CppImage *il2cpp_get_corlib();
Il2CppClass *il2cpp_class_from_name(const Il2CppImage *image,
                                    const char *namespaze, const char *name);
Il2CppException *il2cpp_exception_from_name_msg(const Il2CppImage *image,
                                                const char *name_space,
                                                const char *name,
                                                const char *msg);
[[noreturn]] void il2cpp_raise_exception(Il2CppException *exception);
void il2cpp_gc_wbarrier_set_field(Il2CppObject *obj, void **targetAddress,
                                  void *object);
}

#endif // IL2CPP_API_H
