//===- ConstantArguments.h - Arguments of registrations ---------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A registration is read without executing it. The argument of a call is
// followed through casts, constants, parameters of functions that pass it on,
// and rows of tables, until a text or a function is found.
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

/// A call that is being followed, with the values of the parameters of its
/// function.
struct Frame {
  const Frame *Caller = nullptr;
  llvm::DenseMap<const clang::ParmVarDecl *, const clang::Expr *> Arguments;
};

/// Evaluates the arguments of calls in one translation unit.
class ConstantArguments {
public:
  explicit ConstantArguments(const clang::ASTContext &Ctx) : Ctx(Ctx) {}

  /// An expression, and the call to which its parameters belong.
  struct Value {
    const clang::Expr *E = nullptr;
    const Frame *In = nullptr;
    /// Whether a parameter of a call was followed.
    bool IsPassed = false;
    /// The table, if E is an element of a table or a member of one.
    const clang::Expr *Table = nullptr;
    const Frame *TableIn = nullptr;
    const clang::ValueDecl *Member = nullptr; ///< null: the element itself

    /// Returns the parameter that the value is, if its argument is not known;
    /// otherwise null.
    const clang::ParmVarDecl *parameter() const;
  };
  /// Returns the constant value of \p E in \p In. \p Row is the row of a table
  /// that is being read; nullopt: members of tables are not followed.
  Value follow(const clang::Expr *E, const Frame *In,
               std::optional<unsigned> Row = std::nullopt) const;

  /// Returns the text of \p V. Sets \p Literal if one literal is the whole
  /// text, and V.IsPassed if a part of the text comes from a parameter of a
  /// call.
  std::optional<std::string>
  text(Value &V, std::optional<unsigned> Row,
       const clang::StringLiteral **Literal = nullptr) const;
  /// Whether \p V depends on a parameter whose argument is not known.
  bool isOpen(const Value &V) const;
  /// Returns the function that \p V is; null if it is not known here.
  static const clang::FunctionDecl *function(const Value &V);
  bool isNull(const Value &V) const;

  /// Returns the elements of the table to which \p V belongs; nullopt if they
  /// are not known.
  std::optional<std::vector<const clang::Expr *>> rows(const Value &V) const;

  /// Records that the variable of a loop iterates over \p Range.
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
