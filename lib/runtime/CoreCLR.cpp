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

/// Executed with CoreCLR 3.1.2 (test/runtimes).
static constexpr Answer Answers31[] = {
    {Rule::GenericStructParameter, false, GenericTypes, "executed"},
    {Rule::GenericStructResult, false, GenericTypes, "executed"},
    {Rule::GenericStructConversion, false, GenericTypes, "executed"},
    {Rule::ConvertedStructResult, true, "", "executed"},
    {Rule::ConvertedUnion, false,
     "cannot be marshalled: CoreCLR converts it in place, which overwrites the "
     "field that it overlaps",
     "executed"},
    {Rule::GenericDelegate, false,
     "cannot be marshalled: CoreCLR does not marshal generic delegates",
     "executed"},
    {Rule::BoolElementType, true, "", "executed"},
};

static constexpr Runtime describe31() {
  Runtime R;
  R.Name = "coreclr";
  R.Version = "3.1";
  R.Title = "CoreCLR";
  R.Conversions = {Conversion::Marshalled, Conversion::Absent,
                   Conversion::Absent,     Conversion::Absent,
                   Conversion::Marshalled, Conversion::Marshalled};
  R.Answers = Answers31;
  R.Registers = {
      "A host gives the runtime a function that finds P/Invokes, as the "
      "property PINVOKE_OVERRIDE since .NET 5, or managed code sets one with "
      "NativeLibrary.SetDllImportResolver.",
      "A P/Invoke is resolved at its first call.", "The resolver decides.",
      "A call throws DllNotFoundException or EntryPointNotFoundException."};
  return R;
}
static constexpr Runtime CoreCLR31 = describe31();

/// .NET 5 marshals generic structs whose fields are blittable. (.NET
/// documentation, "Breaking changes in .NET 5", and "Blittable and
/// non-blittable types")
static constexpr Answer Answers8[] = {
    {Rule::GenericStructParameter, true, "",
     ".NET documentation, \"Blittable and non-blittable types\""},
    {Rule::GenericStructResult, true, "",
     ".NET documentation, \"Blittable and non-blittable types\""},
};

static constexpr Runtime describe8() {
  Runtime R = CoreCLR31;
  R.Version = "8";
  R.Before = &CoreCLR31;
  R.Answers = Answers8;
  return R;
}
static constexpr Runtime CoreCLR8 = describe8();

llvm::ArrayRef<const Runtime *> coreclr() {
  static constexpr const Runtime *Versions[] = {&CoreCLR8, &CoreCLR31};
  return Versions;
}

} // namespace ilbridge::runtime
