//===- Constant.cpp - Values of literal fields and defaults ---------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/ecma335/Constant.h"
#include "ByteReader.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::ecma335 {

llvm::Expected<ConstantValue> readConstant(const Module &M, ConstantRid Rid) {
  auto Row = M.row(Rid);
  if (!Row)
    return Row.takeError();
  auto Blob = M.blob(Row->Value);
  if (!Blob)
    return Blob.takeError();

  ByteReader R(*Blob, "ECMA-335 II.22.9");
  ConstantValue Result;
  switch (Row->Type) {
  case ELEMENT_TYPE_BOOLEAN:
    Result = R.byte() != 0;
    break;
  case ELEMENT_TYPE_CHAR:
    Result = static_cast<char16_t>(R.read<uint16_t>());
    break;
  case ELEMENT_TYPE_I1:
    Result = R.read<int8_t>();
    break;
  case ELEMENT_TYPE_U1:
    Result = R.read<uint8_t>();
    break;
  case ELEMENT_TYPE_I2:
    Result = R.read<int16_t>();
    break;
  case ELEMENT_TYPE_U2:
    Result = R.read<uint16_t>();
    break;
  case ELEMENT_TYPE_I4:
    Result = R.read<int32_t>();
    break;
  case ELEMENT_TYPE_U4:
    Result = R.read<uint32_t>();
    break;
  case ELEMENT_TYPE_I8:
    Result = R.read<int64_t>();
    break;
  case ELEMENT_TYPE_U8:
    Result = R.read<uint64_t>();
    break;
  case ELEMENT_TYPE_R4:
    Result = llvm::bit_cast<float>(R.read<uint32_t>());
    break;
  case ELEMENT_TYPE_R8:
    Result = llvm::bit_cast<double>(R.read<uint64_t>());
    break;
  case ELEMENT_TYPE_STRING:
    if (Blob->size() % 2 != 0)
      R.fail(Blob->begin(), "a UTF-16 string has an odd number of bytes");
    Result = Utf16{*Blob};
    break;
  case ELEMENT_TYPE_CLASS:
    // Compilers write four zero bytes here, which runtimes do not read.
    Result = std::monostate();
    break;
  default:
    R.fail(Blob->begin(), "a constant cannot be of this type");
    break;
  }
  if (R.failed())
    return R.takeError(M.file());
  return Result;
}

namespace {
struct Printer {
  llvm::raw_ostream &OS;

  void operator()(std::monostate) const { OS << "nullref"; }
  void operator()(bool V) const {
    OS << "bool(" << (V ? "true" : "false") << ')';
  }
  void operator()(char16_t V) const {
    OS << "char(" << llvm::format_hex(V, 6) << ')';
  }
  void operator()(int8_t V) const { OS << "int8(" << int(V) << ')'; }
  void operator()(uint8_t V) const { OS << "uint8(" << unsigned(V) << ')'; }
  void operator()(int16_t V) const { OS << "int16(" << V << ')'; }
  void operator()(uint16_t V) const { OS << "uint16(" << V << ')'; }
  void operator()(int32_t V) const { OS << "int32(" << V << ')'; }
  void operator()(uint32_t V) const { OS << "uint32(" << V << ')'; }
  void operator()(int64_t V) const { OS << "int64(" << V << ')'; }
  void operator()(uint64_t V) const { OS << "uint64(" << V << ')'; }
  void operator()(float V) const {
    OS << "float32(" << llvm::format("%.9g", double(V)) << ')';
  }
  void operator()(double V) const {
    OS << "float64(" << llvm::format("%.17g", V) << ')';
  }
  void operator()(const Utf16 &V) const {
    OS << '"';
    llvm::printEscapedString(V.utf8(), OS);
    OS << '"';
  }
};
} // namespace

llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const ConstantValue &V) {
  std::visit(Printer{OS}, V);
  return OS;
}

} // namespace ilbridge::ecma335
