//===- Facts.h - Declarations of one C++ source -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   source + compile command ──scan──▶ Facts ──writeFacts──▶ text
//                                        ▲                     │
//                                        └─────readFacts───────┘
//
// The text consists of one JSON object per line. The lines of each source begin
// with a header line, so files of facts may be concatenated. docs/facts.md
// describes the format.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_NATIVE_FACTS_H
#define ILBRIDGE_NATIVE_FACTS_H

#include "ilbridge/native/Export.h"
#include "ilbridge/native/HeaderEntry.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"
#include <map>

namespace llvm {
class ThreadPoolInterface;
}

namespace ilbridge::native {

/// An #include directive of a source, or of the flags that it is compiled with.
struct DirectInclude {
  Header What;
  /// C++ has to include the header within extern "C".
  bool NeedsExternC = false;
  /// The files (Header::File) that it includes, directly or not, and that
  /// declare something in the facts; sorted.
  std::vector<std::string> Declares;
};

/// The result of scanning one source.
struct Facts {
  std::string Source; ///< the main file; all paths are relative to the root
  std::string Triple; ///< the target of the scan
  DataModel Model;
  bool IsC = false; ///< the source is C, not C++
  /// The library that headers without annotations declare; nullopt otherwise.
  std::optional<HeaderEntry> Unannotated;
  /// In the order of the source, up to the last one that leads to a
  /// declaration: a header may rely on earlier headers.
  std::vector<DirectInclude> Includes;
  std::vector<Export> Exports;
  std::vector<ManagedImport> Imports;
  /// Functions of the source that other sources can call, and that register
  /// what their callers pass.
  std::vector<Registrar> Registrars;
  /// A class that the project names in `objects`, which the source defines.
  struct MappedClass {
    std::string Name; ///< as the project names it
    const RecordType *Record = nullptr;
  };
  std::vector<MappedClass> Classes;
  /// Machine-independent names of files outside of the root, by their absolute
  /// paths: "<gtk/gtk.h>" for a header that is found on the include path, or
  /// the name to which the user maps the path.
  std::map<std::string, std::string> PortableNames;
  /// Owns the types of Exports, Imports and Classes.
  TypeContext Types;
  /// The target for which the project defines separate compile flags, and
  /// for which the facts are therefore valid; empty: they are valid for
  /// Triple.
  std::string For;
  /// The headers do not compile, so their declarations are not known. The facts
  /// have neither exports nor imports.
  bool IsBroken = false;

  /// The triple of the target for which they are valid.
  llvm::StringRef target() const { return For.empty() ? Triple : For; }
};

/// Maps a folder to its machine-independent name.
struct PathPrefix {
  std::string From; ///< absolute, without a slash at its end
  std::string To;
};

/// The version of the text format, which its header line states.
constexpr unsigned FactsVersion = 2;

/// The names of files outside of the root in the text.
enum class OutsidePaths : uint8_t {
  Portable, ///< Facts::PortableNames: no path of this machine
  Absolute, ///< absolute paths and portable names
};
void writeFacts(const Facts &F, OutsidePaths Outside, llvm::raw_ostream &OS);

/// Reads the text of writeFacts, with one or several sources. \p Text is not
/// trusted: the Error states the file, the line and what was expected there.
/// With \p Threads, parts of a large text are read in parallel; each has at
/// least \p PartSize bytes, except the last one.
llvm::Expected<std::vector<Facts>>
readFacts(llvm::MemoryBufferRef Text,
          llvm::ThreadPoolInterface *Threads = nullptr,
          size_t PartSize = 1 << 16);

} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_FACTS_H
