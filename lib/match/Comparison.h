//===- Comparison.h - Comparison of one pair --------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   pair ──for each runtime──▶ on each target──▶ findings
//        ──mergeFindings──▶ one finding, which names its targets
//        ──mergeRuntimes──▶ one finding, which names its runtime
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_COMPARISON_H
#define ILBRIDGE_LIB_MATCH_COMPARISON_H

#include "Agreement.h"
#include "RuntimeContext.h"
#include "TargetContexts.h"
#include "ilbridge/match/Binding.h"

namespace ilbridge::match {

class LayoutCollector;

/// A problem of one value of a pair on one target.
struct Finding {
  int Site; ///< index of the parameter; Result or Pair
  static constexpr int Result = -1, Pair = -2;
  Diagnostic D;
  std::string Reason; ///< the part of the message that depends on the target
};

/// Merges findings that are equal on several targets into one. A finding that
/// applies only to targets for which the program is not built becomes a
/// warning. \p PerTarget has an element for each of \p Targets, the configured
/// ones first.
std::vector<Diagnostic>
mergeFindings(llvm::ArrayRef<TargetContext> Targets,
              std::vector<std::vector<Finding>> PerTarget);

/// The problems of one pair for one runtime, on all targets.
struct RuntimeFindings {
  const runtime::Runtime *For;
  std::vector<Diagnostic> Findings;
};
/// Merges findings that are equal for all runtimes into one. The others name
/// their runtime.
std::vector<Diagnostic> mergeRuntimes(std::vector<RuntimeFindings> All);

/// Finds problems of the pair for \p R other than the passing of values: the
/// runtime may never look up the function, or not support the way in which it
/// returns an exception. \p IsChosen states that the project selects that
/// runtime.
std::vector<Diagnostic> lookupFindings(const runtime::Runtime &R, bool IsChosen,
                                       const native::Export &E,
                                       const managed::Method &M);
/// Whether the assembly is a core library, whose internal calls the runtime
/// implements.
bool isCoreLibrary(llvm::StringRef Assembly);

/// Compares pairs, and determines how each of their values is passed.
class Comparison {
public:
  Comparison(const native::Program &P, const MatchOptions &Options,
             TypeContext &Types);

  /// Adds a pair. All pairs have to be added and then prepared before they are
  /// compared.
  void add(const native::Export &E, const managed::Method &M);
  void add(const native::Export &E, const managed::Callback &C);
  void prepare() { Targets.compute(ABICache, Threads); }
  /// See Matching::WhyIncomplete.
  llvm::StringRef whyIncomplete() const { return Targets.whyIncomplete(); }

  struct Outcome {
    Binding Pair;
    std::vector<Diagnostic> Findings;
    /// Whether the pair agrees on every configured target, for every runtime.
    bool agrees() const;
    /// Whether no parameter has a larger Argument::Distance than in \p Other.
    bool isAsNearAs(const Outcome &Other) const;
  };
  std::vector<ComparedTarget> targets() const;
  /// Adds the values of a pair that was added to \p Into, on each target and
  /// for each runtime.
  void collect(const Binding &B, LayoutCollector &Into);
  /// Compares \p E with \p M, which it implements.
  Outcome compare(const native::Export &E, const managed::Method &M);

  /// Returns Outcome::agrees() of the same pair. It stops at the first error,
  /// because most of many overloads do not agree, and the reasons are not
  /// reported.
  bool agree(const native::Export &E, const managed::Method &M);

  /// Returns the disagreements between the declaration \p E and the method \p C
  /// with [UnmanagedCallersOnly] whose entry point it declares.
  std::vector<Diagnostic> compare(const native::Export &E,
                                  const managed::Callback &C);

