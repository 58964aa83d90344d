//===- ArgumentLowering.cpp - Comparison of argument lowering -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Two types with the same bytes may be passed in different ways: a union
// differently from a struct, a float differently from a struct with a float.
// Clang determines how a target passes each of them (ilbridge/abi). An invoker
// is not affected, because it calls C++ from C++. A shim is called with structs
// of C#, and passes them on.
//
//===----------------------------------------------------------------------===//

#include "Comparison.h"
#include "ManagedEdits.h"
#include "ilbridge/abi/Clang.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::match {

template <typename T> static std::string textOf(const T &Value) {
  std::string Text;
  llvm::raw_string_ostream(Text) << Value;
  return Text;
}

/// A truth value is 0 or 1, and both extensions leave it unchanged.
static bool isTruth(const Type *T) {
  const auto *S = llvm::dyn_cast_or_null<ScalarType>(T);
  return S && S->scalarClass() == ScalarType::Bool;
}

/// Whether the type is the `char` of C, whose sign each target chooses. A
/// library can only rely on the values of basic characters, which are not
/// negative (C17 6.2.5p3), so both extensions leave them unchanged. C# has no
/// type of that kind: on some target, each of its types has another sign.
static bool isPlainChar(const Type &T) {
  const auto *S = llvm::dyn_cast<ScalarType>(&T);
  return S && S->width() == Width::W8 && S->signedness() == Signedness::Target;
}

static bool isElsewhere(const abi::ValueLowering &A,
                        const abi::ValueLowering &B) {
  return !A.IsGuess && !B.IsGuess && A.RegisterClasses != B.RegisterClasses;
}

/// Whether the callee relies on different upper bits of the register than the
/// caller sets, in a parameter or result of either direction. This is only
/// possible on targets where the caller extends a small integer, for which
/// Clang states the extension: not on AAPCS64, but on Apple's arm64, on 32-bit
/// ARM, on x86 and x86-64 except 64-bit Windows, and on WebAssembly. Memory is
/// never extended.
static bool isWidenedOtherwise(const abi::ValueLowering &Native,
                               const Type &NativeType,
                               const abi::ValueLowering &Managed,
                               const Type *ManagedType,
                               const NativeSource &From) {
  return Native.How == abi::ValueLowering::Extended &&
         Managed.How == abi::ValueLowering::Extended &&
         Native.IsSigned != Managed.IsSigned && !isTruth(&NativeType) &&
         !isTruth(ManagedType) &&
         (From.IsAnnotated || !isPlainChar(NativeType));
}

/// Whether the value is a number of less than 32 bits for the receiver \p
/// Taker, which relies on the upper bits of the register, and a struct for \p
/// Giver. A struct is never extended, so the upper bits are undefined.
static bool lacksUpperBits(const abi::ValueLowering &Giver, const Type *Given,
                           const abi::ValueLowering &Taker, const Type &Taken,
                           const DataModel &Model) {
  const auto *E = llvm::dyn_cast<EnumType>(&Taken);
  const auto *S = llvm::dyn_cast<ScalarType>(E ? E->Underlying : &Taken);
  return llvm::isa_and_nonnull<RecordType>(Given) && S &&
         Model.bits(S->width()) < 32 &&
         Taker.How == abi::ValueLowering::Extended &&
         Giver.How == abi::ValueLowering::Direct && !Giver.IsGuess;
}

static const char *extension(const abi::ValueLowering &V) {
  return V.IsSigned ? "sign-extended" : "zero-extended";
}

static std::string words(CallingConvention CC) {
  return CC == CallingConvention::C ? "__cdecl" : ("__" + name(CC)).str();
}

/// A C# declaration without a convention leaves the choice to each platform.
/// For a platform without a build, there is no choice to compare.
static bool isComparable(std::optional<CallingConvention> Managed,
                         const TargetContext &On) {
  return Managed || On.IsConfigured;
}

/// In a program without Clang: whether the values of \p What are passed in the
/// same way is not known.
static void noteIncomplete(const TargetContext &On, const llvm::Twine &What) {
  On.WhyIncomplete = llvm::toString(
      abi::noClang("it is not known whether C# and C++ pass the values of " +
                   What + " in the same way on " + On.Target.Name));
}

//===----------------------------------------------------------------------===//
// Callbacks
//===----------------------------------------------------------------------===//

