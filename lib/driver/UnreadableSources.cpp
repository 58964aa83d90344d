//===- UnreadableSources.cpp - Sources that cannot be read ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A database can contain sources that do not exist yet, or that only another
// compiler can compile. They do not stop a run that requires nothing from them.
// If a function is missing, they are reported first as its possible location.
//
//===----------------------------------------------------------------------===//

#include "Run.h"
#include "ilbridge/diagnostic/ShownPath.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include <set>

using llvm::StringRef;

namespace ilbridge::driver {

/// Returns the files that contain annotations in sources that were compiled.
static llvm::StringSet<>
annotatedFiles(llvm::ArrayRef<native::ScanResult> Results) {
  llvm::StringSet<> Files;
  for (const native::ScanResult &R : Results) {
    if (!R.Compiled)
      continue;
    for (const native::Export &E : R.TheFacts.Exports) {
      Files.insert(E.Decl.Where.File);
      Files.insert(E.Decl.DeclaredIn.File);
    }
    for (const native::ManagedImport &I : R.TheFacts.Imports) {
      Files.insert(I.Decl.Where.File);
      Files.insert(I.Decl.DeclaredIn.File);
    }
    for (const Diagnostic &D : R.Findings.all())
      Files.insert(D.Where.File);
  }
  return Files;
}

/// Prints one line that says that \p Sources are ignored.
static void warn(std::vector<std::string> Sources, StringRef Why,
                 bool WithAllNames, llvm::raw_ostream &OS) {
  constexpr size_t MostNames = 3;
  llvm::sort(Sources);
  Sources.erase(llvm::unique(Sources), Sources.end());
  size_t Count = Sources.size();
  if (Count == 0)
    return;
  size_t Names = WithAllNames ? Count : std::min(Count, MostNames);
  OS << "ilbridge: warning: " << Count
     << (Count == 1 ? " source is" : " sources are") << " left out, " << Why
     << ": " << llvm::join(llvm::ArrayRef(Sources).take_front(Names), ", ");
  if (Count > Names)
    OS << " and " << Count - Names << " more";
  OS << '\n';
}

/// Reports the headers of libraries that do not compile, and the sources with
/// compile flags for a target that do not compile for it. Their declarations
/// are not known on that target; everything else is complete.
void Run::reportUnread(std::vector<native::ScanResult> &Results) {
  std::map<std::string, std::vector<std::string>> Sources; // by target
  for (native::ScanResult &R : Results) {
    native::Facts &F = R.TheFacts;
    if (R.Compiled || (!F.Unannotated && F.For.empty()))
      continue;
    F.IsBroken = true;
    F.Exports.clear();
    F.Imports.clear();
    R.Findings = {};
    if (F.Triple.empty())
      F.Triple = F.For.empty() ? abi::hostTarget().Triple : F.For;
    std::string Target = abi::targetOf(F.target()).Name;
    if (!F.Unannotated) {
      Sources[Target].push_back(F.Source);
      if (P.Verbose)
        C.Err << R.ClangOutput;
      continue;
    }
    C.Err << R.ClangOutput << "ilbridge: warning: ";
    if (const Location &Where = F.Unannotated->Where; Where.isValid())
      C.Err << "an entry of 'exports' (" << Where << ")";
    else
      C.Err << "what --export-header names";
    C.Err << " does not compile for " << Target
          << ", so nothing that it declares is compared there\n";
    // Report it only if no other compile of the source succeeded.
    if (llvm::none_of(Results, [&](const native::ScanResult &Other) {
          return Other.Compiled && Other.TheFacts.Unannotated &&
                 Other.TheFacts.Source == F.Source;
        }))
      HasUnread = true;
  }
  for (auto &[Target, Names] : Sources)
    warn(std::move(Names),
         "because they do not compile for " + Target +
             " (--verbose says why), and not compared there",
         P.Verbose, C.Err);
}

std::vector<native::ScanResult> Run::scan(bool NeedsAll) {
  auto Results = Native.scan(C);
  if (!Results) {
    fail(Results.takeError());
    return {};
  }
  if (!NeedsAll)
    reportUnread(*Results);
  // A source that the user names is required.
  NeedsAll |= P.Command.has_value() || !P.Sources.empty();
  llvm::StringSet<> Seen = annotatedFiles(*Results);
  std::vector<std::string> Absent, Broken;
  // Print the messages in the order of the commands, independent of the order
  // in which scans finish.
  for (native::ScanResult &R : *Results) {
    if (R.TheFacts.IsBroken)
      continue;
    // The source is required if it contains annotations that no other source
    // has shown.
    bool IsNeeded = NeedsAll || llvm::any_of(R.Annotated, [&](StringRef File) {
                      return !Seen.contains(File);
                    });
    if (!R.Compiled && !IsNeeded) {
      (R.IsAbsent ? Absent : Broken).push_back(R.TheFacts.Source);
      LeftOut.push_back(std::move(R.ClangOutput));
      continue;
    }
    C.Err << R.ClangOutput;
    if (!R.Compiled)
      raise(ExitStatus::BrokenSource);
    add(std::move(R.Findings));
  }
  warn(Absent,
       "because there is no such file or folder (configure again, or build "
       "what generates it)",
       P.Verbose, C.Err);
  warn(Broken,
       Broken.size() == 1 ? "because it does not compile here and shows no "
                            "annotation (--verbose says why)"
                          : "because they do not compile here and show no "
                            "annotation (--verbose says why)",
       P.Verbose, C.Err);
  if (P.Verbose)
    for (const std::string &Text : LeftOut)
      C.Err << Text;
  return std::move(*Results);
}

//===----------------------------------------------------------------------===//
// Missing functions
//===----------------------------------------------------------------------===//

static bool isMissingExport(const Diagnostic &D) {
  return D.ID == DiagnosticID::MissingExport && !D.isKnown();
}

/// A function that C# imports and that is not found may be in a source that was
/// ignored.
void Run::reportLeftOut() {
  if (LeftOut.empty() || llvm::none_of(S.findings().all(), isMissingExport))
    return;
  if (!P.Verbose)
    for (const std::string &Text : LeftOut)
      C.Err << Text;
  LeftOut.clear();
  raise(ExitStatus::BrokenSource);
}

/// Whether \p Text calls, declares or defines a function with the name \p Name.
static bool mentions(StringRef Text, StringRef Name) {
  auto IsOfName = [](char C) { return llvm::isAlnum(C) || C == '_'; };
  for (size_t At = 0; (At = Text.find(Name, At)) != StringRef::npos; ++At) {
    StringRef Before = Text.take_front(At);
    StringRef Behind = Text.drop_front(At + Name.size());
    if ((Before.empty() || !IsOfName(Before.back())) &&
        Behind.ltrim().starts_with("("))
      return true;
  }
  return false;
}

/// For imports without a function, adds a note if a source that was not parsed
/// mentions the name. Its annotation may be missing, or come from a macro that
/// selection cannot recognize.
void Run::explainMissing() {
  constexpr size_t MostImports = 16;
  constexpr uint64_t MostBytes = 64 << 20;
  if (Native.notParsed().empty() ||
      llvm::none_of(S.findings().all(), isMissingExport))
    return;
  DiagnosticList Findings = S.takeFindings();
  // The findings that are left, each with the missing name.
  std::vector<std::pair<Diagnostic *, StringRef>> Left;
  Findings.visit([&](Diagnostic &D) {
    if (!isMissingExport(D))
      return;
    for (const managed::Method &Import : S.model().Imports)
      // The location of the finding may already be in C#, and a manifest has
      // its own lines.
      if (Import.Where.Member == D.Where.Member &&
          (!Import.Where.Start.Line || Import.Where.Start == D.Where.Start)) {
        Left.emplace_back(&D, Import.TheKind == managed::Method::PInvoke
                                  ? Import.Import.EntryPoint
                                  : Import.Name);
        return;
      }
  });
  if (Left.size() > MostImports)
    Left.clear();
  std::set<std::string> Sources;
  if (!Left.empty())
    for (const auto &[Folder, File] : Native.notParsed())
      Sources.insert(shownPath(File, Folder, /*Root=*/""));
  uint64_t Bytes = 0;
  for (const std::string &Source : Sources) {
    auto Buffer = P.Files->getBufferForFile(Source);
    if (!Buffer)
      continue;
    StringRef Text = (*Buffer)->getBuffer();
    if ((Bytes += Text.size()) > MostBytes)
      break;
    llvm::erase_if(Left, [&](const auto &Each) {
      const auto &[D, Name] = Each;
      if (Name.empty() || !mentions(Text, Name))
        return false;
      D->note({shown(Source), {}, {}},
              ("'" + Name +
               "' is mentioned here, where no annotation is seen, so the "
               "source is not parsed; --scan-all parses every source")
                  .str());
      return true;
    });
  }
  S.add(std::move(Findings));
}

} // namespace ilbridge::driver
