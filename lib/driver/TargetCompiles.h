//===- TargetCompiles.h - Sources compiled for several targets --*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_TARGETCOMPILES_H
#define ILBRIDGE_LIB_DRIVER_TARGETCOMPILES_H

#include "ilbridge/driver/Project.h"
#include "ilbridge/native/ScanResult.h"

namespace ilbridge::driver {

/// Leaves of \p Results those that count: a target's own compile counts in
/// place of one that is for that target anyway, and only if it is for that
/// target. Says which compiles have no effect.
DiagnosticList settleTargetCompiles(const Project &P,
                                    std::vector<native::ScanResult> &Results);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_TARGETCOMPILES_H
