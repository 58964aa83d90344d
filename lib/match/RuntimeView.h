//===- RuntimeView.h - Managed methods as a runtime calls them --*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_MATCH_RUNTIMEVIEW_H
#define ILBRIDGE_LIB_MATCH_RUNTIMEVIEW_H

#include "ilbridge/managed/StructConversion.h"
#include "ilbridge/match/Binding.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/StringSaver.h"

namespace ilbridge::match {

/// How a method comes to native code. \p MakesObject: the function replaces
/// the `new` of a constructor.
runtime::Crossing crossing(const managed::Method &M, bool MakesObject);
/// The crossing that an annotation of that kind is for.
runtime::Crossing crossing(native::ExportKind K);

/// A method's values, as one runtime passes them.
struct PassedMethod {
  std::vector<Argument> Params; ///< with `this` first if there is one
  Argument Result;
  /// The type as which the runtime calls the function. Null: a value has no
  /// form, or an invoker calls the function.
  const FunctionType *Signature = nullptr;
  /// The convention that a P/Invoke states for the runtime; nullopt: none.
  std::optional<CallingConvention> Convention;
  /// The rules on which all of it depends.
  runtime::Consulted Asked;
};

/// Managed methods as one runtime, on the targets of one platform, calls the
/// functions behind them.
class RuntimeView {
public:
  RuntimeView(const runtime::Runtime &Runtime, runtime::Platform Platform,
              TypeContext &Types)
      : Runtime(Runtime), Types(Types), Lowers(Types, Runtime, Platform) {}

  const runtime::Runtime &runtime() const { return Runtime; }
  /// A crossing that the runtime does not have passes values unchanged.
  runtime::Conversion conversion(const managed::Method &M,
                                 bool MakesObject) const;
  const PassedMethod &method(const managed::Method &M, bool MakesObject);
  /// A method with [UnmanagedCallersOnly], as native code calls it.
  struct PassedCallback {
    managed::Lowered Address; ///< the function pointer, or the function
    runtime::Consulted Asked;
  };
  const PassedCallback &callback(const managed::Callback &C);
  /// Any other method that native code calls by its name, as the type of a
  /// function.
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
  /// Types of the `this` of value types, and of results that are parameters.
  managed::TypeTable Selves;
  std::map<std::pair<const managed::Method *, bool>, PassedMethod> Methods;
  std::map<const managed::Callback *, PassedCallback> Callbacks;
  std::map<const managed::Method *, PassedCallback> Called;
  llvm::BumpPtrAllocator Allocator;
  llvm::StringSaver Problems{Allocator};
};

} // namespace ilbridge::match

#endif // ILBRIDGE_LIB_MATCH_RUNTIMEVIEW_H
