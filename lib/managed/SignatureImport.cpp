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

llvm::Expected<const TypeSig *> AssemblySet::type(Assembly &A,
                                                  const ecma335::TypeSig &T) {
  // A signature can name a TypeSpec, whose signature can name it again.
  if (Depth == MaxTypeDepth)
    return A->file().error(nullptr, "ECMA-335 II.23.2.12",
                           "more than " + llvm::Twine(MaxTypeDepth) +
                               " types are within each other, or one is within "
                               "itself");
  llvm::SaveAndRestore Deeper(Depth, Depth + 1);
  if (std::optional<Primitive> P = primitive(T.kind()))
    return &Types.primitive(*P);
  if (const auto *N = llvm::dyn_cast<NamedSig>(&T)) {
    return named(A, N->type(), N->isValueType());
  }
  if (const auto *U = llvm::dyn_cast<UnarySig>(&T)) {
    llvm::Expected<const TypeSig *> Element = type(A, *U->element());
    if (!Element)
      return Element;
    return &Types.derived(T.kind() == ELEMENT_TYPE_PTR     ? TypeSig::Pointer
                          : T.kind() == ELEMENT_TYPE_BYREF ? TypeSig::ByRef
                                                           : TypeSig::SZArray,
                          **Element);
  }
  if (const auto *Array = llvm::dyn_cast<ArraySig>(&T)) {
    llvm::Expected<const TypeSig *> Element = type(A, *Array->element());
    if (!Element)
      return Element;
    return &Types.array(**Element, Array->rank());
  }
  if (const auto *Var = llvm::dyn_cast<GenericVarSig>(&T))
    return &Types.parameter(Var->isOfMethod() ? TypeSig::MethodParameter
                                              : TypeSig::TypeParameter,
                            Var->number());
  llvm::SmallVector<const TypeSig *, 8> Arguments;
  auto Add = [&](const ecma335::TypeSig &Each) -> llvm::Error {
    return type(A, Each).moveInto(Arguments.emplace_back());
  };
  if (const auto *Inst = llvm::dyn_cast<GenericInstSig>(&T)) {
    llvm::Expected<const TypeSig *> Generic =
        named(A, Inst->type(), Inst->isValueType());
    if (!Generic)
      return Generic;
    for (const ecma335::TypeSig *Each : Inst->args())
      if (llvm::Error E = Add(*Each))
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
          Set.type(A, *Sig->ReturnType).moveInto(Result.Result.Type))
    return E;
  for (const ecma335::TypeSig *T : Sig->Params)
    if (llvm::Error E =
            Set.type(A, *T).moveInto(Result.Params.emplace_back().Type))
      return E;

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
