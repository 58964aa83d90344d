//===- DebugDirectory.cpp - Debug information of a PE file ----------------===//
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

static constexpr char DirectoryFormat[] = "PE-COFF, Debug Directory";
static constexpr uint32_t CodeView = 2, EmbeddedPortablePdb = 17;

DebugDirectory readDebugDirectory(const Module &M) {
  DebugDirectory Result;
  ByteReader R(M.debugDirectory(), DirectoryFormat);
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
    ByteReader Data(File.slice(Offset, Size), DirectoryFormat);
    if (Type == CodeView && !Result.PdbID) {
      // The record consists of "RSDS", a GUID, an age and a path.
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

/// The maximum ratio of deflate: one compressed byte expands to at most this
/// many.
static constexpr uint64_t MaxRatio = 1032;

/// Inflates \p From, which has no header, to exactly the bytes of \p To.
static bool inflateRaw(ArrayRef<uint8_t> From, llvm::MutableArrayRef<char> To) {
  z_stream Stream{};
  Stream.next_in = const_cast<uint8_t *>(From.data());
  Stream.avail_in = From.size();
  Stream.next_out = reinterpret_cast<Bytef *>(To.data());
  Stream.avail_out = To.size();
  int Status = inflateInit2(&Stream, -MAX_WBITS);
  if (Status == Z_OK) {
    Status = inflate(&Stream, Z_FINISH);
    inflateEnd(&Stream);
  }
  return Status == Z_STREAM_END && !Stream.avail_out;
}

std::unique_ptr<llvm::MemoryBuffer> inflateSource(ArrayRef<uint8_t> Embedded,
                                                  uint64_t MaxSize) {
  ByteReader R(Embedded, DirectoryFormat);
  // 0 means that the text follows uncompressed; otherwise it is the inflated
  // size.
  auto Format = R.read<int32_t>();
  ArrayRef<uint8_t> Bytes = R.rest();
  if (R.failed() || Format < 0 || Bytes.size() > MaxSize ||
      static_cast<uint64_t>(Format) >
          std::min(MaxSize, Bytes.size() * MaxRatio))
    return nullptr;
  if (!Format)
    return llvm::MemoryBuffer::getMemBufferCopy(llvm::toStringRef(Bytes));
  auto Result = llvm::WritableMemoryBuffer::getNewUninitMemBuffer(Format);
  return inflateRaw(Bytes, Result->getBuffer()) ? std::move(Result) : nullptr;
}

llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
inflateEmbeddedPdb(const Module &M, ArrayRef<uint8_t> Embedded) {
  constexpr uint32_t MaxSize = 256 << 20;
  ByteReader R(Embedded, DirectoryFormat);
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
  if (!inflateRaw(R.rest(), Result->getBuffer()))
    return M.file().error(SizeAt, DirectoryFormat,
                          "an embedded PDB cannot be inflated");
  return Result;
}

} // namespace ilbridge::ecma335
