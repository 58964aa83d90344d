//===- CppTypes.cpp - C# types as C++ declares them -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CppTypes.h"
#include "CxxType.h"
#include "ilbridge/managed/Layout.h"
#include "llvm/ADT/STLExtras.h"

using llvm::StringRef;

namespace ilbridge::emit {

std::string cppIdentifier(StringRef Name) {
  std::string Text = identifier(Name);
  return isIdentifier(Text) ? Text : Text + "_";
}

Declaration CppTypes::declaration(const Declaration &D) {
  StringRef Name = D.Path.back();
  Declaration Result;
  // The name is "Ns.Outer/Inner", or for an instance "Ns.G`1<System.Int32>".
  StringRef Plain = Name.take_until([](char C) { return C == '<'; });
  llvm::SmallVector<StringRef, 4> Parts;
  auto [Scope, Last] = Plain.rsplit('.');
  if (!Last.empty())
    Scope.split(Parts, '.', -1, /*KeepEmpty=*/false);
  for (StringRef Each : Parts)
    Result.Path.push_back(cppIdentifier(Each));
  Result.Path.push_back(
      cppIdentifier(Last.empty() ? Name : Name.drop_front(Scope.size() + 1)));
  while (!Names.insert(Result.qualifiedName()).second)
    Result.Path.back() += '_';
  return Result;
}

const Type *CppTypes::scalar(const ScalarType &S) {
  switch (S.scalarClass()) {
  case ScalarType::Bool: // BOOL has 4 bytes, and VARIANT_BOOL 2
    if (S.width() == Width::W8)
      return &S;
    return Types.make<ScalarType>(ScalarType::Integer, S.width(),
                                  Signedness::Signed);
  case ScalarType::Character:
    if (S.width() == Width::W8 || S.width() == Width::W16)
      return &S;
    return fails("the width of its characters depends on the system");
  case ScalarType::Float:
    if (S.width() == Width::W32 || S.width() == Width::W64)
      return &S;
    return fails("C++ has no '" + toString(S) + "' that needs no header");
  case ScalarType::Integer:
    // Native code receives an IntPtr as an address.
    if (S.width() == Width::Pointer && S.signedness() == Signedness::Signed)
      return Types.make<PointerType>(Types.make<VoidType>(), Qualifiers{},
                                     PointerType::Pointer);
    if (S.width() == Width::W128)
      return fails("not every compiler has 128-bit integers");
    return &S;
  }
  llvm_unreachable("not a class of scalars");
}

const Type *CppTypes::object(const OpaqueType &O) {
  if (!Objects)
    return fails("none of the runtimes has C++ types for objects");
  for (ObjectKind Kind : {O.Object, ObjectKind::Any})
    for (const runtime::HeapType &H : Objects->HeapTypes)
      if (H.Kind == Kind && Kind != ObjectKind::Other) {
        Declaration D;
        llvm::SmallVector<StringRef, 4> Parts;
        H.Name.split(Parts, "::");
        for (StringRef Part : Parts)
          D.Path.push_back(Part.str());
        return Types.make<OpaqueType>(std::move(D), O.Object);
      }
  return fails(Objects->Title + " has no C++ type for '" +
               O.Decl.qualifiedName() + "'");
}

const Type *CppTypes::function(const ilbridge::FunctionType &F) {
  const Type *Result = named(*F.result());
  std::vector<const Type *> Params;
  for (const Type *Param : F.params())
    if (const Type *P = Result ? named(*Param) : nullptr)
      Params.push_back(P);
    else
      return nullptr;
  if (!Result)
    return nullptr;
  return Types.make<ilbridge::FunctionType>(Result, std::move(Params),
                                            F.convention(), F.isVariadic());
}

const Type *CppTypes::enumeration(const EnumType &E) {
  const EnumType *&Named = EnumsByName[E.Decl.qualifiedName()];
  if (Named)
    return Named;
  const Type *Underlying = named(*E.Underlying);
  if (!Underlying)
    return nullptr;
  auto *Made = Types.make<EnumType>(declaration(E.Decl), Underlying);
  Made->IsFixed = Made->IsScoped = true;
  for (const Enumerator &Each : E.Enumerators)
    Made->Enumerators.push_back({cppIdentifier(Each.Name), Each.Value});
  Enums.push_back(Made);
  return Named = Made;
}

bool CppTypes::fill(RecordType &Made, const RecordType &R) {
  // A member cannot have the name of its type.
  StringRef Own = R.Decl.Path.back();
  Own = Own.substr(Own.find_last_of("./") + 1);
  Made.Pack = R.Pack;
  bool IsUnion = R.Fields.size() > 1;
  std::set<std::string> Taken;
  for (const Field &F : R.Fields) {
    Field Copy = F;
    IsUnion &= F.ExplicitOffset == 0u;
    Copy.ExplicitOffset.reset();
    Copy.Name = cppIdentifier(F.Name);
    while (!Taken.insert(Copy.Name).second || Copy.Name == Own)
      Copy.Name += '_';
    Copy.Ty = named(*F.Ty);
    if (!Copy.Ty)
      return false;
    Made.Fields.push_back(std::move(Copy));
  }
  if (IsUnion) {
    Made.TheTag = RecordType::Union;
    return !R.MinSize || fails("it has a size of its own");
  }
  return managed::haveSameLayout(Made, R) ||
         fails("C++ does not lay out its fields as its [StructLayout] says");
}

/// Returns an existing record with the same C# name that is identical in C++;
/// null if there is none.
const RecordType *CppTypes::sameAs(const RecordType &Made,
                                   StringRef Name) const {
  auto [Begin, End] = RecordsByName.equal_range(Name.str());
  auto IsSame = [](const Field &A, const Field &B) {
    return A.Name == B.Name && declare(*A.Ty) == declare(*B.Ty);
  };
  for (auto It = Begin; It != End; ++It)
    if (It->second->TheTag == Made.TheTag && It->second->Pack == Made.Pack &&
        llvm::equal(It->second->Fields, Made.Fields, IsSame))
      return It->second;
  return nullptr;
}

const Type *CppTypes::record(const RecordType &R) {
  auto *Made = Types.make<RecordType>(Declaration(), RecordType::Struct);
  Made->Decl.Path = {"(unfinished)"};
  Known[&R] = Made; // first, because a pointer may lead back to it
  Unfinished.insert(Made);
  bool IsFilled = fill(*Made, R);
  Unfinished.erase(Made);
  if (!IsFilled) {
    if (!StringRef(Problem).starts_with("'"))
      Problem = "'" + R.Decl.qualifiedName() + "': " + Problem;
    return nullptr;
  }
  std::string Name = R.Decl.qualifiedName();
  if (const RecordType *Same = sameAs(*Made, Name)) {
    Made->Decl = Same->Decl;
    return Same;
  }
  Made->Decl = declaration(R.Decl);
  RecordsByName.emplace(std::move(Name), Made);
  Records.push_back(Made);
  return Made;
}

const Type *CppTypes::named(const Type &T) {
  auto Found = Known.find(&T);
  if (Found != Known.end()) {
    if (Unfinished.count(Found->second))
      Forward.insert(Found->second);
    return Found->second;
  }
  switch (T.kind()) {
  case Type::Void:
    return &T;
  case Type::Scalar:
    return scalar(llvm::cast<ScalarType>(T));
  case Type::Opaque:
    return object(llvm::cast<OpaqueType>(T));
  case Type::Function:
    return function(llvm::cast<ilbridge::FunctionType>(T));
  case Type::Pointer: {
    const auto &P = llvm::cast<PointerType>(T);
    const Type *Pointee = named(*P.pointee());
    return Pointee ? Types.make<PointerType>(Pointee, P.pointeeQualifiers(),
                                             P.form())
                   : nullptr;
  }
  case Type::Array: {
    const auto &A = llvm::cast<ArrayType>(T);
    const Type *Element = named(*A.element());
    return Element ? Types.make<ArrayType>(Element, A.count()) : nullptr;
  }
  case Type::Enum:
    return Known[&T] = enumeration(llvm::cast<EnumType>(T));
  case Type::Record: {
    const Type *Made = record(llvm::cast<RecordType>(T));
    return Known[&T] = Made;
  }
  }
  llvm_unreachable("not a type");
}

//===----------------------------------------------------------------------===//
// The text
//===----------------------------------------------------------------------===//

/// Prints \p Body within the namespaces of \p D.
static void within(Printer &P, const Declaration &D,
                   llvm::function_ref<void(StringRef Name)> Body) {
  std::string Scope;
  for (const std::string &Each : llvm::ArrayRef(D.Path).drop_back())
    Scope += "namespace " + Each + " { ";
  if (Scope.empty())
    return Body(D.Path.back());
  P.emit("$scope$\n", {{"scope", StringRef(Scope).rtrim()}});
  Body(D.Path.back());
  P.emit("$ends$\n", {{"ends", std::string(D.Path.size() - 1, '}')}});
}

static void printEnum(Printer &P, const EnumType &E, StringRef Name) {
  const auto *S = llvm::cast<ScalarType>(E.Underlying);
  bool IsUnsigned = S->signedness() == Signedness::Unsigned;
  P.emit("enum class $name$ : $type$ {\n"
         "  $values$\n"
         "};\n",
         {{"name", Name},
          {"type", declare(*E.Underlying)},
          {"values", [&] {
             for (const Enumerator &Each : E.Enumerators) {
               std::string Value = std::to_string(Each.Value);
               if (IsUnsigned && Each.Value < 0)
                 Value =
                     std::to_string(static_cast<uint64_t>(Each.Value)) + "u";
               // The smallest number has no literal.
               if (Each.Value == INT64_MIN && !IsUnsigned)
                 Value = "INT64_MIN";
               P.emit("$name$ = $value$,\n",
                      {{"name", Each.Name}, {"value", Value}});
             }
           }}});
}

static void printRecord(Printer &P, const RecordType &R, StringRef Name) {
  if (R.Pack)
    P.emit("#pragma pack(push, $pack$)\n", {{"pack", std::to_string(R.Pack)}});
  P.emit("$tag$ $name$ {\n"
         "  $fields$\n"
         "};\n",
         {{"tag", R.TheTag == RecordType::Union ? "union" : "struct"},
          {"name", Name},
          {"fields", [&] {
             for (const Field &F : R.Fields)
               P.emit("$field$;\n", {{"field", declare(*F.Ty, F.Name)}});
           }}});
  if (R.Pack)
    P.emit("#pragma pack(pop)\n");
}

void CppTypes::print(Printer &P) const {
  for (const EnumType *E : Enums)
    within(P, E->Decl, [&](StringRef Name) { printEnum(P, *E, Name); });
  for (const RecordType *R : Records)
    if (Forward.count(R))
      within(P, R->Decl, [&](StringRef Name) {
        P.emit("$tag$ $name$;\n",
               {{"tag", R->TheTag == RecordType::Union ? "union" : "struct"},
                {"name", Name}});
      });
  for (const RecordType *R : Records) {
    P.emit("\n");
    within(P, R->Decl, [&](StringRef Name) { printRecord(P, *R, Name); });
  }
}

} // namespace ilbridge::emit
