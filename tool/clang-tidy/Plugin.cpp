//===- Plugin.cpp - ilbridge in clang-tidy --------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// clang-tidy -load=libilbridge-tidy.so --checks=-*,ilbridge-*
//
//===----------------------------------------------------------------------===//

#include "Module.h"
#include "clang-tidy/ClangTidyModule.h"
#include "llvm/Support/Registry.h"

// The type clang-tidy names ClangTidyModuleRegistry, in different headers.
static llvm::Registry<clang::tidy::ClangTidyModule>::Add<ilbridge::tidy::Module>
    Registered("ilbridge-module",
               "Compares exports with what managed code asks for.");
