//===- Conventions.cpp - Calling conventions of Clang's types -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Conventions.h"

using namespace clang;

namespace ilbridge::native {

CallingConvention convention(CallingConv CC) {
  switch (CC) {
  case CC_C:
    return CallingConvention::C;
  case CC_X86StdCall:
    return CallingConvention::StdCall;
  case CC_X86ThisCall:
    return CallingConvention::ThisCall;
  case CC_X86FastCall:
    return CallingConvention::FastCall;
  case CC_X86VectorCall:
    return CallingConvention::VectorCall;
  case CC_Swift:
    return CallingConvention::Swift;
  default:
    return CallingConvention::Other;
  }
}

std::optional<CallingConvention> statedConvention(const AttributedType &T) {
  switch (T.getAttrKind()) {
  case attr::CDecl:
    return CallingConvention::C;
  case attr::StdCall:
    return CallingConvention::StdCall;
  case attr::ThisCall:
    return CallingConvention::ThisCall;
  case attr::FastCall:
    return CallingConvention::FastCall;
  case attr::VectorCall:
    return CallingConvention::VectorCall;
  case attr::SwiftCall:
    return CallingConvention::Swift;
  default:
    return std::nullopt;
  }
}

} // namespace ilbridge::native
