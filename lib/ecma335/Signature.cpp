//===- Signature.cpp - Signatures of types and methods --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/ecma335/Signature.h"
#include "ByteReader.h"
#include "ilbridge/ecma335/Module.h"
#include "llvm/ADT/SmallVector.h"
#include <array>
#include <type_traits>

namespace ilbridge::ecma335 {

using llvm::ArrayRef;
using llvm::Expected;
using llvm::SmallVector;
using llvm::SmallVectorImpl;

bool PrimitiveSig::isPrimitive(ElementType K) {
  switch (K) {
  case ELEMENT_TYPE_VOID:
  case ELEMENT_TYPE_BOOLEAN:
  case ELEMENT_TYPE_CHAR:
  case ELEMENT_TYPE_I1:
  case ELEMENT_TYPE_U1:
  case ELEMENT_TYPE_I2:
  case ELEMENT_TYPE_U2:
  case ELEMENT_TYPE_I4:
  case ELEMENT_TYPE_U4:
  case ELEMENT_TYPE_I8:
  case ELEMENT_TYPE_U8:
  case ELEMENT_TYPE_R4:
  case ELEMENT_TYPE_R8:
  case ELEMENT_TYPE_STRING:
  case ELEMENT_TYPE_TYPEDBYREF:
  case ELEMENT_TYPE_I:
  case ELEMENT_TYPE_U:
  case ELEMENT_TYPE_OBJECT:
    return true;
  default:
    return false;
  }
}

std::optional<SignatureKind> signatureKind(ArrayRef<uint8_t> Blob) {
  if (Blob.empty() ||
      (Blob[0] & 0x0f) > static_cast<uint8_t>(SignatureKind::GenericInst))
    return std::nullopt;
  return static_cast<SignatureKind>(Blob[0] & 0x0f);
}

bool isMethod(SignatureKind Kind) {
  return Kind <= SignatureKind::VarArg || Kind == SignatureKind::Unmanaged;
}

namespace {

/// The primitive types without modifiers, which are not allocated.
constexpr auto Primitives = [] {
  return []<size_t... I>(std::index_sequence<I...>) {
    return std::array{PrimitiveSig(static_cast<ElementType>(I), {})...};
  }(std::make_index_sequence<ELEMENT_TYPE_OBJECT + 1>());
}();

class SignatureReader {
public:
  SignatureReader(ArrayRef<uint8_t> Blob, const char *Section,
                  llvm::BumpPtrAllocator &A)
      : R(Blob, Section), A(A) {}

  /// The additional types that are allowed at a position.
  enum Place { Elsewhere, VoidAllowed };

  const TypeSig *type(Place P = Elsewhere) {
    SmallVector<CustomMod, 2> Mods;
    readMods(Mods);
    return unmodified(Mods, P);
  }
  ArrayRef<const TypeSig *> types(uint32_t Count);
  void method(MethodSig &S);
  LocalVar local();

  ByteReader R;

private:
  TypeDefOrRef typeDefOrRef();
  void readMods(SmallVectorImpl<CustomMod> &Mods);
  const TypeSig *unmodified(ArrayRef<CustomMod> Mods, Place P);
  const TypeSig *typeParameter(ElementType Kind, ArrayRef<CustomMod> Mods);
  const TypeSig *array(ArrayRef<CustomMod> Mods);
  const TypeSig *genericInst(ArrayRef<CustomMod> Mods);
  const TypeSig *functionPointer(ArrayRef<CustomMod> Mods);

  template <typename T, typename... Args> const T *make(Args &&...Of) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (A.Allocate<T>()) T(std::forward<Args>(Of)...);
  }

  llvm::BumpPtrAllocator &A;
  unsigned Depth = 0;
};

} // namespace

TypeDefOrRef SignatureReader::typeDefOrRef() {
  const uint8_t *At = R.position();
  if (auto T = decode(CodedIndexKind::TypeDefOrRef, R.compressed()))
    return TypeDefOrRef(*T);
  R.fail(At, "the tag of a type is invalid");
  return {};
}

