//===- RecordIdentity.cpp - One record that many sources show -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RecordIdentity.h"

namespace ilbridge::match {

/// A description is read by no one: it only has to differ where records do. So
/// everything of variable length has its length before it.
template <typename T> static void put(std::string &Out, T Number) {
  static_assert(std::is_integral_v<T> || std::is_enum_v<T> ||
                std::is_pointer_v<T>);
  Out.append(reinterpret_cast<const char *>(&Number), sizeof(Number));
}

static void put(std::string &Out, llvm::StringRef Text) {
  put(Out, Text.size());
  Out += Text;
}

template <typename T>
static void put(std::string &Out, const std::optional<T> &Number) {
  put(Out, Number.has_value());
  put(Out, Number.value_or(0));
}

static void put(std::string &Out, const Declaration &D) {
  put(Out, D.Path.size());
  for (const std::string &Scope : D.Path)
    put(Out, llvm::StringRef(Scope));
}

void RecordIdentity::describe(const Type &T, std::string &Out) {
  put(Out, T.kind());
  switch (T.kind()) {
  case Type::Void:
    return;
  case Type::Scalar: {
    const auto &S = llvm::cast<ScalarType>(T);
    put(Out, S.scalarClass());
    put(Out, S.width());
    put(Out, S.signedness());
    put(Out, S.isSystemDefined());
    return;
  }
  case Type::Pointer: {
    const auto &P = llvm::cast<PointerType>(T);
    put(Out, P.form());
    put(Out, P.pointeeQualifiers().Const);
    put(Out, P.pointeeQualifiers().Volatile);
    return describe(*P.pointee(), Out);
  }
  case Type::Function: {
    const auto &F = llvm::cast<FunctionType>(T);
    put(Out, F.convention());
    put(Out, F.statedConvention().has_value());
    put(Out, F.statedConvention().value_or(CallingConvention::C));
    put(Out, F.isVariadic());
    put(Out, F.params().size());
    for (const Type *Param : F.params())
      describe(*Param, Out);
    return describe(*F.result(), Out);
  }
  case Type::Enum: {
    const auto &E = llvm::cast<EnumType>(T);
    put(Out, E.Decl);
    put(Out, E.IsFixed);
    put(Out, E.IsScoped);
    put(Out, E.Enumerators.size());
    for (const Enumerator &Each : E.Enumerators) {
      put(Out, llvm::StringRef(Each.Name));
      put(Out, Each.Value);
    }
    return describe(*E.Underlying, Out);
  }
  case Type::Array:
    put(Out, llvm::cast<ArrayType>(T).count());
    return describe(*llvm::cast<ArrayType>(T).element(), Out);
  case Type::Record:
    return put(Out, &of(llvm::cast<RecordType>(T)));
  case Type::Opaque:
    return put(Out, llvm::cast<OpaqueType>(T).Decl);
  }
  llvm_unreachable("not a type");
}

void RecordIdentity::describe(const Field &F, std::string &Out) {
  put(Out, llvm::StringRef(F.Name));
  put(Out, F.BitWidth);
  put(Out, F.Offset);
  put(Out, F.ExplicitOffset);
  put(Out, F.Align);
  put(Out, F.IsPacked);
  put(Out, F.IsNoUniqueAddress);
  put(Out, F.IsPublic);
  describe(*F.Ty, Out);
}

void RecordIdentity::describe(const RecordType &R, std::string &Out) {
  put(Out, R.Decl);
  put(Out, R.TheTag);
  put(Out, R.Pack);
  put(Out, R.Align);
  put(Out, R.MinSize);
  for (bool Flag :
       {R.IsPacked, R.IsMsStruct, R.IsPolymorphic, R.IsTriviallyCopyable,
        R.IsStandardLayout, R.HasConstructors, R.IsSystemDefined})
    put(Out, Flag);
  put(Out, R.Layout.has_value());
  if (R.Layout) {
    put(Out, R.Layout->Size);
    put(Out, R.Layout->Align);
  }
  put(Out, R.Bases.size());
  for (const Base &B : R.Bases) {
    put(Out, &of(*B.Record));
    put(Out, B.IsVirtual);
    put(Out, B.Offset);
  }
  put(Out, R.Fields.size());
  for (const Field &F : R.Fields)
    describe(F, Out);
}

const RecordType &RecordIdentity::of(const RecordType &R) {
  auto [It, IsNew] = Known.try_emplace(&R, nullptr);
  if (!IsNew)
    return It->second ? *It->second : R;
  std::string Description;
  describe(R, Description);
  const RecordType *Same =
      ByDescription.try_emplace(Description, &R).first->second;
  Known[&R] = Same; // It may be invalid by now
  return *Same;
}

} // namespace ilbridge::match
