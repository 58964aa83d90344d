//===- Agreement.cpp - Whether two types are one value --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Agreement.h"
#include "ilbridge/managed/Layout.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::match {

//===----------------------------------------------------------------------===//
// Words
//===----------------------------------------------------------------------===//

std::string Agreement::describe(const Type &T) const {
  switch (T.kind()) {
  case Type::Void:
    return "nothing";
  case Type::Scalar: {
    const auto &S = llvm::cast<ScalarType>(T);
    static constexpr llvm::StringLiteral Words[] = {"bool", "character",
                                                    "integer", "float"};
    unsigned Bits = Model.bits(S.width());
    bool IsEight = Bits == 8 || Bits == 80; // as it is said aloud
    return ((IsEight ? "an " : "a ") + llvm::Twine(Bits) + "-bit " +
            Words[S.scalarClass()])
        .str();
  }
  case Type::Pointer: {
    const auto &P = llvm::cast<PointerType>(T);
    if (llvm::isa<FunctionType>(P.pointee()))
      return "a function pointer";
    if (llvm::isa<VoidType>(P.pointee()))
      return "a pointer";
    std::string Pointee = describe(*P.pointee());
    return (P.form() == PointerType::Pointer ? "a pointer to "
                                             : "a reference to ") +
           Pointee;
  }
  case Type::Function:
    return "a function";
  case Type::Enum:
    return "an enum over " + describe(withoutEnum(T));
  case Type::Array: {
    const auto &A = llvm::cast<ArrayType>(T);
    return ("an array of " + llvm::Twine(A.count()) + " of " +
            describe(*A.element()))
        .str();
  }
  case Type::Record: {
    const auto &R = llvm::cast<RecordType>(T);
    std::optional<RecordLayout> Native = Target.layout(R);
    uint64_t Size =
        Native ? Native->Size : managed::ManagedLayout(Model).of(R).Size;
    return ("a struct of " + llvm::Twine(Size) + " bytes").str();
  }
  case Type::Opaque:
    return "'" + toString(T) + "'";
  }
  llvm_unreachable("not a type");
}

