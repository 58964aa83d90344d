//===- TypeEdit.cpp - Edits of C++ types ----------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TypeEdit.h"
#include "ilbridge/match/Binding.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

namespace ilbridge::match {

llvm::StringRef cxxWord(const Type *T) {
  if (const auto *E = llvm::dyn_cast_or_null<EnumType>(T))
    T = E->Underlying;
  const auto *S = llvm::dyn_cast_or_null<ScalarType>(T);
  if (!S)
    return "";
  bool IsUnsigned = S->signedness() == Signedness::Unsigned;
  switch (S->width()) {
  case Width::W8:
    return S->scalarClass() == ScalarType::Bool        ? "bool"
           : S->scalarClass() == ScalarType::Character ? "char"
           : IsUnsigned                                ? "unsigned char"
                                                       : "signed char";
  case Width::W16:
    return S->scalarClass() == ScalarType::Character ? "char16_t"
           : IsUnsigned                              ? "unsigned short"
                                                     : "short";
  case Width::W32:
    return S->scalarClass() == ScalarType::Float  ? "float"
           : S->scalarClass() == ScalarType::Bool ? "int"
           : IsUnsigned                           ? "unsigned"
                                                  : "int";
  case Width::W64:
    return S->scalarClass() == ScalarType::Float ? "double"
           : IsUnsigned                          ? "unsigned long long"
                                                 : "long long";
  default:
    return "";
  }
}

std::optional<FixIt> typeEdit(const Value &Native, const Type *Managed,
                              bool IsC) {
  llvm::StringRef Word = cxxWord(Managed);
  // In C, headers define these two types.
  bool NeedsHeader = IsC && (Word == "bool" || Word == "char16_t");
  if (Word.empty() || NeedsHeader || !Native.Written.isValid())
    return std::nullopt;
  return FixIt{Native.Where.File, Native.Written.Begin, Native.Written.End,
               Word.str()};
}

Note typeNote(const Value &Native, FixIt Edit, llvm::StringRef Also) {
  std::string Text = "as '" + Edit.Text + "', ";
  Text += Native.Name.empty() ? "it" : "'" + Native.Name + "'";
  Text += " agrees with C#";
  if (!Also.empty())
    Text += ("; " + Also).str();
  return {std::move(Text), Native.Where, {std::move(Edit)}};
}

static bool fits(int64_t Value, const ScalarType &Integer, unsigned Bits) {
  return Integer.signedness() == Signedness::Unsigned
             ? Value >= 0 && llvm::isUIntN(Bits, Value)
             : llvm::isIntN(Bits, Value);
}

std::optional<Note> underlyingTypeEdit(const EnumType &Native,
                                       const Type *Managed, bool IsC) {
  if (const auto *E = llvm::dyn_cast_or_null<EnumType>(Managed))
    Managed = E->Underlying;
  const auto *S = llvm::dyn_cast_or_null<ScalarType>(Managed);
  llvm::StringRef Word = cxxWord(S);
  // C before C23 cannot state the underlying type.
  if (IsC || Word.empty() || !Native.Written.isValid() ||
      S->scalarClass() != ScalarType::Integer)
    return std::nullopt;
  unsigned Bits = DataModel().bits(S->width()); // a fixed width has a word
  if (!llvm::all_of(Native.Enumerators, [&](const Enumerator &E) {
        return Bits == 64 || fits(E.Value, *S, Bits);
      }))
    return std::nullopt;
  const WrittenType &At = Native.Written;
  std::string Text = (At.Begin == At.End ? " : " : "") + Word.str();
  Note N{"with '" + Word.str() + "' underneath, '" +
             Native.Decl.qualifiedName() + "' agrees with C#",
         Native.Decl.Where,
         {}};
  N.Fixes.push_back({Native.Decl.Where.File, At.Begin, At.End, Text});
  return N;
}

} // namespace ilbridge::match
