//===- Outputs.cpp - Plans of the outputs of a project --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Outputs.h"
#include "llvm/Support/Path.h"

namespace ilbridge::driver {

emit::OutputRequest request(const Project &P, const OutputSpec &Spec) {
  return {Spec.Options, Spec.File,
          llvm::sys::path::parent_path(Spec.File).str(), P.Root};
}

std::vector<std::unique_ptr<emit::Plan>>
planBindings(const Project &P, const native::Program &Program,
             const managed::Model &Model, MatchFor Match,
             DiagnosticList &Findings) {
  std::vector<const emit::Backend *> Backends;
  for (const OutputSpec &Spec : P.Outputs)
    if (Spec.isMadeFromBindings() &&
        !llvm::is_contained(Backends, Spec.Backend))
      Backends.push_back(Spec.Backend);
  std::vector<std::unique_ptr<emit::Plan>> Plans;
  for (const OutputSpec &Spec : P.Outputs) {
    if (!Spec.isMadeFromBindings())
      continue;
    llvm::ArrayRef<match::Binding> Bindings = Match(Spec).Bindings;
    Plans.push_back(Spec.Backend->FromBindings(request(P, Spec),
                                               {Bindings, Program, Model}));
    Findings.append(Plans.back()->takeFindings());
    Findings.append(emit::findUnserved(Backends, Bindings));
  }
  return Plans;
}

} // namespace ilbridge::driver
