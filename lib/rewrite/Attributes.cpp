//===- Attributes.cpp - Attributes of files -------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Attributes.h"
#include "llvm/ADT/StringRef.h"
#include <cerrno>
#include <map>
#include <optional>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/xattr.h>
#endif

namespace ilbridge::rewrite {

#ifdef __linux__

using Extended = std::map<std::string, std::string>;

/// Returns the extended attributes by name; nullopt if they cannot be read.
static std::optional<Extended> extendedAttributes(int FD) {
  // The maximum size of lists and values on Linux: XATTR_LIST_MAX,
  // XATTR_SIZE_MAX.
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
  for (llvm::StringRef Rest = Names, Name; !Rest.empty();) {
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
  // A folder can define attributes for every new file in it.
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
  // Changing the owner clears bits of the mode, so the mode is set last.
  return copyExtended(From, To) && fchmod(To, Wanted.st_mode & 07777) == 0;
}

} // namespace ilbridge::rewrite
