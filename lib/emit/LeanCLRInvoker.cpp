//===- LeanCLRInvoker.cpp - One invoker -----------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The runtime's slots have these rules:
//  - An int32 fills the low half of its 8-byte slot and the upper half is
//    stale, so a value is read as what managed code says it is and converted
//    then, never read as the native type.
//  - The result's slots are the arguments' slots, so all arguments are read
//    before the result is written.
//  - bool and small integers are int32 on the stack, so they are written as
//    int32, widened with the sign of the managed type.
//
//===----------------------------------------------------------------------===//

#include "LeanCLRInvoker.h"
#include "Conversions.h"
#include "CxxType.h"
#include "Names.h"
#include "ObjectThunks.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::emit {

using match::Argument;
using match::Binding;
using match::Passing;

namespace {

/// These are the names that an invoker uses without a scope, and common macros.
/// No local variable may hide them.
constexpr llvm::StringLiteral LeanCLRInvokerReserved[] = {
    "params", "ret", "offset", "result", "outcome", "exact",
    // These are types. RET_VOID_OK() uses Unit.
    "int8_t", "uint8_t", "int16_t", "uint16_t", "int32_t", "uint32_t",
    "int64_t", "uint64_t", "intptr_t", "uintptr_t", "size_t", "ptrdiff_t",
    "Unit",
    // These are helpers of the file.
    "Utf8Argument", "utf16", "elements", "length_of", "string_from_utf8",
    "string_from_utf16", "NativeObject", "native_object",
    // The C library and compilers define these.
    "errno", "stdin", "stdout", "stderr", "linux", "unix"};

class Invoker {
public:
  Invoker(Printer &P, const Binding &B)
      : P(P), B(B), Names(LeanCLRInvokerReserved) {
    for (const auto &[I, A] : llvm::enumerate(B.Params))
      Locals.push_back(Names(A.Native->Name == "this" ? "self"
                             : A.Native->Name.empty() && A.Managed
                                 ? A.Managed->Name
                                 : A.Native->Name,
                             I));
  }

  void print(const std::string &Name);

private:
  void printArgument(const Argument &A, const std::string &Local);
  std::string call() const;
  void printCall();
  void printResult();
  void set(const std::string &Type, const std::string &Value);

  Printer &P;
  const Binding &B;
  LocalNames Names;
  std::vector<std::string> Locals;
};

/// Slots are aligned to 8 bytes.
constexpr unsigned SlotAlign = 8;

bool isOverAligned(const Type &T) {
  const auto *R = llvm::dyn_cast<RecordType>(&T);
  return R && R->Layout && R->Layout->Align > SlotAlign;
}

} // namespace

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

void Invoker::printArgument(const Argument &A, const std::string &Local) {
  const Type &Native = *A.Native->Ty;
  auto Read = [&](const std::string &Type) {
    return "RuntimeApi::get_argument<" + Type + ">(params, offset)";
  };
  auto Print = [&](const std::string &Value) {
    P.emit("auto $local$ = $value$;\n", {{"local", Local}, {"value", Value}});
  };
  switch (A.How) {
  case Passing::Nothing:
    return;
  case Passing::Cast:
    if (const ScalarType *Raw = rawScalar(A))
      return Print(Read(slotType(*Raw)));
    return Print(Read(declare(Native)));
  case Passing::Address:
  case Passing::Object:
    return Print(Read(declare(Native)));
  case Passing::Dereferenced:
    return Print(Read(asPointer(Native)));
  case Passing::Record:
    if (!isOverAligned(Native))
      return Print(Read(declare(Native)));
    P.emit("$type$ $local$;\n"
           "RuntimeApi::get_argument(params, offset, &$local$,\n"
           "                         sizeof($local$));\n",
           {{"type", declare(Native)}, {"local", Local}});
    return;
  case Passing::Unwrapped:
    P.emit("const NativeObject $local$ = native_object(\n"
           "    $object$,\n"
           "    RtErr::$error$, $space$, $type$, $field$);\n"
           "if ($local$.error != RtErr::None)\n"
           "  return $local$.error;\n",
           {{"local", Local},
            {"object", Read("vm::RtObject *")},
            {"error", A.Managed ? "ArgumentNull" : "NullReference"},
            {"space", literal(A.Object->Owner->Namespace)},
            {"type", literal(A.Object->Owner->Name)},
            {"field", literal(A.Object->Stored->Field)}});
    return;
  case Passing::Callback:
    Print("vm::Marshal::get_function_pointer_for_delegate(\n    " +
          Read("vm::RtDelegate *") + ")");
    P.emit("if ($local$.is_err())\n"
           "  return $local$.unwrap_err();\n",
           {{"local", Local}});
    return;
  case Passing::Utf8:
    P.emit("Utf8Argument $local$(\n"
           "    RuntimeApi::get_argument<vm::RtString *>(params, offset));\n",
           {{"local", Local}});
    return;
  case Passing::Utf16:
    return Print(Read("vm::RtString *"));
  case Passing::Elements:
    return Print(Read("vm::RtArray *"));
  case Passing::Fields:
    llvm_unreachable("only shims convert the fields of a struct");
  }
}

