//===- ManifestProperties.h - The keys of manifests -------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Describes each key of a manifest, in the order in which a manifest contains
// them. The reader, the writer and the check of docs/manifest.md follow the
// descriptions. The name of a method is not described, because it sets several
// members.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MANAGED_MANIFESTPROPERTIES_H
#define ILBRIDGE_LIB_MANAGED_MANIFESTPROPERTIES_H

#include "Bounds.h"
#include "ilbridge/managed/Layout.h"
#include "ilbridge/managed/Model.h"
#include "ilbridge/type/Properties.h"

namespace ilbridge {

//===----------------------------------------------------------------------===//
// Kinds of keys, which can be combined
//===----------------------------------------------------------------------===//

/// The keys of the part are written among those of the whole.
struct Inline : Unwritten {
  static constexpr bool IsInline = true;
  constexpr Inline() : Unwritten("") {}
};
template <typename Key>
concept IsInline = requires { Key::IsInline; };

/// Only some objects of a class have the property; the properties before it
/// determine which.
template <typename Class, typename Key> struct If : Key {
  bool (*Applies)(const Class &);
  constexpr If(bool (*Applies)(const Class &), Key K)
      : Key(K), Applies(Applies) {}
};

/// Only some numbers are valid values of the property.
template <typename Key> struct Checked : Key {
  bool (*IsValid)(uint64_t);
  llvm::StringLiteral Expected; ///< the message for an invalid value
  constexpr Checked(Key K, bool (*IsValid)(uint64_t),
                    llvm::StringLiteral Expected)
      : Key(K), IsValid(IsValid), Expected(Expected) {}
};

template <typename Key, typename Class>
bool applies(const Key &K, const Class &Of) {
  if constexpr (requires { K.Applies(Of); })
    return K.Applies(Of);
  else
    return true;
}

// In addition to the members that Properties.h describes, a description can
// have static constexpr bool IsOneLine = true; for a mapping that is written in
// one line, and static constexpr llvm::StringLiteral Alone = "type"; if the
// value of that property may be written in place of the mapping. A writer does
// so if it would write no other property.
template <typename Class>
concept IsOneLine = requires { Properties<Class>::IsOneLine; };
template <typename Class>
concept MayStandAlone = requires { Properties<Class>::Alone; };

//===----------------------------------------------------------------------===//
// Words
//===----------------------------------------------------------------------===//

/// The values of an enumeration that have names, from the value First on.
template <typename Enum> struct Words;
template <> struct Words<managed::CharSet> {
  static constexpr llvm::ArrayRef<llvm::StringLiteral> All =
      managed::CharSetWords;
  static constexpr unsigned First = 0;
};
template <> struct Words<managed::TypeDef::Layout> {
  static constexpr llvm::ArrayRef<llvm::StringLiteral> All =
      managed::LayoutWords;
  static constexpr unsigned First = 0;
};
template <> struct Words<managed::Method::Kind> {
  static constexpr llvm::ArrayRef<llvm::StringLiteral> All =
      managed::MethodKindWords;
  static constexpr unsigned First = managed::Method::PInvoke;
};
template <> struct Words<managed::TypeDef::Kind> {
  // A type cannot be declared as "unresolved".
  static constexpr unsigned First = managed::TypeDef::Unresolved + 1;
  static constexpr llvm::ArrayRef<llvm::StringLiteral> All = {
      managed::TypeDefKindWords + First,
      std::size(managed::TypeDefKindWords) - First};
};
template <typename Enum>
concept HasWords = requires { Words<Enum>::All; };

//===----------------------------------------------------------------------===//
// Signatures
//===----------------------------------------------------------------------===//

template <> struct Properties<managed::MarshalAs> {
  static constexpr bool IsOneLine = true;
  static constexpr llvm::StringLiteral Alone = "as";
  template <typename Visitor> static bool each(Visitor V) {
    using M = managed::MarshalAs;
    return V(Property("as", Presence::Required), &M::Native) &&
           V(Property("element"), &M::Element, ecma335::NATIVE_TYPE_MAX) &&
           V(Property("size-param"), &M::SizeParam) &&
           V(Property("size"), &M::SizeConst) &&
           V(Property("marshaler"), &M::CustomMarshaler) &&
           V(Property("cookie"), &M::Cookie);
  }
};

template <> struct Properties<managed::PassedValue> {
  static constexpr bool IsOneLine = true;
  static constexpr llvm::StringLiteral Alone = "type";
  template <typename Visitor> static bool each(Visitor V) {
    using P = managed::PassedValue;
    return V(Property("type", Presence::Required), &P::Type) &&
           V(Property("marshal"), &P::Marshal) && V(Property("in"), &P::IsIn) &&
           V(Property("out"), &P::IsOut);
  }
};

template <> struct Properties<managed::Parameter> {
  static constexpr bool IsOneLine = true;
  static constexpr llvm::StringLiteral Alone = "type";
  template <typename Visitor> static bool each(Visitor V) {
    using P = managed::Parameter;
    return V(Property("name", Presence::Written), &P::Name) &&
           Properties<managed::PassedValue>::each(V) &&
           V(Property("written"), &P::Written);
  }
};

template <> struct Properties<managed::Signature> {
  template <typename Visitor> static bool each(Visitor V) {
    using S = managed::Signature;
    return V(Property("instance"), &S::HasThis) &&
           V(Property("type-parameters"), &S::GenericParams) &&
           values(V, [](auto &Sig) -> auto & { return Sig; });
  }
  /// The properties that methods and the signatures of delegates have in
  /// common.
  template <typename Visitor, typename Projection>
  static bool values(Visitor V, Projection SignatureOf) {
    return V(Property("result", Presence::Written),
             [=](auto &Of) -> auto & {
               return passed(SignatureOf(Of).Result);
             }) &&
           V(Property("params"),
             [=](auto &Of) -> auto & { return SignatureOf(Of).Params; });
  }

private:
  // A result has no name.
  static managed::PassedValue &passed(managed::Parameter &P) { return P; }
  static const managed::PassedValue &passed(const managed::Parameter &P) {
    return P;
  }
};

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

template <> struct Properties<managed::FieldDef> {
  static constexpr bool IsOneLine = true;
  template <typename Visitor> static bool each(Visitor V) {
    using F = managed::FieldDef;
    return V(Property("name", Presence::Required), &F::Name) &&
           V(Property("type", Presence::Required), &F::Type) &&
           V(Checked(Property("offset"), managed::isFieldOffset,
                     "expected a number of at most 2147483647"),
             &F::Offset) &&
           V(Property("marshal"), &F::Marshal);
  }
};

template <> struct Properties<managed::DelegateInfo> {
  template <typename Visitor> static bool each(Visitor V) {
    using D = managed::DelegateInfo;
    return V(Property("convention"), &D::Convention) &&
           V(Property("charset"), &D::Chars) &&
           V(Property("disable-marshalling"), &D::IsMarshallingDisabled) &&
           Properties<managed::Signature>::values(
               V, [](auto &Of) -> auto & { return Of.Invoke; });
  }
};

template <> struct Properties<managed::TypeDef> {
  template <typename Visitor> static bool each(Visitor V) {
    using D = managed::TypeDef;
    return V(Property("kind", Presence::Required),
             [](auto &Of) -> auto & { return kind(Of); }) &&
           V(Property("type-parameters"), &D::GenericParams) &&
           V(If(is<D::Enum>, Property("underlying", Presence::Written)),
             &D::Underlying, managed::Primitive::Int32) &&
           V(If(is<D::Enum>, Property("enumerators")), &D::Enumerators) &&
           // C# uses these layouts for types without [StructLayout].
           V(If(is<D::Struct>, Property("layout")), &D::TheLayout,
             D::Sequential) &&
           V(If(is<D::Class>, Property("layout")), &D::TheLayout, D::Auto) &&
           V(If(hasFields, Checked(Property("pack"), managed::isPack,
                                   "a pack is 1, 2, 4, 8, 16, 32, 64 or 128 "
                                   "bytes")),
             &D::Pack) &&
           V(If(hasFields, Property("size")), &D::Size) &&
           V(If(hasFields, Property("inline-array")), &D::InlineArray) &&
           V(If(hasFields, Property("charset")), &D::Chars,
             managed::CharSet::Ansi) &&
           V(If(hasFields, Property("fields")), &D::Fields) &&
           V(If(is<D::Delegate>, Inline()), &D::Invocation);
  }

private:
  using Kind = managed::TypeDef::Kind;
  static Kind &kind(managed::TypeDef &D) { return D.TheKind; }
  // The signature of a delegate is read if a declaration marshals the delegate.
  // Otherwise the delegate is written as an object.
  static const Kind &kind(const managed::TypeDef &D) {
    static constexpr Kind Object = managed::TypeDef::Class;
    return is<managed::TypeDef::Delegate>(D) && !D.Invocation ? Object
                                                              : D.TheKind;
  }
  template <Kind K> static bool is(const managed::TypeDef &D) {
    return D.TheKind == K;
  }
  static bool hasFields(const managed::TypeDef &D) {
    return is<managed::TypeDef::Struct>(D) || is<managed::TypeDef::Class>(D);
  }
};

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

template <> struct Properties<managed::PInvokeInfo> {
  template <typename Visitor> static bool each(Visitor V) {
    using I = managed::PInvokeInfo;
    return V(Property("library", Presence::Written), &I::Library) &&
           V(Property("entry-point"), &I::EntryPoint) &&
           V(Property("convention"), &I::Convention) &&
           V(Property("attribute-convention"), &I::AttributeConvention) &&
           V(Property("charset"), &I::Chars) &&
           V(Property("exact-spelling"), &I::ExactSpelling) &&
           V(Property("set-last-error"), &I::SetLastError) &&
           V(Property("preserve-sig"), &I::PreserveSig, true) &&
           V(Property("best-fit-mapping"), &I::BestFitMapping) &&
           V(Property("throw-on-unmappable-char"), &I::ThrowOnUnmappableChar) &&
           V(Property("suppress-gc-transition"), &I::SuppressGCTransition) &&
           V(Property("search-paths"), &I::SearchPaths) &&
           V(Property("disable-marshalling"), &I::IsMarshallingDisabled);
  }
};

template <> struct Properties<managed::Method> {
  template <typename Visitor> static bool each(Visitor V) {
    using M = managed::Method;
    return V(Property("kind", Presence::Written), &M::TheKind, M::PInvoke) &&
           V(If(is<M::PInvoke>, Inline()), &M::Import) &&
           V(If(mayBeOverloaded, Property("overloaded")), &M::IsOverloaded) &&
           V(If(mayBeOverloaded, Property("overloaded-by-arity")),
             &M::IsOverloadedByArity) &&
           V(If(is<M::FunctionPointer>, Property("slot", Presence::Required)),
             &M::Slot) &&
           V(If(is<M::FunctionPointer>, Property("convention")),
             [](auto &Of) -> auto & { return Of.Import.Convention; }) &&
           V(If(mayDisableMarshalling, Property("disable-marshalling")),
             [](auto &Of) -> auto & {
               return Of.Import.IsMarshallingDisabled;
             }) &&
           V(Inline(), &M::Sig);
  }

private:
  template <managed::Method::Kind K> static bool is(const managed::Method &M) {
    return M.TheKind == K;
  }
  static bool mayDisableMarshalling(const managed::Method &M) {
    return is<managed::Method::FunctionPointer>(M) ||
           is<managed::Method::Ordinary>(M);
  }
  static bool mayBeOverloaded(const managed::Method &M) {
    return is<managed::Method::InternalCall>(M) ||
           is<managed::Method::Ordinary>(M);
  }
};

template <> struct Properties<managed::UnmanagedEntry> {
  static constexpr bool IsOneLine = true;
  template <typename Visitor> static bool each(Visitor V) {
    using E = managed::UnmanagedEntry;
    return V(Property("entry-point"), &E::EntryPoint) &&
           V(Property("convention"), &E::Convention) &&
           V(Property("disable-marshalling"), &E::IsMarshallingDisabled);
  }
};

template <> struct Properties<managed::Callback> {
  template <typename Visitor> static bool each(Visitor V) {
    using C = managed::Callback;
    return V(Property("static"), &C::IsStatic, true) &&
           V(Property("delegate"), &C::Delegate) &&
           V(Property("wrappers"), &C::WrapperCount) &&
           V(Property("unmanaged-callers-only"), &C::Unmanaged) &&
           V(Inline(), [](auto &Of) -> auto & { return Of.Target.Sig; });
  }
};

} // namespace ilbridge

#endif // ILBRIDGE_LIB_MANAGED_MANIFESTPROPERTIES_H
