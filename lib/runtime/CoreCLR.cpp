//===- CoreCLR.cpp - CoreCLR, the runtime of .NET -------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Descriptions.h"

namespace ilbridge::runtime {

static constexpr llvm::StringRef GenericTypes =
    "cannot be marshalled: CoreCLR does not marshal generic types";

static constexpr llvm::StringRef Executed = "executed with CoreCLR 3.1";

static constexpr llvm::StringRef Windows =
    ".NET documentation, \"UnmanagedType\"";
static constexpr llvm::StringRef NotExecuted = "not executed; as C passes it";
static constexpr llvm::StringRef Newer =
    ".NET documentation: newer than CoreCLR 3.1";

static constexpr RuleValue RuleValues31[] = {
    {Rule::GenericStruct, false, GenericTypes, Executed},
    {Rule::GenericStructConversion, false, GenericTypes, Executed},
    {Rule::GenericFieldConversion, true, "", Executed},
    {Rule::GenericElement, false, GenericTypes, Executed},
    {Rule::RawExplicitLayout, false, "", Executed},
    {Rule::ConvertedUnion, false,
     "cannot be marshalled: CoreCLR converts overlapping fields one after the "
     "other, and each overwrites those before it",
     Executed},
    {Rule::Span, false, GenericTypes, Executed},
    {Rule::LPStruct, false,
     "cannot be marshalled as 'lpstruct': CoreCLR does so for Guid and decimal "
     "only",
     Executed},
    {Rule::ClassByReference, true, "", Executed},
    {Rule::DateTimeInMemory, true, "", Executed},
    {Rule::ManagedStructByValue, true, "", "there are no internal calls"},
    {Rule::PackedByValue, true, "", Executed},
    {Rule::InlineArray, false,
     "cannot be passed: CoreCLR 3.1 does not know [InlineArray] and passes one "
     "element",
     Newer},
    {Rule::CNumbers, false, "", Newer},
    {Rule::Int128, false, "", Newer},
    {Rule::Int128ByValue, true, "", Newer},
    {Rule::VectorAlignment, true, "", Executed},
    {Rule::VectorByValue, true, "", Newer},
    {Rule::DisabledMarshalling, false, "", Newer},
    {Rule::UnmanagedCallersOnly, false,
     "cannot be called by native code: CoreCLR 3.1 does not know "
     "[UnmanagedCallersOnly]",
     Newer},
    {Rule::UnmanagedCallConv, false, "", Newer},
    {Rule::DecimalFieldByValue, false,
     "cannot be passed by value: CoreCLR passes a struct with a decimal on the "
     "stack, and C does not; take its address",
     Executed, PlatformSet::UnixX64},
    {Rule::DecimalFieldByValue, true, "", NotExecuted},
    {Rule::ByValArrayOfStructs, true, "", Executed},
    {Rule::ByValArrayOfText, true, "", Executed},
    {Rule::ByValArrayCharSet, true, "", Executed},
    {Rule::BStrFromNative, true, "", Executed},
    {Rule::HandleFieldFromNative, false,
     "cannot be marshalled: CoreCLR makes no SafeHandle of a field that comes "
     "from native code",
     Executed},
    {Rule::HandleRefField, false,
     "cannot be marshalled: CoreCLR does not marshal a HandleRef in a struct",
     Executed},
    {Rule::RuntimeHandleFromNative, false,
     "cannot be marshalled: CoreCLR passes handles of its own to native code "
     "only",
     Executed},
    {Rule::PreserveSig, true, "", Executed},
    {Rule::ErrorNumber, true, "", Windows, PlatformSet::Windows},
    {Rule::ErrorNumber, false,
     "cannot be marshalled as 'error': CoreCLR does so on Windows only",
     Executed},
    {Rule::AnsiBStr, true, "", Executed},
    {Rule::BStrElement, true, "", Windows, PlatformSet::Windows},
    {Rule::BStrElement, false,
     "cannot be marshalled: CoreCLR makes BStr of the elements of an array on "
     "Windows only",
     Executed},
    {Rule::Utf8Element, false,
     "cannot be marshalled: CoreCLR does not make LPUTF8Str of the elements of "
     "an array",
     Executed},
    {Rule::CriticalHandle, true, "", Executed},
    {Rule::HandleMarshalAs, false,
     "cannot be marshalled: CoreCLR allows no [MarshalAs] on a handle",
     Executed},
    {Rule::ComInterface, true, "", Windows, PlatformSet::Windows},
    {Rule::ComInterface, false,
     "cannot be marshalled: CoreCLR has COM interfaces on Windows only",
     Executed},
    {Rule::CharSetOfChar, true, "", Executed},
    {Rule::NumberMarshalAs, false,
     "cannot be marshalled: CoreCLR wants the number's own width in "
     "[MarshalAs]",
     Executed},
    {Rule::StringBuilderResult, true, "", Executed},
    {Rule::LPTStrIsNarrow, false, "", Executed},
    {Rule::BoolElementType, true, "", Executed},
    {Rule::Currency, true, "", Executed},
    {Rule::VariantBool, true, "", Windows, PlatformSet::Windows},
    {Rule::VariantBool, false,
     "cannot be marshalled as 'variant-bool': CoreCLR does so on Windows only",
     Executed},
    {Rule::DelegateByReference, true, "", Executed},
    {Rule::FunctionPointerParameter, true, "", Executed},
    {Rule::GenericDelegate, false,
     "cannot be marshalled: CoreCLR does not marshal generic delegates",
     Executed},
};

static constexpr Runtime describe31() {
  Runtime R;
  R.Name = "coreclr";
  R.Version = "3.1";
  R.Title = "CoreCLR";
  R.Conversions = {Conversion::Marshalled, Conversion::Absent,
                   Conversion::Absent,     Conversion::Absent,
                   Conversion::Marshalled, Conversion::Marshalled,
                   Conversion::Marshalled};
  R.RuleValues = RuleValues31;
  // coreclr_create_delegate, which marshals in the same way as a delegate.
  R.Calls = {/*TakesObject=*/false, /*ReturnsException=*/false,
             /*FindsByNameOnly=*/true, /*BoxesStructs=*/false,
             "the runtime ends the program"};
  R.Registers = {
      "A host gives the runtime a function that finds P/Invokes, as the "
      "property PINVOKE_OVERRIDE since .NET 5, or managed code sets one with "
      "NativeLibrary.SetDllImportResolver.",
      "A P/Invoke is resolved at its first call.", "The resolver decides.",
      "A call throws DllNotFoundException or EntryPointNotFoundException."};
  return R;
}
static constexpr Runtime CoreCLR31 = describe31();

/// .NET 5 and later marshal generic structs whose fields are blittable.
static constexpr llvm::StringRef Blittable =
    ".NET documentation, \"Blittable and non-blittable types\"";
static constexpr RuleValue RuleValues8[] = {
    {Rule::GenericStruct, true, "", Blittable},
    {Rule::GenericElement, true, "", Blittable},
    {Rule::GenericStructConversion, false,
     "cannot be marshalled: CoreCLR does not marshal a generic type unless it "
     "is blittable",
     Blittable},
    {Rule::InlineArray, true, "",
     ".NET documentation, \"InlineArrayAttribute\""},
    {Rule::CNumbers, true, "", ".NET documentation, \"CLong\" and \"NFloat\""},
    {Rule::Int128, true, "", ".NET 8, \"Breaking changes\""},
    {Rule::Int128ByValue, false,
     "cannot be passed by value: CoreCLR refuses Int128 and UInt128 in "
     "parameters and results; take its address",
     "dotnet/runtime, issue 74209"},
    {Rule::VectorAlignment, true, "", Executed},
    {Rule::VectorByValue, false,
     "cannot be passed by value: CoreCLR refuses vectors in parameters and "
     "results; take its address",
     Blittable},
    {Rule::DisabledMarshalling, true, "",
     ".NET documentation, \"Disabled runtime marshalling\""},
    {Rule::UnmanagedCallersOnly, true, "",
     ".NET documentation, \"UnmanagedCallersOnlyAttribute\""},
    {Rule::UnmanagedCallConv, true, "",
     ".NET documentation, \"UnmanagedCallConvAttribute\""},
};

static constexpr Runtime describe8() {
  Runtime R = CoreCLR31;
  R.Version = "8";
  R.Before = &CoreCLR31;
  R.RuleValues = RuleValues8;
  return R;
}
static constexpr Runtime CoreCLR8 = describe8();

llvm::ArrayRef<const Runtime *> coreclr() {
  static constexpr const Runtime *Versions[] = {&CoreCLR8, &CoreCLR31};
  return Versions;
}

} // namespace ilbridge::runtime
