//===- Fields.cpp - Comparison of fields ----------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Agreement.h"
#include "BareName.h"
#include "ReservedSpace.h"
#include "TypeEdit.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <map>
#include <set>

namespace ilbridge::match {

static bool isFunctionPointer(const Type &T) {
  const auto *P = llvm::dyn_cast<PointerType>(&T);
  return P && llvm::isa<FunctionType>(P->pointee());
}

/// Returns the leaves that begin at the offset of \p Mine. \p All is sorted by
/// offset.
static llvm::ArrayRef<Leaf> sameOffset(const Leaf &Mine,
                                       llvm::ArrayRef<Leaf> All) {
  const Leaf *Begin = llvm::partition_point(
      All, [&](const Leaf &L) { return L.Offset < Mine.Offset; });
  const Leaf *End = std::find_if(
      Begin, All.end(), [&](const Leaf &L) { return L.Offset != Mine.Offset; });
  return {Begin, End};
}

/// Whether a C++ bit-field has bits of \p Mine: a C# field may represent the
/// unit that contains the bits.
static bool holdsBits(const Leaf &Mine, llvm::ArrayRef<Leaf> Native) {
  return llvm::any_of(Native, [&](const Leaf &L) {
    return L.IsBitField && L.Offset <= Mine.Offset && overlap(L, Mine);
  });
}

/// Whether C++ has an array of bytes that covers \p Mine, which is a number.
/// The bytes may be raw, as those of a GUID, of which C# declares the parts.
static bool isInBytes(const Leaf &Mine, llvm::ArrayRef<Leaf> Native,
                      const DataModel &Model) {
  const auto *Number = llvm::dyn_cast<ScalarType>(Mine.Ty);
  if (!Number || Number->scalarClass() == ScalarType::Bool ||
      Number->scalarClass() == ScalarType::Character)
    return false;
  uint64_t CoveredTo = Mine.Offset;
  const uint64_t End = Mine.Offset + Mine.Size;
  for (const Leaf &L : Native) {
    const auto *S = llvm::dyn_cast<ScalarType>(L.Ty);
    if (L.Offset == CoveredTo && S && Model.bits(S->width()) == 8 &&
        S->scalarClass() == ScalarType::Integer && !L.At.Union &&
        llvm::StringRef(L.Name).ends_with("]"))
      ++CoveredTo;
  }
  return CoveredTo >= End;
}

/// Whether both have the same name: one path is a suffix of the other, as when
/// only one side has a name for a union.
static bool areNamesakes(const Leaf &A, const Leaf &B) {
  if (A.Name.empty() || B.Name.empty() ||
      llvm::toLower(A.Name.back()) != llvm::toLower(B.Name.back()))
    return false;
  std::string Long = barePath(A.Name), Short = barePath(B.Name);
  if (Long.size() < Short.size())
    std::swap(Long, Short);
  return llvm::StringRef(Long).ends_with(Short) &&
         (Long.size() == Short.size() ||
          Long[Long.size() - Short.size() - 1] == '.');
}

static const Leaf *namesake(const Leaf &Mine, llvm::ArrayRef<Leaf> There) {
  const Leaf *Found = llvm::find_if(
      There, [&](const Leaf &L) { return areNamesakes(Mine, L); });
  return Found == There.end() ? nullptr : Found;
}

/// Whether C# has a field for bytes that are a gap in C++, and its name is that
/// of a filler.
static bool isPadding(const Leaf &Mine, llvm::ArrayRef<Leaf> Native) {
  return isFiller(Mine.Name) &&
         llvm::none_of(Native, [&](const Leaf &L) { return overlap(L, Mine); });
}

namespace {

/// The leaves of a managed record, and which of them agree with C++.
class Overlays {
public:
  Overlays(llvm::ArrayRef<Leaf> Managed, const std::vector<bool> &Agrees,
           llvm::ArrayRef<Leaf> Native)
      : Managed(Managed), Agrees(Agrees), Native(Native) {
    std::map<std::pair<unsigned, unsigned>, bool> Members;
    for (const auto &[I, L] : llvm::enumerate(Managed)) {
      auto [It, IsNew] =
          Members.try_emplace({L.At.Union, L.At.Member}, Agrees[I]);
      It->second = It->second && Agrees[I];
    }
    for (const auto &[Member, IsKnown] : Members)
      if (IsKnown)
        KnownUnions.insert(Member.first);
  }

