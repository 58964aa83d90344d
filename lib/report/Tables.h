//===- Tables.h - Tables in files of limited size ---------------*- C++ -*-===//
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

  /// Adds a row. \p Key is the text by which the rows are sorted; empty if they
  /// are not looked up.
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

/// Source lines for display.
class SourceLines {
public:
  explicit SourceLines(const Options &O) : O(O) {}
  /// Returns the line at a shown location without surrounding white space;
  /// empty if it cannot be read. A long line is truncated.
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
