//===- Headers.cpp - Parses the headers of declarations -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OutlineParser.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace ilbridge::csharp {

static bool isModifier(const Token &T) {
  return T.TheKind == Token::Identifier &&
         llvm::StringSwitch<bool>(T.Text)
             .Cases("public", "private", "protected", "internal", true)
             .Cases("static", "extern", "unsafe", "partial", "sealed", true)
             .Cases("abstract", "virtual", "override", "new", "async", true)
             .Cases("readonly", "ref", "const", "volatile", "fixed", true)
             .Cases("required", "file", "event", "implicit", "explicit", true)
             .Default(false);
}

/// Whether the token before a parenthesis is a keyword and not a name.
static bool isKeyword(const Token &T) {
  return isModifier(T) ||
         (T.TheKind == Token::Identifier &&
          llvm::StringSwitch<bool>(T.Text)
              .Cases("operator", "new", "base", "this", "typeof", "sizeof",
                     true)
              .Cases("if", "for", "foreach", "while", "switch", "using", true)
              .Cases("lock", "catch", "return", "default", "checked", true)
              .Cases("unchecked", "nameof", "when", "where", "delegate", true)
              .Default(false));
}

static bool isParameterModifier(const Token &T) {
  return T.TheKind == Token::Identifier &&
         llvm::StringSwitch<bool>(T.Text)
             .Cases("ref", "out", "in", "params", "this", true)
             .Cases("scoped", "readonly", true)
             .Default(false);
}

//===----------------------------------------------------------------------===//
// Parts
//===----------------------------------------------------------------------===//

Range OutlineParser::range(const Token &T) const {
  uint32_t Begin = T.Text.data() - Out.Text.data();
  return {Begin, static_cast<uint32_t>(Begin + T.Text.size())};
}

/// \returns the range of the text that the tokens [At, End) of the header
/// cover; an empty range if there are no such tokens.
Range OutlineParser::range(size_t At, size_t End) const {
  if (At >= End)
    return {};
  return {range(Now.Header[At]).Begin, range(Now.Header[End - 1]).End};
}

/// \returns the index of the token that closes the bracket at \p At; the size
/// of the header if none does. The brackets of a header match, because a header
/// ends where no bracket is open.
size_t OutlineParser::closing(size_t At) const {
  unsigned Nesting = 0;
  for (size_t I = At; I != Now.Header.size(); ++I) {
    const Token &T = Now.Header[I];
    if (T.isPunctuation("(") || T.isPunctuation("[") || T.isPunctuation("{"))
      ++Nesting;
    else if ((T.isPunctuation(")") || T.isPunctuation("]") ||
              T.isPunctuation("}")) &&
             --Nesting == 0)
      return I;
  }
  return Now.Header.size();
}

/// Returns the index after the type parameters that begin at \p At, or \p At if
/// there are none.
size_t OutlineParser::angleEnd(size_t At, unsigned &Arity) const {
  Arity = 0;
  if (At >= Now.Header.size() || !Now.Header[At].isPunctuation("<"))
    return At;
  unsigned Nesting = 0;
  for (size_t I = At; I != Now.Header.size(); ++I) {
    const Token &T = Now.Header[I];
    if (T.isPunctuation("<"))
      ++Nesting;
    else if (T.isPunctuation(">") && --Nesting == 0) {
      ++Arity;
      return I + 1;
    } else if (T.isPunctuation(",") && Nesting == 1)
      ++Arity;
  }
  return At;
}

void OutlineParser::attributeSection(size_t At, size_t End,
                                     std::vector<Attribute> &Result) const {
  bool IsOfReturn = false;
  if (At + 1 < End && Now.Header[At + 1].isPunctuation(":")) {
    IsOfReturn = Now.Header[At].isWord("return");
    At += 2;
  }
  while (At < End) {
    size_t Begin = At;
    Attribute A;
    A.IsOfReturn = IsOfReturn;
    for (; At != End && !Now.Header[At].isPunctuation("(") &&
           !Now.Header[At].isPunctuation(",");
         ++At)
      if (Now.Header[At].isName())
        A.Name = Now.Header[At].Text;
    A.Name.consume_back("Attribute");
    if (At != End && Now.Header[At].isPunctuation("(")) {
      size_t Close = std::min(closing(At), End);
      A.Arguments = range(At + 1, Close);
      At = Close == End ? End : Close + 1;
    }
    A.Whole = range(Begin, At);
    if (!A.Name.empty())
      Result.push_back(A);
    while (At != End && !Now.Header[At].isPunctuation(","))
      ++At;
    At += At != End;
  }
}

/// Reads the attribute sections that begin at \p At, and moves \p At past them.
std::vector<Attribute> OutlineParser::attributes(size_t &At, size_t End) const {
  std::vector<Attribute> Result;
  while (At < End && Now.Header[At].isPunctuation("[")) {
    size_t Close = std::min(closing(At), End);
    attributeSection(At + 1, Close, Result);
    At = std::min(Close + 1, End);
  }
  return Result;
}

