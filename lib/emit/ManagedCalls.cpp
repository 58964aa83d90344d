//===- ManagedCalls.cpp - Functions that call managed methods -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ManagedCalls.h"
#include "CxxType.h"
#include "Names.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace ilbridge::emit {

/// Names that generated functions use in addition to their parameters.
static constexpr llvm::StringLiteral ManagedCallsReserved[] = {
    "thrown",   "result",  "slots",    "returned", "outcome",   "offset",
    "bits",     "int8_t",  "uint8_t",  "int16_t",  "uint16_t",  "int32_t",
    "uint32_t", "int64_t", "uint64_t", "intptr_t", "uintptr_t", "size_t",
    "errno",    "stdin",   "stdout",   "stderr",   "linux",     "unix"};

CallNames::CallNames(const match::ManagedCall &Call, llvm::StringRef Prefix)
    : Call(Call) {
  const native::ManagedImport &I = *Call.Native;
  Helper = (Prefix + "_" +
            identifier(I.IsOverloaded ? I.Symbol : I.Decl.qualifiedName()))
               .str();
  LocalNames Names(ManagedCallsReserved);
  // Generated functions use these names with a number for variables.
  auto IsLikeOurs = [](llvm::StringRef Name) {
    return (Name.consume_front("boxed") || Name.consume_front("address")) &&
           !Name.empty() && llvm::all_of(Name, llvm::isDigit);
  };
  for (const auto &[N, Param] : llvm::enumerate(I.Params)) {
    const size_t First = Call.Managed->Sig.HasThis;
    llvm::StringRef Wanted = Param.Name;
    if (Wanted.empty() && N < First)
      Wanted = "self";
    else if (Wanted.empty() && N - First < Call.Managed->Sig.Params.size())
      Wanted = Call.Managed->Sig.Params[N - First].Name;
    Params.push_back(
        Names(IsLikeOurs(Wanted) ? (Wanted + "_").str() : Wanted.str(),
              static_cast<unsigned>(N)));
  }
}

bool CallNames::isVoid() const {
  return llvm::isa<VoidType>(native().Result.Ty);
}

std::string CallNames::shown() const {
  return literal(Call.Managed->qualifiedName() + Call.Managed->parameterList());
}

static std::string head(const CallNames &C, const std::string &Name) {
  const native::ManagedImport &I = C.native();
  std::string Text = Name + "(";
  llvm::ListSeparator Comma;
  for (const auto &[Param, Local] : llvm::zip_equal(I.Params, C.Params))
    Text += (llvm::StringRef(Comma) + declare(*Param.Ty, Local)).str();
  Text += ")";
  Text = I.ResultWrapper.empty() ? declare(*I.Result.Ty, Text)
                                 : resultType(I) + " " + Text;
  return I.IsNoexcept ? Text + " noexcept" : Text;
}

void printCallFunction(Printer &P, const CallNames &C,
                       llvm::function_ref<void()> Body) {
  const native::ManagedImport &I = C.native();
  const Declaration &D = I.Decl;
  llvm::ArrayRef<std::string> Scopes = llvm::ArrayRef(D.Path).drop_back();
  llvm::ArrayRef<std::string> Classes = Scopes.take_back(D.ClassScopes);
  Scopes = Scopes.drop_back(D.ClassScopes);
  if (I.IsPointer)
    Scopes = {};
  std::string Name = C.Helper;
  if (!I.IsPointer) {
    Name = llvm::join(Classes, "::");
    Name += (Name.empty() ? "" : "::") + D.Path.back();
  }
  for (const std::string &Scope : Scopes)
    P.emit("namespace $name$ {\n", {{"name", Scope}});
  P.emit("$mark$$head$ {\n"
         "  $body$\n"
         "}\n",
         {{"mark", I.IsPointer ? "static " + conventionAttribute(I.Convention)
                               : "ILBRIDGE_ANNOTATE(\"ilbridge.generated\")\n"},
          {"head", head(C, Name)},
          {"body", Body}});
  for (size_t N = 0; N != Scopes.size(); ++N)
    P.emit("}\n");
}

