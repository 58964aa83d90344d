//===- Configuration.cpp - Untrusted configurations -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Any text is rejected at a location in the text, or results in a project.
//
//===----------------------------------------------------------------------===//

#include "Targets.h"
#include "ilbridge/driver/Project.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <cstdlib>

using namespace ilbridge;

/// Returns the folder that an output can name as its package of HybridCLR.
static llvm::IntrusiveRefCntPtr<llvm::vfs::InMemoryFileSystem> package() {
  auto Files = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  Files->addFile("/project/package/package.json", 0,
                 llvm::MemoryBuffer::getMemBuffer(
                     R"({"name": "com.code-philosophy.hybridclr", )"
                     R"("version": "7.2.0"})"));
  return Files;
}

void fuzz::configuration(llvm::StringRef Input) {
  static const auto Package = package();
  auto Own = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  Own->addFile("/project/ilbridge.yaml", 0,
               llvm::MemoryBuffer::getMemBuffer(Input, "", false));
  auto Files = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(Package);
  Files->pushOverlay(std::move(Own));
  driver::Project P;
  P.Files = Files;
  std::string File = driver::findConfiguration("/project/package", *Files);
  if (File != "/project/ilbridge.yaml")
    std::abort();
  llvm::consumeError(driver::readConfiguration(File, P));
}
