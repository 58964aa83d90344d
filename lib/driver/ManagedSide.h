//===- ManagedSide.h - The assemblies and manifests of a run ----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_MANAGEDSIDE_H
#define ILBRIDGE_LIB_DRIVER_MANAGEDSIDE_H

#include "ilbridge/driver/Project.h"
#include "ilbridge/managed/Importer.h"
#include "ilbridge/native/Program.h"
#include <map>

namespace ilbridge::driver {

/// What the managed side of a project asks for.
class ManagedSide {
public:
  /// With \p FilesMayChange, while this lives.
  explicit ManagedSide(const Project &P, bool FilesMayChange = false)
      : P(P), Set(M.Types, P.References, FilesMayChange) {}

  /// Reads the project's assemblies and manifests. The Error joins all that
  /// cannot be read.
  llvm::Error load();
  /// Reads the methods of that name that are no imports.
  void loadMethod(const managed::MethodName &Name);
  /// Reads those that annotations of \p Exports name.
  void loadMethodsOf(llvm::ArrayRef<const native::Export *> Exports);

  managed::Model &model() { return M; }
  managed::AssemblySet &assemblies() { return Set; }
  const managed::AssemblySet &assemblies() const { return Set; }
  /// The assemblies that were given, not those that they refer to.
  llvm::ArrayRef<managed::Assembly *> given() const { return Given; }
  llvm::ArrayRef<std::string> manifests() const { return Manifests; }
  /// About declarations that cannot be read.
  DiagnosticList takeFindings() { return std::exchange(Findings, {}); }

private:
  llvm::Error loadManifest(llvm::StringRef Path);
  llvm::Error loadAssembly(llvm::StringRef Path);
  llvm::Error remember(llvm::StringRef Assembly, llvm::StringRef Path);

  const Project &P;
  managed::Model M;
  managed::AssemblySet Set;
  std::map<std::string, std::string> Paths; ///< by the assembly's name
  std::vector<managed::Assembly *> Given;
  std::vector<std::string> Manifests;
  DiagnosticList Findings;
};

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_MANAGEDSIDE_H
