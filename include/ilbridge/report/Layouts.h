//===- Layouts.h - Layouts of structs as data -------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_REPORT_LAYOUTS_H
#define ILBRIDGE_REPORT_LAYOUTS_H

#include "ilbridge/match/Layouts.h"
#include "llvm/Support/JSON.h"

namespace ilbridge::report {

/// Makes a location the one that users see.
using Show = llvm::function_ref<void(Location &)>;

/// A location with `file`, and `line`, `column` and `member` where it has them.
llvm::json::Object location(Location L, Show Shown);

/// "agrees", "differs", "not-known"; "not-passed" for a struct of C# alone.
llvm::StringRef state(const match::RecordLayouts &R,
                      const match::RecordLayouts::OnTargets &On);

/// \p R as `list types --layout --format json` has it, which
/// docs/output-formats.md describes. \p Targets are those that its layouts
/// refer to.
llvm::json::Object layouts(const match::RecordLayouts &R,
                           llvm::ArrayRef<match::ComparedTarget> Targets,
                           Show Shown);

} // namespace ilbridge::report

#endif // ILBRIDGE_REPORT_LAYOUTS_H