  /// A managed method that native code calls; \p Unmanaged is null or its
  /// [UnmanagedCallersOnly].
  void add(const native::ManagedImport &I, const managed::Method &M,
           const managed::Callback *Unmanaged);
  /// Compares the two. Returns the disagreements. \p Out receives the pair for
  /// the first runtime without an error.
  std::vector<Diagnostic> compare(const native::ManagedImport &I,
                                  const managed::Method &M,
                                  const managed::Callback *Unmanaged,
                                  ManagedCall &Out);

private:
  struct CalledMethod;
  CalledMethod called(const native::ManagedImport &I, const managed::Method &M,
                      const managed::Callback *Unmanaged, RuntimeContext &R);
  std::vector<Diagnostic> compareCall(const native::ManagedImport &I,
                                      const managed::Method &M,
                                      const managed::Callback *Unmanaged,
                                      RuntimeContext &R, ManagedCall &Out);
  struct Site; // one value, with the data for messages
  using Findings = std::vector<Finding>;
  using States = std::vector<TargetState>;

  /// Returns the runtimes that call \p E for \p M, without those that pass the
  /// same values as an earlier one. Never empty.
  llvm::SmallVector<RuntimeContext *, 2> runtimesOf(const native::Export &E,
                                                    const managed::Method &M,
                                                    bool MakesObject);
  llvm::SmallVector<RuntimeContext *, 2> runtimesOf(const managed::Callback &C);
  RuntimeContext &context(const runtime::Runtime &R, runtime::Platform P);
  /// Returns the context of the same runtime for \p V. It is \p R itself,
  /// unless \p V is configured and the runtime treats \p M differently there.
  RuntimeContext &on(const TargetContext &V, RuntimeContext &R,
                     const managed::Method &M, bool MakesObject);

  /// Compares for one runtime on all targets. Sets \p B, with a state for each
  /// target.
  std::vector<Diagnostic> compareFor(RuntimeContext &R, const native::Export &E,
                                     const managed::Method &M, Binding &B);
  /// As above, on one target. \p State receives the declarations that are not
  /// known there.
  Findings compareOn(const TargetContext &V, RuntimeContext &R,
                     const native::Export &E, const managed::Method &M,
                     Binding &B, TargetState &State);
  const FunctionType *signatureOf(const native::Export &E);
  /// Returns the type of a shim for \p E, which \p R calls for \p M. Structs by
  /// value have their C++ types in it. With \p ConvertsFields, those whose two
  /// forms differ have the managed form. Returns null if the numbers of
  /// parameters differ, or if a value has no form.
  const FunctionType *shimOf(const native::Export &E, const managed::Method &M,
                             RuntimeContext &R, bool ConvertsFields);
  void compare(Argument &A, const Site &S);
  std::string whyOtherSlot(const Type &Raw, const Type &Other, bool IsWritten,
                           const Site &S);
  void compareInvoker(const native::Invoker &By, const Binding &B,
                      const Site &S);
  void compareInvoked(Argument &A, const Site &S);
  /// Compares a struct whose fields a shim converts. Returns false for any
  /// other value.
  bool compareFields(Argument &A, const Site &S);
  /// Compares an object that is passed as its C++ object. Returns false for any
  /// other value.
  bool compareObject(Argument &A, const Site &S);
  /// The relation of a C++ class to another one.
  enum class Inheritance : uint8_t {
    Unknown,
    None,
    Same,
    Derived,
    DerivedVirtually
  };
  Inheritance inheritance(llvm::StringRef Class, llvm::StringRef Of) const;
  bool isOfObjects(llvm::StringRef Class);
  std::string whyNotUnwrapped(const managed::TypeDef *Class,
                              llvm::StringRef Native,
                              const managed::ObjectClass *&Out) const;
  void reportNoObject(const std::string &Why, const Site &S);
  void compareString(Argument &A, const Site &S);
  void compareArray(Argument &A, const Site &S);
  void compareDelegate(Argument &A, const Site &S);
  void compareLength(const Argument &A, const Site &S);
  static bool isFreed(const managed::Parameter &Result);
  void compareOwnership(const Argument &A, const Site &S);
  void compareOut(const Argument &A, const Site &S);
  void compareBound(const Argument &A, const Site &S);
  void compareNames(llvm::ArrayRef<Argument> Params, const Site &S);
  bool isLeftAlone(const Argument &A, const Site &S) const;
  void compareVariable(const TargetContext &V, const Site &S,
                       std::vector<Argument> &Params);
  void comparePassing(const TargetContext &V, const PassedMethod &Passed,
                      Binding &B, const Site &S);
  void compareConvention(const TargetContext &V,
                         std::optional<CallingConvention> Stated,
                         const Site &S);
  void compareLowering(const abi::ValueLowering &Native,
                       const abi::ValueLowering &Managed, const Argument &A,
                       const Site &S);
  void reportUnstatedOwnership(const Site &S);
  void report(Verdict V, const Argument &A, const Site &S);
  /// Adds a fix-it with the C++ type for the value that C# passes.
  void suggestType(Diagnostic &D, const Argument &A, const Site &S);
  /// As above, for the C# declaration, if the C++ header belongs to another
  /// project.
  void suggestManaged(Diagnostic &D, const Argument &A, const Site &S);
  void unmarshallable(const Argument &A, const Site &S, llvm::StringRef Why);

