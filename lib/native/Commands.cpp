//===- Commands.cpp - Adapts compile commands for scans -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/native/Commands.h"
#include "ilbridge/system/Files.h"
#include "ilbridge/versions/Clang.h"
#include "clang/Driver/Driver.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Lex/HeaderSearchOptions.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"

using namespace clang;
using llvm::StringRef;

namespace ilbridge::native {

//===----------------------------------------------------------------------===//
// Options that are left out
//===----------------------------------------------------------------------===//

/// Whether an option selects outputs, messages or warnings of the compiler, or
/// options of the linker. These do not change the meaning of declarations.
static bool isNoBusinessOfScan(const llvm::opt::Option &O) {
  using namespace versions::options;
  for (ID Group :
       {OPT_Action_Group, OPT_M_Group, OPT_Diag_Group, OPT_pedantic_Group,
        OPT_DebugInfo_Group, OPT_Link_Group, OPT_internal_Group, OPT_d_Group})
    if (O.matches(Group))
      return true;
  for (ID Each : {OPT_o,
                  OPT__SLASH_o,
                  OPT_C,
                  OPT_CC,
                  OPT_P,
                  OPT_w,
                  OPT_v,
                  OPT_H,
                  OPT__HASH_HASH_HASH,
                  OPT_help,
                  OPT_save_temps_EQ,
                  OPT__serialize_diags,
                  OPT_Wa_COMMA,
                  OPT_Xassembler,
                  OPT_include_pch,
                  OPT__SLASH_EP,
                  OPT__SLASH_P,
                  OPT__SLASH_showIncludes,
                  OPT__SLASH_Yc,
                  OPT__SLASH_Yu,
                  OPT__SLASH_Y_})
    if (O.matches(Each))
      return true;
  StringRef Name = O.getName();
  // Output files of clang-cl: /Fo, /Fd, /Fp. /FI is a forced include.
  if (O.getPrefixedName().starts_with("/F"))
    return Name != "FI";
  return Name.starts_with("fprofile") || Name.starts_with("fcs-profile") ||
         Name.starts_with("fplugin") || Name.starts_with("fpass-plugin") ||
         Name.starts_with("print-") || Name.starts_with("ftime-");
}

/// Converts preprocessor arguments to options: `-Wp,-DX,-DY`, `-Xpreprocessor
/// -DX`.
static std::vector<std::string> flattened(llvm::ArrayRef<std::string> Args) {
  std::vector<std::string> Result;
  for (size_t I = 0; I != Args.size(); ++I) {
    StringRef Rest = Args[I];
    if (Rest.consume_front("-Wp,"))
      for (StringRef Each : llvm::split(Rest, ','))
        Result.push_back(Each.str());
    else if (Rest == "-Xpreprocessor" && I + 1 != Args.size())
      Result.push_back(Args[++I]);
    else
      Result.push_back(Args[I]);
  }
  return Result;
}

namespace {

/// The options of a command, with their original spelling.
class Options {
public:
  Options(llvm::ArrayRef<std::string> Args, bool IsCL) {
    for (const std::string &Arg : Args)
      Raw.push_back(Arg.c_str());
    unsigned MissingIndex, MissingCount;
    Parsed = versions::driverOptions().ParseArgs(
        Raw, MissingIndex, MissingCount,
        llvm::opt::Visibility(IsCL ? versions::options::CLOption
                                   : versions::options::ClangOption));
    // An option without its value is not parsed. It ends the command.
    if (MissingCount != 0)
      Raw.resize(MissingIndex);
    for (const llvm::opt::Arg *A : Parsed)
      Begins.push_back(A->getIndex());
  }

