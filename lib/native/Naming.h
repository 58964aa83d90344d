//===- Naming.h - Names of declarations and types ---------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_NAMING_H
#define ILBRIDGE_LIB_NATIVE_NAMING_H

#include "SourceLocations.h"
#include "ilbridge/type/Type.h"
#include "clang/AST/Type.h"

namespace ilbridge::native {

/// Names of one translation unit, without paths of this machine.
class Naming {
public:
  Naming(const ParsedUnit &U, SourceLocations &Locations)
      : U(U), Locations(Locations) {}

  /// Scopes, location and header of a declaration.
  Declaration declaration(const clang::NamedDecl &D);
  /// Returns a type as its author would spell it.
  std::string spelling(clang::QualType T) const;

private:
  const ParsedUnit &U;
  SourceLocations &Locations;
};

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_NAMING_H
