//===- RequiredTypes.h - The types that methods require ---------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MANAGED_REQUIREDTYPES_H
#define ILBRIDGE_LIB_MANAGED_REQUIREDTYPES_H

#include "ilbridge/managed/AssemblySet.h"
#include "ilbridge/managed/Importer.h"
#include "ilbridge/managed/Model.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/PointerIntPair.h"
#include <map>

namespace ilbridge::managed {

/// Completes the types to which the methods of one assembly refer.
class RequiredTypes {
public:
  RequiredTypes(AssemblySet &Set, const Assembly &A, DiagnosticList &Findings,
                SignatureTypes Which)
      : Set(Set), A(A), Findings(Findings), Which(Which) {}

  /// A type that was reached, and whether it is marshalled there.
  using Reach = llvm::PointerIntPair<TypeDef *, 1, bool>;
  /// The types that a signature names are not marshalled if only values are
  /// needed.
  void reach(const Signature &Sig, bool Marshals,
             std::vector<Reach> &Out) const;
  /// As above, for the delegate through which a callback is called.
  void reachDelegate(const TypeSig &T, std::vector<Reach> &Out) const;

  /// Completes \p Types and all types to which they refer. \returns whether all
  /// of them were found; otherwise adds a finding about \p User, or
  /// reportUnknownLayouts() will add one.
  bool complete(std::vector<Reach> Types, const Method &User);
  /// Adds a finding for each reference assembly from which a layout was
  /// required.
  void reportUnknownLayouts();

private:
  void reach(const TypeSig &T, bool Marshals, std::vector<Reach> &Out) const;
  bool complete(Reach R, const Method &User, std::vector<Reach> &Types);

  AssemblySet &Set;
  const Assembly &A;
  DiagnosticList &Findings;
  SignatureTypes Which;
  /// Types for which all referenced types were found.
  llvm::DenseSet<Reach> Complete;
  /// By assembly: structs of reference assemblies, each with the name of what
  /// requires it.
  std::map<std::string, std::vector<std::pair<const TypeDef *, std::string>>>
      WithoutLayout;
};

} // namespace ilbridge::managed

#endif // ILBRIDGE_LIB_MANAGED_REQUIREDTYPES_H
