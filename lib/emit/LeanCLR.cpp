//===- LeanCLR.cpp - The `leanclr` backend --------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The plan determines which methods are registered and under which names, and
// reports problems of these. LeanCLRFile.cpp prints a file.
//
//===----------------------------------------------------------------------===//

#include "FileParts.h"
#include "LeanCLRFile.h"
#include "Names.h"
#include "llvm/ADT/STLExtras.h"
#include <array>
#include <deque>

namespace ilbridge::emit {

using match::Binding;
using native::ExportKind;

namespace {

/// The names by which the runtime looks up each method.
class RegistrationNames {
public:
  RegistrationNames(const managed::Model &Model, bool IsShort);
  std::string operator()(const Binding &B) const;
  /// Returns true if no other method would be found under its name without
  /// parameters.
  bool isAlone(const managed::Method &M) const;

private:
  bool IsShort;
  llvm::StringMap<unsigned> Overloads; ///< number of methods by qualified name
};

class LeanCLRPlan final : public Plan {
public:
  LeanCLRPlan(const OutputRequest &Request, const BindingInputs &In);
  std::string print(size_t I) const override;

private:
  void addFile(const FilePart &Part, const RegistrationNames &Names,
               llvm::ArrayRef<match::ManagedCall> Calls);
  void checkNames(const RegistrationNames &Names);

