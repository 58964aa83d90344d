//===- OptionTable.cpp - The options of every verb ------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Options.td lists the options. Those of outputs have no texts there;
// emit::outputOptions() provides them for ilbridge.yaml as well. LLVM 18 has
// one text for each option, so the texts that differ between verbs are here.
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <deque>

using namespace llvm::opt;
using llvm::StringRef;

namespace ilbridge::tool {

#define OPTTABLE_VALUES_CODE
#include "Options.inc"
#undef OPTTABLE_VALUES_CODE

#include "ilbridge/versions/OptionTable.h"

static constexpr OptTable::Info Infos[] = {
#define OPTION(...) LLVM_CONSTRUCT_OPT_INFO(__VA_ARGS__),
#include "Options.inc"
#undef OPTION
};

/// The text of an option in the help of one verb.
struct TextOfVerb {
  OptionID Option;
  VerbFlag Verb;
  const char *Text;
};

static constexpr TextOfVerb TextsOfVerbs[] = {
    {OPT_output, Report, "Folder to write the page into"},
    {OPT_format, List, "text or json"},
    {OPT_style, Stub,
     "csharp: dllimport (default), libraryimport or function-pointer"},
    {OPT_class_, Stub,
     "csharp: class of the declarations, with its namespace (default: "
     "NativeMethods)"},
    {OPT_bodies, Stub, "cpp: give each function a body that does nothing"},
    {OPT_all, Stub, "Declare everything, not only what the other side lacks"},
};

/// Whether the help of one verb describes the option in another way.
static bool hasTextOfVerb(const OptTable::Info &I) {
  return llvm::any_of(TextsOfVerbs, [&](const TextOfVerb &Each) {
    return Each.Option == I.ID;
  });
}

OptionID flagOf(const emit::OutputOption &O) {
  const std::string Flag = ("--" + O.Key).str();
  for (const OptTable::Info &Each : Infos)
    if (prefixedNameOf(Each) == Flag)
      return static_cast<OptionID>(Each.ID);
  llvm_unreachable("Options.td lacks an option of OutputOptions.def");
}

/// "leanclr, table: Name of the generated function or table"
static std::string outputText(const emit::OutputOption &O) {
  std::string Text = emit::understoodBy(O) + ": ";
  // The rest of the text is for documentation, because help has one line for
  // each option.
  Text += StringRef(O.Meaning).split(';').first;
  if (O.Kind == emit::OutputOption::Word)
    Text += ": " + llvm::join(O.words(), ", ");
  return Text + (O.IsRepeated ? "; may be repeated" : "");
}

namespace {

class Table : public NamedOptions {
public:
  /// \p Options have to exist as long as the table.
  explicit Table(llvm::ArrayRef<Info> Options) : NamedOptions(Options) {}
};

} // namespace

static const std::vector<OptTable::Info> &describedInfos() {
  static std::deque<std::string> Texts;
  static const std::vector<OptTable::Info> Described = [] {
    std::vector<OptTable::Info> All(std::begin(Infos), std::end(Infos));
    All[OPT_backend - 1].HelpText =
        Texts.emplace_back(emit::backendNames()).c_str();
    for (const emit::OutputOption &O : emit::outputOptions()) {
      OptTable::Info &I = All[flagOf(O) - 1];
      if (!hasTextOfVerb(I)) // only shown for one verb
        I.HelpText = Texts.emplace_back(outputText(O)).c_str();
      if (O.Kind != emit::OutputOption::Flag)
        I.MetaVar = O.Meta;
      if (O.Kind == emit::OutputOption::Word)
        I.Values = O.Words;
    }
    return All;
  }();
  return Described;
}

const OptTable &optionTable() {
  static const Table TheTable(describedInfos());
  return TheTable;
}

const char *helpText(unsigned ID, const Verb &V) {
  for (const TextOfVerb &Each : TextsOfVerbs)
    if (Each.Option == ID && Each.Verb == V.Flag)
      return Each.Text;
  return optionTable().getOptionHelpText(ID);
}

void printOptions(const Verb &V, llvm::raw_ostream &OS) {
  std::vector<OptTable::Info> OfVerb = describedInfos();
  for (OptTable::Info &I : OfVerb)
    I.HelpText = helpText(I.ID, V);
  std::string Usage = ("ilbridge " + V.Name + " " + V.Usage).str();
  Table(OfVerb).printHelp(OS, Usage.c_str(), V.Summary.data(),
                          /*FlagsToInclude=*/V.Flag,
                          /*FlagsToExclude=*/HelpHidden,
                          /*ShowAllAliases=*/false);
}

} // namespace ilbridge::tool
