//===- HybridCLRShim.cpp - Functions that marshal for HybridCLR -----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The shims rely on three facts:
//  - The heap of il2cpp does not move objects, and its collector scans native
//    stacks. Characters and elements are passed where they are, and the
//    parameters of a shim keep their objects alive until it returns.
//  - Exceptions of managed code, which callbacks can throw, are C++ exceptions.
//  - The bridge function passes integers with their width and sign, so a shim
//    takes the exact type of C#.
//
//===----------------------------------------------------------------------===//

#include "HybridCLRShim.h"
#include "Conversions.h"
#include "CxxType.h"
#include "Names.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::emit {

using match::Argument;
using match::Binding;
using match::Passing;

/// These functions are declared in il2cpp-api.h.
static constexpr ObjectFunctions HybridCLRShimObjects = {
    .String = "Il2CppString",
    .Unit = "Il2CppChar",
    .Characters = "il2cpp_string_chars(string)",
    .StringLength = "il2cpp_string_length(string)",
    .FromUtf8 = "il2cpp_string_new(text)",
    .FromUtf16 = "il2cpp_string_new_utf16(\n"
                 "      reinterpret_cast<const Il2CppChar *>(text), length)",
    .Array = "Il2CppArray",
    .Elements =
        "reinterpret_cast<T *>(\n"
        "                                reinterpret_cast<char *>(array) +\n"
        "                                il2cpp_array_object_header_size())",
    .ArrayLength = "il2cpp_array_length(array)",
};

/// Returns true if C++ has a struct around a value that is a number in C#.
static bool isNumberInStruct(const Argument &A) {
  return A.How == Passing::Record && rawScalar(A);
}

namespace {

/// These are the names that a shim uses without a scope, and common macros. No
/// local variable may hide them.
constexpr llvm::StringLiteral HybridCLRShimReserved[] = {
    "result", "returned", "string", "exact", "il2cpp", "structs", "texts",
    "native", "i",
    // These are types.
    "int8_t", "uint8_t", "int16_t", "uint16_t", "int32_t", "uint32_t",
    "int64_t", "uint64_t", "intptr_t", "uintptr_t", "size_t", "ptrdiff_t",
    "Il2CppString", "Il2CppArray", "Il2CppDelegate", "Il2CppChar",
    // These are helpers of the file.
    "Utf8Argument", "utf16", "elements", "length_of", "string_from_utf8",
    "string_from_utf16",
    // The C library and compilers define these.
    "errno", "stdin", "stdout", "stderr", "linux", "unix"};

class Shim {
public:
  Shim(Printer &P, const Binding &B, const ConvertedStructs &Structs)
      : P(P), B(B), Structs(Structs), Names(HybridCLRShimReserved) {
    for (const auto &[I, A] : llvm::enumerate(B.Params)) {
      std::string Wanted = A.Native->Name.empty() && A.Managed ? A.Managed->Name
                                                               : A.Native->Name;
      Locals.push_back(Names(Wanted, I));
      // If both are variables, the converted one has the plain name.
      bool HasBoth = A.How == Passing::Utf8 || A.How == Passing::Callback ||
                     A.How == Passing::Fields || isNumberInStruct(A);
      Params.push_back(HasBoth ? Names(Locals.back() + "_managed", I)
                               : Locals.back());
    }
  }

  void print(const std::string &Name);

private:
  std::string declareRaw(const Argument &A, llvm::StringRef Name) const;
  void printLocal(const Argument &A, const std::string &Param,
                  const std::string &Local);
  void printFields(const Argument &A, const std::string &Param,
                   const std::string &Local);
  bool changesFields() const;
  void printChangedFields();
  std::string call() const;
  void printReturn(const std::string &Value);
  void printCall();

  Printer &P;
  const Binding &B;
  const ConvertedStructs &Structs;
  LocalNames Names;
  std::vector<std::string> Locals, Params;
};

} // namespace

