//===- Comparison.cpp - Comparison of one pair ----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A runtime that marshals calls the function itself, so it has to pass what the
// function takes. An invoker reads the raw value and converts it: a number may
// have another width, and a string is converted to characters. Memory that both
// sides access is never converted.
//
//===----------------------------------------------------------------------===//

#include "Comparison.h"
#include "ilbridge/abi/Variadic.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::match {

using managed::Primitive;
using managed::TypeSig;

static bool isError(const Diagnostic &D) { return D.Level == Severity::Error; }

bool Comparison::Outcome::agrees() const {
  return llvm::none_of(Findings, isError);
}

/// Returns the owner of the memory to which an address from C# refers.
static MemoryOwner memory(const Argument &A) {
  if (!A.Managed)
    return MemoryOwner::Unknown; // `this`
  if (A.TheRole == Argument::OutResult)
    return MemoryOwner::Variable;
  const TypeSig &T = *A.Managed->Type;
  switch (T.kind()) {
  case TypeSig::ByRef:
    return MemoryOwner::Variable;
  case TypeSig::SZArray:
  case TypeSig::Array:
    return MemoryOwner::Array;
  case TypeSig::Definition:
  case TypeSig::Instance: // an object with a layout
    return T.isValueType() ? MemoryOwner::Unknown : MemoryOwner::Variable;
  default:
    return MemoryOwner::Unknown;
  }
}

ValueUse use(const Argument &A, Direction D) {
  // C# does not own the memory to which an address from C++ refers.
  return {D, D == Direction::ToNative ? memory(A) : MemoryOwner::Unknown,
          /*IsOutermost=*/true};
}

//===----------------------------------------------------------------------===//
// Runtimes
//===----------------------------------------------------------------------===//

Comparison::Comparison(const native::Program &P, const MatchOptions &Options,
                       TypeContext &Types)
    : P(P), Targets(P, Options.Targets, Options.Watched),
      ABICache(Options.ABICache), Threads(Options.Threads), Types(Types),
      Runtimes(Options.Runtimes.empty() ? runtime::unchosen().vec()
                                        : Options.Runtimes.vec()),
      IsChosen(!Options.Runtimes.empty()), Interpreted(Options.Interpreted),
      Objects(Options.Objects) {}

RuntimeContext &Comparison::context(const runtime::Runtime &R,
                                    runtime::Platform P) {
  std::unique_ptr<RuntimeContext> &V = RuntimeContexts[{&R, P}];
  if (!V)
    V = std::make_unique<RuntimeContext>(R, P, Types);
  return *V;
}

RuntimeContext &Comparison::on(const TargetContext &V, RuntimeContext &R,
                               const managed::Method &M, bool MakesObject) {
  // If the runtime behaves differently on another platform, that only affects
  // users who build for that platform.
  return !V.IsConfigured ||
                 R.runtime().isSameOnPlatforms(R.method(M, MakesObject).Asked)
             ? R
             : context(R.runtime(), V.Platform);
}

/// Whether \p R may call \p E. A function that is registered by hand is
/// registered with one runtime.
static bool mayCall(const runtime::Runtime &R, const native::Export &E) {
  return !E.Registered || E.Registered->Runtime.empty() ||
         E.Registered->Runtime == R.Name;
}

llvm::SmallVector<RuntimeContext *, 2>
Comparison::runtimesOf(const native::Export &E, const managed::Method &M,
                       bool MakesObject) {
  llvm::SmallVector<RuntimeContext *, 2> Contexts;
  const runtime::Crossing C = crossing(M, MakesObject);
  const runtime::Platform First = Targets.all().front().Platform;
  for (const runtime::Runtime *R : Runtimes) {
    if (R->Compiled && Interpreted && !Interpreted->contains(M.Assembly))
      R = R->Compiled;
    if (R->conversion(C) == runtime::Conversion::Absent || !mayCall(*R, E))
      continue;
    // A method that needs features of newer runtimes is not meant for an older
    // runtime, unless the user has chosen that runtime.
    RuntimeContext &Here = context(*R, First);
    if (!IsChosen && Runtimes.size() > 1 &&
        !R->hasFeatures(Here.method(M, MakesObject).Asked))
      continue;
    bool IsTheSame = llvm::any_of(Contexts, [&](RuntimeContext *Before) {
      return Before->runtime().conversion(C) == R->conversion(C) &&
             runtime::agree(Before->runtime(), *R,
                            Before->method(M, MakesObject).Asked);
    });
    if (!IsTheSame)
      Contexts.push_back(&Here);
  }
  if (Contexts.empty())
    Contexts.push_back(&context(*Runtimes.front(), First));
  return Contexts;
}

