//===- Comparison.h - The two sides of one pair -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_COMPARISON_H
#define ILBRIDGE_LIB_MATCH_COMPARISON_H

#include "Agreement.h"
#include "ilbridge/managed/Lowering.h"
#include "ilbridge/match/Binding.h"

namespace ilbridge::match {

/// Compares pairs, and decides how each value of them is passed.
class Comparison {
public:
  Comparison(const DataModel &Model, Marshaller Conversion, TypeContext &Types)
      : Model(Model), Agrees(Model, Conversion), Conversion(Conversion),
        Lowers(Types), Types(Types) {}

  struct Outcome {
    Binding Pair;
    std::vector<Diagnostic> Findings;
    bool agrees() const;
  };
  /// \p E stands behind \p M; says what disagrees.
  Outcome compare(const native::Export &E, const managed::Method &M);

private:
  struct Site; // one value, with what messages say of it

  void lowerArguments(const native::Export &E, const managed::Method &M,
                      Binding &B);
  Argument lowered(const managed::Parameter &P, const managed::Method &M,
                   bool IsResult);
  Argument self(const managed::Method &M);
  void compare(Argument &A, const Site &S, Outcome &Out);
  void compareInvoked(Argument &A, const Site &S, Outcome &Out);
  void compareString(Argument &A, const Site &S, Outcome &Out);
  void compareArray(Argument &A, const Site &S, Outcome &Out);
  void compareOwnership(const Argument &A, const Site &S, Outcome &Out);
  void reportUnstatedOwnership(const Site &S, Outcome &Out);
  void report(Verdict V, const Argument &A, const Site &S, Outcome &Out);
  void unmarshallable(const Argument &A, const Site &S, llvm::StringRef Why,
                      Outcome &Out);

  const DataModel Model;
  Agreement Agrees;
  Marshaller Conversion;
  managed::Lowering Lowers;
  managed::TypeTable Selves; ///< types of the `this` of value types
  TypeContext &Types;
  /// Why a value has no lowered form; by its parameter, which `this` has not.
  std::map<const managed::Parameter *, std::string> Problems;
};

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_COMPARISON_H
