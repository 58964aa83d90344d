//===- Module.h - ilbridge's checks for clang-tidy --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each diagnostic that a single source can show is a separate check, so a
// .clang-tidy file can enable and disable it by its id. The checks of a
// translation unit share one comparison, which the first of them performs.
//
// Options, in CheckOptions:
//   ilbridge.Config   the configuration; without it, the nearest ilbridge.yaml
//   ilbridge.Offers   whether ilbridge-missing-export makes offers
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TOOL_CLANG_TIDY_MODULE_H
#define ILBRIDGE_TOOL_CLANG_TIDY_MODULE_H

#include "clang-tidy/ClangTidyModule.h"

namespace ilbridge::tidy {

class Module : public clang::tidy::ClangTidyModule {
public:
  void
  addCheckFactories(clang::tidy::ClangTidyCheckFactories &Factories) override;
};

} // namespace ilbridge::tidy

#endif // ILBRIDGE_TOOL_CLANG_TIDY_MODULE_H
