//===- Registrations.h - Registrations in the code --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   bodies, initialisers ──RegisteringBodies──▶ those that may register
//     ──RegistrationFinder──▶ calls of registrars, through functions that pass
//                             their parameters on, and through loops over
//                             tables
//     ──ConstantArguments──▶ names and functions
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_REGISTRATIONS_H
#define ILBRIDGE_LIB_NATIVE_REGISTRATIONS_H

#include "ConstantArguments.h"
#include "RegisteringBodies.h"
#include "SourceLocations.h"
#include "clang/Basic/TokenKinds.h"
#include "llvm/ADT/MapVector.h"
#include <set>

namespace clang {
class CallExpr;
class CXXConstructExpr;
class Stmt;
} // namespace clang

namespace ilbridge::native {

/// A native function that the code registers.
struct FoundRegistration {
  Registration Says;
  ExportKind Kind = {};
  std::string ManagedName;
  const clang::FunctionDecl *Function = nullptr; ///< never null
  const clang::FunctionDecl *Invoker = nullptr;  ///< null: none is known
};

class RegistrationFinder {
public:
  RegistrationFinder(const ParsedUnit &U, SourceLocations &Locations);

  /// Visits the body of a function, or the initializer of a variable.
  void visit(const clang::FunctionDecl &D);
  void visit(const clang::VarDecl &D);
  /// Called after all code was visited: reports registrations that cannot be
  /// read.
  void finish(DiagnosticList &Findings);

  llvm::ArrayRef<FoundRegistration> found() const { return Found; }
  /// Returns the registrars for Facts::Registrars.
  std::vector<Registrar> takeRegistrars() { return std::move(PassedOn); }

private:
  class Walker;
  /// The location in the outermost function that registers something.
  struct CallSite {
    clang::SourceLocation Where; ///< of the call; invalid: none so far
    /// A statement that only consists of the call.
    clang::SourceRange Statement;
  };
  struct Call {
    const Registrar *By;
    llvm::ArrayRef<const clang::Expr *> Arguments;
    CallSite At;
    bool IsConditional;
    const clang::FunctionDecl *In; ///< the function that contains the call
  };
  const Registrar *registrar(const clang::Decl *Callee) const;
  void walk(const clang::FunctionDecl *Function, const clang::Stmt &S,
            const Frame &In, unsigned Depth, CallSite Site, bool IsConditional);
  void read(const Call &C, const Frame &In);
  void readRow(const Call &C, const Frame &In, std::optional<unsigned> Row,
               CallSite At);
  void noteInHeader(const clang::FunctionDecl &D);
  void notePassedOn(const Call &C, const ConstantArguments::Value &Name,
                    const ConstantArguments::Value &Target);
  WrittenType rangeOf(const clang::StringLiteral &L, const Location &Where);
  WrittenType rangeOf(clang::SourceRange Statement,
                      clang::tok::TokenKind Behind, const Location &Where);
  bool isGenerated(clang::SourceLocation Loc) const;

  const ParsedUnit &U;
  SourceLocations &Locations;
  RegisteringBodies Bodies;
  ConstantArguments Constants;
  std::vector<Registrar> Registrars;
  unsigned Calls = 0; ///< number of calls that were followed
  std::vector<FoundRegistration> Found;
  std::set<std::tuple<Location, std::string, const clang::FunctionDecl *>> Seen;
  std::vector<Registrar> PassedOn;
  /// Functions that register their arguments, with the calls in them that are
  /// read when the function is called.
  struct Waiting {
    clang::SourceLocation Where;
    std::string Why;
    bool IsCalled = false;
  };
  llvm::MapVector<const clang::FunctionDecl *, Waiting> Wrappers;
  std::vector<std::pair<clang::SourceLocation, std::string>> Unread;
};

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_REGISTRATIONS_H
