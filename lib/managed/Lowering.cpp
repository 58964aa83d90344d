//===- Lowering.cpp - Managed types as native code gets them --------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/managed/Lowering.h"
#include "llvm/ADT/ScopeExit.h"

using namespace ilbridge::ecma335;

namespace ilbridge::managed {

/// Types of more levels than this no program has, but a manifest might.
static constexpr unsigned MaxDepth = 200;

static Lowered problem(const llvm::Twine &Text) {
  return {nullptr, Text.str()};
}

Lowered Lowering::scalar(ScalarType::Class C, Width W, Signedness S) {
  return {Types.make<ScalarType>(C, W, S), {}};
}

Lowered Lowering::pointerTo(Lowered Pointee, bool IsConst) {
  if (!Pointee)
    return Pointee;
  return {Types.make<PointerType>(Pointee.Ty, Qualifiers{IsConst},
                                  PointerType::Pointer),
          {}};
}

/// The address of an object of the managed heap.
Lowered Lowering::object(llvm::StringRef Name, ObjectKind Kind) {
  Declaration D;
  D.Path.push_back(Name.str());
  return pointerTo({Types.make<OpaqueType>(std::move(D), Kind), {}});
}

const runtime::Answer &Lowering::ask(runtime::Rule R) {
  Asked.set(static_cast<size_t>(R));
  return Runtime.answer(R);
}

ObjectKind objectKind(const TypeDef &D) {
  std::string Name = D.fullName();
  if (D.TheKind == TypeDef::Delegate || Name == "System.Delegate" ||
      Name == "System.MulticastDelegate")
    return ObjectKind::Delegate;
  if (Name == "System.String")
    return ObjectKind::String;
  if (Name == "System.Object")
    return ObjectKind::Any;
  if (Name == "System.Array")
    return ObjectKind::Array;
  if (Name == "System.Type" || Name == "System.RuntimeType" ||
      Name == "System.MonoType")
    return ObjectKind::Type;
  if (Name == "System.Exception")
    return ObjectKind::Exception;
  return ObjectKind::Other;
}

Lowered Lowering::lower(const Parameter &P, Marshalling How, CharSet Chars,
                        bool IsResult) {
  Context C{How, Chars, IsResult ? Context::Result : Context::Param};
  return lower(*P.Type, P.Marshal ? &*P.Marshal : nullptr, C);
}

Lowered Lowering::lower(const TypeSig &T, const MarshalAs *As,
                        const Context &C) {
  if (As && As->Native == NATIVE_TYPE_CUSTOMMARSHALER &&
      C.How == Marshalling::PInvoke)
    return pointerTo({Types.make<VoidType>(), {}});
  switch (T.kind()) {
  case TypeSig::Primitive:
    return primitive(T.primitive(), As, C);
  case TypeSig::Definition:
  case TypeSig::Instance:
    return definition(T, As, C);
  case TypeSig::Pointer: {
    // What a pointer points to is never marshalled.
    Context Raw = C;
    Raw.How = Marshalling::None;
    Raw.Where = Context::Element;
    return pointerTo(lower(T.element(), nullptr, Raw));
  }
  case TypeSig::ByRef: {
    Context Inner = C;
    Inner.Where = Context::Element;
    return pointerTo(lower(T.element(), As, Inner));
  }
  case TypeSig::SZArray:
  case TypeSig::Array:
    return array(T, As, C);
  case TypeSig::FunctionPointer:
    return functionPointer(T, C);
  case TypeSig::TypeParameter:
    if (T.index() < C.Arguments.size())
      return lower(*C.Arguments[T.index()], As, C);
    [[fallthrough]];
  case TypeSig::MethodParameter:
    if (C.How == Marshalling::None)
      return problem("depends on a type parameter");
    return problem("cannot be marshalled: it depends on a type parameter");
  }
  llvm_unreachable("not a type");
}

//===----------------------------------------------------------------------===//
// Primitives
//===----------------------------------------------------------------------===//

/// A bool is a Win32 BOOL where nothing else is said.
static std::optional<Width> boolWidth(const MarshalAs *As) {
  switch (As ? As->Native : NATIVE_TYPE_MAX) {
  case NATIVE_TYPE_MAX:
  case NATIVE_TYPE_BOOLEAN:
  case NATIVE_TYPE_I4:
  case NATIVE_TYPE_U4:
    return Width::W32;
  case NATIVE_TYPE_VARIANTBOOL:
  case NATIVE_TYPE_I2:
  case NATIVE_TYPE_U2:
    return Width::W16;
  case NATIVE_TYPE_I1:
  case NATIVE_TYPE_U1:
    return Width::W8;
  default:
    return std::nullopt;
  }
}

/// Ansi is what C# means where it states no CharSet; Auto is UTF-16 on Windows
/// and UTF-8 elsewhere.
static Width characterWidth(CharSet Chars) {
  switch (Chars) {
  case CharSet::None:
  case CharSet::Ansi:
    return Width::W8;
  case CharSet::Unicode:
    return Width::W16;
  case CharSet::Auto:
    return Width::AutoChar;
  }
  llvm_unreachable("not a CharSet");
}

/// Of C: char, char16_t, or either of them.
Lowered Lowering::character(Width W) {
  return scalar(ScalarType::Character, W,
                W == Width::W16 ? Signedness::Unsigned : Signedness::Target);
}

Lowered Lowering::character(const MarshalAs *As, const Context &C) {
  switch (As ? As->Native : NATIVE_TYPE_MAX) {
  case NATIVE_TYPE_I1:
  case NATIVE_TYPE_U1:
    return character(Width::W8);
  case NATIVE_TYPE_I2:
  case NATIVE_TYPE_U2:
    return character(Width::W16);
  case NATIVE_TYPE_MAX:
    return character(characterWidth(C.Chars));
  default:
    return problem("cannot be marshalled as '" + name(As->Native) + "'");
  }
}

Lowered Lowering::string(const MarshalAs *As, const Context &C) {
  NativeType Native = As ? As->Native : NATIVE_TYPE_MAX;
  Width W = characterWidth(C.Chars);
  switch (Native) {
  case NATIVE_TYPE_LPSTR:
  case NATIVE_TYPE_LPUTF8STR:
    W = Width::W8;
    break;
  case NATIVE_TYPE_LPWSTR:
  case NATIVE_TYPE_BSTR:
    W = Width::W16;
    break;
  case NATIVE_TYPE_LPTSTR:
    W = Width::AutoChar;
    break;
  case NATIVE_TYPE_MAX:
    break;
  case NATIVE_TYPE_FIXEDSYSSTRING:
    if (C.Where == Context::Field && As->SizeConst) {
      Lowered Char = character(nullptr, C);
      return {Types.make<ArrayType>(Char.Ty, *As->SizeConst), {}};
    }
    [[fallthrough]];
  default:
    return problem("cannot be marshalled as '" + name(Native) + "' here");
  }
  Lowered Char = character(W);
  // Whoever gets a string as an argument must not write into it.
  return pointerTo(Char, /*IsConst=*/C.Where != Context::Element);
}

Lowered Lowering::primitive(Primitive P, const MarshalAs *As,
                            const Context &C) {
  constexpr auto Integer = ScalarType::Integer;
  constexpr auto Signed = Signedness::Signed;
  constexpr auto Unsigned = Signedness::Unsigned;
  bool Marshals = C.How == Marshalling::PInvoke;
  switch (P) {
  case Primitive::Void:
    return {Types.make<VoidType>(), {}};
  case Primitive::Boolean: {
    std::optional<Width> W = Marshals ? boolWidth(As) : Width::W8;
    if (!W)
      return problem("cannot be marshalled as '" + name(As->Native) + "'");
    return scalar(ScalarType::Bool, *W, Unsigned);
  }
  case Primitive::Char:
    if (Marshals)
      return character(As, C);
    return scalar(ScalarType::Character, Width::W16, Unsigned);
  case Primitive::SByte:
    return scalar(Integer, Width::W8, Signed);
  case Primitive::Byte:
    return scalar(Integer, Width::W8, Unsigned);
  case Primitive::Int16:
    return scalar(Integer, Width::W16, Signed);
  case Primitive::UInt16:
    return scalar(Integer, Width::W16, Unsigned);
  case Primitive::Int32:
    return scalar(Integer, Width::W32, Signed);
  case Primitive::UInt32:
    return scalar(Integer, Width::W32, Unsigned);
  case Primitive::Int64:
    return scalar(Integer, Width::W64, Signed);
  case Primitive::UInt64:
    return scalar(Integer, Width::W64, Unsigned);
  case Primitive::Single:
    return scalar(ScalarType::Float, Width::W32, Signed);
  case Primitive::Double:
    return scalar(ScalarType::Float, Width::W64, Signed);
  case Primitive::IntPtr:
    return scalar(Integer, Width::Pointer, Signed);
  case Primitive::UIntPtr:
    return scalar(Integer, Width::Pointer, Unsigned);
  case Primitive::String:
    return Marshals ? string(As, C)
                    : object("System.String", ObjectKind::String);
  case Primitive::Object:
    if (!Marshals)
      return object("System.Object", ObjectKind::Any);
    if (As &&
        (As->Native == NATIVE_TYPE_ASANY ||
         As->Native == NATIVE_TYPE_IUNKNOWN ||
         As->Native == NATIVE_TYPE_IDISPATCH || As->Native == NATIVE_TYPE_INTF))
      return pointerTo({Types.make<VoidType>(), {}});
    return problem("cannot be marshalled: an object has no native form");
  case Primitive::TypedReference:
    return problem("cannot be passed to native code");
  }
  llvm_unreachable("not a primitive");
}

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
    if (Marshals)
      if (const runtime::Answer *No = refusal(T, C))
        return problem(No->Otherwise);
    return record(T, C);
  case TypeDef::Delegate:
    if (Marshals && T.kind() == TypeSig::Instance)
      if (const auto &A = ask(runtime::Rule::GenericDelegate); !A.Holds)
        return problem(A.Otherwise);
    return Marshals ? delegate(D) : object(D.fullName(), ObjectKind::Delegate);
  case TypeDef::SafeHandle:
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
      Lowered R = record(T, C);
      return C.Where == Context::Field ? R : pointerTo(R);
    }
    return problem("cannot be marshalled: it is a class, which only "
                   "[StructLayout] gives a native form");
  }
  llvm_unreachable("not a kind of definition");
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

