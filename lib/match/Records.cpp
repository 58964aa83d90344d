//===- Records.cpp - Whether two structs are the same bytes ---------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Agreement.h"
#include "TypeEdit.h"
#include "ilbridge/managed/Layout.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::match {

static bool overlap(const Leaf &A, const Leaf &B) {
  return A.Offset < B.Offset + B.Size && B.Offset < A.Offset + A.Size;
}

/// Where in a record, in bytes, its author or a field's placed fields, or set
/// the size, by number: bytes there that no field covers are left out on
/// purpose, and C++ has fields there. Begins and ends.
static void addStatedGaps(const RecordType &R, uint64_t At,
                          const managed::ManagedLayout &Layout,
                          std::vector<std::pair<uint64_t, uint64_t>> &Gaps) {
  if (R.MinSize || llvm::any_of(R.Fields, [](const Field &F) {
        return F.ExplicitOffset.has_value();
      })) {
    Gaps.push_back({At, At + Layout.of(R).Size});
    return;
  }
  std::vector<uint64_t> Offsets = Layout.offsets(R);
  for (const auto &[I, F] : llvm::enumerate(R.Fields))
    if (const auto *Inner = llvm::dyn_cast<RecordType>(F.Ty))
      addStatedGaps(*Inner, At + Offsets[I], Layout, Gaps);
}

//===----------------------------------------------------------------------===//
// Both declarations
//===----------------------------------------------------------------------===//

/// "'Vec2' in C++: 8 bytes, aligned to 4: float x at 0, float y at 4"
static std::string shown(const RecordType &R, llvm::StringRef Language,
                         const RecordLayout &Layout,
                         llvm::function_ref<uint64_t(size_t)> BitOffset) {
  constexpr size_t MostFields = 16;
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  OS << "'" << R << "' in " << Language << ": " << Layout.Size
     << " bytes, aligned to " << Layout.Align;
  for (const auto &[I, F] : llvm::enumerate(R.Fields)) {
    if (I == MostFields) {
      OS << ", and " << R.Fields.size() - I << " more fields";
      break;
    }
    OS << (I ? ", " : ": ") << F.Spelling << ' ' << F.Name;
    if (F.BitWidth)
      OS << " : " << *F.BitWidth;
    OS << " at " << BitOffset(I) / 8;
  }
  return Text;
}

void Agreement::showDeclarations(const RecordType &Managed,
                                 const RecordType &Native, Verdict &V) const {
  managed::ManagedLayout Layout(Model);
  if (Managed.Decl.Where.isValid()) {
    std::vector<uint64_t> Offsets = Layout.offsets(Managed);
    V.Notes.push_back({shown(Managed, "C#", Layout.of(Managed),
                             [&](size_t I) { return Offsets[I] * 8; }),
                       Managed.Decl.Where,
                       {}});
  }
  if (std::optional<RecordLayout> L = Target.layout(Native);
      L && Native.Decl.Where.isValid())
    V.Notes.push_back(
        {shown(Native, "C++", *L,
               [&](size_t I) { return Target.fieldOffset(Native, I); }),
         Native.Decl.Where,
         {}});
}

/// The name that is left of "m_fooBar", "FooBar", "foo_bar" and "pos.fooBar".
static std::string bareName(llvm::StringRef Name) {
  Name = Name.substr(Name.rfind('.') + 1);
  if (!Name.consume_front("m_"))
    Name.consume_front("s_");
  std::string Bare;
  for (char C : Name)
    if (C != '_')
      Bare += llvm::toLower(C);
  return Bare;
}

//===----------------------------------------------------------------------===//
// Leaf by leaf
//===----------------------------------------------------------------------===//

static bool isFunctionPointer(const Type &T) {
  const auto *P = llvm::dyn_cast<PointerType>(&T);
  return P && llvm::isa<FunctionType>(P->pointee());
}

/// Whether other fields of an explicit layout that agree with C++ cover all
/// bytes of \p Mine: then it is a second view of the same bytes, which C++ need
/// not have. (ECMA-335 II.10.7) \p Managed is sorted by offset.
bool Agreement::isOtherView(const Leaf &Mine, llvm::ArrayRef<Leaf> Managed,
                            llvm::ArrayRef<Leaf> Native) {
  uint64_t CoveredTo = Mine.Offset;
  for (const Leaf &Other : Managed) {
    if (&Other == &Mine || !overlap(Mine, Other) || Other.Offset > CoveredTo)
      continue;
    if (llvm::any_of(Native, [&](const Leaf &Theirs) {
          return Theirs.Offset == Other.Offset &&
                 inMemory(*Other.Ty, *Theirs.Ty).agrees();
        }))
      CoveredTo = std::max(CoveredTo, Other.Offset + Other.Size);
  }
  return CoveredTo >= Mine.Offset + Mine.Size;
}

