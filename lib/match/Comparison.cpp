//===- Comparison.cpp - The two sides of one pair -------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A runtime that marshals calls the function itself: what it passes has to be
// what the function takes. An invoker finds the raw value and converts it: a
// number may have another width, a string becomes characters. What lies in
// memory that both sides see is never converted.
//
//===----------------------------------------------------------------------===//

#include "Comparison.h"
#include "TypeEdit.h"
#include "ilbridge/abi/Variadic.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::match {

using managed::Primitive;
using managed::TypeSig;

bool Comparison::Outcome::agrees() const {
  return llvm::none_of(
      Findings, [](const Diagnostic &D) { return D.Level == Severity::Error; });
}

bool Comparison::Outcome::isExact() const {
  return agrees() && llvm::none_of(Findings, [](const Diagnostic &D) {
           return D.ID == DiagnosticID::ImplicitConversion;
         });
}

std::string managedSpelling(const Argument &A, const managed::Method &M) {
  if (!A.Managed)
    return M.Declaring->Name;
  if (A.TheRole == Argument::HResult)
    return "HRESULT";
  std::string Text = csharpName(*A.Managed->Type);
  if (A.TheRole == Argument::OutResult)
    return "out " + Text;
  if (A.Managed->IsOut && A.Managed->Type->kind() == TypeSig::ByRef)
    return "out " + llvm::StringRef(Text).drop_front(strlen("ref ")).str();
  return Text;
}

void noteManaged(Diagnostic &D, const managed::Method &M) {
  D.note(M.Where,
         (llvm::Twine("declared here in assembly '") + M.Assembly + "'").str());
}

//===----------------------------------------------------------------------===//
// Runtimes
//===----------------------------------------------------------------------===//

Comparison::Comparison(const native::Program &P, const MatchOptions &Options,
                       TypeContext &Types)
    : Targets(P, Options.Targets), Answered(Options.Answered),
      Threads(Options.Threads), Types(Types),
      Runtimes(Options.Runtimes.empty() ? runtime::unchosen().vec()
                                        : Options.Runtimes.vec()),
      IsChosen(!Options.Runtimes.empty()), Interpreted(Options.Interpreted) {}

RuntimeView &Comparison::view(const runtime::Runtime &R, runtime::Platform P) {
  std::unique_ptr<RuntimeView> &V = RuntimeViews[{&R, P}];
  if (!V)
    V = std::make_unique<RuntimeView>(R, P, Types);
  return *V;
}

RuntimeView &Comparison::on(const View &V, RuntimeView &R,
                            const managed::Method &M, bool MakesObject) {
  // What the runtime does on another platform matters to those who build for
  // it.
  return !V.IsConfigured ||
                 R.runtime().answersAlike(R.method(M, MakesObject).Asked)
             ? R
             : view(R.runtime(), V.Platform);
}

llvm::SmallVector<RuntimeView *, 2>
Comparison::runtimesOf(const managed::Method &M, bool MakesObject) {
  llvm::SmallVector<RuntimeView *, 2> Views;
  const runtime::Crossing C = crossing(M, MakesObject);
  const runtime::Platform First = Targets.all().front().Platform;
  for (const runtime::Runtime *R : Runtimes) {
    if (R->Compiled && Interpreted && !Interpreted->contains(M.Assembly))
      R = R->Compiled;
    if (R->conversion(C) == runtime::Conversion::Absent)
      continue;
    // What only newer runtimes understand is not meant for an older one, unless
    // that one was chosen.
    RuntimeView &Here = view(*R, First);
    if (!IsChosen && Runtimes.size() > 1 &&
        !R->hasFeatures(Here.method(M, MakesObject).Asked))
      continue;
    bool IsTheSame = llvm::any_of(Views, [&](RuntimeView *Before) {
      return Before->runtime().conversion(C) == R->conversion(C) &&
             runtime::agree(Before->runtime(), *R,
                            Before->method(M, MakesObject).Asked);
    });
    if (!IsTheSame)
      Views.push_back(&Here);
  }
  if (Views.empty())
    Views.push_back(&view(*Runtimes.front(), First));
  return Views;
}

