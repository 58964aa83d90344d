//===- DirectIncludes.cpp - The includes of a source ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DirectIncludes.h"
#include "IncludeFolders.h"
#include "SourceLocations.h"
#include "ilbridge/native/Preambles.h"
#include "ilbridge/versions/Clang.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace ilbridge::native {

DirectIncludes::DirectIncludes(const ParsedUnit &U, llvm::StringRef Main)
    : U(U), SM(U.Context.getSourceManager()) {
  if (mainFile(U) == MainFile::Source)
    collect();
  else
    collectMarked(SM.getBufferData(SM.getMainFileID()), Main);
}

//===----------------------------------------------------------------------===//
// From the files that Clang has entered
//===----------------------------------------------------------------------===//

/// Describes the text of a header itself, without that of its includes.
struct OwnText {
  bool IsGuarded = false; ///< it may be included twice
  bool HasMacros = false; ///< other than the guard
  bool HasCode = false;   ///< other than directives
};
static OwnText ownText(llvm::StringRef Text) {
  OwnText Result;
  LangOptions Options;
  Options.CPlusPlus = Options.LineComment = true;
  std::string Copy = Text.str(); // a lexer reads up to a null character
  Lexer Lex(SourceLocation(), Options, Copy.data(), Copy.data(),
            Copy.data() + Copy.size());
  std::string Guard;
  Token T;
  unsigned Directives = 0;
  for (Lex.LexFromRawLexer(T); T.isNot(tok::eof);) {
    if (T.isNot(tok::hash) || !T.isAtStartOfLine()) {
      Result.HasCode = true;
      Lex.LexFromRawLexer(T);
      continue;
    }
    std::vector<llvm::StringRef> Words;
    for (Lex.LexFromRawLexer(T); T.isNot(tok::eof) && !T.isAtStartOfLine();
         Lex.LexFromRawLexer(T))
      Words.push_back(T.is(tok::raw_identifier) ? T.getRawIdentifier() : "");
    if (Words.size() < 2)
      continue;
    ++Directives;
    if (Words[0] == "pragma" && Words[1] == "once")
      Result.IsGuarded = true;
    else if (Words[0] == "ifndef" && Directives == 1)
      Guard = Words[1].str();
    else if (Words[0] == "define" && Directives == 2 && Words[1] == Guard)
      Result.IsGuarded = true;
    else if (Words[0] == "define")
      Result.HasMacros = true;
  }
  return Result;
}

/// Returns whether a header that a flag includes, with the text \p Text, is
/// replaced by the headers that it includes. CMake writes such files for
/// precompiled headers, in the build folder. A header without a guard that has
/// declarations cannot be included again where the flag is given.
static bool isReplacedByIncludes(llvm::StringRef Text) {
  OwnText T = ownText(Text);
  return !T.IsGuarded && (T.HasCode || !T.HasMacros);
}

/// Whether the includes of a file are treated as includes of the unit.
bool DirectIncludes::isTransparent(FileID ID) {
  if (ID.isInvalid() || ID == SM.getMainFileID() ||
      ID == U.PP.getPredefinesFileID() || ID == SM.getPreambleFileID())
    return true;
  if (auto Known = Transparent.find(ID); Known != Transparent.end())
    return Known->second;
  OptionalFileEntryRef File = SM.getFileEntryRefForID(ID);
  FileID Includer = SM.getFileID(SM.getIncludeLoc(ID));
  bool Result = File && isTransparent(Includer);
  if (Result && !isSource(File->getName())) {
    std::optional<llvm::StringRef> Text = SM.getBufferDataOrNone(ID);
    Result = Includer == U.PP.getPredefinesFileID() && Text &&
             isReplacedByIncludes(*Text);
  }
  return Transparent[ID] = Result;
}

/// In a text that contains all files, specifications can extend over several
/// files. A specification in a header ends with the header.
bool DirectIncludes::isInExternC(SourceLocation At) const {
  return llvm::any_of(U.Declarations, [&](const Decl *D) {
    const auto *Spec = dyn_cast<LinkageSpecDecl>(D);
    return Spec && Spec->hasBraces() && versions::isExternC(*Spec) &&
           SM.getFileID(Spec->getExternLoc()) == SM.getFileID(At) &&
           Spec->getExternLoc() < At && At < Spec->getRBraceLoc();
  });
}

