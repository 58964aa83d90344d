//===- MergeTest.cpp - Merges findings of several targets ---------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Comparison.h"
#include "ilbridge/runtime/Runtime.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace ilbridge;
using namespace ilbridge::match;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

class Merge : public testing::Test {
protected:
  Merge() {
    for (auto [Name, IsConfigured] :
         {std::pair("linux-x64", true), {"ios", true}, {"wasm", false}}) {
      Targets.emplace_back();
      Targets.back().Target.Name = Name;
      Targets.back().IsConfigured = IsConfigured;
    }
  }
  /// Returns an error about the parameter with the index \p Site.
  static Finding error(int Site, std::string Message, std::string Reason = "") {
    Diagnostic D =
        diagnose(DiagnosticID::ParameterType, Location{}, "", "", "", "");
    D.Message = std::move(Message);
    D.Level = Severity::Error;
    return {Site, std::move(D), std::move(Reason)};
  }
  std::vector<Diagnostic> merge(std::vector<Finding> Linux,
                                std::vector<Finding> IOS,
                                std::vector<Finding> Wasm) {
    return mergeFindings(Targets,
                         {std::move(Linux), std::move(IOS), std::move(Wasm)});
  }
  static std::vector<std::string> texts(llvm::ArrayRef<Diagnostic> Findings) {
    std::vector<std::string> Texts;
    for (const Diagnostic &D : Findings)
      Texts.push_back((D.Level == Severity::Error ? "error: " : "warning: ") +
                      D.Message);
    return Texts;
  }

  std::vector<TargetContext> Targets;
};

} // namespace

TEST_F(Merge, NamesNoTargetIfAllHaveTheFinding) {
  EXPECT_THAT(
      texts(merge({error(0, "no")}, {error(0, "no")}, {error(0, "no")})),
      ElementsAre("error: no"));
  EXPECT_THAT(merge({}, {}, {}), IsEmpty());
}

TEST_F(Merge, NamesTheTargetsThatHaveTheFinding) {
  EXPECT_THAT(texts(merge({error(0, "no")}, {error(0, "no")}, {})),
              ElementsAre("error: no (on linux-x64 and ios)"));
  EXPECT_THAT(texts(merge({}, {error(0, "no")}, {})),
              ElementsAre("error: no (on ios)"));
}

TEST_F(Merge, WarnsAboutATargetForWhichNothingIsBuilt) {
  std::vector<Diagnostic> Found = merge({}, {}, {error(0, "no")});
  EXPECT_THAT(texts(Found), ElementsAre("warning: on wasm: no"));
  EXPECT_EQ(Found.front().ID, DiagnosticID::OtherTarget);
}

TEST_F(Merge, KeepsOneFindingForAValue) {
  std::vector<Diagnostic> Found =
      merge({error(0, "4 bytes", "4")}, {error(0, "8 bytes", "8")}, {});
  ASSERT_THAT(texts(Found), ElementsAre("error: 4 bytes (on linux-x64)"));
  ASSERT_EQ(Found.front().Notes.size(), 1u);
  EXPECT_EQ(Found.front().Notes.front().Message, "on ios: 8");
}

TEST_F(Merge, KeepsFindingsAboutDifferentValues) {
  EXPECT_THAT(texts(merge({error(0, "a")}, {error(1, "b")}, {})),
              ElementsAre("error: a (on linux-x64)", "error: b (on ios)"));
}

TEST_F(Merge, NamesTheRuntimeThatAloneHasTheFinding) {
  const runtime::Runtime *Mono = llvm::cantFail(runtime::find("mono"));
  const runtime::Runtime *CoreCLR = llvm::cantFail(runtime::find("coreclr"));
  std::vector<RuntimeFindings> Both{{Mono, {error(0, "both").D}},
                                    {CoreCLR, {error(0, "both").D}}};
  EXPECT_THAT(texts(mergeRuntimes(Both)), ElementsAre("error: both"));

  Both[1].Findings.push_back(error(0, "one").D);
  Both[1].Findings.back().Fixes.push_back({});
  std::vector<Diagnostic> Found = mergeRuntimes(Both);
  EXPECT_THAT(texts(Found),
              ElementsAre("error: both", "error: one (with " +
                                             CoreCLR->versionedTitle() + ")"));
  // An edit that is correct for one runtime may be wrong for the other.
  EXPECT_THAT(Found.back().Fixes, IsEmpty());
}
