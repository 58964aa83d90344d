//===- Text.h - The text of bridge tables -----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_HYBRIDCLR_TEXT_H
#define ILBRIDGE_HYBRIDCLR_TEXT_H

#include "ilbridge/hybridclr/Classic.h"
#include "ilbridge/hybridclr/Structural.h"

namespace ilbridge::hybridclr {

/// HybridCLR's generator writes between these lines.
inline constexpr llvm::StringLiteral RegionBegin = "//!!!{{CODE";
inline constexpr llvm::StringLiteral RegionEnd = "//!!!}}CODE";

/// The text before and after the region of a new file.
struct FileFrame {
  std::string Before, After;
};

/// The frame of MethodBridge.cpp of HybridCLR 4.0 and later.
FileFrame structuralFrame(const runtime::BridgeDialect &D);
/// \param IsDevelopment determines the first line, by which Unity's build
/// detects that the file was generated for the other kind of build.
std::string printStructuralBridges(const StructuralTables &T,
                                   const SharedTypes &Classes,
                                   const runtime::BridgeDialect &D,
                                   bool IsDevelopment);
/// The frame of ReversePInvokeMethodStub.cpp of the versions that have it.
FileFrame structuralReverseFrame(const runtime::BridgeDialect &D);
std::string printStructuralReverseWrappers(const StructuralTables &T,
                                           const SharedTypes &Classes,
                                           const runtime::BridgeDialect &D);

/// The frame of MethodBridge_{abi}.cpp of HybridCLR up to 3.4.
FileFrame classicFrame(AbiFamily F);
std::string printClassicBridges(const ClassicTables &T,
                                const SharedTypes &Classes);
/// The frame of ReversePInvokeMethodStub_{abi}.cpp of HybridCLR up to 3.4.
FileFrame classicReverseFrame(AbiFamily F);
std::string printClassicReverseWrappers(const ClassicTables &T,
                                        const SharedTypes &Classes);

} // namespace ilbridge::hybridclr

#endif // ILBRIDGE_HYBRIDCLR_TEXT_H
