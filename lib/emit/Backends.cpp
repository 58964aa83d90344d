//===- Backends.cpp - All backends by name --------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/emit/Backend.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using llvm::StringRef;

namespace ilbridge::emit {

using enum OutputOptionID;

static constexpr OutputOptionID LeanCLROptions[] = {Name, Region, ShortNames,
                                                    InSource};
static constexpr OutputOptionID TableOptions[] = {Name, Region};
static constexpr OutputOptionID HybridCLROptions[] = {Abi, Dialect,
                                                      Development};

static const Backend Backends[] = {
    {"leanclr", "invokers and registration for LeanCLR", "leanclr",
     LeanCLROptions, emitLeanCLR},
    {"table", "a constant table of imports, for any runtime with a resolver",
     "", TableOptions, emitTable},
    {"hybridclr", "bridge functions for HybridCLR, from assemblies alone",
     "hybridclr", HybridCLROptions, nullptr},
};

llvm::ArrayRef<Backend> backends() { return Backends; }

const Backend *findBackend(StringRef Name) {
  const Backend *Found =
      llvm::find_if(Backends, [&](const Backend &B) { return B.Name == Name; });
  return Found == std::end(Backends) ? nullptr : Found;
}

static std::string names(llvm::function_ref<bool(const Backend &)> Which) {
  std::string Names;
  llvm::ListSeparator Comma;
  for (const Backend &B : Backends)
    if (Which(B))
      Names += (StringRef(Comma) + B.Name).str();
  return Names;
}

std::string noSuchBackend(StringRef Name) {
  return ("there is no backend '" + Name + "'; the backends are " +
          names([](const Backend &) { return true; }))
      .str();
}

std::string understoodBy(const OutputOption &O) {
  return names([&](const Backend &B) { return B.understands(O.ID); });
}

std::string notUnderstood(const Backend &B, const OutputOption &O,
                          StringRef Shown) {
  return ("the backend '" + B.Name + "' does not understand '" + Shown +
          "', which is for " + understoodBy(O))
      .str();
}

} // namespace ilbridge::emit
