//===- CxxType.cpp - Types as C++ source ----------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CxxType.h"
#include "ilbridge/diagnostic/OneLine.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::emit {

std::string qualified(const Declaration &D) { return "::" + D.qualifiedName(); }

std::string conventionAttribute(CallingConvention CC) {
  return CC == CallingConvention::C
             ? ""
             : ("__attribute__((" + name(CC) + ")) ").str();
}

static std::string params(llvm::ArrayRef<const Type *> Types, bool Variadic) {
  std::string Text = "(";
  llvm::ListSeparator Comma;
  for (const Type *T : Types)
    Text += (llvm::StringRef(Comma) + declare(*T)).str();
  if (Variadic)
    Text += (llvm::StringRef(Comma) + "...").str();
  return Text + ")";
}

/// Returns the name of a class. The length of a std::span with dynamic extent
/// is omitted, because it is the default and its value differs between targets.
static std::string recordName(const RecordType &R) {
  std::string Name = qualified(R.Decl);
  size_t Length = Name.rfind(", ");
  bool IsSpan = R.Elements && llvm::StringRef(Name).contains("span<");
  return IsSpan && Length != std::string::npos ? Name.substr(0, Length) + ">"
                                               : Name;
}

/// Declarators of C are read from the inside out: \p Inner is the part around
/// the name so far.
static std::string declarator(const Type &T, std::string Inner) {
  auto Spaced = [&](llvm::StringRef Word) {
    return Inner.empty() ? Word.str() : (Word + " " + Inner).str();
  };
  switch (T.kind()) {
  case Type::Void:
    return Spaced("void");
  case Type::Scalar:
    return Spaced(toString(T));
  case Type::Enum:
    return Spaced(qualified(llvm::cast<EnumType>(T).Decl));
  case Type::Record:
    return Spaced(recordName(llvm::cast<RecordType>(T)));
  case Type::Opaque:
    return Spaced(qualified(llvm::cast<OpaqueType>(T).Decl));
  case Type::Array: {
    const auto &A = llvm::cast<ArrayType>(T);
    return declarator(*A.element(),
                      Inner + "[" + std::to_string(A.count()) + "]");
  }
  case Type::Function: {
    const auto &F = llvm::cast<FunctionType>(T);
    return declarator(*F.result(), Inner + params(F.params(), F.isVariadic()));
  }
  case Type::Pointer: {
    const auto &P = llvm::cast<PointerType>(T);
    static constexpr llvm::StringRef Stars[] = {"*", "&", "&&"};
    std::string Star = Stars[P.form()].str() + Inner;
    if (const auto *F = llvm::dyn_cast<FunctionType>(P.pointee()))
      return declarator(*F, "(" + conventionAttribute(F->convention()) + Star +
                                ")");
    if (llvm::isa<ArrayType>(P.pointee()))
      return declarator(*P.pointee(), "(" + Star + ")");
    std::string Text = declarator(*P.pointee(), Star);
    std::string Words;
    if (P.pointeeQualifiers().Const)
      Words += "const ";
    if (P.pointeeQualifiers().Volatile)
      Words += "volatile ";
    // Qualifiers apply to the type on their left. Those of a pointer must
    // follow the star.
    if (llvm::isa<PointerType>(P.pointee()))
      return declarator(*P.pointee(), Words + Star);
    return Words + Text;
  }
  }
  llvm_unreachable("not a type");
}

std::string declare(const Type &T, llvm::StringRef Name) {
  return declarator(T, Name.str());
}

std::string resultType(const native::DeclaredFunction &E) {
  std::string Result = declare(*E.Result.Ty);
  if (E.ResultWrapper.empty())
    return Result;
  bool IsVoid = llvm::isa<VoidType>(E.Result.Ty);
  return "::" + E.ResultWrapper + (IsVoid ? "" : "<" + Result + ">");
}

std::string functionPointer(const native::Export &E) {
  std::vector<const Type *> Types;
  for (const Value &Param : E.Params)
    Types.push_back(Param.Ty);
  std::string Pointer =
      "(" + conventionAttribute(E.Convention) + "*)" + params(Types, false);
  return E.ResultWrapper.empty() ? declarator(*E.Result.Ty, std::move(Pointer))
                                 : resultType(E) + " " + Pointer;
}

void printStaticAssert(Printer &P, const std::string &Condition,
                       const std::string &Message) {
  // The text of a static_assert is not evaluated, so it must not even contain
  // escapes for characters that cannot be printed (C++26, P2361).
  std::string Text = literal(oneLine(Message));
  size_t Length = strlen("static_assert(, );") + Condition.size() + Text.size();
  P.emit("static_assert($condition$,$break$$message$);\n",
         {{"condition", Condition},
          {"break", Length <= 80 ? " " : "\n              "},
          {"message", Text}});
}

//===----------------------------------------------------------------------===//
// Lexical matters
//===----------------------------------------------------------------------===//

std::string identifier(llvm::StringRef Text) {
  std::string Result;
  for (char C : Text)
    Result += llvm::isAlnum(C) ? C : '_';
  if (Result.empty() || llvm::isDigit(Result.front()))
    Result.insert(Result.begin(), '_');
  return Result;
}

bool isIdentifier(llvm::StringRef Text) {
  static const llvm::StringSet<> Keywords = {
#define KEYWORD(NAME) #NAME,
#include "Keywords.def"
  };
  return !Text.empty() && !llvm::isDigit(Text.front()) &&
         llvm::all_of(Text,
                      [](char C) { return llvm::isAlnum(C) || C == '_'; }) &&
         !Keywords.contains(Text);
}

llvm::StringRef shownFile(llvm::StringRef Path) {
  // In facts, "<gtk/gtk.h>" denotes a header that the scan found on the include
  // path.
  bool IsInclude = Path.consume_front("<") && Path.consume_back(">");
  return IsInclude || llvm::sys::path::is_absolute(Path)
             ? llvm::sys::path::filename(Path)
             : Path;
}

std::string comment(llvm::StringRef Text) {
  std::string Result = oneLine(Text);
  // Compilers that support trigraphs treat "??/" as a backslash.
  if (llvm::StringRef(Result).ends_with("\\") ||
      llvm::StringRef(Result).ends_with("?\?/"))
    Result += '.';
  return Result;
}

} // namespace ilbridge::emit
