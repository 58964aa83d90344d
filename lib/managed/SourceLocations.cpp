//===- SourceLocations.cpp - Members of assemblies in C# sources ----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/managed/SourceLocations.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

using llvm::StringRef;

namespace ilbridge::managed {

namespace path = llvm::sys::path;

static constexpr uint64_t MaxSymbols = uint64_t(256) << 20;

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

/// Whether there is a regular file: a hostile path can lead to a pipe that
/// never ends.
bool SourceLocations::isFile(StringRef Path) {
  llvm::ErrorOr<llvm::vfs::Status> Status = Files->status(Path);
  return Status && Status->isRegularFile();
}

std::unique_ptr<llvm::MemoryBuffer> SourceLocations::read(StringRef Path,
                                                          uint64_t MaxSize) {
  llvm::ErrorOr<llvm::vfs::Status> Status = Files->status(Path);
  if (!Status || !Status->isRegularFile() || Status->getSize() >= MaxSize)
    return nullptr;
  // The file is copied, because an editor may truncate it.
  auto Buffer = Files->getBufferForFile(Path, /*FileSize=*/-1,
                                        /*RequiresNullTerminator=*/false,
                                        /*IsVolatile=*/true);
  return Buffer ? std::move(*Buffer) : nullptr;
}

const csharp::Outline *SourceLocations::outline(StringRef Path) {
  auto [It, IsNew] = Sources.try_emplace(Path);
  Source &S = It->second;
  if (IsNew) {
    S.Buffer = read(Path, csharp::Outline::MaxSize);
    if (S.Buffer)
      S.Outline = std::make_unique<csharp::Outline>(S.Buffer->getBuffer());
  }
  return S.Outline.get();
}

/// Adds the C# sources below \p Folder to GivenFiles. Like the .NET SDK, it
/// skips the output folders of a build.
void SourceLocations::listFolder(StringRef Folder, unsigned Depth) {
  constexpr unsigned MaxDepth = 32;
  constexpr size_t MaxFiles = 65536;
  std::vector<std::string> Inner;
  std::error_code EC;
  for (llvm::vfs::directory_iterator I = Files->dir_begin(Folder, EC), End;
       !EC && I != End; I.increment(EC)) {
    StringRef Name = path::filename(I->path());
    if (I->type() == llvm::sys::fs::file_type::directory_file) {
      if (!Name.starts_with(".") && Name != "bin" && Name != "obj")
        Inner.push_back(I->path().str());
    } else if (Name.ends_with(".cs") && GivenFiles->size() != MaxFiles) {
      GivenFiles->push_back(I->path().str());
    }
  }
  llvm::sort(Inner);
  if (Depth != MaxDepth)
    for (const std::string &Each : Inner)
      listFolder(Each, Depth + 1);
}

llvm::ArrayRef<std::string> SourceLocations::givenFiles() {
  if (GivenFiles)
    return *GivenFiles;
  GivenFiles.emplace();
  for (const std::string &Path : Given) {
    llvm::ErrorOr<llvm::vfs::Status> Status = Files->status(Path);
    if (Status && Status->isDirectory())
      listFolder(Path, 0);
    else
      GivenFiles->push_back(Path);
  }
  llvm::sort(*GivenFiles);
  GivenFiles->erase(llvm::unique(*GivenFiles), GivenFiles->end());
  return *GivenFiles;
}

/// Returns the parts of a path of any system, from the last to the first.
static llvm::SmallVector<StringRef, 16> backwards(StringRef Path) {
  constexpr size_t MaxParts = 64;
  llvm::SmallVector<StringRef, 16> Parts;
  while (!Path.empty() && Parts.size() != MaxParts) {
    size_t Slash = Path.find_last_of("/\\");
    StringRef Part = Path.substr(Slash + 1);
    Path = Path.take_front(Slash == StringRef::npos ? 0 : Slash);
    if (Part.empty() || Part == ".")
      continue;
    if (Part == "..") // the parts before it are ignored
      break;
    Parts.push_back(Part);
  }
  return Parts;
}

/// Returns the file of a document on this machine; empty if none is found. The
/// document's path is that on the machine that compiled it.
std::string SourceLocations::findFile(StringRef Document) {
  if (path::is_absolute(Document) && isFile(Document)) {
    llvm::SmallString<256> Plain = Document;
    path::remove_dots(Plain, /*remove_dot_dot=*/true);
    return Plain.str().str();
  }
  auto Parts = backwards(Document);
  if (Parts.empty())
    return "";
  // Choose the given source whose path has the longest suffix in common with
  // that of the document.
  const std::string *Best = nullptr;
  size_t Longest = 0;
  for (const std::string &Path : givenFiles()) {
    auto Theirs = backwards(Path);
    size_t Same = 0;
    while (Same != std::min(Parts.size(), Theirs.size()) &&
           Parts[Same] == Theirs[Same])
      ++Same;
    if (Same == Longest)
      Best = nullptr;
    if (Same > Longest) {
      Longest = Same;
      Best = &Path;
    }
  }
  if (Best)
    return *Best;
  // Search below the root for the longest suffix of the path that exists there.
  for (size_t Count = Parts.size(); Count; --Count) {
    llvm::SmallString<256> Path(Root);
    for (StringRef Part :
         llvm::reverse(llvm::ArrayRef(Parts).take_front(Count)))
      path::append(Path, Part);
    if (isFile(Path))
      return Path.str().str();
  }
  return "";
}

/// Returns a document's path with the slashes of this system.
static std::string slashed(StringRef Document) {
  std::string Path = Document.str();
  std::replace(Path.begin(), Path.end(), '\\', '/');
  return Path;
}

/// Assemblies can have documents with the same name, so a number follows the
/// name of a text from debug information.
std::string SourceLocations::shown(const std::string &File) const {
  auto It = Sources.find(File);
  bool IsEmbedded = It != Sources.end() && It->second.IsEmbedded;
  return IsEmbedded ? StringRef(File).rsplit('\n').first.str() : File;
}

/// Returns the key of the text of a document in Sources if no file contains it
/// and the debug information does; otherwise an empty string.
std::string SourceLocations::embeddedFile(const Symbols &S, uint32_t Document) {
  auto Found = S.Info.Sources.find(Document);
  if (Found == S.Info.Sources.end())
    return "";
  std::string Name =
      slashed(S.Info.Documents[Document]) + "\n" + std::to_string(S.Number);
  Source &Text = Sources[Name];
  if (!Text.Outline) {
    Text.Buffer =
        ecma335::inflateSource(Found->second, csharp::Outline::MaxSize - 1);
    if (!Text.Buffer)
      return "";
    Text.Outline = std::make_unique<csharp::Outline>(Text.Buffer->getBuffer());
    Text.IsEmbedded = true;
  }
  return Name;
}

const std::string &SourceLocations::fileOf(Symbols &S, uint32_t Document) {
  std::optional<std::string> &File = S.Files[Document];
  if (!File) {
    File = findFile(S.Info.Documents[Document]);
    if (File->empty())
      File = embeddedFile(S, Document);
  }
  return *File;
}

//===----------------------------------------------------------------------===//
// Debug information
//===----------------------------------------------------------------------===//

/// Moves the debug information \p Read to \p Out. Returns false, and drops the
/// error, if it cannot be read or does not belong to the assembly.
static bool keep(llvm::Expected<ecma335::DebugInfo> Read,
                 ecma335::DebugInfo &Out) {
  if (!Read) {
    llvm::consumeError(Read.takeError()); // debug information is optional
    return false;
  }
  Out = std::move(*Read);
  return true;
}

/// Reads Name.pdb, or Name.dll.mdb.
bool SourceLocations::readBeside(const Assembly &A, ecma335::DebugInfo &Out) {
  ecma335::DebugDirectory Directory = readDebugDirectory(A.metadata());
  llvm::SmallString<256> Path(A.path());
  if (Directory.PdbID) {
    path::replace_extension(Path, "pdb");
    if (auto Buffer = read(Path, MaxSymbols))
      if (keep(ecma335::readPortablePdb(*Buffer, Directory.PdbID), Out))
        return true;
    // The assembly may have been renamed, so try the original name of its PDB.
    auto Parts = backwards(Directory.PdbPath);
    if (!Parts.empty()) {
      path::remove_filename(Path);
      path::append(Path, Parts.front());
      if (auto Buffer = read(Path, MaxSymbols))
        if (keep(ecma335::readPortablePdb(*Buffer, Directory.PdbID), Out))
          return true;
    }
  }
  auto Buffer = read(A.path() + ".mdb", MaxSymbols);
  llvm::Expected<ecma335::ModuleRow> Row =
      A->row(ecma335::Rid<ecma335::ModuleRow>(1));
  if (!Row) {
    llvm::consumeError(Row.takeError()); // no .mdb is read without an MVID
    return false;
  }
  llvm::Expected<ecma335::Guid> Mvid = A->guid(Row->Mvid);
  if (!Mvid) {
    llvm::consumeError(Mvid.takeError()); // no .mdb is read without an MVID
    return false;
  }
  return Buffer && keep(ecma335::readMonoSymbols(*Buffer, *Mvid), Out);
}

SourceLocations::Symbols &SourceLocations::symbolsOf(const Assembly &A) {
  std::unique_ptr<Symbols> &S = All[&A];
  if (S)
    return *S;
  S = std::make_unique<Symbols>();
  S->Number = All.size();
  ecma335::DebugDirectory Directory = readDebugDirectory(A.metadata());
  if (!Directory.Embedded.empty()) {
    auto Buffer = ecma335::inflateEmbeddedPdb(A.metadata(), Directory.Embedded);
    if (Buffer)
      S->HasInfo =
          keep(ecma335::readPortablePdb(**Buffer, Directory.PdbID), S->Info);
    else
      llvm::consumeError(Buffer.takeError()); // debug information is optional
  }
  if (!S->HasInfo)
    S->HasInfo = readBeside(A, S->Info);
  S->Files.resize(S->Info.Documents.size());
  return *S;
}

//===----------------------------------------------------------------------===//
// Members
//===----------------------------------------------------------------------===//

std::optional<SourceLocations::DeclarationLocation>
SourceLocations::lookUp(llvm::ArrayRef<std::string> Files,
                        const csharp::MemberName &Wanted) {
  std::vector<const csharp::Outline *> Texts;
  llvm::DenseMap<const csharp::Outline *, const std::string *> Names;
  for (const std::string &File : Files)
    if (const csharp::Outline *O = File.empty() ? nullptr : outline(File))
      if (Names.try_emplace(O, &File).second)
        Texts.push_back(O);
  std::optional<csharp::Found> F = csharp::find(Texts, Wanted);
  if (!F)
    return std::nullopt;
  auto [Line, Column] = F->In->position(F->What->NameAt.Begin);
  const std::string &File = *Names.lookup(F->In);
  return DeclarationLocation{shown(File), {Line, Column},
                             F->In,       F->What,
                             F->IsExact,  Sources[File].IsEmbedded};
}

/// The location of a type's code, and the documents that declare the type.
namespace {
struct TypeCode {
  llvm::SmallVector<uint32_t, 2> Documents;
  std::optional<ecma335::DebugInfo::Point> First;
};
} // namespace

static TypeCode codeOf(AssemblySet &Set, Assembly &A, StringRef TypeName,
                       const ecma335::DebugInfo &Info) {
  TypeCode Result;
  std::string Why;
  TypeDef *D = Set.findType(A, TypeName, Why);
  AssemblySet::Origin O = D ? Set.origin(*D) : AssemblySet::Origin();
  if (O.Assembly != &A)
    return Result;
  auto Methods = A->methods(O.Row);
  if (!Methods) {
    llvm::consumeError(Methods.takeError()); // a place in a source is optional
    return Result;
  }
  auto Add = [&](uint32_t Document) {
    if (!llvm::is_contained(Result.Documents, Document))
      Result.Documents.push_back(Document);
  };
  for (ecma335::MethodDefRid M : *Methods)
    if (auto P = Info.pointOf(M)) {
      Add(P->Document);
      auto Key = [](const auto &P) {
        return std::tuple(P.Document, P.Line, P.Column);
      };
      if (!Result.First || Key(*P) < Key(*Result.First))
        Result.First = P;
    }
  auto [Begin, End] = std::equal_range(
      Info.TypeDocuments.begin(), Info.TypeDocuments.end(),
      std::pair(O.Row.value(), 0u),
      [](const auto &A, const auto &B) { return A.first < B.first; });
  for (auto It = Begin; It != End; ++It)
    Add(It->second);
  return Result;
}

std::optional<SourceLocations::DeclarationLocation>
SourceLocations::locate(Assembly &A, AssemblySet &Set, Symbols &S,
                        StringRef Member) {
  csharp::MemberName Wanted = csharp::parseMemberName(Member);
  TypeCode Code;
  std::optional<DeclarationLocation> Best;
  if (S.HasInfo) {
    Code = codeOf(Set, A, Wanted.Type, S.Info);
    std::vector<std::string> Files;
    for (uint32_t D : Code.Documents)
      Files.push_back(fileOf(S, D));
    Best = lookUp(Files, Wanted);
    // Another part of the type may have no code, so the debug information does
    // not name it.
    if (!Best || (!Best->IsExact && Best->What->IsPartial)) {
      for (uint32_t D = 0; D != S.Info.Documents.size(); ++D)
        Files.push_back(fileOf(S, D));
      if (auto Any = lookUp(Files, Wanted); Any && (!Best || Any->IsExact))
        Best = Any;
    }
  }
  if (!Best)
    Best = lookUp(givenFiles(), Wanted);
  if (Best || Code.Documents.empty())
    return Best;
  // No text contains it, so the location of the type is returned, if it is
  // known.
  DeclarationLocation P;
  uint32_t Document = Code.First ? Code.First->Document : Code.Documents[0];
  P.File = shown(fileOf(S, Document));
  if (P.File.empty())
    P.File = slashed(S.Info.Documents[Document]);
  if (Code.First)
    P.Start = {Code.First->Line, Code.First->Column};
  return P.File.empty() ? std::nullopt : std::optional(P);
}

std::optional<SourceLocations::DeclarationLocation>
SourceLocations::find(Assembly &A, AssemblySet &Set, StringRef Member) {
  Symbols &S = symbolsOf(A);
  auto [It, IsNew] = S.Known.try_emplace(Member);
  if (IsNew)
    It->second = locate(A, Set, S, Member);
  return It->second;
}

void SourceLocations::forget() {
  GivenFiles.reset();
  All.clear();
  Sources.clear();
}

} // namespace ilbridge::managed
