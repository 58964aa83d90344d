//===- TypeLowering.cpp - Lowers Clang's types ----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TypeLowering.h"
#include "Conventions.h"
#include "ScalarTypes.h"
#include "ilbridge/versions/Clang.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/Stack.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace ilbridge::native {

TypeLowering::TypeLowering(const ParsedUnit &U, Facts &F,
                           SourceLocations &Locations)
    : U(U), Ctx(U.Context), Types(F.Types), Locations(Locations),
      TheNames(U, Locations), Edits(U, Locations), Depends(U),
      AreInstalled(F.Unannotated.has_value()) {}

Value TypeLowering::value(llvm::StringRef Name, QualType T, SourceLocation Loc,
                          SourceRange Written) {
  std::string Spelling = TheNames.spelling(T);
  Variation V{Spelling}, OfConvention{Spelling};
  Depends.addMacros(Written, V);
  const Type *Ty = Types.varied(*lower(T), V);
  if (T->isFunctionPointerType()) {
    Depends.addConventionMacros(Written, OfConvention);
    Ty = Types.withConvention(*Ty, OfConvention);
  }
  return {Name.str(), Ty, std::move(Spelling), location(Loc)};
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

const Type *TypeLowering::opaque(QualType T) {
  if (const auto *Tag = T->getAsTagDecl())
    return Types.make<OpaqueType>(named(*Tag));
  Declaration D;
  D.Path.push_back(TheNames.spelling(T));
  return Types.make<OpaqueType>(std::move(D));
}

const Type *TypeLowering::lowerBuiltin(const BuiltinType &T) {
  if (T.getKind() == BuiltinType::Void)
    return Types.make<VoidType>();
  if (T.getKind() == BuiltinType::NullPtr)
    return Types.make<PointerType>(
        Types.make<VoidType>(), ilbridge::Qualifiers{}, PointerType::Pointer);
  if (std::optional<ScalarType> S = scalarType(T))
    return Types.make<ScalarType>(*S);
  return opaque(QualType(&T, 0));
}

const Type *TypeLowering::lowerTypedef(const TypedefNameDecl &D) {
  const Type *&Known = Declared[D.getCanonicalDecl()];
  if (Known)
    return Known;
  if (std::optional<ScalarType> S = wellKnownType(D))
    return Known = Types.make<ScalarType>(*S);
  QualType T = D.getUnderlyingType();
  const auto *Vector = dyn_cast<clang::VectorType>(T);
  const Type *Lowered = Vector ? lowerVector(*Vector, named(D)) : lower(T);
  Variation V = variation(D);
  addConstants(D, V);
  const auto *Scalar = dyn_cast<ScalarType>(Lowered);
  bool IsLong = Scalar && Scalar->width() == Width::Long;
  // A build can generate such headers from what it detects: GLib's gsize is a
  // long on one system, and a long long on another one.
  auto IsElsewhere = [&](SourceLocation Loc) {
    std::string File = location(Loc).File;
    return !Locations.isInMainFile(Loc) &&
           (llvm::sys::path::is_absolute(File) ||
            llvm::StringRef(File).starts_with("<"));
  };
  if (IsLong && (AreInstalled || IsElsewhere(D.getLocation())))
    V.add({D.getNameAsString(), false, {"__LONG_WIDTH__"}});
  // Users know the name time_t, but not __time_t.
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
  // The reference above is invalid, because the map has grown.
  return Declared[D.getCanonicalDecl()] = Lowered;
}

//===----------------------------------------------------------------------===//
// Dependence on the target
//===----------------------------------------------------------------------===//

/// Whether the type contains functions, whose macros do not affect its fields.
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
  // Types of C++ itself are the same on every system.
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

Variation TypeLowering::variation(const DeclaratorDecl &D) {
  Variation V{D.getQualifiedNameAsString()};
  Depends.addAround(D.getLocation(), V);
  const auto *Function = dyn_cast<FunctionDecl>(&D);
  if (!Function)
    Depends.addWithin({D.getBeginLoc(), D.getTypeSpecEndLoc()}, V);
  else if (FunctionTypeLoc Written = Function->getFunctionTypeLoc())
    Depends.addWithin({D.getBeginLoc(), Written.getRParenLoc()}, V);
  return V;
}

Variation TypeLowering::conventionVariation(const DeclaratorDecl &D) {
  Variation V{D.getQualifiedNameAsString()};
  Depends.addConventionMacros({D.getBeginLoc(), D.getLocation()}, V);
  return V;
}

/// Whether it is decltype(sizeof(0)), which is size_t without a header.
static bool isTypeOfSize(const clang::DecltypeType &T) {
  const auto *E =
      dyn_cast<UnaryExprOrTypeTraitExpr>(T.getUnderlyingExpr()->IgnoreParens());
  return E && (E->getKind() == UETT_SizeOf || E->getKind() == UETT_AlignOf);
}

static ilbridge::Qualifiers qualifiers(QualType T) {
  return {T.isConstQualified(), T.isVolatileQualified()};
}

const Type *TypeLowering::lower(QualType T) {
  // Typedefs of typedefs, and structs that point to structs, form chains of any
  // length.
  const Type *Result = nullptr;
  clang::runWithSufficientStackSpace([] {}, [&] { Result = lowerHere(T); });
  return Result;
}

const Type *TypeLowering::lowerHere(QualType T) {
  T = T.getUnqualifiedType();
  if (const auto *Typedef = dyn_cast<clang::TypedefType>(T))
    return lowerTypedef(*Typedef->getDecl());
  if (const auto *Decltype = dyn_cast<clang::DecltypeType>(T))
    if (isTypeOfSize(*Decltype))
      return Types.make<ScalarType>(ScalarType::Integer, Width::Size,
                                    Signedness::Unsigned);

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
  case clang::Type::Vector:
  case clang::Type::ExtVector: {
    Declaration Unnamed;
    Unnamed.Path.push_back(TheNames.spelling(T));
    return lowerVector(*cast<clang::VectorType>(T), std::move(Unnamed));
  }
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

/// Lowers a vector of the processor. In memory it has the same elements as an
/// array, but it has its own alignment and argument lowering. A vector of
/// 64-bit integers is an opaque type, because the intrinsics of x86 use it for
/// integers of every width: __m128i.
const Type *TypeLowering::lowerVector(const clang::VectorType &T,
                                      Declaration D) {
  const Type *Element = lower(T.getElementType());
  const auto *Number = dyn_cast<ScalarType>(Element);
  const uint64_t Bits = Ctx.getTypeSize(&T);
  const uint64_t OfElement = Ctx.getTypeSize(T.getElementType());
  bool IsNumber =
      Number && Number->scalarClass() != ScalarType::Bool &&
      (Number->scalarClass() == ScalarType::Float || OfElement < 64);
  // A vector of three elements has the size of four.
  if (!IsNumber || Bits != OfElement * T.getNumElements())
    return opaque(QualType(&T, 0));
  auto *R = Types.make<ilbridge::RecordType>(std::move(D),
                                             ilbridge::RecordType::Struct);
  R->IsVector = true;
  R->Layout = {Bits / 8, Ctx.getTypeAlign(&T) / 8};
  ilbridge::Field Elements;
  Elements.Ty = Types.make<ilbridge::ArrayType>(Element, T.getNumElements());
  Elements.Spelling = TheNames.spelling(T.getElementType()) + "[" +
                      std::to_string(T.getNumElements()) + "]";
  Elements.Offset = 0;
  R->Fields.push_back(std::move(Elements));
  return R;
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
    return opaque(versions::typeOf(Ctx, D));
  const EnumDecl &E = Definition ? *Definition : D;
  auto [It, IsNew] = Declared.try_emplace(E.getCanonicalDecl(), nullptr);
  if (!IsNew)
    return It->second;
  auto *Result =
      Types.make<ilbridge::EnumType>(named(E), lower(E.getIntegerType()));
  Declared[E.getCanonicalDecl()] = Result;
  Result->IsFixed = E.isFixed();
  Result->IsScoped = E.isScoped();
  Result->Written = Edits.underlying(E, Result->Decl.Where.File);
  for (const EnumConstantDecl *C : E.enumerators()) {
    const llvm::APSInt &Value = C->getInitVal();
    // A value of 2^63 or more is stored with the bits of a negative number.
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

} // namespace ilbridge::native
