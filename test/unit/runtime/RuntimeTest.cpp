//===- RuntimeTest.cpp - Tests of the descriptions of runtimes ------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/runtime/Runtime.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Error.h"
#include "gtest/gtest.h"

using namespace ilbridge;
using namespace ilbridge::runtime;

namespace {

const Runtime &get(llvm::StringRef Name) {
  return *llvm::cantFail(runtime::find(Name));
}

std::string problem(llvm::StringRef Name) {
  llvm::Expected<const Runtime *> R = runtime::find(Name);
  return R ? "" : llvm::toString(R.takeError());
}

TEST(Runtimes, AreFoundByNameAndVersion) {
  EXPECT_EQ(get("leanclr").Version, "2026-07");
  EXPECT_EQ(get("leanclr@2026-01").Version, "2026-01");
  EXPECT_EQ(get("coreclr").Version, "8");
  EXPECT_EQ(&get("mono"), &get("mono@6"));
  EXPECT_EQ(get("il2cpp").fullName(), "il2cpp");
}

TEST(Runtimes, AreNotFoundByOtherNames) {
  EXPECT_EQ(problem("dotnet"), "there is no runtime 'dotnet'; known are "
                               "leanclr, mono, coreclr, il2cpp, hybridclr");
  EXPECT_EQ(problem("coreclr@7"),
            "there is no version '7' of the runtime "
            "'coreclr'; known are coreclr@8, coreclr@3.1");
  EXPECT_EQ(problem("il2cpp@1"),
            "the runtime 'il2cpp' has no versions; write 'il2cpp'");
  EXPECT_NE(problem("mono@"), "");
  EXPECT_NE(problem(""), "");
}

TEST(Runtimes, HaveNamesOfTheirOwn) {
  llvm::StringSet<> Names;
  for (const Runtime *R : all())
    EXPECT_TRUE(Names.insert(R->fullName()).second) << R->fullName();
}

/// A runtime that marshals has an answer to every question, its own or that of
/// the previous version, and states its source.
TEST(Runtimes, AnswerEveryQuestion) {
  for (const Runtime *R : all()) {
    if (R->conversion(Crossing::PInvoke) != Conversion::Marshalled)
      continue;
    for (size_t I = 0; I != RuleCount; ++I) {
      auto Which = static_cast<Rule>(I);
      bool IsAnswered = false;
      for (const Runtime *Each = R; Each; Each = Each->Before)
        IsAnswered |= llvm::any_of(Each->RuleValues, [&](const RuleValue &A) {
          return A.Which == Which;
        });
      EXPECT_TRUE(IsAnswered) << R->fullName() << ": " << text(Which).str();
      for (Platform P : {Platform::Windows, Platform::UnixX64, Platform::Other})
        EXPECT_FALSE(R->ruleValue(Which, P).Source.empty()) << R->fullName();
    }
  }
}

TEST(Runtimes, KnowTheirObjects) {
  const Runtime &Mono = get("mono"), &Lean = get("leanclr");
  EXPECT_EQ(Mono.objectKind("_MonoString"), ObjectKind::String);
  EXPECT_EQ(Mono.objectKind("MonoString"), ObjectKind::String);
  EXPECT_EQ(Mono.objectKind("MonoClass"), ObjectKind::None);
  EXPECT_EQ(Mono.objectKind("game::MonoString"), std::nullopt);
  EXPECT_EQ(Lean.objectKind("leanclr::vm::RtArray"), ObjectKind::Array);
  EXPECT_EQ(Lean.objectKind("leanclr::vm::RtThread"), ObjectKind::Other);
  EXPECT_EQ(Lean.objectKind("leanclr::metadata::RtClass"), ObjectKind::None);
  EXPECT_EQ(Lean.objectKind("RtArray"), std::nullopt);
  EXPECT_EQ(Lean.objectType(ObjectKind::String), "leanclr::vm::RtString *");
  EXPECT_EQ(Mono.objectType(ObjectKind::Other), "MonoObject *");
  EXPECT_EQ(get("coreclr").objectType(ObjectKind::String), "");
}

TEST(Runtimes, AgreeWhereTheySayTheSame) {
  const Runtime &Mono = get("mono"), &Core = get("coreclr");
  Consulted Nothing;
  EXPECT_TRUE(agree(Mono, Core, Nothing));
  Consulted Chars;
  Chars.Rules.set(static_cast<size_t>(Rule::CharSetOfChar));
  EXPECT_FALSE(agree(Mono, Core, Chars));
  EXPECT_TRUE(agree(Core, get("coreclr@3.1"), Chars));
  Consulted Pointers;
  Pointers.Crossings.set(static_cast<size_t>(Crossing::FunctionPointer));
  EXPECT_FALSE(agree(Mono, Core, Pointers));
}

TEST(Runtimes, UnderstandWrappersOfResults) {
  const ResultWrapper *W = findResultWrapper("leanclr::core::Result");
  ASSERT_NE(W, nullptr);
  EXPECT_TRUE(get("leanclr").understands(W->Spelling));
  EXPECT_FALSE(get("mono").understands(W->Spelling));
  EXPECT_EQ(findResultWrapper("game::Result"), nullptr);
  EXPECT_FALSE(isResultWrapper(""));
}

} // namespace