std::string pointerDeclaration(const native::ManagedImport &I,
                               const std::string &Name) {
  std::string Text =
      "(" + conventionAttribute(I.Convention) + "*" + Name + ")(";
  llvm::ListSeparator Comma;
  for (const Value &Param : I.Params)
    Text += (llvm::StringRef(Comma) + declare(*Param.Ty)).str();
  return declare(*I.Result.Ty, Text + ")");
}

std::string connection(const CallNames &C) {
  return C.native().IsPointer
             ? qualified(C.native().Decl) + " = " + C.Helper + ";"
             : "";
}

void printFindFunction(Printer &P, llvm::StringRef Name, llvm::StringRef Params,
                       llvm::function_ref<void()> Body) {
  P.emit(
      "// Finds the managed methods that native code calls, whose assemblies "
      "have to be\n"
      "// loaded. Returns the name of a method that is not there; null: all "
      "are.\n"
      "const char *$name$_managed($params$);\n"
      "const char *$name$_managed($params$) {\n"
      "  $body$\n"
      "  return nullptr;\n"
      "}\n",
      {{"name", Name}, {"params", Params}, {"body", Body}});
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

static const ScalarType *scalarOf(const Type &T) {
  if (const auto *E = llvm::dyn_cast<EnumType>(&T))
    return llvm::dyn_cast<ScalarType>(E->Underlying);
  return llvm::dyn_cast<ScalarType>(&T);
}

CrossedValue crossedValue(const Type &Managed, const Type &Native,
                          llvm::StringRef Prefix) {
  CrossedValue V;
  V.Type = declare(Native);
  V.BitsHelper = (Prefix + "_bits").str();
  const auto *Pointer = llvm::dyn_cast<PointerType>(&Native);
  const ScalarType *Scalar = scalarOf(Managed);
  const bool IsTruth = Scalar && Scalar->scalarClass() == ScalarType::Bool;
  if (llvm::isa<RecordType>(Managed)) {
    V.How = CrossedValue::Record;
  } else if (llvm::isa<RecordType>(Native)) {
    V.How = CrossedValue::Bits;
    V.Type = IsTruth ? "uint8_t" : Scalar ? declare(*Scalar) : "void *";
  } else if (Pointer && Pointer->form() != PointerType::Pointer) {
    V.How = CrossedValue::Address;
    V.Type =
        declare(PointerType(Pointer->pointee(), Pointer->pointeeQualifiers(),
                            PointerType::Pointer));
  } else if (IsTruth) {
    V.How = CrossedValue::Truth;
    V.Type = "uint8_t";
  }
  return V;
}

std::string toManaged(const CrossedValue &V, const std::string &Name) {
  switch (V.How) {
  case CrossedValue::Same:
  case CrossedValue::Record:
    return Name;
  case CrossedValue::Truth:
    return "static_cast<uint8_t>(" + Name + " ? 1 : 0)";
  case CrossedValue::Address:
    return "&" + Name;
  case CrossedValue::Bits:
    return V.BitsHelper + "<" + V.Type + ">(" + Name + ")";
  }
  llvm_unreachable("not a way to pass a value");
}

std::string toNative(const CrossedValue &V, const Type &Native,
                     const std::string &Name) {
  switch (V.How) {
  case CrossedValue::Same:
  case CrossedValue::Record:
    return Name;
  case CrossedValue::Truth: {
    const ScalarType *Scalar = scalarOf(Native);
    bool IsBool = Scalar && Scalar->scalarClass() == ScalarType::Bool;
    return IsBool ? Name + " != 0"
                  : "static_cast<" + declare(Native) + ">(" + Name +
                        " != 0 ? 1 : 0)";
  }
  case CrossedValue::Address:
    return "*" + Name;
  case CrossedValue::Bits:
    return V.BitsHelper + "<" + declare(Native) + ">(" + Name + ")";
  }
  llvm_unreachable("not a way to pass a value");
}

void printBitsHelper(Printer &P, const std::string &Prefix) {
  P.emit(
      "template <typename To, typename From>\n"
      "To $prefix$_bits(const From &from) {\n"
      "  static_assert(sizeof(To) == sizeof(From), \"they are one value\");\n"
      "  To to;\n"
      "  memcpy(static_cast<void *>(&to), &from, sizeof to);\n"
      "  return to;\n"
      "}\n",
      {{"prefix", Prefix}});
}

} // namespace ilbridge::emit
