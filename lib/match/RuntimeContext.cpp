//===- RuntimeContext.cpp - Managed methods as a runtime calls them -------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RuntimeContext.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::match {

using managed::Method;
using managed::TypeSig;
using runtime::Conversion;
using runtime::Crossing;

Crossing crossing(const Method &M, bool MakesObject) {
  if (MakesObject)
    return Crossing::Constructor;
  switch (M.TheKind) {
  case Method::PInvoke:
    return Crossing::PInvoke;
  case Method::InternalCall:
    return Crossing::InternalCall;
  case Method::Ordinary:
    return Crossing::Intrinsic;
  case Method::FunctionPointer:
    return Crossing::FunctionPointer;
  }
  llvm_unreachable("not a kind of method");
}

Crossing crossing(native::ExportKind K) {
  switch (K) {
  case native::ExportKind::PInvoke:
    return Crossing::PInvoke;
  case native::ExportKind::InternalCall:
    return Crossing::InternalCall;
  case native::ExportKind::NewObj:
  case native::ExportKind::NewObjIntrinsic:
    return Crossing::Constructor;
  case native::ExportKind::Intrinsic:
    return Crossing::Intrinsic;
  case native::ExportKind::FunctionPointer:
    return Crossing::FunctionPointer;
  }
  llvm_unreachable("not a kind of export");
}

/// Whether a runtime that marshals uses the rules of platform invoke for the
/// method.
static bool isPlatformInvoke(const Method &M) {
  return M.TheKind == Method::PInvoke || M.TheKind == Method::FunctionPointer;
}

Conversion RuntimeContext::conversion(const Method &M, bool MakesObject) const {
  Conversion C = Runtime.conversion(crossing(M, MakesObject));
  return C == Conversion::Absent ? Conversion::Unchanged : C;
}

/// Sets the form in which \p A is passed.
void RuntimeContext::setForm(Argument &A, const managed::Lowered &Form) {
  A.Passed = Form.Ty;
  if (!Form)
    A.Problem = Problems.save(Form.Problem);
}

Argument RuntimeContext::argument(const managed::Parameter &P, const Method &M,
                                  bool IsResult) {
  Argument A;
  A.Managed = &P;
  managed::Lowered Raw =
      Lowers.lower(P, managed::Marshalling::None, M.Import.Chars, IsResult);
  A.Raw = Raw.Ty;
  Conversion C = conversion(M, /*MakesObject=*/false);
  // An invoker converts as [MarshalAs] states, if it can.
  if (isPlatformInvoke(M) && C != Conversion::Unchanged) {
    managed::Lowered Marshalled =
        Lowers.lower(P, Lowers.marshalling(M.Import.IsMarshallingDisabled),
                     M.Import.Chars, IsResult);
    A.Marshalled = Marshalled.Ty;
    if (C == Conversion::Marshalled) {
      setForm(A, Marshalled);
      return A;
    }
  }
  setForm(A, Raw);
  if (M.TheKind == Method::InternalCall && C == Conversion::Unchanged)
    if (llvm::StringRef Why = Lowers.problemByValue(*P.Type); !Why.empty())
      setForm(A, {nullptr, Why.str()});
  return A;
}

/// Returns the argument for `this`: an object, or the address of a value.
Argument RuntimeContext::self(const Method &M) {
  Argument A;
  if (M.Declaring->isValueType()) {
    managed::Parameter This;
    This.Type =
        &Selves.derived(TypeSig::ByRef, Selves.definition(*M.Declaring));
    setForm(A, Lowers.lower(This, managed::Marshalling::None,
                            managed::CharSet::None, false));
  } else {
    Declaration D;
    D.Path = {M.Declaring->fullName()};
    const auto *Object =
        Types.make<OpaqueType>(std::move(D), managed::objectKind(*M.Declaring));
    A.Passed =
        Types.make<PointerType>(Object, Qualifiers{}, PointerType::Pointer);
  }
  A.Raw = A.Passed;
  return A;
}

