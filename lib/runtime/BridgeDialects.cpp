//===- BridgeDialects.cpp - Bridge tables of versions of HybridCLR --------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The source of each fact is the public runtime at the tag of the version.
// interpreter/MethodBridge.h declares the tables and MethodBridge.cpp computes
// the keys; InterpreterModule.cpp, and up to 5.4 metadata/MetadataModule.cpp,
// look them up. Each fact was verified by compiling code against these headers.
//
//===----------------------------------------------------------------------===//

#include "ilbridge/runtime/BridgeDialect.h"
#include "llvm/ADT/STLExtras.h"
#include <vector>

namespace ilbridge::runtime {

static std::vector<BridgeDialect> describeDialects() {
  std::vector<BridgeDialect> All;
  // Adds a dialect that differs from Before in the members that Change sets.
  auto Add = [&](BridgeDialect D, llvm::StringRef Name,
                 llvm::StringRef Versions, llvm::VersionTuple Since,
                 llvm::function_ref<void(BridgeDialect &)> Change) {
    D.Name = Name;
    D.Versions = Versions;
    D.Since = Since;
    Change(D);
    All.push_back(D);
    return D;
  };
  using llvm::VersionTuple;

  BridgeDialect V1_0 =
      Add({}, "1.0", "1.x", VersionTuple(1, 0), [](BridgeDialect &D) {
        D.IsClassic = true;
        D.MaxKey = 997; // of 1,000
        D.HasReverseFile = true;
        D.HasVectorsOnUniversal64 = true;
        D.MinVector = 2;
      });
  BridgeDialect V2_0 = Add(V1_0, "2.0", "2.0 to 2.2", VersionTuple(2, 0, 1),
                           [](BridgeDialect &D) { D.HasEmptyStructs = true; });
  BridgeDialect V2_3 =
      Add(V2_0, "2.3", "2.3 to 3.0", VersionTuple(2, 3), [](BridgeDialect &D) {
        D.HasVectorsOnUniversal64 = false;
        D.MinVector = 1;
      });
  // It exists since 3.1, but the option has always had the name of the last
  // version.
  BridgeDialect V3_4 = Add(V2_3, "3.4", "3.1 to 3.4", VersionTuple(3, 1),
                           [](BridgeDialect &D) { D.HasScalarStructs = true; });
  Add(V3_4, "documented", "2022", VersionTuple(), [](BridgeDialect &D) {
    D.HasDocumentedNames = true;
    D.HasVectorsOnUniversal64 = true;
  });

  BridgeDialect V4_0 =
      Add({}, "4.0", "4.0 to 5.2", VersionTuple(4, 0), [](BridgeDialect &D) {
        D.MaxKey = 997; // of 1,000
        D.HasReverseFile = true;
      });
  BridgeDialect V5_3 = Add(V4_0, "5.3", "5.3", VersionTuple(5, 3),
                           [](BridgeDialect &D) { D.AttachesThreads = true; });
  BridgeDialect V5_4 =
      Add(V5_3, "5.4", "5.4", VersionTuple(5, 4),
          [](BridgeDialect &D) { D.HasReverseConventions = true; });
  BridgeDialect V6_0 =
      Add(V5_4, "6.0", "6.0 to 7.3", VersionTuple(6, 0), [](BridgeDialect &D) {
        D.HasConstTables = true;
        D.HasReverseFile = false;
      });
  BridgeDialect V7_4 =
      Add(V6_0, "7.4", "7.4 to 7.10", VersionTuple(7, 4),
          [](BridgeDialect &D) { D.FunctionPointer = "const void *"; });
  BridgeDialect V8_0 =
      Add(V7_4, "8.0", "8.0 to 8.4", VersionTuple(8, 0), [](BridgeDialect &D) {
        D.FunctionPointer = "Il2CppMethodPointer ";
        D.CallsImports = true;
      });
  Add(V8_0, "8.5", "8.5 and later", VersionTuple(8, 5),
      [](BridgeDialect &D) { D.MaxKey = 4093; }); // of 4,096
  std::reverse(All.begin(), All.end());
  return All;
}

llvm::ArrayRef<BridgeDialect> bridgeDialects() {
  static const std::vector<BridgeDialect> All = describeDialects();
  return All;
}

const BridgeDialect *findBridgeDialect(llvm::StringRef Name) {
  for (const BridgeDialect &D : bridgeDialects())
    if (D.Name == Name)
      return &D;
  return nullptr;
}

const BridgeDialect *bridgeDialectOf(const llvm::VersionTuple &Version) {
  for (const BridgeDialect &D : bridgeDialects())
    if (!D.Since.empty() && D.Since <= Version)
      return &D;
  return nullptr;
}

const BridgeDialect &
firstBridgeDialect(llvm::function_ref<bool(const BridgeDialect &)> Has) {
  return *llvm::find_if(llvm::reverse(bridgeDialects()), Has);
}

const BridgeDialect &newestBridgeDialect(bool IsClassic) {
  return *llvm::find_if(bridgeDialects(), [&](const BridgeDialect &D) {
    return D.IsClassic == IsClassic && !D.Since.empty();
  });
}

} // namespace ilbridge::runtime
