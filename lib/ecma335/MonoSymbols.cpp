//===- MonoSymbols.cpp - Debug information of Mono's compiler -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Name.dll.mdb begins with a table of offsets, which are all relative to the
// beginning of the file:
//
//   methods: token, data, line numbers ─▶ data: unit ─▶ unit: source ─▶ name
//
// Numbers in the data are LEB128.
//
//===----------------------------------------------------------------------===//

#include "ByteReader.h"
#include "ilbridge/ecma335/DebugInfo.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace ilbridge::ecma335 {

using llvm::ArrayRef;
using llvm::Error;
using llvm::Expected;

static constexpr char MonoFormat[] = "Mono symbol file 50.0";

namespace {

class SymbolReader {
public:
  explicit SymbolReader(const FileView &File) : File(File) {}
  Error open(const Guid &Mvid);
  Expected<DebugInfo> read();

private:
  struct Table {
    uint32_t Count = 0;
    ArrayRef<uint8_t> Rows;
  };
  ByteReader at(uint32_t Offset) const {
    return ByteReader(Offset < File.Bytes.size() ? File.Bytes.drop_front(Offset)
                                                 : ArrayRef<uint8_t>(),
                      MonoFormat);
  }
  Table table(uint32_t Count, uint32_t Offset, unsigned RowSize) const;
  Error readSources(DebugInfo &Out);
  std::optional<uint32_t> sourceOf(uint32_t Unit) const;
  std::optional<uint32_t> firstLine(uint32_t Offset, uint32_t &Source) const;

  const FileView &File;
  Table Units, Sources, Methods;
  int32_t LineBase = 0, LineRange = 0, OpcodeBase = 0;
};

} // namespace

/// Reads an unsigned LEB128 number, which has 7 bits in each byte. Only the
/// lowest 32 bits are used.
static uint32_t leb128(ByteReader &R) {
  uint32_t Value = 0;
  for (unsigned Shift = 0; Shift < 35; Shift += 7) {
    uint8_t Byte = R.byte();
    if (Shift < 32)
      Value |= uint32_t(Byte & 0x7F) << Shift;
    if (!(Byte & 0x80))
      return Value;
  }
  R.fail("a LEB128 number is too long");
  return 0;
}

static int32_t signedLeb128(ByteReader &R) {
  uint32_t Value = 0;
  for (unsigned Shift = 0; Shift < 35; Shift += 7) {
    uint8_t Byte = R.byte();
    if (Shift < 32)
      Value |= uint32_t(Byte & 0x7F) << Shift;
    if (!(Byte & 0x80)) {
      if (Byte & 0x40 && Shift + 7 < 32)
        Value |= ~uint32_t(0) << (Shift + 7);
      return static_cast<int32_t>(Value);
    }
  }
  R.fail("a LEB128 number is too long");
  return 0;
}

/// Omits rows outside of the file.
SymbolReader::Table SymbolReader::table(uint32_t Count, uint32_t Offset,
                                        unsigned RowSize) const {
  size_t Room = Offset < File.Bytes.size() ? File.Bytes.size() - Offset : 0;
  Table T;
  T.Count = std::min<size_t>(Count, Room / RowSize);
  if (T.Count)
    T.Rows = File.Bytes.slice(Offset, size_t(T.Count) * RowSize);
  return T;
}

Error SymbolReader::open(const Guid &Mvid) {
  ByteReader R = at(0);
  if (R.read<uint64_t>() != 0x45E82623FD7FA614)
    R.fail(File.Bytes.begin(), "not a symbol file of Mono");
  const uint8_t *VersionAt = R.position();
  auto Major = R.read<uint32_t>();
  R.read<uint32_t>();
  if (Major != 50)
    R.fail(VersionAt, "only version 50 of the format is known");
  ArrayRef<uint8_t> Own = R.bytes(16);
  R.skip(3 * 4); // the file's size, and the data's offset and size
  auto UnitCount = R.read<uint32_t>(), UnitOffset = R.read<uint32_t>();
  R.read<uint32_t>();
  auto SourceCount = R.read<uint32_t>(), SourceOffset = R.read<uint32_t>();
  R.read<uint32_t>();
  auto MethodCount = R.read<uint32_t>(), MethodOffset = R.read<uint32_t>();
  R.read<uint32_t>();
  R.skip(4 * 4); // the number of types, and anonymous scopes
  LineBase = R.read<int32_t>();
  LineRange = R.read<int32_t>();
  OpcodeBase = R.read<int32_t>();
  if (R.failed())
    return R.takeError(File);
  if (Own != ArrayRef<uint8_t>(Mvid.Bytes))
    return File.error(Own.begin(), MonoFormat,
                      "these are the symbols of another build of the assembly");
  Units = table(UnitCount, UnitOffset, 8);
  Sources = table(SourceCount, SourceOffset, 8);
  Methods = table(MethodCount, MethodOffset, 12);
  return Error::success();
}

