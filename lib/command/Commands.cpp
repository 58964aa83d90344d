//===- Commands.cpp - Adapts compile commands for scans -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/command/Commands.h"
#include "CommandOptions.h"
#include "ilbridge/command/Invocation.h"
#include "ilbridge/system/Files.h"
#include "ilbridge/versions/Clang.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Driver/Driver.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using llvm::StringRef;

namespace ilbridge::command {

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

/// Returns the options of \p Source that affect a scan.
static std::vector<std::string> keptOptions(const SourceCommand &Source,
                                            bool IsCL,
                                            std::vector<std::string> *Unknown) {
  using namespace versions::options;
  const tooling::CompileCommand &Command = Source.Command;
  std::string File = system::absolute(Command.Filename, Command.Directory);
  std::vector<std::string> Line;
  for (StringRef Arg : llvm::drop_begin(Command.CommandLine))
    // To clang-cl, an absolute path looks like an option.
    if (Arg == "--")
      break;
    else if (system::absolute(Arg, Command.Directory) != File)
      Line.push_back(Arg.str());
  Line = flattened(Line);

  std::vector<std::string> Kept;
  CommandOptions Parsed(Line, IsCL);
  for (const llvm::opt::Arg *A : Parsed.all()) {
    const llvm::opt::Option &O = A->getOption();
    llvm::ArrayRef<const char *> Words = Parsed.words(*A);
    if (O.matches(OPT_UNKNOWN)) {
      if (Unknown)
        Unknown->push_back(Parsed.shown(*A));
    } else if (O.matches(OPT__SLASH_Tp) || O.matches(OPT__SLASH_Tc)) {
      Kept.push_back(O.matches(OPT__SLASH_Tp) ? "/TP" : "/TC");
    } else if (O.matches(OPT_driver_mode) && Source.By) {
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

std::vector<std::string> adjustedCommand(const SourceCommand &Source,
                                         const ClangSettings &Settings,
                                         std::vector<std::string> *Unknown) {
  const tooling::CompileCommand &Command = Source.Command;
  StringRef Program = Source.By ? Source.By->Program : Command.CommandLine[0];
  std::vector<const char *> Raw;
  for (const std::string &Arg : llvm::drop_begin(Command.CommandLine))
    Raw.push_back(Arg.c_str());
  bool IsCL = Source.By
                  ? Source.By->Mode == "cl"
                  : driver::IsClangCL(driver::getDriverMode(Program, Raw));
  std::vector<std::string> Kept = keptOptions(Source, IsCL, Unknown);

  std::vector<std::string> Args = {Program.str()};
  if (Source.By)
    addBefore(*Source.By, Args);
  else if (IsCL)
    Args.push_back("--driver-mode=cl");
  llvm::append_range(Args, Kept);
  std::string ResourceDir = Settings.ResourceDir;
  bool NamesResources = false;
  for (StringRef Arg : Kept)
    if (Arg.consume_front("-resource-dir="))
      ResourceDir = Arg.str(), NamesResources = true;
    else
      NamesResources |= Arg == "-resource-dir";
  if (Source.By)
    addFolders(*Source.By, Kept, ResourceDir, Args);
  Args.push_back("-DILBRIDGE_SCAN=1");
  if (!NamesResources && !ResourceDir.empty())
    Args.push_back("-resource-dir=" + ResourceDir);
  // The second flag disables warnings that are errors by default.
  Args.insert(Args.end(), {"-w", "-Wno-everything"});
  llvm::append_range(Args, Settings.ExtraArgs);
  Args.insert(Args.end(), {"--", Command.Filename});
  return Args;
}

std::vector<std::string> unknownFlags(const SourceCommand &Source,
                                      const ClangSettings &Settings) {
  std::vector<std::string> Flags;
  std::vector<std::string> Args = adjustedCommand(Source, Settings, &Flags);
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS =
      llvm::vfs::createPhysicalFileSystem();
  IgnoringDiagConsumer Ignored;
  if (!FS->setCurrentWorkingDirectory(Source.Command.Directory))
    invocationOf(Args, FS, Ignored, &Flags);
  return Flags;
}

} // namespace ilbridge::command
