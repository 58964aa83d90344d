//===- RenderText.cpp - Findings in Clang's format ------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RenderFormats.h"
#include "ilbridge/diagnostic/OneLine.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge {

std::optional<OutputFormat> outputFormat(llvm::StringRef Name) {
  return llvm::StringSwitch<std::optional<OutputFormat>>(Name)
      .Case("text", OutputFormat::Text)
      .Case("json", OutputFormat::JSON)
      .Case("sarif", OutputFormat::SARIF)
      .Case("github", OutputFormat::GitHub)
      .Case("msbuild", OutputFormat::MSBuild)
      .Default(std::nullopt);
}

namespace {

/// A string stream whose color output the host enables; LLVM's own stream only
/// colors output to a terminal.
class ColoredText : public llvm::raw_string_ostream {
public:
  ColoredText(std::string &Text, bool Color)
      : raw_string_ostream(Text), Color(Color) {
    enable_colors(Color);
  }
  bool has_colors() const override { return Color; }

private:
  bool Color;
};

class TextRenderer {
public:
  TextRenderer(const RenderOptions &Options, llvm::raw_ostream &OS)
      : Options(Options), OS(OS) {}

  void print(const Diagnostic &D) {
    auto Kind = D.Level == Severity::Error ? llvm::SourceMgr::DK_Error
                                           : llvm::SourceMgr::DK_Warning;
    std::string Message = D.Message;
    Message += " [";
    Message += diagnosticInfo(D.ID).Name;
    Message += "]";
    print(D.Where, Kind, Message, D.Fixes);
    for (const Note &N : D.Notes)
      print(N.Where, llvm::SourceMgr::DK_Note, N.Message, N.Fixes);
  }

  void print(const Location &Where, llvm::SourceMgr::DiagKind Kind,
             llvm::StringRef Message, llvm::ArrayRef<FixIt> Fixes);

private:
  void print(const llvm::SMDiagnostic &Message);
  llvm::StringRef sourceLine(llvm::StringRef File, unsigned Line,
                             const char *&Begin);
  unsigned buffer(llvm::StringRef File);

  const RenderOptions &Options;
  llvm::raw_ostream &OS;
  llvm::StringMap<unsigned> Buffers; // the buffer numbers of Manager
  llvm::SourceMgr Manager;
};

} // namespace

bool isAbsolute(llvm::StringRef File) {
  namespace path = llvm::sys::path;
  return path::is_absolute(File) ||
         path::is_absolute(File, path::Style::windows);
}

std::string shownFile(llvm::StringRef File, const RenderOptions &Options) {
  if (File.starts_with("<")) // a header, as #include names it
    return oneLine(File);
  llvm::SmallString<256> Path = File;
  llvm::sys::path::make_preferred(Path);
  if (Options.Root != Options.WorkingDirectory && !isAbsolute(Path)) {
    Path = Options.Root;
    llvm::sys::path::append(Path, File);
  }
  llvm::StringRef Shown = Path;
  std::string Prefix = Options.WorkingDirectory + "/";
  Shown.consume_front(Prefix);
  return oneLine(Shown);
}

/// Returns the number of the file's buffer, or 0 if the file cannot be read.
unsigned TextRenderer::buffer(llvm::StringRef File) {
  auto [It, IsNew] = Buffers.try_emplace(File, 0);
  if (IsNew) {
    llvm::SmallString<256> Path = File;
    if (llvm::sys::path::is_relative(Path)) {
      Path = Options.Root;
      llvm::sys::path::append(Path, File);
    }
    if (auto Read = Options.Files->getBufferForFile(Path))
      It->second = Manager.AddNewSourceBuffer(std::move(*Read), llvm::SMLoc());
  }
  return It->second;
}

/// The text of a line, and its location in the file's buffer; empty if the file
/// cannot be read or has no such line. Manager caches the begin of each line,
/// so that many findings in one file do not read it repeatedly.
llvm::StringRef TextRenderer::sourceLine(llvm::StringRef File, unsigned Line,
                                         const char *&Begin) {
  unsigned Number = buffer(File);
  if (!Number)
    return {};
  const auto &Buffer = Manager.getBufferInfo(Number);
  const char *End = Buffer.Buffer->getBufferEnd();
  const char *Start = Buffer.getPointerForLineNumber(Line);
  if (!Start || Start == End)
    return {};
  Begin = Start;
  return llvm::StringRef(Start, End - Start).split('\n').first.rtrim('\r');
}

