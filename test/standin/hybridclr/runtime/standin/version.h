//===- version.h - Version of the runtime -----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The command line states the version: the macro of its ABI family for a
// classic runtime, and -DSTANDIN_VERSION=704, for example, for 7.4. The version
// has the consequences that the headers and look-ups of the public runtime
// have.
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

/// Reverse wrappers are generated into a file of their own.
#define STANDIN_REVERSE_FILE (STANDIN_VERSION < 600)
/// Reverse wrappers attach foreign threads to the runtime.
#define STANDIN_ATTACHES (STANDIN_VERSION >= 503)
/// Keys of reverse wrappers begin with the letter of a calling convention.
#define STANDIN_LETTERS (STANDIN_VERSION >= 504)
/// Bridges call function pointers.
#define STANDIN_CALLS (STANDIN_VERSION >= 704)

#if STANDIN_VERSION >= 600
#define STANDIN_CONST const
#else
#define STANDIN_CONST
#endif

#endif // STANDIN_VERSION_H
