//===- FactsSource.h - Reads the facts of one source ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_FACTSSOURCE_H
#define ILBRIDGE_LIB_NATIVE_FACTSSOURCE_H

#include "FlatJSON.h"
#include "ilbridge/native/Facts.h"

namespace ilbridge::native {

/// A line of facts, which is an object, and its number in the file, from 1.
struct FactsLine {
  unsigned Number;
  flat::Value Value;
};

/// Reads the lines of one source. The first line is its header. \p File is the
/// name for errors.
llvm::Expected<Facts> readSource(llvm::ArrayRef<FactsLine> Lines,
                                 llvm::StringRef File);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_FACTSSOURCE_H
