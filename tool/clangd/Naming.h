//===- Naming.h - The ids of findings in messages of clangd -----*- C++ -*-===//
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

/// Adds to each diagnostic of ilbridge what a plugin cannot give to clangd: its
/// id as `code`, the id's page as `codeDescription`, `source`, and the severity
/// Hint for what is only an offer. ilbridge's diagnostics are those whose
/// message's first line ends with " [ilbridge-…]". The message stays as it is,
/// because editors send it back to ask for its quick-fixes.
/// \param Body the content of a message from clangd to an editor (JSON-RPC)
/// \param Pages the URL of the pages' folder, with a slash at its end
/// \returns the new content; \p Body if there is nothing to add
std::string namedFindings(llvm::StringRef Body, llvm::StringRef Pages);

/// Copies messages with their header (Language Server Protocol 3.17, "Base
/// Protocol") from the file descriptor \p In to \p Out until \p In ends, with
/// the findings in them named. From the first text on that is no such message,
/// everything is copied as it is. \returns whether all could be written
bool nameFindings(int In, int Out, llvm::StringRef Pages);

} // namespace ilbridge

#endif // ILBRIDGE_TOOL_CLANGD_NAMING_H
