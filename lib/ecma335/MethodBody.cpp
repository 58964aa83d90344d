//===- MethodBody.cpp - The instructions of a method ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/ecma335/MethodBody.h"
#include "ByteReader.h"
#include "ilbridge/ecma335/Module.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <array>

namespace ilbridge::ecma335 {

using llvm::ArrayRef;
using llvm::Expected;
using llvm::StringRef;

//===----------------------------------------------------------------------===//
// Opcodes
//===----------------------------------------------------------------------===//

/// The first byte of a two-byte instruction.
static constexpr uint8_t Prefix = 0xFE;

namespace {
/// All one-byte instructions, and all two-byte instructions by their second
/// byte.
struct OpcodeTable {
  std::array<OperandKind, 256> Operand{};
  std::array<const char *, 256> Mnemonic{};
};
} // namespace

template <bool TwoBytes> static consteval OpcodeTable makeTable() {
  OpcodeTable T;
#define OPCODE(VALUE, NAME, MNEMONIC, OPERAND)                                 \
  if ((VALUE > 0xFF) == TwoBytes) {                                            \
    T.Operand[VALUE & 0xFF] = OperandKind::OPERAND;                            \
    T.Mnemonic[VALUE & 0xFF] = MNEMONIC;                                       \
  }
#include "ilbridge/ecma335/Opcodes.def"
  return T;
}
static constexpr OpcodeTable OneByte = makeTable<false>();
static constexpr OpcodeTable TwoBytes = makeTable<true>();

static const OpcodeTable *tableOf(Opcode Op) {
  unsigned High = static_cast<unsigned>(Op) >> 8;
  return High == 0 ? &OneByte : High == Prefix ? &TwoBytes : nullptr;
}

OperandKind operandKind(Opcode Op) {
  const OpcodeTable *T = tableOf(Op);
  return T ? T->Operand[static_cast<unsigned>(Op) & 0xFF]
           : OperandKind::Invalid;
}

StringRef mnemonic(Opcode Op) {
  const OpcodeTable *T = tableOf(Op);
  return T ? StringRef(T->Mnemonic[static_cast<unsigned>(Op) & 0xFF])
           : StringRef();
}

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

Expected<MethodBody> readMethodBody(const Module &M, uint32_t RVA,
                                    const uint8_t *NamedAt) {
  auto Bytes = M.bytesAt(RVA, NamedAt);
  if (!Bytes)
    return Bytes.takeError();

  MethodBody Body;
  ByteReader R(*Bytes, "ECMA-335 II.25.4");
  enum { FormatMask = 3, Tiny = 2, Fat = 3, MoreSects = 8, InitLocals = 16 };
  unsigned First = R.byte();
  switch (First & FormatMask) {
  case Tiny:
    Body.IsTiny = true;
    Body.Code = R.bytes(First >> 2);
    break;
  case Fat: {
    unsigned HeaderSize = (R.byte() >> 4) * 4;
    Body.InitLocals = First & InitLocals;
    Body.MaxStack = R.read<uint16_t>();
    auto CodeSize = R.read<uint32_t>();
    Body.LocalVarSig = Token(R.read<uint32_t>());
    if (HeaderSize < 12)
      R.fail(Bytes->begin(), "the header of a method has at least 12 bytes");
    else
      R.skip(HeaderSize - 12);
    Body.Code = R.bytes(CodeSize);
    if (First & MoreSects)
      Body.MoreSections = R.rest();
    break;
  }
  default:
    R.fail(Bytes->begin(), "invalid first byte of a method body");
    break;
  }
  if (R.failed())
    return R.takeError(M.file());
  return Body;
}

Expected<std::optional<MethodBody>> readMethodBody(const Module &M,
                                                   MethodDefRid Method) {
  auto Row = M.row(Method);
  if (!Row)
    return Row.takeError();
  if (Row->RVA == 0 ||
      field(Row->ImplFlags, MethodImplAttributes::CodeTypeMask) !=
          MethodImplAttributes::IL)
    return std::nullopt;
  auto Body = readMethodBody(M, Row->RVA, M.rowBytes(Method).begin());
  if (!Body)
    return Body.takeError();
  return *Body;
}

//===----------------------------------------------------------------------===//
// Instructions
//===----------------------------------------------------------------------===//

llvm::Error InstructionReader::fail(uint32_t Where, const char *Rule) {
  At = Code.size();
  return File->error(Code.begin() + Where, "ECMA-335 III.1.2", Rule);
}

Expected<Instruction> InstructionReader::next() {
  assert(!atEnd());
  Instruction I;
  I.Offset = At;
  ByteReader R(Code.drop_front(At), "ECMA-335 III.1.2");
  unsigned Op = R.byte();
  const OpcodeTable *Table = &OneByte;
  if (Op == Prefix) {
    Op = R.byte();
    Table = &TwoBytes;
    I.Op = static_cast<Opcode>(Prefix << 8 | Op);
  } else {
    I.Op = static_cast<Opcode>(Op);
  }
  I.Operand = Table->Operand[Op];

  // The target of a branch is relative to the next instruction.
  auto Next = [&] { return int64_t(R.position() - Code.begin()); };
  switch (I.Operand) {
  case OperandKind::Invalid:
    return fail(I.Offset, "unknown opcode");
  case OperandKind::None:
    break;
  case OperandKind::Int8:
    I.Value = int64_t(int8_t(R.byte()));
    break;
  case OperandKind::UInt8:
  case OperandKind::Var8:
    I.Value = R.byte();
    break;
  case OperandKind::Var16:
    I.Value = R.read<uint16_t>();
    break;
  case OperandKind::Int32:
    I.Value = int64_t(int32_t(R.read<uint32_t>()));
    break;
  case OperandKind::Branch8: {
    auto Distance = int8_t(R.byte());
    I.Value = Next() + Distance;
    break;
  }
  case OperandKind::Branch32: {
    auto Distance = int32_t(R.read<uint32_t>());
    I.Value = Next() + Distance;
    break;
  }
  case OperandKind::Int64:
  case OperandKind::Float64:
    I.Value = R.read<uint64_t>();
    break;
  case OperandKind::Switch:
    I.Value = R.read<uint32_t>();
    I.Targets = R.bytes(I.Value * sizeof(int32_t));
    break;
  case OperandKind::Float32:
  case OperandKind::Method:
  case OperandKind::Field:
  case OperandKind::Type:
  case OperandKind::AnyToken:
  case OperandKind::Signature:
  case OperandKind::String:
    I.Value = R.read<uint32_t>();
    break;
  }
  if (R.failed())
    return fail(I.Offset, "the method ends within an instruction");
  At = R.position() - Code.begin();
  I.Size = At - I.Offset;
  return I;
}

int64_t Instruction::target(uint32_t I) const {
  uint32_t Distance = llvm::support::endian::read32le(
      Targets.slice(size_t(I) * sizeof(int32_t), sizeof(int32_t)).data());
  return int64_t(Offset) + Size + int32_t(Distance);
}

static void printLabel(llvm::raw_ostream &OS, int64_t Offset) {
  OS << (Offset < 0 ? "IL_-" : "IL_")
     << llvm::format_hex_no_prefix(Offset < 0 ? -Offset : Offset, 4);
}

llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const Instruction &I) {
  printLabel(OS, I.Offset);
  OS << ": " << mnemonic(I.Op);
  switch (I.Operand) {
  case OperandKind::Invalid:
  case OperandKind::None:
    return OS;
  case OperandKind::Int8:
  case OperandKind::Int32:
  case OperandKind::Int64:
    return OS << ' ' << static_cast<int64_t>(I.Value);
  case OperandKind::UInt8:
  case OperandKind::Var8:
  case OperandKind::Var16:
    return OS << ' ' << I.Value;
  case OperandKind::Float32:
    return OS << ' '
              << llvm::format("%.9g", double(llvm::bit_cast<float>(
                                          static_cast<uint32_t>(I.Value))));
  case OperandKind::Float64:
    return OS << ' ' << llvm::format("%.17g", llvm::bit_cast<double>(I.Value));
  case OperandKind::Branch8:
  case OperandKind::Branch32:
    OS << ' ';
    printLabel(OS, static_cast<int64_t>(I.Value));
    return OS;
  case OperandKind::Switch: {
    OS << " (";
    for (uint32_t T = 0; T != I.Value; ++T) {
      OS << (T ? ", " : "");
      printLabel(OS, I.target(T));
    }
    return OS << ')';
  }
  case OperandKind::Method:
  case OperandKind::Field:
  case OperandKind::Type:
  case OperandKind::AnyToken:
  case OperandKind::Signature:
  case OperandKind::String:
    return OS << ' ' << I.token();
  }
  return OS;
}

