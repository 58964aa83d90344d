//===- fuzz-bridge.cpp - Bridges for assemblies from anywhere -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whatever the metadata says: types in circles, generic types that grow within
// themselves, signatures of nonsense: tables are made of the rest, in bounded
// time and memory, and their text has no byte that a name brought in.
//
//===----------------------------------------------------------------------===//

#include "ilbridge/bridge/Needs.h"
#include "ilbridge/emit/Backend.h"
#include "llvm/Support/Error.h"
#include <sys/mman.h>
#include <unistd.h>

using namespace ilbridge;
using namespace ilbridge::bridge;

/// A file of these bytes that has a path as long as it is open.
static int makeFile(const uint8_t *Data, size_t Size) {
  int File = memfd_create("fuzz", 0);
  if (File >= 0 && write(File, Data, Size) == static_cast<ssize_t>(Size))
    return File;
  std::abort();
}

static void makeTables(const std::string &Path) {
  managed::TypeTable Types;
  managed::AssemblySet Set(Types, {});
  llvm::Expected<managed::Assembly *> A = Set.load(Path);
  if (!A)
    return llvm::consumeError(A.takeError());
  Needs N(Set);
  MethodSet::Limits Limits;
  Limits.Rounds = 3;
  Limits.Instances = 2000;
  N.addAOT({*A}, Limits);
  N.addHotUpdate(**A);
  N.finish();
  std::string Text;
  for (const char *Family : {"", "arm64", "webgl32"}) {
    emit::OutputRequest Request;
    if (*Family)
      llvm::cantFail(Request.Options.set(emit::OutputOptionID::Abi, Family));
    std::unique_ptr<emit::Plan> Plan = llvm::cantFail(
        emit::findBackend("hybridclr")->FromBridges(Request, {N, {}}));
    for (size_t I = 0; I != Plan->files().size(); ++I)
      Text += Plan->print(I);
  }
  for (char C : Text)
    if (static_cast<unsigned char>(C) < ' ' && C != '\n')
      std::abort();
  N.Findings.finish();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  int File = makeFile(Data, Size);
  makeTables("/proc/self/fd/" + std::to_string(File));
  close(File);
  return 0;
}
