//===- Plans.cpp - Plans of the outputs of a project ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Hosts inside Clang plan outputs too, so this file does not depend on the code
// that scans sources, which hosts do not link.
//
//===----------------------------------------------------------------------===//

#include "Outputs.h"
#include "ilbridge/rewrite/Files.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

namespace ilbridge::driver {

emit::OutputRequest request(const Project &P, const OutputSpec &Spec) {
  // The folder in which the text of a stream is compiled is unknown.
  bool IsStream = rewrite::isStream(Spec.File);
  return {Spec.Options, Spec.File,
          IsStream ? P.WorkingDirectory
                   : llvm::sys::path::parent_path(Spec.File).str(),
          P.Root, IsStream};
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
    const match::Matching &Pairs = S.compare(Spec);
    std::vector<const runtime::Runtime *> Runtimes = S.runtimes(Spec);
    Plans.push_back(Spec->Backend->FromBindings(
        request(S.project(), *Spec), {Pairs.Bindings, S.program(), S.model(),
                                      Runtimes, &S.threads(), Pairs.Calls}));
    S.add(Plans.back()->takeFindings());
    S.add(emit::findUnserved(Backends, Pairs.Bindings));
    S.add(emit::findUnserved(Backends, Pairs.Calls));
  }
  return Plans;
}

} // namespace ilbridge::driver
