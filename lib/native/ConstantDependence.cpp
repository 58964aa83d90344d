//===- ConstantDependence.cpp - Dependence of constants on targets --------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The bound of an array, the width of a bit-field and an alignment are numbers
// that Clang computed for the scanned target. They are other numbers on another
// target if the expression measures a type, as `char storage[sizeof(long)]`
// does, or contains a macro of the C library, such as BUFSIZ.
//
//===----------------------------------------------------------------------===//

#include "ScalarTypes.h"
#include "TypeLowering.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/TypeLoc.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Basic/Stack.h"
#include "clang/Lex/Lexer.h"
#include "llvm/Support/MathExtras.h"

using namespace clang;

namespace ilbridge::native {

/// Returns the predefined macro with the width of a scalar; empty if the width
/// is the same on all targets. 64-bit scalars have another alignment in structs
/// of 32-bit x86 only.
static llvm::StringRef macroOfWidth(Width W) {
  switch (W) {
  case Width::Long:
    return "__LONG_WIDTH__";
  case Width::Size:
  case Width::Pointer:
    return "__POINTER_WIDTH__";
  case Width::WChar:
    return "__WCHAR_WIDTH__";
  case Width::LongDouble:
    return "__SIZEOF_LONG_DOUBLE__";
  case Width::W64:
  case Width::LongLong:
    return "__i386__";
  default:
    return "";
  }
}

/// Returns a data model of each kind, with every width of `wchar_t` and `long
/// double`.
static llvm::ArrayRef<DataModel> dataModels() {
  static const std::vector<DataModel> All = [] {
    std::vector<DataModel> Models;
    for (auto [Pointer, Long] : {std::pair(64, 64), {64, 32}, {32, 32}})
      for (unsigned WChar : {16, 32})
        for (unsigned LongDouble : {64, 96, 128}) {
          DataModel &M = Models.emplace_back();
          M.Pointer = M.Size = Pointer;
          M.Long = Long;
          M.WChar = WChar;
          M.LongDouble = LongDouble;
        }
    return Models;
  }();
  return All;
}

/// Returns the size of a scalar or pointer in bytes; nullopt for other types.
static std::optional<int64_t> sizeOf(QualType T, const DataModel &M,
                                     const ASTContext &Ctx) {
  T = T.getUnqualifiedType();
  if (isa<clang::PointerType>(T))
    return M.Pointer / 8;
  auto Bytes = [&](std::optional<ScalarType> S) {
    return S ? std::optional<int64_t>(M.bits(S->width()) / 8) : std::nullopt;
  };
  if (const auto *B = dyn_cast<BuiltinType>(T))
    return Bytes(scalarType(*B));
  if (const auto *Typedef = dyn_cast<clang::TypedefType>(T))
    if (auto Known = Bytes(wellKnownType(*Typedef->getDecl())))
      return Known;
  QualType Inner = T.getSingleStepDesugaredType(Ctx);
  return Inner == T ? std::nullopt : sizeOf(Inner, M, Ctx);
}

namespace {

/// Evaluates the constant expressions with which headers compute sizes.
class Evaluator {
public:
  /// \p IsOfSystem states that a literal is written in the C library.
  Evaluator(const DataModel &Model, const ASTContext &Ctx,
            llvm::function_ref<bool(const IntegerLiteral &)> IsOfSystem)
      : Model(Model), Ctx(Ctx), IsOfSystem(IsOfSystem) {}

  /// Returns nullopt for expressions of other kinds, and for those with more
  /// than \p Depth levels.
  std::optional<int64_t> value(const Expr &Written, unsigned Depth = 64) const {
    if (!Depth--)
      return std::nullopt;
    const Expr &E = *Written.IgnoreParenCasts();
    if (const auto *L = dyn_cast<IntegerLiteral>(&E))
      return L->getValue().getActiveBits() < 64 && !IsOfSystem(*L)
                 ? std::optional<int64_t>(L->getValue().getZExtValue())
                 : std::nullopt;
    if (const auto *Trait = dyn_cast<UnaryExprOrTypeTraitExpr>(&E))
      return Trait->getKind() == UETT_SizeOf
                 ? sizeOf(Trait->getTypeOfArgument(), Model, Ctx)
                 : std::nullopt;
    if (const auto *C = dyn_cast<ConditionalOperator>(&E)) {
      std::optional<int64_t> Condition = value(*C->getCond(), Depth);
      if (!Condition)
        return std::nullopt;
      return value(*Condition ? *C->getTrueExpr() : *C->getFalseExpr(), Depth);
    }
    if (const auto *B = dyn_cast<BinaryOperator>(&E)) {
      std::optional<int64_t> L = value(*B->getLHS(), Depth);
      std::optional<int64_t> R = L ? value(*B->getRHS(), Depth) : std::nullopt;
      return R ? value(B->getOpcode(), *L, *R) : std::nullopt;
    }
    return std::nullopt;
  }

private:
  static std::optional<int64_t> value(BinaryOperatorKind Op, int64_t L,
                                      int64_t R) {
    int64_t Result = 0;
    switch (Op) {
    case BO_Add:
      return llvm::AddOverflow(L, R, Result) ? std::nullopt
                                             : std::optional(Result);
    case BO_Sub:
      return llvm::SubOverflow(L, R, Result) ? std::nullopt
                                             : std::optional(Result);
    case BO_Mul:
      return llvm::MulOverflow(L, R, Result) ? std::nullopt
                                             : std::optional(Result);
    case BO_Div:
      return R > 0 ? std::optional(L / R) : std::nullopt;
    case BO_Rem:
      return R > 0 ? std::optional(L % R) : std::nullopt;
    case BO_LT:
      return L < R;
    case BO_GT:
      return L > R;
    case BO_LE:
      return L <= R;
    case BO_GE:
      return L >= R;
    case BO_EQ:
      return L == R;
    case BO_NE:
      return L != R;
    default:
      return std::nullopt;
    }
  }

