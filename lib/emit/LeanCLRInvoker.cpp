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

/// The names that an invoker uses without a scope, so that no local variable
/// may hide them, and common macros.
constexpr llvm::StringLiteral Reserved[] = {
    "params", "ret", "offset", "result", "outcome", "exact",
    // Types, with Unit of RET_VOID_OK().
    "int8_t", "uint8_t", "int16_t", "uint16_t", "int32_t", "uint32_t",
    "int64_t", "uint64_t", "intptr_t", "uintptr_t", "size_t", "ptrdiff_t",
    "Unit",
    // Helpers of the file.
    "Utf8Argument", "utf16", "elements", "length_of", "string_from_utf8",
    "string_from_utf16", "NativeObject", "native_object",
    // The C library and compilers define these.
    "errno", "stdin", "stdout", "stderr", "linux", "unix"};

class Invoker {
public:
  Invoker(Printer &P, const Binding &B) : P(P), B(B), Names(Reserved) {
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
  std::string use(const Argument &A, const std::string &Local) const;
  std::string useElements(const Argument &A, const std::string &Local) const;
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

/// The scalar type of a slot; null if the raw value is no scalar.
const ScalarType *rawScalar(const Argument &A) {
  const Type *T = A.Raw;
  if (const auto *E = llvm::dyn_cast<EnumType>(T))
    T = E->Underlying;
  return llvm::dyn_cast<ScalarType>(T);
}

/// The C++ type that reads exactly what managed code put into the slot.
std::string slotType(const ScalarType &Raw) {
  switch (Raw.scalarClass()) {
  case ScalarType::Bool: // C++ knows no bool of another value than 0 and 1
    return "uint8_t";
  case ScalarType::Character:
    return "uint16_t";
  default:
    return declare(Raw);
  }
}

/// Whether it is an int32 on the stack, although it is no 32 bits wide.
bool isSmall(const ScalarType &Raw) {
  return Raw.scalarClass() == ScalarType::Bool || Raw.width() == Width::W8 ||
         Raw.width() == Width::W16;
}

/// Whether one type converts to the other without a cast on any target: they
/// are integers of the same fixed width and sign, such as int and int32_t.
bool isSameInteger(const Type &A, const Type &B) {
  const auto *SA = llvm::dyn_cast<ScalarType>(&A);
  const auto *SB = llvm::dyn_cast<ScalarType>(&B);
  auto FixedBits = [](const ScalarType &S) -> unsigned {
    switch (S.width()) {
    case Width::Long:
    case Width::WChar:
    case Width::AutoChar:
    case Width::Size:
    case Width::Pointer:
    case Width::LongDouble:
      return 0;
    default:
      return DataModel().bits(S.width());
    }
  };
  return SA && SB && SA->scalarClass() == ScalarType::Integer &&
         SB->scalarClass() == ScalarType::Integer &&
         SA->signedness() == SB->signedness() && FixedBits(*SA) &&
         FixedBits(*SA) == FixedBits(*SB);
}

bool isBool(const Type &T) {
  const auto *S = llvm::dyn_cast<ScalarType>(&T);
  return S && S->scalarClass() == ScalarType::Bool;
}

/// A pointer to what a pointer or reference points to.
std::string asPointer(const Type &Native) {
  const auto &P = llvm::cast<PointerType>(Native);
  return declare(
      PointerType(P.pointee(), P.pointeeQualifiers(), PointerType::Pointer));
}

/// The text of the type of what the elements are, or of what is pointed to:
/// "const int32_t", "void *const".
std::string pointee(const Type &Native) {
  const PointerType &P = *elementPointer(Native);
  if (!P.pointeeIsConst())
    return declare(*P.pointee());
  return llvm::isa<PointerType>(P.pointee()) ? declare(*P.pointee(), "const")
                                             : "const " + declare(*P.pointee());
}

/// Whether [MarshalAs] makes it a VARIANT_BOOL, of which true is -1.
bool isVariantBool(const Argument &A) {
  return A.Managed && A.Managed->Marshal &&
         A.Managed->Marshal->Native == ecma335::NATIVE_TYPE_VARIANTBOOL;
}

} // namespace

bool takesLength(const Argument &A) {
  switch (A.How) {
  case Passing::Utf8:
  case Passing::Utf16:
  case Passing::Elements:
    return A.Length || llvm::isa<RecordType>(A.Native->Ty);
  default:
    return false;
  }
}

bool isSmallInStruct(const Argument &Result) {
  if (Result.How != Passing::Record)
    return false;
  const ScalarType *Raw = rawScalar(Result);
  return Raw && isSmall(*Raw);
}

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
    if (takesLength(A))
      return Print(Read("vm::RtString *"));
    return Print("utf16<" + pointee(Native) + ">(\n    " +
                 Read("vm::RtString *") + ")");
  case Passing::Elements:
    if (takesLength(A))
      return Print(Read("vm::RtArray *"));
    return Print("elements<" + pointee(Native) + ">(\n    " +
                 Read("vm::RtArray *") + ")");
  }
}