/// \returns the parameters that the tokens [At, End) declare. These are the
/// tokens between the parentheses of a parameter list.
std::vector<Parameter> OutlineParser::parameters(size_t At, size_t End) const {
  std::vector<Parameter> Result;
  while (At < End) {
    Parameter P;
    P.Attributes = attributes(At, End);
    size_t Modifiers = At;
    while (At != End && isParameterModifier(Now.Header[At]))
      ++At;
    P.Modifiers = range(Modifiers, At);
    size_t Type = At, Last = At; // the last name before "="
    unsigned Angles = 0;
    bool IsDefault = false;
    for (; At < End; ++At) {
      const Token &T = Now.Header[At];
      if (T.isPunctuation(",") && Angles == 0)
        break;
      if (T.isPunctuation("(") || T.isPunctuation("[") ||
          T.isPunctuation("{")) {
        At = closing(At);
        continue;
      }
      IsDefault |= T.isPunctuation("=");
      if (IsDefault)
        continue;
      Angles += T.isPunctuation("<");
      Angles -= T.isPunctuation(">") && Angles;
      if (T.isName())
        Last = At;
    }
    P.Type = range(Type, Last);
    if (Last < End)
      P.Name = range(Now.Header[Last]);
    Result.push_back(std::move(P));
    At = std::min(At, End);
    At += At != End;
  }
  return Result;
}

/// Stores a name that does not occur in the text.
llvm::StringRef OutlineParser::keep(std::string Name) {
  KeptBytes += Name.size();
  if (KeptBytes > 8 * Out.Text.size() + 4096)
    giveUp();
  return Out.Names.emplace_back(std::move(Name));
}

