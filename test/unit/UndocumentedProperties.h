//===- UndocumentedProperties.h - Properties that a page omits --*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TEST_UNIT_UNDOCUMENTEDPROPERTIES_H
#define ILBRIDGE_TEST_UNIT_UNDOCUMENTEDPROPERTIES_H

#include "ilbridge/type/Properties.h"

namespace ilbridge {

/// Whether \p Page contains \p Word as code: `word` or `word: value`.
inline bool isDocumented(llvm::StringRef Page, llvm::StringRef Word) {
  return Page.contains(("`" + Word + "`").str()) ||
         Page.contains(("`" + Word + ": ").str());
}

/// Returns the properties of the described classes that texts contain and that
/// \p Page does not mention.
template <typename... Described>
std::vector<std::string> undocumented(llvm::StringRef Page) {
  std::vector<std::string> Missing;
  auto Check = [&](auto Key, auto...) {
    if constexpr (Key.IsWritten)
      if (!isDocumented(Page, Key.Word))
        Missing.push_back(Key.Word.str());
    return true;
  };
  (Properties<Described>::each(Check), ...);
  return Missing;
}

} // namespace ilbridge

#endif // ILBRIDGE_TEST_UNIT_UNDOCUMENTEDPROPERTIES_H
