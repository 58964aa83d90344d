//===- TypeImport.cpp - Definitions of types from metadata ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bounds.h"
#include "MetadataImport.h"
#include "ilbridge/ecma335/Constant.h"
#include "ilbridge/managed/AssemblySet.h"
#include "ilbridge/managed/Layout.h"
#include "ilbridge/type/Limits.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FormatVariadic.h"

using namespace ilbridge::ecma335;
using llvm::StringRef;

namespace ilbridge::managed {

llvm::Expected<TypeDef *> AssemblySet::definition(Assembly &A, TypeDefRid R) {
  return definition(A, R, 0);
}

llvm::Expected<TypeDef *> AssemblySet::definition(Assembly &A, TypeDefRid R,
                                                  unsigned Depth) {
  if (R.value() < A.Definitions.size())
    if (TypeDef *Known = A.Definitions[R.value()]) {
      if (Known->TheKind == TypeDef::Unresolved)
        if (llvm::Error E = remembered(*Known))
          return E;
      return Known;
    }
  llvm::Expected<TypeDefRow> Row = A->row(R);
  if (!Row)
    return Row.takeError();
  llvm::Expected<StringRef> TypeName = A->string(Row->TypeName);
  if (!TypeName)
    return TypeName.takeError();
  llvm::Expected<StringRef> Namespace = A->string(Row->TypeNamespace);
  if (!Namespace)
    return Namespace.takeError();

  TypeDef *Outer = nullptr;
  if (TypeDefRid Enclosing = A->enclosingType(R)) {
    if (Depth > 64)
      return A->file().error(nullptr, "ECMA-335 II.22.32",
                             "types are nested in each other");
    llvm::Expected<TypeDef *> Found = definition(A, Enclosing, Depth + 1);
    if (!Found)
      return Found.takeError();
    Outer = *Found;
  }
  std::string Full = Namespace->empty() ? TypeName->str()
                                        : (*Namespace + "." + *TypeName).str();
  if (Outer)
    Full = Outer->fullName() + "/" + Full;
  if (isNestedTooDeeply(Full))
    return A->file().error(nullptr, "ECMA-335 II.22.37", NestedTooDeeply);

  TypeDef *D = &Types.define(A.Name, Full);
  // A second type with the same name, as obfuscators create, is a separate
  // type.
  if (Origins.count(D))
    D = &Types.definitions().emplace_back();
  D->Assembly = A.Name;
  D->Namespace = Namespace->str();
  D->Name = TypeName->str();
  D->Enclosing = Outer;
  D->Problem.clear();
  Origins[D] = {&A, R};
  A.Definitions[R.value()] = D;
  if (llvm::Error E = remember(*D, describe(A, R, *Row, *D)))
    return E;
  return D;
}

/// Keeps the error of reading \p D for later calls, so that a partially read
/// definition is never used.
llvm::Error AssemblySet::remember(const TypeDef &D, llvm::Error E) {
  llvm::handleAllErrors(
      std::move(E), [&](const FormatError &F) { Read[&D].emplace(F); },
      [&](const llvm::ErrorInfoBase &Other) {
        Read[&D].emplace(D.Where.File, 0, "ECMA-335 II.22", Other.message());
      });
  return remembered(D);
}

llvm::Error AssemblySet::remembered(const TypeDef &D) const {
  auto Found = Read.find(&D);
  if (Found == Read.end() || !Found->second)
    return llvm::Error::success();
  return llvm::make_error<FormatError>(*Found->second);
}

llvm::Error AssemblySet::describe(Assembly &A, TypeDefRid R,
                                  const TypeDefRow &Row, TypeDef &D) {
  D.Where = {A.Path, {}, D.fullName()};
  llvm::Expected<std::vector<std::string>> Params = genericParams(A, R);
  if (!Params)
    return Params.takeError();
  D.GenericParams = std::move(*Params);

  TypeAttributes Layout = field(Row.Flags, TypeAttributes::LayoutMask);
  D.TheLayout = Layout == TypeAttributes::SequentialLayout ? TypeDef::Sequential
                : Layout == TypeAttributes::ExplicitLayout ? TypeDef::Explicit
                                                           : TypeDef::Auto;
  TypeAttributes Format = field(Row.Flags, TypeAttributes::StringFormatMask);
  D.Chars = Format == TypeAttributes::UnicodeClass ? CharSet::Unicode
            : Format == TypeAttributes::AutoClass  ? CharSet::Auto
                                                   : CharSet::Ansi;
  if (ClassLayoutRid L = A->classLayout(R)) {
    llvm::Expected<ClassLayoutRow> LayoutRow = A->row(L);
    if (!LayoutRow)
      return LayoutRow.takeError();
    if (!isPack(LayoutRow->PackingSize))
      return A->file().error(nullptr, "ECMA-335 II.22.8",
                             "a pack is 1, 2, 4, 8, 16, 32, 64 or 128 bytes");
    D.Pack = LayoutRow->PackingSize;
    D.Size = LayoutRow->ClassSize;
  }

  Name Base = nameOf(A, Row.Extends);
  auto BaseIs = [&](StringRef N) {
    return Base.Namespace == "System" && Base.Name == N;
  };
  bool IsSystem = D.Namespace == "System" && !D.Enclosing;
  if (has(Row.Flags, TypeAttributes::Interface))
    D.TheKind = TypeDef::Interface;
  else if (BaseIs("Enum"))
    D.TheKind = TypeDef::Enum;
  else if (BaseIs("ValueType") && !(IsSystem && D.Name == "Enum"))
    D.TheKind = TypeDef::Struct;
  else if (BaseIs("MulticastDelegate"))
    D.TheKind = TypeDef::Delegate;
  else
    D.TheKind = TypeDef::Class;
  return llvm::Error::success();
}

TypeDef::Kind AssemblySet::classKind(Assembly &A, TypeDefOrRef Base,
                                     unsigned Depth) {
  constexpr StringRef Interop = "System.Runtime.InteropServices";
  Name N = nameOf(A, Base);
  if (N.Namespace == Interop && N.Name == "SafeHandle")
    return TypeDef::SafeHandle;
  if (N.Namespace == Interop && N.Name == "CriticalHandle")
    return TypeDef::CriticalHandle;
  // In the core library, no other type is derived from these, and most searches
  // end here.
  if (N.Namespace == "System" || !Base || Depth > 64)
    return TypeDef::Class;
  llvm::Expected<const TypeSig *> T = type(A, Base);
  if (!T) {
    llvm::consumeError(T.takeError()); // no runtime loads such a class
    return TypeDef::Class;
  }
  if ((*T)->kind() != TypeSig::Definition)
    return TypeDef::Class;
  const TypeDef &D = (*T)->definition();
  Origin O = origin(D);
  if (!O.Assembly)
    return D.isHandle() ? D.TheKind : TypeDef::Class;
  llvm::Expected<TypeDefRow> Row = O.Assembly->metadata().row(O.Row);
  if (!Row) {
    // This does not happen, because definition() has read the row.
    llvm::consumeError(Row.takeError());
    return TypeDef::Class;
  }
  return classKind(*O.Assembly, Row->Extends, Depth + 1);
}

/// Whether the chain of base classes after \p Base is too long or cyclic. Each
/// class with a layout has the fields of all its base classes.
bool AssemblySet::hasTooManyBases(Assembly &Of, TypeDefOrRef Base) {
  Assembly *A = &Of;
  for (unsigned Count = 0; Base; ++Count) {
    if (Count == MaxRecordDepth)
      return true;
    llvm::Expected<const TypeSig *> T = type(*A, Base);
    if (!T) {
      llvm::consumeError(T.takeError()); // inheritFields() reports it
      return false;
    }
    if ((*T)->kind() != TypeSig::Definition)
      return false;
    const TypeDef &D = (*T)->definition();
    Origin O = origin(D);
    if (!O.Assembly || D.TheKind != TypeDef::Class ||
        D.TheLayout != TypeDef::Sequential)
      return false;
    llvm::Expected<TypeDefRow> Row = O.Assembly->metadata().row(O.Row);
    if (!Row) {
      // This does not happen, because definition() has read the row.
      llvm::consumeError(Row.takeError());
      return false;
    }
    A = O.Assembly;
    Base = Row->Extends;
  }
  return false;
}

/// A class with a layout begins with the fields of its base class.
llvm::Error AssemblySet::inheritFields(Assembly &A, TypeDefOrRef Base,
                                       TypeDef &D) {
  if (!Base)
    return llvm::Error::success();
  if (hasTooManyBases(A, Base)) {
    D.Problem =
        llvm::formatv("it inherits from more than {0} classes", MaxRecordDepth);
    return llvm::Error::success();
  }
  llvm::Expected<const TypeSig *> T = type(A, Base);
  if (!T)
    return T.takeError();
  if ((*T)->kind() != TypeSig::Definition)
    return llvm::Error::success();
  auto &From = const_cast<TypeDef &>((*T)->definition());
  if (llvm::Error E = complete(From))
    return E;
  if (From.TheKind == TypeDef::Class && From.TheLayout == TypeDef::Sequential)
    D.Fields = From.Fields;
  return llvm::Error::success();
}

llvm::Error AssemblySet::complete(TypeDef &D) {
  Origin O = origin(D);
  if (!O.Assembly)
    return llvm::Error::success();
  // Types can refer to themselves while their members are read.
  if (!Read.try_emplace(&D, std::nullopt).second)
    return remembered(D);
  return remember(D, readMembers(*O.Assembly, O.Row, D));
}

const DelegateInfo *AssemblySet::delegate(const TypeSig &T) {
  if (T.kind() != TypeSig::Definition && T.kind() != TypeSig::Instance)
    return nullptr;
  auto &D = const_cast<TypeDef &>(T.definition());
  // Those who need the type report that its Invoke is not known.
  llvm::consumeError(complete(D));
  return D.Invocation ? &*D.Invocation : nullptr;
}

llvm::Error AssemblySet::readMembers(Assembly &A, TypeDefRid TypeRow,
                                     TypeDef &D) {
  llvm::Expected<TypeDefRow> Row = A->row(TypeRow);
  if (!Row)
    return Row.takeError();

  if (D.TheKind == TypeDef::Delegate)
    return completeDelegate(A, TypeRow, D);
  if (D.TheKind == TypeDef::Class) {
    D.TheKind = classKind(A, TypeDefOrRef(Token(TypeRow)), 0);
    if (D.isHandle())
      return llvm::Error::success();
    if (D.TheLayout == TypeDef::Auto)
      return llvm::Error::success();
    if (D.TheLayout == TypeDef::Sequential)
      if (llvm::Error E = inheritFields(A, Row->Extends, D))
        return E;
  }
  if (D.TheKind == TypeDef::Interface)
    return llvm::Error::success();
  if (D.TheKind != TypeDef::Enum && A.isReference()) {
    if (!fillByName(D))
      D.Problem = "assembly '" + D.Assembly +
                  "' is a reference assembly, which has no layouts";
    return llvm::Error::success();
  }
  if (D.TheKind == TypeDef::Struct)
    if (llvm::Error E = readStructAttributes(A, TypeRow, D))
      return E;

  llvm::Expected<RidRange<FieldRow>> Fields = A->fields(TypeRow);
  if (!Fields)
    return Fields.takeError();
  if (D.TheKind == TypeDef::Enum)
    if (llvm::Error E = completeEnum(A, *Fields, D))
      return E;
  for (FieldRid R : *Fields) {
    llvm::Expected<FieldRow> F = A->row(R);
    if (!F)
      return F.takeError();
    if (has(F->Flags, FieldAttributes::Static))
      continue;
    llvm::Expected<const ecma335::TypeSig *> Sig =
        readFieldSig(A.metadata(), F->Signature, Scratch);
    if (!Sig)
      return Sig.takeError();
    llvm::Expected<const TypeSig *> T = type(A, **Sig);
    if (!T)
      return T.takeError();
    if (D.TheKind == TypeDef::Enum) {
      if ((*T)->kind() != TypeSig::Primitive ||
          !isUnderlying((*T)->primitive()))
        return A->file().error(nullptr, "ECMA-335 II.14.3",
                               "the underlying type of an enum is an integer "
                               "type of 8 to 64 bits, bool or char");
      D.Underlying = (*T)->primitive();
      return llvm::Error::success();
    }
    FieldDef &Out = D.Fields.emplace_back();
    Out.Type = *T;
    llvm::Expected<StringRef> FieldName = A->string(F->Name);
    if (!FieldName)
      return FieldName.takeError();
    Out.Name = FieldName->str();
    if (llvm::Error E = marshalAs(A, R).moveInto(Out.Marshal))
      return E;
    if (FieldLayoutRid L = A->fieldLayout(R)) {
      llvm::Expected<FieldLayoutRow> Layout = A->row(L);
      if (!Layout)
        return Layout.takeError();
      if (!isFieldOffset(Layout->Offset))
        return A->file().error(nullptr, "ECMA-335 II.22.16",
                               "the offset of a field is negative");
      Out.Offset = Layout->Offset;
    }
  }
  return llvm::Error::success();
}

llvm::Error AssemblySet::readStructAttributes(Assembly &A, TypeDefRid R,
                                              TypeDef &D) {
  constexpr StringRef Services = "System.Runtime.CompilerServices";
  CustomAttributeRid Inline =
      findAttribute(A, R, Services, "InlineArrayAttribute");
  if (!Inline)
    return llvm::Error::success();
  llvm::BumpPtrAllocator Allocator;
  llvm::Expected<AttributeArguments> Arguments =
      readAttribute(*this, A, Inline, Allocator);
  if (!Arguments)
    return Arguments.takeError();
  if (!Arguments->Fixed.empty() && Arguments->Fixed.front().asSigned() > 0)
    D.InlineArray = static_cast<unsigned>(Arguments->Fixed.front().Bits);
  return llvm::Error::success();
}

static std::optional<int64_t> integer(const ConstantValue &V) {
  return std::visit(
      [](const auto &Value) -> std::optional<int64_t> {
        if constexpr (std::is_integral_v<std::decay_t<decltype(Value)>>)
          return static_cast<int64_t>(Value);
        return std::nullopt;
      },
      V);
}

/// Reads the enumerators, which are constants (II.14.3).
llvm::Error AssemblySet::completeEnum(Assembly &A, RidRange<FieldRow> Fields,
                                      TypeDef &D) {
  llvm::StringSet<> Names;
  for (FieldRid R : Fields) {
    llvm::Expected<FieldRow> F = A->row(R);
    if (!F)
      return F.takeError();
    ConstantRid C = A->constant(R);
    if (!has(F->Flags, FieldAttributes::Static) || !C)
      continue;
    llvm::Expected<StringRef> Name = A->string(F->Name);
    if (!Name)
      return Name.takeError();
    llvm::Expected<ConstantValue> Value = readConstant(A.metadata(), C);
    if (!Value)
      return Value.takeError();
    if (!Names.insert(*Name).second)
      return A->file().error(nullptr, "ECMA-335 II.22.15",
                             "two enumerators have the name '" + *Name + "'");
    if (std::optional<int64_t> Number = integer(*Value))
      D.Enumerators.push_back({Name->str(), *Number});
  }
  return llvm::Error::success();
}

llvm::Error AssemblySet::completeDelegate(Assembly &A, TypeDefRid R,
                                          TypeDef &D) {
  llvm::Expected<RidRange<MethodDefRow>> Methods = A->methods(R);
  if (!Methods)
    return Methods.takeError();
  for (MethodDefRid M : *Methods) {
    llvm::Expected<MethodDefRow> Row = A->row(M);
    if (!Row)
      return Row.takeError();
    llvm::Expected<StringRef> MethodName = A->string(Row->Name);
    if (!MethodName)
      return MethodName.takeError();
    if (*MethodName != "Invoke")
      continue;
    llvm::Expected<Signature> Sig = importSignature(*this, A, M, *Row);
    if (!Sig)
      return Sig.takeError();
    D.Invocation.emplace().Invoke = std::move(*Sig);
  }
  if (!D.Invocation)
    return A->file().error(nullptr, "ECMA-335 II.14.6",
                           "the delegate has no method 'Invoke'");
  D.Invocation->IsMarshallingDisabled = disablesMarshalling(A);

  CustomAttributeRid Attribute =
      findAttribute(A, R, "System.Runtime.InteropServices",
                    "UnmanagedFunctionPointerAttribute");
  if (!Attribute)
    return llvm::Error::success();
  llvm::BumpPtrAllocator Allocator;
  llvm::Expected<AttributeArguments> Arguments =
      readAttribute(*this, A, Attribute, Allocator);
  if (!Arguments)
    return Arguments.takeError();
  if (!Arguments->Fixed.empty())
    D.Invocation->Convention =
        convention(static_cast<unsigned>(Arguments->Fixed.front().Bits));
  // The values of System.Runtime.InteropServices.CharSet begin with None = 1.
  if (const AttributeValue *Chars = Arguments->find("CharSet"))
    if (Chars->Bits >= 1 && Chars->Bits <= 4)
      D.Invocation->Chars = static_cast<CharSet>(Chars->Bits - 1);
  return llvm::Error::success();
}

llvm::Expected<ElementType>
AssemblySet::underlyingType(Assembly &A, const EnumReference &E) {
  llvm::Expected<const TypeSig *> T =
      E.Type ? type(A, E.Type) : typeByName(A, E.Name);
  if (!T)
    return T.takeError();
  if ((*T)->kind() == TypeSig::Definition) {
    auto &D = const_cast<TypeDef &>((*T)->definition());
    if (llvm::Error Failed = complete(D))
      return Failed;
    if (D.TheKind == TypeDef::Enum)
      return static_cast<ElementType>(
          ELEMENT_TYPE_BOOLEAN + static_cast<unsigned>(D.Underlying) -
          static_cast<unsigned>(Primitive::Boolean));
  }
  // The enums of the interop attributes all have this type. Without their
  // assembly, it is the best assumption.
  return ELEMENT_TYPE_I4;
}

} // namespace ilbridge::managed
