//===- Neighbours.cpp - A folder with an input and others -----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Neighbours.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using llvm::StringRef;
using llvm::vfs::InMemoryFileSystem;

namespace ilbridge::fuzz {

static constexpr StringRef Folder("/folder");

/// The text of C# sources for inputs whose imports are in a class with this
/// name.
static constexpr llvm::StringLiteral Source =
    "public static partial class N {\n"
    "  [DllImport(\"g\")] static extern int A(int a);\n"
    "  [DllImport(\"g\")] static extern int A(string a);\n"
    "}\n";

/// Files that have the name of an assembly, or of one with a fingerprint, and
/// are no assembly: a text, a truncated WebAssembly module, and one without
/// metadata.
static constexpr std::pair<llvm::StringLiteral, llvm::StringLiteral> Others[] =
    {{"Broken.dll", "text"},
     {"Broken.netmodule", ""},
     {"Possible.0123abcd.wasm",
      llvm::StringLiteral::withInnerNUL("\0asm\1\0\0\0\x0B\x7F")},
     {"Native.0123abcd.wasm",
      llvm::StringLiteral::withInnerNUL("\0asm\1\0\0\0")}};

/// Returns these files, and those that are built with the program; the latter
/// are none without the compilers of Mono.
static llvm::IntrusiveRefCntPtr<InMemoryFileSystem> readNeighbours() {
  auto Files = llvm::makeIntrusiveRefCnt<InMemoryFileSystem>();
  for (const char *Name : {"sources/N.cs", "sources/inner/Part.cs",
                           "sources/obj/Part.cs", "Root.cs"})
    Files->addFile(Folder + "/" + Name, 0,
                   llvm::MemoryBuffer::getMemBuffer(Source));
  for (auto [Name, Content] : Others)
    Files->addFile(Folder + "/" + Name, 0,
                   llvm::MemoryBuffer::getMemBuffer(Content, "", false));
#ifdef FUZZ_NEIGHBOURS
  auto Disk = llvm::vfs::getRealFileSystem();
  std::error_code EC;
  unsigned Count = 0;
  for (llvm::vfs::directory_iterator I = Disk->dir_begin(FUZZ_NEIGHBOURS, EC),
                                     End;
       !EC && I != End; I.increment(EC))
    if (auto Buffer = Disk->getBufferForFile(I->path()))
      Count +=
          Files->addFile(Folder + "/" + llvm::sys::path::filename(I->path()), 0,
                         std::move(*Buffer));
  if (EC || Count == 0)
    std::abort();
#endif
  return Files;
}

llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
withNeighbours(StringRef Input) {
  static const auto Neighbours = readNeighbours();
  auto Own = llvm::makeIntrusiveRefCnt<InMemoryFileSystem>();
  for (StringRef Name : {"Input.dll", "Self.dll", "Self.0123abcd.wasm"})
    Own->addFile(Folder + "/" + Name, 0,
                 llvm::MemoryBuffer::getMemBuffer(Input, "", false));
  auto Both =
      llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(Neighbours);
  Both->pushOverlay(std::move(Own));
  return Both;
}

} // namespace ilbridge::fuzz
