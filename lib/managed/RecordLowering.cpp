//===- RecordLowering.cpp - Structs and classes with a layout -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Unfinished.h"
#include "ilbridge/managed/Layout.h"
#include "ilbridge/type/Limits.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/SaveAndRestore.h"
#include <map>
#include <set>

using namespace ilbridge::ecma335;

namespace ilbridge::managed {

/// Whether marshalling changes the bytes of a value, that is, whether the value
/// is not blittable. (.NET documentation, "Blittable and non-blittable types")
bool Lowering::isConverted(const TypeSig &T, const MarshalAs *As,
                           const Context &C) {
  switch (T.kind()) {
  case TypeSig::Primitive:
    switch (T.primitive()) {
    case Primitive::Boolean:
    case Primitive::String:
    case Primitive::Object:
      return true;
    case Primitive::Char: {
      const auto *S = llvm::dyn_cast_or_null<ScalarType>(character(As, C).Ty);
      return !S || S->width() != Width::W16;
    }
    default:
      return false;
    }
  case TypeSig::Definition:
  case TypeSig::Instance: {
    const TypeDef &D = T.definition();
    if (D.TheKind != TypeDef::Struct)
      return D.TheKind != TypeDef::Enum;
    // A struct that contains itself is rejected by other code.
    auto [It, IsNew] = Converted.try_emplace(&T, false);
    if (!IsNew || Depth > MaxRecordDepth || Converted.size() > MaxParts)
      return It->second;
    ++Depth;
    Context Inner{C.How, D.Chars, Context::Field, T.arguments()};
    bool Converts = llvm::any_of(D.Fields, [&](const FieldDef &F) {
      return isConverted(closed(*F.Type, T.arguments()),
                         F.Marshal ? &*F.Marshal : nullptr, Inner);
    });
    --Depth;
    return Converted[&T] = Converts;
  }
  case TypeSig::SZArray:
  case TypeSig::Array:
    return true;
  default:
    return false;
  }
}

/// Returns the rule by which the runtime refuses to marshal a struct, or null
/// if it marshals it.
const runtime::RuleValue *Lowering::refusal(const TypeSig &T,
                                            const Context &C) {
  using runtime::Rule;
  auto Refuses = [&](Rule R) { return !ask(R).Holds; };
  if (T.kind() != TypeSig::Instance)
    return nullptr;
  std::string Name = T.definition().fullName();
  if (Name == "System.Span`1" || Name == "System.ReadOnlySpan`1")
    return Refuses(Rule::Span) ? &ask(Rule::Span) : nullptr;
  bool IsField = C.Where == Context::Field;
  if (!IsField && Refuses(Rule::GenericStruct))
    return &ask(Rule::GenericStruct);
  if (C.Where == Context::Element && Refuses(Rule::GenericElement))
    return &ask(Rule::GenericElement);
  Rule Conversion =
      IsField ? Rule::GenericFieldConversion : Rule::GenericStructConversion;
  return isConverted(T, nullptr, C) && Refuses(Conversion) ? &ask(Conversion)
                                                           : nullptr;
}

/// Whether \p Is holds for a field of a struct or class \p T, with its type, or
/// for a field of a nested struct.
bool Lowering::hasField(
    const TypeSig &T,
    llvm::function_ref<bool(const FieldDef &, const TypeSig &)> Is,
    unsigned Level) {
  if (T.kind() != TypeSig::Definition && T.kind() != TypeSig::Instance)
    return false;
  // A struct with deeper nesting has already been rejected.
  return Level <= MaxRecordDepth &&
         llvm::any_of(T.definition().Fields, [&](const FieldDef &F) {
           const TypeSig &Of = closed(*F.Type, T.arguments());
           return Is(F, Of) ||
                  (Of.isValueType() && hasField(Of, Is, Level + 1));
         });
}

/// Returns the rule by which the runtime refuses to marshal the fields of \p T,
/// a struct or class with a layout.
const runtime::RuleValue *Lowering::refusalOfFields(const TypeSig &T,
                                                    Direction D) {
  using runtime::Rule;
  bool IsByValue = D != Direction::Both;
  auto Is = [](const FieldDef &F, NativeType Native) {
    return F.Marshal && F.Marshal->Native == Native;
  };
  if (D != Direction::ToNative &&
      hasField(T, [&](const FieldDef &F, const TypeSig &Of) {
        return Of.is(Primitive::String) && Is(F, NATIVE_TYPE_BSTR);
      }))
    if (const auto *No = refuses(Rule::BStrFromNative))
      return No;
  if (D == Direction::FromNative &&
      hasField(T, [&](const FieldDef &, const TypeSig &Of) {
        return Of.kind() == TypeSig::Definition && Of.definition().isHandle();
      }))
    if (const auto *No = refuses(Rule::HandleFieldFromNative))
      return No;
  if (IsByValue && hasField(T, [&](const FieldDef &F, const TypeSig &Of) {
        return Is(F, NATIVE_TYPE_FIXEDARRAY) && Of.kind() == TypeSig::SZArray &&
               Of.element().isValueType() &&
               Of.element().definition().TheKind == TypeDef::Struct;
      }))
    if (const auto *No = refuses(Rule::ByValArrayOfStructs))
      return No;
  if (IsByValue && hasField(T, [&](const FieldDef &, const TypeSig &Of) {
        return Of.kind() == TypeSig::Definition &&
               Of.definition().fullName() == "System.Decimal";
      }))
    return refuses(Rule::DecimalFieldByValue);
  return nullptr;
}

Lowered Lowering::tooManyParts() {
  return problem("has more than 65,536 values in it, those of its structs "
                 "included, and ilbridge compares no more");
}

Lowered Lowering::record(const TypeSig &T, const Context &C) {
  const RecordKey Key(&T, C.How);
  auto [It, IsNew] = Records.try_emplace(Key);
  if (!IsNew) {
    const KnownRecord &Known = It->second;
    Asked |= Known.Asked;
    if (!Known.Unfinished)
      return Known.Record;
    if (Known.Level >= ByValueFrom)
      return problem("contains itself by value");
    Outermost = std::min(Outermost, Known.Level);
    return {Known.Unfinished, {}};
  }
  const TypeDef &D = T.definition();
  if (!D.Problem.empty())
    return problem("has an unknown layout: " + D.Problem);
  if (Depth > MaxRecordDepth)
    return It->second.Record = problem("is nested too deeply");
  runtime::Consulted Before = takeAsked();
  Declaration Decl;
  Decl.Path = {toString(T)};
  Decl.Where = D.Where;
  auto *R = Types.make<RecordType>(std::move(Decl), RecordType::Struct);
  Context Inner{C.How, D.Chars, Context::Field, T.arguments()};
  Unfinished Making(*this);
  llvm::SaveAndRestore Innermost(InnermostRecord, Making.level());
  It->second.Unfinished = R;
  It->second.Level = Making.level();
  Lowered Result = Making.finish(fill(*R, D, Inner), Asked, Key);
  Records[Key] = {Result, Asked};
  Asked |= Before;
  return Result;
}

/// Adds the bytes of each `bool` of one byte in \p T to \p Bools. Returns false
/// if \p T may contain something else that is converted.
static bool addByteBools(const ilbridge::Type &T, uint64_t At,
                         const ManagedLayout &Layout,
                         std::set<uint64_t> &Bools) {
  if (const auto *S = llvm::dyn_cast<ScalarType>(&T)) {
    if (S->scalarClass() == ScalarType::Bool && S->width() == Width::W8)
      Bools.insert(At);
    return S->width() == Width::W8 ? S->scalarClass() != ScalarType::Character
                                   : S->scalarClass() != ScalarType::Bool;
  }
  if (llvm::isa<EnumType>(T))
    return true;
  const auto *R = llvm::dyn_cast<RecordType>(&T);
  if (!R)
    return false;
  std::vector<uint64_t> Offsets = Layout.offsets(*R);
  return llvm::all_of(llvm::enumerate(R->Fields), [&](const auto &Each) {
    return addByteBools(*Each.value().Ty, At + Offsets[Each.index()], Layout,
                        Bools);
  });
}

/// Whether the conversion of a field changes bytes of another one that begins
/// at the same offset. Fields are converted in order. A `bool` of one byte
/// becomes 0 or 1, which changes the bytes of earlier fields there. The bytes
/// that a later number copies are those of C++, where a `bool` is 0 or 1, too.
static bool changesOverlap(const RecordType &R, const DataModel &Model) {
  const ManagedLayout Layout(Model);
  struct Earlier {
    unsigned Count = 0;
    uint64_t Size = 0; ///< of the largest field, in bytes
    bool IsNumbers = true;
  };
  std::map<uint64_t, Earlier> ByOffset;
  for (const Field &F : R.Fields) {
    if (!F.ExplicitOffset)
      continue;
    std::set<uint64_t> Bools;
    Earlier &E = ByOffset[*F.ExplicitOffset];
    E.IsNumbers &= addByteBools(*F.Ty, 0, Layout, Bools);
    if (E.Count++ != 0 &&
        (!E.IsNumbers || (!Bools.empty() && *Bools.begin() < E.Size)))
      return true;
    E.Size = std::max<uint64_t>(E.Size, Layout.of(*F.Ty).Size);
  }
  return false;
}

/// Returns the number of values in \p T.
unsigned Lowering::parts(const ilbridge::Type &T) const {
  const ilbridge::Type *Inner = &T;
  while (const auto *A = llvm::dyn_cast<ArrayType>(Inner))
    Inner = A->element();
  const auto *R = llvm::dyn_cast<RecordType>(Inner);
  // An empty struct has one byte.
  return R ? std::max(1u, PartsOf.at(R)) : 1;
}

/// Returns the size of a vector of System.Runtime.Intrinsics; 0 if \p D is not
/// one.
static unsigned vectorSize(const TypeDef &D) {
  if (D.Namespace != "System.Runtime.Intrinsics" || D.Enclosing)
    return 0;
  return llvm::StringSwitch<unsigned>(D.Name)
      .Case("Vector64`1", 8)
      .Case("Vector128`1", 16)
      .Case("Vector256`1", 32)
      .Case("Vector512`1", 64)
      .Default(0);
}

/// Fills \p R with the elements of a vector of \p Size bytes. They represent
/// its content, whatever fields its definition has.
Lowered Lowering::fillVector(RecordType &R, const TypeSig &Element,
                             unsigned Size, const Context &C) {
  Context Raw = C;
  Raw.How = Marshalling::None;
  Lowered L = lower(Element, nullptr, Raw);
  const auto *S = llvm::dyn_cast_or_null<ScalarType>(L.Ty);
  if (!S)
    return problem("is a vector of elements that are not numbers");
  ilbridge::Field Out;
  Out.Name = "Element";
  Out.Spelling = csharpName(Element);
  unsigned Count = Size * 8 / DataModel().bits(S->width());
  Out.Ty = Types.make<ArrayType>(S, Count);
  R.Fields.push_back(std::move(Out));
  R.MinSize = Size;
  R.IsVector = true;
  PartsOf[&R] = Count;
  return {&R, {}};
}

/// A Half stores the bits of C's _Float16 in an integer. In memory, it can be
/// treated as either type; as a value, it is passed as the struct with an
/// integer that it is.
static bool isHalf(const TypeDef &D) {
  return D.Namespace == "System" && D.Name == "Half" && !D.Enclosing &&
         D.Fields.size() == 1;
}

/// Fills \p R with the fields of COM's DECIMAL, which native code receives for
/// a System.Decimal. System.Decimal's own fields are private and differ between
/// core libraries. (.NET documentation, "Default marshalling for value types")
/// The words and the whole numbers in DECIMAL overlap.
Lowered Lowering::fillDecimal(RecordType &R, const TypeDef &D) {
  bool HasWideField = false;
  for (const FieldDef &F : D.Fields)
    HasWideField |=
        F.Type->is(Primitive::UInt64) || F.Type->is(Primitive::Int64);
  // A core library whose definition has four words aligns them as words.
  R.Pack = HasWideField ? D.Pack : 4;
  auto Add = [&](const char *Name, uint32_t Offset, Width W) {
    ilbridge::Field Out;
    Out.Name = Name;
    Out.Spelling = W == Width::W8    ? "byte"
                   : W == Width::W16 ? "ushort"
                   : W == Width::W32 ? "uint"
                                     : "ulong";
    Out.ExplicitOffset = Offset;
    Out.Ty = scalar(ScalarType::Integer, W, Signedness::Unsigned).Ty;
    R.Fields.push_back(std::move(Out));
  };
  Add("flags", 0, Width::W32);
  Add("wReserved", 0, Width::W16);
  Add("scale", 2, Width::W8);
  Add("sign", 3, Width::W8);
  Add("signscale", 2, Width::W16);
  Add("Hi32", 4, Width::W32);
  Add("Lo64", 8, Width::W64);
  Add("Lo32", 8, Width::W32);
  Add("Mid32", 12, Width::W32);
  PartsOf[&R] = R.Fields.size();
  return {&R, {}};
}

Lowered Lowering::fill(RecordType &R, const TypeDef &D, const Context &C) {
  R.Pack = D.Pack;
  R.MinSize = D.Size;
  if (D.TheLayout == TypeDef::Auto && C.How != Marshalling::None)
    return problem("cannot be marshalled: its layout is automatic");
  if (unsigned Size = vectorSize(D); Size && C.Arguments.size() == 1)
    if (holds(runtime::Rule::VectorAlignment))
      return fillVector(R, *C.Arguments.front(), Size, C);
  if (D.fullName() == "System.Decimal")
    return fillDecimal(R, D);
  bool IsConverted = D.TheLayout == TypeDef::Explicit &&
                     C.How == Marshalling::PInvoke &&
                     llvm::any_of(D.Fields, [&](const FieldDef &F) {
                       return isConverted(closed(*F.Type, C.Arguments),
                                          F.Marshal ? &*F.Marshal : nullptr, C);
                     });
  Context Inside = C;
  if (IsConverted && holds(runtime::Rule::RawExplicitLayout)) {
    Inside.How = Marshalling::None;
    IsConverted = false;
  }
  unsigned &Parts = PartsOf[&R];
  for (const FieldDef &F : D.Fields) {
    ilbridge::Field Out;
    if (Lowered L = field(F, Inside, Out); !L)
      return problem("cannot be passed by value: its field '" + F.Name + "' " +
                     L.Problem);
    if (D.TheLayout == TypeDef::Explicit && !F.Offset)
      return problem("cannot be passed by value: its field '" + F.Name +
                     "' has no [FieldOffset]");
    Out.ExplicitOffset = F.Offset;
    if (D.InlineArray) {
      if (const auto &A = ask(runtime::Rule::InlineArray); !A.Holds)
        return problem(A.Otherwise);
      Out.Ty = Types.make<ArrayType>(Out.Ty, D.InlineArray);
    }
    Parts += parts(*Out.Ty);
    R.Fields.push_back(std::move(Out));
    if (Parts > MaxParts)
      return tooManyParts();
  }
  if (isHalf(D)) {
    ilbridge::Field &Bits = R.Fields.front();
    Bits.Name = "Bits";
    Bits.ExplicitOffset = 0;
    ilbridge::Field Number = Bits;
    Number.Name = "Number";
    Number.Ty = scalar(ScalarType::Float, Width::W16, Signedness::Signed).Ty;
    R.Fields.push_back(std::move(Number));
  }
  DataModel Narrow;
  Narrow.Pointer = Narrow.Size = Narrow.Long = 32;
  if (IsConverted &&
      (changesOverlap(R, DataModel()) || changesOverlap(R, Narrow)))
    if (const auto &A = ask(runtime::Rule::ConvertedUnion); !A.Holds)
      return problem(A.Otherwise);
  return {&R, {}};
}

/// C# compiles `fixed int Data[4]` to a struct with one field and the whole
/// size.
static const TypeSig *fixedBufferElement(const FieldDef &F) {
  if (F.Type->kind() != TypeSig::Definition)
    return nullptr;
  const TypeDef &D = F.Type->definition();
  if (D.TheKind != TypeDef::Struct || !D.Size || D.Fields.size() != 1 ||
      D.Fields.front().Name != "FixedElementField" ||
      D.Fields.front().Type->kind() != TypeSig::Primitive)
    return nullptr;
  return D.Fields.front().Type;
}

Lowered Lowering::field(const FieldDef &F, const Context &C,
                        ilbridge::Field &Out) {
  Lowered L;
  if (const TypeSig *Element = fixedBufferElement(F)) {
    // Its elements keep their managed form, whatever marshalling the struct
    // has.
    Context Raw = C;
    Raw.How = Marshalling::None;
    L = lower(*Element, nullptr, Raw);
    if (const auto *S = llvm::dyn_cast_or_null<ScalarType>(L.Ty)) {
      unsigned Bytes = DataModel().bits(S->width()) / 8;
      L.Ty = Types.make<ArrayType>(L.Ty, F.Type->definition().Size / Bytes);
    }
  } else if (F.Type->kind() == TypeSig::ByRef) {
    L = problem("is a `ref`, which only the stack can hold");
  } else {
    L = lower(*F.Type, F.Marshal ? &*F.Marshal : nullptr, C);
  }
  Out.Name = F.Name;
  Out.Ty = L.Ty;
  Out.Spelling = csharpName(*F.Type);
  return L;
}

llvm::StringRef Lowering::problemByValue(const TypeSig &T) {
  Context C{Marshalling::PInvoke, CharSet::None, Context::Param};
  if (!T.isValueType() || !isConverted(T, nullptr, C))
    return "";
  const runtime::RuleValue &A = ask(runtime::Rule::ManagedStructByValue);
  if (A.Holds)
    return "";
  Lowered Marshalled = lower(T, nullptr, C);
  C.How = Marshalling::None;
  Lowered Raw = lower(T, nullptr, C);
  ManagedLayout Layout{DataModel()};
  return Raw && Marshalled &&
                 Layout.of(*Raw.Ty).Size == Layout.of(*Marshalled.Ty).Size
             ? llvm::StringRef()
             : A.Otherwise;
}

} // namespace ilbridge::managed
