//===- ComparedRecords.cpp - Pairs of records, each compared once ---------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComparedRecords.h"

namespace ilbridge::match {

Verdict ComparedRecords::Pairs::compare(const RecordType &Managed,
                                        const RecordType &Native, RecordUse How,
                                        llvm::function_ref<Verdict()> Compare) {
  const Key Pair(&Managed, &Identity.of(Native), How);
  auto [It, IsNew] = Known.try_emplace(Pair);
  if (!IsNew)
    return It->second.value_or(Verdict::same());
  const size_t Outer = Assumed.size();
  Assumed.push_back(Pair);
  Verdict V = Compare();
  if (V == Verdict::Different) {
    // Discard the verdicts that assume that this pair is the same.
    for (const Key &Each : llvm::drop_begin(Assumed, Outer))
      Known.erase(Each);
    Assumed.resize(Outer);
  }
  Known[Pair] = V;
  if (!Outer)
    Assumed.clear();
  return V;
}

ComparedRecords::Pairs &ComparedRecords::on(const NativeTarget &Target,
                                            const TargetContext &On,
                                            runtime::Conversion Conversion,
                                            NativeSource Source) {
  for (Conditions &W : All)
    if (W.On == &On && W.Conversion == Conversion && W.Source == Source &&
        W.Difference == Target.difference() && W.Model == Target.model())
      return *W.Compared;
  return *All.emplace_back(Conditions{&On, Conversion, Source,
                                      Target.difference(), Target.model(),
                                      std::make_unique<Pairs>(Identity)})
              .Compared;
}

} // namespace ilbridge::match
