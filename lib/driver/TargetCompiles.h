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

/// Removes the scans from \p Results that do not count. A scan with a target's
/// own compile flags counts only if it is for that target, and it replaces
/// other scans for that target. Returns findings for compile flags that have no
/// effect.
DiagnosticList settleTargetCompiles(const Project &P,
                                    std::vector<native::ScanResult> &Results);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_TARGETCOMPILES_H
