//===- Model.h - Declarations of the managed side ---------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   *.dll ──Importer──▶ Model ◀──readManifest── manifest.yaml
//                         └──────writeManifest────────▲
//
// A Model does not depend on its origin, so no later stage distinguishes an
// assembly from a manifest.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_MANAGED_MODEL_H
#define ILBRIDGE_MANAGED_MODEL_H

#include "ilbridge/managed/Type.h"

namespace ilbridge::managed {

/// [DllImport], II.22.22.
struct PInvokeInfo {
  std::string Library;
  std::string EntryPoint; ///< the method's name if C# states none
  /// nullopt: CallingConvention.Winapi, which is the platform's convention.
  std::optional<CallingConvention> Convention;
  /// [UnmanagedCallConv], which applies if Convention is the platform's.
  std::optional<CallingConvention> AttributeConvention;
  CharSet Chars = CharSet::None;
  bool ExactSpelling = false;
  bool SetLastError = false;
  bool PreserveSig = true;
  std::optional<bool> BestFitMapping;
  std::optional<bool> ThrowOnUnmappableChar;
  /// [SuppressGCTransition], or the same as one of the calling conventions.
  bool SuppressGCTransition = false;
  /// [DefaultDllImportSearchPaths] of the method, or else of its assembly.
  std::optional<uint32_t> SearchPaths;
  /// Its assembly has [DisableRuntimeMarshalling].
  bool IsMarshallingDisabled = false;
};

/// A method that native code implements or can implement, or a field that
/// contains the address of a function.
struct Method {
  enum Kind : uint8_t {
    PInvoke,      ///< [DllImport]
    InternalCall, ///< [MethodImpl(MethodImplOptions.InternalCall)]
    Ordinary,     ///< one with a body, which an intrinsic may replace
    /// A field of type `delegate* unmanaged<…>`; Sig is the signature of the
    /// function.
    FunctionPointer,
  };
  Kind TheKind = Ordinary;
  std::string Assembly; ///< simple name
  std::string Module;   ///< file name without extension
  const TypeDef *Declaring = nullptr;
  std::string Name;
  Signature Sig;
  /// The import of a PInvoke. For a FunctionPointer, only the convention and
  /// IsMarshallingDisabled are used.
  PInvokeInfo Import;
  /// The index of a FunctionPointer among those of its type, in declaration
  /// order.
  unsigned Slot = 0;
  /// For an InternalCall or an Ordinary method: its type has other methods with
  /// this name and number of type parameters, which may not be in the model.
  bool IsOverloaded = false;
  /// As IsOverloaded, with another number of type parameters.
  bool IsOverloadedByArity = false;
  Location Where;

  /// "Ns.Type::Method"
  std::string qualifiedName() const;
  /// "(System.Int32,System.String)", or with the words of a runtime
  std::string parameterList(
      runtime::TypeSpelling Words = runtime::TypeSpelling::Reflection) const;
  /// Returns the name with which a runtime looks up an internal call, without
  /// the parameter types.
  std::string lookupName(runtime::TypeSpelling Words) const;
  /// Whether other methods of its type have the same lookupName().
  bool isOverloaded(runtime::TypeSpelling Words) const;
};
inline constexpr llvm::StringLiteral MethodKindWords[] = {
    "pinvoke", "internal-call", "method", "function-pointer"};
/// Prints "Ns.Type::Method(System.Int32)".
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const Method &M);

/// [UnmanagedCallersOnly]
struct UnmanagedEntry {
  /// The symbol with which an ahead-of-time compiler exports the method; empty
  /// if it is called through its address only.
  std::string EntryPoint;
  std::optional<CallingConvention> Convention; ///< nullopt: the platform's
  /// Its assembly has [DisableRuntimeMarshalling].
  bool IsMarshallingDisabled = false;
};

/// A method that native code calls through a function pointer or by a symbol:
/// one with a MonoPInvokeCallbackAttribute of any namespace, or with
/// [UnmanagedCallersOnly]. A method with both occurs twice.
struct Callback {
  Method Target;
  bool IsStatic = true;
  /// The delegate type that the attribute names; null if it names no type.
  const TypeSig *Delegate = nullptr;
  /// The argument of ReversePInvokeWrapperGeneration; nullopt if it is missing.
  std::optional<int32_t> WrapperCount;
  std::optional<UnmanagedEntry> Unmanaged;
};

/// The declarations that native code implements or receives.
struct Model {
  TypeTable Types;
  /// Simple names of the assemblies whose imports these are, sorted.
  std::vector<std::string> Assemblies;
  std::vector<Method> Imports; ///< P/Invokes and internal calls
  std::vector<Callback> Callbacks;
  /// Other methods that an annotation names. If it names a function pointer,
  /// all function pointers of that type are included.
  std::vector<Method> Methods;
  /// If native code calls a method that is not found: the methods with the same
  /// type or the same name, without their parameter types, as suggestions.
  std::vector<Method> Alike;
  /// Methods that cannot be compared because one of their types is not found,
  /// which a finding reports. The native functions that implement them are not
  /// reported as unused.
  std::vector<Method> Unread;

  /// Sorts everything by name. Manifests and generated files have this order.
  void sort();
};

/// The parts of "[Module]Ns.Type::Method(System.Int32)".
struct MethodName {
  std::string Module;                    ///< empty: not stated
  std::string Type;                      ///< "Ns.Outer/Inner"
  std::string Method;                    ///< "Add", ".ctor"
  std::optional<std::string> Parameters; ///< "(System.Int32)", without spaces

  /// \returns Method::qualifiedName() of the methods that can match.
  std::string qualifiedName() const { return Type + "::" + Method; }
  /// Whether \p M matches all parts that are set.
  bool names(const managed::Method &M) const;
};
/// Parses a method name. The Error states what is missing in \p Text, without a
/// file name.
llvm::Expected<MethodName> parseMethodName(llvm::StringRef Text);

} // namespace ilbridge::managed

#endif // ILBRIDGE_MANAGED_MODEL_H
