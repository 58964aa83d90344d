//===- RecordIdentity.cpp - Equal records of several sources --------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RecordIdentity.h"
#include "ilbridge/type/Properties.h"
#include "llvm/Support/thread.h"

namespace ilbridge::match {

/// A description is only compared with others, so every part of variable length
/// is preceded by its length.
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

static void put(std::string &Out, const std::string &Text) {
  put(Out, llvm::StringRef(Text));
}

static void put(std::string &Out, const std::optional<RecordLayout> &L) {
  put(Out, L.has_value());
  put(Out, L ? L->Size : 0);
  put(Out, L ? L->Align : 0);
}

static void put(std::string &Out, const Declaration &D) {
  put(Out, D.Path.size());
  for (const std::string &Scope : D.Path)
    put(Out, llvm::StringRef(Scope));
  // Findings show the file.
  put(Out, llvm::StringRef(D.Where.File));
  put(Out, D.Where.Start.Line);
  put(Out, D.Where.Start.Column);
}

static void put(std::string &Out, const Variation *V) {
  put(Out, V != nullptr);
  if (!V)
    return;
  put(Out, V->IsOfSystem);
  put(Out, V->Macros.size());
  for (const std::string &Macro : V->Macros)
    put(Out, llvm::StringRef(Macro));
}

void RecordIdentity::describe(const Type &T, std::string &Out) {
  put(Out, T.kind());
  put(Out, T.variation());
  switch (T.kind()) {
  case Type::Void:
    return;
  case Type::Scalar: {
    const auto &S = llvm::cast<ScalarType>(T);
    put(Out, S.scalarClass());
    put(Out, S.width());
    put(Out, S.signedness());
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
    put(Out, F.conventionVariation());
    put(Out, F.isVariadic());
    put(Out, F.params().size());
    for (const Type *Param : F.params())
      describe(*Param, Out);
    return describe(*F.result(), Out);
  }
  case Type::Enum: {
    const auto &E = llvm::cast<EnumType>(T);
    put(Out, E.Decl);
    return describeProperties(E, Out);
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

template <typename T>
void RecordIdentity::describeProperties(const T &Of, std::string &Out) {
  Properties<T>::each([&](auto Key, auto Member, auto...) {
    if constexpr (Key.IsIdentity)
      describeProperty(Of.*Member, Out);
    return true;
  });
}

template <typename T>
void RecordIdentity::describeProperty(const T &Value, std::string &Out) {
  if constexpr (std::is_same_v<T, const RecordType *>) {
    put(Out, &of(*Value));
  } else if constexpr (std::is_same_v<T, const Type *>) {
    put(Out, Value != nullptr);
    if (Value)
      describe(*Value, Out);
  } else {
    put(Out, Value);
  }
}

template <typename T>
void RecordIdentity::describeProperty(const std::vector<T> &Values,
                                      std::string &Out) {
  put(Out, Values.size());
  for (const T &Each : Values)
    describeProperties(Each, Out);
}

const RecordType &RecordIdentity::of(const RecordType &R) {
  auto [It, IsNew] = Known.try_emplace(&R, nullptr);
  if (!IsNew)
    return It->second ? *It->second : R;
  std::string Description;
  put(Description, R.Decl);
  put(Description, R.variation());
  // Records can point to each other in chains of any length.
  constexpr unsigned RecordsPerStack = 256, StackSize = 8 << 20;
  if (++Depth % RecordsPerStack == 0)
    llvm::thread(std::optional<unsigned>(StackSize), [&] {
      describeProperties(R, Description);
    }).join();
  else
    describeProperties(R, Description);
  --Depth;
  const RecordType *Same =
      ByDescription.try_emplace(Description, &R).first->second;
  Known[&R] = Same; // It may be invalid by now
  return *Same;
}

} // namespace ilbridge::match
