//===- HybridCLR.cpp - The `hybridclr` backend ----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which files there are, and which rows their tables have.
// HybridCLRStructural.cpp and HybridCLRClassic.cpp print them.
//
//===----------------------------------------------------------------------===//

#include "ilbridge/emit/HybridCLR.h"
#include "HybridCLRText.h"
#include "ilbridge/bridge/Sharing.h"
#include "ilbridge/emit/Backend.h"
#include "llvm/Support/Path.h"

using llvm::StringRef;
using namespace ilbridge::bridge;

namespace ilbridge::emit {

HybridCLRTables makeHybridCLRTables(Needs &N, const OptionValues &Options,
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

/// Classic tables are made for a family of ABIs, and others for all.
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

/// Returns an error that names the version that a file is for, if its tables
/// show that this is an older one than the newest. A file has a table if and
/// only if the runtime declares it, because the linker wants each.
static std::string objectToOlderFile(StringRef Old) {
  if (!Old.contains("g_managed2nativeStub"))
    return "";
  StringRef Why, Name;
  if (!Old.contains("g_reversePInvokeMethodStub"))
    std::tie(Name, Why) = std::pair("4.0", "has no table of reverse wrappers");
  else if (!Old.contains("g_managed2NativeFunctionPointerCallStub"))
    std::tie(Name, Why) =
        std::pair("6.0", "has no table of function pointer calls");
  else if (Old.contains("(const void* methodPointer") ||
           Old.contains("(const void *methodPointer"))
    std::tie(Name, Why) =
        std::pair("7.4", "calls function pointers through 'const void *'");
  if (Name.empty())
    return "";
  const runtime::BridgeDialect &D = *runtime::findBridgeDialect(Name),
                               &New = runtime::newestBridgeDialect(false);
  std::string Names = ("'" + D.Name + "'").str();
  StringRef Versions = D.Versions;
  if (D.HasReverseFile) {
    Names += " (up to 5.2), '5.3' or '5.4'";
    Versions = "4.0 to 5.4";
  }
  return ("the file is for HybridCLR " + Versions + ", because it " + Why +
          "; give the option 'dialect' the value " + Names + ", or '" +
          New.Name +
          "' if HybridCLR was updated, or name the installed "
          "package with 'hybridclr'")
      .str();
}

namespace {
class HybridCLRPlan final : public Plan {
public:
  HybridCLRPlan(const OutputRequest &Request, const BridgeInputs &In)
      : Types(In.Needs.Types),
        IsDevelopment(Request.Options.flag(OutputOptionID::Development)),
        Tables(makeHybridCLRTables(In.Needs, Request.Options, Findings)) {
    const runtime::BridgeDialect &D = *Tables.Dialect;
    if (Tables.Structural) {
      ForeignRegion Region = structuralRegion(D);
      if (!Request.Options.has(OutputOptionID::Dialect))
        Region.Objection = objectToOlderFile;
      Files.push_back({Request.File, "", std::move(Region)});
      if (!D.HasReverseFile)
        return;
      llvm::SmallString<256> Path = StringRef(Request.File);
      llvm::sys::path::remove_filename(Path);
      llvm::sys::path::append(Path, "ReversePInvokeMethodStub.cpp");
      Files.push_back({Path.str().str(), "", structuralReverseRegion(D)});
      return;
    }
    AbiFamily Family = Tables.Classic->Family;
    auto Add = [&](StringRef Stem, ForeignRegion Region) {
      llvm::SmallString<256> Path = StringRef(Request.File);
      llvm::sys::path::append(Path, Stem + "_" + name(Family) + ".cpp");
      Files.push_back({Path.str().str(), "", std::move(Region)});
    };
    Add("MethodBridge", classicRegion(Family));
    Add("ReversePInvokeMethodStub", classicReverseRegion(Family));
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
    return I == 0 ? printClassicBridges(*Tables.Classic)
                  : printClassicReverseWrappers(*Tables.Classic);
  }

private:
  SharedTypes &Types;
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
    return std::move(E);
  return P;
}

static constexpr OutputOptionID Options[] = {
    OutputOptionID::Abi, OutputOptionID::Dialect, OutputOptionID::HybridCLR,
    OutputOptionID::Development};

extern constexpr Backend HybridCLR = {
    .Name = "hybridclr",
    .Summary = "bridge functions for HybridCLR, from assemblies alone",
    .Runtime = "hybridclr",
    .Options = Options,
    .Serves = {},
    .FromBridges = planHybridCLR,
    .Contradiction = findContradiction,
};

} // namespace ilbridge::emit
