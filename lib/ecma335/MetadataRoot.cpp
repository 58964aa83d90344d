//===- MetadataRoot.cpp - The streams of metadata -------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MetadataRoot.h"
#include "ByteReader.h"
#include "llvm/Support/MathExtras.h"

namespace ilbridge::ecma335 {

using llvm::ArrayRef;
using llvm::StringRef;

llvm::Expected<MetadataRoot> readMetadataRoot(const FileView &File,
                                              ArrayRef<uint8_t> Metadata) {
  MetadataRoot Root;
  ByteReader R(Metadata, "ECMA-335 II.24.2.1");
  if (R.read<uint32_t>() != 0x424A5342)
    R.fail(Metadata.begin(), "the metadata does not start with BSJB");
  R.read<uint16_t>(); // MajorVersion
  R.read<uint16_t>(); // MinorVersion
  R.read<uint32_t>(); // Reserved
  auto VersionLength = R.read<uint32_t>();
  // The computation has 64 bits, because the length can be any number, and
  // alignTo would wrap.
  ArrayRef<uint8_t> Bytes = R.bytes(llvm::alignTo(uint64_t(VersionLength), 4));
  Root.Version =
      StringRef(reinterpret_cast<const char *>(Bytes.data()), Bytes.size())
          .take_until([](char C) { return C == 0; });
  R.read<uint16_t>(); // Flags
  auto StreamCount = R.read<uint16_t>();

  for (unsigned I = 0; I != StreamCount && !R.failed(); ++I) {
    const uint8_t *HeaderAt = R.position();
    auto Offset = R.read<uint32_t>();
    auto Size = R.read<uint32_t>();
    StringRef Name(reinterpret_cast<const char *>(R.position()),
                   std::min<size_t>(R.remaining(), 32));
    Name = Name.take_until([](char C) { return C == 0; });
    R.skip(llvm::alignTo(Name.size() + 1, 4));
    if (R.failed())
      break;
    if (Offset > Metadata.size() || Metadata.size() - Offset < Size)
      return File.error(HeaderAt, "ECMA-335 II.24.2.2",
                        "the stream " + Name.str() +
                            " is not inside of the metadata");
    ArrayRef<uint8_t> Stream = Metadata.slice(Offset, Size);
    // If a name occurs twice, as in the output of obfuscators, the last stream
    // of that name counts. The runtimes do the same.
    if (Name == "#~" || Name == "#-") {
      Root.Tables = Stream;
      Root.IsUncompressed = Name == "#-";
    } else if (Name == "#Strings") {
      Root.Strings = Stream;
    } else if (Name == "#US") {
      Root.UserStrings = Stream;
    } else if (Name == "#Blob") {
      Root.Blobs = Stream;
    } else if (Name == "#GUID") {
      Root.Guids = Stream;
    } else if (Name == "#Pdb") {
      Root.Pdb = Stream;
    }
  }
  if (R.failed())
    return R.takeError(File);
  if (!Root.Tables.data())
    return File.error(Metadata.begin(), "ECMA-335 II.24.2.2",
                      "the metadata has neither a stream #~ nor #-");
  return Root;
}

} // namespace ilbridge::ecma335
