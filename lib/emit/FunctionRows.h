//===- FunctionRows.h - Functions that a runtime calls itself ---*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   bindings ─▶ rows: names and addresses ─▶ printUse ─▶ text
//               the same for every runtime    what the runtime is told of them
//
// A runtime that marshals needs no invokers: it looks up a function by name, or
// the function is registered with its name and address. The backends of these
// runtimes write the same arrays (include/ilbridge/import_table.h) and differ
// in the code that follows.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_FUNCTIONROWS_H
#define ILBRIDGE_LIB_EMIT_FUNCTIONROWS_H

#include "Declarations.h"

namespace ilbridge::emit {

/// A function, and the name by which a runtime looks it up.
struct FunctionRow {
  std::string Library; ///< name in [DllImport]; empty: an internal call
  std::string Name;    ///< the entry point, or the name of an internal call
  const match::Binding *Binding;
  std::string Shim = {}; ///< called instead of the function; empty: none
  bool operator<(const FunctionRow &O) const {
    return std::tie(Library, Name) < std::tie(O.Library, O.Name);
  }
};

/// The functions for the function pointers of one managed type, in their order.
struct PointerTable {
  std::string Array; ///< its name
  const managed::TypeDef *Type;
  /// Indexed by managed::Method::Slot. Null if there is no function.
  std::vector<const match::Binding *> Slots;
};

class ConvertedStructs;
class ObjectThunks;
struct ObjectAPI;

/// The plan of one file with such rows.
class RowsPlan : public Plan {
public:
  /// \param Kinds the kinds of functions that get rows. \param DefaultName the
  /// name of the generated function or table, if the output has none. \param
  /// ConnectsCalls whether printCalls() connects managed methods. \param
  /// Objects the API that reads the fields of objects; null: functions that
  /// take C++ objects get no rows.
  RowsPlan(const OutputRequest &Request, const BindingInputs &In,
           llvm::ArrayRef<native::ExportKind> Kinds,
           llvm::StringRef DefaultName, bool ConnectsCalls = false,
           const ObjectAPI *Objects = nullptr);
  ~RowsPlan() override;
  std::string print(size_t) const final;

protected:
  /// Prints the #include lines that printUse() requires.
  virtual void printHeaders(Printer &P) const = 0;
  /// Prints the code that uses the rows, in the namespace of Name.
  virtual void printUse(Printer &P) const = 0;

  /// Prints the code that connects Called, outside of all namespaces.
  virtual void printCalls(Printer &) const {}
  /// Calls \p Print in the namespaces of Name.
  void inScopes(Printer &P, llvm::function_ref<void()> Print) const;

  /// Returns the initializer of an ilbridge_import_table with all rows.
  std::string tableInitialiser() const;
  /// The names of the two arrays, which exist if they have rows. A file may
  /// have several outputs, so the names of all helpers begin with Name.
  std::string importArray() const { return Name + "_imports"; }
  std::string callArray() const { return Name + "_calls"; }

  std::string Name; ///< without its namespaces
  std::vector<FunctionRow> Imports, Calls;
  std::vector<PointerTable> Tables;
  /// The imports that have a shim.
  std::vector<const match::Binding *> Shimmed;
  /// The managed methods that native code calls.
  std::vector<match::ManagedCall> Called;

private:
  void planThunks(const ObjectAPI &API);
  void planTables(const BindingInputs &In);
  void planShims();
  void printShims(Printer &P, const ConvertedStructs &Structs) const;
  void printOwnCode(Printer &P, const ConvertedStructs &Structs) const;

  const OutputRequest Request;
  const native::Program &Program;
  Declarations Seen;
  std::vector<std::string> Scopes; ///< the namespaces of Name
  std::unique_ptr<ObjectThunks> Thunks;
};

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_FUNCTIONROWS_H
