//===- TypeParser.cpp - Type expressions of manifests ---------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   type       = (primitive | definition | function | parameter) suffix*
//   definition = ["[" assembly "]"] name ["<" type {"," type} ">"]
//   assembly   = characters other than "]" | quoted
//   name       = identifier characters | quoted
//   quoted     = "'" anything, with "\" before "'" and "\" "'"
//   function   = "method " [("unmanaged" | convention) " "]
//                type "*(" [type {"," type}] ")"
//   parameter  = ("!" | "!!") number [":" constraint]
//   constraint = primitive | definition
//   suffix     = "*" | "&" | "[" {","} "]" | " modreq(" type ")" |
//                " modopt(" type ")"
//
//===----------------------------------------------------------------------===//

#include "ilbridge/managed/Type.h"
#include "ilbridge/type/Limits.h"
#include "llvm/ADT/StringExtras.h"

namespace ilbridge::managed {
namespace {

bool isDelimiter(char C) { return llvm::is_contained("*&[]<>,() ", C); }

class TypeParser {
public:
  TypeParser(TypeTable &Types, llvm::StringRef Text, llvm::StringRef Home)
      : Types(Types), Rest(Text), Home(Home) {}

  llvm::Expected<const TypeSig *> parseAll() {
    llvm::Expected<const TypeSig *> T = type();
    if (T && !Rest.empty())
      return fail("unexpected text after the type");
    return T;
  }

  llvm::Expected<TypeDef *> parseDefinition() {
    llvm::Expected<TypeDef *> D = definition();
    if (D && !Rest.empty())
      return fail("unexpected text after the type");
    return D;
  }

private:
  llvm::Error fail(const llvm::Twine &What) {
    return llvm::createStringError(
        What + (Rest.empty() ? llvm::Twine(" at the end of the type")
                             : " before '" + Rest + "'"));
  }

  llvm::Expected<const TypeSig *> type();
  llvm::Expected<const TypeSig *> base();
  llvm::Expected<const TypeSig *> suffixes(const TypeSig *T);
  llvm::Expected<const TypeSig *> function();
  llvm::Expected<const TypeSig *> parameter();
  llvm::Expected<TypeDef *> definition();
  llvm::Expected<std::string> name();
  llvm::Expected<std::string> quoted();
  llvm::Error list(std::vector<const TypeSig *> &Out, char Close);

