//===- support.h - Values that encode their place ---------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// native.py generates the native ends of calls from these parts. Every byte of
// every value encodes its argument's number and its offset, so that a wrong
// byte shows in which field it belongs.
//
//===----------------------------------------------------------------------===//

#ifndef CONFORMANCE_SUPPORT_H
#define CONFORMANCE_SUPPORT_H

#include <stddef.h>
#include <stdint.h>

namespace conformance {

enum Kind { Signed, Unsigned, Float, Truth };
template <typename T> constexpr Kind kindOf() {
  return static_cast<T>(-1) < static_cast<T>(0) ? Signed : Unsigned;
}

/// A scalar within a value.
struct Leaf {
  unsigned Offset, Size;
  Kind K;
  const char *Name; ///< in C++'s syntax; "" for the value itself
};
#define LEAF(Type, Path, Kind)                                                 \
  {offsetof(Type, Path), sizeof(static_cast<Type *>(nullptr)->Path), Kind,     \
   #Path}

struct Type {
  const char *Name;
  unsigned Size;
  unsigned Count;
  const Leaf *Leaves;
};

typedef void (*Function)();

struct Signature {
  const char *Name;
  const char *Managed; ///< "[Module]Type::Method(parameters)"
  const char *Codes;   ///< HybridCLR's codes, the result's first
  unsigned ResultCode; ///< length of the result's code
  unsigned Params;
  /// The types of the result (null for void) and of each parameter.
  const Type *const *Types;
  Function Native; ///< takes the parameters
  Function NativeMethod; ///< takes `this` first and the method last
  void (*CallNative)(Function);
  void (*CallMethod)(Function, void *Self, const void *Method);
};
extern const Signature Signatures[];
extern const unsigned SignatureCount;

// Callees use these functions.
void arrive();
void expectThis(const void *Self, const void *Method);
void argument(unsigned I, const void *Value, const Type *T);
/// Checks a small integer in a callee, which may rely on the caller to have
/// filled the register.
void widened(unsigned I, int64_t Value);
void sendResult(void *Value, const Type *T);

// Callers use these functions.
void sendArgument(unsigned I, void *Value, const Type *T);
void result(const void *Value, const Type *T);
/// Overwrites the stack, so that no value arrives only because it was already
/// there.
void poisonStack();

} // namespace conformance

#endif // CONFORMANCE_SUPPORT_H
