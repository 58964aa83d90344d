//===- HandWrittenInvokers.cpp - Hand-written invokers --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A hand-written invoker decides how it calls the function: for example, it may
// pass a string as an address and a length. However, it has to read the types
// that the interpreter stores in the slots, and write the type that the
// interpreter reads afterwards.
//
//===----------------------------------------------------------------------===//

#include "Comparison.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::match {

/// Returns the number that \p T is in a slot. Floats are distinguished from all
/// other numbers.
static const ScalarType *numberOf(const Type &T) {
  return llvm::dyn_cast<ScalarType>(&T);
}

/// The interpreter stores smaller integers as int32.
static constexpr unsigned StackBits = 32;

/// Returns why a value that managed code stores as \p Raw cannot be accessed as
/// \p Other; empty if it can. If \p IsWritten is set, \p Other is written as
/// the result, which the interpreter reads from its stack.
std::string Comparison::whyOtherSlot(const Type &Raw, const Type &Other,
                                     bool IsWritten, const Site &S) {
  const DataModel &Model = S.Target.model();
  const Type &R = S.Agrees.withoutEnum(Raw), &O = S.Agrees.withoutEnum(Other);
  const ScalarType *Number = numberOf(R), *OtherNumber = numberOf(O);
  const auto *Pointer = llvm::dyn_cast<PointerType>(&R);
  const auto *OtherPointer = llvm::dyn_cast<PointerType>(&O);
  auto IsFloat = [](const ScalarType &N) {
    return N.scalarClass() == ScalarType::Float;
  };
  auto Bits = [&](const ScalarType *N) {
    return N ? Model.bits(N->width()) : Model.bits(Width::Pointer);
  };
  if ((Number || Pointer) && (OtherNumber || OtherPointer)) {
    if ((Number && IsFloat(*Number)) != (OtherNumber && IsFloat(*OtherNumber)))
      return "one is a floating-point number and the other one is not";
    unsigned Mine = Bits(Number), Theirs = Bits(OtherNumber);
    if (IsWritten && Mine < StackBits) {
      if (Theirs < StackBits)
        return "the interpreter has 4 bytes for it, and " +
               inBytes(Theirs / 8) +
               (Theirs == 8 ? " is written" : " are written");
      return "";
    }
    if (Mine != Theirs)
      return "it has " + inBytes(Mine / 8) + " in C# and " +
             inBytes(Theirs / 8) + " here";
    if (Pointer && OtherPointer)
      if (const auto *Object = llvm::dyn_cast<OpaqueType>(Pointer->pointee()))
        if (S.Agrees.objectKind(*OtherPointer->pointee()))
          if (Verdict V = S.Agrees.object(*Object, *OtherPointer->pointee());
              !V.agrees())
            return V.Reason;
    return "";
  }
  if (llvm::isa<RecordType>(R) && llvm::isa<RecordType>(O)) {
    Verdict V = S.Agrees.byValue(R, O, {});
    return V.agrees() ? "" : V.words();
  }
  return "one is " + S.Agrees.describe(R) + " and the other one is " +
         S.Agrees.describe(O);
}

void Comparison::compareInvoker(const native::Invoker &By, const Binding &B,
                                const Site &S) {
  auto Report = [&](const Location &Where, const std::string &Why) {
    Diagnostic D = diagnose(DiagnosticID::InvokerMismatch, Where, By.Name,
                            S.E.Decl.qualifiedName(), Why);
    noteManaged(D, S.M);
    S.add(std::move(D), Why);
  };
  auto Count = [](size_t N) {
    return std::to_string(N) + (N == 1 ? " argument" : " arguments");
  };
  if (By.Arguments.size() != B.Params.size())
    return Report(By.Where, "it reads " + Count(By.Arguments.size()) +
                                ", and C# passes " +
                                std::to_string(B.Params.size()));
  for (const auto &[I, A] : llvm::enumerate(B.Params)) {
    const Value &Read = By.Arguments[I];
    if (!A.Raw)
      continue;
    std::string Why = whyOtherSlot(*A.Raw, *Read.Ty, /*IsWritten=*/false, S);
    if (!Why.empty())
      Report(Read.Where, "it reads argument " + std::to_string(I + 1) +
                             " as '" + Read.Spelling + "', which is '" +
                             managedSpelling(A, S.M) + "': " + Why);
  }
  const bool IsVoid = !B.Result.Raw || llvm::isa<VoidType>(B.Result.Raw);
  if (IsVoid != !By.Result)
    return Report(By.Result ? By.Result->Where : By.Where,
                  IsVoid ? "it writes a result, and C# has none"
                         : "it writes no result, and C# has '" +
                               managedSpelling(B.Result, S.M) + "'");
  if (IsVoid)
    return;
  std::string Why =
      whyOtherSlot(*B.Result.Raw, *By.Result->Ty, /*IsWritten=*/true, S);
  if (!Why.empty())
    Report(By.Result->Where, "it writes the result as '" + By.Result->Spelling +
                                 "', which is '" +
                                 managedSpelling(B.Result, S.M) + "': " + Why);
  if (By.WritesFirst)
    Report(By.Result->Where,
           "it writes the result before it has read all arguments, and the "
           "slots of both are the same");
}

} // namespace ilbridge::match