void Comparison::add(const managed::Method &M) {
  for (RuntimeView *R : runtimesOf(M, /*MakesObject=*/false)) {
    llvm::SmallSetVector<const FunctionType *, 2> Signatures;
    for (const View &V : Targets.all())
      Signatures.insert(on(V, *R, M, false).method(M, false).Signature);
    for (const FunctionType *Signature : Signatures) {
      if (!Signature)
        continue;
      // Delegates and function pointers have signatures of their own.
      for (const Type *T : Signature->params())
        Targets.addFunctions(*T);
      Targets.addFunctions(*Signature->result());
      Targets.addSignature(*Signature);
    }
  }
}

void Comparison::add(const native::Export &E) {
  std::vector<const Type *> Params;
  for (const Value &P : E.Params) {
    Targets.add(*P.Ty);
    Params.push_back(P.Ty);
  }
  Targets.add(*E.Result.Ty);
  // A signature matters only to a runtime that calls the function itself.
  if (llvm::all_of(Runtimes, [&](const runtime::Runtime *R) {
        return R->conversion(crossing(E.Kind)) == runtime::Conversion::Invoked;
      }))
    return;
  const auto *F = Types.make<FunctionType>(E.Result.Ty, std::move(Params),
                                           E.StatedConvention, E.IsVariadic);
  Targets.addSignature(*F);
  Signatures[&E] = F;
}

//===----------------------------------------------------------------------===//
// Findings
//===----------------------------------------------------------------------===//

void Comparison::suggestType(Diagnostic &D, const Argument &A, const Site &S) {
  // An invoker converts to what marshalling would pass, if that is stated.
  const Type *Managed = S.isInvoked() && A.Marshalled ? A.Marshalled : A.Passed;
  bool IsC = Targets.isC(S.E);
  if (std::optional<FixIt> Edit = typeEdit(*A.Native, Managed, IsC))
    D.fix(std::move(*Edit));
  if (const auto *E = llvm::dyn_cast<EnumType>(A.Native->Ty))
    if (std::optional<Note> N = underlyingTypeEdit(*E, Managed, IsC))
      D.Notes.push_back(std::move(*N));
}

void Comparison::report(Verdict V, const Argument &A, const Site &S) {
  if (V == Verdict::Same)
    return;
  if (V == Verdict::Misnamed) {
    // About the struct, whoever passes it.
    Location Where = V.Notes.empty() ? S.where(A) : V.Notes.back().Where;
    Diagnostic D = diagnose(DiagnosticID::FieldName, Where, V.Reason);
    D.Notes = std::move(V.Notes);
    return S.add(std::move(D));
  }
  std::string Managed = managedSpelling(A, S.M);
  const std::string &Native = A.Native->Spelling;
  const Location &Where = S.where(A);
  bool Converts = V == Verdict::Converted && S.isInvoked();
  Diagnostic D =
      V == Verdict::Misaligned ? diagnose(DiagnosticID::StructAlignment, Where,
                                          S.words(), Native, Managed, V.Reason)
      : Converts ? diagnose(DiagnosticID::ImplicitConversion, Where, S.words(),
                            Native, Managed, V.Reason)
      : S.D == Direction::ToManaged
          ? diagnose(DiagnosticID::ResultType, Where, S.E.Decl.qualifiedName(),
                     Native, Managed, V.Reason)
          : diagnose(DiagnosticID::ParameterType, Where, S.Name, Native,
                     Managed, V.Reason);
  noteManaged(D, S.M);
  if (D.Level == Severity::Error)
    suggestType(D, A, S);
  llvm::append_range(D.Notes, V.Notes);
  S.add(std::move(D), std::move(V.Reason));
}

void Comparison::unmarshallable(const Argument &A, const Site &S,
                                llvm::StringRef Why) {
  Diagnostic D = diagnose(DiagnosticID::Unmarshallable, S.where(A), S.words(),
                          managedSpelling(A, S.M), A.Native->Spelling, Why);
  noteManaged(D, S.M);
  S.add(std::move(D), Why.str());
}