/// The qualified name of a type in the current scope.
llvm::StringRef OutlineParser::qualified(llvm::StringRef Name, unsigned Arity) {
  std::string Full;
  if (!Now.Scopes.empty() && !Now.Scopes.back().Name.empty())
    Full =
        Now.Scopes.back().Name.str() + (Now.Scopes.back().IsType ? "/" : ".");
  Full += Name;
  if (Arity)
    Full += "`" + std::to_string(Arity);
  return keep(std::move(Full));
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

void OutlineParser::add(Declaration D) {
  constexpr size_t MaxDeclarations = 1 << 19;
  if (Out.All.size() == MaxDeclarations)
    return giveUp();
  Out.ByType[D.TypeName].push_back(Out.All.size());
  Out.All.push_back(std::move(D));
}

void OutlineParser::open(llvm::StringRef Name, llvm::StringRef Simple,
                         bool IsType, bool IsWholeFile) {
  constexpr size_t MaxScopes = 64;
  if (Now.Scopes.size() == MaxScopes)
    return giveUp();
  Now.Scopes.push_back({Name, Simple, IsType, IsWholeFile});
}

/// \p At is the token of the type's name.
bool OutlineParser::declareType(Declaration &D, size_t At) {
  if (At >= Now.Header.size() || !Now.Header[At].isName())
    return false;
  angleEnd(At + 1, D.Arity);
  D.Name = Now.Header[At].Text;
  D.NameAt = range(Now.Header[At]);
  D.TypeName = qualified(D.Name, D.Arity);
  add(D);
  return true;
}

/// Whether [At, end of the header) contains the parameters of a method. The
/// parentheses of a tuple follow no name.
bool OutlineParser::declareMethod(Declaration &D, size_t At) {
  for (size_t I = At; I != Now.Header.size(); ++I) {
    const Token &T = Now.Header[I];
    if (T.isWord("operator") || T.isWord("this"))
      return true; // no declaration that has a name in metadata
    if (!T.isPunctuation("(")) {
      if (T.isPunctuation("["))
        I = closing(I);
      if (I == Now.Header.size())
        return false;
      continue;
    }
    // Go back over the type parameters to the name.
    size_t Name = I;
    if (Name > At && Now.Header[Name - 1].isPunctuation(">")) {
      unsigned Nesting = 0;
      constexpr size_t Most = 256; // tokens
      while (Name != At && I - Name != Most) {
        --Name;
        Nesting += Now.Header[Name].isPunctuation(">");
        if (Now.Header[Name].isPunctuation("<") && --Nesting == 0)
          break;
      }
      angleEnd(Name, D.Arity);
    }
    if (Name == At || !Now.Header[Name - 1].isName() ||
        isKeyword(Now.Header[Name - 1])) {
      I = closing(I);
      if (I == Now.Header.size())
        return false;
      continue;
    }
    --Name;
    const Token &N = Now.Header[Name];
    bool IsDestructor = Name > At && Now.Header[Name - 1].isPunctuation("~");
    if (IsDestructor)
      return true;
    D.NameAt = range(N);
    D.Params = parameters(I + 1, closing(I));
    // The interface of an explicit implementation precedes the name.
    size_t ResultEnd = Name;
    while (ResultEnd > At + 1 &&
           (Now.Header[ResultEnd - 1].isPunctuation(".") ||
            Now.Header[ResultEnd - 1].isPunctuation("::")))
      ResultEnd -= 2;
    D.Result = range(At, ResultEnd);
    D.Name = N.Text;
    if (D.TheKind == Declaration::Delegate)
      D.TypeName = qualified(D.Name, D.Arity);
    else if (Name == At && N.Text == Now.Scopes.back().Simple)
      D.Name = D.IsStatic ? ".cctor" : ".ctor";
    add(std::move(D));
    return true;
  }
  return false;
}

/// In "int a, b", the last name of each part is a field.
void OutlineParser::declareFields(const Declaration &D, size_t At) {
  unsigned Angles = 0;
  size_t Type = At;
  bool IsFirst = true;
  auto Declare = [&](size_t Last) {
    if (Last < Type + IsFirst || Last >= Now.Header.size() ||
        !Now.Header[Last].isName())
      return;
    Declaration Each = D;
    Each.TheKind = Declaration::Field;
    Each.Name = Now.Header[Last].Text;
    Each.NameAt = range(Now.Header[Last]);
    if (IsFirst)
      Each.Result = range(Type, Last);
    else
      Each.Attributes.clear();
    IsFirst = false;
    add(std::move(Each));
  };
  size_t Last = ~size_t(0);
  for (size_t I = At; I < Now.Header.size(); ++I) {
    const Token &T = Now.Header[I];
    if (T.isPunctuation("(") || T.isPunctuation("[") || T.isPunctuation("{")) {
      I = closing(I);
    } else if (T.isPunctuation(",") && Angles == 0) {
      Declare(Last);
      Type = I + 1;
      Last = ~size_t(0);
    } else if (T.isName() && Angles == 0) {
      Last = I;
    } else {
      Angles += T.isPunctuation("<");
      Angles -= T.isPunctuation(">") && Angles;
    }
  }
  Declare(Last);
}

void OutlineParser::finish(char Terminator) {
  // The terminator alone determines the next mode.
  Now.TheMode = Terminator == ';'   ? Mode::Header
                : Terminator == '{' ? Mode::Body
                : Terminator == '=' ? Mode::Initializer
                                    : Mode::Expression;
  Now.Nesting = Terminator == '{';
  Now.Further = State::None;
  classify(Terminator);
  Now.Header.clear();
}

void OutlineParser::classify(char Terminator) {
  auto At = [&](size_t I) {
    return I < Now.Header.size() ? Now.Header[I] : Token();
  };
  auto Enter = [&] {
    Now.TheMode = Mode::Header;
    Now.Nesting = 0;
  };
  size_t I = 0;
  Declaration D;
  D.Attributes = attributes(I, Now.Header.size());
  if (At(I).isWord("namespace")) {
    std::string Name = Now.Scopes.empty() ? "" : Now.Scopes.back().Name.str();
    for (++I; I < Now.Header.size(); ++I)
      if (Now.Header[I].isName())
        Name += (Name.empty() ? "" : ".") + Now.Header[I].Text.str();
    if (Terminator == '{')
      Enter();
    return open(keep(std::move(Name)), "", false, Terminator == ';');
  }
  D.Begin = I < Now.Header.size() ? range(Now.Header[I]).Begin : 0;
  for (; isModifier(At(I)); ++I) {
    D.IsPartial |= At(I).isWord("partial");
    D.IsStatic |= At(I).isWord("static");
  }
  D.HasBody = Terminator == '{' || Terminator == '>';
  bool IsEnum = At(I).isWord("enum");
  bool IsType = IsEnum || At(I).isWord("class") || At(I).isWord("struct") ||
                At(I).isWord("interface");
  if (At(I).isWord("record")) {
    bool HasKind = At(I + 1).isWord("class") || At(I + 1).isWord("struct");
    // "record R(int A);" declares a record, but "record F;" is a field whose
    // type is named "record".
    bool IsRecord =
        HasKind || (At(I + 1).isName() &&
                    (Terminator == '{' || At(I + 2).isPunctuation("(")));
    I += HasKind;
    IsType |= IsRecord;
  }
  if (IsType) {
    D.TheKind = Declaration::Type;
    if (!declareType(D, I + 1))
      return;
    if (Terminator == '{' && !IsEnum) {
      Enter();
      open(D.TypeName, D.Name, true);
    }
    return;
  }
  if (At(I).isWord("delegate") && !At(I + 1).isPunctuation("*")) {
    // The name is parsed as that of a type, and the rest as in a method.
    D.TheKind = Declaration::Delegate;
    declareMethod(D, I + 1);
    return;
  }
  if (!isInType())
    return; // a statement, "using", "extern alias"
  D.TypeName = Now.Scopes.back().Name;
  D.TheKind = Declaration::Method;
  bool MayBeMethod = Terminator != '=';
  if (!MayBeMethod || !declareMethod(D, I))
    declareFields(D, I);
}

} // namespace ilbridge::csharp
