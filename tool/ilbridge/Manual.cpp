//===- Manual.cpp - ilbridge(1) -------------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The manual page in mdoc(7), generated from the tables that --help shows.
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm::opt;
using llvm::StringRef;

namespace ilbridge::tool {

/// Escapes text for roff.
static std::string roff(StringRef Text) {
  std::string Result;
  for (char C : Text) {
    if (C == '\\')
      Result += "\\e";
    else if (C == '-')
      Result += "\\-";
    else
      Result += C;
  }
  if (!Text.empty() && (Text[0] == '.' || Text[0] == '\''))
    Result.insert(0, "\\&");
  // Some formatters require the escape if the input is not ASCII.
  for (size_t At; (At = Result.find("…")) != std::string::npos;)
    Result.replace(At, StringRef("…").size(), "...");
  return Result;
}

static void printOption(const Verb &V, OptionID ID, llvm::raw_ostream &OS) {
  Option O = optionTable().getOption(ID);
  std::string Name(O.getPrefixedName());
  OS << ".It Fl " << roff(StringRef(Name).drop_front());
  if (const char *Meta = optionTable().getOptionMetaVar(ID))
    OS << " Ar " << roff(StringRef(Meta).trim("<>"));
  OS << '\n' << roff(helpText(ID, V)) << ".\n";
}

static void printVerb(const Verb &V, llvm::raw_ostream &OS) {
  OS << ".Ss ilbridge " << V.Name << ' ' << roff(V.Usage) << '\n'
     << roff(V.Summary) << ".\n"
     << ".Bl -tag -width Ds\n";
  for (OptionID ID : optionsOf(V))
    printOption(V, ID, OS);
  OS << ".El\n.Pp\nExample:\n"
     << ".Dl ilbridge " << V.Name << ' ' << roff(V.Example) << '\n';
}

void printManual(llvm::raw_ostream &OS) {
  OS << ".\\\" Made by ilbridge --manual.\n"
        ".Dd " ILBRIDGE_DATE "\n"
        ".Dt ILBRIDGE 1\n"
        ".Os ilbridge " ILBRIDGE_VERSION "\n"
        ".Sh NAME\n"
        ".Nm ilbridge\n"
        ".Nd bind C# declarations to C++ functions, and check that both sides "
        "agree\n"
        ".Sh SYNOPSIS\n"
        ".Nm\n"
        ".Ar verb\n"
        ".Op Ar options\n"
        ".Sh DESCRIPTION\n"
        ".Nm\n"
        "reads annotated C++ through Clang and C# through its assemblies, "
        "reports where both sides\n"
        "of the boundary disagree, and writes the code between them.\n"
        "Options may be read from a file:\n"
        ".Sy @ Ns Ar file .\n"
        "A configuration,\n"
        ".Pa ilbridge.yaml ,\n"
        "can say what the options say; an option wins.\n";
  for (const Verb &V : verbs())
    printVerb(V, OS);
  OS << ".Sh FILES\n"
        ".Bl -tag -width Ds\n"
        ".It Pa ilbridge.yaml\n"
        "The configuration: in the working directory, or in the nearest folder "
        "around it.\n"
        ".El\n"
        ".Sh EXIT STATUS\n"
        ".Bl -tag -width Ds\n"
        ".It 0\nClean, or warnings only.\n"
        ".It 1\nFindings of severity error, or stale output under\n"
        ".Fl \\-check .\n"
        ".It 2\nBad usage, or an input that cannot be read.\n"
        ".It 3\nC++ that did not compile.\n"
        ".El\n"
        ".Sh SEE ALSO\n"
        ".Xr clang 1 ,\n"
        ".Xr cmake 1\n";
}

} // namespace ilbridge::tool
