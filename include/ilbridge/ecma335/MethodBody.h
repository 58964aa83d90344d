//===- MethodBody.h - The instructions of a method --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads IL without interpreting it: the methods that a body calls, the types
// and fields that it names, and its local variables.
//
//   InstructionReader Reader(M.file(), Body);
//   while (!Reader.atEnd()) {
//     Expected<Instruction> I = Reader.next();
//     if (!I)
//       return I.takeError();
//     if (Token T = I->token())
//       …
//   }
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_ECMA335_METHODBODY_H
#define ILBRIDGE_ECMA335_METHODBODY_H

#include "ilbridge/ecma335/FileView.h"
#include "ilbridge/ecma335/Token.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Error.h"
#include <optional>

namespace ilbridge::ecma335 {

class Module;

/// The instructions of partition III. The value is the encoding: one byte, or
/// 0xFE and a second byte.
enum class Opcode : uint16_t {
#define OPCODE(VALUE, NAME, MNEMONIC, OPERAND) NAME = VALUE,
#include "ilbridge/ecma335/Opcodes.def"
};

/// The kind of operand after the opcode (III.1.2 and the pages of the
/// instructions).
enum class OperandKind : uint8_t {
  Invalid, ///< not an instruction
  None,
  Int8,
  UInt8, ///< operand of the prefixes unaligned. and no.
  Int32,
  Int64,
  Float32,
  Float64,
  Var8, ///< the number of an argument or a local variable
  Var16,
  Branch8,
  Branch32,
  Switch,
  Method,    ///< MethodDef, MemberRef or MethodSpec
  Field,     ///< Field or MemberRef
  Type,      ///< TypeDef, TypeRef or TypeSpec
  AnyToken,  ///< one of the three above
  Signature, ///< StandAloneSig
  String,    ///< an offset into #US
};

/// \returns the kind of the operand after \p Op; Invalid for a number that is
/// not an opcode.
OperandKind operandKind(Opcode Op);
/// \returns the mnemonic, "ldarg.0"; empty for a number that is not an opcode.
llvm::StringRef mnemonic(Opcode Op);

struct Instruction {
  uint32_t Offset = 0; ///< from the first instruction, in bytes
  uint32_t Size = 0;   ///< with its operand, in bytes
  Opcode Op{};
  OperandKind Operand = OperandKind::None;
  /// Int8 to Int64, UInt8 and Var: the number, sign-extended if it is signed.
  /// Float: the bits. Branch: the target's offset. Switch: the number of
  /// targets. A token: Token::raw().
  uint64_t Value = 0;
  /// Switch: the targets, as distances from the next instruction.
  llvm::ArrayRef<uint8_t> Targets;

  /// The operand, if it is a token (Method, Field, Type, AnyToken, Signature,
  /// String); otherwise no row.
  Token token() const {
    return Operand >= OperandKind::Method ? Token(uint32_t(Value)) : Token();
  }
  /// Switch: the offset of target \p I. It can be outside of the body.
  int64_t target(uint32_t I) const;
};
/// Prints "IL_0012: call 0x0a000003".
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const Instruction &I);

/// The header of a body, and the locations of its parts (II.25.4).
struct MethodBody {
  bool IsTiny = false;
  bool InitLocals = false;
  uint16_t MaxStack = 8;
  /// StandAloneSig; no row if there are no local variables.
  Token LocalVarSig;
  llvm::ArrayRef<uint8_t> Code;
  /// The bytes from the end of the code to the end of the image's section, if
  /// more parts follow: see readExceptionClauses().
  llvm::ArrayRef<uint8_t> MoreSections;
};

/// Reads the body at \p RVA (II.25.4). It is an error if the body is not inside
/// of the file. \param NamedAt the position in the file that contains the
/// address, for the error.
llvm::Expected<MethodBody> readMethodBody(const Module &M, uint32_t RVA,
                                          const uint8_t *NamedAt = nullptr);
/// Reads the body of a method. Returns nullopt if it has no IL: it is abstract,
/// a P/Invoke, an internal call, or compiled to native code.
llvm::Expected<std::optional<MethodBody>> readMethodBody(const Module &M,
                                                         MethodDefRid Method);

/// Iterates over the instructions of a body, from the first to the last.
class InstructionReader {
public:
  InstructionReader(const FileView &File, const MethodBody &Body)
      : File(&File), Code(Body.Code) {}

  bool atEnd() const { return At >= Code.size(); }
  /// \returns the next instruction. After an error (an unknown opcode, or a
  /// body that ends within an operand), the reader is at the end.
  llvm::Expected<Instruction> next();

private:
  llvm::Error fail(uint32_t Where, const char *Rule);

  const FileView *File;
  llvm::ArrayRef<uint8_t> Code;
  uint32_t At = 0;
};

/// II.25.4.6. Offsets and lengths are in bytes from the first instruction. They
/// can be outside of the body.
struct ExceptionClause {
  enum Kind : uint32_t { Exception = 0, Filter = 1, Finally = 2, Fault = 4 };
  uint32_t Flags = 0;
  uint32_t TryOffset = 0;
  uint32_t TryLength = 0;
  uint32_t HandlerOffset = 0;
  uint32_t HandlerLength = 0;
  Token Class;               ///< Exception: TypeDef, TypeRef or TypeSpec
  uint32_t FilterOffset = 0; ///< Filter
};

/// Reads the small and fat clauses of a body (II.25.4.5). It is an error if a
/// section is not inside of the file.
llvm::Expected<llvm::SmallVector<ExceptionClause, 4>>
readExceptionClauses(const FileView &File, const MethodBody &Body);

} // namespace ilbridge::ecma335

#endif // ILBRIDGE_ECMA335_METHODBODY_H
