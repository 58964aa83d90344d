//===- ScalarTypes.cpp - Number types of C and C++ ------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ScalarTypes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/TypeLoc.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace ilbridge::native {

std::optional<ScalarType> scalarType(const BuiltinType &T) {
  using ST = ScalarType;
  constexpr auto Signed = Signedness::Signed;
  constexpr auto Unsigned = Signedness::Unsigned;
  constexpr auto Target = Signedness::Target;
  switch (T.getKind()) {
  case BuiltinType::Bool:
    return ScalarType(ST::Bool, Width::W8, Unsigned);
  case BuiltinType::Char_S:
  case BuiltinType::Char_U:
    return ScalarType(ST::Character, Width::W8, Target);
  case BuiltinType::SChar:
    return ScalarType(ST::Integer, Width::W8, Signed);
  case BuiltinType::UChar:
    return ScalarType(ST::Integer, Width::W8, Unsigned);
  case BuiltinType::WChar_S:
  case BuiltinType::WChar_U:
    return ScalarType(ST::Character, Width::WChar, Target);
  case BuiltinType::Char8:
    return ScalarType(ST::Character, Width::W8, Unsigned);
  case BuiltinType::Char16:
    return ScalarType(ST::Character, Width::W16, Unsigned);
  case BuiltinType::Char32:
    return ScalarType(ST::Character, Width::W32, Unsigned);
  case BuiltinType::Short:
    return ScalarType(ST::Integer, Width::Short, Signed);
  case BuiltinType::UShort:
    return ScalarType(ST::Integer, Width::Short, Unsigned);
  case BuiltinType::Int:
    return ScalarType(ST::Integer, Width::Int, Signed);
  case BuiltinType::UInt:
    return ScalarType(ST::Integer, Width::Int, Unsigned);
  case BuiltinType::Long:
    return ScalarType(ST::Integer, Width::Long, Signed);
  case BuiltinType::ULong:
    return ScalarType(ST::Integer, Width::Long, Unsigned);
  case BuiltinType::LongLong:
    return ScalarType(ST::Integer, Width::LongLong, Signed);
  case BuiltinType::ULongLong:
    return ScalarType(ST::Integer, Width::LongLong, Unsigned);
  case BuiltinType::Int128:
    return ScalarType(ST::Integer, Width::W128, Signed);
  case BuiltinType::UInt128:
    return ScalarType(ST::Integer, Width::W128, Unsigned);
  case BuiltinType::Half:
  case BuiltinType::Float16:
    return ScalarType(ST::Float, Width::W16, Signed);
  case BuiltinType::Float:
    return ScalarType(ST::Float, Width::W32, Signed);
  case BuiltinType::Double:
    return ScalarType(ST::Float, Width::W64, Signed);
  case BuiltinType::LongDouble:
    return ScalarType(ST::Float, Width::LongDouble, Signed);
  case BuiltinType::Float128:
    return ScalarType(ST::Float, Width::W128, Signed);
  default:
    return std::nullopt;
  }
}

/// Typedefs whose meaning is the same on every target, and predefined macros
/// for them: the width is fixed, independent of the underlying type, or it is a
/// width of its own. (C17 7.20; POSIX for ssize_t)
static std::optional<std::pair<Width, Signedness>>
wellKnownInteger(llvm::StringRef Name) {
  using Known = std::pair<Width, Signedness>;
  constexpr auto Signed = Signedness::Signed;
  constexpr auto Unsigned = Signedness::Unsigned;
  // The width follows "int" or "uint" in any spelling.
  auto [Width8, Sign] = [&]() -> std::pair<llvm::StringRef, Signedness> {
    llvm::StringRef Rest = Name;
    if (Rest.consume_front("__INT") || Rest.consume_front("__UINT"))
      return Rest.consume_back("_TYPE__")
                 ? std::pair(Rest, Name[2] == 'U' ? Unsigned : Signed)
                 : std::pair(llvm::StringRef(), Signed);
    if (Rest.size() > 3 &&
        (Rest.starts_with("__s") || Rest.starts_with("__u")) &&
        llvm::isDigit(Rest[3])) // types of Linux's own headers
      return {Rest.drop_front(3), Rest[2] == 'u' ? Unsigned : Signed};
    if (!Rest.consume_back("_t"))
      return {"", Signed};
    Rest.consume_front("__");
    bool IsUnsigned = Rest.consume_front("u_") || Rest.consume_front("u");
    if (!Rest.consume_front("int"))
      return {"", Signed};
    Rest.consume_front("_least");
    return {Rest, IsUnsigned ? Unsigned : Signed};
  }();
  auto OfInt = llvm::StringSwitch<std::optional<Width>>(Width8)
                   .Case("8", Width::W8)
                   .Case("16", Width::W16)
                   .Case("32", Width::W32)
                   .Cases("64", "max", "MAX", Width::W64)
                   .Cases("ptr", "PTR", Width::Pointer)
                   .Default(std::nullopt);
  if (OfInt)
    return Known{*OfInt, Sign};
  return llvm::StringSwitch<std::optional<Known>>(Name)
      .Cases("ptrdiff_t", "ssize_t", "__ssize_t", "__PTRDIFF_TYPE__",
             Known{Width::Size, Signed})
      .Cases("size_t", "__SIZE_TYPE__", Known{Width::Size, Unsigned})
      .Default(std::nullopt);
}

std::optional<ScalarType> wellKnownType(const TypedefNameDecl &D) {
  const ASTContext &Ctx = D.getASTContext();
  QualType T = D.getUnderlyingType();
  if (!T->isIntegerType() || !D.getIdentifier())
    return std::nullopt;
  const DeclContext *Scope = D.getDeclContext()->getRedeclContext();
  llvm::StringRef Name = D.getName();
  if (Scope->isTranslationUnit() || Scope->isStdNamespace()) {
    if (auto Found = wellKnownInteger(Name))
      return ScalarType(ScalarType::Integer, Found->first, Found->second);
    // These are typedefs in C (C17 7.19, 7.28) and keywords in C++.
    if (Name == "wchar_t")
      return ScalarType(ScalarType::Character, Width::WChar,
                        Signedness::Target);
    if (Name == "char16_t" || Name == "char32_t")
      return ScalarType(ScalarType::Character,
                        Name == "char16_t" ? Width::W16 : Width::W32,
                        Signedness::Unsigned);
  }
  // The typedef is declared with a predefined macro, such as __UINT64_TYPE__.
  const TypeSourceInfo *Written = D.getTypeSourceInfo();
  SourceLocation Loc =
      Written ? Written->getTypeLoc().getBeginLoc() : SourceLocation();
  if (Loc.isMacroID())
    if (auto Found = wellKnownInteger(Lexer::getImmediateMacroName(
            Loc, Ctx.getSourceManager(), Ctx.getLangOpts())))
      return ScalarType(ScalarType::Integer, Found->first, Found->second);
  return std::nullopt;
}

} // namespace ilbridge::native
