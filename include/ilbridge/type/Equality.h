//===- Equality.h - Equality of types ---------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every source has its own types for the declarations of a shared header. They
// are usually equal, but different macros before the header can make them
// different.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TYPE_EQUALITY_H
#define ILBRIDGE_TYPE_EQUALITY_H

#include "ilbridge/type/Type.h"
#include "llvm/ADT/DenseSet.h"

namespace ilbridge {

/// Caches equal records, so that a type that many functions pass is compared
/// once.
class TypeEquality {
public:
  /// Whether \p A and \p B are equal in everything that a comparison with the
  /// other side uses. This includes the names and layouts of records with their
  /// fields, but not the locations of their declarations. An incomplete type is
  /// equal to the type with the same name. Variations are not compared, because
  /// they depend on the other includes of a source. Types that refer to
  /// themselves are equal if no path through them finds a difference.
  bool areSame(const Type &A, const Type &B);

private:
  using Pair = std::pair<const RecordType *, const RecordType *>;
  bool compare(const Type &A, const Type &B);
  bool compare(const RecordType &A, const RecordType &B);
  template <typename T> bool compareProperties(const T &A, const T &B);
  template <typename T> bool compareProperty(const T &A, const T &B);
  template <typename T>
  bool compareProperty(const std::vector<T> &A, const std::vector<T> &B);

  llvm::DenseSet<Pair> Known; ///< pairs that are equal, or being compared
  std::vector<Pair> New;      ///< pairs that were added since areSame() began
};

} // namespace ilbridge

#endif // ILBRIDGE_TYPE_EQUALITY_H
