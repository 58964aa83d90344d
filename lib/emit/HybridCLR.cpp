//===- HybridCLR.cpp - The `hybridclr` backend ----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The backend determines which files an output has, and the generation of the
// runtime. The library hybridclr makes and prints their tables.
//
//===----------------------------------------------------------------------===//

#include "ilbridge/emit/HybridCLR.h"
#include "ilbridge/emit/Backend.h"
#include "ilbridge/hybridclr/Sharing.h"
#include "ilbridge/hybridclr/Text.h"
#include "llvm/Support/Path.h"

using llvm::StringRef;
using namespace ilbridge::hybridclr;

namespace ilbridge::emit {

HybridCLRTables makeHybridCLRTables(BridgeRequirements &N,
                                    const OptionValues &Options,
                                    DiagnosticList &Findings) {
  HybridCLRTables Tables;
  std::optional<AbiFamily> Family =
      abiFamily(Options.text(OutputOptionID::Abi));
  Tables.Dialect =
      runtime::findBridgeDialect(Options.text(OutputOptionID::Dialect));
  if (!Tables.Dialect)
    Tables.Dialect = &runtime::newestBridgeDialect(Family.has_value());
  if (Family)
    Tables.Classic = makeClassicTables(N, *Family, *Tables.Dialect, Findings);
  else
    Tables.Structural = makeStructuralTables(N, *Tables.Dialect, Findings);
  return Tables;
}

/// Checks that classic tables have a family of ABIs, and that others have none.
static std::optional<OptionContradiction>
findContradiction(const OptionValues &Options, StringRef Prefix) {
  const runtime::BridgeDialect *D =
      runtime::findBridgeDialect(Options.text(OutputOptionID::Dialect));
  if (!D || D->IsClassic == Options.has(OutputOptionID::Abi))
    return std::nullopt;
  StringRef Abi = outputOption(OutputOptionID::Abi).Key;
  std::string Text = (D->Name + " has no effect without '" + Prefix + Abi +
                      "': tables of HybridCLR up to 3.4 are made for a family "
                      "of ABIs")
                         .str();
  if (!D->IsClassic)
    Text = (D->Name + " contradicts '" + Prefix + Abi +
            "': tables of HybridCLR since 4.0 are for all ABIs")
               .str();
  return OptionContradiction{OutputOptionID::Dialect, std::move(Text)};
}

namespace {
/// The properties of a dialect that are visible in the text of a file.
class ShownTables {
public:
  explicit ShownTables(StringRef File);
  bool areOf(const runtime::BridgeDialect &D) const;
  /// Describes a difference from the files of \p New: "has no table of ...".
  std::string differenceFrom(const runtime::BridgeDialect &New) const;

private:
  bool HasReverse, HasCalls;
  /// Like BridgeDialect::FunctionPointer; empty if the file calls no function
  /// pointer.
  StringRef FunctionPointer;
};
} // namespace

/// Returns true if functions of a file take a function pointer of the type \p
/// Pointer, as it is written before the name. HybridCLR's own generator writes
/// `T* name`.
static bool calls(StringRef File, StringRef Pointer) {
  std::string Name = "methodPointer", Ours = ("(" + Pointer + Name).str();
  if (!Pointer.consume_back(" *"))
    return File.contains(Ours);
  return File.contains(Ours) ||
         File.contains(("(" + Pointer + "* " + Name).str());
}

ShownTables::ShownTables(StringRef File)
    : HasReverse(File.contains("g_reversePInvokeMethodStub")),
      HasCalls(File.contains("g_managed2NativeFunctionPointerCallStub")) {
  for (const runtime::BridgeDialect &D : runtime::bridgeDialects())
    if (!D.FunctionPointer.empty() && calls(File, D.FunctionPointer))
      FunctionPointer = D.FunctionPointer;
}

bool ShownTables::areOf(const runtime::BridgeDialect &D) const {
  if (!HasReverse || D.HasReverseFile)
    return !HasReverse && D.HasReverseFile;
  if (!HasCalls || D.FunctionPointer.empty())
    return !HasCalls && D.FunctionPointer.empty();
  return FunctionPointer.empty() || FunctionPointer == D.FunctionPointer;
}

std::string
ShownTables::differenceFrom(const runtime::BridgeDialect &New) const {
  if (HasReverse == New.HasReverseFile)
    return HasReverse ? "has a table of reverse wrappers"
                      : "has no table of reverse wrappers";
  if (HasCalls == New.FunctionPointer.empty())
    return HasCalls ? "has a table of function pointer calls"
                    : "has no table of function pointer calls";
  return ("calls function pointers through '" + FunctionPointer.rtrim() + "'")
      .str();
}

/// Returns "4.0 to 5.4" for the versions of dialects, of which the first is the
/// oldest.
static std::string
versions(llvm::ArrayRef<const runtime::BridgeDialect *> Dialects) {
  StringRef First = Dialects.front()->Versions,
            Last = Dialects.back()->Versions;
  if (Dialects.size() == 1)
    return First.str();
  return (First.split(' ').first + " to " + Last.substr(Last.rfind(' ') + 1))
      .str();
}

/// Returns "'4.0' (up to 5.2), '5.3' or '5.4'".
static std::string
names(llvm::ArrayRef<const runtime::BridgeDialect *> Dialects) {
  std::string Text;
  for (const runtime::BridgeDialect *D : Dialects) {
    if (D != Dialects.front())
      Text += D == Dialects.back() ? " or " : ", ";
    Text += ("'" + D->Name + "'").str();
    if (Dialects.size() > 1 && D->Versions != D->Name)
      Text +=
          (" (up to " + D->Versions.substr(D->Versions.rfind(' ') + 1) + ")")
              .str();
  }
  return Text;
}

/// Returns an error that names the version of a file if its tables show that it
/// is older than the newest version. A file has a table if and only if the
/// runtime declares it, because the linker needs each table.
static std::string objectToOlderFile(StringRef Old) {
  if (!Old.contains("g_managed2nativeStub"))
    return "";
  ShownTables Shown(Old);
  std::vector<const runtime::BridgeDialect *> Fitting;
  for (const runtime::BridgeDialect &D :
       llvm::reverse(runtime::bridgeDialects()))
    if (!D.IsClassic && Shown.areOf(D))
      Fitting.push_back(&D);
  const runtime::BridgeDialect &New = runtime::newestBridgeDialect(false);
  if (Fitting.empty() || Fitting.back() == &New)
    return "";
  return ("the file is for HybridCLR " + versions(Fitting) + ", because it " +
          Shown.differenceFrom(New) + "; give the option 'dialect' the value " +
          names(Fitting) + ", or '" + New.Name +
          "' if HybridCLR was updated, or name the installed "
          "package with 'hybridclr'")
      .str();
}

static ForeignRegion region(FileFrame Around) {
  return {RegionBegin.str(), RegionEnd.str(), std::move(Around.Before),
          std::move(Around.After)};
}

namespace {
class HybridCLRPlan final : public Plan {
public:
  HybridCLRPlan(const OutputRequest &Request, const BridgeInputs &In)
      : Types(In.Requirements.Types),
        IsDevelopment(Request.Options.flag(OutputOptionID::Development)),
        Tables(
            makeHybridCLRTables(In.Requirements, Request.Options, Findings)) {
    const runtime::BridgeDialect &D = *Tables.Dialect;
    if (Tables.Structural) {
      ForeignRegion Region = region(structuralFrame(D));
      if (!Request.Options.has(OutputOptionID::Dialect))
        Region.Objection = objectToOlderFile;
      Files.push_back({Request.File, "", std::move(Region)});
      if (!D.HasReverseFile)
        return;
      llvm::SmallString<256> Path = StringRef(Request.File);
      llvm::sys::path::remove_filename(Path);
      llvm::sys::path::append(Path, "ReversePInvokeMethodStub.cpp");
      Files.push_back(
          {Path.str().str(), "", region(structuralReverseFrame(D))});
      return;
    }
    AbiFamily Family = Tables.Classic->Family;
    auto Add = [&](StringRef Stem, ForeignRegion Region) {
      llvm::SmallString<256> Path = StringRef(Request.File);
      llvm::sys::path::append(Path, Stem + "_" + name(Family) + ".cpp");
      Files.push_back({Path.str().str(), "", std::move(Region)});
    };
    Add("MethodBridge", region(classicFrame(Family)));
    Add("ReversePInvokeMethodStub", region(classicReverseFrame(Family)));
  }

