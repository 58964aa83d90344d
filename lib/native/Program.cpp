//===- Program.cpp - The exports of all sources together ------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/native/Program.h"
#include "llvm/ADT/STLExtras.h"
#include <tuple>

namespace ilbridge::native {

/// Whether \p A and \p B, of the same symbol, are one function seen by two
/// sources: through the same declaration, or one of them only declares it.
static bool isSame(const Export &A, const Export &B) {
  return A.Decl.Where == B.Decl.Where || !A.IsDefinition || !B.IsDefinition ||
         (A.Decl.DeclaredIn &&
          A.Decl.DeclaredIn.File == B.Decl.DeclaredIn.File);
}

Program::Program(std::vector<Facts> AllFacts) : All(std::move(AllFacts)) {
  llvm::stable_sort(
      All, [](const Facts &A, const Facts &B) { return A.Source < B.Source; });
  for (const Facts &F : All)
    for (const Export &E : F.Exports) {
      Exports.push_back(&E);
      Origins[&E] = &F;
    }

  // A declaration in a header first, which is what others should include.
  auto Key = [](const Export *E) {
    return std::tuple(E->Symbol, E->Kind, E->ManagedName, !E->Decl.DeclaredIn,
                      E->Decl.Where);
  };
  llvm::stable_sort(Exports, [&](const Export *A, const Export *B) {
    return Key(A) < Key(B);
  });
  std::vector<const Export *> Unique;
  for (const Export *E : Exports) {
    const Export *Last = Unique.empty() ? nullptr : Unique.back();
    if (!Last || Last->Symbol != E->Symbol || Last->Kind != E->Kind ||
        Last->ManagedName != E->ManagedName || !isSame(*Last, *E))
      Unique.push_back(E);
  }
  Exports = std::move(Unique);
}

const Facts &Program::factsOf(const Export &E) const { return *Origins.at(&E); }

} // namespace ilbridge::native
