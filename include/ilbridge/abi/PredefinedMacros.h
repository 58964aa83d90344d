//===- PredefinedMacros.h - Predefined macros of targets -------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_ABI_PREDEFINEDMACROS_H
#define ILBRIDGE_ABI_PREDEFINEDMACROS_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <string>
#include <vector>

namespace ilbridge::abi {

/// The macros that Clang predefines for a target, without further flags.
class PredefinedMacros {
public:
  /// \p IsC selects C instead of C++. The Error states that Clang does not
  /// support the target.
  static llvm::Expected<std::shared_ptr<const PredefinedMacros>>
  of(llvm::StringRef Triple, bool IsC);

  /// Whether a macro differs between the presets that are watched by default.
  /// \p IsDefined: the compiler predefines it on some other target.
  static bool varies(llvm::StringRef Macro, bool IsC, bool IsDefined);

  /// Whether a macro is the same on both targets, or on neither.
  bool agree(const PredefinedMacros &Other, llvm::StringRef Macro) const {
    auto Mine = Bodies.find(Macro), Theirs = Other.Bodies.find(Macro);
    bool IsMine = Mine != Bodies.end(), IsTheirs = Theirs != Other.Bodies.end();
    return IsMine == IsTheirs && (!IsMine || Mine->second == Theirs->second);
  }

private:
  using Shared = std::shared_ptr<const PredefinedMacros>;
  static llvm::Expected<Shared> runClang(llvm::StringRef Triple, bool IsC);
  static std::vector<Shared> askAboutWatched(bool IsC);
  static const std::vector<Shared> &ofWatched(bool IsC);

  std::string Text; ///< the directives that define the macros
  llvm::DenseMap<llvm::StringRef, llvm::StringRef> Bodies; ///< in Text
};

} // namespace ilbridge::abi

#endif // ILBRIDGE_ABI_PREDEFINEDMACROS_H
