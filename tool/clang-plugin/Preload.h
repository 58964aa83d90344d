//===- Preload.h - The plugin as ilbridge-clangd loads it -------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TOOL_CLANG_PLUGIN_PRELOAD_H
#define ILBRIDGE_TOOL_CLANG_PLUGIN_PRELOAD_H

#include <string>

namespace ilbridge {

/// The settings that ilbridge-clangd passes on.
struct Preload {
  std::string ConfigFile; ///< absolute; empty: the nearest one
};

/// Removes the variables of ilbridge-clangd from the environment, so that
/// programs that clangd starts do not inherit them.
void readPreload();

/// Returns null in a compiler.
const Preload *preload();

} // namespace ilbridge

#endif // ILBRIDGE_TOOL_CLANG_PLUGIN_PRELOAD_H
