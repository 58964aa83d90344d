//===- Export.h - Exported functions ----------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_NATIVE_EXPORT_H
#define ILBRIDGE_NATIVE_EXPORT_H

#include "ilbridge/native/Registration.h"

namespace ilbridge::native {

/// The annotation of a function, which determines how a runtime calls it.
enum class ExportKind : uint8_t {
  PInvoke,
  InternalCall,
  NewObj,
  Intrinsic,
  NewObjIntrinsic,
  FunctionPointer,
};
inline constexpr size_t ExportKindCount = 6;
/// Whether the function takes the parameters of a constructor and returns the
/// new object.
constexpr bool makesObject(ExportKind K) {
  return K == ExportKind::NewObj || K == ExportKind::NewObjIntrinsic;
}
/// Returns "export", "internal_call", "newobj", …, as in the annotation.
llvm::StringRef name(ExportKind K);
std::optional<ExportKind> exportKind(llvm::StringRef Name);

/// The side that frees the memory of a returned pointer.
enum class Ownership : uint8_t { Unstated, Owned, Borrowed };

/// A function as C or C++ declares it, which an annotation or a registration
/// pairs with a managed method.
struct DeclaredFunction {
  /// The managed method that the annotation or the registration names; empty
  /// for ILBRIDGE_EXPORT.
  std::string ManagedName;

  /// Path, location and header of the function.
  Declaration Decl;
  /// The name that linkers use for the function, on the scanned target.
  std::string Symbol;
  bool HasCLinkage = false; ///< extern "C", or compiled as C
  bool IsInternal = false;  ///< has internal linkage: `static`
  bool IsNoexcept = false;
  bool IsDefinition = false; ///< the scanned source defines it
  bool IsOverloaded = false; ///< other functions in its scope have its name
  /// Whether it is a non-static member function. The first element of Params is
  /// then `this`.
  bool IsMember = false;
  bool IsVariadic = false; ///< ends in "..."; never if annotated
  /// False for `int f();` in C, without a prototype; never if annotated.
  bool HasPrototype = true;
  /// The convention on the scanned target.
  CallingConvention Convention = CallingConvention::C;
  /// The convention as declared, even if the scanned target ignores it.
  CallingConvention StatedConvention = CallingConvention::C;
  /// The reason why the function can be missing or different on other targets;
  /// null: none. Its types have their own variations.
  const Variation *Varies = nullptr;
  /// The same for StatedConvention.
  const Variation *ConventionVaries = nullptr;

  std::vector<Value> Params;
  Value Result;
  /// The class or class template around Result that can carry an exception
  /// instead, if a runtime has one: runtime::ResultWrapper::Spelling. Empty:
  /// the function returns its result.
  std::string ResultWrapper;

  llvm::StringRef functionName() const { return Decl.Path.back(); }
  /// The declared parameters: those after `this`, if there is one.
  llvm::ArrayRef<Value> declaredParams() const {
    return llvm::ArrayRef(Params).drop_front(IsMember ? 1 : 0);
  }
};
/// Prints "game::Add(int32_t, int32_t)".
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const DeclaredFunction &F);

/// One annotation on one function, or one registration of it. A function with
/// two annotations is two exports of the same symbol.
struct Export : DeclaredFunction {
  ExportKind Kind = ExportKind::PInvoke;
  /// The name by which loaders find the function: the symbol without the
  /// decoration that the target adds to C names. Empty if it is the name of the
  /// function.
  std::string EntryPoint;
  Ownership ResultOwnership = Ownership::Unstated;
  /// Native code may call a function pointer argument after the function has
  /// returned.
  bool KeepsCallbacks = false;
  /// The range [begin, end) of the annotation and the following space in
  /// Decl.Where.File. Set only if deleting the macro un-exports the function.
  /// For a function without an annotation: where to insert one.
  Position AnnotationBegin = {}, AnnotationEnd = {};
  /// The registration of the function in the code; nullopt if it is annotated,
  /// or belongs to a library without annotations.
  std::optional<Registration> Registered;

  /// The location that states that the function is exported: its registration,
  /// or else its declaration.
  const Location &statedAt() const {
    return Registered ? Registered->Where : Decl.Where;
  }
};

/// A managed method that native code calls, as native code declares it:
/// ILBRIDGE_IMPORT on a function that generated code defines, or on a variable
/// that generated code sets.
struct ManagedImport : DeclaredFunction {
  /// Whether it is a variable, which is a pointer to a function of the type.
  bool IsPointer = false;
};
} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_EXPORT_H
