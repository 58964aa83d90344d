//===- CalledMethods.h - Methods to which code refers -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MANAGED_CALLEDMETHODS_H
#define ILBRIDGE_LIB_MANAGED_CALLEDMETHODS_H

#include "DelegateFlow.h"
#include "ilbridge/managed/AssemblySet.h"
#include "llvm/ADT/DenseSet.h"
#include <map>

namespace ilbridge::managed {

/// A method of any assembly.
struct MethodPlace {
  managed::Assembly *Assembly;
  ecma335::MethodDefRid Row;
};

/// Finds the methods that the tokens in the code of an assembly name.
class CalledMethods {
public:
  CalledMethods(AssemblySet &Set, Assembly &A) : Set(Set), A(A) {}

  /// Returns the shape of a method or, for calli, of a signature; nullopt if it
  /// cannot be read.
  std::optional<CallShape> shape(ecma335::Token Callee);
  /// \returns an empty list if the method is not found.
  llvm::SmallVector<MethodPlace, 1> find(ecma335::Token T);
  /// Whether a method has a MonoPInvokeCallback attribute.
  bool isMarked(const MethodPlace &P);
  /// The name with the types of the parameters, for messages.
  std::string name(const MethodPlace &P);

private:
  llvm::SmallVector<MethodPlace, 1> find(const ecma335::MemberRefRow &Row);

  AssemblySet &Set;
  Assembly &A;
  llvm::DenseMap<uint32_t, std::optional<CallShape>> Shapes; ///< by token
  std::map<const Assembly *, llvm::DenseSet<uint32_t>> Marked;
};

} // namespace ilbridge::managed

#endif // ILBRIDGE_LIB_MANAGED_CALLEDMETHODS_H
