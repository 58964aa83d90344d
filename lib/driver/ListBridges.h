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

/// The tables of the first output that makes bridges; without one, of the
/// current generation.
emit::HybridCLRTables makeTables(Run &R, Bridges &B);

/// The names of the methods, callbacks and reserved signatures that need a row.
std::vector<std::string> usersOf(hybridclr::Needs &N,
                                 const hybridclr::FunctionRow &R);

/// Prints every row of the tables with who needs it, or \returns that as JSON.
llvm::json::Object listBridges(Run &R, bool IsText);

/// The "growth" of `list bridges --growth`. The origins of instances have to be
/// kept.
llvm::json::Object bridgeGrowth(hybridclr::Needs &N,
                                const hybridclr::Rows &Tables);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_LISTBRIDGES_H
