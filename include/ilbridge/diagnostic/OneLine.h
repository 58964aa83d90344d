//===- OneLine.h - Names as one line shows them -----------------*- C++ -*-===//
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

/// \p Text, of which every string can be a part because every string is a name
/// (ECMA-335 II.24.2.3), as a line of text can hold it: control characters
/// (U+0000 to U+001F, U+007F to U+009F) and line separators (U+2028, U+2029)
/// as C# writes them in a name, `\u000A`, and what is not UTF-8 as U+FFFD.
std::string oneLine(llvm::StringRef Text);

/// \p Text, a line of a source, with a space in place of each byte of what
/// oneLine() writes otherwise; tabs stay. Columns stay what they were.
std::string withoutControls(llvm::StringRef Text);

} // namespace ilbridge

#endif // ILBRIDGE_DIAGNOSTIC_ONELINE_H