Lowered Lowering::delegate(const TypeDef &D) {
  if (!D.Invocation)
    return problem("cannot be marshalled: its Invoke method is not known");
  // A delegate can have a parameter of its own type; C has no word for that.
  if (!InProgress.insert(&D).second)
    return pointerTo({Types.make<VoidType>(), {}});
  auto Done = llvm::make_scope_exit([&] { InProgress.erase(&D); });

  const Signature &Sig = D.Invocation->Invoke;
  CharSet Chars = D.Invocation->Chars;
  std::vector<const ilbridge::Type *> Params;
  // The result of a callback goes the other way, but takes the same form.
  Lowered Result = lower(Sig.Result, Marshalling::PInvoke, Chars, true);
  if (!Result)
    return problem("cannot be marshalled: its result " + Result.Problem);
  for (const Parameter &P : Sig.Params) {
    Lowered L = lower(P, Marshalling::PInvoke, Chars, false);
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
  Raw.How = Marshalling::None;
  Raw.Where = Context::Element;
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

Lowered Lowering::array(const TypeSig &T, const MarshalAs *As,
                        const Context &C) {
  if (C.How == Marshalling::None)
    return object(toString(T), ObjectKind::Array);
  NativeType Native = As ? As->Native : NATIVE_TYPE_MAX;
  Context Inner = C;
  Inner.Where = Context::Element;
  MarshalAs OfElement;
  if (As)
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
  if (T.kind() == TypeSig::Instance && C.Where != Context::Field) {
    Rule R = C.Where == Context::Result ? Rule::GenericStructResult
                                        : Rule::GenericStructParameter;
    if (Refuses(R))
      return &ask(R);
    if (isConverted(T, nullptr, C) && Refuses(Rule::GenericStructConversion))
      return &ask(Rule::GenericStructConversion);
  }
  if (C.Where == Context::Result && isConverted(T, nullptr, C) &&
      Refuses(Rule::ConvertedStructResult))
    return &ask(Rule::ConvertedStructResult);
  return nullptr;
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
  runtime::RuleSet Before = takeAsked();
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
  bool Converts = false;
  for (const FieldDef &F : D.Fields) {
    Converts |= C.How == Marshalling::PInvoke &&
                D.TheLayout == TypeDef::Explicit &&
                isConverted(closed(*F.Type, C.Arguments),
                            F.Marshal ? &*F.Marshal : nullptr, C);
    ilbridge::Field Out;
    if (Lowered L = field(F, C, Out); !L)
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
