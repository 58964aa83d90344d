//===- ParameterSemantics.cpp - Contradictions other than types -----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Two values can be passed in the same way although their declarations
// contradict each other: `out` and `const`, the lengths of arrays, the names,
// or which side frees the result.
//
//===----------------------------------------------------------------------===//

#include "BareName.h"
#include "Comparison.h"
#include "ManagedEdits.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::match {

using managed::Primitive;
using managed::TypeSig;

/// `out` states that C# passes no value in, and through a pointer to const no
/// value is returned. (C# language reference, "out parameter modifier")
void Comparison::compareOut(const Argument &A, const Site &S) {
  const auto *P = llvm::isa<RecordType>(A.Native->Ty)
                      ? elementPointer(*A.Native->Ty)
                      : llvm::dyn_cast<PointerType>(A.Native->Ty);
  if (!A.Managed || !A.Managed->IsOut || A.Managed->IsIn || !P ||
      !P->pointeeIsConst() || !llvm::isa_and_nonnull<PointerType>(A.Passed))
    return;
  // A finding about the type of the value is sufficient.
  if (llvm::any_of(S.Out, [&](const Finding &Each) {
        return Each.Site == S.Index && Each.D.Level == Severity::Error;
      }))
    return;
  std::string Managed = managedSpelling(A, S.M);
  if (A.Managed->Type->kind() != TypeSig::ByRef)
    Managed = "[Out] " + Managed;
  Diagnostic D = diagnose(DiagnosticID::OutToConst, S.where(A), S.Name,
                          A.Native->Spelling, Managed);
  noteManaged(D, S.M);
  if (!S.IsAnnotated && A.Managed->Type->kind() == TypeSig::ByRef)
    D.Notes.push_back(modifierEdit(A, S.M));
  S.add(std::move(D));
}

/// SizeConst states how many elements are copied back to C#. (.NET
/// documentation, "Default marshalling for arrays")
void Comparison::compareBound(const Argument &A, const Site &S) {
  if (!A.Managed || !A.Managed->Marshal || !A.Managed->Marshal->SizeConst)
    return;
  const auto *P = llvm::dyn_cast<PointerType>(A.Native->Ty);
  const auto *Array = P ? llvm::dyn_cast<ArrayType>(P->pointee()) : nullptr;
  std::optional<uint64_t> Bound = A.Native->Bound;
  if (Array)
    Bound = Array->count();
  uint64_t Stated = *A.Managed->Marshal->SizeConst;
  TypeSig::Kind K = A.Managed->Type->kind();
  if (!Bound || *Bound == Stated ||
      (K != TypeSig::SZArray && K != TypeSig::Array))
    return;
  std::string Native = A.Native->Spelling;
  if (!Array)
    Native += "' with the length '" + std::to_string(*Bound);
  Diagnostic D =
      diagnose(DiagnosticID::ArrayBound, S.where(A), S.Name, Native, Stated);
  noteManaged(D, S.M);
  S.add(std::move(D));
}

/// Reports a C# parameter that has the name of a different C++ parameter,
/// because they may have been exchanged by mistake.
void Comparison::compareNames(llvm::ArrayRef<Argument> Params, const Site &S) {
  auto Mine = [&](size_t I) {
    return Params[I].Managed ? bareName(Params[I].Managed->Name) : "";
  };
  auto Theirs = [&](size_t I) { return bareName(Params[I].Native->Name); };
  for (size_t I = 0; I != Params.size(); ++I) {
    std::string Name = Mine(I);
    if (Name.empty() || Theirs(I).empty() || Name == Theirs(I))
      continue;
    for (size_t J = 0; J != Params.size(); ++J) {
      if (J == I || Theirs(J) != Name || Mine(J) == Name || !Params[I].Passed ||
          !S.Agrees
               .byValue(*Params[I].Passed, *Params[J].Native->Ty,
                        use(Params[I], Direction::ToNative))
               .agrees())
        continue;
      Diagnostic D = diagnose(
          DiagnosticID::ParameterName, S.where(Params[I]),
          S.E.Decl.qualifiedName(),
          llvm::formatv("parameter {0} is '{1}' in C# and '{2}' in C++, where "
                        "'{3}' is parameter {4}",
                        I + 1, Params[I].Managed->Name, Params[I].Native->Name,
                        Params[J].Native->Name, J + 1));
      noteManaged(D, S.M);
      return S.add(std::move(D));
    }
  }
}

/// Whether a result is text that is freed after it was converted to a string:
/// by the runtime, or by the code that [LibraryImport] generates. A custom
/// marshaler decides itself. (ICustomMarshaler.CleanUpNativeData)
bool Comparison::isFreed(const managed::Parameter &Result) {
  if (!Result.Type->is(Primitive::String))
    return Result.Type->kind() == TypeSig::Pointer && Result.Marshal;
  return !Result.Marshal ||
         Result.Marshal->Native != ecma335::NATIVE_TYPE_CUSTOMMARSHALER;
}

/// Every runtime frees the text from which it has created a string.
void Comparison::compareOwnership(const Argument &A, const Site &S) {
  if (!S.IsAnnotated) {
    // The ownership cannot be annotated here, but const text must not be freed.
    const auto *P = llvm::dyn_cast<PointerType>(A.Native->Ty);
    if (P && P->pointeeIsConst())
      return unmarshallable(
          A, S,
          "the runtime frees the characters of a string result, and const "
          "characters are not to be freed; return IntPtr in C#");
    return reportUnstatedOwnership(S);
  }
  switch (S.E.ResultOwnership) {
  case native::Ownership::Owned:
    return;
  case native::Ownership::Borrowed:
    return unmarshallable(
        A, S,
        "the runtime frees the characters of a string result, "
        "but the function is ILBRIDGE_BORROWED; return IntPtr "
        "in C#");
  case native::Ownership::Unstated:
    return reportUnstatedOwnership(S);
  }
}

void Comparison::reportUnstatedOwnership(const Site &S) {
  // The header of a library cannot state the ownership.
  const bool RuntimeDecides = !S.IsAnnotated && !S.isInvoked();
  Diagnostic D = diagnose(
      DiagnosticID::UnstatedOwnership, S.E.Decl.Where, S.E.Decl.qualifiedName(),
      RuntimeDecides
          ? "the runtime does, with CoTaskMemFree on Windows and free() "
            "elsewhere: return IntPtr in C# unless that is what they are "
            "allocated for"
          : "annotate it ILBRIDGE_OWNED or ILBRIDGE_BORROWED");
  if (RuntimeDecides)
    D.Level = Severity::Warning;
  noteManaged(D, S.M);
  S.add(std::move(D));
}

} // namespace ilbridge::match
