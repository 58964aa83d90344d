//===- ByteReader.h - Reads numbers without leaving the buffer  -*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A cursor over untrusted bytes. A read past the end, or after another failure,
// returns 0, and the first failure is kept. Therefore a decoder can read a
// whole group of fields and check for a failure once. It has to check before it
// uses a number as a loop bound or an allocation size.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_ECMA335_BYTEREADER_H
#define ILBRIDGE_LIB_ECMA335_BYTEREADER_H

#include "ilbridge/ecma335/FileView.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Endian.h"
#include <optional>

namespace ilbridge::ecma335 {

class ByteReader {
public:
  /// \param Section The section of the standard, for errors.
  ByteReader(llvm::ArrayRef<uint8_t> Bytes, const char *Section)
      : At(Bytes.begin()), End(Bytes.end()), Section(Section) {}

  size_t remaining() const { return End - At; }
  bool atEnd() const { return At == End; }
  const uint8_t *position() const { return At; }
  llvm::ArrayRef<uint8_t> rest() const { return {At, End}; }

  /// Reads a little-endian number.
  template <typename T> T read() {
    if (remaining() < sizeof(T)) {
      failAtEnd();
      return 0;
    }
    T Value = llvm::support::endian::read<T, llvm::endianness::little>(At);
    At += sizeof(T);
    return Value;
  }
  uint8_t byte() { return read<uint8_t>(); }
  /// Returns the next byte without consuming it; 0 at the end.
  uint8_t peek() const { return atEnd() ? 0 : *At; }

  /// The count has 64 bits on all hosts, because it can be a product of numbers
  /// in the file.
  llvm::ArrayRef<uint8_t> bytes(uint64_t Count) {
    if (remaining() < Count) {
      failAtEnd();
      return {};
    }
    llvm::ArrayRef<uint8_t> Result(At, static_cast<size_t>(Count));
    At += Count;
    return Result;
  }

  void skip(uint64_t Count) { (void)bytes(Count); }

  /// Reads a compressed unsigned number of 1, 2 or 4 bytes (II.23.2).
  uint32_t compressed() {
    uint8_t First = peek();
    // Most numbers of most signatures take this path.
    if (First < 0x80 && !atEnd()) {
      ++At;
      return First;
    }
    return compressedLong();
  }
  /// Reads a compressed signed number (II.23.2).
  int32_t compressedSigned();
  /// Reads the number of elements that follow, each of at least one byte.
  uint32_t count();
  /// Reads a string with its length (II.23.3); nullopt for a null string.
  std::optional<llvm::StringRef> serString();

  bool failed() const { return Rule; }
  /// Keeps the first failure, and puts the cursor at the end.
  void fail(const uint8_t *Where, const char *BrokenRule) {
    if (Rule)
      return;
    BadAt = Where;
    Rule = BrokenRule;
    At = End;
  }
  void fail(const char *BrokenRule) { fail(At, BrokenRule); }
  llvm::Error takeError(const FileView &File) const {
    return Rule ? File.error(BadAt, Section, Rule) : llvm::Error::success();
  }

private:
  uint32_t compressedLong();
  void failAtEnd() { fail("unexpected end of the data"); }

  const uint8_t *At;
  const uint8_t *End;
  const char *Section;
  const uint8_t *BadAt = nullptr;
  const char *Rule = nullptr;
};

} // namespace ilbridge::ecma335

#endif // ILBRIDGE_LIB_ECMA335_BYTEREADER_H
