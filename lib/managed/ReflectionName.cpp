//===- ReflectionName.cpp - Types as attributes name them -----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A System.Type in a custom attribute is a string (ECMA-335 II.23.3), in the
// form that System.Type.GetType takes:
//
//   Ns.Outer+Inner`1[[System.Int32, mscorlib, Version=…]][], Assembly, …
//
//===----------------------------------------------------------------------===//

#include "Bounds.h"
#include "ilbridge/managed/DeclaringType.h"
#include "llvm/ADT/StringExtras.h"

using llvm::StringRef;

namespace ilbridge::managed {
namespace {

class NameParser {
public:
  NameParser(AssemblySet &Set, Assembly &Home, StringRef Text)
      : Set(Set), Home(Home), Rest(Text), Whole(Text) {}

  llvm::Expected<const TypeSig *> parse() {
    llvm::Expected<const TypeSig *> T = qualified(/*StopsAtComma=*/false);
    if (T && !Rest.empty())
      return fail();
    return T;
  }

private:
  static constexpr unsigned MaxDepth = 32;

  llvm::Error fail() {
    return llvm::createStringError("'" + Whole + "' does not name a type");
  }
  llvm::Expected<const TypeSig *> qualified(bool StopsAtComma);
  llvm::Expected<const TypeSig *> resolve(StringRef FullName,
                                          StringRef AssemblyName);
  std::string identifier();
  llvm::Error arguments(llvm::SmallVectorImpl<const TypeSig *> &Out);

  AssemblySet &Set;
  Assembly &Home;
  StringRef Rest;
  StringRef Whole;
  unsigned Depth = 0;
};

} // namespace

/// Reads the name up to the character that ends it, with nested types as "/".
std::string NameParser::identifier() {
  std::string Name;
  while (!Rest.empty() && !llvm::is_contained(",[]*&", Rest.front())) {
    if (Rest.front() == '\\' && Rest.size() > 1) {
      Rest = Rest.drop_front();
      Name += Rest.front();
    } else {
      Name += Rest.front() == '+' ? '/' : Rest.front();
    }
    Rest = Rest.drop_front();
  }
  return StringRef(Name).trim().str();
}

llvm::Error NameParser::arguments(llvm::SmallVectorImpl<const TypeSig *> &Out) {
  do {
    Rest = Rest.ltrim();
    bool HasOwnBrackets = Rest.consume_front("[");
    llvm::Expected<const TypeSig *> T =
        qualified(/*StopsAtComma=*/!HasOwnBrackets);
    if (!T)
      return T.takeError();
    if (HasOwnBrackets && !Rest.consume_front("]"))
      return fail();
    Out.push_back(*T);
  } while (Rest.consume_front(","));
  return Rest.consume_front("]") ? llvm::Error::success() : fail();
}

llvm::Expected<const TypeSig *> NameParser::resolve(StringRef FullName,
                                                    StringRef AssemblyName) {
  if (std::optional<Primitive> P = primitive(FullName))
    return &Set.types().primitive(*P);
  std::string Why;
  if (AssemblyName.empty()) {
    // Attributes omit the assembly for types of their own assembly and of the
    // core library.
    if (TypeDef *D = findCoreType(Set, Home, FullName, Why))
      return &Set.types().definition(*D);
    AssemblyName = Home.name();
  } else if (TypeDef *D = AssemblyName == Home.name()
                              ? Set.findType(Home.manifest(), FullName, Why)
                              : Set.findType(AssemblyName, FullName, Why)) {
    return &Set.types().definition(*D);
  }
  TypeDef &D = Set.types().define(AssemblyName, FullName);
  if (D.TheKind == TypeDef::Unresolved && D.Problem.empty())
    D.Problem = Why;
  return &Set.types().definition(D);
}

llvm::Expected<const TypeSig *> NameParser::qualified(bool StopsAtComma) {
  if (++Depth > MaxDepth)
    return fail();
  std::string Name = identifier();
  if (Name.empty() || isNestedTooDeeply(Name))
    return fail();

  llvm::SmallVector<const TypeSig *, 4> Arguments;
  enum Suffix : char { Array = '[', Pointer = '*', ByRef = '&' };
  llvm::SmallVector<std::pair<Suffix, unsigned>, 4> Suffixes;
  while (true) {
    if (Rest.consume_front("*")) {
      Suffixes.push_back({Pointer, 0});
    } else if (Rest.consume_front("&")) {
      Suffixes.push_back({ByRef, 0});
    } else if (Rest.starts_with("[]") || Rest.starts_with("[,")) {
      Rest = Rest.drop_front();
      unsigned Rank = 1;
      while (Rest.consume_front(","))
        ++Rank;
      if (Rank > MaxRank || !Rest.consume_front("]"))
        return fail();
      Suffixes.push_back({Array, Rank});
    } else if (Arguments.empty() && Suffixes.empty() &&
               Rest.consume_front("[")) {
      if (llvm::Error E = arguments(Arguments))
        return E;
    } else {
      break;
    }
    if (Suffixes.size() > MaxDepth)
      return fail();
  }

  StringRef AssemblyName;
  if (!StopsAtComma && Rest.consume_front(",")) {
    StringRef Display = Rest.take_until([](char C) { return C == ']'; });
    Rest = Rest.drop_front(Display.size());
    AssemblyName = Display.split(',').first.trim();
  }
  llvm::Expected<const TypeSig *> T = resolve(Name, AssemblyName);
  if (!T)
    return T;
  TypeTable &Types = Set.types();
  const TypeSig *Result = *T;
  if (!Arguments.empty()) {
    if (Result->kind() != TypeSig::Definition)
      return fail();
    Result = &Types.instance(Result->definition(), Arguments);
  }
  for (auto [Kind, Rank] : Suffixes)
    Result = Kind == Pointer ? &Types.derived(TypeSig::Pointer, *Result)
             : Kind == ByRef ? &Types.derived(TypeSig::ByRef, *Result)
             : Rank == 1     ? &Types.derived(TypeSig::SZArray, *Result)
                             : &Types.array(*Result, Rank);
  --Depth;
  return Result;
}

llvm::Expected<const TypeSig *>
AssemblySet::typeByName(Assembly &A, StringRef SerializedName) {
  return NameParser(*this, A, SerializedName).parse();
}

} // namespace ilbridge::managed
