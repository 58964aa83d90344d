//===- ObjectThunks.cpp - Functions that take C++ objects -----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ObjectThunks.h"
#include "CxxType.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <map>

namespace ilbridge::emit {

using match::Argument;
using match::Passing;

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

std::string castToClass(const managed::ObjectClass &C,
                        const std::string &Address) {
  auto Cast = [](const std::string &Class, const std::string &Value) {
    return "static_cast<::" + Class + " *>(" + Value + ")";
  };
  const std::string &Stored = C.Stored->Native, &Mapped = C.Mapping->Native;
  std::string Value = Cast(Stored, Address);
  return Stored == Mapped ? Value : Cast(Mapped, Value);
}

std::string declarePointer(const Type &Native, const std::string &Name) {
  const auto &P = llvm::cast<PointerType>(Native);
  return declare(
      PointerType(P.pointee(), P.pointeeQualifiers(), PointerType::Pointer),
      Name);
}

std::string callee(const match::Binding &B, const std::string &This) {
  return B.Native->IsMember ? This + "->" + B.Native->Decl.Path.back()
                            : qualified(B.Native->Decl);
}

static bool isReference(const Argument &A) {
  const auto *P = llvm::dyn_cast<PointerType>(A.Native->Ty);
  return P && P->form() != PointerType::Pointer;
}

//===----------------------------------------------------------------------===//
// Fields
//===----------------------------------------------------------------------===//

ObjectThunks::ObjectThunks(const ObjectAPI &API, llvm::StringRef Name,
                           const std::vector<FunctionRow> &Rows)
    : API(API), Name(Name.str()), Needing([&] {
        std::vector<const match::Binding *> Found;
        for (const FunctionRow &R : Rows)
          if (R.Binding->unwrapsObjects())
            Found.push_back(R.Binding);
        return Found;
      }()),
      Identifiers(Needing) {}

void ObjectThunks::printHeaders(Printer &P) const {
  if (empty())
    return;
  P.emit("#include <cstring>\n");
  for (llvm::StringRef Header : API.Headers)
    P.emit("#include $header$\n", {{"header", Header}});
}

std::string ObjectThunks::fieldOf(const managed::ObjectClass &C) const {
  return Name + "_" + identifier(C.Owner->fullName() + "_" + C.Stored->Field);
}

/// Prints the code that reads a field. The name of the class is compared, and
/// not only that of the field, because a derived class may have a field of the
/// same name.
void ObjectThunks::printLookup(Printer &P) const {
  P.emit(
      "// A field with the address of a C++ object. It is looked up once for\n"
      "// objects of one class$ofDomain$.\n"
      "struct $name$_field {\n"
      "  const char *space;\n"
      "  const char *type;\n"
      "  const char *name;\n"
      "  $class$ *known;\n"
      "  $domain$\n"
      "  $field$ *found;\n"
      "};\n"
      "\n"
      "void *$name$_raise(const char *type, const char *message) {\n"
      "  $p$_raise_exception($p$_exception_from_name_msg(\n"
      "      $p$_get_corlib(), \"System\", type, message));\n"
      "  return nullptr;\n"
      "}\n"
      "\n"
      "// The C++ object of a C# object; parameter is null for `this`.\n"
      "void *$name$_native(\n"
      "    $object$ *object, const char *parameter, $name$_field &field) {\n"
      "  if (object == nullptr && parameter != nullptr)\n"
      "    $p$_raise_exception($p$_get_exception_argument_null(parameter));\n"
      "  if (object == nullptr)\n"
      "    return $name$_raise(\"NullReferenceException\",\n"
      "        \"Object reference not set to an instance of an object.\");\n"
      "  $class$ *type = $p$_object_get_class(object);\n"
      "  $here$\n"
      "  if (field.known != type$isOther$) {\n"
      "    $class$ *owner = type;\n"
      "    while (owner != nullptr &&\n"
      "           (std::strcmp($p$_class_get_name(owner), field.type) != 0 ||\n"
      "            std::strcmp($p$_class_get_namespace(owner), field.space) != "
      "0))\n"
      "      owner = $p$_class_get_parent(owner);\n"
      "    field.found = owner == nullptr ? nullptr\n"
      "        : $p$_class_get_field_from_name(owner, field.name);\n"
      "    field.known = type;\n"
      "    $store$\n"
      "  }\n"
      "  if (field.found == nullptr)\n"
      "    return $name$_raise(\"MissingFieldException\", field.name);\n"
      "  void *native = nullptr;\n"
      "  $p$_field_get_value(object, field.found, &native);\n"
      "  return native != nullptr ? native\n"
      "      : $name$_raise(\"ObjectDisposedException\", "
      "$p$_class_get_name(type));\n"
      "}\n"
      "\n",
      {{"name", Name},
       {"p", API.Prefix},
       {"object", API.Object},
       {"class", API.Class},
       {"field", API.Field},
       {"ofDomain",
        API.HasDomains ? " of a domain, which may be unloaded" : ""},
       {"domain", API.HasDomains ? "int32_t domain;" : ""},
       {"here",
        [&] {
          if (API.HasDomains)
            P.emit("const int32_t domain =\n"
                   "    $p$_domain_get_id($p$_object_get_domain(object));\n",
                   {{"p", API.Prefix}});
        }},
       {"isOther", API.HasDomains ? " || field.domain != domain" : ""},
       {"store", API.HasDomains ? "field.domain = domain;" : ""}});
}

void ObjectThunks::printFields(Printer &P) const {
  std::map<std::string, const managed::ObjectClass *> Fields;
  for (const match::Binding *B : Needing)
    for (const Argument &A : B->Params)
      if (A.How == Passing::Unwrapped)
        Fields.try_emplace(fieldOf(*A.Object), A.Object);
  for (const auto &[Variable, C] : Fields)
    P.emit("thread_local $name$_field $variable$ = {\n"
           "    $space$, $type$, $field$, nullptr, $domain$nullptr};\n",
           {{"name", Name},
            {"variable", Variable},
            {"space", literal(C->Owner->Namespace)},
            {"type", literal(C->Owner->Name)},
            {"field", literal(C->Stored->Field)},
            {"domain", API.HasDomains ? "0, " : ""}});
}

//===----------------------------------------------------------------------===//
// Thunks
//===----------------------------------------------------------------------===//

void ObjectThunks::printThunk(Printer &P, const match::Binding &B) const {
  // The names that a thunk uses in addition to its parameters.
  static constexpr llvm::StringLiteral Reserved[] = {
      "result", "int32_t", "errno", "stdin",
      "stdout", "stderr",  "linux", "unix"};
  LocalNames Names(Reserved);
  struct Local {
    std::string Param, Native, Kept;
  };
  std::vector<Local> Locals;
  for (const auto &[I, A] : llvm::enumerate(B.Params)) {
    std::string Wanted = A.Native->Name == "this" ? "self" : A.Native->Name;
    if (Wanted.empty() && A.Managed)
      Wanted = A.Managed->Name;
    Local L{Names(Wanted, I), "", ""};
    if (A.How == Passing::Unwrapped) {
      L.Native = Names(L.Param + "_native", I);
      L.Kept = Names(L.Param + "_kept", I);
    }
    Locals.push_back(std::move(L));
  }
  std::string Params, Arguments;
  llvm::ListSeparator Comma, ArgumentComma;
  for (const auto &[I, A, L] : llvm::enumerate(B.Params, Locals)) {
    const bool Unwraps = A.How == Passing::Unwrapped;
    Params +=
        (llvm::StringRef(Comma) + (Unwraps ? (API.Object + " *" + L.Param).str()
                                           : declare(*A.Native->Ty, L.Param)))
            .str();
    if (B.Native->IsMember && I == 0)
      continue;
    std::string Value =
        Unwraps ? (isReference(A) ? "*" : "") + L.Native
        : isReference(A)
            ? "static_cast<" + declare(*A.Native->Ty) + ">(" + L.Param + ")"
            : L.Param;
    Arguments += (llvm::StringRef(ArgumentComma) + Value).str();
  }
  std::string Method;
  llvm::raw_string_ostream(Method) << *B.Managed;
  const Type &Result = *B.Native->Result.Ty;
  const bool IsVoid = llvm::isa<VoidType>(Result);
  const bool IsReference = isReference(B.Result);
  P.emit("\n"
         "// $method$\n"
         "$signature$ {\n"
         "  $natives$\n"
         "  $result$$callee$($arguments$);\n"
         "  $keep$\n"
         "  $return$\n"
         "}\n",
         {{"method", comment(Method)},
          {"signature", declare(Result, nameOf(B) + "(" + Params + ")")},
          {"natives",
           [&] {
             for (const auto &[A, L] : llvm::zip_equal(B.Params, Locals))
               if (A.How == Passing::Unwrapped)
                 P.emit("$object$ *volatile $kept$ = $param$;\n"
                        "$native$ =\n"
                        "    $value$;\n",
                        {{"object", API.Object},
                         {"kept", L.Kept},
                         {"param", L.Param},
                         {"native", declarePointer(*A.Native->Ty, L.Native)},
                         {"value",
                          castToClass(*A.Object,
                                      "\n    " + Name + "_native(" + L.Param +
                                          ", " +
                                          (A.Managed ? literal(A.Managed->Name)
                                                     : "nullptr") +
                                          ", " + fieldOf(*A.Object) + ")")}});
           }},
          {"result", IsVoid        ? ""
                     : IsReference ? "auto &&result = "
                                   : "auto result = "},
          {"callee", callee(B, Locals.front().Native)},
          {"arguments", Arguments},
          {"keep",
           [&] {
             for (const Local &L : Locals)
               if (!L.Kept.empty())
                 P.emit("static_cast<void>($kept$);\n", {{"kept", L.Kept}});
           }},
          {"return", IsVoid        ? std::string()
                     : IsReference ? "return static_cast<" + declare(Result) +
                                         ">(result);"
                                   : "return result;"}});
}

void ObjectThunks::print(Printer &P) const {
  if (empty())
    return;
  P.emit("namespace {\n\n");
  printLookup(P);
  printFields(P);
  P.emit(
      "\n// The collector finds an object in a volatile variable, so that no\n"
      "// finalizer deletes the C++ object while it is in use.\n");
  for (const match::Binding *B : Needing)
    printThunk(P, *B);
  P.emit("\n} // namespace\n\n");
}

} // namespace ilbridge::emit
