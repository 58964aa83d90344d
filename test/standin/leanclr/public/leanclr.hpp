//===- leanclr.hpp - A stand-in for LeanCLR's public header -----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Enough of the runtime's C++ API to compile generated code and to execute it
// in a test, where standin/harness.h plays the interpreter. Names, signatures
// and layouts are the runtime's; strings and arrays need vm/rt_string.h and
// vm/rt_array.h besides, here as there.
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_PUBLIC_LEANCLR_HPP
#define STANDIN_PUBLIC_LEANCLR_HPP

#include "standin/managed.h"
#include "standin/registry.h"
#include "standin/result.h"
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

// The runtime declares these two for everybody who includes it, so user code
// that means something else by them does not compile.
typedef std::uint8_t byte;
typedef std::int8_t sbyte;

namespace leanclr {

typedef std::uint16_t Utf16Char;

namespace vm {

struct RtObject {
  metadata::RtClass *klass;
  void *__sync_block;
};
struct ArrayBounds;
struct RtArray : RtObject {
  const ArrayBounds *bounds;
  std::int32_t length;
  std::uint64_t first_data;
};
struct RtString : RtObject {
  std::int32_t length;
  Utf16Char first_char;
};

/// Here, a delegate has nothing but the function that was compiled for its
/// method ahead of time; null: there is none.
struct RtDelegate : RtObject {
  metadata::RtNativeMethodPointer compiled;
};

using PInvokeFunction = ::standin::Function;
using PInvokeInvoker = ::standin::Invoker;
using InternalCallFunction = ::standin::Function;
using InternalCallInvoker = ::standin::Invoker;
using IntrinsicFunction = ::standin::Function;
using IntrinsicInvoker = ::standin::Invoker;

} // namespace vm

namespace interp {

union RtStackObject {
  std::uint64_t value;
  void *ptr;
  const void *cptr;
  bool b;
  std::int8_t i8;
  std::uint8_t u8;
  std::int16_t i16;
  std::uint16_t u16;
  std::int32_t i32;
  std::uint32_t u32;
  std::int64_t i64;
  std::uint64_t u64;
  float f32;
  double f64;
  std::size_t size;
  vm::RtObject *obj;
  vm::RtString *str;
};
static_assert(sizeof(RtStackObject) == 8, "a slot has 8 bytes");

} // namespace interp
} // namespace leanclr

namespace standin {

/// Stands where the runtime leaves whatever was in a slot before.
const unsigned char Poison = 0xA5;

/// Fills the slots of a value of Size bytes up behind it.
inline void poisonTail(leanclr::interp::RtStackObject *Slots,
                       std::size_t Size) {
  if (!IsChecking)
    return;
  std::memset(reinterpret_cast<unsigned char *>(Slots) + Size, Poison,
              (8 - Size % 8) % 8);
}

inline void checkAlignment(const void *Slot, std::size_t Align) {
  if (IsChecking && reinterpret_cast<std::uintptr_t>(Slot) % Align != 0)
    fail("a value aligned to " + std::to_string(Align) +
         " bytes is reached in a slot, which is aligned to 8");
}

} // namespace standin

namespace leanclr {

class RuntimeApi {
public:
  static std::size_t get_stack_object_size_of_byte_size(std::size_t byte_size) {
    return (byte_size + 7) / 8;
  }
  template <typename T>
  static constexpr std::size_t get_stack_object_size_for_type() {
    return (sizeof(T) + 7) / 8;
  }

  // Values are reached in their slots as objects of T, as the runtime does: a
  // T that needs more than a slot's alignment has to be copied by its size.
  template <typename T>
  static void get_argument(const interp::RtStackObject *eval_stack,
                           std::size_t &offset, T &value) {
    value = *at<T>(eval_stack, offset);
    offset += get_stack_object_size_for_type<T>();
  }
  template <typename T>
  static T get_argument(const interp::RtStackObject *eval_stack,
                        std::size_t &offset) {
    const T *argument = at<T>(eval_stack, offset);
    offset += get_stack_object_size_for_type<T>();
    return *argument;
  }
  static void get_argument(const interp::RtStackObject *eval_stack,
                           std::size_t &offset, void *obj,
                           std::size_t byte_size) {
    std::memcpy(obj, eval_stack + offset, byte_size);
    offset += get_stack_object_size_of_byte_size(byte_size);
  }

  // The bytes behind the value stay what they were in the runtime; here they
  // become wrong for certain.
  template <typename T>
  static void set_return_value(interp::RtStackObject *eval_stack,
                               const T &value) {
    static_assert(std::is_trivially_copyable<T>::value,
                  "the interpreter copies results byte by byte");
    ::standin::checkAlignment(eval_stack, alignof(T));
    *reinterpret_cast<T *>(eval_stack) = value;
    ::standin::poisonTail(eval_stack, sizeof(T));
  }
  static void set_return_value(interp::RtStackObject *eval_stack, void *obj,
                               std::size_t byte_size) {
    std::memcpy(eval_stack, obj, byte_size);
    ::standin::poisonTail(eval_stack, byte_size);
  }

