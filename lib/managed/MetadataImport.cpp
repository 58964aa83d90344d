//===- MetadataImport.cpp - Common functions of all importers -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MetadataImport.h"

using namespace ilbridge::ecma335;
using llvm::StringRef;

namespace ilbridge::managed {

llvm::Expected<AttributeArguments>
readAttribute(AssemblySet &Set, Assembly &A, CustomAttributeRid R,
              llvm::BumpPtrAllocator &Allocator) {
  return readCustomAttribute(
      A.metadata(), R,
      [&](const EnumReference &E) { return Set.underlyingType(A, E); },
      Allocator);
}

bool disablesMarshalling(const Assembly &A) {
  return AssemblySet::findAttribute(A, Token(AssemblyRid(1)),
                                    "System.Runtime.CompilerServices",
                                    "DisableRuntimeMarshallingAttribute")
      .value();
}

Diagnostic malformed(Location Where, llvm::Error E) {
  std::string Rule, Place;
  llvm::handleAllErrors(
      std::move(E),
      [&](const FormatError &F) {
        Rule = F.rule().str();
        if (F.offset())
          Place = "byte " + std::to_string(F.offset()) + ", ";
        Place += F.section();
      },
      [&](const llvm::ErrorInfoBase &Other) {
        Rule = Other.message();
        Place = "ECMA-335 II.22";
      });
  return diagnose(DiagnosticID::InvalidMetadata, std::move(Where), Rule, Place);
}

Diagnostic malformed(const Assembly &A, const Method &User, llvm::Error E) {
  Location Where = User.Where;
  if (!Where.isValid())
    Where.File = A.path();
  return malformed(std::move(Where), std::move(E));
}

} // namespace ilbridge::managed
