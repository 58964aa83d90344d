//===- RegisteringBodies.h - Bodies that may register -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A scan only parses the function bodies that may register something: their
// text mentions a registrar, a macro that expands to one, or a function with
// parameters whose body does.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_REGISTERINGBODIES_H
#define ILBRIDGE_LIB_NATIVE_REGISTERINGBODIES_H

#include "ilbridge/native/Registration.h"
#include "ilbridge/select/RegistrarWords.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace clang {
class ASTContext;
class FunctionDecl;
class IdentifierInfo;
class Preprocessor;
} // namespace clang

namespace ilbridge::native {

class RegisteringBodies {
public:
  RegisteringBodies(clang::Preprocessor &PP,
                    llvm::ArrayRef<Registrar> OfProgram)
      : PP(PP), Words(namesOf(OfProgram)) {}

  /// Whether the translation unit has mentioned a registrar so far. Most units
  /// never do.
  bool areThere();
  /// Whether the body of \p D may register something. It need not be parsed,
  /// nor does it need to have ended.
  bool mayRegister(const clang::FunctionDecl &D);

private:
  struct Token {
    unsigned Offset;
    char Punctuation;                  ///< one of (){},; or 0
    const clang::IdentifierInfo *Name; ///< null: none
  };
  const std::vector<Token> &tokens(clang::FileID File);
  bool isWanted(const clang::IdentifierInfo &II, unsigned Depth);
  bool mentions(llvm::ArrayRef<Token> Body);

  clang::Preprocessor &PP;
  select::RegistrarWords Words;
  bool AreThere = false;
  llvm::DenseMap<clang::FileID, std::vector<Token>> Files;
  /// Functions whose bodies register something.
  llvm::DenseSet<const clang::IdentifierInfo *> Callers;
};

/// \returns the location of the first function that may register something;
/// invalid if there is none.
clang::SourceLocation firstRegistering(const clang::ASTContext &Ctx,
                                       RegisteringBodies &Bodies);

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_REGISTERINGBODIES_H
