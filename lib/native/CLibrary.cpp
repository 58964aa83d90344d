//===- CLibrary.cpp - Headers and types of the C library ------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TargetDependence.h"
#include "clang/Basic/CharInfo.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Tooling/Inclusions/StandardLibrary.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Path.h"

using namespace clang;
using llvm::StringRef;

namespace ilbridge::native {

bool isReservedName(StringRef Name) {
  return Name.starts_with("__") ||
         (Name.size() > 1 && Name[0] == '_' && isUppercase(Name[1]));
}

/// Whether C or C++ names a header, by the name that `#include` has.
static bool isOfC(StringRef Path) {
  // Clang's library of standard headers first creates tables of all names in
  // these headers, which takes as long as parsing some headers. (C23)
  static const llvm::StringSet<> C = {
      "assert.h",    "complex.h",  "ctype.h",   "errno.h",       "fenv.h",
      "float.h",     "inttypes.h", "iso646.h",  "limits.h",      "locale.h",
      "math.h",      "setjmp.h",   "signal.h",  "stdalign.h",    "stdarg.h",
      "stdatomic.h", "stdbit.h",   "stdbool.h", "stdckdint.h",   "stddef.h",
      "stdint.h",    "stdio.h",    "stdlib.h",  "stdnoreturn.h", "string.h",
      "tgmath.h",    "threads.h",  "time.h",    "uchar.h",       "wchar.h",
      "wctype.h"};
  using tooling::stdlib::Header;
  using tooling::stdlib::Lang;
  // All headers of C++ that are not headers of C have names without a dot.
  return Path.contains('.')
             ? C.contains(Path)
             : Header::named(("<" + Path + ">").str(), Lang::CXX).has_value();
}

/// Whether only POSIX names a header. (POSIX.1-2017, "Headers")
static bool isOfPosix(StringRef Path) {
  static const llvm::StringSet<> Names = {
      "aio.h",         "arpa/inet.h",   "cpio.h",     "dirent.h",
      "dlfcn.h",       "fcntl.h",       "fmtmsg.h",   "fnmatch.h",
      "ftw.h",         "glob.h",        "grp.h",      "iconv.h",
      "langinfo.h",    "libgen.h",      "monetary.h", "mqueue.h",
      "ndbm.h",        "net/if.h",      "netdb.h",    "netinet/in.h",
      "netinet/tcp.h", "nl_types.h",    "poll.h",     "pthread.h",
      "pwd.h",         "regex.h",       "sched.h",    "search.h",
      "semaphore.h",   "spawn.h",       "strings.h",  "stropts.h",
      "sys/ipc.h",     "sys/mman.h",    "sys/msg.h",  "sys/resource.h",
      "sys/select.h",  "sys/sem.h",     "sys/shm.h",  "sys/socket.h",
      "sys/stat.h",    "sys/statvfs.h", "sys/time.h", "sys/times.h",
      "sys/types.h",   "sys/uio.h",     "sys/un.h",   "sys/utsname.h",
      "sys/wait.h",    "syslog.h",      "tar.h",      "termios.h",
      "trace.h",       "ulimit.h",      "unistd.h",   "utime.h",
      "utmpx.h",       "wordexp.h"};
  return Names.contains(Path);
}

TargetDependence::Standard TargetDependence::standardOf(FileID File) {
  auto [It, IsNew] = Standards.try_emplace(File, Standard::None);
  if (!IsNew)
    return It->second;
  OptionalFileEntryRef Entry = SM.getFileEntryRefForID(File);
  if (!Entry)
    return Standard::None;
  // For most files, a name with at most one folder is sufficient, because no
  // name in the standards has more.
  namespace path = llvm::sys::path;
  StringRef Name = path::filename(Entry->getName());
  std::string InFolder =
      (path::filename(path::parent_path(Entry->getName())) + "/" + Name).str();
  if (!isOfC(Name) && !isOfPosix(Name) && !isOfPosix(InFolder))
    return Standard::None;
  std::string Included =
      U.PP.getHeaderSearchInfo().suggestPathToFileForDiagnostics(*Entry, "");
  return It->second = isOfC(Included)       ? Standard::C
                      : isOfPosix(Included) ? Standard::Posix
                                            : Standard::None;
}

/// Whether a standard header includes a file, directly or not.
bool TargetDependence::isPartOfStandardHeader(FileID File) {
  for (SourceLocation At = SM.getIncludeLoc(File); At.isValid();) {
    FileID Includer = SM.getFileID(SM.getExpansionLoc(At));
    if (standardOf(Includer) != Standard::None)
      return true;
    At = SM.getIncludeLoc(Includer);
  }
  return false;
}

/// Whether a file belongs to the C library. The standards name some of its
/// headers, which include others; the rest use the same reserved macros as the
/// headers of C.
bool TargetDependence::isOfLibrary(FileID File) {
  auto [It, IsNew] = OfLibrary.try_emplace(File, false);
  if (!IsNew)
    return It->second;
  if (standardOf(File) != Standard::None || isPartOfStandardHeader(File))
    return It->second = true;
  if (!LibraryWords) {
    LibraryWords.emplace();
    for (FileID Each : files())
      if (standardOf(Each) == Standard::C)
        LibraryWords->merge(reservedMacros(Each));
  }
  return It->second =
             llvm::any_of(reservedMacros(File), [&](const std::string &Word) {
               return LibraryWords->count(Word);
             });
}

bool TargetDependence::isOfSystem(SourceLocation Loc, StringRef Name) {
  if (Loc.isInvalid() || !SM.isInSystemHeader(Loc))
    return false;
  return isReservedName(Name) ||
         isOfLibrary(SM.getFileID(SM.getExpansionLoc(Loc)));
}

} // namespace ilbridge::native
