//===- Runtime.h - What a .NET runtime does at the boundary -----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A Runtime describes one version of one runtime as data: which kinds of calls
// it has, what it does with a value, which C++ types stand for its objects and
// how it looks up names. No other library knows a runtime by name, except for
// the backend that belongs to one.
//
// A version is described by what differs from the version before it.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_RUNTIME_RUNTIME_H
#define ILBRIDGE_RUNTIME_RUNTIME_H

#include "ilbridge/runtime/TypeWords.h"
#include "ilbridge/type/Type.h"
#include <array>
#include <bitset>

namespace ilbridge::runtime {

/// The ways in which a call leaves or enters managed code.
enum class Crossing : uint8_t {
  PInvoke,         ///< [DllImport]
  InternalCall,    ///< [MethodImpl(MethodImplOptions.InternalCall)]
  Constructor,     ///< a native function that makes the object of a `new`
  Intrinsic,       ///< a native function that replaces a managed body
  Callback,        ///< a function pointer that was made of a delegate
  FunctionPointer, ///< a call through an unmanaged function pointer
  ManagedCall,     ///< a managed method that native code calls by its name
};
inline constexpr size_t CrossingCount = 7;
/// "a string", "an array", …: for messages.
llvm::StringRef words(ObjectKind K);

/// "P/Invoke", "internal call", …: for messages and documentation.
llvm::StringRef name(Crossing C);

/// The conversion of a value between managed code and the native function.
enum class Conversion : uint8_t {
  /// The runtime has no such crossing, or none that a host can use.
  Absent,
  /// The runtime marshals by the rules of platform invoke. (.NET
  /// documentation, "Type marshalling")
  Marshalled,
  /// The native function gets what managed code holds: a `bool` is one byte, a
  /// `char` is a UTF-16 code unit, an object is its address.
  Unchanged,
  /// The runtime hands over evaluation stack slots, and a generated invoker
  /// reads and converts them.
  Invoked,
  /// The runtime calls with what managed code holds, and a generated shim takes
  /// the place of the native function, which it calls with converted values.
  Shimmed,
};
/// Whether generated code converts the values and calls the function as C++.
constexpr bool isConvertedByCode(Conversion C) {
  return C == Conversion::Invoked || C == Conversion::Shimmed;
}

/// The targets on which a runtime can answer differently.
enum class Platform : uint8_t {
  Windows,
  UnixX64, ///< x86-64 with the System V calling convention
  Other,
};
inline constexpr size_t PlatformCount = 3;

/// A set of platforms.
enum class On : uint8_t {
  All = 0b111,
  Windows = 0b001,
  OffWindows = 0b110,
  UnixX64 = 0b010,
};
constexpr bool contains(On Set, Platform P) {
  return static_cast<unsigned>(Set) >> static_cast<unsigned>(P) & 1;
}
/// "", "on Windows", …: for documentation.
llvm::StringRef words(On Set);

/// A question that runtimes answer differently; see Rules.def.
enum class Rule : uint8_t {
#define RULE(NAME, TEXT) NAME,
#include "ilbridge/runtime/Rules.def"
};
inline constexpr size_t RuleCount = 0
#define RULE(NAME, TEXT) +1
#include "ilbridge/runtime/Rules.def"
    ;
llvm::StringRef text(Rule R);
/// Whether \p R is about metadata that only newer runtimes understand.
bool isFeature(Rule R);

/// The part of a description that something depends on.
struct Consulted {
  std::bitset<RuleCount> Rules;
  std::bitset<CrossingCount> Crossings;

