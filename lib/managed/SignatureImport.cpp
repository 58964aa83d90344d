//===- SignatureImport.cpp - Signatures from metadata ---------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MetadataImport.h"
#include "ilbridge/ecma335/MarshalSpec.h"
#include "ilbridge/type/Limits.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace ilbridge::ecma335;
using llvm::StringRef;

namespace ilbridge::managed {

//===----------------------------------------------------------------------===//
// The types in a signature
//===----------------------------------------------------------------------===//

static std::optional<Primitive> primitive(ElementType K) {
  if (K >= ELEMENT_TYPE_VOID && K <= ELEMENT_TYPE_R8)
    return static_cast<Primitive>(K - ELEMENT_TYPE_VOID);
  switch (K) {
  case ELEMENT_TYPE_STRING:
    return Primitive::String;
  case ELEMENT_TYPE_OBJECT:
    return Primitive::Object;
  case ELEMENT_TYPE_TYPEDBYREF:
    return Primitive::TypedReference;
  case ELEMENT_TYPE_I:
    return Primitive::IntPtr;
  case ELEMENT_TYPE_U:
    return Primitive::UIntPtr;
  default:
    return std::nullopt;
  }
}
static_assert(ELEMENT_TYPE_R8 - ELEMENT_TYPE_VOID ==
              static_cast<int>(Primitive::Double));

llvm::Expected<const TypeSig *> AssemblySet::named(Assembly &A, TypeDefOrRef T,
                                                   bool IsValueType) {
  llvm::Expected<const TypeSig *> Found = type(A, T);
  if (!Found || !IsValueType || (*Found)->kind() != TypeSig::Definition)
    return Found;
  TypeDef &D = const_cast<TypeDef &>((*Found)->definition());
  if (D.TheKind == TypeDef::Unresolved)
    D.IsPassedByValue = true;
  return Found;
}

llvm::Expected<const TypeSig *>
AssemblySet::modified(Assembly &A, const TypeSig &T,
                      llvm::ArrayRef<CustomMod> Mods) {
  const TypeSig *Result = &T;
  // The outermost modifier is the first one in a signature.
  for (const CustomMod &Mod : llvm::reverse(Mods)) {
    llvm::Expected<const TypeSig *> Modifier = type(A, Mod.Type);
    if (!Modifier)
      return Modifier;
    Result = &Types.modified(*Result, **Modifier, Mod.IsRequired);
  }
  return Result;
}

llvm::Expected<const TypeSig *>
AssemblySet::type(Assembly &A, const ecma335::TypeSig &T, Modifiers Mods) {
  // A signature can name a TypeSpec, whose signature can name it again.
  if (Depth == MaxTypeDepth)
    return A->file().error(nullptr, "ECMA-335 II.23.2.12",
                           "more than " + llvm::Twine(MaxTypeDepth) +
                               " types are within each other, or one is within "
                               "itself");
  llvm::SaveAndRestore Deeper(Depth, Depth + 1);
  llvm::Expected<const TypeSig *> Result = unmodifiedType(A, T, Mods);
  if (!Result || Mods != Modifiers::Kept || T.kind() == ELEMENT_TYPE_BYREF)
    return Result;
  return modified(A, **Result, T.mods());
}

llvm::Expected<const TypeSig *>
AssemblySet::unmodifiedType(Assembly &A, const ecma335::TypeSig &T,
                            Modifiers Mods) {
  // Mono represents the element of an array by its class.
  const Modifiers OfElement =
      Mods == Modifiers::Kept ? Modifiers::KeptInArguments : Mods;
  if (std::optional<Primitive> P = primitive(T.kind()))
    return &Types.primitive(*P);
  if (const auto *N = llvm::dyn_cast<NamedSig>(&T)) {
    return named(A, N->type(), N->isValueType());
  }
  if (const auto *U = llvm::dyn_cast<UnarySig>(&T)) {
    llvm::Expected<const TypeSig *> Element = type(
        A, *U->element(), T.kind() == ELEMENT_TYPE_SZARRAY ? OfElement : Mods);
    // Mono does not distinguish the modifiers in front of a reference from
    // those behind it.
    if (Element && T.kind() == ELEMENT_TYPE_BYREF && Mods == Modifiers::Kept)
      Element = modified(A, **Element, T.mods());
    if (!Element)
      return Element;
    return &Types.derived(T.kind() == ELEMENT_TYPE_PTR     ? TypeSig::Pointer
                          : T.kind() == ELEMENT_TYPE_BYREF ? TypeSig::ByRef
                                                           : TypeSig::SZArray,
                          **Element);
  }
  if (const auto *Array = llvm::dyn_cast<ArraySig>(&T)) {
    llvm::Expected<const TypeSig *> Element =
        type(A, *Array->element(), OfElement);
    if (!Element)
      return Element;
    return &Types.array(**Element, Array->rank());
  }
  if (const auto *Var = llvm::dyn_cast<GenericVarSig>(&T))
    return parameter(A, *Var);
  llvm::SmallVector<const TypeSig *, 8> Arguments;
  auto Add = [&](const ecma335::TypeSig &Each,
                 Modifiers OfEach = Modifiers::Dropped) -> llvm::Error {
    return type(A, Each, OfEach).moveInto(Arguments.emplace_back());
  };
  if (const auto *Inst = llvm::dyn_cast<GenericInstSig>(&T)) {
    llvm::Expected<const TypeSig *> Generic =
        named(A, Inst->type(), Inst->isValueType());
    if (!Generic)
      return Generic;
    const bool AreKept = Mods != Modifiers::Dropped;
    for (const ecma335::TypeSig *Each : Inst->args())
      if (llvm::Error E = Add(*Each, AreKept ? Modifiers::Kept : Mods))
        return E;
    if ((*Generic)->kind() != TypeSig::Definition)
      return A->file().error(nullptr, "ECMA-335 II.23.2.12",
                             "an instance of a type that is not generic");
    return &Types.instance((*Generic)->definition(), Arguments);
  }
  const MethodSig &Method = *llvm::cast<FnPtrSig>(T).method();
  if (llvm::Error E = Add(*Method.ReturnType))
    return E;
  for (const ecma335::TypeSig *Each : Method.Params)
    if (llvm::Error E = Add(*Each))
      return E;
  return &Types.functionPointer(Arguments, convention(A, Method));
}

/// The class that an argument for \p R is, or is derived from (II.22.20,
/// II.22.21); null: it is not known to be one.
llvm::Expected<const TypeSig *> AssemblySet::constraint(Assembly &A,
                                                        GenericParamRid R) {
  llvm::Expected<GenericParamRow> Row = A->row(R);
  if (!Row)
    return Row.takeError();
  // A constraint can name its own parameter: `where T : Node<T>`.
  llvm::SaveAndRestore Outside(Scope, MethodDefRid());
  for (GenericParamConstraintRid C : A->constraints(R)) {
    llvm::Expected<GenericParamConstraintRow> Constraint = A->row(C);
    if (!Constraint)
      return Constraint.takeError();
    llvm::Expected<const TypeSig *> Base = type(A, Constraint->Constraint);
    if (!Base)
      return Base;
    if ((*Base)->kind() != TypeSig::Definition &&
        (*Base)->kind() != TypeSig::Instance)
      continue;
    const TypeDef &D = (*Base)->definition();
    std::string Name = D.fullName();
    // These are classes, and value types are derived from them.
    if ((D.TheKind == TypeDef::Class || D.TheKind == TypeDef::Delegate ||
         D.isHandle()) &&
        Name != "System.Object" && Name != "System.ValueType" &&
        Name != "System.Enum")
      return Base;
  }
  if (has(Row->Flags, GenericParamAttributes::ReferenceTypeConstraint))
    return &Types.primitive(Primitive::Object);
  return nullptr;
}

llvm::Expected<const TypeSig *>
AssemblySet::parameter(Assembly &A, const GenericVarSig &Var) {
  const TypeSig *Base = nullptr;
  if (Scope) {
    Token Owner = Var.isOfMethod() ? Token(Scope) : Token(A->owner(Scope));
    for (GenericParamRid R : A->genericParams(Owner)) {
      llvm::Expected<GenericParamRow> Row = A->row(R);
      if (!Row)
        return Row.takeError();
      if (Row->Number != Var.number())
        continue;
      if (llvm::Error E = constraint(A, R).moveInto(Base))
        return E;
      break;
    }
  }
  return &Types.parameter(Var.isOfMethod() ? TypeSig::MethodParameter
                                           : TypeSig::TypeParameter,
                          Var.number(), Base);
}

llvm::Expected<const TypeSig *>
AssemblySet::type(Assembly &A, const ecma335::TypeSig &T, MethodDefRid Method) {
  llvm::SaveAndRestore Inside(Scope, Method);
  return type(A, T);
}

llvm::Expected<const TypeSig *>
AssemblySet::modifiedType(Assembly &A, const ecma335::TypeSig &T,
                          MethodDefRid Method) {
  llvm::SaveAndRestore Inside(Scope, Method);
  return type(A, T, Modifiers::Kept);
}

//===----------------------------------------------------------------------===//
// Parameters
//===----------------------------------------------------------------------===//

llvm::Expected<std::optional<MarshalAs>> marshalAs(const Assembly &A,
                                                   Token Parent) {
  FieldMarshalRid R = A->fieldMarshal(Parent);
  if (!R)
    return std::nullopt;
  llvm::Expected<FieldMarshalRow> Row = A->row(R);
  if (!Row)
    return Row.takeError();
  llvm::Expected<MarshalSpec> Spec =
      readMarshalSpec(A.metadata(), Row->NativeType);
  if (!Spec)
    return Spec.takeError();
  MarshalAs Result;
  Result.Native = static_cast<NativeType>(Spec->Kind);
  if (Spec->ElementKind)
    Result.Element = static_cast<NativeType>(*Spec->ElementKind);
  Result.SizeParam = Spec->SizeParam;
  Result.SizeConst = Spec->Size;
  Result.CustomMarshaler = Spec->CustomMarshaler.str();
  Result.Cookie = Spec->CustomCookie.str();
  return Result;
}

llvm::Expected<std::vector<std::string>> genericParams(const Assembly &A,
                                                       Token Owner) {
  std::vector<std::string> Names;
  for (GenericParamRid R : A->genericParams(Owner)) {
    llvm::Expected<GenericParamRow> Row = A->row(R);
    if (!Row)
      return Row.takeError();
    llvm::Expected<StringRef> Name = A->string(Row->Name);
    if (!Name)
      return Name.takeError();
    // Rows may be in any order. A number that is not less than their count is
    // invalid.
    if (Row->Number >= A->genericParams(Owner).size())
      return A->file().error(nullptr, "ECMA-335 II.22.20",
                             "generic parameters are not numbered in sequence");
    if (Names.size() <= Row->Number)
      Names.resize(Row->Number + 1);
    Names[Row->Number] = Name->str();
  }
  return Names;
}

llvm::Expected<Signature> importSignature(AssemblySet &Set, Assembly &A,
                                          MethodDefRid R,
                                          const MethodDefRow &Row) {
  llvm::BumpPtrAllocator Allocator;
  llvm::Expected<MethodSig> Sig =
      readMethodSig(A.metadata(), Row.Signature, Allocator);
  if (!Sig)
    return Sig.takeError();
  Signature Result;
  Result.HasThis = Sig->hasThis();
  if (llvm::Error E = genericParams(A, R).moveInto(Result.GenericParams))
    return E;
  if (llvm::Error E =
          Set.type(A, *Sig->ReturnType, R).moveInto(Result.Result.Type))
    return E;
  for (const ecma335::TypeSig *T : Sig->Params) {
    Parameter &P = Result.Params.emplace_back();
    if (llvm::Error E = Set.type(A, *T, R).moveInto(P.Type))
      return E;
    if (llvm::Error E = Set.modifiedType(A, *T, R).moveInto(P.Written))
      return E;
    if (P.Written == P.Type)
      P.Written = nullptr;
  }

  llvm::Expected<RidRange<ParamRow>> Rows = A->params(R);
  if (!Rows)
    return Rows.takeError();
  for (ParamRid P : *Rows) {
    llvm::Expected<ParamRow> ParamRow = A->row(P);
    if (!ParamRow)
      return ParamRow.takeError();
    // Row 0 is the result (II.22.33); rows without a parameter are
    // ignored.
    if (ParamRow->Sequence > Result.Params.size())
      continue;
    Parameter &Out = ParamRow->Sequence == 0
                         ? Result.Result
                         : Result.Params[ParamRow->Sequence - 1];
    llvm::Expected<StringRef> Name = A->string(ParamRow->Name);
    if (!Name)
      return Name.takeError();
    Out.Name = Name->str();
    Out.IsIn = has(ParamRow->Flags, ParamAttributes::In);
    Out.IsOut = has(ParamRow->Flags, ParamAttributes::Out);
    if (llvm::Error E = marshalAs(A, P).moveInto(Out.Marshal))
      return E;
  }
  return Result;
}

} // namespace ilbridge::managed
