//===- MetadataUtil.h - An empty namespace ----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Generated code contains `using namespace hybridclr::metadata`, and uses
// nothing from that namespace.
//
//===----------------------------------------------------------------------===//

#ifndef HYBRIDCLR_METADATA_METADATAUTIL_H
#define HYBRIDCLR_METADATA_METADATAUTIL_H

#include "../CommonDef.h"

namespace hybridclr {
namespace metadata {}
} // namespace hybridclr

#endif // HYBRIDCLR_METADATA_METADATAUTIL_H
