//===- Equality.h - Types that are the same ---------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every source has types of its own for what a shared header declares. Mostly
// they are the same; with other macros before the header they may not be.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TYPE_EQUALITY_H
#define ILBRIDGE_TYPE_EQUALITY_H

#include "ilbridge/type/Type.h"
#include "llvm/ADT/DenseSet.h"

namespace ilbridge {

/// Remembers records that are the same, so that a type that many functions pass
/// is looked at once.
class TypeEquality {
public:
  /// Whether \p A and \p B are the same in all that a comparison with the
  /// other side looks at: also names and layouts of records with their fields,
  /// but not the places where they are declared. A type that one source only
  /// names is the same as the one of that name. Why they vary by target is not
  /// looked at: it depends on what else a source includes. Types that lead back
  /// to themselves are the same where no way through them finds a difference.
  bool areSame(const Type &A, const Type &B);

private:
  using Pair = std::pair<const RecordType *, const RecordType *>;
  bool compare(const Type &A, const Type &B);
  bool compare(const RecordType &A, const RecordType &B);
  template <typename T> bool compareProperties(const T &A, const T &B);
  template <typename T> bool compareProperty(const T &A, const T &B);
  template <typename T>
  bool compareProperty(const std::vector<T> &A, const std::vector<T> &B);

  llvm::DenseSet<Pair> Known; ///< the same, or being compared
  std::vector<Pair> New;      ///< in Known since areSame() began
};

} // namespace ilbridge

#endif // ILBRIDGE_TYPE_EQUALITY_H
