//===- Model.cpp - Declarations of the managed side -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/managed/Model.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::managed {

std::string Method::qualifiedName() const {
  std::string Result = Declaring->fullName() + "::" + Name;
  if (size_t Count = Sig.GenericParams.size())
    Result += "<" + std::string(Count - 1, ',') + ">";
  return Result;
}

std::string Method::lookupName(runtime::TypeSpelling Words) const {
  // Mono's name of a method does not contain the number of type parameters.
  return Words == runtime::TypeSpelling::Mono
             ? Declaring->fullName() + "::" + Name
             : qualifiedName();
}

bool Method::isOverloaded(runtime::TypeSpelling Words) const {
  return IsOverloaded ||
         (IsOverloadedByArity && Words == runtime::TypeSpelling::Mono);
}

static void printParameters(llvm::raw_ostream &OS, const Method &M,
                            runtime::TypeSpelling Words) {
  OS << '(';
  llvm::ListSeparator Comma(",");
  for (const Parameter &P : M.Sig.Params) {
    OS << Comma;
    bool IsMono = Words == runtime::TypeSpelling::Mono;
    print(
        OS, IsMono && P.Written ? *P.Written : *P.Type,
        {M.Declaring->GenericParams, M.Sig.GenericParams, std::nullopt, Words});
  }
  OS << ')';
}

std::string Method::parameterList(runtime::TypeSpelling Words) const {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  printParameters(OS, *this, Words);
  return Text;
}

llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const Method &M) {
  OS << M.qualifiedName();
  printParameters(OS, M, runtime::TypeSpelling::Reflection);
  return OS;
}

/// Replaces bytes that are not valid characters in the same way as a manifest,
/// so that a model that is read from a manifest has the same order.
static std::string characters(std::string Name) {
  return llvm::json::isUTF8(Name) ? Name : llvm::json::fixUTF8(Name);
}

/// Sorts by assembly and name. The name of each element is computed once.
template <typename T, typename Projection>
static void sortByName(std::vector<T> &List, Projection MethodOf) {
  using Key =
      std::tuple<llvm::StringRef, std::string, std::string, std::string>;
  std::vector<std::pair<Key, size_t>> Order;
  Order.reserve(List.size());
  for (const auto &[I, Each] : llvm::enumerate(List)) {
    const Method &M = MethodOf(Each);
    Order.push_back({{M.Assembly, characters(M.qualifiedName()),
                      characters(M.parameterList()),
                      characters(toString(*M.Sig.Result.Type))},
                     I});
  }
  llvm::sort(Order);
  std::vector<T> Sorted;
  Sorted.reserve(List.size());
  for (const auto &[Name, I] : Order)
    Sorted.push_back(std::move(List[I]));
  List = std::move(Sorted);
}

void Model::sort() {
  auto Itself = [](const Method &M) -> const Method & { return M; };
  llvm::sort(Assemblies);
  sortByName(Imports, Itself);
  sortByName(Methods, Itself);
  sortByName(Callbacks,
             [](const Callback &C) -> const Method & { return C.Target; });
}

//===----------------------------------------------------------------------===//
// Method names
//===----------------------------------------------------------------------===//

llvm::Expected<MethodName> parseMethodName(llvm::StringRef Text) {
  std::string Compact = Text.str();
  llvm::erase_if(Compact, [](char C) { return C == ' ' || C == '\t'; });
  llvm::StringRef Rest = Compact;
  MethodName Result;
  if (Rest.consume_front("[")) {
    auto [Module, After] = Rest.split(']');
    if (Module.size() == Rest.size())
      return llvm::createStringError("'[' has no ']'");
    Result.Module = Module.str();
    Rest = After;
  }
  size_t Colons = Rest.find("::");
  if (Colons == llvm::StringRef::npos)
    return llvm::createStringError("'::' is missing between type and method");
  Result.Type = Rest.take_front(Colons).str();
  Rest = Rest.drop_front(Colons + 2);
  size_t Paren = Rest.find('(');
  Result.Method = Rest.take_front(Paren).str();
  if (Paren != llvm::StringRef::npos) {
    if (!Rest.ends_with(")"))
      return llvm::createStringError("the parameter list has no ')'");
    Result.Parameters = Rest.drop_front(Paren).str();
  }
  if (Result.Type.empty())
    return llvm::createStringError("the type before '::' is missing");
  if (Result.Method.empty())
    return llvm::createStringError("the method after '::' is missing");
  return Result;
}

bool MethodName::names(const managed::Method &M) const {
  return (Module.empty() || Module == M.Module) &&
         M.qualifiedName() == qualifiedName() &&
         (!Parameters || *Parameters == M.parameterList());
}

} // namespace ilbridge::managed
