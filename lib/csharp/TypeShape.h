//===- TypeShape.h - Compares spellings of types ---------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_CSHARP_TYPESHAPE_H
#define ILBRIDGE_LIB_CSHARP_TYPESHAPE_H

#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace ilbridge::csharp {

/// The structure that two spellings of one type have in common: reflection's
/// "Ns.G`1<System.Int32>[]" and "G<int>[]" in C#.
struct TypeShape {
  enum Kind : uint8_t {
    Named,           ///< by the last part of the name, which can be an alias
    BuiltIn,         ///< a number, string, object, …
    TypeParameter,   ///< of a generic type or method; the name is not compared
    FunctionPointer, ///< the parameters are not compared
  };
  Kind TheKind = Named;
  std::string Name;
  std::vector<TypeShape> Arguments;
  unsigned Pointers = 0, Arrays = 0; ///< the number of pointer and array levels
  bool IsByRef = false;
  bool IsNullable = false; ///< "T?"
};

TypeShape shapeOfReflectionName(llvm::StringRef Text);
/// \p Modifiers are the modifiers of the parameter: "ref", "out", "in".
TypeShape shapeOfWritten(llvm::StringRef Text, llvm::StringRef Modifiers);

enum class Likeness : uint8_t {
  Different,
  Possible, ///< has another name, which "using" can define
  Same,
};
Likeness compare(const TypeShape &Written, const TypeShape &Wanted);

} // namespace ilbridge::csharp

#endif // ILBRIDGE_LIB_CSHARP_TYPESHAPE_H
