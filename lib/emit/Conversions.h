//===- Conversions.h - Conversions of values in generated code --*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Invokers and shims receive managed values in different ways, but pass them to
// C++ in the same way:
//
//   slot, or parameter ─▶ local variable ─useConverted()▶ argument of the call
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_CONVERSIONS_H
#define ILBRIDGE_LIB_EMIT_CONVERSIONS_H

#include "Printer.h"
#include "ilbridge/match/Binding.h"

namespace ilbridge::emit {

/// Returns the scalar type of the raw value; null if it is not a scalar.
const ScalarType *rawScalar(const match::Argument &A);

/// Returns the C++ type with exactly the width and sign of the managed type.
std::string slotType(const ScalarType &Raw);

/// Whether the value is an int32 on the evaluation stack, although it is not 32
/// bits wide.
bool isSmall(const ScalarType &Raw);

bool isBool(const Type &T);

/// Returns a pointer to the pointee of a pointer or reference.
std::string asPointer(const Type &Native);

/// Returns the type of the elements or of the pointee, as text: "const
/// int32_t", "void *const".
std::string pointee(const Type &Native);

/// Whether the function takes the length of a string or an array in addition to
/// its elements: in a separate parameter, or in a view of them.
bool takesLength(const match::Argument &A);

/// Whether C++ returns a bool or small integer in a struct. An invoker copies
/// its bytes (with std::memcpy) to extend them.
bool isSmallInStruct(const match::Argument &Result);

/// Returns the argument of the call for the local variable \p Local. The
/// variable contains a scalar as slotType(), a string as Utf8Argument or as the
/// object, an array as the object, a delegate as the address of its function
/// pointer, structs whose fields are converted as NativeStructs, a reference as
/// a pointer, and any other value as the C++ type.
std::string useConverted(const match::Argument &A, const std::string &Local);

/// Returns the result \p Value of a function as slotType() of \p Raw; a bool
/// becomes the number 0 or 1.
std::string resultAs(const ScalarType &Raw, const Type &Native,
                     const std::string &Value);
/// Returns a result \p Value that is text as an object.
std::string stringFrom(const match::Argument &Result, const std::string &Value);
/// Whether the text that the function returns has to be freed.
bool freesResult(const match::Binding *B);
/// The statement that frees the variable `result`.
inline constexpr llvm::StringLiteral FreeResult =
    "std::free(const_cast<void *>(static_cast<const void *>(result)));\n";

/// Whether a parameter or the result of any function is passed in the way \p
/// How.
bool takes(llvm::ArrayRef<const match::Binding *> Bindings, match::Passing How);
bool returns(llvm::ArrayRef<const match::Binding *> Bindings,
             match::Passing How);

/// The API of a runtime for strings and arrays, as C++ text. `string` and
/// `array` are placeholders for the objects, `text` and `length` for the
/// characters of a result, and `T` for the type of an element.
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
/// Prints the definitions that the results of useConverted() and stringFrom()
/// use for \p Bindings, and \p Others.
void printHelpers(Printer &P, llvm::ArrayRef<const match::Binding *> Bindings,
                  const ObjectFunctions &F, const HelperSet &Others = {});

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_CONVERSIONS_H
