//===- LayoutChecks.cpp - static_asserts about struct layouts -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayoutChecks.h"
#include "CxxType.h"
#include "ilbridge/managed/Layout.h"
#include "ilbridge/match/Leaves.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::emit {

void LayoutChecks::add(const match::Binding &B, match::Marshaller Conversion,
                       Visible IsVisible) {
  auto Add = [&](const match::Argument &A) {
    const Type *Managed =
        Conversion == match::Marshaller::Runtime && A.Marshalled ? A.Marshalled
                                                                 : A.Raw;
    const auto *NP = llvm::dyn_cast<PointerType>(A.Native->Ty);
    if (A.Element)
      addShared(*A.Element, *NP->pointee(), IsVisible);
    else if (Managed && NP && llvm::isa<PointerType>(Managed))
      addShared(*llvm::cast<PointerType>(Managed)->pointee(), *NP->pointee(),
                IsVisible);
    else if (Managed && llvm::isa<RecordType>(Managed))
      addShared(*Managed, *A.Native->Ty, IsVisible);
  };
  for (const match::Argument &A : B.Params)
    Add(A);
  Add(B.Result);
}

/// As wide as a pointer on every target.
static bool isPointerWide(const Type &T) {
  const auto *S = llvm::dyn_cast<ScalarType>(&T);
  return llvm::isa<PointerType>(T) ||
         (S && (S->width() == Width::Pointer || S->width() == Width::Size));
}

/// Whether two types that are equally wide here may not be so elsewhere.
static bool differsElsewhere(const Type &Managed, const Type &Native) {
  if (const auto *E = llvm::dyn_cast<EnumType>(&Native))
    return !E->IsFixed || differsElsewhere(Managed, *E->Underlying);
  if (const auto *S = llvm::dyn_cast<ScalarType>(&Native))
    if (S->width() == Width::Long || S->width() == Width::WChar ||
        S->width() == Width::LongDouble)
      return true;
  return isPointerWide(Managed) != isPointerWide(Native);
}

void LayoutChecks::addShared(const Type &Managed, const Type &Native,
                             Visible IsVisible) {
  const auto *MP = llvm::dyn_cast<PointerType>(&Managed);
  const auto *NP = llvm::dyn_cast<PointerType>(&Native);
  if (MP && NP)
    return addShared(*MP->pointee(), *NP->pointee(), IsVisible);
  const auto *MR = llvm::dyn_cast<RecordType>(&Managed);
  const auto *NR = llvm::dyn_cast<RecordType>(&Native);
  if (MR && NR) {
    if (NR->Layout && !NR->Decl.Path.back().empty() && IsVisible(*NR))
      Records.try_emplace({NR->Decl.qualifiedName(), MR->Decl.qualifiedName()},
                          MR, NR);
    return;
  }
  if (llvm::isa<ScalarType, EnumType, PointerType>(Managed) &&
      llvm::isa<ScalarType, EnumType, PointerType>(Native) &&
      differsElsewhere(Managed, Native))
    Scalars.try_emplace("sizeof(" + declare(Native) + ") == " + size(Managed),
                        "the size of " + toString(Managed));
}

static std::string bytes(uint64_t On64, uint64_t On32) {
  if (On64 == On32)
    return std::to_string(On64);
  return "(sizeof(void *) == 8 ? " + std::to_string(On64) + " : " +
         std::to_string(On32) + ")";
}

static DataModel withPointers(DataModel Model, unsigned Bits) {
  Model.Pointer = Model.Size = Bits;
  return Model;
}

std::string LayoutChecks::size(const Type &Managed) const {
  DataModel Model64 = withPointers(Scanned, 64);
  DataModel Model32 = withPointers(Scanned, 32);
  return bytes(managed::ManagedLayout(Model64).of(Managed).Size,
               managed::ManagedLayout(Model32).of(Managed).Size);
}

void LayoutChecks::print(Printer &P, const RecordType &Managed,
                         const RecordType &Native) const {
  std::string ManagedName = Managed.Decl.qualifiedName();
  std::string NativeName = qualified(Native.Decl);
  DataModel Model64 = withPointers(Scanned, 64);
  DataModel Model32 = withPointers(Scanned, 32);
  // offsetof is a macro, to which a comma is the end of an argument.
  if (llvm::StringRef(NativeName).contains(',')) {
    std::string Alias =
        "ilbridge_layout_" + identifier(Native.Decl.qualifiedName());
    P.emit("using $alias$ = $name$;\n",
           {{"alias", Alias}, {"name", NativeName}});
    NativeName = std::move(Alias);
  }
  printStaticAssert(P, "sizeof(" + NativeName + ") == " + size(Managed),
                    "the size of " + ManagedName);

  // offsetof is for standard-layout types only.
  auto Here = match::managedLeaves(Managed, Scanned);
  auto On64 = match::managedLeaves(Managed, Model64);
  auto On32 = match::managedLeaves(Managed, Model32);
  auto Leaves = match::nativeLeaves(Native, Scanned);
  if (!Native.IsStandardLayout || !Here || !On64 || !On32 || !Leaves)
    return;
  for (const match::Leaf &L : *Leaves) {
    if (L.IsBitField || !L.IsPublic || L.Name.empty())
      continue;
    // Of an array, where it begins.
    llvm::StringRef Name = L.Name;
    if (Name.count('[') != Name.count("[0]"))
      continue;
    auto Mine = llvm::find_if(*Here, [&](const match::Leaf &Each) {
      return Each.Offset == L.Offset;
    });
    if (Mine == Here->end())
      continue;
    size_t Index = Mine - Here->begin();
    printStaticAssert(P,
                      "offsetof(" + NativeName + ", " + L.Name + ") == " +
                          bytes((*On64)[Index].Offset, (*On32)[Index].Offset),
                      "the offset of " + ManagedName + "." + Mine->Name);
    if (differsElsewhere(*Mine->Ty, *L.Ty))
      printStaticAssert(P,
                        "sizeof(static_cast<" + NativeName + " *>(nullptr)->" +
                            L.Name + ") == " + size(*Mine->Ty),
                        "the size of " + ManagedName + "." + Mine->Name);
  }
}

void LayoutChecks::print(Printer &P) const {
  for (const auto &[Names, Pair] : Records)
    print(P, *Pair.first, *Pair.second);
  for (const auto &[Condition, Message] : Scalars)
    printStaticAssert(P, Condition, Message);
}

} // namespace ilbridge::emit
