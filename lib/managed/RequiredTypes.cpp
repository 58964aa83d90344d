//===- RequiredTypes.cpp - The types that methods require -----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RequiredTypes.h"
#include "MetadataImport.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::managed {

void RequiredTypes::reach(const TypeSig &T, bool Marshals,
                          std::vector<Reach> &Out) const {
  bool IsAddress = T.kind() == TypeSig::Pointer || T.kind() == TypeSig::ByRef ||
                   T.kind() == TypeSig::SZArray || T.kind() == TypeSig::Array ||
                   T.kind() == TypeSig::FunctionPointer;
  if (Which == SignatureTypes::Values && IsAddress)
    return;
  if (T.kind() == TypeSig::Definition || T.kind() == TypeSig::Instance)
    Out.push_back({const_cast<TypeDef *>(&T.definition()), Marshals});
  for (const TypeSig *Each : T.arguments())
    reach(*Each, Marshals, Out);
}

void RequiredTypes::reachDelegate(const TypeSig &T,
                                  std::vector<Reach> &Out) const {
  if (Which == SignatureTypes::All)
    return reach(T, /*Marshals=*/true, Out);
  reach(T, /*Marshals=*/false, Out);
  // Its convention and its signature are required.
  if (T.kind() == TypeSig::Definition || T.kind() == TypeSig::Instance)
    Out.push_back({const_cast<TypeDef *>(&T.definition()), true});
}

void RequiredTypes::reach(const Signature &Sig, bool Marshals,
                          std::vector<Reach> &Out) const {
  Marshals &= Which == SignatureTypes::All;
  reach(*Sig.Result.Type, Marshals, Out);
  for (const Parameter &P : Sig.Params)
    reach(*P.Type, Marshals, Out);
}

bool RequiredTypes::complete(std::vector<Reach> Types, const Method &User) {
  // This is a work list, because types can refer to each other in chains of any
  // length. A type that is not found stays incomplete, so it is reported for
  // its next user as well. For one user, each type is visited once.
  llvm::DenseSet<Reach> Seen;
  bool AllFound = true;
  while (!Types.empty()) {
    Reach R = Types.back();
    Types.pop_back();
    if (!Complete.contains(R) && Seen.insert(R).second)
      AllFound &= complete(R, User, Types);
  }
  if (AllFound)
    Complete.insert(Seen.begin(), Seen.end());
  return AllFound;
}

/// Adds the types to which the type refers to \p Types.
bool RequiredTypes::complete(Reach R, const Method &User,
                             std::vector<Reach> &Types) {
  TypeDef *D = R.getPointer();
  bool Marshals = R.getInt();
  if (D->TheKind == TypeDef::Unresolved && !Set.completeByName(*D)) {
    // An object that is not marshalled is an address, whatever its type.
    if (!Marshals && !D->IsPassedByValue)
      return true;
    std::string Needs;
    llvm::raw_string_ostream(Needs) << User;
    Diagnostic &Missing =
        Findings.add(diagnose(DiagnosticID::UnresolvedReference, User.Where,
                              D->fullName(), Needs, D->Problem));
    Missing.Cause =
        RootCause{"type '" + D->fullName() + "' is not found: " + D->Problem,
                  {A.path(), {}, {}},
                  {},
                  "'" + Needs + "' needs it"};
    return false;
  }
  if (Which == SignatureTypes::Values && !Marshals && !D->isValueType())
    return true;
  if (llvm::Error E = Set.complete(*D)) {
    Findings.add(malformed(A, User, std::move(E)));
    return false;
  }
  const AssemblySet::Origin From = Set.origin(*D);
  // Any other problem is reported where the type is passed.
  bool IsOfReference = From.Assembly && From.Assembly->isReference();
  if (!D->Problem.empty() && IsOfReference &&
      (Marshals || D->TheKind == TypeDef::Struct)) {
    std::string Needs;
    llvm::raw_string_ostream(Needs) << User;
    WithoutLayout[D->Assembly].push_back({D, Needs});
    return false;
  }
  for (const FieldDef &F : D->Fields)
    reach(*F.Type, Marshals, Types);
  if (D->Invocation && Marshals)
    reach(D->Invocation->Invoke, true, Types);
  return true;
}

/// There is one finding for each reference assembly, because the cause is the
/// input of the user, and not each of the declarations.
void RequiredTypes::reportUnknownLayouts() {
  for (const auto &[Name, Needs] : WithoutLayout) {
    Diagnostic &D =
        Findings.add(diagnose(DiagnosticID::ReferenceAssembly,
                              Location{A.path(), {}, {}}, Name, A.name()));
    for (const auto &[Type, User] : Needs)
      D.note({A.path(), {}, {}},
             "'" + User + "' needs that of '" + Type->fullName() + "'");
  }
}

} // namespace ilbridge::managed
