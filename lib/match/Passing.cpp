//===- Passing.cpp - Whether the same bytes go the same way ---------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Two types of the same bytes need not travel alike: a union is passed
// otherwise than a struct, a float otherwise than a struct around it. What a
// target does with either is Clang's answer (ilbridge/abi). None of this
// concerns an invoker, which calls C++ as C++.
//
//===----------------------------------------------------------------------===//

#include "Comparison.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::match {

template <typename T> static std::string text(const T &Value) {
  std::string Text;
  llvm::raw_string_ostream(Text) << Value;
  return Text;
}

/// A truth value is 0 or 1, which both extensions leave as it is.
static bool isTruth(const Argument &A) {
  auto IsBool = [](const Type *T) {
    const auto *S = llvm::dyn_cast_or_null<ScalarType>(T);
    return S && S->scalarClass() == ScalarType::Bool;
  };
  return IsBool(A.Native->Ty) || IsBool(A.Raw);
}

void Comparison::compareLowering(const abi::ValueLowering &Native,
                                 const abi::ValueLowering &Managed,
                                 const Argument &A, const Site &S) {
  if (Native.IsGuess || Managed.IsGuess)
    return;
  bool IsResult = S.D == Direction::ToManaged;
  auto Report = [&](DiagnosticID ID, std::string Reason) {
    Diagnostic D = diagnose(ID, S.where(A), S.words(), A.Native->Spelling,
                            managedSpelling(A, S.M), Reason);
    noteManaged(D, S.M);
    S.add(std::move(D), std::move(Reason));
  };
  if (Native.Places != Managed.Places)
    return Report(DiagnosticID::PassedDifferently,
                  IsResult ? "C++ returns it " + text(Native) +
                                 ", C# expects it " + text(Managed)
                           : "C# passes it " + text(Managed) +
                                 ", C++ expects it " + text(Native));
  bool AreExtended = Native.How == abi::ValueLowering::Extended &&
                     Managed.How == abi::ValueLowering::Extended;
  if (AreExtended && Native.IsSigned != Managed.IsSigned && !isTruth(A)) {
    auto Word = [](const abi::ValueLowering &V) {
      return V.IsSigned ? "with its sign" : "with zeros";
    };
    Report(DiagnosticID::SignExtension,
           (llvm::Twine(Word(Native)) + " in C++, " + Word(Managed) + " in C#")
               .str());
  }
}

static std::string words(CallingConvention CC) {
  return CC == CallingConvention::C ? "__cdecl" : ("__" + name(CC)).str();
}

void Comparison::compareConvention(const View &V, const Site &S) {
  const std::optional<CallingConvention> &Stated = S.M.Import.Convention;
  // Where C# states none, it leaves the choice to each platform, and so does
  // whoever has no build for this one.
  if (!Stated && !V.IsConfigured)
    return;
  Diagnostic D =
      diagnose(DiagnosticID::CallingConvention, S.E.Decl.Where,
               S.E.Decl.qualifiedName(), words(S.E.StatedConvention),
               words(Stated.value_or(CallingConvention::StdCall)),
               Stated ? "" : ", which states none and means Windows' own");
  noteManaged(D, S.M);
  S.add(std::move(D));
}

void Comparison::comparePassing(const View &V, const Lowered &L, Binding &B,
                                const Site &Of) {
  auto Found = Signatures.find(&Of.E);
  const FunctionType *F = V.IsWindows ? L.OnWindows : L.Signature;
  if (!F || Found == Signatures.end())
    return;
  const abi::SignatureLowering *Managed = V.Answers.signature(*F);
  const abi::SignatureLowering *Native = V.Answers.signature(*Found->second);
  if (!Managed || !Native)
    return;
  Site S = Of;
  S.Index = Finding::Pair;
  bool SameConvention = Managed->Convention == Native->Convention;
  if (!SameConvention)
    compareConvention(V, S);
  // Of a value that is of another type, that is enough to say.
  auto IsReported = [&](int Site) {
    return llvm::any_of(S.Out, [&](const Finding &Each) {
      return Each.Site == Site && Each.D.Level == Severity::Error;
    });
  };
  S.Index = Finding::Result;
  S.D = Direction::ToManaged;
  if (!IsReported(S.Index))
    compareLowering(Native->Result, Managed->Result, B.Result, S);
  S.D = Direction::ToNative;
  for (size_t I = 0; I != B.Params.size(); ++I) {
    // Another convention may have registers for them.
    if (!SameConvention &&
        (Native->Params[I].InReg || Managed->Params[I].InReg))
      continue;
    S.Index = I;
    S.Name = B.Params[I].Native->Name;
    if (S.Name.empty())
      S.Name = std::to_string(I + 1);
    if (!IsReported(S.Index))
      compareLowering(Native->Params[I], Managed->Params[I], B.Params[I], S);
  }
}

} // namespace ilbridge::match
