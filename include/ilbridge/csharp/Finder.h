//===- Finder.h - Where metadata's members are declared ---------*- C++ -*-===//
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

/// A type or a member of it as metadata names them.
struct MemberName {
  std::string Type; ///< "Ns.Outer`1/Inner"
  std::string Name; ///< empty: the type itself is meant
  unsigned Arity = 0;
  /// The parameters' types as reflection spells them; nullopt: not known, or a
  /// field.
  std::optional<std::vector<std::string>> Params;
};

/// Reads "Ns.Type::Method<,>(System.Int32,Ns.G`1<System.String>)",
/// "Ns.Type::Field" or "Ns.Type". What the compiler has made of a method, such
/// as "<Method>g__Local|0_0", means the method.
MemberName parseMemberName(llvm::StringRef Text);

struct Found {
  const Outline *In;
  const Declaration *What;
  /// Whether it is what was looked for; otherwise, it is the type that has it.
  bool IsExact;
};

/// Looks \p Wanted up in the texts of one program. Overloads are told apart by
/// the number of their parameters, and where that is not enough by the types.
/// \returns the declaration. If the name does not identify exactly one
/// declaration, the result is the type, or one of its parts if it is partial.
/// If the name does not identify exactly one type either, the result is
/// nullopt.
std::optional<Found> find(llvm::ArrayRef<const Outline *> Texts,
                          const MemberName &Wanted);

} // namespace ilbridge::csharp

#endif // ILBRIDGE_CSHARP_FINDER_H
