//===- ReportContent.h - The content of `ilbridge report` ------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_REPORTCONTENT_H
#define ILBRIDGE_LIB_DRIVER_REPORTCONTENT_H

#include "Run.h"
#include "ilbridge/report/Report.h"

namespace ilbridge::driver {

/// Returns the rows of bridge tables, the structs in them, and the resulting
/// number of functions. BridgeInputs::KeepsOrigins has to be set.
report::Bridges reportBridges(Run &R, Bridges &B);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_REPORTCONTENT_H
