//===- CustomAttribute.h - The arguments of an attribute --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The blob of a custom attribute (II.23.3) does not describe itself. The width
// of an argument follows from the constructor's signature, and for an enum from
// the enum's definition, which may be in another assembly. Therefore the reader
// calls back for enums, and for nothing else.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_ECMA335_CUSTOMATTRIBUTE_H
#define ILBRIDGE_ECMA335_CUSTOMATTRIBUTE_H

#include "ilbridge/ecma335/Module.h"
#include "ilbridge/ecma335/Signature.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <optional>

namespace ilbridge::ecma335 {

/// A reference to an enum in an attribute: a token if the constructor's
/// signature contains one, otherwise a serialized name, "Game.Kind, Game"
/// (II.23.3: assembly-qualified unless it is in this assembly or in corlib).
struct EnumReference {
  TypeDefOrRef Type; ///< no row: use the name
  llvm::StringRef Name;
};

/// Returns the underlying type of an enum: ELEMENT_TYPE_BOOLEAN to
/// ELEMENT_TYPE_U8. An error ends the reading.
using EnumResolver =
    llvm::function_ref<llvm::Expected<ElementType>(const EnumReference &)>;

/// The type of an argument.
struct AttributeType {
  /// BOOLEAN to STRING, SZARRAY, ENUM, SYSTEM_TYPE, or BOXED for `object`.
  ElementType Kind = ELEMENT_TYPE_END;
  ElementType Underlying = ELEMENT_TYPE_END; ///< of an enum
  EnumReference Enum;
  const AttributeType *Element = nullptr; ///< of an array
};
/// Prints in the syntax of C#: "int", "enum Game.Kind", "object[]".
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const AttributeType &T);

/// One argument. The argument for an `object` parameter has the type of the
/// value and not `object`; IsBoxed states this.
struct AttributeValue {
  AttributeType Type;
  bool IsBoxed = false;
  /// A string, a type or an array that is null.
  bool IsNull = false;
  /// BOOLEAN to U8 and enums: the value, sign-extended if the type is signed.
  /// R4 and R8: the bits in the file.
  uint64_t Bits = 0;
  /// STRING: the text. SYSTEM_TYPE: the type's serialized name. The text is not
  /// checked to be valid UTF-8.
  llvm::StringRef Text;
  /// SZARRAY
  llvm::ArrayRef<AttributeValue> Elements;

  int64_t asSigned() const { return static_cast<int64_t>(Bits); }
  /// \returns the value of an R4 or R8.
  double asDouble() const;
};
/// Prints in the syntax of C#: 3, "text", typeof(Game.Kind), (object)1, new
/// int[] {1, 2}, null.
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const AttributeValue &V);

struct NamedArgument {
  bool IsField = false; ///< otherwise a property
  llvm::StringRef Name;
  AttributeValue Value;
};

struct AttributeArguments {
  llvm::ArrayRef<AttributeValue> Fixed;
  llvm::ArrayRef<NamedArgument> Named;

  /// \returns the value of a named argument; null if it is not given.
  const AttributeValue *find(llvm::StringRef Name) const;
};
/// Prints "(1, "text", Name = 2)".
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS,
                              const AttributeArguments &A);

/// Decodes the arguments of the attribute \p R (II.23.3). \returns values that
/// are allocated in \p A, or views of the file. It is an error if the row, its
/// constructor or the blob is malformed, or if \p Enums fails.
llvm::Expected<AttributeArguments>
readCustomAttribute(const Module &M, CustomAttributeRid R, EnumResolver Enums,
                    llvm::BumpPtrAllocator &A);

/// As above, for a given blob and constructor. \param TypeArgs the types that
/// VAR denotes in \p Constructor, for an attribute that is an instance of a
/// generic class.
llvm::Expected<AttributeArguments>
readCustomAttribute(const Module &M, llvm::ArrayRef<uint8_t> Blob,
                    const MethodSig &Constructor,
                    llvm::ArrayRef<const TypeSig *> TypeArgs,
                    EnumResolver Enums, llvm::BumpPtrAllocator &A);

} // namespace ilbridge::ecma335

#endif // ILBRIDGE_ECMA335_CUSTOMATTRIBUTE_H
