//===- Importer.cpp - The managed model from assemblies -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/managed/Importer.h"
#include "MetadataImport.h"
#include "ilbridge/ecma335/CustomAttribute.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/PointerIntPair.h"
#include "llvm/ADT/SmallString.h"
#include <map>

using namespace ilbridge::ecma335;
using llvm::StringRef;

namespace ilbridge::managed {

llvm::Expected<Signature> importSignature(AssemblySet &Set, Assembly &A,
                                          MethodDefRid R,
                                          const MethodDefRow &Row) {
  llvm::BumpPtrAllocator Allocator;
  llvm::Expected<MethodSig> Sig =
      readMethodSig(A.metadata(), Row.Signature, Allocator);
  if (!Sig)
    return Sig.takeError();
  Signature Result;
  Result.HasThis = Sig->hasThis();
  if (llvm::Error E = genericParams(A, R).moveInto(Result.GenericParams))
    return std::move(E);
  if (llvm::Error E =
          Set.type(A, *Sig->ReturnType).moveInto(Result.Result.Type))
    return std::move(E);
  for (const ecma335::TypeSig *T : Sig->Params)
    if (llvm::Error E =
            Set.type(A, *T).moveInto(Result.Params.emplace_back().Type))
      return std::move(E);

  llvm::Expected<RidRange<ParamRow>> Rows = A->params(R);
  if (!Rows)
    return Rows.takeError();
  for (ParamRid P : *Rows) {
    llvm::Expected<ParamRow> ParamRow = A->row(P);
    if (!ParamRow)
      return ParamRow.takeError();
    // Row 0 is the result (II.22.33); rows for what the signature lacks say
    // nothing.
    if (ParamRow->Sequence > Result.Params.size())
      continue;
    Parameter &Out = ParamRow->Sequence == 0
                         ? Result.Result
                         : Result.Params[ParamRow->Sequence - 1];
    llvm::Expected<StringRef> Name = A->string(ParamRow->Name);
    if (!Name)
      return Name.takeError();
    Out.Name = Name->str();
    Out.IsIn = has(ParamRow->Flags, ParamAttributes::In);
    Out.IsOut = has(ParamRow->Flags, ParamAttributes::Out);
    if (llvm::Error E = marshalAs(A, P).moveInto(Out.Marshal))
      return std::move(E);
  }
  return Result;
}

namespace {

class Importer {
public:
  Importer(AssemblySet &Set, Assembly &A, Model &M, DiagnosticList &Findings)
      : Set(Set), A(A), M(M), Findings(Findings) {}

  void importAll();
  void visitAll(llvm::function_ref<void(const Method &)> Visit);
  /// The methods of that name that are not \p Known.
  void importNamed(const MethodName &Name, TypeDefRid Type,
                   llvm::function_ref<bool(const Method &)> Known);

private:
  void importMethod(MethodDefRid R, const MethodDefRow &Row, Method::Kind K);
  llvm::Error describeGenerated(MethodDefRid R, Method &Out);
  llvm::Expected<bool> isOwnMarshaller(MethodDefRid R, bool IsResult);
  void importCallback(MethodDefRid R, const MethodDefRow &Row,
                      CustomAttributeRid Attribute, bool IsUnmanaged);
  llvm::Error describeUnmanaged(CustomAttributeRid Attribute, Callback &Out);
  llvm::Error describe(MethodDefRid R, const MethodDefRow &Row, Method &Out);
  llvm::Expected<llvm::ArrayRef<MethodDefRid>> methodsNamed(TypeDefRid Type,
                                                            StringRef Name);
  llvm::Error findOverloads(MethodDefRid R, Method &Out);
  llvm::Error describeImport(MethodDefRid R, Method &Out);
  llvm::Error describeAttributes(MethodDefRid R, PInvokeInfo &I);
  llvm::Error describeCallback(MethodDefRid R, CustomAttributeRid Attribute,
                               Callback &Out);
  llvm::Expected<AttributeArguments> arguments(CustomAttributeRid R);

