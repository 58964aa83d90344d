//===- HybridCLR.cpp - Interpreted code in il2cpp -------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// HybridCLR interprets hot-update assemblies, and il2cpp executes the others.
// The interpreter finds a bridge function by the signature of a method, and
// marshals nothing. (HybridCLR documentation, "MonoPInvokeCallback support")
//
//===----------------------------------------------------------------------===//

#include "Descriptions.h"

namespace ilbridge::runtime {

/// ResolvePInvokeMethod in transform/TransformContext.cpp looks up a function
/// by the library and the entry point of a P/Invoke, so a shim can know the
/// method. MarshalDelegate in libil2cpp/vm/PlatformInvoke.cpp creates function
/// pointers for delegates.
static Runtime withShims(Runtime R) {
  R.Conversions[static_cast<size_t>(Crossing::PInvoke)] = Conversion::Shimmed;
  R.ConvertsDelegates = true;
  return R;
}

llvm::ArrayRef<const Runtime *> hybridclr() {
  static const Runtime Interpreted = [] {
    const Runtime &Il2Cpp = *il2cpp().front();
    Runtime R = Il2Cpp;
    R.Name = "hybridclr";
    R.Title = "HybridCLR";
    R.Compiled = &Il2Cpp;
    R.Conversions = {Conversion::Unchanged, Conversion::Unchanged,
                     Conversion::Absent,    Conversion::Absent,
                     Conversion::Unchanged, Conversion::Unchanged,
                     Conversion::Absent};
    static const Runtime WithShims = withShims(R);
    R.WithShims = &WithShims;
    return R;
  }();
  static const Runtime *const Versions[] = {&Interpreted};
  return Versions;
}

} // namespace ilbridge::runtime
