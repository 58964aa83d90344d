//===- traps.h - Intentionally wrong invokers -------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_TRAPS_H
#define STANDIN_TRAPS_H

/// Checks that the stand-in reports each mistake.
void testTraps();

#endif // STANDIN_TRAPS_H
