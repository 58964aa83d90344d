//===- FileView.h - The bytes of an assembly, and their errors --*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_ECMA335_FILEVIEW_H
#define ILBRIDGE_ECMA335_FILEVIEW_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <string>

namespace ilbridge::ecma335 {

/// A violation of the file format.
class FormatError : public llvm::ErrorInfo<FormatError> {
public:
  static char ID;

  FormatError(llvm::StringRef File, uint64_t Offset, llvm::StringRef Section,
              const llvm::Twine &Rule)
      : File(File), Offset(Offset), Section(Section), Rule(Rule.str()) {}

  llvm::StringRef file() const { return File; }
  /// The offset of the violation in the file, in bytes.
  uint64_t offset() const { return Offset; }
  /// The section that contains the rule: "ECMA-335 II.24.2.1".
  llvm::StringRef section() const { return Section; }
  llvm::StringRef rule() const { return Rule; }

  /// Prints "Game.dll: at byte 1234 (0x4d2): rule (ECMA-335 II.24.2.1)".
  void log(llvm::raw_ostream &OS) const override;
  std::error_code convertToErrorCode() const override;

private:
  std::string File;
  uint64_t Offset;
  std::string Section;
  std::string Rule;
};

/// A file that can be an assembly by its format, such as a program in native
/// code, but has no metadata.
class NoMetadataError : public llvm::ErrorInfo<NoMetadataError, FormatError> {
public:
  static char ID;

  using ErrorInfo::ErrorInfo;
};

/// A view of a whole file in memory. It does not own the bytes.
struct FileView {
  llvm::StringRef Name;
  llvm::ArrayRef<uint8_t> Bytes;

  /// \returns the offset of \p At in the file, in bytes; 0 if \p At does not
  /// point into the file.
  uint64_t offset(const uint8_t *At) const;
  /// Makes a FormatError. \param At the byte that violates the rule. \param
  /// Section the section that contains the rule: "ECMA-335 II.24.2.1".
  llvm::Error error(const uint8_t *At, llvm::StringRef Section,
                    const llvm::Twine &Rule) const;
};

} // namespace ilbridge::ecma335

#endif // ILBRIDGE_ECMA335_FILEVIEW_H
