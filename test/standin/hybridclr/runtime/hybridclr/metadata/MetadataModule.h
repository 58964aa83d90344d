//===- MetadataModule.h - Reverse wrappers ----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This header declares the function that finds the method of a reverse wrapper.
//
//===----------------------------------------------------------------------===//

#ifndef HYBRIDCLR_METADATA_METADATAMODULE_H
#define HYBRIDCLR_METADATA_METADATAMODULE_H

#include "../CommonDef.h"

namespace hybridclr {
namespace metadata {

class MetadataModule {
public:
  /// Returns the method to which the runtime assigned the wrapper of this row.
  static const MethodInfo *
  GetMethodInfoByReversePInvokeWrapperIndex(int32_t Index);
};

} // namespace metadata
} // namespace hybridclr

#endif // HYBRIDCLR_METADATA_METADATAMODULE_H