  const DataModel &Model;
  const ASTContext &Ctx;
  llvm::function_ref<bool(const IntegerLiteral &)> IsOfSystem;
};

} // namespace

static void addMacro(llvm::StringRef Name, Variation &V) {
  if (!Name.empty())
    V.add({"", false, {Name.str()}});
}

/// Adds what the size and the alignment of a type depend on.
void TypeLowering::addSize(QualType T, Variation &V) {
  T = T.getUnqualifiedType();
  if (const auto *Typedef = dyn_cast<clang::TypedefType>(T)) {
    const TypedefNameDecl &D = *Typedef->getDecl();
    if (std::optional<ScalarType> S = wellKnownType(D))
      return addMacro(macroOfWidth(S->width()), V);
    V.add(variation(D));
    addConstants(D, V);
    return addSize(D.getUnderlyingType(), V);
  }
  if (isa<clang::PointerType, ReferenceType, MemberPointerType>(T))
    return addMacro(macroOfWidth(Width::Pointer), V);
  if (const auto *A = dyn_cast<clang::ArrayType>(T))
    return addSize(A->getElementType(), V);
  if (const auto *B = dyn_cast<BuiltinType>(T)) {
    if (std::optional<ScalarType> S = scalarType(*B))
      addMacro(macroOfWidth(S->width()), V);
    return;
  }
  if (const auto *Tag = dyn_cast<TagType>(T)) {
    const TagDecl &D = *Tag->getDecl();
    auto [It, IsNew] = OfSize.try_emplace(D.getCanonicalDecl());
    if (!IsNew)
      return V.add(It->second);
    Variation Own = variation(static_cast<const TypeDecl &>(D));
    addConstants(D, Own);
    if (const auto *E = dyn_cast<EnumDecl>(&D))
      addSize(E->getIntegerType(), Own);
    if (const auto *C = dyn_cast<CXXRecordDecl>(&D); C && C->hasDefinition()) {
      for (const CXXBaseSpecifier &Base : C->bases())
        addSize(Base.getType(), Own);
      if (C->isDynamicClass())
        addMacro(macroOfWidth(Width::Pointer), Own);
    }
    if (const auto *R = dyn_cast<RecordDecl>(&D))
      for (const FieldDecl *F : R->fields())
        addSize(F->getType(), Own);
    OfSize[D.getCanonicalDecl()] = Own; // the map has grown
    return V.add(Own);
  }
  if (QualType Inner = T.getSingleStepDesugaredType(Ctx); Inner != T)
    addSize(Inner, V);
}

/// Whether a literal is in the definition of a macro of the C library.
bool TypeLowering::isOfSystem(const IntegerLiteral &L) {
  return L.getBeginLoc().isMacroID() &&
         Depends.isOfSystem(
             Ctx.getSourceManager().getSpellingLoc(L.getBeginLoc()), "");
}

/// Adds what the value of a constant expression depends on, except for
/// conditionals around the macros in its text (\see
/// TargetDependence::addMacros). An expression such as `sizeof(void *) <= 8 ?
/// 56 : 64` has the same value in every data model.
void TypeLowering::addValue(const Expr &E, Variation &V) {
  auto IsOfSystem = [&](const IntegerLiteral &L) { return isOfSystem(L); };
  auto In = [&](const DataModel &M) {
    return Evaluator(M, Ctx, IsOfSystem).value(E);
  };
  std::optional<int64_t> First = In(dataModels().front());
  if (!First || llvm::any_of(dataModels(), [&](const DataModel &M) {
        return In(M) != First;
      }))
    addOperands(E, V);
}

/// Returns the initializer of an enumerator, or of the earlier one from which
/// it counts; null: they count from zero.
const Expr *TypeLowering::initializerOf(const EnumConstantDecl &C) {
  auto [It, IsNew] = Initializers.try_emplace(&C);
  if (!IsNew)
    return It->second;
  const Expr *Last = nullptr;
  for (const EnumConstantDecl *Each :
       cast<EnumDecl>(C.getDeclContext())->enumerators()) {
    if (Each->getInitExpr())
      Last = Each->getInitExpr();
    Initializers[Each] = Last;
  }
  return Initializers.lookup(&C);
}

void TypeLowering::addOperands(const Expr &E, Variation &V) {
  // Sums, and enumerators that count from each other, have any length.
  clang::runWithSufficientStackSpace([] {}, [&] { addOperandsHere(E, V); });
}

void TypeLowering::addOperandsHere(const Expr &E, Variation &V) {
  if (const auto *Trait = dyn_cast<UnaryExprOrTypeTraitExpr>(&E)) {
    addSize(Trait->getTypeOfArgument(), V);
  } else if (const auto *Offset = dyn_cast<OffsetOfExpr>(&E)) {
    addSize(Offset->getTypeSourceInfo()->getType(), V);
  } else if (const auto *Named = dyn_cast<DeclRefExpr>(&E)) {
    const ValueDecl *D = Named->getDecl();
    const Expr *Initial = nullptr;
    if (const auto *C = dyn_cast<EnumConstantDecl>(D)) {
      Initial = initializerOf(*C);
    } else if (const auto *Variable = dyn_cast<VarDecl>(D)) {
      Initial = Variable->getInit();
    }
    if (Depends.isOfSystem(D->getLocation(), D->getName()))
      V.add({D->getNameAsString(), true});
    Depends.addAround(D->getLocation(), V);
    if (!Initial)
      return;
    auto [It, IsNew] = OfValue.try_emplace(Initial);
    if (!IsNew)
      return V.add(It->second);
    Variation Own;
    addValue(*Initial, Own);
    OfValue[Initial] = Own; // the map has grown
    return V.add(Own);
  } else if (const auto *L = dyn_cast<IntegerLiteral>(&E);
             L && isOfSystem(*L)) {
    V.add({Lexer::getImmediateMacroName(
               L->getBeginLoc(), Ctx.getSourceManager(), Ctx.getLangOpts())
               .str(),
           true});
  }
  for (const Stmt *Child : E.children())
    if (const auto *Inner = dyn_cast_or_null<Expr>(Child))
      addOperands(*Inner, V);
}

/// Adds what the bounds of an array depend on.
void TypeLowering::addBounds(const TypeSourceInfo *Written, Variation &V) {
  if (!Written)
    return;
  for (TypeLoc At = Written->getTypeLoc(); !At.isNull();) {
    if (auto Array = At.getAs<ArrayTypeLoc>()) {
      if (const Expr *Bound = Array.getSizeExpr())
        addValue(*Bound, V);
      At = Array.getElementLoc();
    } else if (At.getAs<PointerTypeLoc>() || At.getAs<FunctionTypeLoc>()) {
      return; // they have no size of their own
    } else {
      At = At.getNextTypeLoc();
    }
  }
}

void TypeLowering::addConstants(const TypeDecl &D, Variation &V) {
  auto AddAlignment = [&](const Decl &Of) {
    for (const auto *A : Of.specific_attrs<AlignedAttr>())
      if (A->isAlignmentExpr()) {
        if (const Expr *Value = A->getAlignmentExpr())
          addValue(*Value, V);
      } else if (const TypeSourceInfo *Type = A->getAlignmentType()) {
        addSize(Type->getType(), V);
      }
  };
  AddAlignment(D);
  if (const auto *Typedef = dyn_cast<TypedefNameDecl>(&D))
    addBounds(Typedef->getTypeSourceInfo(), V);
  if (const auto *R = dyn_cast<RecordDecl>(&D))
    for (const FieldDecl *F : R->fields()) {
      AddAlignment(*F);
      addBounds(F->getTypeSourceInfo(), V);
      if (const Expr *Bits = F->getBitWidth())
        addValue(*Bits, V);
    }
  // A type without a name has that of its typedef.
  if (V.Of.empty() && !V.empty()) {
    const auto *Tag = dyn_cast<TagDecl>(&D);
    const TypedefNameDecl *Other =
        Tag ? Tag->getTypedefNameForAnonDecl() : nullptr;
    V.Of = Other ? Other->getNameAsString() : D.getNameAsString();
  }
}

} // namespace ilbridge::native