  /// A type that a walk has come to, and whether it is marshalled there.
  using Reach = llvm::PointerIntPair<TypeDef *, 1, bool>;
  static void reach(const TypeSig &T, bool Marshals, std::vector<Reach> &Out);
  static void reach(const Signature &Sig, bool Marshals,
                    std::vector<Reach> &Out);
  /// Completes what \p Types reach. \returns whether all of it was found;
  /// otherwise there is a finding about \p User.
  bool complete(std::vector<Reach> Types, const Method &User);
  bool complete(Reach R, const Method &User, std::vector<Reach> &Types);
  void reportUnknownLayouts();
  void malformed(const Method &User, llvm::Error E);

  AssemblySet &Set;
  Assembly &A;
  Model &M;
  DiagnosticList &Findings;
  llvm::BumpPtrAllocator Allocator;
  /// The index that methodsNamed() keeps, and the type that it is about.
  std::optional<TypeDefRid> IndexedType;
  llvm::StringMap<std::vector<MethodDefRid>> MethodsByName;
  /// The types of which all that they reach was found.
  llvm::DenseSet<Reach> Complete;
  /// Structs of reference assemblies, with what needs them: by assembly.
  std::map<std::string, std::vector<std::pair<const TypeDef *, std::string>>>
      WithoutLayout;
};

} // namespace

Diagnostic malformed(Location Where, llvm::Error E) {
  std::string Rule, Place;
  llvm::handleAllErrors(
      std::move(E),
      [&](const FormatError &F) {
        Rule = F.rule().str();
        if (F.offset())
          Place = "byte " + std::to_string(F.offset()) + ", ";
        Place += F.section();
      },
      [&](const llvm::ErrorInfoBase &Other) {
        Rule = Other.message();
        Place = "ECMA-335 II.22";
      });
  return diagnose(DiagnosticID::InvalidMetadata, std::move(Where), Rule, Place);
}

void Importer::malformed(const Method &User, llvm::Error E) {
  Location Where = User.Where;
  if (!Where.isValid())
    Where.File = A.path();
  Findings.add(managed::malformed(std::move(Where), std::move(E)));
}

//===----------------------------------------------------------------------===//
// The types that signatures reach
//===----------------------------------------------------------------------===//

void Importer::reach(const TypeSig &T, bool Marshals, std::vector<Reach> &Out) {
  if (T.kind() == TypeSig::Definition || T.kind() == TypeSig::Instance)
    Out.push_back({const_cast<TypeDef *>(&T.definition()), Marshals});
  for (const TypeSig *Each : T.arguments())
    reach(*Each, Marshals, Out);
}

void Importer::reach(const Signature &Sig, bool Marshals,
                     std::vector<Reach> &Out) {
  reach(*Sig.Result.Type, Marshals, Out);
  for (const Parameter &P : Sig.Params)
    reach(*P.Type, Marshals, Out);
}

bool Importer::complete(std::vector<Reach> Types, const Method &User) {
  // A list, because types can name each other in chains of any length. What is
  // not found makes nothing complete, so that the next user of it is told as
  // well; for this user each type is looked at once.
  llvm::DenseSet<Reach> Seen;
  bool AllFound = true;
  while (!Types.empty()) {
    Reach R = Types.back();
    Types.pop_back();
    if (!Complete.contains(R) && Seen.insert(R).second)
      AllFound &= complete(R, User, Types);
  }
  if (AllFound)
    Complete.insert(Seen.begin(), Seen.end());
  return AllFound;
}

/// Adds to \p Types what the type itself names.
bool Importer::complete(Reach R, const Method &User,
                        std::vector<Reach> &Types) {
  TypeDef *D = R.getPointer();
  bool Marshals = R.getInt();
  if (D->TheKind == TypeDef::Unresolved) {
    // An object that is not marshalled is an address, whatever it is.
    if (!Marshals && !D->IsPassedByValue)
      return true;
    std::string Needs;
    llvm::raw_string_ostream(Needs) << User;
    Findings.add(diagnose(DiagnosticID::UnresolvedReference, User.Where,
                          D->fullName(), Needs, D->Problem));
    return false;
  }
  if (llvm::Error E = Set.complete(*D)) {
    malformed(User, std::move(E));
    return false;
  }
  if (!D->Problem.empty() && (Marshals || D->TheKind == TypeDef::Struct)) {
    std::string Needs;
    llvm::raw_string_ostream(Needs) << User;
    WithoutLayout[D->Assembly].push_back({D, Needs});
    return false;
  }
  for (const FieldDef &F : D->Fields)
    reach(*F.Type, Marshals, Types);
  if (D->Invocation && Marshals)
    reach(D->Invocation->Invoke, true, Types);
  return true;
}

/// Once for each reference assembly: what is wrong is what the user gave, and
/// not each of the declarations.
void Importer::reportUnknownLayouts() {
  for (const auto &[Name, Needs] : WithoutLayout) {
    Diagnostic &D =
        Findings.add(diagnose(DiagnosticID::ReferenceAssembly,
                              Location{A.path(), {}, {}}, Name, A.name()));
    for (const auto &[Type, User] : Needs)
      D.note({A.path(), {}, {}},
             "'" + User + "' needs that of '" + Type->fullName() + "'");
  }
}

//===----------------------------------------------------------------------===//
// Methods
//===----------------------------------------------------------------------===//

llvm::Error Importer::describe(MethodDefRid R, const MethodDefRow &Row,
                               Method &Out) {
  Out.Assembly = A.name();
  Out.Module = A.moduleName();
  llvm::Expected<StringRef> Name = A->string(Row.Name);
  if (!Name)
    return Name.takeError();
  Out.Name = Name->str();
  Out.Where = {A.path(), {}, Out.Name};
  TypeDefRid Owner = A->owner(R);
  if (!Owner)
    return A->file().error(nullptr, "ECMA-335 II.22.26",
                           "the method belongs to no type");
  llvm::Expected<TypeDef *> Declaring = Set.definition(A, Owner);
  if (!Declaring)
    return Declaring.takeError();
  Out.Declaring = *Declaring;
  if (llvm::Error E = importSignature(Set, A, R, Row).moveInto(Out.Sig)) {
    Out.Where.Member = Out.Declaring->fullName() + "::" + Out.Name;
    return E;
  }
  llvm::SmallString<256> Member; // one allocation for each, of very many
  llvm::raw_svector_ostream(Member) << Out;
  Out.Where.Member = Member.str();
  return llvm::Error::success();
}

llvm::Error Importer::describeImport(MethodDefRid R, Method &Out) {
  llvm::Expected<ImplMapRow> Row = A->row(A->implMap(R));
  if (!Row)
    return Row.takeError();
  PInvokeInfo &I = Out.Import;
  llvm::Expected<StringRef> EntryPoint = A->string(Row->ImportName);
  if (!EntryPoint)
    return EntryPoint.takeError();
  I.EntryPoint = EntryPoint->empty() ? Out.Name : EntryPoint->str();
  llvm::Expected<ModuleRefRow> Scope = A->row(Row->ImportScope);
  if (!Scope)
    return Scope.takeError();
  llvm::Expected<StringRef> Library = A->string(Scope->Name);
  if (!Library)
    return Library.takeError();
  I.Library = Library->str();

  PInvokeAttributes F = Row->MappingFlags;
  I.Chars = charSet(bits(field(F, PInvokeAttributes::CharSetMask)) >> 1);
  if (llvm::Error E = describeAttributes(R, I))
    return E;
  // The flags count as the interop enum does.
  I.Convention =
      convention(bits(field(F, PInvokeAttributes::CallConvMask)) >> 8);
  I.ExactSpelling = has(F, PInvokeAttributes::NoMangle);
  I.SetLastError = has(F, PInvokeAttributes::SupportsLastError);
  switch (field(F, PInvokeAttributes::BestFitMask)) {
  case PInvokeAttributes::BestFitEnabled:
    I.BestFitMapping = true;
    break;
  case PInvokeAttributes::BestFitDisabled:
    I.BestFitMapping = false;
    break;
  default:
    break;
  }
  switch (field(F, PInvokeAttributes::ThrowOnUnmappableCharMask)) {
  case PInvokeAttributes::ThrowOnUnmappableCharEnabled:
    I.ThrowOnUnmappableChar = true;
    break;
  case PInvokeAttributes::ThrowOnUnmappableCharDisabled:
    I.ThrowOnUnmappableChar = false;
    break;
  default:
    break;
  }
  return llvm::Error::success();
}

llvm::Error Importer::describeAttributes(MethodDefRid R, PInvokeInfo &I) {
  constexpr StringRef Interop = "System.Runtime.InteropServices";
  I.IsMarshallingDisabled = disablesMarshalling(A);
  I.SuppressGCTransition =
      AssemblySet::findAttribute(A, R, Interop, "SuppressGCTransitionAttribute")
          .value() != 0;
  if (CustomAttributeRid Attribute = AssemblySet::findAttribute(
          A, R, Interop, "UnmanagedCallConvAttribute")) {
    llvm::Expected<AttributeArguments> Args = arguments(Attribute);
    if (!Args)
      return Args.takeError();
    CallConvs Stated;
    Stated.add(*Args);
    I.AttributeConvention = Stated.convention();
    I.SuppressGCTransition |= Stated.suppressesGCTransition();
  }
  for (Token Owner : {Token(R), Token(AssemblyRid(1))})
    if (CustomAttributeRid Attribute = AssemblySet::findAttribute(
            A, Owner, Interop, "DefaultDllImportSearchPathsAttribute");
        Attribute && !I.SearchPaths) {
      llvm::Expected<AttributeArguments> Args = arguments(Attribute);
      if (!Args)
        return Args.takeError();
      if (!Args->Fixed.empty())
        I.SearchPaths = static_cast<uint32_t>(Args->Fixed.front().Bits);
    }
  return llvm::Error::success();
}

/// \returns the methods of \p Type with the name \p Name, until the next call.
/// The methods of one type follow each other, so one index is kept.
llvm::Expected<llvm::ArrayRef<MethodDefRid>>
Importer::methodsNamed(TypeDefRid Type, StringRef Name) {
  if (!IndexedType || *IndexedType != Type) {
    IndexedType.reset();
    MethodsByName.clear();
    llvm::Expected<RidRange<MethodDefRow>> Methods = A->methods(Type);
    if (!Methods)
      return Methods.takeError();
    for (MethodDefRid R : *Methods) {
      llvm::Expected<MethodDefRow> Row = A->row(R);
      if (!Row)
        return Row.takeError();
      llvm::Expected<StringRef> Each = A->string(Row->Name);
      if (!Each)
        return Each.takeError();
      MethodsByName[*Each].push_back(R);
    }
    IndexedType = Type;
  }
  auto Found = MethodsByName.find(Name);
  if (Found == MethodsByName.end())
    return llvm::ArrayRef<MethodDefRid>();
  return llvm::ArrayRef(Found->second);
}

llvm::Error Importer::findOverloads(MethodDefRid R, Method &Out) {
  auto Methods = methodsNamed(A->owner(R), Out.Name);
  if (!Methods)
    return Methods.takeError();
  for (MethodDefRid Other : *Methods) {
    if (Other == R)
      continue;
    auto Params = genericParams(A, Other);
    if (!Params)
      return Params.takeError();
    Out.IsOverloaded |= Params->size() == Out.Sig.GenericParams.size();
  }
  return llvm::Error::success();
}

//===----------------------------------------------------------------------===//
// [LibraryImport]
//===----------------------------------------------------------------------===//

/// The source generator of [LibraryImport] puts a P/Invoke that passes pointers
/// into a local function of the method that the user wrote, which the compiler
/// names "<Method>g____PInvoke|0_0". \returns the user's name; empty: \p Name
/// is none of these.
static StringRef userMethod(StringRef Name) {
  StringRef User = Name;
  if (!User.consume_front("<"))
    return "";
  size_t End = User.find(">g____PInvoke|");
  return End == StringRef::npos ? "" : User.take_front(End);
}

/// "__name_native" is what the generator makes of the parameter "name".
static StringRef userParameter(StringRef Name) {
  StringRef User = Name;
  return User.consume_front("__") && User.consume_back("_native") ? User : Name;
}

/// Whether values of a type, its elements or what it refers to are text.
static bool isText(const TypeSig &T) {
  switch (T.kind()) {
  case TypeSig::Primitive:
    return T.is(Primitive::String) || T.is(Primitive::Char);
  case TypeSig::Pointer:
  case TypeSig::ByRef:
  case TypeSig::SZArray:
    return isText(T.element());
  case TypeSig::Instance: // such as ReadOnlySpan<char>
    return isText(*T.arguments().front());
  default:
    return false;
  }
}

/// Whether a marshaller of the program's own converts the text of a parameter
/// or result of the user's method \p R, so that it decides who frees it.
llvm::Expected<bool> Importer::isOwnMarshaller(MethodDefRid R, bool IsResult) {
  if (CustomAttributeRid Attribute = AssemblySet::findAttribute(
          A, R, "System.Runtime.InteropServices", "LibraryImportAttribute")) {
    llvm::Expected<AttributeArguments> Args = arguments(Attribute);
    if (!Args)
      return Args.takeError();
    if (Args->find("StringMarshallingCustomType"))
      return true;
  }
  llvm::Expected<RidRange<ParamRow>> Rows = A->params(R);
  if (!Rows)
    return Rows.takeError();
  for (ParamRid P : *Rows) {
    llvm::Expected<ParamRow> Row = A->row(P);
    if (!Row)
      return Row.takeError();
    if ((Row->Sequence == 0) == IsResult &&
        AssemblySet::findAttribute(A, P,
                                   "System.Runtime.InteropServices.Marshalling",
                                   "MarshalUsingAttribute"))
      return true;
  }
  return false;
}

/// Gives a P/Invoke that [LibraryImport] made the names that the user knows,
/// and says as [MarshalAs] which of its pointers lead to characters.
llvm::Error Importer::describeGenerated(MethodDefRid R, Method &Out) {
  StringRef Name = userMethod(Out.Name);
  if (Name.empty())
    return llvm::Error::success();
  for (Parameter &P : Out.Sig.Params)
    P.Name = userParameter(P.Name).str();
  auto Methods = methodsNamed(A->owner(R), Name);
  if (!Methods)
    return Methods.takeError();
  for (MethodDefRid Other : *Methods) {
    llvm::Expected<MethodDefRow> Row = A->row(Other);
    if (!Row)
      return Row.takeError();
    llvm::Expected<Signature> User = importSignature(Set, A, Other, *Row);
    if (!User)
      return User.takeError();
    // Overloads have parameters of other names or numbers, most of the time.
    auto HaveSameName = [](const Parameter &P, const Parameter &Q) {
      return P.Name == Q.Name;
    };
    if (!llvm::equal(User->Params, Out.Sig.Params, HaveSameName))
      continue;
    auto Mark = [](const Parameter &Written, Parameter &Passed) {
      const TypeSig *T = Passed.Type;
      if (T->kind() != TypeSig::Pointer || !isText(*Written.Type))
        return;
      while (T->kind() == TypeSig::Pointer)
        T = &T->element();
      if (T->is(Primitive::Byte))
        Passed.Marshal.emplace().Native = NATIVE_TYPE_LPUTF8STR;
      else if (T->is(Primitive::UInt16) || T->is(Primitive::Char))
        Passed.Marshal.emplace().Native = NATIVE_TYPE_LPWSTR;
    };
    for (auto [Written, Passed] : llvm::zip(User->Params, Out.Sig.Params))
      Mark(Written, Passed);
    llvm::Expected<bool> IsOwn = isOwnMarshaller(Other, /*IsResult=*/true);
    if (!IsOwn)
      return IsOwn.takeError();
    if (!*IsOwn)
      Mark(User->Result, Out.Sig.Result);
    break;
  }
  Out.Name = Name.str();
  Out.Where.Member.clear();
  llvm::raw_string_ostream(Out.Where.Member) << Out;
  return llvm::Error::success();
}

void Importer::importMethod(MethodDefRid R, const MethodDefRow &Row,
                            Method::Kind K) {
  Method New;
  New.TheKind = K;
  if (llvm::Error E = describe(R, Row, New)) {
    malformed(New, std::move(E));
    // Its entry point does not depend on the types of its signature.
    if (K == Method::PInvoke && New.Declaring) {
      if (llvm::Error Other = describeImport(R, New))
        return llvm::consumeError(std::move(Other));
      M.Unread.push_back(std::move(New));
    }
    return;
  }
  if (K == Method::PInvoke) {
    if (llvm::Error E = describeImport(R, New))
      return malformed(New, std::move(E));
    if (llvm::Error E = describeGenerated(R, New))
      return malformed(New, std::move(E));
    New.Import.PreserveSig =
        has(Row.ImplFlags, MethodImplAttributes::PreserveSig);
  } else if (K == Method::InternalCall) {
    if (llvm::Error E = findOverloads(R, New))
      return malformed(New, std::move(E));
  }
  std::vector<Reach> Types;
  reach(New.Sig, /*Marshals=*/K == Method::PInvoke, Types);
  // `this` of a value type is the address of its fields.
  if (New.Sig.HasThis && New.Declaring->isValueType())
    Types.push_back({const_cast<TypeDef *>(New.Declaring), false});
  bool AllFound = complete(std::move(Types), New);
  (!AllFound               ? M.Unread
   : K == Method::Ordinary ? M.Methods
                           : M.Imports)
      .push_back(std::move(New));
}

//===----------------------------------------------------------------------===//
// Callbacks
//===----------------------------------------------------------------------===//

llvm::Expected<AttributeArguments> Importer::arguments(CustomAttributeRid R) {
  return readCustomAttribute(
      A.metadata(), R,
      [&](const EnumReference &E) { return Set.underlyingType(A, E); },
      Allocator);
}

llvm::Error Importer::describeCallback(MethodDefRid R,
                                       CustomAttributeRid Attribute,
                                       Callback &Out) {
  llvm::Expected<AttributeArguments> Args = arguments(Attribute);
  if (!Args)
    return Args.takeError();
  llvm::SmallVector<const AttributeValue *, 2> Values;
  for (const AttributeValue &V : Args->Fixed)
    Values.push_back(&V);
  for (const NamedArgument &N : Args->Named)
    Values.push_back(&N.Value);
  for (const AttributeValue *V : Values)
    if (V->Type.Kind == ELEMENT_TYPE_SYSTEM_TYPE && !V->IsNull)
      if (llvm::Error E = Set.typeByName(A, V->Text).moveInto(Out.Delegate))
        return E;
  if (CustomAttributeRid Reserve = AssemblySet::findAttribute(
          A, R, "", "ReversePInvokeWrapperGenerationAttribute")) {
    llvm::Expected<AttributeArguments> Count = arguments(Reserve);
    if (!Count)
      return Count.takeError();
    if (!Count->Fixed.empty())
      Out.WrapperCount = static_cast<int32_t>(Count->Fixed.front().asSigned());
  }
  return llvm::Error::success();
}

llvm::Error Importer::describeUnmanaged(CustomAttributeRid Attribute,
                                        Callback &Out) {
  llvm::Expected<AttributeArguments> Args = arguments(Attribute);
  if (!Args)
    return Args.takeError();
  UnmanagedEntry &Entry = Out.Unmanaged.emplace();
  if (const AttributeValue *Name = Args->find("EntryPoint"))
    Entry.EntryPoint = Name->Text.str();
  CallConvs Stated;
  Stated.add(*Args);
  Entry.Convention = Stated.convention();
  Entry.IsMarshallingDisabled = disablesMarshalling(A);
  return llvm::Error::success();
}

void Importer::importCallback(MethodDefRid R, const MethodDefRow &Row,
                              CustomAttributeRid Attribute, bool IsUnmanaged) {
  Callback New;
  New.IsStatic = has(Row.Flags, MethodAttributes::Static);
  if (llvm::Error E = describe(R, Row, New.Target))
    return malformed(New.Target, std::move(E));
  if (llvm::Error E = IsUnmanaged ? describeUnmanaged(Attribute, New)
                                  : describeCallback(R, Attribute, New))
    return malformed(New.Target, std::move(E));
  std::vector<Reach> Types;
  reach(New.Target.Sig, /*Marshals=*/true, Types);
  if (New.Delegate)
    reach(*New.Delegate, /*Marshals=*/true, Types);
  if (complete(std::move(Types), New.Target))
    M.Callbacks.push_back(std::move(New));
}

//===----------------------------------------------------------------------===//
// Assemblies
//===----------------------------------------------------------------------===//

/// Returns whether the code of a method is native code in the image itself.
/// C++/CLI marks the methods that it compiles to machine code as P/Invokes
/// (II.22.26, II.15.5.4).
static bool isInImage(const MethodDefRow &Row) {
  return Row.RVA && field(Row.ImplFlags, MethodImplAttributes::CodeTypeMask) !=
                        MethodImplAttributes::IL;
}

static Method::Kind kind(const MethodDefRow &Row) {
  return has(Row.Flags, MethodAttributes::PInvokeImpl) && !isInImage(Row)
             ? Method::PInvoke
         : has(Row.ImplFlags, MethodImplAttributes::InternalCall)
             ? Method::InternalCall
             : Method::Ordinary;
}

void Importer::importAll() {
  for (MethodDefRid R : A->rows<MethodDefRow>()) {
    llvm::Expected<MethodDefRow> Row = A->row(R);
    if (!Row) {
      malformed({}, Row.takeError());
      continue;
    }
    if (Method::Kind K = kind(*Row); K != Method::Ordinary)
      importMethod(R, *Row, K);
  }
  // Attributes are sorted by their parent; going through them once costs less
  // than asking for those of every method.
  for (CustomAttributeRid R : A->rows<CustomAttributeRow>()) {
    AssemblySet::Name Name = AssemblySet::attributeName(A, R);
    bool IsUnmanaged = Name.Name == "UnmanagedCallersOnlyAttribute" &&
                       Name.Namespace == "System.Runtime.InteropServices";
    if (!IsUnmanaged && Name.Name != "MonoPInvokeCallbackAttribute")
      continue;
    llvm::Expected<CustomAttributeRow> Attribute = A->row(R);
    if (!Attribute) {
      malformed({}, Attribute.takeError());
      continue;
    }
    if (!Attribute->Parent.is<MethodDefRow>())
      continue;
    auto Parent = Attribute->Parent.as<MethodDefRow>();
    llvm::Expected<MethodDefRow> Row = A->row(Parent);
    if (!Row)
      malformed({}, Row.takeError());
    else
      importCallback(Parent, *Row, R, IsUnmanaged);
  }
  reportUnknownLayouts();
}

void Importer::visitAll(llvm::function_ref<void(const Method &)> Visit) {
  for (MethodDefRid R : A->rows<MethodDefRow>()) {
    llvm::Expected<MethodDefRow> Row = A->row(R);
    if (!Row) {
      malformed({}, Row.takeError());
      continue;
    }
    Method Each;
    Each.TheKind = kind(*Row);
    if (llvm::Error E = describe(R, *Row, Each))
      malformed(Each, std::move(E));
    else
      Visit(Each);
  }
}

void Importer::importNamed(const MethodName &Name, TypeDefRid Type,
                           llvm::function_ref<bool(const Method &)> Known) {
  llvm::Expected<RidRange<MethodDefRow>> Methods = A->methods(Type);
  if (!Methods)
    return malformed({}, Methods.takeError());
  StringRef Wanted = StringRef(Name.Method).split('<').first;
  for (MethodDefRid R : *Methods) {
    llvm::Expected<MethodDefRow> Row = A->row(R);
    if (!Row) {
      malformed({}, Row.takeError());
      continue;
    }
    llvm::Expected<StringRef> MethodName = A->string(Row->Name);
    if (!MethodName) {
      malformed({}, MethodName.takeError());
      continue;
    }
    if (*MethodName != Wanted)
      continue;
    Method Described;
    if (llvm::Error E = describe(R, *Row, Described))
      malformed(Described, std::move(E));
    else if (!Known(Described))
      importMethod(R, *Row, kind(*Row));
  }
  reportUnknownLayouts();
}

void importAssembly(AssemblySet &Set, Assembly &A, Model &M,
                    DiagnosticList &Findings) {
  M.Assemblies.push_back(A.name());
  Importer(Set, A, M, Findings).importAll();
  for (const auto &Module : A.modules())
    Importer(Set, *Module, M, Findings).importAll();
}

void visitMethods(AssemblySet &Set, Assembly &A,
                  llvm::function_ref<void(const Method &)> Visit,
                  DiagnosticList &Findings) {
  Model Unused;
  Importer(Set, A, Unused, Findings).visitAll(Visit);
  for (const auto &Module : A.modules())
    Importer(Set, *Module, Unused, Findings).visitAll(Visit);
}

namespace {

/// The methods of a model that grows, by their names.
class KnownMethods {
public:
  explicit KnownMethods(const Model &M)
      : All{Index(M.Imports), Index(M.Methods), Index(M.Unread)} {}

