//===- StructConversion.h - Conversion of structs ---------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A struct with a bool or a string has two forms: the managed form, and the
// native form that platform invoke creates. Lowering computes both. If a
// runtime does not marshal, generated code converts the struct field by field:
//
//   struct ─ Lowering ─▶ both forms ─ StructConversions ─▶ a list of fields
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_MANAGED_STRUCTCONVERSION_H
#define ILBRIDGE_MANAGED_STRUCTCONVERSION_H

#include "ilbridge/managed/Lowering.h"

namespace ilbridge::managed {

struct StructConversion;

/// One field of a struct, or one element of an array in it.
struct ValueConversion {
  enum Kind : uint8_t {
    Same,           ///< both forms have the same bytes
    Truth,          ///< a bool, which can have another width in native code
    Character,      ///< a UTF-16 code unit; its low byte is the native form
    Text,           ///< a string; the address of its characters is passed
    InlineText,     ///< a string, as an array of characters
    InlineElements, ///< an array, as an array in the struct
    Fields,         ///< a struct whose fields are converted: Struct
  };
  Kind How = Same;
  /// The two forms of the value.
  const ilbridge::Type *Held = nullptr, *Native = nullptr;
  std::shared_ptr<const StructConversion> Struct; ///< for Fields
  std::vector<ValueConversion> Element;           ///< one, for InlineElements
};

/// The two forms of a struct whose bytes differ.
struct StructConversion {
  /// The managed form.
  const RecordType *Held = nullptr;
  /// The native form, or null if the struct has none.
  const RecordType *Native = nullptr;
  /// The fields, in the order of both forms. It is empty if a problem concerns
  /// the whole struct.
  std::vector<ValueConversion> Fields;
  /// The reason why generated code cannot convert one form to the other, or
  /// empty. Each names the field and completes "'T' cannot be passed: …".
  std::string ToNativeProblem, ToManagedProblem;

  /// Returns true if \p Is returns true for a field, for a field of a struct in
  /// it, or for an element.
  bool any(llvm::function_ref<bool(const ValueConversion &)> Is) const;
};

/// The directions in which the elements of an array, or the variable behind a
/// `ref`, are copied. (.NET documentation, "Directional attributes")
struct CopyDirections {
  bool ToNative, ToManaged;
};
CopyDirections copyDirections(const PassedValue &Param);

/// Returns the type of the struct that a parameter or result of the type \p T
/// passes by value, by address, or as the elements of an array. Returns null if
/// it passes no struct.
const TypeSig *passedStruct(const TypeSig &T);

class StructConversions {
public:
  /// \p Lowers has to outlive this object.
  explicit StructConversions(Lowering &Lowers) : Lowers(Lowers) {}

  /// Returns the conversion of the struct \p T; null if managed and native code
  /// have the same bytes, or if \p T has no form that managed code stores.
  std::shared_ptr<const StructConversion> find(const TypeSig &T);

private:
  std::shared_ptr<StructConversion> make(const TypeSig &T);
  void addFields(StructConversion &C, const TypeDef &D);
  ValueConversion field(StructConversion &C, const TypeSig &T,
                        const MarshalAs *As, const ilbridge::Type &Held,
                        const ilbridge::Type &Native,
                        const std::string &Subject);
  ValueConversion inlineElements(StructConversion &C, const TypeSig &T,
                                 const ilbridge::Type &Held,
                                 const ArrayType &Native,
                                 const std::string &Subject);

  Lowering &Lowers;
  std::map<const TypeSig *, std::shared_ptr<const StructConversion>> Known;
};

} // namespace ilbridge::managed

#endif // ILBRIDGE_MANAGED_STRUCTCONVERSION_H
