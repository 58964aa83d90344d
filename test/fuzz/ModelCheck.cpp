//===- ModelCheck.cpp - Invariants of models ------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModelCheck.h"
#include "ilbridge/managed/Layout.h"
#include "ilbridge/managed/Lowering.h"
#include "ilbridge/managed/Manifest.h"
#include "ilbridge/runtime/Runtime.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

using namespace ilbridge::managed;

namespace ilbridge::fuzz {

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

void checkModel(Model &M) {
  for (const runtime::Runtime *R : runtime::all()) {
    TypeContext Types;
    Lowering Lowers(Types, *R);
    for (const Method &Import : M.Imports)
      lower(Import, Lowers);
    for (const Callback &C : M.Callbacks)
      lower(C.Target, Lowers);
  }
  std::string Written = write(M);
  Model Again;
  if (llvm::Error E = readManifest({Written, "written"}, Again)) {
    llvm::errs() << E << '\n' << Written;
    std::abort();
  }
  if (write(Again) != Written) {
    llvm::errs() << Written << "---\n" << write(Again);
    std::abort();
  }
}

} // namespace ilbridge::fuzz