  const OutputRequest Request;
  const native::Program &Program;
  llvm::ThreadPoolInterface *Threads;
  std::deque<LeanCLRFile> Texts; ///< of Files
};

} // namespace

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

RegistrationNames::RegistrationNames(const managed::Model &Model, bool IsShort)
    : IsShort(IsShort) {
  for (const std::vector<managed::Method> *List :
       {&Model.Imports, &Model.Methods})
    for (const managed::Method &M : *List)
      ++Overloads[M.qualifiedName()];
}

bool RegistrationNames::isAlone(const managed::Method &M) const {
  return !M.IsOverloaded && Overloads.lookup(M.qualifiedName()) == 1;
}

static bool hasTypeParameter(const managed::TypeSig &T) {
  return T.kind() == managed::TypeSig::TypeParameter ||
         T.kind() == managed::TypeSig::MethodParameter ||
         llvm::any_of(T.arguments(), [](const managed::TypeSig *A) {
           return hasTypeParameter(*A);
         });
}

/// The runtime looks up an instance of a generic method with its type
/// arguments, of which there may be any number, and then by its name only.
static bool isFoundByNameOnly(const managed::Method &M) {
  return llvm::any_of(M.Sig.Params, [](const managed::Parameter &P) {
    return hasTypeParameter(*P.Type);
  });
}

/// The runtime looks for "[Module]Type::Method(…)" first, and then for shorter
/// names. Internal calls and intrinsics never have a module.
std::string RegistrationNames::operator()(const Binding &B) const {
  const managed::Method &M = *B.Managed;
  std::string Name = M.qualifiedName();
  if (isAlone(M) && (IsShort || isFoundByNameOnly(M)))
    return Name;
  Name += M.parameterList();
  return B.Native->Kind == ExportKind::PInvoke ? "[" + M.Module + "]" + Name
                                               : Name;
}

/// If two methods have one name, debug builds of the runtime abort. Other
/// builds silently use the second method.
void LeanCLRPlan::checkNames(const RegistrationNames &Names) {
  std::array<llvm::StringMap<const Binding *>, native::ExportKindCount> Seen;
  auto Check = [&](const Binding &B, llvm::StringRef Name) {
    if (isFoundByNameOnly(*B.Managed) && !Names.isAlone(*B.Managed)) {
      Diagnostic &D =
          Findings.add(diagnose(DiagnosticID::GenericOverload, B.Managed->Where,
                                B.Managed->Where.Member, "LeanCLR"));
      D.note(B.Native->Decl.Where, "exported for it here");
      return;
    }
    auto [It, IsNew] =
        Seen[static_cast<size_t>(B.Native->Kind)].try_emplace(Name, &B);
    if (IsNew)
      return;
    const managed::Method &First = *It->second->Managed;
    auto Shown = [](const managed::Method &M) {
      return "[" + M.Assembly + "]" + M.Where.Member;
    };
    Diagnostic &D = Findings.add(diagnose(DiagnosticID::DuplicateRegistration,
                                          B.Managed->Where, Shown(First),
                                          Shown(*B.Managed), Name));
    D.note(First.Where, "the other one is declared here");
  };
  for (const LeanCLRFile &File : Texts)
    for (const Registration &R : File.Methods)
      Check(*R.B, R.Name);
}

//===----------------------------------------------------------------------===//
// The plan
//===----------------------------------------------------------------------===//

void LeanCLRPlan::addFile(const FilePart &Part, const RegistrationNames &Names,
                          llvm::ArrayRef<match::ManagedCall> Calls) {
  LeanCLRFile &File = Texts.emplace_back();
  if (Part.isInSource()) {
    File.Function = "ilbridge_register_" + Part.Suffix;
  } else {
    llvm::StringRef Name = Request.Options.text(OutputOptionID::Name);
    File.Function = Name.empty() ? "RegisterNativeMethods" : Name.str();
    for (const LeanCLRFile &Other : llvm::drop_end(Texts))
      File.Others.push_back(Other.Function);
    File.Seen.emplace(Program, Request);
  }
  MethodIdentifiers Identifiers(Part.Bindings);
  for (const Binding *B : Part.Bindings) {
    // findUnserved() reports the problem.
    if (B->Native->Kind == ExportKind::FunctionPointer)
      continue;
    if (!File.Seen ||
        (File.Seen->need(*B->Native,
                         ", or have the invokers written into that source") &&
         File.Seen->needClasses(*B)))
      File.Methods.push_back({B, Names(*B), Identifiers(*B)});
  }
  if (File.Seen) {
    for (const match::ManagedCall &C : Calls)
      if (File.Seen->need(*C.Native))
        File.Calls.push_back(C);
    Findings.append(File.Seen->takeFindings());
  }
  Files.push_back(Part.Where);
}

LeanCLRPlan::LeanCLRPlan(const OutputRequest &Request, const BindingInputs &In)
    : Request(Request), Program(In.Program), Threads(In.Threads) {
  RegistrationNames Names(In.Model,
                          Request.Options.flag(OutputOptionID::ShortNames));
  for (const FilePart &Part : fileParts(Request, In, "leanclr"))
    addFile(Part, Names, In.Calls);
  checkNames(Names);
}

std::string LeanCLRPlan::print(size_t I) const {
  std::string Text = printLeanCLRFile(Texts[I], Program.model(), Threads);
  return Texts[I].Seen ? Text : hiddenFromScan(Text);
}

static std::unique_ptr<Plan> planLeanCLR(const OutputRequest &Request,
                                         const BindingInputs &In) {
  return std::make_unique<LeanCLRPlan>(Request, In);
}

static constexpr OutputOptionID LeanCLROptions[] = {
    OutputOptionID::Name, OutputOptionID::Region, OutputOptionID::ShortNames,
    OutputOptionID::InSource};
static constexpr ExportKind LeanCLRKinds[] = {
    ExportKind::PInvoke, ExportKind::InternalCall, ExportKind::NewObj,
    ExportKind::Intrinsic, ExportKind::NewObjIntrinsic};

extern constexpr Backend LeanCLR = {
    .Name = "leanclr",
    .Summary = "invokers and registration for LeanCLR",
    .Runtime = "leanclr",
    .Options = LeanCLROptions,
    .Serves = LeanCLRKinds,
    .UnwrapsObjects = true,
    .FromBindings = planLeanCLR,
    .ConnectsCalls = true,
};

} // namespace ilbridge::emit
