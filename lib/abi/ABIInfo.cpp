//===- ABIInfo.cpp - ABI info and queries for it --------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SourcePrinter.h"
#include "ilbridge/abi/Lowering.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/TargetParser/Triple.h"

namespace ilbridge::abi {

llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const ValueLowering &V) {
  switch (V.How) {
  case ValueLowering::Ignored:
    return OS << "not at all";
  case ValueLowering::Direct:
    return OS << "as " << V.Registers;
  case ValueLowering::Extended:
    return OS << "as " << V.Registers << ", " << (V.IsSigned ? "sign" : "zero")
              << "-extended";
  case ValueLowering::Expanded:
    return OS << "field by field as " << V.Registers;
  case ValueLowering::Indirect:
    return OS << "through memory";
  case ValueLowering::Copied:
    return OS << "as a copy on the stack";
  }
  llvm_unreachable("not a kind");
}

const Placement *ABIInfo::placement(const RecordType &R) const {
  auto Found = Index.find(&R);
  if (Found == Index.end() || Found->second >= Placements.size())
    return nullptr;
  const std::optional<Placement> &Answer = Placements[Found->second];
  return Answer ? &*Answer : nullptr;
}

const SignatureLowering *ABIInfo::signature(const FunctionType &F) const {
  auto Found = Index.find(&F);
  if (Found == Index.end() || Found->second >= Signatures.size())
    return nullptr;
  const std::optional<SignatureLowering> &Answer = Signatures[Found->second];
  return Answer ? &*Answer : nullptr;
}

bool ABIInfo::areAlike(const FunctionType &A, const FunctionType &B) const {
  auto First = Classes.find(&A), Second = Classes.find(&B);
  return PassesByWidth && First != Classes.end() && Second != Classes.end() &&
         First->second == Second->second;
}

unsigned ABIInfo::enumBits(const EnumType &E) const {
  auto Found = Index.find(&E);
  return Found == Index.end() || Found->second >= EnumBits.size()
             ? 0
             : EnumBits[Found->second];
}

bool isWindows(const llvm::Triple &T) {
  return T.isOSWindows() && !T.isWindowsCygwinEnvironment();
}

Likeness likenessFor(const DataModel &Model, const llvm::Triple &T) {
  if (Model.Pointer == 64)
    return T.isWasm() ? Likeness::Kinds : Likeness::Registers;
  return isWindows(T) ? Likeness::Kinds : Likeness::Widths;
}

ABIQuery::ABIQuery() : Source(std::make_unique<SourcePrinter>()) {}
ABIQuery::~ABIQuery() = default;
ABIQuery::ABIQuery(ABIQuery &&) = default;
std::string ABIQuery::question() const { return Source->question(); }

bool ABIQuery::isEmpty() const {
  return !Source->count() && Source->classes(Likeness::Kinds).empty();
}

void ABIQuery::add(const Type &T) {
  if (const auto *F = llvm::dyn_cast<FunctionType>(&T))
    return Source->add(*F);
  if (const auto *A = llvm::dyn_cast<ArrayType>(&T))
    return add(*A->element());
  Source->word(T);
}

void ABIQuery::add(const FunctionType &Signature) { Source->add(Signature); }

void ABIQuery::addPair(const FunctionType &A, const FunctionType &B) {
  Source->addPair(A, B);
}

ABIInfoCache::Entry ABIInfoCache::find(llvm::StringRef Question,
                                       llvm::StringRef Triple) {
  std::lock_guard<std::mutex> Guard(Lock);
  auto Found = Entries.find({Question.str(), Triple.str()});
  return Found == Entries.end() ? nullptr : Found->second;
}

void ABIInfoCache::add(llvm::StringRef Question, llvm::StringRef Triple,
                       Entry E) {
  std::lock_guard<std::mutex> Guard(Lock);
  if (Entries.size() >= Capacity)
    Entries.clear();
  Entries[{Question.str(), Triple.str()}] = std::move(E);
}

llvm::Expected<ABIInfo> ABIQuery::compute(const Target &T,
                                          ABIInfoCache *Known) const {
  if (!Known)
    return runClang(T);
  const std::string Question = Source->question();
  ABIInfoCache::Entry Old = Known->find(Question, T.Triple);
  if (!Old) {
    llvm::Expected<ABIInfo> New = runClang(T);
    if (!New)
      return New;
    if (!New->PassesByWidth)
      return New;       // perhaps of another query
    New->Index.clear(); // types of this unit, which others do not have
    New->Classes.clear();
    Old = std::make_shared<const ABIInfo>(std::move(*New));
    Known->add(Question, T.Triple, Old);
  }
  ABIInfo Result = *Old;
  Result.Index = Source->indices();
  Result.Classes = Source->classes(likenessFor(
      Result.Model, llvm::Triple(llvm::Triple::normalize(T.Triple))));
  return Result;
}

ABIInfo ABIQuery::withoutClang(const Target &T, const DataModel &Model) const {
  ABIInfo Result;
  Result.Model = Model;
  Result.Classes = Source->classes(
      likenessFor(Model, llvm::Triple(llvm::Triple::normalize(T.Triple))));
  Result.PassesByWidth = true;
  return Result;
}

} // namespace ilbridge::abi
