//===- Outputs.cpp - Plans of the outputs of a project --------------------===//
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

emit::OutputRequest request(const Project &P, const OutputSpec &Spec) {
  // Nobody knows in which folder the text of a stream is compiled.
  bool IsStream = rewrite::isStream(Spec.File);
  return {Spec.Options, Spec.File,
          IsStream ? P.WorkingDirectory
                   : llvm::sys::path::parent_path(Spec.File).str(),
          P.Root};
}

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
  auto Sources = sourceInputs(P);
  if (!Sources)
    return llvm::joinErrors(std::move(Problems), Sources.takeError());
  for (const native::ScanInput &Input : *Sources) {
    llvm::SmallString<256> Path(Input.Command.Filename);
    llvm::sys::fs::make_absolute(Input.Command.Directory, Path);
    Recover(Path);
  }
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

std::vector<std::unique_ptr<emit::Plan>> planBindings(Session &S) {
  std::vector<const emit::Backend *> Backends;
  for (const OutputSpec *Spec : S.compared())
    if (Spec && !llvm::is_contained(Backends, Spec->Backend))
      Backends.push_back(Spec->Backend);
  std::vector<std::unique_ptr<emit::Plan>> Plans;
  for (const OutputSpec *Spec : S.compared()) {
    if (!Spec)
      continue;
    llvm::ArrayRef<match::Binding> Bindings = S.compare(Spec).Bindings;
    std::vector<const runtime::Runtime *> Runtimes = S.runtimes(Spec);
    Plans.push_back(Spec->Backend->FromBindings(
        request(S.project(), *Spec),
        {Bindings, S.program(), S.model(), Runtimes, &S.threads()}));
    S.add(Plans.back()->takeFindings());
    S.add(emit::findUnserved(Backends, Bindings));
  }
  return Plans;
}

} // namespace ilbridge::driver
