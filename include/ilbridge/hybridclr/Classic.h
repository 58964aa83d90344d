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

#ifndef ILBRIDGE_HYBRIDCLR_CLASSIC_H
#define ILBRIDGE_HYBRIDCLR_CLASSIC_H

#include "ilbridge/hybridclr/Rows.h"
#include "ilbridge/runtime/BridgeDialect.h"
#include <map>

namespace ilbridge::hybridclr {

enum class AbiFamily : uint8_t { Arm64, Universal32, Universal64, WebGL32 };
/// As files are named: "Arm64"; as --abi takes it: "arm64".
llvm::StringRef name(AbiFamily F);
std::optional<AbiFamily> abiFamily(llvm::StringRef Word);

/// How a family lays a value out, in bytes.
struct ClassicLayout {
  uint64_t Size;
  uint64_t Align;
};

/// How a value travels: the token that the runtime computes for it, and the C++
/// type that the runtime's headers have for that token.
struct Carrier {
  enum Kind : uint8_t {
    Nothing, ///< void
    Number,  ///< fits a slot and has a member of StackObject of its own
    Address, ///< a number that is the argument's address
    Block,   ///< so many bytes
  };
  std::string Token;
  std::string Type;
  uint64_t Size = 0; ///< in bytes
  Kind TheKind = Block;
  char Letter = 0; ///< of a Number: i, u or r

  bool isNumber() const { return TheKind == Number || TheKind == Address; }
  /// The member of StackObject that the number is stored to, all of the slot
  /// being written: "i64" for every signed integer.
  std::string slotMember() const;
  /// The member that is as wide as the number.
  std::string exactMember() const;
};

/// Maps values to what carries them in a family. Each struct is laid out once,
/// however often others contain it.
class ClassicTypes {
public:
  ClassicTypes(SharedTypes &Types, AbiFamily F, const runtime::BridgeDialect &D)
      : Types(Types), F(F), D(D) {}
  ClassicLayout layout(Value V);
  /// The carrier of a value, as a parameter or as a result.
  const Carrier &carrier(Value V, bool IsResult);

private:
  ClassicLayout layOut(const Structure &S);
  Carrier makeCarrier(Value V, bool IsResult);
  Carrier vector(Value V, uint64_t Size);
  Carrier onWebGL(Value V, ClassicLayout L);
  Carrier onArm64(Value V, uint64_t Size, bool IsResult);

  SharedTypes &Types;
  AbiFamily F;
  const runtime::BridgeDialect &D;
  llvm::DenseMap<Value, ClassicLayout> Known;
  std::map<std::pair<uint32_t, bool>, Carrier> Carriers; ///< by raw values
};

struct ClassicTables : Rows {
  AbiFamily Family = AbiFamily::Arm64;
  std::unique_ptr<ClassicTypes> Types;
};

/// \p Findings gets what has no bridge, and why.
ClassicTables makeClassicTables(Needs &N, AbiFamily F,
                                const runtime::BridgeDialect &D,
                                DiagnosticList &Findings);

} // namespace ilbridge::hybridclr

#endif // ILBRIDGE_HYBRIDCLR_CLASSIC_H
