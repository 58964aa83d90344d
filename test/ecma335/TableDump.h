//===- TableDump.h - All tables in monodis' format --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TEST_ECMA335_TABLEDUMP_H
#define ILBRIDGE_TEST_ECMA335_TABLEDUMP_H

#include "Walker.h"

namespace ilbridge::ecma335::test {

/// Prints the tables that compare-with-monodis.py compares. A line "== option"
/// precedes each table; the option is the one by which monodis prints it.
void dumpTables(const Module &M, const EnumTable &Enums, llvm::raw_ostream &OS);

} // namespace ilbridge::ecma335::test

#endif // ILBRIDGE_TEST_ECMA335_TABLEDUMP_H
