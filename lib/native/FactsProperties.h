//===- FactsProperties.h - Properties that only facts have ------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_FACTSPROPERTIES_H
#define ILBRIDGE_LIB_NATIVE_FACTSPROPERTIES_H

#include "ilbridge/native/Facts.h"
#include "ilbridge/type/Properties.h"

// Conventions, whose defaults depend on each other, the range of an annotation,
// and headers, whose paths depend on the reader, are not described here.

namespace ilbridge {

template <> struct Properties<native::Invoker> {
  template <typename Visitor> static bool each(Visitor V) {
    using I = native::Invoker;
    return V(Property("name", Presence::Required), &I::Name) &&
           V(Property("at", Presence::Required), &I::Where) &&
           V(Property("read"), &I::IsRead) &&
           V(Property("arguments"), &I::Arguments) &&
           V(Property("result"), &I::Result) &&
           V(Property("writes_first"), &I::WritesFirst);
  }
};

template <> struct Properties<native::Registration> {
  template <typename Visitor> static bool each(Visitor V) {
    using R = native::Registration;
    return V(Property("by", Presence::Required), &R::Registrar) &&
           V(Property("runtime"), &R::Runtime) &&
           V(Property("at", Presence::Required), &R::Where) &&
           V(Property("literal"), &R::Literal) &&
           V(Property("statement"), &R::Statement) &&
           V(Property("conditional"), &R::IsConditional) &&
           V(Property("invoker"), &R::By);
  }
};

template <> struct Properties<native::Registrar> {
  template <typename Visitor> static bool each(Visitor V) {
    using R = native::Registrar;
    return V(Property("function", Presence::Required), &R::Function) &&
           V(Property("kind", Presence::Required), &R::Kind) &&
           V(Property("name", Presence::Written), &R::Name) &&
           V(Property("target", Presence::Written), &R::Target) &&
           V(Property("runtime"), &R::Runtime);
  }
};

/// The properties that exports and imports have in common, except for the
/// managed name.
template <> struct Properties<native::DeclaredFunction> {
  template <typename Visitor> static bool each(Visitor V) {
    using F = native::DeclaredFunction;
    return V(Property("symbol", Presence::Required), &F::Symbol) &&
           V(Property("c_linkage"), &F::HasCLinkage) &&
           V(Property("internal"), &F::IsInternal) &&
           V(Property("noexcept"), &F::IsNoexcept) &&
           V(Property("definition"), &F::IsDefinition) &&
           V(Property("overloaded"), &F::IsOverloaded) &&
           V(Property("member"), &F::IsMember) &&
           V(Property("variadic"), &F::IsVariadic) &&
           V(Property("prototype"), &F::HasPrototype, true) &&
           V(Property("params", Presence::Written), &F::Params) &&
           V(Property("result", Presence::Required), &F::Result) &&
           V(Property("result_wrapper"), &F::ResultWrapper);
  }
};

template <> struct Properties<native::Export> {
  template <typename Visitor> static bool each(Visitor V) {
    using E = native::Export;
    return V(Property("export", Presence::Required), &E::Kind) &&
           V(Property("for"), &E::ManagedName) &&
           V(Property("entry_point"), &E::EntryPoint) &&
           Properties<native::DeclaredFunction>::each(V) &&
           V(Property("ownership"), &E::ResultOwnership) &&
           V(Property("keeps_callbacks"), &E::KeepsCallbacks) &&
           V(Property("registered"), &E::Registered);
  }
};

template <> struct Properties<native::ManagedImport> {
  template <typename Visitor> static bool each(Visitor V) {
    using I = native::ManagedImport;
    return V(Property("calls", Presence::Required), &I::ManagedName) &&
           V(Property("pointer"), &I::IsPointer) &&
           Properties<native::DeclaredFunction>::each(V);
  }
};

template <> struct Properties<native::HeaderEntry::Inline> {
  static constexpr llvm::StringLiteral List = "expected a name and a place";
  template <typename Visitor> static bool each(Visitor V) {
    using I = native::HeaderEntry::Inline;
    return V(Property("name", Presence::Required), &I::Name) &&
           V(Property("at", Presence::Required), &I::Where);
  }
};

template <> struct Properties<native::HeaderEntry> {
  template <typename Visitor> static bool each(Visitor V) {
    using L = native::HeaderEntry;
    return V(Property("names", Presence::Required), &L::Names) &&
           V(Property("functions", Presence::Required), &L::Functions) &&
           V(Property("at"), &L::Where) && V(Property("unused"), &L::Unused) &&
           V(Property("inline"), &L::Inlines);
  }
};

template <> struct Properties<native::Facts::MappedClass> {
  static constexpr llvm::StringLiteral List = "expected a name and a class";
  template <typename Visitor> static bool each(Visitor V) {
    using C = native::Facts::MappedClass;
    return V(Property("name", Presence::Required), &C::Name) &&
           V(Property("type", Presence::Required), &C::Record);
  }
};

template <> struct Properties<native::DirectInclude> {
  template <typename Visitor> static bool each(Visitor V) {
    using I = native::DirectInclude;
    return V(Property("extern_c"), &I::NeedsExternC) &&
           V(Property("declares"), &I::Declares);
  }
};

template <> struct Properties<DataModel> {
  template <typename Visitor> static bool each(Visitor V) {
    using M = DataModel;
    return V(Property("pointer", Presence::Written), &M::Pointer) &&
           V(Property("size_t", Presence::Written), &M::Size) &&
           V(Property("long", Presence::Written), &M::Long) &&
           V(Property("wchar_t", Presence::Written), &M::WChar) &&
           V(Property("long_double", Presence::Written), &M::LongDouble) &&
           V(Property("char_signed", Presence::Required), &M::CharIsSigned) &&
           V(Property("wchar_t_signed", Presence::Required), &M::WCharIsSigned);
  }
};

} // namespace ilbridge

#endif // ILBRIDGE_LIB_NATIVE_FACTSPROPERTIES_H
