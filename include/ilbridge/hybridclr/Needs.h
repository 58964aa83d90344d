//===- Needs.h - What an application needs bridges for ----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   AOT assemblies ────────▶ MethodNeed     M2N, N2M, adjustor thunks
//   hot-update assemblies ─▶ CallbackNeed   reverse wrappers, and N2M
//                            CallNeed       function pointer calls
//
// In terms of Values, so before any runtime's generation gives them names:
// Structural.h and Classic.h make tables of them.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_HYBRIDCLR_NEEDS_H
#define ILBRIDGE_HYBRIDCLR_NEEDS_H

#include "ilbridge/hybridclr/MethodSet.h"
#include "ilbridge/managed/Model.h"
#include "ilbridge/managed/StructConversion.h"
#include "llvm/ADT/StringSet.h"

namespace ilbridge::hybridclr {

/// The tables of functions that belong to managed methods.
enum TableSet : uint8_t {
  M2N = 1,         ///< interpreter → native
  N2M = 2,         ///< native → interpreter
  AdjustThunk = 4, ///< the same, `this` being a boxed value type
  OpenN2M = 8,     ///< N2M without `this`: what a delegate calls
};

/// The values of a method: the result, `this` if there is one, the parameters.
struct MethodNeed {
  uint32_t Instance; ///< of MethodSet::instances()
  ValueList Signature;
  uint8_t Tables; ///< of TableSet
  /// Private or internal: classic runtimes have no bridge for such a method.
  bool IsHidden;
};

/// A callback, or what the configuration reserves.
struct CallbackNeed {
  std::string Name;
  ValueList Signature;
  std::optional<CallingConvention> Convention; ///< nullopt: the platform's
  uint32_t Wrappers = 1;
  bool IsMethod = true; ///< and not the configuration
  Location Where;
};

/// A P/Invoke, or a place where a function pointer is called.
struct CallNeed {
  std::string Name;
  ValueList Signature;
  std::optional<CallingConvention> Convention; ///< nullopt: the platform's
  Location Where;
  bool IsImport = false;
};

/// Managed methods of a signature, which the configuration reserves.
struct ReservedBridge {
  std::string Name;
  ValueList Signature;
  uint8_t Tables; ///< of TableSet
  Location Where;
};

/// Nobody passes more callbacks of one kind to native code at a time.
inline constexpr uint32_t MaxWrappers = 65'536;

/// The letter of a convention in keys: A for the platform's, then B to E.
char letter(std::optional<CallingConvention> CC);

class Needs {
public:
  explicit Needs(managed::AssemblySet &Set);

  /// Everything that the AOT assemblies and all that they refer to need.
  void addAOT(llvm::ArrayRef<managed::Assembly *> Roots,
              const MethodSet::Limits &L);
  /// Callbacks, P/Invokes and `calli` of a hot-update assembly.
  void addHotUpdate(managed::Assembly &A);
  /// \p Count wrappers for callbacks of \p Delegate, beyond those of methods.
  void reserve(const managed::TypeSig &Delegate, uint32_t Count,
               const Location &Where);
  /// A call of native code that nobody makes yet. \p Signature is the result's
  /// type and those of the parameters.
  void reserveCall(llvm::StringRef Text,
                   llvm::ArrayRef<const managed::TypeSig *> Signature,
                   std::optional<CallingConvention> CC, const Location &Where);
  /// Calls of managed methods that have \p Signature, `this` included, from
  /// interpreted to compiled code and back.
  void reserveBridge(llvm::StringRef Text,
                     llvm::ArrayRef<const managed::TypeSig *> Signature,
                     const Location &Where);
  /// Puts what hot-update assemblies need into the order of names.
  void finish();

  /// Whether shims convert the values of P/Invokes behind the bridge functions.
  bool MarshalsImports = false;

  SharedTypes Types;
  DiagnosticList Findings;
  MethodSet Methods;
  std::vector<MethodNeed> OfMethods;
  std::vector<CallbackNeed> OfCallbacks;
  std::vector<CallNeed> OfCalls;
  std::vector<ReservedBridge> Reserved;
  /// Whether \p V is a struct of a hot-update assembly, or an instance with
  /// one: what the runtime interprets.
  bool isInterpreted(Value V) const;

private:
  void addMethod(uint32_t Instance, managed::Assembly &A,
                 const ecma335::TypeDefRow &Type, bool IsDelegate,
                 ecma335::MethodDefRid R);
  void addCallback(const managed::Callback &C);
  void addImport(const managed::Method &M);
  void addCalls(managed::Assembly &A);
  void addCall(managed::Assembly &A, ecma335::MethodDefRid R,
               ecma335::Token Signature);
  /// Whether the type of \p V was found; otherwise there is a finding about
  /// \p User.
  bool isResolved(Value V, llvm::StringRef User, const Location &Where);
  /// The same, and whether a struct can be laid out.
  bool hasShape(Value V, llvm::StringRef User, const Location &Where);
  /// \p Args: what the type parameters that \p T may mention stand for.
  /// \p HasShim: the option `marshal` would convert it.
  bool isPassable(Value V, const managed::TypeSig &T, llvm::StringRef What,
                  const Location &Where, const TypeArguments &Args = {},
                  bool HasShim = false);
  /// The values of a method that native code calls or is; nothing where one of
  /// them cannot be passed, which is then a finding.
  std::optional<ValueList> nativeSignature(const managed::Method &M);
  /// Whether a shim can pass \p P, which is or has an object, to native code or,
  /// with \p IsResult, get it from there. \p Why gets the reason why the fields
  /// of a struct cannot be converted.
  bool hasShim(const managed::Parameter &P, bool IsResult, std::string &Why);
  /// Completes the struct \p T and all that its fields have in them. A type that
  /// cannot be read stays as it is.
  void completeFields(const managed::TypeSig &T, unsigned Depth = 0);

  /// The forms of structs, as shims convert them.
  TypeContext Forms;
  managed::Lowering Lowers;
  managed::StructConversions Structs{Lowers};

  llvm::BumpPtrAllocator Scratch;
  /// The signatures of generic methods, by the method's number, while addAOT()
  /// works.
  llvm::DenseMap<uint32_t, const ecma335::MethodSig *> GenericSignatures;
  llvm::BumpPtrAllocator OfSignatures;
  llvm::StringSet<> HotUpdateNames; ///< of assemblies
  /// By hot-update assemblies: a method with its type's and its own arguments.
  llvm::DenseSet<std::tuple<uint32_t, uint32_t, uint32_t>> Instantiated;
};

} // namespace ilbridge::hybridclr

#endif // ILBRIDGE_HYBRIDCLR_NEEDS_H
