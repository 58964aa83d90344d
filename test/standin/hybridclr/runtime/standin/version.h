//===- version.h - Which runtime the stand-in is ----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The command line states the version: that of a classic runtime by the macro of
// its ABI family, that of others as -DSTANDIN_VERSION=704 for 7.4. The consequences
// of the version are those that the public runtime's headers and look-ups show.
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_VERSION_H
#define STANDIN_VERSION_H

#if defined(HYBRIDCLR_ABI_ARM_64) || defined(HYBRIDCLR_ABI_UNIVERSAL_64) ||    \
    defined(HYBRIDCLR_ABI_UNIVERSAL_32) || defined(HYBRIDCLR_ABI_WEBGL32)
#include "standin/abi.h"
#define STANDIN_VERSION 304
#else
#define STANDIN_CLASSIC 0
#endif
#ifndef STANDIN_VERSION
#define STANDIN_VERSION 805
#endif

/// Reverse wrappers have a file of their own.
#define STANDIN_REVERSE_FILE (STANDIN_VERSION < 600)
/// Reverse wrappers make foreign threads known to the runtime.
#define STANDIN_ATTACHES (STANDIN_VERSION >= 503)
/// Keys of reverse wrappers begin with the letter of a calling convention.
#define STANDIN_LETTERS (STANDIN_VERSION >= 504)
/// Function pointers are called.
#define STANDIN_CALLS (STANDIN_VERSION >= 704)

#if STANDIN_VERSION >= 600
#define STANDIN_CONST const
#else
#define STANDIN_CONST
#endif

#endif // STANDIN_VERSION_H