void TextRenderer::print(const llvm::SMDiagnostic &Message) {
  std::string Text;
  ColoredText Colored(Text, Options.Color);
  Message.print(nullptr, Colored, Options.Color);
  OS << Text;
}

/// "Method" of "Ns.Type::Method(System.Int32)", "Inner" of "Ns.Type/Inner`1".
static llvm::StringRef simpleName(llvm::StringRef Member) {
  llvm::StringRef Name = Member.take_until([](char C) { return C == '('; });
  Name = Name.substr(Name.find_last_of("./:") + 1);
  return Name.take_until([](char C) { return C == '<' || C == '`'; });
}

void TextRenderer::print(const Location &Where, llvm::SourceMgr::DiagKind Kind,
                         llvm::StringRef Message, llvm::ArrayRef<FixIt> Fixes) {
  std::string File = shownFile(Where.File, Options);
  const char *Begin = nullptr;
  llvm::StringRef Line;
  if (Where.Start.Line)
    Line = sourceLine(Where.File, Where.Start.Line, Begin);
  // The member is added only if neither the message nor the source line names
  // it.
  std::string Text = Message.str();
  if (!Where.Member.empty() && !Message.contains(Where.Member) &&
      !Line.contains(simpleName(Where.Member)))
    Text = Where.Member + ": " + Text;
  if (!Where.Start.Line) // a member of an assembly, which has no source line
    return print(llvm::SMDiagnostic(Manager, llvm::SMLoc(), File, -1, -1, Kind,
                                    Text, "", {}));
  llvm::SmallVector<llvm::SMFixIt, 2> Shown;
  llvm::SmallVector<std::pair<unsigned, unsigned>, 1> Removed;
  for (const FixIt &Fix : Fixes) {
    // Only edits within the displayed line can be drawn below it.
    if (!Begin || Fix.File != Where.File ||
        Fix.Begin.Line != Where.Start.Line || Fix.End.Line != Fix.Begin.Line ||
        Fix.End.Column > Line.size() + 1)
      continue;
    if (Fix.Text.empty()) {
      Removed.push_back({Fix.Begin.Column - 1, Fix.End.Column - 1});
      continue;
    }
    auto At = [&](unsigned Column) {
      return llvm::SMLoc::getFromPointer(Begin + Column - 1);
    };
    Shown.emplace_back(llvm::SMRange(At(Fix.Begin.Column), At(Fix.End.Column)),
                       oneLine(Fix.Text));
  }
  unsigned Column = Where.Start.Column ? Where.Start.Column - 1 : 0;
  llvm::SMLoc Loc = Begin && Column <= Line.size()
                        ? llvm::SMLoc::getFromPointer(Begin + Column)
                        : llvm::SMLoc();
  if (!Loc.isValid()) {
    Line = "";
    File += (":" + llvm::Twine(Where.Start.Line) + ":" +
             llvm::Twine(Where.Start.Column))
                .str();
    return print(
        llvm::SMDiagnostic(Manager, Loc, File, -1, -1, Kind, Text, "", {}));
  }
  print(llvm::SMDiagnostic(Manager, Loc, File, Where.Start.Line, Column, Kind,
                           Text, withoutControls(Line), Removed, Shown));
}

void renderText(llvm::ArrayRef<Diagnostic> Findings,
                const RenderOptions &Options, llvm::raw_ostream &OS) {
  TextRenderer Renderer(Options, OS);
  for (const Diagnostic &D : Findings)
    Renderer.print(D);
}

void renderError(const Location &Where, llvm::StringRef Message,
                 const RenderOptions &Options, llvm::raw_ostream &OS) {
  TextRenderer(Options, OS)
      .print(Where, llvm::SourceMgr::DK_Error, oneLine(Message), {});
}

std::string summary(llvm::ArrayRef<Diagnostic> Findings, OutputFormat Format) {
  const std::vector<Diagnostic> Shown = shown(Findings, Format);
  auto CountOf = [&](Severity Level) {
    return llvm::count_if(
        Shown, [&](const Diagnostic &D) { return D.Level == Level; });
  };
  unsigned Errors = CountOf(Severity::Error);
  unsigned Warnings = CountOf(Severity::Warning);
  auto Count = [](unsigned N, llvm::StringRef What) {
    return (llvm::Twine(N) + " " + What + (N == 1 ? "" : "s")).str();
  };
  if (Errors && Warnings)
    return Count(Errors, "error") + " and " + Count(Warnings, "warning");
  if (Errors)
    return Count(Errors, "error");
  return Warnings ? Count(Warnings, "warning") : "";
}

} // namespace ilbridge
