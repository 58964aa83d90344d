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
/// The name in file names: "Arm64". --abi takes it as "arm64".
llvm::StringRef name(AbiFamily F);
std::optional<AbiFamily> abiFamily(llvm::StringRef Word);

/// The layout of a value in a family, in bytes.
struct ClassicLayout {
  uint64_t Size;
  uint64_t Align;
};

/// The way in which a value is passed: the token that the runtime computes for
/// it, and the C++ type that the runtime's headers have for that token.
struct ClassicType {
  enum Kind : uint8_t {
    Nothing, ///< void
    Number,  ///< fits in a slot, and StackObject has a member for it
    Address, ///< a number that is the argument's address
    Block,   ///< a number of bytes
  };
  std::string Token;
  std::string Type;
  uint64_t Size = 0; ///< in bytes
  Kind TheKind = Block;
  char Letter = 0; ///< of a Number: i, u or r

  bool isNumber() const { return TheKind == Number || TheKind == Address; }
  /// The member of StackObject that a number is stored to if the whole slot is
  /// written: "i64" for every signed integer.
  std::string slotMember() const;
  /// The member that has the width of the number.
  std::string exactMember() const;
};

/// Maps ABI classes to the types that pass them in a family. The layout of each
/// struct is computed once, even if many structs contain it.
class ClassicTypes {
public:
  ClassicTypes(SharedTypes &Types, AbiFamily F, const runtime::BridgeDialect &D)
      : Types(Types), F(F), D(D) {}
  ClassicLayout layout(ABIClass V);
  /// The type that passes a value, as a parameter or as a result.
  const ClassicType &type(ABIClass V, bool IsResult);

private:
  ClassicLayout layOut(const Structure &S);
  ClassicType makeType(ABIClass V, bool IsResult);
  ClassicType vector(ABIClass V, uint64_t Size);
  ClassicType onWebGL(ABIClass V, ClassicLayout L);
  ClassicType onArm64(ABIClass V, uint64_t Size, bool IsResult);

  SharedTypes &Types;
  AbiFamily F;
  const runtime::BridgeDialect &D;
  llvm::DenseMap<ABIClass, ClassicLayout> Known;
  std::map<std::pair<uint32_t, bool>, ClassicType> ByClass; ///< by raw()
};

struct ClassicTables : Rows {
  AbiFamily Family = AbiFamily::Arm64;
  std::unique_ptr<ClassicTypes> Types;
};

/// \p Findings gets the signatures that have no bridge, and the reasons.
ClassicTables makeClassicTables(BridgeRequirements &N, AbiFamily F,
                                const runtime::BridgeDialect &D,
                                DiagnosticList &Findings);

} // namespace ilbridge::hybridclr

#endif // ILBRIDGE_HYBRIDCLR_CLASSIC_H
