//===- Causes.cpp - Grouping of findings by cause -------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/diagnostic/Diagnostic.h"
#include "llvm/ADT/STLExtras.h"
#include <map>

namespace ilbridge {

/// Returns the member that a finding is about: its own location or that of a
/// note. Null if there is none.
static const Location *member(const Diagnostic &D) {
  if (!D.Where.Member.empty())
    return &D.Where;
  for (const Note &N : D.Notes)
    if (!N.Where.Member.empty())
      return &N.Where;
  return nullptr;
}

static Diagnostic group(llvm::ArrayRef<const Diagnostic *> All) {
  constexpr size_t MostUses = 8;
  const RootCause &Cause = *All.front()->Cause;
  Diagnostic D{All.front()->ID, All.front()->Level, Cause.Message,
               Cause.Where,     Cause.Notes,        {}};
  // All of them have the same cause, so the fix of one fixes all.
  for (const Note &N : All.front()->Notes)
    if (!N.Fixes.empty())
      D.Notes.push_back(N);
  size_t Uses = 0;
  for (const Diagnostic *Each : All) {
    const Location *Where = member(*Each);
    if (Uses++ < MostUses)
      D.note(Where ? *Where : Each->Where, Each->Cause->Use);
  }
  if (Uses > MostUses)
    D.note(Cause.Where,
           "and " + std::to_string(Uses - MostUses) + " more uses of it");
  return D;
}

std::vector<Diagnostic> groupByCause(llvm::ArrayRef<Diagnostic> Findings) {
  using Key = std::tuple<Location, llvm::StringRef, Severity>;
  std::map<Key, std::vector<const Diagnostic *>> ByCause;
  for (const Diagnostic &D : Findings)
    if (D.Cause)
      ByCause[{D.Cause->Where, D.Cause->Message, D.Level}].push_back(&D);
  std::vector<Diagnostic> Result;
  for (const Diagnostic &D : Findings) {
    if (!D.Cause) {
      Result.push_back(D);
      continue;
    }
    const auto &All = ByCause[{D.Cause->Where, D.Cause->Message, D.Level}];
    if (All.size() == 1)
      Result.push_back(D);
    else if (All.front() == &D)
      Result.push_back(group(All));
  }
  llvm::stable_sort(Result, [](const Diagnostic &A, const Diagnostic &B) {
    return A.Where < B.Where;
  });
  return Result;
}

} // namespace ilbridge
