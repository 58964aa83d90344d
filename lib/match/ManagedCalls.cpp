//===- ManagedCalls.cpp - Managed methods that native code calls ----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ILBRIDGE_IMPORT declares a managed method in native code.
//
//   import ──by name──▶ methods ──for each runtime──▶ as it takes arguments
//          ──Agreement──▶ ManagedCall, findings
//
// No program calls one declaration through two runtimes. If none is selected,
// the declaration has to be correct for one of the possible runtimes.
//
//===----------------------------------------------------------------------===//

#include "ilbridge/match/ManagedCalls.h"
#include "Alternatives.h"
#include "Matcher.h"
#include "NearName.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Error.h"

namespace ilbridge::match {

using managed::TypeSig;
using native::ManagedImport;

//===----------------------------------------------------------------------===//
// One pair
//===----------------------------------------------------------------------===//

/// Both sides of a pair as function types.
struct Comparison::CalledMethod {
  const FunctionType *Managed = nullptr;
  const FunctionType *Native = nullptr;
  bool ReturnsException = false;
  std::string Problem; ///< why the method cannot be called
};

/// Whether \p T is the address of a pointer to an exception object of \p R.
static bool isExceptionAddress(const Type &T, const runtime::Runtime &R) {
  const auto *Outer = llvm::dyn_cast<PointerType>(&T);
  const auto *Inner =
      Outer ? llvm::dyn_cast<PointerType>(Outer->pointee()) : nullptr;
  if (!Inner)
    return false;
  const Declaration *D = nullptr;
  if (const auto *Opaque = llvm::dyn_cast<OpaqueType>(Inner->pointee()))
    D = &Opaque->Decl;
  else if (const auto *Record = llvm::dyn_cast<RecordType>(Inner->pointee()))
    D = &Record->Decl;
  return D && R.objectKind(D->qualifiedName()) == ObjectKind::Exception;
}

std::string whyUncallable(const Method &M, const runtime::Runtime &R) {
  if (R.conversion(runtime::Crossing::ManagedCall) ==
      runtime::Conversion::Absent)
    return R.Title.str() + " offers no function for it; pass a delegate";
  if (!M.Sig.GenericParams.empty() || !M.Declaring->GenericParams.empty())
    return "it is generic, and its name does not select an instance";
  if (M.Name == ".ctor" || M.Name == ".cctor")
    return "it is a constructor";
  if (M.Sig.HasThis && M.Declaring->isValueType())
    return "it is an instance method of a struct; make it static, with a 'ref' "
           "parameter";
  if (M.Sig.HasThis && !R.Calls.TakesObject)
    return "it is an instance method, and " + R.Title.str() +
           " gives native code no objects";
  if ((M.IsOverloaded || M.IsOverloadedByArity) && R.Calls.FindsByNameOnly)
    return R.Title.str() + " finds a method by its name alone, and '" +
           M.qualifiedName() + "' has overloads";
  auto IsNullable = [](const managed::Parameter &P) {
    return P.Type->kind() == TypeSig::Instance &&
           P.Type->definition().fullName() == "System.Nullable`1";
  };
  if (R.Calls.BoxesStructs &&
      (IsNullable(M.Sig.Result) || llvm::any_of(M.Sig.Params, IsNullable)))
    return "it passes a Nullable<T> by value, and " + R.Title.str() +
           " boxes structs, and a null has no box";
  if (R.Calls.BoxesStructs && M.Sig.Result.Type->kind() == TypeSig::ByRef)
    return "it returns a reference, which " + R.Title.str() +
           " cannot pass to native code";
  return "";
}

Comparison::CalledMethod Comparison::called(const ManagedImport &I,
                                            const Method &M,
                                            const managed::Callback *Unmanaged,
                                            RuntimeContext &R) {
  CalledMethod Out;
  const runtime::Runtime &Runtime = R.runtime();
  Out.Problem = whyUncallable(M, Runtime);
  if (!Out.Problem.empty())
    return Out;
  if (!I.ResultWrapper.empty() && !Runtime.understands(I.ResultWrapper)) {
    Out.Problem = "C++ declares its result as '" + I.ResultWrapper +
                  "', which " + Runtime.Title.str() + " does not have";
    return Out;
  }
  // A runtime that does not marshal ignores the attribute.
  const bool IsUnmanaged =
      Unmanaged && Runtime.conversion(runtime::Crossing::ManagedCall) ==
                       runtime::Conversion::Marshalled;
  const managed::Lowered &L =
      IsUnmanaged ? R.callback(*Unmanaged).Address : R.called(M).Address;
  if (!L) {
    Out.Problem = IsUnmanaged ? "it " + L.Problem : L.Problem;
    return Out;
  }
  Out.Managed = llvm::cast<FunctionType>(
      IsUnmanaged ? llvm::cast<PointerType>(L.Ty)->pointee() : L.Ty);
  Out.ReturnsException = Runtime.Calls.ReturnsException &&
                         I.Params.size() == Out.Managed->params().size() + 1 &&
                         isExceptionAddress(*I.Params.back().Ty, Runtime);
  const FunctionType *&Native = CallSignatures[{&I, Out.ReturnsException}];
  if (!Native) {
    std::vector<const Type *> Params;
    for (const Value &P :
         llvm::ArrayRef(I.Params).drop_back(Out.ReturnsException))
      Params.push_back(P.Ty);
    Native = Types.make<FunctionType>(I.Result.Ty, std::move(Params),
                                      I.Convention, I.StatedConvention,
                                      /*Variadic=*/false);
  }
  Out.Native = Native;
  return Out;
}

void Comparison::add(const ManagedImport &I, const Method &M,
                     const managed::Callback *Unmanaged) {
  for (const runtime::Runtime *R : Runtimes) {
    CalledMethod C =
        called(I, M, Unmanaged, context(*R, Targets.all().front().Platform));
    if (!C.Managed)
      continue;
    Targets.add(*C.Native);
    Targets.addFunctions(*C.Managed);
    Targets.addSignatures(*C.Managed, *C.Native);
  }
}

std::vector<Diagnostic>
Comparison::compareCall(const ManagedImport &I, const Method &M,
                        const managed::Callback *Unmanaged, RuntimeContext &R,
                        ManagedCall &Out) {
  CalledMethod C = called(I, M, Unmanaged, R);
  Out = {&I, &M, Unmanaged, C.Managed, C.ReturnsException};
  if (!C.Problem.empty()) {
    Diagnostic D = diagnose(DiagnosticID::UncallableMethod, I.Decl.Where,
                            text(M), C.Problem);
    noteManaged(D, M);
    return {std::move(D)};
  }
  std::vector<Findings> PerView;
  for (const TargetContext &V : Targets.all()) {
    Findings &Here = PerView.emplace_back();
    const ManagedImport &There = Targets.exportOn(V, I);
    NativeTarget Target = Targets.native(V, There);
    if (Target.unknown(There.Varies) || Targets.isUnreadOn(V, There))
      continue;
    CalledMethod Passed = called(There, M, Unmanaged, R);
    Agreement Agrees(Target, V, R.runtime(),
                     R.runtime().conversion(runtime::Crossing::ManagedCall),
                     Targets.sourceOf(There), Compared, Enums);
    Verdict Result = Agrees.managedCall(*Passed.Managed, *Passed.Native);
    if (Result.agrees())
      continue;
    Diagnostic D = diagnose(DiagnosticID::ManagedCall, I.Decl.Where,
                            I.Decl.qualifiedName(), text(M), Result.words());
    noteManaged(D, M);
    llvm::append_range(D.Notes, Result.Notes);
    Here.push_back({Finding::Pair, std::move(D), Result.words()});
  }
  return mergeFindings(Targets.all(), std::move(PerView));
}

std::vector<Diagnostic> Comparison::compare(const ManagedImport &I,
                                            const Method &M,
                                            const managed::Callback *Unmanaged,
                                            ManagedCall &Out) {
  auto HasError = [](llvm::ArrayRef<Diagnostic> List) {
    return llvm::any_of(
        List, [](const Diagnostic &D) { return D.Level == Severity::Error; });
  };
  const runtime::Platform First = Targets.all().front().Platform;
  std::vector<RuntimeFindings> PerRuntime;
  for (const runtime::Runtime *R : Runtimes) {
    ManagedCall Here;
    std::vector<Diagnostic> Found =
        compareCall(I, M, Unmanaged, context(*R, First), Here);
    const bool IsRight = !HasError(Found);
    if (IsRight && !IsChosen) {
      Out = Here;
      return Found;
    }
    if (!Out.Native)
      Out = Here;
    PerRuntime.push_back({R, std::move(Found)});
  }
  return mergeRuntimes(std::move(PerRuntime));
}

//===----------------------------------------------------------------------===//
// All imports
//===----------------------------------------------------------------------===//

/// Returns the [UnmanagedCallersOnly] of \p M; null if it has none.
const managed::Callback *Matcher::unmanaged(const Method &Of) const {
  for (const managed::Callback &C : M.Callbacks)
    if (C.Unmanaged && C.Target.Assembly == Of.Assembly &&
        C.Target.qualifiedName() == Of.qualifiedName() &&
        C.Target.parameterList() == Of.parameterList())
      return &C;
  return nullptr;
}

std::vector<const Method *>
Matcher::methodsCalled(const MethodName &Name) const {
  std::vector<const Method *> Found;
  auto Add = [&](const Method &Each) {
    if (Each.TheKind != Method::FunctionPointer &&
        Each.qualifiedName() == Name.qualifiedName() && Name.names(Each) &&
        llvm::none_of(Found, [&](const Method *Other) {
          return Other->Assembly == Each.Assembly &&
                 Other->parameterList() == Each.parameterList();
        }))
      Found.push_back(&Each);
  };
  llvm::for_each(M.Methods, Add);
  llvm::for_each(M.Imports, Add);
  // A manifest contains a callback once.
  for (const managed::Callback &C : M.Callbacks)
    Add(C.Target);
  return Found;
}

void Matcher::pairImports() {
  for (const ManagedImport *I : P.imports()) {
    llvm::Expected<MethodName> Name = managed::parseMethodName(I->ManagedName);
    if (!Name) {
      Out.Findings.add(diagnose(DiagnosticID::MalformedAnnotation,
                                I->Decl.Where, I->ManagedName,
                                llvm::toString(Name.takeError())));
      continue;
    }
    std::vector<const Method *> Named = methodsCalled(*Name);
    if (!Named.empty())
      Imports.push_back({I, std::move(Named)});
    else if (!isUnread(*Name))
      reportMissingMethod(*I, *Name);
  }
}

void Matcher::compareImports() {
  for (const auto &[I, Overloads] : Imports)
    compareImport(*I, Overloads);
  // Several sources may see one declaration with different types, and all of
  // them may be correct.
  llvm::DenseSet<llvm::StringRef> Seen;
  llvm::erase_if(Out.Calls, [&](const ManagedCall &C) {
    return !Seen.insert(C.Native->Symbol).second;
  });
}

void Matcher::compareImport(const ManagedImport &I,
                            llvm::ArrayRef<const Method *> Overloads) {
  auto IsError = [](const Diagnostic &D) { return D.Level == Severity::Error; };
  std::vector<std::pair<ManagedCall, std::vector<Diagnostic>>> Agreeing;
  std::vector<Diagnostic> Refused;
  for (const Method *Each : Overloads) {
    ManagedCall Call;
    std::vector<Diagnostic> Found =
        Compares.compare(I, *Each, unmanaged(*Each), Call);
    if (llvm::none_of(Found, IsError))
      Agreeing.push_back({Call, std::move(Found)});
    else if (Overloads.size() == 1)
      Refused = std::move(Found);
  }
  if (Agreeing.size() == 1) {
    for (Diagnostic &D : Agreeing.front().second)
      Out.Findings.add(std::move(D));
    Out.Calls.push_back(Agreeing.front().first);
    return;
  }
  if (Overloads.size() == 1) {
    for (Diagnostic &D : Refused)
      Out.Findings.add(std::move(D));
    return;
  }
  Diagnostic &D =
      Out.Findings.add(diagnose(DiagnosticID::AmbiguousImport, I.Decl.Where,
                                I.ManagedName, Overloads.size()));
  noteSome(Overloads, Overloads.size(),
           [&](const Method *Each, std::string More) {
             D.note(Each->Where, "this is one of them" + More);
           });
}

void Matcher::reportMissingMethod(const ManagedImport &I,
                                  const MethodName &Name) {
  Diagnostic &D = Out.Findings.add(
      diagnose(DiagnosticID::MissingMethod, I.Decl.Where,
               I.Decl.qualifiedName(), "there is no '" + I.ManagedName + "'"));
  // Look for another method of the type, or a method with that name in a type
  // with a similar name.
  const std::string Wanted = Name.qualifiedName();
  const Method *Best = nullptr;
  unsigned BestDistance = ~0u;
  for (const Method &Each : M.Alike)
    if (Each.qualifiedName() == Wanted) {
      Best = &Each;
      break;
    } else if (isNearer(Wanted, Each.qualifiedName(), BestDistance)) {
      Best = &Each;
    }
  if (Best)
    D.note(Best->Where, "did you mean '" + text(*Best) + "'?");
}

} // namespace ilbridge::match
