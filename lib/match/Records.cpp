//===- Records.cpp - Comparison of structs --------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Agreement.h"
#include "BareName.h"
#include "ReservedSpace.h"
#include "ilbridge/managed/Layout.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::match {

//===----------------------------------------------------------------------===//
// Bytes
//===----------------------------------------------------------------------===//

Verdict Agreement::records(const RecordType &Managed, const RecordType &Native,
                           RecordUse How) {
  const Variation *Before = std::exchange(Unknown, nullptr);
  Verdict V = Records.compare(Managed, Native, How, [&] {
    Verdict New = compareRecords(Managed, Native, How);
    New.Unknown = Unknown;
    return New;
  });
  // This also applies to a pair that was compared before.
  Unknown = Before ? Before : V.Unknown;
  return V;
}

Verdict Agreement::compareRecords(const RecordType &Managed,
                                  const RecordType &Native, RecordUse How) {
  std::optional<RecordLayout> NativeLayout = Target.layout(Native);
  if (!NativeLayout || isLeftToPlatform(Managed, On)) {
    noteUnknown(Target.unknown(Native)); // on this target
    return Verdict::same();
  }
  uint64_t ManagedSize = managed::ManagedLayout(Model).of(Managed).Size;
  uint64_t NativeSize = NativeLayout->Size;
  auto M = managedLeaves(Managed, Model);
  // If C# passes an address, it can declare any number of elements of a
  // flexible array.
  std::optional<FlexibleArray> Flexible;
  if (How != RecordUse::Value)
    Flexible = flexibleArray(Native, Target);
  if (Flexible && ManagedSize < Flexible->Offset)
    Flexible.reset(); // even the fields before it are not complete
  auto N = nativeLeaves(Native, Target, Flexible ? ManagedSize : 0);
  // Only native code accesses the bytes of a buffer, and those of a managed
  // struct that has a size and no fields.
  const bool IsOpaque = M && N && (M->empty() || isBuffer(Managed, *M, *N));
  // An empty struct has no size of its own in C.
  bool IsSameSize = ManagedSize == NativeSize || Flexible ||
                    (NativeSize == 0 && ManagedSize == 1);
  // C++ does not access what C# reserves after the record. In an array, it
  // would take these bytes for the next element.
  if (!IsSameSize && How == RecordUse::Variable && ManagedSize > NativeSize &&
      M && N && isReservedFrom(NativeSize, Managed, *M, *N)) {
    llvm::erase_if(
        *M, [&](const Leaf &L) { return L.Offset + L.Size > NativeSize; });
    IsSameSize = true;
  }
  // Code that only reads what C++ returns may declare just the beginning of a
  // record.
  const bool IsBeginning = !IsSameSize && How == RecordUse::Returned &&
                           ManagedSize < NativeSize && !Managed.Fields.empty();
  std::string Sizes;
  if (!IsSameSize && !IsBeginning)
    Sizes = llvm::formatv("'{0}' is {1} in C# and {2} in C++", Managed,
                          inBytes(ManagedSize), NativeSize)
                .str();

  if (M && N)
    dropReserves(*M, *N);
  Verdict Detail;
  if (M && N && !IsOpaque && !M->empty()) {
    Detail = fields(Managed, *M, *N);
    if (Detail != Verdict::Different) {
      remarkOnNames(Managed, Native, *M, *N, Detail);
      uncounted(Managed, Native, *M, *N, IsSameSize || IsBeginning,
                Flexible      ? Flexible->Offset
                : IsBeginning ? ManagedSize
                              : ~uint64_t(0),
                Detail);
    }
  }
  if (IsBeginning && Detail != Verdict::Different)
    remarkOnSize(Managed, ManagedSize, Native, NativeSize, Detail);
  if (Sizes.empty() && Detail != Verdict::Different)
    return Detail;
  return difference(Managed, Native, Sizes, std::move(Detail));
}

