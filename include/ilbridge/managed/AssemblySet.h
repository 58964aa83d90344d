//===- AssemblySet.h - Assemblies that refer to each other ------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   metadata rows ──definition(), type()──▶ TypeDef, TypeSig
//        │                                      │ references to other
//        └── TypeRef ──resolve()── references ──┘ assemblies are resolved on
//                                                 demand
//
// Metadata is not trusted: enclosing types and forwarders can be cyclic. A type
// that cannot be found becomes an Unresolved definition with the reason;
// malformed metadata is an Error to the caller.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_MANAGED_ASSEMBLYSET_H
#define ILBRIDGE_MANAGED_ASSEMBLYSET_H

#include "ilbridge/ecma335/CustomAttribute.h"
#include "ilbridge/ecma335/Module.h"
#include "ilbridge/ecma335/Signature.h"
#include "ilbridge/managed/Type.h"
#include "llvm/ADT/DenseMap.h"

namespace ilbridge::managed {

/// A file with metadata: an assembly's own, or one of its other modules.
class Assembly {
public:
  /// The assembly's simple name, which is the same for all of its modules.
  const std::string &name() const { return Name; }
  /// The module's own name without its extension.
  const std::string &moduleName() const { return ModuleName; }
  const std::string &path() const { return Path; }
  const ecma335::Module &metadata() const { return *Metadata; }
  const ecma335::Module *operator->() const { return Metadata.get(); }

  /// The file with the assembly's manifest, to which other assemblies refer:
  /// this one, unless it is another module (II.6.1).
  Assembly &manifest() { return Manifest ? *Manifest : *this; }
  /// The other modules that the manifest names, in its order.
  llvm::ArrayRef<std::unique_ptr<Assembly>> modules() const { return Modules; }
  /// Whether it is a reference assembly, which does not contain the layouts of
  /// structs. (.NET documentation, "Reference assemblies")
  bool isReference() const { return IsReference; }

private:
  friend class AssemblySet;
  Assembly *Manifest = nullptr;
  std::vector<std::unique_ptr<Assembly>> Modules;
  llvm::StringMap<std::string> Unreadable; ///< unreadable modules with reasons
  bool IsReference = false;
  std::string Name;
  std::string ModuleName;
  std::string Path;
  std::unique_ptr<ecma335::Module> Metadata;
  std::vector<TypeDef *> Definitions; ///< by rid; null: not created yet
  std::vector<TypeDef *> References;  ///< resolved TypeRefs, by rid
  /// Types by full name; forwarded types as tokens of ExportedType.
  llvm::StringMap<ecma335::Token> ByName;
};

/// Returns the names of the entries of \p Folder, sorted; none if it cannot be
/// read.
std::vector<std::string> namesIn(llvm::StringRef Folder,
                                 llvm::vfs::FileSystem &Files);

class AssemblySet {
public:
  /// \p References are searched in order, for Name.dll, Name.exe,
  /// Name.dll.bytes and Name.wasm, which can have a fingerprint:
  /// Name.HASH.wasm. With \p FilesMayChange, files are copied into memory,
  /// because a mapped file must not change while it is read. All files are read
  /// through \p Files.
  AssemblySet(TypeTable &Types, std::vector<std::string> References,
              bool FilesMayChange = false,
              llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files =
                  llvm::vfs::getRealFileSystem())
      : Types(Types), References(std::move(References)),
        FilesMayChange(FilesMayChange), Files(std::move(Files)) {}

  TypeTable &types() { return Types; }

  /// Reads the assembly at \p Path with all its modules. Its folder is then
  /// searched last for its references.
  llvm::Expected<Assembly *> load(llvm::StringRef Path);
  /// The assembly with this simple name, which is read on first use. Null if
  /// there is none; \p Why then states the reason.
  Assembly *find(llvm::StringRef Name, std::string &Why);
  /// The assemblies that have been read so far, in this order.
  llvm::ArrayRef<std::unique_ptr<Assembly>> loaded() const { return All; }

