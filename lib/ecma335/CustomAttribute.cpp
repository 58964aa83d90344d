//===- CustomAttribute.cpp - The arguments of an attribute ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/ecma335/CustomAttribute.h"
#include "ByteReader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/bit.h"

namespace ilbridge::ecma335 {

using llvm::ArrayRef;
using llvm::Error;
using llvm::Expected;
using llvm::SmallVector;
using llvm::StringRef;

static constexpr const char *AttributeFormat = "ECMA-335 II.23.3";
/// The maximum nesting depth of arrays of objects.
static constexpr unsigned MaxValueDepth = 32;

namespace {

class AttributeReader {
public:
  AttributeReader(const Module &M, ArrayRef<uint8_t> Blob,
                  ArrayRef<const TypeSig *> TypeArgs, EnumResolver Enums,
                  llvm::BumpPtrAllocator &A)
      : M(M), R(Blob, AttributeFormat), TypeArgs(TypeArgs), Enums(Enums), A(A) {
  }

  Expected<AttributeArguments> read(const MethodSig &Constructor);

private:
  /// Reads the type of a constructor's parameter.
  Error parameterType(const TypeSig &Sig, ArrayRef<const TypeSig *> Args,
                      AttributeType &T);
  /// Reads a type from the blob.
  Error serializedType(AttributeType &T, unsigned Depth);
  Error resolveEnum(const uint8_t *At, AttributeType &T);
  Error value(const AttributeType &T, AttributeValue &V, unsigned Depth);
  Error array(const AttributeType &T, AttributeValue &V, unsigned Depth);
  Error namedArgument(NamedArgument &Argument);
  uint64_t integer(ElementType Kind);
  Expected<bool> isSystemType(TypeDefOrRef Type) const;
  Error error(const uint8_t *At, const llvm::Twine &Rule) const {
    return M.file().error(At, AttributeFormat, Rule);
  }
  const AttributeType *keep(const AttributeType &T) {
    return new (A.Allocate<AttributeType>()) AttributeType(T);
  }

