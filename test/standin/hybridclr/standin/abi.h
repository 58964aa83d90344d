//===- abi.h - ABI of a classic file ----------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The runtime selects its ABI family by the target that it is compiled for.
// Here the command line selects it, as in -DHYBRIDCLR_ABI_ARM_64=1. Every
// family runs on every machine, as long as no code dereferences an address of
// the 32-bit families.
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
