//===- CxxTypes.h - The C++ types of bridge functions -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// There is one type for each basic value and for each shape of structs.
// Generated text is printed from these types, and Clang lowers them to
// determine which functions can be shared.
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
  /// Returns the struct of a shape, "__struct_7__" for number 7, with the
  /// members that il2cpp gives it. \p Fields has the types of the fields of \p
  /// S.
  const RecordType &makeStruct(uint32_t Number, const Structure &S,
                               llvm::ArrayRef<const Type *> Fields);
  /// The result type of functions that are shared by rows whose results differ
  /// in size but are all returned in memory. ResultInPlaceText defines it.
  const RecordType &resultInPlace() const { return *ResultInPlace; }

private:
  RecordType *record(RecordType::Tag Tag, unsigned Pack, llvm::StringRef Name);
  void addBytes(RecordType &R, llvm::StringRef Name, uint64_t Count);

  TypeContext Types;
  const Type *Basics[NumBasics];
  const RecordType *ResultInPlace;
};

/// Returns the name of a type of CxxTypes in generated text. The name lives as
/// long as the type.
llvm::StringRef typeName(const Type &T);
/// Appends the definition of a struct that makeStruct() returned.
void printDefinition(std::string &Text, const RecordType &R);

/// A value that is returned in braces is constructed directly in the memory for
/// the caller's result (C++11, [stmt.return]), and is never copied. Because the
/// type has a destructor, no C++ ABI passes it in registers. Therefore the
/// compiler does not need the size of the result, and has no object to copy or
/// to initialise. Sharing.cpp checks whether a target passes this type in the
/// same way as the results.
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
