//===- Lowering.cpp - Managed types in the type language ------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/managed/Lowering.h"
#include "ilbridge/managed/Layout.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace ilbridge::ecma335;

namespace ilbridge::managed {

Lowered Lowering::scalar(ScalarType::Class C, Width W, Signedness S) {
  return {Types.make<ScalarType>(C, W, S), {}};
}

Lowered Lowering::pointerTo(Lowered Pointee, bool IsConst) {
  if (!Pointee)
    return Pointee;
  return {Types.make<PointerType>(Pointee.Ty, Qualifiers{IsConst},
                                  PointerType::Pointer),
          {}};
}

/// Returns the address of an object on the managed heap.
Lowered Lowering::object(llvm::StringRef Name, ObjectKind Kind) {
  Declaration D;
  D.Path.push_back(Name.str());
  return pointerTo({Types.make<OpaqueType>(std::move(D), Kind), {}});
}

const runtime::RuleValue &Lowering::ask(runtime::Rule R) {
  Asked.Rules.set(static_cast<size_t>(R));
  return Runtime.ruleValue(R, Platform);
}

Marshalling Lowering::marshalling(bool IsDisabled) {
  return IsDisabled && holds(runtime::Rule::DisabledMarshalling)
             ? Marshalling::Blittable
             : Marshalling::PInvoke;
}

bool Lowering::returnsHResult(const Method &M) {
  return M.TheKind == Method::PInvoke && !M.Import.PreserveSig &&
         holds(runtime::Rule::PreserveSig);
}

std::optional<CallingConvention> Lowering::convention(const PInvokeInfo &I) {
  if (!I.Convention && I.AttributeConvention &&
      holds(runtime::Rule::UnmanagedCallConv))
    return I.AttributeConvention;
  return I.Convention;
}

/// Whether a record has a field that is not aligned as its type requires. C
/// might pass such a record in registers. (System V ABI of x86-64, 3.2.3)
static bool isUnaligned(const RecordType &R) {
  ManagedLayout Layout{DataModel()};
  if (Layout.of(R).Size > 16)
    return false;
  std::vector<uint64_t> Offsets = Layout.offsets(R);
  for (auto [Field, Offset] : llvm::zip_equal(R.Fields, Offsets)) {
    const auto *Inner = llvm::dyn_cast<RecordType>(Field.Ty);
    if (Inner ? isUnaligned(*Inner) : Offset % Layout.of(*Field.Ty).Align != 0)
      return true;
  }
  return false;
}

ObjectKind objectKind(const TypeDef &D) {
  std::string Name = D.fullName();
  if (D.TheKind == TypeDef::Delegate || Name == "System.Delegate" ||
      Name == "System.MulticastDelegate")
    return ObjectKind::Delegate;
  if (Name == "System.String")
    return ObjectKind::String;
  if (Name == "System.Object")
    return ObjectKind::Any;
  if (Name == "System.Array")
    return ObjectKind::Array;
  if (Name == "System.Type" || Name == "System.RuntimeType" ||
      Name == "System.MonoType")
    return ObjectKind::Type;
  if (Name == "System.Exception")
    return ObjectKind::Exception;
  return ObjectKind::Other;
}

Lowered Lowering::lower(const Parameter &P, Marshalling How, CharSet Chars,
                        bool IsResult) {
  return lower(P, {How, Chars, IsResult ? Context::Result : Context::Param});
}

Lowered Lowering::lower(const Parameter &P, const Context &C) {
  Context Whole = C;
  Whole.IsOut = P.IsOut && !P.IsIn;
  Lowered L = lower(*P.Type, P.Marshal ? &*P.Marshal : nullptr, Whole);
  if (L)
    if (const runtime::RuleValue *No =
            refusalOfForm(closed(*P.Type, C.Arguments), *L.Ty, Whole))
      return problem(No->Otherwise);
  return L;
}

/// Whether a value of \p T contains a 128-bit integer.
static bool hasInt128(const ilbridge::Type &T) {
  if (const auto *S = llvm::dyn_cast<ScalarType>(&T))
    return S->width() == Width::W128;
  if (const auto *A = llvm::dyn_cast<ArrayType>(&T))
    return hasInt128(*A->element());
  const auto *R = llvm::dyn_cast<RecordType>(&T);
  return R && llvm::any_of(R->Fields,
                           [](const Field &F) { return hasInt128(*F.Ty); });
}

/// Returns the rule by which the runtime refuses a parameter or result of type
/// \p T, whose native form is \p Form. Returns null if the runtime passes it.
const runtime::RuleValue *Lowering::refusalOfForm(const TypeSig &T,
                                                  const ilbridge::Type &Form,
                                                  const Context &C) {
  using runtime::Rule;
  const auto *Record = llvm::dyn_cast<RecordType>(&Form);
  if (Record && isUnaligned(*Record))
    if (const auto *No = refuses(Rule::PackedByValue))
      return No;
  if (C.How == Marshalling::None)
    return nullptr;
  if (hasInt128(Form))
    if (const auto *No = refuses(Rule::Int128ByValue))
      return No;
  if (T.kind() == TypeSig::Instance && Record &&
      T.definition().Namespace == "System.Runtime.Intrinsics")
    if (const auto *No = refuses(Rule::VectorByValue))
      return No;
  if (C.How != Marshalling::PInvoke)
    return nullptr;
  if (T.kind() == TypeSig::ByRef)
    return refusalOfFields(T.element(), Direction::Both);
  bool IsFromNative = (C.Where == Context::Result) != C.IsCallback;
  return refusalOfFields(T, !Record        ? Direction::Both
                            : IsFromNative ? Direction::FromNative
                                           : Direction::ToNative);
}

/// Whether the importer has recorded that a pointer refers to characters, which
/// the source generator of [LibraryImport] passes.
static bool isTextOfGenerator(const TypeSig &T, const MarshalAs *As) {
  const TypeSig *Inner = &T;
  while (Inner->kind() == TypeSig::Pointer)
    Inner = &Inner->element();
  return As &&
         ((As->Native == NATIVE_TYPE_LPUTF8STR && Inner->is(Primitive::Byte)) ||
          (As->Native == NATIVE_TYPE_LPWSTR &&
           (Inner->is(Primitive::UInt16) || Inner->is(Primitive::Char))));
}

/// Whether \p T is a type parameter without an argument among \p Count
/// arguments, and without a constraint that makes it a class.
static bool isOpen(const TypeSig &T, size_t Count) {
  return (T.kind() == TypeSig::MethodParameter ||
          (T.kind() == TypeSig::TypeParameter && T.index() >= Count)) &&
         !T.constraint();
}

Lowered Lowering::lower(const TypeSig &T, const MarshalAs *As,
                        const Context &C) {
  if (C.How == Marshalling::Blittable)
    if (Lowered No = disabled(T); !No.Problem.empty())
      return No;
  if (As && As->Native == NATIVE_TYPE_CUSTOMMARSHALER &&
      C.How == Marshalling::PInvoke && T.kind() != TypeSig::ByRef)
    return custom(T);
  switch (T.kind()) {
  case TypeSig::Primitive:
    if (C.How == Marshalling::None && isTextOfGenerator(T, As))
      return character(T.is(Primitive::Byte) ? Width::W8 : Width::W16);
    return primitive(T.primitive(), As, C);
  case TypeSig::Definition:
  case TypeSig::Instance:
    return definition(T, As, C);
  case TypeSig::Pointer: {
    // The pointee of a pointer is never marshalled.
    Context Raw = C;
    Raw.How = Marshalling::None;
    Raw.Where = Context::Element;
    llvm::SaveAndRestore Behind(ByValueFrom, Depth + 1);
    bool IsText = isTextOfGenerator(T, As);
    return pointerTo(lower(T.element(), IsText ? As : nullptr, Raw),
                     /*IsConst=*/IsText && C.isReadOnly());
  }
  case TypeSig::ByRef: {
    Context Inner = C;
    Inner.Where = Context::Referent;
    llvm::SaveAndRestore Behind(ByValueFrom, Depth + 1);
    // The address is passed, independent of the pointee.
    if (C.How == Marshalling::None && isOpen(T.element(), C.Arguments.size())) {
      Declaration D;
      D.Path = {"T"};
      return pointerTo({Types.make<OpaqueType>(std::move(D)), {}});
    }
    return pointerTo(lower(T.element(), As, Inner));
  }
  case TypeSig::SZArray:
  case TypeSig::Array:
    return array(T, As, C);
  case TypeSig::FunctionPointer:
    return functionPointer(T, C);
  case TypeSig::TypeParameter:
    if (T.index() < C.Arguments.size()) {
      // An argument does not depend on the other ones. It can be a parameter of
      // the generic type that declares the method.
      Context Outside = C;
      Outside.Arguments = {};
      return lower(*C.Arguments[T.index()], As, Outside);
    }
    [[fallthrough]];
  case TypeSig::MethodParameter:
    if (C.How != Marshalling::None)
      return problem("cannot be marshalled: it depends on a type parameter");
    // All instances pass the address of an object.
    if (T.constraint())
      return lower(*T.constraint(), As, C);
    return problem("depends on a type parameter");
  case TypeSig::Modified:
    return lower(T.element(), As, C);
  }
  llvm_unreachable("not a type");
}

/// Returns the type that a custom marshaler passes for an object of the type \p
/// T, which is an untyped pointer. A value type is a problem. (.NET
/// documentation, "ICustomMarshaler")
Lowered Lowering::custom(const TypeSig &T) {
  bool IsObject = T.is(Primitive::String) || T.is(Primitive::Object);
  switch (T.kind()) {
  case TypeSig::Definition:
  case TypeSig::Instance:
    IsObject = !T.isValueType();
    break;
  case TypeSig::SZArray:
  case TypeSig::Array:
  case TypeSig::TypeParameter:
    IsObject = true;
    break;
  default:
    break;
  }
  if (!IsObject)
    return problem("cannot be marshalled: a custom marshaler is for classes, "
                   "strings and arrays");
  return pointerTo({Types.make<VoidType>(), {}});
}

/// Returns why an assembly with [DisableRuntimeMarshalling] cannot pass \p T.
/// There is no problem if it can, or if the parts of \p T have the problem.
Lowered Lowering::disabled(const TypeSig &T) const {
  constexpr llvm::StringLiteral Attribute = "[DisableRuntimeMarshalling]";
  auto IsObject = [](const TypeSig &T) {
    switch (T.kind()) {
    case TypeSig::SZArray:
    case TypeSig::Array:
      return true;
    case TypeSig::Primitive:
      return T.primitive() >= Primitive::String;
    case TypeSig::Definition:
    case TypeSig::Instance:
      return !T.isValueType() && T.definition().TheKind != TypeDef::Unresolved;
    default:
      return false;
    }
  };
  if (T.kind() == TypeSig::ByRef)
    return problem("cannot be passed: the assembly has " + Attribute +
                   ", which leaves no `ref`, `in` and `out`; declare a "
                   "pointer");
  if (IsObject(T))
    return problem("cannot be marshalled: the assembly has " + Attribute +
                   ", so that only values without references pass");
  return {};
}

} // namespace ilbridge::managed
