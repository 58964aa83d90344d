//===- Type.cpp - The type language of both sides -------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/type/Type.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge {

bool ScalarType::isSigned(const DataModel &Model) const {
  if (Sign != Signedness::Target)
    return Sign == Signedness::Signed;
  return TheWidth == Width::WChar ? Model.WCharIsSigned : Model.CharIsSigned;
}

static constexpr llvm::StringRef ConventionNames[] = {
    "cdecl",      "stdcall",   "thiscall", "fastcall",
    "vectorcall", "swiftcall", "managed",  "other"};

llvm::StringRef name(CallingConvention CC) {
  return ConventionNames[static_cast<unsigned>(CC)];
}

std::optional<CallingConvention> callingConvention(llvm::StringRef Name) {
  for (unsigned I = 0; I != std::size(ConventionNames); ++I)
    if (ConventionNames[I] == Name)
      return static_cast<CallingConvention>(I);
  return std::nullopt;
}

std::string Declaration::qualifiedName(llvm::StringRef Separator) const {
  return llvm::join(Path, Separator);
}

static void print(llvm::raw_ostream &OS, const ScalarType &T) {
  Width W = T.width();
  switch (T.scalarClass()) {
  case ScalarType::Bool:
    OS << "bool";
    if (W != Width::W8)
      OS << name(W);
    return;
  case ScalarType::Character:
    if (W == Width::WChar)
      OS << "wchar_t";
    else if (W == Width::AutoChar)
      OS << "TCHAR";
    else if (T.signedness() == Signedness::Target)
      OS << "char";
    else
      OS << "char" << name(W) << "_t";
    return;
  case ScalarType::Integer: {
    bool Unsigned = T.signedness() == Signedness::Unsigned;
    if (W == Width::Short || W == Width::Int || W == Width::Long ||
        W == Width::LongLong)
      OS << (Unsigned ? "unsigned " : "") << name(W);
    else if (W == Width::Size)
      OS << (Unsigned ? "size_t" : "ptrdiff_t");
    else if (W == Width::Pointer)
      OS << (Unsigned ? "uintptr_t" : "intptr_t");
    else if (W == Width::W128)
      OS << (Unsigned ? "unsigned __int128" : "__int128");
    else
      OS << (Unsigned ? "uint" : "int") << name(W) << "_t";
    return;
  }
  case ScalarType::Float:
    if (W == Width::W32)
      OS << "float";
    else if (W == Width::W64)
      OS << "double";
    else if (W == Width::Pointer)
      OS << "CGFloat";
    else if (W == Width::LongDouble)
      OS << "long double";
    else
      OS << (W == Width::W128 ? "__float128" : "_Float16");
    return;
  }
}

static void printParams(llvm::raw_ostream &OS, const FunctionType &T) {
  OS << '(';
  llvm::ListSeparator Comma;
  for (const Type *Param : T.params())
    OS << Comma << *Param;
  if (T.isVariadic())
    OS << Comma << "...";
  OS << ')';
}

static void print(llvm::raw_ostream &OS, const PointerType &T) {
  if (const auto *F = llvm::dyn_cast<FunctionType>(T.pointee())) {
    OS << *F->result() << " (";
    if (F->convention() != CallingConvention::C)
      OS << name(F->convention()) << ' ';
    OS << "*)";
    printParams(OS, *F);
    return;
  }
  if (T.pointeeIsConst())
    OS << "const ";
  if (T.pointeeQualifiers().Volatile)
    OS << "volatile ";
  OS << *T.pointee()
     << (T.form() == PointerType::Pointer     ? " *"
         : T.form() == PointerType::Reference ? " &"
                                              : " &&");
}

static void print(llvm::raw_ostream &OS, const Declaration &D) {
  if (D.Path.empty() || D.Path.back().empty())
    OS << "(unnamed)";
  else
    OS << D.qualifiedName();
}

llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const Type &T) {
  switch (T.kind()) {
  case Type::Void:
    return OS << "void";
  case Type::Scalar:
    print(OS, llvm::cast<ScalarType>(T));
    return OS;
  case Type::Pointer:
    print(OS, llvm::cast<PointerType>(T));
    return OS;
  case Type::Function: {
    const auto &F = llvm::cast<FunctionType>(T);
    OS << *F.result() << ' ';
    printParams(OS, F);
    return OS;
  }
  case Type::Enum:
    print(OS, llvm::cast<EnumType>(T).Decl);
    return OS;
  case Type::Array: {
    const auto &A = llvm::cast<ArrayType>(T);
    return OS << *A.element() << '[' << A.count() << ']';
  }
  case Type::Record:
    print(OS, llvm::cast<RecordType>(T).Decl);
    return OS;
  case Type::Opaque:
    print(OS, llvm::cast<OpaqueType>(T).Decl);
    return OS;
  }
  llvm_unreachable("not a type");
}

