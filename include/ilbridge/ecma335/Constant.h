//===- Constant.h - Values of literal fields and defaults -------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_ECMA335_CONSTANT_H
#define ILBRIDGE_ECMA335_CONSTANT_H

#include "ilbridge/ecma335/Module.h"
#include <variant>

namespace ilbridge::ecma335 {

/// The value of a row of Constant (II.22.9). std::monostate is a null
/// reference, which is the only possible value of a class type other than
/// string.
using ConstantValue =
    std::variant<std::monostate, bool, char16_t, int8_t, uint8_t, int16_t,
                 uint16_t, int32_t, uint32_t, int64_t, uint64_t, float, double,
                 Utf16>;
/// Prints in the syntax of ilasm: int32(5), "text", nullref.
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const ConstantValue &V);

/// \returns the value. It is an error if there is no such row, if its Type is
/// not one of II.22.9, or if its blob is too short for it. A string is a view
/// of the file.
llvm::Expected<ConstantValue> readConstant(const Module &M, ConstantRid R);

} // namespace ilbridge::ecma335

#endif // ILBRIDGE_ECMA335_CONSTANT_H
