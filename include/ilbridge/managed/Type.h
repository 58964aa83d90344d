//===- Type.h - Types as managed code declares them -------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A TypeDef is the definition of a class, struct, enum or delegate. A TypeSig
// is a type in a signature. TypeSigs are interned: equal types in one TypeTable
// have the same pointer.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_MANAGED_TYPE_H
#define ILBRIDGE_MANAGED_TYPE_H

#include "ilbridge/diagnostic/Diagnostic.h"
#include "ilbridge/ecma335/Flags.h"
#include "ilbridge/runtime/TypeSpelling.h"
#include "ilbridge/type/Type.h"
#include "llvm/ADT/FoldingSet.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/Error.h"
#include <deque>

namespace ilbridge::managed {

class TypeDef;

/// The types that have an element type of their own in signatures (II.23.1.16).
enum class Primitive : uint8_t {
  Void,
  Boolean,
  Char,
  SByte,
  Byte,
  Int16,
  UInt16,
  Int32,
  UInt32,
  Int64,
  UInt64,
  Single,
  Double,
  IntPtr,
  UIntPtr,
  String,
  Object,
  TypedReference,
};
/// "System.Int32"
llvm::StringRef fullName(Primitive P);
std::optional<Primitive> primitive(llvm::StringRef FullName);

/// A type in a signature (II.23.2.12). Only Parameter::Written has custom
/// modifiers: they do not change how a runtime passes a value, and the calling
/// convention of a function pointer includes them.
class TypeSig : public llvm::FoldingSetNode {
public:
  enum Kind : uint8_t {
    Primitive,
    Definition,      ///< a class or value type without type arguments
    Instance,        ///< instance of a generic type: definition(), arguments()
    Pointer,         ///< element()
    ByRef,           ///< element()
    SZArray,         ///< element(); one dimension, lower bound 0
    Array,           ///< element(), rank()
    FunctionPointer, ///< arguments(): result, then parameters; convention()
    TypeParameter,   ///< of the enclosing type: index(), constraint()
    MethodParameter, ///< of the enclosing method: index(), constraint()
    Modified,        ///< element() with a custom modifier: modifier()
  };

  Kind kind() const { return TheKind; }
  managed::Primitive primitive() const;
  const TypeDef &definition() const;
  const TypeSig &element() const;
  llvm::ArrayRef<const TypeSig *> arguments() const { return Arguments; }
  unsigned rank() const { return Number; }
  unsigned index() const { return Number; }
  /// \returns the class that every argument for a type parameter is, or is
  /// derived from: System.Object for `where T : class`. Null: an argument can
  /// be a value type, or it is not known.
  const TypeSig *constraint() const {
    return Arguments.empty() ? nullptr : Arguments.front();
  }
  /// \returns the type of a custom modifier (II.23.2.7).
  const TypeSig &modifier() const { return *Arguments.back(); }
  /// \returns whether the modifier is a modreq, not a modopt.
  bool isRequired() const { return Number; }
  /// \returns the calling convention of a function pointer; nullopt means the
  /// platform's default (`delegate* unmanaged` without a convention).
  std::optional<CallingConvention> convention() const {
    if (Number == PlatformConvention)
      return std::nullopt;
    return static_cast<CallingConvention>(Number);
  }

  bool is(managed::Primitive P) const;
  /// Whether it is a definition or instance of a value type.
  bool isValueType() const;

  void Profile(llvm::FoldingSetNodeID &ID) const;

private:
  friend class TypeTable;
  static constexpr unsigned PlatformConvention = ~0u;
  TypeSig(Kind K, const TypeDef *Def, unsigned Number,
          llvm::ArrayRef<const TypeSig *> Arguments)
      : TheKind(K), Number(Number), Def(Def), Arguments(Arguments) {}

  Kind TheKind;
  unsigned Number; ///< primitive, rank, index or convention
  const TypeDef *Def;
  llvm::ArrayRef<const TypeSig *> Arguments;
};

/// Prints the name as reflection spells it: "Ns.Outer/Inner", "System.Int32&",
/// "Ns.G`1<System.String>[]". Type parameters are printed as "!0" and "!!0", as
/// in IL assembly.
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const TypeSig &T);
std::string toString(const TypeSig &T);