/// Returns the number of conditions that are open at the end of \p Text, but
/// not at its beginning.
static int openConditions(llvm::StringRef Text) {
  int Open = 0;
  for (llvm::StringRef Line, Rest = Text; !Rest.empty();) {
    std::tie(Line, Rest) = Rest.split('\n');
    Line = Line.ltrim();
    if (!Line.consume_front("#"))
      continue;
    Line = Line.ltrim();
    if (Line.starts_with("if"))
      ++Open;
    else if (Line.starts_with("endif"))
      --Open;
  }
  return Open;
}

bool DirectIncludes::isConditional(SourceLocation At) const {
  auto [ID, Offset] = SM.getDecomposedLoc(At);
  return ID != SM.getPreambleFileID() &&
         openConditions(SM.getBufferData(ID).take_front(Offset)) > 0;
}

/// The name in the directive as written, without following text.
static llvm::StringRef quoted(llvm::StringRef Directive) {
  if (!Directive.starts_with("<") && !Directive.starts_with("\""))
    return ""; // a macro
  size_t End = Directive.find_first_of(Directive[0] == '<' ? ">\n" : "\"\n", 1);
  return End == llvm::StringRef::npos || Directive[End] == '\n'
             ? ""
             : Directive.take_front(End + 1);
}

/// Returns \p Directive, which includes \p File relative to the folder of \p
/// Includer, in a form for any file with the same include path; empty if there
/// is none.
static std::string portable(llvm::StringRef Directive, llvm::StringRef File,
                            llvm::StringRef Includer) {
  llvm::StringRef Name = Directive.drop_front().drop_back();
  if (Name.empty() || llvm::sys::path::is_absolute(Name))
    return "";
  if (Directive.front() == '"') {
    llvm::SmallString<256> Beside = llvm::sys::path::parent_path(Includer);
    llvm::sys::path::append(Beside, Name);
    llvm::SmallString<256> Found = File;
    llvm::sys::path::remove_dots(Beside);
    llvm::sys::path::remove_dots(Found);
    if (Beside == Found)
      return "";
  }
  return Directive.str();
}

std::string DirectIncludes::written(SourceLocation At,
                                    llvm::StringRef File) const {
  auto [ID, Offset] = SM.getDecomposedLoc(At);
  // A text with expanded includes does not contain the flags.
  if (ID == U.PP.getPredefinesFileID())
    return "";
  OptionalFileEntryRef Includer = SM.getFileEntryRefForID(ID);
  if (ID == SM.getPreambleFileID()) {
    // A preamble is the beginning of the main file and has no text of its own.
    Includer = SM.getFileEntryRefForID(SM.getMainFileID());
    unsigned Line = 0;
    for (const std::string &Each :
         leadingIncludes(SM.getBufferData(SM.getMainFileID())).Names) {
      Line += strlen("#include \n") + Each.size();
      if (Offset < Line)
        return portable(Each, File, Includer ? Includer->getName() : "");
    }
    return "";
  }
  llvm::StringRef Directive = quoted(SM.getBufferData(ID).drop_front(Offset));
  return Directive.empty()
             ? ""
             : portable(Directive, File, Includer ? Includer->getName() : "");
}

void DirectIncludes::collect() {
  // A file is followed by those that it includes. Only their number is required
  // here, and nothing else of a preamble is loaded.
  auto Visit = [&](int At) -> unsigned {
    std::optional<EnteredFile> F = entered(At);
    if (!F || !isTransparent(SM.getFileID(F->Directive)) ||
        isTransparent(F->ID))
      return 1;
    unsigned Count = std::max(1u, SM.getNumCreatedFIDsForFileID(F->ID));
    ByDirective[F->Directive] = Entries.size();
    Ranges.push_back({At, Count});
    Entries.push_back({F->Name.str(), written(F->Directive, F->Name),
                       F->IsSystem, isInExternC(F->Directive),
                       isConditional(F->Directive)});
    return Count;
  };
  if (FileID Begin = SM.getPreambleFileID(); Begin.isValid())
    for (int At = static_cast<int>(Begin.getHashValue()) + 1; At < -1;)
      At += Visit(At);
  for (int At = 0, N = SM.local_sloc_entry_size(); At < N;)
    At += Visit(At);
}

