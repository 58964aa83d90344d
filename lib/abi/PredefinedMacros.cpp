//===- PredefinedMacros.cpp - What a compiler defines by itself -----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/abi/PredefinedMacros.h"
#include "ilbridge/abi/Target.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/Utils.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace clang;

namespace ilbridge::abi {

llvm::Expected<PredefinedMacros>
PredefinedMacros::askClang(llvm::StringRef Triple, bool IsC) {
  auto Unknown = [&] {
    return llvm::createStringError("Clang knows no target '" + Triple + "'");
  };
  const char *File = IsC ? "/ilbridge-macros.c" : "/ilbridge-macros.cpp";
  auto FS = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  FS->addFile(File, 0, llvm::MemoryBuffer::getMemBuffer(""));
  auto Diagnostics = CompilerInstance::createDiagnostics(
      new DiagnosticOptions(), new IgnoringDiagConsumer());
  // The driver chooses which compilers Clang stands in for.
  std::string Target = ("--target=" + Triple).str();
  CreateInvocationOptions Options;
  Options.Diags = Diagnostics;
  Options.VFS = FS;
  Options.RecoverOnError = true;
  std::shared_ptr<CompilerInvocation> Invocation =
      createInvocation({"clang", Target.c_str(),
                        // The default language standard differs by target,
                        // but the standard is not a property of the target.
                        IsC ? "-std=gnu17" : "-std=gnu++20", "-fsyntax-only",
                        "-nostdinc", "-nostdlib", File},
                       Options);
  if (!Invocation)
    return Unknown();
  CompilerInstance Compiler;
  Compiler.setInvocation(std::move(Invocation));
  Compiler.setDiagnostics(Diagnostics.get());
  if (!Compiler.createTarget())
    return Unknown();
  Compiler.createFileManager(FS);
  Compiler.createSourceManager(Compiler.getFileManager());
  Compiler.createPreprocessor(TU_Complete);

  PredefinedMacros Result;
  llvm::StringRef Rest = Compiler.getPreprocessor().getPredefines(), Line;
  while (!Rest.empty()) {
    std::tie(Line, Rest) = Rest.split('\n');
    if (!Line.consume_front("#define "))
      continue;
    auto [Name, Body] = Line.split(' ');
    Result.Bodies[Name] = Body.str();
  }
  return Result;
}

std::vector<PredefinedMacros> PredefinedMacros::askAboutWatched(bool IsC) {
  std::vector<PredefinedMacros> All;
  for (const Target &T : watchedByDefault())
    All.push_back(llvm::cantFail(askClang(T.Triple, IsC)));
  return All;
}

/// Constants of Clang's, in the order of watchedByDefault(). Most runs need
/// those of one language.
const std::vector<PredefinedMacros> &PredefinedMacros::ofWatched(bool IsC) {
  if (IsC) {
    static const std::vector<PredefinedMacros> OfC = askAboutWatched(true);
    return OfC;
  }
  static const std::vector<PredefinedMacros> OfCxx = askAboutWatched(false);
  return OfCxx;
}

llvm::Expected<PredefinedMacros> PredefinedMacros::of(llvm::StringRef Triple,
                                                      bool IsC) {
  for (const auto &[T, Macros] :
       llvm::zip_equal(watchedByDefault(), ofWatched(IsC)))
    if (T.Triple == Triple)
      return Macros;
  return askClang(Triple, IsC);
}

bool PredefinedMacros::varies(llvm::StringRef Macro, bool IsC, bool IsDefined) {
  const std::vector<PredefinedMacros> &All = ofWatched(IsC);
  if (IsDefined && !All.front().Bodies.count(Macro))
    return true;
  return llvm::any_of(All, [&](const PredefinedMacros &Other) {
    return !Other.agree(All.front(), Macro);
  });
}

bool PredefinedMacros::agree(const PredefinedMacros &Other,
                             llvm::StringRef Macro) const {
  auto Mine = Bodies.find(Macro), Theirs = Other.Bodies.find(Macro);
  bool IsMine = Mine != Bodies.end(), IsTheirs = Theirs != Other.Bodies.end();
  return IsMine == IsTheirs && (!IsMine || Mine->second == Theirs->second);
}

} // namespace ilbridge::abi
