//===- BridgeDialect.h - Which bridge tables HybridCLR takes ----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Versions of HybridCLR declare the tables of generated bridge files in
// different ways and compute other keys. Versions that do the same have one
// dialect, which is described as data: by what differs from the dialect before
// it. The backend of HybridCLR asks these questions and knows no version.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_RUNTIME_BRIDGEDIALECT_H
#define ILBRIDGE_RUNTIME_BRIDGEDIALECT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/VersionTuple.h"

namespace ilbridge::runtime {

struct BridgeDialect {
  llvm::StringRef Name;     ///< as `--dialect` takes it: "7.4"
  llvm::StringRef Versions; ///< for messages: "7.4 to 7.10"
  /// The first version that has it; empty if no version is found by its number.
  llvm::VersionTuple Since;
  /// Whether the runtime computes the token of a struct from its layout (up to
  /// 3.4), for one family of ABIs, or looks it up by the struct's name.
  bool IsClassic = false;
  /// The bytes that the key of a row can have.
  size_t MaxKey = 0;

  // Reverse P/Invoke wrappers.
  /// They stand in ReversePInvokeMethodStub.cpp, in hybridclr::metadata.
  bool HasReverseFile = false;
  /// Their keys begin with the letter of the calling convention.
  bool HasReverseConventions = false;
  /// The file includes what makes a foreign thread known to the runtime.
  bool AttachesThreads = false;

  // Structural dialects.
  bool HasConstTables = false;
  /// The type of the first parameter of functions that call a function pointer,
  /// as it stands before the name; empty: there is no table of these.
  llvm::StringRef FunctionPointer;
  /// The interpreter calls P/Invokes of hot-update assemblies.
  bool CallsImports = false;

  // Classic dialects.
  /// The tokens of the runtime's documentation of 2022, and not those that a
  /// runtime computes.
  bool HasDocumentedNames = false;
  /// Universal64 has tokens for HFAs, as Arm64 has them always.
  bool HasVectorsOnUniversal64 = false;
  /// The number of elements from which on a struct is an HFA.
  unsigned MinVector = 1;
  /// WebGL32 tells structs without fields apart.
  bool HasEmptyStructs = false;
  /// WebGL32 tells structs with overlaid fields apart, too, and passes a struct
  /// of one scalar as that scalar.
  bool HasScalarStructs = false;
};

/// All dialects, the newest first.
llvm::ArrayRef<BridgeDialect> bridgeDialects();
/// The dialect of that name; null if there is none.
const BridgeDialect *findBridgeDialect(llvm::StringRef Name);
/// The dialect that a version of HybridCLR has; null if there was no such
/// version.
const BridgeDialect *bridgeDialectOf(const llvm::VersionTuple &Version);
/// The oldest dialect that has a property, which at least one of them has.
const BridgeDialect &
firstBridgeDialect(llvm::function_ref<bool(const BridgeDialect &)> Has);
/// The newest dialect of a generation.
const BridgeDialect &newestBridgeDialect(bool IsClassic);

} // namespace ilbridge::runtime

#endif // ILBRIDGE_RUNTIME_BRIDGEDIALECT_H
