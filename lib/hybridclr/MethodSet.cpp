//===- MethodSet.cpp - Methods that are callable --------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/hybridclr/MethodSet.h"
#include "ilbridge/ecma335/MethodBody.h"
#include "ilbridge/managed/DeclaringType.h"
#include "ilbridge/managed/Importer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace ilbridge::ecma335;
using ilbridge::managed::Assembly;
using ilbridge::managed::TypeDef;
using llvm::StringRef;

namespace ilbridge::hybridclr {

/// This is more than any class has. In invalid metadata, base classes can form
/// a cycle.
static constexpr unsigned MaxBases = 64;

void MethodSet::malformed(Assembly &A, const llvm::Twine &Member,
                          llvm::Error E) {
  Findings.add(managed::malformed({A.path(), {}, Member.str()}, std::move(E)));
}

//===----------------------------------------------------------------------===//
// Methods by number
//===----------------------------------------------------------------------===//

uint32_t MethodSet::base(Assembly &A) {
  auto [It, IsNew] = FirstMethods.try_emplace(&A, MethodCount);
  if (IsNew) {
    Parts.push_back({&A, MethodCount});
    MethodCount += A->rowCount<MethodDefRow>();
  }
  return It->second;
}

MethodSet::Place MethodSet::place(uint32_t Method) const {
  auto Next = llvm::partition_point(
      Parts, [&](const AssemblyPart &P) { return P.FirstMethod <= Method; });
  const AssemblyPart &P = *std::prev(Next);
  return {P.Assembly, MethodDefRid(Method - P.FirstMethod + 1)};
}

std::string MethodSet::name(const MethodInstance &I) const {
  Place P = place(I.Method);
  Assembly &A = *P.Assembly;
  std::string Text = "(unreadable)";
  if (llvm::Expected<TypeDef *> D =
          Types.assemblies().definition(A, A->owner(P.Row)))
    Text = (*D)->fullName();
  else
    llvm::consumeError(D.takeError()); // the text says "(unreadable)"
  if (I.ClassArgs != ValueList::None)
    Text += "<" + Types.names(I.ClassArgs) + ">";
  Text += "::";
  if (llvm::Expected<MethodDefRow> Row = A->row(P.Row)) {
    if (llvm::Expected<StringRef> Name = A->string(Row->Name))
      Text += *Name;
    else
      llvm::consumeError(Name.takeError()); // the text is only for messages
  } else {
    llvm::consumeError(Row.takeError()); // the text is only for messages
  }
  if (I.MethodArgs != ValueList::None)
    Text += "<" + Types.names(I.MethodArgs) + ">";
  return Text;
}

bool MethodSet::isTooLong(ValueList Args) const {
  return llvm::any_of(Types.values(Args), [&](Value V) {
    return Types.fullNameLength(V) > MaxFullName;
  });
}

/// Returns true if the method has too many instances, or if the runtime cannot
/// hold the name of a type argument, so that no method can pass it.
bool MethodSet::isCut(const MethodInstance &I) {
  if (isTooLong(I.ClassArgs) || isTooLong(I.MethodArgs)) {
    if (!TooLong)
      TooLong = I;
    return true;
  }
  if (FollowedOf.size() <= I.Method)
    FollowedOf.resize(MethodCount);
  if (++FollowedOf[I.Method] <= LimitOfOne)
    return false;
  if (!TooMany)
    TooMany = I;
  return true;
}

void MethodSet::add(const MethodInstance &I) {
  Instances.push_back(I);
  if (KeepsOrigins)
    Origins.push_back(Current);
}

bool MethodSet::addInstance(const MethodInstance &I, bool MayHaveBody) {
  if (Instances.size() >= Limit ||
      !Known
           .insert({I.Method, static_cast<uint32_t>(I.ClassArgs),
                    static_cast<uint32_t>(I.MethodArgs)})
           .second)
    return false;
  if (IsFollowing && isCut(I))
    return false;
  add(I);
  if (MayHaveBody)
    Found.push_back(Instances.size() - 1);
  return true;
}

//===----------------------------------------------------------------------===//
// Assemblies and types
//===----------------------------------------------------------------------===//

void MethodSet::addReferences(Assembly &A) {
  for (AssemblyRefRid R : A->rows<AssemblyRefRow>()) {
    llvm::Expected<AssemblyRefRow> Row = A->row(R);
    llvm::Expected<StringRef> Name =
        Row ? A->string(Row->Name) : llvm::Expected<StringRef>(Row.takeError());
    if (!Name) {
      malformed(A, "", Name.takeError());
      continue;
    }
    std::string Why;
    Assembly *Referred = Types.assemblies().find(*Name, Why);
    // netstandard is a facade of forwarders for all platforms. Types are looked
    // up in it, but it has no code.
    if (Referred && *Name != "netstandard" &&
        !llvm::is_contained(Walked, Referred))
      Walked.push_back(Referred);
  }
  // If only a forwarder refers to an assembly, the users of the forwarder need
  // it.
  for (TypeRefRid R : A->rows<TypeRefRow>())
    if (auto Missing = Types.assemblies().missing(A, R))
      Findings.add(diagnose(DiagnosticID::UnresolvedAssembly,
                            Location{Missing->Referrer->path(), {}, {}},
                            Missing->Name, Missing->Referrer->name(),
                            Missing->Why));
}

void MethodSet::walkBase(Assembly &A, TypeDefRid R, ValueList Args) {
  llvm::Expected<TypeDefRow> Row = A->row(R);
  if (!Row)
    return llvm::consumeError(Row.takeError()); // walkDefinition() reports it
  if (!Row->Extends.is<TypeSpecRow>())
    return;
  llvm::Expected<TypeSpecRow> Spec = A->row(Row->Extends.as<TypeSpecRow>());
  if (!Spec)
    // No runtime loads such a class.
    return llvm::consumeError(Spec.takeError());
  llvm::Expected<const ecma335::TypeSig *> Sig =
      readTypeSpec(A.metadata(), Spec->Signature, Scratch);
  if (!Sig)
    return llvm::consumeError(Sig.takeError()); // walkAssembly() reports it
  if (const auto *G = llvm::dyn_cast<GenericInstSig>(*Sig))
    walkInstance(A, *G, {Args, ValueList::None});
}

void MethodSet::walkDefinition(Assembly &A, TypeDefRid R) {
  walkBase(A, R, ValueList::None);
  llvm::Expected<RidRange<MethodDefRow>> Methods = A->methods(R);
  if (!Methods)
    return malformed(A, "", Methods.takeError());
  ValueList ClassArgs = Types.objects(A->genericParams(R).size());
  const uint32_t First = base(A);
  for (MethodDefRid M : *Methods) {
    MethodInstance I{First + M.value() - 1, ClassArgs,
                     Types.objects(A->genericParams(M).size())};
    // The callees of a method that is not generic are found by another walk.
    if (I.isGeneric())
      addInstance(I, false);
    else if (Instances.size() < Limit)
      add(I);
  }
}

ValueList MethodSet::arguments(Assembly &A,
                               llvm::ArrayRef<const ecma335::TypeSig *> Sigs,
                               const TypeArguments &Args, bool &AllFound) {
  llvm::SmallVector<Value, 4> Values;
  for (const ecma335::TypeSig *T : Sigs) {
    Values.push_back(asTypeArgument(Types.value(A, *T, Args)));
    AllFound &= !Values.back().isUnresolved();
  }
  return Types.list(Values);
}

void MethodSet::walkInstance(Assembly &From, const GenericInstSig &G,
                             const TypeArguments &Args) {
  llvm::Expected<const managed::TypeSig *> T =
      Types.assemblies().type(From, G.type());
  if (!T)
    return malformed(From, "", T.takeError());
  if ((*T)->kind() != managed::TypeSig::Definition)
    return;
  bool AllFound = true;
  ValueList Values = arguments(From, G.args(), Args, AllFound);
  if (AllFound)
    walkInstance((*T)->definition(), Values,
                 /*IsBase=*/Args.OfType != ValueList::None);
  else if (Args.OfType == ValueList::None)
    reportMissing(From, Values);
}

/// Reports an instance that an assembly names if its type does not exist.
void MethodSet::reportMissing(Assembly &A, ValueList Args) {
  for (Value V : Types.values(Args))
    if (V.isUnresolved()) {
      const SharedTypes::Unresolved &U = Types.unresolved(V);
      Findings.add(diagnose(DiagnosticID::UnresolvedReference,
                            Location{A.path(), {}, {}}, U.Type, A.name(),
                            U.Problem));
    }
}

void MethodSet::walkInstance(const TypeDef &D, ValueList Args, bool IsBase) {
  if (KnownTypes.size() < Limit &&
      KnownTypes.insert({&D, static_cast<uint32_t>(Args)}).second)
    OpenTypes.push_back({&D, Args, IsBase});
}

void MethodSet::walkOpenTypes() {
  while (!OpenTypes.empty()) {
    auto [D, Args, IsBase] = OpenTypes.back();
    OpenTypes.pop_back();
    managed::AssemblySet::Origin From = Types.assemblies().origin(*D);
    if (!From.Assembly)
      continue;
    Assembly &A = *From.Assembly;
    llvm::SaveAndRestore Following(IsFollowing, IsFollowing || IsBase);
    if (!IsFollowing || !isTooLong(Args))
      walkBase(A, From.Row, Args);
    llvm::Expected<RidRange<MethodDefRow>> Methods = A->methods(From.Row);
    if (!Methods) {
      malformed(A, D->fullName(), Methods.takeError());
      continue;
    }
    for (MethodDefRid M : *Methods)
      addInstance(
          {number(A, M), Args, Types.objects(A->genericParams(M).size())},
          true);
  }
}

/// Returns the generic instance of a row, or null for an array or a similar
/// type.
const GenericInstSig *MethodSet::genericInstance(Assembly &A, TypeSpecRid R) {
  llvm::Expected<TypeSpecRow> Row = A->row(R);
  llvm::Expected<const ecma335::TypeSig *> Sig =
      Row ? readTypeSpec(A.metadata(), Row->Signature, Scratch)
          : llvm::Expected<const ecma335::TypeSig *>(Row.takeError());
  if (Sig)
    return llvm::dyn_cast<GenericInstSig>(*Sig);
  malformed(A, "", Sig.takeError());
  return nullptr;
}

void MethodSet::walkAssembly(Assembly &A) {
  for (TypeDefRid R : A->rows<TypeDefRow>()) {
    walkDefinition(A, R);
    walkOpenTypes();
    Scratch.Reset();
  }
  for (TypeSpecRid R : A->rows<TypeSpecRow>()) {
    if (const GenericInstSig *G = genericInstance(A, R))
      walkInstance(A, *G, {});
    walkOpenTypes();
    Scratch.Reset();
  }
  for (MethodSpecRid R : A->rows<MethodSpecRow>())
    if (std::optional<Target> T = target(A, R))
      addTarget(*T, {}, false);
}

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

/// Returns the methods of a type sorted by name. Methods of the same name keep
/// their order.
std::vector<MethodSet::NamedMethod>
MethodSet::namedMethods(Assembly &A, RidRange<MethodDefRow> Methods) {
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

std::optional<uint32_t> MethodSet::findMethod(Assembly &From,
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
        Found = number(A, M);
        break;
      }
    }
  }
  // The runtime does not find such a method either.
  llvm::consumeError(Name.takeError());
  llvm::consumeError(Wanted.takeError());
  llvm::consumeError(Methods.takeError());
  return Found;
}

