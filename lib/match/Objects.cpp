//===- Objects.cpp - C++ types for objects of the managed heap ------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Agreement.h"

namespace ilbridge::match {

std::optional<ObjectKind> Agreement::objectKind(const Type &Native) const {
  const auto *R = llvm::dyn_cast<RecordType>(&Native);
  const auto *O = llvm::dyn_cast<OpaqueType>(&Native);
  if (!R && !O)
    return std::nullopt;
  return Runtime.objectKind((R ? R->Decl : O->Decl).qualifiedName());
}

/// Whether a C++ type for objects of kind \p Native may be used for an object
/// of kind \p Managed. A variable of a class can refer to an object of any
/// derived class, but not of the classes that have a layout of their own.
static bool fits(ObjectKind Managed, ObjectKind Native) {
  if (Native == ObjectKind::None)
    return false;
  if (Managed == Native || Native == ObjectKind::Any)
    return true;
  bool IsOfAnyClass =
      Managed == ObjectKind::Other || Managed == ObjectKind::Any;
  return IsOfAnyClass && Native != ObjectKind::String &&
         Native != ObjectKind::Array;
}

/// Whether a record begins like an object: with a base or field for its header,
/// or with the addresses of its class and its lock.
static bool beginsLikeObject(const RecordType &R) {
  if (!R.Bases.empty())
    return true;
  if (R.Fields.empty())
    return true;
  return llvm::isa<RecordType, PointerType>(R.Fields.front().Ty);
}

Verdict Agreement::object(const OpaqueType &Managed, const Type &Native) const {
  if (std::optional<ObjectKind> Kind = objectKind(Native)) {
    if (fits(Managed.Object, *Kind))
      return Verdict::same();
    std::string Wanted = Runtime.objectType(Managed.Object);
    return Verdict::different(
        "C# passes " + runtime::words(Managed.Object) + ", " +
        (*Kind == ObjectKind::None
             ? "and '" + toString(Native) + "' is not a type for objects"
             : "and '" + toString(Native) + "' is the type for " +
                   runtime::words(*Kind).str()) +
        (Wanted.empty() ? "" : "; take a '" + Wanted + "'"));
  }
  if (llvm::isa<VoidType, OpaqueType>(Native))
    return Verdict::same();
  // Programs copy the layout of the classes whose fields they access.
  const auto *R = llvm::dyn_cast<RecordType>(&Native);
  if (R && Conversion != runtime::Conversion::Invoked && beginsLikeObject(*R))
    return Verdict::same();
  return Verdict::different(describe(Native) + " in C++, the object '" +
                            toString(Managed) + "' in C#");
}

} // namespace ilbridge::match