void SignatureReader::readMods(SmallVectorImpl<CustomMod> &Mods) {
  while (R.peek() == ELEMENT_TYPE_CMOD_REQD ||
         R.peek() == ELEMENT_TYPE_CMOD_OPT) {
    bool IsRequired = R.byte() == ELEMENT_TYPE_CMOD_REQD;
    Mods.push_back({typeDefOrRef(), IsRequired});
  }
}

// Nodes are created before the rest of the signature is checked. The caller
// checks R.failed() at the end; until then, a null type can be part of a tree,
// which is then discarded.
const TypeSig *SignatureReader::unmodified(ArrayRef<CustomMod> Mods, Place P) {
  const uint8_t *At = R.position();
  auto Kind = static_cast<ElementType>(R.byte());
  if (Depth == MaxSignatureDepth) {
    R.fail(At, "types are nested too deeply in each other");
    return nullptr;
  }
  if (PrimitiveSig::isPrimitive(Kind)) {
    if (Kind == ELEMENT_TYPE_VOID && P != VoidAllowed)
      R.fail(At, "a value cannot have the type void");
    if (Mods.empty())
      return &Primitives[Kind];
    return make<PrimitiveSig>(Kind, Mods.copy(A));
  }

  ++Depth;
  const TypeSig *Result = nullptr;
  switch (Kind) {
  case ELEMENT_TYPE_CLASS:
  case ELEMENT_TYPE_VALUETYPE:
    Result = make<NamedSig>(Kind, Mods.copy(A), typeDefOrRef());
    break;
  case ELEMENT_TYPE_PTR:
  case ELEMENT_TYPE_BYREF:
  case ELEMENT_TYPE_SZARRAY:
    Result = make<UnarySig>(
        Kind, Mods.copy(A),
        type(Kind == ELEMENT_TYPE_PTR ? VoidAllowed : Elsewhere));
    break;
  case ELEMENT_TYPE_VAR:
  case ELEMENT_TYPE_MVAR:
    Result = typeParameter(Kind, Mods);
    break;
  case ELEMENT_TYPE_ARRAY:
    Result = array(Mods);
    break;
  case ELEMENT_TYPE_GENERICINST:
    Result = genericInst(Mods);
    break;
  case ELEMENT_TYPE_FNPTR:
    Result = functionPointer(Mods);
    break;
  default:
    R.fail(At, "this element type is invalid in this position");
    break;
  }
  --Depth;
  return Result;
}

const TypeSig *SignatureReader::typeParameter(ElementType Kind,
                                              ArrayRef<CustomMod> Mods) {
  const uint8_t *At = R.position();
  uint32_t Number = R.compressed();
  // GenericParam.Number has two bytes (II.22.20).
  if (Number > UINT16_MAX)
    R.fail(At, "a type has at most 65536 type parameters");
  return make<GenericVarSig>(Kind, Mods.copy(A), Number);
}

const TypeSig *SignatureReader::array(ArrayRef<CustomMod> Mods) {
  const TypeSig *Element = type();
  const uint8_t *At = R.position();
  uint32_t Rank = R.compressed();
  if (Rank == 0 || Rank > 32)
    R.fail(At, "an array has from 1 to 32 dimensions");
  At = R.position();
  uint32_t SizeCount = R.count();
  if (SizeCount > Rank)
    R.fail(At, "an array has more sizes than dimensions");
  SmallVector<uint32_t, 4> Sizes;
  for (uint32_t I = 0; I != SizeCount && !R.failed(); ++I)
    Sizes.push_back(R.compressed());
  At = R.position();
  uint32_t BoundCount = R.count();
  if (BoundCount > Rank)
    R.fail(At, "an array has more lower bounds than dimensions");
  SmallVector<int32_t, 4> LowerBounds;
  for (uint32_t I = 0; I != BoundCount && !R.failed(); ++I)
    LowerBounds.push_back(R.compressedSigned());
  if (R.failed())
    return nullptr;
  return make<ArraySig>(Mods.copy(A), Element, Rank, ArrayRef(Sizes).copy(A),
                        ArrayRef(LowerBounds).copy(A));
}

