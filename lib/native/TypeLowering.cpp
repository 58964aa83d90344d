//===- TypeLowering.cpp - Clang's types to ilbridge's ---------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TypeLowering.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecordLayout.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Sema/Sema.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace ilbridge::native {

TypeLowering::TypeLowering(const ParsedUnit &U, Facts &F, Places &ThePlaces)
    : U(U), Ctx(U.Context), SM(Ctx.getSourceManager()), Types(F.Types),
      ThePlaces(ThePlaces), Depends(U),
      AreInstalled(F.Unannotated.has_value()) {}

CallingConvention convention(CallingConv CC) {
  switch (CC) {
  case CC_C:
    return CallingConvention::C;
  case CC_X86StdCall:
    return CallingConvention::StdCall;
  case CC_X86ThisCall:
    return CallingConvention::ThisCall;
  case CC_X86FastCall:
    return CallingConvention::FastCall;
  case CC_X86VectorCall:
    return CallingConvention::VectorCall;
  case CC_Swift:
    return CallingConvention::Swift;
  default:
    return CallingConvention::Other;
  }
}

std::optional<CallingConvention> statedConvention(const AttributedType &T) {
  switch (T.getAttrKind()) {
  case attr::CDecl:
    return CallingConvention::C;
  case attr::StdCall:
    return CallingConvention::StdCall;
  case attr::ThisCall:
    return CallingConvention::ThisCall;
  case attr::FastCall:
    return CallingConvention::FastCall;
  case attr::VectorCall:
    return CallingConvention::VectorCall;
  case attr::SwiftCall:
    return CallingConvention::Swift;
  default:
    return std::nullopt;
  }
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

Declaration TypeLowering::named(const clang::NamedDecl &D) {
  Declaration Result;
  Result.Where = location(D.getLocation());
  // A header that only names a type does not show what it is.
  const auto *Tag = dyn_cast<TagDecl>(&D);
  const Decl *Definition = Tag ? Tag->getDefinition() : nullptr;
  for (const auto *Redecl : D.redecls())
    if (Definition && Redecl != Definition)
      continue;
    else if (Header H = ThePlaces.headerOf(Redecl->getLocation(),
                                           isa<FunctionDecl>(D))) {
      Result.DeclaredIn = std::move(H);
      break;
    }

  PrintingPolicy Policy = Sema::getPrintingPolicy(Ctx, U.PP);
  Policy.SuppressScope = true;
  Policy.AnonymousTagLocations = false;
  auto NameOf = [&](const clang::NamedDecl &N) -> std::string {
    if (!N.getDeclName()) {
      const auto *Tag = dyn_cast<TagDecl>(&N);
      const TypedefNameDecl *T =
          Tag ? Tag->getTypedefNameForAnonDecl() : nullptr;
      return T ? T->getNameAsString() : "";
    }
    std::string Text;
    llvm::raw_string_ostream OS(Text);
    if (isa<ClassTemplateSpecializationDecl>(N)) {
      PrintingPolicy Full = Sema::getPrintingPolicy(Ctx, U.PP);
      Full.PrintCanonicalTypes = true;
      N.getNameForDiagnostic(OS, Full, /*Qualified=*/false);
    } else {
      N.printName(OS, Policy);
    }
    return Text;
  };
  Result.Path.push_back(NameOf(D));
  for (const DeclContext *C = D.getDeclContext(); C; C = C->getParent())
    if (const auto *Scope = dyn_cast<clang::NamedDecl>(C)) {
      const auto *Namespace = dyn_cast<NamespaceDecl>(Scope);
      if (Namespace && Namespace->isInline())
        continue;
      Result.Path.push_back(NameOf(*Scope));
      Result.ClassScopes += C->isRecord();
    }
  std::reverse(Result.Path.begin(), Result.Path.end());
  return Result;
}

std::string TypeLowering::spelling(QualType T) {
  PrintingPolicy Policy = Sema::getPrintingPolicy(Ctx, U.PP);
  Policy.SuppressTagKeyword = Ctx.getLangOpts().CPlusPlus;
  Policy.AnonymousTagLocations = false; // paths of this machine
  return T.getAsString(Policy);
}

Value TypeLowering::value(llvm::StringRef Name, QualType T, SourceLocation Loc,
                          SourceRange Written) {
  Variation V{spelling(T)}, OfConvention{spelling(T)};
  Depends.addMacros(Written, V);
  const Type *Ty = Types.varied(*lower(T), V);
  if (T->isFunctionPointerType()) {
    Depends.addConventionMacros(Written, OfConvention);
    Ty = Types.withConvention(*Ty, OfConvention);
  }
  return {Name.str(), Ty, spelling(T), location(Loc)};
}

WrittenType TypeLowering::range(SourceLocation Begin, SourceLocation LastToken,
                                llvm::StringRef File) {
  SourceLocation End =
      Lexer::getLocForEndOfToken(LastToken, 0, SM, Ctx.getLangOpts());
  if (Begin.isInvalid() || Begin.isMacroID() || End.isInvalid() ||
      LastToken.isMacroID())
    return {};
  Location First = location(Begin), Last = location(End);
  if (First.File != File || Last.File != File)
    return {};
  return {First.Start, Last.Start};
}

WrittenType TypeLowering::written(QualType T, SourceRange Written,
                                  llvm::StringRef File) {
  // What is not one word after the other has parts elsewhere.
  if (!T->isArithmeticType() || T->isEnumeralType())
    return {};
  return range(Written.getBegin(), Written.getEnd(), File);
}

WrittenType TypeLowering::writtenType(const FieldDecl &F,
                                      llvm::StringRef File) {
  const TypeSourceInfo *Written = F.getTypeSourceInfo();
  if (!Written || F.isBitField())
    return {};
  return written(F.getType(),
                 Written->getTypeLoc().getUnqualifiedLoc().getSourceRange(),
                 File);
}

WrittenType TypeLowering::underlyingType(const EnumDecl &E,
                                         llvm::StringRef File) {
  auto Redecls = E.redecls();
  bool IsDeclaredOnce = std::next(Redecls.begin()) == Redecls.end();
  if (!IsDeclaredOnce || !E.getIdentifier())
    return {};
  if (const TypeSourceInfo *Written = E.getIntegerTypeSourceInfo())
    return written(E.getIntegerType(), Written->getTypeLoc().getSourceRange(),
                   File);
  WrittenType Name = range(E.getLocation(), E.getLocation(), File);
  return {Name.End, Name.End};
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

const Type *TypeLowering::scalar(ScalarType::Class C, Width W, Signedness S) {
  return Types.make<ScalarType>(C, W, S);
}

const Type *TypeLowering::opaque(QualType T) {
  if (const auto *Tag = T->getAsTagDecl())
    return Types.make<OpaqueType>(named(*Tag));
  Declaration D;
  D.Path.push_back(spelling(T));
  return Types.make<OpaqueType>(std::move(D));
}

const Type *TypeLowering::lowerBuiltin(const BuiltinType &T) {
  using ST = ScalarType;
  constexpr auto Signed = Signedness::Signed;
  constexpr auto Unsigned = Signedness::Unsigned;
  constexpr auto Target = Signedness::Target;
  switch (T.getKind()) {
  case BuiltinType::Void:
    return Types.make<VoidType>();
  case BuiltinType::Bool:
    return scalar(ST::Bool, Width::W8, Unsigned);
  case BuiltinType::Char_S:
  case BuiltinType::Char_U:
    return scalar(ST::Character, Width::W8, Target);
  case BuiltinType::SChar:
    return scalar(ST::Integer, Width::W8, Signed);
  case BuiltinType::UChar:
    return scalar(ST::Integer, Width::W8, Unsigned);
  case BuiltinType::WChar_S:
  case BuiltinType::WChar_U:
    return scalar(ST::Character, Width::WChar, Target);
  case BuiltinType::Char8:
    return scalar(ST::Character, Width::W8, Unsigned);
  case BuiltinType::Char16:
    return scalar(ST::Character, Width::W16, Unsigned);
  case BuiltinType::Char32:
    return scalar(ST::Character, Width::W32, Unsigned);
  case BuiltinType::Short:
    return scalar(ST::Integer, Width::Short, Signed);
  case BuiltinType::UShort:
    return scalar(ST::Integer, Width::Short, Unsigned);
  case BuiltinType::Int:
    return scalar(ST::Integer, Width::Int, Signed);
  case BuiltinType::UInt:
    return scalar(ST::Integer, Width::Int, Unsigned);
  case BuiltinType::Long:
    return scalar(ST::Integer, Width::Long, Signed);
  case BuiltinType::ULong:
    return scalar(ST::Integer, Width::Long, Unsigned);
  case BuiltinType::LongLong:
    return scalar(ST::Integer, Width::LongLong, Signed);
  case BuiltinType::ULongLong:
    return scalar(ST::Integer, Width::LongLong, Unsigned);
  case BuiltinType::Int128:
    return scalar(ST::Integer, Width::W128, Signed);
  case BuiltinType::UInt128:
    return scalar(ST::Integer, Width::W128, Unsigned);
  case BuiltinType::Half:
  case BuiltinType::Float16:
    return scalar(ST::Float, Width::W16, Signed);
  case BuiltinType::Float:
    return scalar(ST::Float, Width::W32, Signed);
  case BuiltinType::Double:
    return scalar(ST::Float, Width::W64, Signed);
  case BuiltinType::LongDouble:
    return scalar(ST::Float, Width::LongDouble, Signed);
  case BuiltinType::Float128:
    return scalar(ST::Float, Width::W128, Signed);
  case BuiltinType::NullPtr:
    return Types.make<PointerType>(
        Types.make<VoidType>(), ilbridge::Qualifiers{}, PointerType::Pointer);
  default:
    return opaque(QualType(&T, 0));
  }
}

/// Typedefs that C, C++ and C libraries give one meaning on every target, and
/// a compiler's own macros for the same: the width is fixed, whatever type a
/// target makes it of, or a width of its own. (C17 7.20; POSIX for ssize_t)
static std::optional<std::pair<Width, Signedness>>
wellKnownInteger(llvm::StringRef Name) {
  using Known = std::pair<Width, Signedness>;
  constexpr auto Signed = Signedness::Signed;
  constexpr auto Unsigned = Signedness::Unsigned;
  // Behind "int" and "uint" of any spelling, the width.
  auto [Width8, Sign] = [&]() -> std::pair<llvm::StringRef, Signedness> {
    llvm::StringRef Rest = Name;
    if (Rest.consume_front("__INT") || Rest.consume_front("__UINT"))
      return Rest.consume_back("_TYPE__")
                 ? std::pair(Rest, Name[2] == 'U' ? Unsigned : Signed)
                 : std::pair(llvm::StringRef(), Signed);
    if (Rest.size() > 3 &&
        (Rest.starts_with("__s") || Rest.starts_with("__u")) &&
        llvm::isDigit(Rest[3])) // of Linux's own headers
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

const Type *TypeLowering::lowerWellKnown(const TypedefNameDecl &D) {
  QualType T = D.getUnderlyingType();
  if (!T->isIntegerType() || !D.getIdentifier())
    return nullptr;
  const DeclContext *Scope = D.getDeclContext()->getRedeclContext();
  llvm::StringRef Name = D.getName();
  if (Scope->isTranslationUnit() || Scope->isStdNamespace()) {
    if (auto Found = wellKnownInteger(Name))
      return scalar(ScalarType::Integer, Found->first, Found->second);
    // These are typedefs in C (C17 7.19, 7.28) and keywords in C++.
    if (Name == "wchar_t")
      return scalar(ScalarType::Character, Width::WChar, Signedness::Target);
    if (Name == "char16_t" || Name == "char32_t")
      return scalar(ScalarType::Character,
                    Name == "char16_t" ? Width::W16 : Width::W32,
                    Signedness::Unsigned);
  }
  // Written with a macro of the compiler's, such as __UINT64_TYPE__.
  const TypeSourceInfo *Written = D.getTypeSourceInfo();
  SourceLocation Loc =
      Written ? Written->getTypeLoc().getBeginLoc() : SourceLocation();
  if (Loc.isMacroID())
    if (auto Found = wellKnownInteger(
            Lexer::getImmediateMacroName(Loc, SM, Ctx.getLangOpts())))
      return scalar(ScalarType::Integer, Found->first, Found->second);
  return nullptr;
}

const Type *TypeLowering::lowerTypedef(const TypedefNameDecl &D) {
  const Type *&Known = Declared[D.getCanonicalDecl()];
  if (Known || (Known = lowerWellKnown(D)))
    return Known;
  QualType T = D.getUnderlyingType();
  const Type *Lowered = lower(T);
  Variation V = variation(D);
  const auto *Scalar = dyn_cast<ScalarType>(Lowered);
  bool IsLong = Scalar && Scalar->width() == Width::Long;
  // Such headers can be made by a build, from what it has found: GLib's gsize
  // is a long on one system, and a long long on another one.
  auto IsElsewhere = [&](SourceLocation Loc) {
    std::string File = location(Loc).File;
    return !ThePlaces.isInMainFile(Loc) &&
           (llvm::sys::path::is_absolute(File) ||
            llvm::StringRef(File).starts_with("<"));
  };
  if (IsLong && (AreInstalled || IsElsewhere(D.getLocation())))
    V.add({D.getNameAsString(), false, {"__LONG_WIDTH__"}});
  // People know time_t, and not __time_t.
  if (const Variation *Inner = Lowered->variation();
      Inner && isReservedName(Inner->Of)) {
    V.add(*Inner);
    V.Of = D.getNameAsString();
  }
  Lowered = Types.varied(*Lowered, V);
  if (T->isFunctionPointerType() || T->isFunctionType()) {
    Variation OfConvention{D.getNameAsString()};
    Depends.addConventionMacros(D.getSourceRange(), OfConvention);
    Lowered = Types.withConvention(*Lowered, OfConvention);
  }
  // Not by the reference above: the map has grown.
  return Declared[D.getCanonicalDecl()] = Lowered;
}

//===----------------------------------------------------------------------===//
// Dependence on the target
//===----------------------------------------------------------------------===//

/// Whether somebody wrote functions into it, whose macros say nothing of its
/// fields.
static bool hasFunctions(const TypeDecl &D) {
  const auto *Class = dyn_cast<CXXRecordDecl>(&D);
  return Class && llvm::any_of(Class->decls(), [](const Decl *Member) {
           return !Member->isImplicit() &&
                  isa<FunctionDecl, FunctionTemplateDecl>(Member);
         });
}

Variation TypeLowering::variation(const TypeDecl &D) {
  Variation V;
  const DeclContext *Scope = D.getDeclContext()->getRedeclContext();
  llvm::StringRef Name = D.getIdentifier() ? D.getName() : "";
  // C++'s own types are the same everywhere.
  if (Scope->isTranslationUnit() && Depends.isOfSystem(D.getLocation(), Name)) {
    V.IsOfSystem = true;
  } else {
    Depends.addAround(D.getLocation(), V);
    Depends.addWithin(D.getSourceRange(), V);
    if (!hasFunctions(D))
      Depends.addMacros(D.getSourceRange(), V);
  }
  if (!V.empty()) {
    const auto *Tag = dyn_cast<TagDecl>(&D);
    const TypedefNameDecl *Other =
        Tag && Name.empty() ? Tag->getTypedefNameForAnonDecl() : nullptr;
    V.Of = Other ? Other->getNameAsString() : Name.str();
  }
  return V;
}

Variation TypeLowering::variation(const FunctionDecl &D) {
  Variation V{D.getQualifiedNameAsString()};
  Depends.addAround(D.getLocation(), V);
  if (FunctionTypeLoc Written = D.getFunctionTypeLoc())
    Depends.addWithin({D.getBeginLoc(), Written.getRParenLoc()}, V);
  return V;
}

Variation TypeLowering::conventionVariation(const FunctionDecl &D) {
  Variation V{D.getQualifiedNameAsString()};
  Depends.addConventionMacros({D.getBeginLoc(), D.getLocation()}, V);
  return V;
}

void TypeLowering::vary(ilbridge::RecordType &R, const RecordDecl &D) {
  Variation V = variation(D);
  for (const Base &B : R.Bases)
    if (const Variation *OfBase = B.Record->variation())
      V.add(*OfBase);
  for (const Field &F : R.Fields)
    if (const Variation *OfField =
            findVariation(*F.Ty, [](const Variation &) { return false; }))
      V.add(*OfField);
  Types.vary(R, V);
}

/// decltype(sizeof(0)), which is size_t without a header.
static bool isTypeOfSize(const clang::DecltypeType &T) {
  const auto *E =
      dyn_cast<UnaryExprOrTypeTraitExpr>(T.getUnderlyingExpr()->IgnoreParens());
  return E && (E->getKind() == UETT_SizeOf || E->getKind() == UETT_AlignOf);
}

static ilbridge::Qualifiers qualifiers(QualType T) {
  return {T.isConstQualified(), T.isVolatileQualified()};
}

const Type *TypeLowering::lower(QualType T) {
  T = T.getUnqualifiedType();
  if (const auto *Typedef = dyn_cast<clang::TypedefType>(T))
    return lowerTypedef(*Typedef->getDecl());
  if (const auto *Decltype = dyn_cast<clang::DecltypeType>(T))
    if (isTypeOfSize(*Decltype))
      return scalar(ScalarType::Integer, Width::Size, Signedness::Unsigned);

  switch (T->getTypeClass()) {
  case clang::Type::Builtin:
    return lowerBuiltin(*cast<BuiltinType>(T));
  case clang::Type::Pointer: {
    QualType Pointee = T->getPointeeType();
    return Types.make<PointerType>(lower(Pointee), qualifiers(Pointee),
                                   PointerType::Pointer);
  }
  case clang::Type::LValueReference:
  case clang::Type::RValueReference: {
    QualType Pointee = cast<ReferenceType>(T)->getPointeeTypeAsWritten();
    return Types.make<PointerType>(lower(Pointee), qualifiers(Pointee),
                                   T->isLValueReferenceType()
                                       ? PointerType::Reference
                                       : PointerType::RValueReference);
  }
  case clang::Type::FunctionProto:
  case clang::Type::FunctionNoProto:
    return lowerFunction(*cast<clang::FunctionType>(T));
  case clang::Type::Attributed:
    if (auto Stated = statedConvention(*cast<AttributedType>(T)))
      if (const auto *F = T->getAs<clang::FunctionType>())
        return lowerFunction(*F, Stated);
    break;
  case clang::Type::ConstantArray: {
    const auto *A = cast<ConstantArrayType>(T);
    return Types.make<ArrayType>(lower(A->getElementType()),
                                 A->getSize().getZExtValue());
  }
  case clang::Type::IncompleteArray: // a flexible array member
    return Types.make<ArrayType>(
        lower(cast<IncompleteArrayType>(T)->getElementType()), 0);
  case clang::Type::Record:
    return lowerRecord(*cast<clang::RecordType>(T)->getDecl());
  case clang::Type::Enum:
    return lowerEnum(*cast<clang::EnumType>(T)->getDecl());
  default:
    break;
  }
  QualType Desugared = T.getSingleStepDesugaredType(Ctx);
  return Desugared == T ? opaque(T) : lower(Desugared);
}

const Type *
TypeLowering::lowerFunction(const clang::FunctionType &T,
                            std::optional<CallingConvention> Stated) {
  std::vector<const Type *> Params;
  bool Variadic = false;
  if (const auto *Proto = dyn_cast<FunctionProtoType>(&T)) {
    for (QualType Param : Proto->param_types())
      Params.push_back(lower(Param));
    Variadic = Proto->isVariadic();
  }
  CallingConvention CC = convention(T.getCallConv());
  return Types.make<ilbridge::FunctionType>(lower(T.getReturnType()),
                                            std::move(Params), CC,
                                            Stated.value_or(CC), Variadic);
}

const Type *TypeLowering::lowerEnum(const EnumDecl &D) {
  const EnumDecl *Definition = D.getDefinition();
  if (!Definition && !D.isFixed())
    return opaque(Ctx.getEnumType(&D));
  const EnumDecl &E = Definition ? *Definition : D;
  auto [It, IsNew] = Declared.try_emplace(E.getCanonicalDecl(), nullptr);
  if (!IsNew)
    return It->second;
  auto *Result =
      Types.make<ilbridge::EnumType>(named(E), lower(E.getIntegerType()));
  Declared[E.getCanonicalDecl()] = Result;
  Result->IsFixed = E.isFixed();
  Result->IsScoped = E.isScoped();
  Result->Written = underlyingType(E, Result->Decl.Where.File);
  for (const EnumConstantDecl *C : E.enumerators()) {
    const llvm::APSInt &Value = C->getInitVal();
    // A value of 2^63 or more has the bits of a negative one.
    Result->Enumerators.push_back(
        {C->getNameAsString(),
         Value.isSigned() ? Value.getSExtValue()
                          : static_cast<int64_t>(Value.getZExtValue())});
  }
  Variation V = variation(E);
  if (const Variation *OfUnderlying = Result->Underlying->variation())
    V.add(*OfUnderlying);
  Types.vary(*Result, V);
  return Result;
}

bool TypeLowering::isComplete(const RecordDecl &D, QualType T) {
  if (D.isInvalidDecl())
    return false;
  // Instantiates a template that the declaration names but does not need.
  if (U.S)
    return U.S->isCompleteType(D.getLocation(), T);
  return D.getDefinition() && !T->isDependentType();
}

const Type *TypeLowering::lowerRecord(const RecordDecl &D) {
  const Decl *Key = D.getCanonicalDecl();
  if (const Type *Known = Declared.lookup(Key))
    return Known;
  QualType T = Ctx.getRecordType(&D);
  if (!isComplete(D, T)) {
    const Type *Result = opaque(T);
    Declared[Key] = Result;
    return Result;
  }
  const RecordDecl &Definition = *D.getDefinition();
  auto *R = Types.make<ilbridge::RecordType>(
      named(Definition), Definition.isUnion()   ? ilbridge::RecordType::Union
                         : Definition.isClass() ? ilbridge::RecordType::Class
                                                : ilbridge::RecordType::Struct);
  Declared[Key] = R; // before its fields: they may point back to it
  fill(*R, Definition);
  return R;
}

/// Whether its author provided a constructor, be it as a template.
static bool hasConstructors(const CXXRecordDecl &D) {
  return llvm::any_of(D.decls(), [](const Decl *Member) {
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Member))
      return isa<CXXConstructorDecl>(Template->getTemplatedDecl());
    const auto *Constructor = dyn_cast<CXXConstructorDecl>(Member);
    return Constructor && Constructor->isUserProvided();
  });
}

void TypeLowering::fill(ilbridge::RecordType &R, const RecordDecl &D) {
  const ASTRecordLayout &Layout = Ctx.getASTRecordLayout(&D);
  R.Layout = {static_cast<uint64_t>(Layout.getSize().getQuantity()),
              static_cast<uint64_t>(Layout.getAlignment().getQuantity())};
  if (const auto *A = D.getAttr<MaxFieldAlignmentAttr>())
    R.Pack = Ctx.toCharUnitsFromBits(A->getAlignment()).getQuantity();
  if (D.hasAttr<AlignedAttr>())
    R.Align = Ctx.toCharUnitsFromBits(D.getMaxAlignment()).getQuantity();
  R.IsPacked = D.hasAttr<PackedAttr>();
  R.IsMsStruct = D.isMsStruct(Ctx);

  if (const auto *Class = dyn_cast<CXXRecordDecl>(&D)) {
    R.IsPolymorphic = Class->isPolymorphic();
    R.IsTriviallyCopyable =
        Ctx.getRecordType(&D).isTriviallyCopyableType(Ctx) &&
        Class->canPassInRegisters();
    R.IsStandardLayout = Class->isStandardLayout();
    R.HasConstructors = hasConstructors(*Class);
    for (const CXXBaseSpecifier &B : Class->bases()) {
      const auto *BaseDecl = B.getType()->getAsCXXRecordDecl();
      const auto *Lowered =
          dyn_cast_or_null<ilbridge::RecordType>(lower(B.getType()));
      if (!Lowered)
        continue;
      CharUnits Offset = B.isVirtual() ? Layout.getVBaseClassOffset(BaseDecl)
                                       : Layout.getBaseClassOffset(BaseDecl);
      R.Bases.push_back({Lowered, B.isVirtual(),
                         static_cast<uint64_t>(Offset.getQuantity())});
    }
  }

  // `int X, Y;` writes one type for two fields.
  llvm::DenseMap<SourceLocation, unsigned> Sharers;
  for (const FieldDecl *F : D.fields())
    ++Sharers[F->getTypeSpecStartLoc()];

  for (const FieldDecl *F : D.fields()) {
    Field Lowered;
    static_cast<Value &>(Lowered) = value(
        F->getName(), F->getType(), F->getLocation(), F->getSourceRange());
    if (Sharers.lookup(F->getTypeSpecStartLoc()) == 1)
      Lowered.Written = writtenType(*F, Lowered.Where.File);
    if (F->isBitField())
      Lowered.BitWidth = F->getBitWidthValue(Ctx);
    // alignas on the field, or on the typedef that its type is written with.
    unsigned AlignBits = F->getMaxAlignment();
    TypeInfo Info = Ctx.getTypeInfo(F->getType());
    if (Info.AlignRequirement == AlignRequirementKind::RequiredByTypedef)
      AlignBits = std::max(AlignBits, Info.Align);
    Lowered.Align = Ctx.toCharUnitsFromBits(AlignBits).getQuantity();
    Lowered.IsPacked = F->hasAttr<PackedAttr>();
    Lowered.IsNoUniqueAddress = F->hasAttr<NoUniqueAddressAttr>();
    Lowered.IsPublic = F->getAccess() == AS_public || F->getAccess() == AS_none;
    Lowered.Offset = Layout.getFieldOffset(F->getFieldIndex());
    R.Fields.push_back(std::move(Lowered));
  }
  vary(R, D);
}

} // namespace ilbridge::native