/// Returns the type as C# spells it: "int", "ref Vec3", "string[]".
std::string csharpName(const TypeSig &T);

/// Options for printing a type.
struct TypeNaming {
  /// The names of the type parameters in scope.
  llvm::ArrayRef<std::string> OfType;
  llvm::ArrayRef<std::string> OfMethod;
  /// If set, prints as in manifests: types of other assemblies than this one as
  /// "[Assembly]Ns.Name", and names that are not identifiers in quotes.
  std::optional<llvm::StringRef> HomeAssembly;
  runtime::TypeSpelling Words = runtime::TypeSpelling::Reflection;
};
void print(llvm::raw_ostream &OS, const TypeSig &T, const TypeNaming &Naming);
/// Returns the name of a definition in the type notation of manifests.
std::string manifestName(const TypeDef &D, llvm::StringRef HomeAssembly);

/// How strings and characters are marshalled by default.
enum class CharSet : uint8_t { None, Ansi, Unicode, Auto };
inline constexpr llvm::StringLiteral CharSetWords[] = {"none", "ansi",
                                                       "unicode", "auto"};

/// [MarshalAs], II.23.4.
struct MarshalAs {
  ecma335::NativeType Native = ecma335::NATIVE_TYPE_MAX;
  /// The type of an array's elements; NATIVE_TYPE_MAX: not stated.
  ecma335::NativeType Element = ecma335::NATIVE_TYPE_MAX;
  /// Index of the parameter that contains the length.
  std::optional<uint32_t> SizeParam;
  std::optional<uint32_t> SizeConst; ///< elements
  std::string CustomMarshaler;       ///< name of the marshaler's type
  std::string Cookie;
  bool operator==(const MarshalAs &) const = default;
};
/// Returns the name in manifests and messages: "lpstr", "bool", …; empty for
/// NONE.
llvm::StringRef name(ecma335::NativeType T);
std::optional<ecma335::NativeType> nativeType(llvm::StringRef Name);

/// A value that a parameter or a result passes.
struct PassedValue {
  const TypeSig *Type = nullptr;
  std::optional<MarshalAs> Marshal;
  bool IsIn = false;  ///< [In]
  bool IsOut = false; ///< [Out], as which C# compiles `out`
};

/// A parameter or a result.
struct Parameter : PassedValue {
  std::string Name;
  /// The type with its custom modifiers, which are a part of its name in Mono;
  /// null if it has none.
  const TypeSig *Written = nullptr;
};

struct Signature {
  Parameter Result;
  std::vector<Parameter> Params;
  bool HasThis = false;
  std::vector<std::string> GenericParams; ///< their names
};

/// An instance field.
struct FieldDef {
  std::string Name;
  const TypeSig *Type = nullptr;
  std::optional<MarshalAs> Marshal;
  std::optional<uint32_t> Offset; ///< [FieldOffset], in bytes
};

/// The properties of function pointers that are created from a delegate.
struct DelegateInfo {
  Signature Invoke;
  /// [UnmanagedFunctionPointer]; nullopt is the platform's convention (Winapi).
  std::optional<CallingConvention> Convention;
  CharSet Chars = CharSet::None;
  /// Its assembly has [DisableRuntimeMarshalling].
  bool IsMarshallingDisabled = false;
};

/// A class, struct, interface, enum or delegate.
class TypeDef {
public:
  enum Kind : uint8_t {
    Unresolved, ///< the assembly or the type was not found, see Problem
    Class,
    Interface,
    Struct,
    Enum,
    Delegate,
    /// A class that is derived from System.Runtime.InteropServices.SafeHandle
    /// or CriticalHandle. It is marshalled as its handle.
    SafeHandle,
    CriticalHandle,
  };
  enum Layout : uint8_t { Auto, Sequential, Explicit };

