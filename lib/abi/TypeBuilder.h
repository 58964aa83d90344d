//===- TypeBuilder.h - Types in Clang's AST ---------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_ABI_TYPEBUILDER_H
#define ILBRIDGE_LIB_ABI_TYPEBUILDER_H

#include "BuiltTypes.h"
#include "clang/AST/ASTContext.h"
#include <map>

namespace ilbridge::abi {

/// Creates the AST of records and signatures, as Clang's parser would.
class TypeBuilder {
public:
  TypeBuilder(clang::ASTContext &Ctx, unsigned TypedefCount)
      : Ctx(Ctx), Typedefs(TypedefCount) {}

  /// Adds the type that the typedef \p Number of the text declares.
  void add(unsigned Number, clang::QualType T);
  /// Returns null if the target has no such record.
  const clang::CXXRecordDecl *build(unsigned Number, const BuiltRecord &R);
  /// Returns a null type if the target has no such signature.
  clang::QualType build(const BuiltSignature &S);

private:
  clang::QualType type(const BuiltType &T) const;

  clang::ASTContext &Ctx;
  std::vector<clang::QualType> Typedefs; ///< null: not valid on this target
  std::map<unsigned, clang::QualType> Records;
};

} // namespace ilbridge::abi

#endif // ILBRIDGE_LIB_ABI_TYPEBUILDER_H
