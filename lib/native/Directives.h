//===- Directives.h - Conditionals and macros as written --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_DIRECTIVES_H
#define ILBRIDGE_LIB_NATIVE_DIRECTIVES_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include <vector>

namespace ilbridge::native {

/// The conditionals and the #defines of one text, those in branches that the
/// preprocessor skips among them. Names are parts of the text.
struct Directives {
  /// Represents the text between #if, #elif or #else and the directive that
  /// ends it.
  struct Branch {
    unsigned Begin, End; ///< bytes of the text
    int Outer;           ///< index of the branch around it; -1: none
    /// The identifiers that determine whether this branch is taken: those of
    /// its own condition and of earlier branches.
    std::vector<llvm::StringRef> Names;
  };
  struct Definition {
    llvm::StringRef Name;
    unsigned At; ///< byte of the text
  };
  std::vector<Branch> Branches; ///< by their begins
  std::vector<Definition> Definitions;

  /// Index of the innermost branch around a byte; -1: none.
  int branchAt(unsigned Offset) const;
};

Directives directives(llvm::StringRef Text);

/// The parts of a macro's body.
struct MacroBody {
  /// Identifiers, less the macro's parameters and what attributes hold.
  std::vector<llvm::StringRef> Words;
  bool HasConvention = false; ///< an attribute names one, other than C's own
  bool HasLayout = false;     ///< an attribute aligns or packs
  bool HasOther = false;      ///< tokens that are no identifiers
};

/// Reads the body of a macro that \p Text defines. Most macros of a text are
/// never asked about.
MacroBody bodyOf(const Directives::Definition &D, llvm::StringRef Text);

/// Gives every identifier of \p Text to \p Visit, keywords among them.
void visitIdentifiers(llvm::StringRef Text,
                      llvm::function_ref<void(llvm::StringRef)> Visit);

/// Whether a keyword or attribute of a declaration names a calling convention
/// other than the default.
bool isConventionWord(llvm::StringRef Word);
/// Whether it names C's own convention.
bool isCdeclWord(llvm::StringRef Word);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_DIRECTIVES_H
