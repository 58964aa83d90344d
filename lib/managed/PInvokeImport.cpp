//===- PInvokeImport.cpp - [DllImport] and its attributes -----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MethodImport.h"

using namespace ilbridge::ecma335;
using llvm::StringRef;

namespace ilbridge::managed {

static llvm::Error describeAttributes(AssemblySet &Set, Assembly &A,
                                      MethodDefRid R, PInvokeInfo &I) {
  llvm::BumpPtrAllocator Allocator;
  constexpr StringRef Interop = "System.Runtime.InteropServices";
  I.IsMarshallingDisabled = disablesMarshalling(A);
  I.SuppressGCTransition =
      AssemblySet::findAttribute(A, R, Interop, "SuppressGCTransitionAttribute")
          .value() != 0;
  if (CustomAttributeRid Attribute = AssemblySet::findAttribute(
          A, R, Interop, "UnmanagedCallConvAttribute")) {
    llvm::Expected<AttributeArguments> Args =
        readAttribute(Set, A, Attribute, Allocator);
    if (!Args)
      return Args.takeError();
    CallConvs Stated;
    Stated.add(*Args);
    I.AttributeConvention = Stated.convention();
    I.SuppressGCTransition |= Stated.suppressesGCTransition();
  }
  for (Token Owner : {Token(R), Token(AssemblyRid(1))})
    if (CustomAttributeRid Attribute = AssemblySet::findAttribute(
            A, Owner, Interop, "DefaultDllImportSearchPathsAttribute");
        Attribute && !I.SearchPaths) {
      llvm::Expected<AttributeArguments> Args =
          readAttribute(Set, A, Attribute, Allocator);
      if (!Args)
        return Args.takeError();
      if (!Args->Fixed.empty())
        I.SearchPaths = static_cast<uint32_t>(Args->Fixed.front().Bits);
    }
  return llvm::Error::success();
}

llvm::Error describePInvoke(AssemblySet &Set, Assembly &A, MethodDefRid R,
                            Method &Out) {
  llvm::Expected<ImplMapRow> Row = A->row(A->implMap(R));
  if (!Row)
    return Row.takeError();
  PInvokeInfo &I = Out.Import;
  llvm::Expected<StringRef> EntryPoint = A->string(Row->ImportName);
  if (!EntryPoint)
    return EntryPoint.takeError();
  I.EntryPoint = EntryPoint->empty() ? Out.Name : EntryPoint->str();
  llvm::Expected<ModuleRefRow> Scope = A->row(Row->ImportScope);
  if (!Scope)
    return Scope.takeError();
  llvm::Expected<StringRef> Library = A->string(Scope->Name);
  if (!Library)
    return Library.takeError();
  I.Library = Library->str();

  PInvokeAttributes F = Row->MappingFlags;
  I.Chars = charSet(bits(field(F, PInvokeAttributes::CharSetMask)) >> 1);
  if (llvm::Error E = describeAttributes(Set, A, R, I))
    return E;
  // The flags have the values of the interop enum.
  I.Convention =
      convention(bits(field(F, PInvokeAttributes::CallConvMask)) >> 8);
  I.ExactSpelling = has(F, PInvokeAttributes::NoMangle);
  I.SetLastError = has(F, PInvokeAttributes::SupportsLastError);
  switch (field(F, PInvokeAttributes::BestFitMask)) {
  case PInvokeAttributes::BestFitEnabled:
    I.BestFitMapping = true;
    break;
  case PInvokeAttributes::BestFitDisabled:
    I.BestFitMapping = false;
    break;
  default:
    break;
  }
  switch (field(F, PInvokeAttributes::ThrowOnUnmappableCharMask)) {
  case PInvokeAttributes::ThrowOnUnmappableCharEnabled:
    I.ThrowOnUnmappableChar = true;
    break;
  case PInvokeAttributes::ThrowOnUnmappableCharDisabled:
    I.ThrowOnUnmappableChar = false;
    break;
  default:
    break;
  }
  return llvm::Error::success();
}

} // namespace ilbridge::managed
