//===- ObjectThunks.h - Functions that take C++ objects -------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A runtime that calls functions itself passes C# objects. A function that
// takes the C++ objects that they represent is registered with the address of a
// thunk, which reads the address of each C++ object from its field.
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
  /// Whether a domain can be unloaded, with its classes.
  bool HasDomains;
  /// The headers that declare the API, as #include names them.
  llvm::ArrayRef<llvm::StringLiteral> Headers;
};

class ObjectThunks {
public:
  /// \p Rows contains all functions; some require a thunk. \p Name is the
  /// prefix of all names. \p Rows has to outlive the object.
  ObjectThunks(const ObjectAPI &API, llvm::StringRef Name,
               const std::vector<FunctionRow> &Rows);

  bool empty() const { return Needing.empty(); }
  void printHeaders(Printer &P) const;
  void print(Printer &P) const;
  /// The name of the thunk that unwraps the objects of \p B.
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

/// \p Address is the address of an object of the mapping's C++ class. Returns
/// the address of the same object as the class to which \p C is mapped.
std::string castToClass(const managed::ObjectClass &C,
                        const std::string &Address);
/// Declares a pointer to the pointee of \p Native, a pointer or a reference.
std::string declarePointer(const Type &Native, const std::string &Name);
/// Returns the function of \p B in a call expression. \p This is a pointer to
/// the object of a member function.
std::string callee(const match::Binding &B, const std::string &This);

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_OBJECTTHUNKS_H
