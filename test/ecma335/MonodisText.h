//===- MonodisText.h - Names and types as monodis writes them ---*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// These functions are for the comparison of ecma335 with monodis. Any error
// ends the program, because the comparison needs a complete dump.
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

/// The names of VAR and MVAR, if monodis prints their names. It is empty if
/// monodis prints their numbers.
struct GenericNames {
  llvm::SmallVector<llvm::StringRef, 4> OfType;
  llvm::SmallVector<llvm::StringRef, 4> OfMethod;
};

class MonodisText {
public:
  explicit MonodisText(const Module &M) : M(M) {}

  std::string string(StringIndex I) const { return must(M.string(I)).str(); }
  /// Yields "Namespace.Outer/Nested", or "(null)" for <Module>.
  std::string typeDef(TypeDefRid R) const;
  /// Yields "[Assembly]Namespace.Outer/Nested".
  std::string typeRef(TypeRefRid R) const;
  /// Yields the type itself for a TypeSpec.
  std::string type(Token T) const;
  std::string type(const TypeSig *T, const GenericNames *Names = nullptr) const;
  /// Yields "int32, [out] string&": the parameters of a signature without
  /// names.
  std::string params(const MethodSig &S) const;
  /// Yields "instance void Owner::Name(int32)".
  std::string methodRef(const MethodSig &S, llvm::StringRef Name) const;
  /// Yields the line of a method in --method, with the names of its parameters.
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

/// Yields "07 02 0E ", or the same in lower case.
std::string hexBytes(llvm::ArrayRef<uint8_t> Bytes, bool Upper);
/// Yields the bytes of an infinity or a NaN. Every NaN yields the same bytes.
std::string notANumber(double Value, bool IsSingle);
std::string number(double Value);
/// Yields a string of ASCII as a string, and any other string as bytes.
std::string literal(const Utf16 &S);

} // namespace ilbridge::ecma335::test

#endif // ILBRIDGE_TEST_ECMA335_MONODISTEXT_H
