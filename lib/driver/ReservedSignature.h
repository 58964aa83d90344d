//===- ReservedSignature.h - Signatures of the configuration ----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_DRIVER_RESERVEDSIGNATURE_H
#define ILBRIDGE_LIB_DRIVER_RESERVEDSIGNATURE_H

#include "ilbridge/managed/Type.h"

namespace ilbridge::driver {

/// Parses "int(void*, ref [Game]Game.Point)". Types are spelled as in
/// manifests, or as C# keywords. \returns the types of the result and of the
/// parameters, created in \p Types. The Error describes what is wrong with \p
/// Text, without naming a file.
llvm::Expected<std::vector<const managed::TypeSig *>>
parseSignature(managed::TypeTable &Types, llvm::StringRef Text);

} // namespace ilbridge::driver

#endif // ILBRIDGE_LIB_DRIVER_RESERVEDSIGNATURE_H
