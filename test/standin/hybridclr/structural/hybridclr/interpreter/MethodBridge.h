//===- MethodBridge.h - The tables, since 4.0 -------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A generated MethodBridge.cpp lies in hybridclr/generated and begins with
// these includes of the runtime, in this order:
//
//   <codegen/il2cpp-codegen-metadata.h>
//   one of <codegen/il2cpp-codegen.h> if HYBRIDCLR_UNITY_2023_OR_NEW,
//          <codegen/il2cpp-codegen-il2cpp.h> if HYBRIDCLR_UNITY_2022,
//          <codegen/il2cpp-codegen-common-big.h> if HYBRIDCLR_UNITY_2020 or
//            HYBRIDCLR_UNITY_2021,
//          <codegen/il2cpp-codegen-common.h> otherwise
//   "vm/ClassInlines.h" "vm/Object.h" "vm/Class.h" "vm/ScopedThreadAttacher.h"
//   "../metadata/MetadataUtil.h"
//   "../interpreter/InterpreterModule.h" "../interpreter/MethodBridge.h"
//   "../interpreter/Interpreter.h" "../interpreter/MemoryUtil.h"
//   "../interpreter/InstrinctDef.h"
//
// They are followed by two using directives, for hybridclr::interpreter and
// hybridclr::metadata. Up to 5.4 the includes are those of classic files,
// without #if, and reverse wrappers have a file of their own.
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

struct FullName2Signature {
  const char *fullName;
  const char *signature;
};

extern STANDIN_CONST FullName2Signature g_fullName2SignatureStub[];
extern STANDIN_CONST Managed2NativeMethodInfo g_managed2nativeStub[];
extern STANDIN_CONST Native2ManagedMethodInfo g_native2managedStub[];
extern STANDIN_CONST NativeAdjustThunkMethodInfo g_adjustThunkStub[];

#if !STANDIN_REVERSE_FILE
struct ReversePInvokeMethodData {
  const char *methodSig;
  Il2CppMethodPointer methodPointer;
};

extern const ReversePInvokeMethodData g_reversePInvokeMethodStub[];
#endif

#if STANDIN_CALLS
/// Functions that call a function pointer receive it with this type.
#if STANDIN_VERSION >= 800
typedef Il2CppMethodPointer FunctionPointer;
#else
typedef const void *FunctionPointer;
#endif

/// Calls a function pointer for the interpreter.
typedef void (*Managed2NativeFunctionPointerCallMethod)(
    FunctionPointer MethodPointer, uint16_t *ArgVarIndexs,
    StackObject *LocalVarBase, void *Ret);

struct Managed2NativeFunctionPointerCallData {
  const char *methodSig;
  Managed2NativeFunctionPointerCallMethod methodPointer;
};

extern const Managed2NativeFunctionPointerCallData
    g_managed2NativeFunctionPointerCallStub[];
#endif

/// Returns the T at an address.
template <typename T> T &M2NFromValueOrAddress(void *Value) {
  return *static_cast<T *>(Value);
}

} // namespace interpreter
} // namespace hybridclr

#endif // HYBRIDCLR_INTERPRETER_METHODBRIDGE_H
