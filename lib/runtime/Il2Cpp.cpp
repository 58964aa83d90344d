//===- Il2Cpp.cpp - Unity's ahead-of-time compiled code -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Descriptions.h"

namespace ilbridge::runtime {

/// il2cpp-object-internals.h
static constexpr HeapType HeapTypes[] = {
    {ObjectKind::Any, "Il2CppObject"},
    {ObjectKind::String, "Il2CppString"},
    {ObjectKind::Array, "Il2CppArray"},
    {ObjectKind::Array, "Il2CppArraySize"},
    {ObjectKind::Type, "Il2CppReflectionType"},
    {ObjectKind::Type, "Il2CppReflectionRuntimeType"},
    {ObjectKind::Delegate, "Il2CppDelegate"},
    {ObjectKind::Delegate, "Il2CppMulticastDelegate"},
    {ObjectKind::Exception, "Il2CppException"},
    {ObjectKind::Other, "Il2CppReflectionAssembly"},
    {ObjectKind::Other, "Il2CppReflectionModule"},
    {ObjectKind::Other, "Il2CppReflectionMethod"},
    {ObjectKind::Other, "Il2CppReflectionField"},
    {ObjectKind::Other, "Il2CppReflectionProperty"},
    {ObjectKind::Other, "Il2CppReflectionParameter"},
    {ObjectKind::Other, "Il2CppThread"},
    {ObjectKind::Other, "Il2CppInternalThread"},
    {ObjectKind::Other, "Il2CppAppDomain"},
    {ObjectKind::Other, "Il2CppStringBuilder"},
    {ObjectKind::Other, "Il2CppComObject"},
};

static constexpr llvm::StringRef GenericTypes =
    "cannot be marshalled: il2cpp does not marshal generic types";
static constexpr llvm::StringRef Manual =
    "Unity documentation, \"IL2CPP limitations\"";

/// il2cpp cannot be run without Unity.
static constexpr llvm::StringRef NotExecuted =
    "not executed; as .NET documents it";

static constexpr RuleValue RuleValues[] = {
    {Rule::GenericStruct, false, GenericTypes, Manual},
    {Rule::GenericStructConversion, false, GenericTypes, Manual},
    {Rule::GenericFieldConversion, false, GenericTypes, Manual},
    {Rule::GenericElement, false, GenericTypes, Manual},
    {Rule::RawExplicitLayout, false, "", NotExecuted},
    {Rule::ConvertedUnion, false,
     "cannot be marshalled: il2cpp refuses overlapping fields that need a "
     "conversion",
     NotExecuted},
    {Rule::Span, false, GenericTypes, Manual},
    {Rule::LPStruct, false,
     "cannot be marshalled as 'lpstruct', except for Guid and decimal",
     NotExecuted},
    {Rule::ClassByReference, true, "", NotExecuted},
    {Rule::DateTimeInMemory, true, "", NotExecuted},
    {Rule::ManagedStructByValue, true, "", "il2cpp's generated code"},
    {Rule::PackedByValue, true, "", "il2cpp's generated code"},
    {Rule::InlineArray, false,
     "cannot be passed: il2cpp does not know [InlineArray] and passes one "
     "element",
     NotExecuted},
    {Rule::CNumbers, false, "", NotExecuted},
    {Rule::Int128, false, "", NotExecuted},
    {Rule::Int128ByValue, true, "", NotExecuted},
    {Rule::VectorAlignment, false, "", NotExecuted},
    {Rule::VectorByValue, true, "", NotExecuted},
    {Rule::DisabledMarshalling, false, "", NotExecuted},
    {Rule::UnmanagedCallersOnly, false,
     "cannot be called by native code: il2cpp does not know "
     "[UnmanagedCallersOnly]",
     NotExecuted},
    {Rule::UnmanagedCallConv, false, "", NotExecuted},
    {Rule::DecimalFieldByValue, true, "", NotExecuted},
    {Rule::ByValArrayOfStructs, true, "", NotExecuted},
    {Rule::ByValArrayOfText, true, "", NotExecuted},
    {Rule::ByValArrayCharSet, true, "", NotExecuted},
    {Rule::BStrFromNative, true, "", NotExecuted},
    {Rule::HandleFieldFromNative, true, "", NotExecuted},
    {Rule::HandleRefField, true, "", NotExecuted},
    {Rule::RuntimeHandleFromNative, true, "", NotExecuted},
    {Rule::PreserveSig, true, "", NotExecuted},
    {Rule::ErrorNumber, true, "", NotExecuted},
    {Rule::AnsiBStr, true, "", NotExecuted},
    {Rule::BStrElement, true, "", NotExecuted},
    {Rule::Utf8Element, true, "", NotExecuted},
    {Rule::CriticalHandle, true, "", NotExecuted},
    {Rule::HandleMarshalAs, true, "", NotExecuted},
    {Rule::ComInterface, true, "", NotExecuted},
    {Rule::CharSetOfChar, true, "", NotExecuted},
    {Rule::NumberMarshalAs, true, "", NotExecuted},
    {Rule::StringBuilderResult, true, "", NotExecuted},
    {Rule::LPTStrIsNarrow, true, "", NotExecuted},
    {Rule::BoolElementType, true, "", NotExecuted},
    {Rule::Currency, true, "", NotExecuted},
    {Rule::VariantBool, true, "", NotExecuted},
    {Rule::DelegateByReference, true, "", NotExecuted},
    {Rule::FunctionPointerParameter, true, "", NotExecuted},
    {Rule::GenericDelegate, false,
     "cannot be marshalled: il2cpp does not marshal generic delegates", Manual},
};

/// il2cpp-api-functions.h
static constexpr Registrar Registrars[] = {
    {"il2cpp_add_internal_call", Crossing::InternalCall, 0, 1},
};

static constexpr Runtime describe() {
  Runtime R;
  R.Name = "il2cpp";
  R.Title = "il2cpp";
  R.Conversions = {Conversion::Marshalled, Conversion::Unchanged,
                   Conversion::Absent,     Conversion::Absent,
                   Conversion::Marshalled, Conversion::Unchanged,
                   Conversion::Absent};
  R.RuleValues = RuleValues;
  R.HeapTypes = HeapTypes;
  R.OwnPrefix = "Il2Cpp";
  R.Names.HasParameters = true;
  R.Delegates = Callbacks::Marked; // Unity documentation, "IL2CPP limitations"
  R.Registrars = Registrars;
  R.Registers = {
      "il2cpp_add_internal_call registers an internal call; a P/Invoke of the "
      "library __Internal is a symbol that the linker finds.",
      "A method is resolved at its first call.",
      "The second registration of a name replaces the first one.",
      "A call of an internal call throws MissingMethodException; a P/Invoke of "
      "__Internal without a function does not link."};
  return R;
}
static constexpr Runtime Compiled = describe();

llvm::ArrayRef<const Runtime *> il2cpp() {
  static constexpr const Runtime *Versions[] = {&Compiled};
  return Versions;
}

} // namespace ilbridge::runtime