  Consulted &operator|=(const Consulted &Other) {
    Rules |= Other.Rules;
    Crossings |= Other.Crossings;
    return *this;
  }
};

struct Answer {
  Rule Question;
  bool Holds;
  /// If the rule does not hold: what the runtime does instead. Completes "the
  /// type …": "cannot be marshalled: …".
  llvm::StringRef Otherwise;
  /// The evidence: a page of documentation, or that it was executed.
  llvm::StringRef Source;
  /// The platforms that the answer holds on. If a question has several answers,
  /// the first one that holds on a platform counts there.
  On Where = On::All;
};

/// A C++ type that stands for objects of the managed heap.
struct HeapType {
  ObjectKind Kind;
  llvm::StringRef Name; ///< qualified, without a leading underscore
};

/// A C++ result type that carries either a value or an exception.
struct ResultWrapper {
  /// The class or class template of it, qualified, as headers define it.
  llvm::StringRef Class;
  llvm::StringRef Spelling; ///< as generated code spells it
  bool HasValue;            ///< a template, whose first argument is the value
  /// A template argument that means "no value": then the wrapper has the
  /// spelling VoidSpelling.
  llvm::StringRef VoidArgument;
  llvm::StringRef VoidSpelling;
};

/// How the runtime finds the native function of a method.
struct Lookup {
  TypeWords Words = TypeWords::Reflection;
  /// The name of an internal call can have parameter types, so that overloads
  /// can be told apart.
  bool HasParameters = false;
  /// The name of a P/Invoke can begin with "[Module]".
  bool HasModule = false;
  /// An internal call of a generic class is found by the name of the instance
  /// with its type arguments, and not by the name of the class.
  bool WantsInstances = false;
  /// Constructor replacements are found for classes of the core library only.
  bool MakesCoreObjectsOnly = false;
  /// A P/Invoke with a function pointer parameter cannot be loaded.
  bool RefusesFunctionPointers = false;
};

/// The methods whose delegates can be passed to native code.
enum class Callbacks : uint8_t {
  Any,
  /// Only static methods with a MonoPInvokeCallback attribute, because the code
  /// through which native code calls them is compiled ahead of time.
  Marked,
  /// Marked on WebAssembly, and Any elsewhere.
  MarkedOnWebAssembly,
  /// Marked if Marshal.GetFunctionPointerForDelegate makes a pointer of the
  /// delegate; a P/Invoke passes the delegate itself.
  MarkedIfConverted,
};

/// A function of the runtime's API by which a program registers one native
/// function. Arguments are counted from 0.
struct Registrar {
  llvm::StringRef Function; ///< without the scopes that declare it
  Crossing Registers;
  unsigned Name;    ///< the argument that names the managed method
  unsigned Target;  ///< the argument that is the function
  int Invoker = -1; ///< the argument that is its invoker; -1: none
};

/// The functions by which an invoker that is written by hand reads arguments
/// and writes the result, without the scopes that declare them. Empty: the
/// runtime has no such invokers.
struct InvokerFunctions {
  llvm::StringRef Reads, Writes;
};

/// How native code calls a managed method that it names.
struct ManagedCalls {
  /// Instance methods can be called, with their object as the first argument.
  bool TakesObject = false;
  /// The last parameter of the C++ declaration may be the address of a pointer
  /// to an exception object, which gets what the method throws.
  bool ReturnsException = false;
  /// Methods are found by their name alone, so that overloads cannot be told
  /// apart.
  bool FindsByNameOnly = false;
  /// A struct is passed in an object, of which Nullable<T> has none of its own.
  bool BoxesStructs = false;
  /// A sentence for documentation: how the runtime handles an exception that
  /// the declaration has no place for.
  llvm::StringRef Unhandled = "";
};

/// Sentences for documentation about registering functions.
struct Registration {
  llvm::StringRef How, Late, Twice, Missing;
};

struct Runtime {
  llvm::StringRef Name;    ///< as the configuration names it: "leanclr"
  llvm::StringRef Version; ///< "2026-05"; empty: all versions are alike
  llvm::StringRef Title;   ///< for messages: "LeanCLR"

  std::array<Conversion, CrossingCount> Conversions = {};
  llvm::ArrayRef<Answer> Answers;
  /// The version whose answers hold where this one has none.
  const Runtime *Before = nullptr;

  /// Pointers to these are objects. A type that is not among them, but whose
  /// name begins with OwnPrefix, belongs to the runtime and is no object;
  /// unless the name begins with ObjectPrefix.
  llvm::ArrayRef<HeapType> HeapTypes;
  llvm::StringRef OwnPrefix, ObjectPrefix;
  llvm::ArrayRef<ResultWrapper> ResultWrappers;
  Lookup Names;
  Callbacks Delegates = Callbacks::Any;
  /// An invoker can ask the runtime for a function pointer that calls a
  /// delegate. Native code passes only numbers and addresses through it.
  bool ConvertsDelegates = false;
  Registration Registers;
  llvm::ArrayRef<Registrar> Registrars;
  InvokerFunctions Invokers;
  ManagedCalls Calls;
  /// The runtime that executes the assemblies of a program that this one does
  /// not interpret; null: this one executes all of them.
  const Runtime *Compiled = nullptr;
  /// The same runtime, where the functions of P/Invokes are generated shims;
  /// null: no backend makes shims for it.
  const Runtime *WithShims = nullptr;

  Conversion conversion(Crossing C) const {
    return Conversions[static_cast<size_t>(C)];
  }
  const Answer &answer(Rule R, Platform P) const;
  /// Whether the answers to all that was asked are the same on all platforms.
  bool answersAlike(const Consulted &C) const;
  /// Whether the runtime has all features that were asked about.
  bool hasFeatures(const Consulted &C) const;

  /// The role of a C++ type of that qualified name for the runtime. nullopt: a
  /// type of the program.
  std::optional<ObjectKind> objectKind(llvm::StringRef CxxName) const;
  /// "leanclr::vm::RtString *": the type to take for objects of a kind. Empty
  /// if the runtime names none.
  std::string objectType(ObjectKind K) const;
  /// Whether functions may return that wrapper, one of findResultWrapper().
  bool understands(llvm::StringRef WrapperSpelling) const;

  /// "leanclr@2026-05", "il2cpp"
  std::string fullName() const;
  /// "LeanCLR of 2026-05", "il2cpp": for messages that a version decides.
  std::string versionedTitle() const;
};

/// All runtimes, and of each all versions, the newest first.
llvm::ArrayRef<const Runtime *> all();
/// \p Text is "NAME" for the newest version, or "NAME@VERSION". The error lists
/// what could have been meant.
llvm::Expected<const Runtime *> find(llvm::StringRef Text);
/// The runtimes that answer together if a project does not choose one: embedded
/// Mono and current .NET.
llvm::ArrayRef<const Runtime *> unchosen();

/// Prints everything that is known of \p R, for `explain` and documentation.
void describe(llvm::raw_ostream &OS, const Runtime &R);

/// The wrapper of any runtime that is an instance of \p Class, a qualified
/// name; null: it is no wrapper.
const ResultWrapper *findResultWrapper(llvm::StringRef Class);
/// Whether \p Spelling is that of a wrapper of any runtime.
bool isResultWrapper(llvm::StringRef Spelling);
/// Whether two runtimes say the same on every platform where \p C was
/// consulted.
bool agree(const Runtime &A, const Runtime &B, const Consulted &C);

} // namespace ilbridge::runtime

#endif // ILBRIDGE_RUNTIME_RUNTIME_H
