//===- TypeShape.cpp - Compares spellings of types ------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TypeShape.h"
#include "Lexer.h"
#include "llvm/ADT/StringSwitch.h"
#include <algorithm>

namespace ilbridge::csharp {

static constexpr unsigned MaxArgumentDepth =
    16; // limit for nested type arguments

static bool isBuiltIn(llvm::StringRef Name) {
  return llvm::StringSwitch<bool>(Name)
      .Cases("Void", "Boolean", "Char", "SByte", "Byte", true)
      .Cases("Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64", true)
      .Cases("Single", "Double", "IntPtr", "UIntPtr", "String", true)
      .Cases("Object", "Decimal", true)
      .Default(false);
}

/// Returns the type that a keyword of C# denotes; other names are returned
/// unchanged.
static llvm::StringRef typeName(llvm::StringRef Word) {
  return llvm::StringSwitch<llvm::StringRef>(Word)
      .Case("void", "Void")
      .Case("bool", "Boolean")
      .Case("char", "Char")
      .Case("sbyte", "SByte")
      .Case("byte", "Byte")
      .Case("short", "Int16")
      .Case("ushort", "UInt16")
      .Case("int", "Int32")
      .Case("uint", "UInt32")
      .Case("long", "Int64")
      .Case("ulong", "UInt64")
      .Case("float", "Single")
      .Case("double", "Double")
      .Case("nint", "IntPtr")
      .Case("nuint", "UIntPtr")
      .Case("string", "String")
      .Case("object", "Object")
      .Case("dynamic", "Object")
      .Case("decimal", "Decimal")
      .Default(Word);
}

static void setName(TypeShape &S, llvm::StringRef Name) {
  S.Name = typeName(Name).str();
  if (isBuiltIn(S.Name))
    S.TheKind = TypeShape::BuiltIn;
}

//===----------------------------------------------------------------------===//
// Reflection
//===----------------------------------------------------------------------===//

static TypeShape readReflection(llvm::StringRef &Rest, unsigned Depth) {
  TypeShape S;
  llvm::StringRef Name = Rest.take_until(
      [](char C) { return llvm::StringRef("<>,*&[]()").contains(C); });
  Rest = Rest.drop_front(Name.size());
  if (Name.starts_with("!"))
    S.TheKind = TypeShape::TypeParameter;
  Name = Name.substr(Name.find_last_of("./+") + 1).split('`').first;
  setName(S, Name);
  if (Rest.starts_with("<") && Depth != MaxArgumentDepth) {
    do {
      Rest = Rest.drop_front();
      S.Arguments.push_back(readReflection(Rest, Depth + 1));
    } while (Rest.starts_with(","));
    Rest.consume_front(">");
  }
  while (!Rest.empty() && Rest.front() != ',' && Rest.front() != '>') {
    char C = Rest.front();
    if (C == '(') { // the parameters of a function pointer
      S.TheKind = TypeShape::FunctionPointer;
      Rest = {};
      break;
    }
    S.Pointers += C == '*';
    S.IsByRef |= C == '&';
    if (C == '[') {
      ++S.Arrays;
      Rest = Rest.drop_until([](char C) { return C == ']'; });
    }
    Rest = Rest.drop_front(!Rest.empty());
  }
  return S;
}

TypeShape shapeOfReflectionName(llvm::StringRef Text) {
  if (Text.contains('(')) {
    TypeShape S;
    S.TheKind = TypeShape::FunctionPointer;
    return S;
  }
  return readReflection(Text, 0);
}

//===----------------------------------------------------------------------===//
// C#
//===----------------------------------------------------------------------===//

namespace {
class WrittenReader {
public:
  explicit WrittenReader(llvm::StringRef Text) : Tokens(Text) { advance(); }
  TypeShape read(unsigned Depth);

private:
  void advance() { T = Tokens.next(); }
  bool consume(llvm::StringRef P) {
    if (!T.isPunctuation(P))
      return false;
    advance();
    return true;
  }
  void list(std::vector<TypeShape> &Out, llvm::StringRef Close, unsigned Depth);
  Lexer Tokens;
  Token T;
};
} // namespace

void WrittenReader::list(std::vector<TypeShape> &Out, llvm::StringRef Close,
                         unsigned Depth) {
  if (Depth == MaxArgumentDepth)
    return;
  do {
    Out.push_back(read(Depth + 1));
    if (T.isName()) // name of an element of a tuple
      advance();
  } while (consume(","));
  consume(Close);
}

TypeShape WrittenReader::read(unsigned Depth) {
  TypeShape S;
  if (T.isWord("delegate")) {
    S.TheKind = TypeShape::FunctionPointer;
    return S;
  }
  if (consume("(")) {
    S.Name = "ValueTuple";
    list(S.Arguments, ")", Depth);
  } else {
    while (T.isName()) {
      S.Arguments.clear();
      S.TheKind = TypeShape::Named;
      if (T.TheKind == Token::Verbatim)
        S.Name = T.Text.str();
      else
        setName(S, T.Text);
      advance();
      if (consume("<"))
        list(S.Arguments, ">", Depth);
      if (!consume(".") && !consume("::"))
        break;
    }
  }
  while (true) {
    if (consume("*")) {
      ++S.Pointers;
    } else if (consume("?")) {
      S.IsNullable = true;
    } else if (consume("[")) {
      ++S.Arrays;
      while (consume(","))
        ;
      consume("]");
    } else {
      return S;
    }
  }
}

TypeShape shapeOfWritten(llvm::StringRef Text, llvm::StringRef Modifiers) {
  TypeShape S = WrittenReader(Text).read(0);
  for (Lexer Words(Modifiers);;) {
    Token T = Words.next();
    if (T.TheKind == Token::End)
      return S;
    S.IsByRef |= T.isWord("ref") || T.isWord("out") || T.isWord("in");
  }
}

//===----------------------------------------------------------------------===//
// Both
//===----------------------------------------------------------------------===//

Likeness compare(const TypeShape &Written, const TypeShape &Wanted) {
  if (Written.IsByRef != Wanted.IsByRef)
    return Likeness::Different;
  if (Written.TheKind == TypeShape::FunctionPointer ||
      Wanted.TheKind == TypeShape::FunctionPointer)
    return Written.TheKind == Wanted.TheKind ? Likeness::Possible
                                             : Likeness::Different;
  if (Written.Pointers != Wanted.Pointers || Written.Arrays != Wanted.Arrays)
    return Likeness::Different;
  if (Written.IsNullable && Wanted.Name == "Nullable" &&
      Wanted.Arguments.size() == 1) {
    TypeShape Inner = Written;
    Inner.IsNullable = false;
    return compare(Inner, Wanted.Arguments.front());
  }
  // "string?" denotes string, but "int?" does not denote int.
  if (Written.IsNullable && Written.TheKind == TypeShape::BuiltIn &&
      Written.Name != "String" && Written.Name != "Object")
    return Likeness::Different;
  if (Wanted.TheKind == TypeShape::TypeParameter)
    return Written.TheKind == TypeShape::BuiltIn ? Likeness::Different
                                                 : Likeness::Possible;
  if (Written.TheKind == TypeShape::BuiltIn &&
      Wanted.TheKind == TypeShape::BuiltIn && Written.Name != Wanted.Name)
    return Likeness::Different;
  // A keyword cannot be an alias.
  if (Written.TheKind == TypeShape::BuiltIn &&
      Wanted.TheKind == TypeShape::Named)
    return Likeness::Different;
  if (Written.Name != Wanted.Name ||
      Written.Arguments.size() != Wanted.Arguments.size())
    return Likeness::Possible;
  Likeness Result = Likeness::Same;
  for (size_t I = 0; I != Written.Arguments.size(); ++I)
    Result =
        std::min(Result, compare(Written.Arguments[I], Wanted.Arguments[I]));
  return Result;
}

} // namespace ilbridge::csharp
