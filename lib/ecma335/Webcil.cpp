//===- Webcil.cpp - Assemblies for the web --------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The WebAssembly module is read here and not by llvm::object::WasmObjectFile,
// because that class ends the process if a number is malformed.
//
//===----------------------------------------------------------------------===//

#include "Webcil.h"
#include "ByteReader.h"
#include "ilbridge/ecma335/Module.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/LEB128.h"

namespace ilbridge::ecma335 {

using llvm::ArrayRef;
using llvm::Expected;
using llvm::StringRef;

static constexpr StringRef WebcilMagic("WbIL", 4);
static constexpr StringRef WasmMagic("\0asm", 4);

bool isImage(StringRef Magic) {
  return Magic.starts_with("MZ") || Magic.starts_with(WebcilMagic) ||
         Magic.starts_with(WasmMagic);
}

/// Reads a number of WebAssembly (WebAssembly specification, "Integers"). For a
/// malformed number, returns a value that exceeds every limit.
static uint64_t number(ByteReader &R) {
  const char *Malformed = nullptr;
  unsigned Size = 0;
  uint64_t Value = llvm::decodeULEB128(
      R.position(), &Size, R.position() + R.remaining(), &Malformed);
  if (Malformed) {
    R.fail(R.position(), "invalid number in a WebAssembly module");
    return 0;
  }
  R.skip(Size);
  return Value;
}

/// Returns the second data segment; the first one contains its size.
static Expected<ArrayRef<uint8_t>> payload(const FileView &File) {
  ByteReader R(File.Bytes, "WebAssembly specification, Data Section");
  R.skip(8); // magic and version
  while (!R.failed() && R.remaining()) {
    enum { DataSection = 11, Passive = 1 };
    unsigned ID = R.byte();
    uint64_t Size = number(R);
    if (ID != DataSection) {
      R.skip(Size);
      continue;
    }
    uint64_t Count = number(R);
    for (uint64_t I = 0; I != Count && !R.failed(); ++I) {
      if (number(R) != Passive)
        break;
      ArrayRef<uint8_t> Segment = R.bytes(number(R));
      if (I == 1 && !R.failed() &&
          llvm::toStringRef(Segment).starts_with(WebcilMagic))
        return Segment;
    }
    break;
  }
  if (R.failed())
    return R.takeError(File);
  return llvm::make_error<NoMetadataError>(
      File.Name, 0, "WebAssembly specification",
      "this WebAssembly module has no assembly in it, which would be Webcil in "
      "its second data segment");
}

Expected<WebcilImage> readWebcil(const FileView &File) {
  ArrayRef<uint8_t> Bytes = File.Bytes;
  if (llvm::toStringRef(Bytes).starts_with(WasmMagic)) {
    Expected<ArrayRef<uint8_t>> Payload = payload(File);
    if (!Payload)
      return Payload.takeError();
    Bytes = *Payload;
  }
  ByteReader R(Bytes, "Webcil");
  if (!llvm::toStringRef(Bytes).starts_with(WebcilMagic))
    return File.error(Bytes.begin(), "Webcil", "this does not start with WbIL");
  R.skip(WebcilMagic.size());
  const uint8_t *VersionAt = R.position();
  auto Major = R.read<uint16_t>();
  R.read<uint16_t>(); // minor version
  auto SectionCount = R.read<uint16_t>();
  R.read<uint16_t>(); // reserved
  WebcilImage Image;
  Image.CLIDirectory = R.position();
  Image.CLIHeaderRVA = R.read<uint32_t>();
  R.skip(12); // the CLI header's size, and the debug directory
  if (Major == 1)
    R.skip(4); // the offset of the function table
  else if (Major != 0)
    R.fail(VersionAt, "this version of Webcil is not known; expected 0 or 1");
  for (unsigned I = 0; I != SectionCount && !R.failed(); ++I) {
    WebcilImage::Section S;
    S.VirtualSize = R.read<uint32_t>();
    S.RVA = R.read<uint32_t>();
    uint64_t Size = R.read<uint32_t>();
    uint64_t Begin = R.read<uint32_t>();
    // A truncated file still has the beginnings of the sections.
    Begin = std::min<uint64_t>(Begin, Bytes.size());
    Size = std::min<uint64_t>(Size, Bytes.size() - Begin);
    S.Bytes = Bytes.slice(Begin, Size);
    Image.Sections.push_back(S);
  }
  if (R.failed())
    return R.takeError(File);
  return Image;
}

} // namespace ilbridge::ecma335
