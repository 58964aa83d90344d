//===- Cpp.cpp - The `cpp` backend ----------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Prints C++ declarations of the functions that C# imports and nothing exports,
// including their annotations. The declared types are those that the runtime
// passes, so the comparison reports no findings about them.
//
//===----------------------------------------------------------------------===//

#include "CppTypes.h"
#include "CxxType.h"
#include "Names.h"
#include "ilbridge/emit/Backend.h"
#include "ilbridge/managed/Lowering.h"
#include "ilbridge/match/ManagedCalls.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <set>

using llvm::StringRef;

namespace ilbridge::emit {

using managed::Method;

namespace {

/// A declaration, ready to be printed.
struct Skeleton {
  enum Form : uint8_t {
    Function,   ///< that C# imports
    EntryPoint, ///< a function that an ahead-of-time compiler exports for a
                ///< method
    Pointer,    ///< a variable for a method that native code calls
  };
  Form TheForm = Function;
  const Method *Of;
  std::string Annotation; ///< before the declaration
  std::string Convention; ///< "__attribute__((stdcall)) "
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
  /// Whether \p M can be declared; otherwise Problem states the reason.
  bool declares(const Method &M, CppTypes &Types, Skeleton &Out);
  std::vector<const managed::Callback *>
  wantedCalls(const DeclarationInputs &In) const;
  /// As above, for a method that native code calls.
  bool declares(const managed::Callback &C, CppTypes &Types, Skeleton &Out);
  void addCalls(const DeclarationInputs &In);
  bool add(const managed::Parameter &P, managed::Marshalling How, bool IsResult,
           const Method &M, CppTypes &Types, const Type *&Out);
  /// Returns the type of `this`: an object, or the address of a value.
  const Type *self(const Method &M, CppTypes &Named);

