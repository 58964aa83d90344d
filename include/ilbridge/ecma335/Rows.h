//===- Rows.h - The rows of the metadata tables -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One struct per table of Tables.def, with a member per column:
//
//   struct MethodDefRow {
//     uint32_t RVA;
//     MethodImplAttributes ImplFlags;
//     MethodAttributes Flags;
//     StringIndex Name;
//     BlobIndex Signature;
//     Rid<ParamRow> ParamList;
//   };
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_ECMA335_ROWS_H
#define ILBRIDGE_ECMA335_ROWS_H

#include "ilbridge/ecma335/Flags.h"
#include "ilbridge/ecma335/Token.h"

namespace ilbridge::ecma335 {

#define TABLE(NUMBER, NAME) struct NAME##Row {
#define COLUMN(TABLE, NAME, TYPE) TYPE NAME{};
#define END_TABLE(NAME)                                                        \
  }                                                                            \
  ;
#include "ilbridge/ecma335/Tables.def"

} // namespace ilbridge::ecma335

#endif // ILBRIDGE_ECMA335_ROWS_H
