//===- Layouts.cpp - Layouts of passed structs ----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Comparison.h"
#include "LayoutCollector.h"
#include "ilbridge/managed/Layout.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::match {

//===----------------------------------------------------------------------===//
// One side
//===----------------------------------------------------------------------===//

/// Returns "Data" for "Data[3]"; empty if \p L is not an element of an array.
static llvm::StringRef arrayOf(const Leaf &L) {
  llvm::StringRef Name = L.Name;
  return Name.ends_with("]") ? Name.take_front(Name.rfind('[')) : "";
}

static LaidOutField field(const Leaf &L, bool Differs) {
  std::string Type = L.Declared && !L.Declared->Spelling.empty()
                         ? L.Declared->Spelling
                         : toString(*L.Ty);
  if (L.IsBitField && L.Declared && L.Declared->BitWidth)
    Type += " : " + std::to_string(*L.Declared->BitWidth);
  return {L.Offset, L.Size, L.Name.empty() ? "(unnamed)" : L.Name,
          std::move(Type), Differs};
}

/// Combines adjacent elements of an array into one field, and adds the padding.
/// \p Differs has an element for each leaf, or none.
static SideLayout side(RecordLayout Whole, llvm::ArrayRef<Leaf> Leaves,
                       llvm::ArrayRef<bool> Differs) {
  SideLayout Result{Whole, {}};
  uint64_t End = 0;
  auto Pad = [&](uint64_t To) {
    if (End < To)
      Result.Fields.push_back({End, To - End, "", "", false});
    End = std::max(End, To);
  };
  for (size_t I = 0; I != Leaves.size();) {
    const Leaf &First = Leaves[I];
    Pad(First.Offset);
    bool FirstDiffers = !Differs.empty() && Differs[I];
    LaidOutField F = field(First, FirstDiffers);
    llvm::StringRef Array = arrayOf(First);
    size_t Next = I + 1;
    while (!Array.empty() && Next != Leaves.size() &&
           arrayOf(Leaves[Next]) == Array && Leaves[Next].Ty == First.Ty &&
           Leaves[Next].Offset == First.Offset + F.Size &&
           (Differs.empty() || Differs[Next] == FirstDiffers)) {
      F.Size += Leaves[Next].Size;
      ++Next;
    }
    if (Next != I + 1) {
      llvm::StringRef From = llvm::StringRef(First.Name).drop_back();
      llvm::StringRef Last = Leaves[Next - 1].Name;
      F.Name =
          (From + ".." + Last.drop_front(Array.size() + 1).drop_back() + "]")
              .str();
    }
    End = std::max(End, F.Offset + F.Size);
    Result.Fields.push_back(std::move(F));
    I = Next;
  }
  Pad(Whole.Size);
  return Result;
}

SideLayout managedLayout(const RecordType &R, const DataModel &Model) {
  RecordLayout Whole = managed::ManagedLayout(Model).of(R);
  auto Leaves = managedLeaves(R, Model);
  return Leaves ? side(Whole, *Leaves, {}) : SideLayout{Whole, {}};
}

//===----------------------------------------------------------------------===//
// Both sides
//===----------------------------------------------------------------------===//

std::vector<LayoutRow> rows(const RecordLayouts::OnTargets &L) {
  llvm::ArrayRef<LaidOutField> Mine = L.Managed.Fields, Theirs;
  if (L.Native)
    Theirs = L.Native->Fields;
  std::vector<LayoutRow> Rows;
  while (!Mine.empty() || !Theirs.empty()) {
    LayoutRow Row;
    uint64_t Next =
        std::min(Mine.empty() ? ~uint64_t(0) : Mine.front().Offset,
                 Theirs.empty() ? ~uint64_t(0) : Theirs.front().Offset);
    if (!Mine.empty() && Mine.front().Offset == Next) {
      Row.Managed = &Mine.front();
      Mine = Mine.drop_front();
    }
    if (!Theirs.empty() && Theirs.front().Offset == Next) {
      Row.Native = &Theirs.front();
      Theirs = Theirs.drop_front();
    }
    Rows.push_back(Row);
  }
  return Rows;
}

