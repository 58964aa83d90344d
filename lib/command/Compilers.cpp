//===- Compilers.cpp - The compilers of commands --------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/command/Compilers.h"
#include "CompilerCall.h"
#include "CompilerQuery.h"
#include "Programs.h"
#include "ilbridge/abi/Target.h"
#include "ilbridge/cache/Recording.h"
#include "ilbridge/command/Environment.h"
#include "ilbridge/system/Files.h"
#include "clang/Driver/Types.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/GlobPattern.h"
#include "llvm/Support/Path.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

using clang::tooling::CompileCommand;
using llvm::StringRef;

namespace path = llvm::sys::path;

namespace ilbridge::command {

static bool isBelow(StringRef Path, StringRef Folder) {
  return Path.consume_front(Folder) &&
         (Path.empty() || path::is_separator(Path.front()) ||
          Folder.ends_with("/"));
}

static bool fits(StringRef Program, StringRef Glob) {
  auto Pattern = llvm::GlobPattern::create(Glob);
  if (!Pattern) {
    llvm::consumeError(Pattern.takeError()); // such a pattern allows no program
    return false;
  }
  return Pattern->match(Glob.contains('/') ? Program : path::filename(Program));
}

//===----------------------------------------------------------------------===//
// Questions
//===----------------------------------------------------------------------===//

/// Everything on which the result of a query depends.
struct Compilers::Question {
  CompilerCall Call;
  std::string Program; ///< absolute; empty: not found
  /// Flags that determine the target and the headers.
  std::vector<std::string> Flags;
  bool IsCxx = false;

