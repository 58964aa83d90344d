//===- Bridges.h - Bridge tables of a run -----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_BRIDGES_H
#define ILBRIDGE_LIB_DRIVER_BRIDGES_H

#include "ilbridge/driver/Project.h"
#include "ilbridge/hybridclr/BridgeRequirements.h"
#include "ilbridge/managed/Delegates.h"

namespace ilbridge::driver {

/// The assemblies for which bridges are generated. They are read separately
/// from those of bindings, because a stripped assembly and its original can
/// have the same name.
class Bridges {
public:
  explicit Bridges(const Project &P)
      : In(P.Bridges), Files(P.Files),
        Set(Types, P.References, /*FilesMayChange=*/false, P.Files),
        Requirements(Set) {
    Requirements.MarshalsImports =
        llvm::any_of(P.Outputs, [](const OutputSpec &Each) {
          return Each.isMadeFromBridges() &&
                 Each.Options.flag(emit::OutputOptionID::Marshal);
        });
  }

  /// Reads all assemblies. The Error is about an input that cannot be read; any
  /// other problem is a finding of needs().
  llvm::Error load();
  hybridclr::BridgeRequirements &requirements() { return Requirements; }
  /// Reports the delegates that hot-update assemblies pass to native code and
  /// that violate a rule.
  void checkDelegates(const managed::DelegateRules &Rules,
                      DiagnosticList &Findings);
  managed::AssemblySet &set() { return Set; }

private:
  llvm::Expected<std::vector<managed::Assembly *>>
  loadAll(llvm::ArrayRef<std::string> Paths);
  llvm::Error reserve(const Reservation &R);
  llvm::Error findNamed(const Reservation &R, const Location &Where);

  const BridgeInputs &In;
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files;
  managed::TypeTable Types;
  managed::AssemblySet Set;
  hybridclr::BridgeRequirements Requirements;
  std::vector<managed::Assembly *> HotUpdate;
};

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_BRIDGES_H
