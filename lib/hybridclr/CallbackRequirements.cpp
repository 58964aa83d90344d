//===- CallbackRequirements.cpp - Requirements of callbacks ---------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/hybridclr/BridgeRequirements.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ScopedPrinter.h"

using ilbridge::managed::Callback;
using ilbridge::managed::Method;
using llvm::StringRef;

namespace ilbridge::hybridclr {

/// Returns the type arguments of a delegate, whose Invoke refers to them as !0.
static TypeArguments argumentsOf(const managed::TypeSig &T,
                                 SharedTypes &Types) {
  llvm::SmallVector<ABIClass, 4> Classes;
  for (const managed::TypeSig *Arg : T.arguments())
    Classes.push_back(asTypeArgument(Types.classOf(*Arg)));
  return {Classes.empty() ? ABIClassList::None : Types.list(Classes),
          ABIClassList::None};
}

static ABIClassList signatureOf(const managed::DelegateInfo &D,
                                const managed::TypeSig &T, SharedTypes &Types) {
  TypeArguments Args = argumentsOf(T, Types);
  llvm::SmallVector<ABIClass, 8> Classes;
  Classes.push_back(Types.classOf(*D.Invoke.Result.Type, Args));
  for (const managed::Parameter &P : D.Invoke.Params)
    Classes.push_back(Types.classOf(*P.Type, Args));
  return Types.list(Classes);
}

/// Returns "int (long, IntPtr)". For an instance of a generic delegate, the
/// type arguments are substituted.
static std::string csharpSignature(const managed::Signature &Sig,
                                   const managed::TypeSig *Of = nullptr) {
  auto Name = [&](const managed::TypeSig &T) {
    bool IsArgument = Of && T.kind() == managed::TypeSig::TypeParameter &&
                      T.index() < Of->arguments().size();
    return managed::csharpName(IsArgument ? *Of->arguments()[T.index()] : T);
  };
  std::string Text = Name(*Sig.Result.Type) + " (";
  llvm::ListSeparator Comma;
  for (const managed::Parameter &P : Sig.Params)
    Text += (StringRef(Comma) + Name(*P.Type)).str();
  return Text + ")";
}

void BridgeRequirements::addCallback(const Callback &C) {
  const Method &M = C.Target;
  auto Report = [&](DiagnosticID ID, auto &&...Args) {
    Findings.add(diagnose(ID, M.Where, llvm::to_string(M), Args...));
  };
  if (!C.IsStatic)
    return Report(DiagnosticID::CallbackNotStatic);
  if (C.Unmanaged)
    return Report(DiagnosticID::CallbackDelegate,
                  "HybridCLR does not know [UnmanagedCallersOnly]; give it "
                  "[MonoPInvokeCallback(typeof(…))]");
  const managed::DelegateInfo *D =
      C.Delegate ? Types.assemblies().delegate(*C.Delegate) : nullptr;
  if (C.Delegate && !D)
    return Report(DiagnosticID::CallbackDelegate,
                  "'" + managed::csharpName(*C.Delegate) + "' is none");
  if (C.WrapperCount &&
      (*C.WrapperCount <= 0 || *C.WrapperCount > static_cast<int>(MaxWrappers)))
    return Report(DiagnosticID::WrapperCount, *C.WrapperCount, MaxWrappers);
  std::optional<ABIClassList> Signature = nativeSignature(M);
  if (!Signature)
    return;
  if (!D) {
    // The runtime uses the method's own signature and the convention of the
    // delegate that is passed, so this callback works nevertheless.
    Diagnostic &Untyped = Findings.add(
        diagnose(DiagnosticID::CallbackDelegate, M.Where, llvm::to_string(M),
                 "its wrapper has the platform's calling convention, and is "
                 "compared with no delegate"));
    Untyped.Level = Severity::Warning;
  } else if (ABIClassList Called = signatureOf(*D, *C.Delegate, Types);
             Called != *Signature) {
    return Report(DiagnosticID::CallbackSignature, csharpSignature(M.Sig),
                  managed::csharpName(*C.Delegate),
                  csharpSignature(D->Invoke, C.Delegate));
  }
  OfCallbacks.push_back(
      {llvm::to_string(M), *Signature, D ? D->Convention : std::nullopt,
       static_cast<uint32_t>(C.WrapperCount.value_or(1)), true, M.Where});
}

void BridgeRequirements::reserve(const managed::TypeSig &Delegate,
                                 uint32_t Count, const Location &Where) {
  const managed::DelegateInfo *D = Types.assemblies().delegate(Delegate);
  std::string Name = managed::csharpName(Delegate);
  if (!D) {
    Findings.add(diagnose(DiagnosticID::CallbackDelegate, Where,
                          "reserve: " + Name, "'" + Name + "' is none"));
    return;
  }
  TypeArguments Args = argumentsOf(Delegate, Types);
  bool AllPass = true;
  auto Check = [&](const managed::TypeSig &T, StringRef What) {
    AllPass &= isPassable(Types.classOf(T, Args), T, What, Where, Args);
  };
  Check(*D->Invoke.Result.Type, "the result of '" + Name + "'");
  for (const managed::Parameter &P : D->Invoke.Params)
    Check(*P.Type, "parameter '" + P.Name + "' of '" + Name + "'");
  if (AllPass)
    OfCallbacks.push_back({"reserve: " + Name, signatureOf(*D, Delegate, Types),
                           D->Convention, Count, false, Where});
}

void BridgeRequirements::reserveCall(
    StringRef Text, llvm::ArrayRef<const managed::TypeSig *> Signature,
    std::optional<CallingConvention> CC, const Location &Where) {
  std::string Name = ("reserve: " + Text).str();
  llvm::SmallVector<ABIClass, 8> Classes;
  bool AllPass = true;
  for (size_t I = 0; I != Signature.size(); ++I) {
    Classes.push_back(Types.classOf(*Signature[I]));
    std::string Part = I ? "parameter " + std::to_string(I) : "the result";
    AllPass &= isPassable(Classes.back(), *Signature[I],
                          Part + " of '" + Name + "'", Where);
  }
  if (AllPass)
    OfCalls.push_back({Name, Types.list(Classes), CC, Where});
}

void BridgeRequirements::reserveBridge(
    StringRef Text, llvm::ArrayRef<const managed::TypeSig *> Signature,
    const Location &Where) {
  std::string Name = ("reserve: " + Text).str();
  llvm::SmallVector<ABIClass, 8> Classes;
  for (const managed::TypeSig *T : Signature) {
    ABIClass V = Types.classOf(*T);
    Classes.push_back(V);
    if (!hasShape(V, Name, Where))
      return;
  }
  uint8_t Tables = M2N | N2M;
  // The first parameter may be the `this` of an interface's method.
  if (Classes.size() > 1 && Classes[1].is(Basic::Object))
    Tables |= AdjustThunk;
  Reserved.push_back({Name, Types.list(Classes), Tables, Where});
}

} // namespace ilbridge::hybridclr
