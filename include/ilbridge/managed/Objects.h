//===- Objects.h - C# objects that stand for C++ objects --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   `objects` of the configuration ──resolve──▶ ObjectClasses
//        a C# class of a method or a parameter ──of()──▶ ObjectClass: its C++
//        class, and the field that holds the address of the C++ object
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_MANAGED_OBJECTS_H
#define ILBRIDGE_MANAGED_OBJECTS_H

#include "ilbridge/managed/AssemblySet.h"

namespace ilbridge::managed {

/// The configuration's statement that the objects of a C# class, and of the
/// classes that are derived from it, stand for objects of a C++ class.
struct ObjectMapping {
  std::string Managed; ///< "Ns.Outer/Inner"
  std::string Native;  ///< "game::Entity"
  /// The field that holds the address; empty: the class is derived from one
  /// whose mapping names the field.
  std::string Field;
  Location Where, ManagedWhere, FieldWhere; ///< in the configuration
};

/// How the objects of a class lead to C++ objects.
struct ObjectClass {
  /// The entry of the class, or of the nearest class that it derives from.
  const ObjectMapping *Mapping = nullptr;
  /// The mapping that names the field, whose value is the address of an object
  /// of that mapping's C++ class. Mapping, or that of a class further away.
  const ObjectMapping *Stored = nullptr;
  /// The class that declares the field.
  const TypeDef *Owner = nullptr;
};

class ObjectClasses {
public:
  /// Both outlive it.
  ObjectClasses(AssemblySet &Set, llvm::ArrayRef<ObjectMapping> Mappings)
      : Set(Set), Mappings(Mappings) {}

  /// Looks the classes and fields of the mappings up in \p Given, and in
  /// manifests, which have no fields. The Error names the place in the
  /// configuration, and joins all that is wrong there.
  llvm::Error resolve(llvm::ArrayRef<Assembly *> Given);

  llvm::ArrayRef<ObjectMapping> mappings() const { return Mappings; }
  /// Null: neither the class nor one that it is derived from is mapped.
  const ObjectClass *of(const TypeDef &Class);

private:
  TypeDef *find(llvm::StringRef Name, llvm::ArrayRef<Assembly *> Given);
  llvm::Error findField(const ObjectMapping &M, const TypeDef &Class,
                        ObjectClass &Out);
  const TypeDef *base(const TypeDef &D);

  AssemblySet &Set;
  llvm::ArrayRef<ObjectMapping> Mappings;
  /// By their own classes.
  llvm::DenseMap<const TypeDef *, ObjectClass> Mapped;
};

} // namespace ilbridge::managed

#endif // ILBRIDGE_MANAGED_OBJECTS_H
