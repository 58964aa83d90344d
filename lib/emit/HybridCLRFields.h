//===- HybridCLRFields.h - Structs that shims convert -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   NAME_managed, as a bridge function passes it ◀─▶ NAME_native ◀─▶ C++ struct
//                                       to_native(), to_managed()  same bytes
//
// Each form is a C++ struct in the generated file. The C++ struct of the
// program can group and name the same bytes differently.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_HYBRIDCLRFIELDS_H
#define ILBRIDGE_LIB_EMIT_HYBRIDCLRFIELDS_H

#include "Conversions.h"
#include "Printer.h"
#include "ilbridge/managed/StructConversion.h"
#include "llvm/ADT/StringSet.h"
#include <map>

namespace ilbridge::emit {

/// Whether native code gets a string as a pointer to UTF-8 text.
bool isUtf8(const managed::ValueConversion &V);

/// The structs that the shims of a file convert, and their names.
class ConvertedStructs {
public:
  explicit ConvertedStructs(llvm::ArrayRef<const match::Binding *> Bindings);

  bool empty() const { return Entries.empty(); }
  /// Returns the helpers of Conversions.h that the functions call.
  HelperSet helpers() const;
  /// Returns true if native code receives texts by their address.
  bool hasTexts() const;

  /// Return the names of the two forms: "structs::Options_managed".
  std::string held(const managed::StructConversion &C) const {
    return "structs::" + name(*C.Held);
  }
  std::string native(const managed::StructConversion &C) const {
    return "structs::" + name(*C.Native);
  }
  /// Returns true if to_native() of \p C takes a `Texts`, which keeps UTF-8 and
  /// UTF-16 text during one call.
  static bool needsTexts(const managed::StructConversion &C);

  /// Prints the namespace `structs`, with all forms and functions.
  void print(Printer &P) const;

private:
  struct Entry {
    /// Null if both forms are the same.
    const managed::StructConversion *Struct;
    bool ToNative = false, ToManaged = false;
  };
  using Condition = llvm::function_ref<bool(const managed::ValueConversion &)>;

  void add(const managed::StructConversion &C, bool ToNative, bool ToManaged);
  void add(const managed::ValueConversion &V, bool ToNative, bool ToManaged);
  void addSame(const Type &Held, const Type &Native);
  void setNames(const RecordType &Held, llvm::StringRef HeldSuffix,
                const RecordType &Native, llvm::StringRef NativeSuffix);
  const std::string &name(const RecordType &R) const { return Names.at(&R); }
  bool anyToNative(Condition Is) const;
  bool anyToManaged(Condition Is) const;
  std::string declareField(const Type &T, const std::string &Name,
                           bool IsHeld) const;
  void printForm(Printer &P, const RecordType &R, bool IsHeld) const;
  void printToNative(Printer &P, const Entry &E) const;
  void printToManaged(Printer &P, const Entry &E) const;
  void printValueToNative(Printer &P, const managed::ValueConversion &V,
                          const std::string &From, const std::string &To) const;
  void printValueToManaged(Printer &P, const managed::ValueConversion &V,
                           const std::string &From,
                           const std::string &To) const;
  void printHelpers(Printer &P) const;

  /// The entries by the managed form.
  std::map<const RecordType *, Entry> Entries;
  /// The managed forms. Each follows the forms that it contains.
  std::vector<const RecordType *> Order;
  std::map<const RecordType *, std::string> Names; ///< names of both forms
  llvm::StringSet<> Used;
  bool HasParams = false, HasArrays = false; ///< of such structs
};

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_HYBRIDCLRFIELDS_H
