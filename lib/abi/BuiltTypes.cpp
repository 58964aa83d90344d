//===- BuiltTypes.cpp - Types that are built without parsing --------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BuiltTypes.h"
#include "SourcePrinter.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace ilbridge::abi {

unsigned SourcePrinter::typedefFor(llvm::StringRef Definition) {
  auto [It, IsNew] = Typedefs.try_emplace(Definition, Typedefs.size());
  if (IsNew) {
    Text += "typedef ";
    print(Definition, "s" + std::to_string(It->second));
    Text += ";\n";
  }
  return It->second;
}

std::optional<BuiltType> SourcePrinter::builtType(const Type &T) {
  BuiltType Result;
  const Type *Inner = &T;
  for (; const auto *A = llvm::dyn_cast<ArrayType>(Inner); Inner = A->element())
    Result.Extents.push_back(A->count());
  std::optional<std::string> Word = word(*Inner);
  if (!Word || (Inner != &T && Inner->kind() == Type::Void))
    return std::nullopt;
  auto Index = Indices.find(Inner);
  Result.IsRecord = llvm::isa<RecordType>(Inner) && Index != Indices.end() &&
                    Records.count(Index->second);
  Result.Number = Result.IsRecord ? Index->second : typedefFor(*Word + " $");
  return Result;
}

//===----------------------------------------------------------------------===//
// Records
//===----------------------------------------------------------------------===//

std::optional<BuiltRecord> SourcePrinter::built(const RecordType &R) {
  if (R.Fields.empty() || !R.Bases.empty() || R.IsPolymorphic ||
      R.HasConstructors || !R.IsTriviallyCopyable || R.Pack || R.Align ||
      R.IsPacked || R.IsMsStruct || R.MinSize || R.IsVector)
    return std::nullopt;
  BuiltRecord Result;
  Result.IsUnion = R.TheTag == RecordType::Union;
  for (const Field &F : R.Fields) {
    if (F.BitWidth || F.IsNoUniqueAddress || F.IsPacked || F.Align ||
        F.ExplicitOffset || !F.IsPublic)
      return std::nullopt;
    const Type *Inner = F.Ty;
    while (const auto *A = llvm::dyn_cast<ArrayType>(Inner))
      Inner = A->element();
    uint64_t Values = 1;
    if (llvm::isa<RecordType>(Inner)) {
      auto Found = Records.find(Indices.lookup(Inner));
      if (Found == Records.end())
        return std::nullopt;
      Values = Found->second.Values;
    }
    std::optional<BuiltType> T = builtType(*F.Ty);
    if (!T)
      return std::nullopt;
    for (uint64_t Count : T->Extents) {
      if (!Count || Count > MaxBuiltValues)
        return std::nullopt;
      Values = std::min(Values * Count, MaxBuiltValues + 1);
    }
    Result.Values += Values;
    if (Result.Values > MaxBuiltValues)
      return std::nullopt;
    Result.Fields.push_back(std::move(*T));
  }
  return Result;
}

//===----------------------------------------------------------------------===//
// Signatures
//===----------------------------------------------------------------------===//

/// Returns the attribute for the calling convention of a function, which
/// precedes the function's name; nullopt if C++ has none.
static std::optional<std::string> conventionWord(const FunctionType &F) {
  std::optional<CallingConvention> CC = F.statedConvention();
  if (!CC)
    return "PLATFORM ";
  switch (*CC) {
  case CallingConvention::Other:
  case CallingConvention::Managed:
    return std::nullopt;
  case CallingConvention::C:
    return "";
  default:
    return ("__attribute__((" + name(*CC) + ")) ").str();
  }
}

/// Appends a text that is equal for equal types.
static void append(std::string &Key, const BuiltType &T) {
  Key += T.IsRecord ? 'r' : 's';
  Key += std::to_string(T.Number);
  for (uint64_t Count : T.Extents)
    Key += '[' + std::to_string(Count);
}

