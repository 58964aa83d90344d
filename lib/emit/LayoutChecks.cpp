//===- LayoutChecks.cpp - static_asserts about struct layouts -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayoutChecks.h"
#include "CxxType.h"
#include "ilbridge/managed/Layout.h"
#include "ilbridge/match/FlatRecords.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

namespace ilbridge::emit {

void LayoutChecks::add(const match::Binding &B, Visible IsVisible) {
  auto Add = [&](const match::Argument &A) {
    const Type *Managed = A.Passed;
    const auto *NP = llvm::dyn_cast<PointerType>(A.Native->Ty);
    if (A.Element)
      addShared(*A.Element, *elementPointer(*A.Native->Ty)->pointee(),
                IsVisible);
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

void LayoutChecks::addPassed(const Type &Managed, const Type &Native,
                             Visible IsVisible) {
  const auto *MP = llvm::dyn_cast<PointerType>(&Managed);
  const auto *NP = llvm::dyn_cast<PointerType>(&Native);
  if (MP && NP)
    addShared(*MP->pointee(), *NP->pointee(), IsVisible);
  else if (llvm::isa<RecordType>(Managed))
    addShared(Managed, Native, IsVisible);
}

void LayoutChecks::add(const match::ManagedCall &C, Visible IsVisible) {
  for (const auto &[Managed, Native] :
       llvm::zip_first(C.Signature->params(), C.Native->Params))
    addPassed(*Managed, *Native.Ty, IsVisible);
  addPassed(*C.Signature->result(), *C.Native->Result.Ty, IsVisible);
}

/// Whether the type has the width of a pointer on every target.
static bool isPointerWide(const Type &T) {
  const auto *S = llvm::dyn_cast<ScalarType>(&T);
  return llvm::isa<PointerType>(T) ||
         (S && (S->width() == Width::Pointer || S->width() == Width::Size));
}

/// Whether two types that have the same width here can have different widths on
/// other targets.
static bool differsElsewhere(const Type &Managed, const Type &Native) {
  if (const auto *E = llvm::dyn_cast<EnumType>(&Native))
    return !E->IsFixed || differsElsewhere(Managed, *E->Underlying);
  const auto *M = llvm::dyn_cast<ScalarType>(&Managed);
  if (M && M->width() == Width::AutoChar)
    return true;
  if (const auto *S = llvm::dyn_cast<ScalarType>(&Native))
    if (S->width() == Width::Long || S->width() == Width::WChar ||
        S->width() == Width::LongDouble)
      return true;
  return isPointerWide(Managed) != isPointerWide(Native);
}

/// Whether two types have the same size. If they do not, one of them is the
/// pointee of a pointer to raw memory.
static bool isAsWide(const Type &Managed, const Type &Native,
                     const DataModel &Model) {
  managed::ManagedLayout Layout(Model);
  return Layout.of(Managed).Size == Layout.of(Native).Size;
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
      isAsWide(Managed, Native, Scanned) && differsElsewhere(Managed, Native))
    Scalars.try_emplace("sizeof(" + declare(Native) + ") == " + size(Managed),
                        "the size of " + toString(Managed));
}

/// Returns an expression whose value is \p Bytes for each data model. The width
/// of a C# type is that of a pointer, that of the characters of CharSet.Auto,
/// or the same on every target.
static std::string
onEveryTarget(DataModel Model,
              llvm::function_ref<uint64_t(const DataModel &)> Bytes) {
  auto ByPointer = [&](unsigned AutoChar) {
    Model.AutoChar = AutoChar;
    Model.Pointer = Model.Size = 64;
    uint64_t On64 = Bytes(Model);
    Model.Pointer = Model.Size = 32;
    uint64_t On32 = Bytes(Model);
    if (On64 == On32)
      return std::to_string(On64);
    return "(sizeof(void *) == 8 ? " + std::to_string(On64) + " : " +
           std::to_string(On32) + ")";
  };
  std::string OnWindows = ByPointer(16), Elsewhere = ByPointer(8);
  return OnWindows == Elsewhere
             ? OnWindows
             : "(sizeof(wchar_t) == 2 ? " + OnWindows + " : " + Elsewhere + ")";
}

std::string LayoutChecks::size(const Type &Managed) const {
  return onEveryTarget(Scanned, [&](const DataModel &Model) {
    return managed::ManagedLayout(Model).of(Managed).Size;
  });
}

namespace {

/// The offsets of a record's leaves on every target, by name.
class LeafOffsets {
public:
  LeafOffsets(const RecordType &R, const DataModel &Scanned)
      : R(R), Scanned(Scanned) {}

  std::string of(const std::string &Name) {
    return onEveryTarget(Scanned, [&](const DataModel &Model) {
      auto [It, IsNew] = Known.try_emplace({Model.Pointer, Model.AutoChar});
      if (auto Leaves = IsNew ? match::managedLeaves(R, Model) : std::nullopt)
        for (const match::Leaf &Each : *Leaves)
          It->second.try_emplace(Each.Name, Each.Offset);
      return It->second.lookup(Name);
    });
  }

private:
  const RecordType &R;
  const DataModel &Scanned;
  std::map<std::pair<unsigned, unsigned>, llvm::StringMap<uint64_t>> Known;
};

/// Returns the leaf of C# that accesses the C++ leaf \p Native. If leaves
/// overlap, it is the one with the same type, if there is one. Null if there is
/// none.
const match::Leaf *counterpart(llvm::ArrayRef<match::Leaf> Managed,
                               const match::Leaf &Native) {
  auto Likeness = [&](const match::Leaf &L) {
    return L.Size != Native.Size                 ? 0
           : differsElsewhere(*L.Ty, *Native.Ty) ? 1
                                                 : 2;
  };
  const match::Leaf *Best = nullptr;
  for (const match::Leaf &L : Managed)
    if (L.Offset == Native.Offset && (!Best || Likeness(L) > Likeness(*Best)))
      Best = &L;
  return Best;
}

} // namespace

void LayoutChecks::print(Printer &P, const RecordType &Managed,
                         const RecordType &Native) const {
  std::string ManagedName = Managed.Decl.qualifiedName();
  std::string NativeName = qualified(Native.Decl);
  // offsetof is a macro, so a comma would separate its arguments.
  if (llvm::StringRef(NativeName).contains(',')) {
    std::string Alias =
        "ilbridge_layout_" + identifier(Native.Decl.qualifiedName());
    P.emit("using $alias$ = $name$;\n",
           {{"alias", Alias}, {"name", NativeName}});
    NativeName = std::move(Alias);
  }
  // No expression states how the compiler's target aligns a vector. Each target
  // has been compared already.
  DataModel Other = Scanned;
  Other.VectorAlign = Scanned.VectorAlign == 64 ? 512 : 64;
  if (managed::ManagedLayout(Other).of(Managed) !=
          managed::ManagedLayout(Scanned).of(Managed) ||
      managed::ManagedLayout(Other).offsets(Managed) !=
          managed::ManagedLayout(Scanned).offsets(Managed))
    return;
  // A C# struct that is passed by its address can be smaller or larger than the
  // C++ one: a handle without fields, or the elements of a flexible array.
  managed::ManagedLayout Layout(Scanned);
  if (Native.Layout->Size == Layout.of(Managed).Size)
    printStaticAssert(P, "sizeof(" + NativeName + ") == " + size(Managed),
                      "the size of " + ManagedName);
  // C++ must not require a larger alignment than C# provides. If it does on
  // this target, a finding has reported it.
  if (Native.Layout->Align <= Layout.of(Managed).Align)
    printStaticAssert(
        P,
        "alignof(" + NativeName + ") <= " +
            onEveryTarget(
                Scanned,
                [&](const DataModel &Model) {
                  return managed::ManagedLayout(Model).of(Managed).Align;
                }),
        "the alignment of " + ManagedName);

  // offsetof supports standard-layout types only.
  auto Here = match::managedLeaves(Managed, Scanned);
  auto Leaves = match::nativeLeaves(Native, Scanned);
  if (!Native.IsStandardLayout || !Here || !Leaves)
    return;
  LeafOffsets Offsets(Managed, Scanned);
  for (const match::Leaf &L : *Leaves) {
    if (L.IsBitField || !L.IsPublic || L.Name.empty())
      continue;
    // Only the beginning of an array is checked.
    llvm::StringRef Name = L.Name;
    if (Name.count('[') != Name.count("[0]"))
      continue;
    const match::Leaf *Mine = counterpart(*Here, L);
    if (!Mine)
      continue;
    printStaticAssert(P,
                      "offsetof(" + NativeName + ", " + L.Name +
                          ") == " + Offsets.of(Mine->Name),
                      "the offset of " + ManagedName + "." + Mine->Name);
    if (Mine->Size == L.Size && differsElsewhere(*Mine->Ty, *L.Ty))
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
