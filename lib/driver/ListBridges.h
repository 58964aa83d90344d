//===- ListBridges.h - Bridge signatures as a list --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_LISTBRIDGES_H
#define ILBRIDGE_LIB_DRIVER_LISTBRIDGES_H

#include "Bridges.h"
#include "Run.h"
#include "ilbridge/emit/HybridCLR.h"
#include "llvm/Support/JSON.h"

namespace ilbridge::driver {

/// Makes the tables of the first output for bridges, or those of the current
/// generation if there is no such output.
emit::HybridCLRTables makeTables(Run &R, Bridges &B);

/// Returns the names of the methods, callbacks and reserved signatures that
/// need a row.
std::vector<std::string> usersOf(hybridclr::BridgeRequirements &N,
                                 const hybridclr::FunctionRow &R);

/// Prints every row of the tables with its users, or \returns them as JSON.
llvm::json::Object listBridges(Run &R, bool IsText);

/// Returns the property "growth" of `list bridges --growth`.
/// BridgeInputs::KeepsOrigins has to be set.
llvm::json::Object bridgeGrowth(hybridclr::BridgeRequirements &N,
                                const hybridclr::Rows &Tables);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_LISTBRIDGES_H
