//===- MonoCalls.h - Managed methods of embedded Mono -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// mono_method_get_unmanaged_thunk gives a function that native code can call:
// it takes a struct, or a reference to one, in an object and returns it in one,
// and its last parameter gets the exception. The generated functions take and
// return structs as native code has them.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_MONOCALLS_H
#define ILBRIDGE_LIB_EMIT_MONOCALLS_H

#include "ManagedCalls.h"

namespace ilbridge::emit {

void printMonoCallHeaders(Printer &P);

/// The managed methods of one output.
class MonoCalls {
public:
  /// \p Name is that of what is generated, without its namespaces.
  MonoCalls(llvm::ArrayRef<match::ManagedCall> Called, std::string Name);

  void printHelpers(Printer &P) const;
  void printFunctions(Printer &P) const;
  /// Prints the function that finds all methods, in the namespaces of Name.
  void printConnection(Printer &P) const;

private:
  /// A value, as the thunk takes or returns it.
  struct Value {
    CrossedValue Plain; ///< if it is not in an object
    bool IsBoxed = false;
    bool IsReference = false; ///< to what is in the object
    std::string thunkType() const {
      return IsBoxed ? "MonoObject *" : Plain.Type;
    }
  };
  struct Each {
    CallNames Names;
    std::vector<Value> Params; ///< with the object of an instance method
    Value Result;
    bool hasBoxes() const;
    /// Its index among the parameters of C#.
    size_t managedIndex(size_t I) const {
      return I - Names.Call.Managed->Sig.HasThis;
    }
    /// The expression for the class of the I-th parameter.
    std::string classOf(size_t I) const;
  };
  void printReferences(Printer &P, const Each &C) const;
  void printChanges(Printer &P, const Each &C) const;
  void printState(Printer &P, const Each &C) const;
  void printBody(Printer &P, const Each &C) const;
  bool any(llvm::function_ref<bool(const Each &)> Is) const;

  std::vector<Each> All;
  std::string Name;
};

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_MONOCALLS_H
