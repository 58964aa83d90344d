//===- PlainRecord.cpp - Records that need no compiler --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PlainRecord.h"
#include "SourcePrinter.h"
#include "llvm/Support/MathExtras.h"

namespace ilbridge::abi {

//===----------------------------------------------------------------------===//
// Layouts
//===----------------------------------------------------------------------===//

Placement placeInOrder(llvm::ArrayRef<RecordLayout> Fields, bool IsUnion) {
  Placement P;
  uint64_t End = 0, Align = 1;
  for (const RecordLayout &F : Fields) {
    uint64_t At = IsUnion ? 0 : llvm::alignTo(End, F.Align);
    P.Fields.push_back(At * 8);
    End = std::max(End, At + F.Size);
    Align = std::max(Align, F.Align);
  }
  P.Whole = {llvm::alignTo(End, Align), Align};
  return P;
}

std::optional<Placement>
placePlain(const PlainRecord &R, llvm::ArrayRef<RecordLayout> Scalars,
           llvm::ArrayRef<std::optional<Placement>> Records) {
  std::vector<RecordLayout> Fields;
  for (const PlainRecord::Member &M : R.Members) {
    if (M.IsRecord && !Records[M.Number])
      return std::nullopt;
    RecordLayout One =
        M.IsRecord ? Records[M.Number]->Whole : Scalars[M.Number];
    if (!One.Align)
      return std::nullopt;
    Fields.push_back({One.Size * M.Count, One.Align});
  }
  return placeInOrder(Fields, R.IsUnion);
}

//===----------------------------------------------------------------------===//
// In the text of a query
//===----------------------------------------------------------------------===//

unsigned SourcePrinter::scalar(llvm::StringRef Word) {
  auto [It, IsNew] = Scalars.try_emplace(Word, Scalars.size());
  if (IsNew)
    Text += ("typedef " + Word + " s" + llvm::Twine(It->second) + ";\n").str();
  return It->second;
}

std::optional<PlainRecord> SourcePrinter::plain(const RecordType &R) {
  if (R.Fields.empty() || !R.Bases.empty() || R.IsPolymorphic || R.Pack ||
      R.Align || R.IsPacked || R.IsMsStruct || R.MinSize || R.IsVector)
    return std::nullopt;
  PlainRecord Result;
  Result.IsUnion = R.TheTag == RecordType::Union;
  for (const Field &F : R.Fields) {
    if (F.BitWidth || F.IsNoUniqueAddress || F.IsPacked || F.Align ||
        F.ExplicitOffset)
      return std::nullopt;
    uint64_t Count = 1;
    const Type *T = F.Ty;
    for (; const auto *A = llvm::dyn_cast<ArrayType>(T); T = A->element()) {
      if (!A->count() || A->count() > MaxPlainValues)
        return std::nullopt;
      Count = std::min(Count * A->count(), MaxPlainValues + 1);
    }
    PlainRecord::Member M{llvm::isa<RecordType>(T), 0, Count};
    uint64_t Values = 1;
    if (M.IsRecord) {
      auto Known = Plain.find(Indices.lookup(T));
      if (Known == Plain.end())
        return std::nullopt;
      M.Number = Known->first;
      Values = Known->second.Values;
    } else if (std::optional<std::string> Word = word(*T)) {
      M.Number = scalar(*Word);
    } else {
      return std::nullopt;
    }
    Result.Members.push_back(M);
    Result.Values += Values * Count;
    if (Result.Values > MaxPlainValues)
      return std::nullopt;
  }
  return Result;
}

void SourcePrinter::printRecordsIn(const Type &T) {
  auto Print = [&](const Type &Part) {
    const Type *Inner = &Part;
    while (const auto *A = llvm::dyn_cast<ArrayType>(Inner))
      Inner = A->element();
    auto Index = Indices.find(Inner);
    if (!llvm::isa<RecordType>(Inner) || Index == Indices.end())
      return;
    auto Waiting = Unneeded.find(Index->second);
    if (Waiting == Unneeded.end())
      return;
    std::string Definition = std::move(Waiting->second);
    Unneeded.erase(Waiting);
    printRecordsIn(*Inner);
    print(Definition, "r" + std::to_string(Index->second));
  };
  if (const auto *F = llvm::dyn_cast<FunctionType>(&T)) {
    Print(*F->result());
    for (const Type *P : F->params())
      Print(*P);
  } else if (const auto *R = llvm::dyn_cast<RecordType>(&T)) {
    for (const Base &B : R->Bases)
      Print(*B.Record);
    for (const Field &F : R->Fields)
      Print(*F.Ty);
  }
}

void SourcePrinter::printAll() {
  // A record has a greater number than the records that it contains.
  for (const auto &[Index, Definition] : std::exchange(Unneeded, {}))
    print(Definition, "r" + std::to_string(Index));
}

std::string SourcePrinter::question() const {
  std::string All = Text;
  for (const auto &[Index, Definition] : Unneeded)
    All += std::to_string(Index) + " " + Definition;
  return All;
}

} // namespace ilbridge::abi