//===----------------------------------------------------------------------===//
// Pairs
//===----------------------------------------------------------------------===//

static std::string count(size_t N) {
  return N == 0   ? "no parameters"
         : N == 1 ? "1 parameter"
                  : std::to_string(N) + " parameters";
}

Comparison::Outcome Comparison::compare(const native::Export &E,
                                        const managed::Method &M) {
  Outcome Out;
  std::vector<RuntimeFindings> PerRuntime;
  bool MakesObject = E.Kind == native::ExportKind::NewObj;
  for (RuntimeView *R : runtimesOf(M, MakesObject)) {
    Binding B;
    PerRuntime.push_back({&R->runtime(), compareFor(*R, E, M, B)});
    if (PerRuntime.size() == 1)
      Out.Pair = std::move(B);
  }
  Out.Findings = mergeRuntimes(std::move(PerRuntime));
  return Out;
}

std::vector<Diagnostic> Comparison::compareFor(RuntimeView &R,
                                               const native::Export &E,
                                               const managed::Method &M,
                                               Binding &B) {
  std::vector<Findings> PerView;
  for (const View &V : Targets.all()) {
    // What an invoker does is the same on all; the first target decides.
    Binding Here;
    RuntimeView &Passes = on(V, R, M, E.Kind == native::ExportKind::NewObj);
    PerView.push_back(compareOn(V, Passes, Targets.exportOn(V, E), M, Here));
    if (PerView.size() != 1)
      continue;
    // Generated code is for the export that every target has in common.
    Here.Native = &E;
    for (size_t I = 0; I != std::min(Here.Params.size(), E.Params.size()); ++I)
      Here.Params[I].Native = &E.Params[I];
    Here.Result.Native = &E.Result;
    B = std::move(Here);
  }
  std::vector<Diagnostic> All =
      mergeFindings(Targets.all(), std::move(PerView));
  for (Diagnostic &D : lookupFindings(R.runtime(), IsChosen, E, M))
    All.push_back(std::move(D));
  return All;
}

Comparison::Findings Comparison::compareOn(const View &V, RuntimeView &R,
                                           const native::Export &E,
                                           const managed::Method &M,
                                           Binding &B) {
  Findings Out;
  NativeTarget Target = Targets.native(V, E);
  bool MakesObject = E.Kind == native::ExportKind::NewObj;
  runtime::Conversion Conversion = R.conversion(M, MakesObject);
  Agreement Agrees(Target, V, R.runtime(), Conversion, Targets.isC(E), Agreed);
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
  if (E.IsVariadic)
    compareVariable(V, S, Params);
  if (!E.HasPrototype) {
    // What the header does not say cannot be compared.
    Params.clear();
    Diagnostic D =
        diagnose(DiagnosticID::UnknownParameters, E.Decl.Where,
                 E.Decl.qualifiedName(), "so those of C# are not compared");
    // An invoker has to name them.
    if (!S.isInvoked())
      D.Level = Severity::Warning;
    noteManaged(D, M);
    S.add(std::move(D));
  }
  if (Params.size() != E.Params.size()) {
    std::string Managed = count(Params.size());
    if (!Params.empty() && !Params.front().Managed)
      Managed += " with 'this'";
    Diagnostic D =
        diagnose(DiagnosticID::ParameterCount, E.Decl.Where,
                 E.Decl.qualifiedName(), count(E.Params.size()), Managed);
    noteManaged(D, M);
    S.add(std::move(D));
    return Out;
  }
  for (size_t I = 0; I != Params.size(); ++I) {
    Params[I].Native = &E.Params[I];
    S.Index = I;
    S.Name = E.Params[I].Name;
    if (S.Name.empty() && Params[I].Managed)
      S.Name = Params[I].Managed->Name;
    if (S.Name.empty())
      S.Name = std::to_string(I + 1);
    compare(Params[I], S);
  }
  S.Index = Finding::Result;
  S.D = Direction::ToManaged;
  S.Name.clear();
  compare(B.Result, S);
  if (!S.isInvoked() && E.HasPrototype)
    comparePassing(V, L, B, S);
  return Out;
}

