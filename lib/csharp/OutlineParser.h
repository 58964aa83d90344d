//===- OutlineParser.h - From tokens to declarations ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   tokens ─▶ State ──header complete──▶ Header ─▶ Declaration
//              ▲  │ body, initializer: passed over
//              └──┘ #if keeps the state, #else returns to it
//
// A header is the text before a body, an initializer or a semicolon. The state
// is a value, so the branches of #if need not be balanced individually.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_CSHARP_OUTLINEPARSER_H
#define ILBRIDGE_LIB_CSHARP_OUTLINEPARSER_H

#include "Lexer.h"
#include "ilbridge/csharp/Outline.h"
#include "llvm/ADT/SmallVector.h"

namespace ilbridge::csharp {

class OutlineParser {
public:
  explicit OutlineParser(Outline &Out) : Out(Out), Tokens(Out.Text) {}
  /// \returns whether the parser has reached the end of the text.
  bool parse();

private:
  struct Scope {
    llvm::StringRef Name; ///< name of the type, as reflection spells it
    llvm::StringRef Simple;
    bool IsType = false;
    bool IsWholeFile = false; ///< namespace N;
  };
  enum class Mode : uint8_t {
    Header,
    Body,        ///< up to the brace that closes it
    AfterBody,   ///< a property can have "= value;" here
    Expression,  ///< up to the semicolon
    Initializer, ///< like Expression; further fields may follow after commas
  };
  struct State {
    llvm::SmallVector<Scope, 4> Scopes;
    std::vector<Token> Header;
    Mode TheMode = Mode::Header;
    unsigned Nesting = 0; ///< open brackets in what Mode skips or collects
    /// In an Initializer, after a comma: the state of the name of a further
    /// field.
    enum : uint8_t { None, BehindComma, BehindName } Further = None;
    Token FurtherName;
  };
  struct Condition {
    State Before;
    bool WasTrue; ///< an earlier branch was "true"
  };

  void handle(const Token &T);
  void handleHeader(const Token &T);
  void handleInitializer(const Token &T);
  bool skipExpression(const Token &T);
  void directive(llvm::StringRef Line);
  bool skipBranch();
  bool take(Condition &C, llvm::StringRef Test);
  State copy(const State &S);
  void giveUp() { HasGivenUp = true; }

  // Processes a complete header; \p Terminator is the token that ended it.
  void finish(char Terminator);
  void classify(char Terminator);
  bool isInType() const {
    return !Now.Scopes.empty() && Now.Scopes.back().IsType;
  }
  void open(llvm::StringRef Name, llvm::StringRef Simple, bool IsType,
            bool IsWholeFile = false);
  bool declareType(Declaration &D, size_t At);
  bool declareMethod(Declaration &D, size_t At);
  void declareFields(const Declaration &D, size_t At);
  void add(Declaration D);

  // These functions return parts of a header, by the indices of their tokens.
  std::vector<Attribute> attributes(size_t &At, size_t End) const;
  void attributeSection(size_t At, size_t End,
                        std::vector<Attribute> &Result) const;
  std::vector<Parameter> parameters(size_t At, size_t End) const;
  size_t closing(size_t At) const;
  size_t angleEnd(size_t At, unsigned &Arity) const;
  Range range(size_t At, size_t End) const;
  Range range(const Token &T) const;
  llvm::StringRef keep(std::string Name);
  llvm::StringRef qualified(llvm::StringRef Name, unsigned Arity);

  Outline &Out;
  Lexer Tokens;
  State Now;
  std::vector<Condition> Conditions;
  /// The number of tokens that were copied for #if. It is limited, because a
  /// hostile text could cause very many copies.
  size_t Copied = 0;
  size_t KeptBytes = 0;
  bool HasGivenUp = false;
};

} // namespace ilbridge::csharp

#endif // ILBRIDGE_LIB_CSHARP_OUTLINEPARSER_H