  /// Whether \p Mine is an additional view of bytes for which C# also has
  /// fields that agree, so that C++ requires no field for it. (ECMA-335
  /// II.10.7)
  bool isExtra(const Leaf &Mine) const {
    return Mine.At.Union && !namesake(Mine, sameOffset(Mine, Native)) &&
           (isCovered(Mine) || isMemberOfUnion(Mine) || isStorage(Mine));
  }

private:
  /// Whether fields that agree cover all bytes of the field.
  bool isCovered(const Leaf &Mine) const {
    uint64_t CoveredTo = Mine.Offset;
    for (const auto &[I, Other] : llvm::enumerate(Managed))
      if (Agrees[I] && overlap(Mine, Other) && Other.Offset <= CoveredTo)
        CoveredTo = std::max(CoveredTo, Other.Offset + Other.Size);
    return CoveredTo >= Mine.Offset + Mine.Size;
  }
  /// Whether C++ also has a union there, and C# declares at least one of its
  /// members.
  bool isMemberOfUnion(const Leaf &Mine) const {
    return KnownUnions.count(Mine.At.Union) &&
           llvm::any_of(Native, [&](const Leaf &L) {
             return L.At.Union && overlap(L, Mine);
           });
  }

  /// Whether the field is a buffer of bytes that reserves memory: it overlaps a
  /// field that agrees, and C++ has other fields in its bytes.
  bool isStorage(const Leaf &Mine) const {
    return isInBuffer(Mine) && KnownUnions.count(Mine.At.Union) &&
           llvm::any_of(Native,
                        [&](const Leaf &L) { return overlap(L, Mine); });
  }

