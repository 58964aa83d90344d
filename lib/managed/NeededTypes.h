//===- NeededTypes.h - The types that methods need --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MANAGED_NEEDEDTYPES_H
#define ILBRIDGE_LIB_MANAGED_NEEDEDTYPES_H

#include "ilbridge/managed/AssemblySet.h"
#include "ilbridge/managed/Importer.h"
#include "ilbridge/managed/Model.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/PointerIntPair.h"
#include <map>

namespace ilbridge::managed {

/// Completes the types that the methods of one assembly reach.
class NeededTypes {
public:
  NeededTypes(AssemblySet &Set, const Assembly &A, DiagnosticList &Findings,
              SignatureTypes Which)
      : Set(Set), A(A), Findings(Findings), Which(Which) {}

  /// A type that was reached, and whether it is marshalled there.
  using Reach = llvm::PointerIntPair<TypeDef *, 1, bool>;
  /// The types that a signature names are not marshalled if only values are
  /// needed.
  void reach(const Signature &Sig, bool Marshals,
             std::vector<Reach> &Out) const;
  /// The same for the delegate that a callback is called through.
  void reachDelegate(const TypeSig &T, std::vector<Reach> &Out) const;

  /// Completes what \p Types reach. \returns whether all of it was found;
  /// otherwise there is a finding about \p User, or there will be one of
  /// reportUnknownLayouts().
  bool complete(std::vector<Reach> Types, const Method &User);
  /// Adds a finding for each reference assembly of which a layout was needed.
  void reportUnknownLayouts();

private:
  void reach(const TypeSig &T, bool Marshals, std::vector<Reach> &Out) const;
  bool complete(Reach R, const Method &User, std::vector<Reach> &Types);

  AssemblySet &Set;
  const Assembly &A;
  DiagnosticList &Findings;
  SignatureTypes Which;
  /// The types of which all that they reach was found.
  llvm::DenseSet<Reach> Complete;
  /// Structs of reference assemblies, with what needs them: by assembly.
  std::map<std::string, std::vector<std::pair<const TypeDef *, std::string>>>
      WithoutLayout;
};

} // namespace ilbridge::managed

#endif // ILBRIDGE_LIB_MANAGED_NEEDEDTYPES_H
