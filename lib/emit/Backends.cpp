//===- Backends.cpp - All backends by name --------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CxxType.h"
#include "ilbridge/emit/Emit.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::emit {

static constexpr BackendInfo Backends[] = {
    {"leanclr", "invokers and registration for LeanCLR",
     match::Marshaller::Invoker, emitLeanCLR},
    {"table", "a constant table of imports, for any runtime with a resolver",
     match::Marshaller::Runtime, emitTable},
    {"hybridclr", "bridge functions for HybridCLR, from assemblies alone",
     match::Marshaller::Runtime, nullptr},
};

llvm::ArrayRef<BackendInfo> backends() { return Backends; }

const BackendInfo *findBackend(llvm::StringRef Name) {
  for (const BackendInfo &B : Backends)
    if (B.Name == Name)
      return &B;
  return nullptr;
}

bool isQualifiedName(llvm::StringRef Text) {
  llvm::SmallVector<llvm::StringRef, 4> Parts;
  Text.split(Parts, "::");
  return llvm::all_of(Parts, isIdentifier);
}

} // namespace ilbridge::emit
