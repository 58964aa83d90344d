//===- RecordLowering.cpp - Lowers structs and classes --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TypeBounds.h"
#include "TypeLowering.h"
#include "ilbridge/versions/Clang.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecordLayout.h"

using namespace clang;

namespace ilbridge::native {

/// Returns the type of the value that a call passes for a transparent union;
/// null for any other record. A caller can pass each of its members, and all of
/// them have one representation (an extension of GCC).
const Type *TypeLowering::transparentUnion(const RecordDecl &D) {
  if (!D.hasAttr<TransparentUnionAttr>() || D.field_empty())
    return nullptr;
  auto Pointee = [](const FieldDecl *F) {
    return F->getType()->getPointeeType();
  };
  if (llvm::any_of(D.fields(), [&](const FieldDecl *F) {
        return !F->getType()->isPointerType();
      }))
    return lower(D.field_begin()->getType());
  bool AreConst = llvm::all_of(D.fields(), [&](const FieldDecl *F) {
    return Pointee(F).isConstQualified();
  });
  return lower(Ctx.getPointerType(AreConst ? Ctx.VoidTy.withConst()
                                           : QualType(Ctx.VoidTy)));
}

/// Whether a record is the FILE of the C library. Its fields have no meaning
/// for others (C17 7.21.1p2).
bool TypeLowering::isStream(const RecordDecl &D) {
  if (!Stream) {
    Stream = nullptr;
    for (const NamedDecl *Found :
         Ctx.getTranslationUnitDecl()->lookup(&Ctx.Idents.get("FILE")))
      if (const auto *T = dyn_cast<TypedefNameDecl>(Found);
          T && Depends.isOfSystem(T->getLocation(), T->getName()))
        if (const auto *R = T->getUnderlyingType()->getAsRecordDecl())
          Stream = R->getCanonicalDecl();
  }
  return D.getCanonicalDecl() == *Stream;
}

const Type *TypeLowering::lowerRecord(const RecordDecl &D) {
  const Decl *Key = D.getCanonicalDecl();
  if (const Type *Known = Declared.lookup(Key))
    return Known;
  if (!isComplete(U, D) || isStream(D)) {
    const Type *Result = opaque(versions::typeOf(Ctx, D));
    Declared[Key] = Result;
    return Result;
  }
  const RecordDecl &Definition = *D.getDefinition();
  if (const Type *Passed = transparentUnion(Definition)) {
    Declared[Key] = Passed;
    return Passed;
  }
  auto *R = Types.make<ilbridge::RecordType>(
      named(Definition), Definition.isUnion()   ? ilbridge::RecordType::Union
                         : Definition.isClass() ? ilbridge::RecordType::Class
                                                : ilbridge::RecordType::Struct);
  Declared[Key] = R; // before its fields: they may point back to it
  fill(*R, Definition);
  return R;
}

/// Whether the author declared a constructor, possibly as a template.
static bool hasConstructors(const CXXRecordDecl &D) {
  return llvm::any_of(D.decls(), [](const Decl *Member) {
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Member))
      return isa<CXXConstructorDecl>(Template->getTemplatedDecl());
    const auto *Constructor = dyn_cast<CXXConstructorDecl>(Member);
    return Constructor && Constructor->isUserProvided();
  });
}

/// Returns the pointer to the elements of a std::basic_string_view, or of a
/// std::span with dynamic extent; null if \p D is another class. \see
/// RecordType::Elements
const Type *TypeLowering::elements(const CXXRecordDecl &D) {
  const auto *Instance = dyn_cast<ClassTemplateSpecializationDecl>(&D);
  if (!Instance || !Instance->isInStdNamespace() || !Instance->getIdentifier())
    return nullptr;
  const TemplateArgumentList &Args = Instance->getTemplateArgs();
  bool IsText = Instance->getName() == "basic_string_view" && Args.size() == 2;
  bool IsSpan = Instance->getName() == "span" && Args.size() == 2 &&
                Args[1].getKind() == TemplateArgument::Integral &&
                Args[1].getAsIntegral().isAllOnes(); // std::dynamic_extent
  if (!(IsText || IsSpan) || Args[0].getKind() != TemplateArgument::Type)
    return nullptr;
  QualType Element = Args[0].getAsType();
  return lower(Ctx.getPointerType(IsText ? Element.withConst() : Element));
}

void TypeLowering::vary(ilbridge::RecordType &R, const RecordDecl &D) {
  Variation V = variation(D);
  addConstants(D, V);
  for (const Base &B : R.Bases)
    if (const Variation *OfBase = B.Record->variation())
      V.add(*OfBase);
  for (const Field &F : R.Fields)
    if (const Variation *OfField =
            findVariation(*F.Ty, [](const Variation &) { return false; }))
      V.add(*OfField);
  Types.vary(R, V);
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
        versions::typeOf(Ctx, D).isTriviallyCopyableType(Ctx) &&
        Class->canPassInRegisters();
    R.IsStandardLayout = Class->isStandardLayout();
    R.HasConstructors = hasConstructors(*Class);
    R.Elements = elements(*Class);
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
      Lowered.Written = Edits.ofField(*F, Lowered.Where.File);
    if (F->isBitField())
      Lowered.BitWidth = versions::bitWidth(*F, Ctx);
    // The alignas is on the field, or on the typedef of its type.
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
