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
#include <string>
#include <vector>

namespace clang {
class ASTContext;
}

namespace ilbridge::abi {

/// A target that has a name of its own; docs/targets.md lists them.
struct Preset {
  llvm::StringLiteral Name;
  llvm::StringLiteral Triple;
  /// Whether it is compared if a project says nothing about it.
  bool IsWatched = false;
};
/// In the order of their names.
llvm::ArrayRef<Preset> presets();

/// A target as a user names it.
struct Target {
  /// A preset's name where its triple means the same, else the triple.
  std::string Name;
  std::string Triple;
};

/// The presets that are compared if a project says nothing about them.
std::vector<Target> watchedByDefault();

/// The target of a preset's name or of a triple. The Error says that Clang
/// knows no such target.
llvm::Expected<Target> findTarget(llvm::StringRef NameOrTriple);
/// The target for whose programs headers are right that are compiled for
/// \p Triple: the preset of that processor and system, whichever C library and
/// compiler the triple names (mingw-w64's for Windows, WASI's for wasm), or
/// else the target of the triple itself.
Target targetMeantBy(llvm::StringRef Triple);
/// The target that sources were compiled for, by the triple of their facts.
Target targetOf(llvm::StringRef Triple);
/// That of the machine that ilbridge runs on.
Target hostTarget();

/// Whether two triples call alike: versions and vendors aside.
bool isSameTarget(llvm::StringRef Triple, llvm::StringRef Other);

/// The widths that Clang gives to the C types for one translation unit.
DataModel dataModel(const clang::ASTContext &Ctx);

} // namespace ilbridge::abi

#endif // ILBRIDGE_ABI_TARGET_H