  template <typename T> bool has(const T &Method) {
    return llvm::any_of(All, [&](Index &Each) {
      Each.update();
      return Each.has(Method);
    });
  }

private:
  struct Index {
    explicit Index(const std::vector<Method> &List) : List(List) {}
    void update() {
      for (; Count != List.size(); ++Count)
        ByName[List[Count].qualifiedName()].push_back(Count);
    }
    bool has(const MethodName &Name) const {
      auto Found = ByName.find(Name.qualifiedName());
      return Found != ByName.end() &&
             llvm::any_of(Found->second,
                          [&](size_t I) { return Name.names(List[I]); });
    }
    bool has(const Method &M) const {
      auto Found = ByName.find(M.qualifiedName());
      return Found != ByName.end() &&
             llvm::any_of(Found->second, [&](size_t I) {
               return List[I].Assembly == M.Assembly &&
                      List[I].parameterList() == M.parameterList();
             });
    }
    const std::vector<Method> &List;
    size_t Count = 0; ///< how many of List are in it
    llvm::StringMap<llvm::SmallVector<size_t, 1>> ByName;
  };
  std::array<Index, 3> All;
};

} // namespace

static void importMethod(AssemblySet &Set, const MethodName &Name, Model &M,
                         KnownMethods &Known, DiagnosticList &Findings) {
  // Reading one may add to the list, behind what is there.
  for (size_t I = 0; I != Set.loaded().size(); ++I) {
    Assembly &A = *Set.loaded()[I];
    std::string Why;
    if (TypeDef *D = Set.findType(A, Name.Type, Why)) {
      if (AssemblySet::Origin O = Set.origin(*D); O.Assembly)
        Importer(Set, *O.Assembly, M, Findings)
            .importNamed(Name, O.Row,
                         [&](const Method &Each) { return Known.has(Each); });
      return;
    }
    for (AssemblyRefRid R : A->rows<AssemblyRefRow>())
      if (llvm::Expected<AssemblyRefRow> Row = A->row(R)) {
        if (llvm::Expected<StringRef> Ref = A->string(Row->Name))
          Set.find(*Ref, Why);
        else
          llvm::consumeError(Ref.takeError());
      } else {
        llvm::consumeError(Row.takeError());
      }
  }
}

void importMethods(AssemblySet &Set, llvm::ArrayRef<MethodName> Names, Model &M,
                   DiagnosticList &Findings) {
  KnownMethods Known(M);
  for (const MethodName &Name : Names)
    if (!Known.has(Name))
      importMethod(Set, Name, M, Known, Findings);
}

} // namespace ilbridge::managed