/// Compares the calling conventions of a function that C++ calls.
Verdict Agreement::callbackConvention(const FunctionType &Managed,
                                      const FunctionType &Native,
                                      llvm::StringRef Whose) const {
  const abi::SignatureLowering *M = On.ABI.signature(Managed);
  const abi::SignatureLowering *N = On.ABI.signature(Native);
  if (!M || !N) {
    abi::ABIQuery Pair;
    Pair.addPair(Managed, Native);
    if (On.IsWithoutClang &&
        !Pair.withoutClang(On.Target, On.ABI.model()).areAlike(Managed, Native))
      noteIncomplete(On, "a callback");
    return Verdict::same();
  }
  if (const Variation *Why = Target.unknown(Native)) {
    noteUnknown(Why);
    return Verdict::same();
  }
  std::optional<CallingConvention> Stated = Managed.statedConvention();
  const Variation *Unknown = Target.unknown(Native.conventionVariation());
  if (Unknown && On.HasConventions)
    noteUnknown(Unknown);
  else if (M->Convention != N->Convention && isComparable(Stated, On))
    return Verdict::different(
        Whose + " calling convention: C++ calls it as " +
        words(*Native.statedConvention()) + ", C# compiles it as " +
        words(Stated.value_or(CallingConvention::StdCall)) +
        (Stated ? ""
                : ", the default of Windows, because C# does not state one"));
  return Verdict::same();
}

/// Compares how the arguments are passed to C#, and the result to C++.
Verdict Agreement::callbackPassing(const FunctionType &Managed,
                                   const FunctionType &Native,
                                   llvm::StringRef Whose) const {
  const std::string Subject = (Whose + " ").str();
  const abi::SignatureLowering *M = On.ABI.signature(Managed);
  const abi::SignatureLowering *N = On.ABI.signature(Native);
  if (!M || !N || Target.unknown(Native))
    return Verdict::same();
  if (isElsewhere(N->Result, M->Result))
    return Verdict::different(Subject + "result: C# returns it " +
                              textOf(M->Result) + ", C++ expects it " +
                              textOf(N->Result));
  if (isWidenedOtherwise(N->Result, *Native.result(), M->Result,
                         Managed.result(), Source))
    return Verdict::different(Subject +
                              "result: " + llvm::Twine(extension(M->Result)) +
                              " in C#, " + extension(N->Result) + " in C++");
  if (lacksUpperBits(M->Result, Managed.result(), N->Result, *Native.result(),
                     Model))
    return Verdict::different(Subject +
                              "result: C++ expects it extended to a register, "
                              "and C# returns a struct, which is not extended");
  for (size_t I = 0; I != M->Params.size(); ++I) {
    const abi::ValueLowering &Mine = M->Params[I], &Theirs = N->Params[I];
    std::string Which = Subject + "parameter " + std::to_string(I + 1);
    if (isElsewhere(Theirs, Mine) && Theirs.InReg == Mine.InReg)
      return Verdict::different(Which + ": C++ passes it " + textOf(Theirs) +
                                ", C# expects it " + textOf(Mine));
    if (isWidenedOtherwise(Theirs, *Native.params()[I], Mine,
                           Managed.params()[I], Source))
      return Verdict::different(Which + ": " + extension(Theirs) + " in C++, " +
                                extension(Mine) + " in C#");
  }
  return Verdict::same();
}

//===----------------------------------------------------------------------===//
// Arguments and results
//===----------------------------------------------------------------------===//

void Comparison::compareLowering(const abi::ValueLowering &Native,
                                 const abi::ValueLowering &Managed,
                                 const Argument &A, const Site &S) {
  bool IsResult = S.D == Direction::ToManaged;
  auto Report = [&](DiagnosticID ID, std::string Reason) {
    Diagnostic D = diagnose(ID, S.where(A), S.words(), A.Native->Spelling,
                            managedSpelling(A, S.M), Reason);
    noteManaged(D, S.M);
    suggestType(D, A, S);
    S.add(std::move(D), std::move(Reason));
  };
  if (isElsewhere(Native, Managed))
    return Report(DiagnosticID::PassedDifferently,
                  IsResult ? "C++ returns it " + textOf(Native) +
                                 ", C# expects it " + textOf(Managed)
                           : "C# passes it " + textOf(Managed) +
                                 ", C++ expects it " + textOf(Native));
  // Runtimes extend results themselves, because some compilers rely on the
  // caller for it.
  if (!IsResult && lacksUpperBits(Managed, A.Passed, Native, *A.Native->Ty,
                                  S.Target.model()))
    return Report(
        DiagnosticID::PassedDifferently,
        std::string("C++ expects it ") + extension(Native) +
            " to a register, and C# passes a struct, which is not extended");
  if (isWidenedOtherwise(Native, *A.Native->Ty, Managed, A.Raw,
                         Targets.sourceOf(S.E)))
    Report(DiagnosticID::SignExtension, std::string(extension(Native)) +
                                            " in C++, " + extension(Managed) +
                                            " in C#");
}

