//===- MethodBody.h - The instructions of a method --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads IL, and interprets none of it: which methods a body calls, which types
// and fields it names, what its local variables are.
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
/// 0xFE and a second one.
enum class Opcode : uint16_t {
#define OPCODE(VALUE, NAME, MNEMONIC, OPERAND) NAME = VALUE,
#include "ilbridge/ecma335/Opcodes.def"
};

/// The operand behind the opcode (III.1.2 and the instructions' pages).
enum class OperandKind : uint8_t {
  Invalid, ///< no such instruction
  None,
  Int8,
  UInt8, ///< of the prefixes unaligned. and no.
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

/// \returns what \p Op is followed by; Invalid for a number that is no opcode.
OperandKind operandKind(Opcode Op);
/// \returns "ldarg.0"; empty for a number that is no opcode.
llvm::StringRef mnemonic(Opcode Op);

struct Instruction {
  uint32_t Offset = 0; ///< from the first instruction, in bytes
  uint32_t Size = 0;   ///< with its operand, in bytes
  Opcode Op{};
  OperandKind Operand = OperandKind::None;
  /// Int8 to Int64, UInt8 and Var: the number, sign-extended where it has a
  /// sign. Float: the bits. Branch: the target's offset. Switch: the number of
  /// targets. A token: Token::raw().
  uint64_t Value = 0;
  /// Switch: the targets, as distances from the next instruction.
  llvm::ArrayRef<uint8_t> Targets;

  /// The operand where it is a token (Method, Field, Type, AnyToken,
  /// Signature, String); no row otherwise.
  Token token() const {
    return Operand >= OperandKind::Method ? Token(uint32_t(Value)) : Token();
  }
  /// Switch: the offset of target \p I. It can lie outside of the body.
  int64_t target(uint32_t I) const;
};
/// Prints "IL_0012: call 0x0a000003".
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const Instruction &I);

/// The header of a body and where its parts are (II.25.4).
struct MethodBody {
  bool IsTiny = false;
  bool InitLocals = false;
  uint16_t MaxStack = 8;
  /// StandAloneSig; no row: there are no local variables.
  Token LocalVarSig;
  llvm::ArrayRef<uint8_t> Code;
  /// From behind the code to the end of the image's section, if more parts
  /// follow: see readExceptionClauses().
  llvm::ArrayRef<uint8_t> MoreSections;
};

/// Reads the body at \p RVA (II.25.4).
/// \returns an error where it is not inside of the file.
/// \param NamedAt for the error: where in the file the address stands.
llvm::Expected<MethodBody> readMethodBody(const Module &M, uint32_t RVA,
                                          const uint8_t *NamedAt = nullptr);
/// Reads the body of a method, if it has one in IL: not an abstract method, a
/// P/Invoke, an internal call, or one compiled to native code.
llvm::Expected<std::optional<MethodBody>> readMethodBody(const Module &M,
                                                         MethodDefRid Method);

/// Goes through a body, from the first instruction to the last.
class InstructionReader {
public:
  InstructionReader(const FileView &File, const MethodBody &Body)
      : File(&File), Code(Body.Code) {}

  bool atEnd() const { return At >= Code.size(); }
  /// \returns the next instruction. An error (no such opcode, the body ends
  /// within an operand) puts the reader at the end.
  llvm::Expected<Instruction> next();

private:
  llvm::Error fail(uint32_t Where, const char *Rule);

  const FileView *File;
  llvm::ArrayRef<uint8_t> Code;
  uint32_t At = 0;
};

/// II.25.4.6. Offsets and lengths in bytes from the first instruction; they can
/// lie outside of the body.
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

/// Reads the clauses of a body, small and fat ones (II.25.4.5).
/// \returns an error where a section is not inside of the file.
llvm::Expected<llvm::SmallVector<ExceptionClause, 4>>
readExceptionClauses(const FileView &File, const MethodBody &Body);

} // namespace ilbridge::ecma335

#endif // ILBRIDGE_ECMA335_METHODBODY_H
