//===- OneLine.h - Display of names in one line ----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_DIAGNOSTIC_ONELINE_H
#define ILBRIDGE_DIAGNOSTIC_ONELINE_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace ilbridge {

/// \returns \p Text as a single line. Names can contain any string (ECMA-335
/// II.24.2.3), so control characters (U+0000 to U+001F, U+007F to U+009F) and
/// line separators (U+2028, U+2029) become C# escapes (`\u000A`), and bytes
/// that are not valid UTF-8 become U+FFFD.
std::string oneLine(llvm::StringRef Text);

/// \returns the source line \p Text with a space for each byte that oneLine()
/// would replace, except tabs. Columns do not change.
std::string withoutControls(llvm::StringRef Text);

} // namespace ilbridge

#endif // ILBRIDGE_DIAGNOSTIC_ONELINE_H
