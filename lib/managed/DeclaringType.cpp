//===- DeclaringType.cpp - The types that members belong to ---------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/managed/DeclaringType.h"
#include "Rows.h"
#include "llvm/Support/Path.h"

using namespace ilbridge::ecma335;
using llvm::StringRef;

namespace ilbridge::managed {

TypeDef *findCoreType(AssemblySet &Set, Assembly &A, StringRef FullName,
                      std::string &Why) {
  if (TypeDef *D = Set.findType(A, FullName, Why))
    return D;
  for (StringRef Core : {"mscorlib", "System.Private.CoreLib", "System.Runtime",
                         "netstandard"}) {
    std::string Ignored;
    if (TypeDef *D = Set.findType(Core, FullName, Ignored))
      return D;
  }
  return nullptr;
}

/// Returns the type whose members are the functions of another module of the
/// same assembly. It is the first type of that module (II.22.37).
static TypeDef *functionsOf(AssemblySet &Set, Assembly &A, ModuleRefRid R) {
  auto Row = rowIfAny(A, R);
  if (!Row)
    return nullptr;
  for (const auto &Module : A.manifest().modules()) {
    if (llvm::sys::path::filename(Module->path()) != text(A, Row->Name))
      continue;
    llvm::Expected<TypeDef *> D = Set.definition(*Module, TypeDefRid(1));
    if (D)
      return *D;
    llvm::consumeError(D.takeError()); // no runtime can call its functions
  }
  return nullptr;
}

TypeDef *declaringType(AssemblySet &Set, Assembly &A, MemberRefParent Parent) {
  if (Parent.is<ModuleRefRow>())
    return functionsOf(Set, A, Parent.as<ModuleRefRow>());
  if (!Parent.is<TypeRefRow>() && !Parent.is<TypeDefRow>() &&
      !Parent.is<TypeSpecRow>())
    return nullptr;
  llvm::Expected<const TypeSig *> T = Set.type(A, TypeDefOrRef(Parent));
  if (!T) {
    llvm::consumeError(T.takeError()); // no runtime can use its members
    return nullptr;
  }
  std::string Ignored;
  switch ((*T)->kind()) {
  case TypeSig::Definition:
  case TypeSig::Instance:
    return const_cast<TypeDef *>(&(*T)->definition());
  case TypeSig::Primitive:
    return findCoreType(Set, A, fullName((*T)->primitive()), Ignored);
  case TypeSig::SZArray:
  case TypeSig::Array:
    return findCoreType(Set, A, "System.Array", Ignored);
  default:
    return nullptr;
  }
}

} // namespace ilbridge::managed
