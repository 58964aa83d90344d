//===- Importer.cpp - The managed model from assemblies -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/managed/Importer.h"
#include "MethodImport.h"
#include "RequiredTypes.h"
#include "Rows.h"
#include "llvm/ADT/SmallString.h"

using namespace ilbridge::ecma335;
using llvm::StringRef;

namespace ilbridge::managed {
namespace {

class Importer {
public:
  Importer(AssemblySet &Set, Assembly &A, Model &M, DiagnosticList &Findings,
           SignatureTypes Which = SignatureTypes::All)
      : Set(Set), A(A), M(M), Findings(Findings), Methods(A),
        Needed(Set, A, Findings, Which) {}

  void importAll();
  void visitAll(llvm::function_ref<void(const Method &)> Visit);
  /// Also read the types that marshalling an ordinary method requires.
  void marshalOrdinary() { MarshalsOrdinary = true; }
  /// Adds the methods with that name that are not in \p Known.
  void importNamed(const MethodName &Name, TypeDefRid Type,
                   llvm::function_ref<bool(const Method &)> Known);

private:
  void importPointers(StringRef Name, TypeDefRid Type,
                      llvm::function_ref<bool(const Method &)> Known);
  void importMethod(MethodDefRid R, const MethodDefRow &Row, Method::Kind K);
  void importCallback(MethodDefRid R, const MethodDefRow &Row,
                      CustomAttributeRid Attribute, bool IsUnmanaged);
  llvm::Error describeUnmanaged(CustomAttributeRid Attribute, Callback &Out);
  llvm::Error describe(MethodDefRid R, const MethodDefRow &Row, Method &Out);
  llvm::Error findOverloads(MethodDefRid R, Method &Out);
  llvm::Error describeCallback(MethodDefRid R, CustomAttributeRid Attribute,
                               Callback &Out);

  /// Adds the declaring type of \p M if it is a generic delegate. A manifest
  /// declares a generic type because methods are named with its type
  /// parameters, and the declaration of a delegate contains the signature of
  /// Invoke.
  static void reachDelegate(const Method &M,
                            std::vector<RequiredTypes::Reach> &Out) {
    if (M.Declaring->TheKind == TypeDef::Delegate &&
        !M.Declaring->GenericParams.empty())
      Out.push_back({const_cast<TypeDef *>(M.Declaring), true});
  }
  void malformed(const Method &User, llvm::Error E) {
    Findings.add(managed::malformed(A, User, std::move(E)));
  }
  llvm::Expected<AttributeArguments> arguments(CustomAttributeRid R) {
    return readAttribute(Set, A, R, Allocator);
  }

  AssemblySet &Set;
  Assembly &A;
  Model &M;
  DiagnosticList &Findings;
  bool MarshalsOrdinary = false;
  llvm::BumpPtrAllocator Allocator; ///< allocates attributes
  MethodIndex Methods;
  RequiredTypes Needed;
};

} // namespace

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
  if (Name->empty())
    return A->file().error(nullptr, "ECMA-335 II.22.26",
                           "the method has no name");
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
  llvm::SmallString<256> Member; // reused, because there are very many names
  llvm::raw_svector_ostream(Member) << Out;
  Out.Where.Member = Member.str();
  return llvm::Error::success();
}

llvm::Error Importer::findOverloads(MethodDefRid R, Method &Out) {
  auto Named = Methods.find(A->owner(R), Out.Name);
  if (!Named)
    return Named.takeError();
  for (MethodDefRid Other : *Named) {
    if (Other == R)
      continue;
    auto Params = genericParams(A, Other);
    if (!Params)
      return Params.takeError();
    (Params->size() == Out.Sig.GenericParams.size() ? Out.IsOverloaded
                                                    : Out.IsOverloadedByArity) =
        true;
  }
  return llvm::Error::success();
}

