//===- MarshalSpec.h - How a field or parameter is marshalled ---*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_ECMA335_MARSHALSPEC_H
#define ILBRIDGE_ECMA335_MARSHALSPEC_H

#include "ilbridge/ecma335/FileView.h"
#include "ilbridge/ecma335/Flags.h"
#include "ilbridge/ecma335/Token.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <optional>

namespace ilbridge::ecma335 {

class Module;

/// The content of FieldMarshal.NativeType (II.23.4), with the additions of
/// runtimes. In C#, it is written as [MarshalAs].
struct MarshalSpec {
  /// A value of NativeType, or a number that has no name there.
  uint32_t Kind = 0;

  /// ARRAY, FIXEDARRAY: the native type of the elements, if it is stated.
  std::optional<uint32_t> ElementKind;
  /// ARRAY: the index of the parameter that contains the number of elements
  /// (SizeParamIndex), counted from 0 without `this`.
  std::optional<uint32_t> SizeParam;
  /// FIXEDARRAY, FIXEDSYSSTRING: the number of elements or characters. ARRAY:
  /// the number of elements, or a number that is added to the value of the
  /// parameter (SizeConst).
  std::optional<uint32_t> Size;

  /// SAFEARRAY: the VARIANT type (VT_*) of the elements.
  std::optional<uint32_t> SafeArrayType;
  /// SAFEARRAY of VT_RECORD, VT_DISPATCH or VT_UNKNOWN: the serialized name of
  /// the element type.
  llvm::StringRef SafeArrayUserType;

  /// IUNKNOWN, IDISPATCH, INTF: the index of the parameter that contains the
  /// interface's id.
  std::optional<uint32_t> IidParam;

  /// CUSTOMMARSHALER: the class that marshals, and its argument. No runtime
  /// uses the first two members.
  llvm::StringRef CustomGuid;
  llvm::StringRef CustomNativeType;
  llvm::StringRef CustomMarshaler;
  llvm::StringRef CustomCookie;
};
/// Prints in the syntax of ilasm: "lpwstr", "fixed array [4] int32".
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const MarshalSpec &S);

/// \returns "lpwstr" for NATIVE_TYPE_LPWSTR: the keyword of ilasm, or else the
/// name in C#, in lower case. Empty for a number without a name.
llvm::StringRef nativeTypeName(uint32_t Kind);

/// Decodes a marshalling descriptor (II.23.4). Its strings are views of the
/// file. It is an error if the blob ends too early.
llvm::Expected<MarshalSpec> readMarshalSpec(const FileView &File,
                                            llvm::ArrayRef<uint8_t> Blob);
llvm::Expected<MarshalSpec> readMarshalSpec(const Module &M, BlobIndex I);

} // namespace ilbridge::ecma335

#endif // ILBRIDGE_ECMA335_MARSHALSPEC_H
