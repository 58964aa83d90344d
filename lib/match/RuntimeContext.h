//===- RuntimeContext.h - Methods as a runtime calls them -------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_RUNTIMECONTEXT_H
#define ILBRIDGE_LIB_MATCH_RUNTIMECONTEXT_H

#include "ilbridge/managed/StructConversion.h"
#include "ilbridge/match/Binding.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/StringSaver.h"

namespace ilbridge::match {

/// Returns the kind of call by which a method reaches native code. \p
/// MakesObject states that the function replaces the `new` of a constructor.
runtime::Crossing crossing(const managed::Method &M, bool MakesObject);
/// Returns the crossing for an annotation of the kind \p K.
runtime::Crossing crossing(native::ExportKind K);

/// A method's values, as one runtime passes them.
struct PassedMethod {
  std::vector<Argument> Params; ///< with `this` first if there is one
  Argument Result;
  /// The type with which the runtime calls the function. Null if a value has no
  /// form, or if an invoker calls the function.
  const FunctionType *Signature = nullptr;
  /// The convention that a P/Invoke states for the runtime; nullopt if there is
  /// none.
  std::optional<CallingConvention> Convention;
  /// The rules that were consulted.
  runtime::Consulted Asked;
};

/// Managed methods as one runtime calls their functions, on the targets of one
/// platform.
class RuntimeContext {
public:
  RuntimeContext(const runtime::Runtime &Runtime, runtime::Platform Platform,
                 TypeContext &Types)
      : Runtime(Runtime), Types(Types), Lowers(Types, Runtime, Platform) {}

  const runtime::Runtime &runtime() const { return Runtime; }
  /// Returns the conversion. A crossing that the runtime does not have passes
  /// values unchanged.
  runtime::Conversion conversion(const managed::Method &M,
                                 bool MakesObject) const;
  const PassedMethod &method(const managed::Method &M, bool MakesObject);
  /// A method with [UnmanagedCallersOnly], as native code calls it.
  struct PassedCallback {
    managed::Lowered Address; ///< the function pointer, or the function
    runtime::Consulted Asked;
  };
  const PassedCallback &callback(const managed::Callback &C);
  /// Returns the function type of any other method that native code calls by
  /// its name.
  const PassedCallback &called(const managed::Method &M);
  managed::Lowering &lowering() { return Lowers; }
  managed::StructConversions &structs() { return Structs; }

private:
  Argument argument(const managed::Parameter &P, const managed::Method &M,
                    bool IsResult);
  Argument self(const managed::Method &M);
  void returnHResult(PassedMethod &P, const managed::Method &M);
  void setForm(Argument &A, const managed::Lowered &Form);

  const runtime::Runtime &Runtime;
  TypeContext &Types;
  managed::Lowering Lowers;
  managed::StructConversions Structs{Lowers};
  /// The types of `this` for value types, and of results that are parameters.
  managed::TypeTable Selves;
  std::map<std::pair<const managed::Method *, bool>, PassedMethod> Methods;
  std::map<const managed::Callback *, PassedCallback> Callbacks;
  std::map<const managed::Method *, PassedCallback> Called;
  llvm::BumpPtrAllocator Allocator;
  llvm::StringSaver Problems{Allocator};
};

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_RUNTIMECONTEXT_H