/// Returns the verdict about a pair of records whose difference is described by
/// \p Sizes or \p Detail.
Verdict Agreement::difference(const RecordType &Managed,
                              const RecordType &Native,
                              const std::string &Sizes, Verdict Detail) const {
  std::string Name = toString(Managed);
  Verdict V = std::move(Detail);
  V.Remarks.clear();
  V.From = Name;
  // If the sizes agree and there is a path to the difference, it is in another
  // record, and the verdict about that record is kept.
  if (!V.Path.empty() && Sizes.empty())
    return V;
  std::string Why = V.words();
  V.Path.clear();
  V.Reason = Sizes.empty()             ? "'" + Name + "': " + Why
             : V != Verdict::Different ? Sizes
                                       : Sizes + ": " + Why;
  V.TheLevel = Verdict::Different;
  std::vector<Note> Declared = declarations(Managed, Native);
  if (!V.Cause) {
    RootCause Cause;
    Cause.Message =
        "'" + Name + "' of C# and '" + toString(Native) +
        "' of C++ are not the same bytes: " + (Sizes.empty() ? Why : V.Reason);
    Cause.Where = Native.Decl.Where;
    Cause.Notes = Declared;
    V.Cause = std::move(Cause);
  }
  llvm::append_range(Declared, V.Notes);
  V.Notes = std::move(Declared);
  return V;
}

/// Looks for C++ fields without a C# field. If \p IsSameSize is set, C# has a
/// gap there whose bytes it preserves. \p End is the offset at which a flexible
/// array begins.
void Agreement::uncounted(const RecordType &Managed, const RecordType &Native,
                          llvm::ArrayRef<Leaf> ManagedLeaves,
                          llvm::ArrayRef<Leaf> NativeLeaves, bool IsSameSize,
                          uint64_t End, Verdict &V) const {
  const std::vector<ByteRange> Gaps = statedGaps(Managed, Model);
  auto IsCounted = [&](const Leaf &Theirs) {
    return Theirs.Offset >= End ||
           llvm::any_of(
               ManagedLeaves,
               [&](const Leaf &Mine) { return overlap(Mine, Theirs); }) ||
           llvm::any_of(Gaps, [&](const ByteRange &Gap) {
             return Gap.contains(Theirs.Offset);
           });
  };
  auto Has = [&](auto IsWanted) {
    return llvm::any_of(NativeLeaves, [&](const Leaf &L) {
      return IsWanted(L) && IsCounted(L);
    });
  };
  bool IsRemarked = false;
  for (const Leaf &Theirs : NativeLeaves) {
    if (IsCounted(Theirs))
      continue;
    // C# has another member of the union.
    if (IsSameSize && Theirs.At.Union && Has([&](const Leaf &L) {
          return L.At.Union == Theirs.At.Union &&
                 L.At.Member != Theirs.At.Member;
        }))
      continue;
    llvm::StringRef Array =
        llvm::StringRef(Theirs.Name).take_front(Theirs.Name.rfind('['));
    bool IsElement =
        Theirs.Name.back() == ']' && Has([&](const Leaf &L) {
          return llvm::StringRef(L.Name).starts_with(Array.str() + "[");
        });
    if (!IsSameSize || IsElement) {
      Verdict Missing = Verdict::different(
          llvm::formatv("field '{0}' at offset {1} in C++ has no counterpart "
                        "in C#",
                        Theirs.Name, Theirs.Offset));
      V = std::move(Missing);
      return;
    }
    if (!isFiller(Theirs.Name) && !std::exchange(IsRemarked, true))
      remark(diagnose(DiagnosticID::MissingField, Native.Decl.Where,
                      llvm::formatv("'{0}' has '{1}' at offset {2}, and '{3}' "
                                    "of C# has no field there",
                                    Native, Theirs.Name, Theirs.Offset, Managed)
                          .str()),
             Managed, Native, V);
  }
}

/// Adds \p D, a finding about a pair of records, to the remarks of \p V.
void Agreement::remark(Diagnostic D, const RecordType &Managed,
                       const RecordType &Native, Verdict &V) const {
  D.Where =
      Native.Decl.Where.isValid() ? Native.Decl.Where : Managed.Decl.Where;
  D.Notes = declarations(Managed, Native);
  D.Cause = RootCause{D.Message, D.Where, D.Notes};
  V.addRemarks(D);
}

void Agreement::remarkOnSize(const RecordType &Managed, uint64_t ManagedSize,
                             const RecordType &Native, uint64_t NativeSize,
                             Verdict &V) const {
  Diagnostic D = diagnose(DiagnosticID::MissingField, Native.Decl.Where, "");
  // The message in the catalogue is for a gap between fields.
  D.Message = llvm::formatv("'{0}' is {1} in C# and {2} in C++: C# declares "
                            "the beginning of what C++ returns",
                            Managed, inBytes(ManagedSize), NativeSize)
                  .str();
  remark(std::move(D), Managed, Native, V);
}