  const OutputRequest Request;
  /// The first runtime that has internal calls; null if there is none.
  const runtime::Runtime *Calls = nullptr;
  managed::TypeTable Selves;       ///< types of `this`
  TypeContext Lowered;             ///< owns the types with their C# names
  const runtime::Runtime *Runtime; ///< of P/Invokes
  std::optional<managed::Lowering> Lowers, LowersCalls;
  std::optional<CppTypes> Types;
  /// The first runtime that supports [UnmanagedCallersOnly]; null if there is
  /// none.
  const runtime::Runtime *Unmanaged = nullptr;
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
      Problem = "its entry point '" + Out.Name + "' is not a name in C++";
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
  // A runtime that marshals frees the characters from which it has created a
  // string.
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

//===----------------------------------------------------------------------===//
// Methods that native code calls
//===----------------------------------------------------------------------===//

/// Returns the callbacks without a declaration.
std::vector<const managed::Callback *>
CppPlan::wantedCalls(const DeclarationInputs &In) const {
  std::vector<const managed::Callback *> Wanted;
  const bool WantsAll = Request.Options.flag(OutputOptionID::All);
  auto IsDeclared = [&](const managed::Callback &C) {
    const Method &M = C.Target;
    return llvm::any_of(
               In.Known->Calls,
               [&](const match::ManagedCall &Each) {
                 return Each.Managed->qualifiedName() == M.qualifiedName() &&
                        Each.Managed->parameterList() == M.parameterList();
               }) ||
           (C.Unmanaged && !C.Unmanaged->EntryPoint.empty() &&
            llvm::any_of(In.Program.exports(), [&](const native::Export *E) {
              return E->functionName() == C.Unmanaged->EntryPoint;
            }));
  };
  for (const managed::Callback &C : In.Model.Callbacks)
    if (WantsAll || !IsDeclared(C))
      Wanted.push_back(&C);
  // A method with both attributes is declared by its entry point.
  llvm::stable_sort(Wanted, [](const auto *A, const auto *B) {
    auto HasName = [](const managed::Callback &C) {
      return C.Unmanaged && !C.Unmanaged->EntryPoint.empty();
    };
    return HasName(*A) > HasName(*B);
  });
  return Wanted;
}

bool CppPlan::declares(const managed::Callback &C, CppTypes &Named,
                       Skeleton &Out) {
  const Method &M = C.Target;
  Out.Of = &M;
  const bool IsUnmanaged = C.Unmanaged && Unmanaged;
  const runtime::Runtime &R = IsUnmanaged ? *Unmanaged : *Runtime;
  Problem =
      C.IsStatic ? match::whyUncallable(M, R) : "it is not a static method";
  if (!Problem.empty())
    return false;
  managed::Lowering Lowers(Lowered, R);
  managed::Lowered L = IsUnmanaged ? Lowers.entryPoint(C)
                                   : Lowers.managedCall(M, /*Self=*/nullptr);
  if (!L) {
    Problem = L.Problem;
    return false;
  }
  const Type *T = L.Ty;
  if (const auto *Pointer = llvm::dyn_cast<PointerType>(T))
    T = Pointer->pointee();
  const auto &F = llvm::cast<FunctionType>(*T);
  if (IsUnmanaged && !C.Unmanaged->EntryPoint.empty()) {
    Out.TheForm = Skeleton::EntryPoint;
    Out.Name = C.Unmanaged->EntryPoint;
    Out.Annotation = "extern \"C\"";
    if (!isIdentifier(Out.Name)) {
      Problem = "its entry point '" + Out.Name + "' is not a name in C++";
      return false;
    }
  } else {
    Out.TheForm = Skeleton::Pointer;
    Out.Name = cppIdentifier(M.Declaring->fullName() + "_" + M.Name);
    Out.Annotation = "ILBRIDGE_IMPORT(" +
                     literal(M.qualifiedName() + M.parameterList()) + ")";
  }
  if (F.convention() != CallingConvention::C) {
    Out.Convention = conventionAttribute(F.convention());
    if (Out.TheForm == Skeleton::EntryPoint)
      Out.Annotation += " " + StringRef(Out.Convention).rtrim().str();
  }
  Out.Result = Named.named(*F.result());
  if (!Out.Result) {
    Problem = "its result: " + Named.problem();
    return false;
  }
  LocalNames Locals({});
  for (const auto &[I, Param, P] : llvm::enumerate(F.params(), M.Sig.Params)) {
    const Type *Each = Named.named(*Param);
    if (!Each) {
      Problem = "parameter '" + P.Name + "': " + Named.problem();
      return false;
    }
    Out.Params.emplace_back(Each, Locals(P.Name, static_cast<unsigned>(I)));
  }
  return true;
}

void CppPlan::addCalls(const DeclarationInputs &In) {
  std::set<std::string> Names, Methods;
  CppTypes Tried(Calls);
  std::vector<const managed::Callback *> Possible;
  for (const managed::Callback *C : wantedCalls(In)) {
    std::string Method = C->Target.qualifiedName() + C->Target.parameterList();
    if (!Methods.insert(Method).second)
      continue;
    Skeleton S;
    bool IsPossible = declares(*C, Tried, S);
    if (IsPossible && !Names.insert(S.Name).second) {
      Problem = "another method has its name in C++, '" + S.Name + "'";
      IsPossible = false;
    }
    if (IsPossible)
      Possible.push_back(C);
    else
      Findings.add(diagnose(DiagnosticID::NotExpressible, C->Target.Where,
                            C->Target.qualifiedName(), "C++", Problem));
  }
  for (const managed::Callback *C : Possible)
    if (!declares(*C, *Types, All.emplace_back()))
      All.pop_back();
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
    // Two P/Invokes with the same entry point are one function.
    std::string Key = M->TheKind == Method::InternalCall
                          ? S.Name + M->parameterList()
                          : S.Name;
    if (Names.insert(std::move(Key)).second)
      Possible.push_back(M);
  }
  // Prints only the types that the declarations use.
  Types.emplace(Calls);
  for (const Method *M : Possible)
    if (!declares(*M, *Types, All.emplace_back()))
      All.pop_back();
  for (const runtime::Runtime *R : llvm::reverse(In.Runtimes))
    if (R->conversion(runtime::Crossing::ManagedCall) ==
            runtime::Conversion::Marshalled &&
        R->ruleValue(runtime::Rule::UnmanagedCallersOnly,
                     runtime::Platform::Other)
            .Holds)
      Unmanaged = R;
  addCalls(In);
  Files.push_back(
      {this->Request.File, Request.Options.text(OutputOptionID::Region).str()});
}

//===----------------------------------------------------------------------===//
// The text
//===----------------------------------------------------------------------===//

static std::string signature(const Skeleton &S, bool HasBody) {
  std::string Text = S.TheForm == Skeleton::Pointer
                         ? "(" + S.Convention + "*" + S.Name + ")("
                         : S.Name + "(";
  llvm::ListSeparator Comma;
  for (const auto &[T, Name] : S.Params)
    // An empty body uses no parameter.
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
    if (S.TheForm == Skeleton::Pointer) {
      P.emit(HasBodies ? "$signature$;\n" : "extern $signature$;\n",
             {{"signature", signature(S, /*HasBody=*/false)}});
      continue;
    }
    const bool HasBody = HasBodies && S.TheForm == Skeleton::Function;
    P.emit(!HasBody                         ? "$signature$;\n"
           : S.Result->kind() == Type::Void ? "$signature$ {}\n"
                                            : "$signature$ {\n"
                                              "  return {};\n"
                                              "}\n",
           {{"signature", signature(S, HasBody)}});
  }
  return P.take();
}

static llvm::Expected<std::unique_ptr<Plan>>
planCpp(const OutputRequest &Request, const DeclarationInputs &In) {
  return std::make_unique<CppPlan>(Request, In);
}

static constexpr OutputOptionID CppOptions[] = {
    OutputOptionID::Region, OutputOptionID::Bodies, OutputOptionID::All};

extern constexpr Backend Cpp = {
    .Name = "cpp",
    .Summary = "C++ declarations of what C# imports, and of the methods that "
               "native code calls",
    .Runtime = "",
    .Options = CppOptions,
    .Serves = {},
    .FromDeclarations = planCpp,
    .From = Backend::Side::Managed,
};

} // namespace ilbridge::emit
