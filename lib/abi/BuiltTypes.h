//===- BuiltTypes.h - Types that are built without parsing ------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Clang takes much longer to parse a declaration than to lay it out. Signatures
// and plain records, which are most of a query, are therefore described by
// numbers, and TypeBuilder creates their AST.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_ABI_BUILTTYPES_H
#define ILBRIDGE_LIB_ABI_BUILTTYPES_H

#include <cstdint>
#include <vector>

namespace ilbridge::abi {

/// The type of a field, an argument or a result.
struct BuiltType {
  bool IsRecord;   ///< a BuiltRecord; otherwise a typedef of the text
  unsigned Number; ///< of the record (r7), or of the typedef (s7)
  /// The numbers of elements, if it is an array; that of the outermost array
  /// is first.
  std::vector<uint64_t> Extents;
};

/// A struct or union without bases, bit-fields and attributes.
struct BuiltRecord {
  std::vector<BuiltType> Fields;
  bool IsUnion = false;
  /// The number of scalar values, including all elements of arrays.
  uint64_t Values = 0;
};

/// A record with more values than this is parsed, because Clang's parser
/// decides whether a target has arrays as large as that.
inline constexpr uint64_t MaxBuiltValues = 2048;

struct BuiltSignature {
  /// The number of a typedef of the text: a function type with the calling
  /// convention, variadic or not.
  unsigned Convention;
  /// The signature is built for targets that require this level of likeness or
  /// a later one.
  unsigned Least;
  BuiltType Result;
  std::vector<BuiltType> Params;
};

} // namespace ilbridge::abi

#endif // ILBRIDGE_LIB_ABI_BUILTTYPES_H
