//===- Runtime.h - Descriptions of .NET runtimes ----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A Runtime describes one version of one runtime as data: the kinds of calls
// that it has, how it converts values, the C++ types for its objects, and how
// it looks up names. No other library depends on a particular runtime, except
// for the backend of that runtime.
//
// A version is described by its differences from the previous version.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_RUNTIME_RUNTIME_H
#define ILBRIDGE_RUNTIME_RUNTIME_H

#include "ilbridge/runtime/TypeSpelling.h"
#include "ilbridge/type/Type.h"
#include <array>
#include <bitset>

namespace ilbridge::runtime {

/// The ways in which a call leaves or enters managed code.
enum class Crossing : uint8_t {
  PInvoke,         ///< [DllImport]
  InternalCall,    ///< [MethodImpl(MethodImplOptions.InternalCall)]
  Constructor,     ///< a native function that creates the object of a `new`
  Intrinsic,       ///< a native function that replaces a managed body
  Callback,        ///< a function pointer that was created from a delegate
  FunctionPointer, ///< a call through an unmanaged function pointer
  ManagedCall,     ///< a managed method that native code calls by its name
};
inline constexpr size_t CrossingCount = 7;
/// Returns "a string", "an array", … for messages.
llvm::StringRef words(ObjectKind K);

/// Returns "P/Invoke", "internal call", … for messages and documentation.
llvm::StringRef name(Crossing C);

/// The conversion of a value between managed code and the native function.
enum class Conversion : uint8_t {
  /// The runtime does not have this crossing, or hosts cannot use it.
  Absent,
  /// The runtime marshals by the rules of platform invoke. (.NET
  /// documentation, "Type marshalling")
  Marshalled,
  /// The native function receives the value as managed code stores it: a `bool`
  /// is one byte, a `char` is a UTF-16 code unit, and an object is its address.
  Unchanged,
  /// The runtime passes evaluation stack slots, and a generated invoker reads
  /// and converts them.
  Invoked,
  /// The runtime passes values as managed code stores them to a generated shim,
  /// which takes the place of the native function. The shim converts them and
  /// calls the function.
  Shimmed,
};
/// Whether generated code converts the values and calls the function from C++.
constexpr bool isConvertedByCode(Conversion C) {
  return C == Conversion::Invoked || C == Conversion::Shimmed;
}

/// The platforms on which the rules of a runtime can have different values.
enum class Platform : uint8_t {
  Windows,
  UnixX64, ///< x86-64 with the System V calling convention
  Other,
};
inline constexpr size_t PlatformCount = 3;

/// A set of platforms.
enum class PlatformSet : uint8_t {
  All = 0b111,
  Windows = 0b001,
  OffWindows = 0b110,
  UnixX64 = 0b010,
};
constexpr bool contains(PlatformSet Set, Platform P) {
  return static_cast<unsigned>(Set) >> static_cast<unsigned>(P) & 1;
}
/// Returns "", "on Windows", … for documentation.
llvm::StringRef words(PlatformSet Set);

/// A rule that differs between runtimes; see Rules.def.
enum class Rule : uint8_t {
#define RULE(NAME, TEXT) NAME,
#include "ilbridge/runtime/Rules.def"
};
inline constexpr size_t RuleCount = 0
#define RULE(NAME, TEXT) +1
#include "ilbridge/runtime/Rules.def"
    ;
llvm::StringRef text(Rule R);
/// Whether \p R is about metadata that only newer runtimes support.
bool isFeature(Rule R);

/// The parts of a description on which a result depends.
struct Consulted {
  std::bitset<RuleCount> Rules;
  std::bitset<CrossingCount> Crossings;