  llvm::Error share(llvm::ArrayRef<abi::Target> Targets) {
    if (Targets.empty() || !Tables.Structural)
      return llvm::Error::success();
    return shareFunctions(*Tables.Structural, Types, Targets);
  }

  std::string print(size_t I) const override {
    if (Tables.Structural)
      return I == 0 ? printStructuralBridges(*Tables.Structural, Types,
                                             *Tables.Dialect, IsDevelopment)
                    : printStructuralReverseWrappers(*Tables.Structural, Types,
                                                     *Tables.Dialect);
    return I == 0 ? printClassicBridges(*Tables.Classic, Types)
                  : printClassicReverseWrappers(*Tables.Classic, Types);
  }

private:
  const SharedTypes &Types;
  bool IsDevelopment;
  HybridCLRTables Tables;
};
} // namespace

static llvm::Expected<std::unique_ptr<Plan>>
planHybridCLR(const OutputRequest &Request, const BridgeInputs &In) {
  auto P = std::make_unique<HybridCLRPlan>(Request, In);
  if (Request.IsStream && P->files().size() > 1)
    return llvm::createStringError(
        "tables of this version of HybridCLR are two files, and the output is "
        "a stream");
  if (llvm::Error E = P->share(In.Targets))
    return E;
  return P;
}

static constexpr OutputOptionID HybridCLROptions[] = {
    OutputOptionID::Abi, OutputOptionID::Dialect, OutputOptionID::HybridCLR,
    OutputOptionID::Marshal, OutputOptionID::Development};

extern constexpr Backend HybridCLR = {
    .Name = "hybridclr",
    .Summary = "bridge functions for HybridCLR, from assemblies alone",
    .Runtime = "hybridclr",
    .Options = HybridCLROptions,
    .Serves = {},
    .FromBridges = planHybridCLR,
    .Contradiction = findContradiction,
};

} // namespace ilbridge::emit
