//===- CppTypes.h - C# types as C++ declares them ---------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   managed::Method ─ Lowering ─▶ Type ─ CppTypes ─▶ the same with C++ names
//
// Lowering determines the types that native code receives, with their C# names.
// This class gives them C++ names, and prints the declarations of these names.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_CPPTYPES_H
#define ILBRIDGE_LIB_EMIT_CPPTYPES_H

#include "Printer.h"
#include "ilbridge/runtime/Runtime.h"
#include <map>
#include <set>

namespace ilbridge::emit {

/// Returns a name as a C++ identifier.
std::string cppIdentifier(llvm::StringRef Name);

class CppTypes {
public:
  /// \p Objects is the runtime whose C++ types represent objects of the managed
  /// heap; null if there is none.
  explicit CppTypes(const runtime::Runtime *Objects) : Objects(Objects) {}

  /// Returns \p T with C++ names. Returns null if C++ has no such type;
  /// problem() then states the reason.
  const Type *named(const Type &T);
  /// The reason, which completes "it cannot be declared: …".
  const std::string &problem() const { return Problem; }
  /// Prints the definitions of all types so far.
  void print(Printer &P) const;

private:
  const Type *scalar(const ScalarType &S);
  const Type *record(const RecordType &R);
  const Type *enumeration(const EnumType &E);
  const Type *function(const FunctionType &F);
  const Type *object(const OpaqueType &O);
  bool fill(RecordType &Made, const RecordType &R);
  const RecordType *sameAs(const RecordType &Made, llvm::StringRef Name) const;
  /// Returns a unique name in the namespaces of the C# type.
  Declaration declaration(const Declaration &D);
  std::nullptr_t fails(const llvm::Twine &Why) {
    Problem = Why.str();
    return nullptr;
  }

  const runtime::Runtime *const Objects;
  TypeContext Types;
  std::string Problem;
  /// Null for a type that cannot be declared.
  std::map<const Type *, const Type *> Known;
  std::set<std::string> Names;
  /// By C# name, because Lowering makes one type for each kind of marshalling.
  std::map<std::string, const EnumType *> EnumsByName;
  std::multimap<std::string, const RecordType *> RecordsByName;
  std::vector<const EnumType *> Enums;
  /// Each record follows those that it contains.
  std::vector<const RecordType *> Records;
  /// Records to which a pointer refers before they are complete.
  std::set<const Type *> Unfinished, Forward;
};

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_CPPTYPES_H
