//===- Main.cpp - The fuzzer for all targets ------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   fuzz --target=manifest [option of libFuzzer]… [folder of inputs]…
//
// libFuzzer passes options with two dashes on to the processes that it starts,
// and otherwise ignores them.
//
//===----------------------------------------------------------------------===//

#include "AssemblyMutator.h"
#include "Targets.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

using namespace ilbridge::fuzz;

namespace {

enum class Kind { Assembly, Bytes, Text };

struct Target {
  llvm::StringLiteral Name;
  Kind Inputs;
  void (*Run)(llvm::StringRef);
};

constexpr Target Targets[] = {
#define FUZZ_TARGET(NAME, KIND) {#NAME, Kind::KIND, NAME},
#include "Targets.def"
};

const Target *Chosen = nullptr;

} // namespace

/// LLVM's own libraries are built without sanitizers, so they reuse memory that
/// the inline functions of their headers have poisoned.
extern "C" const char *__asan_default_options() {
  return "allow_user_poisoning=0";
}

extern "C" int LLVMFuzzerInitialize(int *Count, char ***Arguments) {
  for (llvm::StringRef Argument : llvm::ArrayRef(*Arguments, *Count))
    if (Argument.consume_front("--target="))
      for (const Target &T : Targets)
        if (T.Name == Argument)
          Chosen = &T;
  if (!Chosen) {
    llvm::errs() << "usage: fuzz --target=NAME [option of libFuzzer]…; names:";
    for (const Target &T : Targets)
      llvm::errs() << ' ' << T.Name;
    llvm::errs() << '\n';
    std::exit(2);
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  Chosen->Run(llvm::StringRef(reinterpret_cast<const char *>(Data), Size));
  return 0;
}

extern "C" size_t LLVMFuzzerMutate(uint8_t *Data, size_t Size, size_t MaxSize);

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *Data, size_t Size,
                                          size_t MaxSize, unsigned Seed) {
  if (Chosen->Inputs == Kind::Assembly)
    if (size_t New = mutateAssembly(Data, Size, MaxSize, Seed))
      return New;
  return LLVMFuzzerMutate(Data, Size, MaxSize);
}
