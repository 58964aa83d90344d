//===- Outputs.cpp - The files of the outputs of a project ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Outputs.h"
#include "NativeSide.h"
#include "ilbridge/rewrite/Files.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace ilbridge::driver {

llvm::Error recoverOutputs(const Project &P) {
  llvm::Error Problems = llvm::Error::success();
  auto Recover = [&](llvm::StringRef File) {
    Problems = llvm::joinErrors(std::move(Problems), rewrite::recover(File));
  };
  bool WritesSources = false;
  for (const OutputSpec &Spec : P.Outputs) {
    Recover(Spec.File);
    WritesSources |= Spec.Options.flag(emit::OutputOptionID::InSource);
  }
  if (!WritesSources)
    return Problems;
  auto Sources = sourceFiles(P);
  if (!Sources)
    return llvm::joinErrors(std::move(Problems), Sources.takeError());
  for (const std::string &Path : *Sources)
    Recover(Path);
  return Problems;
}

llvm::Error checkStandardOutput(const Project &P, bool HasData) {
  size_t Texts = HasData;
  for (const OutputSpec &Spec : P.Outputs)
    Texts += rewrite::isStandardOutput(Spec.File);
  if (Texts <= 1)
    return llvm::Error::success();
  return llvm::createStringError(
      "standard output is given twice: an output is written there, and so is "
      "another output, what --format asks for or a diff");
}

} // namespace ilbridge::driver
