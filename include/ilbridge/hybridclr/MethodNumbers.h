//===- MethodNumbers.h - Methods of all assemblies by number ----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_HYBRIDCLR_METHODNUMBERS_H
#define ILBRIDGE_HYBRIDCLR_METHODNUMBERS_H

#include "ilbridge/hybridclr/SharedTypes.h"

namespace ilbridge::hybridclr {

/// A method with the arguments of its type parameters and of those of its type.
struct MethodInstance {
  uint32_t Method; ///< see MethodNumbers
  ABIClassList ClassArgs = ABIClassList::None;
  ABIClassList MethodArgs = ABIClassList::None;
  bool isGeneric() const {
    return ClassArgs != ABIClassList::None || MethodArgs != ABIClassList::None;
  }
  TypeArguments arguments() const { return {ClassArgs, MethodArgs}; }
};

/// Assigns a number to each method of several assemblies. The numbers of one
/// assembly's methods are consecutive, in the order of their rows.
class MethodNumbers {
public:
  explicit MethodNumbers(SharedTypes &Types) : Types(Types) {}

  /// Adds an assembly after all others, unless it was added before.
  void add(managed::Assembly &A) { first(A); }
  uint32_t number(managed::Assembly &A, ecma335::MethodDefRid R) {
    return first(A) + R.value() - 1;
  }
  /// Returns one more than the largest number.
  uint32_t size() const { return MethodCount; }

  struct MethodRow {
    managed::Assembly *Assembly;
    ecma335::MethodDefRid Row;
  };
  MethodRow locate(uint32_t Method) const;
  /// Returns a name for messages: "Ns.List`1<i4>::Add".
  std::string name(const MethodInstance &I) const;

private:
  struct AssemblyPart {
    managed::Assembly *Assembly;
    uint32_t FirstMethod;
  };
  uint32_t first(managed::Assembly &A);

  SharedTypes &Types;
  std::vector<AssemblyPart> Parts; ///< sorted by FirstMethod
  llvm::DenseMap<const managed::Assembly *, uint32_t> FirstMethods;
  uint32_t MethodCount = 0;
};

} // namespace ilbridge::hybridclr

#endif // ILBRIDGE_HYBRIDCLR_METHODNUMBERS_H