/// Declares \p Name, or returns only its type, as the bridge function passes
/// the value.
std::string Shim::declareRaw(const Argument &A, llvm::StringRef Name) const {
  const Type &Native = *A.Native->Ty;
  auto Spaced = [&](llvm::StringRef T) {
    return (T + (Name.empty() || T.ends_with("*") ? "" : " ") + Name).str();
  };
  switch (A.How) {
  case Passing::Nothing:
    return "void";
  case Passing::Cast:
  case Passing::Record:
    if (const ScalarType *Raw = rawScalar(A))
      return Spaced(slotType(*Raw));
    return declare(Native, Name);
  case Passing::Address:
  case Passing::Object:
    return declare(Native, Name);
  case Passing::Dereferenced:
    return Spaced(asPointer(Native));
  case Passing::Utf8:
  case Passing::Utf16:
    return Spaced("Il2CppString *");
  case Passing::Elements:
    return Spaced("Il2CppArray *");
  case Passing::Fields:
    if (A.Element)
      return Spaced("Il2CppArray *");
    return Spaced(Structs.held(*A.Struct) +
                  (llvm::isa<RecordType>(A.Raw) ? "" : " *"));
  case Passing::Callback:
    return Spaced("Il2CppDelegate *");
  case Passing::Unwrapped:
    break; // is for internal calls only
  }
  llvm_unreachable("not a way of passing");
}

/// Returns the convention of a P/Invoke as a macro of il2cpp-config.h, or an
/// empty text for C's convention.
static llvm::StringRef conventionMacro(const Binding &B) {
  switch (B.Managed->Import.Convention.value_or(CallingConvention::Managed)) {
  case CallingConvention::C:
    return "";
  case CallingConvention::StdCall:
    return "STDCALL";
  case CallingConvention::ThisCall:
    return "THISCALL";
  case CallingConvention::FastCall:
    return "FASTCALL";
  default:
    return "ILBRIDGE_WINAPI";
  }
}

//===----------------------------------------------------------------------===//
// One shim
//===----------------------------------------------------------------------===//

void Shim::printLocal(const Argument &A, const std::string &Param,
                      const std::string &Local) {
  if (A.How == Passing::Utf8)
    P.emit("Utf8Argument $local$($param$);\n",
           {{"local", Local}, {"param", Param}});
  else if (A.How == Passing::Callback)
    P.emit("const intptr_t $local$ =\n"
           "    il2cpp::vm::PlatformInvoke::MarshalDelegate($param$);\n",
           {{"local", Local}, {"param", Param}});
  else if (isNumberInStruct(A))
    P.emit(
        "$type$ $local$;\n"
        "std::memcpy(&$local$, &$param$, sizeof($local$));\n",
        {{"type", declare(*A.Native->Ty)}, {"local", Local}, {"param", Param}});
  else if (A.How == Passing::Fields)
    printFields(A, Param, Local);
}

/// Returns true if native code can change the structs at an address.
static bool canChange(const Argument &A) {
  if (A.How != Passing::Fields ||
      !managed::copyDirections(*A.Managed).ToManaged)
    return false;
  const PointerType *To = A.Element ? elementPointer(*A.Native->Ty)
                                    : llvm::cast<PointerType>(A.Native->Ty);
  return !To->pointeeIsConst();
}

/// Prints the structs of \p Param in their native form.
void Shim::printFields(const Argument &A, const std::string &Param,
                       const std::string &Local) {
  const bool IsValue = llvm::isa<RecordType>(A.Raw);
  P.emit("structs::NativeStructs<$form$> $local$($count$);\n",
         {{"form", Structs.native(*A.Struct)},
          {"local", Local},
          {"count", A.Element
                        ? "length_of(" + Param + "), " + Param + " != nullptr"
                        : "1"}});
  if (!managed::copyDirections(*A.Managed).ToNative)
    return;
  llvm::StringRef Texts =
      ConvertedStructs::needsTexts(*A.Struct) ? ", texts" : "";
  if (A.Element)
    P.emit("for (size_t i = 0; i != $local$.count(); ++i)\n"
           "  $local$.set(i, structs::to_native(\n"
           "      elements<const $held$>($param$)[i]$texts$));\n",
           {{"local", Local},
            {"held", Structs.held(*A.Struct)},
            {"param", Param},
            {"texts", Texts}});
  else
    P.emit("$local$.set(0, structs::to_native($star$$param$$texts$));\n",
           {{"local", Local},
            {"star", IsValue ? "" : "*"},
            {"param", Param},
            {"texts", Texts}});
}

