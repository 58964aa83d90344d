//===- WrittenStatements.h - Statements as the source has them --*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_WRITTENSTATEMENTS_H
#define ILBRIDGE_LIB_NATIVE_WRITTENSTATEMENTS_H

#include "llvm/ADT/SmallVector.h"

namespace clang {
class Stmt;
} // namespace clang

namespace ilbridge::native {

/// Returns the statements and expressions that \p S consists of, in the order
/// of the source; none is null. Those that the language implies are not among
/// them: the calls in the head of a range-based for, the implicit captures of
/// a lambda, and the conversions of the elements of an initializer list.
llvm::SmallVector<const clang::Stmt *, 8> writtenChildren(const clang::Stmt &S);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_WRITTENSTATEMENTS_H
