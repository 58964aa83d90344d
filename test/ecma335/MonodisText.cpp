//===- MonodisText.cpp - Names and types as monodis writes them -----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MonodisText.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include <cmath>

namespace ilbridge::ecma335::test {

using llvm::cast;
using llvm::StringRef;
using llvm::Twine;

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

static std::string qualified(StringRef Namespace, StringRef Name) {
  return Namespace.empty() ? Name.str() : (Namespace + "." + Name).str();
}

std::string MonodisText::typeDef(TypeDefRid R) const {
  if (R.value() == 1)
    return "(null)";
  auto Row = must(M.row(R));
  std::string Name = string(Row.TypeName);
  if (TypeDefRid Outer = M.enclosingType(R))
    return typeDef(Outer) + "/" + Name;
  return qualified(string(Row.TypeNamespace), Name);
}

std::string MonodisText::typeRef(TypeRefRid R) const {
  auto Row = must(M.row(R));
  std::string Name = string(Row.TypeName);
  std::string Full = qualified(string(Row.TypeNamespace), Name);
  Token Scope = Row.ResolutionScope;
  if (Scope.is<TypeRefRow>())
    return typeRef(Scope.as<TypeRefRow>()) + "/" + Name;
  if (Scope.is<AssemblyRefRow>())
    return "[" + string(must(M.row(Scope.as<AssemblyRefRow>())).Name) + "]" +
           Full;
  if (Scope.is<ModuleRefRow>())
    return "[.module " + string(must(M.row(Scope.as<ModuleRefRow>())).Name) +
           "]" + Full;
  return "[" + string(must(M.row(Scope.as<ModuleRow>())).Name) + "] " + Full;
}

std::string MonodisText::type(Token T) const {
  if (T.is<TypeDefRow>())
    return typeDef(T.as<TypeDefRow>());
  if (T.is<TypeRefRow>())
    return typeRef(T.as<TypeRefRow>());
  auto Row = must(M.row(T.as<TypeSpecRow>()));
  return type(must(readTypeSpec(M, Row.Signature, A)));
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

static StringRef primitive(ElementType K) {
  switch (K) {
  case ELEMENT_TYPE_VOID:
    return "void";
  case ELEMENT_TYPE_BOOLEAN:
    return "bool";
  case ELEMENT_TYPE_CHAR:
    return "char";
  case ELEMENT_TYPE_I1:
    return "int8";
  case ELEMENT_TYPE_U1:
    return "unsigned int8";
  case ELEMENT_TYPE_I2:
    return "int16";
  case ELEMENT_TYPE_U2:
    return "unsigned int16";
  case ELEMENT_TYPE_I4:
    return "int32";
  case ELEMENT_TYPE_U4:
    return "unsigned int32";
  case ELEMENT_TYPE_I8:
    return "int64";
  case ELEMENT_TYPE_U8:
    return "unsigned int64";
  case ELEMENT_TYPE_R4:
    return "float32";
  case ELEMENT_TYPE_R8:
    return "float64";
  case ELEMENT_TYPE_STRING:
    return "string";
  case ELEMENT_TYPE_TYPEDBYREF:
    return "typedref";
  case ELEMENT_TYPE_I:
    return "native int";
  case ELEMENT_TYPE_U:
    return "native unsigned int";
  case ELEMENT_TYPE_OBJECT:
    return "object";
  default:
    return "?";
  }
}

static StringRef convention(const MethodSig &S) {
  switch (S.convention()) {
  case SignatureKind::C:
    return "unmanaged cdecl";
  case SignatureKind::StdCall:
    return "unmanaged stdcall";
  case SignatureKind::ThisCall:
    return "unmanaged thiscall";
  case SignatureKind::FastCall:
    return "unmanaged fastcall";
  case SignatureKind::VarArg:
    return "vararg";
  default:
    return "default";
  }
}

std::string MonodisText::mods(const TypeSig *T) const {
  std::string Result;
  for (const CustomMod &Mod : T->mods())
    Result += std::string(Mod.IsRequired ? " modreq" : " modopt") + " (" +
              type(Mod.Type) + ")";
  return Result;
}

std::string MonodisText::bounds(const ArraySig &T) const {
  std::string Result = "[";
  for (uint32_t I = 0; I != T.rank(); ++I) {
    if (I)
      Result += ",";
    bool HasLower = I < T.lowerBounds().size();
    int64_t Lower = HasLower ? T.lowerBounds()[I] : 0;
    if (HasLower)
      Result += (Twine(Lower) + "...").str();
    if (I < T.sizes().size())
      Result += Twine(HasLower ? Lower + T.sizes()[I] - 1 : T.sizes()[I]).str();
  }
  return Result + "]";
}

std::string MonodisText::type(const TypeSig *T,
                              const GenericNames *Names) const {
  auto args = [&](llvm::ArrayRef<const TypeSig *> Types) {
    std::string Result;
    for (const TypeSig *Arg : Types)
      Result += (Result.empty() ? "" : ",") + type(Arg, Names);
    return Result;
  };
  std::string Text;
  switch (T->kind()) {
  case ELEMENT_TYPE_CLASS:
  case ELEMENT_TYPE_VALUETYPE: {
    const auto *N = cast<NamedSig>(T);
    Text = (N->isValueType() ? "valuetype " : "class ") + type(N->type());
    break;
  }
  case ELEMENT_TYPE_PTR:
    Text = type(cast<UnarySig>(T)->element(), Names) + "*";
    break;
  case ELEMENT_TYPE_BYREF:
    Text = type(cast<UnarySig>(T)->element(), Names) + "&";
    break;
  case ELEMENT_TYPE_SZARRAY:
    Text = type(cast<UnarySig>(T)->element(), Names) + "[]";
    break;
  case ELEMENT_TYPE_ARRAY:
    Text =
        type(cast<ArraySig>(T)->element(), Names) + bounds(*cast<ArraySig>(T));
    break;
  case ELEMENT_TYPE_GENERICINST: {
    const auto *G = cast<GenericInstSig>(T);
    Text = (G->isValueType() ? "valuetype " : "class ") + type(G->type()) +
           "<" + args(G->args()) + ">";
    break;
  }
  case ELEMENT_TYPE_VAR:
  case ELEMENT_TYPE_MVAR: {
    const auto *V = cast<GenericVarSig>(T);
    Text = V->isOfMethod() ? "!!" : "!";
    llvm::ArrayRef<StringRef> Known;
    if (Names)
      Known = V->isOfMethod() ? Names->OfMethod : Names->OfType;
    if (V->number() < Known.size())
      Text += Known[V->number()];
    else
      Text += std::to_string(V->number());
    break;
  }
  case ELEMENT_TYPE_FNPTR: {
    const MethodSig &S = *cast<FnPtrSig>(T)->method();
    Text = ("method " + convention(S) + " " + type(S.ReturnType, Names) +
            " *(" + args(S.Params) + ")")
               .str();
    break;
  }
  default:
    Text = primitive(T->kind());
    break;
  }
  return Text + mods(T);
}

//===----------------------------------------------------------------------===//
// Methods
//===----------------------------------------------------------------------===//

std::string MonodisText::param(const TypeSig *T) const {
  return (T->kind() == ELEMENT_TYPE_BYREF ? "[out] " : "") + type(T);
}

std::string MonodisText::params(const MethodSig &S) const {
  std::string Result;
  for (size_t I = 0; I != S.Params.size(); ++I) {
    if (I)
      Result += ", ";
    if (I == S.FixedParamCount)
      Result += "..., ";
    Result += param(S.Params[I]);
  }
  return Result;
}

std::string MonodisText::methodRef(const MethodSig &S, StringRef Name) const {
  std::string Result =
      S.hasThis() ? (S.explicitThis() ? "explicit-this " : "instance ") : "";
  if (S.convention() != SignatureKind::Default)
    Result += convention(S).str() + " ";
  Result += type(S.ReturnType);
  if (!Name.empty())
    Result += " " + Name.str();
  return Result + "(" + params(S) + ")";
}

GenericNames MonodisText::genericNames(MethodDefRid R) const {
  GenericNames Names;
  TypeDefRid Owner = M.owner(R);
  for (GenericParamRid P : M.genericParams(Owner))
    Names.OfType.push_back(must(M.string(must(M.row(P)).Name)));
  for (GenericParamRid P : M.genericParams(R))
    Names.OfMethod.push_back(must(M.string(must(M.row(P)).Name)));
  return Names;
}

std::string MonodisText::genericParams(MethodDefRid R,
                                       const GenericNames &Names) const {
  std::string Result;
  for (GenericParamRid P : M.genericParams(R)) {
    auto Row = must(M.row(P));
    Result += Result.empty() ? "<" : ",";
    auto Special = [&](GenericParamAttributes Flag, StringRef Text) {
      if (has(Row.Flags, Flag))
        Result += Text;
    };
    Special(GenericParamAttributes::Covariant, "+ ");
    Special(GenericParamAttributes::Contravariant, "- ");
    Special(GenericParamAttributes::ReferenceTypeConstraint, "class ");
    Special(GenericParamAttributes::NotNullableValueTypeConstraint,
            "valuetype ");
    Special(GenericParamAttributes::DefaultConstructorConstraint, ".ctor ");
    std::string Constraints;
    for (GenericParamConstraintRid C : M.constraints(P)) {
      Token T = must(M.row(C)).Constraint;
      Constraints += Constraints.empty() ? "(" : ", ";
      if (T.is<TypeSpecRow>()) {
        auto Spec = must(M.row(T.as<TypeSpecRow>()));
        Constraints += type(must(readTypeSpec(M, Spec.Signature, A)), &Names);
      } else {
        Constraints += "class " + type(T);
      }
    }
    if (!Constraints.empty())
      Result += Constraints + ") ";
    Result += string(Row.Name);
  }
  return Result.empty() ? "" : Result + ">";
}

static std::string attributes(ParamAttributes Flags) {
  std::string Result;
  if (has(Flags, ParamAttributes::In))
    Result += "[in]";
  if (has(Flags, ParamAttributes::Out))
    Result += "[out]";
  if (has(Flags, ParamAttributes::Optional))
    Result += "[opt]";
  return Result;
}

std::string MonodisText::methodDef(MethodDefRid R,
                                   const MethodDefRow &Row) const {
  A.Reset();
  auto Sig = must(readMethodSig(M, Row.Signature, A));
  GenericNames Names = genericNames(R);

  // Parameters by sequence number; 0 is the return value.
  struct Param {
    std::string Name, Attributes, Marshal;
  };
  std::vector<Param> Params(Sig.Params.size() + 1);
  for (size_t I = 1; I != Params.size(); ++I)
    Params[I].Name = "A_" + std::to_string(Sig.hasThis() ? I : I - 1);
  auto Rows = must(M.params(R));
  for (ParamRid P : Rows) {
    auto ParamRow = must(M.row(P));
    if (ParamRow.Sequence >= Params.size())
      continue;
    Param &Into = Params[ParamRow.Sequence];
    Into.Name = string(ParamRow.Name);
    Into.Attributes = attributes(ParamRow.Flags);
    if (FieldMarshalRid Marshal = M.fieldMarshal(P))
      Into.Marshal =
          marshal(must(readMarshalSpec(M, must(M.row(Marshal)).NativeType)));
  }

  std::string Result = Sig.hasThis() ? "instance " : "";
  Result += convention(Sig).str() + " " + Params[0].Attributes + " " +
            type(Sig.ReturnType, &Names) + Params[0].Marshal + " " +
            string(Row.Name) + genericParams(R, Names) + " (";
  for (size_t I = 1; I != Params.size(); ++I)
    Result += (I == 1 ? "" : ", ") + Params[I].Attributes + " " +
              type(Sig.Params[I - 1], &Names) + Params[I].Marshal + " " +
              Params[I].Name;
  return Result + ")";
}

//===----------------------------------------------------------------------===//
// Marshalling
//===----------------------------------------------------------------------===//

StringRef MonodisText::nativeType(uint32_t Kind) const {
  switch (Kind) {
  case NATIVE_TYPE_U1:
    return "unsigned int8";
  case NATIVE_TYPE_U2:
    return "unsigned int16";
  case NATIVE_TYPE_U4:
    return "unsigned int32";
  case NATIVE_TYPE_U8:
    return "unsigned int64";
  case NATIVE_TYPE_UINT:
    return "unsigned int";
  case NATIVE_TYPE_BYVALSTR:
    return "vbbyrefstr";
  default:
    return nativeTypeName(Kind);
  }
}

/// Returns the name of a VT_* constant of COM.
static StringRef variantType(uint32_t Type) {
  switch (Type) {
  case 8:
    return "bstr";
  case 9:
    return "idispatch";
  case 12:
    return "variant";
  case 13:
    return "iunknown";
  case 3:
    return "int32";
  case 17:
    return "unsigned int8";
  default:
    return "unknown";
  }
}

std::string MonodisText::marshal(const MarshalSpec &S) const {
  std::string Text;
  switch (S.Kind) {
  case NATIVE_TYPE_FIXEDSYSSTRING:
  case NATIVE_TYPE_FIXEDARRAY:
    Text = (nativeType(S.Kind) + " [" + Twine(S.Size.value_or(0)) + "]").str();
    break;
  case NATIVE_TYPE_ARRAY:
    if (S.ElementKind)
      Text = nativeType(*S.ElementKind);
    Text += "[";
    if (S.Size.value_or(0) || (S.Size && !S.SizeParam))
      Text += std::to_string(*S.Size);
    if (S.SizeParam)
      Text += " + " + std::to_string(*S.SizeParam);
    Text += "]";
    break;
  case NATIVE_TYPE_SAFEARRAY:
    Text = "safearray ";
    if (S.SafeArrayType.value_or(0))
      Text += variantType(*S.SafeArrayType);
    break;
  case NATIVE_TYPE_CUSTOMMARSHALER:
    Text =
        ("custom (\"" + S.CustomMarshaler + "\", \"" + S.CustomCookie + "\")")
            .str();
    break;
  default:
    Text = nativeType(S.Kind);
    break;
  }
  return " marshal (" + Text + ")";
}

//===----------------------------------------------------------------------===//
// Literals
//===----------------------------------------------------------------------===//

std::string hexBytes(llvm::ArrayRef<uint8_t> Bytes, bool Upper) {
  std::string Result;
  llvm::raw_string_ostream Text(Result);
  for (uint8_t Byte : Bytes)
    Text << llvm::format_hex_no_prefix(Byte, 2, Upper) << ' ';
  return Result;
}

std::string notANumber(double Value, bool IsSingle) {
  std::string Bytes = IsSingle ? "(00 00 " : "(00 00 00 00 00 00 ";
  if (std::isnan(Value))
    return Bytes + (IsSingle ? "c0 ff)" : "f8 ff)");
  return Bytes + (IsSingle ? "80 " : "f0 ") + (Value < 0 ? "ff)" : "7f)");
}

std::string number(double Value) {
  std::string Result;
  llvm::raw_string_ostream(Result) << llvm::format("%.17g", Value);
  if (StringRef(Result).find_first_of(".eE") == StringRef::npos)
    Result += ".";
  return Result;
}

std::string literal(const Utf16 &S) {
  std::string Result = "\"";
  for (size_t I = 0; I != S.size(); ++I) {
    char16_t C = S[I];
    static constexpr StringRef Escaped = "\"\\\n\r\t";
    size_t At = C < 0x80 ? Escaped.find(char(C)) : StringRef::npos;
    if (At != StringRef::npos)
      (Result += '\\') += "\"\\nrt"[At];
    else if (C >= 0x20 && C < 0x7F)
      Result += char(C);
    else
      return "bytearray (" + hexBytes(S.Bytes, false) + ")";
  }
  return Result + "\"";
}

} // namespace ilbridge::ecma335::test
