//===- SourceLocations.cpp - Source locations of declarations -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SourceLocations.h"
#include "ilbridge/diagnostic/ShownPath.h"
#include "clang/AST/ASTContext.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace ilbridge::native {

bool isSource(llvm::StringRef File) {
  return llvm::StringSwitch<bool>(llvm::sys::path::extension(File))
      .CasesLower(".c", ".cc", ".cpp", ".cxx", ".c++", true)
      .CasesLower(".m", ".mm", ".cu", true)
      .Default(false);
}

static std::string workingDirectory(const ParsedUnit &U) {
  if (!U.WorkingDirectory.empty())
    return U.WorkingDirectory;
  auto Cwd = U.Context.getSourceManager()
                 .getFileManager()
                 .getVirtualFileSystem()
                 .getCurrentWorkingDirectory();
  return Cwd ? *Cwd : U.Root.str();
}

std::string mainFileName(const ParsedUnit &U) {
  const SourceManager &SM = U.Context.getSourceManager();
  FileID ID = SM.getMainFileID();
  SourceLocation Start = SM.getLocForStartOfFile(ID);
  bool IsRewritten = mainFile(U) == MainFile::Rewritten;
  if (IsRewritten) {
    // Skip the files that flags include. The main file begins at the first
    // marker at depth 0 that neither enters nor leaves a file.
    unsigned Depth = 0;
    llvm::StringRef Text = SM.getBufferData(ID);
    for (size_t At = 0; (At = Text.find("\n# ", At)) != Text.npos;) {
      size_t Next = Text.find('\n', ++At);
      auto [Name, Flags] = Text.slice(At, Next).rsplit('"');
      if (Flags.starts_with(" 1"))
        ++Depth;
      else if (Flags.starts_with(" 2"))
        Depth -= Depth != 0;
      else if (!Depth && Name.starts_with("# 1 \"") && Next != Text.npos) {
        Start = Start.getLocWithOffset(Next + 1);
        break;
      }
    }
  }
  PresumedLoc P = SM.getPresumedLoc(Start, IsRewritten);
  return P.isValid() ? P.getFilename() : "";
}

SourceLocations::SourceLocations(const ParsedUnit &U, Facts &F,
                                 FilesByPath &Files)
    : U(U), SM(U.Context.getSourceManager()), F(F), Files(Files),
      WorkingDirectory(workingDirectory(U)) {
  Main = mainFileName(U);
  F.Source = file(Main, SM.getMainFileID()).Path;
  // The entry is in a configuration outside of the root.
  if (F.Unannotated && llvm::sys::path::is_absolute(F.Unannotated->Where.File))
    F.PortableNames.try_emplace(F.Unannotated->Where.File,
                                mapped(F.Unannotated->Where.File));
}

/// The path in the file system: hosts name files as they were requested.
std::string SourceLocations::absolute(llvm::StringRef Name) const {
  llvm::SmallString<256> Path = Name;
  llvm::sys::fs::make_absolute(WorkingDirectory, Path);
  llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/false);
  return Path.str().str();
}

/// Returns the name that a file has on every machine, from the user's settings
/// or from -ffile-prefix-map in the compile command.
std::string SourceLocations::mapped(llvm::StringRef Path) const {
  const PathPrefix *Longest = nullptr;
  for (const PathPrefix &Each : U.PathMap)
    if ((Path == Each.From || Path.starts_with(Each.From + "/")) &&
        (!Longest || Longest->From.size() < Each.From.size()))
      Longest = &Each;
  if (!Longest) {
    llvm::SmallString<256> Result = Path;
    U.Context.getLangOpts().remapPathPrefix(Result);
    return Result.str().str();
  }
  llvm::StringRef Rest = Path.drop_front(Longest->From.size());
  if (Longest->To.empty())
    Rest.consume_front("/");
  return (Longest->To + Rest).str();
}

Header SourceLocations::header(const File &TheFile, llvm::StringRef Name) {
  Header H;
  H.File = TheFile.Path;
  // A header that is found only relative to the includer's folder cannot be
  // included by a generated file in another folder.
  bool Angled = false;
  // Precompiled headers are only valid on one machine.
  if (U.IsForEveryMachine && !SM.loaded_sloc_entry_size()) {
    if (!Folders)
      Folders.emplace(U);
    H.Include = Folders->nameOf(Name, Angled);
    H.Angled = Angled;
    return H;
  }
  std::string Include =
      U.PP.getHeaderSearchInfo().suggestPathToFileForDiagnostics(
          absolute(Name), WorkingDirectory, /*MainFile=*/"/none/none", &Angled);
  if (!llvm::sys::path::is_absolute(Include)) {
    H.Include = llvm::sys::path::convert_to_slash(Include);
    H.Angled = Angled;
  }
  return H;
}

