//===- Verdict.h - What a comparison of two types finds ---------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_VERDICT_H
#define ILBRIDGE_LIB_MATCH_VERDICT_H

#include "ilbridge/diagnostic/Diagnostic.h"
#include "llvm/ADT/Twine.h"

namespace ilbridge::match {

struct Verdict {
  enum Level : uint8_t {
    Same,          ///< the same bytes mean the same value
    Misaligned,    ///< they do, but C++ wants them at a rounder address
    Reinterpreted, ///< the address of characters or bytes on one side and of
                   ///< something else on the other, as raw memory is passed
    Converted,     ///< other bytes, but a C++ conversion keeps the value
    Different,
  };
  Level TheLevel = Same;
  std::string Reason = {}; ///< completes "…: "
  std::vector<Note> Notes = {};
  /// The pointers that lead from the compared record to the one that Reason is
  /// about: "who". Empty: it is about the compared value itself.
  std::string Path = {};
  std::string From = {}; ///< the name of the compared record
  /// The innermost pair of records that differ, if that is why.
  std::optional<RootCause> Cause = {};
  /// Reason says more than what the two types are.
  bool IsExplained = false;
  /// Findings about declarations that the value leads to, of which all bytes
  /// are right.
  std::vector<Diagnostic> Remarks = {};
  /// For records, holds the reason why a part was not compared and was counted
  /// as the same; null if all parts were compared.
  const Variation *Unknown = nullptr;

  static Verdict same() { return {}; }
  static Verdict of(Level L, const llvm::Twine &Why) { return {L, Why.str()}; }
  static Verdict different(const llvm::Twine &Why) {
    return of(Different, Why);
  }
  bool operator==(Level L) const { return TheLevel == L; }
  /// Every byte means the same.
  bool agrees() const { return TheLevel < Converted; }
  /// Reason, with the fields that lead there.
  std::string words() const {
    return Path.empty() ? Reason
                        : "'" + From + "." + Path + "' leads to " + Reason;
  }
  /// Types of many parts could lead to any number of them; each declaration has
  /// its own where it is passed itself.
  void addRemarks(llvm::ArrayRef<Diagnostic> More) {
    constexpr size_t Most = 64;
    for (const Diagnostic &D : More)
      if (Remarks.size() < Most)
        Remarks.push_back(D);
  }
};

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_VERDICT_H
