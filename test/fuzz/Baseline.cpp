//===- Baseline.cpp - Untrusted baselines ---------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Any text is rejected, or its entries can be written and read again.
//
//===----------------------------------------------------------------------===//

#include "driver/Baseline.h"
#include "Targets.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

using namespace ilbridge;
using driver::Baseline;

void fuzz::baseline(llvm::StringRef Input) {
  llvm::Expected<Baseline> B = Baseline::read({Input, "fuzz"});
  if (!B)
    return llvm::consumeError(B.takeError());
  // Each entry that matches no finding is a finding, which a baseline can
  // contain.
  DiagnosticList Stale = B->stale();
  Stale.finish();
  B->apply(Stale);
  unsigned WithoutReason = 0;
  std::string Text = Baseline::text(Stale.all(), WithoutReason);
  llvm::Expected<Baseline> Again = Baseline::read({Text, "written"});
  if (Again)
    return;
  // The user still has to add the reason of a new entry.
  std::string Why = llvm::toString(Again.takeError());
  if (!WithoutReason) {
    llvm::errs() << Why << '\n' << Text;
    std::abort();
  }
}
