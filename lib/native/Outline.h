//===- Outline.h - What the preprocessor sees of a file ---------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Read from the text alone, whatever conditions hold: so an outline is made
// once for all sources that include a file.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_OUTLINE_H
#define ILBRIDGE_LIB_NATIVE_OUTLINE_H

#include "Conditions.h"
#include "RegistrarWords.h"
#include "ilbridge/cache/Digest.h"
#include <vector>

namespace ilbridge::native {

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
    unsigned Which; ///< Include: its index. Macro: the name that it is about
    uint64_t Text;  ///< digest of what is written
    /// If, Else: of Expressions, its condition. Macro: of Definitions. None
    /// where there is none.
    unsigned Detail;
  };
  /// A #define.
  struct Definition {
    Names::Id Name;
    /// It is replaced by an annotation of ours, or by what registers.
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
  /// It imports modules, or its directives cannot be read.
  bool IncludesUnknown = false;
  /// It has an include guard, so its text is used once.
  bool IsGuarded = false;
  /// By its first condition, which holds when it is included first.
  bool BeginsWithGuard = false;
  /// Its code may call a registrar.
  bool Registers = false;
  /// An annotation of ours stands somewhere in its text, or a registration.
  bool HasAnnotation = false;
};

/// \p Text is followed by a null character.
Outline outline(llvm::StringRef Text, Names &Pool, const RegistrarWords &Words);

/// Whether the file includes ilbridge/export.h, wherever that is.
bool includesOurHeader(const Outline &O);

/// The same for the same directives.
cache::Digest digest(const Outline &O);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_OUTLINE_H
