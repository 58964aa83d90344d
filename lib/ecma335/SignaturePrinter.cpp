//===- SignaturePrinter.cpp - Signatures in the syntax of ilasm -----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/ecma335/Signature.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::ecma335 {

using llvm::cast;
using llvm::ListSeparator;
using llvm::raw_ostream;

static llvm::StringRef primitiveName(ElementType K) {
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
    return "uint8";
  case ELEMENT_TYPE_I2:
    return "int16";
  case ELEMENT_TYPE_U2:
    return "uint16";
  case ELEMENT_TYPE_I4:
    return "int32";
  case ELEMENT_TYPE_U4:
    return "uint32";
  case ELEMENT_TYPE_I8:
    return "int64";
  case ELEMENT_TYPE_U8:
    return "uint64";
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
    return "native uint";
  case ELEMENT_TYPE_OBJECT:
    return "object";
  default:
    return "?";
  }
}

static void printTypes(raw_ostream &OS, llvm::ArrayRef<const TypeSig *> Types) {
  ListSeparator Comma;
  for (const TypeSig *T : Types)
    OS << Comma << *T;
}

static void printBounds(raw_ostream &OS, const ArraySig &T) {
  OS << '[';
  ListSeparator Comma(",");
  for (uint32_t I = 0; I != T.rank(); ++I) {
    OS << Comma;
    bool HasSize = I < T.sizes().size();
    int64_t Lower = I < T.lowerBounds().size() ? T.lowerBounds()[I] : 0;
    // ilasm writes the last index instead of the size.
    if (HasSize)
      OS << Lower << "..." << Lower + T.sizes()[I] - 1;
    else if (I < T.lowerBounds().size())
      OS << Lower << "...";
    else if (T.rank() == 1)
      OS << "..."; // "[]" would be an SZARRAY
  }
  OS << ']';
}

static void printConvention(raw_ostream &OS, const MethodSig &S) {
  if (S.hasThis())
    OS << "instance ";
  if (S.explicitThis())
    OS << "explicit ";
  switch (S.convention()) {
  case SignatureKind::C:
    OS << "unmanaged cdecl ";
    break;
  case SignatureKind::StdCall:
    OS << "unmanaged stdcall ";
    break;
  case SignatureKind::ThisCall:
    OS << "unmanaged thiscall ";
    break;
  case SignatureKind::FastCall:
    OS << "unmanaged fastcall ";
    break;
  case SignatureKind::Unmanaged:
    OS << "unmanaged ";
    break;
  case SignatureKind::VarArg:
    OS << "vararg ";
    break;
  default:
    break;
  }
}

static void printParams(raw_ostream &OS, const MethodSig &S) {
  OS << '(';
  ListSeparator Comma;
  for (size_t I = 0; I != S.Params.size(); ++I) {
    if (I == S.FixedParamCount)
      OS << Comma << "...";
    OS << Comma << *S.Params[I];
  }
  OS << ')';
}

raw_ostream &operator<<(raw_ostream &OS, const MethodSig &S) {
  printConvention(OS, S);
  OS << *S.ReturnType << ' ';
  if (S.isGeneric())
    OS << '<' << S.GenericParamCount << "> ";
  printParams(OS, S);
  return OS;
}

raw_ostream &operator<<(raw_ostream &OS, const TypeSig &T) {
  switch (T.kind()) {
  case ELEMENT_TYPE_CLASS:
  case ELEMENT_TYPE_VALUETYPE: {
    const auto &N = cast<NamedSig>(T);
    OS << (N.isValueType() ? "valuetype " : "class ") << N.type();
    break;
  }
  case ELEMENT_TYPE_PTR:
    OS << *cast<UnarySig>(T).element() << '*';
    break;
  case ELEMENT_TYPE_BYREF:
    OS << *cast<UnarySig>(T).element() << '&';
    break;
  case ELEMENT_TYPE_SZARRAY:
    OS << *cast<UnarySig>(T).element() << "[]";
    break;
  case ELEMENT_TYPE_ARRAY:
    OS << *cast<ArraySig>(T).element();
    printBounds(OS, cast<ArraySig>(T));
    break;
  case ELEMENT_TYPE_GENERICINST: {
    const auto &G = cast<GenericInstSig>(T);
    OS << (G.isValueType() ? "valuetype " : "class ") << G.type() << '<';
    printTypes(OS, G.args());
    OS << '>';
    break;
  }
  case ELEMENT_TYPE_VAR:
    OS << '!' << cast<GenericVarSig>(T).number();
    break;
  case ELEMENT_TYPE_MVAR:
    OS << "!!" << cast<GenericVarSig>(T).number();
    break;
  case ELEMENT_TYPE_FNPTR: {
    const MethodSig &S = *cast<FnPtrSig>(T).method();
    OS << "method ";
    printConvention(OS, S);
    OS << *S.ReturnType << " *";
    printParams(OS, S);
    break;
  }
  default:
    OS << primitiveName(T.kind());
    break;
  }
  for (const CustomMod &Mod : T.mods())
    OS << (Mod.IsRequired ? " modreq(" : " modopt(") << Mod.Type << ')';
  return OS;
}

raw_ostream &operator<<(raw_ostream &OS, const PropertySig &S) {
  OS << (S.HasThis ? "instance " : "") << *S.Type << " (";
  printTypes(OS, S.Params);
  return OS << ')';
}

raw_ostream &operator<<(raw_ostream &OS, const LocalVar &L) {
  return OS << *L.Type << (L.IsPinned ? " pinned" : "");
}

} // namespace ilbridge::ecma335
