//===- Imports.cpp - Imports of untrusted assemblies ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For any metadata, the readable parts result in a model, and the others in
// findings. Native code can name any method or function pointer. Delegates are
// followed through method bodies, and members are looked up in C# by any debug
// information.
//
//===----------------------------------------------------------------------===//

#include "ModelCheck.h"
#include "Neighbours.h"
#include "Targets.h"
#include "ilbridge/managed/Delegates.h"
#include "ilbridge/managed/Importer.h"
#include "ilbridge/managed/SourceLocations.h"
#include "llvm/Support/raw_ostream.h"

using namespace ilbridge;
using namespace ilbridge::ecma335;

/// Returns the names of methods and fields, as annotations spell them, and
/// names that are in no assembly, or in another one.
static std::vector<managed::MethodName> names(managed::AssemblySet &Set,
                                              managed::Assembly &A) {
  constexpr size_t Most = 60;
  std::vector<managed::MethodName> Names;
  auto Add = [&](llvm::StringRef Text) {
    if (llvm::Expected<managed::MethodName> Name =
            managed::parseMethodName(Text))
      Names.push_back(std::move(*Name));
    else
      llvm::consumeError(Name.takeError());
  };
  auto AddRows = [&](const managed::TypeDef &D, auto Rows) {
    if (!Rows)
      return llvm::consumeError(Rows.takeError());
    for (auto R : *Rows) {
      auto Row = A->row(R);
      if (!Row) {
        llvm::consumeError(Row.takeError());
        continue;
      }
      if (llvm::Expected<llvm::StringRef> Name = A->string(Row->Name))
        Add(D.fullName() + "::" + Name->str());
      else
        llvm::consumeError(Name.takeError());
    }
  };
  for (TypeDefRid R : A->rows<TypeDefRow>()) {
    if (Names.size() > Most)
      break;
    llvm::Expected<managed::TypeDef *> D = Set.definition(A, R);
    if (!D) {
      llvm::consumeError(D.takeError());
      continue;
    }
    AddRows(**D, A->fields(R));
    AddRows(**D, A->methods(R));
  }
  if (Names.size() > Most)
    Names.resize(Most);
  Add("[Other] Other.Code::Same(T)");
  Add("Not.There::Method");
  return Names;
}

/// The full name of a method can be parsed, unless its text is no name: "a]b"
/// is a valid name of a module.
static void parseAgain(const managed::Method &M) {
  std::string Name;
  llvm::raw_string_ostream(Name) << '[' << M.Module << ']' << M;
  llvm::Expected<managed::MethodName> Parsed = managed::parseMethodName(Name);
  if (!Parsed)
    return llvm::consumeError(Parsed.takeError());
  (void)Parsed->names(M);
}

/// Follows delegates in method bodies to native code, which keeps those of the
/// first import.
static void follow(managed::AssemblySet &Set, managed::Assembly &A,
                   const managed::Model &M, DiagnosticList &Findings) {
  managed::DelegateRules Rules;
  Rules.Marking = llvm::cantFail(runtime::find("il2cpp"));
  if (!M.Imports.empty()) {
    std::string Name;
    llvm::raw_string_ostream(Name) << M.Imports.front();
    Rules.Keeping[Name] = Location{"fuzz.cpp", {1, 1}, {}};
  }
  managed::checkDelegates(Set, A, Rules, Findings);
}

/// Finds the members of the model in C#.
static void findSources(managed::AssemblySet &Set, managed::Assembly &A,
                        const managed::Model &M,
                        llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files) {
  managed::SourceLocations Sources(
      "/folder", {"/folder/sources", "/folder/sources/inner/Part.cs"},
      std::move(Files));
  for (const managed::Method &Each : M.Imports)
    (void)Sources.find(A, Set, Each.Where.Member);
  for (const managed::Callback &Each : M.Callbacks)
    (void)Sources.find(A, Set, Each.Target.Where.Member);
}

void fuzz::imports(llvm::StringRef Input) {
  auto Files = withNeighbours(Input);
  managed::Model M;
  managed::AssemblySet Set(M.Types, {}, /*FilesMayChange=*/false, Files);
  llvm::Expected<managed::Assembly *> A = Set.load(InputPath);
  if (!A)
    return llvm::consumeError(A.takeError());
  DiagnosticList Findings;
  managed::importAssembly(Set, **A, M, Findings);
  managed::importMethods(Set, names(Set, **A), M, Findings);
  managed::visitMethods(Set, **A, parseAgain, Findings);
  follow(Set, **A, M, Findings);
  findSources(Set, **A, M, Files);
  Findings.finish();
  checkModel(M);
}
