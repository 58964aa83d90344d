//===- IncludeGraph.cpp - Which files include which -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IncludeGraph.h"
#include "Commands.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Lex/HeaderSearchOptions.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Support/VirtualFileSystem.h"

using clang::tooling::CompileCommand;
using llvm::StringRef;

namespace ilbridge::native {

//===----------------------------------------------------------------------===//
// Commands
//===----------------------------------------------------------------------===//

/// What commands of one family have in common. Less is taken away than could
/// be: a family too many costs time only.
static std::string familyKey(const ScanInput &Input) {
  const CompileCommand &Command = Input.Command;
  std::string Key =
      Command.Directory + "\n" + (Input.By ? Input.By->Identity : "");
  StringRef Source = llvm::sys::path::filename(Command.Filename);
  bool SkipsNext = false;
  for (StringRef Arg : Command.CommandLine) {
    // The source, which need not be written as the database names it.
    bool IsSource =
        !Arg.starts_with("-") && llvm::sys::path::filename(Arg) == Source;
    if (std::exchange(SkipsNext, false) || IsSource)
      continue;
    SkipsNext = Arg == "-o" || Arg == "-MF" || Arg == "-MT" || Arg == "-MQ";
    if (!SkipsNext && !Arg.starts_with("/Fo"))
      Key += ("\n" + Arg).str();
  }
  return Key + "\n" + llvm::sys::path::extension(Command.Filename).str();
}

static std::string absoluteIn(StringRef Folder, StringRef Path) {
  llvm::SmallString<256> Full = Path;
  llvm::sys::fs::make_absolute(Folder, Full);
  return Full.str().str();
}

IncludeGraph::Family IncludeGraph::describe(const CompileCommand &Command,
                                            llvm::ArrayRef<std::string> Line) {
  Family Result;
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS =
      llvm::vfs::createPhysicalFileSystem();
  clang::IgnoringDiagConsumer Ignored;
  std::shared_ptr<clang::CompilerInvocation> Invocation;
  if (!FS->setCurrentWorkingDirectory(Command.Directory))
    Invocation = invocationOf(Line, FS, Ignored);
  if (!Invocation) { // the scan says why
    Result.IsUnknown = true;
    return Result;
  }
  const clang::HeaderSearchOptions &Search = Invocation->getHeaderSearchOpts();
  // Of -fmodules; LangOptions::Modules is also set by C++20, which has others.
  Result.IsUnknown =
      Search.ImplicitModuleMaps || !Search.VFSOverlayFiles.empty();
  std::vector<Family::Folder> LastFolders;
  for (const clang::HeaderSearchOptions::Entry &E : Search.UserEntries) {
    using namespace clang::frontend;
    if (E.IsFramework || E.Group == IndexHeaderMap ||
        StringRef(E.Path).ends_with(".hmap"))
      Result.IsUnknown = true;
    bool IsSystem = E.Group != Quoted && E.Group != Angled;
    StringRef Path = E.Path;
    std::string Below; // -isystem =/usr/include
    if (!E.IgnoreSysRoot && !Search.Sysroot.empty() && Path.starts_with("/") &&
        Search.Sysroot != "/")
      Below = Search.Sysroot;
    auto &Group = E.Group == Quoted                   ? Result.Quoted
                  : E.Group == clang::frontend::After ? LastFolders
                                                      : Result.Angled;
    Group.push_back({absoluteIn(Command.Directory, Below + E.Path), IsSystem});
  }
  // What -I names is searched before what belongs to the system.
  std::stable_partition(Result.Angled.begin(), Result.Angled.end(),
                        [](const auto &F) { return !F.IsSystem; });
  llvm::append_range(Result.Angled, LastFolders);
  const clang::PreprocessorOptions &PP = Invocation->getPreprocessorOpts();
  for (const auto *Names : {&PP.MacroIncludes, &PP.Includes})
    for (const std::string &Name : *Names)
      Result.Forced.push_back({Name, /*IsAngled=*/false, /*IsNext=*/false});
  for (const auto &[Macro, IsUndefined] : PP.Macros) {
    auto [Name, Value] = StringRef(Macro).split('=');
    if (IsUndefined || Value.contains('\n'))
      continue;
    std::string Directive = ("#define " + Name + " " + Value + "\n").str();
    llvm::append_range(Result.Definitions,
                       native::outline(Directive, Pool).Definitions);
  }
  return Result;
}

IncludeGraph::File IncludeGraph::sourceOf(const CompileCommand &Command) {
  return file(absoluteIn(Command.Directory, Command.Filename),
              /*IsSystem=*/false);
}

unsigned IncludeGraph::addSource(const ScanInput &Input) {
  const CompileCommand &Command = Input.Command;
  auto [It, IsNew] =
      FamilyByCommand.try_emplace(familyKey(Input), Families.size());
  if (IsNew)
    Families.push_back(describe(Command, adjustedCommand(Input, Options)));
  Family &F = Families[It->second];
  File Source = sourceOf(Command);
  F.Sources.push_back(Source);
  if (IsNew) // relative to where the compiler runs
    for (const Outline::Include &I : F.Forced) {
      std::string Path = absoluteIn(Command.Directory, I.Name);
      F.ForcedFiles.push_back(exists(Path) ? file(Path, /*IsSystem=*/false)
                                           : find(F, Source, I));
    }
  return It->second;
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

IncludeGraph::File IncludeGraph::file(StringRef Path, bool IsSystem) {
  llvm::SmallString<256> Clean = Path;
  llvm::sys::path::remove_dots(Clean, /*remove_dot_dot=*/false);
  // Where x is a link, x/.. is not where it is.
  if (Clean.str().contains(".."))
    if (llvm::SmallString<256> Real; !llvm::sys::fs::real_path(Clean, Real))
      Clean = Real;
  auto [It, IsNew] = ByPath.try_emplace(Clean, Files.size());
  if (IsNew)
    Files.emplace_back().Path = It->first();
  Files[It->second].IsSystem &= IsSystem;
  return It->second;
}

bool IncludeGraph::exists(StringRef Path) {
  auto [It, IsNew] = Existing.try_emplace(Path, false);
  if (IsNew)
    It->second = llvm::sys::fs::is_regular_file(Path);
  return It->second;
}

IncludeGraph::File IncludeGraph::find(const Family &In, File Includer,
                                      const Outline::Include &I) {
  if (llvm::sys::path::is_absolute(I.Name))
    return exists(I.Name) ? file(I.Name, /*IsSystem=*/false) : NotFound;
  llvm::SmallString<256> Path;
  auto Try = [&](StringRef Folder, bool IsSystem) {
    Path = Folder;
    llvm::sys::path::append(Path, I.Name);
    if (exists(Path))
      return true;
    if (!isSystem(Includer) && !IsSystem)
      Missing.insert(Path);
    return false;
  };
  bool HasFound = false; // of #include_next: the file itself
  File First = NotFound; // where it is in none of the folders
  auto TryAll = [&](llvm::ArrayRef<Family::Folder> Folders) -> File {
    for (const Family::Folder &F : Folders) {
      if (!Try(F.Path, F.IsSystem))
        continue;
      File Found = file(Path, F.IsSystem);
      if (!I.IsNext || HasFound)
        return Found;
      HasFound = Found == Includer;
      if (First == NotFound && !HasFound)
        First = Found;
    }
    return HasFound ? NotFound : First;
  };
  if (!I.IsAngled) {
    if (!I.IsNext &&
        Try(llvm::sys::path::parent_path(path(Includer)), /*IsSystem=*/false))
      return file(Path, isSystem(Includer));
    if (File Found = TryAll(In.Quoted); Found != NotFound)
      return Found;
  }
  return TryAll(In.Angled);
}

std::vector<StringRef> IncludeGraph::missing() const {
  std::vector<StringRef> Paths;
  for (const auto &Each : Missing)
    Paths.push_back(Each.getKey());
  return Paths;
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

std::vector<IncludeGraph::File>
IncludeGraph::follow(Family &In, llvm::ArrayRef<File> Some) {
  std::vector<File> Next;
  for (File F : Some) {
    std::vector<File> Targets;
    // Finding adds files, which moves them: not by reference.
    size_t Count = Files[F].TheOutline.Includes.size();
    for (size_t I = 0; I != Count; ++I) {
      Outline::Include What = Files[F].TheOutline.Includes[I];
      File Found = find(In, F, What);
      Targets.push_back(Found);
      if (Found != NotFound && In.Edges.try_emplace(Found).second)
        Next.push_back(Found);
    }
    In.Edges[F] = std::move(Targets);
  }
  return Next;
}

void IncludeGraph::readAll() {
  llvm::DefaultThreadPool Pool(llvm::hardware_concurrency(Jobs));
  std::vector<std::vector<File>> Frontiers(Families.size());
  for (size_t I = 0; I != Families.size(); ++I) {
    Family &In = Families[I];
    for (const auto *Some : {&In.Sources, &In.ForcedFiles})
      for (File F : *Some)
        if (F != NotFound && In.Edges.try_emplace(F).second)
          Frontiers[I].push_back(F);
  }
  // In breadth, so that the files of a step are read side by side.
  while (llvm::any_of(Frontiers, [](const auto &F) { return !F.empty(); })) {
    for (const std::vector<File> &Frontier : Frontiers)
      for (File F : Frontier)
        if (!std::exchange(Files[F].IsRead, true))
          Pool.async([this, &N = Files[F]] {
            auto Buffer = llvm::MemoryBuffer::getFile(N.Path);
            if (Buffer)
              N.TheOutline =
                  native::outline((*Buffer)->getBuffer(), this->Pool);
          });
    Pool.wait();
    for (size_t I = 0; I != Families.size(); ++I)
      Frontiers[I] = follow(Families[I], Frontiers[I]);
  }
}

//===----------------------------------------------------------------------===//
// Ways
//===----------------------------------------------------------------------===//

/// Everything that is reached from \p Work by steps of \p Next.
static llvm::BitVector closure(
    size_t Count, std::vector<IncludeGraph::File> Work,
    const llvm::DenseMap<IncludeGraph::File, std::vector<IncludeGraph::File>>
        &Next) {
  llvm::BitVector Reached(Count);
  while (!Work.empty()) {
    IncludeGraph::File F = Work.back();
    Work.pop_back();
    if (F == IncludeGraph::NotFound || Reached.test(F))
      continue;
    Reached.set(F);
    if (auto Found = Next.find(F); Found != Next.end())
      Work.insert(Work.end(), Found->second.begin(), Found->second.end());
  }
  return Reached;
}

llvm::BitVector IncludeGraph::reachedFrom(const Family &In,
                                          llvm::ArrayRef<File> From) const {
  return closure(size(), From.vec(), In.Edges);
}

llvm::BitVector IncludeGraph::reaching(const Family &In,
                                       const llvm::BitVector &Goals) const {
  llvm::DenseMap<File, std::vector<File>> Includers;
  std::vector<File> Work;
  for (const auto &[F, Targets] : In.Edges) {
    for (File Target : Targets)
      if (Target != NotFound)
        Includers[Target].push_back(F);
    if (Goals.test(F))
      Work.push_back(F);
  }
  return closure(size(), std::move(Work), Includers);
}

} // namespace ilbridge::native
