//===- Conversions.h - Values that generated code converts -----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An invoker and a shim get a managed value in different ways, and pass it to
// C++ alike:
//
//   slot, or parameter ─▶ local variable ─useConverted()▶ argument of the call
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_CONVERSIONS_H
#define ILBRIDGE_LIB_EMIT_CONVERSIONS_H

#include "Printer.h"
#include "ilbridge/match/Binding.h"

namespace ilbridge::emit {

/// The scalar type of the raw value; null if that is no scalar.
const ScalarType *rawScalar(const match::Argument &A);

/// The C++ type that holds exactly what managed code does.
std::string slotType(const ScalarType &Raw);

/// Whether it is an int32 on the evaluation stack, although it is not 32 bits
/// wide.
bool isSmall(const ScalarType &Raw);

bool isBool(const Type &T);

/// A pointer to what a pointer or reference points to.
std::string asPointer(const Type &Native);

/// The text of the type of what the elements are, or of what is pointed to:
/// "const int32_t", "void *const".
std::string pointee(const Type &Native);

/// Whether the function takes the length of a string or an array beside its
/// elements: in a parameter of its own, or in a view of them.
bool takesLength(const match::Argument &A);

/// Whether C++ returns a bool or small integer in a struct of its own, whose
/// bytes an invoker copies (with std::memcpy) to widen them.
bool isSmallInStruct(const match::Argument &Result);

/// The argument in the call of the function, for the local variable \p Local.
/// It has a scalar as slotType(), a string as Utf8Argument or as the object, an
/// array as the object, a delegate as the integer of its function pointer, and
/// structs whose fields are converted as NativeStructs, and everything else as
/// the C++ type, or as a pointer for a reference.
std::string useConverted(const match::Argument &A, const std::string &Local);

/// The result \p Value of a function as slotType() of \p Raw; a bool as the
/// number 0 or 1.
std::string resultAs(const ScalarType &Raw, const Type &Native,
                     const std::string &Value);
/// The result \p Value of a function, which is text, as an object.
std::string stringFrom(const match::Argument &Result, const std::string &Value);
/// Whether the text that the function returns has to be freed.
bool freesResult(const match::Binding *B);
/// The statement that frees the variable `result`.
inline constexpr llvm::StringLiteral FreeResult =
    "std::free(const_cast<void *>(static_cast<const void *>(result)));\n";

/// Whether a parameter, or the result, of any function is passed that way.
bool takes(llvm::ArrayRef<const match::Binding *> Bindings, match::Passing How);
bool returns(llvm::ArrayRef<const match::Binding *> Bindings,
             match::Passing How);

/// The API of a runtime for strings and arrays, as C++ text. `string`, `array`,
/// `text` and `length` stand for the objects, and for the characters of a
/// result; `T` is the type of an element.
struct ObjectFunctions {
  llvm::StringLiteral String; ///< the type of a string
  llvm::StringLiteral Unit;   ///< the type of a UTF-16 code unit
  llvm::StringLiteral Characters, StringLength;
  llvm::StringLiteral FromUtf8, FromUtf16; ///< a new string
  llvm::StringLiteral Array;               ///< the type of an array
  llvm::StringLiteral Elements, ArrayLength;
};
/// The functions and classes that convert strings and arrays.
struct HelperSet {
  bool Utf8Argument = false, Elements = false, StringLength = false,
       ArrayLength = false, Utf8Result = false, Utf16Result = false;
};
/// Defines what useConverted() and stringFrom() use for \p Bindings, and \p
/// Others.
void printHelpers(Printer &P, llvm::ArrayRef<const match::Binding *> Bindings,
                  const ObjectFunctions &F, const HelperSet &Others = {});

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_CONVERSIONS_H
