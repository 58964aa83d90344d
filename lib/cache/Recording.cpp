//===- Recording.cpp - A file system that records queries -----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/cache/Recording.h"
#include "ilbridge/versions/LLVM.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

using llvm::ErrorOr;
using llvm::StringRef;
using llvm::Twine;
namespace vfs = llvm::vfs;

namespace ilbridge::cache {
namespace {

QueryResult toAnswer(const ErrorOr<vfs::Status> &S) {
  QueryResult Result;
  if (!S || !S->exists())
    return Result;
  Result.Kind = S->isRegularFile() ? FileKind::File
                : S->isDirectory() ? FileKind::Folder
                                   : FileKind::Other;
  if (Result.Kind == FileKind::File)
    Result.ID = S->getUniqueID();
  return Result;
}

/// An open file. It also records whether the file is read.
class RecordingFile : public vfs::File {
public:
  RecordingFile(std::unique_ptr<vfs::File> Behind, std::string Path,
                std::shared_ptr<Inputs> To)
      : Behind(std::move(Behind)), Path(std::move(Path)), To(std::move(To)) {}

  ErrorOr<vfs::Status> status() override { return Behind->status(); }
  ErrorOr<std::string> getName() override { return Behind->getName(); }
  ErrorOr<std::unique_ptr<llvm::MemoryBuffer>>
  getBuffer(const Twine &Name, int64_t FileSize, bool RequiresNullTerminator,
            bool IsVolatile) override {
    QueryResult Got = toAnswer(Behind->status());
    auto Buffer =
        Behind->getBuffer(Name, FileSize, RequiresNullTerminator, IsVolatile);
    if (Buffer)
      Got.Text = digest((*Buffer)->getBuffer());
    To->add(Query::Content, Path, Got);
    return Buffer;
  }
  std::error_code close() override { return Behind->close(); }

private:
  std::unique_ptr<vfs::File> Behind;
  std::string Path; ///< absolute
  std::shared_ptr<Inputs> To;
};

/// The entries of a folder that was read as a whole.
class Entries : public vfs::detail::DirIterImpl {
public:
  explicit Entries(std::vector<vfs::directory_entry> All)
      : All(std::move(All)) {
    increment();
  }
  std::error_code increment() override {
    CurrentEntry = Next == All.size() ? vfs::directory_entry() : All[Next++];
    return {};
  }

private:
  std::vector<vfs::directory_entry> All;
  size_t Next = 0;
};

class RecordingFileSystem : public vfs::ProxyFileSystem {
public:
  RecordingFileSystem(llvm::IntrusiveRefCntPtr<vfs::FileSystem> FS,
                      std::shared_ptr<Inputs> To)
      : ProxyFileSystem(std::move(FS)), To(std::move(To)) {}

  ErrorOr<vfs::Status> status(const Twine &Path) override {
    ErrorOr<vfs::Status> S = ProxyFileSystem::status(Path);
    To->add(Query::Kind, absolute(Path), toAnswer(S));
    return S;
  }

  bool exists(const Twine &Path) ILBRIDGE_OVERRIDE_SINCE_LLVM_19 {
    ErrorOr<vfs::Status> S = status(Path);
    return S && S->exists();
  }

  ErrorOr<std::unique_ptr<vfs::File>>
  openFileForRead(const Twine &Path) override {
    auto File = ProxyFileSystem::openFileForRead(Path);
    ErrorOr<vfs::Status> S =
        File ? (*File)->status() : ProxyFileSystem::status(Path);
    std::string Name = absolute(Path);
    To->add(Query::Opened, Name, toAnswer(S));
    if (!File)
      return File.getError();
    return std::make_unique<RecordingFile>(std::move(*File), std::move(Name),
                                           To);
  }

  vfs::directory_iterator dir_begin(const Twine &Folder,
                                    std::error_code &EC) override {
    std::vector<vfs::directory_entry> Found;
    std::vector<std::string> Names;
    for (vfs::directory_iterator It = ProxyFileSystem::dir_begin(Folder, EC),
                                 End;
         !EC && It != End; It.increment(EC)) {
      Found.push_back(*It);
      Names.push_back(llvm::sys::path::filename(It->path()).str());
    }
    QueryResult Got = toAnswer(ProxyFileSystem::status(Folder));
    if (!EC)
      Got.Text = digestOfNames(std::move(Names));
    To->add(Query::Content, absolute(Folder), Got);
    if (EC)
      return {};
    return vfs::directory_iterator(std::make_shared<Entries>(std::move(Found)));
  }

  std::error_code getRealPath(const Twine &Path,
                              llvm::SmallVectorImpl<char> &Output)
      ILBRIDGE_CONST_BEFORE_LLVM_19 override {
    std::error_code EC = ProxyFileSystem::getRealPath(Path, Output);
    QueryResult Got;
    if (!EC)
      Got.Text = digest(StringRef(Output.data(), Output.size()));
    To->add(Query::RealPath, absolute(Path), Got);
    return EC;
  }

private:
  std::string absolute(const Twine &Path) const {
    llvm::SmallString<256> Full;
    Path.toVector(Full);
    makeAbsolute(Full);
    return Full.str().str();
  }

  std::shared_ptr<Inputs> To;
};

} // namespace

llvm::IntrusiveRefCntPtr<vfs::FileSystem>
recording(llvm::IntrusiveRefCntPtr<vfs::FileSystem> FS,
          std::shared_ptr<Inputs> To) {
  return llvm::makeIntrusiveRefCnt<RecordingFileSystem>(std::move(FS),
                                                        std::move(To));
}

} // namespace ilbridge::cache
