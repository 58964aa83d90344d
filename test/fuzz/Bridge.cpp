//===- Bridge.cpp - Bridges of untrusted assemblies -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For any metadata (cyclic types, generic types that grow within themselves,
// meaningless signatures), tables are generated for the valid rest in bounded
// time and memory, and their text contains no bytes from names.
//
//===----------------------------------------------------------------------===//

#include "Neighbours.h"
#include "Targets.h"
#include "ilbridge/emit/Backend.h"
#include "ilbridge/hybridclr/BridgeRequirements.h"
#include "llvm/Support/Error.h"

using namespace ilbridge;
using namespace ilbridge::hybridclr;

void ilbridge::fuzz::bridge(llvm::StringRef Input) {
  managed::TypeTable Types;
  managed::AssemblySet Set(Types, {}, /*FilesMayChange=*/false,
                           withNeighbours(Input));
  llvm::Expected<managed::Assembly *> A = Set.load(InputPath);
  if (!A)
    return llvm::consumeError(A.takeError());
  BridgeRequirements N(Set);
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
