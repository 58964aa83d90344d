//===- Comparison.h - The two sides of one pair -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   pair ──on each target──▶ findings ──mergeFindings──▶ one finding, which
//                                                        names its targets
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_COMPARISON_H
#define ILBRIDGE_LIB_MATCH_COMPARISON_H

#include "Agreement.h"
#include "Views.h"
#include "ilbridge/managed/Lowering.h"
#include "ilbridge/match/Binding.h"

namespace ilbridge::match {

/// What is wrong with one value of a pair on one target.
struct Finding {
  int Site; ///< index of the parameter; Result or Pair
  static constexpr int Result = -1, Pair = -2;
  Diagnostic D;
  std::string Reason; ///< the part of the message that differs by target
};

/// Makes one finding of those that say the same of several targets. What is
/// wrong only where a program is not built for becomes a warning.
/// \p PerView has an entry for each of \p Views, the configured ones first.
std::vector<Diagnostic>
mergeFindings(llvm::ArrayRef<View> Views,
              std::vector<std::vector<Finding>> PerView);

/// Compares pairs, and decides how each value of them is passed.
class Comparison {
public:
  Comparison(const native::Program &P, const MatchOptions &Options,
             TypeContext &Types)
      : Targets(P, Options.Targets), Conversion(Options.Conversion),
        Answered(Options.Answered), Lowers(Types), Types(Types) {}

  /// Everything that will be compared has to be added, and then prepared.
  void add(const native::Export &E);
  void add(const managed::Method &M) { lowered(M, /*MakesObject=*/false); }
  void prepare() { Targets.ask(Answered); }

  struct Outcome {
    Binding Pair;
    std::vector<Diagnostic> Findings;
    /// On every configured target.
    bool agrees() const;
  };
  /// \p E stands behind \p M; says what disagrees.
  Outcome compare(const native::Export &E, const managed::Method &M);

private:
  struct Site; // one value, with what messages say of it
  using Findings = std::vector<Finding>;

  /// A method's values, and what a runtime that calls it itself passes.
  struct Lowered {
    std::vector<Argument> Params;
    Argument Result;
    /// Null where something has no lowered form, or an invoker stands between.
    const FunctionType *Signature = nullptr;
  };
  const Lowered &lowered(const managed::Method &M, bool MakesObject);
  Argument lowered(const managed::Parameter &P, const managed::Method &M,
                   bool IsResult);
  Argument self(const managed::Method &M);
  void makeSignature(const managed::Method &M, Lowered &L);

  /// On one target; fills \p B.
  Findings compareOn(const View &V, const native::Export &E,
                     const managed::Method &M, Binding &B);
  void compare(Argument &A, const Site &S);
  void compareInvoked(Argument &A, const Site &S);
  void compareString(Argument &A, const Site &S);
  void compareArray(Argument &A, const Site &S);
  void compareOwnership(const Argument &A, const Site &S);
  bool isLeftAlone(const Argument &A, const Site &S) const;
  void compareVariable(const View &V, const Site &S,
                       std::vector<Argument> &Params);
  void comparePassing(const View &V, const Lowered &L, Binding &B,
                      const Site &S);
  void compareConvention(const View &V, const Site &S);
  void compareLowering(const abi::ValueLowering &Native,
                       const abi::ValueLowering &Managed, const Argument &A,
                       const Site &S);
  void reportUnstatedOwnership(const Site &S);
  void report(Verdict V, const Argument &A, const Site &S);
  /// A fix-it: the type that C++ has for what C# passes.
  void suggestType(Diagnostic &D, const Argument &A, const Site &S);
  void unmarshallable(const Argument &A, const Site &S, llvm::StringRef Why);

  Views Targets;
  AgreedRecords Agreed;
  Marshaller Conversion;
  abi::Memory *Answered;
  managed::Lowering Lowers;
  managed::TypeTable Selves; ///< types of the `this` of value types
  TypeContext &Types;
  std::map<std::pair<const managed::Method *, bool>, Lowered> Methods;
  std::map<const native::Export *, const FunctionType *> Signatures;
  /// Why a value has no lowered form; by its parameter, which `this` has not.
  std::map<const managed::Parameter *, std::string> Problems;
};

/// One value of a pair on one target.
struct Comparison::Site {
  const native::Export &E;
  const managed::Method &M;
  const NativeTarget &Target;
  Agreement &Agrees;
  Findings &Out;
  Direction D = Direction::ToNative;
  int Index = Finding::Pair;
  std::string Name =
      {}; ///< "a", or "2" where it has no name; of the result: ""
  bool IsAnnotated = true;
  bool IsTyped = false; ///< the target compares types when it calls

  std::string words() const {
    return D == Direction::ToManaged ? "the result"
                                     : "parameter '" + Name + "'";
  }
  /// Where the C++ side of the value stands.
  const Location &where(const Argument &A) const {
    return A.Native->Where.isValid() ? A.Native->Where : E.Decl.Where;
  }
  void add(Diagnostic D, std::string Reason = "") const {
    Out.push_back({Index, std::move(D), std::move(Reason)});
  }
};

/// A value's type as C# spells it.
std::string managedSpelling(const Argument &A, const managed::Method &M);
void noteManaged(Diagnostic &D, const managed::Method &M);

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_COMPARISON_H
