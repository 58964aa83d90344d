//===- Signature.h - Signatures of types and methods -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A signature (II.23.2) is decoded into a tree of immutable nodes, which is
// allocated in an allocator of the caller and not freed separately. Types of
// other tables remain tokens of the signature's module. A tree is at most
// MaxSignatureDepth nodes deep, so code may recurse over it.
//
// Bytes after the end of a signature are ignored, as in the runtimes.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_ECMA335_SIGNATURE_H
#define ILBRIDGE_ECMA335_SIGNATURE_H

#include "ilbridge/ecma335/FileView.h"
#include "ilbridge/ecma335/Flags.h"
#include "ilbridge/ecma335/Token.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/Casting.h"
#include "llvm/Support/Error.h"

namespace ilbridge::ecma335 {

class Module;

/// The maximum nesting depth of types; deeper types are an error.
inline constexpr unsigned MaxSignatureDepth = 128;

/// modreq(Type) or modopt(Type) (II.23.2.7).
struct CustomMod {
  TypeDefOrRef Type;
  bool IsRequired;
};

/// A type in a signature (II.23.2.12). Use llvm::isa, cast and dyn_cast; the
/// element type determines the class.
class TypeSig {
public:
  ElementType kind() const { return Kind; }
  /// The modifiers before this type, outermost first.
  llvm::ArrayRef<CustomMod> mods() const { return Mods; }

  constexpr TypeSig(ElementType K, llvm::ArrayRef<CustomMod> Mods)
      : Kind(K), Mods(Mods) {}

private:
  ElementType Kind;
  llvm::ArrayRef<CustomMod> Mods;
};

/// Prints in the syntax of ilasm, with tokens for names: "class
/// 0x01000003<int32, !0>", "uint8 modopt(0x01000004)*".
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const TypeSig &T);

/// VOID, BOOLEAN to R8, STRING, OBJECT, I, U, TYPEDBYREF.
class PrimitiveSig : public TypeSig {
public:
  using TypeSig::TypeSig;
  static bool isPrimitive(ElementType K);
  static bool classof(const TypeSig *T) { return isPrimitive(T->kind()); }
};

/// CLASS, VALUETYPE: a named type.
class NamedSig : public TypeSig {
public:
  NamedSig(ElementType K, llvm::ArrayRef<CustomMod> Mods, TypeDefOrRef Type)
      : TypeSig(K, Mods), Type(Type) {}

  bool isValueType() const { return kind() == ELEMENT_TYPE_VALUETYPE; }
  TypeDefOrRef type() const { return Type; }

  static bool classof(const TypeSig *T) {
    return T->kind() == ELEMENT_TYPE_CLASS ||
           T->kind() == ELEMENT_TYPE_VALUETYPE;
  }

private:
  TypeDefOrRef Type;
};

/// PTR, BYREF, SZARRAY: a type that is derived from one other type.
class UnarySig : public TypeSig {
public:
  UnarySig(ElementType K, llvm::ArrayRef<CustomMod> Mods,
           const TypeSig *Element)
      : TypeSig(K, Mods), Element(Element) {}

  /// The type that it points to or refers to, or the element type of the array.
  const TypeSig *element() const { return Element; }

  static bool classof(const TypeSig *T) {
    return T->kind() == ELEMENT_TYPE_PTR || T->kind() == ELEMENT_TYPE_BYREF ||
           T->kind() == ELEMENT_TYPE_SZARRAY;
  }

private:
  const TypeSig *Element;
};

/// ARRAY (II.23.2.13).
class ArraySig : public TypeSig {
public:
  ArraySig(llvm::ArrayRef<CustomMod> Mods, const TypeSig *Element,
           uint32_t Rank, llvm::ArrayRef<uint32_t> Sizes,
           llvm::ArrayRef<int32_t> LowerBounds)
      : TypeSig(ELEMENT_TYPE_ARRAY, Mods), Rank(Rank), Element(Element),
        Sizes(Sizes), LowerBounds(LowerBounds) {}

  const TypeSig *element() const { return Element; }
  /// From 1 to 32, the limit of the runtimes.
  uint32_t rank() const { return Rank; }
  /// The values of the first dimensions; at most rank() of each.
  llvm::ArrayRef<uint32_t> sizes() const { return Sizes; }
  llvm::ArrayRef<int32_t> lowerBounds() const { return LowerBounds; }

  static bool classof(const TypeSig *T) {
    return T->kind() == ELEMENT_TYPE_ARRAY;
  }

private:
  uint32_t Rank;
  const TypeSig *Element;
  llvm::ArrayRef<uint32_t> Sizes;
  llvm::ArrayRef<int32_t> LowerBounds;
};

/// GENERICINST: a generic type with at least one type argument.
class GenericInstSig : public TypeSig {
public:
  GenericInstSig(llvm::ArrayRef<CustomMod> Mods, bool IsValueType,
                 TypeDefOrRef Type, llvm::ArrayRef<const TypeSig *> Args)
      : TypeSig(ELEMENT_TYPE_GENERICINST, Mods), Type(Type),
        IsValueType(IsValueType), Args(Args) {}

  bool isValueType() const { return IsValueType; }
  TypeDefOrRef type() const { return Type; }
  llvm::ArrayRef<const TypeSig *> args() const { return Args; }

  static bool classof(const TypeSig *T) {
    return T->kind() == ELEMENT_TYPE_GENERICINST;
  }

private:
  TypeDefOrRef Type;
  bool IsValueType;
  llvm::ArrayRef<const TypeSig *> Args;
};

/// VAR, MVAR: a generic parameter of the enclosing type or method.
class GenericVarSig : public TypeSig {
public:
  GenericVarSig(ElementType K, llvm::ArrayRef<CustomMod> Mods, uint32_t Number)
      : TypeSig(K, Mods), Number(Number) {}

