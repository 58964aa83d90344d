//===- MonoCalls.h - Managed methods of embedded Mono -----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// mono_method_get_unmanaged_thunk gives a function that native code can call:
// it takes a struct in an object and returns it in one, and its last parameter
// gets the exception. The generated functions take and return structs as
// native code has them.
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
  struct Each {
    CallNames Names;
    std::vector<CrossedValue> Params;
    CrossedValue Result;
    bool hasStructs() const;
  };
  void printState(Printer &P, const Each &C) const;
  void printBody(Printer &P, const Each &C) const;
  bool any(llvm::function_ref<bool(const Each &)> Is) const;

  std::vector<Each> All;
  std::string Name;
};

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_MONOCALLS_H