/// Returns true if a member without a MethodSpec can belong to a generic type:
/// the type that it names, or one of its base classes.
bool MethodSet::mayBeGeneric(Assembly &A, MemberRefRid R) {
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
const TypeDef *MethodSet::base(const TypeDef &D, BaseClass &How) {
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

std::optional<MethodSet::Target> MethodSet::target(Assembly &A,
                                                   MemberRefRid R) {
  auto [It, IsNew] = TargetOfMember.try_emplace({&A, R});
  if (!IsNew)
    return It->second;
  std::optional<Target> Found = findTarget(A, R);
  // The search does not add other members, so the iterator is still valid.
  It->second = Found;
  return Found;
}

std::optional<MethodSet::Target> MethodSet::findTarget(Assembly &A,
                                                       MemberRefRid R) {
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

  Target T;
  T.From = &A;
  if (Row->Class.is<TypeSpecRow>()) {
    llvm::Expected<TypeSpecRow> Spec = A->row(Row->Class.as<TypeSpecRow>());
    llvm::Expected<const ecma335::TypeSig *> Sig =
        Spec ? readTypeSpec(A.metadata(), Spec->Signature, Allocator)
             : llvm::Expected<const ecma335::TypeSig *>(Spec.takeError());
    if (!Sig) {
      llvm::consumeError(Sig.takeError()); // no runtime can call it
      return std::nullopt;
    }
    T.Class = llvm::dyn_cast<GenericInstSig>(*Sig);
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
    Declaring = base(*Declaring, T.Bases.emplace_back());
  }
  if (!Method)
    return std::nullopt;
  T.Method = *Method;
  return T;
}

/// \returns nothing for a field, or for a method that is not found: the runtime
/// cannot call it either.
std::optional<MethodSet::Target> MethodSet::target(Assembly &A, Token T) {
  if (T.is<MemberRefRow>())
    return target(A, T.as<MemberRefRow>());
  if (T.is<MethodDefRow>() && A->contains(T)) {
    Target Result;
    Result.From = &A;
    Result.Method = number(A, T.as<MethodDefRow>());
    return Result;
  }
  if (!T.is<MethodSpecRow>())
    return std::nullopt;
  llvm::Expected<MethodSpecRow> Row = A->row(T.as<MethodSpecRow>());
  if (!Row) {
    llvm::consumeError(Row.takeError()); // no runtime can call it
    return std::nullopt;
  }
  std::optional<Target> Result;
  if (!Row->Method.is<MethodSpecRow>())
    Result = target(A, Token(Row->Method));
  llvm::Expected<llvm::ArrayRef<const ecma335::TypeSig *>> Args =
      readMethodSpec(A.metadata(), Row->Instantiation, Allocator);
  if (!Args) {
    malformed(A, "", Args.takeError());
    return std::nullopt;
  }
  if (Result)
    Result->MethodArgs = *Args;
  return Result;
}

/// \returns nothing if a type argument is not found.
std::optional<MethodInstance> MethodSet::instance(const Target &T,
                                                  const TypeArguments &Args) {
  Place P = place(T.Method);
  Assembly &A = *P.Assembly;
  MethodInstance I{T.Method};
  bool AllFound = true;
  I.ClassArgs = T.Class
                    ? arguments(*T.From, T.Class->args(), Args, AllFound)
                    : Types.objects(A->genericParams(A->owner(P.Row)).size());
  for (const BaseClass &B : T.Bases)
    I.ClassArgs = B.Instance
                      ? arguments(*B.From, B.Instance->args(),
                                  {I.ClassArgs, ValueList::None}, AllFound)
                      : ValueList::None;
  I.MethodArgs = T.MethodArgs
                     ? arguments(*T.From, *T.MethodArgs, Args, AllFound)
                     : Types.objects(A->genericParams(P.Row).size());
  if (!AllFound)
    return std::nullopt;
  return I;
}

void MethodSet::addTarget(const Target &T, const TypeArguments &Args,
                          bool AlsoItsClass) {
  std::optional<MethodInstance> I = instance(T, Args);
  if (!I && !IsFollowing && T.MethodArgs) {
    bool AllFound = true;
    reportMissing(*T.From, arguments(*T.From, *T.MethodArgs, Args, AllFound));
  }
  if (!I || !I->isGeneric())
    return;
  addInstance(*I, true);
  if (!AlsoItsClass || I->ClassArgs == ValueList::None)
    return;
  Place P = place(T.Method);
  llvm::Expected<TypeDef *> D =
      Types.assemblies().definition(*P.Assembly, (*P.Assembly)->owner(P.Row));
  if (!D)
    return llvm::consumeError(D.takeError()); // no runtime loads its class
  walkInstance(**D, I->ClassArgs, /*IsBase=*/false);
}

void MethodSet::visitInstantiations(
    Assembly &A, llvm::function_ref<void(const MethodInstance &)> Visit) {
  for (MethodSpecRid R : A->rows<MethodSpecRow>())
    if (std::optional<Target> T = target(A, R))
      if (std::optional<MethodInstance> I = instance(*T, {}))
        Visit(*I);
  for (TypeSpecRid R : A->rows<TypeSpecRow>()) {
    const GenericInstSig *G = genericInstance(A, R);
    if (!G)
      continue;
    llvm::Expected<const managed::TypeSig *> T =
        Types.assemblies().type(A, G->type());
    bool AllFound = true;
    ValueList Args = arguments(A, G->args(), {}, AllFound);
    managed::AssemblySet::Origin From;
    if (!T)
      llvm::consumeError(T.takeError()); // no runtime loads such a type
    else if ((*T)->kind() == managed::TypeSig::Definition)
      From = Types.assemblies().origin((*T)->definition());
    if (!From.Assembly || !AllFound)
      continue;
    llvm::Expected<RidRange<MethodDefRow>> Methods =
        (*From.Assembly)->methods(From.Row);
    if (!Methods) {
      llvm::consumeError(Methods.takeError()); // walkDefinition() reports it
      continue;
    }
    for (MethodDefRid M : *Methods)
      Visit({number(*From.Assembly, M), Args,
             Types.objects((*From.Assembly)->genericParams(M).size())});
  }
  Scratch.Reset();
}

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

llvm::Expected<std::vector<MethodSet::Target>>
MethodSet::targets(uint32_t Method) {
  Place P = place(Method);
  Assembly &A = *P.Assembly;
  std::vector<Target> Result;
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
    if (std::optional<Target> Found = target(A, T);
        Found && (Found->Class || Found->MethodArgs || !Found->Bases.empty()))
      Result.push_back(*Found);
  }
  return Result;
}

void MethodSet::walkBody(const MethodInstance &I) {
  auto Known = TargetsOf.find(I.Method);
  if (Known == TargetsOf.end()) {
    llvm::Expected<std::vector<Target>> Read = targets(I.Method);
    if (!Read) {
      Place P = place(I.Method);
      malformed(*P.Assembly, name({I.Method}), Read.takeError());
      Read = std::vector<Target>();
    }
    Known = TargetsOf.try_emplace(I.Method, std::move(*Read)).first;
    Scratch.Reset();
  }
  // Adding instances reads no other bodies, so the list is not moved.
  for (const Target &T : Known->second)
    addTarget(T, I.arguments(), true);
}

void MethodSet::collect(llvm::ArrayRef<Assembly *> Roots, const Limits &L) {
  Limit = L.Instances;
  LimitOfOne = L.OfOneMethod;
  KeepsOrigins = L.KeepsOrigins;
  Walked.assign(Roots.begin(), Roots.end());
  for (size_t I = 0; I != Walked.size(); ++I) {
    for (const auto &Module : Walked[I]->modules())
      Walked.push_back(Module.get());
    addReferences(*Walked[I]);
  }
  // The assemblies are sorted, because the order of discovery depends on the
  // order of the arguments.
  llvm::sort(Walked, [](Assembly *A, Assembly *B) {
    return std::pair(StringRef(A->name()), StringRef(A->path())) <
           std::pair(StringRef(B->name()), StringRef(B->path()));
  });
  for (Assembly *A : Walked)
    base(*A);
  for (Assembly *A : Walked)
    walkAssembly(*A);
  IsFollowing = true;
  for (unsigned Round = 0; Round != L.Rounds && !Found.empty(); ++Round) {
    std::vector<uint32_t> Processing = std::move(Found);
    Found.clear();
    for (uint32_t I : Processing) {
      Current = {Round + 1, I};
      // A copy, because the vector may grow.
      walkBody(MethodInstance(Instances[I]));
      walkOpenTypes();
    }
  }
  reportGrowth(L);
  // These containers take megabytes for an application, and only instances() is
  // used later.
  Known = {};
  KnownTypes = {};
  FollowedOf = {};
  Found = {};
  TargetsOf.shrink_and_clear();
  TargetOfMember.shrink_and_clear();
  HasGenericBase.shrink_and_clear();
  ByName.shrink_and_clear();
  Allocator.Reset();
}

void MethodSet::reportGrowth(const MethodInstance &I, const llvm::Twine &How) {
  Place P = place(I.Method);
  Findings.add(diagnose(DiagnosticID::GrowingGenerics,
                        Location{P.Assembly->path(), {}, name({I.Method})},
                        How.str(), name(I)));
}

void MethodSet::reportGrowth(const Limits &L) {
  if (Instances.empty())
    return; // there are only types without methods
  if (TooMany)
    reportGrowth(*TooMany, "after " + llvm::Twine(L.OfOneMethod) +
                               " instances of this method");
  if (TooLong)
    reportGrowth(*TooLong, "at names of more than " + llvm::Twine(MaxFullName) +
                               " bytes, which the runtime cannot hold");
  // The method with the most instances in the last round is the one that
  // creates new instances of itself.
  llvm::DenseMap<uint32_t, size_t> Count;
  for (uint32_t I : Found)
    ++Count[Instances[I].Method];
  const MethodInstance *Most = nullptr;
  for (uint32_t Index : Found) {
    const MethodInstance &I = Instances[Index];
    if (!Most || Count[I.Method] > Count[Most->Method] ||
        (Count[I.Method] == Count[Most->Method] && I.Method < Most->Method))
      Most = &I;
  }
  if (Instances.size() >= Limit || KnownTypes.size() >= Limit)
    reportGrowth(Most ? *Most : Instances.back(),
                 "after " + llvm::Twine(L.Instances) + " instances in total");
  else if (Most)
    reportGrowth(*Most, "after " + llvm::Twine(L.Rounds) + " rounds");
  else if (Types.wasCut())
    reportGrowth(Instances.back(),
                 "at the deepest level of type arguments that is followed");
}

} // namespace ilbridge::hybridclr
