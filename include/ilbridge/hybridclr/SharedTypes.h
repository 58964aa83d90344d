//===- SharedTypes.h - Types reduced to ABI classes -------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   signature blob ──classOf()──▶ ABIClass ──instance(), structure()──▶ fields
//
// il2cpp compiles one body for all type arguments that are references.
// HybridCLR shares more: within generic structs too, it treats an enum as its
// integer, a bool as a byte, a char as a ushort, and a pointer as a UIntPtr.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_HYBRIDCLR_SHAREDTYPES_H
#define ILBRIDGE_HYBRIDCLR_SHAREDTYPES_H

#include "ilbridge/hybridclr/ABIClass.h"
#include "ilbridge/managed/AssemblySet.h"
#include <deque>

namespace ilbridge::hybridclr {

/// The maximum length in bytes of a struct's full name in the runtime's buffer.
inline constexpr size_t MaxFullName = 1022;

/// A value type and, if it is generic, its type arguments.
struct StructInstance {
  const managed::TypeDef *Definition;
  ABIClassList Arguments;
};

/// An instance field. The order of fields in metadata is their order in memory.
struct StructField {
  std::string Name;
  std::optional<uint32_t> Offset; ///< [FieldOffset], in bytes
  ABIClass Type;
  /// True for UnityEngine.Bindings.IgnoreAttribute with
  /// DoesNotContributeToSize: the field affects only the alignment.
  bool IsAlignmentOnly = false;
};

/// The layout of a struct's values in memory.
struct Structure {
  managed::TypeDef::Layout Layout = managed::TypeDef::Sequential;
  uint32_t Pack = 0; ///< as declared, in bytes; 0 if none is
  uint32_t Size = 0; ///< as declared, in bytes; 0 if none is
  std::vector<StructField> Fields;
  /// True if there are no references at any depth. Bool, char and pointers
  /// count as blittable here.
  bool IsBlittable = true;
  /// The reason why no function can pass the struct, as in "'Node' contains
  /// itself by value", or empty.
  std::string Problem;
  /// The name of the reference assembly whose missing layouts are the problem,
  /// or empty for another problem.
  std::string Reference = {};

  /// The packing that a compiler applies to the fields: il2cpp drops Pack on
  /// structs with references and on those of automatic layout.
  uint32_t effectivePack() const {
    return IsBlittable && Layout != managed::TypeDef::Auto ? Pack : 0;
  }
};

class SharedTypes {
public:
  explicit SharedTypes(managed::AssemblySet &Set) : Set(Set) {
    Lists.push_back({}); // ABIClassList::None
  }

  /// The ABI class of a type in a signature of \p A.
  ABIClass classOf(managed::Assembly &A, const ecma335::TypeSig &T,
                   const TypeArguments &Args);
  ABIClass classOf(const managed::TypeSig &T, const TypeArguments &Args = {});
  ABIClass classOf(const managed::TypeDef &D, ABIClassList Args);

  ABIClassList list(llvm::ArrayRef<ABIClass> Classes);
  llvm::ArrayRef<ABIClass> classes(ABIClassList L) const {
    return Lists[static_cast<uint32_t>(L)];
  }
  size_t listCount() const { return Lists.size(); }
  /// Returns a list of \p Count times Object, or None if it is 0.
  ABIClassList objects(size_t Count);

  uint32_t structCount() const { return Structs.size(); }
  const StructInstance &instance(ABIClass Struct) const {
    return Structs[Struct.index()].Instance;
  }
  /// Reads the fields at the first request.
  const Structure &structure(ABIClass Struct);

  /// A type that could not be found, and the reason.
  struct Unresolved {
    std::string Type;
    std::string Problem;
  };
  const Unresolved &unresolved(ABIClass V) const { return Missing[V.index()]; }

  /// Returns a name for messages:
  /// "System.Collections.Generic.KeyValuePair`2<object,i4>". Deeply nested
  /// instances are abbreviated.
  std::string name(ABIClass V) const { return name(V, 0); }
  std::string names(ABIClassList L) const { return names(L, 0); }

  /// Returns the full name by which the runtime finds a struct since 4.0:
  /// "Game:Pair`2<Game:Point,u>". The name of nested instances can be longer
  /// than memory, so check its length first.
  std::string fullName(ABIClass V) const;
  /// Returns the length in bytes, but at most MaxNameLength.
  size_t fullNameLength(ABIClass V) const;
  static constexpr size_t MaxNameLength = size_t(1) << 31;

  managed::AssemblySet &assemblies() { return Set; }

  /// Returns true if a type was not created because its arguments are nested
  /// too deeply.
  bool wasCut() const { return WasCut; }

private:
  struct StructEntry {
    StructInstance Instance;
    Structure Fields;
    enum { Unread, Reading, Read } State = Unread;
    /// The depth of nested type arguments; 1 without arguments.
    unsigned Nesting = 1;
    size_t FullNameLength = 0;
  };
  ABIClass named(managed::Assembly &A, ecma335::TypeDefOrRef T);
  const managed::TypeDef *
  definition(managed::Assembly &A, ecma335::TypeDefOrRef T, ABIClass &Problem);
  ABIClass missing(llvm::StringRef Type, llvm::StringRef Problem);
  ABIClass missing(llvm::StringRef Type, llvm::Error E);
  ABIClass structOf(const managed::TypeDef &D, ABIClassList Args);
  ABIClass parameter(ABIClassList Args, uint32_t Number);
  void read(StructEntry &E, ABIClass Struct, unsigned Depth);
  llvm::Error readFields(StructEntry &E, ABIClass Struct, unsigned Depth);
  const Structure &structure(ABIClass Struct, unsigned Depth);
  llvm::Expected<bool> isAlignmentOnly(managed::Assembly &A,
                                       ecma335::FieldRid R);
  std::string name(ABIClass V, unsigned Depth) const;
  std::string names(ABIClassList L, unsigned Depth) const;
  std::string modulePrefix(const managed::TypeDef &D) const;

  managed::AssemblySet &Set;
  std::deque<StructEntry> Structs;
  llvm::DenseMap<std::pair<const managed::TypeDef *, uint32_t>, uint32_t>
      StructIndex;
  std::vector<llvm::ArrayRef<ABIClass>> Lists;
  llvm::DenseMap<llvm::ArrayRef<ABIClass>, uint32_t> ListIndex;
  std::vector<Unresolved> Missing;
  llvm::StringMap<uint32_t> MissingIndex;
  /// The values of the tokens after VALUETYPE, by assembly and token.
  llvm::DenseMap<std::pair<const managed::Assembly *, ecma335::Token>, ABIClass>
      ByToken;
  llvm::BumpPtrAllocator Allocator;
  bool WasCut = false;
};

} // namespace ilbridge::hybridclr

#endif // ILBRIDGE_HYBRIDCLR_SHAREDTYPES_H
