//===- Rows.h - Rows of bridge tables, by their keys ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_HYBRIDCLR_ROWS_H
#define ILBRIDGE_HYBRIDCLR_ROWS_H

#include "ilbridge/hybridclr/BridgeRequirements.h"
#include "ilbridge/runtime/BridgeDialect.h"

namespace ilbridge::hybridclr {

/// A function in the table M2N, N2M or AdjustThunk.
struct FunctionRow {
  std::string Key;      ///< the signature's tokens, result first
  ABIClassList Classes; ///< the ABI classes of one of the methods
  /// The key of the row whose function this row shares, or empty if it has its
  /// own function.
  std::string SharedWith;
  /// The place of the result of a function that calls the interpreter.
  enum ResultPlace : uint8_t {
    Own,     ///< a variable of its type
    Cleared, ///< the same, but results of other rows may fill only a part
    InPlace, ///< the caller's memory, whatever the result's size
  };
  ResultPlace Result = Own;
  /// Indices in BridgeRequirements::OfMethods of the methods that need it.
  std::vector<uint32_t> Methods;
  std::vector<uint32_t>
      Callbacks; ///< indices in BridgeRequirements::OfCallbacks
  std::vector<uint32_t> Reserved; ///< indices in BridgeRequirements::Reserved
};

/// Reverse P/Invoke wrappers of one key. They are Count adjacent rows.
struct ReverseRow {
  std::string Key;      ///< with the letter of the convention, if it has one
  ABIClassList Classes; ///< the ABI classes of one of the callbacks
  std::optional<CallingConvention> Convention;
  uint64_t Count = 0;
  std::vector<uint32_t>
      Callbacks; ///< indices in BridgeRequirements::OfCallbacks
};

/// A function that calls a function pointer.
struct CallRow {
  std::string Key;      ///< with the letter of the convention
  ABIClassList Classes; ///< the ABI classes of one of the calls
  std::optional<CallingConvention> Convention;
  std::vector<uint32_t> Calls; ///< indices in BridgeRequirements::OfCalls
};

/// The rows of all tables, sorted by key.
struct Rows {
  std::vector<FunctionRow> M2N, N2M, AdjustThunk;
  std::vector<ReverseRow> Reverse;
  std::vector<CallRow> Calls;
};

/// The names by which a generation of the runtime knows signatures.
class Naming {
public:
  explicit Naming(const runtime::BridgeDialect &For) : For(For) {}
  virtual ~Naming() = default;
  /// Appends the tokens of a signature, result first. \returns false if the
  /// signature has no bridge, which was reported before.
  virtual bool appendTokens(ABIClassList Signature, std::string &Key) = 0;
  /// Returns true if a method can have a bridge.
  virtual bool covers(const MethodRequirement &) const { return true; }
  const runtime::BridgeDialect &For;
};

/// Sorts the requirements into tables.
void fillRows(Rows &R, const BridgeRequirements &N, Naming &Names,
              DiagnosticList &Findings);

/// Reports each signature with a type that cannot be passed or was not found.
/// \returns for each signature whether it can have a bridge.
std::vector<bool> checkSignatures(BridgeRequirements &N,
                                  DiagnosticList &Findings);

} // namespace ilbridge::hybridclr

#endif // ILBRIDGE_HYBRIDCLR_ROWS_H
