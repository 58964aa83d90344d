//===- RuntimeChoice.cpp - Which runtimes a project is for ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RuntimeChoice.h"
#include "AssemblyPaths.h"
#include "UnityProject.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/ecma335/Module.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

namespace ilbridge::driver {

llvm::Error chooseRuntime(OutputSpec &Output, const runtime::Runtime &R) {
  const emit::Backend &Backend = *Output.Backend;
  if (!Backend.Runtime.empty() && Backend.Runtime != R.Name)
    return llvm::createStringError("the backend '" + Backend.Name +
                                   "' is for the runtime '" + Backend.Runtime +
                                   "' and not for '" + R.fullName() + "'");
  if (Backend.Runtime.empty() && !Backend.FromDeclarations &&
      R.conversion(runtime::Crossing::PInvoke) == runtime::Conversion::Invoked)
    return llvm::createStringError(R.Title +
                                   " calls functions through invokers only, "
                                   "which the backend '" +
                                   Backend.Name + "' does not make");
  Output.Runtime = &R;
  return llvm::Error::success();
}

/// Returns the runtime that the output names or to which its backend belongs;
/// null if it is for any runtime.
static const runtime::Runtime *runtimeOf(const Project &P,
                                         const OutputSpec &Output) {
  if (Output.Runtime)
    return Output.Runtime;
  llvm::StringRef Name = Output.Backend->Runtime;
  if (Name.empty())
    return nullptr;
  if (P.Runtime && P.Runtime->Name == Name)
    return P.Runtime;
  return llvm::cantFail(runtime::find(Name));
}

/// Whether the functions of an output are shims that convert values. If \p
/// Output is null or an output of declarations: whether this is true of any
/// output.
static bool marshals(const Project &P, const OutputSpec *Output) {
  auto Marshals = [](const OutputSpec &Each) {
    return Each.Options.flag(emit::OutputOptionID::Marshal);
  };
  return Output && !Output->isOfDeclarations()
             ? Marshals(*Output)
             : llvm::any_of(P.Outputs, Marshals);
}

static RuntimeChoice statedRuntimes(const Project &P,
                                    const OutputSpec *Output) {
  if (Output)
    if (const runtime::Runtime *R = runtimeOf(P, *Output))
      return {R};
  if (P.Runtime)
    return {P.Runtime};
  RuntimeChoice Implied;
  for (const OutputSpec &Each : P.Outputs) {
    const runtime::Runtime *R = runtimeOf(P, Each);
    if (!R || Each.Backend->Runtime.empty() || llvm::is_contained(Implied, R))
      continue;
    // A runtime that only accepts invokers cannot use another output.
    if (!Output || Output->isOfDeclarations() ||
        R->conversion(runtime::Crossing::PInvoke) !=
            runtime::Conversion::Invoked)
      Implied.push_back(R);
  }
  bool IsOne =
      !Implied.empty() && llvm::all_of(Implied, [&](const runtime::Runtime *R) {
        return R->Name == Implied.front()->Name;
      });
  return IsOne ? Implied : RuntimeChoice();
}

RuntimeChoice runtimesFor(const Project &P, const OutputSpec *Output) {
  RuntimeChoice Choice = statedRuntimes(P, Output);
  if (marshals(P, Output))
    for (const runtime::Runtime *&R : Choice)
      if (R->WithShims)
        R = R->WithShims;
  return Choice;
}

llvm::Error checkMarshalling(const Project &P) {
  const OutputSpec *With = nullptr, *Without = nullptr;
  for (const OutputSpec &Output : P.Outputs) {
    if (!Output.Backend->understands(emit::OutputOptionID::Marshal))
      continue;
    RuntimeChoice Runtimes = statedRuntimes(P, &Output);
    bool CanMarshal =
        !Runtimes.empty() && llvm::all_of(Runtimes, [](const auto *R) {
          return R->WithShims != nullptr;
        });
    bool Marshals = marshals(P, &Output);
    if (Marshals && !CanMarshal)
      return llvm::createStringError(
          "'marshal' is for the runtime hybridclr, which marshals nothing; the "
          "output of the backend '" +
          Output.Backend->Name + "' is for " +
          (Runtimes.empty()
               ? "no stated runtime"
               : "the runtime '" + Runtimes.front()->fullName() + "'"));
    if (CanMarshal)
      (Marshals ? With : Without) = &Output;
  }
  if (With && Without)
    return llvm::createStringError(
        "the output of the backend '" + With->Backend->Name +
        "' has the option 'marshal' and that of '" + Without->Backend->Name +
        "' does not have it; bridge functions and tables of HybridCLR have to "
        "agree, because the functions of the table receive what the bridge "
        "functions pass");
  return llvm::Error::success();
}

RuntimeChoice registeredRuntimes(const native::Program &Program) {
  llvm::StringSet<> Names;
  for (const native::Export *E : Program.exports())
    if (E->Registered && !E->Registered->Runtime.empty())
      Names.insert(E->Registered->Runtime);
  RuntimeChoice Result;
  for (const runtime::Runtime *R : runtime::all())
    if (Names.erase(R->Name)) // versions are sorted, newest first
      Result.push_back(R);
  return Result;
}

/// Returns the simple name of the assembly in \p Path. If the file does not
/// exist yet, or is a module, this is its name without extensions.
static llvm::Expected<std::string> assemblyName(const std::string &Path,
                                                llvm::vfs::FileSystem &Files) {
  llvm::StringRef File = llvm::sys::path::filename(Path);
  for (llvm::StringRef Extension : {".bytes", ".dll", ".exe", ".wasm"})
    File.consume_back(Extension);
  auto Buffer = Files.getBufferForFile(Path, /*FileSize=*/-1,
                                       /*RequiresNullTerminator=*/false);
  if (!Buffer && Files.exists(Path))
    return inputError({Path, {}, {}}, Buffer.getError().message());
  if (!Buffer)
    return File.str();
  auto Module = ecma335::Module::create((*Buffer)->getMemBufferRef());
  if (!Module)
    return Module.takeError();
  if ((*Module)->rowCount<ecma335::AssemblyRow>() == 0)
    return File.str();
  auto Row = (*Module)->row(ecma335::AssemblyRid(1));
  if (!Row)
    return Row.takeError();
  auto Name = (*Module)->string(Row->Name);
  if (!Name)
    return Name.takeError();
  return Name->str();
}

/// The names are known even if the files do not exist yet.
static llvm::Expected<std::vector<std::string>>
interpretedByUnity(const Project &P) {
  auto Unity = UnityProject::open(P.Bridges.UnityProject, *P.Files);
  if (!Unity)
    return Unity.takeError();
  return Unity->hotUpdateNames();
}

llvm::Expected<llvm::StringSet<>> interpretedAssemblies(const Project &P) {
  llvm::StringSet<> Names;
  if (P.Bridges.HotUpdate.empty() && !P.Bridges.UnityProject.empty()) {
    auto Found = interpretedByUnity(P);
    if (!Found)
      return Found.takeError();
    Names.insert(Found->begin(), Found->end());
    return Names;
  }
  auto Found = hotUpdateFiles(P.Bridges, *P.Files);
  if (!Found)
    return Found.takeError();
  for (const std::string &Path : *Found) {
    llvm::Expected<std::string> Name = assemblyName(Path, *P.Files);
    if (!Name)
      return Name.takeError();
    Names.insert(*Name);
  }
  return Names;
}

} // namespace ilbridge::driver
