//===- Cpp.cpp - The `cpp` backend ----------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// C++ declarations of the functions that C# imports and nothing exports, with
// the annotations that make them known. They are what arrives in the functions
// by the rules of the runtime, so the comparison finds nothing in them.
//
//===----------------------------------------------------------------------===//

#include "CppTypes.h"
#include "CxxType.h"
#include "Names.h"
#include "ilbridge/emit/Backend.h"
#include "ilbridge/managed/Lowering.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <set>

using llvm::StringRef;

namespace ilbridge::emit {

using managed::Method;

namespace {

/// A function, ready to be printed.
struct Skeleton {
  const Method *Of;
  std::string Annotation; ///< before the declaration
  std::string Name;
  const Type *Result = nullptr;
  std::vector<std::pair<const Type *, std::string>> Params;
};

class CppPlan final : public Plan {
public:
  CppPlan(const OutputRequest &Request, const DeclarationInputs &In);
  std::string print(size_t) const override;

private:
  std::vector<const Method *> wanted(const DeclarationInputs &In) const;
  /// Whether \p M has a declaration; if not, Problem says why.
  bool declares(const Method &M, CppTypes &Types, Skeleton &Out);
  bool add(const managed::Parameter &P, managed::Marshalling How, bool IsResult,
           const Method &M, CppTypes &Types, const Type *&Out);
  /// `this`: an object, or the address of a value.
  const Type *self(const Method &M, CppTypes &Named);

