//===- BridgeDialect.h - Bridge tables of HybridCLR's versions --*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Versions of HybridCLR declare the tables of generated bridge files in
// different ways and compute different keys. Versions that do the same share
// one dialect, which is described as data: the differences from the previous
// dialect. The backend of HybridCLR queries these data and does not depend on
// versions.
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
  llvm::StringRef Name;     ///< value of `--dialect`: "7.4"
  llvm::StringRef Versions; ///< for messages: "7.4 to 7.10"
  /// The first version with this dialect; empty if no version number leads to
  /// it.
  llvm::VersionTuple Since;
  /// Whether the runtime computes the token of a struct from its layout, for
  /// one family of ABIs (up to 3.4), or looks it up by the struct's name.
  bool IsClassic = false;
  /// The maximum length of a row's key, in bytes.
  size_t MaxKey = 0;

  // Reverse P/Invoke wrappers. They are in ReversePInvokeMethodStub.cpp, in
  // hybridclr::metadata.
  bool HasReverseFile = false;
  /// Whether their keys begin with the letter of the calling convention.
  bool HasReverseConventions = false;
  /// Whether the file contains the code that attaches a foreign thread to the
  /// runtime.
  bool AttachesThreads = false;

  // Structural dialects.
  bool HasConstTables = false;
  /// The type of the first parameter of functions that call a function pointer,
  /// as it is written before the name; empty if there is no table of such
  /// functions.
  llvm::StringRef FunctionPointer;
  /// Whether the interpreter calls P/Invokes of hot-update assemblies.
  bool CallsImports = false;

  // Classic dialects. Whether tokens are those of the runtime's documentation
  // of 2022 instead of those that a runtime computes.
  bool HasDocumentedNames = false;
  /// Whether Universal64 has tokens for HFAs, as Arm64 always has.
  bool HasVectorsOnUniversal64 = false;
  /// The minimum number of elements of a struct that is an HFA.
  unsigned MinVector = 1;
  /// Whether WebGL32 distinguishes structs without fields.
  bool HasEmptyStructs = false;
  /// Whether WebGL32 also distinguishes structs with overlapping fields, and
  /// passes a struct with one scalar as that scalar.
  bool HasScalarStructs = false;
};

/// All dialects, newest first.
llvm::ArrayRef<BridgeDialect> bridgeDialects();
/// Returns the dialect with that name; null if there is none.
const BridgeDialect *findBridgeDialect(llvm::StringRef Name);
/// Returns the dialect of a version of HybridCLR; null if there is no such
/// version.
const BridgeDialect *bridgeDialectOf(const llvm::VersionTuple &Version);
/// Returns the oldest dialect with a property, which at least one dialect must
/// have.
const BridgeDialect &
firstBridgeDialect(llvm::function_ref<bool(const BridgeDialect &)> Has);
/// Returns the newest dialect of a generation.
const BridgeDialect &newestBridgeDialect(bool IsClassic);

} // namespace ilbridge::runtime

#endif // ILBRIDGE_RUNTIME_BRIDGEDIALECT_H
