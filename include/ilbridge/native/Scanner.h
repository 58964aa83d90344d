//===- Scanner.h - Find annotated functions in C and C++ --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_NATIVE_SCANNER_H
#define ILBRIDGE_NATIVE_SCANNER_H

#include "ilbridge/cache/Inputs.h"
#include "ilbridge/command/SourceCommand.h"
#include "ilbridge/native/ScanResult.h"
#include "clang/Basic/SourceLocation.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace clang {
class ASTContext;
class Decl;
class Preprocessor;
class Sema;
} // namespace clang

namespace ilbridge::native {

class Preambles;

struct ScanOptions : command::ClangSettings {
  /// The absolute folder to which paths in facts and findings are relative.
  std::string Root;
  bool Color = false; ///< colors ClangOutput
  /// Names for files outside of the root; the longest match is used.
  std::vector<PathPrefix> PathMap;
  /// The preambles that the sources of a run share; null: none.
  Preambles *Shared = nullptr;
  /// Functions of the program that register others, in addition to those of
  /// runtimes.
  std::vector<Registrar> Registrars;
  /// The qualified names of the classes that become Facts::Classes.
  std::vector<std::string> Classes;
  /// The entry points whose functions become exports of a library without
  /// annotations; null: all of its functions do.
  const llvm::StringSet<> *EntryPoints = nullptr;
};

/// One source to read.
struct ScanInput : command::SourceCommand {
  /// The text of the source; nullopt: it is read from the disk.
  std::optional<std::string> Text = std::nullopt;
  /// The library to which its unannotated functions belong; nullopt for a
  /// source with annotations.
  std::optional<HeaderEntry> Unannotated = std::nullopt;
  /// The value of Facts::For in the resulting facts: the triple of a target, or
  /// empty.
  std::string For = {};
};

/// Scans one source; others may be scanned at the same time. Function bodies
/// are skipped unless they mention a registrar.
ScanResult scan(const ScanInput &Input, const ScanOptions &Options);

/// A use of a macro of ilbridge/export.h that expands to an annotation.
struct MacroUse {
  std::string Name;
  clang::SourceLocation Where; ///< location of the outermost macro, in a file
};

/// Whether \p Name is an annotation macro of ilbridge/export.h for functions.
bool isAnnotatingMacro(llvm::StringRef Name);

/// A translation unit after parsing, in a scan or in a host inside Clang.
struct ParsedUnit {
  clang::ASTContext &Context;
  clang::Preprocessor &PP;
  /// Instantiates templates that declarations name but do not require. Null if
  /// the host has no Sema any more: such types are then opaque.
  clang::Sema *S = nullptr;
  /// The top-level declarations to process. Editors keep the declarations of
  /// headers in a precompiled file that is slow to traverse.
  llvm::ArrayRef<clang::Decl *> Declarations;
  /// The absolute folder to which paths in facts and findings are relative.
  llvm::StringRef Root;
  llvm::ArrayRef<PathPrefix> PathMap = {};
  /// The folder of the compile command, to which the names of files are
  /// relative; empty: that of the process.
  std::string WorkingDirectory = {};
  /// The uses of annotation macros; empty: they were not recorded.
  llvm::ArrayRef<MacroUse> Uses = {};
  /// Whether the result must be the same on a compiler of another machine,
  /// which knows only the include folders in which a header was found.
  bool IsForEveryMachine = false;
  /// Functions of the program that register others, in addition to those of
  /// runtimes.
  llvm::ArrayRef<Registrar> Registrars = {};
  /// As ScanOptions::Classes.
  llvm::ArrayRef<std::string> Classes = {};
  /// As ScanOptions::EntryPoints.
  const llvm::StringSet<> *EntryPoints = nullptr;
};

/// The kind of text in the main file of a translation unit.
enum class MainFile : uint8_t {
  Source,
  Rewritten,    ///< includes are expanded (-frewrite-includes)
  Preprocessed, ///< macros are expanded; locations differ
};
MainFile mainFile(const ParsedUnit &U);
/// \returns the compile command's name of the main file, even if it has become
/// another file's text.
std::string mainFileName(const ParsedUnit &U);

/// The file of a path in facts and findings.
struct KnownFile {
  clang::FileID ID; ///< contains the text
  std::string Name; ///< in Clang, or from a line marker
};
using FilesByPath = llvm::StringMap<KnownFile>;

/// Collects the exports of a translation unit. If \p F has a library, these are
/// its functions without annotations. The files of findings are added to \p
/// Files.
void collectExports(const ParsedUnit &U, Facts &F, DiagnosticList &Findings,
                    FilesByPath &Files);

/// Collects functions of the main file that have no annotation, have one of \p
/// Names and can be exported. Each is described as if it were annotated with
/// ILBRIDGE_EXPORT at AnnotationBegin.
void collectUnannotated(const ParsedUnit &U, const llvm::StringSet<> &Names,
                        Facts &F, FilesByPath &Files);

/// \returns the location of the first declaration with an ilbridge annotation,
/// valid or not; invalid if there is none.
clang::SourceLocation firstAnnotation(const clang::ASTContext &Ctx);

/// The files that contain annotated declarations, as facts name them;
/// sorted.
std::vector<std::string> annotatedFiles(const ParsedUnit &U);

} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_SCANNER_H
