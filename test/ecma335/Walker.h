//===- Walker.h - Reads everything in a module ------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The tests of ecma335 use this walk. It makes every request that an
// application could make of a Module once, for every row.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TEST_ECMA335_WALKER_H
#define ILBRIDGE_TEST_ECMA335_WALKER_H

#include "ilbridge/ecma335/CustomAttribute.h"
#include "ilbridge/ecma335/Module.h"
#include "llvm/ADT/StringMap.h"

namespace ilbridge::ecma335::test {

/// The underlying types of enums by their full names, for the modules that were
/// added.
class EnumTable {
public:
  void add(const Module &M);
  /// Looks up an enum that \p M refers to. It returns int32 for an unknown
  /// enum, because that is right for most enums.
  ElementType find(const Module &M, const EnumReference &E) const;
  /// Writes the table to a stream, one line per enum, and reads it from such
  /// text.
  void save(llvm::raw_ostream &OS) const;
  void load(llvm::StringRef Text);

private:
  llvm::StringMap<ElementType> Known;
};

/// The number of items that were read without an error.
struct WalkCounts {
  uint64_t Rows = 0;
  uint64_t Strings = 0;
  uint64_t Signatures = 0;
  uint64_t Attributes = 0;
  uint64_t MarshalSpecs = 0;
  uint64_t Constants = 0;
  uint64_t Bodies = 0;
  uint64_t Instructions = 0;
  uint64_t Lookups = 0;

  WalkCounts &operator+=(const WalkCounts &O);
};
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const WalkCounts &C);

/// Reads all of \p M, and prints every item that can be printed to a null
/// stream. An item that several rows share, such as a signature or a body, is
/// read once.
/// \param OnError gets every error; the walk continues after it.
WalkCounts walk(const Module &M, const EnumTable &Enums,
                llvm::function_ref<void(llvm::Error)> OnError);

/// Returns "Outer/Inner" preceded by its namespace, as monodis writes names.
llvm::Expected<std::string> fullName(const Module &M, TypeDefRid R);

} // namespace ilbridge::ecma335::test

#endif // ILBRIDGE_TEST_ECMA335_WALKER_H