/// Clang numbers entered files from 0 upwards, and loaded files from -2
/// downwards, both in the order of the preprocessor.
std::optional<DirectIncludes::EnteredFile>
DirectIncludes::entered(int At) const {
  const SrcMgr::SLocEntry &Entry =
      At < 0 ? SM.getLoadedSLocEntry(-At - 2) : SM.getLocalSLocEntry(At);
  if (!Entry.isFile())
    return std::nullopt;
  const SrcMgr::FileInfo &Info = Entry.getFile();
  OptionalFileEntryRef File = Info.getContentCache().OrigEntry;
  if (!File || Info.getIncludeLoc().isInvalid())
    return std::nullopt;
  return EnteredFile{
      SM.getFileID(SourceLocation::getFromRawEncoding(Entry.getOffset())),
      Info.getIncludeLoc(), File->getName(),
      Info.getFileCharacteristic() != SrcMgr::C_User};
}

std::optional<size_t> DirectIncludes::leadingTo(FileID ID,
                                                llvm::StringRef Name) const {
  if (auto Found = Marked.find(Name); Found != Marked.end())
    return Found->second.Entry;
  for (SourceLocation At; (At = SM.getIncludeLoc(ID)).isValid();
       ID = SM.getFileID(At))
    if (auto Found = ByDirective.find(At); Found != ByDirective.end())
      return Found->second;
  return std::nullopt;
}

std::vector<std::string>
DirectIncludes::systemHeadersBehind(size_t Index) const {
  if (Index >= Ranges.size())
    return SystemHeaders[Index];
  std::vector<std::string> Result;
  auto [Begin, Count] = Ranges[Index];
  for (int At = Begin + 1; At < Begin + static_cast<int>(Count); ++At) {
    std::optional<EnteredFile> F = entered(At);
    if (!F || !F->IsSystem || SM.isInSystemHeader(F->Directive))
      continue;
    std::string Text = written(F->Directive, F->Name);
    if (!Text.empty() && !llvm::is_contained(Result, Text))
      Result.push_back(std::move(Text));
  }
  return Result;
}

//===----------------------------------------------------------------------===//
// Headers of C that C++ may include
//===----------------------------------------------------------------------===//

std::optional<llvm::StringRef>
DirectIncludes::text(FileID ID, llvm::StringRef Name) const {
  if (Marked.empty())
    return SM.getBufferDataOrNone(ID);
  auto Found = Marked.find(Name);
  if (Found == Marked.end())
    return std::nullopt;
  return llvm::StringRef(Found->second.Text);
}

/// Whether the text tests __cplusplus, or a line begins with a linkage macro of
/// another header that tests it: G_BEGIN_DECLS.
bool DirectIncludes::asksForCxx(FileID ID, llvm::StringRef Name) const {
  auto [Known, IsNew] = AsksForCxx.try_emplace(Name, false);
  if (!IsNew)
    return Known->second;
  constexpr llvm::StringLiteral Asked = "__cplusplus";
  std::optional<llvm::StringRef> Text = text(ID, Name);
  if (!Text || Text->contains(Asked))
    return Known->second = Text.has_value();
  auto MeansLinkage = [&](llvm::StringRef Word) {
    const MacroInfo *M = U.PP.getMacroInfo(U.PP.getIdentifierInfo(Word));
    if (!M ||
        !(M->tokens_empty() || M->getReplacementToken(0).is(tok::kw_extern)))
      return false;
    PresumedLoc P = SM.getPresumedLoc(M->getDefinitionLoc());
    std::optional<llvm::StringRef> Defining =
        text(SM.getFileID(M->getDefinitionLoc()),
             P.isValid() ? P.getFilename() : "");
    return Defining && Defining->contains(Asked);
  };
  std::string Copy = Text->str(); // a lexer reads up to a null character
  Lexer Lex(SourceLocation(), U.Context.getLangOpts(), Copy.data(), Copy.data(),
            Copy.data() + Copy.size());
  Token T;
  bool Result = false;
  for (Lex.LexFromRawLexer(T); T.isNot(tok::eof) && !Result;
       Lex.LexFromRawLexer(T))
    Result = T.isAtStartOfLine() && T.is(tok::raw_identifier) &&
             MeansLinkage(T.getRawIdentifier());
  return AsksForCxx[Name] = Result;
}

