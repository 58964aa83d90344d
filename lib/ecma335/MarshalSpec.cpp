//===- MarshalSpec.cpp - How a field or parameter is marshalled -----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/ecma335/MarshalSpec.h"
#include "ByteReader.h"
#include "ilbridge/ecma335/Module.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::ecma335 {

using llvm::Expected;
using llvm::StringRef;

Expected<MarshalSpec> readMarshalSpec(const FileView &File,
                                      llvm::ArrayRef<uint8_t> Blob) {
  MarshalSpec S;
  ByteReader R(Blob, "ECMA-335 II.23.4");
  S.Kind = R.compressed();
  // The blob may end after each of the remaining parts.
  auto optional = [&R](std::optional<uint32_t> &Value) {
    if (!R.atEnd())
      Value = R.compressed();
  };
  switch (S.Kind) {
  case NATIVE_TYPE_ARRAY: {
    optional(S.ElementKind);
    if (S.ElementKind == NATIVE_TYPE_MAX)
      S.ElementKind.reset();
    optional(S.SizeParam);
    optional(S.Size);
    // Newer compilers also state whether SizeParam is set. Without this flag, a
    // 0 in an array of constant size could be mistaken for the number of a
    // parameter.
    std::optional<uint32_t> Flags;
    optional(Flags);
    constexpr uint32_t SizeParamIndexSpecified = 1;
    if (Flags && !(*Flags & SizeParamIndexSpecified))
      S.SizeParam.reset();
    break;
  }
  case NATIVE_TYPE_FIXEDARRAY:
    optional(S.Size);
    optional(S.ElementKind);
    if (S.ElementKind == NATIVE_TYPE_MAX)
      S.ElementKind.reset();
    break;
  case NATIVE_TYPE_FIXEDSYSSTRING:
    optional(S.Size);
    break;
  case NATIVE_TYPE_SAFEARRAY:
    optional(S.SafeArrayType);
    if (!R.atEnd())
      S.SafeArrayUserType = R.serString().value_or(StringRef());
    break;
  case NATIVE_TYPE_IUNKNOWN:
  case NATIVE_TYPE_IDISPATCH:
  case NATIVE_TYPE_INTF:
    optional(S.IidParam);
    break;
  case NATIVE_TYPE_CUSTOMMARSHALER:
    S.CustomGuid = R.serString().value_or(StringRef());
    S.CustomNativeType = R.serString().value_or(StringRef());
    S.CustomMarshaler = R.serString().value_or(StringRef());
    S.CustomCookie = R.serString().value_or(StringRef());
    break;
  default:
    break;
  }
  if (R.failed())
    return R.takeError(File);
  return S;
}

Expected<MarshalSpec> readMarshalSpec(const Module &M, BlobIndex I) {
  auto Blob = M.blob(I);
  if (!Blob)
    return Blob.takeError();
  return readMarshalSpec(M.file(), *Blob);
}

