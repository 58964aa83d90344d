//===- HybridCLR.h - Bridge tables as C++ source ----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_EMIT_HYBRIDCLR_H
#define ILBRIDGE_EMIT_HYBRIDCLR_H

#include "ilbridge/bridge/Classic.h"
#include "ilbridge/bridge/Structural.h"

namespace ilbridge::emit {

/// A file of HybridCLR: only the region between its markers is generated.
struct BridgeText {
  std::string Before; ///< with the marker that begins the region
  std::string Region;
  std::string After; ///< with the marker that ends it

  std::string whole() const { return Before + Region + After; }
};
/// The lines between which HybridCLR's generator writes.
inline constexpr llvm::StringLiteral BridgeRegionBegin = "//!!!{{CODE";
inline constexpr llvm::StringLiteral BridgeRegionEnd = "//!!!}}CODE";

/// MethodBridge.cpp of HybridCLR 4.0 and later.
/// \param Development for its first line, by which Unity's build sees that the
/// file was made for another kind of build.
BridgeText emitStructuralBridges(const bridge::StructuralTables &T,
                                 bridge::SharedTypes &Types, bool Development);

/// MethodBridge_{abi}.cpp of HybridCLR up to 3.4.
BridgeText emitClassicBridges(const bridge::ClassicTables &T);
/// ReversePInvokeMethodStub_{abi}.cpp of HybridCLR up to 3.4.
BridgeText emitClassicReverseWrappers(const bridge::ClassicTables &T);

} // namespace ilbridge::emit

#endif // ILBRIDGE_EMIT_HYBRIDCLR_H
