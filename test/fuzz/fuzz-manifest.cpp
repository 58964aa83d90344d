//===- fuzz-manifest.cpp - Manifests from anywhere ------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whatever the text says: it is refused, or it makes a model that can be
// lowered, laid out and written, and whose text gives the same text again.
//
//===----------------------------------------------------------------------===//

#include "ilbridge/managed/Layout.h"
#include "ilbridge/managed/Lowering.h"
#include "ilbridge/managed/Manifest.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

using namespace ilbridge;
using namespace ilbridge::managed;

static void lower(const Method &M, Lowering &Lowers) {
  auto Both = [&](const Parameter &P, bool IsResult) {
    for (Marshalling How : {Marshalling::PInvoke, Marshalling::None})
      if (Lowered L = Lowers.lower(P, How, M.Import.Chars, IsResult))
        (void)ManagedLayout(DataModel()).of(*L.Ty);
  };
  for (const Parameter &P : M.Sig.Params)
    Both(P, false);
  Both(M.Sig.Result, true);
}

static std::string write(Model &M) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  M.sort();
  writeManifest(M, M.Assemblies.front(), OS);
  return Text;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  llvm::StringRef Text(reinterpret_cast<const char *>(Data), Size);
  Model First;
  if (llvm::Error E = readManifest({Text, "fuzz"}, First)) {
    llvm::consumeError(std::move(E));
    return 0;
  }
  TypeContext Types;
  Lowering Lowers(Types);
  for (const Method &M : First.Imports)
    lower(M, Lowers);
  for (const Callback &C : First.Callbacks)
    lower(C.Target, Lowers);

  std::string Written = write(First);
  Model Second;
  if (llvm::Error E = readManifest({Written, "written"}, Second)) {
    llvm::errs() << E << '\n' << Written;
    std::abort();
  }
  if (write(Second) != Written) {
    llvm::errs() << Written << "---\n" << write(Second);
    std::abort();
  }
  return 0;
}
