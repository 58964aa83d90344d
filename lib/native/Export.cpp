//===- Export.cpp - Exported functions ------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/native/Export.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::native {

static constexpr llvm::StringRef KindNames[ExportKindCount] = {
    "export",    "internal_call",    "newobj",
    "intrinsic", "newobj_intrinsic", "function_pointer"};

llvm::StringRef name(ExportKind K) {
  return KindNames[static_cast<unsigned>(K)];
}

std::optional<ExportKind> exportKind(llvm::StringRef Name) {
  for (unsigned I = 0; I != std::size(KindNames); ++I)
    if (KindNames[I] == Name)
      return static_cast<ExportKind>(I);
  return std::nullopt;
}

llvm::raw_ostream &operator<<(llvm::raw_ostream &OS,
                              const DeclaredFunction &F) {
  OS << F.Decl.qualifiedName() << '(';
  llvm::ListSeparator Comma;
  for (const Value &Param : F.declaredParams())
    OS << Comma << Param.Spelling;
  return OS << ')';
}

} // namespace ilbridge::native
