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
// A browser lets no page that was opened from the disk fetch data. So the data
// are scripts, each of which gives its rows to a function of report.js: a table
// has many, and the page loads those that it shows. Names and texts are those
// of assemblies and sources, which are hostile: here they are JSON that is safe
// inside of a script, and report.js puts them on the page as text only.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_REPORT_REPORT_H
#define ILBRIDGE_REPORT_REPORT_H

#include "ilbridge/diagnostic/Coverage.h"
#include "ilbridge/report/Layouts.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace ilbridge::report {

/// An import or another method that native code stands behind.
struct Binding {
  const managed::Method *Managed = nullptr;
  const match::Binding *Pair = nullptr; ///< null: no function was found
  /// Null: it was not compared on any target.
  const BindingCoverage *Compared = nullptr;
};

/// A row of a table of HybridCLR's bridges.
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
  /// How many functions the rows of a target need, if they share them.
  struct Sharing {
    std::string Target;
    size_t Functions = 0;
  };
  std::vector<Sharing> OnTargets;
  size_t Functions = 0;      ///< of the tables that can share
  llvm::json::Object Growth; ///< as `list bridges --growth` has it
};

/// Everything that a report shows. The lists are in the order in which the page
/// has them.
struct Content {
  std::vector<match::ComparedTarget> Targets;
  std::vector<std::string> Runtimes; ///< their titles
  std::vector<Binding> Bindings;
  llvm::ArrayRef<Diagnostic> Findings; ///< with shown locations
  /// One for each kind of output.
  std::vector<const match::Layouts *> Layouts;
  std::optional<Bridges> TheBridges;
};

/// How texts are shown.
struct Options {
  std::string Root;             ///< that shown paths are relative to, absolute
  std::string WorkingDirectory; ///< the same
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files;
  Show Shown; ///< gives a location its shown form
};

/// Takes a file's name, relative to the report's folder, and its text.
using Put = llvm::function_ref<void(llvm::StringRef Name, llvm::StringRef)>;

/// The page. It is written last, so that it never refers to data that are not
/// there.
inline constexpr llvm::StringLiteral PageFile = "index.html";
/// The beginning of every such page, by which one is known.
inline constexpr llvm::StringLiteral PageMark =
    "<!doctype html>\n<!-- Written by 'ilbridge report'.";

/// Gives all files of a report to \p To. The same content makes the same files.
void write(const Content &C, const Options &O, Put To);

/// \p V as part of a script: JSON without what ends a script element or a line
/// of JavaScript.
std::string scriptText(const llvm::json::Value &V);

} // namespace ilbridge::report

#endif // ILBRIDGE_REPORT_REPORT_H
