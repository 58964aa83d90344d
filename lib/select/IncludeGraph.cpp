//===- IncludeGraph.cpp - Which files include which -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IncludeGraph.h"
#include "ilbridge/cache/Recording.h"
#include "ilbridge/command/Commands.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/ThreadPool.h"

using clang::tooling::CompileCommand;
using llvm::StringRef;

namespace ilbridge::select {

//===----------------------------------------------------------------------===//
// Commands
//===----------------------------------------------------------------------===//

/// Returns a key that is equal for commands of one family. It includes more of
/// the command than necessary, because an additional family only costs time.
static std::string familyKey(const command::SourceCommand &Input) {
  const CompileCommand &Command = Input.Command;
  std::string Key =
      Command.Directory + "\n" + (Input.By ? Input.By->Identity : "");
  StringRef Source = llvm::sys::path::filename(Command.Filename);
  bool SkipsNext = false;
  for (StringRef Arg : Command.CommandLine) {
    // The source may be spelled differently in the database.
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

IncludeGraph::IncludeGraph(const SelectionOptions &Options)
    : Options(Options), Words(Options.Registrars),
      Disk(cache::recording(llvm::vfs::getRealFileSystem(), Asked)) {}

static std::string absoluteIn(StringRef Folder, StringRef Path) {
  llvm::SmallString<256> Full = Path;
  llvm::sys::fs::make_absolute(Folder, Full);
  return Full.str().str();
}

IncludeGraph::Family
IncludeGraph::makeFamily(const command::SourceCommand &Input) {
  Family In;
  In.Setup =
      describeCommand(Input.Command.Directory,
                      command::adjustedCommand(Input, Options.Clang), Asked);
  for (auto *Folders : {&In.Setup.Quoted, &In.Setup.Angled})
    for (CommandSetup::Folder &F : *Folders)
      F.Path = clean(F.Path);
  auto Anything = [&](StringRef Name, bool MayBeUndefined) {
    In.Macros.predefine(Pool.ids(Name)[0], {MayBeUndefined, true, {}});
  };
  for (const std::string &Name : In.Setup.BuiltIn)
    Anything(Name, /*MayBeUndefined=*/false);
  if (In.Setup.IsCxx)
    for (StringRef Keyword : {"true", "false"})
      Anything(Keyword, /*MayBeUndefined=*/true);
  In.Named = Pool.ids(
      std::vector<StringRef>(In.Setup.Named.begin(), In.Setup.Named.end()));
  // Macros have these states until a directive changes them.
  In.Predefines = select::outline(In.Setup.Predefines, Pool, Words);
  return In;
}

IncludeGraph::File IncludeGraph::sourceOf(const CompileCommand &Command) {
  return file(absoluteIn(Command.Directory, Command.Filename),
              /*IsSystem=*/false);
}

unsigned IncludeGraph::addSource(const command::SourceCommand &Input) {
  const CompileCommand &Command = Input.Command;
  auto [It, IsNew] =
      FamilyByCommand.try_emplace(familyKey(Input), Families.size());
  if (IsNew)
    Families.push_back(makeFamily(Input));
  Family &In = Families[It->second];
  File Source = sourceOf(Command);
  In.Sources.push_back(Source);
  if (!IsNew)
    return It->second;
  for (const Outline::Step &S : In.Predefines.Steps)
    if (S.Kind == Outline::StepKind::Macro) {
      MacroStates State;
      if (S.Detail != Outline::None) {
        const Outline::Definition &D = In.Predefines.Definitions[S.Detail];
        State.MayBeUndefined = false;
        State.MayBeAnything = D.HasParameters;
        if (!D.HasParameters)
          State.Bodies.push_back(&D.Body);
      }
      In.Macros.predefine(S.Which, std::move(State));
    }
  for (const std::string &Name : In.Setup.Forced) {
    // The path is relative to the working directory of the compiler.
    std::string Path = absoluteIn(Command.Directory, Name);
    In.Forced.push_back(exists(Path) ? file(Path, /*IsSystem=*/false)
                                     : find(In, Source, {Name}));
  }
  return It->second;
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

/// Returns one path for a file or folder that has several, unless they are
/// links.
std::string IncludeGraph::clean(StringRef Path) {
  llvm::SmallString<256> Result = Path;
  llvm::sys::path::remove_dots(Result, /*remove_dot_dot=*/false);
  if (!Result.str().contains(".."))
    return Result.str().str();
  // If x is a link, x/.. is not the folder of x.
  auto [It, IsNew] = Clean.try_emplace(Result, Result.str());
  if (IsNew)
    if (llvm::SmallString<256> Real; !Disk->getRealPath(Result, Real))
      It->second = Real.str().str();
  return It->second;
}

IncludeGraph::File IncludeGraph::file(StringRef Path, bool IsSystem) {
  auto [It, IsNew] = ByPath.try_emplace(clean(Path), Files.size());
  if (IsNew)
    Files.emplace_back().Path = It->first();
  Files[It->second].IsSystem &= IsSystem;
  return It->second;
}

bool IncludeGraph::exists(StringRef Path) {
  auto [It, IsNew] = Existing.try_emplace(Path, false);
  if (IsNew) {
    llvm::ErrorOr<llvm::vfs::Status> Status = Disk->status(Path);
    It->second = Status && Status->isRegularFile();
  }
  return It->second;
}

IncludeGraph::File IncludeGraph::find(const Family &In, File Includer,
                                      const Outline::Include &I) {
  if (llvm::sys::path::is_absolute(I.Name))
    return exists(I.Name) ? file(I.Name, /*IsSystem=*/false) : NotFound;
  llvm::SmallString<256> Path;
  auto Try = [&](StringRef Folder) {
    Path = Folder;
    llvm::sys::path::append(Path, I.Name);
    return exists(Path);
  };
  bool HasFound = false; // for #include_next: whether the file itself was found
  File First = NotFound; // used if the includer is in none of the folders
  auto TryAll = [&](llvm::ArrayRef<CommandSetup::Folder> Folders) -> File {
    for (const CommandSetup::Folder &F : Folders) {
      if (!Try(F.Path))
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
    if (!I.IsNext && Try(llvm::sys::path::parent_path(path(Includer))))
      return file(Path, isSystem(Includer));
    if (File Found = TryAll(In.Setup.Quoted); Found != NotFound)
      return Found;
  }
  return TryAll(In.Setup.Angled);
}

IncludeGraph::File IncludeGraph::add(StringRef Path) {
  File F = file(Path, /*IsSystem=*/false);
  if (!std::exchange(Files[F].IsRead, true))
    if (auto Buffer = read(F))
      Files[F].TheOutline = select::outline(Buffer->getBuffer(), Pool, Words);
  return F;
}

std::unique_ptr<llvm::MemoryBuffer> IncludeGraph::read(File F) const {
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> Buffer =
      Disk->getBufferForFile(path(F));
  return Buffer ? std::move(*Buffer) : nullptr;
}

//===----------------------------------------------------------------------===//
// Directives
//===----------------------------------------------------------------------===//

/// Records that \p F can be reached.
void IncludeGraph::enter(Family &In, File F) {
  if (F != NotFound && In.Views.try_emplace(F).second)
    enqueue(In, F);
}

void IncludeGraph::enqueue(Family &In, File F) {
  if (In.IsInWork.insert(F).second)
    In.Work.push_back(F);
}

/// Records that a #define or #undef became live.
void IncludeGraph::addMacro(Family &In, const Outline &O,
                            const Outline::Step &S) {
  bool HasGrown;
  if (S.Detail == Outline::None)
    HasGrown = In.Macros.addUndefined(S.Which);
  else if (const Outline::Definition &D = O.Definitions[S.Detail];
           D.HasParameters)
    HasGrown = In.Macros.addAnything(S.Which);
  else
    HasGrown = In.Macros.addBody(S.Which, D.Body);
  if (HasGrown)
    if (auto Found = In.DecidedBy.find(S.Which); Found != In.DecidedBy.end())
      for (File F : Found->second)
        enqueue(In, F);
}

/// Follows the #include with an index, which is live. Called again if macros
/// name the header and can have further values.
void IncludeGraph::addTargets(Family &In, File F, unsigned Index) {
  Outline::Include What = outline(F).Includes[Index];
  if (What.Macros == Outline::None && !In.Views[F].Targets[Index].empty())
    return;
  llvm::SmallVector<File, 1> Found;
  bool IsKnown = true;
  auto Add = [&] {
    File Target = find(In, F, What);
    if (Target != NotFound)
      Found.push_back(Target);
    // A header in angle brackets that is not found belongs to the system or to
    // another project.
    IsKnown &= Target != NotFound || What.IsAngled;
  };
  if (What.Macros == Outline::None) {
    Add();
  } else if (auto Texts = possibleIncludes(outline(F).Expressions[What.Macros],
                                           In.Macros)) {
    for (StringRef Text : *Texts) {
      What.IsAngled = Text.starts_with("<");
      What.Name = Text.drop_front().drop_back().str();
      Add();
    }
  } else {
    IsKnown = false;
  }
  for (File Target : Found)
    enter(In, Target);
  View &V = In.Views[F];
  V.Targets[Index] = std::move(Found);
  if (!IsKnown && !isSystem(F) && !V.Unknown)
    V.Unknown = Index;
}

/// Reads \p F, and processes the directives that became live since the last
/// call.
void IncludeGraph::look(Family &In, File F) {
  const Outline &O = outline(F);
  if (View &V = In.Views[F]; V.IsLive.size() != O.Steps.size()) {
    V.IsLive.resize(O.Steps.size());
    V.IsCertain.resize(O.Steps.size());
    V.Targets.resize(O.Includes.size());
    for (Names::Id Name : O.ConditionNames)
      In.DecidedBy[Name].push_back(F);
  }
  // Whether a directive may be reached, and whether it may be skipped.
  struct Reach {
    bool MayBe, MayNotBe;
  };
  struct Group {
    Reach Around;
    Reach Next; ///< of the branch after this one, ignoring its condition
  };
  llvm::SmallVector<Group, 8> Groups;
  Reach Now{true, false};
  auto Truths = [&](unsigned I) {
    const Outline::Step &S = O.Steps[I];
    if (S.Detail == Outline::None || (I == 0 && O.BeginsWithGuard))
      return Truth{true, false};
    return evaluate(O.Expressions[S.Detail], In.Macros);
  };
  // Returns the reachability of the text after a condition, and that of the
  // text if the condition is false.
  auto Split = [](Reach Before, Truth T) {
    return std::pair(
        Reach{Before.MayBe && T.MayHold, Before.MayNotBe || T.MayFail},
        Reach{Before.MayBe && T.MayFail, Before.MayNotBe || T.MayHold});
  };
  for (unsigned I = 0; I != O.Steps.size(); ++I) {
    const Outline::Step &S = O.Steps[I];
    switch (S.Kind) {
    case Outline::StepKind::If: {
      Reach Around = Now, Next;
      std::tie(Now, Next) = Split(Now, Now.MayBe ? Truths(I) : Truth());
      Groups.push_back({Around, Next});
      break;
    }
    case Outline::StepKind::Else:
      if (!Groups.empty()) {
        Reach &Next = Groups.back().Next;
        std::tie(Now, Next) = Split(Next, Next.MayBe ? Truths(I) : Truth());
      }
      break;
    case Outline::StepKind::EndIf:
      if (!Groups.empty())
        Now = Groups.pop_back_val().Around;
      break;
    case Outline::StepKind::Macro:
      if (Now.MayBe && !In.Views[F].IsLive.test(I))
        addMacro(In, O, S);
      break;
    case Outline::StepKind::Include:
      if (Now.MayBe)
        addTargets(In, F, S.Which);
      break;
    }
    View &V = In.Views[F];
    V.IsLive[I] = Now.MayBe;
    V.IsCertain[I] = Now.MayBe && !Now.MayNotBe;
  }
}

void IncludeGraph::readAll() {
  llvm::DefaultThreadPool Threads(llvm::hardware_concurrency(Options.Jobs));
  for (Family &In : Families)
    for (const auto *Some : {&In.Forced, &In.Sources})
      for (File F : *Some)
        enter(In, F);
  // The traversal is breadth-first, so that the files of a step are read in
  // parallel.
  auto HasWork = [](const Family &In) { return !In.Work.empty(); };
  while (llvm::any_of(Families, HasWork)) {
    for (Family &In : Families)
      for (File F : In.Work)
        if (!std::exchange(Files[F].IsRead, true))
          Threads.async([this, F, &N = Files[F]] {
            if (auto Buffer = read(F))
              N.TheOutline = select::outline(Buffer->getBuffer(), Pool, Words);
          });
    Threads.wait();
    for (Family &In : Families) {
      std::deque<File> Later; // files that are not read yet
      while (!In.Work.empty()) {
        File F = In.Work.front();
        In.Work.pop_front();
        if (Files[F].IsRead) {
          In.IsInWork.erase(F);
          look(In, F);
        } else {
          Later.push_back(F);
        }
      }
      In.Work = std::move(Later);
    }
  }
}

//===----------------------------------------------------------------------===//
// Ways
//===----------------------------------------------------------------------===//

llvm::BitVector IncludeGraph::reachedFrom(const Family &In,
                                          llvm::ArrayRef<File> From) const {
  llvm::BitVector Reached(size());
  std::vector<File> Work = From.vec();
  while (!Work.empty()) {
    File F = Work.back();
    Work.pop_back();
    if (F == NotFound || Reached.test(F))
      continue;
    Reached.set(F);
    if (auto Found = In.Views.find(F); Found != In.Views.end())
      for (const auto &Targets : Found->second.Targets)
        Work.insert(Work.end(), Targets.begin(), Targets.end());
  }
  return Reached;
}

llvm::BitVector IncludeGraph::reaching(const Family &In,
                                       const llvm::BitVector &Goals) const {
  llvm::DenseMap<File, std::vector<File>> Includers;
  llvm::BitVector Reaching(size());
  std::vector<File> Work;
  for (const auto &[F, V] : In.Views) {
    for (const auto &Targets : V.Targets)
      for (File Target : Targets)
        Includers[Target].push_back(F);
    if (Goals.test(F))
      Work.push_back(F);
  }
  while (!Work.empty()) {
    File F = Work.back();
    Work.pop_back();
    if (Reaching.test(F))
      continue;
    Reaching.set(F);
    if (auto Found = Includers.find(F); Found != Includers.end())
      Work.insert(Work.end(), Found->second.begin(), Found->second.end());
  }
  return Reaching;
}

} // namespace ilbridge::select