/// What C# passes for the dots, of which the function's type says nothing.
/// Leaves in \p Params those that have a parameter of their own.
void Comparison::compareVariable(const View &V, const Site &S,
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
                        ? "an invoker has no types for what stands for the dots"
                        : "";
  Params.resize(S.E.Params.size());
  if (Why.empty())
    return;
  Diagnostic D = diagnose(DiagnosticID::VariadicImport, S.E.Decl.Where,
                          S.E.Decl.qualifiedName(), Why);
  noteManaged(D, S.M);
  S.add(std::move(D), std::move(Why));
}

/// Whether C# just does not look at a result, as a caller may: it is left in a
/// register of no further meaning. Where calls have types they have to be the
/// same; a float is left on the stack of 32-bit x86's floating-point unit. An
/// author of both sides is told all the same.
bool Comparison::isLeftAlone(const Argument &A, const Site &S) const {
  const Type *Native = A.Native->Ty;
  const auto *Scalar = llvm::dyn_cast<ScalarType>(Native);
  bool IsFloat = Scalar && Scalar->scalarClass() == ScalarType::Float;
  return S.D == Direction::ToManaged && !S.IsAnnotated && !S.IsTyped &&
         llvm::isa_and_nonnull<VoidType>(A.Passed) &&
         llvm::isa<ScalarType, PointerType, EnumType>(Native) && !IsFloat;
}

void Comparison::compare(Argument &A, const Site &S) {
  if (S.isInvoked())
    return compareInvoked(A, S);
  if (!A.Passed)
    return unmarshallable(A, S, A.Problem);
  if (isLeftAlone(A, S))
    return;
  Verdict V = S.Agrees.byValue(*A.Passed, *A.Native->Ty, S.D);
  if (V == Verdict::Same && S.D == Direction::ToManaged && S.isMarshalled() &&
      A.TheRole == Argument::Declared && isFreed(*A.Managed))
    return compareOwnership(A, S);
  report(std::move(V), A, S);
}

/// Whether a result is text that is freed once it has become a string: by the
/// runtime, or by what [LibraryImport] makes. A custom marshaler frees what it
/// wants to.
bool Comparison::isFreed(const managed::Parameter &Result) {
  if (!Result.Type->is(Primitive::String))
    return Result.Type->kind() == TypeSig::Pointer && Result.Marshal;
  return !Result.Marshal ||
         Result.Marshal->Native != ecma335::NATIVE_TYPE_CUSTOMMARSHALER;
}

/// Every runtime frees what it made a string of.
void Comparison::compareOwnership(const Argument &A, const Site &S) {
  if (!S.IsAnnotated) {
    // Nobody could say it, but nobody may free what is const either.
    const auto *P = llvm::dyn_cast<PointerType>(A.Native->Ty);
    if (P && P->pointeeIsConst())
      unmarshallable(A, S,
                     "the runtime frees the characters of a string result, "
                     "which const ones are not meant for; return IntPtr in C#");
    return;
  }
  switch (S.E.ResultOwnership) {
  case native::Ownership::Owned:
    return;
  case native::Ownership::Borrowed:
    return unmarshallable(
        A, S,
        "the runtime frees the characters of a string result, "
        "but the function is ILBRIDGE_BORROWED; return IntPtr "
        "in C#");
  case native::Ownership::Unstated:
    return reportUnstatedOwnership(S);
  }
}

void Comparison::reportUnstatedOwnership(const Site &S) {
  Diagnostic D = diagnose(DiagnosticID::UnstatedOwnership, S.E.Decl.Where,
                          S.E.Decl.qualifiedName());
  noteManaged(D, S.M);
  S.add(std::move(D));
}

} // namespace ilbridge::match
