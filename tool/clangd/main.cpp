//===- main.cpp - clangd with ilbridge's checks inside --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../clang-tidy/Module.h"
#include "clang-tidy/ClangTidyModuleRegistry.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace clang::clangd {

int clangdMain(int Argc, char *Argv[]);

} // namespace clang::clangd

static clang::tidy::ClangTidyModuleRegistry::Add<
    ilbridge::tidy::Module</*IsEditor=*/true>>
    Registered("ilbridge-module",
               "Compares exports with what managed code asks for.");

int main(int Argc, char *Argv[]) {
  // clangd looks for Clang's own headers beside itself, where they are not.
  std::vector<char *> Args(Argv, Argv + Argc);
  std::string Resources = "--resource-dir=" ILBRIDGE_CLANG_RESOURCE_DIR;
  if (llvm::none_of(Args, [](llvm::StringRef Arg) {
        return Arg.ltrim('-').starts_with("resource-dir");
      }))
    Args.insert(Args.begin() + 1, Resources.data());
  Args.push_back(nullptr);
  return clang::clangd::clangdMain(Args.size() - 1, Args.data());
}
