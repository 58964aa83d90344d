//===- LayoutChecks.h - static_asserts about struct layouts -----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ilbridge has compared the two sides for the scanned target. The generated
// file repeats the assumptions as checks for every compiler that compiles it.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_LAYOUTCHECKS_H
#define ILBRIDGE_LIB_EMIT_LAYOUTCHECKS_H

#include "Printer.h"
#include "ilbridge/match/Binding.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <map>

namespace ilbridge::emit {

class LayoutChecks {
public:
  explicit LayoutChecks(const DataModel &Scanned) : Scanned(Scanned) {}

  /// Whether a native record is complete in the generated file.
  using Visible = llvm::function_ref<bool(const RecordType &)>;

  /// Collects the records that are visible to both sides.
  void add(const match::Binding &B, Visible IsVisible);
  void add(const match::ManagedCall &C, Visible IsVisible);
  bool empty() const { return Records.empty() && Scalars.empty(); }
  void print(Printer &P) const;

private:
  void addPassed(const Type &Managed, const Type &Native, Visible IsVisible);
  /// \p Managed and \p Native describe the same memory.
  void addShared(const Type &Managed, const Type &Native, Visible IsVisible);
  void print(Printer &P, const RecordType &Managed,
             const RecordType &Native) const;
  /// The size in bytes, as an expression with the correct value on every
  /// target.
  std::string size(const Type &Managed) const;

  const DataModel Scanned;
  /// By the name of the native type, then by that of the managed type.
  std::map<std::pair<std::string, std::string>,
           std::pair<const RecordType *, const RecordType *>>
      Records;
  /// Conditions about scalars that are passed by address, with the description
  /// of each.
  std::map<std::string, std::string> Scalars;
};

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_LAYOUTCHECKS_H
