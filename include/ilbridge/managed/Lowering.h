//===- Lowering.h - Managed types in the type language ----------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_MANAGED_LOWERING_H
#define ILBRIDGE_MANAGED_LOWERING_H

#include "ilbridge/managed/Model.h"
#include "ilbridge/runtime/Runtime.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <map>
#include <set>
#include <utility>

namespace ilbridge::managed {

/// The conversion between managed code and the native function.
enum class Marshalling : uint8_t {
  /// The rules of platform invoke: a bool is 4 bytes unless [MarshalAs] states
  /// another size, a string is a pointer to characters, and a delegate is a
  /// function pointer. (.NET documentation, "Default marshalling behavior")
  PInvoke,
  /// The rules of an assembly with [DisableRuntimeMarshalling]: values as
  /// managed code stores them; references are rejected. (.NET documentation,
  /// "Disabled runtime marshalling")
  Blittable,
  /// No conversion: values as managed code stores them, objects by address.
  None,
};

/// The kind of object of a class or delegate, for runtimes that have C++ types
/// for some of them.
ObjectKind objectKind(const TypeDef &D);

/// A lowered type, or the reason why there is none.
struct Lowered {
  const ilbridge::Type *Ty = nullptr;
  /// Completes the sentence "'T' …": "cannot be marshalled: …".
  std::string Problem;
  explicit operator bool() const { return Ty; }
};

/// Lowers managed types to the type language, by the rules of one runtime.
/// There is one record per type and marshalling, so records can be compared by
/// pointer.
class Lowering {
public:
  Lowering(TypeContext &Types, const runtime::Runtime &Runtime,
           runtime::Platform Platform = runtime::Platform::Other)
      : Types(Types), Runtime(Runtime), Platform(Platform) {}

  /// Returns how the runtime passes the values of a P/Invoke or delegate. \p
  /// IsDisabled states whether its assembly has [DisableRuntimeMarshalling].
  Marshalling marshalling(bool IsDisabled);
  /// Returns the convention with which the runtime calls a P/Invoke; nullopt is
  /// the platform's default.
  std::optional<CallingConvention> convention(const PInvokeInfo &I);

  /// Lowers a parameter, or with \p IsResult a result, of a method with the
  /// CharSet \p Chars.
  Lowered lower(const Parameter &P, Marshalling How, CharSet Chars,
                bool IsResult);

  /// Whether the runtime passes the result of \p M through an additional last
  /// parameter and expects an HRESULT (PreserveSig = false).
  bool returnsHResult(const Method &M);
  /// Returns the type of the function as which native code calls a method with
  /// [UnmanagedCallersOnly]. The problem completes "the method …".
  Lowered entryPoint(const Callback &C);
  /// Returns the type of the function as which native code calls any other
  /// method. Its first parameter is \p Self, unless that is null.
  Lowered managedCall(const Method &M, const ilbridge::Type *Self);