SourceLocations::File &SourceLocations::file(llvm::StringRef Name, FileID ID) {
  auto [It, IsNew] = Known.try_emplace(Name);
  File &Result = It->second;
  if (!IsNew)
    return Result;
  Result.IsMain = Name == Main;
  // Clang names built-in files "<built-in>" and the like.
  if (Name.starts_with("<")) {
    Result.Path = Name.str();
    return Result;
  }
  Result.Path = shownPath(Name, WorkingDirectory, U.Root);
  if (ID.isValid())
    Files.try_emplace(Result.Path, KnownFile{ID, Name.str()});
  Header H;
  if (!Result.IsMain) {
    H = header(Result, Name);
    if (!isSource(Name))
      Result.AsHeader = H;
  }
  if (llvm::sys::path::is_absolute(Result.Path)) {
    std::string Portable = mapped(Result.Path);
    if (Portable == Result.Path && !H.Include.empty())
      Portable = "<" + H.Include + ">";
    if (Portable != Result.Path)
      F.PortableNames.try_emplace(Result.Path, std::move(Portable));
  }
  return Result;
}

Location SourceLocations::location(SourceLocation Loc) {
  PresumedLoc P = SM.getPresumedLoc(Loc);
  if (P.isInvalid())
    return {};
  FileID ID = SM.getFileID(SM.getExpansionLoc(Loc));
  return {file(P.getFilename(), ID).Path, {P.getLine(), P.getColumn()}, {}};
}

Header SourceLocations::headerOf(SourceLocation Loc, bool HasLinkage) {
  PresumedLoc P = SM.getPresumedLoc(Loc);
  if (P.isInvalid())
    return {};
  FileID ID = SM.getFileID(SM.getExpansionLoc(Loc));
  Header Result = file(P.getFilename(), ID).AsHeader;
  if (Result)
    noteReached(Result, P.getFilename(), ID, HasLinkage);
  return Result;
}

void SourceLocations::noteReached(const Header &H, llvm::StringRef Name,
                                  FileID ID, bool HasLinkage) {
  if (!Direct)
    Direct.emplace(U, Main);
  std::optional<size_t> Index = Direct->leadingTo(ID, Name);
  if (!Index)
    return;
  ReachedFiles &W = Reached[*Index];
  W.Declares.insert(H.File);
  const DirectIncludes::Entry &E = Direct->entries()[*Index];
  if (HasLinkage && !W.NeedsExternC)
    W.NeedsExternC =
        F.IsC ? !E.IsSystem && !Direct->statesLinkage(ID, Name) : E.IsInExternC;
}

/// Whether a file has the name of a header. Other files contain rows of a table
/// or definitions, which are only valid where they are included.
static bool isHeader(llvm::StringRef File) {
  llvm::StringRef Extension = llvm::sys::path::extension(File);
  return Extension.empty() || Extension.starts_with_insensitive(".h");
}

std::vector<DirectInclude> SourceLocations::includes() {
  std::vector<DirectInclude> Result;
  if (Reached.empty())
    return Result;
  auto Add = [&](std::string Written) -> DirectInclude & {
    DirectInclude &I = Result.emplace_back();
    llvm::StringRef Text = Written;
    I.What.Angled = Text.consume_front("<");
    I.What.Include = Text.drop_front(!I.What.Angled).drop_back().str();
    return I;
  };
  for (size_t Index = 0; Index <= Reached.rbegin()->first; ++Index) {
    const DirectIncludes::Entry &E = Direct->entries()[Index];
    auto Found = Reached.find(Index);
    // A system header that is included conditionally may not exist on other
    // systems.
    if (Found == Reached.end() &&
        (!isHeader(E.Name) || (E.IsSystem && E.IsConditional)))
      continue;
    bool NeedsExternC = Found != Reached.end() && Found->second.NeedsExternC;
    if (NeedsExternC)
      for (std::string &Each : Direct->systemHeadersBehind(Index))
        Add(std::move(Each));
    const File &Named = file(E.Name, {});
    if (!E.Written.empty())
      Add(E.Written).What.File = Named.Path;
    else if (Named.AsHeader)
      Result.emplace_back().What = Named.AsHeader;
    else
      continue;
    Result.back().NeedsExternC = NeedsExternC;
    if (Found != Reached.end())
      Result.back().Declares.assign(Found->second.Declares.begin(),
                                    Found->second.Declares.end());
  }
  return Result;
}

bool SourceLocations::isInMainFile(SourceLocation Loc) {
  PresumedLoc P = SM.getPresumedLoc(Loc);
  return P.isValid() && P.getFilename() == Main;
}

} // namespace ilbridge::native
