//===- ModuleIndexes.h - Indexes from rows to rows -------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// There are two ways from a row to others:
//
//   runs  TypeDef.MethodList states where a type's methods begin; they end
//         where those of the next row begin. The reverse direction is an array
//         that is created on first use.
//   keys  ImplMap.MemberForwarded states to which method the row belongs. A
//         writer sorts the table by it, so a binary search finds the rows. The
//         first search checks the order, and builds an index if it is wrong.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_ECMA335_MODULEINDEXES_H
#define ILBRIDGE_LIB_ECMA335_MODULEINDEXES_H

#include "ilbridge/ecma335/Module.h"
#include <array>
#include <atomic>
#include <mutex>
#include <vector>

namespace ilbridge::ecma335 {

/// The numbers of the columns: MethodDef_ParamList is 5.
#define TABLE(NUMBER, NAME) enum NAME##Column : unsigned {
#define COLUMN(TABLE, NAME, TYPE) TABLE##_##NAME,
#define END_TABLE(NAME)                                                        \
  }                                                                            \
  ;
#include "ilbridge/ecma335/Tables.def"

/// The columns in which runs of rows begin: TypeDef_FieldList, …
enum class Run : unsigned {
#define LIST(TABLE, NAME, TARGET) TABLE##_##NAME,
#include "ilbridge/ecma335/Tables.def"
};
/// The columns by which rows are found: ImplMap_MemberForwarded, …
enum class Key : unsigned {
#define KEY(TABLE, NAME) TABLE##_##NAME,
#include "ilbridge/ecma335/Tables.def"
};

/// std::call_once with a fast way for the calls after the first.
class Once {
public:
  template <typename Fn> void call(Fn &&Build) {
    if (Done.load(std::memory_order_acquire))
      return;
    std::call_once(Flag, [&] {
      Build();
      Done.store(true, std::memory_order_release);
    });
  }

private:
  std::atomic<bool> Done = false;
  std::once_flag Flag;
};

class ModuleIndexes {
public:
  explicit ModuleIndexes(const Module &M) : M(M) {}

  /// RidRange without the table.
  struct Range {
    uint32_t First = 1;
    uint32_t Count = 0;
    const uint32_t *List = nullptr;

    uint32_t front() const { return List ? List[First] : First; }
  };

  /// The run of the row \p R.
  llvm::Expected<Range> run(Run Which, uint32_t R);
  /// The row whose run contains \p Member; 0 if there is none.
  uint32_t owner(Run Which, uint32_t Member);
  /// The rows whose column contains the encoded \p Value.
  Range find(Key Which, uint32_t Value);

private:
  struct RunIndex {
    Once Checked;
    /// The greatest start of all rows up to this one, from row 1 at [0]. Empty
    /// if the starts are ascending, because each one is then the greatest so
    /// far.
    std::vector<uint32_t> Highest;
    /// The rids of the Ptr table, from row 1 at [1]; empty if it is not used.
    std::vector<uint32_t> Pointers;
    Once Inverted;
    /// Indexed by member, from row 1 at [1].
    std::vector<uint32_t> Owners;
  };
  struct KeyIndex {
    Once Checked;
    /// The rids in the order of the column; empty if they are ascending.
    std::vector<uint32_t> Order;
    /// A Bloom filter with one bit for each value of the column. Most values
    /// that are searched have no row, and most of these have no bit.
    std::vector<uint64_t> Bits;
    unsigned BitsLog2 = 0;

    uint32_t bit(uint32_t Value) const {
      return (Value * 0x9E3779B1u) >> (32 - BitsLog2);
    }
    bool mayHold(uint32_t Value) const {
      uint32_t Bit = bit(Value);
      return Bits[Bit / 64] >> (Bit % 64) & 1;
    }
  };
  struct RunColumn;
  struct KeyColumn;
  static const RunColumn RunColumns[];
  static const KeyColumn KeyColumns[];

  uint32_t start(const RunColumn &C, uint32_t R) const;
  void check(const RunColumn &C, RunIndex &I);
  void check(const KeyColumn &C, KeyIndex &I);

  const Module &M;
  std::array<RunIndex, 5> Runs;
  std::array<KeyIndex, 18> Keys;
};

} // namespace ilbridge::ecma335

#endif // ILBRIDGE_LIB_ECMA335_MODULEINDEXES_H
