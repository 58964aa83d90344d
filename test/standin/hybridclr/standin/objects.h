//===- objects.h - Strings, arrays and delegates ----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The objects that shims take apart and make. Each has a block of memory of
// exactly its size, so that an address sanitizer finds what is read behind it.
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_OBJECTS_H
#define STANDIN_OBJECTS_H

#include "il2cpp-api.h"
#include "il2cpp-object-internals.h"
#include "standin/machine.h"
#include "vm/PlatformInvoke.h"
#include <memory>
#include <string>
#include <vector>

struct Il2CppString {
  Il2CppObject object;
  int32_t length;
  Il2CppChar chars[1]; ///< and a zero behind them
};

struct Il2CppArray {
  Il2CppObject object;
  void *bounds;
  uint64_t max_length; ///< the elements follow
};

/// A class of the core library, of which the size of a value is known.
struct Il2CppClass {
  const char *name;
  std::size_t size; ///< bytes
};

struct Il2CppException {
  const char *name, *message;
};

struct Il2CppDelegate {
  Il2CppObject object;
  intptr_t wrapper; ///< 0: the method has none
};

namespace standin {

class Heap {
public:
  static Heap &get() {
    static Heap Only;
    return Only;
  }

  Il2CppString *string(const std::u16string &Text) {
    const std::size_t Header = offsetof(Il2CppString, chars);
    void *Memory = allocate(Header + (Text.size() + 1) * sizeof(Il2CppChar));
    auto *S = static_cast<Il2CppString *>(Memory);
    S->length = static_cast<int32_t>(Text.size());
    std::memcpy(static_cast<char *>(Memory) + Header, Text.c_str(),
                (Text.size() + 1) * sizeof(Il2CppChar));
    return S;
  }

  template <typename T> Il2CppArray *array(const std::vector<T> &Elements) {
    void *Memory = allocate(sizeof(Il2CppArray) + Elements.size() * sizeof(T));
    auto *A = static_cast<Il2CppArray *>(Memory);
    A->max_length = Elements.size();
    if (!Elements.empty())
      std::memcpy(A + 1, Elements.data(), Elements.size() * sizeof(T));
    return A;
  }

  /// Of zeros.
  Il2CppArray *array(std::size_t ElementSize, std::size_t Length) {
    void *Memory = allocate(sizeof(Il2CppArray) + Length * ElementSize);
    std::memset(Memory, 0, sizeof(Il2CppArray) + Length * ElementSize);
    auto *A = static_cast<Il2CppArray *>(Memory);
    A->max_length = Length;
    return A;
  }

  Il2CppDelegate *delegate(Il2CppMethodPointer Wrapper) {
    auto *D = static_cast<Il2CppDelegate *>(allocate(sizeof(Il2CppDelegate)));
    D->wrapper = reinterpret_cast<intptr_t>(Wrapper);
    return D;
  }

  static std::u16string text(Il2CppString *S) {
    return std::u16string(il2cpp_string_chars(S),
                          static_cast<std::size_t>(il2cpp_string_length(S)));
  }

private:
  void *allocate(std::size_t Size) {
    Blocks.emplace_back(new unsigned char[Size]);
    return Blocks.back().get();
  }
  std::vector<std::unique_ptr<unsigned char[]>> Blocks;
};

} // namespace standin

int32_t il2cpp_string_length(Il2CppString *str) { return str->length; }
Il2CppChar *il2cpp_string_chars(Il2CppString *str) {
  return reinterpret_cast<Il2CppChar *>(reinterpret_cast<char *>(str) +
                                        offsetof(Il2CppString, chars));
}
/// Of ASCII: what UTF-8 means is the runtime's business.
Il2CppString *il2cpp_string_new(const char *str) {
  return standin::Heap::get().string(
      std::u16string(str, str + std::strlen(str)));
}
Il2CppString *il2cpp_string_new_len(const char *str, uint32_t length) {
  return standin::Heap::get().string(std::u16string(str, str + length));
}
Il2CppString *il2cpp_string_new_utf16(const Il2CppChar *text, int32_t len) {
  return standin::Heap::get().string(
      std::u16string(text, static_cast<std::size_t>(len)));
}
uint32_t il2cpp_array_length(Il2CppArray *array) {
  return static_cast<uint32_t>(array->max_length);
}
uint32_t il2cpp_array_object_header_size() { return sizeof(Il2CppArray); }

Il2CppArray *il2cpp_array_new(Il2CppClass *elementTypeInfo,
                              il2cpp_array_size_t length) {
  return standin::Heap::get().array(elementTypeInfo->size, length);
}
const Il2CppImage *il2cpp_get_corlib() { return nullptr; }
Il2CppClass *il2cpp_class_from_name(const Il2CppImage *, const char *namespaze,
                                    const char *name) {
  static Il2CppClass Known[] = {{"Boolean", 1}, {"Char", 2},   {"SByte", 1},
                                {"Byte", 1},    {"Int16", 2},  {"UInt16", 2},
                                {"Int32", 4},   {"UInt32", 4}, {"Int64", 8},
                                {"UInt64", 8},  {"Single", 4}, {"Double", 8}};
  for (Il2CppClass &Each : Known)
    if (std::strcmp(namespaze, "System") == 0 &&
        std::strcmp(name, Each.name) == 0)
      return &Each;
  standin::fail(std::string("there is no class ") + namespaze + "." + name);
}
Il2CppException *il2cpp_exception_from_name_msg(const Il2CppImage *,
                                                const char *, const char *name,
                                                const char *msg) {
  static Il2CppException Last;
  Last = {name, msg};
  return &Last;
}
/// Where the program has no exceptions, it ends.
void il2cpp_raise_exception(Il2CppException *exception) {
#ifdef __cpp_exceptions
  throw exception;
#else
  standin::fail(exception->message);
#endif
}
void il2cpp_gc_wbarrier_set_field(Il2CppObject *, void **targetAddress,
                                  void *object) {
  *targetAddress = object;
}

intptr_t il2cpp::vm::PlatformInvoke::MarshalDelegate(Il2CppDelegate *d) {
  if (!d)
    return 0;
  if (!d->wrapper)
    standin::fail("a delegate of a method without MonoPInvokeCallback");
  return d->wrapper;
}

#endif // STANDIN_OBJECTS_H
