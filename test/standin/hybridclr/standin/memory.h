//===- memory.h - Recognisable byte patterns --------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Values are patterns of bytes: every byte of every argument differs from its
// neighbours, and from the previous contents of the slots. Blocks have exactly
// the bytes that code may access, and are aligned to 8 bytes and no more, as
// slots are. Sanitizers detect any other access.
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_MEMORY_H
#define STANDIN_MEMORY_H

#include "../../leanclr/standin/fail.h"
#include <cstring>

namespace standin {

/// This is the previous content of slots. It is neither zero nor a sign
/// extension.
enum : unsigned char { Stale = 0xcd };

/// Returns byte \p I of the value \p Seed. Odd seeds have the top bit of every
/// byte set, so that a wrong sign extension shows; even seeds do not. No byte
/// is 0x00, 0x7f or 0xff: as floats, the patterns are numbers.
inline unsigned char patternByte(unsigned Seed, std::size_t I) {
  return static_cast<unsigned char>((Seed % 2 ? 0x80 : 0) |
                                    (1 + (Seed / 2 * 29 + I * 11) % 0x6d));
}

inline void fillPattern(unsigned char *Bytes, std::size_t Size, unsigned Seed) {
  for (std::size_t I = 0; I != Size; ++I)
    Bytes[I] = patternByte(Seed, I);
}

/// The value that a message is about.
struct Place {
  const char *Bridge;
  /// The argument's number; None denotes the result.
  std::size_t Argument;
  enum : std::size_t { None = ~std::size_t(0) };
};

// This is not inlined into the templates, of which there are many.
__attribute__((noinline, noreturn)) inline void fail(const Place &P,
                                                     const char *Message) {
  fail(std::string(P.Bridge) + ": " +
       (P.Argument == Place::None ? "the result"
                                  : "argument " + std::to_string(P.Argument)) +
       Message);
}

/// Fails unless the bytes are equal in the bits of \p Mask, or in all bits if
/// it is null.
__attribute__((noinline)) inline void
expectBytes(const void *Got, const unsigned char *Expected,
            const unsigned char *Mask, std::size_t Size, const Place &P,
            const char *Note = "") {
  const auto *Bytes = static_cast<const unsigned char *>(Got);
  for (std::size_t I = 0; I != Size; ++I) {
    if (((Bytes[I] ^ Expected[I]) & (Mask ? Mask[I] : 0xff)) == 0)
      continue;
    char Text[64];
    std::snprintf(Text, sizeof Text, "%s: byte %u is 0x%02x, not 0x%02x", Note,
                  static_cast<unsigned>(I), Bytes[I], Expected[I]);
    fail(P, Text);
  }
}

/// A block of bytes on the heap, which is filled with the pattern for stale
/// bytes.
class Block {
public:
  __attribute__((noinline)) explicit Block(std::size_t Size)
      : Bytes(static_cast<unsigned char *>(std::malloc(Size + 8))), Size(Size) {
    if (!Bytes)
      fail("out of memory");
    std::memset(Bytes, Stale, Size + 8);
  }
  Block(const Block &) = delete;
  Block &operator=(const Block &) = delete;
  __attribute__((noinline)) ~Block() { std::free(Bytes); }

  unsigned char *begin() { return Bytes + 8; }
  std::size_t size() const { return Size; }

private:
  unsigned char *Bytes;
  std::size_t Size;
};

#if defined(__has_builtin)
#if __has_builtin(__builtin_clear_padding)
#define STANDIN_CLEAR_PADDING 1
#endif
#endif

/// The bits of a T that are preserved when it is passed and returned by value:
/// all but padding.
template <typename T> class ValueBits {
public:
  static const unsigned char *mask() {
    static const ValueBits Only;
    return Only.Mask;
  }

private:
#ifdef STANDIN_CLEAR_PADDING
  ValueBits() {
    std::memset(Mask, 0xff, sizeof(T));
    __builtin_clear_padding(reinterpret_cast<T *>(Mask));
  }
#else
  // Without the compiler's builtin, the bits that a plain call does not
  // preserve are taken for padding.
  __attribute__((noinline)) static T same(T V) { return V; }
  ValueBits() {
    std::memset(Mask, 0xff, sizeof(T));
    T (*volatile Same)(T) = same;
    for (unsigned char Fill : {0x15, 0x2a}) {
      alignas(T) unsigned char In[sizeof(T)], Out[sizeof(T)];
      std::memset(In, Fill, sizeof(T));
      std::memset(Out, ~Fill, sizeof(T));
      *reinterpret_cast<T *>(Out) = Same(*reinterpret_cast<T *>(In));
      for (std::size_t I = 0; I != sizeof(T); ++I)
        if (Out[I] != Fill)
          Mask[I] = 0;
    }
  }
#endif
  alignas(T) unsigned char Mask[sizeof(T)];
};

} // namespace standin

#endif // STANDIN_MEMORY_H
