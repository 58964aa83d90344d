//===- Completion.cpp - Completion of command lines -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Shells query the program, so that the completions match what this version
// accepts. completions/ contains the code that each shell requires.
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "ilbridge/abi/Target.h"
#include "ilbridge/diagnostic/Diagnostic.h"
#include "ilbridge/emit/Backend.h"
#include "ilbridge/runtime/Runtime.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm::opt;
using llvm::StringRef;

namespace ilbridge::tool {
namespace {

class Completion {
public:
  Completion(StringRef Current, llvm::raw_ostream &OS)
      : Current(Current), OS(OS) {}

  void verb();
  void word(const Verb &V, llvm::ArrayRef<const char *> Before);

private:
  void offer(const llvm::Twine &Word, StringRef Meaning = "");
  void option(const Verb &V, llvm::ArrayRef<const char *> Before);
  void value(OptionID Of, StringRef Prefix);
  void positional(const Verb &V);

  StringRef Current;
  llvm::raw_ostream &OS;
};

} // namespace

/// One completion, with its meaning after a tab.
void Completion::offer(const llvm::Twine &Word, StringRef Meaning) {
  std::string Text = Word.str();
  if (StringRef(Text).starts_with(Current))
    OS << Text << '\t' << Meaning << '\n';
}

void Completion::verb() {
  for (const Verb &V : verbs())
    offer(V.Name, V.Summary);
  if (Current.starts_with("-")) {
    offer("--help", "Show the verbs");
    offer("--version", "Show the version");
  }
}

/// Returns the backend that the line names so far; null if it names none.
static const emit::Backend *backendOf(llvm::ArrayRef<const char *> Before) {
  const emit::Backend *Named = nullptr;
  StringRef Previous;
  for (StringRef Word : Before) {
    if (Word.consume_front("--backend=") || Previous == "--backend")
      Named = emit::findBackend(Word);
    Previous = Word;
  }
  return Named;
}

void Completion::option(const Verb &V, llvm::ArrayRef<const char *> Before) {
  llvm::SmallDenseSet<unsigned> Useless;
  if (const emit::Backend *Backend = backendOf(Before))
    for (const emit::OutputOption &O : emit::outputOptions())
      if (!Backend->understands(O.ID))
        Useless.insert(flagOf(O));
  for (OptionID ID : optionsOf(V))
    if (!Useless.contains(ID))
      offer(optionTable().getOption(ID).getPrefixedName(), helpText(ID, V));
}

/// Offers completions of a value; the shell completes file names.
void Completion::value(OptionID Of, StringRef Prefix) {
  const OptTable &Table = optionTable();
  for (const std::string &Word :
       Table.suggestValueCompletions(Table.getOption(Of).getPrefixedName(), ""))
    offer(Prefix + Word);
  if (Of == OPT_backend)
    for (const emit::Backend *B : emit::backends())
      offer(Prefix + B->Name, B->Summary);
  if (Of == OPT_runtime)
    for (const runtime::Runtime *R : runtime::all())
      offer(Prefix + R->fullName(), R->versionedTitle());
  if (Of == OPT_watch)
    offer(Prefix + "none");
  if (Of == OPT_target || Of == OPT_watch)
    for (const abi::Preset &P : abi::presets())
      offer(Prefix + P.Name, P.Triple);
  if (Of == OPT_severity)
    for (const DiagnosticInfo &D : diagnosticCatalogue())
      offer(Prefix + D.Name + "=");
  const char *MetaVar = Table.getOptionMetaVar(Of);
  StringRef Meta = MetaVar ? MetaVar : "";
  if (Meta == "<folder>")
    OS << ":folders\n";
  else if (Meta == "<file>" || Meta == "<path>" || Meta == "<source>")
    OS << ":files\n";
}

void Completion::positional(const Verb &V) {
  if (V.Flag == Explain) {
    for (const DiagnosticInfo &D : diagnosticCatalogue())
      offer(D.Name);
    return;
  }
  if (V.Flag == List)
    for (StringRef Word : driver::listedWords())
      offer(Word);
  OS << ":files\n";
}

void Completion::word(const Verb &V, llvm::ArrayRef<const char *> Before) {
  if (llvm::any_of(Before, [](StringRef Word) { return Word == "--"; })) {
    OS << ":files\n";
    return;
  }
  for (OptionID ID : optionsOf(V)) {
    Option O = optionTable().getOption(ID);
    std::string Name(O.getPrefixedName());
    if (O.getKind() == Option::FlagClass || O.getKind() == Option::JoinedClass)
      continue; // no value follows
    if (!Before.empty() && Name == Before.back())
      return value(ID, "");
    if (StringRef(Name).starts_with("--") && Current.starts_with(Name + "="))
      return value(ID, Name + "=");
  }
  if (Current.starts_with("-"))
    return option(V, Before);
  positional(V);
}

std::vector<OptionID> optionsOf(const Verb &V) {
  std::vector<OptionID> Result;
  for (unsigned ID = 1; ID <= optionTable().getNumOptions(); ++ID) {
    Option O = optionTable().getOption(ID);
    bool IsOption = O.getKind() != Option::InputClass &&
                    O.getKind() != Option::UnknownClass;
    if (IsOption && !O.getAlias().isValid() && O.hasFlag(V.Flag) &&
        helpText(ID, V))
      Result.push_back(static_cast<OptionID>(ID));
  }
  return Result;
}

void complete(llvm::ArrayRef<const char *> Words, llvm::raw_ostream &OS) {
  Completion C(Words.empty() ? "" : Words.back(), OS);
  if (Words.size() < 2)
    return C.verb();
  for (const Verb &V : verbs())
    if (V.Name == Words.front())
      C.word(V, Words.drop_front().drop_back());
}

} // namespace ilbridge::tool
