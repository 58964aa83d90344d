//===- CompilerAnswer.cpp - What a compiler prints about itself -----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CompilerAnswer.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

using llvm::StringRef;

namespace ilbridge::command {

/// GCC prints its default flags together with those of the command. Only flags
/// that change how values are passed are used; for x86, there are none.
static void addDefaultFlags(StringRef Options, CompilerAnswer &A) {
  bool IsX86 = llvm::any_of(
      llvm::ArrayRef<StringRef>{"x86_64", "i386", "i486", "i586", "i686"},
      [&](StringRef Arch) { return StringRef(A.Triple).starts_with(Arch); });
  if (IsX86)
    return;
  for (StringRef Word : llvm::split(Options, ' ')) {
    if (!Word.consume_front("'") || !Word.consume_back("'"))
      continue;
    if (Word.starts_with("-march=") || Word.starts_with("-mabi=") ||
        Word.starts_with("-mfloat-abi="))
      A.Flags.push_back(Word.str());
  }
}

std::optional<CompilerAnswer> parseAnswer(StringRef Printed) {
  CompilerAnswer A;
  bool HasOptions = false;
  enum { Before, In, Behind } Where = Before;
  for (StringRef Line : llvm::split(Printed, '\n')) {
    Line.consume_back("\r");
    if (Where == In) {
      if (Line == "End of search list.") {
        Where = Behind;
        continue;
      }
      StringRef Path = Line.trim();
      bool IsFramework = Path.consume_back(" (framework directory)");
      if (llvm::sys::path::is_absolute(Path))
        A.Folders.push_back({Path.str(), IsFramework});
    } else if (Line == "#include <...> search starts here:") {
      Where = In;
    } else if (StringRef Rest = Line;
               A.Triple.empty() && Rest.consume_front("Target: ")) {
      A.Triple = Rest.trim().str();
    } else if (!HasOptions && Rest.consume_front("COLLECT_GCC_OPTIONS=")) {
      HasOptions = true;
      addDefaultFlags(Rest, A);
    } else if (Rest.consume_front("ignoring nonexistent directory \"") &&
               Rest.consume_back("\"")) {
      A.Missing.push_back(Rest.str());
    }
  }
  if (Where != Behind)
    return std::nullopt;
  return A;
}

// Each line consists of a letter, a space and the text.
constexpr char TripleMark = 't', FlagMark = 'f', FolderMark = 's',
               FrameworkMark = 'F', MissingMark = 'm';

std::string text(const CompilerAnswer &A) {
  std::string Result;
  auto Add = [&](char Mark, StringRef Text) {
    if (!Text.contains('\n'))
      Result += (llvm::Twine(Mark) + " " + Text + "\n").str();
  };
  Add(TripleMark, A.Triple);
  for (const std::string &Flag : A.Flags)
    Add(FlagMark, Flag);
  for (const CompilerAnswer::Folder &F : A.Folders)
    Add(F.IsFramework ? FrameworkMark : FolderMark, F.Path);
  for (const std::string &Path : A.Missing)
    Add(MissingMark, Path);
  return Result;
}

std::optional<CompilerAnswer> readAnswer(StringRef Text) {
  CompilerAnswer A;
  if (!Text.consume_back("\n"))
    return std::nullopt;
  for (StringRef Line : llvm::split(Text, '\n')) {
    if (Line.size() < 2 || Line[1] != ' ')
      return std::nullopt;
    std::string Rest = Line.drop_front(2).str();
    switch (Line.front()) {
    case TripleMark:
      A.Triple = std::move(Rest);
      break;
    case FlagMark:
      A.Flags.push_back(std::move(Rest));
      break;
    case FolderMark:
    case FrameworkMark:
      A.Folders.push_back({std::move(Rest), Line.front() == FrameworkMark});
      break;
    case MissingMark:
      A.Missing.push_back(std::move(Rest));
      break;
    default:
      return std::nullopt;
    }
  }
  return A;
}

} // namespace ilbridge::command
