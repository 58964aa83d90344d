//===- NativeSignatures.cpp - Signatures that native code receives --------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/hybridclr/BridgeRequirements.h"
#include "ilbridge/type/Limits.h"
#include "llvm/Support/ScopedPrinter.h"

using ilbridge::managed::Method;
using llvm::StringRef;

namespace ilbridge::hybridclr {

std::string BridgeRequirements::nativeProblem(ABIClass Struct) {
  const Structure &S = Types.structure(Struct);
  if (!S.Problem.empty() || S.IsBlittable)
    return S.Problem;
  for (const StructField &F : S.Fields) {
    if (F.Type.is(Basic::Object))
      return "field '" + F.Name + "' of '" + Types.name(Struct) +
             "' is a managed reference";
    if (F.Type.isStruct() && !Types.structure(F.Type).IsBlittable)
      return nativeProblem(F.Type);
  }
  llvm_unreachable("a reference makes a struct not blittable");
}

bool BridgeRequirements::isResolved(ABIClass V, StringRef User,
                                    const Location &Where) {
  if (!V.isUnresolved())
    return true;
  const SharedTypes::Unresolved &U = Types.unresolved(V);
  Findings.add(diagnose(DiagnosticID::UnresolvedReference, Where, U.Type, User,
                        U.Problem));
  return false;
}

bool BridgeRequirements::hasShape(ABIClass V, StringRef User,
                                  const Location &Where) {
  if (!isResolved(V, User, Where))
    return false;
  if (!V.isStruct() || Types.structure(V).Problem.empty())
    return true;
  Findings.add(diagnose(DiagnosticID::UnbridgeableType, Where, User,
                        Types.name(V), Types.structure(V).Problem));
  return false;
}

/// HybridCLR passes values without conversion: native code would receive the
/// address of an object, but expects characters or elements.
bool BridgeRequirements::isPassable(ABIClass V, const managed::TypeSig &T,
                                    StringRef What, const Location &Where,
                                    const TypeArguments &Args, bool HasShim) {
  auto Report = [&](const llvm::Twine &AsCxx, const llvm::Twine &Why,
                    StringRef Before = "; ") {
    std::string Text = Why.str();
    if (HasShim)
      Text += (Before + "convert it with the option 'marshal' of this output "
                        "and of a table")
                  .str();
    Findings.add(diagnose(DiagnosticID::Unmarshallable, Where, What,
                          managed::csharpName(T), AsCxx.str(), Text));
    return false;
  };
  if (!isResolved(V, Where.Member, Where))
    return false;
  constexpr StringRef AsItIs = "HybridCLR marshals nothing";
  if (V.is(Basic::Object))
    return Report("void *",
                  AsItIs + ", so native code would receive the address of "
                           "a managed object; pass a pointer or IntPtr",
                  ", or ");
  if (V.isStruct()) {
    std::string Problem = nativeProblem(V);
    return Problem.empty() || Report(managed::csharpName(T), Problem);
  }
  if (T.kind() != managed::TypeSig::ByRef)
    return true;
  ABIClass Behind = Types.classOf(T.element(), Args);
  if (Behind.is(Basic::Object))
    return Report("void **",
                  AsItIs + ", so native code would receive the address of a "
                           "managed reference; pass a pointer or IntPtr");
  if (Behind.isStruct())
    if (std::string Problem = nativeProblem(Behind); !Problem.empty())
      return Report(managed::csharpName(T.element()) + " *",
                    AsItIs + ", and " + Problem);
  return true;
}

void BridgeRequirements::completeFields(const managed::TypeSig &T,
                                        unsigned Depth) {
  const managed::TypeSig *Inner = &T;
  while (Inner->kind() == managed::TypeSig::SZArray)
    Inner = &Inner->element();
  if (Depth > MaxRecordDepth || Inner->kind() != managed::TypeSig::Definition)
    return;
  auto &D = const_cast<managed::TypeDef &>(Inner->definition());
  // Any problem of the type is reported as a problem of the field.
  llvm::consumeError(Types.assemblies().complete(D));
  if (D.TheKind == managed::TypeDef::Struct)
    for (const managed::FieldDef &F : D.Fields)
      completeFields(*F.Type, Depth + 1);
}

bool BridgeRequirements::hasShim(const managed::Parameter &P, bool IsResult,
                                 std::string &Why) {
  const managed::TypeSig &T = *P.Type;
  auto IsRaw = [&](const managed::TypeSig &Each) {
    ABIClass V = Types.classOf(Each);
    return !V.isUnresolved() && !V.is(Basic::Object) &&
           (!V.isStruct() || nativeProblem(V).empty());
  };
  if (T.is(managed::Primitive::String))
    return true;
  bool IsArray = T.kind() == managed::TypeSig::SZArray;
  if (IsArray && IsResult)
    return false;
  if (const managed::TypeSig *Struct = managed::passedStruct(T);
      Struct && !IsRaw(*Struct)) {
    ABIClass V = Types.classOf(*Struct);
    // A struct with a problem cannot be passed by any bridge function.
    if (!V.isStruct() || !Types.structure(V).Problem.empty())
      return false;
    completeFields(*Struct);
    std::shared_ptr<const managed::StructConversion> C = Structs.find(*Struct);
    if (!C)
      return false;
    managed::CopyDirections To = IsResult ? managed::CopyDirections{false, true}
                                          : managed::copyDirections(P);
    if (To.ToNative)
      Why = C->ToNativeProblem;
    if (To.ToManaged && Why.empty())
      Why = C->ToManagedProblem;
    return Why.empty();
  }
  if (IsArray)
    return IsRaw(T.element());
  if (IsResult)
    return false;
  // The runtime's reverse wrapper passes the values of a callback without
  // conversion.
  const managed::DelegateInfo *D = T.kind() == managed::TypeSig::Definition
                                       ? Types.assemblies().delegate(T)
                                       : nullptr;
  return D && IsRaw(*D->Invoke.Result.Type) &&
         llvm::all_of(D->Invoke.Params, [&](const managed::Parameter &Each) {
           return IsRaw(*Each.Type);
         });
}

std::optional<ABIClassList>
BridgeRequirements::nativeSignature(const Method &M) {
  llvm::SmallVector<ABIClass, 8> Classes;
  bool AllPass = true;
  auto Add = [&](const managed::Parameter &P, bool IsResult, StringRef Which) {
    const std::string What = (Which + " of '" + llvm::to_string(M) + "'").str();
    Classes.push_back(Types.classOf(*P.Type));
    std::string Why;
    bool HasShim = M.TheKind == Method::PInvoke && hasShim(P, IsResult, Why);
    if (MarshalsImports && HasShim)
      return;
    if (MarshalsImports && !Why.empty()) {
      AllPass = false;
      Findings.add(
          diagnose(DiagnosticID::Unmarshallable, M.Where, What,
                   managed::csharpName(*P.Type),
                   managed::csharpName(*managed::passedStruct(*P.Type)), Why));
      return;
    }
    AllPass &= isPassable(Classes.back(), *P.Type, What, M.Where, {}, HasShim);
  };
  Add(M.Sig.Result, /*IsResult=*/true, "the result");
  for (const managed::Parameter &P : M.Sig.Params)
    Add(P, /*IsResult=*/false, "parameter '" + P.Name + "'");
  if (!AllPass)
    return std::nullopt;
  return Types.list(Classes);
}

} // namespace ilbridge::hybridclr
