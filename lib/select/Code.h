//===- Code.h - The code of a file ------------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The code is read from tokens without parsing, independent of conditions. If
// the role of a name is uncertain, all possible roles are recorded.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_SELECT_CODE_H
#define ILBRIDGE_LIB_SELECT_CODE_H

#include "Names.h"
#include "ilbridge/cache/Digest.h"

namespace ilbridge::select {

/// The code before an #include, as the included file sees it.
struct CodeBefore {
  uint64_t Digest = 0; ///< of the code without function bodies
  /// The names in the code, sorted.
  std::vector<select::Names::Id> Names;
  /// Whether the code ends within open braces or a #pragma pack, and therefore
  /// changes the meaning of all following code, whatever names it uses.
  bool IsOpen = false;
};

/// All lists of names are sorted.
struct Code {
  std::vector<Names::Id> All;
  /// Names in conditions, including those that only guard code and are not in
  /// the outline; and in #include MACRO.
  std::vector<Names::Id> InConditions;
  bool HasAnnotation = false; ///< an annotation of ilbridge in literal form
  /// Whether it uses __has_include, in a condition or in a macro that a
  /// condition uses.
  bool AsksForHeaders = false;

  /// Names that it may declare for the following code.
  std::vector<Names::Id> Provides;
  std::vector<Names::Id> Declares; ///< names that it declares, also in classes
  /// Names that it uses, wherever they are declared.
  std::vector<Names::Id> Needs;
  CodeBefore Whole; ///< all of it
  /// The code before each #include, in their order.
  std::vector<CodeBefore> Includes;
};

/// \p Text is followed by a null character.
Code readCode(llvm::StringRef Text, Names &Pool);

} // namespace ilbridge::select

#endif // ILBRIDGE_LIB_SELECT_CODE_H
