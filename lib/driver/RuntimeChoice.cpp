//===- RuntimeChoice.cpp - Which runtimes a project is for ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RuntimeChoice.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

namespace ilbridge::driver {

llvm::Error chooseRuntime(OutputSpec &Output, const runtime::Runtime &R) {
  const emit::Backend &Backend = *Output.Backend;
  if (!Backend.Runtime.empty() && Backend.Runtime != R.Name)
    return llvm::createStringError("the backend '" + Backend.Name +
                                   "' is for the runtime '" + Backend.Runtime +
                                   "' and not for '" + R.fullName() + "'");
  if (Backend.Runtime.empty() &&
      R.conversion(runtime::Crossing::PInvoke) == runtime::Conversion::Invoked)
    return llvm::createStringError(R.Title +
                                   " calls functions through invokers only, "
                                   "which the backend '" +
                                   Backend.Name + "' does not make");
  Output.Runtime = &R;
  return llvm::Error::success();
}

/// The runtime that the output says or its backend belongs to; null if it is
/// for any.
static const runtime::Runtime *runtimeOf(const Project &P,
                                         const OutputSpec &Output) {
  if (Output.Runtime)
    return Output.Runtime;
  llvm::StringRef Name = Output.Backend->Runtime;
  if (Name.empty())
    return nullptr;
  if (P.Runtime && P.Runtime->Name == Name)
    return P.Runtime;
  return llvm::cantFail(runtime::find(Name));
}

RuntimeChoice runtimesFor(const Project &P, const OutputSpec *Output) {
  if (Output)
    if (const runtime::Runtime *R = runtimeOf(P, *Output))
      return {R};
  if (P.Runtime)
    return {P.Runtime};
  RuntimeChoice Implied;
  for (const OutputSpec &Each : P.Outputs) {
    const runtime::Runtime *R = runtimeOf(P, Each);
    if (!R || Each.Backend->Runtime.empty() || llvm::is_contained(Implied, R))
      continue;
    // A runtime that takes invokers only has no use for another output.
    if (!Output || R->conversion(runtime::Crossing::PInvoke) !=
                       runtime::Conversion::Invoked)
      Implied.push_back(R);
  }
  bool IsOne =
      !Implied.empty() && llvm::all_of(Implied, [&](const runtime::Runtime *R) {
        return R->Name == Implied.front()->Name;
      });
  return IsOne ? Implied : RuntimeChoice();
}

/// "Hot" of "folder/Hot.dll" and of "folder/Hot.dll.bytes".
static llvm::StringRef assemblyName(llvm::StringRef Path) {
  llvm::StringRef Name = llvm::sys::path::filename(Path);
  for (llvm::StringRef Extension : {".bytes", ".dll", ".exe", ".wasm"})
    Name.consume_back(Extension);
  return Name;
}

llvm::StringSet<> interpretedAssemblies(const Project &P) {
  llvm::StringSet<> Names;
  for (const std::string &Path : P.Bridges.HotUpdate) {
    llvm::ErrorOr<llvm::vfs::Status> Status = P.Files->status(Path);
    if (!Status || !Status->isDirectory()) {
      Names.insert(assemblyName(Path));
      continue;
    }
    std::error_code Failed;
    for (llvm::vfs::directory_iterator File = P.Files->dir_begin(Path, Failed),
                                       End;
         !Failed && File != End; File.increment(Failed))
      Names.insert(assemblyName(File->path()));
  }
  return Names;
}

} // namespace ilbridge::driver