//===----------------------------------------------------------------------===//
// The call and its result
//===----------------------------------------------------------------------===//

std::string Invoker::call() const {
  std::string Object, Arguments;
  llvm::ListSeparator Comma;
  for (const auto &[I, A, Local] : llvm::enumerate(B.Params, Locals)) {
    std::string Value = useConverted(
        A, A.How == Passing::Callback ? Local + ".unwrap()" : Local);
    if (B.Native->IsMember && I == 0)
      // The object is converted to the class that declares the function,
      // because a derived class may hide it.
      Object = "static_cast<" + declare(*A.Native->Ty) + ">(" + Value + ")";
    else
      Arguments += (llvm::StringRef(Comma) + Value).str();
  }
  return callee(B, Object) + "(" + Arguments + ")";
}

void Invoker::printCall() {
  bool IsVoid = B.Result.How == Passing::Nothing;
  if (B.Native->ResultWrapper.empty()) {
    P.emit(IsVoid ? "$call$;\n" : "auto$ref$ result = $call$;\n",
           {{"call", call()},
            {"ref", B.Result.How == Passing::Dereferenced ? " &&" : ""}});
    return;
  }
  P.emit("auto outcome = $call$;\n"
         "if (outcome.is_err())\n"
         "  return outcome.unwrap_err();\n"
         "$result$\n",
         {{"call", call()},
          {"result", IsVoid ? "" : "auto result = outcome.unwrap();"}});
}

void Invoker::set(const std::string &Type, const std::string &Value) {
  P.emit("RuntimeApi::set_return_value<$type$>(ret, $value$);\n",
         {{"type", Type}, {"value", Value}});
}

void Invoker::printResult() {
  const Argument &A = B.Result;
  const Type &Native = *A.Native->Ty;
  switch (A.How) {
  case Passing::Nothing:
    return;
  case Passing::Cast: {
    const ScalarType *Raw = rawScalar(A);
    if (!Raw)
      return set(declare(Native), "result");
    bool IsWidened = isSmall(*Raw);
    return set(IsWidened ? "int32_t" : slotType(*Raw),
               resultAs(*Raw, Native, "result"));
  }
  case Passing::Address:
  case Passing::Object:
    return set(declare(Native), "result");
  case Passing::Dereferenced:
    return set(asPointer(Native), "&result");
  case Passing::Record:
    if (isSmallInStruct(A)) {
      const ScalarType &Raw = *rawScalar(A);
      P.emit("$type$ exact;\n"
             "std::memcpy(&exact, &result, sizeof(exact));\n",
             {{"type", slotType(Raw)}});
      return set("int32_t", isBool(Raw) ? "exact != 0 ? 1 : 0" : "exact");
    }
    if (!isOverAligned(Native))
      return set(declare(Native), "result");
    P.emit("RuntimeApi::set_return_value(ret, &result, sizeof(result));\n");
    return;
  case Passing::Utf8:
  case Passing::Utf16: {
    set("vm::RtString *", stringFrom(A, "result"));
    if (freesResult(&B))
      P.emit(FreeResult);
    return;
  }
  case Passing::Elements:
  case Passing::Fields:
  case Passing::Callback:
  case Passing::Unwrapped:
    llvm_unreachable("an array, a function pointer or an object of C++ is "
                     "never a result, and no invoker converts fields");
  }
}

void Invoker::print(const std::string &Name) {
  std::string Method;
  llvm::raw_string_ostream(Method) << *B.Managed;
  bool HasParams = !B.Params.empty();
  bool HasResult = B.Result.How != Passing::Nothing;
  P.emit(
      "\n"
      "// $method$\n"
      "RtResultVoid $name$(\n"
      "    metadata::RtManagedMethodPointer, const metadata::RtMethodInfo *,\n"
      "    const interp::RtStackObject *$params$, interp::RtStackObject "
      "*$ret$) {\n"
      "  $offset$\n"
      "  $arguments$\n"
      "  $call$\n"
      "  $result$\n"
      "  RET_VOID_OK();\n"
      "}\n",
      {{"method", comment(Method)},
       {"name", Name},
       {"params", HasParams ? "params" : ""},
       {"ret", HasResult ? "ret" : ""},
       {"offset", HasParams ? "size_t offset = 0;" : ""},
       {"arguments",
        [&] {
          for (const auto &[A, Local] : llvm::zip_equal(B.Params, Locals))
            printArgument(A, Local);
        }},
       {"call", [&] { printCall(); }},
       {"result", [&] { printResult(); }}});
}

void printLeanCLRInvoker(Printer &P, const Binding &B,
                         const std::string &Name) {
  Invoker(P, B).print(Name);
}

} // namespace ilbridge::emit
