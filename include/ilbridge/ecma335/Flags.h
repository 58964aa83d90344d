//===- Flags.h - The constants of ECMA-335 II.23.1 --------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Names and values are those of the standard, with the additions of later
// runtimes. Sets of flags are combined with |, & and ~. has() tests one flag,
// and field() extracts the part that a mask delimits:
//
//   if (has(Row.Flags, MethodAttributes::PInvokeImpl)) …
//   if (field(Row.Flags, TypeAttributes::LayoutMask) ==
//       TypeAttributes::ExplicitLayout) …
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_ECMA335_FLAGS_H
#define ILBRIDGE_ECMA335_FLAGS_H

#include <cstdint>
#include <type_traits>

namespace ilbridge::ecma335 {

/// II.23.1.1
enum class AssemblyHashAlgorithm : uint32_t {
  None = 0x0000,
  MD5 = 0x8003,
  SHA1 = 0x8004,
};

/// II.23.1.2
enum class AssemblyFlags : uint32_t {
  PublicKey = 0x0001,
  Retargetable = 0x0100,
  WindowsRuntime = 0x0200,
  DisableJITcompileOptimizer = 0x4000,
  EnableJITcompileTracking = 0x8000,
};

/// II.23.1.4
enum class EventAttributes : uint16_t {
  SpecialName = 0x0200,
  RTSpecialName = 0x0400,
};

/// II.23.1.5
enum class FieldAttributes : uint16_t {
  FieldAccessMask = 0x0007,
  CompilerControlled = 0x0000,
  Private = 0x0001,
  FamANDAssem = 0x0002,
  Assembly = 0x0003,
  Family = 0x0004,
  FamORAssem = 0x0005,
  Public = 0x0006,
  Static = 0x0010,
  InitOnly = 0x0020,
  Literal = 0x0040,
  NotSerialized = 0x0080,
  SpecialName = 0x0200,
  PInvokeImpl = 0x2000,
  RTSpecialName = 0x0400,
  HasFieldMarshal = 0x1000,
  HasDefault = 0x8000,
  HasFieldRVA = 0x0100,
};

/// II.23.1.6
enum class FileAttributes : uint32_t {
  ContainsMetaData = 0x0000,
  ContainsNoMetaData = 0x0001,
};

/// II.23.1.7
enum class GenericParamAttributes : uint16_t {
  VarianceMask = 0x0003,
  None = 0x0000,
  Covariant = 0x0001,
  Contravariant = 0x0002,
  SpecialConstraintMask = 0x001C,
  ReferenceTypeConstraint = 0x0004,
  NotNullableValueTypeConstraint = 0x0008,
  DefaultConstructorConstraint = 0x0010,
  AllowByRefLike = 0x0020, ///< .NET 9
};

/// II.23.1.8
enum class PInvokeAttributes : uint16_t {
  NoMangle = 0x0001,
  CharSetMask = 0x0006,
  CharSetNotSpec = 0x0000,
  CharSetAnsi = 0x0002,
  CharSetUnicode = 0x0004,
  CharSetAuto = 0x0006,
  BestFitMask = 0x0030,
  BestFitUseAssem = 0x0000,
  BestFitEnabled = 0x0010,
  BestFitDisabled = 0x0020,
  SupportsLastError = 0x0040,
  CallConvMask = 0x0700,
  CallConvPlatformapi = 0x0100,
  CallConvCdecl = 0x0200,
  CallConvStdcall = 0x0300,
  CallConvThiscall = 0x0400,
  CallConvFastcall = 0x0500,
  ThrowOnUnmappableCharMask = 0x3000,
  ThrowOnUnmappableCharUseAssem = 0x0000,
  ThrowOnUnmappableCharEnabled = 0x1000,
  ThrowOnUnmappableCharDisabled = 0x2000,
};

/// II.23.1.9
enum class ManifestResourceAttributes : uint32_t {
  VisibilityMask = 0x0007,
  Public = 0x0001,
  Private = 0x0002,
};

/// II.23.1.10
enum class MethodAttributes : uint16_t {
  MemberAccessMask = 0x0007,
  CompilerControlled = 0x0000,
  Private = 0x0001,
  FamANDAssem = 0x0002,
  Assem = 0x0003,
  Family = 0x0004,
  FamORAssem = 0x0005,
  Public = 0x0006,
  Static = 0x0010,
  Final = 0x0020,
  Virtual = 0x0040,
  HideBySig = 0x0080,
  VtableLayoutMask = 0x0100,
  ReuseSlot = 0x0000,
  NewSlot = 0x0100,
  Strict = 0x0200,
  Abstract = 0x0400,
  SpecialName = 0x0800,
  PInvokeImpl = 0x2000,
  UnmanagedExport = 0x0008,
  RTSpecialName = 0x1000,
  HasSecurity = 0x4000,
  RequireSecObject = 0x8000,
};

/// II.23.1.11
enum class MethodImplAttributes : uint16_t {
  CodeTypeMask = 0x0003,
  IL = 0x0000,
  Native = 0x0001,
  OPTIL = 0x0002,
  Runtime = 0x0003,
  ManagedMask = 0x0004,
  Unmanaged = 0x0004,
  Managed = 0x0000,
  ForwardRef = 0x0010,
  PreserveSig = 0x0080,
  InternalCall = 0x1000,
  Synchronized = 0x0020,
  NoInlining = 0x0008,
  NoOptimization = 0x0040,
  AggressiveInlining = 0x0100,     ///< .NET Framework 4.5
  AggressiveOptimization = 0x0200, ///< .NET Core 3.0
};

/// II.23.1.12
enum class MethodSemanticsAttributes : uint16_t {
  Setter = 0x0001,
  Getter = 0x0002,
  Other = 0x0004,
  AddOn = 0x0008,
  RemoveOn = 0x0010,
  Fire = 0x0020,
};

/// II.23.1.13
enum class ParamAttributes : uint16_t {
  In = 0x0001,
  Out = 0x0002,
  Optional = 0x0010,
  HasDefault = 0x1000,
  HasFieldMarshal = 0x2000,
};

/// II.23.1.14
enum class PropertyAttributes : uint16_t {
  SpecialName = 0x0200,
  RTSpecialName = 0x0400,
  HasDefault = 0x1000,
};

/// II.23.1.15
enum class TypeAttributes : uint32_t {
  VisibilityMask = 0x00000007,
  NotPublic = 0x00000000,
  Public = 0x00000001,
  NestedPublic = 0x00000002,
  NestedPrivate = 0x00000003,
  NestedFamily = 0x00000004,
  NestedAssembly = 0x00000005,
  NestedFamANDAssem = 0x00000006,
  NestedFamORAssem = 0x00000007,
  LayoutMask = 0x00000018,
  AutoLayout = 0x00000000,
  SequentialLayout = 0x00000008,
  ExplicitLayout = 0x00000010,
  ClassSemanticsMask = 0x00000020,
  Class = 0x00000000,
  Interface = 0x00000020,
  Abstract = 0x00000080,
  Sealed = 0x00000100,
  SpecialName = 0x00000400,
  Import = 0x00001000,
  Serializable = 0x00002000,
  StringFormatMask = 0x00030000,
  AnsiClass = 0x00000000,
  UnicodeClass = 0x00010000,
  AutoClass = 0x00020000,
  CustomFormatClass = 0x00030000,
  CustomStringFormatMask = 0x00C00000,
  BeforeFieldInit = 0x00100000,
  RTSpecialName = 0x00000800,
  HasSecurity = 0x00040000,
  IsTypeForwarder = 0x00200000,
};

/// II.25.3.3.1: the flags of the CLI header.
enum class RuntimeFlags : uint32_t {
  ILONLY = 0x00000001,
  Requires32Bit = 0x00000002, ///< 32BITREQUIRED
  StrongNameSigned = 0x00000008,
  NativeEntryPoint = 0x00000010,
  TrackDebugData = 0x00010000,
  Prefers32Bit = 0x00020000, ///< 32BITPREFERRED, .NET Framework 4.5
};

/// II.23.1.16: the meaning of a byte in a signature.
enum ElementType : uint8_t {
  ELEMENT_TYPE_END = 0x00,
  ELEMENT_TYPE_VOID = 0x01,
  ELEMENT_TYPE_BOOLEAN = 0x02,
  ELEMENT_TYPE_CHAR = 0x03,
  ELEMENT_TYPE_I1 = 0x04,
  ELEMENT_TYPE_U1 = 0x05,
  ELEMENT_TYPE_I2 = 0x06,
  ELEMENT_TYPE_U2 = 0x07,
  ELEMENT_TYPE_I4 = 0x08,
  ELEMENT_TYPE_U4 = 0x09,
  ELEMENT_TYPE_I8 = 0x0a,
  ELEMENT_TYPE_U8 = 0x0b,
  ELEMENT_TYPE_R4 = 0x0c,
  ELEMENT_TYPE_R8 = 0x0d,
  ELEMENT_TYPE_STRING = 0x0e,
  ELEMENT_TYPE_PTR = 0x0f,
  ELEMENT_TYPE_BYREF = 0x10,
  ELEMENT_TYPE_VALUETYPE = 0x11,
  ELEMENT_TYPE_CLASS = 0x12,
  ELEMENT_TYPE_VAR = 0x13,
  ELEMENT_TYPE_ARRAY = 0x14,
  ELEMENT_TYPE_GENERICINST = 0x15,
  ELEMENT_TYPE_TYPEDBYREF = 0x16,
  ELEMENT_TYPE_I = 0x18,
  ELEMENT_TYPE_U = 0x19,
  ELEMENT_TYPE_FNPTR = 0x1b,
  ELEMENT_TYPE_OBJECT = 0x1c,
  ELEMENT_TYPE_SZARRAY = 0x1d,
  ELEMENT_TYPE_MVAR = 0x1e,
  ELEMENT_TYPE_CMOD_REQD = 0x1f,
  ELEMENT_TYPE_CMOD_OPT = 0x20,
  ELEMENT_TYPE_INTERNAL = 0x21,
  ELEMENT_TYPE_MODIFIER = 0x40,
  ELEMENT_TYPE_SENTINEL = 0x41,
  ELEMENT_TYPE_PINNED = 0x45,
  // The last four have no name in the standard; they occur in the blobs of
  // custom attributes (II.23.3).
  ELEMENT_TYPE_SYSTEM_TYPE = 0x50,
  ELEMENT_TYPE_BOXED = 0x51,
  ELEMENT_TYPE_ATTRIBUTE_FIELD = 0x53,
  ELEMENT_TYPE_ATTRIBUTE_PROPERTY = 0x54,
  ELEMENT_TYPE_ENUM = 0x55,
};

/// II.23.2.1 to II.23.2.15: the low four bits of a signature's first byte.
enum class SignatureKind : uint8_t {
  Default = 0x0,
  C = 0x1,
  StdCall = 0x2,
  ThisCall = 0x3,
  FastCall = 0x4,
  VarArg = 0x5,
  Field = 0x6,
  LocalSig = 0x7,
  Property = 0x8,
  Unmanaged = 0x9, ///< the platform's, or stated by modopts of the result
  GenericInst = 0xa,
};

/// The high four bits of a signature's first byte.
enum SignatureBit : uint8_t {
  SIGNATURE_GENERIC = 0x10,
  SIGNATURE_HASTHIS = 0x20,
  SIGNATURE_EXPLICITTHIS = 0x40,
};

/// II.23.4, and the additional values of runtimes.
enum NativeType : uint8_t {
  NATIVE_TYPE_VOID = 0x01,
  NATIVE_TYPE_BOOLEAN = 0x02, ///< a 4-byte Win32 BOOL
  NATIVE_TYPE_I1 = 0x03,
  NATIVE_TYPE_U1 = 0x04,
  NATIVE_TYPE_I2 = 0x05,
  NATIVE_TYPE_U2 = 0x06,
  NATIVE_TYPE_I4 = 0x07,
  NATIVE_TYPE_U4 = 0x08,
  NATIVE_TYPE_I8 = 0x09,
  NATIVE_TYPE_U8 = 0x0a,
  NATIVE_TYPE_R4 = 0x0b,
  NATIVE_TYPE_R8 = 0x0c,
  NATIVE_TYPE_SYSCHAR = 0x0d,
  NATIVE_TYPE_VARIANT = 0x0e,
  NATIVE_TYPE_CURRENCY = 0x0f,
  NATIVE_TYPE_PTR = 0x10,
  NATIVE_TYPE_DECIMAL = 0x11,
  NATIVE_TYPE_DATE = 0x12,
  NATIVE_TYPE_BSTR = 0x13,
  NATIVE_TYPE_LPSTR = 0x14,
  NATIVE_TYPE_LPWSTR = 0x15,
  NATIVE_TYPE_LPTSTR = 0x16,
  NATIVE_TYPE_FIXEDSYSSTRING = 0x17,
  NATIVE_TYPE_OBJECTREF = 0x18,
  NATIVE_TYPE_IUNKNOWN = 0x19,
  NATIVE_TYPE_IDISPATCH = 0x1a,
  NATIVE_TYPE_STRUCT = 0x1b,
  NATIVE_TYPE_INTF = 0x1c,
  NATIVE_TYPE_SAFEARRAY = 0x1d,
  NATIVE_TYPE_FIXEDARRAY = 0x1e,
  NATIVE_TYPE_INT = 0x1f,
  NATIVE_TYPE_UINT = 0x20,
  NATIVE_TYPE_NESTEDSTRUCT = 0x21,
  NATIVE_TYPE_BYVALSTR = 0x22,
  NATIVE_TYPE_ANSIBSTR = 0x23,
  NATIVE_TYPE_TBSTR = 0x24,
  NATIVE_TYPE_VARIANTBOOL = 0x25,
  NATIVE_TYPE_FUNC = 0x26,
  NATIVE_TYPE_ASANY = 0x28,
  NATIVE_TYPE_ARRAY = 0x2a,
  NATIVE_TYPE_LPSTRUCT = 0x2b,
  NATIVE_TYPE_CUSTOMMARSHALER = 0x2c,
  NATIVE_TYPE_ERROR = 0x2d,
  NATIVE_TYPE_IINSPECTABLE = 0x2e,
  NATIVE_TYPE_HSTRING = 0x2f,
  NATIVE_TYPE_LPUTF8STR = 0x30,
  NATIVE_TYPE_MAX = 0x50, ///< as an element type: not stated
};

/// The enums above that are sets of flags.
template <typename E> constexpr bool IsFlags = false;
template <> inline constexpr bool IsFlags<AssemblyFlags> = true;
template <> inline constexpr bool IsFlags<EventAttributes> = true;
template <> inline constexpr bool IsFlags<FieldAttributes> = true;
template <> inline constexpr bool IsFlags<FileAttributes> = true;
template <> inline constexpr bool IsFlags<GenericParamAttributes> = true;
template <> inline constexpr bool IsFlags<PInvokeAttributes> = true;
template <> inline constexpr bool IsFlags<ManifestResourceAttributes> = true;
template <> inline constexpr bool IsFlags<MethodAttributes> = true;
template <> inline constexpr bool IsFlags<MethodImplAttributes> = true;
template <> inline constexpr bool IsFlags<MethodSemanticsAttributes> = true;
template <> inline constexpr bool IsFlags<ParamAttributes> = true;
template <> inline constexpr bool IsFlags<PropertyAttributes> = true;
template <> inline constexpr bool IsFlags<TypeAttributes> = true;
template <> inline constexpr bool IsFlags<RuntimeFlags> = true;

template <typename E>
concept FlagSet = IsFlags<E>;

/// \returns the bits of \p F, for printing and arithmetic.
template <typename E> constexpr std::underlying_type_t<E> bits(E F) {
  return static_cast<std::underlying_type_t<E>>(F);
}
template <FlagSet E> constexpr E operator|(E A, E B) {
  return static_cast<E>(bits(A) | bits(B));
}
template <FlagSet E> constexpr E operator&(E A, E B) {
  return static_cast<E>(bits(A) & bits(B));
}
template <FlagSet E> constexpr E operator~(E A) {
  return static_cast<E>(~bits(A));
}
/// \returns whether all bits of \p Bit are set in \p F.
template <FlagSet E> constexpr bool has(E F, E Bit) { return (F & Bit) == Bit; }
/// \returns the part of \p F that \p Mask delimits, to compare with one of
/// the values under that mask.
template <FlagSet E> constexpr E field(E F, E Mask) { return F & Mask; }

} // namespace ilbridge::ecma335

#endif // ILBRIDGE_ECMA335_FLAGS_H
