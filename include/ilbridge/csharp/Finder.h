//===- Finder.h - Finds the declarations of members ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_CSHARP_FINDER_H
#define ILBRIDGE_CSHARP_FINDER_H

#include "ilbridge/csharp/Outline.h"
#include <optional>

namespace ilbridge::csharp {

/// The name of a type, or of a member of a type, as in metadata.
struct MemberName {
  std::string Type; ///< "Ns.Outer`1/Inner"
  std::string Name; ///< empty: the name of the type itself
  unsigned Arity = 0;
  /// The parameters' types as reflection spells them; nullopt: not known, or a
  /// field.
  std::optional<std::vector<std::string>> Params;
};

/// Parses "Ns.Type::Method<,>(System.Int32,Ns.G`1<System.String>)",
/// "Ns.Type::Field" or "Ns.Type". The name of a method that the compiler has
/// generated from another one, such as "<Method>g__Local|0_0", denotes the
/// original method.
MemberName parseMemberName(llvm::StringRef Text);

struct Found {
  const Outline *In;
  const Declaration *What;
  /// Whether this is the requested declaration; otherwise it is the type that
  /// contains it.
  bool IsExact;
};

/// Looks \p Wanted up in the texts of one program. Overloads are distinguished
/// by the number of their parameters, and then by their types. \returns the
/// declaration. If the name does not identify exactly one declaration, the
/// result is the type, or one of its parts if it is partial. If the name does
/// not identify exactly one type either, the result is nullopt.
std::optional<Found> find(llvm::ArrayRef<const Outline *> Texts,
                          const MemberName &Wanted);

} // namespace ilbridge::csharp

#endif // ILBRIDGE_CSHARP_FINDER_H
