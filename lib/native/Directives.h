//===- Directives.h - Conditionals and macros of a text ---------*- C++ -*-===//
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

/// The conditionals and the #defines of one text, including those in branches
/// that the preprocessor skips. Names are parts of the text.
struct Directives {
  /// Represents the text between #if, #elif or #else and the directive that
  /// ends it.
  struct Branch {
    unsigned Begin, End; ///< offsets in the text, in bytes
    int Outer;           ///< index of the enclosing branch; -1: none
    /// The identifiers that determine whether this branch is taken: those of
    /// its own condition and of earlier branches.
    std::vector<llvm::StringRef> Names;
  };
  struct Definition {
    llvm::StringRef Name;
    unsigned At; ///< offset in the text, in bytes
  };
  std::vector<Branch> Branches; ///< sorted by their beginnings
  std::vector<Definition> Definitions;

  /// Returns the index of the innermost branch that contains a byte; -1 if
  /// there is none.
  int branchAt(unsigned Offset) const;
};

Directives directives(llvm::StringRef Text);

/// The parts of a macro's body.
struct MacroBody {
  /// Identifiers, without the macro's parameters and the content of attributes.
  std::vector<llvm::StringRef> Words;
  bool HasConvention = false; ///< an attribute names one other than C's
  bool HasLayout = false;     ///< an attribute aligns or packs
  bool HasOther = false;      ///< tokens that are not identifiers
};

/// Reads the body of a macro that \p Text defines. It is read on demand,
/// because most macros are never queried.
MacroBody bodyOf(const Directives::Definition &D, llvm::StringRef Text);

/// Calls \p Visit for every identifier of \p Text, including keywords.
void visitIdentifiers(llvm::StringRef Text,
                      llvm::function_ref<void(llvm::StringRef)> Visit);

/// Whether a keyword or attribute of a declaration names a calling convention
/// other than the default.
bool isConventionWord(llvm::StringRef Word);
/// Whether it names C's default convention.
bool isCdeclWord(llvm::StringRef Word);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_DIRECTIVES_H
