//===- MethodBridge.h - The tables, up to 3.4 -------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A generated MethodBridge_{abi}.cpp lies in hybridclr/generated and begins
// with these includes of the runtime, in this order:
//
//   <codegen/il2cpp-codegen-metadata.h>
//   "vm/ClassInlines.h" "vm/Object.h" "vm/Class.h"
//   "../metadata/MetadataModule.h" "../metadata/MetadataUtil.h"
//   "../interpreter/MethodBridge.h" "../interpreter/Interpreter.h"
//   "../interpreter/MemoryUtil.h" "../interpreter/InstrinctDef.h"
//
// They are followed by `using namespace hybridclr::interpreter`. The generated
// region is inside the #if of its ABI's macro.
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

// These are structs of N bytes, by alignment.
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

/// This is a struct of 9 to 16 bytes, which is passed in two registers.
struct ValueTypeSize16 {
  uint64_t low;
  uint64_t high;
};

// WebAssembly passes structs without fields and unions in a different way. The
// name is misspelt in the runtime, too.
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
