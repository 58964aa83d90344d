//===- signature.h - Codes of a signature -----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// These functions split a signature into its codes, and compare it with the C++
// types that a driver spells, so that a mistake in a driver is not taken for a
// mistake in a bridge.
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_SIGNATURE_H
#define STANDIN_SIGNATURE_H

#include "standin/value.h"
#include <vector>

namespace standin {

/// Returns the codes of a signature: `i4us12` yields i4, u and s12.
inline std::vector<std::string> codesOf(const std::string &Signature) {
  auto IsDigit = [&](std::size_t At) {
    return At < Signature.size() && Signature[At] >= '0' &&
           Signature[At] <= '9';
  };
  std::vector<std::string> Codes;
  for (std::size_t At = 0; At != Signature.size();) {
    std::size_t End = At + 1;
    const char First = Signature[At];
    const char Next = End < Signature.size() ? Signature[End] : 0;
    if (Signature.compare(At, 10, "typedbyref") == 0)
      End = At + 10;
    else if (First == 's' && Next == 'r')
      ++End;
    else if (First == 'v' && (Next == 'f' || Next == 'd') && IsDigit(At + 2))
      End += 2; // vf2
    else if (First == 'v' && IsDigit(End) && End + 1 < Signature.size() &&
             (Signature[End + 1] == 'f' || Signature[End + 1] == 'd'))
      End += 2; // v2f
    else if (std::strchr("viursSABCXYZW", First))
      while (IsDigit(End))
        ++End;
    else
      fail("the signature " + Signature +
           " has a code that is unknown: " + Signature.substr(At));
    Codes.push_back(Signature.substr(At, End - At));
    At = End;
  }
  if (Codes.empty())
    fail("a signature is empty");
  return Codes;
}

template <typename T> struct SizeOf {
  enum : std::size_t { Size = sizeof(T) };
};
template <> struct SizeOf<void> {
  enum : std::size_t { Size = 0 };
};

/// Returns true if \p Code denotes a T.
template <typename T> bool hasCode(const std::string &Code) {
  const std::size_t Size = SizeOf<T>::Size;
  const bool IsStruct = std::is_class<T>::value || std::is_union<T>::value;
  const std::size_t Number =
      Code.size() > 1 ? std::strtoul(Code.c_str() + 1, nullptr, 10) : 0;
  if (Code == "v")
    return std::is_void<T>::value;
  if (Code == "sr")
    return std::is_same<T, StructRef>::value;
  if (Code == "i16" || Code[0] == 's' || Code == "typedbyref" ||
      Code.find_first_of("fd") != std::string::npos)
    return IsStruct && !std::is_same<T, StructRef>::value;
  if (Code[0] == 'r')
    return std::is_floating_point<T>::value && Size == Number;
  if (Code[0] == 'i' || Code[0] == 'u')
    return std::is_integral<T>::value &&
           std::is_signed<T>::value == (Code[0] == 'i') &&
           Size == (Number ? Number : sizeof(void *));
  return IsStruct && Size == Number;
}

/// Fails unless the types spell the signature.
template <typename... Ts> void expectTypes(const std::string &Signature) {
  const std::vector<std::string> Codes = codesOf(Signature);
  if (Codes.size() != sizeof...(Ts))
    fail("the test spells another number of types than " + Signature);
  std::size_t I = 0;
  for (bool Has : {hasCode<Ts>(Codes[I++])...})
    if (!Has)
      fail("the test spells other types than " + Signature);
}

} // namespace standin

#endif // STANDIN_SIGNATURE_H
