//===- Verdict.h - Results of a comparison of two types ---------*- C++ -*-===//
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
    Misaligned,    ///< equal, but C++ requires a larger alignment
    Reinterpreted, ///< the address of characters or bytes on one side and of
                   ///< something else on the other, as raw memory is passed
    Converted,     ///< other bytes, but a C++ conversion keeps the value
    Different,
  };
  Level TheLevel = Same;
  std::string Reason = {}; ///< completes "…: "
  std::vector<Note> Notes = {};
  /// The pointers that lead from the compared record to the record that Reason
  /// is about: "who". Empty if it is about the compared value itself.
  std::string Path = {};
  std::string From = {}; ///< the name of the compared record
  /// The innermost pair of records that differ, if a record is the reason.
  std::optional<RootCause> Cause = {};
  /// Whether Reason contains more than the descriptions of the two types.
  bool IsExplained = false;
  /// Findings about declarations to which the value refers, and whose bytes all
  /// agree.
  std::vector<Diagnostic> Remarks = {};
  /// For records, the reason why a part was not compared and counted as equal;
  /// null if all parts were compared.
  const Variation *Unknown = nullptr;

  static Verdict same() { return {}; }
  static Verdict of(Level L, const llvm::Twine &Why) { return {L, Why.str()}; }
  static Verdict different(const llvm::Twine &Why) {
    return of(Different, Why);
  }
  bool operator==(Level L) const { return TheLevel == L; }
  /// Whether every byte has the same meaning.
  bool agrees() const { return TheLevel < Converted; }
  /// Returns Reason with the fields that lead to it.
  std::string words() const {
    return Path.empty() ? Reason
                        : "'" + From + "." + Path + "' leads to " + Reason;
  }
  /// Adds a limited number of remarks, because types with many parts could
  /// refer to any number of them. Each declaration is also reported when it is
  /// passed directly.
  void addRemarks(llvm::ArrayRef<Diagnostic> More) {
    constexpr size_t Most = 64;
    for (const Diagnostic &D : More)
      if (Remarks.size() < Most)
        Remarks.push_back(D);
  }
};

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_VERDICT_H
