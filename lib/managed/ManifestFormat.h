//===- ManifestFormat.h - What manifests leave out --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What ManifestWriter.cpp and ManifestReader.cpp have to agree on.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MANAGED_MANIFESTFORMAT_H
#define ILBRIDGE_LIB_MANAGED_MANIFESTFORMAT_H

#include "ilbridge/managed/Type.h"

namespace ilbridge::managed {

/// The layout that a manifest does not state: what C# gives to structs and
/// classes without [StructLayout].
inline TypeDef::Layout defaultLayout(TypeDef::Kind K) {
  return K == TypeDef::Struct ? TypeDef::Sequential : TypeDef::Auto;
}

/// A native type's word, or its number where it has none.
inline std::string nativeTypeText(ecma335::NativeType T) {
  llvm::StringRef Word = name(T);
  return Word.empty() ? std::to_string(static_cast<unsigned>(T)) : Word.str();
}

inline std::optional<ecma335::NativeType>
nativeTypeFromText(llvm::StringRef Text) {
  if (auto T = nativeType(Text))
    return T;
  uint8_t Number;
  if (Text.getAsInteger(10, Number))
    return std::nullopt;
  return static_cast<ecma335::NativeType>(Number);
}

} // namespace ilbridge::managed

#endif // ILBRIDGE_LIB_MANAGED_MANIFESTFORMAT_H
