//===- FactsFormat.h - Names in the facts format ----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The names that FactsWriter.cpp and FactsReader.cpp share.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_FACTSFORMAT_H
#define ILBRIDGE_LIB_NATIVE_FACTSFORMAT_H

#include "ilbridge/native/Export.h"

namespace ilbridge::native {

struct ScalarWord {
  llvm::StringLiteral Word;
  ScalarType::Class Class;
  Width W;
  Signedness S;
};

/// All scalar types that C or C++ source can name.
inline constexpr ScalarWord ScalarWords[] = {
    {"bool", ScalarType::Bool, Width::W8, Signedness::Unsigned},
    {"char", ScalarType::Character, Width::W8, Signedness::Target},
    {"wchar_t", ScalarType::Character, Width::WChar, Signedness::Target},
    {"char8_t", ScalarType::Character, Width::W8, Signedness::Unsigned},
    {"char16_t", ScalarType::Character, Width::W16, Signedness::Unsigned},
    {"char32_t", ScalarType::Character, Width::W32, Signedness::Unsigned},
    {"i8", ScalarType::Integer, Width::W8, Signedness::Signed},
    {"u8", ScalarType::Integer, Width::W8, Signedness::Unsigned},
    {"i16", ScalarType::Integer, Width::W16, Signedness::Signed},
    {"u16", ScalarType::Integer, Width::W16, Signedness::Unsigned},
    {"i32", ScalarType::Integer, Width::W32, Signedness::Signed},
    {"u32", ScalarType::Integer, Width::W32, Signedness::Unsigned},
    {"i64", ScalarType::Integer, Width::W64, Signedness::Signed},
    {"u64", ScalarType::Integer, Width::W64, Signedness::Unsigned},
    {"i128", ScalarType::Integer, Width::W128, Signedness::Signed},
    {"u128", ScalarType::Integer, Width::W128, Signedness::Unsigned},
    {"short", ScalarType::Integer, Width::Short, Signedness::Signed},
    {"ushort", ScalarType::Integer, Width::Short, Signedness::Unsigned},
    {"int", ScalarType::Integer, Width::Int, Signedness::Signed},
    {"uint", ScalarType::Integer, Width::Int, Signedness::Unsigned},
    {"long", ScalarType::Integer, Width::Long, Signedness::Signed},
    {"ulong", ScalarType::Integer, Width::Long, Signedness::Unsigned},
    {"longlong", ScalarType::Integer, Width::LongLong, Signedness::Signed},
    {"ulonglong", ScalarType::Integer, Width::LongLong, Signedness::Unsigned},
    {"ptrdiff_t", ScalarType::Integer, Width::Size, Signedness::Signed},
    {"size_t", ScalarType::Integer, Width::Size, Signedness::Unsigned},
    {"intptr_t", ScalarType::Integer, Width::Pointer, Signedness::Signed},
    {"uintptr_t", ScalarType::Integer, Width::Pointer, Signedness::Unsigned},
    {"f16", ScalarType::Float, Width::W16, Signedness::Signed},
    {"f32", ScalarType::Float, Width::W32, Signedness::Signed},
    {"f64", ScalarType::Float, Width::W64, Signedness::Signed},
    {"f128", ScalarType::Float, Width::W128, Signedness::Signed},
    {"long double", ScalarType::Float, Width::LongDouble, Signedness::Signed},
};

inline llvm::StringRef scalarWord(const ScalarType &T) {
  for (const ScalarWord &Word : ScalarWords)
    if (Word.Class == T.scalarClass() && Word.W == T.width() &&
        Word.S == T.signedness())
      return Word.Word;
  llvm_unreachable("not a scalar of C or C++");
}

inline constexpr llvm::StringLiteral PointerWords[] = {"pointer", "reference",
                                                       "rvalue_reference"};
inline llvm::StringRef pointerWord(PointerType::Form F) {
  return PointerWords[F];
}

inline constexpr llvm::StringLiteral RecordWords[] = {"struct", "class",
                                                      "union"};
inline llvm::StringRef recordWord(RecordType::Tag T) { return RecordWords[T]; }

inline constexpr llvm::StringLiteral OwnershipWords[] = {"unstated", "owned",
                                                         "borrowed"};
inline llvm::StringRef word(Ownership O) {
  return OwnershipWords[static_cast<unsigned>(O)];
}

/// The inverse of the functions above. \returns whether \p Words contains \p
/// Word.
template <typename Enum, size_t N>
bool fromWord(const llvm::StringLiteral (&Words)[N], llvm::StringRef Word,
              Enum &Out) {
  for (unsigned I = 0; I != N; ++I)
    if (Words[I] == Word) {
      Out = static_cast<Enum>(I);
      return true;
    }
  return false;
}

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_FACTSFORMAT_H