bool Shim::changesFields() const { return llvm::any_of(B.Params, canChange); }

/// Converts the structs that native code may have changed back.
void Shim::printChangedFields() {
  for (const auto &[A, Param, Local] :
       llvm::zip_equal(B.Params, Params, Locals))
    if (!canChange(A))
      continue;
    else if (A.Element)
      P.emit("for (size_t i = 0; i != $local$.count(); ++i)\n"
             "  structs::to_managed($local$.get(i),\n"
             "                      elements<$held$>($param$)[i]);\n",
             {{"local", Local},
              {"held", Structs.held(*A.Struct)},
              {"param", Param}});
    else
      P.emit("structs::to_managed($local$.get(0), *$param$);\n",
             {{"local", Local}, {"param", Param}});
}

std::string Shim::call() const {
  std::string Text = qualified(B.Native->Decl) + "(";
  llvm::ListSeparator Comma;
  for (const auto &[A, Local] : llvm::zip_equal(B.Params, Locals))
    Text += (llvm::StringRef(Comma) + useConverted(A, Local)).str();
  return Text + ")";
}

void Shim::printReturn(const std::string &Value) {
  if (!changesFields()) {
    P.emit("return $value$;\n", {{"value", Value}});
    return;
  }
  P.emit("$returned$ = $value$;\n",
         {{"returned", declareRaw(B.Result, "returned")}, {"value", Value}});
  printChangedFields();
  P.emit("return returned;\n");
}

void Shim::printCall() {
  const Argument &A = B.Result;
  std::string Call = call();
  auto KeepResult = [&] {
    P.emit("auto result = $call$;\n", {{"call", Call}});
  };
  const ScalarType *Raw = A.How == Passing::Nothing ? nullptr : rawScalar(A);
  switch (A.How) {
  case Passing::Nothing:
    P.emit("$call$;\n", {{"call", Call}});
    return printChangedFields();
  case Passing::Cast:
    return printReturn(Raw ? resultAs(*Raw, *A.Native->Ty, Call) : Call);
  case Passing::Address:
  case Passing::Object:
    return printReturn(Call);
  case Passing::Dereferenced:
    return printReturn("&" + Call);
  case Passing::Record:
    if (!Raw)
      return printReturn(Call);
    KeepResult();
    P.emit("$type$ exact;\n"
           "std::memcpy(&exact, &result, sizeof(exact));\n",
           {{"type", slotType(*Raw)}});
    return printReturn("exact");
  case Passing::Fields:
    KeepResult();
    P.emit("$native$ native;\n"
           "std::memcpy(&native, &result, sizeof(native));\n"
           "$held$ exact = {};\n"
           "structs::to_managed(native, exact);\n",
           {{"native", Structs.native(*A.Struct)},
            {"held", Structs.held(*A.Struct)}});
    return printReturn("exact");
  case Passing::Utf8:
  case Passing::Utf16:
    KeepResult();
    if (!freesResult(&B))
      return printReturn(stringFrom(A, "result"));
    P.emit("Il2CppString *const string = $string$;\n",
           {{"string", stringFrom(A, "result")}});
    P.emit(FreeResult);
    return printReturn("string");
  case Passing::Elements:
  case Passing::Callback:
  case Passing::Unwrapped:
    llvm_unreachable("an array, a function pointer or an object of C++ is "
                     "never a result");
  }
}

/// Returns true if the strings of a struct must be kept during the call.
static bool takesTexts(const Argument &A) {
  return A.How == Passing::Fields &&
         managed::copyDirections(*A.Managed).ToNative &&
         ConvertedStructs::needsTexts(*A.Struct);
}

