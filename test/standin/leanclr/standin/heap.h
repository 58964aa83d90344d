//===- heap.h - Strings, arrays and delegates -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The heap owns every managed object until the program ends, and counts them.
// The address sanitizer detects a read past the last element, or past the zero
// that terminates a string's characters.
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_HEAP_H
#define STANDIN_HEAP_H

#include "public/leanclr.hpp"
#include <map>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define STANDIN_ASAN 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define STANDIN_ASAN 1
#endif
#ifdef STANDIN_ASAN
#include <sanitizer/asan_interface.h>
#define STANDIN_FORBID(At, Size) ASAN_POISON_MEMORY_REGION(At, Size)
#else
#define STANDIN_FORBID(At, Size) static_cast<void>(At)
#endif

namespace standin {

class Heap {
public:
  static Heap &get() {
    static Heap Only;
    return Only;
  }

  /// Creates a string of \p Length UTF-16 units. A zero follows them, which the
  /// length does not include, as in the runtime.
  leanclr::vm::RtString *newString(const void *Units, std::int32_t Length) {
    if (Length < 0 || (Length && !Units))
      fail("a string is made of a null pointer, or of a negative length");
    const std::size_t Offset = sizeof(leanclr::vm::RtObject) + sizeof Length;
    std::u16string Ended(static_cast<std::size_t>(Length) + 1, u'\0');
    if (Length)
      std::memcpy(&Ended[0], Units, static_cast<std::size_t>(Length) * 2);
    void *Bytes =
        allocate(Kind::String, Offset, Ended.data(), Ended.size() * 2);
    auto *S = static_cast<leanclr::vm::RtString *>(Bytes);
    S->length = Length;
    return S;
  }

  /// Like newString, but from \p Size bytes of UTF-8.
  leanclr::vm::RtString *newStringUtf8(const char *Text, std::int32_t Size) {
    if (Size < 0 || (Size && !Text))
      fail("a string is made of a null pointer, or of a negative length");
    std::u16string Units;
    for (const char *At = Text, *End = Text + Size; At != End;)
      appendUtf16(Units, decode(At, End));
    return newString(Units.data(), static_cast<std::int32_t>(Units.size()));
  }

  /// Creates a vector, as II.14.1 of ECMA-335 calls an array of one dimension.
  leanclr::vm::RtArray *newArray(const void *Elements, std::int32_t Length,
                                 std::size_t ElementSize) {
    // This is the offset that offsetof would yield, which is undefined for this
    // type.
    const std::size_t Offset =
        (sizeof(leanclr::vm::RtObject) + sizeof(void *) + sizeof Length + 7) /
        8 * 8;
    void *Bytes = allocate(Kind::Array, Offset, Elements,
                           static_cast<std::size_t>(Length) * ElementSize);
    auto *A = static_cast<leanclr::vm::RtArray *>(Bytes);
    A->bounds = nullptr;
    A->length = Length;
    return A;
  }

  /// Creates a delegate of a method that was compiled to \p Compiled ahead of
  /// time.
  leanclr::vm::RtDelegate *
  newDelegate(leanclr::metadata::RtNativeMethodPointer Compiled) {
    void *Bytes = allocate(Kind::Delegate, sizeof(leanclr::vm::RtObject),
                           &Compiled, sizeof Compiled);
    return static_cast<leanclr::vm::RtDelegate *>(Bytes);
  }

  bool isDelegate(const void *Object) const {
    return is(Object, Kind::Delegate);
  }
  bool isString(const void *Object) const { return is(Object, Kind::String); }
  bool isArray(const void *Object) const { return is(Object, Kind::Array); }
  /// Returns the number of objects that were created.
  std::size_t count() const { return Objects.size(); }

  static std::string utf8(const std::u16string &Units);

  Heap(const Heap &) = delete;
  Heap &operator=(const Heap &) = delete;
  ~Heap() {
    for (const auto &O : Objects)
      std::free(O.first);
  }

private:
  enum class Kind { String, Array, Delegate };
  Heap() {}

  /// Allocates \p Size bytes of data after a header of \p Offset bytes.
  void *allocate(Kind K, std::size_t Offset, const void *Data,
                 std::size_t Size) {
    // A short object is smaller than its type, which ends with one element and
    // padding. Even so, no code may access the bytes after its data.
    const std::size_t Exact = Offset + Size, Least = Offset + 8;
    const std::size_t Bytes = Exact < Least ? Least : Exact;
    auto *Object = static_cast<unsigned char *>(std::malloc(Bytes));
    if (!Object)
      fail("out of memory");
    std::memset(Object, 0, Offset);
    std::memset(Object + Offset, Poison, Bytes - Offset);
    if (Size)
      std::memcpy(Object + Offset, Data, Size);
    STANDIN_FORBID(Object + Exact, Bytes - Exact);
    Objects[Object] = K;
    return Object;
  }
  bool is(const void *Object, Kind K) const {
    auto It = Objects.find(const_cast<void *>(Object));
    return It != Objects.end() && It->second == K;
  }

  /// Decodes one code point of well-formed UTF-8. Like the runtime, it does not
  /// check the text, and would read past the end of malformed text.
  static std::uint32_t decode(const char *&At, const char *End) {
    std::uint32_t First = static_cast<unsigned char>(*At++);
    if (First < 0x80)
      return First;
    int More = First >= 0xF0 ? 3 : First >= 0xE0 ? 2 : 1;
    if (First < 0xC2 || First > 0xF4 || End - At < More)
      fail("a string is made of bytes that are no UTF-8");
    std::uint32_t Point = First & (0x3FU >> More);
    for (; More; --More, ++At) {
      if ((*At & 0xC0) != 0x80)
        fail("a string is made of bytes that are no UTF-8");
      Point = Point << 6 | (*At & 0x3FU);
    }
    return Point;
  }
  static void appendUtf16(std::u16string &Units, std::uint32_t Point) {
    if (Point < 0x10000) {
      Units += static_cast<char16_t>(Point);
      return;
    }
    Units += static_cast<char16_t>(0xD7C0 + (Point >> 10));
    Units += static_cast<char16_t>(0xDC00 + (Point & 0x3FF));
  }

  std::map<void *, Kind> Objects;
};

/// Returns the same text in UTF-8. A surrogate without a partner becomes three
/// bytes, so that a test can see it.
inline std::string Heap::utf8(const std::u16string &Units) {
  std::string Text;
  for (std::size_t I = 0; I != Units.size(); ++I) {
    std::uint32_t P = Units[I];
    if (P >= 0xD800 && P < 0xDC00 && I + 1 != Units.size() &&
        Units[I + 1] >= 0xDC00 && Units[I + 1] < 0xE000)
      P = 0x10000 + ((P - 0xD800) << 10) + (Units[++I] - 0xDC00U);
    // The length determines the lead byte; each further byte has six bits.
    int More = P < 0x80 ? 0 : P < 0x800 ? 1 : P < 0x10000 ? 2 : 3;
    static const unsigned Lead[] = {0x00, 0xC0, 0xE0, 0xF0};
    Text += static_cast<char>(Lead[More] | P >> (6 * More));
    while (More--)
      Text += static_cast<char>(0x80 | (P >> (6 * More) & 0x3F));
  }
  return Text;
}

} // namespace standin

#endif // STANDIN_HEAP_H
