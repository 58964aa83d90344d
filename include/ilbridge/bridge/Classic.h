//===- Classic.h - Tables of HybridCLR up to 3.4 ----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The classic runtimes compute a signature's key from the types themselves, for
// one of four families of ABIs: how large a struct is, how it is aligned, and
// whether its fields travel in vector registers (HFA, AAPCS64 6.8.2).
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_BRIDGE_CLASSIC_H
#define ILBRIDGE_BRIDGE_CLASSIC_H

#include "ilbridge/bridge/Rows.h"
#include "ilbridge/runtime/BridgeDialect.h"

namespace ilbridge::bridge {

enum class AbiFamily : uint8_t { Arm64, Universal32, Universal64, WebGL32 };
/// As files are named: "Arm64"; as --abi takes it: "arm64".
llvm::StringRef name(AbiFamily F);
std::optional<AbiFamily> abiFamily(llvm::StringRef Word);

/// How a family lays a value out, in bytes.
struct ClassicLayout {
  uint64_t Size;
  uint64_t Align;
};

/// Maps values to the tokens of a family. Each struct is laid out once, however
/// often others contain it.
class ClassicTypes {
public:
  ClassicTypes(SharedTypes &Types, AbiFamily F) : Types(Types), F(F) {}
  ClassicLayout layout(Value V);
  /// The token of a value, as a parameter or as a result.
  std::string token(Value V, const runtime::BridgeDialect &D, bool IsResult);

private:
  ClassicLayout layOut(const Structure &S);

  SharedTypes &Types;
  AbiFamily F;
  llvm::DenseMap<Value, ClassicLayout> Known;
};

struct ClassicTables : Rows {
  AbiFamily Family = AbiFamily::Arm64;
};

/// \p Findings gets what has no bridge, and why.
ClassicTables makeClassicTables(Needs &N, AbiFamily F,
                                const runtime::BridgeDialect &D,
                                DiagnosticList &Findings);

} // namespace ilbridge::bridge

#endif // ILBRIDGE_BRIDGE_CLASSIC_H
