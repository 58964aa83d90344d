//===- TypeBounds.cpp - Limits of types -----------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TypeBounds.h"
#include "ilbridge/type/Limits.h"
#include "ilbridge/versions/Clang.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Sema/Sema.h"

using namespace clang;

namespace ilbridge::native {

/// The maximum number of template instances that are created only to inspect
/// one exported type.
static constexpr unsigned MaxInstances = 10'000;

bool isComplete(const ParsedUnit &U, const RecordDecl &D) {
  if (D.isInvalidDecl())
    return false;
  QualType T = versions::typeOf(U.Context, D);
  if (U.S) {
    // Instantiation can fail. That is not an error of the source, which does
    // not require the instance, so errors are suppressed.
    DiagnosticsEngine &Errors = U.S->getDiagnostics();
    bool WereSuppressed = Errors.getSuppressAllDiagnostics();
    Errors.setSuppressAllDiagnostics(true);
    bool Result = U.S->isCompleteType(D.getLocation(), T);
    Errors.setSuppressAllDiagnostics(WereSuppressed);
    const RecordDecl *Definition = D.getDefinition();
    return Result && !(Definition && Definition->isInvalidDecl());
  }
  return D.getDefinition() && !T->isDependentType();
}

/// Computes the value of \p Root from those of its parts with \p Combine,
/// without recursion: parts come first. \p Parts calls a function for each part
/// of a node. A node must not be a part of itself. If it is, in a source that
/// does not compile, the default value in \p Known is used.
template <typename Map, typename Node, typename ForParts, typename Of>
static typename Map::mapped_type &computed(Map &Known, Node Root,
                                           ForParts Parts, Of Combine) {
  std::vector<std::pair<Node, bool>> Work = {{Root, false}};
  while (!Work.empty()) {
    auto [N, HasParts] = Work.back();
    if (HasParts) {
      Work.pop_back();
      Known[N] = Combine(N);
    } else if (Known.try_emplace(N).second) {
      Work.back().second = true;
      Parts(N, [&](Node Part) {
        if (!Known.count(Part))
          Work.push_back({Part, false});
      });
    } else {
      Work.pop_back();
    }
  }
  return Known[Root];
}

//===----------------------------------------------------------------------===//
// As a type is written
//===----------------------------------------------------------------------===//

using ForType = llvm::function_ref<void(QualType)>;

static void forTypes(llvm::ArrayRef<TemplateArgument> Args, ForType Do) {
  for (const TemplateArgument &A : Args)
    if (A.getKind() == TemplateArgument::Type)
      Do(A.getAsType());
    else if (A.getKind() == TemplateArgument::Pack)
      forTypes(A.pack_elements(), Do);
}

/// Calls \p Do for the types from which a canonical type is derived, such as a
/// pointee.
static void forDerivedFrom(const clang::Type &T, ForType Do) {
  if (const auto *Array = dyn_cast<clang::ArrayType>(&T)) {
    Do(Array->getElementType());
  } else if (const auto *Function = dyn_cast<clang::FunctionType>(&T)) {
    Do(Function->getReturnType());
    if (const auto *Proto = dyn_cast<FunctionProtoType>(Function))
      for (QualType Param : Proto->param_types())
        Do(Param);
  } else if (QualType Pointee = T.getPointeeType(); !Pointee.isNull()) {
    Do(Pointee);
  }
}

/// Calls \p Do for the types in the name of a class and of its enclosing
/// classes.
static void forTypesInName(const TagDecl &D, ForType Do) {
  const DeclContext *Each = &D;
  for (; Each; Each = Each->getParent())
    if (const auto *I = dyn_cast<ClassTemplateSpecializationDecl>(Each))
      forTypes(I->getTemplateArgs().asArray(), Do);
}

static const clang::Type *canonical(QualType T) {
  return T.getCanonicalType().getTypePtr();
}

const TypeBounds::Size &TypeBounds::size(TypeRef Root) {
  auto Written = [](TypeRef T, auto Do) {
    auto Give = [&](QualType Part) { Do(canonical(Part)); };
    if (const TagDecl *Tag = T->getAsTagDecl())
      forTypesInName(*Tag, Give);
    else
      forDerivedFrom(*T, Give);
  };
  return computed(Sizes, Root, Written, [&](TypeRef T) {
    Size Result;
    bool IsDerived = !T->getAsTagDecl() && !isa<BuiltinType>(T);
    Written(T, [&](TypeRef Part) {
      const Size &Inner = Sizes[Part];
      Result.Parts = std::min(Result.Parts + Inner.Parts, MaxTypeParts + 1);
      if (IsDerived)
        Result.Depth = std::max(Result.Depth, Inner.Depth + 1);
    });
    return Result;
  });
}

/// Returns the limit that a type exceeds as it is written.
std::optional<std::string> TypeBounds::excess(TypeRef T) {
  const Size &S = size(T);
  if (S.Depth > MaxTypeDepth)
    return std::to_string(MaxTypeDepth) +
           " levels of pointers, arrays and functions";
  if (S.Parts > MaxTypeParts)
    return std::to_string(MaxTypeParts) + " types in it";
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// The types that a type leads to
//===----------------------------------------------------------------------===//

static void forBases(const RecordDecl &Definition, ForType Do) {
  if (const auto *Class = dyn_cast<CXXRecordDecl>(&Definition))
    for (const CXXBaseSpecifier &B : Class->bases())
      Do(B.getType());
}

/// Returns the nesting depth of records by value, including \p Root.
unsigned TypeBounds::levels(const RecordDecl &Root) {
  auto Within = [](const RecordDecl *D, auto Do) {
    auto Give = [&](QualType T) {
      const RecordDecl *Inner =
          T->getBaseElementTypeUnsafe()->getAsRecordDecl();
      if (Inner && (Inner = Inner->getDefinition()))
        Do(Inner);
    };
    forBases(*D, Give);
    for (const FieldDecl *F : D->fields())
      Give(F->getType());
  };
  return computed(Levels, &Root, Within, [&](const RecordDecl *D) {
    unsigned Most = 0;
    Within(D, [&](const RecordDecl *Inner) {
      Most = std::max(Most, Levels[Inner]);
    });
    return Most + 1;
  });
}

void TypeBounds::add(TypeRef T, Excess What) {
  mark(T, Found.emplace_back(std::move(What)));
}

/// Sets the exceeded limit of \p T and of all types that reach it.
void TypeBounds::mark(TypeRef T, const Excess &What) {
  std::vector<TypeRef> Work = {T};
  while (!Work.empty()) {
    Reached &Each = Known[Work.back()];
    Work.pop_back();
    if (Each.Has)
      continue;
    Each.Has = &What;
    Work.insert(Work.end(), Each.From.begin(), Each.From.end());
  }
}

void TypeBounds::lead(TypeRef From, QualType To) {
  TypeRef T = canonical(To);
  if (isa<BuiltinType>(T))
    return;
  auto [It, IsNew] = Known.try_emplace(T);
  It->second.From.push_back(From);
  if (IsNew)
    New.push_back(T);
  else if (It->second.Has)
    mark(From, *It->second.Has);
}

void TypeBounds::expand(TypeRef T, const RecordDecl &D) {
  if (std::optional<std::string> Limit = excess(T))
    return add(T, {std::move(*Limit), &D});
  bool WasDefined = D.getDefinition();
  if (!WasDefined && Instances > MaxInstances)
    return add(T, {std::to_string(MaxInstances) +
                       " instances of templates that only it leads to",
                   &D});
  if (!isComplete(U, D))
    return;
  Instances += !WasDefined;
  const RecordDecl &Definition = *D.getDefinition();
  if (levels(Definition) > MaxRecordDepth)
    return add(T, {std::to_string(MaxRecordDepth) + " levels of structs",
                   &Definition});
  for (const FieldDecl *F : Definition.fields())
    if (std::optional<std::string> Limit = excess(canonical(F->getType())))
      return add(T, {std::move(*Limit), F});
  auto Lead = [&](QualType To) { lead(T, To); };
  forBases(Definition, Lead);
  for (const FieldDecl *F : Definition.fields())
    Lead(F->getType());
}

void TypeBounds::expand(TypeRef T) {
  if (const auto *Record = dyn_cast<clang::RecordType>(T))
    return expand(T, *Record->getDecl());
  // For all other types, only the name is used.
  if (isa<clang::PointerType, ReferenceType, clang::ArrayType,
          clang::FunctionType>(T))
    forDerivedFrom(*T, [&](QualType To) { lead(T, To); });
}

const Excess *TypeBounds::find(QualType Written) {
  TypeRef T = canonical(Written);
  Instances = 0;
  if (Known.try_emplace(T).second) {
    if (std::optional<std::string> Limit = excess(T))
      add(T, {std::move(*Limit), nullptr});
    else
      New.push_back(T);
  }
  while (!New.empty()) {
    TypeRef Each = New.back();
    New.pop_back();
    expand(Each);
  }
  return Known[T].Has;
}

} // namespace ilbridge::native
