//===- SharedTypes.h - Types reduced to values ------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   signature blob ──value()──▶ Value ──instance(), structure()──▶ fields
//
// il2cpp compiles one body for all type arguments that are references, and
// HybridCLR shares further: enums go as their integers, bool as byte, char as
// ushort, pointers as UIntPtr, within generic structs too.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_HYBRIDCLR_SHAREDTYPES_H
#define ILBRIDGE_HYBRIDCLR_SHAREDTYPES_H

#include "ilbridge/hybridclr/Value.h"
#include "ilbridge/managed/AssemblySet.h"
#include <deque>

namespace ilbridge::hybridclr {

/// The full name of a struct that the runtime's buffer holds, in bytes.
inline constexpr size_t MaxFullName = 1022;

/// A value type, with its type arguments where it is generic.
struct StructInstance {
  const managed::TypeDef *Definition;
  ValueList Arguments;
};

/// An instance field, in the order of metadata, which is that of memory.
struct StructField {
  std::string Name;
  std::optional<uint32_t> Offset; ///< [FieldOffset], in bytes
  Value Type;
  /// UnityEngine.Bindings.IgnoreAttribute with DoesNotContributeToSize: the
  /// field takes part in the alignment only.
  bool IsAlignmentOnly = false;
};

/// How the values of a struct lie in memory.
struct Structure {
  managed::TypeDef::Layout Layout = managed::TypeDef::Sequential;
  uint32_t Pack = 0; ///< as declared, in bytes; 0: none
  uint32_t Size = 0; ///< as declared, in bytes; 0: none
  std::vector<StructField> Fields;
  /// Without references, however deep inside. Bool, char and pointers count as
  /// blittable here.
  bool IsBlittable = true;
  /// Why no function can be made that passes it, as in "'Node' contains itself
  /// by value"; empty: it can.
  std::string Problem;
  /// The name of the reference assembly whose lack of layouts is the problem;
  /// empty: it is another one.
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
    Lists.push_back({}); // ValueList::None
  }

  /// The value of a type in a signature of \p A.
  Value value(managed::Assembly &A, const ecma335::TypeSig &T,
              const TypeArguments &Args);
  Value value(const managed::TypeSig &T, const TypeArguments &Args = {});
  Value value(const managed::TypeDef &D, ValueList Args);

  ValueList list(llvm::ArrayRef<Value> Values);
  llvm::ArrayRef<Value> values(ValueList L) const {
    return Lists[static_cast<uint32_t>(L)];
  }
  size_t listCount() const { return Lists.size(); }
  /// \p Count times Object; None where it is 0.
  ValueList objects(size_t Count);

  uint32_t structCount() const { return Structs.size(); }
  const StructInstance &instance(Value Struct) const {
    return Structs[Struct.index()].Instance;
  }
  /// Reads the fields when it is first asked for them.
  const Structure &structure(Value Struct);

  /// A type that could not be found, and the reason.
  struct Unresolved {
    std::string Type;
    std::string Problem;
  };
  const Unresolved &unresolved(Value V) const { return Missing[V.index()]; }

  /// "System.Collections.Generic.KeyValuePair`2<object,i4>", for messages. Of
  /// instances within instances, the inner ones are left out.
  std::string name(Value V) const { return name(V, 0); }
  std::string names(ValueList L) const { return names(L, 0); }

  /// The name by which the runtime finds a struct since 4.0, in full:
  /// "Game:Pair`2<Game:Point,u>". That of instances within instances can be
  /// longer than memory, so look at its length first.
  std::string fullName(Value V) const;
  /// In bytes, no more than MaxNameLength.
  size_t fullNameLength(Value V) const;
  static constexpr size_t MaxNameLength = size_t(1) << 31;

  managed::AssemblySet &assemblies() { return Set; }

  /// Whether a type had its arguments nested so deeply that it was not made.
  bool wasCut() const { return WasCut; }

private:
  struct StructEntry {
    StructInstance Instance;
    Structure Fields;
    enum { Unread, Reading, Read } State = Unread;
    /// How deep type arguments are nested; 1 without any.
    unsigned Nesting = 1;
    size_t FullNameLength = 0;
  };
  Value named(managed::Assembly &A, ecma335::TypeDefOrRef T);
  const managed::TypeDef *definition(managed::Assembly &A,
                                     ecma335::TypeDefOrRef T, Value &Problem);
  Value missing(llvm::StringRef Type, llvm::StringRef Problem);
  Value missing(llvm::StringRef Type, llvm::Error E);
  Value structOf(const managed::TypeDef &D, ValueList Args);
  Value parameter(ValueList Args, uint32_t Number);
  void read(StructEntry &E, Value Struct, unsigned Depth);
  llvm::Error readFields(StructEntry &E, Value Struct, unsigned Depth);
  const Structure &structure(Value Struct, unsigned Depth);
  bool isAlignmentOnly(managed::Assembly &A, ecma335::FieldRid R);
  std::string name(Value V, unsigned Depth) const;
  std::string names(ValueList L, unsigned Depth) const;
  std::string modulePrefix(const managed::TypeDef &D) const;

  managed::AssemblySet &Set;
  std::deque<StructEntry> Structs;
  llvm::DenseMap<std::pair<const managed::TypeDef *, uint32_t>, uint32_t>
      StructIndex;
  std::vector<llvm::ArrayRef<Value>> Lists;
  llvm::DenseMap<llvm::ArrayRef<Value>, uint32_t> ListIndex;
  std::vector<Unresolved> Missing;
  llvm::StringMap<uint32_t> MissingIndex;
  /// Values of the tokens that VALUETYPE names, by assembly and token.
  llvm::DenseMap<std::pair<const managed::Assembly *, ecma335::Token>, Value>
      ByToken;
  llvm::BumpPtrAllocator Allocator;
  bool WasCut = false;
};

} // namespace ilbridge::hybridclr

#endif // ILBRIDGE_HYBRIDCLR_SHAREDTYPES_H
