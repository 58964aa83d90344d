//===- SourceLocations.h - Members of assemblies in C# sources --*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   Location {Game.dll, "Ns.T::M(System.Int32)"}
//      └▶ debug information ─▶ documents ─▶ files ─┐
//         sources that the user named ─────────────┴▶ the declaration in a text
//                                                         └▶ {T.cs, 12:31}
//
// No file is read before the first call, because a program without findings
// requires no source location.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_MANAGED_SOURCELOCATIONS_H
#define ILBRIDGE_MANAGED_SOURCELOCATIONS_H

#include "ilbridge/csharp/Finder.h"
#include "ilbridge/ecma335/DebugInfo.h"
#include "ilbridge/managed/AssemblySet.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace ilbridge::managed {

/// Finds the declarations of the members of assemblies in C# sources. If a name
/// does not identify exactly one declaration, the location is that of the type.
/// If the type is not found either, it is the location that the debug
/// information states for the type.
class SourceLocations {
public:
  /// \param Root the absolute path of a folder. A source that is not where the
  /// compiler read it is searched there by the end of its path. \param Sources
  /// the absolute paths of further C# sources: files, or folders whose .cs
  /// files are used. All files are read through \p Files.
  SourceLocations(std::string Root, std::vector<std::string> Sources,
                  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files)
      : Root(std::move(Root)), Given(std::move(Sources)),
        Files(std::move(Files)) {}

  struct DeclarationLocation {
    std::string File; ///< absolute, or as passed to the compiler
    Position Start;   ///< 0: only the file is known
    /// The outline that contains the declaration; null if only the debug
    /// information states the location.
    const csharp::Outline *In = nullptr;
    const csharp::Declaration *What = nullptr; ///< the member, or its type
    bool IsExact = false;                      ///< the member was found
    /// The text is embedded in the debug information, so it cannot be edited.
    bool IsEmbedded = false;
  };
  /// \returns the location of the declaration of \p Member, a Location::Member
  /// of \p A; nullopt if it is not known.
  std::optional<DeclarationLocation> find(Assembly &A, AssemblySet &Set,
                                          llvm::StringRef Member);

  /// Discards everything that was read, so that files may change.
  void forget();

private:
  /// A C# source, read once.
  struct Source {
    std::unique_ptr<llvm::MemoryBuffer> Buffer;
    std::unique_ptr<csharp::Outline> Outline;
    bool IsEmbedded = false; ///< a text in debug information instead of a file
  };
  /// The debug information of an assembly, and the locations of its members
  /// that have been found so far.
  struct Symbols {
    ecma335::DebugInfo Info;
    bool HasInfo = false;
    unsigned Number = 0; ///< a number for this assembly
    /// The files of Info.Documents; empty if a file is not found. Searched on
    /// first use.
    std::vector<std::optional<std::string>> Files;
    llvm::StringMap<std::optional<DeclarationLocation>> Known;
  };

  Symbols &symbolsOf(const Assembly &A);
  bool readBeside(const Assembly &A, ecma335::DebugInfo &Out);
  std::unique_ptr<llvm::MemoryBuffer> read(llvm::StringRef Path,
                                           uint64_t MaxSize);
  const std::string &fileOf(Symbols &S, uint32_t Document);
  std::string findFile(llvm::StringRef Document);
  bool isFile(llvm::StringRef Path);
  const csharp::Outline *outline(llvm::StringRef Path);
  /// The displayed name for a key of Sources.
  std::string shown(const std::string &File) const;
  std::string embeddedFile(const Symbols &S, uint32_t Document);
  llvm::ArrayRef<std::string> givenFiles();
  void listFolder(llvm::StringRef Folder, unsigned Depth);
  std::optional<DeclarationLocation> locate(Assembly &A, AssemblySet &Set,
                                            Symbols &S, llvm::StringRef Member);
  std::optional<DeclarationLocation> lookUp(llvm::ArrayRef<std::string> Files,
                                            const csharp::MemberName &Wanted);

  std::string Root;
  std::vector<std::string> Given;
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files;
  /// The C# files, including those in folders.
  std::optional<std::vector<std::string>> GivenFiles;
  llvm::DenseMap<const Assembly *, std::unique_ptr<Symbols>> All;
  llvm::StringMap<Source> Sources;
};

} // namespace ilbridge::managed

#endif // ILBRIDGE_MANAGED_SOURCELOCATIONS_H
