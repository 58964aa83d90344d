//===- Names.h - Names that depend on nothing but names ---------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_NAMES_H
#define ILBRIDGE_LIB_EMIT_NAMES_H

#include "ilbridge/match/Binding.h"
#include "llvm/ADT/StringMap.h"
#include <map>

namespace ilbridge::emit {

/// Gives each method of a generated file an identifier of its own: its name,
/// with its parameters where it is overloaded, with a hash where that is not
/// enough. None of it depends on the order of discovery.
class MethodIdentifiers {
public:
  explicit MethodIdentifiers(llvm::ArrayRef<const match::Binding *> Bindings);
  std::string operator()(const match::Binding &B) const;

private:
  static std::string shortName(const managed::Method &M);
  static std::string longName(const managed::Method &M);
  llvm::StringMap<unsigned> Short;
  llvm::StringMap<unsigned> Long; ///< empty where all of Short are unique
};

/// Names for the variables of one generated function: those that the author
/// gave, as far as C++ can use them.
class LocalNames {
public:
  /// \p Reserved has to outlive it.
  explicit LocalNames(llvm::ArrayRef<llvm::StringLiteral> Reserved)
      : Reserved(Reserved) {}
  std::string operator()(llvm::StringRef Wanted, unsigned Index);

private:
  llvm::ArrayRef<llvm::StringLiteral> Reserved;
  std::vector<std::string> Used; ///< few: those of one function
};

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_NAMES_H
