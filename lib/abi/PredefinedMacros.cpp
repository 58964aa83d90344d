//===- PredefinedMacros.cpp - Predefined macros of targets ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/abi/PredefinedMacros.h"
#include "Invocation.h"
#include "ilbridge/abi/Target.h"
#include "ilbridge/versions/Clang.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace clang;

namespace ilbridge::abi {

llvm::Expected<PredefinedMacros::Shared>
PredefinedMacros::runClang(llvm::StringRef Triple, bool IsC) {
  auto Unknown = [&] {
    return llvm::createStringError("Clang knows no target '" + Triple + "'");
  };
  auto FS = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  std::shared_ptr<CompilerInvocation> Invocation =
      invocationFor(Triple, IsC, "/ilbridge-macros");
  if (!Invocation)
    return Unknown();
  versions::Diagnostics Ignored;
  std::unique_ptr<CompilerInstance> Compiler =
      versions::createCompiler(std::move(Invocation), FS, Ignored);
  if (!Compiler->createTarget())
    return Unknown();
  Compiler->createPreprocessor(TU_Complete);

  auto Result = std::make_shared<PredefinedMacros>();
  Result->Text = Compiler->getPreprocessor().getPredefines();
  Result->Bodies.reserve(512);
  llvm::StringRef Rest = Result->Text, Line;
  while (!Rest.empty()) {
    std::tie(Line, Rest) = Rest.split('\n');
    if (!Line.consume_front("#define "))
      continue;
    auto [Name, Body] = Line.split(' ');
    Result->Bodies[Name] = Body;
  }
  return Result;
}

std::vector<PredefinedMacros::Shared>
PredefinedMacros::askAboutWatched(bool IsC) {
  std::vector<Shared> All;
  for (const Target &T : watchedByDefault())
    All.push_back(llvm::cantFail(runClang(T.Triple, IsC)));
  return All;
}

/// The predefined macros are constants, in the order of watchedByDefault().
/// Most runs need those of one language.
const std::vector<PredefinedMacros::Shared> &
PredefinedMacros::ofWatched(bool IsC) {
  if (IsC) {
    static const std::vector<Shared> OfC = askAboutWatched(true);
    return OfC;
  }
  static const std::vector<Shared> OfCxx = askAboutWatched(false);
  return OfCxx;
}

llvm::Expected<PredefinedMacros::Shared>
PredefinedMacros::of(llvm::StringRef Triple, bool IsC) {
  for (const auto &[T, Macros] :
       llvm::zip_equal(watchedByDefault(), ofWatched(IsC)))
    if (T.Triple == Triple)
      return Macros;
  return runClang(Triple, IsC);
}

bool PredefinedMacros::varies(llvm::StringRef Macro, bool IsC, bool IsDefined) {
  const std::vector<Shared> &All = ofWatched(IsC);
  if (IsDefined && !All.front()->Bodies.count(Macro))
    return true;
  return llvm::any_of(All, [&](const Shared &Other) {
    return !Other->agree(*All.front(), Macro);
  });
}

} // namespace ilbridge::abi
