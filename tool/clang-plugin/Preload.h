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

/// The settings that ilbridge-clangd hands over.
struct Preload {
  std::string ConfigFile; ///< absolute; empty: the nearest one
};

/// Takes what is ilbridge-clangd's out of the environment: no program that
/// clangd starts is to have it.
void readPreload();

/// Null in a compiler.
const Preload *preload();

} // namespace ilbridge

#endif // ILBRIDGE_TOOL_CLANG_PLUGIN_PRELOAD_H
