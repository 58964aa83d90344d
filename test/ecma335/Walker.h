//===- Walker.h - Reads everything that a module holds ----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For the tests of ecma335: whatever an application could ask of a Module is
// asked here once, of every row.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TEST_ECMA335_WALKER_H
#define ILBRIDGE_TEST_ECMA335_WALKER_H

#include "ilbridge/ecma335/CustomAttribute.h"
#include "ilbridge/ecma335/Module.h"
#include "llvm/ADT/StringMap.h"

namespace ilbridge::ecma335::test {

/// What enums are stored as, by their full names, for the modules it was shown.
class EnumTable {
public:
  void add(const Module &M);
  /// Looks an enum up that \p M refers to. Answers int32 for one that it does
  /// not know, as for most enums that is right.
  ElementType find(const Module &M, const EnumReference &E) const;
  /// Writes it to a stream, a line per enum, and reads it from such text.
  void save(llvm::raw_ostream &OS) const;
  void load(llvm::StringRef Text);

private:
  llvm::StringMap<ElementType> Known;
};

/// How many things were read without an error.
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

/// Reads all of \p M, and prints what can print itself to nowhere. What several
/// rows share, such as a signature or a body, is read once.
/// \param OnError gets every error; the walk goes on behind it.
WalkCounts walk(const Module &M, const EnumTable &Enums,
                llvm::function_ref<void(llvm::Error)> OnError);

/// "Outer/Inner" with its namespace before it, as monodis writes names.
llvm::Expected<std::string> fullName(const Module &M, TypeDefRid R);

} // namespace ilbridge::ecma335::test

#endif // ILBRIDGE_TEST_ECMA335_WALKER_H