const RuntimeContext::PassedCallback &
RuntimeContext::callback(const managed::Callback &C) {
  auto [It, IsNew] = Callbacks.try_emplace(&C);
  if (IsNew) {
    Lowers.takeAsked();
    It->second.Address = Lowers.entryPoint(C);
    It->second.Asked = Lowers.takeAsked();
  }
  return It->second;
}

const RuntimeContext::PassedCallback &RuntimeContext::called(const Method &M) {
  auto [It, IsNew] = Called.try_emplace(&M);
  if (IsNew) {
    Lowers.takeAsked();
    It->second.Address =
        Lowers.managedCall(M, M.Sig.HasThis ? self(M).Passed : nullptr);
    It->second.Asked = Lowers.takeAsked();
  }
  return It->second;
}

/// (.NET documentation, "DllImportAttribute.PreserveSig")
void RuntimeContext::returnHResult(PassedMethod &P, const Method &M) {
  Argument Result = P.Result;
  P.Result.TheRole = Argument::HResult;
  P.Result.Passed = Types.make<ScalarType>(ScalarType::Integer, Width::W32,
                                           Signedness::Signed);
  P.Result.Problem = {};
  if (M.Sig.Result.Type->is(managed::Primitive::Void))
    return;
  Result.TheRole = Argument::OutResult;
  managed::Parameter Out = M.Sig.Result;
  Out.Type = &Selves.derived(TypeSig::ByRef, *Out.Type);
  Out.IsOut = true;
  setForm(Result,
          llvm::isa_and_nonnull<RecordType>(Result.Passed)
              ? managed::Lowered{nullptr,
                                 "cannot be marshalled: a struct cannot be the "
                                 "result of a method with PreserveSig = false"}
              : Lowers.lower(Out, managed::Marshalling::PInvoke, M.Import.Chars,
                             /*IsResult=*/false));
  P.Params.push_back(Result);
}

const PassedMethod &RuntimeContext::method(const Method &M, bool MakesObject) {
  auto [It, IsNew] = Methods.try_emplace({&M, MakesObject});
  PassedMethod &P = It->second;
  if (!IsNew)
    return P;
  Lowers.takeAsked();
  // The newobj form of a constructor creates and returns the object.
  if (M.Sig.HasThis && !MakesObject)
    P.Params.push_back(self(M));
  for (const managed::Parameter &Each : M.Sig.Params)
    P.Params.push_back(argument(Each, M, /*IsResult=*/false));
  P.Result = MakesObject ? self(M) : argument(M.Sig.Result, M, true);
  if (isPlatformInvoke(M) &&
      conversion(M, MakesObject) == Conversion::Marshalled &&
      (M.Import.SetLastError || !M.Import.PreserveSig) &&
      Lowers.marshalling(M.Import.IsMarshallingDisabled) ==
          managed::Marshalling::Blittable)
    setForm(P.Result, {nullptr, "cannot be marshalled: the assembly has "
                                "[DisableRuntimeMarshalling], which allows "
                                "neither SetLastError nor PreserveSig = "
                                "false"});
  else if (Lowers.returnsHResult(M) &&
           conversion(M, MakesObject) == Conversion::Marshalled)
    returnHResult(P, M);
  std::optional<CallingConvention> Stated = CallingConvention::C;
  if (isPlatformInvoke(M))
    Stated = P.Convention = Lowers.convention(M.Import);
  P.Asked = Lowers.takeAsked();
  if (conversion(M, MakesObject) == Conversion::Invoked || MakesObject)
    return P;

  std::vector<const Type *> Params;
  for (const Argument &A : P.Params)
    Params.push_back(A.Passed);
  if (!P.Result.Passed || llvm::is_contained(Params, nullptr))
    return P;
  P.Signature = Types.make<FunctionType>(P.Result.Passed, std::move(Params),
                                         Stated.value_or(CallingConvention::C),
                                         Stated, /*Variadic=*/false);
  return P;
}

} // namespace ilbridge::match
