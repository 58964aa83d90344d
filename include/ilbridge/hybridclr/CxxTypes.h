//===- CxxTypes.h - The C++ types of bridge functions -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One type for each basic value and for each shape of structs: what generated
// text is printed from, and what Clang is asked about to share functions.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_HYBRIDCLR_CXXTYPES_H
#define ILBRIDGE_HYBRIDCLR_CXXTYPES_H

#include "ilbridge/hybridclr/SharedTypes.h"
#include "ilbridge/type/Type.h"

namespace ilbridge::hybridclr {

class CxxTypes {
public:
  CxxTypes();

  const Type &basic(Basic B) const { return *Basics[static_cast<size_t>(B)]; }
  /// The struct of a shape, "__struct_7__" for number 7, with the members that
  /// il2cpp gives it. \p Fields: the types of the fields of \p S.
  const RecordType &makeStruct(uint32_t Number, const Structure &S,
                               llvm::ArrayRef<const Type *> Fields);
  /// The result of functions that are shared by rows whose results differ in
  /// size but all go through memory; ResultInPlaceText defines it.
  const RecordType &resultInPlace() const { return *ResultInPlace; }

private:
  RecordType *record(RecordType::Tag Tag, unsigned Pack, llvm::StringRef Name);
  void addBytes(RecordType &R, llvm::StringRef Name, uint64_t Count);

  TypeContext Types;
  const Type *Basics[NumBasics];
  const RecordType *ResultInPlace;
};

/// The name of a type of CxxTypes in generated text. It lives as long as the
/// type.
llvm::StringRef typeName(const Type &T);
/// Appends the definition of a struct that makeStruct() has made.
void printDefinition(std::string &Text, const RecordType &R);

/// Returned in braces it is constructed where the caller wants the result
/// (C++11, [stmt.return]), and never copied; with a destructor of its own no
/// C++ ABI passes it in registers. So the compiler knows no size of the result,
/// nor has it an object to copy or to initialise. Sharing.cpp asks whether a
/// target passes it as it does the results.
inline constexpr llvm::StringLiteral ResultInPlaceText = R"(
/// A result of any size that goes through memory: the interpreter writes it
/// where the caller wants it. It has a destructor, so that it never is in
/// registers, and is not copied.
struct __ResultInPlace {
    __ResultInPlace(const MethodInfo *method, StackObject *args) { Interpreter::Execute(method, args, this); }
    __ResultInPlace(const __ResultInPlace &) = delete;
    ~__ResultInPlace() {}
};
)";

} // namespace ilbridge::hybridclr

#endif // ILBRIDGE_HYBRIDCLR_CXXTYPES_H
