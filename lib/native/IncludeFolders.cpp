//===- IncludeFolders.cpp - Include paths of translation units ------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IncludeFolders.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace ilbridge::native {

/// `# 1 "game.h" 1 3`
static bool isMarker(llvm::StringRef Line, unsigned &Number,
                     llvm::StringRef &File, llvm::StringRef &Flags) {
  if (!Line.consume_front("# ") || Line.consumeInteger(10, Number) ||
      !Line.consume_front(" \""))
    return false;
  std::tie(File, Flags) = Line.rsplit('"');
  return true;
}

MainFile mainFile(const ParsedUnit &U) {
  const SourceManager &SM = U.Context.getSourceManager();
  llvm::StringRef Text = SM.getBufferData(SM.getMainFileID());
  unsigned Number;
  llvm::StringRef File, Flags;
  if (!isMarker(Text.split('\n').first, Number, File, Flags))
    return MainFile::Source;
  return File == "<built-in>" ? MainFile::Rewritten : MainFile::Preprocessed;
}

void IncludeFolders::add(llvm::StringRef File, llvm::StringRef Directive,
                         llvm::StringRef Includer, bool IsOfSystem) {
  bool Angled = Directive.starts_with("<");
  if (!Angled && !Directive.starts_with("\""))
    return; // a macro
  llvm::StringRef Name = Directive.drop_front().take_until(
      [&](char C) { return C == (Angled ? '>' : '"'); });
  llvm::StringRef Folder = File;
  if (!Folder.consume_back(Name) || !Folder.consume_back("/"))
    return;
  llvm::StringRef Own = llvm::sys::path::parent_path(Includer);
  if (!Angled && Folder == (Own.empty() ? "." : Own))
    return;
  auto [It, IsNew] = IsSystem.try_emplace(Folder, IsOfSystem);
  It->second &= IsOfSystem;
}

void IncludeFolders::collect(SourceManager &SM) {
  for (unsigned I = 0, N = SM.local_sloc_entry_size(); I != N; ++I) {
    const SrcMgr::SLocEntry &Entry = SM.getLocalSLocEntry(I);
    if (!Entry.isFile())
      continue;
    const SrcMgr::FileInfo &Info = Entry.getFile();
    SourceLocation At = Info.getIncludeLoc();
    OptionalFileEntryRef File = Info.getContentCache().OrigEntry;
    if (!File || At.isInvalid() || At.isMacroID())
      continue;
    OptionalFileEntryRef Includer = SM.getFileEntryRefForID(SM.getFileID(At));
    if (Includer)
      add(File->getName(), SM.getCharacterData(At), Includer->getName(),
          Info.getFileCharacteristic() != SrcMgr::C_User);
  }
}

/// #if defined(__CLANG_REWRITTEN_INCLUDES) /* game.h expanded by … */
/// #include <game.h>
/// #else /* game.h expanded by -frewrite-includes */
/// # 1 "game.cpp"
/// # 1 "include/game.h" 1
void visitMarkers(llvm::StringRef Text,
                  llvm::function_ref<void(const LineMarker &)> Visit) {
  llvm::StringRef Directive;
  bool IsBehindIf = false;
  for (llvm::StringRef Line, Rest = Text; !Rest.empty();) {
    std::tie(Line, Rest) = Rest.split('\n');
    unsigned Number;
    llvm::StringRef File, Flags;
    if (IsBehindIf) {
      size_t At = Line.find_first_of("<\"");
      Directive = At == llvm::StringRef::npos ? "" : Line.substr(At);
      IsBehindIf = false;
    } else if (Line.starts_with("#if defined(__CLANG_REWRITTEN_INCLUDES)")) {
      IsBehindIf = true;
    } else if (isMarker(Line, Number, File, Flags)) {
      bool IsEntered = Flags.starts_with(" 1");
      Visit({Line, File, Flags, IsEntered ? Directive : ""});
      if (IsEntered)
        Directive = "";
    }
  }
}

void IncludeFolders::collectRewritten(llvm::StringRef Text) {
  llvm::StringRef Includer;
  visitMarkers(Text, [&](const LineMarker &M) {
    if (!M.Directive.empty())
      add(M.File, M.Directive, Includer, M.Flags.contains('3'));
    Includer = M.File;
  });
}

IncludeFolders::IncludeFolders(const ParsedUnit &U) {
  SourceManager &SM = U.Context.getSourceManager();
  if (mainFile(U) == MainFile::Rewritten)
    collectRewritten(SM.getBufferData(SM.getMainFileID()));
  else
    collect(SM);
}

std::string IncludeFolders::nameOf(llvm::StringRef Name, bool &Angled) const {
  llvm::StringRef Best;
  for (const auto &Each : IsSystem) {
    llvm::StringRef Rest = Name;
    if (!Rest.consume_front(Each.getKey()) || !Rest.consume_front("/") ||
        (!Best.empty() && Rest.size() >= Best.size()))
      continue;
    Best = Rest;
    Angled = Each.getValue();
  }
  llvm::SmallString<256> Clean = Best;
  llvm::sys::path::remove_dots(Clean, /*remove_dot_dot=*/true);
  return llvm::StringRef(Clean).starts_with("..") ? "" : Clean.str().str();
}

} // namespace ilbridge::native