static constexpr struct {
  NativeType Kind;
  const char *Name;
} Names[] = {
    {NATIVE_TYPE_VOID, "void"},
    {NATIVE_TYPE_BOOLEAN, "bool"},
    {NATIVE_TYPE_I1, "int8"},
    {NATIVE_TYPE_U1, "uint8"},
    {NATIVE_TYPE_I2, "int16"},
    {NATIVE_TYPE_U2, "uint16"},
    {NATIVE_TYPE_I4, "int32"},
    {NATIVE_TYPE_U4, "uint32"},
    {NATIVE_TYPE_I8, "int64"},
    {NATIVE_TYPE_U8, "uint64"},
    {NATIVE_TYPE_R4, "float32"},
    {NATIVE_TYPE_R8, "float64"},
    {NATIVE_TYPE_SYSCHAR, "syschar"},
    {NATIVE_TYPE_VARIANT, "variant"},
    {NATIVE_TYPE_CURRENCY, "currency"},
    {NATIVE_TYPE_PTR, "*"},
    {NATIVE_TYPE_DECIMAL, "decimal"},
    {NATIVE_TYPE_DATE, "date"},
    {NATIVE_TYPE_BSTR, "bstr"},
    {NATIVE_TYPE_LPSTR, "lpstr"},
    {NATIVE_TYPE_LPWSTR, "lpwstr"},
    {NATIVE_TYPE_LPTSTR, "lptstr"},
    {NATIVE_TYPE_FIXEDSYSSTRING, "fixed sysstring"},
    {NATIVE_TYPE_OBJECTREF, "objectref"},
    {NATIVE_TYPE_IUNKNOWN, "iunknown"},
    {NATIVE_TYPE_IDISPATCH, "idispatch"},
    {NATIVE_TYPE_STRUCT, "struct"},
    {NATIVE_TYPE_INTF, "interface"},
    {NATIVE_TYPE_SAFEARRAY, "safearray"},
    {NATIVE_TYPE_FIXEDARRAY, "fixed array"},
    {NATIVE_TYPE_INT, "int"},
    {NATIVE_TYPE_UINT, "uint"},
    {NATIVE_TYPE_NESTEDSTRUCT, "nested struct"},
    {NATIVE_TYPE_BYVALSTR, "byvalstr"},
    {NATIVE_TYPE_ANSIBSTR, "ansi bstr"},
    {NATIVE_TYPE_TBSTR, "tbstr"},
    {NATIVE_TYPE_VARIANTBOOL, "variant bool"},
    {NATIVE_TYPE_FUNC, "method"},
    {NATIVE_TYPE_ASANY, "as any"},
    {NATIVE_TYPE_ARRAY, "array"},
    {NATIVE_TYPE_LPSTRUCT, "lpstruct"},
    {NATIVE_TYPE_CUSTOMMARSHALER, "custom"},
    {NATIVE_TYPE_ERROR, "error"},
    {NATIVE_TYPE_IINSPECTABLE, "iinspectable"},
    {NATIVE_TYPE_HSTRING, "hstring"},
    {NATIVE_TYPE_LPUTF8STR, "lputf8str"},
};

StringRef nativeTypeName(uint32_t Kind) {
  for (const auto &N : Names)
    if (N.Kind == Kind)
      return N.Name;
  return "";
}

static void printKind(llvm::raw_ostream &OS, uint32_t Kind) {
  StringRef Name = nativeTypeName(Kind);
  if (Name.empty())
    OS << "native type " << Kind;
  else
    OS << Name;
}

llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const MarshalSpec &S) {
  switch (S.Kind) {
  case NATIVE_TYPE_ARRAY:
    if (S.ElementKind)
      printKind(OS, *S.ElementKind);
    OS << '[';
    if (S.Size)
      OS << *S.Size;
    if (S.SizeParam)
      OS << (S.Size ? " + " : "+ ") << *S.SizeParam;
    return OS << ']';
  case NATIVE_TYPE_FIXEDARRAY:
    OS << "fixed array [" << S.Size.value_or(0) << ']';
    if (S.ElementKind) {
      OS << ' ';
      printKind(OS, *S.ElementKind);
    }
    return OS;
  case NATIVE_TYPE_FIXEDSYSSTRING:
    return OS << "fixed sysstring [" << S.Size.value_or(0) << ']';
  case NATIVE_TYPE_CUSTOMMARSHALER:
    OS << "custom (\"" << S.CustomMarshaler << "\", \"" << S.CustomCookie
       << '"';
    if (!S.CustomGuid.empty() || !S.CustomNativeType.empty())
      OS << ", \"" << S.CustomGuid << "\", \"" << S.CustomNativeType << '"';
    return OS << ')';
  default:
    printKind(OS, S.Kind);
    if (S.SafeArrayType)
      OS << " vt(" << *S.SafeArrayType << ')';
    if (!S.SafeArrayUserType.empty())
      OS << " \"" << S.SafeArrayUserType << '"';
    if (S.IidParam)
      OS << " (iidparam = " << *S.IidParam << ')';
    return OS;
  }
}

} // namespace ilbridge::ecma335
