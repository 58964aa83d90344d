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

/// The content of FieldMarshal.NativeType (II.23.4), with what runtimes have
/// added to it. C#'s words for the same are in [MarshalAs].
struct MarshalSpec {
  /// One of NativeType, or a number without a name there.
  uint32_t Kind = 0;

  /// ARRAY, FIXEDARRAY: what an element is marshalled as, if it is given.
  std::optional<uint32_t> ElementKind;
  /// ARRAY: the parameter that holds the number of elements (SizeParamIndex),
  /// counted from 0 without `this`.
  std::optional<uint32_t> SizeParam;
  /// FIXEDARRAY, FIXEDSYSSTRING: the number of elements or characters; ARRAY:
  /// the number of elements, or what is added to the parameter's (SizeConst).
  std::optional<uint32_t> Size;

  /// SAFEARRAY: the VARIANT type (VT_*) of the elements.
  std::optional<uint32_t> SafeArrayType;
  /// SAFEARRAY of VT_RECORD, VT_DISPATCH or VT_UNKNOWN: the element's
  /// serialised name.
  llvm::StringRef SafeArrayUserType;

  /// IUNKNOWN, IDISPATCH, INTF: the parameter that holds the interface's id.
  std::optional<uint32_t> IidParam;

  /// CUSTOMMARSHALER: the class that marshals, and what it is told. The first
  /// two have no meaning to any runtime.
  llvm::StringRef CustomGuid;
  llvm::StringRef CustomNativeType;
  llvm::StringRef CustomMarshaler;
  llvm::StringRef CustomCookie;
};
/// Prints in the manner of ilasm: "lpwstr", "fixed array [4] int32".
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const MarshalSpec &S);

/// \returns "lpwstr" for NATIVE_TYPE_LPWSTR: ilasm's word, or else C#'s in
/// lower case; empty for a number without a name.
llvm::StringRef nativeTypeName(uint32_t Kind);

/// Decodes a marshalling descriptor (II.23.4). Its strings are in the file.
/// \returns an error where the blob ends within it.
llvm::Expected<MarshalSpec> readMarshalSpec(const FileView &File,
                                            llvm::ArrayRef<uint8_t> Blob);
llvm::Expected<MarshalSpec> readMarshalSpec(const Module &M, BlobIndex I);

} // namespace ilbridge::ecma335

#endif // ILBRIDGE_ECMA335_MARSHALSPEC_H
