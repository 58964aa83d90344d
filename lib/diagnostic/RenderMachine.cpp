//===- RenderMachine.cpp - Findings for other programs --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Clang has a SARIF writer (clang/Basic/Sarif.h), but it supports neither fixes
// nor the members of an assembly, which SARIF calls logical locations.
//
//===----------------------------------------------------------------------===//

#include "RenderFormats.h"
#include "ilbridge/diagnostic/OneLine.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <map>

namespace json = llvm::json;

namespace ilbridge {

llvm::StringRef word(BindingCoverage::State S) {
  static constexpr llvm::StringLiteral Words[] = {"agrees", "not-known",
                                                  "differs"};
  return Words[S];
}

static void makePrintable(Diagnostic &D) {
  D.Message = oneLine(D.Message);
  D.Where.Member = oneLine(D.Where.Member);
  for (Note &N : D.Notes) {
    N.Message = oneLine(N.Message);
    N.Where.Member = oneLine(N.Where.Member);
  }
}

std::vector<Diagnostic> shown(llvm::ArrayRef<Diagnostic> All,
                              OutputFormat Format) {
  std::vector<Diagnostic> Findings;
  llvm::copy_if(All, std::back_inserter(Findings),
                [](const Diagnostic &D) { return !D.isKnown(); });
  if (Format == OutputFormat::Text)
    Findings = groupByCause(Findings);
  if (Format != OutputFormat::JSON && Format != OutputFormat::SARIF)
    for (Diagnostic &D : Findings)
      makePrintable(D);
  return Findings;
}

void render(llvm::ArrayRef<Diagnostic> All, OutputFormat Format,
            const RenderOptions &Options, llvm::raw_ostream &OS,
            llvm::ArrayRef<BindingCoverage> Bindings) {
  // SARIF contains findings of the baseline; viewers filter them.
  if (Format == OutputFormat::SARIF)
    return renderSARIF(All, Bindings, Options, OS);
  const std::vector<Diagnostic> Findings = shown(All, Format);
  switch (Format) {
  case OutputFormat::Text:
    return renderText(Findings, Options, OS);
  case OutputFormat::JSON:
    return renderJSON(Findings, Bindings, OS);
  case OutputFormat::SARIF:
    break;
  case OutputFormat::GitHub:
    return renderGitHub(Findings, OS);
  case OutputFormat::MSBuild:
    return renderMSBuild(Findings, Options, OS);
  }
}

unsigned Utf16Columns::of(llvm::StringRef File, Position P) {
  auto [It, IsNew] = Files.try_emplace(File);
  if (IsNew) {
    llvm::SmallString<256> Path = File;
    llvm::sys::fs::make_absolute(Options.Root, Path);
    if (auto Buffer = Options.Files->getBufferForFile(Path))
      It->second = std::move(*Buffer);
  }
  if (!It->second)
    return P.Column;
  llvm::StringRef Rest = It->second->getBuffer();
  for (unsigned Line = 1; Line < P.Line; ++Line)
    Rest = Rest.split('\n').second;
  llvm::SmallVector<llvm::UTF16, 128> Units;
  if (!llvm::convertUTF8ToUTF16String(Rest.take_front(P.Column - 1), Units))
    return P.Column;
  return Units.size() + 1;
}

static llvm::StringRef word(Severity Level) {
  return Level == Severity::Error ? "error" : "warning";
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

static json::Object location(const Location &L) {
  json::Object O{{"file", L.File}};
  if (L.Start.Line) {
    O["line"] = L.Start.Line;
    O["column"] = L.Start.Column;
  }
  if (!L.Member.empty())
    O["member"] = L.Member;
  return O;
}

static json::Array fixes(llvm::ArrayRef<FixIt> Fixes) {
  json::Array A;
  for (const FixIt &F : Fixes)
    A.push_back(json::Object{
        {"file", F.File},
        {"begin", json::Array{F.Begin.Line, F.Begin.Column}},
        {"end", json::Array{F.End.Line, F.End.Column}},
        {"text", F.Text},
    });
  return A;
}

/// For JSON and the property bag of SARIF. Each target is in exactly one of the
/// lists.
static json::Array bindings(llvm::ArrayRef<BindingCoverage> Bindings) {
  json::Array All;
  for (const BindingCoverage &B : Bindings) {
    json::Array Agrees, Differs, NotCompared;
    for (const BindingCoverage::OnTarget &T : B.Targets)
      switch (T.What) {
      case BindingCoverage::Agrees:
        Agrees.push_back(T.Target);
        break;
      case BindingCoverage::Differs:
        Differs.push_back(T.Target);
        break;
      case BindingCoverage::NotCompared:
        NotCompared.push_back(
            json::Object{{"target", T.Target}, {"why", T.Why}});
        break;
      }
    json::Object O{{"import", location(B.Import)},
                   {"agrees", std::move(Agrees)},
                   {"differs", std::move(Differs)},
                   {"not_known", std::move(NotCompared)}};
    if (!B.Function.empty())
      O["function"] = B.Function;
    All.push_back(std::move(O));
  }
  return All;
}

void renderJSON(llvm::ArrayRef<Diagnostic> Findings,
                llvm::ArrayRef<BindingCoverage> Bindings,
                llvm::raw_ostream &OS) {
  json::Array All;
  for (const Diagnostic &D : Findings) {
    json::Array Notes;
    for (const Note &N : D.Notes)
      Notes.push_back(json::Object{{"message", N.Message},
                                   {"location", location(N.Where)},
                                   {"fixes", fixes(N.Fixes)}});
    json::Object O{
        {"id", diagnosticInfo(D.ID).Name},
        {"severity", word(D.Level)},
        {"message", D.Message},
        {"location", location(D.Where)},
        {"notes", std::move(Notes)},
        {"fixes", fixes(D.Fixes)},
    };
    if (D.Cause)
      O["cause"] = json::Object{{"message", D.Cause->Message},
                                {"location", location(D.Cause->Where)}};
    All.push_back(std::move(O));
  }
  OS << llvm::formatv(
      "{0:2}\n", json::Value(json::Object{{"version", 1},
                                          {"findings", std::move(All)},
                                          {"bindings", bindings(Bindings)}}));
}

//===----------------------------------------------------------------------===//
// SARIF 2.1.0 (OASIS), the properties that code scanning services read
//===----------------------------------------------------------------------===//

/// A path as part of a URI (RFC 3986).
static std::string uri(llvm::StringRef Path) {
  std::string Result;
  for (char C : Path) {
    if (llvm::isAlnum(C) || llvm::StringRef("-._~/").contains(C))
      Result += C;
    else
      Result += llvm::formatv("%{0:X-2}", static_cast<unsigned char>(C)).str();
  }
  return Result;
}

static json::Object artifact(llvm::StringRef File) {
  if (File.starts_with("<")) // an external header, as #include names it
    return json::Object{{"uri", uri(File)}};
  if (!isAbsolute(File))
    return json::Object{{"uri", uri(File)}, {"uriBaseId", "SRCROOT"}};
  std::string Slash = File.starts_with("/") ? "" : "/"; // before a drive letter
  return json::Object{{"uri", "file://" + Slash + uri(File)}};
}

namespace {

class SarifWriter {
public:
  explicit SarifWriter(const RenderOptions &Options) : Columns(Options) {}
  json::Object result(const Diagnostic &D, bool ShowsKnown);

private:
  json::Object location(const Location &L);
  json::Object replacement(const FixIt &F);
  json::Object fix(llvm::ArrayRef<FixIt> Edits, llvm::StringRef Message);

  Utf16Columns Columns; // the unit that columnKind states (3.14.27)
};

} // namespace

json::Object SarifWriter::location(const Location &L) {
  json::Object Physical{{"artifactLocation", artifact(L.File)}};
  if (L.Start.Line)
    Physical["region"] =
        json::Object{{"startLine", L.Start.Line},
                     {"startColumn", Columns.of(L.File, L.Start)}};
  json::Object O{{"physicalLocation", std::move(Physical)}};
  if (!L.Member.empty())
    O["logicalLocations"] = json::Array{
        json::Object{{"fullyQualifiedName", L.Member}, {"kind", "function"}}};
  return O;
}

json::Object SarifWriter::replacement(const FixIt &F) {
  return json::Object{
      {"deletedRegion",
       json::Object{{"startLine", F.Begin.Line},
                    {"startColumn", Columns.of(F.File, F.Begin)},
                    {"endLine", F.End.Line},
                    {"endColumn", Columns.of(F.File, F.End)}}},
      {"insertedContent", json::Object{{"text", F.Text}}}};
}

/// Returns all edits that fix a finding as one fix. In SARIF, several fixes
/// would be alternatives (3.27.30), and a fix has one change for each file
/// (3.55.3).
json::Object SarifWriter::fix(llvm::ArrayRef<FixIt> Edits,
                              llvm::StringRef Message) {
  std::map<std::string, json::Array> Replacements;
  for (const FixIt &F : Edits)
    Replacements[F.File].push_back(replacement(F));
  json::Array Changes;
  for (auto &[File, Each] : Replacements)
    Changes.push_back(json::Object{{"artifactLocation", artifact(File)},
                                   {"replacements", std::move(Each)}});
  return json::Object{{"description", json::Object{{"text", Message}}},
                      {"artifactChanges", std::move(Changes)}};
}

/// \p ShowsKnown states that a result of the run is in the baseline. Each
/// result then has to state whether it is (3.27.23).
json::Object SarifWriter::result(const Diagnostic &D, bool ShowsKnown) {
  json::Object Result{
      {"ruleId", diagnosticInfo(D.ID).Name},
      {"ruleIndex", static_cast<unsigned>(D.ID)},
      {"level", word(D.Level)},
      {"message", json::Object{{"text", D.Message}}},
      {"locations", json::Array{location(D.Where)}},
  };
  if (ShowsKnown) {
    json::Array Suppressions;
    if (D.isKnown())
      Suppressions.push_back(
          json::Object{{"kind", "external"}, {"justification", D.KnownReason}});
    Result["suppressions"] = std::move(Suppressions);
  }
  json::Array Related, Fixes;
  auto AddFixes = [&](llvm::ArrayRef<FixIt> More, llvm::StringRef Message) {
    if (!More.empty())
      Fixes.push_back(fix(More, Message));
  };
  AddFixes(D.Fixes, D.Message);
  for (const Note &N : D.Notes) {
    json::Object Place = location(N.Where);
    Place["message"] = json::Object{{"text", N.Message}};
    Related.push_back(std::move(Place));
    AddFixes(N.Fixes, N.Message);
  }
  if (D.Cause)
    Result["properties"] = json::Object{
        {"cause", json::Object{{"message", D.Cause->Message},
                               {"location", location(D.Cause->Where)}}}};
  if (!Related.empty())
    Result["relatedLocations"] = std::move(Related);
  if (!Fixes.empty())
    Result["fixes"] = std::move(Fixes);
  return Result;
}

void renderSARIF(llvm::ArrayRef<Diagnostic> Findings,
                 llvm::ArrayRef<BindingCoverage> Bindings,
                 const RenderOptions &Options, llvm::raw_ostream &OS) {
  json::Array Rules;
  for (const DiagnosticInfo &Info : diagnosticCatalogue())
    Rules.push_back(
        json::Object{{"id", Info.Name},
                     {"defaultConfiguration",
                      json::Object{{"level", word(Info.DefaultSeverity)}}}});
  bool ShowsKnown =
      llvm::any_of(Findings, [](const Diagnostic &D) { return D.isKnown(); });
  SarifWriter Writer(Options);
  json::Array Results;
  for (const Diagnostic &D : Findings)
    Results.push_back(Writer.result(D, ShowsKnown));

  json::Object Driver{{"name", "ilbridge"},
                      {"version", ILBRIDGE_VERSION},
                      {"rules", std::move(Rules)}};
  json::Object Run{
      {"tool", json::Object{{"driver", std::move(Driver)}}},
      {"originalUriBaseIds",
       json::Object{
           {"SRCROOT",
            json::Object{{"uri", "file://" + uri(Options.Root) + "/"}}}}},
      {"columnKind", "utf16CodeUnits"},
      {"properties", json::Object{{"bindings", bindings(Bindings)}}},
      {"results", std::move(Results)}};
  OS << llvm::formatv(
      "{0:2}\n", json::Value(json::Object{
                     {"$schema", "https://docs.oasis-open.org/sarif/sarif/"
                                 "v2.1.0/os/schemas/sarif-schema-2.1.0.json"},
                     {"version", "2.1.0"},
                     {"runs", json::Array{std::move(Run)}}}));
}

//===----------------------------------------------------------------------===//
// GitHub workflow commands
//===----------------------------------------------------------------------===//

/// A line feed ends a workflow command, and a comma ends a property.
static std::string escaped(llvm::StringRef Text, bool IsProperty) {
  std::string Result;
  for (char C : Text) {
    if (C == '%' || C == '\r' || C == '\n' ||
        (IsProperty && (C == ':' || C == ',')))
      Result += llvm::formatv("%{0:X-2}", static_cast<unsigned char>(C)).str();
    else
      Result += C;
  }
  return Result;
}

void renderGitHub(llvm::ArrayRef<Diagnostic> Findings, llvm::raw_ostream &OS) {
  for (const Diagnostic &D : Findings) {
    OS << "::" << word(D.Level) << " file=" << escaped(D.Where.File, true);
    if (D.Where.Start.Line)
      OS << ",line=" << D.Where.Start.Line << ",col=" << D.Where.Start.Column;
    std::string Text = D.Message;
    if (!D.Where.Member.empty())
      Text = D.Where.Member + ": " + Text;
    for (const Note &N : D.Notes) {
      Text += "\n";
      llvm::raw_string_ostream(Text) << N.Where << ": " << N.Message;
    }
    OS << ",title=" << escaped(diagnosticInfo(D.ID).Name, true)
       << "::" << escaped(Text, false) << '\n';
  }
}

//===----------------------------------------------------------------------===//
// MSBuild's format of errors and warnings
//===----------------------------------------------------------------------===//

/// Returns the origin that MSBuild expects before the colon: "Game.cs(12,5)",
/// or "Game.dll " for a file as a whole.
static std::string origin(const Location &L, const RenderOptions &Options,
                          Utf16Columns &Columns) {
  std::string File = shownFile(L.File, Options);
  if (!L.Start.Line)
    return File + " ";
  return llvm::formatv("{0}({1},{2})", File, L.Start.Line,
                       Columns.of(L.File, L.Start));
}

/// A build of C# shows a finding at the C# declaration, if its line is known,
/// and then the location of the other side. MSBuild treats a line with "note"
/// as a plain message.
void renderMSBuild(llvm::ArrayRef<Diagnostic> Findings,
                   const RenderOptions &Options, llvm::raw_ostream &OS) {
  Utf16Columns Columns(Options);
  auto HasCSharpLine = [](const Location &L) {
    return L.Start.Line && !L.Member.empty();
  };
  for (const Diagnostic &D : Findings) {
    auto AtCSharp = D.Notes.end();
    if (!HasCSharpLine(D.Where))
      AtCSharp = llvm::find_if(
          D.Notes, [&](const Note &N) { return HasCSharpLine(N.Where); });
    bool IsMoved = AtCSharp != D.Notes.end();
    const Location &Where = IsMoved ? AtCSharp->Where : D.Where;
    std::string Text = D.Message;
    if (!Where.Start.Line && !Where.Member.empty() &&
        !llvm::StringRef(Text).contains(Where.Member))
      Text = Where.Member + ": " + Text;
    OS << origin(Where, Options, Columns) << ": " << word(D.Level) << ' '
       << diagnosticInfo(D.ID).Name << ": " << Text << '\n';
    if (IsMoved)
      OS << "  " << origin(D.Where, Options, Columns)
         << ": note: the finding is about this declaration\n";
    for (auto N = D.Notes.begin(); N != D.Notes.end(); ++N)
      if (N != AtCSharp)
        OS << "  " << origin(N->Where, Options, Columns)
           << ": note: " << N->Message << '\n';
  }
}

} // namespace ilbridge