//===----------------------------------------------------------------------===//
// Pairs
//===----------------------------------------------------------------------===//

static std::string count(size_t N) {
  return N == 0   ? "no parameters"
         : N == 1 ? "1 parameter"
                  : std::to_string(N) + " parameters";
}

std::vector<ComparedTarget> Comparison::targets() const {
  std::vector<ComparedTarget> All;
  for (const TargetContext &V : Targets.all())
    All.push_back({V.Target, V.IsConfigured});
  return All;
}

static bool isLength(const Value &Param) { return Param.IsLength; }

static std::string count(const native::Export &E, bool IsInvoked) {
  size_t Lengths = IsInvoked ? llvm::count_if(E.Params, isLength) : size_t(0);
  std::string Text = count(E.declaredParams().size() - Lengths);
  return Lengths == 0   ? Text
         : Lengths == 1 ? Text + " and a length"
                        : Text + " and " + std::to_string(Lengths) + " lengths";
}

/// Assigns to each argument its parameter of \p E, and the following length
/// parameter if an invoker passes one value as both. Returns whether the
/// numbers of parameters match.
static bool assignParams(std::vector<Argument> &Params, const native::Export &E,
                         bool IsInvoked) {
  size_t N = 0;
  for (const Value &P : E.Params) {
    bool IsLength = IsInvoked && P.IsLength;
    if (IsLength && N - 1 < Params.size())
      Params[N - 1].Length = &P;
    if (IsLength)
      continue;
    if (N < Params.size())
      Params[N].Native = &P;
    ++N;
  }
  return N == Params.size();
}

/// Returns the parameters of \p E that may be intended for the lengths of C#
/// strings or arrays: the number after each of them. Empty if their number is
/// not the number of additional parameters in C++.
static std::vector<const Value *>
possibleLengths(llvm::ArrayRef<Argument> Params, const native::Export &E) {
  auto HasLength = [&](size_t I) {
    return I < Params.size() && Params[I].Managed &&
           (Params[I].Managed->Type->is(Primitive::String) ||
            Params[I].Managed->Type->kind() == TypeSig::SZArray);
  };
  std::vector<const Value *> Lengths;
  size_t Own = 0; // parameters that correspond to a managed parameter
  for (size_t I = 0; I != E.Params.size(); ++I) {
    if (E.Params[I].IsLength)
      continue;
    const auto *S = llvm::dyn_cast<ScalarType>(E.Params[I].Ty);
    bool IsLength = I && !E.Params[I].Name.empty() && HasLength(Own - 1) && S &&
                    S->scalarClass() == ScalarType::Integer &&
                    llvm::isa<PointerType>(E.Params[I - 1].Ty);
    if (IsLength)
      Lengths.push_back(&E.Params[I]);
    else
      ++Own;
  }
  if (Own != Params.size())
    Lengths.clear();
  return Lengths;
}

Comparison::Outcome Comparison::compare(const native::Export &E,
                                        const managed::Method &M) {
  Outcome Out;
  std::vector<RuntimeFindings> PerRuntime;
  bool MakesObject = native::makesObject(E.Kind);
  for (RuntimeContext *R : runtimesOf(E, M, MakesObject)) {
    Binding B;
    PerRuntime.push_back({&R->runtime(), compareFor(*R, E, M, B)});
    if (PerRuntime.size() == 1) {
      Out.Pair = std::move(B);
      continue;
    }
    for (auto [All, Mine] : llvm::zip_equal(Out.Pair.OnTargets, B.OnTargets))
      if (Mine.What > All.What)
        All = Mine;
  }
  Out.Findings = mergeRuntimes(std::move(PerRuntime));
  return Out;
}

bool Comparison::agree(const native::Export &E, const managed::Method &M) {
  bool MakesObject = native::makesObject(E.Kind);
  return llvm::all_of(runtimesOf(E, M, MakesObject), [&](RuntimeContext *R) {
    return llvm::none_of(lookupFindings(R->runtime(), IsChosen, E, M),
                         isError) &&
           llvm::none_of(Targets.all(), [&](const TargetContext &V) {
             Binding B;
             TargetState State;
             return V.IsConfigured &&
                    llvm::any_of(compareOn(V, on(V, *R, M, MakesObject),
                                           Targets.exportOn(V, E), M, B, State),
                                 [](const Finding &F) { return isError(F.D); });
           });
  });
}

