//===- DefinitionLowering.cpp - Classes, delegates and arrays
//---------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Unfinished.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace ilbridge::ecma335;

namespace ilbridge::managed {

//===----------------------------------------------------------------------===//
// Definitions
//===----------------------------------------------------------------------===//

/// Returns \p T with \p Arguments in place of the type parameters of the
/// enclosing type.
const TypeSig &Lowering::closed(const TypeSig &T,
                                llvm::ArrayRef<const TypeSig *> Arguments) {
  auto All = [&] {
    llvm::SmallVector<const TypeSig *, 4> Closed;
    for (const TypeSig *A : T.arguments())
      Closed.push_back(&closed(*A, Arguments));
    return Closed;
  };
  if (Arguments.empty())
    return T;
  switch (T.kind()) {
  case TypeSig::TypeParameter:
    return T.index() < Arguments.size() ? *Arguments[T.index()] : T;
  case TypeSig::Instance: {
    llvm::SmallVector<const TypeSig *, 4> Closed = All();
    return llvm::equal(Closed, T.arguments())
               ? T
               : Instances.instance(T.definition(), Closed);
  }
  case TypeSig::FunctionPointer:
    return Instances.functionPointer(All(), T.convention());
  case TypeSig::Pointer:
  case TypeSig::ByRef:
  case TypeSig::SZArray:
    return Instances.derived(T.kind(), closed(T.element(), Arguments));
  case TypeSig::Array:
    return Instances.array(closed(T.element(), Arguments), T.rank());
  default:
    return T;
  }
}

Lowered Lowering::definition(const TypeSig &Open, const MarshalAs *As,
                             const Context &C) {
  const TypeSig &T = closed(Open, C.Arguments);
  const TypeDef &D = T.definition();
  bool Marshals = C.How == Marshalling::PInvoke;
  if (Lowered L = known(T))
    return L;
  switch (D.TheKind) {
  case TypeDef::Unresolved:
    // Without marshalling, the content of an object is not relevant.
    if (!Marshals && !D.IsPassedByValue)
      return object(D.fullName(), objectKind(D));
    return problem("is not known");
  case TypeDef::Enum:
    // [MarshalAs] has to be compatible with the underlying integer.
    if (Marshals && As)
      if (Lowered L = primitive(D.Underlying, As, C); !L)
        return L;
    return enumeration(D);
  case TypeDef::Struct:
    return Marshals ? structure(T, As, C) : record(T, C);
  case TypeDef::Delegate:
    if (Marshals && T.kind() == TypeSig::Instance)
      if (const auto &A = ask(runtime::Rule::GenericDelegate); !A.Holds)
        return problem(A.Otherwise);
    if (Marshals && C.Where == Context::Referent && !C.IsOut)
      if (const auto &A = ask(runtime::Rule::DelegateByReference); !A.Holds)
        return problem(A.Otherwise);
    return Marshals ? delegate(T) : object(D.fullName(), ObjectKind::Delegate);
  case TypeDef::SafeHandle:
  case TypeDef::CriticalHandle:
    return Marshals ? handle(T, As, C) : object(D.fullName(), objectKind(D));
  case TypeDef::Interface:
    if (!Marshals)
      return object(D.fullName(), objectKind(D));
    if (const auto *No = refuses(runtime::Rule::ComInterface))
      return problem(No->Otherwise);
    return pointerTo({Types.make<VoidType>(), {}});
  case TypeDef::Class:
    if (!Marshals)
      return object(D.fullName(), objectKind(D));
    if (D.fullName() == "System.Text.StringBuilder") {
      if (C.Where == Context::Result && !C.IsCallback)
        if (const auto &A = ask(runtime::Rule::StringBuilderResult); !A.Holds)
          return problem(A.Otherwise);
      if (As && As->Native == NATIVE_TYPE_BSTR)
        return problem("cannot be marshalled as 'bstr': no runtime makes one "
                       "of a StringBuilder");
      Context Writable = C;
      Writable.Where = Context::Element;
      return string(As, Writable);
    }
    // A parameter that accepts any delegate.
    if (D.fullName() == "System.Delegate" ||
        D.fullName() == "System.MulticastDelegate")
      return pointerTo({Types.make<VoidType>(), {}});
    // A class with a layout is passed by address, and embedded as a field.
    if (D.TheLayout != TypeDef::Auto) {
      if (As && As->Native == NATIVE_TYPE_STRUCT && C.Where != Context::Field)
        return problem("cannot be marshalled as 'struct': a class is passed by "
                       "its address");
      if (C.Where == Context::Referent)
        if (const auto &A = ask(runtime::Rule::ClassByReference); !A.Holds)
          return problem(A.Otherwise);
      if (const runtime::RuleValue *No = refusal(T, C))
        return problem(No->Otherwise);
      Lowered R = record(T, C);
      return C.Where == Context::Field ? R : pointerTo(R);
    }
    return problem("cannot be marshalled: it is a class, which only "
                   "[StructLayout] gives a native form");
  }
  llvm_unreachable("not a kind of definition");
}

/// \returns the number type of C that runtimes recognize by the name of the
/// struct \p T; no type for other structs.
Lowered Lowering::known(const TypeSig &T) {
  using runtime::Rule;
  const TypeDef &D = T.definition();
  llvm::StringRef Name = D.Name;
  if (D.Enclosing)
    return {};
  if (D.Namespace == "System.Runtime.InteropServices" &&
      (Name == "CLong" || Name == "CULong" || Name == "NFloat")) {
    if (!holds(Rule::CNumbers))
      return {};
    if (Name == "NFloat")
      return scalar(ScalarType::Float, Width::Pointer, Signedness::Signed);
    return scalar(ScalarType::Integer, Width::Long,
                  Name == "CLong" ? Signedness::Signed : Signedness::Unsigned);
  }
  if (D.Namespace == "System" && (Name == "Int128" || Name == "UInt128") &&
      holds(Rule::Int128))
    return scalar(ScalarType::Integer, Width::W128,
                  Name == "Int128" ? Signedness::Signed : Signedness::Unsigned);
  return {};
}

/// A SafeHandle or CriticalHandle.
Lowered Lowering::handle(const TypeSig &T, const MarshalAs *As,
                         const Context &C) {
  using runtime::Rule;
  if (C.IsCallback)
    return problem("cannot be marshalled: no runtime makes a SafeHandle of "
                   "what native code passes to a callback");
  if (T.definition().TheKind == TypeDef::CriticalHandle)
    if (const auto *No = refuses(Rule::CriticalHandle))
      return problem(No->Otherwise);
  if (As)
    if (const auto *No = refuses(Rule::HandleMarshalAs))
      return problem(No->Otherwise);
  return scalar(ScalarType::Integer, Width::Pointer, Signedness::Signed);
}

/// A struct of the program, or one with special rules in platform invoke.
Lowered Lowering::structure(const TypeSig &T, const MarshalAs *As,
                            const Context &C) {
  std::string Name = T.definition().fullName();
  NativeType Native = As ? As->Native : NATIVE_TYPE_MAX;
  if (Name == "System.Runtime.InteropServices.HandleRef") {
    if (C.Where == Context::Result || C.Where == Context::Referent ||
        C.IsCallback)
      return problem("cannot be marshalled: a HandleRef passes by value from "
                     "managed to native code only");
    if (C.Where == Context::Field)
      if (const auto *No = refuses(runtime::Rule::HandleRefField))
        return problem(No->Otherwise);
    return scalar(ScalarType::Integer, Width::Pointer, Signedness::Signed);
  }
  if (Name == "System.RuntimeTypeHandle" ||
      Name == "System.RuntimeMethodHandle" ||
      Name == "System.RuntimeFieldHandle") {
    if (C.Where != Context::Param || C.IsCallback)
      if (const auto *No = refuses(runtime::Rule::RuntimeHandleFromNative))
        return problem(No->Otherwise);
    return scalar(ScalarType::Integer, Width::Pointer, Signedness::Signed);
  }
  if (Name == "System.DateTime")
    return dateTime(C);
  if (Name == "System.Decimal" && Native == NATIVE_TYPE_CURRENCY &&
      holds(runtime::Rule::Currency))
    return currency(C);
  if (const runtime::RuleValue *No = refusal(T, C))
    return problem(No->Otherwise);
  return Native == NATIVE_TYPE_LPSTRUCT ? byAddress(T, C) : record(T, C);
}

/// Lowers DateTime, which is passed as an OLE date: a number of days as a
/// double. (.NET documentation, "Default marshalling for value types")
Lowered Lowering::dateTime(const Context &C) {
  if (C.Where != Context::Param || C.IsCallback)
    if (const auto &A = ask(runtime::Rule::DateTimeInMemory); !A.Holds)
      return problem(A.Otherwise);
  return scalar(ScalarType::Float, Width::W64, Signedness::Signed);
}

/// Lowers [MarshalAs(UnmanagedType.Currency)]: an integer in units of 1/10000.
/// (.NET documentation, "UnmanagedType")
Lowered Lowering::currency(const Context &C) {
  if (C.Where != Context::Param && C.Where != Context::Referent)
    return problem("cannot be marshalled as 'currency', except for a "
                   "parameter");
  return scalar(ScalarType::Integer, Width::W64, Signedness::Signed);
}

/// [MarshalAs(UnmanagedType.LPStruct)]
Lowered Lowering::byAddress(const TypeSig &T, const Context &C) {
  std::string Name = T.definition().fullName();
  if (Name != "System.Guid" && Name != "System.Decimal")
    if (const auto &A = ask(runtime::Rule::LPStruct); !A.Holds)
      return problem(A.Otherwise);
  return pointerTo(record(T, C));
}

Lowered Lowering::enumeration(const TypeDef &D) {
  const ilbridge::Type *&Known = Enums[&D];
  if (!Known) {
    Declaration Decl;
    Decl.Path = {D.fullName()};
    Decl.Where = D.Where;
    Context Raw{Marshalling::None, CharSet::None, Context::Field};
    auto *E = Types.make<EnumType>(std::move(Decl),
                                   primitive(D.Underlying, nullptr, Raw).Ty);
    E->IsFixed = true;
    E->Enumerators = D.Enumerators;
    Known = E;
  }
  return {Known, {}};
}

Lowered Lowering::delegate(const TypeSig &T) {
  const TypeDef &D = T.definition();
  if (!D.Invocation)
    return problem("cannot be marshalled: its Invoke method is not known");
  auto [It, IsNew] = InProgress.try_emplace(&D);
  if (!IsNew) {
    const UnfinishedDelegate &Around = It->second;
    // A delegate can have a parameter of its own type. C can express that only
    // with a struct that contains such a function pointer.
    if (Around.Instance != &T || InnermostRecord < Around.Level)
      return pointerTo({Types.make<VoidType>(), {}});
    Outermost = std::min(Outermost, Around.Level);
    return pointerTo({Around.Made, {}});
  }
  Unfinished Making(*this);
  auto Done = llvm::make_scope_exit([&] { InProgress.erase(&D); });
  llvm::SaveAndRestore Behind(ByValueFrom, Depth + 1);
  std::optional<CallingConvention> CC = D.Invocation->Convention;
  auto *Made = Types.make<FunctionType>(
      nullptr, std::vector<const ilbridge::Type *>(),
      CC.value_or(CallingConvention::C), CC, /*Variadic=*/false);
  It->second = {&T, Made, Making.level()};
  return Making.finish(pointerTo(invocation(T, *Made)), Asked, std::nullopt);
}

/// Lowers the signature of a delegate type into \p Made.
Lowered Lowering::invocation(const TypeSig &T, FunctionType &Made) {
  const TypeDef &D = T.definition();
  const Signature &Sig = D.Invocation->Invoke;
  Context C{marshalling(D.Invocation->IsMarshallingDisabled),
            D.Invocation->Chars, Context::Result, T.arguments()};
  Asked.Crossings.set(static_cast<size_t>(runtime::Crossing::Callback));
  if (Runtime.conversion(runtime::Crossing::Callback) ==
      runtime::Conversion::Unchanged)
    C.How = Marshalling::None;
  C.IsCallback = true;
  std::vector<const ilbridge::Type *> Params;
  // The result of a callback is passed to managed code, but in the same form.
  Lowered Result = lower(Sig.Result, C);
  if (!Result)
    return problem("cannot be marshalled: its result " + Result.Problem);
  C.Where = Context::Param;
  for (const Parameter &P : Sig.Params) {
    Lowered L = lower(P, C);
    if (!L)
      return problem("cannot be marshalled: its parameter '" + P.Name + "' " +
                     L.Problem);
    Params.push_back(L.Ty);
  }
  Made.complete(Result.Ty, std::move(Params));
  return {&Made, {}};
}

/// Lowers the signature of a method with [UnmanagedCallersOnly], whose
/// parameters and result must all be blittable. (.NET documentation,
/// "UnmanagedCallersOnlyAttribute")
Lowered Lowering::entryPoint(const Callback &Method) {
  if (const auto &A = ask(runtime::Rule::UnmanagedCallersOnly); !A.Holds)
    return problem(A.Otherwise);
  const UnmanagedEntry &Entry = *Method.Unmanaged;
  const Signature &Sig = Method.Target.Sig;
  Context C{Marshalling::Blittable, CharSet::None, Context::Result};
  C.IsCallback = true;
  auto Value = [&](const Parameter &P) {
    Context Converted{Marshalling::PInvoke, CharSet::None, Context::Param};
    if (P.Type->kind() == TypeSig::ByRef ||
        (!Entry.IsMarshallingDisabled &&
         isConverted(*P.Type, nullptr, Converted)))
      return problem("is not blittable, which all values of a method with "
                     "[UnmanagedCallersOnly] have to be");
    return lower(P, C);
  };
  Lowered Result = Value(Sig.Result);
  if (!Result)
    return problem("cannot be called by native code: its result " +
                   Result.Problem);
  C.Where = Context::Param;
  std::vector<const ilbridge::Type *> Params;
  for (const Parameter &P : Sig.Params) {
    Lowered L = Value(P);
    if (!L)
      return problem("cannot be called by native code: its parameter '" +
                     P.Name + "' " + L.Problem);
    Params.push_back(L.Ty);
  }
  return pointerTo(
      {Types.make<FunctionType>(Result.Ty, std::move(Params),
                                Entry.Convention.value_or(CallingConvention::C),
                                Entry.Convention, false),
       {}});
}

Lowered Lowering::managedCall(const Method &M, const ilbridge::Type *Self) {
  const bool Marshals = Runtime.conversion(runtime::Crossing::ManagedCall) ==
                        runtime::Conversion::Marshalled;
  Context C{Marshals ? marshalling(M.Import.IsMarshallingDisabled)
                     : Marshalling::None,
            CharSet::None, Context::Result};
  C.IsCallback = true;
  Lowered Result = lower(M.Sig.Result, C);
  if (!Result)
    return problem("its result " + Result.Problem);
  std::vector<const ilbridge::Type *> Params;
  if (Self)
    Params.push_back(Self);
  C.Where = Context::Param;
  for (const Parameter &P : M.Sig.Params) {
    Lowered L = lower(P, C);
    if (!L)
      return problem("its parameter '" + P.Name + "' " + L.Problem);
    Params.push_back(L.Ty);
  }
  // A host's functions have the platform's convention, like a delegate that
  // states none.
  return {Types.make<FunctionType>(Result.Ty, std::move(Params),
                                   CallingConvention::C, std::nullopt, false),
          {}};
}

Lowered Lowering::functionPointer(const TypeSig &T, const Context &C) {
  Context Raw = C;
  if (C.How == Marshalling::PInvoke && C.Where != Context::Field)
    if (const auto &A = ask(runtime::Rule::FunctionPointerParameter); !A.Holds)
      return problem(A.Otherwise);
  Asked.Crossings.set(static_cast<size_t>(runtime::Crossing::FunctionPointer));
  // The rules for calls through function pointers also apply to a pointer in a
  // struct that is not marshalled.
  bool Marshals = C.How == Marshalling::PInvoke &&
                  Runtime.conversion(runtime::Crossing::FunctionPointer) ==
                      runtime::Conversion::Marshalled;
  if (!Marshals && C.How == Marshalling::PInvoke)
    Raw.How = Marshalling::None;
  Raw.Chars = CharSet::None;
  Raw.Where = Context::Param;
  llvm::SaveAndRestore Behind(ByValueFrom, Depth + 1);
  std::vector<const ilbridge::Type *> Types;
  for (const TypeSig *Each : T.arguments()) {
    Lowered L = lower(*Each, nullptr, Raw);
    if (!L)
      return L;
    Types.push_back(L.Ty);
  }
  const ilbridge::Type *Result = Types.front();
  Types.erase(Types.begin());
  std::optional<CallingConvention> CC = T.convention();
  return pointerTo({this->Types.make<FunctionType>(
                        Result, std::move(Types),
                        CC.value_or(CallingConvention::C), CC, false),
                    {}});
}

/// Whether a type can be a parameter, but not an element: arrays, delegates and
/// classes.
static bool hasNoElementForm(const TypeSig &T) {
  switch (T.kind()) {
  case TypeSig::SZArray:
  case TypeSig::Array:
    return true;
  case TypeSig::Definition:
  case TypeSig::Instance: {
    TypeDef::Kind K = T.definition().TheKind;
    return K == TypeDef::Delegate || K == TypeDef::Class ||
           T.definition().isHandle();
  }
  default:
    return false;
  }
}

Lowered Lowering::array(const TypeSig &T, const MarshalAs *As,
                        const Context &C) {
  if (C.How == Marshalling::None)
    return object(toString(T), ObjectKind::Array);
  NativeType Native = As ? As->Native : NATIVE_TYPE_MAX;
  if (hasNoElementForm(T.element()))
    return problem("cannot be marshalled: its elements are objects that no "
                   "runtime converts within an array");
  bool HasLength = As && (As->SizeConst || As->SizeParam);
  if (C.IsCallback && C.Where != Context::Result && !HasLength)
    return problem("cannot be marshalled: nothing says how many elements "
                   "native code passes");
  Context Inner = C;
  Inner.Where = Context::Element;
  MarshalAs OfElement;
  // The two runtimes that were tested ignore the native type of the elements
  // for numbers and characters. For bool, they only use it if it has one byte.
  bool IsBool = T.element().is(Primitive::Boolean);
  bool IsByte =
      As && (As->Element == NATIVE_TYPE_U1 || As->Element == NATIVE_TYPE_I1);
  bool IsText = T.element().is(Primitive::String);
  if (As && (IsBool ? IsByte && holds(runtime::Rule::BoolElementType) : IsText))
    OfElement.Native = As->Element;
  using runtime::Rule;
  if (IsText && OfElement.Native == NATIVE_TYPE_BSTR)
    if (const auto *No = refuses(Rule::BStrElement))
      return problem(No->Otherwise);
  if (IsText && OfElement.Native == NATIVE_TYPE_LPUTF8STR)
    if (const auto *No = refuses(Rule::Utf8Element))
      return problem(No->Otherwise);
  bool IsInStruct = Native == NATIVE_TYPE_FIXEDARRAY;
  if (IsText && IsInStruct)
    if (const auto *No = refuses(Rule::ByValArrayOfText))
      return problem(No->Otherwise);
  if (IsInStruct && T.element().is(Primitive::Char) &&
      !holds(Rule::ByValArrayCharSet))
    Inner.Chars = CharSet::Ansi;
  Lowered Element =
      lower(T.element(),
            OfElement.Native == NATIVE_TYPE_MAX ? nullptr : &OfElement, Inner);
  if (!Element)
    return problem("cannot be marshalled: its element " + Element.Problem);
  if (Native == NATIVE_TYPE_FIXEDARRAY && C.Where == Context::Field)
    return {Types.make<ArrayType>(Element.Ty, As->SizeConst.value_or(1)), {}};
  if ((Native != NATIVE_TYPE_MAX && Native != NATIVE_TYPE_ARRAY) ||
      C.Where == Context::Field)
    return problem("cannot be marshalled as '" +
                   (Native == NATIVE_TYPE_MAX ? "safe-array" : name(Native)) +
                   "' here");
  if (C.Where == Context::Result)
    return problem("cannot be marshalled as a result: nothing says how many "
                   "elements there are");
  return pointerTo(Element);
}

} // namespace ilbridge::managed
