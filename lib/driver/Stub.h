//===- Stub.h - A function for an import that has none ----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_STUB_H
#define ILBRIDGE_LIB_DRIVER_STUB_H

#include "ilbridge/managed/Model.h"
#include <optional>

namespace ilbridge::driver {

/// Returns an exported function for a P/Invoke with an empty body, without a
/// line break at its end. Returns nullopt if C++ without headers cannot express
/// the type of a value, such as a struct by value, which the author has to
/// declare.
std::optional<std::string> exportStub(const managed::Method &Import);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_STUB_H
