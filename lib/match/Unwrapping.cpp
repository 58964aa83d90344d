//===- Unwrapping.cpp - C++ objects in place of C# objects ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Generated code calls a function that takes the C++ object of a C# object: a
// member function whose `this` it is, or a function with a parameter of a class
// that the project maps. It reads the address from a field of the C# object and
// casts it to the mapped class. C++ converts that to a base class.
//
//===----------------------------------------------------------------------===//

#include "Comparison.h"
#include "llvm/ADT/STLExtras.h"

namespace ilbridge::match {

using managed::ObjectClass;
using managed::ObjectMapping;
using managed::TypeDef;
using managed::TypeSig;

/// Returns the name of a class, which may be incomplete; empty if the type is
/// not a class.
static std::string className(const Type &T) {
  const auto *R = llvm::dyn_cast<RecordType>(&T);
  const auto *O = llvm::dyn_cast<OpaqueType>(&T);
  return R ? R->Decl.qualifiedName() : O ? O->Decl.qualifiedName() : "";
}

/// Returns the C# class of an object that is passed directly; null for other
/// values.
static const TypeDef *classOf(const Argument &A, const managed::Method &M) {
  if (!A.Managed)
    return M.Declaring;
  const TypeSig &T = *A.Managed->Type;
  bool IsNamed =
      T.kind() == TypeSig::Definition || T.kind() == TypeSig::Instance;
  return IsNamed && !T.isValueType() ? &T.definition() : nullptr;
}

Comparison::Inheritance Comparison::inheritance(llvm::StringRef Class,
                                                llvm::StringRef Of) const {
  if (Class == Of)
    return Inheritance::Same;
  const RecordType *R = P.findClass(Class).Record;
  if (!R)
    return Inheritance::Unknown;
  // The project may name an alias of the class.
  const RecordType *Wanted = P.findClass(Of).Record;
  std::string Name = Wanted ? Wanted->Decl.qualifiedName() : Of.str();
  if (R->Decl.qualifiedName() == Name)
    return Inheritance::Same;
  Inheritance Found = Inheritance::None;
  auto Visit = [&](const RecordType &D, bool IsVirtual, auto &&Visit) -> void {
    for (const Base &B : D.Bases) {
      bool Virtually = IsVirtual || B.IsVirtual;
      if (B.Record->Decl.qualifiedName() == Name)
        Found =
            Virtually ? Inheritance::DerivedVirtually : Inheritance::Derived;
      else
        Visit(*B.Record, Virtually, Visit);
    }
  };
  Visit(*R, false, Visit);
  return Found;
}

/// Whether \p Class is a C++ class whose objects C# objects represent, or is
/// related to such a class.
bool Comparison::isOfObjects(llvm::StringRef Class) {
  auto [It, IsNew] = OfObjects.try_emplace(Class);
  if (IsNew)
    It->second = llvm::any_of(Objects->mappings(), [&](auto &M) {
      auto Inherits = [](Inheritance K) {
        return K != Inheritance::None && K != Inheritance::Unknown;
      };
      return Inherits(inheritance(Class, M.Native)) ||
             Inherits(inheritance(M.Native, Class));
    });
  return It->second;
}

std::string Comparison::whyNotUnwrapped(const TypeDef *Class,
                                        llvm::StringRef Native,
                                        const ObjectClass *&Out) const {
  auto Quoted = [](llvm::StringRef Name) { return ("'" + Name + "'").str(); };
  auto Underived = [&](llvm::StringRef Derived, llvm::StringRef From) {
    return inheritance(Derived, From) == Inheritance::Unknown
               ? Quoted(Derived) + ", which no scanned source defines"
               : Quoted(Derived) + ", which is not derived from " +
                     Quoted(From);
  };
  const ObjectClass *C = Objects && Class ? Objects->of(*Class) : nullptr;
  if (!C)
    return "no entry of 'objects' in the configuration maps " +
           (Class ? "the C# class " + Quoted(Class->fullName())
                  : std::string("its C# type")) +
           " to a C++ class";
  const ObjectMapping &M = *C->Mapping, &Stored = *C->Stored;
  Inheritance K = inheritance(M.Native, Native);
  if (K == Inheritance::None || K == Inheritance::Unknown)
    return "the configuration maps the C# class " + Quoted(M.Managed) + " to " +
           Underived(M.Native, Native);
  Inheritance Down = inheritance(M.Native, Stored.Native);
  if (Down == Inheritance::DerivedVirtually)
    return "the field " + Quoted(Stored.Field) + " holds the address of a " +
           Quoted(Stored.Native) + ", a virtual base class of " +
           Quoted(M.Native) + ", from which no cast leads to it";
  if (Down != Inheritance::Same && Down != Inheritance::Derived)
    return "the field " + Quoted(Stored.Field) + " holds the address of a " +
           Quoted(Stored.Native) + ", and the configuration maps " +
           Quoted(M.Managed) + " to " + Underived(M.Native, Stored.Native);
  Out = C;
  return "";
}

bool Comparison::compareObject(Argument &A, const Site &S) {
  const bool IsThis = S.E.IsMember && A.Native == &S.E.Params.front();
  const auto *Pointer = llvm::dyn_cast<PointerType>(A.Native->Ty);
  // If the program registers the function in its own way, the code in between
  // decides what the function receives.
  const bool IsOwn = S.E.Registered && S.E.Registered->Runtime.empty();
  if (IsThis && IsOwn)
    return true;
  if (!IsThis && (!Objects || !Pointer || !A.isObject() || IsOwn ||
                  S.E.Kind != native::ExportKind::InternalCall))
    return false;
  const std::string Native = className(*Pointer->pointee());
  std::optional<ObjectKind> Own = S.Agrees.objectKind(*Pointer->pointee());
  if (!IsThis && (Native.empty() || (Own && *Own != ObjectKind::None) ||
                  !isOfObjects(Native)))
    return false;
  std::string Why;
  const TypeDef *Class = classOf(A, S.M);
  if (S.D == Direction::ToManaged)
    Why = "no C# object is made of a C++ object; return '" +
          S.Runtime.runtime().objectType(ObjectKind::Any) + "'";
  else if (!IsThis && S.E.Registered)
    Why = "C# passes an object, and the registration by hand has no code that "
          "takes the C++ object out of it";
  else if (Pointer->form() == PointerType::RValueReference)
    Why = "an rvalue reference would be moved from";
  else if (IsThis && Class->isValueType())
    Why = "'" + Class->fullName() + "' is a C# struct, which has no C++ object";
  else
    Why = whyNotUnwrapped(Class, Native, A.Object);
  if (Why.empty()) {
    A.How = Passing::Unwrapped;
  } else if (IsThis) {
    reportNoObject(Why, S);
  } else {
    report(Verdict::different(Why), A, S);
  }
  return true;
}

void Comparison::reportNoObject(const std::string &Why, const Site &S) {
  Diagnostic D = diagnose(DiagnosticID::NonStaticMember, S.E.statedAt(),
                          S.E.Decl.qualifiedName(), Why);
  noteManaged(D, S.M);
  S.add(std::move(D), Why);
}

} // namespace ilbridge::match