//===----------------------------------------------------------------------===//
// Variation by target
//===----------------------------------------------------------------------===//

const PointerType *elementPointer(const Type &T) {
  if (const auto *R = llvm::dyn_cast<RecordType>(&T))
    return llvm::cast_or_null<PointerType>(R->Elements);
  const auto *P = llvm::dyn_cast<PointerType>(&T);
  return P && P->form() == PointerType::Pointer ? P : nullptr;
}

void Variation::add(const Variation &Other) {
  if (Other.empty())
    return;
  if (Of.empty())
    Of = Other.Of;
  IsOfSystem |= Other.IsOfSystem;
  if (IsOfSystem)
    return Macros.clear(); // valid on no other target, whatever the macros are
  Macros.insert(Macros.end(), Other.Macros.begin(), Other.Macros.end());
  llvm::sort(Macros);
  Macros.erase(llvm::unique(Macros), Macros.end());
}

const Variation *
findVariation(const Type &T,
              llvm::function_ref<bool(const Variation &)> Holds) {
  if (const Variation *V = T.variation(); V && !Holds(*V))
    return V;
  if (const auto *A = llvm::dyn_cast<ArrayType>(&T))
    return findVariation(*A->element(), Holds);
  if (const auto *F = llvm::dyn_cast<FunctionType>(&T)) {
    if (const Variation *V = findVariation(*F->result(), Holds))
      return V;
    for (const Type *Param : F->params())
      if (const Variation *V = findVariation(*Param, Holds))
        return V;
  }
  return nullptr;
}

const Variation *TypeContext::keep(Variation V) {
  if (V.empty())
    return nullptr;
  Variations.push_back(std::make_unique<const Variation>(std::move(V)));
  return Variations.back().get();
}

void TypeContext::vary(Type &T, const Variation &V) {
  if (V.empty())
    return;
  Variation All = V; // keeps the name that was used
  if (T.Varies)
    All.add(*T.Varies);
  if (!T.Varies || All != *T.Varies)
    T.Varies = keep(std::move(All));
}

template <typename T> Type *TypeContext::copy(const Type &Of) {
  return make<T>(llvm::cast<T>(Of));
}

Type *TypeContext::copy(const Type &T) {
  switch (T.kind()) {
  case Type::Void:
    return copy<VoidType>(T);
  case Type::Scalar:
    return copy<ScalarType>(T);
  case Type::Pointer:
    return copy<PointerType>(T);
  case Type::Function:
    return copy<FunctionType>(T);
  case Type::Array:
    return copy<ArrayType>(T);
  case Type::Enum:
    return copy<EnumType>(T);
  case Type::Record:
    return copy<RecordType>(T);
  case Type::Opaque:
    return copy<OpaqueType>(T);
  }
  llvm_unreachable("not a type");
}

const Type *TypeContext::varied(const Type &T, const Variation &V) {
  const auto *R = llvm::dyn_cast<RecordType>(&T);
  if (V.empty() || (R && !R->Layout))
    return &T;
  Type *Copy = copy(T);
  vary(*Copy, V);
  return Copy;
}

const Type *TypeContext::withConvention(const Type &T, const Variation &V) {
  if (V.empty())
    return &T;
  if (const auto *P = llvm::dyn_cast<PointerType>(&T)) {
    const Type *Pointee = withConvention(*P->pointee(), V);
    if (Pointee == P->pointee())
      return &T;
    auto *New = llvm::cast<PointerType>(copy(T));
    New->Pointee = Pointee;
    return New;
  }
  if (!llvm::isa<FunctionType>(T))
    return &T;
  auto *New = llvm::cast<FunctionType>(copy(T));
  Variation All;
  if (New->ConventionVaries)
    All = *New->ConventionVaries;
  All.add(V);
  New->ConventionVaries = keep(std::move(All));
  return New;
}

std::string toString(const Type &T) {
  std::string Text;
  llvm::raw_string_ostream(Text) << T;
  return Text;
}

} // namespace ilbridge