Verdict Agreement::mismatch(const Type &Managed, const Type &Native) const {
  return Verdict::different(describe(Native) + " in C++, " + describe(Managed) +
                            " in C#");
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

const Type &Agreement::withoutEnum(const Type &T) const {
  const auto *E = llvm::dyn_cast<EnumType>(&T);
  return E ? Target.underlying(*E) : T;
}

Verdict Agreement::scalars(const ScalarType &Managed, const ScalarType &Native,
                           Direction D) const {
  unsigned ManagedBits = Model.bits(Managed.width());
  unsigned NativeBits = Model.bits(Native.width());
  bool IsFloat = Managed.scalarClass() == ScalarType::Float;
  if (IsFloat != (Native.scalarClass() == ScalarType::Float))
    return mismatch(Managed, Native);
  if (ManagedBits == NativeBits || isLeftToPlatform(Managed, On))
    return Verdict::same();
  // A truth value survives any width.
  bool IsTruth = Managed.scalarClass() == ScalarType::Bool &&
                 Native.scalarClass() == ScalarType::Bool;
  bool Widens = D == Direction::ToNative ? ManagedBits < NativeBits
                                         : NativeBits < ManagedBits;
  Verdict V = mismatch(Managed, Native);
  if (IsTruth || Widens)
    V.TheLevel = Verdict::Converted;
  return V;
}

Verdict Agreement::byValue(const Type &ManagedType, const Type &NativeType,
                           Direction D) {
  const Type &Managed = withoutEnum(ManagedType);
  const Type &Native = withoutEnum(NativeType);
  if (!Target.knows(NativeType))
    return Verdict::same();

  if (llvm::isa<VoidType>(Managed) || llvm::isa<VoidType>(Native))
    return Managed.kind() == Native.kind() ? Verdict::same()
                                           : mismatch(Managed, Native);
  const auto *MS = llvm::dyn_cast<ScalarType>(&Managed);
  const auto *NS = llvm::dyn_cast<ScalarType>(&Native);
  if (MS && NS)
    return scalars(*MS, *NS, D);

  const auto *MP = llvm::dyn_cast<PointerType>(&Managed);
  const auto *NP = llvm::dyn_cast<PointerType>(&Native);
  if (MP && NP)
    return pointers(*MP, *NP);
  // An address as a number, which is what IntPtr is for.
  auto IsAddress = [&](const ScalarType *S) {
    return S && S->scalarClass() == ScalarType::Integer &&
           Model.bits(S->width()) == Model.Pointer;
  };
  if (NP && IsAddress(MS)) {
    std::optional<ObjectKind> Kind = objectKind(*NP->pointee());
    return !Kind || *Kind == ObjectKind::None ? Verdict::same()
                                              : mismatch(Managed, Native);
  }
  if (MP && IsAddress(NS))
    return Verdict::same();

  const auto *MR = llvm::dyn_cast<RecordType>(&Managed);
  const auto *NR = llvm::dyn_cast<RecordType>(&Native);
  if (MR && NR)
    return records(*MR, *NR);
  // A struct around one scalar, which gives a handle a type of its own.
  if (MR && MR->Fields.size() == 1 && !NR &&
      managed::ManagedLayout(Model).of(*MR).Size ==
          managed::ManagedLayout(Model).of(Native).Size)
    return byValue(*MR->Fields.front().Ty, Native, D);
  std::optional<RecordLayout> NL = NR ? Target.layout(*NR) : std::nullopt;
  if (NL && NR->Fields.size() == 1 && NR->Bases.empty() &&
      NL->Size == managed::ManagedLayout(Model).of(Managed).Size)
    return byValue(Managed, *NR->Fields.front().Ty, D);
  return mismatch(ManagedType, NativeType);
}

Verdict Agreement::inMemory(const Type &Managed, const Type &Native) {
  const auto *MA = llvm::dyn_cast<ArrayType>(&Managed);
  const auto *NA = llvm::dyn_cast<ArrayType>(&Native);
  if (MA && NA) {
    if (MA->count() != NA->count())
      return mismatch(Managed, Native);
    return inMemory(*MA->element(), *NA->element());
  }
  Verdict V = byValue(Managed, Native, Direction::ToNative);
  if (V == Verdict::Converted)
    V.TheLevel = Verdict::Different;
  return V;
}

//===----------------------------------------------------------------------===//
// Addresses
//===----------------------------------------------------------------------===//

/// What every address may point to: nothing is known of it, or bytes.
static bool isUntyped(const Type &Pointee, const DataModel &Model) {
  if (llvm::isa<VoidType, OpaqueType>(Pointee))
    return true;
  const auto *S = llvm::dyn_cast<ScalarType>(&Pointee);
  return S && S->scalarClass() != ScalarType::Bool &&
         Model.bits(S->width()) == 8;
}

std::optional<ObjectKind> Agreement::objectKind(const Type &Native) const {
  const auto *R = llvm::dyn_cast<RecordType>(&Native);
  const auto *O = llvm::dyn_cast<OpaqueType>(&Native);
  if (!R && !O)
    return std::nullopt;
  return Runtime.objectKind((R ? R->Decl : O->Decl).qualifiedName());
}

/// Whether a C++ type for objects of kind \p Native may be taken for an object
/// of which \p Managed is known. A variable of a class can hold an object of
/// any class that is derived from it, but none of the classes that have a
/// layout of their own.
static bool fits(ObjectKind Managed, ObjectKind Native) {
  if (Native == ObjectKind::None)
    return false;
  if (Managed == Native || Native == ObjectKind::Any)
    return true;
  bool IsOfAnyClass =
      Managed == ObjectKind::Other || Managed == ObjectKind::Any;
  return IsOfAnyClass && Native != ObjectKind::String &&
         Native != ObjectKind::Array;
}

/// Whether a record begins like an object: with a base or field for its header,
/// or with the addresses of its class and its lock.
static bool beginsLikeObject(const RecordType &R) {
  if (!R.Bases.empty())
    return true;
  if (R.Fields.empty())
    return true;
  return llvm::isa<RecordType, PointerType>(R.Fields.front().Ty);
}

Verdict Agreement::object(const OpaqueType &Managed, const Type &Native) const {
  if (std::optional<ObjectKind> Kind = objectKind(Native)) {
    if (fits(Managed.Object, *Kind))
      return Verdict::same();
    std::string Wanted = Runtime.objectType(Managed.Object);
    return Verdict::different(
        "C# passes " + runtime::words(Managed.Object) + ", " +
        (*Kind == ObjectKind::None
             ? "and '" + toString(Native) + "' is no type for objects"
             : "and '" + toString(Native) + "' is the type for " +
                   runtime::words(*Kind).str()) +
        (Wanted.empty() ? "" : "; take a '" + Wanted + "'"));
  }
  if (llvm::isa<VoidType, OpaqueType>(Native))
    return Verdict::same();
  // Programs repeat the layout of the classes that they look into.
  const auto *R = llvm::dyn_cast<RecordType>(&Native);
  if (R && Conversion != runtime::Conversion::Invoked && beginsLikeObject(*R))
    return Verdict::same();
  return Verdict::different(describe(Native) + " in C++, the object '" +
                            toString(Managed) + "' in C#");
}

Verdict Agreement::pointers(const PointerType &Managed,
                            const PointerType &Native) {
  const Type &M = *Managed.pointee();
  const Type &N = *Native.pointee();
  if (const auto *Object = llvm::dyn_cast<OpaqueType>(&M))
    return object(*Object, N);
  if (std::optional<ObjectKind> Kind = objectKind(N);
      Kind && *Kind != ObjectKind::None)
    return Verdict::different("'" + toString(N) +
                              "' is an object in C++, and C# passes " +
                              describe(Managed));
  const auto *MF = llvm::dyn_cast<FunctionType>(&M);
  const auto *NF = llvm::dyn_cast<FunctionType>(&N);
  if (MF && NF)
    return functions(*MF, *NF);
  if (MF || NF)
    return isUntyped(MF ? N : M, Model) ? Verdict::same()
                                        : mismatch(Managed, Native);
  // Bytes can be anything, but text is text: characters of two widths, as a
  // string under the wrong CharSet has them, do not agree.
  const auto *MS = llvm::dyn_cast<ScalarType>(&M);
  const auto *NS = llvm::dyn_cast<ScalarType>(&N);
  bool AreCharacters = MS && NS && MS->scalarClass() == ScalarType::Character &&
                       NS->scalarClass() == ScalarType::Character;
  if (!AreCharacters && (isUntyped(M, Model) || isUntyped(N, Model)))
    return Verdict::same();
  Verdict V = inMemory(M, N);
  if (V == Verdict::Different && llvm::isa<ScalarType, PointerType>(M))
    return mismatch(Managed, Native);
  if (V == Verdict::Same)
    if (const auto *NR = llvm::dyn_cast<RecordType>(&N))
      return alignment(M, *NR);
  return V;
}

Verdict Agreement::functions(const FunctionType &Managed,
                             const FunctionType &Native) {
  if (Managed.convention() == CallingConvention::Managed)
    return Verdict::different(
        "a managed function pointer, which only managed code can call; C# "
        "declares it 'delegate* unmanaged'");
  if (Native.isVariadic())
    return Verdict::different("the C++ function pointer is variadic");
  if (Managed.params().size() != Native.params().size())
    return Verdict::different("the callback has " +
                              llvm::Twine(Managed.params().size()) +
                              " parameters in C# and " +
                              llvm::Twine(Native.params().size()) + " in C++");
  Verdict V = inMemory(*Managed.result(), *Native.result());
  if (V == Verdict::Different)
    return Verdict::different("the callback's result: " + V.Reason);
  for (const auto &[I, M, N] :
       llvm::enumerate(Managed.params(), Native.params())) {
    V = inMemory(*M, *N);
    if (V == Verdict::Different)
      return Verdict::different("the callback's parameter " +
                                llvm::Twine(I + 1) + ": " + V.Reason);
  }
  return Conversion == runtime::Conversion::Invoked
             ? Verdict::same()
             : callbackPassing(Managed, Native);
}

} // namespace ilbridge::match
