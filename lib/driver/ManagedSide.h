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
  /// \param IsReused Whether the object is used for one native side after
  /// another. Files may change in between.
  explicit ManagedSide(const Project &P, bool IsReused = false)
      : ManagedSide(P, P.Assemblies, IsReused) {}
  /// As above, for other assemblies and manifests than those of the project.
  ManagedSide(const Project &P, std::vector<std::string> Assemblies,
              bool IsReused = false)
      : P(P), Assemblies(std::move(Assemblies)), IsReused(IsReused),
        Set(M.Types, P.References, IsReused, P.Files) {}

  /// Reads the assemblies and manifests. The Error joins all that cannot be
  /// read. If \p HasBuilds is set, an assembly may be given several times, as
  /// builds for several platforms. The model is that of the first builds.
  llvm::Error load(bool HasBuilds = false);
  /// The assemblies and manifests of each further build. The n-th build has the
  /// n-th file of every assembly, or its last one if there are fewer.
  std::vector<std::vector<std::string>> otherBuilds() const;
  /// Reads the methods with that name that are not imports.
  void loadMethod(const managed::MethodName &Name);
  /// Reads the methods that annotations of \p Program name.
  void loadMethodsOf(const native::Program &Program);
  /// Removes what loadMethodsOf() has read, so that the model is again as
  /// load() left it. Only valid if the object is reused.
  void forgetNamedMethods();

  managed::Model &model() { return M; }
  managed::AssemblySet &assemblies() { return Set; }
  const managed::AssemblySet &assemblies() const { return Set; }
  /// The C# classes whose objects have C++ objects. Null if there are none.
  managed::ObjectClasses *objects() { return Objects ? &*Objects : nullptr; }
  /// The assemblies that were given, without referenced ones.
  llvm::ArrayRef<managed::Assembly *> given() const { return Given; }
  /// The findings about declarations that cannot be read.
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
  /// The methods of the model before loadMethodsOf(); only set if the object is
  /// reused.
  std::vector<managed::Method> OwnMethods;
  size_t OwnUnread = 0; ///< the size of Model::Unread before that
  managed::AssemblySet Set;
  std::map<std::string, std::string> Paths; ///< by the assembly's name
  std::vector<managed::Assembly *> Given;
  std::optional<managed::ObjectClasses> Objects;
  bool HasBuilds = false;
  /// The files of each assembly, in the order in which they are given.
  std::map<std::string, std::vector<std::string>> Builds;
  std::vector<std::string> Manifests;
  DiagnosticList Findings;
};

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_MANAGEDSIDE_H
