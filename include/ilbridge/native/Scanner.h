//===- Scanner.h - Find annotated functions in C and C++ --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_NATIVE_SCANNER_H
#define ILBRIDGE_NATIVE_SCANNER_H

#include "ilbridge/cache/Inputs.h"
#include "ilbridge/native/Compilers.h"
#include "ilbridge/native/Facts.h"
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

struct ScanOptions {
  /// Folder that paths in facts and findings are relative to; absolute.
  std::string Root;
  /// Clang's own headers, unless the command names another folder.
  std::string ResourceDir;
  /// Appended to every command.
  std::vector<std::string> ExtraArgs;
  bool Color = false; ///< in ClangOutput
  /// Names for files outside of the root; the longest that fits.
  std::vector<PathPrefix> PathMap;
  /// The preambles that the sources of a run share; null: none.
  Preambles *Shared = nullptr;
};

/// One source to read.
struct ScanInput {
  clang::tooling::CompileCommand Command;
  /// The compiler of the command; null: Clang, as the command says.
  std::shared_ptr<const Compiler> By = nullptr;
  /// The text of the file that the command names; nullopt: it is on disk.
  std::optional<std::string> Text;
  /// Its functions are not annotated, but those of this library.
  std::optional<Library> Unannotated;
  /// The value of Facts::For in the resulting facts: the triple of a target, or
  /// empty.
  std::string For;
};

/// The result of scanning one compile command.
struct ScanResult {
  Facts TheFacts;
  /// The questions that the scan asked, with their answers.
  std::shared_ptr<const cache::Inputs> Asked;
  DiagnosticList Findings;
  bool Compiled = false;
  /// There is no such source, or no folder to compile it in.
  bool IsAbsent = false;
  /// For a source that did not compile: the files in which annotations were
  /// seen, as facts name them.
  std::vector<std::string> Annotated;
  /// Clang's errors, as it would print them. It gives no warnings: the compiler
  /// shows those that the user has asked for.
  std::string ClangOutput;
};

/// Scans one source; others may be scanned at the same time. Function bodies
/// are not looked at.
ScanResult scan(const ScanInput &Input, const ScanOptions &Options);

/// The flags of a command that a scan leaves out because Clang does not know or
/// accept them.
std::vector<std::string> unknownFlags(const ScanInput &Input,
                                      const ScanOptions &Options);

/// A place where a macro of ilbridge/export.h is replaced by an annotation.
struct MacroUse {
  std::string Name;
  clang::SourceLocation Where; ///< of the outermost macro, in a file
};

/// Whether \p Name is a macro of ilbridge/export.h that goes before a function.
bool isAnnotatingMacro(llvm::StringRef Name);

/// A unit that was just parsed, by a scan or by a host inside Clang.
struct ParsedUnit {
  clang::ASTContext &Context;
  clang::Preprocessor &PP;
  /// Instantiates templates that declarations name but do not need. Null where
  /// a host has none left: such types are then known by their names only.
  clang::Sema *S = nullptr;
  /// The declarations of the outermost level to look at. Editors keep what
  /// headers declare in a file that is slow to walk.
  llvm::ArrayRef<clang::Decl *> Declarations;
  /// Folder that paths in facts and findings are relative to; absolute.
  llvm::StringRef Root;
  llvm::ArrayRef<PathPrefix> PathMap = {};
  /// The folder of the compile command, which the names of files are relative
  /// to; empty: the process's own.
  std::string WorkingDirectory = {};
  /// The places where our macros are replaced; empty: nobody recorded them.
  llvm::ArrayRef<MacroUse> Uses = {};
  /// Whether all that may be known is what a compiler on another machine knows,
  /// too: no include path but the folders in which a header was found.
  bool IsForEveryMachine = false;
};

/// The kind of text in the main file of a unit.
enum class MainFile : uint8_t {
  Source,
  Rewritten,    ///< with the text of what it includes (-frewrite-includes)
  Preprocessed, ///< without macros, so with other places than the source
};
MainFile mainFile(const ParsedUnit &U);
/// \returns the compile command's name of the main file, even if it has become
/// another file's text.
std::string mainFileName(const ParsedUnit &U);

/// The file behind a path in facts and findings.
struct KnownFile {
  clang::FileID ID; ///< whose text it is
  std::string Name; ///< that Clang knows it by, or a line marker gives it
};
using FilesByPath = llvm::StringMap<KnownFile>;

/// Collects the exports of a unit. Where \p F has a library, those are its
/// functions, which carry no annotation. \p Files gets what findings have to be
/// shown in.
void collectExports(const ParsedUnit &U, Facts &F, DiagnosticList &Findings,
                    FilesByPath &Files);

/// Collects functions of a unit's main file that carry no annotation, are
/// called one of \p Names and could be exported: as if each were annotated
/// ILBRIDGE_EXPORT, which would stand at the place AnnotationBegin.
void collectUnannotated(const ParsedUnit &U, const llvm::StringSet<> &Names,
                        Facts &F, FilesByPath &Files);

/// \returns the first declaration that carries one of our annotations, wherever
/// it may stand; invalid if none does.
clang::SourceLocation firstAnnotation(const clang::ASTContext &Ctx);

/// The files in which declarations carry our annotations, as facts name them;
/// sorted.
std::vector<std::string> annotatedFiles(const ParsedUnit &U);

/// \p Path, absolute or relative to \p Directory, as facts and findings show
/// it: relative to \p Root when it lies below, with forward slashes.
std::string shownPath(llvm::StringRef Path, llvm::StringRef Directory,
                      llvm::StringRef Root);

} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_SCANNER_H
