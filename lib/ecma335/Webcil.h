//===- Webcil.h - Assemblies for the web ------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Webcil is .NET's format of assemblies for browsers, because firewalls block
// PE files. It consists of the sections and a header of 28 bytes. Since .NET 8
// it is the second data segment of a WebAssembly module. (.NET,
// docs/design/mono/webcil.md)
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_ECMA335_WEBCIL_H
#define ILBRIDGE_LIB_ECMA335_WEBCIL_H

#include "ilbridge/ecma335/FileView.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <vector>

namespace ilbridge::ecma335 {

struct WebcilImage {
  struct Section {
    uint32_t RVA;
    uint32_t VirtualSize;
    llvm::ArrayRef<uint8_t> Bytes;
  };
  std::vector<Section> Sections;
  uint32_t CLIHeaderRVA = 0;
  const uint8_t *CLIDirectory = nullptr; ///< position of CLIHeaderRVA
};

/// Reads the header of a Webcil file, either directly or in a WebAssembly
/// module. It is an error if the file has another format or is truncated.
llvm::Expected<WebcilImage> readWebcil(const FileView &File);

} // namespace ilbridge::ecma335

#endif // ILBRIDGE_LIB_ECMA335_WEBCIL_H
