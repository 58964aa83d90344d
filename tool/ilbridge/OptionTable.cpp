//===- OptionTable.cpp - The options of every verb ------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Options.td lists the options. Those of outputs have no texts there;
// emit::outputOptions() provides them for ilbridge.yaml as well.
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

OptionID flagOf(const emit::OutputOption &O) {
  for (const OptTable::Info &Each : Infos)
    if (prefixedNameOf(Each).starts_with("--") && nameOf(Each) == O.Key)
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
  Table() : NamedOptions(describedInfos()) {}

private:
  static llvm::ArrayRef<Info> describedInfos() {
    static std::deque<std::string> Texts;
    static const std::vector<Info> Described = [] {
      std::vector<Info> All(std::begin(Infos), std::end(Infos));
      All[OPT_backend - 1].HelpText =
          Texts.emplace_back(emit::backendNames()).c_str();
      for (const emit::OutputOption &O : emit::outputOptions()) {
        Info &I = All[flagOf(O) - 1];
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
};

} // namespace

const OptTable &optionTable() {
  static const Table TheTable;
  return TheTable;
}

const char *helpText(unsigned ID, const Verb &V) {
  return helpTextOf(optionTable(), ID, V.Visibility);
}

} // namespace ilbridge::tool
