//===- Facts.cpp - Untrusted facts ----------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Any text, object file or library is rejected, or results in a model that can
// be printed, written, and read again as the same text.
//
//===----------------------------------------------------------------------===//

#include "Targets.h"
#include "ilbridge/match/FlatRecords.h"
#include "ilbridge/native/ObjectFacts.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

using namespace ilbridge;

static std::string write(const std::vector<native::Facts> &All,
                         native::OutsidePaths Outside) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  for (const native::Facts &F : All)
    native::writeFacts(F, Outside, OS);
  return Text;
}

using Read = llvm::Expected<std::vector<native::Facts>>;

static std::string text(Read &R) {
  return R ? write(*R, native::OutsidePaths::Absolute)
           : "error: " + llvm::toString(R.takeError());
}

/// Checks that a text has the same facts, or the same first error, when its
/// parts are read separately.
static void readInParts(llvm::StringRef Text) {
  constexpr size_t Least = 64;
  if (Text.size() < Least || Text.count("\"facts\"") < 2)
    return;
  llvm::SingleThreadExecutor Threads(llvm::hardware_concurrency(1));
  Read Whole = native::readFacts({Text, "fuzz"}),
       Parts = native::readFacts({Text, "fuzz"}, &Threads, Least);
  if (text(Whole) != text(Parts))
    std::abort();
}

static void check(llvm::StringRef Text) {
  auto First = native::readAnyFacts({Text, "fuzz"});
  if (!First) {
    llvm::consumeError(First.takeError());
    return;
  }
  for (const native::Facts &F : *First)
    for (const native::Export &E : F.Exports) {
      llvm::nulls() << E << *E.Result.Ty;
      for (const Value &Param : E.Params)
        if (const auto *R = llvm::dyn_cast<RecordType>(Param.Ty))
          (void)match::nativeLeaves(*R, F.Model);
    }
  for (auto Outside :
       {native::OutsidePaths::Absolute, native::OutsidePaths::Portable}) {
    std::string Written = write(*First, Outside);
    auto Second = native::readFacts({Written, "written"});
    if (!Second) {
      llvm::errs() << Second.takeError() << '\n' << Written;
      std::abort();
    }
    if (write(*Second, Outside) != Written)
      std::abort();
  }
}

void fuzz::facts(llvm::StringRef Input) {
  check(Input);
  readInParts(Input);
}
void fuzz::objects(llvm::StringRef Input) { check(Input); }
