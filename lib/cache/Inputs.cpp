//===- Inputs.cpp - The inputs of a task ----------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/cache/Inputs.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

using llvm::StringRef;

namespace ilbridge::cache {

std::string Inputs::key(Query Asked, StringRef Subject) {
  switch (Asked) {
  case Query::Variable:
    return ("$" + Subject).str();
  case Query::RealPath:
    return ("=" + Subject).str();
  case Query::Executable:
    return ("!" + Subject).str();
  case Query::Kind:
  case Query::Opened:
  case Query::Output:
  case Query::Content:
    break;
  }
  // Most paths need no cleaning, and this check is faster than splitting them.
  if (llvm::sys::path::is_style_posix(llvm::sys::path::Style::native) &&
      !Subject.contains("/.") && !Subject.contains("//") &&
      !Subject.ends_with("/"))
    return Subject.str();
  // "x/.." must not be removed: it is a different folder if x is a link.
  llvm::SmallString<256> Path = Subject;
  llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/false);
  return Path.str().str();
}

StringRef Inputs::subject(Query Asked, StringRef Key) {
  return Asked >= Query::RealPath ? Key.drop_front() : Key;
}

/// Adds \p New to \p To. \returns whether the results agree.
static bool merge(Inputs::Items &To, StringRef Key, const Inputs::Item &New) {
  auto [It, IsNew] = To.try_emplace(Key, New);
  if (IsNew)
    return true;
  Inputs::Item &Old = It->second;
  bool Fits = Old.Got.Kind == New.Got.Kind && Old.Got.ID == New.Got.ID;
  bool HadText = Old.Asked >= Query::Output;
  if (HadText && New.Asked >= Query::Output)
    Fits &= Old.Got.Text == New.Got.Text;
  // A file was opened first, and written later.
  auto [Less, More] = std::minmax(Old.Asked, New.Asked);
  bool IsBoth = Less == Query::Opened && More == Query::Output;
  Old.Asked = IsBoth ? Query::Content : More;
  if (Old.IsWritten)
    return true;
  if (!HadText)
    Old.Got = New.Got;
  return Fits;
}

void Inputs::add(Query Asked, StringRef Subject, const QueryResult &Got) {
  std::string Key = key(Asked, Subject);
  std::lock_guard<std::mutex> Guard(Lock);
  IsConsistent &= merge(Own, Key, {Asked, Got});
}

void Inputs::addWritten(StringRef Path, const QueryResult &Left) {
  std::string Key = key(Query::Content, Path);
  std::lock_guard<std::mutex> Guard(Lock);
  Item &Each = Own.try_emplace(Key, Item{Query::Output, {}}).first->second;
  if (Each.Asked == Query::Opened)
    Each.Asked = Query::Content;
  Each.Asked = std::max(Each.Asked, Query::Output);
  Each.Got = Left;
  Each.IsWritten = true;
}

void Inputs::add(std::shared_ptr<const Inputs> Part) {
  std::lock_guard<std::mutex> Guard(Lock);
  if (HasPart.insert(Part.get()).second)
    Parts.push_back(std::move(Part));
}

void Inputs::addUnknown() {
  std::lock_guard<std::mutex> Guard(Lock);
  IsConsistent = false;
}

Inputs::Items Inputs::own() const {
  std::lock_guard<std::mutex> Guard(Lock);
  return Own;
}

std::vector<std::shared_ptr<const Inputs>> Inputs::parts() const {
  std::lock_guard<std::mutex> Guard(Lock);
  return Parts;
}

/// Adds the items of \p From to \p To, and those of its parts that are not in
/// \p Seen. \returns whether all results agree.
bool Inputs::collect(Items &To, llvm::DenseSet<const Inputs *> &Seen) const {
  std::lock_guard<std::mutex> Guard(Lock);
  bool Fits = IsConsistent;
  for (const auto &[Key, Each] : Own)
    Fits &= merge(To, Key, Each);
  for (const std::shared_ptr<const Inputs> &Part : Parts)
    if (Seen.insert(Part.get()).second)
      Fits &= Part->collect(To, Seen);
  return Fits;
}

std::optional<Inputs::Items> Inputs::all() const {
  Items Result;
  llvm::DenseSet<const Inputs *> Seen;
  bool Fits = collect(Result, Seen);
  for (const auto &[Key, Each] : Result)
    Fits &= Each.Asked != Query::Content || Each.Got.Kind != FileKind::Other;
  if (!Fits)
    return std::nullopt;
  return Result;
}

std::vector<std::string> Inputs::files() const {
  Items Found;
  llvm::DenseSet<const Inputs *> Seen;
  collect(Found, Seen);
  std::vector<std::string> Result;
  for (const auto &[Key, Each] : Found)
    if ((Each.Asked == Query::Opened || Each.Asked == Query::Content) &&
        Each.Got.Kind == FileKind::File)
      Result.push_back(Key.str());
  llvm::sort(Result);
  return Result;
}

} // namespace ilbridge::cache
