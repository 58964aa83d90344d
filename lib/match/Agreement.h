//===- Agreement.h - Whether two types are one value ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_AGREEMENT_H
#define ILBRIDGE_LIB_MATCH_AGREEMENT_H

#include "ilbridge/match/Binding.h"
#include <set>

namespace ilbridge::match {

struct Verdict {
  enum Level : uint8_t {
    Same,      ///< the same bytes mean the same value
    Converted, ///< other bytes, but a C++ conversion keeps the value
    Different,
  };
  Level TheLevel = Same;
  std::string Reason; ///< completes "…: "

  static Verdict same() { return {}; }
  static Verdict converted(const llvm::Twine &Why) {
    return {Converted, Why.str()};
  }
  static Verdict different(const llvm::Twine &Why) {
    return {Different, Why.str()};
  }
  bool operator==(Level L) const { return TheLevel == L; }
};

/// Which way a value goes.
enum class Direction : uint8_t { ToNative, ToManaged };

/// Whether it is one of LeanCLR's own types, such as vm::RtString.
bool isRuntimeType(const Type &T);

/// Compares lowered managed types with native ones, on one target.
class Agreement {
public:
  Agreement(const DataModel &Model, Marshaller Conversion)
      : Model(Model), Conversion(Conversion) {}

  /// A parameter or result by value.
  Verdict byValue(const Type &Managed, const Type &Native, Direction D);
  /// What lies in memory that both sides see: nothing can be converted there.
  Verdict inMemory(const Type &Managed, const Type &Native);

  /// "a 32-bit integer", "a pointer to a 32-bit float": for messages.
  std::string describe(const Type &T) const;

private:
  Verdict scalars(const ScalarType &Managed, const ScalarType &Native,
                  Direction D) const;
  Verdict pointers(const PointerType &Managed, const PointerType &Native);
  bool mayBeObject(const Type &Native) const;
  Verdict functions(const FunctionType &Managed, const FunctionType &Native);
  Verdict records(const RecordType &Managed, const RecordType &Native);
  Verdict mismatch(const Type &Managed, const Type &Native) const;

  const DataModel &Model;
  const Marshaller Conversion;
  /// Pairs of records that are being compared: they can point to themselves.
  std::set<std::pair<const Type *, const Type *>> InProgress;
};

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_AGREEMENT_H
