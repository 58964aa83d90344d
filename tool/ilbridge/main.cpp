//===- main.cpp - The command line ilbridge -------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "Process.h"
#include "ilbridge/abi/Clang.h"
#include "ilbridge/system/Process.h"
#include "llvm/Support/BuryPointer.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/PrettyStackTrace.h"
#include "llvm/Support/StringSaver.h"
#include "llvm/Support/raw_ostream.h"

using llvm::StringRef;

namespace ilbridge::tool {

static constexpr Verb Verbs[] = {
    {"generate", Generate, "Write registration, invokers and tables",
     "[options] [source...] [-- compile flags]",
     "-p build --assembly Game.dll --backend leanclr -o pinvokes.cpp",
     runGenerate},
    {"check", Check, "Report where C# and C++ disagree; write nothing",
     "[options] [source...] [-- compile flags]",
     "-p build --assembly Game.dll --format=sarif", runCheck},
    {"diff", Diff, "Show what 'generate' would change",
     "[options] [source...] [-- compile flags]",
     "-p build --assembly Game.dll --backend leanclr -o pinvokes.cpp", runDiff},
    {"manifest", Manifest, "Write what an assembly imports as YAML",
     "[options] [assembly]",
     "Game.dll --reference /usr/lib/mono/4.5 -o "
     "Game.yaml",
     runManifest},
    {"scan", Scan, "Write what C++ sources export as facts",
     "[options] [source...] [-- compile flags]",
     "src/math.cpp -o math.facts -- -Iinclude -std=c++17", runScan},
    {"list", List,
     "List imports, exports, callbacks, types, methods or bridges",
     "[imports|exports|callbacks|types|methods|bridges...] [options]",
     "imports -p build --assembly Game.dll", runList},
    {"explain", Explain,
     "Explain a diagnostic and how to fix it, or describe a runtime",
     "<diagnostic or runtime>", "ilbridge-parameter-type", runExplain},
    {"database", Database, "Write the compile commands of one target",
     "[options] [source...]",
     "-p build --objects build/CMakeFiles/app.dir -o app/compile_commands.json",
     runDatabase},
    {"report", Report, "Write a page with bindings, findings and layouts",
     "-o <folder> [options] [source...] [-- compile flags]",
     "-p build --assembly Game.dll -o report", runReport},
    {"adopt", Adopt, "Replace hand-written registrations by annotations",
     "[options] [source...] [-- compile flags]",
     "-p build --assembly Game.dll --write", runAdopt},
    {"stub", Stub, "Write the declarations that one side lacks",
     "--to csharp|cpp [options] [source...] [-- compile flags]",
     "--to csharp -p build --library game --assembly Game.dll -o Native.g.cs",
     runStub},
};

llvm::ArrayRef<Verb> verbs() { return Verbs; }

driver::Session &startSession(driver::Project P) {
  auto Owned = std::make_unique<driver::Session>(std::move(P));
  driver::Session &S = *Owned;
  // Freeing the models of a program individually takes longer than exiting.
  llvm::BuryPointer(std::move(Owned));
  return S;
}

static void printOverview(llvm::raw_ostream &OS) {
  OS << "OVERVIEW: Binds C# declarations to C++ functions, and checks that "
        "both sides agree\n\n"
        "USAGE: ilbridge <verb> [options]\n\n"
        "VERBS:\n";
  for (const Verb &V : Verbs)
    OS << llvm::formatv("  {0,-10}{1}\n", V.Name, V.Summary);
  OS << "\n'ilbridge <verb> --help' describes a verb. Options may be in a "
        "file: @<file>.\n"
        "\nEXAMPLE: ilbridge generate -p build --assembly Game.dll --backend "
        "leanclr -o pinvokes.cpp\n";
}

/// \p Asked receives the inputs of the arguments.
static driver::ExitStatus run(llvm::ArrayRef<const char *> Argv,
                              std::shared_ptr<cache::Inputs> Asked) {
  if (Argv.empty()) {
    printOverview(llvm::errs());
    return driver::ExitStatus::BadInput;
  }
  StringRef First = Argv.front();
  if (First == "--help" || First == "-h" || First == "help") {
    printOverview(llvm::outs());
    return driver::ExitStatus::Clean;
  }
  if (First == "--version") {
    llvm::outs() << "ilbridge " ILBRIDGE_VERSION;
    if (abi::hasClang())
      llvm::outs() << " (Clang " << abi::clangVersion() << ")\n";
    else
      llvm::outs() << " (without Clang)\n";
    return driver::ExitStatus::Clean;
  }
  if (First == "--complete") {
    complete(Argv.drop_front(), llvm::outs());
    return driver::ExitStatus::Clean;
  }
  if (First == "--manual") {
    printManual(llvm::outs());
    return driver::ExitStatus::Clean;
  }
  StringRef Nearest;
  unsigned BestDistance = 3;
  for (const Verb &V : Verbs) {
    if (First == V.Name) {
      CommandLine Line(V, Argv.drop_front(), std::move(Asked));
      return Line.status() ? *Line.status() : V.Run(Line);
    }
    if (unsigned Distance = First.edit_distance(V.Name);
        Distance < BestDistance) {
      BestDistance = Distance;
      Nearest = V.Name;
    }
  }
  std::string Hint =
      Nearest.empty() ? "" : ("; did you mean '" + Nearest + "'?").str();
  return badUsage("ilbridge", "there is no verb '" + First + "'" + Hint);
}

} // namespace ilbridge::tool

int main(int Argc, char **Argv) {
  ilbridge::abi::noteBottomOfStack();
  ilbridge::tool::Process Process(Argc, Argv);
  llvm::setBugReportMsg("This is a bug of ilbridge. Please report it with the "
                        "following text.\n");
  llvm::BumpPtrAllocator Allocator;
  llvm::SmallVector<const char *, 32> Args(Argv + 1, Argv + Argc);
  llvm::cl::ExpansionContext Expansion(Allocator,
                                       ilbridge::system::argumentSplitter());
  auto Asked = std::make_shared<ilbridge::cache::Inputs>();
  auto Files =
      ilbridge::cache::recording(llvm::vfs::getRealFileSystem(), Asked);
  Expansion.setVFS(Files.get());
  if (llvm::Error E = Expansion.expandResponseFiles(Args)) {
    llvm::errs() << "ilbridge: error: " << llvm::toString(std::move(E)) << '\n';
    return static_cast<int>(ilbridge::driver::ExitStatus::BadInput);
  }
  // An unreadable response file remains an argument.
  for (const char *Arg : Args)
    if (llvm::StringRef File = Arg; File.consume_front("@")) {
      llvm::errs() << "ilbridge: error: there is no file '" << File
                   << "' to read options from\n";
      return static_cast<int>(ilbridge::driver::ExitStatus::BadInput);
    }
  return Process.finish(ilbridge::tool::run(Args, Asked));
}
