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

/// Converts a location to the form that users see.
using Show = llvm::function_ref<void(Location &)>;

/// Returns a location with `file`, and with `line`, `column` and `member` if
/// they are known.
llvm::json::Object location(Location L, Show Shown);

/// Returns "agrees", "differs", "not-known", or "not-passed" for a struct that
/// only C# has.
llvm::StringRef state(const match::RecordLayouts &R,
                      const match::RecordLayouts::OnTargets &On);

/// Returns \p R in the format of `list types --layout --format json`, which
/// docs/output-formats.md describes. \p Targets are the targets to which its
/// layouts refer.
llvm::json::Object layouts(const match::RecordLayouts &R,
                           llvm::ArrayRef<match::ComparedTarget> Targets,
                           Show Shown);

} // namespace ilbridge::report

#endif // ILBRIDGE_REPORT_LAYOUTS_H
