//===- SharedTypes.cpp - Types reduced to ABI classes ---------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/hybridclr/SharedTypes.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace ilbridge::ecma335;
using ilbridge::managed::TypeDef;
using llvm::StringRef;

namespace ilbridge::hybridclr {

/// Deeper nested structs have no use, but would exhaust the stack.
static constexpr unsigned MaxNesting = 200;

StringRef code(Basic B) {
  static constexpr StringRef Codes[NumBasics] = {
      "v",  "u1", "i1", "u2", "i2", "u4", "i4",         "u8",
      "i8", "r4", "r8", "i",  "u",  "u",  "typedbyref", "u"};
  return Codes[static_cast<unsigned>(B)];
}

//===----------------------------------------------------------------------===//
// Lists
//===----------------------------------------------------------------------===//

ABIClassList SharedTypes::list(llvm::ArrayRef<ABIClass> Classes) {
  if (auto It = ListIndex.find(Classes); It != ListIndex.end())
    return static_cast<ABIClassList>(It->second);
  llvm::ArrayRef<ABIClass> Kept = Classes.copy(Allocator);
  uint32_t Index = Lists.size();
  Lists.push_back(Kept);
  ListIndex[Kept] = Index;
  return static_cast<ABIClassList>(Index);
}

ABIClassList SharedTypes::objects(size_t Count) {
  if (Count == 0)
    return ABIClassList::None;
  return list(llvm::SmallVector<ABIClass, 8>(Count, Basic::Object));
}

ABIClass SharedTypes::parameter(ABIClassList Args, uint32_t Number) {
  if (Args == ABIClassList::None)
    return Basic::Object;
  llvm::ArrayRef<ABIClass> Classes = classes(Args);
  if (Number < Classes.size())
    return Classes[Number];
  return missing("!" + std::to_string(Number),
                 "there is no such type parameter (ECMA-335 II.23.2.12)");
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

ABIClass SharedTypes::missing(StringRef Type, StringRef Problem) {
  auto [It, IsNew] =
      MissingIndex.try_emplace((Type + "\n" + Problem).str(), Missing.size());
  if (IsNew)
    Missing.push_back({Type.str(), Problem.str()});
  return ABIClass::unresolved(It->second);
}

/// Returns an error as a part of a message. It has the name of the file, but
/// not its folders.
static std::string reason(llvm::Error E) {
  std::string Text;
  llvm::handleAllErrors(
      std::move(E),
      [&](const FormatError &F) {
        Text = llvm::formatv("{0} ({1}, byte {2}, {3})", F.rule(),
                             llvm::sys::path::filename(F.file()), F.offset(),
                             F.section());
      },
      [&](const llvm::ErrorInfoBase &Other) { Text = Other.message(); });
  return Text;
}

ABIClass SharedTypes::missing(StringRef Type, llvm::Error E) {
  return missing(Type, reason(std::move(E)));
}

ABIClass SharedTypes::structOf(const TypeDef &D, ABIClassList Args) {
  std::pair Key(&D, static_cast<uint32_t>(Args));
  if (auto It = StructIndex.find(Key); It != StructIndex.end())
    return ABIClass::ofStruct(It->second);
  unsigned Nesting = 1;
  for (ABIClass Arg : classes(Args))
    if (Arg.isStruct())
      Nesting = std::max(Nesting, Structs[Arg.index()].Nesting + 1);
  if (Nesting > MaxNesting) {
    WasCut = true;
    return missing(D.fullName(), "its type arguments are nested too deeply");
  }
  uint32_t Index = Structs.size();
  StructIndex[Key] = Index;
  size_t Length = modulePrefix(D).size() + D.fullName().size();
  if (Args != ABIClassList::None) {
    Length += 1 + classes(Args).size();
    for (ABIClass Arg : classes(Args))
      Length += fullNameLength(Arg);
  }
  Structs.push_back({{&D, Args},
                     {},
                     StructEntry::Unread,
                     Nesting,
                     std::min(Length, MaxNameLength)});
  return ABIClass::ofStruct(Index);
}

static Basic basic(managed::Primitive P) {
  using managed::Primitive;
  switch (P) {
  case Primitive::Void:
    return Basic::Void;
  case Primitive::Boolean:
  case Primitive::Byte:
    return Basic::U1;
  case Primitive::SByte:
    return Basic::I1;
  case Primitive::Char:
  case Primitive::UInt16:
    return Basic::U2;
  case Primitive::Int16:
    return Basic::I2;
  case Primitive::UInt32:
    return Basic::U4;
  case Primitive::Int32:
    return Basic::I4;
  case Primitive::UInt64:
    return Basic::U8;
  case Primitive::Int64:
    return Basic::I8;
  case Primitive::Single:
    return Basic::R4;
  case Primitive::Double:
    return Basic::R8;
  case Primitive::IntPtr:
    return Basic::IntPtr;
  case Primitive::UIntPtr:
    return Basic::UIntPtr;
  case Primitive::TypedReference:
    return Basic::TypedReference;
  case Primitive::String:
  case Primitive::Object:
    return Basic::Object;
  }
  llvm_unreachable("not a primitive");
}

ABIClass SharedTypes::classOf(const TypeDef &D, ABIClassList Args) {
  switch (D.TheKind) {
  case TypeDef::Unresolved:
    return missing(D.fullName(), D.Problem);
  case TypeDef::Struct:
    // The fields may be known only by name, from the code that reads imports.
    if (!Set.origin(D).Assembly)
      return missing(D.fullName(),
                     "assembly '" + D.Assembly + "' is not found");
    return structOf(D, Args);
  case TypeDef::Enum:
    if (llvm::Error E = Set.complete(const_cast<TypeDef &>(D)))
      return missing(D.fullName(), std::move(E));
    return basic(D.Underlying);
  default:
    return Basic::Object;
  }
}

const TypeDef *SharedTypes::definition(managed::Assembly &A, TypeDefOrRef T,
                                       ABIClass &Problem) {
  llvm::Expected<const managed::TypeSig *> Sig = Set.type(A, T);
  if (!Sig) {
    Problem = missing("(malformed)", Sig.takeError());
    return nullptr;
  }
  if ((*Sig)->kind() == managed::TypeSig::Definition)
    return &(*Sig)->definition();
  // Core types may also be referred to by name.
  Problem = (*Sig)->kind() == managed::TypeSig::Primitive
                ? ABIClass(basic((*Sig)->primitive()))
                : missing(managed::toString(**Sig),
                          "a signature does not name a type definition "
                          "(ECMA-335 II.23.2.12)");
  return nullptr;
}

ABIClass SharedTypes::named(managed::Assembly &A, TypeDefOrRef T) {
  auto [It, IsNew] = ByToken.try_emplace({&A, T}, ABIClass());
  if (!IsNew)
    return It->second;
  ABIClass Result;
  if (const TypeDef *D = definition(A, T, Result))
    // A generic type without arguments is its own instance, as `this` is inside
    // of it.
    Result = classOf(*D, objects(D->GenericParams.size()));
  return ByToken[{&A, T}] = Result;
}

ABIClass SharedTypes::classOf(managed::Assembly &A, const ecma335::TypeSig &T,
                              const TypeArguments &Args) {
  switch (T.kind()) {
  case ELEMENT_TYPE_VOID:
    return Basic::Void;
  case ELEMENT_TYPE_BOOLEAN:
  case ELEMENT_TYPE_U1:
    return Basic::U1;
  case ELEMENT_TYPE_I1:
    return Basic::I1;
  case ELEMENT_TYPE_CHAR:
  case ELEMENT_TYPE_U2:
    return Basic::U2;
  case ELEMENT_TYPE_I2:
    return Basic::I2;
  case ELEMENT_TYPE_U4:
    return Basic::U4;
  case ELEMENT_TYPE_I4:
    return Basic::I4;
  case ELEMENT_TYPE_U8:
    return Basic::U8;
  case ELEMENT_TYPE_I8:
    return Basic::I8;
  case ELEMENT_TYPE_R4:
    return Basic::R4;
  case ELEMENT_TYPE_R8:
    return Basic::R8;
  case ELEMENT_TYPE_I:
    return Basic::IntPtr;
  case ELEMENT_TYPE_U:
    return Basic::UIntPtr;
  case ELEMENT_TYPE_PTR:
  case ELEMENT_TYPE_BYREF:
  case ELEMENT_TYPE_FNPTR:
    return Basic::Pointer;
  case ELEMENT_TYPE_TYPEDBYREF:
    return Basic::TypedReference;
  case ELEMENT_TYPE_VAR:
  case ELEMENT_TYPE_MVAR: {
    const auto &V = llvm::cast<GenericVarSig>(T);
    return parameter(V.isOfMethod() ? Args.OfMethod : Args.OfType, V.number());
  }
  case ELEMENT_TYPE_VALUETYPE:
    return named(A, llvm::cast<NamedSig>(T).type());
  case ELEMENT_TYPE_GENERICINST: {
    const auto &G = llvm::cast<GenericInstSig>(T);
    if (!G.isValueType())
      return Basic::Object;
    ABIClass Result;
    const TypeDef *D = definition(A, G.type(), Result);
    if (!D)
      return Result;
    llvm::SmallVector<ABIClass, 4> Classes;
    for (const ecma335::TypeSig *Arg : G.args()) {
      Classes.push_back(asTypeArgument(classOf(A, *Arg, Args)));
      if (Classes.back().isUnresolved())
        return Classes.back();
    }
    return classOf(*D, list(Classes));
  }
  default: // CLASS, STRING, OBJECT, SZARRAY, ARRAY
    return Basic::Object;
  }
}

ABIClass SharedTypes::classOf(const managed::TypeSig &T,
                              const TypeArguments &Args) {
  using managed::TypeSig;
  switch (T.kind()) {
  case TypeSig::Primitive:
    return basic(T.primitive());
  case TypeSig::Pointer:
  case TypeSig::ByRef:
  case TypeSig::FunctionPointer:
    return Basic::Pointer;
  case TypeSig::SZArray:
  case TypeSig::Array:
    return Basic::Object;
  case TypeSig::TypeParameter:
    return parameter(Args.OfType, T.index());
  case TypeSig::MethodParameter:
    return parameter(Args.OfMethod, T.index());
  case TypeSig::Modified:
    return classOf(T.element(), Args);
  case TypeSig::Definition:
    // The signature states the kind of a type even if the type was not found.
    if (T.definition().TheKind == TypeDef::Unresolved &&
        !T.definition().IsPassedByValue)
      return Basic::Object;
    return classOf(T.definition(),
                   objects(T.definition().GenericParams.size()));
  case TypeSig::Instance: {
    if (!T.isValueType())
      return Basic::Object;
    llvm::SmallVector<ABIClass, 4> Classes;
    for (const TypeSig *Arg : T.arguments())
      Classes.push_back(asTypeArgument(classOf(*Arg, Args)));
    return classOf(T.definition(), list(Classes));
  }
  }
  llvm_unreachable("not a type");
}

//===----------------------------------------------------------------------===//
// Fields
//===----------------------------------------------------------------------===//

const Structure &SharedTypes::structure(ABIClass Struct) {
  return structure(Struct, 0);
}

const Structure &SharedTypes::structure(ABIClass Struct, unsigned Depth) {
  StructEntry &E = Structs[Struct.index()];
  if (E.State == StructEntry::Unread) {
    E.State = StructEntry::Reading;
    read(E, Struct, Depth);
    E.State = StructEntry::Read;
  } else if (E.State == StructEntry::Reading && E.Fields.Problem.empty()) {
    E.Fields.Problem = "'" + name(Struct) + "' contains itself by value";
  }
  return E.Fields;
}

void SharedTypes::read(StructEntry &E, ABIClass Struct, unsigned Depth) {
  if (Depth > MaxNesting)
    E.Fields.Problem = llvm::formatv("'{0}' lies more than {1} structs deep",
                                     name(Struct), MaxNesting);
  else if (llvm::Error Failed = readFields(E, Struct, Depth))
    E.Fields.Problem =
        "'" + name(Struct) + "' cannot be read: " + reason(std::move(Failed));
}

llvm::Expected<bool> SharedTypes::isAlignmentOnly(managed::Assembly &A,
                                                  FieldRid R) {
  CustomAttributeRid Attribute = managed::AssemblySet::findAttribute(
      A, R, "UnityEngine.Bindings", "IgnoreAttribute");
  if (!Attribute)
    return false;
  llvm::BumpPtrAllocator Scratch;
  llvm::Expected<AttributeArguments> Given = readCustomAttribute(
      A.metadata(), Attribute,
      [&](const EnumReference &Enum) { return Set.underlyingType(A, Enum); },
      Scratch);
  if (!Given)
    return Given.takeError();
  const AttributeValue *Says = Given->find("DoesNotContributeToSize");
  return Says && Says->Bits;
}

llvm::Error SharedTypes::readFields(StructEntry &E, ABIClass Struct,
                                    unsigned Depth) {
  const TypeDef &D = *E.Instance.Definition;
  Structure &S = E.Fields;
  S.Layout = D.TheLayout;
  S.Pack = D.Pack;
  S.Size = D.Size;
  managed::AssemblySet::Origin From = Set.origin(D);
  assert(From.Assembly && "structs come from assemblies");
  managed::Assembly &A = *From.Assembly;
  if (A.isReference()) {
    S.Problem = "'" + name(Struct) + "' is of the reference assembly '" +
                A.name() + "', which has no layouts";
    S.Reference = A.name();
    return llvm::Error::success();
  }
  llvm::Expected<RidRange<FieldRow>> Fields = A->fields(From.Row);
  if (!Fields)
    return Fields.takeError();
  llvm::BumpPtrAllocator Scratch;
  for (FieldRid R : *Fields) {
    llvm::Expected<FieldRow> Row = A->row(R);
    if (!Row)
      return Row.takeError();
    if (has(Row->Flags, FieldAttributes::Static))
      continue;
    llvm::Expected<const ecma335::TypeSig *> T =
        readFieldSig(A.metadata(), Row->Signature, Scratch);
    if (!T)
      return T.takeError();
    llvm::Expected<StringRef> Name = A->string(Row->Name);
    if (!Name)
      return Name.takeError();
    StructField F;
    F.Name = Name->str();
    F.Type = classOf(A, **T, {E.Instance.Arguments, ABIClassList::None});
    if (llvm::Error Failed = isAlignmentOnly(A, R).moveInto(F.IsAlignmentOnly))
      return Failed;
    if (FieldLayoutRid L = A->fieldLayout(R)) {
      llvm::Expected<FieldLayoutRow> LayoutRow = A->row(L);
      if (!LayoutRow)
        return LayoutRow.takeError();
      F.Offset = LayoutRow->Offset;
    }
    auto Problem = [&](const llvm::Twine &What) {
      if (S.Problem.empty())
        S.Problem =
            ("field '" + F.Name + "' of '" + name(Struct) + "' " + What).str();
    };
    if (S.Layout == TypeDef::Explicit && !F.Offset)
      Problem("has no offset, and the layout is explicit (ECMA-335 II.22.16)");
    if (F.Type.isUnresolved()) {
      Problem("is a '" + unresolved(F.Type).Type +
              "', which is not found: " + unresolved(F.Type).Problem);
    } else if (F.Type.is(Basic::Void)) {
      Problem("is void");
    } else if (F.Type.isStruct()) {
      const Structure &Inner = structure(F.Type, Depth + 1);
      S.IsBlittable &= Inner.IsBlittable;
      // Only the innermost problem is informative.
      if (S.Problem.empty()) {
        S.Problem = Inner.Problem;
        S.Reference = Inner.Reference;
      }
    } else if (F.Type.is(Basic::Object)) {
      S.IsBlittable = false;
    }
    S.Fields.push_back(std::move(F));
  }
  return llvm::Error::success();
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// The length of the names of nested instances doubles with each level.
static constexpr size_t MaxShownName = 200;
static constexpr unsigned MaxShownNesting = 4;

std::string SharedTypes::name(ABIClass V, unsigned Depth) const {
  if (V.isUnresolved())
    return unresolved(V).Type;
  if (V.isBasic())
    return V.is(Basic::Object) ? "object" : code(V.basic()).str();
  const StructInstance &I = instance(V);
  std::string Text = I.Definition->fullName();
  if (I.Arguments == ABIClassList::None)
    return Text;
  return Text + "<" + names(I.Arguments, Depth + 1) + ">";
}

std::string SharedTypes::names(ABIClassList L, unsigned Depth) const {
  if (Depth > MaxShownNesting)
    return "…";
  std::string Text;
  llvm::ListSeparator Comma(",");
  for (ABIClass V : classes(L)) {
    Text += StringRef(Comma);
    if (Text.size() > MaxShownName)
      return Text + "…";
    Text += name(V, Depth);
  }
  return Text;
}

std::string SharedTypes::modulePrefix(const TypeDef &D) const {
  StringRef Assembly = D.Assembly;
  if (Assembly == "mscorlib" || Assembly.starts_with("System.") ||
      Assembly.starts_with("UnityEngine."))
    return "";
  return Set.origin(D).Assembly->moduleName() + ":";
}

size_t SharedTypes::fullNameLength(ABIClass V) const {
  if (V.isStruct())
    return Structs[V.index()].FullNameLength;
  return V.isBasic() ? code(V.basic()).size() : unresolved(V).Type.size();
}

std::string SharedTypes::fullName(ABIClass V) const {
  if (!V.isStruct())
    return V.isBasic() ? code(V.basic()).str() : unresolved(V).Type;
  const StructInstance &I = instance(V);
  std::string Text = modulePrefix(*I.Definition) + I.Definition->fullName();
  if (I.Arguments == ABIClassList::None)
    return Text;
  Text += '<';
  llvm::ListSeparator Comma(",");
  for (ABIClass Arg : classes(I.Arguments))
    Text += (StringRef(Comma) + fullName(Arg)).str();
  return Text + '>';
}

} // namespace ilbridge::hybridclr
