//===- ObjectThunks.h - Functions that take C++ objects -------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A runtime that calls functions itself passes C# objects. For a function that
// takes the C++ objects for which they stand, it gets the address of a thunk,
// which reads the address of each C++ object from its field.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_OBJECTTHUNKS_H
#define ILBRIDGE_LIB_EMIT_OBJECTTHUNKS_H

#include "FunctionRows.h"
#include "Names.h"

namespace ilbridge::emit {

/// The embedding API of a runtime. The APIs of Mono and il2cpp have the same
/// functions, each with a prefix of its own.
struct ObjectAPI {
  llvm::StringLiteral Prefix; ///< "mono"
  /// The C++ types of objects, classes and fields.
  llvm::StringLiteral Object, Class, Field;
  /// A domain can be unloaded, and its classes with it.
  bool HasDomains;
  /// The headers that declare all of it, as #include names them.
  llvm::ArrayRef<llvm::StringLiteral> Headers;
};

class ObjectThunks {
public:
  /// \p Rows has all functions; some need a thunk. All names begin with
  /// \p Name. \p Rows has to outlive it.
  ObjectThunks(const ObjectAPI &API, llvm::StringRef Name,
               const std::vector<FunctionRow> &Rows);

  bool empty() const { return Needing.empty(); }
  void printHeaders(Printer &P) const;
  void print(Printer &P) const;
  /// The name of the thunk of \p B, which unwraps objects.
  std::string nameOf(const match::Binding &B) const {
    return Name + "_" + Identifiers(B);
  }

private:
  void printLookup(Printer &P) const;
  void printFields(Printer &P) const;
  void printThunk(Printer &P, const match::Binding &B) const;
  std::string fieldOf(const managed::ObjectClass &C) const;

  const ObjectAPI &API;
  const std::string Name;
  std::vector<const match::Binding *> Needing;
  MethodIdentifiers Identifiers;
};

/// The value \p Address, the address of an object of the mapping's C++ class,
/// as that of one of the class that \p C is mapped to.
std::string castToClass(const managed::ObjectClass &C,
                        const std::string &Address);
/// A pointer to what \p Native, a pointer or a reference, leads to.
std::string declarePointer(const Type &Native, const std::string &Name);
/// The function of \p B as a call expression names it. \p This is a pointer to
/// the object of a member function.
std::string callee(const match::Binding &B, const std::string &This);

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_OBJECTTHUNKS_H