  const native::Program &P;
  TargetContexts Targets;
  ComparedRecords Compared;
  ComparedEnums Enums;
  abi::ABIInfoCache *ABICache;
  llvm::ThreadPoolInterface *Threads;
  TypeContext &Types;
  std::vector<const runtime::Runtime *> Runtimes;
  bool IsChosen; ///< the project selects the runtime
  const llvm::StringSet<> *Interpreted;
  managed::ObjectClasses *Objects;
  llvm::StringMap<bool> OfObjects; ///< results of isOfObjects()
  std::map<std::pair<const runtime::Runtime *, runtime::Platform>,
           std::unique_ptr<RuntimeContext>>
      RuntimeContexts;
  std::map<const native::Export *, const FunctionType *> Signatures;
  std::map<std::tuple<const native::Export *, const FunctionType *, bool>,
           const FunctionType *>
      Shims;
  /// Imports, with and without their last parameter.
  std::map<std::pair<const native::ManagedImport *, bool>, const FunctionType *>
      CallSignatures;
};

/// One value of a pair on one target.
struct Comparison::Site {
  const native::Export &E;
  const managed::Method &M;
  RuntimeContext &Runtime;
  runtime::Conversion Conversion;
  const NativeTarget &Target;
  Agreement &Agrees;
  Findings &Out;
  Direction D = Direction::ToNative;
  int Index = Finding::Pair;
  std::string Name = {}; ///< "a", or "2" without a name; "" for the result
  bool IsAnnotated = true;
  bool IsTyped = false; ///< calls are typed on the target

  bool isInvoked() const { return runtime::isConvertedByCode(Conversion); }
  bool isShimmed() const { return Conversion == runtime::Conversion::Shimmed; }
  bool isMarshalled() const {
    return Conversion == runtime::Conversion::Marshalled;
  }
  std::string words() const {
    return D == Direction::ToManaged ? "the result"
                                     : "parameter '" + Name + "'";
  }
  /// Returns the location of the value on the C++ side.
  const Location &where(const Argument &A) const {
    return A.Native->Where.isValid() ? A.Native->Where : E.Decl.Where;
  }
  void add(Diagnostic D, std::string Reason = "") const {
    Out.push_back({Index, std::move(D), std::move(Reason)});
  }
};

/// Returns a value's type as C# spells it.
std::string managedSpelling(const Argument &A, const managed::Method &M);
/// Returns the note "declared here in assembly 'Game'".
Note managedNote(const managed::Method &M);
void noteManaged(Diagnostic &D, const managed::Method &M);
/// Argument::Distance of \p A, which was compared.
uint8_t distance(const Argument &A, const Agreement &Agrees,
                 const DataModel &Model);
/// Returns the use of \p A in the direction \p D.
ValueUse use(const Argument &A, Direction D);

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_COMPARISON_H
