//===- FunctionPointers.cpp - Fields with addresses of functions ----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MethodImport.h"
#include "ilbridge/ecma335/Signature.h"
#include "llvm/ADT/STLExtras.h"

using namespace ilbridge::ecma335;
using llvm::StringRef;

namespace ilbridge::managed {

/// Whether a field of the type can contain the address of a C++ function.
static bool isUnmanaged(const TypeSig &T) {
  return T.kind() == TypeSig::FunctionPointer &&
         T.convention() != CallingConvention::Managed;
}

static llvm::Error describe(const Assembly &A, const TypeDef &Declaring,
                            const FieldRow &Row, const TypeSig &Pointer,
                            Method &Out) {
  Out.TheKind = Method::FunctionPointer;
  Out.Assembly = A.name();
  Out.Module = A.moduleName();
  Out.Declaring = &Declaring;
  llvm::Expected<StringRef> Name = A->string(Row.Name);
  if (!Name)
    return Name.takeError();
  if (Name->empty())
    return A->file().error(nullptr, "ECMA-335 II.22.15",
                           "the field has no name");
  Out.Name = Name->str();
  Out.Where = {A.path(), {}, Declaring.fullName() + "::" + Out.Name};
  Out.Sig.Result.Type = Pointer.arguments().front();
  for (const TypeSig *Param : Pointer.arguments().drop_front())
    Out.Sig.Params.emplace_back().Type = Param;
  Out.Import.Convention = Pointer.convention();
  Out.Import.IsMarshallingDisabled = disablesMarshalling(A);
  return llvm::Error::success();
}

/// A field whose name cannot be read is skipped.
static bool hasField(const Assembly &A, RidRange<FieldRow> Fields,
                     StringRef Name) {
  return llvm::any_of(Fields, [&](FieldRid R) {
    llvm::Expected<FieldRow> Row = A->row(R);
    if (!Row) {
      llvm::consumeError(Row.takeError()); // it has no name to compare
      return false;
    }
    llvm::Expected<StringRef> Each = A->string(Row->Name);
    if (!Each)
      llvm::consumeError(Each.takeError()); // it equals no other name
    return Each && *Each == Name;
  });
}

/// Whether the fields of an instance have the layout of a table: they are in
/// declaration order, and nothing follows them. A runtime may reorder the
/// fields of a struct with automatic layout.
static bool canBeTable(const TypeDef &D) {
  return D.TheKind == TypeDef::Struct && D.TheLayout == TypeDef::Sequential &&
         D.Size == 0 && D.InlineArray == 0;
}

llvm::Expected<std::vector<Method>> describePointers(AssemblySet &Set,
                                                     Assembly &A,
                                                     TypeDefRid Type,
                                                     StringRef Name) {
  std::vector<Method> OfType, OfInstance;
  llvm::Expected<RidRange<FieldRow>> Fields = A->fields(Type);
  if (!Fields)
    return Fields.takeError();
  // Few methods have the name of a field, so this excludes most of them.
  if (!hasField(A, *Fields, Name))
    return OfType;
  llvm::Expected<TypeDef *> Declaring = Set.definition(A, Type);
  if (!Declaring)
    return Declaring.takeError();
  bool IsTable = canBeTable(**Declaring);
  llvm::BumpPtrAllocator Allocator;
  for (FieldRid R : *Fields) {
    llvm::Expected<FieldRow> Row = A->row(R);
    if (!Row)
      return Row.takeError();
    llvm::Expected<const ecma335::TypeSig *> Sig =
        readFieldSig(A.metadata(), Row->Signature, Allocator);
    if (!Sig)
      return Sig.takeError();
    llvm::Expected<const TypeSig *> T = Set.type(A, **Sig);
    if (!T)
      return T.takeError();
    bool IsStatic = has(Row->Flags, FieldAttributes::Static);
    if (!isUnmanaged(**T)) {
      IsTable &= IsStatic;
      continue;
    }
    if (llvm::Error E =
            describe(A, **Declaring, *Row, **T,
                     (IsStatic ? OfType : OfInstance).emplace_back()))
      return E;
  }
  if (OfType.empty() && IsTable)
    OfType = std::move(OfInstance);
  for (auto [Slot, Each] : llvm::enumerate(OfType))
    Each.Slot = Slot;
  if (llvm::none_of(OfType,
                    [&](const Method &Each) { return Each.Name == Name; }))
    OfType.clear();
  return OfType;
}

} // namespace ilbridge::managed
