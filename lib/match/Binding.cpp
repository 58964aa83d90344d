//===- Binding.cpp - A managed method and its native function -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/match/Binding.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::match {

llvm::StringRef name(Passing P) {
  static constexpr llvm::StringRef Names[] = {
      "nothing", "cast",   "address",  "dereferenced", "record",   "object",
      "utf-8",   "utf-16", "elements", "fields",       "callback", "unwrapped"};
  return Names[static_cast<unsigned>(P)];
}

bool Argument::isObject() const {
  const auto *P = llvm::dyn_cast_or_null<PointerType>(Raw);
  return P && llvm::isa<OpaqueType>(P->pointee()) &&
         (!Managed || (Managed->Type->kind() != managed::TypeSig::ByRef &&
                       Managed->Type->kind() != managed::TypeSig::Pointer));
}

llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const Binding &B) {
  return OS << *B.Managed << " = " << *B.Native;
}

/// The part of a library's name that does not depend on the platform.
static llvm::StringRef stem(llvm::StringRef Library) {
  Library =
      Library.rsplit('/').second.empty() ? Library : Library.rsplit('/').second;
  for (llvm::StringRef Extension : {".dll", ".so", ".dylib", ".bundle"})
    if (size_t At = Library.lower().find(Extension); At != std::string::npos)
      Library = Library.take_front(At);
  if (Library.size() > 3 && Library.starts_with("lib"))
    Library = Library.drop_front(3);
  return Library;
}

bool isSameLibrary(llvm::StringRef A, llvm::StringRef B) {
  return stem(A).equals_insensitive(stem(B));
}

static const ScalarType *scalar(const Type *T) {
  if (const auto *E = llvm::dyn_cast_or_null<EnumType>(T))
    T = E->Underlying;
  return llvm::dyn_cast_or_null<ScalarType>(T);
}

/// Returns 0 if the width differs between targets.
static unsigned fixedBits(Width W) {
  switch (W) {
  case Width::Long:
  case Width::WChar:
  case Width::AutoChar:
  case Width::Size:
  case Width::Pointer:
  case Width::LongDouble:
    return 0;
  default:
    return DataModel().bits(W);
  }
}

static bool haveSameWidth(const ScalarType &A, const ScalarType &B) {
  return A.width() == B.width() ||
         (fixedBits(A.width()) && fixedBits(A.width()) == fixedBits(B.width()));
}

bool isSameInteger(const Type &A, const Type &B) {
  const auto *SA = llvm::dyn_cast<ScalarType>(&A);
  const auto *SB = llvm::dyn_cast<ScalarType>(&B);
  return SA && SB && SA->scalarClass() == ScalarType::Integer &&
         SB->scalarClass() == ScalarType::Integer &&
         SA->signedness() == SB->signedness() && fixedBits(SA->width()) &&
         haveSameWidth(*SA, *SB);
}

/// Whether every target passes both types in the same way.
static bool arePassedAlike(const ScalarType &A, const ScalarType &B) {
  auto IsInteger = [](const ScalarType &S) {
    return S.scalarClass() == ScalarType::Integer ||
           S.scalarClass() == ScalarType::Character;
  };
  return haveSameWidth(A, B) && A.signedness() == B.signedness() &&
         (A.scalarClass() == B.scalarClass() || (IsInteger(A) && IsInteger(B)));
}

bool isConverted(const Argument &A) {
  switch (A.How) {
  case Passing::Nothing:
  case Passing::Address:
  case Passing::Dereferenced:
  case Passing::Object:
    return false;
  case Passing::Record:
    return !llvm::isa<RecordType>(A.Raw);
  case Passing::Cast: {
    const ScalarType *Raw = scalar(A.Raw), *Native = scalar(A.Native->Ty);
    return !Raw || !Native || !arePassedAlike(*Raw, *Native);
  }
  case Passing::Utf8:
  case Passing::Utf16:
  case Passing::Elements:
  case Passing::Fields:
  case Passing::Unwrapped:
  case Passing::Callback:
    return true;
  }
  llvm_unreachable("not a way of passing");
}

bool needsShim(const Binding &B) {
  return isConverted(B.Result) || llvm::any_of(B.Params, isConverted);
}

} // namespace ilbridge::match
