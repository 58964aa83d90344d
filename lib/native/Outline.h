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

#include "ilbridge/cache/Digest.h"
#include "llvm/ADT/StringMap.h"
#include <mutex>
#include <vector>

namespace ilbridge::native {

/// Identifiers by number. May be used from several threads.
class Names {
public:
  using Id = unsigned;
  /// The numbers of \p Texts, in their order.
  std::vector<Id> ids(llvm::ArrayRef<llvm::StringRef> Texts);
  llvm::StringRef text(Id Name) const { return Texts[Name]; }
  size_t size() const { return Texts.size(); }

private:
  std::mutex Lock;
  llvm::StringMap<Id> Known;
  std::vector<llvm::StringRef> Texts; ///< in Known
};

/// The directives of one file.
struct Outline {
  struct Include {
    std::string Name;
    bool IsAngled = false;
    bool IsNext = false; ///< #include_next
  };
  enum class StepKind : uint8_t { Include, Macro, If, Else, EndIf };
  /// One directive.
  struct Step {
    StepKind Kind;
    unsigned Which; ///< Include: its index. Macro: the name that it is about
    uint64_t Text;  ///< digest of what is written
  };
  /// A #define.
  struct Definition {
    Names::Id Name;
    bool Annotates; ///< it is replaced by an annotation of ours
    std::vector<Names::Id> Body;
  };

  bool IsReadable = false;
  std::vector<Include> Includes;
  std::vector<Step> Steps; ///< in the order of the text
  std::vector<Definition> Definitions;
  std::vector<Names::Id> ConditionNames; ///< sorted
  /// What it includes depends on macros, or it imports modules.
  bool IncludesUnknown = false;
  /// Its text counts once however often it is included.
  bool IsGuarded = false;
  /// An annotation of ours stands somewhere in its text.
  bool HasAnnotation = false;
};

Outline outline(llvm::StringRef Text, Names &Pool);

/// The identifiers of a file beside its directives.
struct CodeNames {
  std::vector<Names::Id> All; ///< in code; sorted
  /// In conditions, those around code as well, which no outline has; sorted.
  std::vector<Names::Id> InConditions;
  bool HasAnnotation = false; ///< one of ours stands there as it is
};

CodeNames codeNames(llvm::StringRef Text, Names &Pool);

/// The same for the same directives.
cache::Digest digest(const Outline &O);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_OUTLINE_H