std::vector<Diagnostic> Comparison::compareFor(RuntimeContext &R,
                                               const native::Export &E,
                                               const managed::Method &M,
                                               Binding &B) {
  std::vector<Findings> PerView;
  States OnTargets;
  for (const TargetContext &V : Targets.all()) {
    // An invoker is the same on all targets, so the first target determines it.
    Binding Here;
    RuntimeContext &Passes = on(V, R, M, native::makesObject(E.Kind));
    TargetState &State = OnTargets.emplace_back();
    PerView.push_back(
        compareOn(V, Passes, Targets.exportOn(V, E), M, Here, State));
    if (llvm::any_of(PerView.back(),
                     [](const Finding &F) { return isError(F.D); }))
      State = {TargetState::Differs, nullptr};
    if (PerView.size() != 1)
      continue;
    // Generated code calls the export that is common to all targets.
    Here.Native = &E;
    assignParams(Here.Params, E,
                 runtime::isConvertedByCode(
                     Passes.conversion(M, native::makesObject(E.Kind))));
    Here.Result.Native = &E.Result;
    B = std::move(Here);
  }
  B.OnTargets = std::move(OnTargets);
  std::vector<Diagnostic> All =
      mergeFindings(Targets.all(), std::move(PerView));
  for (Diagnostic &D : lookupFindings(R.runtime(), IsChosen, E, M))
    All.push_back(std::move(D));
  return All;
}

Comparison::Findings Comparison::compareOn(const TargetContext &V,
                                           RuntimeContext &R,
                                           const native::Export &E,
                                           const managed::Method &M, Binding &B,
                                           TargetState &State) {
  Findings Out;
  NativeTarget Target = Targets.native(V, E);
  // If the target may have another declaration, the findings about the scanned
  // one do not apply.
  auto Known = [&](const Variation *Unknown) {
    const Variation *Varies = Target.unknown(E.Varies);
    bool IsUnread = Targets.isUnreadOn(V, E);
    if (Varies || IsUnread)
      Out.clear();
    if (Varies && Targets.isAbsentOn(V, E))
      return std::move(Out); // it is known
    if (Varies || IsUnread || Unknown)
      State = {TargetState::NotCompared, IsUnread ? nullptr
                                         : Varies ? Varies
                                                  : Unknown};
    return std::move(Out);
  };
  bool MakesObject = native::makesObject(E.Kind);
  runtime::Conversion Conversion = R.conversion(M, MakesObject);
  Agreement Agrees(Target, V, R.runtime(), Conversion, Targets.sourceOf(E),
                   Compared, Enums);
  const PassedMethod &L = R.method(M, MakesObject);
  B.Native = &E;
  B.Managed = &M;
  B.Params = L.Params;
  B.Result = L.Result;
  B.Result.Native = &E.Result;
  std::vector<Argument> &Params = B.Params;
  Site S{E, M, R, Conversion, Target, Agrees, Out};
  S.IsAnnotated = Targets.isAnnotated(E);
  S.IsTyped = V.IsWasm;
  if (S.isInvoked() && E.Registered && E.Registered->By) {
    compareInvoker(*E.Registered->By, B, S);
    return Known(Agrees.unknown());
  }
  if (E.IsVariadic)
    compareVariable(V, S, Params);
  if (!E.HasPrototype) {
    // Parameters that the header does not declare cannot be compared.
    Params.clear();
    Diagnostic D =
        diagnose(DiagnosticID::UnknownParameters, E.Decl.Where,
                 E.Decl.qualifiedName(), "so those of C# are not compared");
    // An invoker requires the names of these types.
    if (!S.isInvoked())
      D.Level = Severity::Warning;
    noteManaged(D, M);
    S.add(std::move(D));
  }
  if (E.IsMember && !M.Sig.HasThis) {
    reportNoObject("the C# method is static, so there is no object to call it "
                   "on",
                   S);
    return Known(nullptr);
  }
  if (!assignParams(Params, E, S.isInvoked())) {
    std::string Managed = count(Params.size() - (E.IsMember ? 1 : 0));
    if (!E.IsMember && !Params.empty() && !Params.front().Managed)
      Managed += " with 'this'";
    Diagnostic D =
        diagnose(DiagnosticID::ParameterCount, E.Decl.Where,
                 E.Decl.qualifiedName(), count(E, S.isInvoked()), Managed);
    noteManaged(D, M);
    if (!S.isInvoked() && llvm::any_of(E.Params, isLength))
      D.note(E.Decl.Where, "ILBRIDGE_LENGTH makes one value of two parameters "
                           "only where an invoker calls the function; " +
                               R.runtime().Title.str() + " calls it itself");
    else if (S.isInvoked())
      for (const Value *Length : possibleLengths(Params, E))
        D.note(Length->Where, "if C# passes '" + Length->Name +
                                  "' as the length of the parameter before it, "
                                  "annotate it ILBRIDGE_LENGTH");
    S.add(std::move(D));
    return Known(nullptr);
  }
  for (size_t I = 0; I != Params.size(); ++I) {
    S.Index = I;
    S.Name = Params[I].Native->Name;
    if (S.Name.empty() && Params[I].Managed)
      S.Name = Params[I].Managed->Name;
    if (S.Name.empty())
      S.Name = std::to_string(I + 1);
    compare(Params[I], S);
    compareOut(Params[I], S);
    compareBound(Params[I], S);
    Params[I].Distance = distance(Params[I], Agrees, Target.model());
  }
  S.Index = Finding::Pair;
  if (Out.empty())
    compareNames(Params, S);
  S.Index = Finding::Result;
  S.D = Direction::ToManaged;
  S.Name.clear();
  compare(B.Result, S);
  if (S.Conversion != runtime::Conversion::Invoked && E.HasPrototype)
    comparePassing(V, L, B, S);
  return Known(Agrees.unknown());
}