void Shim::print(const std::string &Name) {
  std::string List;
  llvm::ListSeparator Comma;
  for (const auto &[A, Param] : llvm::zip_equal(B.Params, Params))
    List += (llvm::StringRef(Comma) + declareRaw(A, Param)).str();
  std::string Result = declareRaw(B.Result, ""), Trailing;
  // If a function returns a function pointer, its declarator is inside the
  // result's.
  if (llvm::StringRef(Result).contains("(*")) {
    Trailing = " -> " + Result;
    Result = "auto";
  }
  if (!llvm::StringRef(Result).ends_with("*"))
    Result += " ";
  llvm::StringRef Convention = conventionMacro(B);
  P.emit("$result$$convention$$name$($params$)$trailing$ {\n"
         "  $locals$\n"
         "  $call$\n"
         "}\n",
         {{"result", Result},
          {"convention", Convention.empty() ? "" : (Convention + " ").str()},
          {"name", Name},
          {"params", List},
          {"trailing", Trailing},
          {"locals",
           [&] {
             if (llvm::any_of(B.Params, takesTexts))
               P.emit("structs::Texts texts;\n");
             for (const auto &[A, Param, Local] :
                  llvm::zip_equal(B.Params, Params, Locals))
               printLocal(A, Param, Local);
           }},
          {"call", [&] { printCall(); }}});
}

void printShim(Printer &P, const Binding &B, const std::string &Name,
               const ConvertedStructs &Structs) {
  std::string Method;
  llvm::raw_string_ostream(Method) << *B.Managed;
  P.emit("\n// $method$\n", {{"method", comment(Method)}});
  Shim(P, B, Structs).print(Name);
}

bool haveSameShim(const Binding &A, const Binding &B) {
  ConvertedStructs Structs({&A, &B});
  auto Text = [&](const Binding &Each) {
    Printer P;
    Shim(P, Each, Structs).print("shim");
    return P.take();
  };
  return Text(A) == Text(B);
}

//===----------------------------------------------------------------------===//
// Headers and helpers
//===----------------------------------------------------------------------===//

void printShimHeaders(Printer &P, llvm::ArrayRef<const Binding *> Bindings,
                      const ConvertedStructs &Structs) {
  auto HasConvention = [](const Binding *B) {
    return !conventionMacro(*B).empty();
  };
  auto StatesNone = [](const Binding *B) {
    return conventionMacro(*B) == "ILBRIDGE_WINAPI";
  };
  auto Copies = [](const Binding *B) {
    return isNumberInStruct(B->Result) ||
           llvm::any_of(B->Params, isNumberInStruct);
  };
  P.emit("#include \"il2cpp-api.h\"\n"
         "$config$\n"
         "$invoke$\n"
         "$cstdlib$\n"
         "$cstring$\n"
         "$deque$\n"
         "$memory$\n"
         "$string$\n"
         "$winapi$\n",
         {{"config", llvm::any_of(Bindings, HasConvention)
                         ? "#include \"il2cpp-config.h\""
                         : ""},
          {"invoke", takes(Bindings, Passing::Callback)
                         ? "#include \"vm/PlatformInvoke.h\""
                         : ""},
          {"cstdlib",
           llvm::any_of(Bindings, freesResult) ? "#include <cstdlib>" : ""},
          {"cstring", !Structs.empty() || llvm::any_of(Bindings, Copies)
                          ? "#include <cstring>"
                          : ""},
          {"deque", Structs.hasTexts() ? "#include <deque>" : ""},
          {"memory", !Structs.empty() || takes(Bindings, Passing::Utf8)
                         ? "#include <memory>"
                         : ""},
          {"string", Structs.hasTexts() ? "#include <string>" : ""},
          {"winapi", [&] {
             if (llvm::any_of(Bindings, StatesNone))
               P.emit("\n"
                      "// A P/Invoke that states no convention has that of the "
                      "Windows API.\n"
                      "#ifndef ILBRIDGE_WINAPI\n"
                      "#ifdef _WIN32\n"
                      "#define ILBRIDGE_WINAPI STDCALL\n"
                      "#else\n"
                      "#define ILBRIDGE_WINAPI\n"
                      "#endif\n"
                      "#endif\n");
           }}});
}

void printShimHelpers(Printer &P, llvm::ArrayRef<const Binding *> Bindings,
                      const ConvertedStructs &Structs) {
  printHelpers(P, Bindings, HybridCLRShimObjects, Structs.helpers());
  Structs.print(P);
}

} // namespace ilbridge::emit
