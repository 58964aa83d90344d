//===- Posix.cpp - Calls of a POSIX system --------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/system/Files.h"
#include "ilbridge/system/Process.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Alignment.h"
#include "llvm/Support/Errno.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <map>
#include <optional>
#include <spawn.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#ifdef __linux__
#include <link.h>
#include <sys/xattr.h>
#endif
#ifdef __GLIBC__
#include <malloc.h>
#endif

extern char **environ;

using llvm::StringRef;

namespace ilbridge::system {

static std::error_code lastError() {
  return std::error_code(errno, std::generic_category());
}

//===----------------------------------------------------------------------===//
// Open files
//===----------------------------------------------------------------------===//

static llvm::ErrorOr<Descriptor> openFile(StringRef Path, int Flags) {
  std::string Name = Path.str();
  int FD = llvm::sys::RetryAfterSignal(-1, ::open, Name.c_str(),
                                       Flags | O_CLOEXEC, 0666);
  if (FD == -1)
    return lastError();
  return Descriptor(FD);
}

llvm::ErrorOr<Descriptor> Descriptor::open(StringRef Path, Access How) {
  int Flags = How == Access::Read        ? O_RDONLY
              : How == Access::ReadWrite ? O_RDWR
              : How == Access::Write     ? O_WRONLY
                                         : O_WRONLY | O_CREAT;
  return openFile(Path, Flags | O_NOFOLLOW | O_NONBLOCK);
}

llvm::ErrorOr<Descriptor> Descriptor::openDevice(StringRef Path) {
  return openFile(Path, O_WRONLY | O_NOCTTY);
}

llvm::ErrorOr<Descriptor> Descriptor::openPipe(StringRef Path) {
  llvm::ErrorOr<Descriptor> FD = openFile(Path, O_WRONLY | O_NONBLOCK);
  // From now on, a full pipe is waited for.
  if (FD && fcntl(FD->get(), F_SETFL, 0) == -1)
    return lastError();
  return FD;
}

std::error_code Descriptor::close() {
  int Closing = std::exchange(FD, -1);
  // After EINTR, the descriptor is closed nevertheless.
  if (Closing == -1 || ::close(Closing) == 0 || errno == EINTR)
    return {};
  return lastError();
}

llvm::ErrorOr<Descriptor> duplicate(int FD) {
  int Copy = fcntl(FD, F_DUPFD_CLOEXEC, 0);
  if (Copy == -1)
    return lastError();
  return Descriptor(Copy);
}

std::error_code writeAll(int FD, StringRef Text) {
  // The size that every system takes in one call.
  constexpr size_t MaxSize = 1 << 30;
  while (!Text.empty()) {
    ssize_t Written = llvm::sys::RetryAfterSignal(
        -1, ::write, FD, Text.data(), std::min(Text.size(), MaxSize));
    if (Written == -1)
      return lastError();
    Text = Text.drop_front(Written);
  }
  return {};
}

std::error_code overwrite(int FD, StringRef Text) {
  if (lseek(FD, 0, SEEK_SET) == -1)
    return lastError();
  if (std::error_code EC = writeAll(FD, Text))
    return EC;
  return ftruncate(FD, Text.size()) == 0 ? std::error_code() : lastError();
}

llvm::ErrorOr<std::string> readAll(int FD) {
  std::string Text;
  char Buffer[1 << 14];
  while (true) {
    ssize_t Read = llvm::sys::RetryAfterSignal(-1, ::pread, FD, &Buffer[0],
                                               sizeof(Buffer), Text.size());
    if (Read == -1)
      return lastError();
    if (Read == 0)
      return Text;
    Text.append(Buffer, Read);
  }
}

std::error_code sync(int FD) {
  if (llvm::sys::RetryAfterSignal(-1, ::fsync, FD) == 0 || errno == EINVAL ||
      errno == ENOTSUP || errno == ENOSYS)
    return {};
  return lastError();
}

std::error_code syncFolder(StringRef Folder) {
  auto FD = openFile(Folder.empty() ? "." : Folder, O_RDONLY | O_DIRECTORY);
  return FD ? sync(FD->get()) : FD.getError();
}

std::error_code lock(int FD, bool IsShared) {
  using namespace std::chrono;
  auto End = steady_clock::now() + LockTimeout;
  while (llvm::sys::RetryAfterSignal(
             -1, ::flock, FD, (IsShared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK)
      return {};
    if (steady_clock::now() > End)
      return std::make_error_code(std::errc::timed_out);
    std::this_thread::sleep_for(milliseconds(2));
  }
  return {};
}

bool tryLock(int FD) {
  return llvm::sys::RetryAfterSignal(-1, ::flock, FD, LOCK_EX | LOCK_NB) == 0;
}

std::error_code setCurrentTime(int FD) {
  return futimens(FD, nullptr) == 0 ? std::error_code() : lastError();
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

#ifdef __linux__

using Extended = std::map<std::string, std::string>;

/// The extended attributes by name; nullopt if they cannot be read.
static std::optional<Extended> extendedAttributes(int FD) {
  // Linux allows no longer lists and values: XATTR_LIST_MAX, XATTR_SIZE_MAX.
  static constexpr size_t MaxSize = 1 << 16;
  std::string Names(MaxSize, '\0');
  ssize_t Size = flistxattr(FD, Names.data(), MaxSize);
  Extended Result;
  if (Size == -1) {
    if (errno == ENOTSUP || errno == ENOSYS)
      return Result;
    return std::nullopt;
  }
  Names.resize(Size);
  for (StringRef Rest = Names, Name; !Rest.empty();) {
    std::tie(Name, Rest) = Rest.split('\0');
    std::string Key = Name.str(), Value(MaxSize, '\0');
    Size = fgetxattr(FD, Key.c_str(), Value.data(), MaxSize);
    if (Size == -1)
      return std::nullopt;
    Value.resize(Size);
    Result[std::move(Key)] = std::move(Value);
  }
  return Result;
}

static bool copyExtended(int From, int To) {
  std::optional<Extended> Wanted = extendedAttributes(From);
  std::optional<Extended> There = extendedAttributes(To);
  if (!Wanted || !There)
    return false;
  // A folder can give attributes to every new file in it.
  for (const auto &[Name, Value] : *There)
    if (!Wanted->count(Name) && fremovexattr(To, Name.c_str()) != 0)
      return false;
  for (const auto &[Name, Value] : *Wanted) {
    auto Found = There->find(Name);
    if (Found != There->end() && Found->second == Value)
      continue;
    if (fsetxattr(To, Name.c_str(), Value.data(), Value.size(), 0) != 0)
      return false;
  }
  return true;
}

#else
static bool copyExtended(int, int) { return true; }
#endif

bool copyAttributes(int From, int To) {
  struct stat Wanted, There;
  if (fstat(From, &Wanted) != 0 || fstat(To, &There) != 0)
    return false;
  bool SameOwner =
      Wanted.st_uid == There.st_uid && Wanted.st_gid == There.st_gid;
  if (!SameOwner && fchown(To, Wanted.st_uid, Wanted.st_gid) != 0)
    return false;
  // A change of the owner takes bits of the mode away, so the mode comes last.
  return copyExtended(From, To) && fchmod(To, Wanted.st_mode & 07777) == 0;
}

//===----------------------------------------------------------------------===//
// Names of files
//===----------------------------------------------------------------------===//

static int64_t nanoseconds(const timespec &Time) {
  return int64_t(Time.tv_sec) * 1'000'000'000 + Time.tv_nsec;
}

static Status::Kind kindOf(const struct stat &S) {
  switch (S.st_mode & S_IFMT) {
  case S_IFREG:
    return Status::File;
  case S_IFDIR:
    return Status::Folder;
  case S_IFLNK:
    return Status::Link;
  case S_IFIFO:
    return Status::Pipe;
  default:
    return Status::Device;
  }
}

/// The status that a call has written into \p S, if it has succeeded.
static llvm::ErrorOr<Status> statusFrom(int Result, const struct stat &S) {
  if (Result != 0)
    return lastError();
  Status Found;
  Found.TheKind = kindOf(S);
  Found.ID = llvm::sys::fs::UniqueID(S.st_dev, S.st_ino);
  Found.Size = S.st_size;
  Found.Links = S.st_nlink;
#if defined(__APPLE__)
  Found.Modified = nanoseconds(S.st_mtimespec);
  Found.Changed = nanoseconds(S.st_ctimespec);
#else
  Found.Modified = nanoseconds(S.st_mtim);
  Found.Changed = nanoseconds(S.st_ctim);
#endif
  return Found;
}

llvm::ErrorOr<Status> status(int FD) {
  struct stat S = {};
  int Result = fstat(FD, &S);
  return statusFrom(Result, S);
}

llvm::ErrorOr<Status> status(StringRef Path) {
  struct stat S = {};
  int Result = stat(Path.str().c_str(), &S);
  return statusFrom(Result, S);
}

llvm::ErrorOr<Status> statusOfName(StringRef Path) {
  struct stat S = {};
  int Result = lstat(Path.str().c_str(), &S);
  return statusFrom(Result, S);
}

bool isNamed(int FD, StringRef Path) {
  llvm::ErrorOr<Status> Opened = status(FD), Named = statusOfName(Path);
  return Opened && Named && Opened->ID == Named->ID;
}

llvm::ErrorOr<std::string> readLink(StringRef Path) {
  char Target[PATH_MAX];
  ssize_t Size = readlink(Path.str().c_str(), Target, sizeof(Target));
  if (Size == -1)
    return lastError();
  return std::string(Target, Size);
}

std::error_code rename(StringRef From, StringRef To) {
  // Unlike llvm::sys::fs::TempFile::keep(), which copies where this fails.
  return ::rename(From.str().c_str(), To.str().c_str()) == 0 ? std::error_code()
                                                             : lastError();
}

std::error_code remove(StringRef Path) {
  return ::unlink(Path.str().c_str()) == 0 ? std::error_code() : lastError();
}

std::string absolute(StringRef Path, StringRef Folder) {
  llvm::SmallString<256> Full = Path;
  llvm::sys::fs::make_absolute(Folder, Full);
  llvm::sys::path::remove_dots(Full, /*remove_dot_dot=*/true);
  return Full.str().str();
}

StringRef emptyFile() { return "/dev/null"; }

StringRef rootFolder() { return "/"; }

//===----------------------------------------------------------------------===//
// Processes
//===----------------------------------------------------------------------===//

void keepStandardOutputClosed() {
  if (fcntl(STDOUT_FILENO, F_GETFD) != -1)
    return;
  int Null = open("/dev/null", O_RDONLY);
  if (Null == -1 || Null == STDOUT_FILENO)
    return;
  dup2(Null, STDOUT_FILENO);
  close(Null);
}

void returnWriteErrors() {
  for (int Signal : {SIGPIPE, SIGXFSZ}) {
    struct sigaction Action = {};
    Action.sa_handler = [](int) {};
    Action.sa_flags = SA_RESTART;
    sigaction(Signal, &Action, nullptr);
  }
}

void keepLineEnds() {}

void useLargePages() {
#if defined(__GLIBC__) && defined(MADV_HUGEPAGE)
  constexpr uintptr_t Page = 2 << 20, Growth = 8 * Page;
  // Makes the heap grow by this much. glibc then no longer adjusts the size of
  // the blocks that it takes from the system separately.
  if (!mallopt(M_TOP_PAD, Growth) || !mallopt(M_MMAP_THRESHOLD, 2 * Page))
    return;
  const auto Begin = reinterpret_cast<uintptr_t>(sbrk(0));
  void *volatile Block = std::malloc(Page); // volatile: not optimised away
  std::free(Block);
  const auto End = reinterpret_cast<uintptr_t>(sbrk(0));
  const uintptr_t First = llvm::alignTo(Begin, Page);
  if (First < End)
    madvise(reinterpret_cast<void *>(First), End - First, MADV_HUGEPAGE);
#endif
}

llvm::cl::TokenizerCallback argumentSplitter() {
  return llvm::cl::TokenizeGNUCommandLine;
}

#ifdef __linux__
/// The build ID that the linker has put into a note of the program (ELF gABI,
/// "Note Section"): a digest of everything in it.
static int findBuildID(dl_phdr_info *Info, size_t, void *Out) {
  for (unsigned I = 0; I != Info->dlpi_phnum; ++I) {
    const ElfW(Phdr) &Segment = Info->dlpi_phdr[I];
    if (Segment.p_type != PT_NOTE)
      continue;
    auto *At =
        reinterpret_cast<const char *>(Info->dlpi_addr + Segment.p_vaddr);
    const char *End = At + Segment.p_memsz;
    while (At + sizeof(ElfW(Nhdr)) <= End) {
      auto *Note = reinterpret_cast<const ElfW(Nhdr) *>(At);
      const char *Name = At + sizeof(*Note);
      const char *Description = Name + llvm::alignTo(Note->n_namesz, 4);
      if (Note->n_type == NT_GNU_BUILD_ID &&
          StringRef(Name, Note->n_namesz) == StringRef("GNU\0", 4)) {
        *static_cast<std::string *>(Out) =
            llvm::toHex(StringRef(Description, Note->n_descsz));
        return 1;
      }
      At = Description + llvm::alignTo(Note->n_descsz, 4);
    }
  }
  return 1; // the program comes first, its libraries do not matter
}
#endif

std::string programIdentity() {
  std::string Identity;
#ifdef __linux__
  dl_iterate_phdr(findBuildID, &Identity);
#else
  // The address of any function of the program leads to its file.
  if (llvm::ErrorOr<Status> S = status(llvm::sys::fs::getMainExecutable(
          nullptr, reinterpret_cast<void *>(&programIdentity))))
    Identity = llvm::utostr(S->Size) + " " + llvm::itostr(S->Modified);
#endif
  return Identity;
}

std::vector<std::string> environment() {
  std::vector<std::string> Result;
  for (char **Each = environ; *Each; ++Each)
    Result.push_back(*Each);
  return Result;
}

static std::vector<char *> pointers(llvm::ArrayRef<std::string> Strings) {
  std::vector<char *> Result;
  for (const std::string &Each : Strings)
    Result.push_back(const_cast<char *>(Each.c_str()));
  Result.push_back(nullptr);
  return Result;
}

// LLVM 17 and 18 start no process in a session of its own.
llvm::Expected<llvm::sys::ProcessInfo>
start(StringRef Program, llvm::ArrayRef<std::string> Args,
      llvm::ArrayRef<std::string> Environment, StringRef Errors) {
  posix_spawn_file_actions_t Files;
  posix_spawn_file_actions_init(&Files);
  posix_spawn_file_actions_addopen(&Files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&Files, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&Files, 2, Errors.str().c_str(), O_WRONLY,
                                   0);
  posix_spawnattr_t Attributes;
  posix_spawnattr_init(&Attributes);
  posix_spawnattr_setflags(&Attributes, POSIX_SPAWN_SETSID);
  llvm::sys::ProcessInfo Result;
  int Failure =
      posix_spawn(&Result.Pid, Program.str().c_str(), &Files, &Attributes,
                  pointers(Args).data(), pointers(Environment).data());
  posix_spawnattr_destroy(&Attributes);
  posix_spawn_file_actions_destroy(&Files);
  if (Failure)
    return llvm::errorCodeToError(
        std::error_code(Failure, std::generic_category()));
  Result.Process = Result.Pid;
  return Result;
}

void kill(const llvm::sys::ProcessInfo &Process) {
  ::kill(-Process.Pid, SIGKILL);
}

} // namespace ilbridge::system
