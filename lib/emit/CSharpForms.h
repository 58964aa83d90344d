//===- CSharpForms.h - C++ types as C# declares them ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   Export ─▶ CSharpForms ─▶ managed::Method, with the types that it needs
//
// A C++ type has several forms in C#: a `const char *` can be a string, an
// IntPtr or a byte *. This class proposes these forms, the most common one
// first. The comparison decides whether a proposal is correct on every target
// and in every runtime.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_CSHARPFORMS_H
#define ILBRIDGE_LIB_EMIT_CSHARPFORMS_H

#include "ilbridge/managed/Model.h"
#include "ilbridge/native/Export.h"
#include "ilbridge/runtime/Runtime.h"
#include "llvm/ADT/DenseMap.h"
#include <map>

namespace ilbridge::emit {

/// The way in which the values of a function are declared.
enum class CSharpForm : uint8_t {
  Idiomatic, ///< as in hand-written code: strings, arrays, `ref`, delegates
  Plain,     ///< an IntPtr for every pointer
  Raw,       ///< typed pointers and function pointers
  Managed,   ///< without marshalling, for internal calls: objects, `ref`
};

class CSharpForms {
public:
  struct Rules {
    std::string Namespace; ///< namespace of the types; empty: none
    std::string Class; ///< the name of the class that declares the functions
    /// Structs have no fields that marshalling converts.
    bool IsBlittable = false;
    bool HasCLong = false; ///< the runtimes have CLong and CULong
    /// Data model of the target for which the sources were scanned.
    DataModel Model;
    /// The runtime whose C++ types represent objects; null if there is none.
    const runtime::Runtime *Objects = nullptr;
  };
  /// \p M receives the types, and has to outlive this object.
  CSharpForms(managed::Model &M, Rules TheRules)
      : M(M), R(std::move(TheRules)) {}

  /// Returns the P/Invoke of \p E in the DllImport library \p Library, or its
  /// internal call. Returns nullopt if there is no form; problem() then states
  /// the reason.
  std::optional<managed::Method>
  method(const native::Export &E, CSharpForm Form, llvm::StringRef Library);
  /// The reason, which completes "it cannot be declared: …".
  const std::string &problem() const { return Problem; }
  /// The documentation comment of a type's C++ declaration.
  llvm::StringRef comment(const managed::TypeDef &D) const {
    auto Known = Declarations.find(&D);
    if (Known == Declarations.end())
      return "";
    return Known->second->Comment;
  }

private:
  enum class Role : uint8_t { Param, Result, Callback, Field };
  using Sig = const managed::TypeSig *;

  bool value(const Type &T, const Value *V, Role Where, CSharpForm Form,
             managed::PassedValue &Out);
  bool scalar(const ScalarType &S, Role Where, CSharpForm Form,
              managed::PassedValue &Out);
  bool pointer(const PointerType &P, const Value *V, Role Where,
               CSharpForm Form, managed::PassedValue &Out);
  bool rawPointer(const Type &To, managed::PassedValue &Out);
  bool managedPointer(const PointerType &P, Role Where,
                      managed::PassedValue &Out);
  Sig integer(unsigned Bits, bool IsSigned);
  Sig address() { return &M.Types.primitive(managed::Primitive::IntPtr); }
  Sig record(const RecordType &T);
  bool fill(const RecordType &T, managed::TypeDef &D);
  bool field(const Field &F, bool IsUnion, managed::TypeDef &D);
  bool arrayField(const Field &F, const ArrayType &A, bool IsUnion,
                  managed::TypeDef &D);
  Sig enumeration(const EnumType &E);
  Sig delegate(const FunctionType &F, llvm::StringRef Name);
  Sig functionPointer(const FunctionType &F);
  /// Creates a type with a unique name that is based on \p Wanted.
  managed::TypeDef &define(llvm::StringRef Wanted);
  bool fails(const llvm::Twine &Why) {
    Problem = Why.str();
    return false;
  }

  managed::Model &M;
  const Rules R;
  std::string Problem;
  std::string Function; ///< the name of the current function
  struct KnownType {
    managed::TypeDef *Def = nullptr;
    std::string Problem;
  };
  /// By qualified name, or by location for a type without a name.
  std::map<std::string, KnownType> Types;
  llvm::DenseMap<const managed::TypeDef *, const Declaration *> Declarations;
};

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_CSHARPFORMS_H
