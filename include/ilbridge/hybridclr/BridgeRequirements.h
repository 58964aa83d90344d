//===- BridgeRequirements.h - Bridges of an application ---------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   AOT assemblies ────────▶ MethodRequirement     M2N, N2M, adjustor thunks
//   hot-update assemblies ─▶ CallbackRequirement   reverse wrappers, and N2M
//                            CallRequirement       function pointer calls
//
// The requirements consist of ABI classes, which do not have the names of a
// generation of the runtime yet. Structural.h and Classic.h make tables of
// them.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_HYBRIDCLR_BRIDGEREQUIREMENTS_H
#define ILBRIDGE_HYBRIDCLR_BRIDGEREQUIREMENTS_H

#include "ilbridge/hybridclr/MethodSet.h"
#include "ilbridge/managed/Model.h"
#include "ilbridge/managed/StructConversion.h"
#include "llvm/ADT/StringSet.h"

namespace ilbridge::hybridclr {

/// The tables of functions that belong to managed methods.
enum TableSet : uint8_t {
  M2N = 1,         ///< interpreter → native
  N2M = 2,         ///< native → interpreter
  AdjustThunk = 4, ///< the same, but `this` is a boxed value type
  OpenN2M = 8,     ///< N2M without `this`, for calls by delegates
};

/// The ABI classes of a method: the result, `this` if there is one, and the
/// parameters.
struct MethodRequirement {
  uint32_t Instance; ///< an index in MethodSet::instances()
  ABIClassList Signature;
  uint8_t Tables; ///< of TableSet
  /// Private or internal: classic runtimes have no bridge for such a method.
  bool IsHidden;
};

/// A callback, or a reservation in the configuration.
struct CallbackRequirement {
  std::string Name;
  ABIClassList Signature;
  std::optional<CallingConvention> Convention; ///< nullopt: the platform's
  uint32_t Wrappers = 1;
  bool IsMethod = true; ///< false for a reservation
  Location Where;
};

/// A P/Invoke, or a call of a function pointer.
struct CallRequirement {
  std::string Name;
  ABIClassList Signature;
  std::optional<CallingConvention> Convention; ///< nullopt: the platform's
  Location Where;
  bool IsImport = false;
};

/// Managed methods with a signature that the configuration reserves.
struct ReservedBridge {
  std::string Name;
  ABIClassList Signature;
  uint8_t Tables; ///< of TableSet
  Location Where;
};

/// The limit of wrappers for one kind of callback. No application passes as
/// many to native code.
inline constexpr uint32_t MaxWrappers = 65'536;

/// Returns the letter of a convention in keys: A for the platform's, then B to
/// E.
char letter(std::optional<CallingConvention> CC);

class BridgeRequirements {
public:
  explicit BridgeRequirements(managed::AssemblySet &Set);

  /// Adds the requirements of the AOT assemblies and of all assemblies that
  /// they refer to.
  void addAOT(llvm::ArrayRef<managed::Assembly *> Roots,
              const MethodSet::Limits &L);
  /// Adds the callbacks, P/Invokes and `calli` instructions of a hot-update
  /// assembly.
  void addHotUpdate(managed::Assembly &A);
  /// Adds \p Count wrappers for callbacks of \p Delegate, in addition to those
  /// of methods.
  void reserve(const managed::TypeSig &Delegate, uint32_t Count,
               const Location &Where);
  /// Adds a call of native code that no code makes yet. \p Signature has the
  /// result's type and the types of the parameters.
  void reserveCall(llvm::StringRef Text,
                   llvm::ArrayRef<const managed::TypeSig *> Signature,
                   std::optional<CallingConvention> CC, const Location &Where);
  /// Adds calls of managed methods with \p Signature, which includes `this`,
  /// from interpreted to compiled code and back.
  void reserveBridge(llvm::StringRef Text,
                     llvm::ArrayRef<const managed::TypeSig *> Signature,
                     const Location &Where);
  /// Sorts the requirements of hot-update assemblies by name.
  void finish();

  /// True if shims convert the values of P/Invokes after the bridge functions.
  bool MarshalsImports = false;

  SharedTypes Types;
  DiagnosticList Findings;
  MethodSet Methods;
  std::vector<MethodRequirement> OfMethods;
  std::vector<CallbackRequirement> OfCallbacks;
  std::vector<CallRequirement> OfCalls;
  std::vector<ReservedBridge> Reserved;
  /// Returns true if \p V is a struct of a hot-update assembly or an instance
  /// with such a struct, which the runtime interprets.
  bool isInterpreted(ABIClass V) const;

private:
  void addMethod(uint32_t Instance, managed::Assembly &A,
                 const ecma335::TypeDefRow &Type, bool IsDelegate,
                 ecma335::MethodDefRid R);
  void addCallback(const managed::Callback &C);
  void addImport(const managed::Method &M);
  void addCalls(managed::Assembly &A);
  void addCall(managed::Assembly &A, ecma335::MethodDefRid R,
               ecma335::Token Signature);
  /// Returns true if the type of \p V was found. If not, it adds a finding
  /// about \p User.
  bool isResolved(ABIClass V, llvm::StringRef User, const Location &Where);
  /// Like isResolved(), but also checks that a struct has a layout.
  bool hasShape(ABIClass V, llvm::StringRef User, const Location &Where);
  /// Returns the reason why a struct cannot be passed to native code unchanged,
  /// or an empty text.
  std::string nativeProblem(ABIClass Struct);
  /// \p Args has the arguments of the type parameters in \p T. \p HasShim is
  /// true if the option `marshal` would convert the value.
  bool isPassable(ABIClass V, const managed::TypeSig &T, llvm::StringRef What,
                  const Location &Where, const TypeArguments &Args = {},
                  bool HasShim = false);
  /// Returns the ABI classes of a method that native code calls, or of a native
  /// function. If one of them cannot be passed, it adds a finding and returns
  /// nothing.
  std::optional<ABIClassList> nativeSignature(const managed::Method &M);
  /// Returns true if a shim can pass \p P, which is or has an object, to native
  /// code or, with \p IsResult, receive it from there. \p Why gets the reason
  /// if the fields of a struct cannot be converted.
  bool hasShim(const managed::Parameter &P, bool IsResult, std::string &Why);
  /// Completes the struct \p T and all structs in its fields. A type that
  /// cannot be read is not changed.
  void completeFields(const managed::TypeSig &T, unsigned Depth = 0);

  /// The forms of structs in shims.
  TypeContext Forms;
  managed::Lowering Lowers;
  managed::StructConversions Structs{Lowers};

  llvm::BumpPtrAllocator Scratch;
  /// The signatures of generic methods by the number of the method, during
  /// addAOT().
  llvm::DenseMap<uint32_t, const ecma335::MethodSig *> GenericSignatures;
  llvm::BumpPtrAllocator OfSignatures;
  llvm::StringSet<> HotUpdateNames; ///< names of assemblies
  /// Methods that hot-update assemblies instantiate: the method, the arguments
  /// of its type, and its own arguments.
  llvm::DenseSet<std::tuple<uint32_t, uint32_t, uint32_t>> Instantiated;
};

} // namespace ilbridge::hybridclr

#endif // ILBRIDGE_HYBRIDCLR_BRIDGEREQUIREMENTS_H
