//===- OutputOptionsTest.cpp - The schema of outputs, and its documentation
//===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/emit/Backend.h"
#include "ilbridge/hybridclr/Classic.h"
#include "ilbridge/runtime/BridgeDialect.h"
#include "ilbridge/runtime/Runtime.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace ilbridge::emit;
using ilbridge::runtime::BridgeDialect;
using ilbridge::runtime::bridgeDialects;
using llvm::StringRef;
using testing::ElementsAreArray;

namespace {

std::string errorOf(llvm::Error E) { return llvm::toString(std::move(E)); }

TEST(OptionValues, TakesValuesOfTheirKind) {
  OptionValues Values;
  EXPECT_EQ(errorOf(Values.set(OutputOptionID::Name, "game::Table")), "");
  EXPECT_EQ(errorOf(Values.set(OutputOptionID::Abi, "webgl32")), "");
  EXPECT_EQ(errorOf(Values.set(OutputOptionID::InSource, "true")), "");
  EXPECT_EQ(Values.text(OutputOptionID::Name), "game::Table");
  EXPECT_EQ(Values.text(OutputOptionID::Abi), "webgl32");
  EXPECT_TRUE(Values.flag(OutputOptionID::InSource));
  EXPECT_FALSE(Values.flag(OutputOptionID::ShortNames));
  EXPECT_EQ(Values.text(OutputOptionID::Region), "");
}

TEST(OptionValues, RefusesOthersAndKeepsWhatItHad) {
  OptionValues Values;
  for (const char *Bad : {"", "game::", "::Table", "1st", "a b", "class"})
    EXPECT_EQ(errorOf(Values.set(OutputOptionID::Name, Bad)),
              "'" + std::string(Bad) + "' cannot be a name of C++");
  EXPECT_FALSE(Values.has(OutputOptionID::Name));
  EXPECT_EQ(errorOf(Values.set(OutputOptionID::Abi, "arm")),
            "expected one of arm64, universal32, universal64, webgl32");
  EXPECT_FALSE(Values.has(OutputOptionID::Abi));
}

TEST(Backends, SayWhichOptionsContradictEachOther) {
  auto Find = findBackend("hybridclr")->Contradiction;
  for (const BridgeDialect &D : bridgeDialects()) {
    OptionValues Values;
    llvm::cantFail(Values.set(OutputOptionID::Dialect, D.Name));
    EXPECT_EQ(Find(Values, "").has_value(), D.IsClassic) << D.Name.str();
    llvm::cantFail(Values.set(OutputOptionID::Abi, "arm64"));
    EXPECT_EQ(Find(Values, "").has_value(), !D.IsClassic) << D.Name.str();
  }
  OptionValues Values;
  llvm::cantFail(Values.set(OutputOptionID::Abi, "arm64"));
  EXPECT_FALSE(Find(Values, ""));
}

TEST(OutputOptions, WordsAreThoseThatTheTablesKnow) {
  for (StringRef Word : outputOption(OutputOptionID::Abi).words())
    EXPECT_TRUE(ilbridge::hybridclr::abiFamily(Word)) << Word.str();
  std::vector<StringRef> Names;
  for (const BridgeDialect &D : bridgeDialects())
    Names.push_back(D.Name);
  llvm::sort(Names);
  auto Words = outputOption(OutputOptionID::Dialect).words();
  llvm::sort(Words);
  EXPECT_EQ(std::vector<StringRef>(Words.begin(), Words.end()), Names);
}

TEST(OutputOptions, EachIsUnderstoodBySomeBackend) {
  for (const OutputOption &O : outputOptions())
    EXPECT_NE(understoodBy(O), "") << O.Key.str();
}

TEST(Backends, AreMadeFromOneThingForARuntimeThatExists) {
  for (const Backend *B : backends()) {
    EXPECT_EQ(findBackend(B->Name), B);
    EXPECT_EQ((B->FromBindings != nullptr) + (B->FromBridges != nullptr) +
                  (B->FromDeclarations != nullptr),
              1)
        << B->Name.str();
    // A backend for bindings supports kinds of functions.
    EXPECT_EQ(B->FromBindings == nullptr, B->Serves.empty()) << B->Name.str();
    if (!B->Runtime.empty()) {
      auto Runtime = ilbridge::runtime::find(B->Runtime);
      EXPECT_TRUE(static_cast<bool>(Runtime)) << B->Name.str();
      llvm::consumeError(Runtime.takeError());
    }
  }
  EXPECT_EQ(findBackend("lean"), nullptr);
}

//===----------------------------------------------------------------------===//
// docs/configuration.md
//===----------------------------------------------------------------------===//

std::string code(StringRef Text) { return ("`" + Text + "`").str(); }

std::string codes(StringRef Names) {
  llvm::SmallVector<StringRef, 4> Parts;
  Names.split(Parts, ", ");
  std::string Text;
  llvm::ListSeparator Comma;
  for (StringRef Part : Parts)
    Text += (StringRef(Comma) + code(Part)).str();
  return Text;
}

/// Returns the documentation row of an option: the text before the semicolon,
/// with 'text' in quotes as code, beginning with a lower-case letter as in the
/// other tables.
std::string row(const OutputOption &O) {
  std::string Flag = ("--" + O.Key).str();
  if (O.Kind != OutputOption::Flag)
    Flag += " " + StringRef(O.Meta).trim("<>").upper();
  auto [First, Rest] = StringRef(O.Meaning).split(';');
  std::string Meaning = First.str();
  if (O.Kind == OutputOption::Word)
    Meaning += ": '" + llvm::join(O.words(), "', '") + "'";
  if (!Rest.empty())
    Meaning += (";" + Rest).str();
  std::replace(Meaning.begin(), Meaning.end(), '\'', '`');
  if (Meaning[1] >= 'a' && Meaning[1] <= 'z')
    Meaning[0] = llvm::toLower(Meaning[0]);
  return "| " + code(O.Key) + " | " + code(Flag) + " | " +
         codes(understoodBy(O)) + " | " + Meaning + " |";
}

TEST(OutputOptions, AreDocumentedAsTheyAre) {
  auto Buffer = llvm::MemoryBuffer::getFile(ILBRIDGE_DOCS "/configuration.md",
                                            /*IsText=*/true);
  ASSERT_TRUE(static_cast<bool>(Buffer));
  StringRef Section = (*Buffer)
                          ->getBuffer()
                          .split("\n## Outputs\n")
                          .second.split("\n## ")
                          .first;
  std::vector<std::string> Rows, Expected;
  llvm::SmallVector<StringRef> Lines;
  Section.split(Lines, '\n');
  for (StringRef Line : Lines)
    if (Line.starts_with("| `") && !Line.starts_with("| `backend`") &&
        !Line.starts_with("| `file`") && !Line.starts_with("| `runtime`"))
      Rows.push_back(Line.str());
  for (const OutputOption &O : outputOptions())
    Expected.push_back(row(O));
  EXPECT_THAT(Rows, ElementsAreArray(Expected));
  for (const Backend *B : backends())
    EXPECT_TRUE(
        Section.contains("| " + code(B->Name) + ": " + B->Summary.str()) ||
        Section.contains("; " + code(B->Name) + ": " + B->Summary.str()))
        << B->Name.str();
}

} // namespace
