//===- Callees.cpp - The methods that code refers to ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/hybridclr/Callees.h"
#include "ilbridge/ecma335/MethodBody.h"
#include "ilbridge/managed/DeclaringType.h"
#include "ilbridge/managed/Importer.h"
#include "llvm/ADT/STLExtras.h"

using namespace ilbridge::ecma335;
using ilbridge::managed::Assembly;
using ilbridge::managed::TypeDef;
using llvm::StringRef;

namespace ilbridge::hybridclr {

/// This is more than any class has. In invalid metadata, base classes can form
/// a cycle.
static constexpr unsigned MaxBases = 64;

ABIClassList typeArguments(SharedTypes &Types, Assembly &A,
                           llvm::ArrayRef<const ecma335::TypeSig *> Sigs,
                           const TypeArguments &Args, bool &AllFound) {
  llvm::SmallVector<ABIClass, 4> Classes;
  for (const ecma335::TypeSig *T : Sigs) {
    Classes.push_back(asTypeArgument(Types.classOf(A, *T, Args)));
    AllFound &= !Classes.back().isUnresolved();
  }
  return Types.list(Classes);
}

/// Returns the methods of a type sorted by name. Methods of the same name keep
/// their order.
std::vector<CalleeFinder::NamedMethod>
CalleeFinder::namedMethods(Assembly &A, RidRange<MethodDefRow> Methods) {
  std::vector<NamedMethod> Result;
  for (MethodDefRid M : Methods) {
    llvm::Expected<MethodDefRow> Row = A->row(M);
    llvm::Expected<StringRef> Name =
        Row ? A->string(Row->Name) : llvm::Expected<StringRef>(Row.takeError());
    if (Name)
      Result.push_back({*Name, M, Row->Signature});
    else
      llvm::consumeError(Name.takeError()); // it equals no other name
  }
  llvm::stable_sort(Result, [](const NamedMethod &L, const NamedMethod &R) {
    return L.Name < R.Name;
  });
  return Result;
}

std::optional<uint32_t> CalleeFinder::findMethod(Assembly &From,
                                                 const MemberRefRow &Row,
                                                 const TypeDef &D) {
  managed::AssemblySet &Set = Types.assemblies();
  managed::AssemblySet::Origin Origin = Set.origin(D);
  if (!Origin.Assembly)
    return std::nullopt;
  Assembly &A = *Origin.Assembly;
  llvm::Expected<StringRef> Name = From->string(Row.Name);
  llvm::Expected<MethodSig> Wanted =
      readMethodSig(From.metadata(), Row.Signature, Scratch);
  llvm::Expected<RidRange<MethodDefRow>> Methods = A->methods(Origin.Row);
  std::optional<uint32_t> Found;
  if (Name && Wanted && Methods) {
    auto Same = [&](const ecma335::TypeSig *L, const ecma335::TypeSig *R) {
      llvm::Expected<const managed::TypeSig *> Left = Set.type(From, *L);
      llvm::Expected<const managed::TypeSig *> Right = Set.type(A, *R);
      bool Result = Left && Right && *Left == *Right;
      // A type that cannot be read equals no other type.
      llvm::consumeError(Left.takeError());
      llvm::consumeError(Right.takeError());
      return Result;
    };
    auto [It, IsNew] = ByName.try_emplace(&D);
    if (IsNew)
      It->second = namedMethods(A, *Methods);
    auto SameName = std::equal_range(
        It->second.begin(), It->second.end(), NamedMethod{*Name, {}, {}},
        [](const NamedMethod &L, const NamedMethod &R) {
          return L.Name < R.Name;
        });
    for (const auto &[DefName, M, Signature] :
         llvm::make_range(SameName.first, SameName.second)) {
      llvm::Expected<MethodSig> Sig =
          readMethodSig(A.metadata(), Signature, Scratch);
      if (!Sig) {
        llvm::consumeError(Sig.takeError()); // it equals no other signature
        continue;
      }
      if (Sig->Params.size() != Wanted->Params.size() ||
          Sig->GenericParamCount != Wanted->GenericParamCount ||
          Sig->hasThis() != Wanted->hasThis() ||
          !Same(Wanted->ReturnType, Sig->ReturnType))
        continue;
      bool AllSame = true;
      for (auto [L, R] : llvm::zip_equal(Wanted->Params, Sig->Params))
        AllSame = AllSame && Same(L, R);
      if (AllSame) {
        Found = Numbers.number(A, M);
        break;
      }
    }
  }
  // The runtime does not find such a method either.
  llvm::consumeError(Name.takeError());
  llvm::consumeError(Wanted.takeError());
  llvm::consumeError(Methods.takeError());
  Scratch.Reset();
  return Found;
}

/// Returns true if a member without a MethodSpec can belong to a generic type:
/// the type that it names, or one of its base classes.
bool CalleeFinder::mayBeGeneric(Assembly &A, MemberRefRid R) {
  llvm::Expected<MemberRefRow> Row = A->row(R);
  if (!Row) {
    llvm::consumeError(Row.takeError()); // no runtime can call it
    return false;
  }
  if (Row->Class.is<TypeSpecRow>())
    return true;
  const TypeDef *Named =
      managed::declaringType(Types.assemblies(), A, Row->Class);
  auto [It, IsNew] = HasGenericBase.try_emplace(Named, false);
  if (!IsNew)
    return It->second;
  bool Result = false;
  const TypeDef *D = Named;
  for (unsigned Depth = 0; D && !Result && Depth != MaxBases; ++Depth) {
    BaseClass How;
    D = base(*D, How);
    Result = How.Instance;
  }
  return HasGenericBase[Named] = Result;
}

/// \returns null if \p D has no base class, or if that is not found.
const TypeDef *CalleeFinder::base(const TypeDef &D, BaseClass &How) {
  managed::AssemblySet::Origin Origin = Types.assemblies().origin(D);
  How.From = Origin.Assembly;
  if (!Origin.Assembly)
    return nullptr;
  Assembly &A = *Origin.Assembly;
  llvm::Expected<TypeDefRow> Row = A->row(Origin.Row);
  if (!Row) {
    // This does not happen, because definition() has read the row.
    llvm::consumeError(Row.takeError());
    return nullptr;
  }
  if (Row->Extends.is<TypeSpecRow>()) {
    llvm::Expected<TypeSpecRow> Spec = A->row(Row->Extends.as<TypeSpecRow>());
    llvm::Expected<const ecma335::TypeSig *> Sig =
        Spec ? readTypeSpec(A.metadata(), Spec->Signature, Allocator)
             : llvm::Expected<const ecma335::TypeSig *>(Spec.takeError());
    if (!Sig) {
      llvm::consumeError(Sig.takeError()); // no runtime loads such a class
      return nullptr;
    }
    How.Instance = llvm::dyn_cast<GenericInstSig>(*Sig);
  }
  if (!Row->Extends)
    return nullptr;
  return managed::declaringType(Types.assemblies(), A,
                                MemberRefParent(Row->Extends));
}

std::optional<Callee> CalleeFinder::findMember(Assembly &A, MemberRefRid R) {
  auto [It, IsNew] = ByMember.try_emplace({&A, R});
  if (!IsNew)
    return It->second;
  std::optional<Callee> Found = lookUpMember(A, R);
  // The search does not add other members, so the iterator is still valid.
  It->second = Found;
  return Found;
}

std::optional<Callee> CalleeFinder::lookUpMember(Assembly &A, MemberRefRid R) {
  llvm::Expected<MemberRefRow> Row = A->row(R);
  if (!Row) {
    llvm::consumeError(Row.takeError()); // no runtime can call it
    return std::nullopt;
  }
  llvm::Expected<llvm::ArrayRef<uint8_t>> Blob = A->blob(Row->Signature);
  if (!Blob) {
    llvm::consumeError(Blob.takeError()); // no runtime can call it
    return std::nullopt;
  }
  std::optional<SignatureKind> Kind = signatureKind(*Blob);
  if (!Kind || !isMethod(*Kind))
    return std::nullopt;

  Callee C;
  C.From = &A;
  if (Row->Class.is<TypeSpecRow>()) {
    llvm::Expected<TypeSpecRow> Spec = A->row(Row->Class.as<TypeSpecRow>());
    llvm::Expected<const ecma335::TypeSig *> Sig =
        Spec ? readTypeSpec(A.metadata(), Spec->Signature, Allocator)
             : llvm::Expected<const ecma335::TypeSig *>(Spec.takeError());
    if (!Sig) {
      llvm::consumeError(Sig.takeError()); // no runtime can call it
      return std::nullopt;
    }
    C.Class = llvm::dyn_cast<GenericInstSig>(*Sig);
  }
  const TypeDef *Declaring =
      managed::declaringType(Types.assemblies(), A, Row->Class);
  if (!Declaring)
    return std::nullopt;
  std::optional<uint32_t> Method;
  // A class also has the methods that it inherits.
  for (unsigned Depth = 0; Declaring && Depth != MaxBases; ++Depth) {
    if ((Method = findMethod(A, *Row, *Declaring)))
      break;
    Declaring = base(*Declaring, C.Bases.emplace_back());
  }
  if (!Method)
    return std::nullopt;
  C.Method = *Method;
  return C;
}

std::optional<Callee> CalleeFinder::find(Assembly &A, Token T) {
  if (T.is<MemberRefRow>())
    return findMember(A, T.as<MemberRefRow>());
  if (T.is<MethodDefRow>() && A->contains(T)) {
    Callee Result;
    Result.From = &A;
    Result.Method = Numbers.number(A, T.as<MethodDefRow>());
    return Result;
  }
  if (!T.is<MethodSpecRow>())
    return std::nullopt;
  llvm::Expected<MethodSpecRow> Row = A->row(T.as<MethodSpecRow>());
  if (!Row) {
    llvm::consumeError(Row.takeError()); // no runtime can call it
    return std::nullopt;
  }
  std::optional<Callee> Result;
  if (!Row->Method.is<MethodSpecRow>())
    Result = find(A, Token(Row->Method));
  llvm::Expected<llvm::ArrayRef<const ecma335::TypeSig *>> Args =
      readMethodSpec(A.metadata(), Row->Instantiation, Allocator);
  if (!Args) {
    Findings.add(managed::malformed({A.path(), {}, {}}, Args.takeError()));
    return std::nullopt;
  }
  if (Result)
    Result->MethodArgs = *Args;
  return Result;
}

std::optional<MethodInstance>
CalleeFinder::instance(const Callee &C, const TypeArguments &Args) {
  MethodNumbers::MethodRow P = Numbers.locate(C.Method);
  Assembly &A = *P.Assembly;
  MethodInstance I{C.Method};
  bool AllFound = true;
  I.ClassArgs =
      C.Class ? typeArguments(Types, *C.From, C.Class->args(), Args, AllFound)
              : Types.objects(A->genericParams(A->owner(P.Row)).size());
  for (const BaseClass &B : C.Bases)
    I.ClassArgs =
        B.Instance ? typeArguments(Types, *B.From, B.Instance->args(),
                                   {I.ClassArgs, ABIClassList::None}, AllFound)
                   : ABIClassList::None;
  I.MethodArgs = C.MethodArgs ? typeArguments(Types, *C.From, *C.MethodArgs,
                                              Args, AllFound)
                              : Types.objects(A->genericParams(P.Row).size());
  if (!AllFound)
    return std::nullopt;
  return I;
}

llvm::Expected<std::vector<Callee>> CalleeFinder::readBody(uint32_t Method) {
  MethodNumbers::MethodRow P = Numbers.locate(Method);
  Assembly &A = *P.Assembly;
  std::vector<Callee> Result;
  llvm::Expected<std::optional<MethodBody>> Body =
      readMethodBody(A.metadata(), P.Row);
  if (!Body)
    return Body.takeError();
  if (!*Body)
    return Result;
  InstructionReader Reader(A->file(), **Body);
  while (!Reader.atEnd()) {
    llvm::Expected<Instruction> I = Reader.next();
    if (!I)
      return I.takeError();
    if (I->Operand != OperandKind::Method &&
        I->Operand != OperandKind::AnyToken)
      continue;
    Token T = I->token();
    // All non-generic methods are already in the set.
    if (T.is<MethodDefRow>())
      continue;
    if (T.is<MemberRefRow>() && !mayBeGeneric(A, T.as<MemberRefRow>()))
      continue;
    if (std::optional<Callee> Found = find(A, T);
        Found && (Found->Class || Found->MethodArgs || !Found->Bases.empty()))
      Result.push_back(*Found);
  }
  return Result;
}

llvm::ArrayRef<Callee> CalleeFinder::inBody(uint32_t Method) {
  auto [It, IsNew] = InBody.try_emplace(Method);
  if (!IsNew)
    return It->second;
  llvm::Expected<std::vector<Callee>> Read = readBody(Method);
  if (!Read) {
    Findings.add(managed::malformed(
        {Numbers.locate(Method).Assembly->path(), {}, Numbers.name({Method})},
        Read.takeError()));
    return {};
  }
  // Reading a body reads no other one, so the iterator is still valid.
  It->second = std::move(*Read);
  return It->second;
}

void CalleeFinder::shrink() {
  InBody.shrink_and_clear();
  ByMember.shrink_and_clear();
  HasGenericBase.shrink_and_clear();
  ByName.shrink_and_clear();
  Allocator.Reset();
}

} // namespace ilbridge::hybridclr