//===----------------------------------------------------------------------===//
// Exception handling
//===----------------------------------------------------------------------===//

Expected<llvm::SmallVector<ExceptionClause, 4>>
readExceptionClauses(const FileView &File, const MethodBody &Body) {
  llvm::SmallVector<ExceptionClause, 4> Clauses;
  enum { EHTable = 0x01, KindMask = 0x3F, FatFormat = 0x40, MoreSects = 0x80 };
  ByteReader R(Body.MoreSections, "ECMA-335 II.25.4.5");
  unsigned Kind = Body.MoreSections.empty() ? 0 : MoreSects;
  while (Kind & MoreSects) {
    // Each section starts at a multiple of four bytes.
    R.skip(llvm::offsetToAlignment(File.offset(R.position()), llvm::Align(4)));
    const uint8_t *Start = R.position();
    Kind = R.byte();
    bool Fat = Kind & FatFormat;
    size_t Size = R.byte();
    uint32_t High = R.read<uint16_t>(); // reserved in a small section
    if (Fat)
      Size |= High << 8;
    if ((Kind & KindMask) != EHTable) {
      if (Size < 4)
        R.fail(Start, "a section has at least the four bytes of its header");
      R.skip(Size - 4);
      continue;
    }
    // Some compilers include the header in the size and others do not. Rounding
    // down gives the number of clauses in both cases, as in the runtimes.
    size_t ClauseSize = Fat ? 24 : 12;
    ByteReader Section(R.bytes(Size / ClauseSize * ClauseSize),
                       "ECMA-335 II.25.4.6");
    while (!Section.atEnd()) {
      auto Wide = [&] { return Section.read<uint32_t>(); };
      auto Half = [&]() -> uint32_t { return Section.read<uint16_t>(); };
      auto Byte = [&]() -> uint32_t { return Section.byte(); };
      ExceptionClause C;
      C.Flags = Fat ? Wide() : Half();
      C.TryOffset = Fat ? Wide() : Half();
      C.TryLength = Fat ? Wide() : Byte();
      C.HandlerOffset = Fat ? Wide() : Half();
      C.HandlerLength = Fat ? Wide() : Byte();
      uint32_t Last = Wide();
      if (C.Flags == ExceptionClause::Exception)
        C.Class = Token(Last);
      else if (C.Flags == ExceptionClause::Filter)
        C.FilterOffset = Last;
      Clauses.push_back(C);
    }
  }
  if (R.failed())
    return R.takeError(File);
  return Clauses;
}

} // namespace ilbridge::ecma335
