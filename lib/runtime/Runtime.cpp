//===- Runtime.cpp - Descriptions of .NET runtimes ------------------------===//
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
      "P/Invoke",      "internal call", "constructor replacement",
      "intrinsic",     "callback",      "unmanaged function pointer",
      "managed method"};
  return Names[static_cast<size_t>(C)];
}

llvm::StringRef words(ObjectKind K) {
  static constexpr llvm::StringLiteral Words[] = {
      "no object",  "a string",     "an array",  "a System.Type",
      "a delegate", "an exception", "an object", "an object"};
  return Words[static_cast<size_t>(K)];
}

llvm::StringRef text(Rule R) {
  static constexpr llvm::StringLiteral Texts[] = {
#define RULE(NAME, TEXT) TEXT,
#include "ilbridge/runtime/Rules.def"
  };
  return Texts[static_cast<size_t>(R)];
}

bool isFeature(Rule R) {
  static constexpr bool Features[] = {
#define RULE(NAME, TEXT) false,
#define FEATURE(NAME, TEXT) true,
#include "ilbridge/runtime/Rules.def"
  };
  return Features[static_cast<size_t>(R)];
}

llvm::StringRef words(PlatformSet Set) {
  switch (Set) {
  case PlatformSet::All:
    return "";
  case PlatformSet::Windows:
    return "on Windows";
  case PlatformSet::OffWindows:
    return "not on Windows";
  case PlatformSet::UnixX64:
    return "on x86-64, except for Windows";
  }
  llvm_unreachable("not a set of platforms");
}

llvm::StringRef typeSpelling(TypeSpelling Words, llvm::StringRef FullName) {
  if (Words == TypeSpelling::Reflection)
    return FullName;
  // mono_type_get_desc in mono/metadata/debug-helpers.c
  static constexpr std::pair<llvm::StringLiteral, llvm::StringLiteral> Mono[] =
      {{"System.Void", "void"},       {"System.Boolean", "bool"},
       {"System.Char", "char"},       {"System.SByte", "sbyte"},
       {"System.Byte", "byte"},       {"System.Int16", "int16"},
       {"System.UInt16", "uint16"},   {"System.Int32", "int"},
       {"System.UInt32", "uint"},     {"System.Int64", "long"},
       {"System.UInt64", "ulong"},    {"System.Single", "single"},
       {"System.Double", "double"},   {"System.IntPtr", "intptr"},
       {"System.UIntPtr", "uintptr"}, {"System.String", "string"},
       {"System.Object", "object"},   {"System.TypedReference", "typedbyref"}};
  for (const auto &[Name, Word] : Mono)
    if (Name == FullName)
      return Word;
  return FullName;
}

const RuleValue &Runtime::ruleValue(Rule R, Platform P) const {
  for (const Runtime *Each = this; Each; Each = Each->Before)
    for (const RuleValue &A : Each->RuleValues)
      if (A.Which == R && contains(A.Where, P))
        return A;
  // The marshalling rules of a runtime that does not marshal are never queried.
  static constexpr RuleValue Unasked[RuleCount] = {
#define RULE(NAME, TEXT) {Rule::NAME, true, "", "marshals nothing"},
#include "ilbridge/runtime/Rules.def"
  };
  return Unasked[static_cast<size_t>(R)];
}

static constexpr Platform Platforms[PlatformCount] = {
    Platform::Windows, Platform::UnixX64, Platform::Other};

static bool isSame(const RuleValue &A, const RuleValue &B) {
  return A.Holds == B.Holds && A.Otherwise == B.Otherwise;
}

bool Runtime::isSameOnPlatforms(const Consulted &C) const {
  for (size_t I = 0; I != RuleCount; ++I)
    if (C.Rules.test(I))
      for (Platform P : Platforms)
        if (!isSame(ruleValue(static_cast<Rule>(I), P),
                    ruleValue(static_cast<Rule>(I), Platforms[0])))
          return false;
  return true;
}

bool Runtime::hasFeatures(const Consulted &C) const {
  for (size_t I = 0; I != RuleCount; ++I) {
    auto Which = static_cast<Rule>(I);
    if (C.Rules.test(I) && isFeature(Which) &&
        !ruleValue(Which, Platform::Other).Holds)
      return false;
  }
  return true;
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
  // The class of an "other" object is not known.
  if (K == ObjectKind::Other)
    K = ObjectKind::Any;
  for (ObjectKind Wanted : {K, ObjectKind::Any})
    for (const HeapType &T : HeapTypes)
      if (T.Kind == Wanted)
        return (T.Name + " *").str();
  return "";
}

bool Runtime::understands(llvm::StringRef WrapperSpelling) const {
  return !WrapperSpelling.empty() &&
         llvm::any_of(ResultWrappers, [&](const ResultWrapper &W) {
           return W.Spelling == WrapperSpelling ||
                  W.VoidSpelling == WrapperSpelling;
         });
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

bool isResultWrapper(llvm::StringRef Spelling) {
  return llvm::any_of(
      all(), [&](const Runtime *R) { return R->understands(Spelling); });
}

bool agree(const Runtime &A, const Runtime &B, const Consulted &C) {
  for (size_t I = 0; I != CrossingCount; ++I)
    if (C.Crossings.test(I) && A.Conversions[I] != B.Conversions[I])
      return false;
  for (size_t I = 0; I != RuleCount; ++I) {
    auto Which = static_cast<Rule>(I);
    if (C.Rules.test(I))
      for (Platform P : Platforms)
        if (!isSame(A.ruleValue(Which, P), B.ruleValue(Which, P)))
          return false;
  }
  return true;
}

} // namespace ilbridge::runtime