  std::string Assembly; ///< simple name
  std::string Namespace;
  std::string Name; ///< including the arity: "List`1"
  const TypeDef *Enclosing = nullptr;
  Kind TheKind = Unresolved;
  /// The reason why the type is unresolved, or why the fields of a struct or
  /// class are not known.
  std::string Problem;
  /// The type is unresolved, but a signature states that it is a value type.
  bool IsPassedByValue = false;
  std::vector<std::string> GenericParams; ///< their names
  Location Where;

  // The layout of a struct, or of a class with a layout.
  Layout TheLayout = Auto;
  CharSet Chars = CharSet::None;
  unsigned Pack = 0; ///< in bytes; 0: none
  unsigned Size = 0; ///< in bytes; 0: none
  /// [InlineArray]: the number of repetitions of the only field; 0 for other
  /// structs.
  unsigned InlineArray = 0;
  std::vector<FieldDef> Fields;

  Primitive Underlying = Primitive::Int32; ///< of an enum
  std::vector<Enumerator> Enumerators;     ///< of an enum, in declaration order
  std::optional<DelegateInfo> Invocation;  ///< of a delegate

  /// "Ns.Outer/Inner"
  std::string fullName() const;
  /// Whether an object is marshalled as the handle that it contains.
  bool isHandle() const {
    return TheKind == SafeHandle || TheKind == CriticalHandle;
  }
  bool isValueType() const { return TheKind == Struct || TheKind == Enum; }
};
inline constexpr llvm::StringLiteral TypeDefKindWords[] = {
    "unresolved", "class",    "interface",   "struct",
    "enum",       "delegate", "safe-handle", "critical-handle"};
inline constexpr llvm::StringLiteral LayoutWords[] = {"auto", "sequential",
                                                      "explicit"};

/// Owns definitions and signatures.
class TypeTable {
public:
  TypeTable() = default;
  TypeTable(const TypeTable &) = delete;
  TypeTable &operator=(const TypeTable &) = delete;

  const TypeSig &primitive(Primitive P);
  const TypeSig &definition(const TypeDef &D);
  const TypeSig &instance(const TypeDef &D,
                          llvm::ArrayRef<const TypeSig *> Arguments);
  /// Pointer, ByRef or SZArray.
  const TypeSig &derived(TypeSig::Kind K, const TypeSig &Element);
  const TypeSig &array(const TypeSig &Element, unsigned Rank);
  const TypeSig &
  functionPointer(llvm::ArrayRef<const TypeSig *> ResultAndParams,
                  std::optional<CallingConvention> CC);
  const TypeSig &parameter(TypeSig::Kind K, unsigned Index,
                           const TypeSig *Constraint = nullptr);
  const TypeSig &modified(const TypeSig &T, const TypeSig &Modifier,
                          bool IsRequired);

  /// Returns the definition with that name. If there is none, creates it as
  /// Unresolved.
  TypeDef &define(llvm::StringRef Assembly, llvm::StringRef FullName);
  TypeDef *find(llvm::StringRef Assembly, llvm::StringRef FullName);

  /// All definitions, in the order of their creation.
  std::deque<TypeDef> &definitions() { return Definitions; }

  /// Parses the text that print() writes for \p HomeAssembly, and defines the
  /// types that it names. The Error states what was expected, without naming a
  /// file.
  llvm::Expected<const TypeSig *> parse(llvm::StringRef Text,
                                        llvm::StringRef HomeAssembly);
  /// As above, for the name of a definition only.
  llvm::Expected<TypeDef *> parseDefinition(llvm::StringRef Text,
                                            llvm::StringRef HomeAssembly);

private:
  const TypeSig &unique(TypeSig::Kind K, const TypeDef *D, unsigned Number,
                        llvm::ArrayRef<const TypeSig *> Arguments);

  llvm::BumpPtrAllocator Allocator;
  llvm::FoldingSet<TypeSig> Sigs;
  std::deque<TypeDef> Definitions;
  llvm::StringMap<TypeDef *> ByName; ///< "[Assembly]Full.Name"
};

} // namespace ilbridge::managed

#endif // ILBRIDGE_MANAGED_TYPE_H
