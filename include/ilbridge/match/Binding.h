//===- Binding.h - A managed method and its native function -----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_MATCH_BINDING_H
#define ILBRIDGE_MATCH_BINDING_H

#include "ilbridge/abi/Lowering.h"
#include "ilbridge/managed/Model.h"
#include "ilbridge/managed/Objects.h"
#include "ilbridge/native/Program.h"
#include "ilbridge/runtime/Runtime.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include <memory>

namespace llvm {
class ThreadPoolInterface;
}

namespace ilbridge::managed {
struct StructConversion;
}

namespace ilbridge::match {

/// The conversion that an invoker applies to one value.
enum class Passing : uint8_t {
  Nothing,      ///< no value: void
  Cast,         ///< a number, with the conversions of C++
  Address,      ///< an address, or a number that is one
  Dereferenced, ///< an address, passed to a reference
  Record,       ///< a struct by value
  Object,       ///< an object, by the runtime's own type
  Utf8,         ///< a string as UTF-8 characters
  Utf16,        ///< a string as UTF-16 characters
  Elements,     ///< an array, as the address of its first element
  Fields,       ///< a struct whose fields are converted: by value, by address
                ///< or as the elements of an array
  Callback,     ///< a delegate, as a function pointer
  Unwrapped,    ///< an object, as the C++ object that it represents
};
llvm::StringRef name(Passing P);

/// One parameter, or the result, of a binding.
struct Argument {
  /// Null for `this`.
  const managed::Parameter *Managed = nullptr;
  /// The raw form, which an invoker reads from the slot.
  const Type *Raw = nullptr;
  /// The type of one element of the array for Elements. For the Fields of
  /// elements, it is the native form of one element.
  const Type *Element = nullptr;
  /// The conversion of the fields; for Fields only.
  std::shared_ptr<const managed::StructConversion> Struct;
  /// The marshalled form of platform invoke; null for other methods.
  const Type *Marshalled = nullptr;
  /// The form that native code or the invoker receives: Raw or Marshalled.
  /// Null: there is no such form, and Problem states why.
  const Type *Passed = nullptr;
  llvm::StringRef Problem;
  const Value *Native = nullptr;
  /// The parameter after Native that receives the length of the value, if an
  /// invoker passes one value as both. Null: there is none.
  const Value *Length = nullptr;
  /// The role of the value in the native signature. PreserveSig = false
  /// replaces the result by an HRESULT (HResult), and appends a parameter
  /// through which the function returns the declared result (OutResult).
  enum Role : uint8_t { Declared, HResult, OutResult } TheRole = Declared;
  Passing How = Passing::Nothing;
  /// The way from the C# object to the C++ object; for Unwrapped only.
  const managed::ObjectClass *Object = nullptr;
  /// The distance of the C++ type from the C# type: 0 if it is the same, 1 if
  /// only its meaning differs, 2 if the width differs.
  uint8_t Distance = 0;

  /// Whether the raw value is the address of an object of the managed heap.
  bool isObject() const;
};

/// The result of the comparison of a pair on one target.
struct TargetState {
  enum Kind : uint8_t {
    Agrees,
    NotCompared, ///< not fully compared; the compared part agrees
    Differs,
  };
  Kind What = Agrees;
  /// The first thing that was not compared, if What is NotCompared. The facts
  /// own it. Null means that the headers do not compile for the target.
  const Variation *Why = nullptr;
};

/// A target on which pairs are compared.
struct ComparedTarget {
  abi::Target Target;
  bool IsConfigured = false; ///< the project is built for it
};

struct Binding {
  const native::Export *Native = nullptr;
  const managed::Method *Managed = nullptr;
  std::vector<Argument> Params; ///< begins with `this` if there is one
  Argument Result;
  std::vector<TargetState> OnTargets; ///< as Matching::Targets

  /// Whether it takes C++ objects in place of C# objects, so that generated
  /// code has to call it.
  bool unwrapsObjects() const {
    return llvm::any_of(
        Params, [](const Argument &A) { return A.How == Passing::Unwrapped; });
  }
};
/// Prints "Ns.Type::Method(System.Int32) = game::Add(int32_t)".
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const Binding &B);

/// Whether one type converts to the other without a cast on any target: they
/// are integers of the same fixed width and sign, such as int and int32_t.
bool isSameInteger(const Type &A, const Type &B);