void Comparison::compareConvention(const TargetContext &V,
                                   std::optional<CallingConvention> Stated,
                                   const Site &S) {
  if (!isComparable(Stated, V))
    return;
  Diagnostic D = diagnose(
      DiagnosticID::CallingConvention, S.E.Decl.Where, S.E.Decl.qualifiedName(),
      words(S.E.StatedConvention),
      words(Stated.value_or(CallingConvention::StdCall)),
      Stated ? ""
             : ", which does not state one, so the default of Windows applies");
  noteManaged(D, S.M);
  if (!S.IsAnnotated)
    if (std::optional<Note> N = conventionEdit(S.E, S.M))
      D.Notes.push_back(std::move(*N));
  S.add(std::move(D));
}

void Comparison::comparePassing(const TargetContext &V, const PassedMethod &L,
                                Binding &B, const Site &Of) {
  auto HasFields = [](const Argument &A) { return A.How == Passing::Fields; };
  const FunctionType *OfNative =
      !L.Signature ? nullptr
      : Of.isShimmed() && needsShim(B)
          ? shimOf(Of.E, Of.M, Of.Runtime,
                   HasFields(B.Result) || llvm::any_of(B.Params, HasFields))
          : signatureOf(Of.E);
  if (!OfNative)
    return;
  const bool AreAlike = V.ABI.areAlike(*L.Signature, *OfNative);
  const abi::SignatureLowering *Managed = V.ABI.signature(*L.Signature);
  const abi::SignatureLowering *Native = V.ABI.signature(*OfNative);
  if (!AreAlike && (!Managed || !Native)) {
    bool IsReported = llvm::any_of(Of.Out, [](const Finding &Each) {
      return Each.D.Level == Severity::Error;
    });
    if (V.IsWithoutClang && !IsReported)
      noteIncomplete(V, "'" + Of.E.Decl.qualifiedName() + "'");
    return;
  }
  Site S = Of;
  S.Index = Finding::Pair;
  bool SameConvention = AreAlike || Managed->Convention == Native->Convention;
  const Variation *Unknown = S.Target.unknown(S.E.ConventionVaries);
  if (Unknown && V.HasConventions)
    S.Agrees.noteUnknown(Unknown);
  else if (!SameConvention && !B.unwrapsObjects())
    compareConvention(V, L.Convention, S);
  if (const Variation *Why = S.Target.unknown(*OfNative))
    return S.Agrees.noteUnknown(Why);
  if (AreAlike)
    return;
  // A finding about the type of the value is sufficient.
  auto IsReported = [&](int Site) {
    return llvm::any_of(S.Out, [&](const Finding &Each) {
      return Each.Site == Site && Each.D.Level == Severity::Error;
    });
  };
  S.Index = Finding::Result;
  S.D = Direction::ToManaged;
  auto IsCompared = [&](const Argument &A) {
    return !IsReported(S.Index) && !isLeftToPlatform(*A.Passed, V);
  };
  if (IsCompared(B.Result) && !isLeftAlone(B.Result, S))
    compareLowering(Native->Result, Managed->Result, B.Result, S);
  S.D = Direction::ToNative;
  for (size_t I = 0; I != B.Params.size(); ++I) {
    // Another convention may pass them in registers.
    if (!SameConvention &&
        (Native->Params[I].InReg || Managed->Params[I].InReg))
      continue;
    S.Index = I;
    S.Name = B.Params[I].Native->Name;
    if (S.Name.empty())
      S.Name = std::to_string(I + 1);
    if (IsCompared(B.Params[I]))
      compareLowering(Native->Params[I], Managed->Params[I], B.Params[I], S);
  }
}

} // namespace ilbridge::match
