//===- CSharpForms.cpp - C++ types as C# declares them --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CSharpForms.h"
#include "CSharpText.h"
#include "CxxType.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::emit {

using managed::MarshalAs;
using managed::PassedValue;
using managed::Primitive;
using managed::TypeDef;
using managed::TypeSig;

static MarshalAs as(ecma335::NativeType Native) {
  MarshalAs Result;
  Result.Native = Native;
  return Result;
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

const TypeSig *CSharpForms::integer(unsigned Bits, bool IsSigned) {
  switch (Bits) {
  case 8:
    return &M.Types.primitive(IsSigned ? Primitive::SByte : Primitive::Byte);
  case 16:
    return &M.Types.primitive(IsSigned ? Primitive::Int16 : Primitive::UInt16);
  case 32:
    return &M.Types.primitive(IsSigned ? Primitive::Int32 : Primitive::UInt32);
  case 64:
    return &M.Types.primitive(IsSigned ? Primitive::Int64 : Primitive::UInt64);
  default:
    return nullptr;
  }
}

bool CSharpForms::scalar(const ScalarType &S, Role Where, CSharpForm Form,
                         PassedValue &Out) {
  bool IsConverted =
      Form == CSharpForm::Idiomatic && !(Where == Role::Field && R.IsBlittable);
  // In memory, a `char` is a byte. As a value, it is sign-extended.
  bool IsInMemory = Where == Role::Field || Form == CSharpForm::Plain;
  bool IsSigned = S.isSigned(R.Model) &&
                  !(S.signedness() == Signedness::Target && IsInMemory);
  if (S.scalarClass() == ScalarType::Float) {
    if (S.width() != Width::W32 && S.width() != Width::W64)
      return fails("C# has no '" + toString(S) + "'");
    Out.Type = &M.Types.primitive(S.width() == Width::W32 ? Primitive::Single
                                                          : Primitive::Double);
    return true;
  }
  if (S.scalarClass() == ScalarType::Bool && S.width() == Width::W8) {
    bool IsBool = IsConverted || Form == CSharpForm::Managed;
    Out.Type =
        &M.Types.primitive(IsBool ? Primitive::Boolean : Primitive::Byte);
    if (IsConverted)
      Out.Marshal = as(ecma335::NATIVE_TYPE_U1);
    return true;
  }
  bool IsUtf16 = S.scalarClass() == ScalarType::Character &&
                 S.width() == Width::W16 && Where != Role::Field;
  if (IsUtf16 && (IsConverted || Form == CSharpForm::Managed)) {
    Out.Type = &M.Types.primitive(Primitive::Char);
    if (IsConverted)
      Out.Marshal = as(ecma335::NATIVE_TYPE_U2);
    return true;
  }
  switch (S.width()) {
  case Width::WChar:
    return fails("a 'wchar_t' has 16 bits on Windows and 32 elsewhere; declare "
                 "a 'char16_t' or 'char32_t'");
  case Width::Long:
    if (!R.HasCLong) {
      Out.Type = integer(R.Model.Long, IsSigned);
      return true;
    } else {
      TypeDef &D = M.Types.define(
          "System.Runtime", std::string("System.Runtime.InteropServices.") +
                                (IsSigned ? "CLong" : "CULong"));
      D.TheKind = TypeDef::Struct;
      D.TheLayout = TypeDef::Sequential;
      if (D.Fields.empty())
        D.Fields.push_back({"_value",
                            &M.Types.primitive(IsSigned ? Primitive::IntPtr
                                                        : Primitive::UIntPtr),
                            std::nullopt, std::nullopt});
      Out.Type = &M.Types.definition(D);
      return true;
    }
  case Width::Size:
  case Width::Pointer:
    Out.Type =
        &M.Types.primitive(IsSigned ? Primitive::IntPtr : Primitive::UIntPtr);
    return true;
  default:
    Out.Type = integer(DataModel().bits(S.width()), IsSigned);
    return Out.Type || fails("C# has no '" + toString(S) + "'");
  }
}

bool CSharpForms::value(const Type &T, const Value *V, Role Where,
                        CSharpForm Form, PassedValue &Out) {
  switch (T.kind()) {
  case Type::Void:
    Out.Type = &M.Types.primitive(Primitive::Void);
    return true;
  case Type::Scalar:
    return scalar(llvm::cast<ScalarType>(T), Where, Form, Out);
  case Type::Enum:
    Out.Type = enumeration(llvm::cast<EnumType>(T));
    return Out.Type;
  case Type::Record:
    Out.Type = record(llvm::cast<RecordType>(T));
    return Out.Type;
  case Type::Pointer:
    return pointer(llvm::cast<PointerType>(T), V, Where, Form, Out);
  case Type::Function:
  case Type::Array:
  case Type::Opaque:
    return fails("a value of '" + toString(T) + "' has no form in C#");
  }
  llvm_unreachable("not a type");
}

/// Whether C# can access the memory at an address of this type, and not only
/// pass the address on.
static bool isPlainData(const Type &T) {
  const auto *R = llvm::dyn_cast<RecordType>(&T);
  return !R || (R->IsTriviallyCopyable && !R->IsPolymorphic &&
                !(R->Fields.empty() && R->Bases.empty()));
}

bool CSharpForms::rawPointer(const Type &To, PassedValue &Out) {
  if (const auto *F = llvm::dyn_cast<ilbridge::FunctionType>(&To)) {
    Out.Type = functionPointer(*F);
    return Out.Type;
  }
  PassedValue Pointee;
  bool IsKnown = To.kind() != Type::Array && To.kind() != Type::Opaque &&
                 isPlainData(To) &&
                 value(To, nullptr, Role::Field, CSharpForm::Raw, Pointee);
  if (const auto *Inner = llvm::dyn_cast<PointerType>(&To))
    IsKnown = rawPointer(*Inner->pointee(), Pointee);
  Out.Type = &M.Types.derived(TypeSig::Pointer,
                              IsKnown ? *Pointee.Type
                                      : M.Types.primitive(Primitive::Void));
  Problem.clear();
  return true;
}

bool CSharpForms::managedPointer(const PointerType &P, Role Where,
                                 PassedValue &Out) {
  const Type &To = *P.pointee();
  Out.Type = address();
  if (const auto *O = llvm::dyn_cast<OpaqueType>(&To); O && R.Objects) {
    std::string Path = O->Decl.qualifiedName();
    llvm::StringRef Name = Path;
    Name.consume_front("_");
    for (const runtime::HeapType &H : R.Objects->HeapTypes)
      if (H.Name == Name)
        switch (H.Kind) {
        case ObjectKind::String:
          Out.Type = &M.Types.primitive(Primitive::String);
          return true;
        case ObjectKind::Any:
          Out.Type = &M.Types.primitive(Primitive::Object);
          return true;
        default:
          return fails("'" + Path + "' does not say which class it is of");
        }
    return true;
  }
  bool IsNumber =
      To.kind() == Type::Scalar &&
      llvm::cast<ScalarType>(To).scalarClass() != ScalarType::Character;
  bool IsValue =
      IsNumber || To.kind() == Type::Enum || To.kind() == Type::Record;
  PassedValue Referent;
  if (Where == Role::Param && IsValue &&
      value(To, nullptr, Role::Param, CSharpForm::Managed, Referent)) {
    Out.Type = &M.Types.derived(TypeSig::ByRef, *Referent.Type);
    return true;
  }
  Problem.clear();
  return true;
}

bool CSharpForms::pointer(const PointerType &P, const Value *V, Role Where,
                          CSharpForm Form, PassedValue &Out) {
  const Type &To = *P.pointee();
  Out.Type = address();
  if (Where == Role::Field)
    return true;
  if (Form == CSharpForm::Raw)
    return rawPointer(To, Out);
  if (Form == CSharpForm::Managed)
    return managedPointer(P, Where, Out);
  if (Form == CSharpForm::Plain || Where == Role::Result)
    return true;

  bool IsConst = P.pointeeIsConst();
  bool IsReference = P.form() != PointerType::Pointer;
  bool IsParam = Where == Role::Param;
  if (const auto *F = llvm::dyn_cast<ilbridge::FunctionType>(&To)) {
    if (!IsParam)
      return true; // a callback that takes a callback
    llvm::StringRef Alias = V ? llvm::StringRef(V->Spelling) : "";
    if (size_t Scopes = Alias.rfind("::"); Scopes != llvm::StringRef::npos)
      Alias = Alias.drop_front(Scopes + 2);
    std::string Name =
        isIdentifier(Alias)
            ? Alias.str()
            : identifier(Function + "_" +
                         (V && !V->Name.empty() ? V->Name : "callback"));
    if (const TypeSig *D = delegate(*F, Name))
      Out.Type = D;
    Problem.clear();
    return true;
  }
  auto Reference = [&](const PassedValue &Referent) {
    Out = Referent;
    Out.Type = &M.Types.derived(TypeSig::ByRef, *Referent.Type);
    Out.IsIn = IsConst;
    return true;
  };
  PassedValue Referent;
  if (const auto *S = llvm::dyn_cast<ScalarType>(&To)) {
    bool IsText = S->scalarClass() == ScalarType::Character && !IsReference;
    if (IsText && IsConst &&
        (S->width() == Width::W8 || S->width() == Width::W16)) {
      Out.Type = &M.Types.primitive(Primitive::String);
      Out.Marshal = as(S->width() == Width::W8 ? ecma335::NATIVE_TYPE_LPUTF8STR
                                               : ecma335::NATIVE_TYPE_LPWSTR);
      return true;
    }
    if (IsText && S->width() != Width::W8)
      return true;
    bool IsArray = IsText || (!IsReference && (IsConst || (V && V->Bound)));
    if (!scalar(*S, Role::Param,
                IsArray ? CSharpForm::Plain : CSharpForm::Idiomatic,
                Referent)) {
      Problem.clear();
      return true;
    }
    if (!IsArray)
      return Reference(Referent);
    // The number of elements is unknown in a callback.
    if (!IsParam)
      return true;
    Out.Type = &M.Types.derived(TypeSig::SZArray, *Referent.Type);
    Out.IsIn = Out.IsOut = !IsConst;
    return true;
  }
  if (To.kind() == Type::Pointer) {
    Referent.Type = address();
    return IsConst ? true : Reference(Referent);
  }
  if (!isPlainData(To))
    return true;
  if ((To.kind() == Type::Enum || To.kind() == Type::Record) &&
      value(To, nullptr, Role::Param, Form, Referent))
    return Reference(Referent);
  Problem.clear();
  return true;
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

static bool hasWord(CallingConvention CC) {
  switch (CC) {
  case CallingConvention::C:
  case CallingConvention::StdCall:
  case CallingConvention::ThisCall:
  case CallingConvention::FastCall:
    return true;
  default:
    return false;
  }
}

const TypeSig *CSharpForms::functionPointer(const ilbridge::FunctionType &F) {
  std::vector<const TypeSig *> All;
  if (F.isVariadic() ||
      !hasWord(F.statedConvention().value_or(CallingConvention::C)))
    return address();
  PassedValue Result;
  if (!value(*F.result(), nullptr, Role::Result, CSharpForm::Raw, Result))
    return nullptr;
  All.push_back(Result.Type);
  for (const Type *Param : F.params()) {
    PassedValue P;
    if (!value(*Param, nullptr, Role::Callback, CSharpForm::Raw, P))
      return nullptr;
    All.push_back(P.Type);
  }
  return &M.Types.functionPointer(All, F.statedConvention());
}

const TypeSig *CSharpForms::delegate(const ilbridge::FunctionType &F,
                                     llvm::StringRef Name) {
  if (F.isVariadic() ||
      !hasWord(F.statedConvention().value_or(CallingConvention::C))) {
    fails("its calling convention has no name in C#");
    return nullptr;
  }
  managed::DelegateInfo Info;
  Info.Convention = F.statedConvention();
  Info.Invoke.HasThis = true;
  if (!value(*F.result(), nullptr, Role::Result, CSharpForm::Idiomatic,
             Info.Invoke.Result))
    return nullptr;
  for (const auto &[I, Param] : llvm::enumerate(F.params())) {
    managed::Parameter &P = Info.Invoke.Params.emplace_back();
    P.Name = "arg" + std::to_string(I + 1);
    if (!value(*Param, nullptr, Role::Callback, CSharpForm::Idiomatic, P))
      return nullptr;
  }
  // Functions with a callback of the same type name share one delegate.
  std::string Key = ("delegate " + Name).str();
  for (unsigned Other = 1;; ++Other) {
    KnownType &Known =
        Types[Other == 1 ? Key : Key + "_" + std::to_string(Other)];
    if (!Known.Def) {
      Known.Def = &define(Name);
      Known.Def->TheKind = TypeDef::Delegate;
      Known.Def->Invocation = std::move(Info);
      return &M.Types.definition(*Known.Def);
    }
    const managed::DelegateInfo &There = *Known.Def->Invocation;
    auto Same = [](const managed::Parameter &A, const managed::Parameter &B) {
      return A.Type == B.Type && A.Marshal == B.Marshal && A.IsIn == B.IsIn &&
             A.IsOut == B.IsOut;
    };
    if (There.Convention == Info.Convention &&
        Same(There.Invoke.Result, Info.Invoke.Result) &&
        llvm::equal(There.Invoke.Params, Info.Invoke.Params, Same))
      return &M.Types.definition(*Known.Def);
  }
}

std::optional<managed::Method> CSharpForms::method(const native::Export &E,
                                                   CSharpForm Form,
                                                   llvm::StringRef Library) {
  Function = E.functionName().str();
  Problem.clear();
  if (E.IsVariadic) {
    fails("it takes variable arguments, which C# does not pass");
    return std::nullopt;
  }
  if (!hasWord(E.StatedConvention)) {
    fails("its calling convention has no name in C#");
    return std::nullopt;
  }
  managed::Method Made;
  if (E.Kind == native::ExportKind::InternalCall) {
    Made.TheKind = managed::Method::InternalCall;
  } else {
    Made.TheKind = managed::Method::PInvoke;
    Made.Import.Library = Library.str();
    Made.Import.EntryPoint = E.EntryPoint.empty() ? Function : E.EntryPoint;
    Made.Import.Convention = E.StatedConvention;
    Made.Import.ExactSpelling = true;
  }
  Made.Name = identifier(Function);
  if (Made.Name == R.Class)
    Made.Name += '_';
  if (!value(*E.Result.Ty, &E.Result, Role::Result, Form, Made.Sig.Result)) {
    Problem = "its result: " + Problem;
    return std::nullopt;
  }
  for (const auto &[I, Param] : llvm::enumerate(E.Params)) {
    managed::Parameter &P = Made.Sig.Params.emplace_back();
    P.Name = Param.Name.empty() ? "arg" + std::to_string(I + 1) : Param.Name;
    while (
        llvm::any_of(llvm::ArrayRef(Made.Sig.Params).drop_back(),
                     [&](const auto &Other) { return Other.Name == P.Name; }))
      P.Name += '_';
    if (!value(*Param.Ty, &Param, Role::Param, Form, P)) {
      Problem = "parameter '" + P.Name + "': " + Problem;
      return std::nullopt;
    }
  }
  return Made;
}

} // namespace ilbridge::emit
