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

/// An exported function for a P/Invoke, which does nothing yet, without a line
/// break at its end. None where a value has a type that C++ without headers
/// has no words for: a struct by value, which is the author's to declare.
std::optional<std::string> exportStub(const managed::Method &Import);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_STUB_H
