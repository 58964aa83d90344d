//===- Report.h - A project as one page ---------------------------*- C++
//-*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   bindings, findings, layouts, bridges ──tables──▶ data/*.js ─┐
//                                                               ├─▶ a folder
//   lib/report/page: index.html, report.css, report.js ─────────┘
//
// Browsers do not permit a page that was opened from the disk to fetch data.
// Therefore the data are scripts, each of which passes its rows to a function
// of report.js. A table has many scripts, and the page loads those that it
// shows. Names and texts come from assemblies and sources, which are untrusted.
// Here they become JSON that is safe inside of a script, and report.js adds
// them to the page only as text.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_REPORT_REPORT_H
#define ILBRIDGE_REPORT_REPORT_H

#include "ilbridge/diagnostic/Coverage.h"
#include "ilbridge/report/Layouts.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace ilbridge::report {

/// An import, or another method that a native function implements.
struct Binding {
  const managed::Method *Managed = nullptr;
  const match::Binding *Pair = nullptr; ///< null: no function was found
  /// Null if it was not compared on any target.
  const BindingCoverage *Compared = nullptr;
};

/// A row of a bridge table of HybridCLR.
struct BridgeRow {
  std::string Table; ///< "m2n"
  std::string Key;
  std::vector<std::string> Users;
};

/// The bridges of a project.
struct Bridges {
  std::vector<BridgeRow> Rows;
  struct Struct {
    std::string Name, Token, Assembly;
    std::vector<std::string> Fields;
    size_t Rows = 0; ///< that pass it
  };
  std::vector<Struct> Structs;
  /// The number of functions that the rows require on a target if they are
  /// shared.
  struct Sharing {
    std::string Target;
    size_t Functions = 0;
  };
  std::vector<Sharing> OnTargets;
  size_t Functions = 0;      ///< without sharing, in tables that support it
  llvm::json::Object Growth; ///< in the format of `list bridges --growth`
};

/// The content of a report. The lists are in the order of the page.
struct Content {
  std::vector<match::ComparedTarget> Targets;
  std::vector<std::string> Runtimes; ///< their titles
  std::vector<Binding> Bindings;
  llvm::ArrayRef<Diagnostic> Findings; ///< with shown locations
  /// One element for each kind of output.
  std::vector<const match::Layouts *> Layouts;
  std::optional<Bridges> TheBridges;
};

/// The display of texts.
struct Options {
  std::string Root;             ///< absolute; shown paths are relative to it
  std::string WorkingDirectory; ///< the same
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files;
  Show Shown; ///< converts a location to its shown form
};

/// Receives a file's name, relative to the report's folder, and its text.
using Put = llvm::function_ref<void(llvm::StringRef Name, llvm::StringRef)>;

/// The page. It is written last, so it never refers to missing data.
inline constexpr llvm::StringLiteral PageFile = "index.html";
/// The beginning of every page, which identifies it as a report.
inline constexpr llvm::StringLiteral PageMark =
    "<!doctype html>\n<!-- Written by 'ilbridge report'.";

/// Passes all files of a report to \p To. They depend only on the content.
void write(const Content &C, const Options &O, Put To);

/// Returns \p V as part of a script: JSON without text that ends a script
/// element or a line of JavaScript.
std::string scriptText(const llvm::json::Value &V);

} // namespace ilbridge::report

#endif // ILBRIDGE_REPORT_REPORT_H
