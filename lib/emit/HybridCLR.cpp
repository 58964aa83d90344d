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
  if (std::optional<AbiFamily> Family =
          abiFamily(Options.text(OutputOptionID::Abi)))
    Tables.Classic =
        makeClassicTables(N, *Family,
                          dialect(Options.text(OutputOptionID::Dialect))
                              .value_or(Dialect::Runtime34),
                          Findings);
  else
    Tables.Structural = makeStructuralTables(N, Findings);
  return Tables;
}

namespace {
class HybridCLRPlan final : public Plan {
public:
  HybridCLRPlan(const OutputRequest &Request, const BridgeInputs &In)
      : Types(In.Needs.Types),
        IsDevelopment(Request.Options.flag(OutputOptionID::Development)),
        Tables(makeHybridCLRTables(In.Needs, Request.Options, Findings)) {
    if (Tables.Structural) {
      Files.push_back({Request.File, "", structuralRegion()});
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
      return printStructuralBridges(*Tables.Structural, Types, IsDevelopment);
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
  if (llvm::Error E = P->share(In.Targets))
    return std::move(E);
  return P;
}

static constexpr OutputOptionID Options[] = {
    OutputOptionID::Abi, OutputOptionID::Dialect, OutputOptionID::Development};

extern constexpr Backend HybridCLR = {
    .Name = "hybridclr",
    .Summary = "bridge functions for HybridCLR, from assemblies alone",
    .Runtime = "hybridclr",
    .Options = Options,
    .Serves = {},
    .FromBridges = planHybridCLR,
};

} // namespace ilbridge::emit