  TypeTable &Types;
  llvm::StringRef Rest;
  llvm::StringRef Home;
  unsigned Depth = 0;
};

} // namespace

llvm::Expected<const TypeSig *> TypeParser::type() {
  if (++Depth > MaxTypeDepth)
    return fail("the type is nested too deeply");
  llvm::Expected<const TypeSig *> T = base();
  if (T)
    T = suffixes(*T);
  --Depth;
  return T;
}

llvm::Expected<const TypeSig *> TypeParser::suffixes(const TypeSig *T) {
  for (unsigned Count = 0;; ++Count) {
    if (Count > MaxTypeDepth)
      return fail("the type is nested too deeply");
    // The star of a function pointer precedes its parameters.
    if (Rest.starts_with("*("))
      return T;
    if (Rest.consume_front("*")) {
      T = &Types.derived(TypeSig::Pointer, *T);
    } else if (Rest.consume_front("&")) {
      T = &Types.derived(TypeSig::ByRef, *T);
    } else if (bool IsRequired = Rest.consume_front(" modreq(");
               IsRequired || Rest.consume_front(" modopt(")) {
      llvm::Expected<const TypeSig *> Modifier = type();
      if (!Modifier)
        return Modifier;
      if (!Rest.consume_front(")"))
        return fail("expected ')'");
      T = &Types.modified(*T, **Modifier, IsRequired);
    } else if (Rest.consume_front("[")) {
      unsigned Rank = 1;
      while (Rest.consume_front(","))
        ++Rank;
      if (!Rest.consume_front("]"))
        return fail("']' is expected");
      T = Rank == 1 ? &Types.derived(TypeSig::SZArray, *T)
                    : &Types.array(*T, Rank);
    } else {
      return T;
    }
  }
}

llvm::Expected<const TypeSig *> TypeParser::base() {
  if (Rest.starts_with("!"))
    return parameter();
  if (Rest.consume_front("method "))
    return function();
  llvm::StringRef Name = Rest.take_until(isDelimiter);
  if (std::optional<Primitive> P = primitive(Name)) {
    Rest = Rest.drop_front(Name.size());
    return &Types.primitive(*P);
  }
  llvm::Expected<TypeDef *> D = definition();
  if (!D)
    return D.takeError();
  if (!Rest.consume_front("<"))
    return &Types.definition(**D);
  std::vector<const TypeSig *> Arguments;
  if (llvm::Error E = list(Arguments, '>'))
    return E;
  return &Types.instance(**D, Arguments);
}

llvm::Error TypeParser::list(std::vector<const TypeSig *> &Out, char Close) {
  do {
    llvm::Expected<const TypeSig *> T = type();
    if (!T)
      return T.takeError();
    Out.push_back(*T);
  } while (Rest.consume_front(","));
  if (!Rest.starts_with(llvm::StringRef(&Close, 1)))
    return fail(llvm::Twine("',' or '") + llvm::Twine(Close) + "' is expected");
  Rest = Rest.drop_front();
  return llvm::Error::success();
}

llvm::Expected<const TypeSig *> TypeParser::function() {
  std::optional<CallingConvention> CC = CallingConvention::C;
  llvm::StringRef Word = Rest.take_until([](char C) { return C == ' '; });
  std::optional<CallingConvention> Stated = callingConvention(Word);
  if ((Stated || Word == "unmanaged") && Word.size() < Rest.size()) {
    CC = Stated;
    Rest = Rest.drop_front(Word.size() + 1);
  }
  std::vector<const TypeSig *> Types{nullptr};
  llvm::Expected<const TypeSig *> Result = type();
  if (!Result)
    return Result.takeError();
  Types.front() = *Result;
  if (!Rest.consume_front("*("))
    return fail("'*(' is expected");
  if (!Rest.consume_front(")"))
    if (llvm::Error E = list(Types, ')'))
      return E;
  return &this->Types.functionPointer(Types, CC);
}

llvm::Expected<const TypeSig *> TypeParser::parameter() {
  TypeSig::Kind K = TypeSig::TypeParameter;
  Rest = Rest.drop_front();
  if (Rest.consume_front("!"))
    K = TypeSig::MethodParameter;
  unsigned Index;
  if (Rest.consumeInteger(10, Index) || Index > 0xffff)
    return fail("expected the number of a type parameter");
  if (!Rest.consume_front(":"))
    return &Types.parameter(K, Index);
  if (Rest.starts_with("!") || Rest.starts_with("method "))
    return fail("expected a class");
  llvm::Expected<const TypeSig *> Constraint = base();
  if (!Constraint)
    return Constraint;
  return &Types.parameter(K, Index, *Constraint);
}

/// Parses the text after an opening quote.
llvm::Expected<std::string> TypeParser::quoted() {
  std::string Text;
  while (!Rest.starts_with("'")) {
    Rest.consume_front("\\");
    if (Rest.empty())
      return fail("expected a closing quote");
    Text += Rest.front();
    Rest = Rest.drop_front();
  }
  Rest = Rest.drop_front();
  return Text;
}

llvm::Expected<std::string> TypeParser::name() {
  if (Rest.consume_front("'"))
    return quoted();
  std::string Name = Rest.take_until([](char C) {
                           return llvm::is_contained("*&[]<>,() ", C);
                         })
                         .str();
  if (Name.empty())
    return fail("expected the name of a type");
  Rest = Rest.drop_front(Name.size());
  return Name;
}

llvm::Expected<TypeDef *> TypeParser::definition() {
  std::string Assembly = Home.str();
  if (Rest.consume_front("[")) {
    if (Rest.consume_front("'")) {
      if (llvm::Error E = quoted().moveInto(Assembly))
        return E;
    } else {
      Assembly = Rest.take_until([](char C) { return C == ']'; }).str();
      Rest = Rest.drop_front(Assembly.size());
    }
    if (!Rest.consume_front("]"))
      return fail("expected ']' after an assembly's name");
  }
  llvm::Expected<std::string> Name = name();
  if (!Name)
    return Name.takeError();
  if (llvm::StringRef(*Name).count('/') > MaxTypeDepth)
    return fail("the type is nested too deeply");
  return &Types.define(Assembly, *Name);
}

llvm::Expected<const TypeSig *> TypeTable::parse(llvm::StringRef Text,
                                                 llvm::StringRef HomeAssembly) {
  return TypeParser(*this, Text, HomeAssembly).parseAll();
}

llvm::Expected<TypeDef *>
TypeTable::parseDefinition(llvm::StringRef Text, llvm::StringRef HomeAssembly) {
  return TypeParser(*this, Text, HomeAssembly).parseDefinition();
}

} // namespace ilbridge::managed
