//===- DefinitionLowering.cpp - Structs, classes, delegates and arrays ----===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/managed/Layout.h"
#include "ilbridge/managed/Lowering.h"
#include "llvm/ADT/ScopeExit.h"

using namespace ilbridge::ecma335;

namespace ilbridge::managed {

/// No program has types that are nested more deeply, but a manifest might.
static constexpr unsigned MaxDepth = 200;

//===----------------------------------------------------------------------===//
// Definitions
//===----------------------------------------------------------------------===//

/// \p T with \p Arguments for the type parameters of the type around it.
const TypeSig &Lowering::closed(const TypeSig &T,
                                llvm::ArrayRef<const TypeSig *> Arguments) {
  auto All = [&] {
    llvm::SmallVector<const TypeSig *, 4> Closed;
    for (const TypeSig *A : T.arguments())
      Closed.push_back(&closed(*A, Arguments));
    return Closed;
  };
  if (Arguments.empty())
    return T;
  switch (T.kind()) {
  case TypeSig::TypeParameter:
    return T.index() < Arguments.size() ? *Arguments[T.index()] : T;
  case TypeSig::Instance: {
    llvm::SmallVector<const TypeSig *, 4> Closed = All();
    return llvm::equal(Closed, T.arguments())
               ? T
               : Instances.instance(T.definition(), Closed);
  }
  case TypeSig::FunctionPointer:
    return Instances.functionPointer(All(), T.convention());
  case TypeSig::Pointer:
  case TypeSig::ByRef:
  case TypeSig::SZArray:
    return Instances.derived(T.kind(), closed(T.element(), Arguments));
  case TypeSig::Array:
    return Instances.array(closed(T.element(), Arguments), T.rank());
  default:
    return T;
  }
}

Lowered Lowering::definition(const TypeSig &Open, const MarshalAs *As,
                             const Context &C) {
  const TypeSig &T = closed(Open, C.Arguments);
  const TypeDef &D = T.definition();
  bool Marshals = C.How == Marshalling::PInvoke;
  switch (D.TheKind) {
  case TypeDef::Unresolved:
    // Without a marshaller it does not matter what an object is made of.
    if (!Marshals && !D.IsPassedByValue)
      return object(D.fullName(), objectKind(D));
    return problem("is not known");
  case TypeDef::Enum:
    return enumeration(D);
  case TypeDef::Struct:
    if (Marshals && D.fullName() == "System.Runtime.InteropServices.HandleRef")
      return scalar(ScalarType::Integer, Width::Pointer, Signedness::Signed);
    if (Marshals && D.fullName() == "System.DateTime")
      return dateTime(C);
    if (Marshals)
      if (const runtime::Answer *No = refusal(T, C))
        return problem(No->Otherwise);
    if (Marshals && As && As->Native == NATIVE_TYPE_LPSTRUCT)
      return byAddress(T, C);
    return record(T, C);
  case TypeDef::Delegate:
    if (Marshals && T.kind() == TypeSig::Instance)
      if (const auto &A = ask(runtime::Rule::GenericDelegate); !A.Holds)
        return problem(A.Otherwise);
    if (Marshals && C.Where == Context::Referent && !C.IsOut)
      if (const auto &A = ask(runtime::Rule::DelegateByReference); !A.Holds)
        return problem(A.Otherwise);
    return Marshals ? delegate(T) : object(D.fullName(), ObjectKind::Delegate);
  case TypeDef::SafeHandle:
    if (Marshals && C.IsCallback)
      return problem("cannot be marshalled: no runtime makes a SafeHandle of "
                     "what native code passes to a callback");
    if (Marshals)
      return scalar(ScalarType::Integer, Width::Pointer, Signedness::Signed);
    return object(D.fullName(), objectKind(D));
  case TypeDef::Interface:
    if (Marshals)
      return pointerTo({Types.make<VoidType>(), {}}); // a COM interface
    return object(D.fullName(), objectKind(D));
  case TypeDef::Class:
    if (!Marshals)
      return object(D.fullName(), objectKind(D));
    if (D.fullName() == "System.Text.StringBuilder") {
      Context Writable = C;
      Writable.Where = Context::Element;
      return string(As, Writable);
    }
    // A delegate of any type.
    if (D.fullName() == "System.Delegate" ||
        D.fullName() == "System.MulticastDelegate")
      return pointerTo({Types.make<VoidType>(), {}});
    // A class with a layout is passed by address, and embedded as a field.
    if (D.TheLayout != TypeDef::Auto) {
      if (C.Where == Context::Referent)
        if (const auto &A = ask(runtime::Rule::ClassByReference); !A.Holds)
          return problem(A.Otherwise);
      Lowered R = record(T, C);
      return C.Where == Context::Field ? R : pointerTo(R);
    }
    return problem("cannot be marshalled: it is a class, which only "
                   "[StructLayout] gives a native form");
  }
  llvm_unreachable("not a kind of definition");
}

/// An OLE date: a double of days. (.NET documentation, "Default marshalling for
/// value types")
Lowered Lowering::dateTime(const Context &C) {
  if (C.Where != Context::Param || C.IsCallback)
    if (const auto &A = ask(runtime::Rule::DateTimeInMemory); !A.Holds)
      return problem(A.Otherwise);
  return scalar(ScalarType::Float, Width::W64, Signedness::Signed);
}

/// [MarshalAs(UnmanagedType.LPStruct)]
Lowered Lowering::byAddress(const TypeSig &T, const Context &C) {
  std::string Name = T.definition().fullName();
  if (Name != "System.Guid" && Name != "System.Decimal")
    if (const auto &A = ask(runtime::Rule::LPStruct); !A.Holds)
      return problem(A.Otherwise);
  return pointerTo(record(T, C));
}

llvm::StringRef Lowering::problemByValue(const TypeSig &T) {
  Context C{Marshalling::PInvoke, CharSet::None, Context::Param};
  if (!T.isValueType() || !isConverted(T, nullptr, C))
    return "";
  const runtime::Answer &A = ask(runtime::Rule::ManagedStructByValue);
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

Lowered Lowering::enumeration(const TypeDef &D) {
  const ilbridge::Type *&Known = Enums[&D];
  if (!Known) {
    Declaration Decl;
    Decl.Path = {D.fullName()};
    Decl.Where = D.Where;
    Context Raw{Marshalling::None, CharSet::None, Context::Field};
    auto *E = Types.make<EnumType>(std::move(Decl),
                                   primitive(D.Underlying, nullptr, Raw).Ty);
    E->IsFixed = true;
    Known = E;
  }
  return {Known, {}};
}

Lowered Lowering::delegate(const TypeSig &T) {
  const TypeDef &D = T.definition();
  if (!D.Invocation)
    return problem("cannot be marshalled: its Invoke method is not known");
  // A delegate can have a parameter of its own type; C has no word for that.
  if (!InProgress.insert(&D).second)
    return pointerTo({Types.make<VoidType>(), {}});
  auto Done = llvm::make_scope_exit([&] { InProgress.erase(&D); });

  const Signature &Sig = D.Invocation->Invoke;
  Context C{Marshalling::PInvoke, D.Invocation->Chars, Context::Result,
            T.arguments()};
  C.IsCallback = true;
  std::vector<const ilbridge::Type *> Params;
  // The result of a callback goes the other way, but takes the same form.
  Lowered Result = lower(Sig.Result, C);
  if (!Result)
    return problem("cannot be marshalled: its result " + Result.Problem);
  C.Where = Context::Param;
  for (const Parameter &P : Sig.Params) {
    Lowered L = lower(P, C);
    if (!L)
      return problem("cannot be marshalled: its parameter '" + P.Name + "' " +
                     L.Problem);
    Params.push_back(L.Ty);
  }
  std::optional<CallingConvention> CC = D.Invocation->Convention;
  return pointerTo(
      {Types.make<FunctionType>(Result.Ty, std::move(Params),
                                CC.value_or(CallingConvention::C), CC, false),
       {}});
}

Lowered Lowering::functionPointer(const TypeSig &T, const Context &C) {
  Context Raw = C;
  if (C.How == Marshalling::PInvoke && C.Where != Context::Field)
    if (const auto &A = ask(runtime::Rule::FunctionPointerParameter); !A.Holds)
      return problem(A.Otherwise);
  Asked.Crossings.set(static_cast<size_t>(runtime::Crossing::FunctionPointer));
  bool Marshals = C.How == Marshalling::PInvoke &&
                  Runtime.conversion(runtime::Crossing::FunctionPointer) ==
                      runtime::Conversion::Marshalled;
  Raw.How = Marshals ? Marshalling::PInvoke : Marshalling::None;
  Raw.Chars = CharSet::None;
  Raw.Where = Context::Param;
  std::vector<const ilbridge::Type *> Types;
  for (const TypeSig *Each : T.arguments()) {
    Lowered L = lower(*Each, nullptr, Raw);
    if (!L)
      return L;
    Types.push_back(L.Ty);
  }
  const ilbridge::Type *Result = Types.front();
  Types.erase(Types.begin());
  return pointerTo({this->Types.make<FunctionType>(Result, std::move(Types),
                                                   T.convention(), false),
                    {}});
}

/// Arrays, delegates and classes pass as parameters, and not as elements.
static bool hasNoElementForm(const TypeSig &T) {
  switch (T.kind()) {
  case TypeSig::SZArray:
  case TypeSig::Array:
    return true;
  case TypeSig::Definition:
  case TypeSig::Instance: {
    TypeDef::Kind K = T.definition().TheKind;
    return K == TypeDef::Delegate || K == TypeDef::SafeHandle ||
           K == TypeDef::Class;
  }
  default:
    return false;
  }
}

Lowered Lowering::array(const TypeSig &T, const MarshalAs *As,
                        const Context &C) {
  if (C.How == Marshalling::None)
    return object(toString(T), ObjectKind::Array);
  NativeType Native = As ? As->Native : NATIVE_TYPE_MAX;
  if (hasNoElementForm(T.element()))
    return problem("cannot be marshalled: its elements are objects that no "
                   "runtime converts within an array");
  Context Inner = C;
  Inner.Where = Context::Element;
  MarshalAs OfElement;
  // Both runtimes that were tried ignore it for numbers and characters, and all
  // but a byte for bool.
  bool IsBool = T.element().is(Primitive::Boolean);
  bool IsByte =
      As && (As->Element == NATIVE_TYPE_U1 || As->Element == NATIVE_TYPE_I1);
  bool IsText = T.element().is(Primitive::String);
  if (As && (IsBool ? IsByte && holds(runtime::Rule::BoolElementType) : IsText))
    OfElement.Native = As->Element;
  Lowered Element =
      lower(T.element(),
            OfElement.Native == NATIVE_TYPE_MAX ? nullptr : &OfElement, Inner);
  if (!Element)
    return problem("cannot be marshalled: its element " + Element.Problem);
  if (Native == NATIVE_TYPE_FIXEDARRAY && C.Where == Context::Field)
    return {Types.make<ArrayType>(Element.Ty, As->SizeConst.value_or(1)), {}};
  if ((Native != NATIVE_TYPE_MAX && Native != NATIVE_TYPE_ARRAY) ||
      C.Where == Context::Field)
    return problem("cannot be marshalled as '" +
                   (Native == NATIVE_TYPE_MAX ? "safe-array" : name(Native)) +
                   "' here");
  if (C.Where == Context::Result)
    return problem("cannot be marshalled as a result: nothing says how many "
                   "elements there are");
  return pointerTo(Element);
}

//===----------------------------------------------------------------------===//
// Records
//===----------------------------------------------------------------------===//

/// Whether marshalling changes the bytes of a value: whether it is not
/// blittable. (.NET documentation, "Blittable and non-blittable types")
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
    // A struct that contains itself is refused elsewhere.
    auto [It, IsNew] = Converted.try_emplace(&T, false);
    if (!IsNew || Depth > MaxDepth)
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

/// The rule by which the runtime does not marshal a struct; null: it does.
const runtime::Answer *Lowering::refusal(const TypeSig &T, const Context &C) {
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

Lowered Lowering::record(const TypeSig &T, const Context &C) {
  auto [It, IsNew] = Records.try_emplace({&T, C.How});
  if (!IsNew) {
    const KnownRecord &Known = It->second;
    if (!Known.Record && Known.Record.Problem.empty())
      return problem("contains itself by value");
    Asked |= Known.Asked;
    return Known.Record;
  }
  const TypeDef &D = T.definition();
  if (Depth > MaxDepth)
    return problem("is nested too deeply");
  runtime::Consulted Before = takeAsked();
  ++Depth;
  auto Done = llvm::make_scope_exit([&] { --Depth; });
  Declaration Decl;
  Decl.Path = {toString(T)};
  Decl.Where = D.Where;
  auto *R = Types.make<RecordType>(std::move(Decl), RecordType::Struct);
  Context Inner{C.How, D.Chars, Context::Field, T.arguments()};
  Lowered Result = fill(*R, D, Inner);
  Records[{&T, C.How}] = {Result, Asked};
  Asked |= Before;
  return Result;
}

/// Whether two fields of an explicit layout begin at the same offset.
static bool hasOverlap(const TypeDef &D) {
  std::set<uint32_t> Offsets;
  return llvm::any_of(D.Fields, [&](const FieldDef &F) {
    return F.Offset && !Offsets.insert(*F.Offset).second;
  });
}

Lowered Lowering::fill(RecordType &R, const TypeDef &D, const Context &C) {
  R.Pack = D.Pack;
  R.MinSize = D.Size;
  if (D.TheLayout == TypeDef::Auto && C.How == Marshalling::PInvoke)
    return problem("cannot be marshalled: its layout is automatic");
  bool Converts = D.TheLayout == TypeDef::Explicit &&
                  C.How == Marshalling::PInvoke &&
                  llvm::any_of(D.Fields, [&](const FieldDef &F) {
                    return isConverted(closed(*F.Type, C.Arguments),
                                       F.Marshal ? &*F.Marshal : nullptr, C);
                  });
  Context Inside = C;
  if (Converts && holds(runtime::Rule::RawExplicitLayout))
    Inside.How = Marshalling::None;
  for (const FieldDef &F : D.Fields) {
    ilbridge::Field Out;
    if (Lowered L = field(F, Inside, Out); !L)
      return problem("cannot be passed by value: its field '" + F.Name + "' " +
                     L.Problem);
    if (D.TheLayout == TypeDef::Explicit && !F.Offset)
      return problem("cannot be passed by value: its field '" + F.Name +
                     "' has no [FieldOffset]");
    Out.ExplicitOffset = F.Offset;
    R.Fields.push_back(std::move(Out));
  }
  if (Converts && hasOverlap(D))
    if (const auto &A = ask(runtime::Rule::ConvertedUnion); !A.Holds)
      return problem(A.Otherwise);
  return {&R, {}};
}

/// C#'s `fixed int Data[4]` is a struct of one field and the whole size.
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
    // Its elements keep their managed form whatever is marshalled around them.
    Context Raw = C;
    Raw.How = Marshalling::None;
    L = lower(*Element, nullptr, Raw);
    if (const auto *S = llvm::dyn_cast_or_null<ScalarType>(L.Ty)) {
      unsigned Bytes = DataModel().bits(S->width()) / 8;
      L.Ty = Types.make<ArrayType>(L.Ty, F.Type->definition().Size / Bytes);
    }
  } else {
    L = lower(*F.Type, F.Marshal ? &*F.Marshal : nullptr, C);
  }
  Out.Name = F.Name;
  Out.Ty = L.Ty;
  Out.Spelling = csharpName(*F.Type);
  return L;
}

} // namespace ilbridge::managed
