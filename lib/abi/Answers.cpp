//===- Answers.cpp - Questions and answers about an ABI -------------------===//
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

const Placement *Answers::placement(const RecordType &R) const {
  auto Found = Index.find(&R);
  if (Found == Index.end() || Found->second >= Placements.size())
    return nullptr;
  const std::optional<Placement> &Answer = Placements[Found->second];
  return Answer ? &*Answer : nullptr;
}

const SignatureLowering *Answers::signature(const FunctionType &F) const {
  auto Found = Index.find(&F);
  if (Found == Index.end() || Found->second >= Signatures.size())
    return nullptr;
  const std::optional<SignatureLowering> &Answer = Signatures[Found->second];
  return Answer ? &*Answer : nullptr;
}

bool Answers::areAlike(const FunctionType &A, const FunctionType &B) const {
  auto First = Classes.find(&A), Second = Classes.find(&B);
  return PassesByWidth && First != Classes.end() && Second != Classes.end() &&
         First->second == Second->second;
}

unsigned Answers::enumBits(const EnumType &E) const {
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

Unit::Unit() : Source(std::make_unique<SourcePrinter>()) {}
Unit::~Unit() = default;
Unit::Unit(Unit &&) = default;
std::string Unit::question() const { return Source->question(); }

bool Unit::isEmpty() const {
  return !Source->count() && Source->classes(Likeness::Kinds).empty();
}

void Unit::add(const Type &T) {
  if (const auto *F = llvm::dyn_cast<FunctionType>(&T))
    return Source->add(*F);
  if (const auto *A = llvm::dyn_cast<ArrayType>(&T))
    return add(*A->element());
  Source->word(T);
}

void Unit::add(const FunctionType &Signature) { Source->add(Signature); }

void Unit::addPair(const FunctionType &A, const FunctionType &B) {
  Source->addPair(A, B);
}

Memory::Entry Memory::find(llvm::StringRef Question, llvm::StringRef Triple) {
  std::lock_guard<std::mutex> Guard(Lock);
  auto Found = Entries.find({Question.str(), Triple.str()});
  return Found == Entries.end() ? nullptr : Found->second;
}

void Memory::add(llvm::StringRef Question, llvm::StringRef Triple, Entry E) {
  std::lock_guard<std::mutex> Guard(Lock);
  if (Entries.size() >= Capacity)
    Entries.clear();
  Entries[{Question.str(), Triple.str()}] = std::move(E);
}

llvm::Expected<Answers> Unit::ask(const Target &T, Memory *Known) const {
  if (!Known)
    return askClang(T);
  const std::string Question = Source->question();
  Memory::Entry Old = Known->find(Question, T.Triple);
  if (!Old) {
    llvm::Expected<Answers> New = askClang(T);
    if (!New)
      return New;
    if (!New->PassesByWidth || !New->PlacesInOrder)
      return New;       // perhaps of another text
    New->Index.clear(); // types of this unit, which others do not have
    New->Classes.clear();
    Old = std::make_shared<const Answers>(std::move(*New));
    Known->add(Question, T.Triple, Old);
  }
  Answers Result = *Old;
  Result.Index = Source->indices();
  Result.Classes = Source->classes(likenessFor(
      Result.Model, llvm::Triple(llvm::Triple::normalize(T.Triple))));
  return Result;
}

Answers Unit::answerAlone(const Target &T, const DataModel &Model) const {
  Answers Result;
  Result.Model = Model;
  Result.Classes = Source->classes(
      likenessFor(Model, llvm::Triple(llvm::Triple::normalize(T.Triple))));
  Result.PassesByWidth = true;
  return Result;
}

} // namespace ilbridge::abi
