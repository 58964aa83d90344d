//===- EntryPoints.cpp - Managed methods that C++ calls by name -----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A method with [UnmanagedCallersOnly(EntryPoint = "name")] is exported as a
// function with that name, which a header declares for C++ callers.
//
//===----------------------------------------------------------------------===//

#include "Comparison.h"

namespace ilbridge::match {

/// Returns the runtimes that support such methods, or all selected ones if none
/// does.
llvm::SmallVector<RuntimeContext *, 2>
Comparison::runtimesOf(const managed::Callback &C) {
  const runtime::Platform First = Targets.all().front().Platform;
  llvm::SmallVector<RuntimeContext *, 2> Contexts;
  for (const runtime::Runtime *R : Runtimes) {
    if (R->conversion(runtime::Crossing::Callback) ==
        runtime::Conversion::Absent)
      continue;
    RuntimeContext &Here = context(*R, First);
    if (IsChosen || R->hasFeatures(Here.callback(C).Asked))
      Contexts.push_back(&Here);
  }
  return Contexts;
}

void Comparison::add(const native::Export &E, const managed::Callback &C) {
  if (const FunctionType *Native = signatureOf(E))
    Targets.add(*Native);
  for (RuntimeContext *R : runtimesOf(C))
    if (const Type *Pointer = R->callback(C).Address.Ty)
      Targets.addFunctions(*Pointer);
}

std::vector<Diagnostic> Comparison::compare(const native::Export &E,
                                            const managed::Callback &C) {
  const FunctionType *Signature = signatureOf(E);
  if (!Signature || !E.HasPrototype)
    return {};
  PointerType Native(Signature, Qualifiers{}, PointerType::Pointer);
  std::vector<RuntimeFindings> PerRuntime;
  for (RuntimeContext *R : runtimesOf(C)) {
    const managed::Lowered &Managed = R->callback(C).Address;
    std::vector<Findings> PerView;
    for (const TargetContext &V : Targets.all()) {
      Findings &Here = PerView.emplace_back();
      NativeTarget Target = Targets.native(V, E);
      Agreement Agrees(Target, V, R->runtime(),
                       R->runtime().conversion(runtime::Crossing::Callback),
                       Targets.sourceOf(E), Compared, Enums);
      const auto *Pointer =
          llvm::dyn_cast_or_null<PointerType>(Managed ? Managed.Ty : nullptr);
      const auto *Method =
          Pointer ? llvm::dyn_cast<FunctionType>(Pointer->pointee()) : nullptr;
      Verdict Result = Method ? Agrees.entryPoint(*Method, *Signature)
                       : Managed
                           ? Agrees.byValue(*Managed.Ty, Native, ValueUse())
                           : Verdict::different("it " + Managed.Problem);
      if (Result.agrees())
        continue;
      Diagnostic D =
          diagnose(DiagnosticID::EntryPoint, C.Target.Where, E.functionName(),
                   C.Target.qualifiedName(), Result.words());
      D.note(E.Decl.Where, "declared here");
      llvm::append_range(D.Notes, Result.Notes);
      Here.push_back({Finding::Pair, std::move(D), Result.words()});
    }
    PerRuntime.push_back(
        {&R->runtime(), mergeFindings(Targets.all(), std::move(PerView))});
  }
  return PerRuntime.empty() ? std::vector<Diagnostic>()
                            : mergeRuntimes(std::move(PerRuntime));
}

} // namespace ilbridge::match
