//===- Literal.h - C++ string literals --------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TYPE_LITERAL_H
#define ILBRIDGE_TYPE_LITERAL_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace ilbridge {

/// Returns text as a C string literal, including the quotes.
std::string literal(llvm::StringRef Text);

} // namespace ilbridge

#endif // ILBRIDGE_TYPE_LITERAL_H
