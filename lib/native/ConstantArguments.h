//===- ConstantArguments.h - What an argument stands for --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A registration is read without executing it: the argument of a call is
// followed through casts, constants, parameters of the functions that pass it
// on, and rows of tables, to a text or to a function.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_CONSTANTARGUMENTS_H
#define ILBRIDGE_LIB_NATIVE_CONSTANTARGUMENTS_H

#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include <optional>
#include <string>
#include <vector>

namespace ilbridge::native {

/// A call that is being followed: what the parameters of its function are.
struct Frame {
  const Frame *Caller = nullptr;
  llvm::DenseMap<const clang::ParmVarDecl *, const clang::Expr *> Arguments;
};

/// Follows the arguments of one unit.
class ConstantArguments {
public:
  explicit ConstantArguments(const clang::ASTContext &Ctx) : Ctx(Ctx) {}

  /// An expression, and the call in which its parameters have a meaning.
  struct Value {
    const clang::Expr *E = nullptr;
    const Frame *In = nullptr;
    /// A parameter of a call was followed.
    bool IsPassed = false;
    /// If E is an element of a table, or a member of one: the table.
    const clang::Expr *Table = nullptr;
    const Frame *TableIn = nullptr;
    const clang::ValueDecl *Member = nullptr; ///< null: the element itself

    /// The parameter that it is, of which nothing is known; null: it is none.
    const clang::ParmVarDecl *parameter() const;
  };
  /// The constant that \p E has in \p In. \p Row: the row of a table that is
  /// looked at; nullopt: members of tables are not followed.
  Value follow(const clang::Expr *E, const Frame *In,
               std::optional<unsigned> Row = std::nullopt) const;

  /// The text that \p V has. \p Literal gets the literal that is all of it;
  /// V.IsPassed becomes true if a parameter of a call has a part of the text.
  std::optional<std::string>
  text(Value &V, std::optional<unsigned> Row,
       const clang::StringLiteral **Literal = nullptr) const;
  /// Whether a parameter of which nothing is known decides about \p V.
  bool isOpen(const Value &V) const;
  /// The function that \p V is; null: it is none that is known here.
  static const clang::FunctionDecl *function(const Value &V);
  bool isNull(const Value &V) const;

  /// The elements of the table that \p V has a part of. nullopt: they are not
  /// known.
  std::optional<std::vector<const clang::Expr *>> rows(const Value &V) const;

  /// Says that the variable of a loop goes through \p Range.
  void noteLoop(const clang::VarDecl &Variable, const clang::Expr &Range) {
    Loops[&Variable] = &Range;
  }

private:
  bool followOnce(Value &V, std::optional<unsigned> Row) const;
  bool followReference(Value &V) const;
  bool followMember(Value &V, const clang::Expr &Base,
                    const clang::ValueDecl &Member,
                    std::optional<unsigned> Row) const;
  Value table(const clang::Expr *E, const Frame *In) const;
  const clang::Expr *member(const clang::Expr *Row,
                            const clang::ValueDecl &Member) const;

  const clang::ASTContext &Ctx;
  llvm::DenseMap<const clang::VarDecl *, const clang::Expr *> Loops;
};

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_CONSTANTARGUMENTS_H