/// Compares the arguments that C# passes for the "...", which are not part of
/// the function's type. \p Params keeps the arguments that have a declared
/// parameter.
void Comparison::compareVariable(const TargetContext &V, const Site &S,
                                 std::vector<Argument> &Params) {
  if (Params.size() < S.E.Params.size())
    return;
  std::vector<const Type *> Variable;
  for (const Argument &A : llvm::drop_begin(Params, S.E.Params.size()))
    if (A.Passed)
      Variable.push_back(A.Passed);
  std::string Why = !S.isInvoked()
                        ? abi::variadicProblem(V.Target.Triple, Variable)
                    : Params.size() > S.E.Params.size()
                        ? "an invoker has no types for the variable arguments"
                        : "";
  Params.resize(S.E.Params.size());
  if (Why.empty())
    return;
  Diagnostic D = diagnose(DiagnosticID::VariadicImport, S.E.Decl.Where,
                          S.E.Decl.qualifiedName(), Why);
  noteManaged(D, S.M);
  S.add(std::move(D), std::move(Why));
}

/// Whether C# ignores a result, as a caller is allowed to: it remains in a
/// register that is not read. On targets where calls are typed, the types must
/// be equal, and on 32-bit x86 a float result would remain on the stack of the
/// floating-point unit. If the function is annotated, it is reported anyway,
/// because its author also writes the C# side.
bool Comparison::isLeftAlone(const Argument &A, const Site &S) const {
  const Type *Native = A.Native->Ty;
  const auto *Scalar = llvm::dyn_cast<ScalarType>(Native);
  bool IsFloat = Scalar && Scalar->scalarClass() == ScalarType::Float;
  return S.D == Direction::ToManaged && !S.IsAnnotated && !S.IsTyped &&
         llvm::isa_and_nonnull<VoidType>(A.Passed) &&
         llvm::isa<ScalarType, PointerType, EnumType>(Native) && !IsFloat;
}

void Comparison::compare(Argument &A, const Site &S) {
  if (compareObject(A, S))
    return;
  if (S.isInvoked())
    return compareInvoked(A, S);
  if (!A.Passed)
    return unmarshallable(A, S, A.Problem);
  if (isLeftAlone(A, S))
    return;
  Verdict V = S.Agrees.byValue(*A.Passed, *A.Native->Ty, use(A, S.D));
  if (V == Verdict::Same && S.D == Direction::ToManaged && S.isMarshalled() &&
      A.TheRole == Argument::Declared && isFreed(*A.Managed))
    compareOwnership(A, S);
  report(std::move(V), A, S);
}

} // namespace ilbridge::match
