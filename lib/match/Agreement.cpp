//===- Agreement.cpp - Comparison of two types ----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Agreement.h"
#include "ilbridge/managed/Layout.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::match {

const Type &Agreement::withoutEnum(const Type &T) const {
  const auto *E = llvm::dyn_cast<EnumType>(&T);
  return E ? Target.underlying(*E) : T;
}

Verdict Agreement::scalars(const ScalarType &Managed, const ScalarType &Native,
                           Direction D) const {
  unsigned ManagedBits = Model.bits(Managed.width());
  unsigned NativeBits = Model.bits(Native.width());
  bool IsFloat = Managed.scalarClass() == ScalarType::Float;
  if (IsFloat != (Native.scalarClass() == ScalarType::Float))
    return mismatch(Managed, Native);
  if (ManagedBits == NativeBits || isLeftToPlatform(Managed, On))
    return Verdict::same();
  // A truth value is preserved at any width.
  bool IsTruth = Managed.scalarClass() == ScalarType::Bool &&
                 Native.scalarClass() == ScalarType::Bool;
  bool Widens = D == Direction::ToNative ? ManagedBits < NativeBits
                                         : NativeBits < ManagedBits;
  Verdict V = mismatch(Managed, Native);
  if (IsTruth || Widens)
    V.TheLevel = Verdict::Converted;
  return V;
}

Verdict Agreement::byValue(const Type &ManagedType, const Type &NativeType,
                           const ValueUse &U) {
  const auto *ME = llvm::dyn_cast<EnumType>(&ManagedType);
  const auto *NE = llvm::dyn_cast<EnumType>(&NativeType);
  if (ME && NE)
    return enums(*ME, *NE, U);
  const Type &Managed = withoutEnum(ManagedType);
  const Type &Native = withoutEnum(NativeType);
  if (const Variation *Why = Target.unknown(NativeType)) {
    noteUnknown(Why);
    return Verdict::same();
  }

  if (llvm::isa<VoidType>(Managed) || llvm::isa<VoidType>(Native))
    return Managed.kind() == Native.kind() ? Verdict::same()
                                           : mismatch(Managed, Native);
  const auto *MS = llvm::dyn_cast<ScalarType>(&Managed);
  const auto *NS = llvm::dyn_cast<ScalarType>(&Native);
  if (MS && NS)
    return scalars(*MS, *NS, U.Dir);

  const auto *MP = llvm::dyn_cast<PointerType>(&Managed);
  const auto *NP = llvm::dyn_cast<PointerType>(&Native);
  if (MP && NP)
    return pointers(*MP, *NP, U);
  // C# may use an integer for an address, as with IntPtr.
  auto IsAddress = [&](const ScalarType *S) {
    return S && S->scalarClass() == ScalarType::Integer &&
           Model.bits(S->width()) == Model.Pointer;
  };
  if (NP && IsAddress(MS)) {
    std::optional<ObjectKind> Kind = objectKind(*NP->pointee());
    return !Kind || *Kind == ObjectKind::None ? Verdict::same()
                                              : mismatch(Managed, Native);
  }
  // A C++ integer may be an address, but a size may not.
  if (MP && IsAddress(NS))
    return NS->width() == Width::Size && !llvm::isa<VoidType>(MP->pointee())
               ? mismatch(ManagedType, NativeType)
               : Verdict::same();

  const auto *MR = llvm::dyn_cast<RecordType>(&Managed);
  const auto *NR = llvm::dyn_cast<RecordType>(&Native);
  if (MR && NR)
    return records(*MR, *NR, RecordUse::Value);
  // A struct with one scalar, which gives a handle a type of its own, or a
  // union of several scalars that each fill it.
  managed::ManagedLayout Layout(Model);
  if (MR && !NR && Layout.of(*MR).Size == Layout.of(Native).Size) {
    if (MR->Fields.size() == 1)
      return byValue(*MR->Fields.front().Ty, Native, U);
    for (const Field &F : MR->Fields)
      if (F.ExplicitOffset == 0 && Layout.of(*F.Ty).Size == Layout.of(*MR).Size)
        if (Verdict V = byValue(*F.Ty, Native, U); V.agrees())
          return V;
  }
  std::optional<RecordLayout> NL = NR ? Target.layout(*NR) : std::nullopt;
  if (NL && NR->Fields.size() == 1 && NR->Bases.empty() &&
      NL->Size == Layout.of(Managed).Size)
    return byValue(Managed, *NR->Fields.front().Ty, U);
  return mismatch(ManagedType, NativeType);
}

Verdict Agreement::inMemory(const Type &Managed, const Type &Native) {
  const auto *MA = llvm::dyn_cast<ArrayType>(&Managed);
  const auto *NA = llvm::dyn_cast<ArrayType>(&Native);
  if (MA && NA) {
    if (MA->count() != NA->count())
      return mismatch(Managed, Native);
    return inMemory(*MA->element(), *NA->element());
  }
  Verdict V = byValue(Managed, Native, ValueUse());
  if (V == Verdict::Converted)
    V.TheLevel = Verdict::Different;
  return V;
}

/// Compares parameters and results, but not how they are passed.
Verdict Agreement::signatures(const FunctionType &Managed,
                              const FunctionType &Native,
                              llvm::StringRef Whose) {
  if (Managed.convention() == CallingConvention::Managed)
    return Verdict::different(
        "a managed function pointer, which only managed code can call; C# "
        "declares it 'delegate* unmanaged'");
  if (Native.isVariadic())
    return Verdict::different("the C++ function pointer is variadic");
  if (Managed.params().size() != Native.params().size())
    return Verdict::different("the numbers of parameters differ: " +
                              llvm::Twine(Managed.params().size()) +
                              " in C#, " + llvm::Twine(Native.params().size()) +
                              " in C++");
  Verdict All;
  auto Compare = [&](const Type &M, const Type &N, const llvm::Twine &Which) {
    Verdict V = inMemory(M, N);
    V.Reason = (Whose + " " + Which + ": " + V.words()).str();
    V.Path.clear();
    All.addRemarks(V.Remarks);
    if (V.TheLevel > All.TheLevel && V != Verdict::Misaligned) {
      V.Remarks = std::move(All.Remarks);
      All = std::move(V);
    }
  };
  Compare(*Managed.result(), *Native.result(), "result");
  for (const auto &[I, M, N] :
       llvm::enumerate(Managed.params(), Native.params()))
    if (All != Verdict::Different)
      Compare(*M, *N, "parameter " + llvm::Twine(I + 1));
  return All;
}

Verdict Agreement::functions(const FunctionType &Managed,
                             const FunctionType &Native,
                             llvm::StringRef Whose) {
  Verdict All = signatures(Managed, Native, Whose);
  if (All == Verdict::Different)
    return All;
  Verdict V = callbackConvention(Managed, Native, Whose);
  // An invoker passes a function that was compiled from C++, with the calling
  // convention of the delegate, so nothing else can differ.
  if (V == Verdict::Same && Conversion != runtime::Conversion::Invoked)
    V = callbackPassing(Managed, Native, Whose);
  return V == Verdict::Same ? All : V;
}

} // namespace ilbridge::match
