//===- Backends.cpp - All backends by name --------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/emit/Backend.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using llvm::StringRef;

namespace ilbridge::emit {

// Each is defined in the file of its backend.
extern const Backend CSharp, CoreCLR, Cpp, HybridCLR, Il2Cpp, LeanCLR, Mono,
    Table;

/// In the order of help and messages.
static constexpr const Backend *All[] = {
    &LeanCLR, &Mono, &CoreCLR, &Il2Cpp, &Table, &HybridCLR, &CSharp, &Cpp};

llvm::ArrayRef<const Backend *> backends() { return All; }

Plan::~Plan() = default;

const Backend *findBackend(StringRef Name) {
  for (const Backend *B : All)
    if (B->Name == Name)
      return B;
  return nullptr;
}

static std::string names(llvm::ArrayRef<const Backend *> Backends) {
  std::string Names;
  llvm::ListSeparator Comma;
  for (const Backend *B : Backends)
    Names += (StringRef(Comma) + B->Name).str();
  return Names;
}

/// "'leanclr' or 'table'"
static std::string quoted(llvm::ArrayRef<const Backend *> Backends,
                          StringRef Conjunction) {
  std::string Names;
  llvm::ListSeparator Between(Conjunction);
  for (const Backend *B : Backends)
    Names += (StringRef(Between) + "'" + B->Name + "'").str();
  return Names;
}

std::string backendNames() { return names(All); }

std::string noSuchBackend(StringRef Name) {
  return ("there is no backend '" + Name + "'; the backends are " +
          backendNames())
      .str();
}

template <typename Predicate>
static llvm::SmallVector<const Backend *> backendsThat(Predicate Is) {
  llvm::SmallVector<const Backend *> Found;
  llvm::copy_if(All, std::back_inserter(Found), Is);
  return Found;
}

std::string understoodBy(const OutputOption &O) {
  return names(
      backendsThat([&](const Backend *B) { return B->understands(O.ID); }));
}

std::string notUnderstood(const Backend &B, const OutputOption &O,
                          StringRef Shown) {
  return ("the backend '" + B.Name + "' does not understand '" + Shown +
          "', which is for " + understoodBy(O))
      .str();
}

//===----------------------------------------------------------------------===//
// Exports that no output serves
//===----------------------------------------------------------------------===//

/// "a constructor (ILBRIDGE_NEWOBJ)"
static StringRef describe(const match::Binding &B) {
  if (B.unwrapsObjects())
    return "an internal call that takes the C++ object of a C# object";
  switch (B.Native->Kind) {
  case native::ExportKind::PInvoke:
    return "a P/Invoke (ILBRIDGE_EXPORT)";
  case native::ExportKind::InternalCall:
    return "an internal call (ILBRIDGE_INTERNAL_CALL)";
  case native::ExportKind::NewObj:
    return "a constructor (ILBRIDGE_NEWOBJ)";
  case native::ExportKind::NewObjIntrinsic:
    return "a constructor (ILBRIDGE_NEWOBJ_INTRINSIC)";
  case native::ExportKind::Intrinsic:
    return "an intrinsic (ILBRIDGE_INTRINSIC)";
  case native::ExportKind::FunctionPointer:
    return "an unmanaged function pointer (ILBRIDGE_FUNCTION_POINTER)";
  }
  llvm_unreachable("not a kind of export");
}

DiagnosticList findUnserved(llvm::ArrayRef<const Backend *> Outputs,
                            llvm::ArrayRef<match::Binding> Bindings) {
  DiagnosticList Findings;
  for (const match::Binding &B : Bindings) {
    auto Serves = [&](const Backend *Each) { return Each->serves(B); };
    if (llvm::any_of(Outputs, Serves))
      continue;
    bool IsOne = Outputs.size() == 1;
    std::string Able = quoted(backendsThat(Serves), " or ");
    Diagnostic &D = Findings.add(diagnose(
        DiagnosticID::UnservedExport, B.Native->Decl.Where,
        B.Native->Decl.qualifiedName(), describe(B),
        (IsOne ? "the backend " : "the backends ") + quoted(Outputs, " and "),
        IsOne ? "does not serve" : "do not serve",
        Able.empty() ? "" : "; an output of the backend " + Able + " does"));
    D.note(B.Managed->Where, "exported for this method");
  }
  return Findings;
}

DiagnosticList findUnserved(llvm::ArrayRef<const Backend *> Outputs,
                            llvm::ArrayRef<match::ManagedCall> Calls) {
  DiagnosticList Findings;
  auto Connects = [](const Backend *Each) { return Each->ConnectsCalls; };
  if (llvm::any_of(Outputs, Connects))
    return Findings;
  bool IsOne = Outputs.size() == 1;
  for (const match::ManagedCall &C : Calls) {
    Diagnostic &D = Findings.add(
        diagnose(DiagnosticID::UncallableMethod, C.Native->Decl.Where,
                 C.Managed->qualifiedName(),
                 (IsOne ? "the backend " : "the backends ") +
                     quoted(Outputs, " and ") + (IsOne ? " does" : " do") +
                     " not connect '" + C.Native->Decl.qualifiedName() +
                     "' to it; an output of the backend " +
                     quoted(backendsThat(Connects), " or ") + " does"));
    D.note(C.Managed->Where, "declared here");
  }
  return Findings;
}

} // namespace ilbridge::emit
