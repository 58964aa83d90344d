//===- RuntimeChoice.cpp - Which runtimes a project is for ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RuntimeChoice.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace ilbridge::driver {

static const runtime::Runtime *runtimeOf(const OutputSpec &Output) {
  llvm::StringRef Name = Output.Backend->Runtime;
  return Name.empty() ? nullptr : llvm::cantFail(runtime::find(Name));
}

RuntimeChoice runtimesFor(const Project &P, const OutputSpec *Output) {
  if (Output)
    if (const runtime::Runtime *R = runtimeOf(*Output))
      return {R};
  RuntimeChoice Implied;
  for (const OutputSpec &Each : P.Outputs)
    if (const runtime::Runtime *R = runtimeOf(Each);
        R && !llvm::is_contained(Implied, R))
      Implied.push_back(R);
  return Implied.size() == 1 ? Implied : runtime::unchosen().vec();
}

/// "Hot" of "folder/Hot.dll" and of "folder/Hot.dll.bytes".
static llvm::StringRef assemblyName(llvm::StringRef Path) {
  llvm::StringRef Name = llvm::sys::path::filename(Path);
  for (llvm::StringRef Extension : {".bytes", ".dll", ".exe"})
    Name.consume_back(Extension);
  return Name;
}

llvm::StringSet<> interpretedAssemblies(const Project &P) {
  llvm::StringSet<> Names;
  for (const std::string &Path : P.Bridges.HotUpdate) {
    if (!llvm::sys::fs::is_directory(Path)) {
      Names.insert(assemblyName(Path));
      continue;
    }
    std::error_code Failed;
    for (llvm::sys::fs::directory_iterator File(Path, Failed), End;
         !Failed && File != End; File.increment(Failed))
      Names.insert(assemblyName(File->path()));
  }
  return Names;
}

} // namespace ilbridge::driver