  /// Returns the definition of a row: names, kind and layout, but not its
  /// members. If the definition cannot be read, every call returns the Error.
  llvm::Expected<TypeDef *> definition(Assembly &A, ecma335::TypeDefRid R);
  /// The type with that full name ("Ns.Outer/Inner"), through forwarders. Null
  /// if there is none; \p Why then states the reason.
  TypeDef *findType(Assembly &A, llvm::StringRef FullName, std::string &Why);
  /// Completes the unresolved \p D if it is a struct of the core libraries with
  /// the same layout in every runtime, so that a program that passes a
  /// System.Guid does not require the core library. \returns whether it is such
  /// a struct.
  bool completeByName(TypeDef &D);
  /// \returns the type of a token; Unresolved if it is not found.
  llvm::Expected<const TypeSig *> type(Assembly &A, ecma335::TypeDefOrRef T);
  llvm::Expected<const TypeSig *> type(Assembly &A, const ecma335::TypeSig &T) {
    return type(A, T, Modifiers::Dropped);
  }
  /// As above, for the signature of \p Method, whose type parameters can have
  /// constraints.
  llvm::Expected<const TypeSig *> type(Assembly &A, const ecma335::TypeSig &T,
                                       ecma335::MethodDefRid Method);
  /// As above, with the custom modifiers that Mono's names have.
  llvm::Expected<const TypeSig *> modifiedType(Assembly &A,
                                               const ecma335::TypeSig &T,
                                               ecma335::MethodDefRid Method);
  /// The type with a serialized name: "Ns.Outer+Inner, Assembly, Version=…".
  /// Without an assembly, the type is in \p A or in the core library.
  llvm::Expected<const TypeSig *> typeByName(Assembly &A,
                                             llvm::StringRef SerializedName);
  /// The type with that full name in the assembly \p Name. If the assembly is
  /// missing, types of .NET are searched in all assemblies, because the missing
  /// one can be a facade.
  TypeDef *findType(llvm::StringRef Name, llvm::StringRef FullName,
                    std::string &Why) {
    return findType(Name, FullName, Why, 0);
  }

  /// A missing assembly that should contain a type.
  struct MissingAssembly {
    std::string Name;
    const Assembly *Referrer; ///< refers or forwards to it
    std::string Why;
  };
  /// Returns the missing assembly that is the reason why \p R is not found.
  /// Returns nullopt if \p R is found, or if no assembly is missing.
  std::optional<MissingAssembly> missing(Assembly &A, ecma335::TypeRefRid R);

  /// Reads the parts that definition() does not read: fields, underlying type,
  /// Invoke. Further calls return the same result. Does nothing for a
  /// definition of a manifest.
  llvm::Error complete(TypeDef &D);
  /// Returns the declaration of a delegate, whose Invoke refers to the type
  /// arguments of \p T as !0, or null if \p T is no delegate or if its Invoke
  /// is not known.
  const DelegateInfo *delegate(const TypeSig &T);

  /// The row from which a definition was read; null for definitions of
  /// manifests.
  struct Origin {
    managed::Assembly *Assembly = nullptr;
    ecma335::TypeDefRid Row;
  };
  Origin origin(const TypeDef &D) const { return Origins.lookup(&D); }