  bool isOfMethod() const { return kind() == ELEMENT_TYPE_MVAR; }
  /// Counted from 0.
  uint32_t number() const { return Number; }

  static bool classof(const TypeSig *T) {
    return T->kind() == ELEMENT_TYPE_VAR || T->kind() == ELEMENT_TYPE_MVAR;
  }

private:
  uint32_t Number;
};

/// MethodDefSig, MethodRefSig and StandAloneMethodSig (II.23.2.1 to II.23.2.3).
struct MethodSig {
  uint8_t Header = 0; ///< the first byte
  uint32_t GenericParamCount = 0;
  /// The number of Params before the sentinel; all if there is none.
  uint32_t FixedParamCount = 0;
  const TypeSig *ReturnType = nullptr;
  llvm::ArrayRef<const TypeSig *> Params; ///< without `this`

  /// Default, C, StdCall, ThisCall, FastCall, VarArg or Unmanaged.
  SignatureKind convention() const {
    return static_cast<SignatureKind>(Header & 0x0f);
  }
  bool hasThis() const { return Header & SIGNATURE_HASTHIS; }
  /// Params[0] is the type of `this`.
  bool explicitThis() const { return Header & SIGNATURE_EXPLICITTHIS; }
  bool isGeneric() const { return Header & SIGNATURE_GENERIC; }
  bool hasSentinel() const { return FixedParamCount != Params.size(); }
};
/// Prints "instance vararg void (int32, ..., string)".
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const MethodSig &S);

/// FNPTR: a pointer to a function.
class FnPtrSig : public TypeSig {
public:
  FnPtrSig(llvm::ArrayRef<CustomMod> Mods, const MethodSig *Method)
      : TypeSig(ELEMENT_TYPE_FNPTR, Mods), Method(Method) {}

  const MethodSig *method() const { return Method; }

  static bool classof(const TypeSig *T) {
    return T->kind() == ELEMENT_TYPE_FNPTR;
  }

private:
  const MethodSig *Method;
};

/// PropertySig (II.23.2.5).
struct PropertySig {
  bool HasThis = false;
  const TypeSig *Type = nullptr;
  llvm::ArrayRef<const TypeSig *> Params; ///< the parameters of an indexer
};
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const PropertySig &S);

/// One of a LocalVarSig (II.23.2.6).
struct LocalVar {
  const TypeSig *Type = nullptr;
  bool IsPinned = false;
};
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const LocalVar &L);

/// \returns the kind of a MemberRef.Signature or StandAloneSig.Signature by its
/// first byte; nullopt for an empty blob or an unknown number.
std::optional<SignatureKind> signatureKind(llvm::ArrayRef<uint8_t> Blob);
/// Whether the kind is a calling convention of MethodSig.
bool isMethod(SignatureKind Kind);

// Readers of a blob of \p File. Their results are allocated in \p A. It is an
// error if the bytes are not a signature of that kind: if the blob is too short
// for a count, a number is not an element type or not allowed at its position,
// or a type is nested more deeply than MaxSignatureDepth.

/// II.23.2.1 to II.23.2.3
llvm::Expected<MethodSig> readMethodSig(const FileView &File,
                                        llvm::ArrayRef<uint8_t> Blob,
                                        llvm::BumpPtrAllocator &A);
/// II.23.2.4
llvm::Expected<const TypeSig *> readFieldSig(const FileView &File,
                                             llvm::ArrayRef<uint8_t> Blob,
                                             llvm::BumpPtrAllocator &A);
/// II.23.2.5
llvm::Expected<PropertySig> readPropertySig(const FileView &File,
                                            llvm::ArrayRef<uint8_t> Blob,
                                            llvm::BumpPtrAllocator &A);
/// II.23.2.6
llvm::Expected<llvm::ArrayRef<LocalVar>>
readLocalVarSig(const FileView &File, llvm::ArrayRef<uint8_t> Blob,
                llvm::BumpPtrAllocator &A);
/// II.23.2.14. In practice, any type is allowed, not only those that II.23.2.14
/// lists.
llvm::Expected<const TypeSig *> readTypeSpec(const FileView &File,
                                             llvm::ArrayRef<uint8_t> Blob,
                                             llvm::BumpPtrAllocator &A);
/// II.23.2.15: the arguments of a generic method.
llvm::Expected<llvm::ArrayRef<const TypeSig *>>
readMethodSpec(const FileView &File, llvm::ArrayRef<uint8_t> Blob,
               llvm::BumpPtrAllocator &A);

// The same functions for a blob that a row names.

llvm::Expected<MethodSig> readMethodSig(const Module &M, BlobIndex I,
                                        llvm::BumpPtrAllocator &A);
llvm::Expected<const TypeSig *> readFieldSig(const Module &M, BlobIndex I,
                                             llvm::BumpPtrAllocator &A);
llvm::Expected<PropertySig> readPropertySig(const Module &M, BlobIndex I,
                                            llvm::BumpPtrAllocator &A);
llvm::Expected<llvm::ArrayRef<LocalVar>>
readLocalVarSig(const Module &M, BlobIndex I, llvm::BumpPtrAllocator &A);
llvm::Expected<const TypeSig *> readTypeSpec(const Module &M, BlobIndex I,
                                             llvm::BumpPtrAllocator &A);
llvm::Expected<llvm::ArrayRef<const TypeSig *>>
readMethodSpec(const Module &M, BlobIndex I, llvm::BumpPtrAllocator &A);

} // namespace ilbridge::ecma335

#endif // ILBRIDGE_ECMA335_SIGNATURE_H
