//===- Names.h - Unique names in generated code -----------------*- C++ -*-===//
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

/// Gives each method of a generated file a unique identifier: its name, with
/// its parameters if it is overloaded, and with a hash if that is not unique
/// either. Identifiers do not depend on the order of discovery.
class MethodIdentifiers {
public:
  explicit MethodIdentifiers(llvm::ArrayRef<const match::Binding *> Bindings);
  std::string operator()(const match::Binding &B) const;

private:
  static std::string shortName(const managed::Method &M);
  static std::string longName(const managed::Method &M);
  llvm::StringMap<unsigned> Short;
  llvm::StringMap<unsigned> Long; ///< empty if all of Short are unique
};

/// Names for the variables of one generated function: the author's names, if
/// C++ can use them.
class LocalNames {
public:
  /// \p Reserved has to outlive the object.
  explicit LocalNames(llvm::ArrayRef<llvm::StringLiteral> Reserved)
      : Reserved(Reserved) {}
  std::string operator()(llvm::StringRef Wanted, unsigned Index);

private:
  llvm::ArrayRef<llvm::StringLiteral> Reserved;
  std::vector<std::string> Used; ///< a short list, for one function only
};

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_NAMES_H
