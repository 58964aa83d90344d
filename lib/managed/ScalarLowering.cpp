//===- ScalarLowering.cpp - Numbers, characters and strings ---------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/managed/Lowering.h"

using namespace ilbridge::ecma335;

namespace ilbridge::managed {

/// A bool is a Win32 BOOL by default.
static std::optional<Width> boolWidth(const MarshalAs *As) {
  switch (As ? As->Native : NATIVE_TYPE_MAX) {
  case NATIVE_TYPE_MAX:
  case NATIVE_TYPE_BOOLEAN:
    return Width::W32;
  case NATIVE_TYPE_VARIANTBOOL:
    return Width::W16;
  case NATIVE_TYPE_I1:
  case NATIVE_TYPE_U1:
    return Width::W8;
  default:
    return std::nullopt;
  }
}

/// If C# states no CharSet, it is Ansi. Auto is UTF-16 on Windows and UTF-8
/// elsewhere.
static Width characterWidth(CharSet Chars) {
  switch (Chars) {
  case CharSet::None:
  case CharSet::Ansi:
    return Width::W8;
  case CharSet::Unicode:
    return Width::W16;
  case CharSet::Auto:
    return Width::AutoChar;
  }
  llvm_unreachable("not a CharSet");
}

/// \returns a C character type: char, char16_t, or either of them.
Lowered Lowering::character(Width W) {
  return scalar(ScalarType::Character, W,
                W == Width::W16 ? Signedness::Unsigned : Signedness::Target);
}

Lowered Lowering::character(const MarshalAs *As, const Context &C) {
  bool IsInMemory = C.Where == Context::Field || C.Where == Context::Element;
  if (!IsInMemory && !holds(runtime::Rule::CharSetOfChar))
    return character(Width::W16);
  switch (As ? As->Native : NATIVE_TYPE_MAX) {
  case NATIVE_TYPE_I1:
  case NATIVE_TYPE_U1:
    return character(Width::W8);
  case NATIVE_TYPE_I2:
  case NATIVE_TYPE_U2:
    return character(Width::W16);
  case NATIVE_TYPE_MAX:
    return character(characterWidth(C.Chars));
  default:
    return problem("cannot be marshalled as '" + name(As->Native) + "'");
  }
}

Lowered Lowering::string(const MarshalAs *As, const Context &C) {
  NativeType Native = As ? As->Native : NATIVE_TYPE_MAX;
  Width W = characterWidth(C.Chars);
  switch (Native) {
  case NATIVE_TYPE_LPSTR:
  case NATIVE_TYPE_LPUTF8STR:
    W = Width::W8;
    break;
  case NATIVE_TYPE_LPWSTR:
  case NATIVE_TYPE_BSTR:
    W = Width::W16;
    break;
  case NATIVE_TYPE_ANSIBSTR:
  case NATIVE_TYPE_TBSTR:
    if (const auto *No = refuses(runtime::Rule::AnsiBStr))
      return problem(No->Otherwise);
    W = Native == NATIVE_TYPE_TBSTR ? Width::W16 : Width::W8;
    break;
  case NATIVE_TYPE_LPTSTR:
    W = holds(runtime::Rule::LPTStrIsNarrow) ? Width::AutoChar : Width::W16;
    break;
  case NATIVE_TYPE_MAX:
    break;
  case NATIVE_TYPE_FIXEDSYSSTRING:
    if (C.Where == Context::Field && As->SizeConst) {
      Lowered Char = character(nullptr, C);
      return {Types.make<ArrayType>(Char.Ty, *As->SizeConst), {}};
    }
    [[fallthrough]];
  default:
    return problem("cannot be marshalled as '" + name(Native) + "' here");
  }
  Lowered Char = character(W);
  // A function must not write into a string that it receives as an argument.
  return pointerTo(Char, /*IsConst=*/C.isReadOnly());
}

/// A runtime that does not ignore [MarshalAs] requires the number's own type
/// there. (.NET documentation, "Type marshalling")
Lowered Lowering::number(ScalarType::Class Class, Width W, Signedness S,
                         const MarshalAs *As, bool Marshals) {
  auto IsOwn = [&] {
    switch (As->Native) {
    case NATIVE_TYPE_MAX:
      return true;
    case NATIVE_TYPE_I1:
    case NATIVE_TYPE_U1:
      return W == Width::W8;
    case NATIVE_TYPE_I2:
    case NATIVE_TYPE_U2:
      return W == Width::W16;
    case NATIVE_TYPE_I4:
    case NATIVE_TYPE_U4:
      return W == Width::W32 && Class == ScalarType::Integer;
    case NATIVE_TYPE_I8:
    case NATIVE_TYPE_U8:
      return W == Width::W64 && Class == ScalarType::Integer;
    case NATIVE_TYPE_R4:
      return W == Width::W32 && Class == ScalarType::Float;
    case NATIVE_TYPE_R8:
      return W == Width::W64 && Class == ScalarType::Float;
    case NATIVE_TYPE_INT:
    case NATIVE_TYPE_UINT:
      return W == Width::Pointer;
    case NATIVE_TYPE_ERROR:
      return W == Width::W32 && Class == ScalarType::Integer;
    default:
      return false;
    }
  };
  if (Marshals && As && As->Native == NATIVE_TYPE_ERROR && W == Width::W32 &&
      Class == ScalarType::Integer)
    if (const auto *No = refuses(runtime::Rule::ErrorNumber))
      return problem(No->Otherwise);
  if (Marshals && As && !IsOwn())
    if (const auto &A = ask(runtime::Rule::NumberMarshalAs); !A.Holds)
      return problem(A.Otherwise);
  return scalar(Class, W, S);
}

/// Lowers an `object`, which has a native form only with [MarshalAs].
Lowered Lowering::anyObject(const MarshalAs *As, const Context &C) {
  switch (As ? As->Native : NATIVE_TYPE_MAX) {
  case NATIVE_TYPE_ASANY:
    if (C.Where != Context::Param || C.IsCallback)
      return problem("cannot be marshalled as 'as-any', except for a parameter "
                     "that is passed to native code");
    return pointerTo({Types.make<VoidType>(), {}});
  case NATIVE_TYPE_IUNKNOWN:
  case NATIVE_TYPE_IDISPATCH:
  case NATIVE_TYPE_INTF:
    if (const auto *No = refuses(runtime::Rule::ComInterface))
      return problem(No->Otherwise);
    return pointerTo({Types.make<VoidType>(), {}});
  default:
    return problem("cannot be marshalled: an object has no native form");
  }
}

Lowered Lowering::primitive(Primitive P, const MarshalAs *As,
                            const Context &C) {
  constexpr auto Integer = ScalarType::Integer;
  constexpr auto Signed = Signedness::Signed;
  constexpr auto Unsigned = Signedness::Unsigned;
  bool Marshals = C.How == Marshalling::PInvoke;
  switch (P) {
  case Primitive::Void:
    return {Types.make<VoidType>(), {}};
  case Primitive::Boolean: {
    std::optional<Width> W = Marshals ? boolWidth(As) : Width::W8;
    if (!W)
      return problem("cannot be marshalled as '" + name(As->Native) + "'");
    if (*W == Width::W16)
      if (const auto &A = ask(runtime::Rule::VariantBool); !A.Holds)
        return problem(A.Otherwise);
    return scalar(ScalarType::Bool, *W, Unsigned);
  }
  case Primitive::Char:
    if (Marshals)
      return character(As, C);
    return scalar(ScalarType::Character, Width::W16, Unsigned);
  case Primitive::SByte:
    return number(Integer, Width::W8, Signed, As, Marshals);
  case Primitive::Byte:
    return number(Integer, Width::W8, Unsigned, As, Marshals);
  case Primitive::Int16:
    return number(Integer, Width::W16, Signed, As, Marshals);
  case Primitive::UInt16:
    return number(Integer, Width::W16, Unsigned, As, Marshals);
  case Primitive::Int32:
    return number(Integer, Width::W32, Signed, As, Marshals);
  case Primitive::UInt32:
    return number(Integer, Width::W32, Unsigned, As, Marshals);
  case Primitive::Int64:
    return number(Integer, Width::W64, Signed, As, Marshals);
  case Primitive::UInt64:
    return number(Integer, Width::W64, Unsigned, As, Marshals);
  case Primitive::Single:
    return number(ScalarType::Float, Width::W32, Signed, As, Marshals);
  case Primitive::Double:
    return number(ScalarType::Float, Width::W64, Signed, As, Marshals);
  case Primitive::IntPtr:
    return number(Integer, Width::Pointer, Signed, As, Marshals);
  case Primitive::UIntPtr:
    return number(Integer, Width::Pointer, Unsigned, As, Marshals);
  case Primitive::String:
    return Marshals ? string(As, C)
                    : object("System.String", ObjectKind::String);
  case Primitive::Object:
    if (!Marshals)
      return object("System.Object", ObjectKind::Any);
    return anyObject(As, C);
  case Primitive::TypedReference:
    return problem("cannot be passed to native code");
  }
  llvm_unreachable("not a primitive");
}

} // namespace ilbridge::managed