/// What is wrong with the first leaf that is elsewhere or something else.
Verdict Agreement::leaves(llvm::ArrayRef<Leaf> Managed,
                          llvm::ArrayRef<Leaf> Native,
                          const RecordType &InCSharp) {
  for (const Leaf &Mine : Managed) {
    const Leaf *There = nullptr;
    bool Agrees = false;
    std::string Why;
    for (const Leaf &Theirs : Native) {
      if (Theirs.Offset > Mine.Offset)
        break;
      if (Theirs.IsBitField && overlap(Mine, Theirs))
        Agrees = true;
      if (Theirs.Offset != Mine.Offset)
        continue;
      There = &Theirs;
      Verdict Pair = inMemory(*Mine.Ty, *Theirs.Ty);
      Agrees |= Pair.agrees();
      if (isFunctionPointer(*Mine.Ty) && isFunctionPointer(*Theirs.Ty))
        Why = std::move(Pair.Reason);
    }
    if (Agrees || isOtherView(Mine, Managed, Native))
      continue;
    Verdict V = Verdict::different(
        !Why.empty() ? llvm::formatv("at offset {0}, field '{1}': {2}",
                                     Mine.Offset, Mine.Name, Why)
                           .str()
        : There ? llvm::formatv("at offset {0}, field '{1}' is {2} in C#, but "
                                "'{3}' is {4} in C++",
                                Mine.Offset, Mine.Name, describe(*Mine.Ty),
                                There->Name, describe(*There->Ty))
                      .str()
                : llvm::formatv("field '{0}' is at offset {1} in C#, where C++ "
                                "has no field",
                                Mine.Name, Mine.Offset)
                      .str());
    suggestType(Native, Mine, V);
    return V;
  }
  std::vector<std::pair<uint64_t, uint64_t>> Gaps;
  addStatedGaps(InCSharp, 0, managed::ManagedLayout(Model), Gaps);
  for (const Leaf &Theirs : Native)
    if (llvm::none_of(
            Managed, [&](const Leaf &Mine) { return overlap(Mine, Theirs); }) &&
        llvm::none_of(Gaps, [&](const auto &Gap) {
          return Gap.first <= Theirs.Offset && Theirs.Offset < Gap.second;
        }))
      return Verdict::different(
          llvm::formatv("field '{0}' at offset {1} in C++ has no counterpart "
                        "in C#",
                        Theirs.Name, Theirs.Offset));
  return Verdict::same();
}

/// The field that is meant may lie elsewhere because of its own type.
void Agreement::suggestType(llvm::ArrayRef<Leaf> Native, const Leaf &Managed,
                            Verdict &V) {
  const Leaf *Namesake = llvm::find_if(Native, [&](const Leaf &L) {
    return bareName(L.Name) == bareName(Managed.Name);
  });
  if (Namesake == Native.end() || !Namesake->Declared ||
      inMemory(*Managed.Ty, *Namesake->Ty).agrees())
    return;
  const Field &F = *Namesake->Declared;
  if (std::optional<FixIt> Edit = typeEdit(F, Managed.Ty, IsC))
    V.Notes.push_back(
        {"as '" + Edit->Text + "', '" + F.Name + "' agrees with C#",
         F.Where,
         {*Edit}});
  if (const auto *E = llvm::dyn_cast<EnumType>(Namesake->Ty))
    if (std::optional<Note> N = underlyingTypeEdit(*E, Managed.Ty, IsC))
      V.Notes.push_back(std::move(*N));
}

AgreedRecords::Pairs &AgreedRecords::on(const NativeTarget &Target,
                                        const View &On) {
  for (Where &W : All)
    if (W.On == &On && W.HasAnswers == Target.hasAnswers() &&
        W.Model == Target.model())
      return W.Agreed;
  return All.emplace_back(Where{&On, Target.hasAnswers(), Target.model(), {}})
      .Agreed;
}

Verdict Agreement::records(const RecordType &Managed,
                           const RecordType &Native) {
  if (Agreed.contains(Target, On, Managed, Native) ||
      !InProgress.insert({&Managed, &Native}).second)
    return Verdict::same();
  Verdict V = compareRecords(Managed, Native);
  InProgress.erase({&Managed, &Native});
  // Inside of another record that is not compared to its end, "the same" may
  // only be assumed.
  if (InProgress.empty() && V == Verdict::Same)
    Agreed.add(Target, On, Managed, Native);
  return V;
}

