//===- sample.cpp - Hand-written invokers -----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file has one correct function of every kind. It also compiles against
// the runtime, unchanged.
//
//===----------------------------------------------------------------------===//

#include "sample.h"

#include "public/leanclr.hpp"
#include "vm/rt_array.h"
#include "vm/rt_string.h"
#include <cstring>
#include <string>

using namespace leanclr;

namespace sample {
namespace {

//===-- The native functions ----------------------------------------------===//

std::int32_t add(std::int32_t A, std::int32_t B) { return A + B; }

std::uint64_t mix(std::uint64_t Hash, std::uint64_t Value) {
  return (Hash ^ Value) * 1099511628211U;
}
std::uint64_t bits(double Value) {
  std::uint64_t Bits;
  std::memcpy(&Bits, &Value, sizeof Bits);
  return Bits;
}
std::uint64_t mixAll(bool B, char16_t C, std::int8_t I1, std::uint8_t U1,
                     std::int16_t I2, std::uint16_t U2, std::int32_t I4,
                     std::uint32_t U4, std::int64_t I8, std::uint64_t U8,
                     float R4, double R8) {
  std::uint64_t Hash = 1469598103934665603U;
  Hash = mix(Hash, B);
  Hash = mix(Hash, C);
  Hash = mix(Hash, static_cast<std::uint64_t>(I1));
  Hash = mix(Hash, U1);
  Hash = mix(Hash, static_cast<std::uint64_t>(I2));
  Hash = mix(Hash, U2);
  Hash = mix(Hash, static_cast<std::uint64_t>(I4));
  Hash = mix(Hash, U4);
  Hash = mix(Hash, static_cast<std::uint64_t>(I8));
  Hash = mix(Hash, U8);
  Hash = mix(Hash, bits(static_cast<double>(R4)));
  return mix(Hash, bits(R8));
}

bool isEven(std::int32_t V) { return V % 2 == 0; }
std::int8_t lowI1(std::int64_t V) { return static_cast<std::int8_t>(V); }
std::uint16_t lowU2(std::int64_t V) { return static_cast<std::uint16_t>(V); }

Vec3 cross(Vec3 A, Vec3 B) {
  return {A.Y * B.Z - A.Z * B.Y, A.Z * B.X - A.X * B.Z, A.X * B.Y - A.Y * B.X};
}
Account deposit(std::int32_t Visits, Account A, double Amount) {
  return {A.Id, A.Balance + Amount, A.Visits + Visits};
}
Packed retag(Packed P, std::uint8_t Tag) { return {Tag, -P.Value}; }

std::u16string greet(const std::u16string &Name) {
  return u"Gr\u00fc\u00df dich, " + Name + u"!";
}
std::int32_t sum(const std::int32_t *Values, std::int32_t Count) {
  std::int32_t Sum = 0;
  for (std::int32_t I = 0; I != Count; ++I)
    Sum += Values[I];
  return Sum;
}
void swap(std::int32_t *A, std::int32_t *B) {
  std::int32_t Old = *A;
  *A = *B;
  *B = Old;
}

RtResult<std::int32_t> divide(std::int32_t A, std::int32_t B) {
  if (B == 0)
    RET_ERR(RtErr::DivideByZero);
  RET_OK(A / B);
}
RtResultVoid require(bool Condition) {
  if (!Condition)
    RET_ERR(RtErr::NotSupported);
  RET_VOID_OK();
}

//===-- Their invokers ----------------------------------------------------===//

RtResultVoid addInvoker(metadata::RtManagedMethodPointer,
                        const metadata::RtMethodInfo *,
                        const interp::RtStackObject *Params,
                        interp::RtStackObject *Ret) {
  size_t Offset = 0;
  auto A = RuntimeApi::get_argument<std::int32_t>(Params, Offset);
  auto B = RuntimeApi::get_argument<std::int32_t>(Params, Offset);
  RuntimeApi::set_return_value<std::int32_t>(Ret, add(A, B));
  RET_VOID_OK();
}

RtResultVoid mixAllInvoker(metadata::RtManagedMethodPointer,
                           const metadata::RtMethodInfo *,
                           const interp::RtStackObject *Params,
                           interp::RtStackObject *Ret) {
  size_t Offset = 0;
  auto B = RuntimeApi::get_argument<bool>(Params, Offset);
  auto C = RuntimeApi::get_argument<char16_t>(Params, Offset);
  auto I1 = RuntimeApi::get_argument<std::int8_t>(Params, Offset);
  auto U1 = RuntimeApi::get_argument<std::uint8_t>(Params, Offset);
  auto I2 = RuntimeApi::get_argument<std::int16_t>(Params, Offset);
  auto U2 = RuntimeApi::get_argument<std::uint16_t>(Params, Offset);
  auto I4 = RuntimeApi::get_argument<std::int32_t>(Params, Offset);
  auto U4 = RuntimeApi::get_argument<std::uint32_t>(Params, Offset);
  auto I8 = RuntimeApi::get_argument<std::int64_t>(Params, Offset);
  auto U8 = RuntimeApi::get_argument<std::uint64_t>(Params, Offset);
  auto R4 = RuntimeApi::get_argument<float>(Params, Offset);
  double R8;
  RuntimeApi::get_argument(Params, Offset, R8);
  RuntimeApi::set_return_value(
      Ret, mixAll(B, C, I1, U1, I2, U2, I4, U4, I8, U8, R4, R8));
  RET_VOID_OK();
}

RtResultVoid isEvenInvoker(metadata::RtManagedMethodPointer,
                           const metadata::RtMethodInfo *,
                           const interp::RtStackObject *Params,
                           interp::RtStackObject *Ret) {
  size_t Offset = 0;
  auto V = RuntimeApi::get_argument<std::int32_t>(Params, Offset);
  RuntimeApi::set_return_value<std::int32_t>(Ret, isEven(V));
  RET_VOID_OK();
}
RtResultVoid lowI1Invoker(metadata::RtManagedMethodPointer,
                          const metadata::RtMethodInfo *,
                          const interp::RtStackObject *Params,
                          interp::RtStackObject *Ret) {
  size_t Offset = 0;
  auto V = RuntimeApi::get_argument<std::int64_t>(Params, Offset);
  RuntimeApi::set_return_value<std::int32_t>(Ret, lowI1(V));
  RET_VOID_OK();
}
RtResultVoid lowU2Invoker(metadata::RtManagedMethodPointer,
                          const metadata::RtMethodInfo *,
                          const interp::RtStackObject *Params,
                          interp::RtStackObject *Ret) {
  size_t Offset = 0;
  auto V = RuntimeApi::get_argument<std::int64_t>(Params, Offset);
  RuntimeApi::set_return_value<std::int32_t>(Ret, lowU2(V));
  RET_VOID_OK();
}

RtResultVoid crossInvoker(metadata::RtManagedMethodPointer,
                          const metadata::RtMethodInfo *,
                          const interp::RtStackObject *Params,
                          interp::RtStackObject *Ret) {
  size_t Offset = 0;
  auto A = RuntimeApi::get_argument<Vec3>(Params, Offset);
  auto B = RuntimeApi::get_argument<Vec3>(Params, Offset);
  RuntimeApi::set_return_value(Ret, cross(A, B));
  RET_VOID_OK();
}
RtResultVoid depositInvoker(metadata::RtManagedMethodPointer,
                            const metadata::RtMethodInfo *,
                            const interp::RtStackObject *Params,
                            interp::RtStackObject *Ret) {
  size_t Offset = 0;
  auto Visits = RuntimeApi::get_argument<std::int32_t>(Params, Offset);
  auto A = RuntimeApi::get_argument<Account>(Params, Offset);
  auto Amount = RuntimeApi::get_argument<double>(Params, Offset);
  RuntimeApi::set_return_value(Ret, deposit(Visits, A, Amount));
  RET_VOID_OK();
}
RtResultVoid retagInvoker(metadata::RtManagedMethodPointer,
                          const metadata::RtMethodInfo *,
                          const interp::RtStackObject *Params,
                          interp::RtStackObject *Ret) {
  size_t Offset = 0;
  auto P = RuntimeApi::get_argument<Packed>(Params, Offset);
  auto Tag = RuntimeApi::get_argument<std::uint8_t>(Params, Offset);
  RuntimeApi::set_return_value(Ret, retag(P, Tag));
  RET_VOID_OK();
}

RtResultVoid greetInvoker(metadata::RtManagedMethodPointer,
                          const metadata::RtMethodInfo *,
                          const interp::RtStackObject *Params,
                          interp::RtStackObject *Ret) {
  size_t Offset = 0;
  auto Name = RuntimeApi::get_argument<vm::RtString *>(Params, Offset);
  vm::RtString *Result = nullptr;
  if (Name) {
    const auto *Units =
        reinterpret_cast<const char16_t *>(vm::String::get_chars_ptr(Name));
    std::u16string Text = greet(std::u16string(
        Units, static_cast<size_t>(vm::String::get_length(Name))));
    Result = vm::String::create_string_from_utf16chars(
        reinterpret_cast<const std::uint16_t *>(Text.data()),
        static_cast<std::int32_t>(Text.size()));
  }
  RuntimeApi::set_return_value(Ret, Result);
  RET_VOID_OK();
}
RtResultVoid versionInvoker(metadata::RtManagedMethodPointer,
                            const metadata::RtMethodInfo *,
                            const interp::RtStackObject *,
                            interp::RtStackObject *Ret) {
  RuntimeApi::set_return_value(
      Ret, vm::String::create_string_from_utf8cstr("v1 \xe2\x82\xac"));
  RET_VOID_OK();
}

RtResultVoid sumInvoker(metadata::RtManagedMethodPointer,
                        const metadata::RtMethodInfo *,
                        const interp::RtStackObject *Params,
                        interp::RtStackObject *Ret) {
  size_t Offset = 0;
  auto Values = RuntimeApi::get_argument<vm::RtArray *>(Params, Offset);
  if (!Values)
    RET_ERR(RtErr::ArgumentNull);
  std::int32_t Sum =
      sum(vm::Array::get_array_data_start_as<std::int32_t>(Values),
          vm::Array::get_array_length(Values));
  RuntimeApi::set_return_value<std::int32_t>(Ret, Sum);
  RET_VOID_OK();
}
RtResultVoid swapInvoker(metadata::RtManagedMethodPointer,
                         const metadata::RtMethodInfo *,
                         const interp::RtStackObject *Params,
                         interp::RtStackObject *) {
  size_t Offset = 0;
  auto A = RuntimeApi::get_argument<std::int32_t *>(Params, Offset);
  auto B = RuntimeApi::get_argument<std::int32_t *>(Params, Offset);
  swap(A, B);
  RET_VOID_OK();
}

RtResultVoid divideInvoker(metadata::RtManagedMethodPointer,
                           const metadata::RtMethodInfo *,
                           const interp::RtStackObject *Params,
                           interp::RtStackObject *Ret) {
  size_t Offset = 0;
  auto A = RuntimeApi::get_argument<std::int32_t>(Params, Offset);
  auto B = RuntimeApi::get_argument<std::int32_t>(Params, Offset);
  DECLARING_AND_UNWRAP_OR_RET_ERR_ON_FAIL(std::int32_t, Result, divide(A, B));
  RuntimeApi::set_return_value<std::int32_t>(Ret, Result);
  RET_VOID_OK();
}
RtResultVoid requireInvoker(metadata::RtManagedMethodPointer,
                            const metadata::RtMethodInfo *,
                            const interp::RtStackObject *Params,
                            interp::RtStackObject *) {
  size_t Offset = 0;
  auto Condition = RuntimeApi::get_argument<bool>(Params, Offset);
  RET_ERR_ON_FAIL(require(Condition));
  RET_VOID_OK();
}

/// An instance method that adds its argument to the object's address: `this` is
/// in the first slot.
RtResultVoid addressInvoker(metadata::RtManagedMethodPointer,
                            const metadata::RtMethodInfo *,
                            const interp::RtStackObject *Params,
                            interp::RtStackObject *Ret) {
  size_t Offset = 0;
  auto This = RuntimeApi::get_argument<vm::RtObject *>(Params, Offset);
  auto More = RuntimeApi::get_argument<std::int32_t>(Params, Offset);
  RuntimeApi::set_return_value<std::int64_t>(
      Ret,
      static_cast<std::int64_t>(reinterpret_cast<std::intptr_t>(This)) + More);
  RET_VOID_OK();
}

} // namespace

void registerFunctions() {
  RuntimeApi::register_pinvoke_func(
      "[Sample]Sample.Native::Add(System.Int32,System.Int32)",
      (vm::PInvokeFunction)&add, addInvoker);
  RuntimeApi::register_pinvoke_func(
      "[Sample]Sample.Native::MixAll(System.Boolean,System.Char,System.SByte,"
      "System.Byte,System.Int16,System.UInt16,System.Int32,System.UInt32,"
      "System.Int64,System.UInt64,System.Single,System.Double)",
      (vm::PInvokeFunction)&mixAll, mixAllInvoker);
  RuntimeApi::register_pinvoke_func(
      "[Sample]Sample.Native::IsEven(System.Int32)",
      (vm::PInvokeFunction)&isEven, isEvenInvoker);
  RuntimeApi::register_pinvoke_func("Sample.Native::LowI1(System.Int64)",
                                    (vm::PInvokeFunction)&lowI1, lowI1Invoker);
  RuntimeApi::register_pinvoke_func("[Sample]Sample.Native::LowU2",
                                    (vm::PInvokeFunction)&lowU2, lowU2Invoker);
  RuntimeApi::register_pinvoke_func("Sample.Native::Cross",
                                    (vm::PInvokeFunction)&cross, crossInvoker);
  RuntimeApi::register_pinvoke_func(
      "[Sample]Sample.Native::Deposit(System.Int32,Sample.Account,"
      "System.Double)",
      (vm::PInvokeFunction)&deposit, depositInvoker);
  RuntimeApi::register_pinvoke_func(
      "[Sample]Sample.Native::Retag(Sample.Packed,System.Byte)",
      (vm::PInvokeFunction)&retag, retagInvoker);
  RuntimeApi::register_pinvoke_func(
      "[Sample]Sample.Native::Greet(System.String)",
      (vm::PInvokeFunction)&greet, greetInvoker);
  RuntimeApi::register_pinvoke_func("[Sample]Sample.Native::Version()", nullptr,
                                    versionInvoker);
  RuntimeApi::register_pinvoke_func(
      "[Sample]Sample.Native::Sum(System.Int32[])", (vm::PInvokeFunction)&sum,
      sumInvoker);
  RuntimeApi::register_pinvoke_func(
      "[Sample]Sample.Native::Swap(System.Int32&,System.Int32&)",
      (vm::PInvokeFunction)&swap, swapInvoker);
  RuntimeApi::register_pinvoke_func(
      "[Sample]Sample.Native::Divide(System.Int32,System.Int32)",
      (vm::PInvokeFunction)&divide, divideInvoker);
  RuntimeApi::register_pinvoke_func(
      "[Sample]Sample.Native::Require(System.Boolean)",
      (vm::PInvokeFunction)&require, requireInvoker);
  RuntimeApi::register_internal_call_func(
      "Sample.Native::Address(System.Int32)", nullptr, addressInvoker);
  // An internal call takes precedence over a P/Invoke of the same name, and an
  // intrinsic over a managed body.
  RuntimeApi::register_internal_call_func(
      "Sample.Native::Shadowed(System.Int32)", nullptr, isEvenInvoker);
  RuntimeApi::register_pinvoke_func(
      "[Sample]Sample.Native::Shadowed(System.Int32)", nullptr, addInvoker);
  RuntimeApi::register_intrinsic_func("Sample.Native::Replaced", nullptr,
                                      isEvenInvoker);
}

} // namespace sample