void SourcePrinter::add(const FunctionType &F, unsigned Least) {
  auto [It, IsNew] = Levels.try_emplace(&F, Least);
  if (!IsNew && It->second <= Least)
    return;
  It->second = Least;
  std::optional<std::string> Convention = conventionWord(F);
  if (!Convention || llvm::isa<ArrayType>(F.result()))
    return;
  BuiltSignature S;
  S.Least = Least;
  S.Convention = typedefFor(*Convention +
                            (F.isVariadic() ? "void $(int, ...)" : "void $()"));
  std::optional<BuiltType> Result = builtType(*F.result());
  if (!Result)
    return;
  S.Result = std::move(*Result);
  std::string Key =
      "f" + std::to_string(S.Convention) + "," + std::to_string(Least) + ":";
  append(Key, S.Result);
  for (const Type *P : F.params()) {
    std::optional<BuiltType> Param = builtType(*P);
    if (!Param || P->kind() == Type::Void)
      return;
    append(Key, *Param);
    S.Params.push_back(std::move(*Param));
  }
  if (auto [Index, IsNewKey] = number(F, Key); IsNewKey)
    Signatures[Index] = std::move(S);
}

void SourcePrinter::add(const FunctionType &F) { add(F, 0); }

/// A word that is equal for numbers and addresses that are compared by their
/// width only; empty if the type itself is compared. The ABIInfoReader tests
/// that the target passes them in the same way.
static llvm::StringRef classWord(const Type &T, Likeness By) {
  if (const auto *E = llvm::dyn_cast<EnumType>(&T))
    return E->IsFixed ? classWord(*E->Underlying, By) : "";
  const auto *S = llvm::dyn_cast<ScalarType>(&T);
  const bool IsPointer = llvm::isa<PointerType>(T);
  if (!IsPointer && (!S || S->scalarClass() == ScalarType::Float))
    return "";
  const bool AreApart = By == Likeness::Kinds;
  switch (IsPointer ? Width::Pointer : S->width()) {
  case Width::Pointer:
  case Width::Size:
    return AreApart ? "address" : "int";
  case Width::Long:
    return AreApart ? "" : "int";
  case Width::W32:
  case Width::Int:
    return "int";
  case Width::W64:
  case Width::LongLong:
    return By == Likeness::Registers ? "int" : "wide";
  default:
    return "";
  }
}

std::optional<std::string> SourcePrinter::classText(const FunctionType &F,
                                                    Likeness By) {
  std::optional<std::string> Result = conventionWord(F);
  if (!Result)
    return std::nullopt;
  if (!F.statedConvention() && By != Likeness::Kinds)
    Result->clear();
  if (F.isVariadic())
    *Result += "... ";
  auto Add = [&](const Type &T) {
    if (llvm::StringRef Word = classWord(T, By); !Word.empty())
      *Result += Word;
    else if (T.kind() == Type::Void)
      *Result += "void";
    else if (std::optional<std::string> Declared = declare(T, ""))
      *Result += *Declared;
    else
      return false;
    *Result += ", ";
    return true;
  };
  if (!Add(*F.result()))
    return std::nullopt;
  for (const Type *P : F.params())
    if (!Add(*P))
      return std::nullopt;
  return Result;
}

void SourcePrinter::addPair(const FunctionType &A, const FunctionType &B) {
  unsigned Least = 0; // the number of levels for which they are alike
  for (; Least != LikenessCount; ++Least) {
    auto By = static_cast<Likeness>(Least);
    std::optional<std::string> First = classText(A, By);
    if (!First || First != classText(B, By))
      break;
    unsigned Class =
        ClassTexts.try_emplace(*First, ClassTexts.size()).first->second;
    for (const FunctionType *F : {&A, &B})
      Classes[Least][F] = Class;
  }
  for (const FunctionType *F : {&A, &B}) {
    if (Least != LikenessCount)
      add(*F, Least);
    if (Least)
      Skipped.push_back(F);
  }
}

void SourcePrinter::addSkipped() {
  for (const FunctionType *F : std::exchange(Skipped, {}))
    add(*F);
}

std::string SourcePrinter::question() const {
  // The text, and the descriptions of all that it does not contain.
  std::vector<llvm::StringRef> All(Texts.size());
  for (const auto &Each : Texts)
    All[Each.second] = Each.first();
  return Text + llvm::join(All, "\n");
}

} // namespace ilbridge::abi
