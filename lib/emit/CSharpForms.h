//===- CSharpForms.h - C++ types as C# declares them ------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   Export ─▶ CSharpForms ─▶ managed::Method, with the types that it needs
//
// A C++ type has several forms in C#: a `const char *` is a string, an IntPtr
// or a byte *. This proposes them, the one that people prefer first. Whether a
// proposal is right on every target and in every runtime is for the comparison
// to say.
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

/// How the values of a function are declared.
enum class CSharpForm : uint8_t {
  Idiomatic, ///< as people write them: strings, arrays, `ref`, delegates
  Plain,     ///< an IntPtr for every pointer
  Raw,       ///< typed pointers and function pointers
  Managed,   ///< without marshalling, for internal calls: objects, `ref`
};

class CSharpForms {
public:
  struct Rules {
    std::string Namespace; ///< of the types; empty: none
    std::string Class;     ///< the name of the functions' class
    /// Structs have no fields that marshalling converts.
    bool IsBlittable = false;
    bool HasCLong = false; ///< the runtimes have CLong and CULong
    DataModel Model;       ///< of the target that the sources were scanned for
    /// The runtime whose C++ types stand for objects; null: there is none.
    const runtime::Runtime *Objects = nullptr;
  };
  /// \p M gets the types, and has to outlive this.
  CSharpForms(managed::Model &M, Rules TheRules)
      : M(M), R(std::move(TheRules)) {}

  /// The P/Invoke of \p E in the DllImport library \p Library, or its internal
  /// call; nullopt: there is none, and problem() says why.
  std::optional<managed::Method>
  method(const native::Export &E, CSharpForm Form, llvm::StringRef Library);
  /// Completes "it cannot be declared: …".
  const std::string &problem() const { return Problem; }
  /// The documentation comment of a type's C++ declaration.
  llvm::StringRef comment(const managed::TypeDef &D) const {
    auto Known = Declarations.find(&D);
    if (Known == Declarations.end())
      return "";
    return Known->second->Comment;
  }

private:
  enum class Place : uint8_t { Param, Result, Callback, Field };
  using Sig = const managed::TypeSig *;

  bool value(const Type &T, const Value *V, Place Where, CSharpForm Form,
             managed::PassedValue &Out);
  bool scalar(const ScalarType &S, Place Where, CSharpForm Form,
              managed::PassedValue &Out);
  bool pointer(const PointerType &P, const Value *V, Place Where,
               CSharpForm Form, managed::PassedValue &Out);
  bool rawPointer(const Type &To, managed::PassedValue &Out);
  bool managedPointer(const PointerType &P, Place Where,
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
  /// A name that no other type has, near to \p Wanted.
  managed::TypeDef &define(llvm::StringRef Wanted);
  bool fails(const llvm::Twine &Why) {
    Problem = Why.str();
    return false;
  }

  managed::Model &M;
  const Rules R;
  std::string Problem;
  std::string Function; ///< the name of the function at hand
  struct KnownType {
    managed::TypeDef *Def = nullptr;
    std::string Problem;
  };
  /// By the qualified name, or the place of one without a name.
  std::map<std::string, KnownType> Types;
  llvm::DenseMap<const managed::TypeDef *, const Declaration *> Declarations;
};

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_CSHARPFORMS_H
