//===- Registrars.cpp - The registrars of all runtimes --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/native/Export.h"
#include "ilbridge/runtime/Runtime.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::native {

static ExportKind kindOf(runtime::Crossing C) {
  switch (C) {
  case runtime::Crossing::PInvoke:
    return ExportKind::PInvoke;
  case runtime::Crossing::InternalCall:
    return ExportKind::InternalCall;
  case runtime::Crossing::Constructor:
    return ExportKind::NewObj;
  case runtime::Crossing::Intrinsic:
    return ExportKind::Intrinsic;
  case runtime::Crossing::FunctionPointer:
    return ExportKind::FunctionPointer;
  case runtime::Crossing::Callback:
  case runtime::Crossing::ManagedCall:
    break;
  }
  llvm_unreachable("native code calls managed methods without a registration");
}

const std::vector<Registrar> &runtimeRegistrars() {
  static const std::vector<Registrar> All = [] {
    std::vector<Registrar> List;
    for (const runtime::Runtime *R : runtime::all())
      for (const runtime::Registrar &Each : R->Registrars) {
        Registrar New{Each.Function.str(), kindOf(Each.Registers), Each.Name,
                      Each.Target,         std::nullopt,           std::nullopt,
                      R->Name.str()};
        if (Each.Invoker >= 0)
          New.Invoker = Each.Invoker;
        // Versions of a runtime have the same registrars.
        if (!llvm::is_contained(List, New))
          List.push_back(std::move(New));
      }
    return List;
  }();
  return All;
}

std::vector<std::string> namesOf(llvm::ArrayRef<Registrar> Registrars) {
  std::vector<std::string> Names;
  for (const Registrar &Each : Registrars)
    Names.push_back(Each.Function);
  return Names;
}

} // namespace ilbridge::native