bool DirectIncludes::statesLinkage(FileID ID, llvm::StringRef Name) const {
  std::string File = Name.str();
  for (auto At = Marked.find(File); At != Marked.end();
       At = Marked.find(File)) {
    if (asksForCxx(ID, File))
      return true;
    if (At->second.Includer.empty())
      return false;
    File = At->second.Includer;
  }
  for (SourceLocation At; (At = SM.getIncludeLoc(ID)).isValid();
       ID = SM.getFileID(At)) {
    OptionalFileEntryRef Entered = SM.getFileEntryRefForID(ID);
    if (Entered && asksForCxx(ID, Entered->getName()))
      return true;
    if (ByDirective.count(At))
      break;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// From line markers
//===----------------------------------------------------------------------===//

/// Collects the includes of \p Text, which contains the text of all files, as
/// -E or -frewrite-includes writes it. \p Main is the name of the main file.
void DirectIncludes::collectMarked(llvm::StringRef Text, llvm::StringRef Main) {
  // Read all texts first, because they determine how headers from flags are
  // treated.
  std::vector<LineMarker> Markers;
  visitMarkers(Text, [&](const LineMarker &M) { Markers.push_back(M); });
  llvm::StringMap<std::string> Texts;
  auto Behind = [&](size_t I) {
    const char *End =
        I + 1 == Markers.size() ? Text.end() : Markers[I + 1].Line.begin();
    return llvm::StringRef(Markers[I].Line.end(),
                           static_cast<size_t>(End - Markers[I].Line.end()));
  };
  for (const auto &[I, M] : llvm::enumerate(Markers))
    Texts[M.File] += Behind(I);

  struct Level {
    bool IsTransparent;
    bool IsSystem;
    size_t Entry; ///< for a header, the entry that reaches it
  };
  std::vector<Level> Open = {{true, false, 0}};
  std::string Includer = Main.str();
  llvm::StringMap<int> Conditions; // number of open conditions in each file
  bool IsBeforeMain = true;
  for (const auto &[I, M] : llvm::enumerate(Markers)) {
    IsBeforeMain &= M.File != Main;
    if (M.Flags.starts_with(" 1")) {
      const Level Outer = Open.back();
      bool IsSystem = M.Flags.contains('3');
      bool StandsForOthers =
          M.File.starts_with("<") || M.File == Main || isSource(M.File) ||
          (IsBeforeMain && isReplacedByIncludes(Texts[M.File]));
      Level &Inner = Open.emplace_back(
          Level{Outer.IsTransparent && StandsForOthers, IsSystem, Outer.Entry});
      llvm::StringRef Name = quoted(M.Directive);
      std::string Written =
          Name.empty() ? "" : portable(Name, M.File, Includer);
      bool IsDirect = Outer.IsTransparent && !Inner.IsTransparent;
      if (IsDirect) {
        Inner.Entry = Entries.size();
        SourceLocation At =
            SM.getLocForStartOfFile(SM.getMainFileID())
                .getLocWithOffset(M.Line.begin() - Text.begin());
        // The directive itself is written after an #if.
        bool IsConditional = Conditions[Includer] > (Name.empty() ? 0 : 1);
        Entries.push_back({M.File.str(), std::move(Written), IsSystem,
                           isInExternC(At), IsConditional});
        SystemHeaders.emplace_back();
      } else if (!Inner.IsTransparent && IsSystem && !Outer.IsSystem &&
                 !Written.empty() &&
                 !llvm::is_contained(SystemHeaders[Inner.Entry], Written)) {
        SystemHeaders[Inner.Entry].push_back(std::move(Written));
      }
      if (!Inner.IsTransparent)
        Marked.try_emplace(
            M.File,
            MarkedFile{Texts[M.File], IsDirect ? "" : Includer, Inner.Entry});
    } else if (M.Flags.starts_with(" 2") && Open.size() > 1) {
      Open.pop_back();
    }
    Includer = M.File.str();
    Conditions[Includer] += openConditions(Behind(I));
  }
}

} // namespace ilbridge::native
