//===- RecordIdentity.h - Equal records of several sources ------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The struct of a shared header is in the facts of every source that includes
// it, each time as a separate type. If all properties that a comparison reads
// are equal, comparing it with its managed counterpart once is sufficient.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_RECORDIDENTITY_H
#define ILBRIDGE_LIB_MATCH_RECORDIDENTITY_H

#include "ilbridge/type/Type.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

namespace ilbridge::match {

class RecordIdentity {
public:
  /// \returns the same record for all records with the same name, location,
  /// flags, layout, bases and fields, including the names of the fields and the
  /// structure of their types. Records that refer to themselves are not merged.
  const RecordType &of(const RecordType &R);

private:
  void describe(const Type &T, std::string &Out);
  template <typename T> void describeProperties(const T &Of, std::string &Out);
  template <typename T> void describeProperty(const T &Value, std::string &Out);
  template <typename T>
  void describeProperty(const std::vector<T> &Values, std::string &Out);

  /// Null while a record is being described.
  llvm::DenseMap<const RecordType *, const RecordType *> Known;
  llvm::StringMap<const RecordType *> ByDescription;
  unsigned Depth = 0; ///< of records that are being described
};

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_RECORDIDENTITY_H
