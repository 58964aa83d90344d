//===- Replace.h - A file of the cache as a whole or not at all -*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_CACHE_REPLACE_H
#define ILBRIDGE_LIB_CACHE_REPLACE_H

#include "llvm/ADT/StringRef.h"

namespace ilbridge::cache {

/// Makes \p First and \p Rest the content of the file \p Path, whose folder is
/// made if it is missing. Where that fails, the file stays as it is, and the
/// run goes on without it.
void replaceFile(llvm::StringRef Path, llvm::StringRef First,
                 llvm::StringRef Rest);

} // namespace ilbridge::cache

#endif // ILBRIDGE_LIB_CACHE_REPLACE_H