  const llvm::opt::InputArgList &all() const { return Parsed; }
  /// Returns the arguments from which \p A was parsed.
  llvm::ArrayRef<const char *> words(const llvm::opt::Arg &A) const {
    auto Next = llvm::upper_bound(Begins, A.getIndex());
    size_t End = Next == Begins.end() ? Raw.size() : *Next;
    return llvm::ArrayRef(Raw).slice(A.getIndex(), End - A.getIndex());
  }

private:
  std::vector<const char *> Raw;
  llvm::opt::InputArgList Parsed;
  std::vector<unsigned> Begins;
};

} // namespace

/// Returns arguments of a command, as they are displayed to the user.
static std::string shown(llvm::ArrayRef<const char *> Words) {
  return llvm::join(Words, " ");
}

/// Returns the options of \p Input that affect a scan.
static std::vector<std::string> keptOptions(const ScanInput &Input, bool IsCL,
                                            std::vector<std::string> *Unknown) {
  using namespace versions::options;
  const tooling::CompileCommand &Command = Input.Command;
  std::string Source = system::absolute(Command.Filename, Command.Directory);
  std::vector<std::string> Line;
  for (StringRef Arg : llvm::drop_begin(Command.CommandLine))
    // To clang-cl, an absolute path looks like an option.
    if (Arg == "--")
      break;
    else if (system::absolute(Arg, Command.Directory) != Source)
      Line.push_back(Arg.str());
  Line = flattened(Line);

  std::vector<std::string> Kept;
  Options Parsed(Line, IsCL);
  for (const llvm::opt::Arg *A : Parsed.all()) {
    const llvm::opt::Option &O = A->getOption();
    llvm::ArrayRef<const char *> Words = Parsed.words(*A);
    if (O.matches(OPT_UNKNOWN)) {
      if (Unknown)
        Unknown->push_back(shown(Words));
    } else if (O.matches(OPT__SLASH_Tp) || O.matches(OPT__SLASH_Tc)) {
      Kept.push_back(O.matches(OPT__SLASH_Tp) ? "/TP" : "/TC");
    } else if (O.matches(OPT_driver_mode) && Input.By) {
      // The driver mode is that of the command's compiler.
    } else if (!O.matches(OPT_INPUT) && !isNoBusinessOfScan(O)) {
      Kept.insert(Kept.end(), Words.begin(), Words.end());
    }
  }
  return Kept;
}

//===----------------------------------------------------------------------===//
// Flags that describe the compiler
//===----------------------------------------------------------------------===//

/// Adds default flags before the command's own flags, which can override them.
static void addBefore(const Compiler &By, std::vector<std::string> &Args) {
  Args.push_back("--driver-mode=" + By.Mode);
  if (!By.Triple.empty())
    Args.push_back("--target=" + By.Triple);
  if (!By.Sysroot.empty())
    Args.push_back("--sysroot=" + By.Sysroot);
  llvm::append_range(Args, By.Flags);
}

/// Adds the folders of the compiler's headers. Clang's own header folder
/// replaces that of the compiler.
static void addFolders(const Compiler &By, llvm::ArrayRef<std::string> Kept,
                       StringRef ResourceDir, std::vector<std::string> &Args) {
  if (!By.HasAnswered)
    return;
  bool HasOwn = llvm::is_contained(Kept, "-nostdinc");
  auto Add = [&](StringRef Option, StringRef Path) {
    for (StringRef Word :
         {StringRef("-Xclang"), Option, StringRef("-Xclang"), Path})
      Args.push_back(Word.str());
  };
  std::string Own = (ResourceDir + "/include").str();
  Args.push_back("-nostdinc");
  for (const Compiler::Folder &F : By.Folders) {
    if (F.IsFramework)
      Args.insert(Args.end(), {"-iframework", F.Path});
    else if (!F.IsOwn)
      Add("-internal-isystem", F.Path);
    else if (!std::exchange(HasOwn, true))
      Add("-internal-isystem", Own);
  }
  if (!HasOwn)
    Add("-internal-isystem", Own);
}

std::vector<std::string> adjustedCommand(const ScanInput &Input,
                                         const ScanOptions &Options,
                                         std::vector<std::string> *Unknown) {
  const tooling::CompileCommand &Command = Input.Command;
  StringRef Program = Input.By ? Input.By->Program : Command.CommandLine[0];
  std::vector<const char *> Raw;
  for (const std::string &Arg : llvm::drop_begin(Command.CommandLine))
    Raw.push_back(Arg.c_str());
  bool IsCL = Input.By ? Input.By->Mode == "cl"
                       : driver::IsClangCL(driver::getDriverMode(Program, Raw));
  std::vector<std::string> Kept = keptOptions(Input, IsCL, Unknown);

  std::vector<std::string> Args = {Program.str()};
  if (Input.By)
    addBefore(*Input.By, Args);
  else if (IsCL)
    Args.push_back("--driver-mode=cl");
  llvm::append_range(Args, Kept);
  std::string ResourceDir = Options.ResourceDir;
  bool NamesResources = false;
  for (StringRef Arg : Kept)
    if (Arg.consume_front("-resource-dir="))
      ResourceDir = Arg.str(), NamesResources = true;
    else
      NamesResources |= Arg == "-resource-dir";
  if (Input.By)
    addFolders(*Input.By, Kept, ResourceDir, Args);
  Args.push_back("-DILBRIDGE_SCAN=1");
  if (!NamesResources && !ResourceDir.empty())
    Args.push_back("-resource-dir=" + ResourceDir);
  // The second flag disables warnings that are errors by default.
  Args.insert(Args.end(), {"-w", "-Wno-everything"});
  llvm::append_range(Args, Options.ExtraArgs);
  Args.insert(Args.end(), {"--", Command.Filename});
  return Args;
}

//===----------------------------------------------------------------------===//
// The frontend's invocation
//===----------------------------------------------------------------------===//

/// Removes everything that would be written or loaded, whichever flag requested
/// it.
static void confine(CompilerInvocation &I) {
  I.getDependencyOutputOpts() = DependencyOutputOptions();
  DiagnosticOptions &Diagnostics = I.getDiagnosticOpts();
  Diagnostics.DiagnosticLogFile.clear();
  Diagnostics.DiagnosticSerializationFile.clear();
  FrontendOptions &Frontend = I.getFrontendOpts();
  Frontend.OutputFile.clear();
  Frontend.StatsFile.clear();
  Frontend.TimeTracePath.clear();
  versions::clearModuleOutput(Frontend);
  Frontend.Plugins.clear();
  Frontend.AddPluginActions.clear();
  Frontend.ActionName.clear();
  Frontend.ShowStats = false;
  // A precompiled header belongs to another Clang, or does not exist yet. A
  // command that uses one also includes the header's text, as in CMake.
  PreprocessorOptions &Preprocessing = I.getPreprocessorOpts();
  Preprocessing.ImplicitPCHInclude.clear();
  Preprocessing.PCHThroughHeader.clear();
  Preprocessing.PCHWithHdrStop = Preprocessing.PCHWithHdrStopCreate = false;
}

namespace {

/// The result of parsing a command: an invocation, or the step that was reached
/// and the number of errors.
struct Attempt {
  std::shared_ptr<CompilerInvocation> Invocation;
  enum { Driver, Frontend, Target } Reached = Driver;
  unsigned Errors = 0;