  static metadata::RtClass *get_class_parent(const metadata::RtClass *klass) {
    return ::standin::classOf(::standin::typeOf(klass)->Base);
  }
  static const char *get_class_namespace(const metadata::RtClass *klass) {
    return ::standin::typeOf(klass)->Space.c_str();
  }
  /// Here, the classes without a base are those of the core library.
  static metadata::RtModuleDef *
  get_class_module(const metadata::RtClass *klass) {
    if (::standin::typeOf(klass)->Base != nullptr)
      ::standin::fail("the module of another class than System.Object");
    return ::standin::Assemblies::get().find("mscorlib")->mod;
  }
  static RtResult<const metadata::RtFieldInfo *>
  get_class_field_by_name(const metadata::RtClass *klass,
                          const char *field_name) {
    const metadata::RtFieldInfo *field = ::standin::typeOf(klass)->Field;
    if (field != nullptr && std::strcmp(field->name, field_name) != 0)
      field = nullptr;
    return field;
  }
  template <typename T>
  static void push_argument(interp::RtStackObject *eval_stack,
                            std::size_t &offset, const T &value) {
    static_assert(std::is_trivially_copyable<T>::value,
                  "the interpreter copies arguments byte by byte");
    ::standin::checkAlignment(eval_stack + offset, alignof(T));
    *reinterpret_cast<T *>(eval_stack + offset) = value;
    ::standin::poisonTail(eval_stack + offset, sizeof(T));
    offset += get_stack_object_size_for_type<T>();
  }
  static void push_argument(interp::RtStackObject *eval_stack,
                            std::size_t &offset, void *obj,
                            std::size_t byte_size) {
    std::memcpy(eval_stack + offset, obj, byte_size);
    ::standin::poisonTail(eval_stack + offset, byte_size);
    offset += get_stack_object_size_of_byte_size(byte_size);
  }
  template <typename T>
  static const T &get_return_value(interp::RtStackObject *ret_buff_name) {
    ::standin::checkAlignment(ret_buff_name, alignof(T));
    return *reinterpret_cast<T *>(ret_buff_name);
  }
  static void get_return_value(interp::RtStackObject *ret_buff_name, void *obj,
                               std::size_t byte_size) {
    std::memcpy(obj, ret_buff_name, byte_size);
  }
  static RtResultVoid invoke_with_buffer(const metadata::RtMethodInfo *method,
                                         interp::RtStackObject *arg_buff,
                                         interp::RtStackObject *ret_buff) {
    if (method == nullptr)
      ::standin::fail("a method is called that was not found");
    const RtErr error =
        reinterpret_cast<const ::standin::ManagedMethod *>(method)->Run(
            arg_buff, ret_buff);
    if (error != RtErr::None)
      return error;
    return Unit();
  }

  static RtResult<metadata::RtAssembly *>
  get_assembly(const char *assembly_name) {
    return ::standin::Assemblies::get().find(assembly_name);
  }
  static RtResult<metadata::RtClass *>
  get_class_by_name(metadata::RtModuleDef *mod, const char *full_name, bool) {
    for (auto &type : reinterpret_cast<::standin::ManagedType *>(mod)->Nested)
      if (type->Name == full_name)
        return ::standin::classOf(type.get());
    return static_cast<metadata::RtClass *>(nullptr);
  }
  static const char *get_class_name(const metadata::RtClass *klass) {
    const std::string &name = ::standin::typeOf(klass)->Name;
    return name.c_str() + (name.rfind('.') + 1); // npos + 1 is 0
  }
  static RtResultVoid
  get_class_nested_classes(const metadata::RtClass *klass,
                           const metadata::RtClass **&nested_classes,
                           std::size_t &count) {
    auto &nested = ::standin::typeOf(klass)->NestedClasses;
    nested_classes = nested.data();
    count = nested.size();
    return Unit();
  }
  static RtResult<const metadata::RtMethodInfo *>
  get_class_method_by_name(const metadata::RtClass *klass,
                           const char *method_name) {
    for (auto &method : ::standin::typeOf(klass)->Methods)
      if (method->Name == method_name)
        return reinterpret_cast<const metadata::RtMethodInfo *>(method.get());
    return static_cast<const metadata::RtMethodInfo *>(nullptr);
  }

  static void register_pinvoke_func(const char *name, vm::PInvokeFunction func,
                                    vm::PInvokeInvoker invoker) {
    add(::standin::Table::PInvoke, name, func, invoker);
  }
  static void register_internal_call_func(const char *name,
                                          vm::InternalCallFunction func,
                                          vm::InternalCallInvoker invoker) {
    add(::standin::Table::InternalCall, name, func, invoker);
  }
  static void
  register_newobj_internal_call_func(const char *name,
                                     vm::InternalCallInvoker invoker) {
    add(::standin::Table::NewObjectInternalCall, name, nullptr, invoker);
  }
  static void register_intrinsic_func(const char *name,
                                      vm::IntrinsicFunction func,
                                      vm::IntrinsicInvoker invoker) {
    add(::standin::Table::Intrinsic, name, func, invoker);
  }
  static void register_newobj_intrinsic_func(const char *name,
                                             vm::IntrinsicInvoker invoker) {
    add(::standin::Table::NewObjectIntrinsic, name, nullptr, invoker);
  }

private:
  template <typename T>
  static const T *at(const interp::RtStackObject *slots, std::size_t offset) {
    static_assert(std::is_trivially_copyable<T>::value,
                  "the interpreter copies arguments byte by byte");
    ::standin::checkAlignment(slots + offset, alignof(T));
    return reinterpret_cast<const T *>(slots + offset);
  }
  static void add(::standin::Table table, const char *name,
                  ::standin::Function func, ::standin::Invoker invoker) {
    ::standin::Registry::get().add(table, name, func, invoker);
  }
};

} // namespace leanclr

#endif // STANDIN_PUBLIC_LEANCLR_HPP
