//===- CppTypes.h - C# types as C++ declares them ---------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   managed::Method ─ Lowering ─▶ Type ─ CppTypes ─▶ the same with C++ names
//
// Lowering says what arrives in native code, and calls types as C# does. This
// gives them names of C++, and the declarations that go with the names.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_CPPTYPES_H
#define ILBRIDGE_LIB_EMIT_CPPTYPES_H

#include "Printer.h"
#include "ilbridge/runtime/Runtime.h"
#include <map>
#include <set>

namespace ilbridge::emit {

/// Name as C++ source may have it.
std::string cppIdentifier(llvm::StringRef Name);

class CppTypes {
public:
  /// \p Objects is the runtime whose C++ types stand for objects of the managed
  /// heap; null: there is none.
  explicit CppTypes(const runtime::Runtime *Objects) : Objects(Objects) {}

  /// \p T with names of C++; null: C++ has no such type, and problem() says
  /// why.
  const Type *named(const Type &T);
  /// Completes "it cannot be declared: …".
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
  /// A name that no other type has, in the namespaces of C#.
  Declaration declaration(const Declaration &D);
  std::nullptr_t fails(const llvm::Twine &Why) {
    Problem = Why.str();
    return nullptr;
  }

  const runtime::Runtime *const Objects;
  TypeContext Types;
  std::string Problem;
  /// Null: it cannot be declared.
  std::map<const Type *, const Type *> Known;
  std::set<std::string> Names;
  /// By the names of C#: Lowering makes one for each way of marshalling.
  std::map<std::string, const EnumType *> EnumsByName;
  std::multimap<std::string, const RecordType *> RecordsByName;
  std::vector<const EnumType *> Enums;
  /// Each behind those that it contains.
  std::vector<const RecordType *> Records;
  /// Those to which a pointer leads before they are complete.
  std::set<const Type *> Unfinished, Forward;
};

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_CPPTYPES_H