  const OutputRequest Request;
  /// The first of the runtimes that has internal calls; null: none has.
  const runtime::Runtime *Calls = nullptr;
  managed::TypeTable Selves;       ///< types of `this`
  TypeContext Lowered;             ///< owns the types as C# names them
  const runtime::Runtime *Runtime; ///< of P/Invokes
  std::optional<managed::Lowering> Lowers, LowersCalls;
  std::optional<CppTypes> Types;
  std::vector<Skeleton> All;
  std::string Problem;
};

} // namespace

static const runtime::Runtime *
withInternalCalls(llvm::ArrayRef<const runtime::Runtime *> Runtimes) {
  for (const runtime::Runtime *R : Runtimes)
    if (R->conversion(runtime::Crossing::InternalCall) !=
        runtime::Conversion::Absent)
      return R;
  return nullptr;
}

std::vector<const Method *> CppPlan::wanted(const DeclarationInputs &In) const {
  llvm::DenseSet<const Method *> Wanted(In.Known->Missing.begin(),
                                        In.Known->Missing.end());
  if (Request.Options.flag(OutputOptionID::All))
    for (const auto *List : {&In.Known->Bindings, &In.Known->Disagreeing})
      for (const match::Binding &B : *List)
        Wanted.insert(B.Managed);
  std::vector<const Method *> Result;
  for (const std::vector<Method> *List : {&In.Model.Imports, &In.Model.Methods})
    for (const Method &M : *List)
      if (Wanted.contains(&M) && M.TheKind != Method::Ordinary)
        Result.push_back(&M);
  return Result;
}

bool CppPlan::add(const managed::Parameter &P, managed::Marshalling How,
                  bool IsResult, const Method &M, CppTypes &Named,
                  const Type *&Out) {
  std::string What = IsResult ? "its result: " : "parameter '" + P.Name + "': ";
  managed::Lowering &L =
      M.TheKind == Method::InternalCall ? *LowersCalls : *Lowers;
  managed::Lowered Value = L.lower(P, How, M.Import.Chars, IsResult);
  if (!Value) {
    Problem = What + "'" + csharpName(*P.Type) + "' " + Value.Problem;
    return false;
  }
  Out = Named.named(*Value.Ty);
  if (!Out)
    Problem = What + Named.problem();
  return Out;
}

const Type *CppPlan::self(const Method &M, CppTypes &Named) {
  const Type *Self = nullptr;
  if (M.Declaring->isValueType()) {
    managed::Parameter This;
    This.Type = &Selves.derived(managed::TypeSig::ByRef,
                                Selves.definition(*M.Declaring));
    This.Name = "this";
    return add(This, managed::Marshalling::None, false, M, Named, Self)
               ? Self
               : nullptr;
  }
  Declaration D;
  D.Path = {M.Declaring->fullName()};
  Self = Named.named(*Lowered.make<PointerType>(
      Lowered.make<OpaqueType>(std::move(D), managed::objectKind(*M.Declaring)),
      Qualifiers{}, PointerType::Pointer));
  if (!Self)
    Problem = "'this': " + Named.problem();
  return Self;
}

bool CppPlan::declares(const Method &M, CppTypes &Named, Skeleton &Out) {
  Out.Of = &M;
  bool IsCall = M.TheKind == Method::InternalCall;
  managed::Marshalling How = managed::Marshalling::None;
  auto IsUnchanged = [&](runtime::Crossing C) {
    return Runtime->conversion(C) == runtime::Conversion::Unchanged;
  };
  std::string Full = M.qualifiedName();
  if (M.TheKind == Method::PInvoke) {
    if (!M.Import.PreserveSig) {
      Problem = "it has PreserveSig = false";
      return false;
    }
    if (!IsUnchanged(runtime::Crossing::PInvoke))
      How = Lowers->marshalling(M.Import.IsMarshallingDisabled);
    Out.Name = M.Import.EntryPoint;
    Out.Annotation = "extern \"C\" ILBRIDGE_EXPORT";
    if (!isIdentifier(Out.Name)) {
      Problem = "its entry point '" + Out.Name + "' is no name of C++";
      return false;
    }
  } else {
    Out.Name = cppIdentifier(M.Declaring->fullName() + "_" + M.Name);
    Out.Annotation =
        IsCall ? "ILBRIDGE_INTERNAL_CALL(" : "ILBRIDGE_FUNCTION_POINTER(";
    Out.Annotation +=
        literal(Full + (M.IsOverloaded ? M.parameterList() : "")) + ")";
    if (IsCall && !Calls) {
      Problem = "none of the runtimes has internal calls; choose one with "
                "--runtime";
      return false;
    }
    if (!IsCall && !IsUnchanged(runtime::Crossing::FunctionPointer))
      How = Lowers->marshalling(M.Import.IsMarshallingDisabled);
  }
  if (!add(M.Sig.Result, How, /*IsResult=*/true, M, Named, Out.Result))
    return false;
  // A runtime that marshals frees the characters that a string is made of.
  if (How == managed::Marshalling::PInvoke &&
      M.Sig.Result.Type->is(managed::Primitive::String))
    Out.Annotation += " ILBRIDGE_OWNED";
  LocalNames Locals({});
  if (M.Sig.HasThis) {
    const Type *Self = self(M, Named);
    if (!Self)
      return false;
    Out.Params.emplace_back(Self, Locals("self", 0));
  }
  for (const auto &[I, P] : llvm::enumerate(M.Sig.Params)) {
    const Type *T = nullptr;
    if (!add(P, How, /*IsResult=*/false, M, Named, T))
      return false;
    Out.Params.emplace_back(T, Locals(P.Name, I + 1));
  }
  return true;
}

CppPlan::CppPlan(const OutputRequest &Request, const DeclarationInputs &In)
    : Request(Request), Calls(withInternalCalls(In.Runtimes)),
      Runtime(In.Runtimes.front()) {
  Lowers.emplace(Lowered, *Runtime);
  LowersCalls.emplace(Lowered, Calls ? *Calls : *Runtime);
  std::vector<const Method *> Possible;
  std::set<std::string> Names;
  CppTypes Tried(Calls);
  for (const Method *M : wanted(In)) {
    Skeleton S;
    if (!declares(*M, Tried, S)) {
      Findings.add(diagnose(DiagnosticID::NotExpressible, M->Where,
                            M->qualifiedName(), "C++", Problem));
      continue;
    }
    // Two P/Invokes of one entry point are one function.
    std::string Key = M->TheKind == Method::InternalCall
                          ? S.Name + M->parameterList()
                          : S.Name;
    if (Names.insert(std::move(Key)).second)
      Possible.push_back(M);
  }
  // Only the types of what is declared.
  Types.emplace(Calls);
  for (const Method *M : Possible)
    if (!declares(*M, *Types, All.emplace_back()))
      All.pop_back();
  Files.push_back(
      {this->Request.File, Request.Options.text(OutputOptionID::Region).str()});
}

//===----------------------------------------------------------------------===//
// The text
//===----------------------------------------------------------------------===//

static std::string signature(const Skeleton &S, bool HasBody) {
  std::string Text = S.Name + "(";
  llvm::ListSeparator Comma;
  for (const auto &[T, Name] : S.Params)
    // A body that does nothing uses no parameter.
    Text += static_cast<StringRef>(Comma).str() +
            (HasBody ? "[[maybe_unused]] " : "") + declare(*T, Name);
  return declare(*S.Result, Text + ")");
}

std::string CppPlan::print(size_t) const {
  bool HasBodies = Request.Options.flag(OutputOptionID::Bodies);
  Printer P;
  if (!Request.Options.has(OutputOptionID::Region)) {
    std::set<std::string> Assemblies;
    for (const Skeleton &S : All)
      Assemblies.insert(comment(S.Of->Assembly));
    P.emit("// Generated by ilbridge.\n"
           "//\n"
           "// C#: $assemblies$\n"
           "\n",
           {{"assemblies", llvm::join(Assemblies, ", ")}});
    if (!HasBodies)
      P.emit("#pragma once\n\n");
    P.emit("#include \"ilbridge/export.h\"\n"
           "#include <cstddef>\n"
           "#include <cstdint>\n"
           "\n");
  }
  Types->print(P);
  for (const Skeleton &S : All) {
    P.emit("\n// $method$\n"
           "$annotation$\n",
           {{"method", comment("[" + S.Of->Module + "]" +
                               S.Of->qualifiedName() + S.Of->parameterList())},
            {"annotation", S.Annotation}});
    P.emit(!HasBodies                       ? "$signature$;\n"
           : S.Result->kind() == Type::Void ? "$signature$ {}\n"
                                            : "$signature$ {\n"
                                              "  return {};\n"
                                              "}\n",
           {{"signature", signature(S, HasBodies)}});
  }
  return P.take();
}

static llvm::Expected<std::unique_ptr<Plan>>
planCpp(const OutputRequest &Request, const DeclarationInputs &In) {
  return std::make_unique<CppPlan>(Request, In);
}

static constexpr OutputOptionID Options[] = {
    OutputOptionID::Region, OutputOptionID::Bodies, OutputOptionID::All};

extern constexpr Backend Cpp = {
    .Name = "cpp",
    .Summary = "C++ declarations of the functions that C# imports",
    .Runtime = "",
    .Options = Options,
    .Serves = {},
    .FromDeclarations = planCpp,
    .From = Backend::Side::Managed,
};

} // namespace ilbridge::emit
