//===- Properties.h - Each property of a class, described once --*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A class of the model describes its members here, once. Reading and writing of
// facts and manifests, the comparison of types, and the check of the
// documentation all use the description. Therefore a new property requires only
// the member and one line.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_TYPE_PROPERTIES_H
#define ILBRIDGE_TYPE_PROPERTIES_H

#include "ilbridge/type/Type.h"

namespace ilbridge {

/// The condition for a property to be in a text.
enum class Presence : uint8_t {
  Optional, ///< the default value is omitted
  Written,  ///< always written, but not required by a reader
  Required, ///< a text without it is malformed
};

/// The name of a property in a text. Two values with different properties are
/// different.
struct Property {
  static constexpr bool IsIdentity = true;
  static constexpr bool IsWritten = true;

  llvm::StringRef Word;
  Presence ThePresence;
  constexpr Property(const char *Word, Presence P = Presence::Optional)
      : Word(Word), ThePresence(P) {}
};

/// A location or a spelling of a value. Values that differ in it can be equal.
struct Wording : Property {
  static constexpr bool IsIdentity = false;
  using Property::Property;
};

/// A property that texts do not contain under this name.
struct Unwritten : Property {
  static constexpr bool IsWritten = false;
  using Property::Property;
};

/// Every class with a description specializes this template:
///   template <typename Visitor> static bool each(Visitor V)
/// calls V(key, pointer to member) or V(key, pointer to member, default) for
/// each property, until one call returns false.
/// \returns whether all calls returned true. A default that is not given is the
/// result of value-initialization. With
///   static constexpr llvm::StringLiteral List = "expected a name and a value";
/// a text contains the values as a list in this order, without their keys.
template <typename Class> struct Properties;

template <typename Class>
concept Described = requires { sizeof(Properties<Class>); };
template <typename Class>
concept DescribedAsList =
    Described<Class> && requires { Properties<Class>::List; };

template <Described Class> size_t propertyCount() {
  size_t Count = 0;
  Properties<Class>::each([&](auto...) { return ++Count; });
  return Count;
}

/// Whether \p Value is the default, which a text may omit.
template <typename T> bool isDefaultProperty(const T &Value) {
  if constexpr (Described<T>)
    return false;
  else
    return Value == T();
}
template <typename T, typename D>
bool isDefaultProperty(const T &Value, const D &Default) {
  return Value == T(Default);
}
template <typename T> bool isDefaultProperty(const std::vector<T> &Values) {
  return Values.empty();
}
template <typename T> bool isDefaultProperty(const std::optional<T> &Value) {
  return !Value;
}
inline bool isDefaultProperty(const Location &L) { return !L.isValid(); }
inline bool isDefaultProperty(const WrittenType &W) { return !W.isValid(); }

template <> struct Properties<RecordLayout> {
  template <typename Visitor> static bool each(Visitor V) {
    return V(Property("size", Presence::Written), &RecordLayout::Size) &&
           V(Property("align", Presence::Written), &RecordLayout::Align);
  }
};

template <> struct Properties<Variation> {
  template <typename Visitor> static bool each(Visitor V) {
    return V(Wording("of"), &Variation::Of) &&
           V(Property("system"), &Variation::IsOfSystem) &&
           V(Property("macros"), &Variation::Macros);
  }
};

template <> struct Properties<Value> {
  template <typename Visitor> static bool each(Visitor V) {
    return V(Property("name"), &Value::Name) &&
           V(Property("type", Presence::Required), &Value::Ty) &&
           V(Wording("spelling", Presence::Required), &Value::Spelling) &&
           V(Wording("at"), &Value::Where) &&
           V(Wording("edit"), &Value::Written) &&
           V(Property("bound"), &Value::Bound) &&
           V(Property("length"), &Value::IsLength);
  }
};

template <> struct Properties<Field> {
  template <typename Visitor> static bool each(Visitor V) {
    return Properties<Value>::each(V) &&
           V(Property("bits"), &Field::BitWidth) &&
           V(Property("align"), &Field::Align) &&
           V(Property("packed"), &Field::IsPacked) &&
           V(Property("no_unique_address"), &Field::IsNoUniqueAddress) &&
           V(Property("public"), &Field::IsPublic, true) &&
           V(Property("offset"), &Field::Offset) &&
           V(Unwritten("explicit_offset"), &Field::ExplicitOffset);
  }
};

template <> struct Properties<Base> {
  template <typename Visitor> static bool each(Visitor V) {
    return V(Property("type", Presence::Required), &Base::Record) &&
           V(Property("virtual"), &Base::IsVirtual) &&
           V(Property("offset"), &Base::Offset);
  }
};

template <> struct Properties<RecordType> {
  template <typename Visitor> static bool each(Visitor V) {
    using R = RecordType;
    return V(Unwritten("kind"), &R::TheTag) &&
           V(Property("bases"), &R::Bases) &&
           V(Property("fields", Presence::Written), &R::Fields) &&
           V(Property("pack"), &R::Pack) && V(Property("align"), &R::Align) &&
           V(Property("packed"), &R::IsPacked) &&
           V(Property("ms_struct"), &R::IsMsStruct) &&
           V(Property("polymorphic"), &R::IsPolymorphic) &&
           V(Property("trivially_copyable"), &R::IsTriviallyCopyable, true) &&
           V(Property("standard_layout"), &R::IsStandardLayout, true) &&
           V(Property("constructors"), &R::HasConstructors) &&
           V(Property("layout"), &R::Layout) &&
           V(Property("elements"), &R::Elements) &&
           V(Unwritten("min_size"), &R::MinSize) &&
           V(Property("vector"), &R::IsVector);
  }
};

template <> struct Properties<Enumerator> {
  static constexpr llvm::StringLiteral List = "expected a name and a value";
  template <typename Visitor> static bool each(Visitor V) {
    return V(Property("name"), &Enumerator::Name) &&
           V(Property("value"), &Enumerator::Value);
  }
};

template <> struct Properties<EnumType> {
  template <typename Visitor> static bool each(Visitor V) {
    using E = EnumType;
    return V(Property("underlying", Presence::Required), &E::Underlying) &&
           V(Property("fixed"), &E::IsFixed) &&
           V(Property("scoped"), &E::IsScoped) &&
           V(Wording("edit"), &E::Written) &&
           V(Property("enumerators", Presence::Written), &E::Enumerators);
  }
};

} // namespace ilbridge

#endif // ILBRIDGE_TYPE_PROPERTIES_H
