//===- Verbs.cpp - `ilbridge manifest`, `scan` and `explain` --------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Run.h"
#include "ilbridge/managed/Manifest.h"
#include "ilbridge/rewrite/Rewrite.h"
#include "ilbridge/runtime/Runtime.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

using llvm::StringRef;

namespace ilbridge::driver {

ExitStatus manifest(Session &S, const ManifestOptions &Options, Console &C) {
  Run R(S, C);
  const Project &P = R.P;
  if (P.Assemblies.size() > 1) {
    R.fail(llvm::createStringError("a manifest is of one assembly, but " +
                                   llvm::Twine(P.Assemblies.size()) +
                                   " are given"));
    return R.status();
  }
  if (!R.loadManaged())
    return R.finishData();
  for (const std::string &Method : Options.Methods) {
    llvm::Expected<managed::MethodName> Name = managed::parseMethodName(Method);
    if (!Name) {
      R.fail(llvm::createStringError("--method " + Method + ": " +
                                     llvm::toString(Name.takeError())));
      return R.finishData();
    }
    S.loadMethod(*Name);
    auto Named = [&](const managed::Method &M) { return Name->names(M); };
    if (llvm::none_of(S.model().Imports, Named) &&
        llvm::none_of(S.model().Methods, Named) && !R.hasErrors()) {
      R.fail(llvm::createStringError("--method " + Method +
                                     ": there is no method of that name"));
      return R.finishData();
    }
  }
  S.model().sort();
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  writeManifest(S.model(), S.model().Assemblies.front(), OS);
  // Partial data are useful, and the exit status states that they are
  // incomplete.
  if (!R.hasErrors() || P.KeepGoing)
    writeData(R, Options.Output, Text);
  return R.finishData();
}

ExitStatus scan(Session &S, const ScanVerbOptions &Options, Console &C) {
  Run R(S, C);
  const Project &P = R.P;
  if (!P.hasNativeSide()) {
    R.fail(llvm::createStringError(
        "no C++ to read; name the build folder with -p, or sources with their "
        "compile command after '--'"));
    return R.status();
  }
  if (Options.Explain) {
    R.explainSources();
    return R.finishData();
  }
  // A reader of the facts cannot know which sources are missing.
  std::vector<native::ScanResult> Results = R.scan(/*NeedsAll=*/!P.KeepGoing);
  if (R.status() == ExitStatus::BadInput ||
      ((R.status() == ExitStatus::BrokenSource || R.hasErrors()) &&
       !P.KeepGoing))
    return R.finishData();
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  for (const native::ScanResult &Result : Results)
    if (Result.Compiled)
      writeFacts(Result.TheFacts, native::OutsidePaths::Portable, OS);
  writeData(R, Options.Output, Text);
  if (!Options.Step.Depfile.empty())
    writeData(R, Options.Step.Depfile,
              rewrite::depfile({Options.Step.Target}, R.reads()));
  return R.finishData();
}

namespace {
struct Page {
  StringRef Name;
  StringRef Text;
};
} // namespace

static constexpr Page Pages[] = {
#include "DiagnosticPages.inc"
};

ExitStatus explain(StringRef Name, Console &C) {
  for (const Page &Each : Pages)
    if (Each.Name == Name || Each.Name == ("ilbridge-" + Name).str()) {
      C.Out << Each.Text;
      return ExitStatus::Clean;
    }
  if (llvm::Expected<const runtime::Runtime *> R = runtime::find(Name)) {
    runtime::describe(C.Out, **R);
    return ExitStatus::Clean;
  } else if (Name.contains('@')) {
    C.Err << "ilbridge: error: " << llvm::toString(R.takeError()) << '\n';
    return ExitStatus::BadInput;
  } else {
    llvm::consumeError(R.takeError()); // the name may be that of a diagnostic
  }
  C.Err << "ilbridge: error: there is no diagnostic or runtime '" << Name
        << "'";
  StringRef Best;
  unsigned BestDistance = Name.size() / 2 + 1;
  for (const Page &Each : Pages)
    for (StringRef Known : {Each.Name, Each.Name.drop_front(9)})
      if (unsigned Distance = Name.edit_distance(Known);
          Distance < BestDistance) {
        BestDistance = Distance;
        Best = Each.Name;
      }
  if (!Best.empty())
    C.Err << "; did you mean '" << Best << "'?";
  C.Err << '\n';
  return ExitStatus::BadInput;
}

} // namespace ilbridge::driver