/// Computes the layouts of both sides, and marks the differences.
static RecordLayouts::OnTargets layOut(const RecordType &Managed,
                                       const RecordType &Native,
                                       const Verdict &V,
                                       const LayoutCollector::Site &S) {
  RecordLayouts::OnTargets Result;
  Result.State = V == Verdict::Different
                     ? TargetState{TargetState::Differs, nullptr}
                 : V.Unknown ? TargetState{TargetState::NotCompared, V.Unknown}
                             : TargetState{};
  if (V == Verdict::Different)
    Result.Reason = V.words();
  const DataModel &Model = S.Target.model();
  std::optional<RecordLayout> NativeWhole = S.Target.layout(Native);
  if (!NativeWhole && Result.State.What == TargetState::Agrees)
    Result.State = {TargetState::NotCompared, S.Target.unknown(Native)};
  if (!NativeWhole) {
    Result.Managed = managedLayout(Managed, Model);
    return Result;
  }
  RecordLayout ManagedWhole = managed::ManagedLayout(Model).of(Managed);
  auto Mine = managedLeaves(Managed, Model);
  auto Theirs = nativeLeaves(Native, S.Target);
  if (!Mine || !Theirs) {
    Result.Managed.Whole = ManagedWhole;
    Result.Native.emplace().Whole = *NativeWhole;
    return Result;
  }
  llvm::SmallVector<bool> MineDiffers(Mine->size()),
      TheirsDiffers(Theirs->size());
  if (V == Verdict::Different) {
    llvm::StringRef Path = llvm::StringRef(V.Path).split('.').first;
    std::vector<bool> Agrees = S.Agrees.agreeingLeaves(*Mine, *Theirs);
    for (auto [I, L] : llvm::enumerate(*Mine))
      MineDiffers[I] = !Agrees[I] || (!Path.empty() && L.Name == Path);
    for (auto [I, L] : llvm::enumerate(*Theirs)) {
      bool IsMet = false;
      for (auto [J, Other] : llvm::enumerate(*Mine))
        if (overlap(L, Other)) {
          IsMet = true;
          TheirsDiffers[I] |= MineDiffers[J];
        }
      // C# fields do not cover these bytes, so nothing is known about them
      // there.
      TheirsDiffers[I] |= !IsMet && !Mine->empty();
    }
  }
  Result.Managed = side(ManagedWhole, *Mine, MineDiffers);
  Result.Native = side(*NativeWhole, *Theirs, TheirsDiffers);
  return Result;
}

RecordLayouts &LayoutCollector::record(const RecordType &Managed,
                                       const RecordType &Native) {
  auto IdentityOf = [](const RecordType &R) {
    return Identity(toString(R), R.Decl.Where);
  };
  auto [It, IsNew] = Index.try_emplace(
      {IdentityOf(Managed), IdentityOf(Native)}, Out.Records.size());
  if (IsNew) {
    RecordLayouts &New = Out.Records.emplace_back();
    New.Managed = &Managed;
    New.Native = &Native;
  }
  return Out.Records[It->second];
}

/// Keeps the worst result for each target, because sources may have been
/// compiled differently, and runtimes may pass different values.
void LayoutCollector::put(RecordLayouts &To, RecordLayouts::OnTargets New,
                          size_t Target) {
  for (RecordLayouts::OnTargets &Each : To.Layouts)
    if (llvm::is_contained(Each.Targets, Target)) {
      if (New.State.What <= Each.State.What)
        return;
      llvm::erase(Each.Targets, Target);
    }
  llvm::erase_if(To.Layouts,
                 [](const auto &Each) { return Each.Targets.empty(); });
  for (RecordLayouts::OnTargets &Each : To.Layouts)
    if (Each.State.What == New.State.What && Each.State.Why == New.State.Why &&
        Each.Reason == New.Reason && Each.Managed == New.Managed &&
        Each.Native == New.Native) {
      Each.Targets.insert(llvm::upper_bound(Each.Targets, Target), Target);
      return;
    }
  New.Targets = {Target};
  To.Layouts.push_back(std::move(New));
}

void LayoutCollector::follow(const RecordType &Managed,
                             const RecordType &Native, const Pair &P,
                             const Site &S) {
  bool IsNew = Followed.emplace(&S.On, &Managed, &Native, P.How).second;
  if (!IsNew && !P.IsOutermost)
    return;
  Verdict V = S.Agrees.records(Managed, Native, P.How);
  // If `check` accepts the pair anyway, the bytes are not relevant.
  if (V == Verdict::Different && S.State != TargetState::Differs)
    return;
  RecordLayouts &R = record(Managed, Native);
  if (P.IsOutermost && (R.Users.empty() || R.Users.back() != &S.Method) &&
      !llvm::is_contained(R.Users, &S.Method))
    R.Users.push_back(&S.Method);
  if (!IsNew)
    return;
  put(R, layOut(Managed, Native, V, S), S.TargetIndex);

  if (!S.Target.layout(Native))
    return;
  auto Mine = managedLeaves(Managed, S.Target.model());
  auto Theirs = nativeLeaves(Native, S.Target);
  if (!Mine || !Theirs)
    return;
  const Leaf *Other = Theirs->data(), *End = Other + Theirs->size();
  for (const Leaf &L : *Mine) {
    while (Other != End && Other->Offset < L.Offset)
      ++Other;
    if (Other == End || Other->Offset != L.Offset)
      continue;
    if (L.At.In != &Managed && L.At.Begin == Other->At.Begin &&
        Other->At.In != &Native)
      Reached.push_back({L.At.In, Other->At.In, RecordUse::Value, false});
    Reached.push_back({L.Ty, Other->Ty, RecordUse::Value, false});
  }
}

static const Type &element(const Type &T) {
  const auto *A = llvm::dyn_cast<ArrayType>(&T);
  return A ? element(*A->element()) : T;
}

