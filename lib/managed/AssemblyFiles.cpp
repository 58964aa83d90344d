//===- AssemblyFiles.cpp - Finds and reads assemblies ---------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   a path ──────────────────────────▶ the manifest's file ─▶ its modules, in
//   a simple name ─▶ files of folders ─▶     (II.6.1)         the same folder
//   a type of an absent facade ─▶ all assemblies of .NET that are there
//
//===----------------------------------------------------------------------===//

#include "Rows.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

using namespace ilbridge::ecma335;
using llvm::StringRef;

namespace ilbridge::managed {

//===----------------------------------------------------------------------===//
// One assembly
//===----------------------------------------------------------------------===//

llvm::Expected<std::unique_ptr<Assembly>>
AssemblySet::readFile(StringRef Path) {
  llvm::Expected<std::unique_ptr<ecma335::Module>> Metadata =
      ecma335::Module::open(Path, FilesMayChange, Files);
  if (!Metadata)
    return Metadata.takeError();
  auto New = std::make_unique<Assembly>();
  Assembly &A = *New;
  A.Path = Path.str();
  A.Metadata = std::move(*Metadata);
  if (auto M = rowIfAny(A, ModuleRid(1)))
    A.ModuleName = llvm::sys::path::stem(text(A, M->Name)).str();
  if (auto Row = rowIfAny(A, AssemblyRid(1)))
    A.Name = text(A, Row->Name).str();
  if (A.ModuleName.empty())
    A.ModuleName = llvm::sys::path::stem(Path).str();
  if (A.Name.empty()) // a netmodule
    A.Name = A.ModuleName;
  A.IsReference =
      bool(findAttribute(A, AssemblyRid(1), "System.Runtime.CompilerServices",
                         "ReferenceAssemblyAttribute"));
  A.Definitions.resize(A->rowCount<TypeDefRow>() + 1);
  A.References.resize(A->rowCount<TypeRefRow>() + 1);

  // Only top-level types are read; a nested type is found through its enclosing
  // type.
  for (ExportedTypeRid R : A->rows<ExportedTypeRow>())
    if (auto Row = rowIfAny(A, R);
        Row && !Row->Implementation.is<ExportedTypeRow>()) {
      StringRef Namespace = text(A, Row->TypeNamespace);
      A.ByName[Namespace.empty()
                   ? text(A, Row->TypeName).str()
                   : (Namespace + "." + text(A, Row->TypeName)).str()] = R;
    }
  for (TypeDefRid R : A->rows<TypeDefRow>()) {
    AssemblySet::Name N = nameOf(A, R);
    std::string Full =
        N.Namespace.empty() ? N.Name.str() : (N.Namespace + "." + N.Name).str();
    unsigned Hops = 0;
    for (TypeDefRid Outer = A->enclosingType(R); Outer && Hops < MaxHops;
         Outer = A->enclosingType(Outer), ++Hops) {
      AssemblySet::Name O = nameOf(A, Outer);
      Full = (O.Namespace.empty() ? O.Name : (O.Namespace + "." + O.Name).str())
                 .str() +
             "/" + Full;
    }
    // The first type with a name is used; obfuscators repeat names.
    auto [It, IsNew] = A.ByName.try_emplace(Full, R);
    if (!IsNew && !It->second.is<TypeDefRow>())
      It->second = R;
  }
  return New;
}

bool AssemblySet::isFile(StringRef Path) const {
  auto Status = Files->status(Path);
  return Status && Status->isRegularFile();
}

/// Reads the other modules. The manifest names their files without a folder
/// (II.22.19), and they are in the same folder.
void AssemblySet::readModules(Assembly &A) {
  StringRef Folder = llvm::sys::path::parent_path(A.Path);
  llvm::StringMap<bool> Named;
  for (FileRid R : A->rows<FileRow>()) {
    llvm::Expected<FileRow> Row = A->row(R);
    if (Row && has(Row->Flags, FileAttributes::ContainsNoMetaData))
      continue;
    llvm::Expected<StringRef> Text =
        Row ? A->string(Row->Name) : llvm::Expected<StringRef>(Row.takeError());
    if (Text && Text->empty())
      Text = A->file().error(A->rowBytes(R).begin(), "ECMA-335 II.22.19",
                             "the file of a module has no name");
    if (!Text) {
      A.Unreadable[""] =
          "a module of assembly '" + A.Name +
          "' cannot be read: " + llvm::toString(Text.takeError());
      continue;
    }
    StringRef Name = *Text;
    if (!Named.try_emplace(Name).second)
      continue;
    llvm::SmallString<256> Path = Folder;
    llvm::sys::path::append(Path, Name);
    if (llvm::sys::path::filename(Name) != Name || !isFile(Path)) {
      A.Unreadable[Name] = ("module '" + Name + "' of assembly '" + A.Name +
                            "' is not beside " + A.Path)
                               .str();
      continue;
    }
    llvm::Expected<std::unique_ptr<Assembly>> Module = readFile(Path);
    if (!Module) {
      A.Unreadable[Name] = llvm::toString(Module.takeError());
      continue;
    }
    if ((*Module)->Metadata->rowCount<AssemblyRow>()) {
      A.Unreadable[Name] = ("module '" + Name + "' of assembly '" + A.Name +
                            "' is an assembly of its own (II.22.19)")
                               .str();
      continue;
    }
    (*Module)->Name = A.Name;
    (*Module)->Manifest = &A;
    (*Module)->IsReference = A.IsReference;
    A.Modules.push_back(std::move(*Module));
  }
}

/// Returns the module of the same assembly whose file has the name \p Name.
Assembly *AssemblySet::findModule(Assembly &A, StringRef Name,
                                  std::string &Why) {
  Assembly &Manifest = A.manifest();
  if (auto Row = rowIfAny(Manifest, ModuleRid(1));
      Row && text(Manifest, Row->Name) == Name)
    return &Manifest;
  for (const auto &Module : Manifest.Modules)
    if (llvm::sys::path::filename(Module->Path) == Name)
      return Module.get();
  auto Unreadable = Manifest.Unreadable.find(Name);
  Why = Unreadable != Manifest.Unreadable.end()
            ? Unreadable->second
            : ("assembly '" + A.Name + "' has no module '" + Name + "'").str();
  return nullptr;
}

llvm::Expected<Assembly *> AssemblySet::read(StringRef Path) {
  llvm::Expected<std::unique_ptr<Assembly>> New = readFile(Path);
  if (!New)
    return New.takeError();
  All.push_back(std::move(*New));
  readModules(*All.back());
  return All.back().get();
}

llvm::Expected<Assembly *> AssemblySet::load(StringRef Path) {
  for (const auto &Known : All)
    if (Known->Path == Path)
      return Known.get();
  llvm::Expected<Assembly *> A = read(Path);
  if (!A)
    return A;
  // Otherwise the declarations of a module that cannot be read would be missing
  // without a message.
  if (!(*A)->Unreadable.empty())
    return llvm::createFileError(
        Path, llvm::createStringError((*A)->Unreadable.begin()->second));
  ByName.try_emplace((*A)->Name, *A);
  std::string Folder = llvm::sys::path::parent_path(Path).str();
  if (!llvm::is_contained(OwnFolders, Folder))
    OwnFolders.push_back(Folder);
  return A;
}

//===----------------------------------------------------------------------===//
// By the name of an assembly
//===----------------------------------------------------------------------===//

std::vector<std::string> namesIn(StringRef Folder,
                                 llvm::vfs::FileSystem &Files) {
  std::vector<std::string> Names;
  std::error_code EC;
  for (llvm::vfs::directory_iterator I = Files.dir_begin(Folder, EC), End;
       !EC && I != End; I.increment(EC))
    Names.push_back(llvm::sys::path::filename(I->path()).str());
  llvm::sort(Names);
  return Names;
}

/// Returns the files in \p Folder that may contain the assembly \p Name, the
/// most likely one first.
std::vector<std::string> AssemblySet::filesOf(StringRef Folder,
                                              StringRef Name) {
  std::vector<std::string> Found;
  auto Add = [&](const llvm::Twine &File) {
    llvm::SmallString<256> Path = Folder;
    llvm::sys::path::append(Path, File);
    if (isFile(Path))
      Found.push_back(Path.str().str());
  };
  for (StringRef Extension : {".dll", ".exe", ".dll.bytes", ".wasm"})
    Add(Name + Extension);
  // Blazor puts a fingerprint before the extension.
  auto [It, IsNew] = WasmFiles.try_emplace(Folder);
  if (IsNew) {
    It->second = namesIn(Folder, *Files);
    llvm::erase_if(It->second,
                   [](StringRef File) { return !File.ends_with(".wasm"); });
  }
  for (StringRef File : It->second) {
    StringRef Fingerprint = File;
    if (Fingerprint.consume_front(Name) && Fingerprint.consume_front(".") &&
        Fingerprint.consume_back(".wasm") && !Fingerprint.contains('.'))
      Add(File);
  }
  return Found;
}

Assembly *AssemblySet::find(StringRef Name, std::string &Why) {
  if (Assembly *Known = ByName.lookup(Name))
    return Known;
  if (auto It = Missing.find(Name); It != Missing.end()) {
    Why = It->second;
    return nullptr;
  }
  // The part of a file name that looks like a fingerprint can belong to the
  // name of another assembly. A file without one precedes it as the reason.
  std::string Unreadable, Possible;
  for (const std::vector<std::string> *Folders : {&References, &OwnFolders})
    for (const std::string &Folder : *Folders)
      for (const std::string &File : filesOf(Folder, Name)) {
        llvm::Expected<Assembly *> A = read(File);
        bool HasFingerprint = llvm::sys::path::stem(File) != Name &&
                              StringRef(File).ends_with(".wasm");
        if (A && (!HasFingerprint || (*A)->Name == Name)) {
          ByName[Name] = *A;
          return *A;
        }
        if (A) {
          All.pop_back();
          continue;
        }
        // The first error is the reason that is reported. The file of another
        // assembly can be native code.
        llvm::Error E = A.takeError();
        std::string &First = HasFingerprint ? Possible : Unreadable;
        if (First.empty() &&
            !(HasFingerprint && E.isA<ecma335::NoMetadataError>()))
          First = llvm::toString(std::move(E));
        else
          llvm::consumeError(std::move(E));
      }
  if (!Unreadable.empty())
    Why = Unreadable;
  else if (!Possible.empty())
    Why = ("assembly '" + Name +
           "' is in none of the reference folders, except in a file that "
           "cannot be read: " +
           Possible)
              .str();
  else
    Why = ("assembly '" + Name +
           "' is in none of the reference folders; name its folder with "
           "--reference")
              .str();
  Missing[Name] = Why;
  return nullptr;
}

//===----------------------------------------------------------------------===//
// By the name of a type
//===----------------------------------------------------------------------===//

/// Returns the public type with that name in any assembly. The types of .NET's
/// facades are found in the assembly of the set that defines them.
TypeDef *AssemblySet::findByName(StringRef FullName) {
  StringRef Outermost = FullName.split('/').first;
  auto FindIn = [&](Assembly &A) -> TypeDef * {
    auto Found = A.ByName.find(Outermost);
    if (Found == A.ByName.end() || !Found->second.is<TypeDefRow>())
      return nullptr;
    auto Row = rowIfAny(A, Found->second.as<TypeDefRow>());
    if (!Row || field(Row->Flags, TypeAttributes::VisibilityMask) !=
                    TypeAttributes::Public)
      return nullptr;
    std::string Ignored;
    return findType(A, FullName, Ignored);
  };
  std::string Ignored;
  for (StringRef Core :
       {"mscorlib", "System.Private.CoreLib", "System", "System.Core"})
    if (Assembly *A = find(Core, Ignored))
      if (TypeDef *D = FindIn(*A))
        return D;
  // Reading a type may append to the list.
  for (size_t I = 0; I != All.size(); ++I)
    if (TypeDef *D = FindIn(*All[I]))
      return D;
  if (std::exchange(HasReadFramework, true))
    return nullptr;
  size_t First = All.size();
  for (const std::vector<std::string> *Folders : {&References, &OwnFolders})
    for (const std::string &Folder : *Folders) {
      std::vector<std::string> Names;
      for (StringRef Name : namesIn(Folder, *Files))
        if (Name.starts_with("System.")) {
          Name.consume_back(".bytes");
          if (Name.consume_back(".dll"))
            Names.push_back(Name.str());
          else if (Name.consume_back(".wasm"))
            Names.insert(Names.end(),
                         {Name.str(), Name.rsplit('.').first.str()});
        }
      llvm::sort(Names);
      for (const std::string &Name : Names)
        find(Name, Ignored);
    }
  for (size_t I = First; I != All.size(); ++I)
    if (TypeDef *D = FindIn(*All[I]))
      return D;
  return nullptr;
}

} // namespace ilbridge::managed
