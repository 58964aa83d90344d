//===- Replace.cpp - A file of the cache as a whole or not at all ---------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Replace.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::cache {

void replaceFile(llvm::StringRef Path, llvm::StringRef First,
                 llvm::StringRef Rest) {
  namespace fs = llvm::sys::fs;
  if (fs::create_directories(llvm::sys::path::parent_path(Path)))
    return;
  // By this name, pruning finds one that a run has left which was killed.
  llvm::SmallString<256> Model = llvm::sys::path::parent_path(Path);
  llvm::sys::path::append(Model, "llvmcache-temporary-%%%%%%%%");
  auto Temporary = fs::TempFile::create(Model, fs::all_read | fs::all_write);
  if (!Temporary) {
    llvm::consumeError(Temporary.takeError());
    return;
  }
  bool WasWritten;
  {
    llvm::raw_fd_ostream OS(Temporary->FD, /*shouldClose=*/false);
    OS << First << Rest;
    OS.flush();
    WasWritten = !OS.has_error();
    OS.clear_error(); // a full disk is no reason to end the program
  }
  llvm::consumeError(WasWritten ? Temporary->keep(Path) : Temporary->discard());
}

} // namespace ilbridge::cache
