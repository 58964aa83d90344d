//===- CallConventions.cpp - Calling conventions in metadata --------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MetadataImport.h"
#include "llvm/ADT/StringSwitch.h"

using namespace ilbridge::ecma335;
using llvm::StringRef;

namespace ilbridge::managed {

CharSet charSet(unsigned Flags) { return static_cast<CharSet>(Flags & 3); }

void CallConvs::add(StringRef Name) {
  auto Convention = llvm::StringSwitch<std::optional<CallingConvention>>(Name)
                        .Case("CallConvCdecl", CallingConvention::C)
                        .Case("CallConvStdcall", CallingConvention::StdCall)
                        .Case("CallConvThiscall", CallingConvention::ThisCall)
                        .Case("CallConvFastcall", CallingConvention::FastCall)
                        .Case("CallConvSwift", CallingConvention::Swift)
                        .Default(std::nullopt);
  if (!Stated)
    Stated = Convention;
  IsOfMember |= Name == "CallConvMemberFunction";
  SuppressesGCTransition |= Name == "CallConvSuppressGCTransition";
}

void CallConvs::add(const AttributeArguments &Arguments) {
  const AttributeValue *Array = Arguments.find("CallConvs");
  if (!Array)
    return;
  // "Ns.Name, Assembly, Version=…"
  for (const AttributeValue &V : Array->Elements) {
    StringRef Full = V.Text.split(',').first;
    add(Full.substr(Full.rfind('.') + 1));
  }
}

std::optional<CallingConvention> CallConvs::convention() const {
  // A member function without another convention has the default convention of
  // members in the platform's C++ compiler.
  if (!Stated && IsOfMember)
    return CallingConvention::ThisCall;
  return Stated;
}

std::optional<CallingConvention> convention(const Assembly &A,
                                            const MethodSig &Sig) {
  switch (Sig.convention()) {
  case SignatureKind::C:
    return CallingConvention::C;
  case SignatureKind::StdCall:
    return CallingConvention::StdCall;
  case SignatureKind::ThisCall:
    return CallingConvention::ThisCall;
  case SignatureKind::FastCall:
    return CallingConvention::FastCall;
  case SignatureKind::Unmanaged: {
    CallConvs All;
    for (const CustomMod &M : Sig.ReturnType->mods())
      if (AssemblySet::Name N = AssemblySet::nameOf(A, M.Type);
          N.Namespace == "System.Runtime.CompilerServices")
        All.add(N.Name);
    return All.convention();
  }
  default:
    return CallingConvention::Managed;
  }
}

std::optional<CallingConvention> convention(unsigned InteropConvention) {
  switch (InteropConvention) {
  case 2:
    return CallingConvention::C;
  case 3:
    return CallingConvention::StdCall;
  case 4:
    return CallingConvention::ThisCall;
  case 5:
    return CallingConvention::FastCall;
  default:
    return std::nullopt; // Winapi
  }
}

} // namespace ilbridge::managed
