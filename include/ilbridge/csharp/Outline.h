//===- Outline.h - The declarations in a C# text ----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Finds the locations of types, methods and fields, and of the parts of their
// declarations. Bodies are skipped. Preprocessor symbols are unknown, so the
// declarations of all branches are included.
//
// The text can be anything: code that cannot be understood is ignored, and the
// time is linear in the size of the text.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_CSHARP_OUTLINE_H
#define ILBRIDGE_CSHARP_OUTLINE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace ilbridge::csharp {

/// Bytes of a text, [Begin, End).
struct Range {
  uint32_t Begin = 0;
  uint32_t End = 0;
  bool empty() const { return Begin == End; }
};

/// An attribute, without its brackets.
struct Attribute {
  llvm::StringRef Name; ///< the last part, without "Attribute"
  bool IsOfReturn = false;
  Range Whole;     ///< the name and the arguments
  Range Arguments; ///< inside of the parentheses; empty without them
};

struct Parameter {
  std::vector<Attribute> Attributes;
  Range Modifiers; ///< "ref", "out", "in", "this", …; empty: none
  Range Type;
  Range Name;
};

struct Declaration {
  enum Kind : uint8_t {
    Type,
    Delegate,
    Method, ///< a constructor is called ".ctor" or ".cctor"
    Field,  ///< also a property or an event, whose backing field has its name
  };
  Kind TheKind = Type;
  /// The name of the type itself, or of the type that has the member, as
  /// reflection spells it: "Ns.Outer`1/Inner".
  llvm::StringRef TypeName;
  llvm::StringRef Name;
  unsigned Arity = 0; ///< the number of type parameters
  bool IsPartial = false;
  bool IsStatic = false;
  bool HasBody = false;
  Range NameAt;
  uint32_t Begin = 0;                ///< the position after the attributes
  std::vector<Attribute> Attributes; ///< "int a, b": none for b
  Range Result;                      ///< the type; also the type of a field
  std::vector<Parameter> Params;     ///< of a method or delegate
};

/// Lines and columns are counted from 1, columns in bytes.
struct LineAndColumn {
  unsigned Line;
  unsigned Column;
};

class Outline {
public:
  /// \p Text has to outlive the result. There are no declarations if the text
  /// has MaxSize bytes or more, or is nested too deeply.
  explicit Outline(llvm::StringRef Text);
  Outline(const Outline &) = delete;
  Outline &operator=(const Outline &) = delete;
  static constexpr size_t MaxSize = size_t(8) << 20;

  llvm::StringRef text() const { return Text; }
  llvm::StringRef text(Range R) const { return Text.slice(R.Begin, R.End); }
  /// All declarations, in the order of the text.
  llvm::ArrayRef<Declaration> declarations() const { return All; }
  /// \returns the indices into declarations() of the declarations of the type
  /// \p TypeName and of its members.
  llvm::ArrayRef<unsigned> ofType(llvm::StringRef TypeName) const;
  LineAndColumn position(uint32_t Offset) const;
  /// Returns the value of the argument "\p Name = value" of an attribute, or
  /// nullopt if it has no such argument.
  std::optional<Range> namedArgument(const Attribute &A,
                                     llvm::StringRef Name) const;

private:
  friend class OutlineParser;
  llvm::StringRef Text;
  std::deque<std::string> Names; ///< strings to which declarations refer
  std::vector<Declaration> All;
  llvm::StringMap<std::vector<unsigned>> ByType;
  std::vector<uint32_t> Lines; ///< the offset at which each line begins
};

} // namespace ilbridge::csharp

#endif // ILBRIDGE_CSHARP_OUTLINE_H