  bool isBetterThan(const Attempt &Other) const {
    return Invocation || Reached > Other.Reached ||
           (Reached == Other.Reached && Errors < Other.Errors);
  }
};

} // namespace

static Attempt attempt(llvm::ArrayRef<const char *> Args,
                       llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS,
                       DiagnosticConsumer &Consumer) {
  Attempt Result;
  std::vector<std::string> ForFrontend;
  versions::Diagnostics Reported(&Consumer, /*IsOwner=*/false);
  Reported.options().IgnoreWarnings = true;
  Reported.engine()->setIgnoreAllWarnings(true);
  CreateInvocationOptions How;
  How.Diags = Reported.engine();
  How.VFS = std::move(FS);
  How.CC1Args = &ForFrontend;
  Result.Invocation = createInvocation(Args, How);
  if (!ForFrontend.empty())
    Result.Reached = Attempt::Frontend;
  if (Result.Invocation) {
    // Only the target knows the valid processors.
    Result.Reached = Attempt::Target;
    auto ForTarget =
        std::make_shared<TargetOptions>(Result.Invocation->getTargetOpts());
    if (!versions::createTarget(*How.Diags, ForTarget) ||
        How.Diags->hasErrorOccurred())
      Result.Invocation = nullptr;
    else
      confine(*Result.Invocation);
  }
  Result.Errors = Consumer.getNumErrors();
  return Result;
}

/// Whether a flag can be dropped without changing the meaning of the
/// source.
static bool isDispensable(const llvm::opt::Option &O) {
  using namespace versions::options;
  for (ID Each : {OPT_INPUT, OPT__DASH_DASH, OPT_target, OPT_driver_mode, OPT_D,
                  OPT_U, OPT_IncludePath_Group, OPT_x, OPT_resource_dir})
    if (O.matches(Each))
      return false;
  return true;
}

std::shared_ptr<CompilerInvocation>
invocationOf(llvm::ArrayRef<std::string> Args,
             llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS,
             DiagnosticConsumer &Consumer, std::vector<std::string> *Refused) {
  std::vector<const char *> Line;
  for (const std::string &Arg : Args)
    Line.push_back(Arg.c_str());
  auto Try = [&](llvm::ArrayRef<const char *> With) {
    DiagnosticConsumer Counts;
    return attempt(With, FS, Counts);
  };
  Attempt Best = Try(Line);
  bool IsCL = driver::IsClangCL(
      driver::getDriverMode(Args.front(), llvm::ArrayRef(Line).drop_front()));
  // A flag that the driver rejects hides those that the frontend rejects.
  for (bool HasChanged = true; !Best.Invocation && HasChanged;) {
    HasChanged = false;
    std::vector<std::string> Words(std::next(Line.begin()), Line.end());
    Options Parsed(Words, IsCL);
    // The loop begins at the last argument, so that the indices of earlier ones
    // do not change.
    for (const llvm::opt::Arg *A : llvm::reverse(Parsed.all().getArgs())) {
      if (Best.Invocation || !isDispensable(A->getOption()))
        continue;
      std::vector<const char *> Without = Line;
      auto Begin = Without.begin() + 1 + A->getIndex();
      Without.erase(Begin, Begin + Parsed.words(*A).size());
      Attempt Now = Try(Without);
      if (!Now.isBetterThan(Best))
        continue;
      if (Refused)
        Refused->push_back(shown(Parsed.words(*A)));
      Line = std::move(Without);
      Best = std::move(Now);
      HasChanged = true;
    }
  }
  return Best.Invocation ? Best.Invocation
                         : attempt(Line, FS, Consumer).Invocation;
}

} // namespace ilbridge::native
