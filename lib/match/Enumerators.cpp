//===- Enumerators.cpp - Enumerators with different values ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Agreement.h"
#include "BareName.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

namespace ilbridge::match {

/// Returns the length of the common prefix of all enumerators, up to an
/// underscore. Languages without scoped enums add such a prefix to each
/// enumerator.
static size_t sharedPrefix(const EnumType &E) {
  if (E.Enumerators.size() < 2)
    return 0;
  llvm::StringRef Shared = E.Enumerators.front().Name;
  for (const Enumerator &Each : E.Enumerators) {
    size_t Length = 0;
    while (Length < Shared.size() && Length < Each.Name.size() &&
           Shared[Length] == Each.Name[Length])
      ++Length;
    Shared = Shared.take_front(Length);
  }
  return Shared.rfind('_') + 1; // npos + 1 is 0
}

/// Maps the bare name, without prefix and suffix, to the enumerator; null if
/// several enumerators have the same bare name.
static llvm::StringMap<const Enumerator *> byBareName(const EnumType &E,
                                                      size_t Prefix) {
  llvm::StringMap<const Enumerator *> Result;
  for (const Enumerator &Each : E.Enumerators) {
    std::string Bare = bareName(llvm::StringRef(Each.Name).drop_front(Prefix));
    auto [It, IsNew] = Result.try_emplace(Bare, &Each);
    if (!IsNew && It->second && It->second->Value != Each.Value)
      It->second = nullptr;
  }
  return Result;
}

/// Whether an enumerator without its prefix is named like the end of a list,
/// which no function takes.
static bool isNamedLikeEnd(llvm::StringRef Name) {
  static constexpr llvm::StringLiteral Words[] = {
      "count", "end", "last", "lastone", "max", "nb", "num", "size", "total"};
  const std::string Lower = Name.lower();
  auto [Begin, Last] = llvm::StringRef(Lower).rsplit('_');
  return llvm::StringRef(Lower).starts_with("num_") ||
         llvm::is_contained(Words, Last.empty() ? Begin : Last);
}

static bool isGreatest(const Enumerator &One, const EnumType &E) {
  return llvm::all_of(E.Enumerators, [&](const Enumerator &Each) {
    return Each.Value <= One.Value;
  });
}

static std::optional<Diagnostic>
compare(const EnumType &Managed, const EnumType &Native, unsigned Bits) {
  auto Differ = [&](const Enumerator &A, const Enumerator &B) {
    return (static_cast<uint64_t>(A.Value) ^ static_cast<uint64_t>(B.Value))
           << (64 - Bits);
  };
  constexpr size_t Most = 4;
  std::vector<std::string> Differences;
  const size_t Prefix = sharedPrefix(Managed);
  auto Full = byBareName(Native, 0);
  const size_t NativePrefix = sharedPrefix(Native);
  auto Short = byBareName(Native, NativePrefix);
  // A later version of the library has more enumerators before its end mark.
  // Either side may be for the later version.
  auto IsLater = [](const EnumType &Later, const Enumerator &LaterEnd,
                    const EnumType &Earlier, const Enumerator &End) {
    return Later.Enumerators.size() > Earlier.Enumerators.size() &&
           LaterEnd.Value > End.Value;
  };
  for (const Enumerator &Mine : Managed.Enumerators) {
    llvm::StringRef Name = Mine.Name;
    const Enumerator *Theirs = Full.lookup(bareName(Name));
    if (!Theirs)
      Theirs = Short.lookup(bareName(Name.drop_front(Prefix)));
    if (!Theirs || !Differ(Mine, *Theirs))
      continue;
    if ((IsLater(Native, *Theirs, Managed, Mine) ||
         IsLater(Managed, Mine, Native, *Theirs)) &&
        isNamedLikeEnd(
            llvm::StringRef(Theirs->Name).drop_front(NativePrefix)) &&
        isGreatest(Mine, Managed) && isGreatest(*Theirs, Native))
      continue;
    Differences.push_back("'" + Name.str() + "' is " +
                          std::to_string(Mine.Value) + " in C#, and '" +
                          Theirs->Name + "' is " +
                          std::to_string(Theirs->Value) + " in C++");
  }
  if (Differences.empty())
    return std::nullopt;
  size_t Rest = Differences.size() - std::min(Differences.size(), Most);
  Differences.resize(Differences.size() - Rest);
  std::string Text = llvm::join(Differences, "; ");
  if (Rest)
    Text += "; and " + std::to_string(Rest) + " more";
  std::vector<Note> Declared;
  if (Managed.Decl.Where.isValid())
    Declared.push_back({"'" + toString(Managed) + "' is declared here",
                        Managed.Decl.Where,
                        {}});
  Diagnostic D = diagnose(DiagnosticID::EnumeratorValue, Native.Decl.Where,
                          "'" + toString(Managed) + "': " + Text);
  D.Cause = RootCause{D.Message, Native.Decl.Where, Declared};
  D.Notes = std::move(Declared);
  return D;
}

const Diagnostic *ComparedEnums::difference(const EnumType &Managed,
                                            const EnumType &Native,
                                            unsigned Bits) {
  auto [It, IsNew] = Known.try_emplace({&Managed, &Native, Bits});
  if (IsNew)
    It->second = compare(Managed, Native, Bits);
  return It->second ? &*It->second : nullptr;
}

/// Both are numbers, so their meaning is compared by name.
Verdict Agreement::enums(const EnumType &Managed, const EnumType &Native,
                         const ValueUse &U) {
  const Type &Integer = Target.underlying(Native);
  Verdict V = byValue(withoutEnum(Managed), Integer, U);
  const auto *S = llvm::dyn_cast<ScalarType>(&Integer);
  if (!V.agrees() || !S)
    return V;
  if (const Diagnostic *D = Enums.difference(
          Managed, Native, std::min(64u, Model.bits(S->width()))))
    V.addRemarks(*D);
  return V;
}

} // namespace ilbridge::match