void Importer::importMethod(MethodDefRid R, const MethodDefRow &Row,
                            Method::Kind K) {
  Method New;
  New.TheKind = K;
  if (llvm::Error E = describe(R, Row, New)) {
    malformed(New, std::move(E));
    // Its entry point does not depend on the types of its signature, so it is
    // known.
    if (K == Method::PInvoke && New.Declaring) {
      if (llvm::Error Other = describePInvoke(Set, A, R, New))
        // The method is reported above.
        return llvm::consumeError(std::move(Other));
      M.Unread.push_back(std::move(New));
    }
    return;
  }
  if (K == Method::PInvoke) {
    if (llvm::Error E = describePInvoke(Set, A, R, New))
      return malformed(New, std::move(E));
    if (llvm::Error E = describeLibraryImport(Set, A, Methods, R, New))
      return malformed(New, std::move(E));
    New.Import.PreserveSig =
        has(Row.ImplFlags, MethodImplAttributes::PreserveSig);
  } else if (K == Method::InternalCall || K == Method::Ordinary) {
    if (llvm::Error E = findOverloads(R, New))
      return malformed(New, std::move(E));
    if (K == Method::Ordinary)
      New.Import.IsMarshallingDisabled = disablesMarshalling(A);
  }
  std::vector<RequiredTypes::Reach> Types;
  Needed.reach(New.Sig,
               /*Marshals=*/K == Method::PInvoke || MarshalsOrdinary, Types);
  // `this` of a value type is the address of its fields, so they are required.
  if (New.Sig.HasThis && New.Declaring->isValueType())
    Types.push_back({const_cast<TypeDef *>(New.Declaring), false});
  reachDelegate(New, Types);
  bool AllFound = Needed.complete(std::move(Types), New);
  (!AllFound               ? M.Unread
   : K == Method::Ordinary ? M.Methods
                           : M.Imports)
      .push_back(std::move(New));
}

//===----------------------------------------------------------------------===//
// Callbacks
//===----------------------------------------------------------------------===//

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
  std::vector<RequiredTypes::Reach> Types;
  Needed.reach(New.Target.Sig, /*Marshals=*/true, Types);
  if (New.Delegate)
    Needed.reachDelegate(*New.Delegate, Types);
  reachDelegate(New.Target, Types);
  if (Needed.complete(std::move(Types), New.Target))
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

/// Returns whether a method belongs to a COM type. The runtime calls such a
/// method through an object, and compilers mark those of classes as internal
/// calls. (II.23.1.15, Import; .NET documentation, "ComImportAttribute")
static bool isOfComType(const Assembly &A, MethodDefRid R) {
  auto Type = rowIfAny(A, A->owner(R));
  return Type && has(Type->Flags, TypeAttributes::Import);
}

static Method::Kind kind(const Assembly &A, MethodDefRid R,
                         const MethodDefRow &Row) {
  if (has(Row.Flags, MethodAttributes::PInvokeImpl) && !isInImage(Row))
    return Method::PInvoke;
  return has(Row.ImplFlags, MethodImplAttributes::InternalCall) &&
                 !isOfComType(A, R)
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
    if (Method::Kind K = kind(A, R, *Row); K != Method::Ordinary)
      importMethod(R, *Row, K);
  }
  // Attributes are sorted by their parent. Iterating over them once is faster
  // than searching those of every method.
  for (CustomAttributeRid R : A->rows<CustomAttributeRow>()) {
    // The declaration of a malformed attribute is not known, so it may be a
    // callback.
    llvm::Expected<CustomAttributeRow> Attribute = A->row(R);
    if (!Attribute) {
      malformed({}, Attribute.takeError());
      continue;
    }
    AssemblySet::Name Name = AssemblySet::attributeName(A, *Attribute);
    bool IsUnmanaged = Name.Name == "UnmanagedCallersOnlyAttribute" &&
                       Name.Namespace == "System.Runtime.InteropServices";
    if (!IsUnmanaged && Name.Name != "MonoPInvokeCallbackAttribute")
      continue;
    if (!Attribute->Parent.is<MethodDefRow>())
      continue;
    auto Parent = Attribute->Parent.as<MethodDefRow>();
    llvm::Expected<MethodDefRow> Row = A->row(Parent);
    if (!Row)
      malformed({}, Row.takeError());
    else
      importCallback(Parent, *Row, R, IsUnmanaged);
  }
  Needed.reportUnknownLayouts();
}

