//===- AssemblySet.cpp - Assemblies that refer to each other --------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Files, names and resolution; TypeImport.cpp reads definitions and signatures.
//
//===----------------------------------------------------------------------===//

#include "ilbridge/managed/AssemblySet.h"
#include "llvm/Support/Path.h"

using namespace ilbridge::ecma335;
using llvm::StringRef;

namespace ilbridge::managed {

/// Forwarders and nested references go from row to row; a file can make them
/// go round.
static constexpr unsigned MaxHops = 64;

/// A row's text, or nothing where the row or its name is malformed: to a
/// search by name such a row does not exist.
static StringRef text(const Assembly &A, StringIndex I) {
  llvm::Expected<StringRef> Text = A->string(I);
  if (!Text) {
    llvm::consumeError(Text.takeError());
    return "";
  }
  return *Text;
}

template <typename Row>
static std::optional<Row> rowIfAny(const Assembly &A, Rid<Row> R) {
  llvm::Expected<Row> Found = A->row(R);
  if (Found)
    return *Found;
  llvm::consumeError(Found.takeError());
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

llvm::Expected<Assembly *> AssemblySet::read(StringRef Path) {
  llvm::Expected<std::unique_ptr<ecma335::Module>> Metadata =
      ecma335::Module::open(Path, FilesMayChange, Files);
  if (!Metadata)
    return Metadata.takeError();
  auto New = std::make_unique<Assembly>();
  Assembly &A = *New;
  A.Path = Path.str();
  A.Metadata = std::move(*Metadata);
  if (auto M = rowIfAny(A, ModuleRid(1)))
    A.ModuleName = llvm::sys::path::stem(text(A, M->Name)).str();
  if (auto Row = rowIfAny(A, AssemblyRid(1)))
    A.Name = text(A, Row->Name).str();
  if (A.ModuleName.empty())
    A.ModuleName = llvm::sys::path::stem(Path).str();
  if (A.Name.empty()) // a netmodule
    A.Name = A.ModuleName;
  A.Definitions.resize(A->rowCount<TypeDefRow>() + 1);
  A.References.resize(A->rowCount<TypeRefRow>() + 1);

  // Top-level types; a nested one is found through the one around it.
  for (ExportedTypeRid R : A->rows<ExportedTypeRow>())
    if (auto Row = rowIfAny(A, R);
        Row && !Row->Implementation.is<ExportedTypeRow>()) {
      StringRef Namespace = text(A, Row->TypeNamespace);
      A.ByName[Namespace.empty()
                   ? text(A, Row->TypeName).str()
                   : (Namespace + "." + text(A, Row->TypeName)).str()] = R;
    }
  for (TypeDefRid R : A->rows<TypeDefRow>()) {
    Name N = nameOf(A, R);
    std::string Full =
        N.Namespace.empty() ? N.Name.str() : (N.Namespace + "." + N.Name).str();
    unsigned Hops = 0;
    for (TypeDefRid Outer = A->enclosingType(R); Outer && Hops < MaxHops;
         Outer = A->enclosingType(Outer), ++Hops) {
      Name O = nameOf(A, Outer);
      Full = (O.Namespace.empty() ? O.Name : (O.Namespace + "." + O.Name).str())
                 .str() +
             "/" + Full;
    }
    // The first of a name; obfuscators repeat them.
    auto [It, IsNew] = A.ByName.try_emplace(Full, R);
    if (!IsNew && !It->second.is<TypeDefRow>())
      It->second = R;
  }
  All.push_back(std::move(New));
  return &A;
}

llvm::Expected<Assembly *> AssemblySet::load(StringRef Path) {
  for (const auto &Known : All)
    if (Known->Path == Path)
      return Known.get();
  llvm::Expected<Assembly *> A = read(Path);
  if (!A)
    return A;
  ByName.try_emplace((*A)->Name, *A);
  std::string Folder = llvm::sys::path::parent_path(Path).str();
  if (!llvm::is_contained(OwnFolders, Folder))
    OwnFolders.push_back(Folder);
  return A;
}

Assembly *AssemblySet::find(StringRef Name, std::string &Why) {
  if (Assembly *Known = ByName.lookup(Name))
    return Known;
  if (auto It = Missing.find(Name); It != Missing.end()) {
    Why = It->second;
    return nullptr;
  }
  for (const std::vector<std::string> *Folders : {&References, &OwnFolders})
    for (const std::string &Folder : *Folders)
      for (StringRef Extension : {".dll", ".exe"}) {
        llvm::SmallString<256> Path = StringRef(Folder);
        llvm::sys::path::append(Path, Name + Extension);
        auto Status = Files->status(Path);
        if (!Status || !Status->isRegularFile())
          continue;
        llvm::Expected<Assembly *> A = read(Path);
        if (A) {
          ByName[Name] = *A;
          return *A;
        }
        Why = llvm::toString(A.takeError());
        Missing[Name] = Why;
        return nullptr;
      }
  Why = ("assembly '" + Name + "' is in none of the reference folders").str();
  Missing[Name] = Why;
  return nullptr;
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

AssemblySet::Name AssemblySet::nameOf(const Assembly &A, Token T) {
  if (T.is<TypeDefRow>()) {
    if (auto Row = rowIfAny(A, T.as<TypeDefRow>()))
      return {text(A, Row->TypeNamespace), text(A, Row->TypeName)};
  } else if (T.is<TypeRefRow>()) {
    if (auto Row = rowIfAny(A, T.as<TypeRefRow>()))
      return {text(A, Row->TypeNamespace), text(A, Row->TypeName)};
  }
  return {};
}

AssemblySet::Name AssemblySet::attributeName(const Assembly &A,
                                             CustomAttributeRid R) {
  auto Row = rowIfAny(A, R);
  if (!Row)
    return {};
  if (Row->Type.is<MethodDefRow>())
    return nameOf(A, A->owner(Row->Type.as<MethodDefRow>()));
  if (Row->Type.is<MemberRefRow>())
    if (auto Member = rowIfAny(A, Row->Type.as<MemberRefRow>()))
      return nameOf(A, Member->Class);
  return {};
}

CustomAttributeRid AssemblySet::findAttribute(const Assembly &A, Token Parent,
                                              StringRef Namespace,
                                              StringRef TypeName) {
  for (CustomAttributeRid R : A->customAttributes(Parent)) {
    Name N = attributeName(A, R);
    if (N.Name == TypeName && (Namespace.empty() || N.Namespace == Namespace))
      return R;
  }
  return {};
}

//===----------------------------------------------------------------------===//
// Resolution
//===----------------------------------------------------------------------===//

TypeDef &AssemblySet::unresolved(StringRef AssemblyName, StringRef FullName,
                                 StringRef Why) {
  TypeDef &D = Types.define(AssemblyName, FullName);
  if (D.TheKind == TypeDef::Unresolved && D.Problem.empty())
    D.Problem = Why.str();
  return D;
}

TypeDef *AssemblySet::findType(Assembly &A, StringRef FullName,
                               std::string &Why) {
  return findType(A, FullName, Why, 0);
}

TypeDef *AssemblySet::findType(Assembly &A, StringRef FullName,
                               std::string &Why, unsigned Depth) {
  auto Found = A.ByName.find(FullName);
  if (Found != A.ByName.end() && Found->second.is<TypeDefRow>()) {
    llvm::Expected<TypeDef *> D = definition(A, Found->second.as<TypeDefRow>());
    if (D)
      return *D;
    Why = llvm::toString(D.takeError());
    return nullptr;
  }
  // Only the outermost type is forwarded, what is in it with it.
  StringRef Outermost = FullName.split('/').first;
  auto Forwarder = A.ByName.find(Outermost);
  if (Forwarder != A.ByName.end() && Forwarder->second.is<ExportedTypeRow>() &&
      Depth < MaxHops)
    return forwarded(A, Forwarder->second.as<ExportedTypeRow>(), FullName, Why,
                     Depth);
  Why = "assembly '" + A.Name + "' (" + A.Path + ") has no such type";
  return nullptr;
}

TypeDef *AssemblySet::forwarded(Assembly &A, ExportedTypeRid R,
                                StringRef FullName, std::string &Why,
                                unsigned Depth) {
  auto Row = rowIfAny(A, R);
  if (!Row || !Row->Implementation.is<AssemblyRefRow>()) {
    Why = "assembly '" + A.Name +
          "' has it in another module, which "
          "ilbridge does not read";
    return nullptr;
  }
  auto Ref = rowIfAny(A, Row->Implementation.as<AssemblyRefRow>());
  Assembly *Target = Ref ? find(text(A, Ref->Name), Why) : nullptr;
  return Target ? findType(*Target, FullName, Why, Depth + 1) : nullptr;
}

llvm::Expected<TypeDef *> AssemblySet::reference(Assembly &A, TypeRefRid R,
                                                 unsigned Depth) {
  llvm::Expected<TypeRefRow> Row = A->row(R);
  if (!Row)
    return Row.takeError();
  TypeDef *&Known = A.References[R.value()];
  if (Known)
    return Known;

  Name N = nameOf(A, R);
  std::string Full =
      N.Namespace.empty() ? N.Name.str() : (N.Namespace + "." + N.Name).str();
  std::string Why;
  Assembly *Scope = &A;
  std::string ScopeName = A.Name;
  if (Row->ResolutionScope.is<TypeRefRow>() && Row->ResolutionScope) {
    if (Depth >= MaxHops)
      return A->file().error(nullptr, "ECMA-335 II.22.38",
                             "type references nest in a circle");
    llvm::Expected<TypeDef *> Outer =
        reference(A, Row->ResolutionScope.as<TypeRefRow>(), Depth + 1);
    if (!Outer)
      return Outer.takeError();
    Full = (*Outer)->fullName() + "/" + Full;
    ScopeName = (*Outer)->Assembly;
    Scope = (*Outer)->TheKind == TypeDef::Unresolved ? nullptr
                                                     : origin(**Outer).Assembly;
    Why = (*Outer)->Problem;
  } else if (Row->ResolutionScope.is<AssemblyRefRow>() &&
             Row->ResolutionScope) {
    if (auto Ref = rowIfAny(A, Row->ResolutionScope.as<AssemblyRefRow>()))
      ScopeName = text(A, Ref->Name).str();
    // A manifest may have said what it is, without the assembly's file.
    if (TypeDef *D = Types.find(ScopeName, Full);
        D && D->TheKind != TypeDef::Unresolved)
      return Known = D;
    Scope = find(ScopeName, Why);
  } else if (Row->ResolutionScope.is<ModuleRefRow>() && Row->ResolutionScope) {
    Scope = nullptr;
    Why = "it is in another module of the assembly, which ilbridge does not "
          "read";
  }
  TypeDef *D = Scope ? findType(*Scope, Full, Why) : nullptr;
  Known = D ? D : &unresolved(ScopeName, Full, Why);
  return Known;
}

llvm::Expected<const TypeSig *> AssemblySet::type(Assembly &A, TypeDefOrRef T) {
  if (T.is<TypeSpecRow>()) {
    llvm::Expected<TypeSpecRow> Row = A->row(T.as<TypeSpecRow>());
    if (!Row)
      return Row.takeError();
    llvm::Expected<const ecma335::TypeSig *> Sig =
        readTypeSpec(*A.Metadata, Row->Signature, Scratch);
    if (!Sig)
      return Sig.takeError();
    return type(A, **Sig);
  }
  llvm::Expected<TypeDef *> D = T.is<TypeRefRow>()
                                    ? reference(A, T.as<TypeRefRow>(), 0)
                                    : definition(A, TypeDefRid(T.rid()));
  if (!D)
    return D.takeError();
  // In signatures the core types have codes of their own.
  if (!(*D)->Enclosing && (*D)->Namespace == "System")
    if (std::optional<Primitive> P = primitive((*D)->fullName()))
      return &Types.primitive(*P);
  return &Types.definition(**D);
}

} // namespace ilbridge::managed
