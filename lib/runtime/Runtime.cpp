//===- Runtime.cpp - What a .NET runtime does at the boundary -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Descriptions.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Error.h"

namespace ilbridge::runtime {

llvm::StringRef name(Crossing C) {
  static constexpr llvm::StringLiteral Names[CrossingCount] = {
      "P/Invoke",  "internal call", "constructor replacement",
      "intrinsic", "callback",      "unmanaged function pointer"};
  return Names[static_cast<size_t>(C)];
}

llvm::StringRef name(Conversion C) {
  static constexpr llvm::StringLiteral Names[] = {"absent", "marshalled",
                                                  "unchanged", "invoked"};
  return Names[static_cast<size_t>(C)];
}

llvm::StringRef id(Rule R) {
  static constexpr llvm::StringLiteral IDs[] = {
#define RULE(NAME, ID, TEXT) ID,
#include "ilbridge/runtime/Rules.def"
  };
  return IDs[static_cast<size_t>(R)];
}

llvm::StringRef text(Rule R) {
  static constexpr llvm::StringLiteral Texts[] = {
#define RULE(NAME, ID, TEXT) TEXT,
#include "ilbridge/runtime/Rules.def"
  };
  return Texts[static_cast<size_t>(R)];
}

const Answer &Runtime::answer(Rule R) const {
  for (const Runtime *Each = this; Each; Each = Each->Before)
    for (const Answer &A : Each->Answers)
      if (A.Question == R)
        return A;
  // A runtime that marshals nothing is never asked how it marshals.
  static constexpr Answer Unasked[RuleCount] = {
#define RULE(NAME, ID, TEXT) {Rule::NAME, true, "", "marshals nothing"},
#include "ilbridge/runtime/Rules.def"
  };
  return Unasked[static_cast<size_t>(R)];
}

std::optional<ObjectKind> Runtime::objectKind(llvm::StringRef CxxName) const {
  // C headers declare a structure with an underscore and a typedef without it.
  if (!OwnPrefix.contains("::"))
    CxxName.consume_front("_");
  for (const HeapType &T : HeapTypes)
    if (T.Name == CxxName)
      return T.Kind;
  if (!ObjectPrefix.empty() && CxxName.starts_with(ObjectPrefix))
    return ObjectKind::Other;
  if (!OwnPrefix.empty() && CxxName.starts_with(OwnPrefix))
    return ObjectKind::None;
  return std::nullopt;
}

std::string Runtime::objectType(ObjectKind K) const {
  for (ObjectKind Wanted : {K, ObjectKind::Any})
    for (const HeapType &T : HeapTypes)
      if (T.Kind == Wanted)
        return (T.Name + " *").str();
  return "";
}

const ResultWrapper *Runtime::resultWrapper(llvm::StringRef Spelling) const {
  for (const ResultWrapper &W : ResultWrappers)
    if (W.Spelling == Spelling || W.VoidSpelling == Spelling)
      return &W;
  return nullptr;
}

std::string Runtime::fullName() const {
  return Version.empty() ? Name.str() : (Name + "@" + Version).str();
}

std::string Runtime::versionedTitle() const {
  return Version.empty() ? Title.str() : (Title + " " + Version).str();
}

llvm::ArrayRef<const Runtime *> all() {
  static const std::vector<const Runtime *> Everything = [] {
    std::vector<const Runtime *> List;
    for (auto Versions : {leanclr(), mono(), coreclr(), il2cpp(), hybridclr()})
      List.insert(List.end(), Versions.begin(), Versions.end());
    return List;
  }();
  return Everything;
}

llvm::Expected<const Runtime *> find(llvm::StringRef Text) {
  auto [Name, Version] = Text.split('@');
  std::vector<std::string> Versions, Names;
  for (const Runtime *R : all()) {
    if (R->Name == Name && (R->Version == Version || !Text.contains('@')))
      return R;
    if (R->Name == Name && !R->Version.empty())
      Versions.push_back(R->fullName());
    if (!llvm::is_contained(Names, R->Name))
      Names.push_back(R->Name.str());
  }
  if (!Versions.empty())
    return llvm::createStringError(
        "there is no version '" + Version + "' of the runtime '" + Name +
        "'; known are " + llvm::join(Versions, ", "));
  if (llvm::is_contained(Names, Name))
    return llvm::createStringError("the runtime '" + Name +
                                   "' has no versions; write '" + Name + "'");
  return llvm::createStringError("there is no runtime '" + Name +
                                 "'; known are " + llvm::join(Names, ", "));
}

llvm::ArrayRef<const Runtime *> unchosen() {
  static const Runtime *const Both[] = {mono().front(), coreclr().front()};
  return Both;
}

const ResultWrapper *findResultWrapper(llvm::StringRef Class) {
  for (const Runtime *R : all())
    for (const ResultWrapper &W : R->ResultWrappers)
      if (W.Class == Class)
        return &W;
  return nullptr;
}

bool agree(const Runtime &A, const Runtime &B, const RuleSet &Rules) {
  for (size_t I = 0; I != RuleCount; ++I) {
    auto Question = static_cast<Rule>(I);
    if (Rules.test(I) &&
        (A.holds(Question) != B.holds(Question) ||
         A.answer(Question).Otherwise != B.answer(Question).Otherwise))
      return false;
  }
  return true;
}

} // namespace ilbridge::runtime