  llvm::ArrayRef<Leaf> Managed;
  const std::vector<bool> &Agrees;
  llvm::ArrayRef<Leaf> Native;
  /// Unions with a member that agrees completely.
  std::set<unsigned> KnownUnions;
};

} // namespace

std::vector<bool> Agreement::agreeingLeaves(llvm::ArrayRef<Leaf> Managed,
                                            llvm::ArrayRef<Leaf> Native,
                                            Verdict *V) {
  std::vector<bool> Agrees(Managed.size());
  for (const auto &[I, Mine] : llvm::enumerate(Managed)) {
    for (const Leaf &Theirs : sameOffset(Mine, Native)) {
      Verdict Pair = inMemory(*Mine.Ty, *Theirs.Ty);
      if (!Pair.agrees())
        continue;
      Agrees[I] = true;
      if (V)
        V->addRemarks(Pair.Remarks);
      break;
    }
    Agrees[I] =
        Agrees[I] || holdsBits(Mine, Native) || isInBytes(Mine, Native, Model);
  }
  return Agrees;
}

/// Removes the C# fields for space that the library kept for later versions,
/// and in which C++ now has other fields. C# then has a gap there.
void Agreement::dropReserves(std::vector<Leaf> &Managed,
                             llvm::ArrayRef<Leaf> Native) {
  llvm::erase_if(Managed, [&](const Leaf &Mine) {
    if (!isReserve(Mine.Name))
      return false;
    bool IsUsed = false;
    for (const Leaf &L : Native)
      if (overlap(L, Mine)) {
        if (areNamesakes(L, Mine))
          return false;
        IsUsed = true;
      }
    return IsUsed && !agreeingLeaves(Mine, Native).front();
  });
}

/// Compares the fields of a record. Returns the verdict about the first C#
/// field that C++ has at another offset or with another type.
Verdict Agreement::fields(const RecordType &Whole, llvm::ArrayRef<Leaf> Managed,
                          llvm::ArrayRef<Leaf> Native) {
  Verdict All;
  std::vector<bool> Agrees = agreeingLeaves(Managed, Native, &All);
  Overlays Other(Managed, Agrees, Native);
  for (const auto &[I, Mine] : llvm::enumerate(Managed))
    if (!Agrees[I] && !Other.isExtra(Mine) && !isPadding(Mine, Native))
      return explain(Whole, Mine, Native);
  return All;
}

/// Explains why the C# field \p Mine does not agree with a C++ field. \p Whole
/// is the record that contains it.
Verdict Agreement::explain(const RecordType &Whole, const Leaf &Mine,
                           llvm::ArrayRef<Leaf> Native) {
  llvm::ArrayRef<Leaf> There = sameOffset(Mine, Native);
  if (There.empty()) {
    Verdict V = Verdict::different(
        llvm::formatv("field '{0}' is at offset {1} in C#, where C++ has no "
                      "field",
                      Mine.Name, Mine.Offset));
    suggestType(Native, Mine, V);
    return V;
  }
  // In a union, the member with the same name is the one to compare with.
  const Leaf *Meant = namesake(Mine, There);
  const Leaf &Theirs = Meant ? *Meant : There.back();
  Verdict V = inMemory(*Mine.Ty, *Theirs.Ty);
  V.TheLevel = Verdict::Different;
  V.Remarks.clear();
  if (V.Cause) {
    V.Path = Mine.Name + (V.Path.empty() ? "" : "." + V.Path);
    return V;
  }
  std::string Managed = describe(*Mine.Ty), InCxx = describe(*Theirs.Ty);
  bool IsSaid = isFunctionPointer(*Mine.Ty) && isFunctionPointer(*Theirs.Ty);
  V.Reason =
      IsSaid || Managed == InCxx
          ? llvm::formatv("at offset {0}, field '{1}': {2}", Mine.Offset,
                          Mine.Name, V.words())
                .str()
          : llvm::formatv("at offset {0}, field '{1}' is {2} in C#, but '{3}' "
                          "is {4} in C++",
                          Mine.Offset, Mine.Name, Managed, Theirs.Name, InCxx)
                .str();
  V.Path.clear();
  suggestType(Native, Mine, V);
  // The difference may be in a nested struct.
  if (Mine.At.In != &Whole && Mine.At.Begin == Theirs.At.Begin)
    if (Verdict Inner = records(*Mine.At.In, *Theirs.At.In, RecordUse::Value);
        Inner == Verdict::Different && Inner.Path.empty()) {
      V.Cause = std::move(Inner.Cause);
      llvm::append_range(V.Notes, Inner.Notes);
    }
  return V;
}

/// The intended field may have another offset because of its own type.
void Agreement::suggestType(llvm::ArrayRef<Leaf> Native, const Leaf &Managed,
                            Verdict &V) {
  const Leaf *Namesake = llvm::find_if(Native, [&](const Leaf &L) {
    return bareName(L.Name) == bareName(Managed.Name);
  });
  if (Namesake == Native.end() || !Namesake->Declared ||
      inMemory(*Managed.Ty, *Namesake->Ty).agrees())
    return;
  const Field &F = *Namesake->Declared;
  if (std::optional<FixIt> Edit = typeEdit(F, Managed.Ty, Source.IsC))
    V.Notes.push_back(typeNote(F, std::move(*Edit)));
  if (const auto *E = llvm::dyn_cast<EnumType>(Namesake->Ty))
    if (std::optional<Note> N = underlyingTypeEdit(*E, Managed.Ty, Source.IsC))
      V.Notes.push_back(std::move(*N));
}

} // namespace ilbridge::match
