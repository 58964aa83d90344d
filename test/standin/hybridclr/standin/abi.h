//===- abi.h - Which ABI a classic file is for ------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The runtime says by the target which of the ABI families it is compiled for.
// Here whoever compiles says it, as -DHYBRIDCLR_ABI_ARM_64=1: every family runs
// on every machine, as long as nobody follows an address of the 32-bit ones.
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_ABI_H
#define STANDIN_ABI_H

/// The rules up to 3.4 hold.
#define STANDIN_CLASSIC 1

#ifndef HYBRIDCLR_ABI_ARM_64
#define HYBRIDCLR_ABI_ARM_64 0
#endif
#ifndef HYBRIDCLR_ABI_UNIVERSAL_64
#define HYBRIDCLR_ABI_UNIVERSAL_64 0
#endif
#ifndef HYBRIDCLR_ABI_UNIVERSAL_32
#define HYBRIDCLR_ABI_UNIVERSAL_32 0
#endif
#ifndef HYBRIDCLR_ABI_WEBGL32
#define HYBRIDCLR_ABI_WEBGL32 0
#endif
#if HYBRIDCLR_ABI_ARM_64 + HYBRIDCLR_ABI_UNIVERSAL_64 +                        \
        HYBRIDCLR_ABI_UNIVERSAL_32 + HYBRIDCLR_ABI_WEBGL32 !=                  \
    1
#error "define exactly one of the HYBRIDCLR_ABI macros as 1"
#endif

#endif // STANDIN_ABI_H
