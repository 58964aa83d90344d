//===- Target.h - The targets that are compared -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_ABI_TARGET_H
#define ILBRIDGE_ABI_TARGET_H

#include "ilbridge/type/DataModel.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include "llvm/TargetParser/Triple.h"
#include <string>
#include <vector>

namespace clang {
class ASTContext;
}

namespace ilbridge::abi {

/// A target with a short name; docs/targets.md lists them.
struct Preset {
  llvm::StringLiteral Name;
  llvm::StringLiteral Triple;
  /// Whether it is watched by default.
  bool IsWatched = false;
};
/// All presets, sorted by name.
llvm::ArrayRef<Preset> presets();

/// A target with the name by which users refer to it.
struct Target {
  /// The name of the preset with an equivalent triple, or else the triple.
  std::string Name;
  std::string Triple;
};

/// The presets that are watched if a project does not configure it.
std::vector<Target> watchedByDefault();

/// The target with the name of a preset or with a triple. The Error states that
/// Clang does not support the target.
llvm::Expected<Target> findTarget(llvm::StringRef NameOrTriple);
/// The target for which headers are valid that are compiled for \p Triple. It
/// is the preset with the same processor and system, independent of the C
/// library and the compiler that the triple names (mingw-w64 for Windows, WASI
/// for wasm). If there is no such preset, it is the target of the triple
/// itself.
Target targetMeantBy(llvm::StringRef Triple);
/// The target that sources were compiled for, given the triple of their facts.
Target targetOf(llvm::StringRef Triple);
/// The target of the host.
Target hostTarget();

/// Whether two triples differ only in their versions and vendors.
bool isSameTarget(llvm::StringRef Triple, llvm::StringRef Other);

/// The widths that Clang gives to the C types for one translation unit.
DataModel dataModel(const clang::ASTContext &Ctx);

/// Sets those members of \p Model that .NET defines by the operating system and
/// the processor: the characters of CharSet.Auto and the alignment of vectors.
void setManagedWidths(DataModel &Model, const llvm::Triple &T);

} // namespace ilbridge::abi

#endif // ILBRIDGE_ABI_TARGET_H