  /// The name for messages.
  StringRef shown() const { return Program.empty() ? Call.Program : Program; }
  /// The arguments after the program.
  std::vector<std::string> args() const {
    std::vector<std::string> Args;
    if (!Call.Subcommand.empty())
      Args.push_back(Call.Subcommand);
    llvm::append_range(Args, Flags);
    for (const char *Arg : {"-E", "-v", "-x", IsCxx ? "c++" : "c"})
      Args.push_back(Arg);
    Args.push_back(system::emptyFile().str());
    return Args;
  }
};

Compilers::Compilers(QueryPolicy Policy, std::string Database,
                     llvm::ArrayRef<std::string> ExtraArgs,
                     std::shared_ptr<cache::Inputs> Asked, CompilerStore *Kept)
    : Policy(std::move(Policy)), Database(std::move(Database)),
      ExtraFlags(targetFlags(ExtraArgs, "/")), Asked(std::move(Asked)),
      Files(std::make_unique<Programs>(this->Asked)), Kept(Kept) {}

Compilers::~Compilers() = default;

/// Whether the compiler treats the source of \p Command as C++.
static bool isCxx(const CompileCommand &Command, const DriverName &Name,
                  llvm::ArrayRef<std::string> Args) {
  using namespace clang::driver::types;
  std::optional<bool> Stated;
  for (size_t I = 0; I != Args.size(); ++I) {
    StringRef Language = Args[I];
    if (!Language.consume_front("-x"))
      continue;
    if (Language.empty() && I + 1 != Args.size())
      Language = Args[++I];
    Stated = Language.contains("++");
  }
  if (Stated)
    return *Stated;
  StringRef Extension = path::extension(Command.Filename);
  return Name.IsCxx || isCXX(lookupTypeForExtension(
                           Extension.drop_front(Extension.empty() ? 0 : 1)));
}

void Compilers::resolve(CompileCommand Command,
                        llvm::function_ref<void(SourceCommand)> Add) {
  Question Q;
  std::vector<std::string> &Line = Command.CommandLine;
  Q.Call = compilerCall(Line);
  if (Q.Call.HostArgs)
    Line.assign(1, Q.Call.Program), llvm::append_range(Line, *Q.Call.HostArgs);
  else if (!Line.empty())
    Line.erase(Line.begin() + 1, Line.begin() + Q.Call.Begin);
  if (Line.empty()) {
    Add({std::move(Command), nullptr});
    return;
  }
  Line.front() = Q.Call.Program;
  llvm::ArrayRef<std::string> Args = llvm::ArrayRef(Line).drop_front();
  Q.IsCxx = isCxx(Command, Q.Call.Name, Args);

  std::vector<std::string> Archs = architectures(Args);
  if (Archs.size() < 2) {
    std::shared_ptr<const Compiler> By = find(Q, Command);
    Add({std::move(Command), std::move(By)});
    return;
  }
  for (const std::string &Arch : Archs) {
    CompileCommand Each = Command;
    Each.CommandLine = {Line.front()};
    llvm::append_range(Each.CommandLine, withArchitecture(Args, Arch));
    std::shared_ptr<const Compiler> By = find(Q, Each);
    Add({std::move(Each), std::move(By)});
  }
}

std::shared_ptr<const Compiler> Compilers::find(Question &Q,
                                                const CompileCommand &Command) {
  StringRef Directory = Command.Directory;
  Q.Flags =
      targetFlags(llvm::ArrayRef(Command.CommandLine).drop_front(), Directory);
  llvm::append_range(Q.Flags, ExtraFlags);
  // A relative program name is resolved in the working directory of the
  // command.
  bool IsRelative = path::has_parent_path(Q.Call.Program) &&
                    !path::is_absolute(Q.Call.Program);
  std::string Key = (IsRelative ? Directory : StringRef()).str() + "\n" +
                    Q.Call.Program + "\n" + llvm::join(Q.args(), "\n");
  std::shared_ptr<const Compiler> &Result = Known[Key];
  if (!Result) {
    Q.Program = Files->find(Q.Call.Program, Directory);
    Result = describe(Q);
  }
  return Result;
}

//===----------------------------------------------------------------------===//
// Without asking
//===----------------------------------------------------------------------===//

static std::string mode(const DriverName &Name) {
  return Name.Family == DriverFamily::CL ? "cl" : Name.IsCxx ? "g++" : "gcc";
}

/// Finds the folder in which installations of Emscripten and of the WASI SDK
/// have the headers of their target.
static std::string sysrootBeside(StringRef Program, const DriverName &Name,
                                 Programs &Files) {
  if (Program.empty())
    return "";
  for (StringRef Below : {"cache/sysroot", "../share/wasi-sysroot"}) {
    if ((Name.Family == DriverFamily::Emscripten) != Below.starts_with("cache"))
      continue;
    llvm::SmallString<256> Path = path::parent_path(Files.realPath(Program));
    path::append(Path, Below);
    if (Files.isFolder(Path))
      return Files.realPath(Path);
  }
  return "";
}

/// Sets the target of \p C to \p Triple, unless Clang selects the same target
/// by default.
void Compilers::setTriple(const Question &Q, StringRef Triple, Compiler &C) {
  if (llvm::Expected<abi::Target> Target = abi::findTarget(Triple)) {
    if (!abi::isSameTarget(Triple, llvm::sys::getDefaultTargetTriple()))
      C.Triple = Triple.str();
    return;
  } else {
    llvm::consumeError(Target.takeError()); // it is reported below
  }
  report(Q, "it compiles for '" + Triple + "', which Clang does not know",
         "name a similar target with --extra-arg=--target=TRIPLE");
}

void Compilers::report(const Question &Q, const llvm::Twine &Why,
                       const llvm::Twine &Advice) {
  if (!Reported.insert(Q.shown()).second)
    return;
  Location Where{Database, {}, {}};
  Findings
      .add(diagnose(DiagnosticID::UnknownCompiler, Where, Q.shown(),
                    abi::hostTarget().Name, Why.str()))
      .note(Where, Advice.str());
}

/// Reports that the target of a compiler is not known.
void Compilers::reportUnknown(const Question &Q, bool WasAsked, StringRef Why) {
  std::string Advice = "name the target with --extra-arg=--target=TRIPLE";
  if (Policy.MayAsk && !WasAsked && !Q.Program.empty())
    Advice =
        "allow to run it with --query-driver=" + Q.Program + ", or " + Advice;
  report(Q, "nothing says what it compiles for, and " + Why, Advice);
}

/// Returns why a compiler must not be queried; empty if it may be.
std::string Compilers::whyNotAsked(const Question &Q) const {
  if (!Policy.MayAsk)
    return "no compiler is run, because of --no-query-driver";
  if (Q.Program.empty())
    return "there is no such program";
  if (llvm::any_of(Policy.Allowed, [&](StringRef Glob) {
        return fits(Q.Program, Glob) || fits(Q.Call.Program, Glob);
      }))
    return "";
  for (const std::string &Path : {Q.Program, Files->realPath(Q.Program)})
    for (const std::string &Folder : Policy.ProjectFolders)
      if (isBelow(Path, Folder) || isBelow(Path, Files->realPath(Folder)))
        return "it is not run, because it is one of the project's own files";
  if (!Files->isOfSystem(Q.Program))
    return "it is not run, because it is in neither /usr/bin nor "
           "/usr/local/bin";
  if (Q.Call.Name.Family == DriverFamily::Unknown)
    return "it is not run, because its name is not a compiler's";
  return "";
}

/// Whether a compiler with the name \p Called and the program \p Program, if it
/// exists, compiles for the host: it is the system's compiler, or the one that
/// the user's PATH selects.
static bool isNative(StringRef Called, StringRef Program,
                     const DriverName &Name, Programs &Files) {
  if (Name.Family != DriverFamily::GNU || !Name.Triple.empty())
    return false;
  return !path::has_parent_path(Called) ||
         Files.isOfSystem(Program.empty() ? Called : Program);
}

//===----------------------------------------------------------------------===//
// Asking
//===----------------------------------------------------------------------===//

/// Whether a folder contains headers of a compiler and not of a C library:
/// stddef.h and the like, or headers that GCC has fixed.
static bool hasOwnHeaders(StringRef Folder, Programs &Files) {
  auto Has = [&](StringRef Name) { return Files.exists(Folder + "/" + Name); };
  return !Has("stdio.h") &&
         (Has("stddef.h") || path::filename(Folder) == "include-fixed");
}

/// Returns the inputs that the answer \p A of \p Program depends on: the
/// program itself, the environment variables that it reads, and the existence
/// of the folders that it searches.
static std::shared_ptr<const cache::Inputs> inputsOf(StringRef Program,
                                                     const CompilerAnswer &A) {
  auto Asked = std::make_shared<cache::Inputs>();
  auto Disk = cache::recording(llvm::vfs::getRealFileSystem(), Asked);
  (void)Disk->getBufferForFile(Program, /*FileSize=*/-1,
                               /*RequiresNullTerminator=*/false);
  for (const CompilerAnswer::Folder &F : A.Folders)
    (void)Disk->exists(F.Path);
  for (const std::string &Path : A.Missing)
    (void)Disk->exists(Path);
  for (StringRef Name : {"COMPILER_PATH", "GCC_EXEC_PREFIX"})
    variable(Name, *Asked);
  return Asked;
}

llvm::Error Compilers::ask(const Question &Q, Compiler &C) {
  std::vector<std::string> Args = Q.args();
  std::string Text = llvm::join(Args, "\n");
  std::optional<CompilerAnswer> A;
  if (Kept)
    if (std::optional<std::string> Answer = Kept->get(Q.Program, Text, *Asked))
      A = readAnswer(*Answer);
  if (!A) {
    llvm::Expected<CompilerAnswer> New = askCompiler(Q.Program, Args);
    if (!New) {
      Asked->addUnknown(); // it may respond the next time
      return New.takeError();
    }
    A = std::move(*New);
    std::shared_ptr<const cache::Inputs> Own = inputsOf(Q.Program, *A);
    if (Kept)
      Kept->put(Q.Program, Text, *Own, text(*A));
    Asked->add(std::move(Own));
  }

  C.HasAnswered = true;
  C.Flags = std::move(A->Flags);
  for (const CompilerAnswer::Folder &F : A->Folders) {
    std::string Real = Files->realPath(F.Path);
    bool IsOwn = hasOwnHeaders(Real, *Files);
    C.Folders.push_back({std::move(Real), F.IsFramework, IsOwn});
  }
  if (!namesTarget(Q.Flags))
    setTriple(Q, A->Triple, C);
  return llvm::Error::success();
}

/// Without a triple, `-arch` is interpreted as by Apple's compilers.
static void applyArchitecture(llvm::ArrayRef<std::string> Flags, Compiler &C) {
  std::vector<std::string> Archs = architectures(Flags);
  llvm::Triple Target(C.Triple.empty() ? llvm::sys::getDefaultTargetTriple()
                                       : C.Triple);
  if (!Archs.empty() && !Target.isOSDarwin())
    C.Triple = Archs.front() + "-apple-darwin";
}

static cache::Digest identity(const Compiler &C) {
  cache::Hasher H;
  H.add(C.Program).add(C.Mode).add(C.Triple).add(C.Sysroot).addAll(C.Flags);
  H.add(C.HasAnswered ? "answered" : "");
  for (const Compiler::Folder &F : C.Folders)
    H.add(F.Path).add(F.IsFramework ? "framework" : F.IsOwn ? "own" : "");
  return H.finish();
}

std::shared_ptr<const Compiler> Compilers::describe(const Question &Q) {
  auto C = std::make_shared<Compiler>();
  C->Program = Q.shown().str();
  C->Mode = mode(Q.Call.Name);
  const DriverName &Name = Q.Call.Name;
  bool IsStated = namesTarget(Q.Flags);
  if (namesTarget(ExtraFlags) || Name.Family == DriverFamily::CL) {
    // Clang's driver finds Microsoft's headers in the same way as their driver.
    if (!IsStated && !Name.Triple.empty())
      setTriple(Q, Name.Triple, *C);
    C->Identity = identity(*C);
    return C;
  }
  C->WhyNot = whyNotAsked(Q);
  bool WasAsked = C->WhyNot.empty();
  if (WasAsked)
    if (llvm::Error E = ask(Q, *C))
      C->WhyNot = "it was run, and " + llvm::toString(std::move(E));
  if (!C->HasAnswered) {
    if (!Name.Triple.empty() && !IsStated)
      setTriple(Q, Name.Triple, *C);
    if (llvm::none_of(Q.Flags,
                      [](StringRef Flag) { return Flag.contains("sysroot"); }))
      C->Sysroot = sysrootBeside(Q.Program, Name, *Files);
  }
  if (!IsStated)
    applyArchitecture(Q.Flags, *C);
  if (!C->HasAnswered && !IsStated && C->Triple.empty() &&
      Name.Triple.empty() &&
      (WasAsked || !isNative(Q.Call.Program, Q.Program, Name, *Files)))
    reportUnknown(Q, WasAsked, C->WhyNot);
  C->Identity = identity(*C);
  return C;
}

} // namespace ilbridge::command
