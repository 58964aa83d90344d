//===- Mono.cpp - Embedded Mono -------------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Descriptions.h"

namespace ilbridge::runtime {

/// Each of these is declared in mono/metadata/object.h, object-forward.h,
/// reflection.h or appdomain.h, as a typedef of a structure of the same name
/// with a leading underscore.
static constexpr HeapType HeapTypes[] = {
    {ObjectKind::Any, "MonoObject"},
    {ObjectKind::String, "MonoString"},
    {ObjectKind::Array, "MonoArray"},
    {ObjectKind::Type, "MonoReflectionType"},
    {ObjectKind::Type, "MonoReflectionTypeBuilder"},
    {ObjectKind::Delegate, "MonoDelegate"},
    {ObjectKind::Delegate, "MonoMulticastDelegate"},
    {ObjectKind::Exception, "MonoException"},
    {ObjectKind::Other, "MonoReflectionAssembly"},
    {ObjectKind::Other, "MonoReflectionModule"},
    {ObjectKind::Other, "MonoReflectionMethod"},
    {ObjectKind::Other, "MonoReflectionMethodBody"},
    {ObjectKind::Other, "MonoReflectionField"},
    {ObjectKind::Other, "MonoReflectionProperty"},
    {ObjectKind::Other, "MonoReflectionEvent"},
    {ObjectKind::Other, "MonoReflectionParameter"},
    {ObjectKind::Other, "MonoThread"},
    {ObjectKind::Other, "MonoInternalThread"},
    {ObjectKind::Other, "MonoAppDomain"},
    {ObjectKind::Other, "MonoAppContext"},
    {ObjectKind::Other, "MonoStringBuilder"},
    {ObjectKind::Other, "MonoComObject"},
};

static constexpr llvm::StringRef Executed = "executed with Mono 6.8";

static constexpr llvm::StringRef Older =
    ".NET documentation: newer than Mono 6.8";

static constexpr RuleValue RuleValues[] = {
    {Rule::GenericStruct, true, "", Executed},
    {Rule::GenericStructConversion, true, "", Executed},
    {Rule::GenericFieldConversion, false,
     "cannot be marshalled: Mono crashes if a generic struct that is a field "
     "has fields that need a conversion",
     Executed},
    {Rule::GenericElement, false,
     "cannot be marshalled: Mono aborts if the elements of an array are "
     "generic structs",
     Executed},
    {Rule::RawExplicitLayout, true, "", Executed},
    {Rule::ConvertedUnion, false, "", Executed},
    {Rule::Span, true, "", Executed},
    {Rule::LPStruct, true, "", Executed},
    {Rule::ClassByReference, false,
     "cannot be marshalled: Mono crashes if a class with a layout is passed by "
     "reference",
     Executed},
    {Rule::DateTimeInMemory, false,
     "cannot be marshalled: Mono converts a DateTime only if it is a parameter "
     "of a P/Invoke",
     Executed},
    {Rule::ManagedStructByValue, false,
     "cannot be passed by value: Mono passes it where the marshalled struct, "
     "which has another size, would be; take its address",
     Executed},
    {Rule::PackedByValue, false,
     "cannot be passed by value: Mono passes a struct with unaligned fields in "
     "registers on x86-64, and C does not; take its address",
     Executed, PlatformSet::UnixX64},
    {Rule::PackedByValue, true, "", "not executed; as C passes it"},
    {Rule::InlineArray, false,
     "cannot be passed: Mono 6 does not know [InlineArray] and passes one "
     "element",
     Older},
    {Rule::CNumbers, false, "", Older},
    {Rule::Int128, false, "", Older},
    {Rule::Int128ByValue, true, "", Older},
    {Rule::VectorAlignment, false, "", Older},
    {Rule::VectorByValue, true, "", Older},
    {Rule::DisabledMarshalling, false, "", Older},
    {Rule::UnmanagedCallersOnly, false,
     "cannot be called by native code: Mono 6 does not know "
     "[UnmanagedCallersOnly]",
     Older},
    {Rule::UnmanagedCallConv, false, "", Older},
    {Rule::DecimalFieldByValue, true, "", Executed},
    {Rule::ByValArrayOfStructs, false,
     "cannot be passed by value: Mono misplaces a ByValArray of structs; take "
     "its address",
     Executed},
    {Rule::ByValArrayOfText, false,
     "cannot be marshalled: Mono does not convert the strings of a ByValArray",
     Executed},
    {Rule::ByValArrayCharSet, false, "", Executed},
    {Rule::BStrFromNative, false,
     "cannot be marshalled: Mono converts a BStr field only of a struct that "
     "is passed to native code by value",
     Executed},
    {Rule::HandleFieldFromNative, true, "", Executed},
    {Rule::HandleRefField, true, "", Executed},
    {Rule::RuntimeHandleFromNative, true, "", Executed},
    {Rule::PreserveSig, false, "", Executed},
    {Rule::ErrorNumber, true, "", Executed},
    {Rule::AnsiBStr, false,
     "cannot be marshalled: Mono has neither AnsiBStr nor TBStr", Executed},
    {Rule::BStrElement, false,
     "cannot be marshalled: Mono crashes if the elements of an array are BStr",
     Executed},
    {Rule::Utf8Element, true, "", Executed},
    {Rule::CriticalHandle, false,
     "cannot be marshalled: Mono does not marshal a CriticalHandle; derive it "
     "from SafeHandle",
     Executed},
    {Rule::HandleMarshalAs, true, "", Executed},
    {Rule::ComInterface, true, "", Executed},
    {Rule::CharSetOfChar, false, "", Executed},
    {Rule::NumberMarshalAs, true, "", Executed},
    {Rule::StringBuilderResult, false,
     "cannot be marshalled: Mono does not return StringBuilders", Executed},
    {Rule::LPTStrIsNarrow, true, "", Executed},
    {Rule::BoolElementType, false, "", Executed},
    {Rule::Currency, false, "", Executed},
    {Rule::VariantBool, true, "", Executed},
    {Rule::DelegateByReference, false,
     "cannot be marshalled: Mono does not marshal a delegate by reference, "
     "unless it is `out`",
     Executed},
    {Rule::FunctionPointerParameter, false,
     "cannot be marshalled: a P/Invoke with a function pointer overflows "
     "Mono's stack; let C# declare an IntPtr",
     Executed},
    {Rule::GenericDelegate, true, "", Executed},
};

/// These functions are declared in mono/metadata/loader.h. The second one omits
/// the transition to preemptive mode around the call.
static constexpr Registrar Registrars[] = {
    {"mono_add_internal_call", Crossing::InternalCall, 0, 1},
    {"mono_dangerous_add_raw_internal_call", Crossing::InternalCall, 0, 1},
};

static constexpr Runtime describe() {
  Runtime R;
  R.Name = "mono";
  R.Version = "6";
  R.Title = "Mono";
  R.Conversions = {Conversion::Marshalled, Conversion::Unchanged,
                   Conversion::Absent,     Conversion::Absent,
                   Conversion::Marshalled, Conversion::Unchanged,
                   Conversion::Unchanged};
  R.RuleValues = RuleValues;
  R.HeapTypes = HeapTypes;
  R.OwnPrefix = "Mono";
  // mono_lookup_internal_call tries the name with parameter types first.
  R.Names.Words = TypeSpelling::Mono;
  R.Names.HasParameters = true;
  // WasmAppBuilder generates entries for [MonoPInvokeCallback] and
  // [UnmanagedCallersOnly].
  R.Delegates = Callbacks::MarkedOnWebAssembly;
  R.Registrars = Registrars;
  // This is the observed behaviour of mono_method_get_unmanaged_thunk.
  R.Calls = {/*TakesObject=*/true, /*ReturnsException=*/true,
             /*FindsByNameOnly=*/false, /*BoxesStructs=*/true,
             "mono_unhandled_exception gets it, and the program ends"};
  R.Registers = {
      "mono_add_internal_call registers an internal call, and "
      "mono_dl_fallback_register a function that finds P/Invokes.",
      "A method is resolved at its first call, and a later registration of it "
      "is ignored.",
      "The second registration of a name replaces the first one.",
      "A call throws MissingMethodException for an internal call, and "
      "DllNotFoundException or EntryPointNotFoundException for a P/Invoke."};
  return R;
}
static constexpr Runtime Mono6 = describe();

llvm::ArrayRef<const Runtime *> mono() {
  static constexpr const Runtime *Versions[] = {&Mono6};
  return Versions;
}

} // namespace ilbridge::runtime