/// Whether generated code has to convert the value that a runtime passes. False
/// for each value of a pair that a runtime calls itself.
bool isConverted(const Argument &A);
/// Whether a runtime that passes values as managed code stores them has to call
/// a shim instead of the function.
bool needsShim(const Binding &B);

/// A managed method that native code calls, and its native declaration.
struct ManagedCall {
  const native::ManagedImport *Native = nullptr;
  const managed::Method *Managed = nullptr;
  /// Its [UnmanagedCallersOnly]; null if it has none.
  const managed::Callback *Unmanaged = nullptr;
  /// The type of the method as the first of the runtimes calls it. The object
  /// of an instance method is the first parameter.
  const FunctionType *Signature = nullptr;
  /// Whether the last parameter of Native receives the exception.
  bool ReturnsException = false;
};

struct MatchOptions {
  /// The runtimes that call the functions: the selected one, or several, for
  /// all of which a pair has to be correct. If it is empty, runtime::unchosen()
  /// is used.
  llvm::ArrayRef<const runtime::Runtime *> Runtimes;
  /// The simple names of the assemblies that a runtime with Runtime::Compiled
  /// interprets; it executes compiled code for the others. Null: all are
  /// interpreted.
  const llvm::StringSet<> *Interpreted = nullptr;
  /// DllImport names that the program implements; empty: all.
  std::vector<std::string> Libraries;
  /// The targets on which the program runs; a disagreement there is an error.
  /// Empty: the targets for which its sources were scanned.
  std::vector<abi::Target> Targets;
  /// Other targets, on which a disagreement is a warning.
  std::vector<abi::Target> Watched = abi::watchedByDefault();
  /// Whether the program is the runtime itself. The internal calls of its core
  /// library then require exports: one without an export is a finding.
  bool AsksCoreLibrary = false;
  /// Whether the sources are complete. If they are not, other sources may
  /// implement an import, so an import without an export is not a finding.
  bool IsWholeProgram = true;
  /// Whether an output registers the annotated functions with the selected
  /// runtimes, so no other code should register them.
  bool IsForOutput = false;
  /// The C# classes whose objects have C++ objects; null if there are none.
  managed::ObjectClasses *Objects = nullptr;
  abi::ABIInfoCache *ABICache = nullptr; ///< reused by later calls of match()
  /// Compares targets in parallel. Null: sequentially.
  llvm::ThreadPoolInterface *Threads = nullptr;
};

struct Matching {
  /// The configured targets come first.
  std::vector<ComparedTarget> Targets;
  /// Sorted by the names of the managed methods. Pairs with an error are not
  /// included.
  std::vector<Binding> Bindings;
  /// Pairs of functions that the program registers by hand, so that no code is
  /// generated for them, in the same order. Pairs with an error are not
  /// included.
  std::vector<Binding> Registered;
  /// Pairs with an error, in the same order.
  std::vector<Binding> Disagreeing;
  /// The managed methods that native code calls, sorted by the native names,
  /// without those with an error. Each native name occurs once.
  std::vector<ManagedCall> Calls;
  /// Imports for which nothing is exported, sorted by name.
  std::vector<const managed::Method *> Missing;
  /// Imports of libraries whose headers are given but do not declare the
  /// function; a finding reports them.
  std::vector<const managed::Method *> Undeclared;
  DiagnosticList Findings;
  /// Owns the lowered managed types.
  TypeContext Types;
  /// Imports of libraries whose headers do not compile, so it is not known
  /// whether they have a function.
  std::vector<const managed::Method *> Unread;
  /// Why the pairs could not be compared, in a program without Clang; empty:
  /// they were.
  std::string WhyIncomplete;
};

/// The names by which P/Invokes find their functions, and those of methods that
/// C++ calls by a name.
llvm::StringSet<> entryPoints(const managed::Model &M);

/// Pairs the exports of \p P with the imports of \p M, and compares the two
/// sides of each pair. Both have to outlive the result.
Matching match(const native::Program &P, const managed::Model &M,
               const MatchOptions &Options);

/// Returns the C++ keywords for a C# number with the same width on every
/// target, which require no header. Empty if there are none.
llvm::StringRef cxxWord(const Type *T);

/// Whether "libgame.so", "game.dll" and "Game" mean the same DllImport library.
bool isSameLibrary(llvm::StringRef A, llvm::StringRef B);

} // namespace ilbridge::match

#endif // ILBRIDGE_MATCH_BINDING_H
