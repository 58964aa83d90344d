//===- MetadataModule.h - Reverse wrappers ----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which method stands behind a reverse wrapper.
//
//===----------------------------------------------------------------------===//

#ifndef HYBRIDCLR_METADATA_METADATAMODULE_H
#define HYBRIDCLR_METADATA_METADATAMODULE_H

#include "../CommonDef.h"

namespace hybridclr {
namespace metadata {

class MetadataModule {
public:
  /// The method to which the wrapper of this row was given.
  static const MethodInfo *
  GetMethodInfoByReversePInvokeWrapperIndex(int32_t Index);
};

} // namespace metadata
} // namespace hybridclr

#endif // HYBRIDCLR_METADATA_METADATAMODULE_H
