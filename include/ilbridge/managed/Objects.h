//===- Objects.h - C# objects that represent C++ objects --------*- C++ -*-===//
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

/// An entry of the configuration: the objects of a C# class, and of the classes
/// that are derived from it, represent objects of a C++ class.
struct ObjectMapping {
  std::string Managed; ///< "Ns.Outer/Inner"
  std::string Native;  ///< "game::Entity"
  /// The field that contains the address; empty if the class is derived from a
  /// class whose mapping names the field.
  std::string Field;
  Location Where, ManagedWhere, FieldWhere; ///< in the configuration
};

/// The way from the objects of a C# class to C++ objects.
struct ObjectClass {
  /// The entry for the class, or for its nearest base class that has one.
  const ObjectMapping *Mapping = nullptr;
  /// The mapping that names the field, whose value is the address of an object
  /// of that mapping's C++ class. It is Mapping, or that of a more distant base
  /// class.
  const ObjectMapping *Stored = nullptr;
  /// The class that declares the field.
  const TypeDef *Owner = nullptr;
};

class ObjectClasses {
public:
  /// Both arguments have to outlive the object.
  ObjectClasses(AssemblySet &Set, llvm::ArrayRef<ObjectMapping> Mappings)
      : Set(Set), Mappings(Mappings) {}

  /// Looks up the classes and fields of the mappings in \p Given, and in
  /// manifests, which have no fields. The Error joins all problems, each with
  /// its location in the configuration.
  llvm::Error resolve(llvm::ArrayRef<Assembly *> Given);

  llvm::ArrayRef<ObjectMapping> mappings() const { return Mappings; }
  /// Returns null if neither the class nor one of its base classes is mapped.
  const ObjectClass *of(const TypeDef &Class);

private:
  TypeDef *find(llvm::StringRef Name, llvm::ArrayRef<Assembly *> Given);
  llvm::Error findField(const ObjectMapping &M, const TypeDef &Class,
                        ObjectClass &Out);
  const TypeDef *base(const TypeDef &D);

  AssemblySet &Set;
  llvm::ArrayRef<ObjectMapping> Mappings;
  /// By the class that the mapping names.
  llvm::DenseMap<const TypeDef *, ObjectClass> Mapped;
};

} // namespace ilbridge::managed

#endif // ILBRIDGE_MANAGED_OBJECTS_H