void LayoutCollector::follow(const Pair &P, const Site &S) {
  const Type &Managed = element(*P.Managed), &Native = element(*P.Native);
  if (Managed.kind() != Native.kind())
    return;
  if (const auto *MR = llvm::dyn_cast<RecordType>(&Managed))
    return follow(*MR, llvm::cast<RecordType>(Native), P, S);
  if (S.Target.unknown(Native))
    return;
  if (const auto *MP = llvm::dyn_cast<PointerType>(&Managed)) {
    const Type *Pointee = llvm::cast<PointerType>(Native).pointee();
    RecordUse How = P.How == RecordUse::Value ? RecordUse::Address : P.How;
    // A pointer to a pointer does not refer to a value of the caller.
    if (llvm::isa<PointerType>(MP->pointee()))
      How = RecordUse::Address;
    Reached.push_back({MP->pointee(), Pointee, How, P.IsOutermost});
    return;
  }
  const auto *MF = llvm::dyn_cast<FunctionType>(&Managed);
  if (!MF)
    return;
  const auto &NF = llvm::cast<FunctionType>(Native);
  Reached.push_back({MF->result(), NF.result(), RecordUse::Value, false});
  for (auto [Mine, Theirs] : llvm::zip(MF->params(), NF.params()))
    Reached.push_back({Mine, Theirs, RecordUse::Value, false});
}

void LayoutCollector::add(const Type &Managed, const Type &Native,
                          const ValueUse &U, const Site &S) {
  Reached.push_back(
      {&Managed, &Native,
       llvm::isa<PointerType>(Managed) ? useOfPointee(U) : RecordUse::Value,
       true});
  // This is a work list, because structs can point to each other in chains of
  // any length.
  while (!Reached.empty()) {
    Pair Next = Reached.back();
    Reached.pop_back();
    follow(Next, S);
  }
}

void LayoutCollector::finish() {
  for (RecordLayouts &R : Out.Records) {
    RecordLayouts::OnTargets Unknown;
    Unknown.State.What = TargetState::NotCompared;
    Unknown.Reason = "no function that takes it is known there";
    for (size_t I = 0; I != Out.Targets.size(); ++I)
      if (llvm::none_of(R.Layouts, [&](const auto &Each) {
            return llvm::is_contained(Each.Targets, I);
          }))
        Unknown.Targets.push_back(I);
    if (!Unknown.Targets.empty())
      R.Layouts.push_back(std::move(Unknown));
    llvm::stable_sort(R.Layouts, [](const auto &A, const auto &B) {
      return A.Targets.front() < B.Targets.front();
    });
  }
  std::vector<RecordLayouts> Sorted;
  for (const auto &[Key, I] : Index)
    Sorted.push_back(std::move(Out.Records[I]));
  Out.Records = std::move(Sorted);
}

void Comparison::collect(const Binding &B, LayoutCollector &Into) {
  const managed::Method &M = *B.Managed;
  bool MakesObject = native::makesObject(B.Native->Kind);
  for (RuntimeContext *R : runtimesOf(*B.Native, M, MakesObject))
    for (auto [I, V] : llvm::enumerate(Targets.all())) {
      const native::Export &E = Targets.exportOn(V, *B.Native);
      NativeTarget Target = Targets.native(V, E);
      if (Target.unknown(E.Varies) || Targets.isUnreadOn(V, E))
        continue;
      RuntimeContext &Passes = on(V, *R, M, MakesObject);
      Agreement Agrees(Target, V, Passes.runtime(),
                       Passes.conversion(M, MakesObject), Targets.sourceOf(E),
                       Compared, Enums);
      LayoutCollector::Site S{M, I, B.OnTargets[I].What, Target, V, Agrees};
      const PassedMethod &L = Passes.method(M, MakesObject);
      // A shim converts the fields of some structs.
      auto Form = [](const Argument &Paired, const Argument &Mine) {
        return Paired.How == Passing::Fields ? Mine.Marshalled : Mine.Passed;
      };
      for (auto [Paired, Mine, Theirs] :
           llvm::zip(B.Params, L.Params, E.Params))
        if (const Type *Managed = Form(Paired, Mine))
          Into.add(*Managed, *Theirs.Ty, use(Mine, Direction::ToNative), S);
      if (const Type *Managed = Form(B.Result, L.Result))
        Into.add(*Managed, *E.Result.Ty, use(L.Result, Direction::ToManaged),
                 S);
    }
}

Layouts layouts(const native::Program &P, const Matching &Pairs,
                const MatchOptions &Options) {
  Layouts Out;
  Comparison Compares(P, Options, Out.Types);
  Out.Targets = Compares.targets();
  for (const auto *List : {&Pairs.Bindings, &Pairs.Disagreeing})
    for (const Binding &B : *List) {
      Compares.add(*B.Native, *B.Managed);
      for (const native::Export *Other : P.elsewhere(*B.Native))
        Compares.add(*Other, *B.Managed);
    }
  Compares.prepare();
  LayoutCollector Collector(Out);
  for (const auto *List : {&Pairs.Bindings, &Pairs.Disagreeing})
    for (const Binding &B : *List)
      Compares.collect(B, Collector);
  Collector.finish();
  return Out;
}

} // namespace ilbridge::match
