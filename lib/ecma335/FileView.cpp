//===- FileView.cpp - The bytes of an assembly, and their errors ----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/ecma335/FileView.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include <functional>

namespace ilbridge::ecma335 {

char FormatError::ID;
char NoMetadataError::ID;

void FormatError::log(llvm::raw_ostream &OS) const {
  OS << File << ": at byte " << Offset << " (" << llvm::format_hex(Offset, 1)
     << "): " << Rule << " (" << Section << ')';
}

std::error_code FormatError::convertToErrorCode() const {
  return std::make_error_code(std::errc::illegal_byte_sequence);
}

uint64_t FileView::offset(const uint8_t *At) const {
  // std::less_equal orders pointers into different objects, but < does not.
  std::less_equal<const uint8_t *> LessEqual;
  if (!LessEqual(Bytes.begin(), At) || !LessEqual(At, Bytes.end()))
    return 0;
  return At - Bytes.begin();
}

llvm::Error FileView::error(const uint8_t *At, llvm::StringRef Section,
                            const llvm::Twine &Rule) const {
  return llvm::make_error<FormatError>(Name, offset(At), Section, Rule);
}

} // namespace ilbridge::ecma335
