//===- Naming.h - Ids in clangd's messages ----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TOOL_CLANGD_NAMING_H
#define ILBRIDGE_TOOL_CLANGD_NAMING_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace ilbridge {

/// Adds properties that a plugin cannot set in clangd to each diagnostic of
/// ilbridge: its id as `code`, the id's page as `codeDescription`, `source`,
/// and the severity Hint for a suggestion. A diagnostic belongs to ilbridge if
/// the first line of its message ends with " [ilbridge-…]". The message is
/// unchanged, because editors send it back to request its quick-fixes.
/// \param Body the content of a message from clangd to an editor (JSON-RPC)
/// \param Pages the URL of the folder with the pages, with a slash at its end
/// \returns the new content; \p Body if there is nothing to add
std::string namedFindings(llvm::StringRef Body, llvm::StringRef Pages);

/// Copies messages with their header (Language Server Protocol 3.17, "Base
/// Protocol") from the file descriptor \p In to \p Out until \p In ends, and
/// adds ids to the findings in them. From the first text on that is not such a
/// message, everything is copied without changes. \returns whether everything
/// could be written
bool nameFindings(int In, int Out, llvm::StringRef Pages);

} // namespace ilbridge

#endif // ILBRIDGE_TOOL_CLANGD_NAMING_H