const TypeSig *SignatureReader::genericInst(ArrayRef<CustomMod> Mods) {
  const uint8_t *At = R.position();
  uint8_t Kind = R.byte();
  if (Kind != ELEMENT_TYPE_CLASS && Kind != ELEMENT_TYPE_VALUETYPE)
    R.fail(At, "a generic instance must be of a class or a value type");
  TypeDefOrRef Type = typeDefOrRef();
  At = R.position();
  uint32_t Count = R.count();
  if (Count == 0)
    R.fail(At, "a generic instance has at least one argument");
  ArrayRef<const TypeSig *> Args = types(Count);
  if (R.failed())
    return nullptr;
  return make<GenericInstSig>(Mods.copy(A), Kind == ELEMENT_TYPE_VALUETYPE,
                              Type, Args);
}

const TypeSig *SignatureReader::functionPointer(ArrayRef<CustomMod> Mods) {
  MethodSig Method;
  method(Method);
  return make<FnPtrSig>(Mods.copy(A), make<MethodSig>(Method));
}

// A list is collected before it is allocated: its stated length is not trusted,
// and signatures nest.
ArrayRef<const TypeSig *> SignatureReader::types(uint32_t Count) {
  SmallVector<const TypeSig *, 8> Types;
  for (uint32_t I = 0; I != Count && !R.failed(); ++I)
    Types.push_back(type());
  return ArrayRef(Types).copy(A);
}

void SignatureReader::method(MethodSig &S) {
  const uint8_t *At = R.position();
  S.Header = R.byte();
  if (!isMethod(S.convention()))
    R.fail(At, "invalid first byte of a method signature");
  if (S.isGeneric())
    S.GenericParamCount = R.compressed();
  uint32_t Count = R.count();
  S.ReturnType = type(VoidAllowed);
  S.FixedParamCount = Count;
  SmallVector<const TypeSig *, 8> Params;
  for (uint32_t I = 0; I != Count && !R.failed(); ++I) {
    if (R.peek() == ELEMENT_TYPE_SENTINEL && S.FixedParamCount == Count) {
      R.byte();
      S.FixedParamCount = I;
    }
    Params.push_back(type());
  }
  S.Params = ArrayRef(Params).copy(A);
}

LocalVar SignatureReader::local() {
  // II.23.2.6 allows modifiers and the constraint in any order.
  SmallVector<CustomMod, 2> Mods;
  bool IsPinned = false;
  readMods(Mods);
  while (R.peek() == ELEMENT_TYPE_PINNED) {
    R.byte();
    IsPinned = true;
    readMods(Mods);
  }
  return {unmodified(Mods, Elsewhere), IsPinned};
}

//===----------------------------------------------------------------------===//
// The kinds of signatures
//===----------------------------------------------------------------------===//

Expected<MethodSig> readMethodSig(const FileView &File, ArrayRef<uint8_t> Blob,
                                  llvm::BumpPtrAllocator &A) {
  SignatureReader S(Blob, "ECMA-335 II.23.2.1", A);
  MethodSig Result;
  S.method(Result);
  if (S.R.failed())
    return S.R.takeError(File);
  return Result;
}

Expected<const TypeSig *> readFieldSig(const FileView &File,
                                       ArrayRef<uint8_t> Blob,
                                       llvm::BumpPtrAllocator &A) {
  SignatureReader S(Blob, "ECMA-335 II.23.2.4", A);
  if ((S.R.byte() & 0x0f) != static_cast<uint8_t>(SignatureKind::Field))
    S.R.fail(Blob.begin(), "invalid first byte of a field signature");
  const TypeSig *Result = S.type();
  if (S.R.failed())
    return S.R.takeError(File);
  return Result;
}

Expected<PropertySig> readPropertySig(const FileView &File,
                                      ArrayRef<uint8_t> Blob,
                                      llvm::BumpPtrAllocator &A) {
  SignatureReader S(Blob, "ECMA-335 II.23.2.5", A);
  uint8_t Header = S.R.byte();
  if ((Header & 0x0f) != static_cast<uint8_t>(SignatureKind::Property))
    S.R.fail(Blob.begin(), "invalid first byte of a property signature");
  PropertySig Result;
  Result.HasThis = Header & SIGNATURE_HASTHIS;
  uint32_t Count = S.R.count();
  Result.Type = S.type();
  Result.Params = S.types(Count);
  if (S.R.failed())
    return S.R.takeError(File);
  return Result;
}

