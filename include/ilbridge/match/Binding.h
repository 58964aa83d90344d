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
#include "ilbridge/native/Program.h"
#include "ilbridge/runtime/Runtime.h"
#include "llvm/ADT/StringSet.h"

namespace llvm {
class ThreadPoolInterface;
}

namespace ilbridge::match {

/// The conversion that an invoker applies to one value.
enum class Passing : uint8_t {
  Nothing,      ///< no value: void
  Cast,         ///< a number, converted as C++ converts it
  Address,      ///< an address, or a number that is one
  Dereferenced, ///< an address, for a reference
  Record,       ///< a struct by value
  Object,       ///< an object of the managed heap, as the runtime has it
  Utf8,         ///< a string and UTF-8 characters
  Utf16,        ///< a string and UTF-16 characters
  Elements,     ///< an array, by the address of its first element
  Callback,     ///< a delegate, as a function pointer
};
llvm::StringRef name(Passing P);

/// One parameter, or the result, of a binding.
struct Argument {
  /// Null for `this`.
  const managed::Parameter *Managed = nullptr;
  /// As managed code holds it; what an invoker finds in the slot.
  const Type *Raw = nullptr;
  /// The type of one element in the array; for Elements only.
  const Type *Element = nullptr;
  /// As platform invoke would pass it; null for other methods.
  const Type *Marshalled = nullptr;
  /// The form that arrives in native code, or in the invoker: Raw or
  /// Marshalled. Null: the value has no such form, and Problem says why.
  const Type *Passed = nullptr;
  llvm::StringRef Problem;
  const Value *Native = nullptr;
  /// The parameter behind Native that gets the length of the value, if an
  /// invoker makes both of one value. Null: there is none.
  const Value *Length = nullptr;
  /// The role of the value in the native signature. PreserveSig = false
  /// replaces the result by an HRESULT (HResult), and appends a parameter
  /// through which the function returns the declared result (OutResult).
  enum Role : uint8_t { Declared, HResult, OutResult } TheRole = Declared;
  Passing How = Passing::Nothing;
  /// How far the C++ type is from what C# passes: 0 if it is the same, 1 if
  /// only its meaning differs, 2 if a value changes its width.
  uint8_t Distance = 0;
};

/// The result of the comparison of a pair on one target.
struct TargetState {
  enum Kind : uint8_t {
    Agrees,
    NotKnown, ///< something was not compared; what was agrees
    Differs,
  };
  Kind What = Agrees;
  /// The first thing that was not compared, if What is NotKnown. The facts own
  /// it. Null means that the headers do not compile for the target.
  const Variation *Why = nullptr;
};

/// A target that pairs were compared on.
struct ComparedTarget {
  abi::Target Target;
  bool IsConfigured = false; ///< the project is built for it
};

struct Binding {
  const native::Export *Native = nullptr;
  const managed::Method *Managed = nullptr;
  std::vector<Argument> Params; ///< with `this` first where there is one
  Argument Result;
  std::vector<TargetState> OnTargets; ///< as Matching::Targets
};
/// Prints "Ns.Type::Method(System.Int32) = game::Add(int32_t)".
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const Binding &B);

struct MatchOptions {
  /// The runtimes that call the functions: one that was chosen, or several for
  /// all of which the pair has to be right. Empty: runtime::unchosen().
  llvm::ArrayRef<const runtime::Runtime *> Runtimes;
  /// Simple names of the assemblies that a runtime with Runtime::Compiled
  /// interprets; that one executes the others. Empty: all are interpreted.
  const llvm::StringSet<> *Interpreted = nullptr;
  /// DllImport names that the program implements; empty: all.
  std::vector<std::string> Libraries;
  /// The targets that the program runs on: a disagreement there is an error.
  /// Empty: the targets that its sources were scanned for.
  std::vector<abi::Target> Targets;
  /// Other targets, on which a disagreement is a warning.
  std::vector<abi::Target> Watched = abi::watchedByDefault();
  /// The program is the runtime itself, whose core library asks it for internal
  /// calls: one without an export is a finding.
  bool AsksCoreLibrary = false;
  /// If not all sources are at hand, a partner may be elsewhere: an import
  /// without an export is then no finding.
  bool IsWholeProgram = true;
  abi::Memory *Answered = nullptr; ///< kept from one matching to the next
  /// Compares targets side by side. Null: one after another.
  llvm::ThreadPoolInterface *Threads = nullptr;
};

struct Matching {
  /// The configured ones first.
  std::vector<ComparedTarget> Targets;
  /// In the order of the managed methods' names. A pair about which there is
  /// an error is not among them.
  std::vector<Binding> Bindings;
  /// Pairs about which there is an error, in the same order.
  std::vector<Binding> Disagreeing;
  /// Imports for which nothing is exported, in the order of their names.
  std::vector<const managed::Method *> Missing;
  /// Imports of libraries whose headers are given and do not declare the
  /// function, of which a finding tells.
  std::vector<const managed::Method *> Undeclared;
  DiagnosticList Findings;
  /// Owns the lowered managed types.
  TypeContext Types;
  /// Imports of libraries whose headers do not compile: whether they have a
  /// function is not known.
  std::vector<const managed::Method *> Unread;
};

/// Pairs what \p P exports with what \p M asks for, and compares the two sides
/// of each pair. Both have to outlive the result.
Matching match(const native::Program &P, const managed::Model &M,
               const MatchOptions &Options);

/// C++'s own word for a C# number, of the same width on every target: it needs
/// no header. Empty where there is none.
llvm::StringRef cxxWord(const Type *T);

/// Whether "libgame.so", "game.dll" and "Game" mean the same DllImport library.
bool isSameLibrary(llvm::StringRef A, llvm::StringRef B);

} // namespace ilbridge::match

#endif // ILBRIDGE_MATCH_BINDING_H
