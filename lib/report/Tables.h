//===- Tables.h - Rows in files of limited size -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_REPORT_TABLES_H
#define ILBRIDGE_LIB_REPORT_TABLES_H

#include "ilbridge/report/Report.h"

namespace ilbridge::report {

/// Writes a table row by row, into data/NAME-0.js, data/NAME-1.js, ….
class Table {
public:
  Table(llvm::StringRef Name, size_t RowsPerFile, Put To)
      : Name(Name.str()), RowsPerFile(RowsPerFile), To(To) {}

  /// \p Key: a text that the rows are sorted by; empty: they are not looked up.
  void add(llvm::json::Value Row, llvm::StringRef Key = "");
  /// Writes the rest. \returns the description of the table for the page.
  llvm::json::Object finish();
  size_t size() const { return Count; }

private:
  void flush();

  std::string Name;
  size_t RowsPerFile;
  Put To;
  llvm::json::Array Rows;   ///< not written yet
  llvm::json::Array Firsts; ///< the first key of each file
  size_t Count = 0, Files = 0;
};

/// Lines of sources, for showing them.
class SourceLines {
public:
  explicit SourceLines(const Options &O) : O(O) {}
  /// The line of a shown location without the space around it; empty if it
  /// cannot be read. A long line is cut.
  std::string at(const Location &L);

private:
  struct File {
    std::unique_ptr<llvm::MemoryBuffer> Text; ///< null: cannot be read
    std::vector<size_t> Lines;                ///< offsets of their beginnings
  };
  const Options &O;
  llvm::StringMap<File> Files;
};

} // namespace ilbridge::report

#endif // ILBRIDGE_LIB_REPORT_TABLES_H
