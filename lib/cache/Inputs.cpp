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

std::string Inputs::key(Question Asked, StringRef Subject) {
  switch (Asked) {
  case Question::Variable:
    return ("$" + Subject).str();
  case Question::RealPath:
    return ("=" + Subject).str();
  case Question::Executable:
    return ("!" + Subject).str();
  case Question::Kind:
  case Question::Opened:
  case Question::Output:
  case Question::Content:
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

StringRef Inputs::subject(Question Asked, StringRef Key) {
  return Asked >= Question::RealPath ? Key.drop_front() : Key;
}

/// Adds \p New to \p To. \returns whether the results agree.
static bool merge(Inputs::Items &To, StringRef Key, const Inputs::Item &New) {
  auto [It, IsNew] = To.try_emplace(Key, New);
  if (IsNew)
    return true;
  Inputs::Item &Old = It->second;
  bool Fits = Old.Got.Kind == New.Got.Kind && Old.Got.ID == New.Got.ID;
  bool HadText = Old.Asked >= Question::Output;
  if (HadText && New.Asked >= Question::Output)
    Fits &= Old.Got.Text == New.Got.Text;
  // A file was opened first, and written later.
  auto [Less, More] = std::minmax(Old.Asked, New.Asked);
  bool IsBoth = Less == Question::Opened && More == Question::Output;
  Old.Asked = IsBoth ? Question::Content : More;
  if (Old.IsWritten)
    return true;
  if (!HadText)
    Old.Got = New.Got;
  return Fits;
}

void Inputs::add(Question Asked, StringRef Subject, const Answer &Got) {
  std::string Key = key(Asked, Subject);
  std::lock_guard<std::mutex> Guard(Lock);
  IsConsistent &= merge(Own, Key, {Asked, Got});
}

void Inputs::addWritten(StringRef Path, const Answer &Left) {
  std::string Key = key(Question::Content, Path);
  std::lock_guard<std::mutex> Guard(Lock);
  Item &Each = Own.try_emplace(Key, Item{Question::Output, {}}).first->second;
  if (Each.Asked == Question::Opened)
    Each.Asked = Question::Content;
  Each.Asked = std::max(Each.Asked, Question::Output);
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
    Fits &= Each.Asked != Question::Content || Each.Got.Kind != FileKind::Other;
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
    if ((Each.Asked == Question::Opened || Each.Asked == Question::Content) &&
        Each.Got.Kind == FileKind::File)
      Result.push_back(Key.str());
  llvm::sort(Result);
  return Result;
}

} // namespace ilbridge::cache
