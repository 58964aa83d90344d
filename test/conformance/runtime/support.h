//===- support.h - Values that tell where they should be --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the native ends of calls are made of, which native.py writes. Every byte
// of every value is made of its argument's number and its offset, so that a
// wrong one names the field that it should have been in.
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

/// A scalar in a value.
struct Leaf {
  unsigned Offset, Size;
  Kind K;
  const char *Name; ///< as C++ reaches it; "" for the value itself
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
  const char *Codes;   ///< HybridCLR's, the result's first
  unsigned ResultCode; ///< its length
  unsigned Params;
  const Type *const *Types; ///< the result's, null for void, then Params more
  Function Native;          ///< takes the parameters
  Function NativeMethod;    ///< `this` before them, and the method behind
  void (*CallNative)(Function);
  void (*CallMethod)(Function, void *Self, const void *Method);
};
extern const Signature Signatures[];
extern const unsigned SignatureCount;

// Callees.
void arrive();
void expectThis(const void *Self, const void *Method);
void argument(unsigned I, const void *Value, const Type *T);
/// What a callee makes of a small integer. It may rely on the caller's having
/// filled the register.
void widened(unsigned I, int64_t Value);
void sendResult(void *Value, const Type *T);

// Callers.
void sendArgument(unsigned I, void *Value, const Type *T);
void result(const void *Value, const Type *T);
/// Nothing arrives because it happens to be there already.
void poisonStack();

} // namespace conformance

#endif // CONFORMANCE_SUPPORT_H
