//===- DebugDirectory.cpp - Where a PE file's debug information is --------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ByteReader.h"
#include "ilbridge/ecma335/DebugInfo.h"
#include "llvm/ADT/StringExtras.h"
#include <zlib.h>

namespace ilbridge::ecma335 {

using llvm::ArrayRef;

static constexpr char Section[] = "PE-COFF, Debug Directory";
static constexpr uint32_t CodeView = 2, EmbeddedPortablePdb = 17;

DebugDirectory readDebugDirectory(const Module &M) {
  DebugDirectory Result;
  ByteReader R(M.debugDirectory(), Section);
  constexpr size_t EntrySize = 28;
  while (R.remaining() >= EntrySize) {
    R.read<uint32_t>(); // Characteristics
    auto Stamp = R.bytes(4);
    R.read<uint32_t>(); // MajorVersion, MinorVersion
    auto Type = R.read<uint32_t>();
    auto Size = R.read<uint32_t>();
    R.read<uint32_t>(); // AddressOfRawData
    auto Offset = R.read<uint32_t>();
    ArrayRef<uint8_t> File = M.file().Bytes;
    if (Offset > File.size() || File.size() - Offset < Size)
      continue;
    ByteReader Data(File.slice(Offset, Size), Section);
    if (Type == CodeView && !Result.PdbID) {
      // "RSDS", a GUID, an age, a path.
      if (llvm::toStringRef(Data.bytes(4)) != "RSDS")
        continue;
      std::array<uint8_t, 20> ID{};
      ArrayRef<uint8_t> Guid = Data.bytes(16);
      Data.read<uint32_t>();
      if (Data.failed())
        continue;
      llvm::copy(Guid, ID.begin());
      llvm::copy(Stamp, ID.begin() + 16);
      Result.PdbID = ID;
      Result.PdbPath = llvm::toStringRef(Data.rest())
                           .take_until([](char C) { return C == 0; })
                           .str();
    } else if (Type == EmbeddedPortablePdb && Result.Embedded.empty()) {
      Result.Embedded = Data.rest();
    }
  }
  return Result;
}

llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
inflateEmbeddedPdb(const Module &M, ArrayRef<uint8_t> Embedded) {
  constexpr uint32_t MaxSize = 256 << 20;
  // No deflated byte stands for more.
  constexpr uint64_t MaxRatio = 1032;
  ByteReader R(Embedded, Section);
  if (llvm::toStringRef(R.bytes(4)) != "MPDB")
    R.fail(Embedded.begin(), "an embedded PDB does not start with MPDB");
  const uint8_t *SizeAt = R.position();
  auto Size = R.read<uint32_t>();
  if (Size > MaxSize || Size > R.remaining() * MaxRatio)
    R.fail(SizeAt, "an embedded PDB is too large");
  if (R.failed())
    return R.takeError(M.file());
  auto Result = llvm::WritableMemoryBuffer::getNewUninitMemBuffer(
      Size, M.file().Name + " (embedded PDB)");
  z_stream Stream{};
  Stream.next_in = const_cast<uint8_t *>(R.position());
  Stream.avail_in = R.remaining();
  Stream.next_out = reinterpret_cast<Bytef *>(Result->getBufferStart());
  Stream.avail_out = Size;
  int Status = inflateInit2(&Stream, -MAX_WBITS); // no header before the data
  if (Status == Z_OK) {
    Status = inflate(&Stream, Z_FINISH);
    inflateEnd(&Stream);
  }
  if (Status != Z_STREAM_END || Stream.avail_out)
    return M.file().error(R.position(), Section,
                          "an embedded PDB cannot be inflated");
  return Result;
}

} // namespace ilbridge::ecma335
