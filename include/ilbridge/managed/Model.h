//===- Model.h - What the managed side asks for -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   *.dll ──Importer──▶ Model ◀──readManifest── manifest.yaml
//                         └──────writeManifest────────▲
//
// A Model is the same whichever way it came about, so nothing to the right of
// it can tell an assembly from a manifest.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_MANAGED_MODEL_H
#define ILBRIDGE_MANAGED_MODEL_H

#include "ilbridge/managed/Type.h"

namespace ilbridge::managed {

/// [DllImport], II.22.22.
struct PInvokeInfo {
  std::string Library;
  std::string EntryPoint; ///< the method's name where C# states none
  /// nullopt: CallingConvention.Winapi, the platform's.
  std::optional<CallingConvention> Convention;
  /// [UnmanagedCallConv], which counts where Convention is the platform's.
  std::optional<CallingConvention> AttributeConvention;
  CharSet Chars = CharSet::None;
  bool ExactSpelling = false;
  bool SetLastError = false;
  bool PreserveSig = true;
  std::optional<bool> BestFitMapping;
  std::optional<bool> ThrowOnUnmappableChar;
  /// [SuppressGCTransition], or as one of the conventions.
  bool SuppressGCTransition = false;
  /// [DefaultDllImportSearchPaths] of the method or else of its assembly.
  std::optional<uint32_t> SearchPaths;
  /// Its assembly has [DisableRuntimeMarshalling].
  bool IsMarshallingDisabled = false;
};

/// A method that native code stands behind, or could.
struct Method {
  enum Kind : uint8_t {
    PInvoke,      ///< [DllImport]
    InternalCall, ///< [MethodImpl(MethodImplOptions.InternalCall)]
    Ordinary,     ///< one with a body, which an intrinsic may replace
  };
  Kind TheKind = Ordinary;
  std::string Assembly; ///< simple name
  std::string Module;   ///< file name without extension
  const TypeDef *Declaring = nullptr;
  std::string Name;
  Signature Sig;
  PInvokeInfo Import; ///< of a PInvoke
  /// The type of an InternalCall has more methods of that name, which need not
  /// be part of the model.
  bool IsOverloaded = false;
  Location Where;

  /// "Ns.Type::Method"
  std::string qualifiedName() const;
  /// "(System.Int32,System.String)", or with the words of a runtime
  std::string parameterList(
      runtime::TypeWords Words = runtime::TypeWords::Reflection) const;
  /// The name by which a runtime looks for an internal call before it adds the
  /// parameter types.
  std::string lookupName(runtime::TypeWords Words) const;
};
inline constexpr llvm::StringLiteral MethodKindWords[] = {
    "pinvoke", "internal-call", "method"};
/// Prints "Ns.Type::Method(System.Int32)".
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const Method &M);

/// [UnmanagedCallersOnly]
struct UnmanagedEntry {
  /// The symbol by which an ahead-of-time compiler exports the method; empty:
  /// it is called through its address only.
  std::string EntryPoint;
  std::optional<CallingConvention> Convention; ///< nullopt: the platform's
  /// Its assembly has [DisableRuntimeMarshalling].
  bool IsMarshallingDisabled = false;
};

/// A method that native code calls through a function pointer or by a symbol:
/// one with a MonoPInvokeCallbackAttribute of any namespace, or with
/// [UnmanagedCallersOnly]. A method with both is there twice.
struct Callback {
  Method Target;
  bool IsStatic = true;
  /// The delegate type that the attribute names; null: none, or no type.
  const TypeSig *Delegate = nullptr;
  /// ReversePInvokeWrapperGeneration's argument; nullopt: not there.
  std::optional<int32_t> WrapperCount;
  std::optional<UnmanagedEntry> Unmanaged;
};

/// Everything that native code has to provide or can be given.
struct Model {
  TypeTable Types;
  /// Simple names of the assemblies whose imports these are, sorted.
  std::vector<std::string> Assemblies;
  std::vector<Method> Imports; ///< P/Invokes and internal calls
  std::vector<Callback> Callbacks;
  /// Other methods that an annotation names.
  std::vector<Method> Methods;
  /// Methods of which a finding says why they cannot be compared: a type of
  /// theirs is not found. Native code stands behind them all the same, so it is
  /// not superfluous.
  std::vector<Method> Unread;

  /// Puts everything into the order of names, which manifests and generated
  /// files follow.
  void sort();
};

/// The parts of "[Module]Ns.Type::Method(System.Int32)".
struct MethodName {
  std::string Module;                    ///< empty: not stated
  std::string Type;                      ///< "Ns.Outer/Inner"
  std::string Method;                    ///< "Add", ".ctor"
  std::optional<std::string> Parameters; ///< "(System.Int32)", without spaces

  /// \returns Method::qualifiedName() of the methods that could be meant.
  std::string qualifiedName() const { return Type + "::" + Method; }
  /// Whether \p M could be meant: all that is stated agrees.
  bool names(const managed::Method &M) const;
};
/// The Error says what is missing in \p Text, without naming a file.
llvm::Expected<MethodName> parseMethodName(llvm::StringRef Text);

} // namespace ilbridge::managed

#endif // ILBRIDGE_MANAGED_MODEL_H
