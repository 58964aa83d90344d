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

/// The lines between which HybridCLR's generator writes.
inline constexpr llvm::StringLiteral RegionBegin = "//!!!{{CODE";
inline constexpr llvm::StringLiteral RegionEnd = "//!!!}}CODE";

/// The text before and behind the region of a new file.
struct FileFrame {
  std::string Before, After;
};

/// MethodBridge.cpp of HybridCLR 4.0 and later.
FileFrame structuralFrame(const runtime::BridgeDialect &D);
/// \param IsDevelopment for its first line, by which Unity's build sees that
/// the file was made for another kind of build.
std::string printStructuralBridges(const StructuralTables &T,
                                   const SharedTypes &Values,
                                   const runtime::BridgeDialect &D,
                                   bool IsDevelopment);
/// ReversePInvokeMethodStub.cpp of versions that have it.
FileFrame structuralReverseFrame(const runtime::BridgeDialect &D);
std::string printStructuralReverseWrappers(const StructuralTables &T,
                                           const SharedTypes &Values,
                                           const runtime::BridgeDialect &D);

/// MethodBridge_{abi}.cpp of HybridCLR up to 3.4.
FileFrame classicFrame(AbiFamily F);
std::string printClassicBridges(const ClassicTables &T,
                                const SharedTypes &Values);
/// ReversePInvokeMethodStub_{abi}.cpp of HybridCLR up to 3.4.
FileFrame classicReverseFrame(AbiFamily F);
std::string printClassicReverseWrappers(const ClassicTables &T,
                                        const SharedTypes &Values);

} // namespace ilbridge::hybridclr

#endif // ILBRIDGE_HYBRIDCLR_TEXT_H