  const Module &M;
  ByteReader R;
  ArrayRef<const TypeSig *> TypeArgs;
  EnumResolver Enums;
  llvm::BumpPtrAllocator &A;
};

bool isNumberOrString(ElementType Kind) {
  return Kind >= ELEMENT_TYPE_BOOLEAN && Kind <= ELEMENT_TYPE_STRING;
}

} // namespace

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

Expected<bool> AttributeReader::isSystemType(TypeDefOrRef Type) const {
  StringIndex Name, Namespace;
  if (Type.is<TypeRefRow>()) {
    auto Row = M.row(Type.as<TypeRefRow>());
    if (!Row)
      return Row.takeError();
    Name = Row->TypeName;
    Namespace = Row->TypeNamespace;
  } else if (Type.is<TypeDefRow>()) {
    auto Row = M.row(Type.as<TypeDefRow>());
    if (!Row)
      return Row.takeError();
    Name = Row->TypeName;
    Namespace = Row->TypeNamespace;
  } else {
    return false;
  }
  auto NameText = M.string(Name);
  if (!NameText)
    return NameText.takeError();
  auto NamespaceText = M.string(Namespace);
  if (!NamespaceText)
    return NamespaceText.takeError();
  return *NameText == "Type" && *NamespaceText == "System";
}

Error AttributeReader::resolveEnum(const uint8_t *At, AttributeType &T) {
  T.Kind = ELEMENT_TYPE_ENUM;
  auto Underlying = Enums(T.Enum);
  if (!Underlying)
    return Underlying.takeError();
  if (*Underlying < ELEMENT_TYPE_BOOLEAN || *Underlying > ELEMENT_TYPE_U8)
    return error(
        At,
        "the underlying type of an enum is neither bool, char nor an integer");
  T.Underlying = *Underlying;
  return Error::success();
}

Error AttributeReader::parameterType(const TypeSig &Sig,
                                     ArrayRef<const TypeSig *> Args,
                                     AttributeType &T) {
  const uint8_t *At = R.position();
  if (isNumberOrString(Sig.kind())) {
    T.Kind = Sig.kind();
    return Error::success();
  }
  switch (Sig.kind()) {
  case ELEMENT_TYPE_OBJECT:
    T.Kind = ELEMENT_TYPE_BOXED;
    return Error::success();
  case ELEMENT_TYPE_CLASS: {
    auto IsType = isSystemType(llvm::cast<NamedSig>(Sig).type());
    if (!IsType)
      return IsType.takeError();
    if (!*IsType)
      break;
    T.Kind = ELEMENT_TYPE_SYSTEM_TYPE;
    return Error::success();
  }
  case ELEMENT_TYPE_VALUETYPE:
    T.Enum.Type = llvm::cast<NamedSig>(Sig).type();
    return resolveEnum(At, T);
  case ELEMENT_TYPE_GENERICINST: // an enum that is nested in a generic class
    if (!llvm::cast<GenericInstSig>(Sig).isValueType())
      break;
    T.Enum.Type = llvm::cast<GenericInstSig>(Sig).type();
    return resolveEnum(At, T);
  case ELEMENT_TYPE_SZARRAY: {
    T.Kind = ELEMENT_TYPE_SZARRAY;
    AttributeType Element;
    if (Error E =
            parameterType(*llvm::cast<UnarySig>(Sig).element(), Args, Element))
      return E;
    T.Element = keep(Element);
    return Error::success();
  }
  case ELEMENT_TYPE_VAR: {
    uint32_t Number = llvm::cast<GenericVarSig>(Sig).number();
    if (Number >= Args.size())
      break;
    // The type arguments are outside of the class, so they cannot contain its
    // VAR.
    return parameterType(*Args[Number], {}, T);
  }
  default:
    break;
  }
  return error(At, "a parameter of an attribute's constructor has a type that "
                   "attributes do not support");
}

Error AttributeReader::serializedType(AttributeType &T, unsigned Depth) {
  const uint8_t *At = R.position();
  T.Kind = static_cast<ElementType>(R.byte());
  if (isNumberOrString(T.Kind))
    return Error::success();
  switch (T.Kind) {
  case ELEMENT_TYPE_SYSTEM_TYPE:
  case ELEMENT_TYPE_BOXED:
    return Error::success();
  case ELEMENT_TYPE_ENUM: {
    auto Name = R.serString();
    if (R.failed())
      break;
    if (!Name || Name->empty())
      return error(At, "an enum has no name");
    T.Enum.Name = *Name;
    return resolveEnum(At, T);
  }
  case ELEMENT_TYPE_SZARRAY: {
    if (Depth == MaxValueDepth)
      return error(At, "types are nested too deeply in each other");
    AttributeType Element;
    if (Error E = serializedType(Element, Depth + 1))
      return E;
    T.Element = keep(Element);
    return Error::success();
  }
  default:
    R.fail(At, "invalid type of an attribute's argument");
    break;
  }
  return R.takeError(M.file());
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

uint64_t AttributeReader::integer(ElementType Kind) {
  switch (Kind) {
  case ELEMENT_TYPE_BOOLEAN:
  case ELEMENT_TYPE_U1:
    return R.byte();
  case ELEMENT_TYPE_I1:
    return int64_t(R.read<int8_t>());
  case ELEMENT_TYPE_I2:
    return int64_t(R.read<int16_t>());
  case ELEMENT_TYPE_CHAR:
  case ELEMENT_TYPE_U2:
    return R.read<uint16_t>();
  case ELEMENT_TYPE_I4:
    return int64_t(R.read<int32_t>());
  case ELEMENT_TYPE_U4:
  case ELEMENT_TYPE_R4:
    return R.read<uint32_t>();
  default:
    return R.read<uint64_t>();
  }
}

Error AttributeReader::array(const AttributeType &T, AttributeValue &V,
                             unsigned Depth) {
  const uint8_t *At = R.position();
  auto Count = R.read<uint32_t>();
  if (Count == 0xFFFFFFFF) {
    V.IsNull = true;
    return Error::success();
  }
  if (Count > R.remaining())
    R.fail(At, "the number of elements exceeds the remaining bytes");
  SmallVector<AttributeValue, 0> Elements;
  for (uint32_t I = 0; I != Count && !R.failed(); ++I)
    if (Error E = value(*T.Element, Elements.emplace_back(), Depth + 1))
      return E;
  if (R.failed())
    return R.takeError(M.file());
  V.Elements = ArrayRef(Elements).copy(A);
  return Error::success();
}

Error AttributeReader::value(const AttributeType &T, AttributeValue &V,
                             unsigned Depth) {
  if (Depth == MaxValueDepth)
    return error(R.position(), "values are nested too deeply in each other");
  V.Type = T;
  switch (T.Kind) {
  case ELEMENT_TYPE_STRING:
  case ELEMENT_TYPE_SYSTEM_TYPE: {
    auto Text = R.serString();
    V.IsNull = !Text;
    V.Text = Text.value_or(StringRef());
    break;
  }
  case ELEMENT_TYPE_SZARRAY:
    return array(T, V, Depth);
  case ELEMENT_TYPE_BOXED: {
    AttributeType Actual;
    if (Error E = serializedType(Actual, Depth + 1))
      return E;
    if (Error E = value(Actual, V, Depth + 1))
      return E;
    V.IsBoxed = true;
    return Error::success();
  }
  case ELEMENT_TYPE_ENUM:
    V.Bits = integer(T.Underlying);
    break;
  default:
    V.Bits = integer(T.Kind);
    break;
  }
  return R.takeError(M.file());
}

Error AttributeReader::namedArgument(NamedArgument &Argument) {
  const uint8_t *At = R.position();
  uint8_t Kind = R.byte();
  if (Kind != ELEMENT_TYPE_ATTRIBUTE_FIELD &&
      Kind != ELEMENT_TYPE_ATTRIBUTE_PROPERTY)
    R.fail(At, "a named argument is neither a field nor a property");
  if (R.failed())
    return R.takeError(M.file());
  Argument.IsField = Kind == ELEMENT_TYPE_ATTRIBUTE_FIELD;
  AttributeType Type;
  if (Error E = serializedType(Type, 0))
    return E;
  Argument.Name = R.serString().value_or(StringRef());
  if (R.failed())
    return R.takeError(M.file());
  return value(Type, Argument.Value, 0);
}

Expected<AttributeArguments>
AttributeReader::read(const MethodSig &Constructor) {
  AttributeArguments Result;
  // The blob can be missing if there are no arguments.
  if (R.atEnd() && Constructor.Params.empty())
    return Result;
  const uint8_t *At = R.position();
  if (R.read<uint16_t>() != 1)
    R.fail(
        At,
        "invalid value of an attribute; expected the bytes 01 00 at its start");

  SmallVector<AttributeValue, 4> Fixed;
  for (const TypeSig *Param : Constructor.Params) {
    if (R.failed())
      break;
    AttributeType Type;
    if (Error E = parameterType(*Param, TypeArgs, Type))
      return E;
    if (Error E = value(Type, Fixed.emplace_back(), 0))
      return E;
  }

  SmallVector<NamedArgument, 4> Named;
  unsigned NamedCount = R.atEnd() ? 0 : R.read<uint16_t>();
  for (unsigned I = 0; I != NamedCount && !R.failed(); ++I)
    if (Error E = namedArgument(Named.emplace_back()))
      return E;
  if (R.failed())
    return R.takeError(M.file());
  Result.Fixed = ArrayRef(Fixed).copy(A);
  Result.Named = ArrayRef(Named).copy(A);
  return Result;
}

//===----------------------------------------------------------------------===//
// Entry points
//===----------------------------------------------------------------------===//

Expected<AttributeArguments>
readCustomAttribute(const Module &M, ArrayRef<uint8_t> Blob,
                    const MethodSig &Constructor,
                    ArrayRef<const TypeSig *> TypeArgs, EnumResolver Enums,
                    llvm::BumpPtrAllocator &A) {
  return AttributeReader(M, Blob, TypeArgs, Enums, A).read(Constructor);
}

/// \returns the types that VAR denotes in a member of \p Parent.
static Expected<ArrayRef<const TypeSig *>>
typeArguments(const Module &M, MemberRefParent Parent,
              llvm::BumpPtrAllocator &A) {
  if (!Parent.is<TypeSpecRow>())
    return ArrayRef<const TypeSig *>();
  auto Row = M.row(Parent.as<TypeSpecRow>());
  if (!Row)
    return Row.takeError();
  auto Type = readTypeSpec(M, Row->Signature, A);
  if (!Type)
    return Type.takeError();
  if (const auto *Instance = llvm::dyn_cast<GenericInstSig>(*Type))
    return Instance->args();
  return ArrayRef<const TypeSig *>();
}

Expected<AttributeArguments> readCustomAttribute(const Module &M,
                                                 CustomAttributeRid R,
                                                 EnumResolver Enums,
                                                 llvm::BumpPtrAllocator &A) {
  auto Row = M.row(R);
  if (!Row)
    return Row.takeError();
  auto Blob = M.blob(Row->Value);
  if (!Blob)
    return Blob.takeError();

  BlobIndex Signature;
  ArrayRef<const TypeSig *> TypeArgs;
  if (Row->Type.is<MethodDefRow>()) {
    auto Constructor = M.row(Row->Type.as<MethodDefRow>());
    if (!Constructor)
      return Constructor.takeError();
    Signature = Constructor->Signature;
  } else {
    auto Constructor = M.row(Row->Type.as<MemberRefRow>());
    if (!Constructor)
      return Constructor.takeError();
    Signature = Constructor->Signature;
    auto Args = typeArguments(M, Constructor->Class, A);
    if (!Args)
      return Args.takeError();
    TypeArgs = *Args;
  }
  auto Sig = readMethodSig(M, Signature, A);
  if (!Sig)
    return Sig.takeError();
  return readCustomAttribute(M, *Blob, *Sig, TypeArgs, Enums, A);
}

const AttributeValue *AttributeArguments::find(StringRef Name) const {
  const NamedArgument *Found =
      llvm::find_if(Named, [&](const auto &N) { return N.Name == Name; });
  return Found == Named.end() ? nullptr : &Found->Value;
}

double AttributeValue::asDouble() const {
  return Type.Kind == ELEMENT_TYPE_R4
             ? llvm::bit_cast<float>(static_cast<uint32_t>(Bits))
             : llvm::bit_cast<double>(Bits);
}

} // namespace ilbridge::ecma335
