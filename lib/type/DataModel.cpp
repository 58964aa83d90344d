//===- DataModel.cpp - Widths that depend on the target -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/type/DataModel.h"
#include "llvm/Support/ErrorHandling.h"

namespace ilbridge {

unsigned DataModel::bits(Width W) const {
  switch (W) {
  case Width::W8:
    return 8;
  case Width::W16:
    return 16;
  case Width::W32:
    return 32;
  case Width::W64:
    return 64;
  case Width::W128:
    return 128;
  case Width::Short:
    return 16;
  case Width::Int:
    return 32;
  case Width::LongLong:
    return 64;
  case Width::Long:
    return Long;
  case Width::WChar:
    return WChar;
  case Width::AutoChar:
    return AutoChar;
  case Width::Size:
    return Size;
  case Width::Pointer:
    return Pointer;
  case Width::LongDouble:
    return LongDouble;
  }
  llvm_unreachable("not a width");
}

llvm::StringRef name(Width W) {
  switch (W) {
  case Width::W8:
    return "8";
  case Width::W16:
    return "16";
  case Width::W32:
    return "32";
  case Width::W64:
    return "64";
  case Width::Short:
    return "short";
  case Width::Int:
    return "int";
  case Width::LongLong:
    return "long long";
  case Width::W128:
    return "128";
  case Width::Long:
    return "long";
  case Width::WChar:
    return "wchar";
  case Width::AutoChar:
    return "auto";
  case Width::Size:
    return "size";
  case Width::Pointer:
    return "pointer";
  case Width::LongDouble:
    return "long double";
  }
  llvm_unreachable("not a width");
}

} // namespace ilbridge
