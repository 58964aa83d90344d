//===- Rows.h - Rows of bridge tables, by their keys ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_HYBRIDCLR_ROWS_H
#define ILBRIDGE_HYBRIDCLR_ROWS_H

#include "ilbridge/hybridclr/Needs.h"
#include "ilbridge/runtime/BridgeDialect.h"

namespace ilbridge::hybridclr {

/// A function of M2N, N2M or AdjustThunk.
struct FunctionRow {
  std::string Key;  ///< the signature's tokens, result first
  ValueList Values; ///< of one of the methods
  /// The key of the row whose function this one shares; empty: it has its own.
  std::string SharedWith;
  /// The place of the result of a function that calls the interpreter.
  enum ResultPlace : uint8_t {
    Own,     ///< in a variable of its type
    Cleared, ///< the same, of which other rows' results fill a part only
    InPlace, ///< in the caller's memory, whatever its size
  };
  ResultPlace Result = Own;
  std::vector<uint32_t> Methods;   ///< who needs it: of Needs::OfMethods
  std::vector<uint32_t> Callbacks; ///< of Needs::OfCallbacks
  std::vector<uint32_t> Reserved;  ///< of Needs::Reserved
};

/// Reverse P/Invoke wrappers of one key: Count rows, side by side.
struct ReverseRow {
  std::string Key;  ///< with the letter of the convention, where it has one
  ValueList Values; ///< of one of the callbacks
  std::optional<CallingConvention> Convention;
  uint64_t Count = 0;
  std::vector<uint32_t> Callbacks; ///< of Needs::OfCallbacks
};

/// A function that calls a function pointer.
struct CallRow {
  std::string Key;  ///< with the letter of the convention
  ValueList Values; ///< of one of the calls
  std::optional<CallingConvention> Convention;
  std::vector<uint32_t> Calls; ///< of Needs::OfCalls
};

/// All sorted by their keys.
struct Rows {
  std::vector<FunctionRow> M2N, N2M, AdjustThunk;
  std::vector<ReverseRow> Reverse;
  std::vector<CallRow> Calls;
};

/// How a generation of the runtime names what a signature passes.
class Naming {
public:
  explicit Naming(const runtime::BridgeDialect &For) : For(For) {}
  virtual ~Naming() = default;
  /// Appends the tokens of a signature, result first. \returns false where it
  /// has no bridge, which was reported.
  virtual bool appendTokens(ValueList Signature, std::string &Key) = 0;
  /// Whether a method has a bridge at all.
  virtual bool covers(const MethodNeed &) const { return true; }
  const runtime::BridgeDialect &For;
};

/// Sorts what is needed into tables.
void fillRows(Rows &R, const Needs &N, Naming &Names, DiagnosticList &Findings);

/// Reports what passes a type that cannot be passed, or that was not found.
/// \returns for each signature whether it can have a bridge.
std::vector<bool> checkSignatures(Needs &N, DiagnosticList &Findings);

} // namespace ilbridge::hybridclr

#endif // ILBRIDGE_HYBRIDCLR_ROWS_H
