//===- InputError.cpp - An input that cannot be read ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/diagnostic/InputError.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge {

char InputError::ID = 0;

void InputError::log(llvm::raw_ostream &OS) const {
  OS << Where << ": " << Message;
}

std::error_code InputError::convertToErrorCode() const {
  return llvm::inconvertibleErrorCode();
}

} // namespace ilbridge