  Consulted &operator|=(const Consulted &Other) {
    Rules |= Other.Rules;
    Crossings |= Other.Crossings;
    return *this;
  }
};

struct RuleValue {
  Rule Which;
  bool Holds;
  /// States the runtime's behaviour if the rule does not hold. It completes
  /// "the type …", as in "cannot be marshalled: …".
  llvm::StringRef Otherwise;
  /// The evidence: a page of documentation, or the statement that it was
  /// executed.
  llvm::StringRef Source;
  /// The platforms for which the value is valid. If a rule has several values,
  /// the first one that is valid for a platform counts there.
  PlatformSet Where = PlatformSet::All;
};

/// A C++ type that represents objects on the managed heap.
struct HeapType {
  ObjectKind Kind;
  llvm::StringRef Name; ///< qualified, without a leading underscore
};

/// A C++ result type that carries either a value or an exception.
struct ResultWrapper {
  /// The qualified name of the class or class template, as headers define it.
  llvm::StringRef Class;
  llvm::StringRef Spelling; ///< spelling in generated code
  bool HasValue;            ///< a template whose first argument is the value
  /// A template argument that states that there is no value. The wrapper then
  /// has the spelling VoidSpelling.
  llvm::StringRef VoidArgument;
  llvm::StringRef VoidSpelling;
};

/// The way in which the runtime finds the native function of a method.
struct Lookup {
  TypeSpelling Words = TypeSpelling::Reflection;
  /// Whether the name of an internal call can contain parameter types, which
  /// distinguish overloads.
  bool HasParameters = false;
  /// Whether the name of a P/Invoke can begin with "[Module]".
  bool HasModule = false;
  /// Whether an internal call of a generic class is found by the name of the
  /// instance with its type arguments instead of the name of the class.
  bool WantsInstances = false;
  /// Whether constructor replacements are only found for classes of the core
  /// library.
  bool MakesCoreObjectsOnly = false;
  /// Whether a P/Invoke with a function pointer parameter cannot be loaded.
  bool RefusesFunctionPointers = false;
};

/// The methods whose delegates can be passed to native code.
enum class Callbacks : uint8_t {
  Any,
  /// Only static methods with a MonoPInvokeCallback attribute, because the code
  /// through which native code calls them is compiled ahead of time.
  Marked,
  /// As Marked on WebAssembly, and as Any on other targets.
  MarkedOnWebAssembly,
  /// As Marked if Marshal.GetFunctionPointerForDelegate creates a pointer from
  /// the delegate; a P/Invoke passes the delegate itself.
  MarkedIfConverted,
};

/// A function of the runtime's API with which a program registers one native
/// function. Arguments are counted from 0.
struct Registrar {
  llvm::StringRef Function; ///< without its scopes
  Crossing Registers;
  unsigned Name;    ///< the argument that names the managed method
  unsigned Target;  ///< the argument that is the function
  int Invoker = -1; ///< the argument that is its invoker; -1: none
};

/// The functions with which a hand-written invoker reads arguments and writes
/// the result, without their scopes. Empty if the runtime has no such invokers.
struct InvokerFunctions {
  llvm::StringRef Reads, Writes;
};

/// The way in which native code calls a managed method by its name.
struct ManagedCalls {
  /// Whether instance methods can be called, with their object as the first
  /// argument.
  bool TakesObject = false;
  /// Whether the last parameter of the C++ declaration may be the address of a
  /// pointer to an exception object, which receives the exception that the
  /// method throws.
  bool ReturnsException = false;
  /// Whether methods are found by their name only, so that overloads cannot be
  /// distinguished.
  bool FindsByNameOnly = false;
  /// Whether a struct is passed in an object. Nullable<T> has no object of its
  /// own.
  bool BoxesStructs = false;
  /// A sentence for documentation: how the runtime handles an exception if the
  /// declaration has no parameter for it.
  llvm::StringRef Unhandled = "";
};

/// Sentences for documentation about registering functions.
struct Registration {
  llvm::StringRef How, Late, Twice, Missing;
};

struct Runtime {
  llvm::StringRef Name;    ///< name in the configuration: "leanclr"
  llvm::StringRef Version; ///< "2026-05"; empty: all versions are equal
  llvm::StringRef Title;   ///< for messages: "LeanCLR"

  std::array<Conversion, CrossingCount> Conversions = {};
  llvm::ArrayRef<RuleValue> RuleValues;
  /// The version whose values are used if this one has none.
  const Runtime *Before = nullptr;

  /// Pointers to these types are objects. A type that is not in the list, but
  /// whose name begins with OwnPrefix, belongs to the runtime and is not an
  /// object, unless the name begins with ObjectPrefix.
  llvm::ArrayRef<HeapType> HeapTypes;
  llvm::StringRef OwnPrefix, ObjectPrefix;
  llvm::ArrayRef<ResultWrapper> ResultWrappers;
  Lookup Names;
  Callbacks Delegates = Callbacks::Any;
  /// Whether an invoker can request a function pointer that calls a delegate
  /// from the runtime. Native code can only pass numbers and addresses through
  /// it.
  bool ConvertsDelegates = false;
  Registration Registers;
  llvm::ArrayRef<Registrar> Registrars;
  InvokerFunctions Invokers;
  ManagedCalls Calls;
  /// The runtime that executes the assemblies of a program that this one does
  /// not interpret; null if this one executes all of them.
  const Runtime *Compiled = nullptr;
  /// The same runtime with generated shims for the functions of P/Invokes; null
  /// if no backend generates shims for it.
  const Runtime *WithShims = nullptr;

  Conversion conversion(Crossing C) const {
    return Conversions[static_cast<size_t>(C)];
  }
  const RuleValue &ruleValue(Rule R, Platform P) const;
  /// Whether the values of all consulted rules are equal on all platforms.
  bool isSameOnPlatforms(const Consulted &C) const;
  /// Whether the runtime has all features that were consulted.
  bool hasFeatures(const Consulted &C) const;

  /// Returns the kind of object of the C++ type with that qualified name.
  /// Returns nullopt for a type of the program.
  std::optional<ObjectKind> objectKind(llvm::StringRef CxxName) const;
  /// Returns the C++ type for objects of a kind: "leanclr::vm::RtString *".
  /// Empty if the runtime has none.
  std::string objectType(ObjectKind K) const;
  /// Whether functions may return that wrapper, which is a result of
  /// findResultWrapper().
  bool understands(llvm::StringRef WrapperSpelling) const;

  /// Returns "leanclr@2026-05", "il2cpp".
  std::string fullName() const;
  /// Returns "LeanCLR of 2026-05", "il2cpp" for messages that depend on the
  /// version.
  std::string versionedTitle() const;
};

/// All versions of all runtimes, newest first for each runtime.
llvm::ArrayRef<const Runtime *> all();
/// \p Text is "NAME" for the newest version, or "NAME@VERSION". The error lists
/// the valid names.
llvm::Expected<const Runtime *> find(llvm::StringRef Text);
/// The runtimes that are used together if a project does not select one:
/// embedded Mono and current .NET.
llvm::ArrayRef<const Runtime *> unchosen();

/// Prints the complete description of \p R, for `explain` and documentation.
void describe(llvm::raw_ostream &OS, const Runtime &R);

/// Returns the wrapper of any runtime that is an instance of \p Class, a
/// qualified name; null if it is not a wrapper.
const ResultWrapper *findResultWrapper(llvm::StringRef Class);
/// Whether \p Spelling is the spelling of a wrapper of any runtime.
bool isResultWrapper(llvm::StringRef Spelling);
/// Whether two runtimes have equal rules on every platform where \p C was
/// consulted.
bool agree(const Runtime &A, const Runtime &B, const Consulted &C);

} // namespace ilbridge::runtime

#endif // ILBRIDGE_RUNTIME_RUNTIME_H
