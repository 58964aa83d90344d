//===- MetadataUtil.h - A namespace -----------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Generated code says `using namespace hybridclr::metadata`, and uses nothing
// of it.
//
//===----------------------------------------------------------------------===//

#ifndef HYBRIDCLR_METADATA_METADATAUTIL_H
#define HYBRIDCLR_METADATA_METADATAUTIL_H

#include "../CommonDef.h"

namespace hybridclr {
namespace metadata {}
} // namespace hybridclr

#endif // HYBRIDCLR_METADATA_METADATAUTIL_H