Expected<ArrayRef<LocalVar>> readLocalVarSig(const FileView &File,
                                             ArrayRef<uint8_t> Blob,
                                             llvm::BumpPtrAllocator &A) {
  SignatureReader S(Blob, "ECMA-335 II.23.2.6", A);
  if ((S.R.byte() & 0x0f) != static_cast<uint8_t>(SignatureKind::LocalSig))
    S.R.fail(Blob.begin(), "invalid first byte of a local variable signature");
  SmallVector<LocalVar, 16> Result;
  for (uint32_t I = 0, Count = S.R.count(); I != Count && !S.R.failed(); ++I)
    Result.push_back(S.local());
  if (S.R.failed())
    return S.R.takeError(File);
  return ArrayRef(Result).copy(A);
}

Expected<const TypeSig *> readTypeSpec(const FileView &File,
                                       ArrayRef<uint8_t> Blob,
                                       llvm::BumpPtrAllocator &A) {
  SignatureReader S(Blob, "ECMA-335 II.23.2.14", A);
  const TypeSig *Result = S.type();
  if (S.R.failed())
    return S.R.takeError(File);
  return Result;
}

Expected<ArrayRef<const TypeSig *>> readMethodSpec(const FileView &File,
                                                   ArrayRef<uint8_t> Blob,
                                                   llvm::BumpPtrAllocator &A) {
  SignatureReader S(Blob, "ECMA-335 II.23.2.15", A);
  if (S.R.byte() != static_cast<uint8_t>(SignatureKind::GenericInst))
    S.R.fail(Blob.begin(), "invalid first byte of a generic method instance");
  uint32_t Count = S.R.count();
  if (Count == 0)
    S.R.fail("a generic method has at least one argument");
  ArrayRef<const TypeSig *> Result = S.types(Count);
  if (S.R.failed())
    return S.R.takeError(File);
  return Result;
}

//===----------------------------------------------------------------------===//
// From a row's column
//===----------------------------------------------------------------------===//

template <typename T>
static Expected<T>
readBlob(const Module &M, BlobIndex I, llvm::BumpPtrAllocator &A,
         Expected<T> (*Read)(const FileView &, ArrayRef<uint8_t>,
                             llvm::BumpPtrAllocator &)) {
  auto Blob = M.blob(I);
  if (!Blob)
    return Blob.takeError();
  return Read(M.file(), *Blob, A);
}

Expected<MethodSig> readMethodSig(const Module &M, BlobIndex I,
                                  llvm::BumpPtrAllocator &A) {
  return readBlob<MethodSig>(M, I, A, readMethodSig);
}
Expected<const TypeSig *> readFieldSig(const Module &M, BlobIndex I,
                                       llvm::BumpPtrAllocator &A) {
  return readBlob<const TypeSig *>(M, I, A, readFieldSig);
}
Expected<PropertySig> readPropertySig(const Module &M, BlobIndex I,
                                      llvm::BumpPtrAllocator &A) {
  return readBlob<PropertySig>(M, I, A, readPropertySig);
}
Expected<ArrayRef<LocalVar>> readLocalVarSig(const Module &M, BlobIndex I,
                                             llvm::BumpPtrAllocator &A) {
  return readBlob<ArrayRef<LocalVar>>(M, I, A, readLocalVarSig);
}
Expected<const TypeSig *> readTypeSpec(const Module &M, BlobIndex I,
                                       llvm::BumpPtrAllocator &A) {
  return readBlob<const TypeSig *>(M, I, A, readTypeSpec);
}
Expected<ArrayRef<const TypeSig *>> readMethodSpec(const Module &M, BlobIndex I,
                                                   llvm::BumpPtrAllocator &A) {
  return readBlob<ArrayRef<const TypeSig *>>(M, I, A, readMethodSpec);
}

} // namespace ilbridge::ecma335