/// C# cannot request a larger alignment than that of its fields, so the memory
/// to which an address refers has that alignment.
Verdict Agreement::alignment(const Type &Managed,
                             const RecordType &Native) const {
  std::optional<RecordLayout> Wanted = Target.layout(Native);
  uint64_t Given = managed::ManagedLayout(Model).of(Managed).Align;
  const auto *R = llvm::dyn_cast<RecordType>(&Managed);
  if (!Wanted || !R || R->Fields.empty() || Wanted->Align <= Given)
    return Verdict::same();
  Verdict V = Verdict::of(
      Verdict::Misaligned,
      llvm::formatv("'{0}' is aligned to {1} in C++ and '{2}' to {3} in C#",
                    Native, inBytes(Wanted->Align), Managed, Given));
  V.Notes = declarations(*R, Native);
  return V;
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// Maps each name that only one leaf has to that leaf.
static llvm::StringMap<const Leaf *> byName(llvm::ArrayRef<Leaf> Leaves) {
  llvm::StringMap<const Leaf *> Result;
  for (const Leaf &L : Leaves)
    if (auto [It, IsNew] = Result.try_emplace(bareName(L.Name), &L); !IsNew)
      It->second = nullptr;
  return Result;
}

/// Whether C# interprets other bytes than those of \p Theirs, which is the C++
/// field with the name of \p Mine: \p Theirs is in bytes that C# reserves, and
/// C++ has a field with another name at the offset of \p Mine. \p Gaps are the
/// stated gaps of C#; in any other gap, \p Theirs is a missing field.
static bool isMisplaced(const Leaf &Mine, const Leaf &Theirs,
                        const Leaf &AtOffset, llvm::ArrayRef<Leaf> Managed,
                        llvm::ArrayRef<ByteRange> Gaps) {
  if (!isInterpreted(Mine) || Mine.Size != Theirs.Size || Theirs.At.Union ||
      AtOffset.At.Union || isFiller(AtOffset.Name))
    return false;
  bool IsReserved = llvm::any_of(
      Gaps, [&](const ByteRange &Gap) { return Gap.contains(Theirs.Offset); });
  for (const Leaf &L : Managed)
    if (overlap(L, Theirs)) {
      if (isInterpreted(L))
        return false;
      IsReserved = true;
    }
  return IsReserved;
}

/// Fields often have different names in the two languages, which is not
/// reported. However, if each side uses the other side's name for another
/// field, the fields are exchanged; and if C# reserves the bytes of a field and
/// uses its name for another one, the field is misplaced.
void Agreement::remarkOnNames(const RecordType &Managed,
                              const RecordType &Native,
                              llvm::ArrayRef<Leaf> ManagedLeaves,
                              llvm::ArrayRef<Leaf> NativeLeaves,
                              Verdict &V) const {
  llvm::StringMap<const Leaf *> Mine = byName(ManagedLeaves);
  llvm::StringMap<const Leaf *> Theirs = byName(NativeLeaves);
  const std::vector<ByteRange> Gaps = statedGaps(Managed, Model);
  for (const Leaf &M : ManagedLeaves) {
    const Leaf *Namesake = Theirs.lookup(bareName(M.Name));
    if (!Namesake || Namesake->Offset == M.Offset ||
        !Mine.lookup(bareName(M.Name)))
      continue;
    for (const Leaf &N : NativeLeaves) {
      if (N.Offset != M.Offset)
        continue;
      const Leaf *Other = Mine.lookup(bareName(N.Name));
      if (Other ? Other->Offset == N.Offset
                : !isMisplaced(M, *Namesake, N, ManagedLeaves, Gaps))
        continue;
      std::string Offsets = llvm::formatv(
          "at offset {0} '{1}' has '{2}' in C# and '{3}' in C++, "
          "where '{4}' is at offset {5}",
          M.Offset, Managed, M.Name, N.Name, Namesake->Name, Namesake->Offset);
      Diagnostic D =
          diagnose(DiagnosticID::FieldName, Native.Decl.Where, Offsets);
      // The message in the catalogue is for two fields.
      if (!Other)
        D.Message = "a field seems to be misplaced: " + Offsets;
      remark(std::move(D), Managed, Native, V);
      return;
    }
  }
}

} // namespace ilbridge::match
