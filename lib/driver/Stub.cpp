//===- Stub.cpp - A function for an import that has none ------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Stub.h"
#include "ilbridge/managed/Lowering.h"
#include "ilbridge/match/Binding.h"
#include "llvm/ADT/StringExtras.h"

namespace ilbridge::driver {

/// Returns the C++ spelling of a type before a name: "int ", "const char *".
/// Empty if there is none.
static std::string words(const Type *T) {
  if (!T)
    return "";
  if (T->kind() == Type::Void)
    return "void ";
  if (const auto *P = llvm::dyn_cast<PointerType>(T)) {
    if (P->pointee()->kind() == Type::Function)
      return "";
    std::string Pointee = match::cxxWord(P->pointee()).str();
    return (P->pointeeIsConst() ? "const " : "") +
           (Pointee.empty() ? "void" : Pointee) + " *";
  }
  llvm::StringRef Word = match::cxxWord(T);
  if (!Word.empty())
    return Word.str() + " ";
  // IntPtr is an integer whose C++ name is declared in a header.
  const auto *S = llvm::dyn_cast<ScalarType>(T);
  return S && S->width() == Width::Pointer ? "void *" : "";
}

std::optional<std::string> exportStub(const managed::Method &Import) {
  TypeContext Types;
  managed::Lowering Lowers(Types, *runtime::unchosen().front());
  auto Words = [&](const managed::Parameter &P, bool IsResult) {
    return words(Lowers
                     .lower(P, managed::Marshalling::PInvoke,
                            Import.Import.Chars, IsResult)
                     .Ty);
  };
  std::string Result = Words(Import.Sig.Result, /*IsResult=*/true);
  if (Result.empty() || !Import.Import.PreserveSig)
    return std::nullopt;
  std::string Params;
  llvm::ListSeparator Comma;
  for (const managed::Parameter &P : Import.Sig.Params) {
    std::string Param = Words(P, /*IsResult=*/false);
    if (Param.empty())
      return std::nullopt;
    Params += static_cast<llvm::StringRef>(Comma).str() + Param + P.Name;
  }
  std::string Body =
      Result == "void "
          ? "{}"
          : "{\n  return " +
                std::string(Result.ends_with("*") ? "nullptr" : "{}") + ";\n}";
  // The runtime frees the characters of a string.
  std::string Ownership =
      Result.ends_with("char *") || Result.ends_with("char16_t *")
          ? "ILBRIDGE_OWNED "
          : "";
  return "ILBRIDGE_EXPORT " + Ownership + Result + Import.Import.EntryPoint +
         "(" + Params + ") " + Body;
}

} // namespace ilbridge::driver
