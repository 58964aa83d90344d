//===- OutputFlags.cpp - Flags that define outputs ------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "ilbridge/emit/Backend.h"
#include "ilbridge/runtime/Runtime.h"

using namespace llvm::opt;
using llvm::Error;
using llvm::StringRef;

namespace ilbridge::tool {

/// Sets \p Values from the flags. Each value of a repeated flag defines a
/// separate output.
Error CommandLine::applyOutputOptions(const emit::Backend &Backend,
                                      std::vector<driver::OutputSpec> &Specs,
                                      llvm::vfs::FileSystem &Files) const {
  for (const emit::OutputOption &O : emit::outputOptions()) {
    OptionID Flag = flagOf(O);
    if (!has(Flag))
      continue;
    std::string Shown = ("--" + O.Key).str();
    if (!Backend.understands(O.ID))
      return llvm::createStringError(emit::notUnderstood(Backend, O, Shown));
    std::vector<std::string> Texts;
    if (O.Kind == emit::OutputOption::Flag)
      Texts = {"true"};
    else if (O.IsRepeated)
      Texts = values(Flag);
    else
      Texts = {value(Flag)};
    if (O.Kind == emit::OutputOption::Path)
      for (std::string &Text : Texts)
        Text = absolute(Text);
    std::vector<driver::OutputSpec> All;
    for (const driver::OutputSpec &Spec : Specs)
      for (const std::string &Text : Texts)
        if (llvm::Error E = All.emplace_back(Spec).Options.set(O.ID, Text))
          return llvm::createStringError(Shown + ": " +
                                         llvm::toString(std::move(E)));
    Specs = std::move(All);
  }
  emit::OutputOptionID About{};
  for (driver::OutputSpec &Spec : Specs)
    if (Error E = driver::completeOptions(Spec, "--", Files, About))
      return llvm::createStringError("--" + emit::outputOption(About).Key +
                                     " " + llvm::toString(std::move(E)));
  return Error::success();
}

/// Sets the only output of `stub`, which replaces the project's outputs.
Error CommandLine::applyStub(driver::Project &P) const {
  driver::OutputSpec Spec;
  std::string Language = value(OPT_to);
  Spec.Backend = emit::findBackend(Language);
  if (!Spec.Backend || !Spec.isOfDeclarations())
    return llvm::createStringError(
        Language.empty() ? "--to says for which side: csharp or cpp"
                         : "--to is csharp or cpp, and not '" + Language + "'");
  Spec.File = has(OPT_output) ? path(OPT_output) : "-";
  if (Spec.File == "-" && has(OPT_region))
    return llvm::createStringError(
        "--region writes into a file, which -o names");
  P.Outputs = {Spec};
  return applyOutputOptions(*Spec.Backend, P.Outputs, *P.Files);
}

Error CommandLine::applyOutput(driver::Project &P) const {
  if (V.Flag & Stub)
    return applyStub(P);
  driver::OutputSpec Spec;
  if (has(OPT_backend)) {
    Spec.Backend = emit::findBackend(value(OPT_backend));
    if (!Spec.Backend)
      return llvm::createStringError(emit::noSuchBackend(value(OPT_backend)));
    Spec.File = path(OPT_output);
    // A Unity project has one location for bridge functions.
    if (Spec.File.empty() &&
        (!Spec.isMadeFromBridges() || !has(OPT_unity_project)))
      return llvm::createStringError(
          "-o says which file the backend's text goes into");
    if (Spec.File == "-" && (has(OPT_region) || has(OPT_abi)))
      return llvm::createStringError(
          "-o - is standard output, but --region writes into a file and --abi "
          "into a folder");
  } else {
    bool HasOptions =
        llvm::any_of(emit::outputOptions(), [&](const emit::OutputOption &O) {
          return has(flagOf(O));
        });
    // For manifest and scan, -o is a plain file.
    bool Emits = V.Flag & (Generate | Check | Diff);
    if (Emits && (has(OPT_output) || HasOptions))
      return llvm::createStringError(
          "--backend says what is written with these options");
    if (!HasOptions)
      return Error::success();
    // The backend whose tables are listed.
    Spec.Backend = emit::findBackend("hybridclr");
  }
  P.Outputs = {Spec};
  return applyOutputOptions(*Spec.Backend, P.Outputs, *P.Files);
}

/// The flag overrides the keys, except for a backend that belongs to a runtime.
Error CommandLine::applyRuntime(driver::Project &P) const {
  if (!has(OPT_runtime))
    return Error::success();
  auto R = runtime::find(value(OPT_runtime));
  if (!R)
    return R.takeError();
  P.Runtime = *R;
  bool HasEffect = P.Outputs.empty();
  std::string Contradiction;
  for (driver::OutputSpec &Output : P.Outputs)
    if (Error E = driver::chooseRuntime(Output, **R))
      Contradiction = llvm::toString(std::move(E));
    else
      HasEffect = true;
  if (!HasEffect)
    return llvm::createStringError("--runtime: " + Contradiction);
  return Error::success();
}

} // namespace ilbridge::tool
