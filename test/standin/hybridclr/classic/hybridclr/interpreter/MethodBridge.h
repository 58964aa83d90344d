//===- MethodBridge.h - The tables, up to 3.4 -------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The runtime's includes in front of a generated MethodBridge_{abi}.cpp, which
// lies in hybridclr/generated, are, in this order,
//
//   <codegen/il2cpp-codegen-metadata.h>
//   "vm/ClassInlines.h" "vm/Object.h" "vm/Class.h"
//   "../metadata/MetadataModule.h" "../metadata/MetadataUtil.h"
//   "../interpreter/MethodBridge.h" "../interpreter/Interpreter.h"
//   "../interpreter/MemoryUtil.h" "../interpreter/InstrinctDef.h"
//
// and `using namespace hybridclr::interpreter`. Its region stands within #if of
// its ABI's macro.
//
//===----------------------------------------------------------------------===//

#ifndef HYBRIDCLR_INTERPRETER_METHODBRIDGE_H
#define HYBRIDCLR_INTERPRETER_METHODBRIDGE_H

#include "../interpreter/InterpreterDefs.h"
#include "standin/version.h"

namespace hybridclr {
namespace interpreter {

/// Calls compiled code for the interpreter. Argument i is at LocalVarBase +
/// ArgVarIndexs[i].
typedef void (*Managed2NativeCallMethod)(const MethodInfo *Method,
                                         uint16_t *ArgVarIndexs,
                                         StackObject *LocalVarBase, void *Ret);

struct Managed2NativeMethodInfo {
  const char *signature;
  Managed2NativeCallMethod method;
};

struct Native2ManagedMethodInfo {
  const char *signature;
  Il2CppMethodPointer method;
};

struct NativeAdjustThunkMethodInfo {
  const char *signature;
  Il2CppMethodPointer method;
};

extern Managed2NativeMethodInfo g_managed2nativeStub[];
extern Native2ManagedMethodInfo g_native2managedStub[];
extern NativeAdjustThunkMethodInfo g_adjustThunkStub[];

// Structs of N bytes, by alignment.
template <int N> struct ValueTypeSize {
  uint8_t __value[N];
};
template <int N> struct ValueTypeSizeAlign2 {
  static_assert(N % 2 == 0, "the size fits the alignment");
  uint16_t __value[N / 2];
};
template <int N> struct ValueTypeSizeAlign4 {
  static_assert(N % 4 == 0, "the size fits the alignment");
  uint32_t __value[N / 4];
};
template <int N> struct ValueTypeSizeAlign8 {
  static_assert(N % 8 == 0, "the size fits the alignment");
  uint64_t __value[N / 8];
};

/// A struct of 9 to 16 bytes, in two registers.
struct ValueTypeSize16 {
  uint64_t low;
  uint64_t high;
};

// What WebAssembly passes otherwise: structs without fields, and unions. The
// runtime spells them so.
template <int N> struct WebGLSpeicalValueType {
  union {
    uint8_t __padding[N];
  };
};
template <int N> struct WebGLSpeicalValueTypeAlign2 {
  union {
    uint16_t __padding[N / 2];
  };
};
template <int N> struct WebGLSpeicalValueTypeAlign4 {
  union {
    uint32_t __padding[N / 4];
  };
};
template <int N> struct WebGLSpeicalValueTypeAlign8 {
  union {
    uint64_t __padding[N / 8];
  };
};

} // namespace interpreter
} // namespace hybridclr

#endif // HYBRIDCLR_INTERPRETER_METHODBRIDGE_H