Error SymbolReader::readSources(DebugInfo &Out) {
  // Rows can share a name, so a small file could contain names with very many
  // bytes in total.
  constexpr size_t MaxName = 4096;
  const size_t MaxNames = 4 * File.Bytes.size() + 65536;
  size_t Names = 0;
  ByteReader Rows(Sources.Rows, MonoFormat);
  for (uint32_t I = 0; I != Sources.Count; ++I) {
    Rows.read<uint32_t>(); // Index
    ByteReader Data = at(Rows.read<uint32_t>());
    uint32_t Length = leb128(Data);
    ArrayRef<uint8_t> Name = Data.bytes(Length);
    if (Data.failed())
      return Data.takeError(File);
    Out.Documents.push_back(llvm::toStringRef(Name).take_front(MaxName).str());
    if ((Names += Out.Documents.back().size()) > MaxNames)
      return File.error(nullptr, MonoFormat,
                        "the names of sources are too long");
  }
  return Error::success();
}

/// Returns the index of the source from which a unit was compiled. Units are
/// counted from 1.
std::optional<uint32_t> SymbolReader::sourceOf(uint32_t Unit) const {
  if (Unit == 0 || Unit > Units.Count)
    return std::nullopt;
  ByteReader Row(Units.Rows.slice((Unit - 1) * size_t(8), 8), MonoFormat);
  Row.read<uint32_t>(); // Index
  ByteReader Data = at(Row.read<uint32_t>());
  uint32_t Source = leb128(Data);
  if (Data.failed() || Source == 0 || Source > Sources.Count)
    return std::nullopt;
  return Source;
}

/// Returns the first line in the line number program at \p Offset. Changes \p
/// Source if the program names another source.
std::optional<uint32_t> SymbolReader::firstLine(uint32_t Offset,
                                                uint32_t &Source) const {
  ByteReader R = at(Offset);
  int64_t Line = 1;
  auto Result = [&]() -> std::optional<uint32_t> {
    if (R.failed() || Line < 1 || Line > INT32_MAX)
      return std::nullopt;
    return Line;
  };
  // There is a limit, because many methods can share a program.
  constexpr unsigned MaxOpcodes = 64;
  for (unsigned I = 0; I != MaxOpcodes && !R.failed(); ++I) {
    uint8_t Opcode = R.byte();
    if (Opcode >= OpcodeBase) {
      if (LineRange <= 0)
        return std::nullopt;
      Line += LineBase + (Opcode - int64_t(OpcodeBase)) % LineRange;
      return Result();
    }
    switch (Opcode) {
    case 0: { // an extended opcode, with its length before it
      uint8_t Length = R.byte();
      if (R.peek() == 1) // the end
        return std::nullopt;
      R.skip(Length);
      break;
    }
    case 1: // copy
      return Result();
    case 2: // advance_pc
      leb128(R);
      break;
    case 3: // advance_line
      Line += signedLeb128(R);
      break;
    case 4: // set_file
      Source = leb128(R);
      break;
    case 8: // const_add_pc
      break;
    default:
      return std::nullopt;
    }
  }
  return std::nullopt;
}

Expected<DebugInfo> SymbolReader::read() {
  DebugInfo Result;
  if (Error E = readSources(Result))
    return E;
  Result.Methods.resize(1);
  ByteReader Rows(Methods.Rows, MonoFormat);
  for (uint32_t I = 0; I != Methods.Count; ++I) {
    Token Method(Rows.read<uint32_t>());
    ByteReader Data = at(Rows.read<uint32_t>());
    auto Lines = Rows.read<uint32_t>();
    std::optional<uint32_t> Source = sourceOf(leb128(Data));
    // Only a hostile file contains a greater rid.
    constexpr uint32_t MaxRid = 1 << 20;
    if (!Source || Method.table() != TableID::MethodDef || !Method.rid() ||
        Method.rid() >= MaxRid)
      continue;
    std::optional<uint32_t> Line = firstLine(Lines, *Source);
    if (!Line || *Source == 0 || *Source > Sources.Count)
      continue;
    if (Result.Methods.size() <= Method.rid())
      Result.Methods.resize(Method.rid() + 1);
    Result.Methods[Method.rid()] = {*Source - 1, *Line, 1};
  }
  return Result;
}

Expected<DebugInfo> readMonoSymbols(llvm::MemoryBufferRef Buffer,
                                    const Guid &Mvid) {
  FileView File{Buffer.getBufferIdentifier(),
                llvm::arrayRefFromStringRef(Buffer.getBuffer())};
  SymbolReader R(File);
  if (Error E = R.open(Mvid))
    return E;
  return R.read();
}

} // namespace ilbridge::ecma335