/// The elements of a string or an array, with the length where C++ takes it.
std::string Invoker::useElements(const Argument &A,
                                 const std::string &Local) const {
  const Type &Native = *A.Native->Ty;
  const PointerType &Pointer = *elementPointer(Native);
  std::string First = Local, Length = "length_of(" + Local + ")";
  if (A.How == Passing::Utf8) {
    const auto *S = llvm::dyn_cast<ScalarType>(Pointer.pointee());
    bool IsChar = S && S->scalarClass() == ScalarType::Character &&
                  S->signedness() == Signedness::Target;
    First += ".get()";
    if (!IsChar)
      First = "reinterpret_cast<" + declare(Pointer) + ">(" + First + ")";
    Length = Local + ".length()";
  } else if (takesLength(A)) {
    First = (A.How == Passing::Utf16 ? "utf16<" : "elements<") +
            pointee(Native) + ">(" + Local + ")";
  }
  if (llvm::isa<RecordType>(Native))
    return declare(Native) + "(" + First + ", " + Length + ")";
  return A.Length ? First + ", static_cast<" + declare(*A.Length->Ty) + ">(" +
                        Length + ")"
                  : First;
}

/// How the argument stands in the call.
std::string Invoker::use(const Argument &A, const std::string &Local) const {
  const Type &Native = *A.Native->Ty;
  switch (A.How) {
  case Passing::Cast: {
    const ScalarType *Raw = rawScalar(A);
    if (!Raw)
      return Local;
    if (isBool(Native))
      return Local + " != 0";
    if (isBool(*Raw)) // of which any nonzero byte is true
      return "static_cast<" + declare(Native) + ">(" + Local +
             (isVariantBool(A) ? " != 0 ? -1 : 0)" : " != 0)");
    bool IsSame =
        declare(Native) == slotType(*Raw) || isSameInteger(Native, *Raw);
    return IsSame ? Local
                  : "static_cast<" + declare(Native) + ">(" + Local + ")";
  }
  case Passing::Dereferenced:
    return "*" + Local;
  case Passing::Unwrapped: {
    std::string Object = castToClass(*A.Object, Local + ".address");
    bool IsPointer =
        llvm::cast<PointerType>(Native).form() == PointerType::Pointer;
    return IsPointer ? Object : "*" + Object;
  }
  case Passing::Callback:
    return "reinterpret_cast<" + declare(Native) + ">(" + Local + ".unwrap())";
  case Passing::Utf8:
  case Passing::Utf16:
  case Passing::Elements:
    return useElements(A, Local);
  default:
    return Local;
  }
}

//===----------------------------------------------------------------------===//
// The call and its result
//===----------------------------------------------------------------------===//

std::string Invoker::call() const {
  std::string Object, Arguments;
  llvm::ListSeparator Comma;
  for (const auto &[I, A, Local] : llvm::enumerate(B.Params, Locals))
    if (B.Native->IsMember && I == 0)
      // As the class that declares the function, which a derived class may
      // hide.
      Object =
          "static_cast<" + declare(*A.Native->Ty) + ">(" + use(A, Local) + ")";
    else
      Arguments += (llvm::StringRef(Comma) + use(A, Local)).str();
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
    std::string Slot = slotType(*Raw);
    bool IsSame = declare(Native) == Slot || isSameInteger(Native, *Raw);
    std::string Exact = IsSame ? "result" : "static_cast<" + Slot + ">(result)";
    if (isBool(*Raw))
      return set("int32_t",
                 isBool(Native) ? "result ? 1 : 0" : "result != 0 ? 1 : 0");
    if (isSmall(*Raw))
      return set("int32_t", Exact);
    return set(Slot, Exact);
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
    const auto &Pointee = *llvm::cast<PointerType>(Native).pointee();
    const auto *S = llvm::dyn_cast<ScalarType>(&Pointee);
    bool IsChar = S && S->scalarClass() == ScalarType::Character &&
                  S->signedness() == Signedness::Target;
    bool IsUtf8 = A.How == Passing::Utf8;
    std::string Value =
        !IsUtf8  ? "string_from_utf16(result)"
        : IsChar ? "string_from_utf8(result)"
                 : "string_from_utf8(reinterpret_cast<const char *>(result))";
    set("vm::RtString *", Value);
    if (B.Native->ResultOwnership == native::Ownership::Owned)
      P.emit("std::free(const_cast<void *>(static_cast<const void *>(result)));"
             "\n");
    return;
  }
  case Passing::Elements:
  case Passing::Callback:
  case Passing::Unwrapped:
    llvm_unreachable("an array, a function pointer or an object of C++ is "
                     "never a result");
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
