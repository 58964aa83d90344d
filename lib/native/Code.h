//===- Code.h - What stands in a file beside its directives -----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Read from tokens, without a parse and whatever conditions hold. Where it is
// not clear what a name is, it is taken for all that it may be.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_CODE_H
#define ILBRIDGE_LIB_NATIVE_CODE_H

#include "Names.h"
#include "ilbridge/cache/Digest.h"

namespace ilbridge::native {

/// Code as whatever is included behind it finds it.
struct CodeBefore {
  uint64_t Digest = 0; ///< of the code, but for bodies of functions
  /// In it; sorted.
  std::vector<native::Names::Id> Names;
  /// The code ends within open braces or a #pragma pack, so that it changes the
  /// meaning of all code that follows, whatever names that uses.
  bool IsOpen = false;
};

/// The names are sorted.
struct Code {
  std::vector<Names::Id> All;
  /// In conditions, those around code as well, which no outline has; and in
  /// #include MACRO.
  std::vector<Names::Id> InConditions;
  bool HasAnnotation = false; ///< one of ours stands there as it is
  /// It uses __has_include, in a condition or in a macro for one.
  bool AsksForHeaders = false;

  std::vector<Names::Id> Provides; ///< that it may declare for what follows
  std::vector<Names::Id> Declares; ///< that it does declare, in classes as well
  std::vector<Names::Id> Needs;    ///< that are used, by whomever declared
  CodeBefore Whole;                ///< all of it
  /// Before each #include, in their order.
  std::vector<CodeBefore> Includes;
};

/// \p Text is followed by a null character.
Code readCode(llvm::StringRef Text, Names &Pool);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_CODE_H
