//===- Outline.h - The directives of a file ---------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An outline depends only on the text, and not on conditions. Therefore it is
// made once for all sources that include a file.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_SELECT_OUTLINE_H
#define ILBRIDGE_LIB_SELECT_OUTLINE_H

#include "Conditions.h"
#include "ilbridge/cache/Digest.h"
#include "ilbridge/select/RegistrarWords.h"
#include <vector>

namespace ilbridge::select {

/// How the string of an annotation begins: see ilbridge/export.h.
inline constexpr llvm::StringLiteral AnnotationText = "\"ilbridge.";

/// The directives of one file.
struct Outline {
  static constexpr unsigned None = ~0u;

  struct Include {
    std::string Name;
    bool IsAngled = false;
    bool IsNext = false; ///< #include_next
    unsigned Line = 0;
    /// Holds the index in Expressions of the macros that name the header, or
    /// None if the directive has its name.
    unsigned Macros = None;
  };
  enum class StepKind : uint8_t { Include, Macro, If, Else, EndIf };
  /// One directive.
  struct Step {
    StepKind Kind;
    unsigned Which; ///< Include: its index. Macro: the name of the macro
    uint64_t Text;  ///< digest of the text
    /// If, Else: the index of the condition in Expressions. Macro: the index in
    /// Definitions. None if there is none.
    unsigned Detail;
  };
  /// A #define.
  struct Definition {
    Names::Id Name;
    /// Whether it expands to an annotation of ilbridge, or to a registration.
    bool Annotates;
    bool HasParameters;
    Expression Body;
  };

  bool IsReadable = false;
  std::vector<Include> Includes;
  std::vector<Step> Steps; ///< in the order of the text
  std::vector<Definition> Definitions;
  std::vector<Expression> Expressions;
  /// Names that determine its includes and definitions; sorted.
  std::vector<Names::Id> ConditionNames;
  /// Whether it imports modules, or its directives cannot be read.
  bool IncludesUnknown = false;
  /// Whether it has an include guard, so its text is used once.
  bool IsGuarded = false;
  /// Whether its first condition is a guard, which is true for the first
  /// inclusion.
  bool BeginsWithGuard = false;
  /// Whether its code may call a registrar.
  bool Registers = false;
  /// Whether its text contains an annotation of ilbridge or a registration.
  bool HasAnnotation = false;
};

/// \p Text is followed by a null character.
Outline outline(llvm::StringRef Text, Names &Pool, const RegistrarWords &Words);

/// Whether the file includes ilbridge/export.h, independent of its location.
bool includesOurHeader(const Outline &O);

/// Returns a digest that is equal for equal directives.
cache::Digest digest(const Outline &O);

} // namespace ilbridge::select

#endif // ILBRIDGE_LIB_SELECT_OUTLINE_H
