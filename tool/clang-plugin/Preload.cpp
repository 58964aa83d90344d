//===- Preload.cpp - The plugin as ilbridge-clangd loads it ---------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Preload.h"
#include <cstdlib>
#include <optional>

namespace ilbridge {

/// Set by the plugin's constructor before main(), because a preloaded library
/// has no other way to receive arguments.
static std::optional<Preload> &loaded() {
  static std::optional<Preload> P;
  return P;
}

void readPreload() {
  const char *Rest = std::getenv("ILBRIDGE_PRELOAD_REST");
  if (!Rest)
    return;
  const char *Config = std::getenv("ILBRIDGE_PRELOAD_CONFIG");
  loaded().emplace().ConfigFile = Config ? Config : "";
  // Child processes also preload the libraries that were preloaded before.
  if (*Rest)
    setenv("LD_PRELOAD", Rest, /*overwrite=*/1);
  else
    unsetenv("LD_PRELOAD");
  unsetenv("ILBRIDGE_PRELOAD_REST");
  unsetenv("ILBRIDGE_PRELOAD_CONFIG");
}

const Preload *preload() { return loaded() ? &*loaded() : nullptr; }

} // namespace ilbridge
