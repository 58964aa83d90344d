//===- ModuleIndexes.cpp - Indexes from rows to rows ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModuleIndexes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"
#include "llvm/Support/MathExtras.h"
#include <numeric>

namespace ilbridge::ecma335 {

using llvm::Expected;

//===----------------------------------------------------------------------===//
// Runs
//===----------------------------------------------------------------------===//

/// The table between a list and its rows in #- streams.
template <typename Row> constexpr TableID PtrTableOf = TableID::Module;
template <> constexpr TableID PtrTableOf<FieldRow> = TableID::FieldPtr;
template <> constexpr TableID PtrTableOf<MethodDefRow> = TableID::MethodPtr;
template <> constexpr TableID PtrTableOf<ParamRow> = TableID::ParamPtr;
template <> constexpr TableID PtrTableOf<EventRow> = TableID::EventPtr;
template <> constexpr TableID PtrTableOf<PropertyRow> = TableID::PropertyPtr;

struct ModuleIndexes::RunColumn {
  TableID Table;
  unsigned Column;
  TableID Target;
  TableID Pointer;
};
constexpr ModuleIndexes::RunColumn ModuleIndexes::RunColumns[] = {
#define LIST(TABLE, NAME, TARGET)                                              \
  {TableID::TABLE, TABLE##_##NAME, TableID::TARGET, PtrTableOf<TARGET##Row>},
#include "ilbridge/ecma335/Tables.def"
};

uint32_t ModuleIndexes::start(const RunColumn &C, uint32_t R) const {
  return M.rawColumn(C.Table, R, C.Column);
}

void ModuleIndexes::check(const RunColumn &C, RunIndex &I) {
  uint32_t Rows = M.rowCount(C.Table);
  uint32_t Greatest = 0;
  bool Ascending = true;
  for (uint32_t R = 1; R <= Rows; ++R) {
    uint32_t Start = start(C, R);
    Ascending &= Start >= Greatest;
    Greatest = std::max(Greatest, Start);
  }
  if (!Ascending) {
    I.Highest.reserve(Rows);
    Greatest = 0;
    for (uint32_t R = 1; R <= Rows; ++R)
      I.Highest.push_back(Greatest = std::max(Greatest, start(C, R)));
  }
  // The Ptr tables are not valid in a #~ stream, and runtimes ignore them
  // there.
  uint32_t Pointers = M.isUncompressed() ? M.rowCount(C.Pointer) : 0;
  if (!Pointers)
    return;
  I.Pointers.assign(1, 0);
  I.Pointers.reserve(Pointers + 1);
  for (uint32_t R = 1; R <= Pointers; ++R)
    I.Pointers.push_back(M.rawColumn(C.Pointer, R, 0));
}

Expected<ModuleIndexes::Range> ModuleIndexes::run(Run Which, uint32_t R) {
  const RunColumn &C = RunColumns[static_cast<unsigned>(Which)];
  RunIndex &I = Runs[static_cast<unsigned>(Which)];
  uint32_t Rows = M.rowCount(C.Table);
  if (R == 0 || R > Rows)
    return M.noSuchRow(Token(C.Table, R));
  I.Checked.call([&] { check(C, I); });

  uint32_t Limit = I.Pointers.empty() ? M.rowCount(C.Target) + 1
                                      : uint32_t(I.Pointers.size());
  uint32_t Begin = start(C, R);
  if (Begin == 0) // a null index: there is no run
    return Range();
  uint32_t End = R == Rows ? Limit : start(C, R + 1);
  const char *Rule = nullptr;
  if (Begin > Limit || End > Limit)
    Rule = "a range of rows goes beyond the end of the table ";
  else if (Begin > End)
    Rule = "a range of rows ends before it begins, in the table ";
  else if (R > 1 && !I.Highest.empty() && I.Highest[R - 2] > Begin)
    Rule = "a range of rows overlaps an earlier one, in the table ";
  if (Rule) {
    const auto &Layout = M.Layouts[static_cast<unsigned>(C.Table)];
    const uint8_t *At = Layout.Rows + size_t(R - 1) * Layout.RowSize +
                        Layout.ColumnOffset[C.Column];
    return M.File.error(At, "ECMA-335 II.22", Rule + name(C.Target));
  }
  return Range{Begin, End - Begin,
               I.Pointers.empty() ? nullptr : I.Pointers.data()};
}

uint32_t ModuleIndexes::owner(Run Which, uint32_t Member) {
  const RunColumn &C = RunColumns[static_cast<unsigned>(Which)];
  RunIndex &I = Runs[static_cast<unsigned>(Which)];
  uint32_t Members = M.rowCount(C.Target);
  if (Member == 0 || Member > Members)
    return 0;
  I.Inverted.call([&] {
    I.Owners.assign(size_t(Members) + 1, 0);
    for (uint32_t R = 1, Rows = M.rowCount(C.Table); R <= Rows; ++R) {
      Expected<Range> Found = run(Which, R);
      if (!Found) {
        // The functions that return the range report the error. The members of
        // the range have no owner.
        llvm::consumeError(Found.takeError());
        continue;
      }
      for (uint32_t At : llvm::seq(Found->First, Found->First + Found->Count)) {
        uint32_t Target = Found->List ? Found->List[At] : At;
        if (Target <= Members && I.Owners[Target] == 0)
          I.Owners[Target] = R;
      }
    }
  });
  return I.Owners[Member];
}

//===----------------------------------------------------------------------===//
// Keys
//===----------------------------------------------------------------------===//

struct ModuleIndexes::KeyColumn {
  TableID Table;
  unsigned Column;
};
constexpr ModuleIndexes::KeyColumn ModuleIndexes::KeyColumns[] = {
#define KEY(TABLE, NAME) {TableID::TABLE, TABLE##_##NAME},
#include "ilbridge/ecma335/Tables.def"
};

void ModuleIndexes::check(const KeyColumn &C, KeyIndex &I) {
  auto Value = [&](uint32_t R) { return M.rawColumn(C.Table, R, C.Column); };
  uint32_t Rows = M.rowCount(C.Table), Last = 0;
  bool IsSorted = true;
  I.BitsLog2 = std::max(6u, llvm::Log2_32_Ceil(Rows) + 3);
  I.Bits.assign(size_t(1) << (I.BitsLog2 - 6), 0);
  for (uint32_t R = 1; R <= Rows; ++R) {
    uint32_t Each = Value(R), Bit = I.bit(Each);
    I.Bits[Bit / 64] |= uint64_t(1) << (Bit % 64);
    IsSorted &= Last <= Each;
    Last = Each;
  }
  if (IsSorted)
    return;
  I.Order.resize(Rows);
  std::iota(I.Order.begin(), I.Order.end(), 1u);
  llvm::stable_sort(
      I.Order, [&](uint32_t A, uint32_t B) { return Value(A) < Value(B); });
}

ModuleIndexes::Range ModuleIndexes::find(Key Which, uint32_t Value) {
  const KeyColumn &C = KeyColumns[static_cast<unsigned>(Which)];
  KeyIndex &I = Keys[static_cast<unsigned>(Which)];
  uint32_t Rows = M.rowCount(C.Table);
  if (Rows == 0)
    return {};
  I.Checked.call([&] { check(C, I); });
  if (!I.mayHold(Value))
    return {};

  // Positions in the order of the column, from 0.
  auto ValueAt = [&](uint32_t Place) {
    uint32_t R = I.Order.empty() ? Place + 1 : I.Order[Place];
    return M.rawColumn(C.Table, R, C.Column);
  };
  auto firstPlace = [&](uint32_t From, auto Before) {
    uint32_t Count = Rows - From;
    while (Count) {
      uint32_t Half = Count / 2;
      if (Before(ValueAt(From + Half))) {
        From += Half + 1;
        Count -= Half + 1;
      } else {
        Count = Half;
      }
    }
    return From;
  };
  uint32_t First = firstPlace(0, [&](uint32_t V) { return V < Value; });
  auto Holds = [&](uint32_t Place) {
    return Place < Rows && ValueAt(Place) == Value;
  };
  if (!Holds(First))
    return {};
  // Most values occur in one row only.
  uint32_t Last = First + 1;
  if (Holds(Last))
    Last = firstPlace(Last + 1, [&](uint32_t V) { return V <= Value; });
  if (I.Order.empty())
    return {First + 1, Last - First, nullptr};
  return {First, Last - First, I.Order.data()};
}

} // namespace ilbridge::ecma335