void Importer::visitAll(llvm::function_ref<void(const Method &)> Visit) {
  for (MethodDefRid R : A->rows<MethodDefRow>()) {
    llvm::Expected<MethodDefRow> Row = A->row(R);
    if (!Row) {
      malformed({}, Row.takeError());
      continue;
    }
    Method Each;
    Each.TheKind = kind(A, R, *Row);
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
      importMethod(R, *Row, kind(A, R, *Row));
  }
  importPointers(Wanted, Type, Known);
  Needed.reportUnknownLayouts();
}

void Importer::importPointers(StringRef Name, TypeDefRid Type,
                              llvm::function_ref<bool(const Method &)> Known) {
  llvm::Expected<std::vector<Method>> Pointers =
      describePointers(Set, A, Type, Name);
  if (!Pointers)
    return malformed({}, Pointers.takeError());
  // All are looked up before one is added. Two fields can have the same name in
  // metadata, and each has a slot.
  llvm::erase_if(*Pointers, Known);
  for (Method &Each : *Pointers) {
    std::vector<RequiredTypes::Reach> Types;
    Needed.reach(Each.Sig, /*Marshals=*/true, Types);
    bool AllFound = Needed.complete(std::move(Types), Each);
    (AllFound ? M.Methods : M.Unread).push_back(std::move(Each));
  }
}

void importAssembly(AssemblySet &Set, Assembly &A, Model &M,
                    DiagnosticList &Findings, SignatureTypes Needed) {
  M.Assemblies.push_back(A.name());
  Importer(Set, A, M, Findings, Needed).importAll();
  for (const auto &Module : A.modules())
    Importer(Set, *Module, M, Findings, Needed).importAll();
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

/// The methods of a growing model, by name.
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
    size_t Count = 0; ///< the number of elements of List that are indexed
    llvm::StringMap<llvm::SmallVector<size_t, 1>> ByName;
  };
  std::array<Index, 3> All;
};

} // namespace

static void importMethod(AssemblySet &Set, const MethodName &Name, Model &M,
                         KnownMethods &Known, bool MarshalsOrdinary,
                         DiagnosticList &Findings) {
  // Reading an assembly may append to the list.
  for (size_t I = 0; I != Set.loaded().size(); ++I) {
    Assembly &A = *Set.loaded()[I];
    std::string Why;
    if (TypeDef *D = Set.findType(A, Name.Type, Why)) {
      if (AssemblySet::Origin O = Set.origin(*D); O.Assembly) {
        Importer Reads(Set, *O.Assembly, M, Findings);
        if (MarshalsOrdinary)
          Reads.marshalOrdinary();
        Reads.importNamed(Name, O.Row,
                          [&](const Method &Each) { return Known.has(Each); });
      }
      return;
    }
    for (AssemblyRefRid R : A->rows<AssemblyRefRow>())
      if (llvm::Expected<AssemblyRefRow> Row = A->row(R)) {
        if (llvm::Expected<StringRef> Ref = A->string(Row->Name))
          Set.find(*Ref, Why);
        else
          llvm::consumeError(Ref.takeError()); // a missing method is reported
      } else {
        llvm::consumeError(Row.takeError()); // a missing method is reported
      }
  }
}

void importMethods(AssemblySet &Set, llvm::ArrayRef<MethodName> Names, Model &M,
                   DiagnosticList &Findings, bool MarshalsOrdinary) {
  KnownMethods Known(M);
  for (const MethodName &Name : Names)
    if (!Known.has(Name))
      importMethod(Set, Name, M, Known, MarshalsOrdinary, Findings);
}

} // namespace ilbridge::managed
