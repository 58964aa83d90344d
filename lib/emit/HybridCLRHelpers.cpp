//===- HybridCLRHelpers.cpp - Helpers of the shims that convert structs ---===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "HybridCLRFields.h"

namespace ilbridge::emit {

using managed::ValueConversion;

/// Returns the width of the characters of a string in its native form.
static Width characterWidth(const ValueConversion &V) {
  const Type *T = V.Native;
  if (const auto *A = llvm::dyn_cast<ArrayType>(T))
    T = A->element();
  else
    T = llvm::cast<PointerType>(T)->pointee();
  return llvm::cast<ScalarType>(T)->width();
}

static bool isText(const ValueConversion &V) {
  return V.How == ValueConversion::Text;
}
bool isUtf8(const ValueConversion &V) {
  return isText(V) && characterWidth(V) == Width::W8;
}
static bool isUtf16(const ValueConversion &V) {
  return isText(V) && characterWidth(V) == Width::W16;
}
static bool isInlineUtf8(const ValueConversion &V) {
  return V.How == ValueConversion::InlineText && characterWidth(V) == Width::W8;
}
static bool isInlineUtf16(const ValueConversion &V) {
  return V.How == ValueConversion::InlineText &&
         characterWidth(V) == Width::W16;
}
static bool isInlineArray(const ValueConversion &V) {
  return V.How == ValueConversion::InlineElements;
}

bool ConvertedStructs::hasTexts() const { return anyToNative(isText); }

HelperSet ConvertedStructs::helpers() const {
  HelperSet H;
  H.Utf8Argument = anyToNative(isUtf8) || anyToNative(isInlineUtf8);
  H.StringLength = anyToNative(isUtf16) || anyToNative(isInlineUtf16);
  H.ArrayLength = HasArrays || anyToNative(isInlineArray);
  H.Elements = H.ArrayLength || anyToManaged(isInlineArray);
  H.Utf8Result = anyToManaged(isUtf8);
  H.Utf16Result = anyToManaged(isUtf16);
  return H;
}

//===----------------------------------------------------------------------===//
// Their text
//===----------------------------------------------------------------------===//

static constexpr llvm::StringLiteral Utf8Text =
    R"(const char *utf8(Il2CppString *string) {
  utf8_.emplace_back(string);
  return utf8_.back().get();
}
)";

static constexpr llvm::StringLiteral Utf16Text =
    R"(const char16_t *utf16(Il2CppString *string) {
  if (string == nullptr)
    return nullptr;
  const Il2CppChar *first = il2cpp_string_chars(string);
  utf16_.emplace_back(first, first + length_of(string));
  return utf16_.back().c_str();
}
)";

static constexpr llvm::StringLiteral Texts = R"(
/// The strings of structs as native code gets them, for the time of one call.
class Texts {
public:
  $utf8$
  $utf16$

private:
  $utf8-texts$
  $utf16-texts$
};
)";

static constexpr llvm::StringLiteral PutUtf8 = R"(
/// The characters of a string that fit, with a zero behind them.
template <size_t N> void put_text(Il2CppString *string, char (&to)[N]) {
  Utf8Argument text(string);
  size_t length = text.length() < N ? text.length() : N - 1;
  while (length != text.length() && length != 0 &&
         (text.get()[length] & 0xC0) == 0x80)
    --length; // half of a character
  if (length != 0)
    std::memcpy(to, text.get(), length);
}
)";

static constexpr llvm::StringLiteral PutUtf16 = R"(
/// The characters of a string that fit, with a zero behind them.
template <size_t N> void put_text(Il2CppString *string, char16_t (&to)[N]) {
  const size_t all = length_of(string), length = all < N ? all : N - 1;
  if (length != 0)
    std::memcpy(to, il2cpp_string_chars(string), length * sizeof(char16_t));
}
)";

static constexpr llvm::StringLiteral FirstElements = R"(
/// The elements of an array of which a struct has \p count; null for null.
template <typename T> const T *first_elements(Il2CppArray *array, size_t count) {
  if (array != nullptr && length_of(array) < count)
    il2cpp_raise_exception(il2cpp_exception_from_name_msg(
        il2cpp_get_corlib(), "System", "ArgumentException",
        "An array in a struct is shorter than the SizeConst of its field."));
  return elements<const T>(array);
}
)";

static constexpr llvm::StringLiteral FromUtf8Array = R"(
/// The text in an array, up to its first zero.
template <size_t N> Il2CppString *string_from_array(const char (&text)[N]) {
  uint32_t length = 0;
  while (length != N && text[length] != 0)
    ++length;
  return il2cpp_string_new_len(text, length);
}
)";

static constexpr llvm::StringLiteral FromUtf16Array = R"(
/// The text in an array, up to its first zero.
template <size_t N>
Il2CppString *string_from_array(const char16_t (&text)[N]) {
  int32_t length = 0;
  while (static_cast<size_t>(length) != N && text[length] != 0)
    ++length;
  return il2cpp_string_new_utf16(
      reinterpret_cast<const Il2CppChar *>(text), length);
}
)";

static constexpr llvm::StringLiteral Store = R"(
/// Stores an object in a struct that can be a part of another object.
template <typename T> void store(T *&field, T *object) {
  il2cpp_gc_wbarrier_set_field(nullptr, reinterpret_cast<void **>(&field),
                               reinterpret_cast<void *>(object));
}
)";

static constexpr llvm::StringLiteral NativeStructs = R"(
/// Structs in their native form, in memory that C++ uses as its own type.
template <typename Form> class NativeStructs {
public:
  explicit NativeStructs(size_t count, bool exists = true)
      : count_(count),
        bytes_(exists ? new unsigned char[count * sizeof(Form)]() : nullptr) {}
  size_t count() const { return count_; }
  void set(size_t i, const Form &form) {
    std::memcpy(bytes_.get() + i * sizeof(Form), &form, sizeof(Form));
  }
  Form get(size_t i) const {
    Form form;
    std::memcpy(&form, bytes_.get() + i * sizeof(Form), sizeof(Form));
    return form;
  }
  template <typename T> T *as() {
    return reinterpret_cast<T *>(bytes_.get());
  }

private:
  size_t count_;
  std::unique_ptr<unsigned char[]> bytes_;
};
)";

void ConvertedStructs::printHelpers(Printer &P) const {
  if (hasTexts()) {
    const bool Has8 = anyToNative(isUtf8), Has16 = anyToNative(isUtf16);
    P.emit(
        Texts,
        {{"utf8", [&] { P.emit(Has8 ? Utf8Text : ""); }},
         {"utf16", [&] { P.emit(Has16 ? Utf16Text : ""); }},
         {"utf8-texts", Has8 ? "std::deque<Utf8Argument> utf8_;" : ""},
         {"utf16-texts", Has16 ? "std::deque<std::u16string> utf16_;" : ""}});
  }
  if (anyToNative(isInlineUtf8))
    P.emit(PutUtf8);
  if (anyToNative(isInlineUtf16))
    P.emit(PutUtf16);
  if (anyToNative(isInlineArray))
    P.emit(FirstElements);
  if (anyToManaged(isInlineUtf8))
    P.emit(FromUtf8Array);
  if (anyToManaged(isInlineUtf16))
    P.emit(FromUtf16Array);
  if (anyToManaged([](const ValueConversion &V) {
        return isText(V) || V.How == ValueConversion::InlineText ||
               isInlineArray(V);
      }))
    P.emit(Store);
  if (HasParams)
    P.emit(NativeStructs);
}

} // namespace ilbridge::emit