  /// Returns the rules that were consulted since the last call. Runtimes for
  /// which all of them are equal pass the same values.
  runtime::Consulted takeAsked() { return std::exchange(Asked, {}); }
  /// Returns the reason why the runtime cannot pass a value of type \p T by
  /// value to an internal call: marshalling would change its size. It completes
  /// "the type …", and is empty if there is no problem.
  llvm::StringRef problemByValue(const TypeSig &T);

private:
  struct Context {
    Marshalling How;
    CharSet Chars;
    /// A Referent is the target of a `ref`. An Element is an element of an
    /// array or the pointee of a pointer.
    enum Role : uint8_t { Param, Result, Field, Element, Referent } Where;
    bool isReadOnly() const { return Where != Element && Where != Referent; }
    /// The arguments for the type parameters of the generic type that is
    /// lowered.
    llvm::ArrayRef<const TypeSig *> Arguments = {};
    bool IsOut = false;      ///< the parameter is `out`
    bool IsCallback = false; ///< native code is the caller
  };
  static Lowered problem(const llvm::Twine &Text) {
    return {nullptr, Text.str()};
  }
  Lowered lower(const Parameter &P, const Context &C);
  Lowered lower(const TypeSig &T, const MarshalAs *As, const Context &C);
  Lowered primitive(Primitive P, const MarshalAs *As, const Context &C);
  Lowered definition(const TypeSig &T, const MarshalAs *As, const Context &C);
  Lowered record(const TypeSig &T, const Context &C);
  Lowered fill(RecordType &R, const TypeDef &D, const Context &C);
  Lowered fillDecimal(RecordType &R, const TypeDef &D);
  Lowered fillVector(RecordType &R, const TypeSig &Element, unsigned Size,
                     const Context &C);
  unsigned parts(const ilbridge::Type &T) const;
  Lowered field(const FieldDef &F, const Context &C, ilbridge::Field &Out);
  Lowered enumeration(const TypeDef &D);
  Lowered dateTime(const Context &C);
  Lowered structure(const TypeSig &T, const MarshalAs *As, const Context &C);
  Lowered currency(const Context &C);
  Lowered byAddress(const TypeSig &T, const Context &C);
  Lowered delegate(const TypeSig &T);
  Lowered invocation(const TypeSig &T, FunctionType &Made);
  Lowered array(const TypeSig &T, const MarshalAs *As, const Context &C);
  Lowered string(const MarshalAs *As, const Context &C);
  Lowered functionPointer(const TypeSig &T, const Context &C);
  Lowered pointerTo(Lowered Pointee, bool IsConst = false);
  Lowered object(llvm::StringRef Name, ObjectKind Kind);
  Lowered known(const TypeSig &T);
  Lowered disabled(const TypeSig &T) const;
  const runtime::RuleValue *
  refusalOfForm(const TypeSig &T, const ilbridge::Type &Form, const Context &C);
  /// The direction in which the fields of a struct are passed. The fields of a
  /// struct that is passed by address are passed in both directions.
  enum class Direction : uint8_t { ToNative, FromNative, Both };
  const runtime::RuleValue *refusalOfFields(const TypeSig &T, Direction D);
  bool hasField(const TypeSig &T,
                llvm::function_ref<bool(const FieldDef &, const TypeSig &)> Is,
                unsigned Level = 0);
  /// Returns the answer to \p R, if it is that the runtime does not support it;
  /// null if the runtime supports it.
  const runtime::RuleValue *refuses(runtime::Rule R) {
    const runtime::RuleValue &A = ask(R);
    return A.Holds ? nullptr : &A;
  }
  Lowered handle(const TypeSig &T, const MarshalAs *As, const Context &C);
  Lowered custom(const TypeSig &T);
  Lowered anyObject(const MarshalAs *As, const Context &C);
  const runtime::RuleValue &ask(runtime::Rule R);
  bool holds(runtime::Rule R) { return ask(R).Holds; }
  const runtime::RuleValue *refusal(const TypeSig &T, const Context &C);
  Lowered number(ScalarType::Class C, Width W, Signedness S,
                 const MarshalAs *As, bool Marshals);
  bool isConverted(const TypeSig &T, const MarshalAs *As, const Context &C);
  const TypeSig &closed(const TypeSig &T,
                        llvm::ArrayRef<const TypeSig *> Arguments);
  Lowered character(const MarshalAs *As, const Context &C);
  Lowered character(Width W);
  Lowered scalar(ScalarType::Class C, Width W, Signedness S);

  TypeContext &Types;
  const runtime::Runtime &Runtime;
  const runtime::Platform Platform;
  runtime::Consulted Asked;
  /// A record with the rules that were consulted for it.
  struct KnownRecord {
    Lowered Record;
    runtime::Consulted Asked;
    /// Set while the record is being lowered; the lowering began at that depth.
    RecordType *Unfinished = nullptr;
    unsigned Level = 0;
  };
  /// The maximum number of values in a struct. The values of nested structs
  /// count; the elements of an array count once. No real struct has as many,
  /// but a few lines can declare 2^40 of them.
  static constexpr unsigned MaxParts = 65'536;
  static Lowered tooManyParts();
  using RecordKey = std::tuple<const TypeSig *, Marshalling>;
  std::map<RecordKey, KnownRecord> Records;
  /// Records that are complete except for enclosing unfinished records to which
  /// they refer. They are only valid if those can be completed.
  std::vector<RecordKey> Provisional;
  /// The level of the outermost unfinished type that was referred to.
  unsigned Outermost = ~0u;
  /// The level from which on records contain each other by value.
  unsigned ByValueFrom = 0;
  /// The innermost record's level; 0: there is none.
  unsigned InnermostRecord = 0;
  class Unfinished;
  std::map<const RecordType *, unsigned> PartsOf;
  std::map<const TypeDef *, const ilbridge::Type *> Enums;
  /// Whether marshalling changes the bytes of a struct.
  std::map<const TypeSig *, bool> Converted;
  TypeTable Instances; ///< instances of generic types in fields of others
  /// An enclosing delegate of the type that is being lowered.
  struct UnfinishedDelegate {
    const TypeSig *Instance;
    FunctionType *Made;
    unsigned Level;
  };
  std::map<const TypeDef *, UnfinishedDelegate> InProgress;
  /// The number of enclosing delegates and records.
  unsigned Depth = 0;
};

} // namespace ilbridge::managed

#endif // ILBRIDGE_MANAGED_LOWERING_H
