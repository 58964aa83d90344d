//===- Writer.h - The tables of a report --------------------------*- C++
//-*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// docs/report.md describes the rows for programs that read the data without the
// page.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_REPORT_WRITER_H
#define ILBRIDGE_LIB_REPORT_WRITER_H

#include "Tables.h"
#include "llvm/ADT/SetVector.h"
#include <map>
#include <set>

namespace ilbridge::report {

class Writer {
public:
  Writer(const Content &C, const Options &O, Put To);
  /// Writes all tables. \returns the index for the page.
  llvm::json::Object write();

private:
  // Finds the references between the tables.
  void linkFindings();
  void linkTypes();

  // Each function writes one table.
  void bindings();
  void findings();
  void causes();
  void types();
  void bridges();

  llvm::json::Array bindingRow(size_t I);
  llvm::json::Object bindingDetails(size_t I);
  llvm::json::Array place(const Location &Shown);
  llvm::json::Array shownPlace(Location L);
  llvm::json::Array targetsOf(size_t Finding);
  llvm::json::Array runtimesOf(const Diagnostic &D);
  llvm::json::Object coverage();

  const Content &C;
  Options O;
  Put To;
  SourceLines Lines;
  std::vector<std::string> TargetNames;
  std::vector<std::string> BindingNames; ///< "Ns.Type::Method(System.Int32)"

  /// By index of Content::Findings: the binding and the cause of each finding.
  std::vector<std::optional<size_t>> BindingOf, CauseOf;
  std::vector<std::vector<size_t>> FindingsOf; ///< by binding
  struct Cause {
    const Diagnostic *First;
    size_t Uses = 0;
  };
  std::vector<Cause> Causes;
  /// A struct of one of Content::Layouts.
  struct Record {
    const match::Layouts *In;
    const match::RecordLayouts *Of;
  };
  std::vector<Record> Records;
  std::vector<std::vector<size_t>> RecordsOf; ///< by binding

  llvm::json::Object Tables;
  llvm::json::Object Index;
};

} // namespace ilbridge::report

#endif // ILBRIDGE_LIB_REPORT_WRITER_H
