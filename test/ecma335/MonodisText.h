//===- MonodisText.h - Names and types as monodis writes them ---*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For the comparison of ecma335 with monodis. An error anywhere ends the
// program: the comparison has no use for half of a dump.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TEST_ECMA335_MONODISTEXT_H
#define ILBRIDGE_TEST_ECMA335_MONODISTEXT_H

#include "ilbridge/ecma335/MarshalSpec.h"
#include "ilbridge/ecma335/Module.h"
#include "ilbridge/ecma335/Signature.h"
#include "llvm/ADT/SmallVector.h"
#include <string>

namespace ilbridge::ecma335::test {

/// \returns the value, or ends the program with the error's message.
template <typename T> T must(llvm::Expected<T> Value) {
  if (!Value) {
    llvm::logAllUnhandledErrors(Value.takeError(), llvm::errs(), "error: ");
    exit(2);
  }
  return std::move(*Value);
}

/// The names that VAR and MVAR get where monodis prints them by name; empty
/// where it prints their numbers.
struct GenericNames {
  llvm::SmallVector<llvm::StringRef, 4> OfType;
  llvm::SmallVector<llvm::StringRef, 4> OfMethod;
};

class MonodisText {
public:
  explicit MonodisText(const Module &M) : M(M) {}

  std::string string(StringIndex I) const { return must(M.string(I)).str(); }
  /// "Namespace.Outer/Nested", and "(null)" for <Module>.
  std::string typeDef(TypeDefRid R) const;
  /// "[Assembly]Namespace.Outer/Nested"
  std::string typeRef(TypeRefRid R) const;
  /// The type itself for a TypeSpec.
  std::string type(Token T) const;
  std::string type(const TypeSig *T, const GenericNames *Names = nullptr) const;
  /// "int32, [out] string&": parameters of a signature without names.
  std::string params(const MethodSig &S) const;
  /// "instance void Owner::Name(int32)"
  std::string methodRef(const MethodSig &S, llvm::StringRef Name) const;
  /// The line of a method of --method, with the names of its parameters.
  std::string methodDef(MethodDefRid R, const MethodDefRow &Row) const;
  std::string marshal(const MarshalSpec &S) const;
  llvm::StringRef nativeType(uint32_t Kind) const;

private:
  std::string param(const TypeSig *T) const;
  std::string mods(const TypeSig *T) const;
  std::string bounds(const ArraySig &A) const;
  GenericNames genericNames(MethodDefRid R) const;
  std::string genericParams(MethodDefRid R, const GenericNames &Names) const;

  const Module &M;
  mutable llvm::BumpPtrAllocator A;
};

/// "07 02 0E ", or in lower case.
std::string hexBytes(llvm::ArrayRef<uint8_t> Bytes, bool Upper);
/// An infinity or a NaN is printed by its bytes, and every NaN as the same one.
std::string notANumber(double Value, bool IsSingle);
std::string number(double Value);
/// A string of ASCII is printed as one, any other byte by byte.
std::string literal(const Utf16 &S);

} // namespace ilbridge::ecma335::test

#endif // ILBRIDGE_TEST_ECMA335_MONODISTEXT_H
