//===- AssemblySet.cpp - Assemblies that refer to each other --------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Names and resolution. AssemblyFiles.cpp finds files, and TypeImport.cpp reads
// definitions and signatures.
//
//===----------------------------------------------------------------------===//

#include "ilbridge/managed/AssemblySet.h"
#include "Bounds.h"
#include "Rows.h"

using namespace ilbridge::ecma335;
using llvm::StringRef;

namespace ilbridge::managed {

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
                                             const CustomAttributeRow &Row) {
  if (Row.Type.is<MethodDefRow>())
    return nameOf(A, A->owner(Row.Type.as<MethodDefRow>()));
  if (Row.Type.is<MemberRefRow>())
    if (auto Member = rowIfAny(A, Row.Type.as<MemberRefRow>()))
      return nameOf(A, Member->Class);
  return {};
}

CustomAttributeRid AssemblySet::findAttribute(const Assembly &A, Token Parent,
                                              StringRef Namespace,
                                              StringRef TypeName) {
  for (CustomAttributeRid R : A->customAttributes(Parent)) {
    auto Row = rowIfAny(A, R);
    Name N = Row ? attributeName(A, *Row) : Name();
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
  // A forwarder names only the outermost type, and includes its nested types.
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
  if (Row && Row->Implementation.is<AssemblyRefRow>()) {
    auto Ref = rowIfAny(A, Row->Implementation.as<AssemblyRefRow>());
    return Ref ? findType(text(A, Ref->Name), FullName, Why, Depth + 1)
               : nullptr;
  }
  if (Row && Row->Implementation.is<FileRow>())
    if (auto File = rowIfAny(A, Row->Implementation.as<FileRow>())) {
      Assembly *Module = findModule(A, text(A, File->Name), Why);
      return Module ? findType(*Module, FullName, Why, Depth + 1) : nullptr;
    }
  Why = "assembly '" + A.Name + "' does not say which assembly exports it";
  return nullptr;
}

/// Whether one version of .NET has an assembly with this name that only
/// forwards types.
static bool mayBeFacade(StringRef Name) {
  return Name == "netstandard" || Name == "mscorlib" || Name == "System" ||
         Name.starts_with("System.") || Name.starts_with("Microsoft.Win32.");
}

TypeDef *AssemblySet::findType(StringRef Name, StringRef FullName,
                               std::string &Why, unsigned Depth) {
  if (Assembly *A = find(Name, Why))
    return findType(*A, FullName, Why, Depth);
  return mayBeFacade(Name) ? findByName(FullName) : nullptr;
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
  TypeDef *D = nullptr;
  if (Row->ResolutionScope.is<TypeRefRow>() && Row->ResolutionScope) {
    if (Depth >= MaxHops)
      return A->file().error(nullptr, "ECMA-335 II.22.38",
                             "type references are nested in each other");
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
    // A manifest may have described the type, without the assembly's file.
    if (TypeDef *Described = Types.find(ScopeName, Full);
        Described && Described->TheKind != TypeDef::Unresolved)
      return Known = Described;
    Scope = nullptr;
    D = findType(ScopeName, Full, Why);
  } else if (Row->ResolutionScope.is<ModuleRefRow>() && Row->ResolutionScope) {
    auto Ref = rowIfAny(A, Row->ResolutionScope.as<ModuleRefRow>());
    Scope = Ref ? findModule(A, text(A, Ref->Name), Why) : nullptr;
  } else if (!Row->ResolutionScope) {
    Scope = &A.manifest(); // the type is in one of its ExportedTypes (II.22.38)
  }
  if (Scope)
    D = findType(*Scope, Full, Why);
  if (!D && isNestedTooDeeply(Full))
    return A->file().error(nullptr, "ECMA-335 II.22.38", NestedTooDeeply);
  Known = D ? D : &unresolved(ScopeName, Full, Why);
  return Known;
}

std::optional<AssemblySet::MissingAssembly> AssemblySet::missing(Assembly &A,
                                                                 TypeRefRid R) {
  llvm::Expected<TypeDef *> D = reference(A, R, 0);
  if (!D) {
    llvm::consumeError(D.takeError()); // reported when the type is required
    return std::nullopt;
  }
  auto Row = rowIfAny(A, R);
  if ((*D)->TheKind != TypeDef::Unresolved || !Row ||
      !Row->ResolutionScope.is<AssemblyRefRow>())
    return std::nullopt;
  std::string FullName = (*D)->fullName();
  Assembly *Referrer = &A;
  auto Ref = Row->ResolutionScope.as<AssemblyRefRow>();
  for (unsigned Hops = 0; Hops < MaxHops; ++Hops) {
    auto RefRow = rowIfAny(*Referrer, Ref);
    if (!RefRow)
      return std::nullopt;
    StringRef Name = text(*Referrer, RefRow->Name);
    std::string Why;
    Assembly *Next = find(Name, Why);
    if (!Next)
      return MissingAssembly{Name.str(), Referrer, Why};
    auto Forwarder = Next->ByName.find(FullName);
    if (Forwarder == Next->ByName.end() ||
        !Forwarder->second.is<ExportedTypeRow>())
      return std::nullopt;
    auto Exported = rowIfAny(*Next, Forwarder->second.as<ExportedTypeRow>());
    if (!Exported || !Exported->Implementation.is<AssemblyRefRow>())
      return std::nullopt;
    Referrer = Next;
    Ref = Exported->Implementation.as<AssemblyRefRow>();
  }
  return std::nullopt;
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
  // In signatures, the core types have element types of their own.
  if (!(*D)->Enclosing && (StringRef((*D)->Namespace) == "System" ||
                           StringRef((*D)->Name).starts_with("System.")))
    if (std::optional<Primitive> P = primitive((*D)->fullName()))
      return &Types.primitive(*P);
  return &Types.definition(**D);
}

} // namespace ilbridge::managed