  /// The name and namespace of a type, as the row of its token states them.
  struct Name {
    llvm::StringRef Namespace;
    llvm::StringRef Name;
  };
  static Name nameOf(const Assembly &A, ecma335::Token T);
  /// The type whose constructor a custom attribute calls.
  static Name attributeName(const Assembly &A,
                            const ecma335::CustomAttributeRow &R);
  /// Finds the first attribute with that name and, unless it is empty,
  /// namespace.
  static ecma335::CustomAttributeRid findAttribute(const Assembly &A,
                                                   ecma335::Token Parent,
                                                   llvm::StringRef Namespace,
                                                   llvm::StringRef Name);
  /// Returns the underlying type of the enum type of an attribute's argument.
  llvm::Expected<ecma335::ElementType>
  underlyingType(Assembly &A, const ecma335::EnumReference &E);

private:
  llvm::Expected<std::unique_ptr<Assembly>> readFile(llvm::StringRef Path);
  llvm::Expected<Assembly *> read(llvm::StringRef Path);
  bool isFile(llvm::StringRef Path) const;
  void readModules(Assembly &A);
  Assembly *findModule(Assembly &A, llvm::StringRef Name, std::string &Why);
  std::vector<std::string> filesOf(llvm::StringRef Folder,
                                   llvm::StringRef Name);
  TypeDef *findByName(llvm::StringRef FullName);
  llvm::Expected<TypeDef *> definition(Assembly &A, ecma335::TypeDefRid R,
                                       unsigned Depth);
  llvm::Error describe(Assembly &A, ecma335::TypeDefRid R,
                       const ecma335::TypeDefRow &Row, TypeDef &D);
  llvm::Error readMembers(Assembly &A, ecma335::TypeDefRid R, TypeDef &D);
  llvm::Error remember(const TypeDef &D, llvm::Error E);
  llvm::Error remembered(const TypeDef &D) const;
  TypeDef *findType(Assembly &A, llvm::StringRef FullName, std::string &Why,
                    unsigned Depth);
  TypeDef *findType(llvm::StringRef Name, llvm::StringRef FullName,
                    std::string &Why, unsigned Depth);
  TypeDef *forwarded(Assembly &A, ecma335::ExportedTypeRid R,
                     llvm::StringRef FullName, std::string &Why,
                     unsigned Depth);
  llvm::Expected<TypeDef *> reference(Assembly &A, ecma335::TypeRefRid R,
                                      unsigned Depth);
  /// Whether a type is read with its custom modifiers. (In Mono:
  /// do_mono_metadata_parse_type in mono/metadata/metadata.c)
  enum class Modifiers : uint8_t {
    Dropped,
    Kept,
    KeptInArguments, ///< Kept only in the arguments of generic types
  };
  llvm::Expected<const TypeSig *> type(Assembly &A, const ecma335::TypeSig &T,
                                       Modifiers Mods);
  llvm::Expected<const TypeSig *>
  unmodifiedType(Assembly &A, const ecma335::TypeSig &T, Modifiers Mods);
  llvm::Expected<const TypeSig *>
  modified(Assembly &A, const TypeSig &T,
           llvm::ArrayRef<ecma335::CustomMod> Mods);
  llvm::Expected<const TypeSig *> named(Assembly &A, ecma335::TypeDefOrRef T,
                                        bool IsValueType);
  llvm::Expected<const TypeSig *> parameter(Assembly &A,
                                            const ecma335::GenericVarSig &Var);
  llvm::Expected<const TypeSig *> constraint(Assembly &A,
                                             ecma335::GenericParamRid R);
  llvm::Error inheritFields(Assembly &A, ecma335::TypeDefOrRef Base,
                            TypeDef &D);
  bool hasTooManyBases(Assembly &Of, ecma335::TypeDefOrRef Base);
  llvm::Error readStructAttributes(Assembly &A, ecma335::TypeDefRid R,
                                   TypeDef &D);
  bool fillByName(TypeDef &D);
  llvm::Error completeEnum(Assembly &A, ecma335::RidRange<ecma335::FieldRow> R,
                           TypeDef &D);
  llvm::Error completeDelegate(Assembly &A, ecma335::TypeDefRid R, TypeDef &D);
  /// Returns Class, SafeHandle or CriticalHandle, depending on the base
  /// classes.
  TypeDef::Kind classKind(Assembly &A, ecma335::TypeDefOrRef Base,
                          unsigned Depth);
  TypeDef &unresolved(llvm::StringRef AssemblyName, llvm::StringRef FullName,
                      llvm::StringRef Why);

  TypeTable &Types;
  std::vector<std::string> References;
  bool FilesMayChange;
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files;
  std::vector<std::string> OwnFolders;
  std::vector<std::unique_ptr<Assembly>> All;
  llvm::StringMap<Assembly *> ByName;
  llvm::StringMap<std::string> Missing; ///< why an assembly was not found
  /// The names of the .wasm files of a folder, sorted.
  llvm::StringMap<std::vector<std::string>> WasmFiles;
  bool HasReadFramework = false; ///< see findByName()
  llvm::DenseMap<const TypeDef *, Origin> Origins;
  /// The definitions whose members were requested, with the error of those that
  /// cannot be read.
  llvm::DenseMap<const TypeDef *, std::optional<ecma335::FormatError>> Read;
  llvm::BumpPtrAllocator Scratch; ///< signatures while they are converted
  /// The number of nested signatures that are being converted.
  unsigned Depth = 0;
  /// The method whose signature is being converted, for the constraints of its
  /// type parameters; null for other signatures.
  ecma335::MethodDefRid Scope;
};

} // namespace ilbridge::managed

#endif // ILBRIDGE_MANAGED_ASSEMBLYSET_H
