//===- Unfinished.cpp - Types that refer to themselves --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Unfinished.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::managed {

void Lowering::Unfinished::forget() {
  for (const RecordKey &Key : llvm::drop_begin(L.Provisional, Mark))
    L.Records.erase(Key);
  L.Provisional.resize(Mark);
}

Lowered Lowering::Unfinished::finish(Lowered Result,
                                     const runtime::Consulted &Asked,
                                     std::optional<RecordKey> Key) {
  if (!Result) {
    forget();
    return Result;
  }
  if (L.Outermost < Level) {
    if (Key)
      L.Provisional.push_back(*Key);
    return Result;
  }
  if (L.Provisional.size() == Mark)
    return Result;
  if (haveTooManyParts(llvm::dyn_cast<RecordType>(Result.Ty))) {
    forget();
    return tooManyParts();
  }
  for (const RecordKey &Each : llvm::drop_begin(L.Provisional, Mark))
    L.Records[Each].Asked |= Asked;
  L.Provisional.resize(Mark);
  return Result;
}

/// Recounts the values of records that were made while others were unfinished.
bool Lowering::Unfinished::haveTooManyParts(const RecordType *Made) {
  auto TooMany = [&](const RecordType &R) { return count(R) > MaxParts; };
  for (const RecordKey &Each : llvm::drop_begin(L.Provisional, Mark))
    L.PartsOf.erase(llvm::cast<RecordType>(L.Records[Each].Record.Ty));
  if (Made)
    L.PartsOf.erase(Made);
  return llvm::any_of(llvm::drop_begin(L.Provisional, Mark),
                      [&](const RecordKey &Each) {
                        return TooMany(
                            *llvm::cast<RecordType>(L.Records[Each].Record.Ty));
                      }) ||
         (Made && TooMany(*Made));
}

uint64_t Lowering::Unfinished::count(const RecordType &R) {
  auto Found = L.PartsOf.find(&R);
  if (Found != L.PartsOf.end())
    return Found->second;
  uint64_t Parts = 0;
  for (const ilbridge::Field &F : R.Fields) {
    const ilbridge::Type *Inner = F.Ty;
    while (const auto *A = llvm::dyn_cast<ArrayType>(Inner))
      Inner = A->element();
    const auto *Record = llvm::dyn_cast<RecordType>(Inner);
    Parts += Record ? std::max<uint64_t>(1, count(*Record)) : 1;
  }
  Parts = std::min<uint64_t>(Parts, MaxParts + 1);
  L.PartsOf[&R] = Parts;
  return Parts;
}

} // namespace ilbridge::managed
