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

/// The imports and callbacks of a project's managed side.
class ManagedSide {
public:
  /// \param IsReused Whether it serves one native side after another. Files
  ///   may change meanwhile.
  explicit ManagedSide(const Project &P, bool IsReused = false)
      : ManagedSide(P, P.Assemblies, IsReused) {}
  /// The same of other assemblies and manifests than the project's.
  ManagedSide(const Project &P, std::vector<std::string> Assemblies,
              bool IsReused = false)
      : P(P), Assemblies(std::move(Assemblies)), IsReused(IsReused),
        Set(M.Types, P.References, IsReused, P.Files) {}

  /// Reads the assemblies and manifests. The Error joins all that cannot be
  /// read. \p HasBuilds: an assembly may be given several times, as builds for
  /// several platforms. The model is that of the first ones.
  llvm::Error load(bool HasBuilds = false);
  /// The assemblies and manifests of each other build: in the n-th one, the
  /// n-th file of every assembly, or the last one if there are fewer.
  std::vector<std::vector<std::string>> otherBuilds() const;
  /// Reads the methods of that name that are no imports.
  void loadMethod(const managed::MethodName &Name);
  /// Reads those that annotations of \p Program name.
  void loadMethodsOf(const native::Program &Program);
  /// Drops what loadMethodsOf() has read, so that the next native side finds
  /// the model as load() made it. Only if this is reused.
  void forgetNamedMethods();

  managed::Model &model() { return M; }
  managed::AssemblySet &assemblies() { return Set; }
  const managed::AssemblySet &assemblies() const { return Set; }
  /// The assemblies that were given, not those that they refer to.
  llvm::ArrayRef<managed::Assembly *> given() const { return Given; }
  /// About declarations that cannot be read.
  DiagnosticList takeFindings() { return std::exchange(Findings, {}); }

private:
  void findAlike(llvm::ArrayRef<managed::MethodName> Names);
  llvm::Expected<bool> isAssembly(llvm::StringRef Path) const;
  llvm::Error loadManifest(llvm::StringRef Path);
  llvm::Error loadAssembly(llvm::StringRef Path);
  llvm::Error remember(llvm::StringRef Assembly, llvm::StringRef Path);

  const Project &P;
  const std::vector<std::string> Assemblies;
  const bool IsReused;
  managed::Model M;
  /// The methods of the model before loadMethodsOf(), if this is reused.
  std::vector<managed::Method> OwnMethods;
  size_t OwnUnread = 0; ///< how many Model::Unread were there before
  managed::AssemblySet Set;
  std::map<std::string, std::string> Paths; ///< by the assembly's name
  std::vector<managed::Assembly *> Given;
  bool HasBuilds = false;
  /// The files of an assembly, in the order in which they are given.
  std::map<std::string, std::vector<std::string>> Builds;
  std::vector<std::string> Manifests;
  DiagnosticList Findings;
};

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_MANAGEDSIDE_H
