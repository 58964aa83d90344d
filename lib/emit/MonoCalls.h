//===- MonoCalls.h - Managed methods of embedded Mono -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// mono_method_get_unmanaged_thunk returns a function that native code can call.
// It takes a struct, or a reference to one, in an object and returns a struct
// in an object, and its last parameter receives the exception. The generated
// functions take and return structs as native code has them.
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
  /// \p Name is the name of the generated function, without its namespaces.
  MonoCalls(llvm::ArrayRef<match::ManagedCall> Called, std::string Name);

  void printHelpers(Printer &P) const;
  void printFunctions(Printer &P) const;
  /// Prints the function that finds all methods, in the namespaces of Name.
  void printConnection(Printer &P) const;

private:
  /// A value in the form in which the thunk takes or returns it.
  struct Value {
    CrossedValue Plain; ///< if it is not passed in an object
    bool IsBoxed = false;
    bool IsReference = false; ///< a reference to the value in the object
    std::string thunkType() const {
      return IsBoxed ? "MonoObject *" : Plain.Type;
    }
  };
  struct Each {
    CallNames Names;
    std::vector<Value> Params; ///< including the object of an instance method
    Value Result;
    bool hasBoxes() const;
    /// The index of a parameter among those of C#.
    size_t managedIndex(size_t I) const {
      return I - Names.Call.Managed->Sig.HasThis;
    }
    /// Returns the expression for the class of the I-th parameter.
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
