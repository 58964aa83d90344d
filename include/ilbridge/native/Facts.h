//===- Facts.h - What is known of one C++ source ----------------*- C++ -*-===//
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
// The text is JSON, one object a line, each source's lines opened by a header
// line; files of facts may be concatenated. docs/facts.md is its description.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_NATIVE_FACTS_H
#define ILBRIDGE_NATIVE_FACTS_H

#include "ilbridge/native/Export.h"
#include "ilbridge/native/Library.h"
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
  /// In C++, the header has to be included within extern "C".
  bool NeedsExternC = false;
  /// The files, as Header::File has them, that it leads to and that declare
  /// what the facts mention; sorted.
  std::vector<std::string> Declares;
};

/// All that later stages need to know of one scanned source.
struct Facts {
  std::string Source; ///< the main file, as all paths relative to the root
  std::string Triple; ///< that the source was compiled for
  DataModel Model;
  bool IsC = false; ///< the source is C, not C++
  /// The library that headers without annotations declare; nullopt otherwise.
  std::optional<Library> Unannotated;
  /// In the source's order, up to the last one that leads to a declaration: a
  /// header may rely on those before it.
  std::vector<DirectInclude> Includes;
  std::vector<Export> Exports;
  /// The names that files outside of the root have on every machine, by their
  /// absolute paths. Such a name is "<gtk/gtk.h>" for a header that an include
  /// folder leads to, or what the user maps it to.
  std::map<std::string, std::string> PortableNames;
  /// Owns the types of Exports.
  TypeContext Types;
  /// The triple of the target that the project compiles it for with flags of
  /// that target's own, and that the facts therefore count for; empty: they
  /// count for Triple.
  std::string For;
  /// Its headers do not compile, so what they declare is not known. It has a
  /// library and no exports.
  bool IsBroken = false;

  /// The triple of the target that they count for.
  llvm::StringRef target() const { return For.empty() ? Triple : For; }
};

/// Files below one folder are below another one on every machine.
struct PathPrefix {
  std::string From; ///< absolute, without a slash at its end
  std::string To;
};

/// The version of the text format, which its header line states.
constexpr unsigned FactsVersion = 2;

/// How a text names files outside of the root.
enum class OutsidePaths : uint8_t {
  Portable, ///< as Facts::PortableNames has them: no path of this machine
  Absolute, ///< as they are, with their portable names: for this machine
};
void writeFacts(const Facts &F, OutsidePaths Outside, llvm::raw_ostream &OS);

/// Reads what writeFacts wrote, one or several sources. \p Text is not
/// trusted: the Error names its file, line and what was expected there. With
/// \p Threads, parts of a large text are read side by side.
llvm::Expected<std::vector<Facts>>
readFacts(llvm::MemoryBufferRef Text,
          llvm::ThreadPoolInterface *Threads = nullptr);

} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_FACTS_H