Verdict Agreement::compareRecords(const RecordType &Managed,
                                  const RecordType &Native) {
  std::optional<RecordLayout> NativeLayout = Target.layout(Native);
  if (!NativeLayout || isLeftToPlatform(Managed, On))
    return Verdict::same(); // nothing is known of it on this target
  std::string Sizes;
  uint64_t ManagedSize = managed::ManagedLayout(Model).of(Managed).Size;
  uint64_t NativeSize = NativeLayout->Size;
  // An empty struct has no size of its own in C.
  if (ManagedSize != NativeSize && !(NativeSize == 0 && ManagedSize == 1))
    Sizes = llvm::formatv("'{0}' is {1} bytes in C# and {2} in C++", Managed,
                          ManagedSize, NativeSize)
                .str();

  auto M = managedLeaves(Managed, Model);
  auto N = nativeLeaves(Native, Target);
  Verdict Detail;
  // A managed struct with a size and no fields stands for bytes that only
  // native code looks into.
  if (M && N && !M->empty())
    Detail = leaves(*M, *N, Managed);
  if (Sizes.empty() && Detail == Verdict::Same)
    return M && N ? names(Managed, Native, *M, *N) : Verdict::same();
  Verdict V = Verdict::different(
      Sizes.empty() ? llvm::formatv("'{0}': {1}", Managed, Detail.Reason).str()
      : Detail == Verdict::Same ? Sizes
                                : Sizes + ": " + Detail.Reason);
  showDeclarations(Managed, Native, V);
  llvm::append_range(V.Notes, Detail.Notes);
  return V;
}

/// C# has no way to ask for more than its fields need: the memory that an
/// address leads to is aligned to that.
Verdict Agreement::alignment(const Type &Managed,
                             const RecordType &Native) const {
  std::optional<RecordLayout> Wanted = Target.layout(Native);
  uint64_t Given = managed::ManagedLayout(Model).of(Managed).Align;
  const auto *R = llvm::dyn_cast<RecordType>(&Managed);
  if (!Wanted || !R || R->Fields.empty() || Wanted->Align <= Given)
    return Verdict::same();
  Verdict V = Verdict::of(
      Verdict::Misaligned,
      llvm::formatv("'{0}' is aligned to {1} bytes in C++ and '{2}' to {3} in "
                    "C#",
                    Native, Wanted->Align, Managed, Given));
  showDeclarations(*R, Native, V);
  return V;
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// Each name that only one leaf has.
static llvm::StringMap<const Leaf *> byName(llvm::ArrayRef<Leaf> Leaves) {
  llvm::StringMap<const Leaf *> Result;
  for (const Leaf &L : Leaves)
    if (auto [It, IsNew] = Result.try_emplace(bareName(L.Name), &L); !IsNew)
      It->second = nullptr;
  return Result;
}

/// People name fields differently in two languages, which says nothing. But
/// where each side has the other's name for another field, they are exchanged.
Verdict Agreement::names(const RecordType &Managed, const RecordType &Native,
                         llvm::ArrayRef<Leaf> ManagedLeaves,
                         llvm::ArrayRef<Leaf> NativeLeaves) const {
  llvm::StringMap<const Leaf *> Mine = byName(ManagedLeaves);
  llvm::StringMap<const Leaf *> Theirs = byName(NativeLeaves);
  for (const Leaf &M : ManagedLeaves) {
    const Leaf *Namesake = Theirs.lookup(bareName(M.Name));
    if (!Namesake || Namesake->Offset == M.Offset ||
        !Mine.lookup(bareName(M.Name)))
      continue;
    for (const Leaf &N : NativeLeaves) {
      const Leaf *Other = Mine.lookup(bareName(N.Name));
      if (N.Offset != M.Offset || !Other || Other->Offset == N.Offset)
        continue;
      Verdict V = Verdict::of(
          Verdict::Misnamed,
          llvm::formatv("at offset {0} '{1}' has '{2}' in C# and '{3}' in C++, "
                        "where '{4}' is at offset {5}",
                        M.Offset, Managed, M.Name, N.Name, Namesake->Name,
                        Namesake->Offset));
      showDeclarations(Managed, Native, V);
      return V;
    }
  }
  return Verdict::same();
}

} // namespace ilbridge::match
