//===- Export.h - What the C++ side offers ----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_NATIVE_EXPORT_H
#define ILBRIDGE_NATIVE_EXPORT_H

#include "ilbridge/type/Type.h"

namespace ilbridge::native {

/// Which annotation a function carries: how a runtime comes to call it.
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
/// "export", "internal_call", "newobj", …: as in the annotation.
llvm::StringRef name(ExportKind K);
std::optional<ExportKind> exportKind(llvm::StringRef Name);

/// The side that frees what the function returns by address.
enum class Ownership : uint8_t { Unstated, Owned, Borrowed };

/// One annotation on one function. A function with two annotations is two
/// exports of the same symbol.
struct Export {
  ExportKind Kind = ExportKind::PInvoke;
  /// The managed method that the annotation names; empty for ILBRIDGE_EXPORT.
  std::string ManagedName;

  /// Path, place and header of the function.
  Declaration Decl;
  /// The name that linkers know the function by, on the scanned target.
  std::string Symbol;
  /// The name that loaders know it by: the symbol without the decoration that
  /// its target adds to names of C. Empty if that is the function's own name.
  std::string EntryPoint;
  bool HasCLinkage = false; ///< extern "C", or compiled as C
  bool IsInternal = false;  ///< of internal linkage: `static`
  bool IsNoexcept = false;
  bool IsDefinition = false; ///< the source that was scanned defines it
  bool IsOverloaded = false; ///< other functions there have its name
  bool IsVariadic = false;   ///< takes more after Params; never if annotated
  /// False: C's `int f();`, which takes anything; never if annotated.
  bool HasPrototype = true;
  /// On the scanned target.
  CallingConvention Convention = CallingConvention::C;
  /// As declared: the scanned target may know only one.
  CallingConvention StatedConvention = CallingConvention::C;
  /// Why there may be no such function elsewhere, or another one; null: there
  /// is. Its types have reasons of their own.
  const Variation *Varies = nullptr;
  /// The same of StatedConvention.
  const Variation *ConventionVaries = nullptr;

  std::vector<Value> Params;
  Value Result;
  /// The class or class template around Result that can carry an exception
  /// instead, if a runtime has one: runtime::ResultWrapper::Spelling. Empty:
  /// the function returns its result.
  std::string ResultWrapper;
  Ownership ResultOwnership = Ownership::Unstated;
  /// Native code may call a function pointer that the function was passed after
  /// the function has returned.
  bool KeepsCallbacks = false;
  /// In the file of Decl.Where, the annotation with the space behind it:
  /// [begin, end). Only where to take it away leaves a function that is no
  /// export; of a function without one, the place where one would stand.
  Position AnnotationBegin = {}, AnnotationEnd = {};

  llvm::StringRef functionName() const { return Decl.Path.back(); }
};
/// Prints "game::Add(int32_t, int32_t)".
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const Export &E);

} // namespace ilbridge::native

#endif // ILBRIDGE_NATIVE_EXPORT_H
