//===- InstrinctDef.h - Vector structs --------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// These are structs of 2 to 4 floats or doubles. AAPCS64 passes such a struct
// in 2 to 4 registers.
//
//===----------------------------------------------------------------------===//

#ifndef HYBRIDCLR_INTERPRETER_INSTRINCTDEF_H
#define HYBRIDCLR_INTERPRETER_INSTRINCTDEF_H

#include "../CommonDef.h"

namespace hybridclr {
namespace interpreter {

struct HtVector2f {
  float x, y;
};
struct HtVector3f {
  float x, y, z;
};
struct HtVector4f {
  float x, y, z, w;
};
struct HtVector2d {
  double x, y;
};
struct HtVector3d {
  double x, y, z;
};
struct HtVector4d {
  double x, y, z, w;
};

} // namespace interpreter
} // namespace hybridclr

#endif // HYBRIDCLR_INTERPRETER_INSTRINCTDEF_H
