//===- Windows.cpp - Calls of Windows -------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/system/Files.h"
#include "ilbridge/system/Process.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Errc.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Windows/WindowsSupport.h"
#include "llvm/Support/WindowsError.h"
#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <io.h>
#include <thread>

using llvm::StringRef;

namespace ilbridge::system {

static std::error_code lastError() {
  return llvm::mapWindowsError(GetLastError());
}

static std::error_code lastErrno() {
  return std::error_code(errno, std::generic_category());
}

static HANDLE handleOf(int FD) {
  return reinterpret_cast<HANDLE>(_get_osfhandle(FD));
}

/// \p Path as Windows takes it: with a prefix if it is long.
static llvm::ErrorOr<std::wstring> wide(StringRef Path) {
  llvm::SmallVector<wchar_t, 256> Text;
  if (std::error_code EC = llvm::sys::windows::widenPath(Path, Text))
    return EC;
  return std::wstring(Text.begin(), Text.end());
}

//===----------------------------------------------------------------------===//
// Open files
//===----------------------------------------------------------------------===//

static llvm::ErrorOr<Descriptor> openFile(StringRef Path, DWORD Wanted,
                                          DWORD Disposition, int Flags) {
  auto Name = wide(Path);
  if (!Name)
    return Name.getError();
  // As on other systems, an open file can be renamed and removed.
  HANDLE H = CreateFileW(Name->c_str(), Wanted,
                         FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                         nullptr, Disposition,
                         FILE_ATTRIBUTE_NORMAL | FILE_FLAG_OPEN_REPARSE_POINT,
                         nullptr);
  if (H == INVALID_HANDLE_VALUE)
    return lastError();
  int FD = _open_osfhandle(reinterpret_cast<intptr_t>(H),
                           Flags | _O_BINARY | _O_NOINHERIT);
  if (FD == -1) {
    CloseHandle(H);
    return lastErrno();
  }
  return Descriptor(FD);
}

llvm::ErrorOr<Descriptor> Descriptor::open(StringRef Path, Access How) {
  switch (How) {
  case Access::Read:
    return openFile(Path, GENERIC_READ, OPEN_EXISTING, _O_RDONLY);
  case Access::Write:
    return openFile(Path, GENERIC_WRITE, OPEN_EXISTING, _O_WRONLY);
  case Access::ReadWrite:
    return openFile(Path, GENERIC_READ | GENERIC_WRITE, OPEN_EXISTING, _O_RDWR);
  case Access::Create:
    break;
  }
  return openFile(Path, GENERIC_WRITE, OPEN_ALWAYS, _O_WRONLY);
}

llvm::ErrorOr<Descriptor> Descriptor::openDevice(StringRef Path) {
  return openFile(Path, GENERIC_WRITE, OPEN_EXISTING, _O_WRONLY);
}

llvm::ErrorOr<Descriptor> Descriptor::openPipe(StringRef Path) {
  return openDevice(Path);
}

std::error_code Descriptor::close() {
  int Closing = std::exchange(FD, -1);
  return Closing == -1 || _close(Closing) == 0 ? std::error_code()
                                               : lastErrno();
}

llvm::ErrorOr<Descriptor> duplicate(int FD) {
  int Copy = _dup(FD);
  if (Copy == -1)
    return lastErrno();
  SetHandleInformation(handleOf(Copy), HANDLE_FLAG_INHERIT, 0);
  return Descriptor(Copy);
}

std::error_code writeAll(int FD, StringRef Text) {
  constexpr size_t MaxSize = 1 << 30; // _write takes an unsigned
  while (!Text.empty()) {
    int Written = _write(FD, Text.data(),
                         static_cast<unsigned>(std::min(Text.size(), MaxSize)));
    if (Written == -1)
      return lastErrno();
    Text = Text.drop_front(Written);
  }
  return {};
}

std::error_code overwrite(int FD, StringRef Text) {
  if (_lseeki64(FD, 0, SEEK_SET) == -1)
    return lastErrno();
  if (std::error_code EC = writeAll(FD, Text))
    return EC;
  int Error = _chsize_s(FD, Text.size());
  return std::error_code(Error, std::generic_category());
}

llvm::ErrorOr<std::string> readAll(int FD) {
  std::string Text;
  char Buffer[1 << 14];
  if (_lseeki64(FD, 0, SEEK_SET) == -1)
    return lastErrno();
  while (true) {
    int Read = _read(FD, &Buffer[0], sizeof(Buffer));
    if (Read == -1)
      return lastErrno();
    if (Read == 0)
      return Text;
    Text.append(Buffer, Read);
  }
}

std::error_code sync(int FD) {
  if (FlushFileBuffers(handleOf(FD)))
    return {};
  DWORD Error = GetLastError();
  // A descriptor that is only read, and what is no file.
  return Error == ERROR_ACCESS_DENIED || Error == ERROR_INVALID_HANDLE ||
                 Error == ERROR_INVALID_FUNCTION
             ? std::error_code()
             : llvm::mapWindowsError(Error);
}

/// NTFS keeps its names in a journal.
std::error_code syncFolder(StringRef) { return {}; }

/// A lock of Windows denies others the bytes that are locked. Nobody reads the
/// one that stands for the whole file here, behind every content.
static bool lockNow(int FD, DWORD Flags) {
  OVERLAPPED Where = {};
  Where.OffsetHigh = 0x7fffffff;
  return LockFileEx(handleOf(FD), Flags | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0,
                    &Where);
}

std::error_code lock(int FD, bool IsShared) {
  using namespace std::chrono;
  auto End = steady_clock::now() + LockTimeout;
  while (!lockNow(FD, IsShared ? 0 : LOCKFILE_EXCLUSIVE_LOCK)) {
    DWORD Error = GetLastError();
    if (Error != ERROR_LOCK_VIOLATION && Error != ERROR_IO_PENDING)
      return {};
    if (steady_clock::now() > End)
      return std::make_error_code(std::errc::timed_out);
    std::this_thread::sleep_for(milliseconds(2));
  }
  return {};
}

bool tryLock(int FD) { return lockNow(FD, LOCKFILE_EXCLUSIVE_LOCK); }

std::error_code setCurrentTime(int FD) {
  FILETIME Now;
  GetSystemTimeAsFileTime(&Now);
  return SetFileTime(handleOf(FD), nullptr, nullptr, &Now) ? std::error_code()
                                                           : lastError();
}

/// A file that replaces another one has the access control list that its folder
/// gives to new files, as with every program of Windows that saves a file so.
bool copyAttributes(int, int) { return true; }

//===----------------------------------------------------------------------===//
// Names of files
//===----------------------------------------------------------------------===//

/// Nanoseconds since 1970 of a number of 100 nanoseconds since 1601.
static int64_t nanoseconds(LARGE_INTEGER Time) {
  constexpr int64_t Between = 116'444'736'000'000'000;
  return (Time.QuadPart - Between) * 100;
}

static llvm::ErrorOr<Status> statusOf(HANDLE H) {
  Status S;
  switch (GetFileType(H)) {
  case FILE_TYPE_DISK:
    break;
  case FILE_TYPE_PIPE:
    S.TheKind = Status::Pipe;
    return S;
  default:
    S.TheKind = Status::Device;
    return S;
  }
  BY_HANDLE_FILE_INFORMATION Info;
  FILE_ATTRIBUTE_TAG_INFO Tag = {};
  FILE_BASIC_INFO Times;
  if (!GetFileInformationByHandle(H, &Info) ||
      !GetFileInformationByHandleEx(H, FileBasicInfo, &Times, sizeof(Times)))
    return lastError();
  // Other reparse points are no names of other files: files that are compressed
  // or stored by a service.
  bool IsLink = Info.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT &&
                GetFileInformationByHandleEx(H, FileAttributeTagInfo, &Tag,
                                             sizeof(Tag)) &&
                IsReparseTagNameSurrogate(Tag.ReparseTag);
  S.TheKind = IsLink ? Status::Link
              : Info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY
                  ? Status::Folder
                  : Status::File;
  S.ID = llvm::sys::fs::UniqueID(Info.dwVolumeSerialNumber,
                                 (uint64_t(Info.nFileIndexHigh) << 32) |
                                     Info.nFileIndexLow);
  S.Size = (uint64_t(Info.nFileSizeHigh) << 32) | Info.nFileSizeLow;
  S.Links = Info.nNumberOfLinks;
  S.Modified = nanoseconds(Times.LastWriteTime);
  S.Changed = nanoseconds(Times.ChangeTime);
  return S;
}

static llvm::ErrorOr<Status> statusOf(StringRef Path, DWORD Flags) {
  auto Name = wide(Path);
  if (!Name)
    return Name.getError();
  HANDLE H = CreateFileW(
      Name->c_str(), 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
      nullptr, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS | Flags, nullptr);
  if (H == INVALID_HANDLE_VALUE)
    return lastError();
  llvm::ErrorOr<Status> Result = statusOf(H);
  CloseHandle(H);
  return Result;
}

llvm::ErrorOr<Status> status(int FD) { return statusOf(handleOf(FD)); }

llvm::ErrorOr<Status> status(StringRef Path) { return statusOf(Path, 0); }

llvm::ErrorOr<Status> statusOfName(StringRef Path) {
  return statusOf(Path, FILE_FLAG_OPEN_REPARSE_POINT);
}

bool isNamed(int FD, StringRef Path) {
  llvm::ErrorOr<Status> Opened = status(FD), Named = statusOfName(Path);
  return Opened && Named && Opened->ID == Named->ID;
}

llvm::ErrorOr<std::string> readLink(StringRef Path) {
  llvm::SmallString<256> Real;
  if (std::error_code EC = llvm::sys::fs::real_path(Path, Real))
    return EC;
  return Real.str().str();
}

std::error_code rename(StringRef From, StringRef To) {
  return llvm::sys::fs::rename(From, To);
}

std::error_code remove(StringRef Path) {
  auto Name = wide(Path);
  if (!Name)
    return Name.getError();
  return DeleteFileW(Name->c_str()) ? std::error_code() : lastError();
}

std::string absolute(StringRef Path, StringRef Folder) {
  // The prefix of long names, which wide() adds where Windows needs it.
  llvm::SmallString<256> Full;
  if (Path.consume_front("\\\\?\\UNC\\"))
    Full = "//";
  else
    Path.consume_front("\\\\?\\");
  Full += Path;
  llvm::sys::fs::make_absolute(Folder, Full);
  llvm::sys::path::remove_dots(Full, /*remove_dot_dot=*/true);
  // Shells and editors write the letter of one drive in both cases.
  if (Full.size() > 1 && Full[1] == ':')
    Full[0] = llvm::toUpper(Full[0]);
  return llvm::sys::path::convert_to_slash(Full);
}

StringRef emptyFile() { return "NUL"; }

StringRef rootFolder() { return "C:\\"; }

//===----------------------------------------------------------------------===//
// Processes
//===----------------------------------------------------------------------===//

/// Windows opens nothing in the place of a closed stream.
void keepStandardOutputClosed() {}

/// A write to a closed pipe returns an error.
void returnWriteErrors() {}

void keepLineEnds() { _setmode(2, _O_BINARY); }

void useLargePages() {}

llvm::cl::TokenizerCallback argumentSplitter() {
  return llvm::cl::TokenizeWindowsCommandLine;
}

std::string programIdentity() {
  // The address of any function of the program leads to its file.
  llvm::ErrorOr<Status> S = status(llvm::sys::fs::getMainExecutable(
      nullptr, reinterpret_cast<void *>(&programIdentity)));
  return S ? llvm::utostr(S->Size) + " " + llvm::itostr(S->Modified)
           : std::string();
}

std::vector<std::string> environment() {
  std::vector<std::string> Result;
  wchar_t *All = GetEnvironmentStringsW();
  for (wchar_t *Each = All; Each && *Each; Each += wcslen(Each) + 1) {
    std::string Text;
    if (llvm::convertWideToUTF8(Each, Text))
      Result.push_back(std::move(Text));
  }
  if (All)
    FreeEnvironmentStringsW(All);
  return Result;
}

llvm::Expected<llvm::sys::ProcessInfo>
start(StringRef Program, llvm::ArrayRef<std::string> Args,
      llvm::ArrayRef<std::string> Environment, StringRef Errors) {
  std::vector<StringRef> Line(Args.begin(), Args.end());
  std::vector<StringRef> Variables(Environment.begin(), Environment.end());
  std::optional<StringRef> Redirects[] = {StringRef(), StringRef(), Errors};
  std::string Why;
  bool HasFailed = false;
  llvm::sys::ProcessInfo Result = llvm::sys::ExecuteNoWait(
      Program, Line, llvm::ArrayRef(Variables), Redirects, /*MemoryLimit=*/0,
      &Why, &HasFailed, /*AffinityMask=*/nullptr, /*DetachProcess=*/true);
  if (HasFailed)
    return llvm::createStringError(Why);
  return Result;
}

void kill(const llvm::sys::ProcessInfo &Process) {
  TerminateProcess(Process.Process, 1);
}

} // namespace ilbridge::system
