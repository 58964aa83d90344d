//===- MonoCalls.cpp - Managed methods of embedded Mono -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MonoCalls.h"
#include "CxxType.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace ilbridge::emit {

void printMonoCallHeaders(Printer &P) {
  P.emit("#include \"ilbridge/export.h\"\n"
         "#include <cstdlib>\n"
         "#include <cstring>\n"
         "#include <mono/metadata/appdomain.h>\n"
         "#include <mono/metadata/class.h>\n"
         "#include <mono/metadata/debug-helpers.h>\n"
         "#include <mono/metadata/image.h>\n"
         "#include <mono/metadata/object.h>\n");
}

MonoCalls::MonoCalls(llvm::ArrayRef<match::ManagedCall> Called,
                     std::string Name)
    : Name(std::move(Name)) {
  for (const match::ManagedCall &C : Called) {
    Each New{CallNames(C, this->Name), {}, {}};
    for (const auto &[Managed, Native] :
         llvm::zip_first(C.Signature->params(), C.Native->Params))
      New.Params.push_back(crossedValue(*Managed, *Native.Ty, this->Name));
    New.Result =
        crossedValue(*C.Signature->result(), *C.Native->Result.Ty, this->Name);
    All.push_back(std::move(New));
  }
}

static bool isRecord(const CrossedValue &V) {
  return V.How == CrossedValue::Record;
}

bool MonoCalls::Each::hasStructs() const {
  return llvm::any_of(Params, isRecord);
}

bool MonoCalls::any(llvm::function_ref<bool(const Each &)> Is) const {
  return llvm::any_of(All, Is);
}

/// The name by which mono_method_desc_search_in_image finds a method. Without a
/// dot before it, a class without a namespace is one of any namespace.
static std::string descriptionOf(const managed::Method &M) {
  std::string Type = M.lookupName(runtime::TypeWords::Mono);
  Type.resize(Type.size() - M.Name.size() - strlen("::"));
  llvm::StringRef Outermost = llvm::StringRef(Type).split('/').first;
  return (Outermost.contains('.') ? "" : ".") + Type + ":" + M.Name +
         M.parameterList(runtime::TypeWords::Mono);
}

void MonoCalls::printState(Printer &P, const Each &C) const {
  auto Type = [](const CrossedValue &V) {
    return isRecord(V) ? "MonoObject *" : V.Type;
  };
  std::string Params;
  for (const CrossedValue &V : C.Params)
    Params += Type(V) + ", ";
  P.emit("\n"
         "// $method$\n"
         "using $helper$_type = $result$ (*)($params$MonoException **);\n"
         "$helper$_type $helper$_thunk;\n",
         {{"method", comment(C.Names.Call.Managed->qualifiedName() +
                             C.Names.Call.Managed->parameterList())},
          {"helper", C.Names.Helper},
          {"result", Type(C.Result)},
          {"params", Params}});
  if (C.hasStructs())
    P.emit(
        "MonoClass *$helper$_classes[$count$];\n",
        {{"helper", C.Names.Helper},
         {"count", std::to_string(C.Names.Call.Managed->Sig.Params.size())}});
}

void MonoCalls::printHelpers(Printer &P) const {
  P.emit("\n"
         "// Managed methods that native code calls.\n"
         "namespace {\n"
         "\n"
         "MonoMethod *$name$_find(const char *assembly, const char *method) {\n"
         "  MonoImage *image = mono_image_loaded(assembly);\n"
         "  if (image == nullptr)\n"
         "    return nullptr;\n"
         "  MonoMethodDesc *described = mono_method_desc_new(method, 1);\n"
         "  MonoMethod *found = mono_method_desc_search_in_image(described, "
         "image);\n"
         "  mono_method_desc_free(described);\n"
         "  return found;\n"
         "}\n",
         {{"name", Name}});
  if (any([](const Each &C) { return C.hasStructs(); }))
    P.emit("\n"
           "// The classes of the parameters, for those that are structs.\n"
           "void $name$_find_classes(MonoMethod *method, MonoClass **classes) "
           "{\n"
           "  MonoMethodSignature *signature = mono_method_signature(method);\n"
           "  void *at = nullptr;\n"
           "  while (MonoType *type = mono_signature_get_params(signature, "
           "&at))\n"
           "    *classes++ = mono_class_from_mono_type(type);\n"
           "}\n",
           {{"name", Name}});
  if (any([](const Each &C) { return isRecord(C.Result); }))
    P.emit("\n"
           "// The struct in an object; zeros if there is none.\n"
           "template <typename T> T $name$_unboxed(MonoObject *object) {\n"
           "  union Result {\n"
           "    Result() : none() {}\n"
           "    char none;\n"
           "    T value;\n"
           "  } result;\n"
           "  if (object != nullptr)\n"
           "    memcpy(static_cast<void *>(&result), "
           "mono_object_unbox(object), sizeof(T));\n"
           "  else\n"
           "    memset(static_cast<void *>(&result), 0, sizeof(T));\n"
           "  return result.value;\n"
           "}\n",
           {{"name", Name}});
  if (any([](const Each &C) { return !C.Names.Call.ReturnsException; }))
    P.emit("\n"
           "// The caller has no place for an exception.\n"
           "void $name$_unhandled(MonoException *exception) {\n"
           "  mono_unhandled_exception(reinterpret_cast<MonoObject "
           "*>(exception));\n"
           "  abort();\n"
           "}\n",
           {{"name", Name}});
  auto IsBits = [](const CrossedValue &V) {
    return V.How == CrossedValue::Bits;
  };
  if (any([&](const Each &C) {
        return llvm::any_of(C.Params, IsBits) || IsBits(C.Result);
      })) {
    P.emit("\n");
    printBitsHelper(P, Name);
  }
  for (const Each &C : All)
    printState(P, C);
  P.emit("\n} // namespace\n");
}

void MonoCalls::printBody(Printer &P, const Each &C) const {
  std::string Arguments;
  const size_t First = C.Names.Call.Managed->Sig.HasThis;
  for (const auto &[I, V, Local] : llvm::enumerate(
           C.Params,
           llvm::ArrayRef(C.Names.Params).take_front(C.Params.size())))
    Arguments +=
        (isRecord(V) ? "mono_value_box(mono_domain_get(), " + C.Names.Helper +
                           "_classes[" + std::to_string(I - First) + "], &" +
                           Local + ")"
                     : toManaged(V, Local)) +
        ", ";
  P.emit("MonoException *thrown = nullptr;\n"
         "$result$$helper$_thunk($arguments$&thrown);\n",
         {{"result", C.Names.isVoid() ? "" : "auto returned = "},
          {"helper", C.Names.Helper},
          {"arguments", Arguments}});
  const Type &Native = *C.Names.native().Result.Ty;
  if (C.Names.Call.ReturnsException)
    P.emit("*$exception$ = thrown;\n", {{"exception", C.Names.Params.back()}});
  else
    P.emit("if (thrown != nullptr)\n"
           "  $name$_unhandled(thrown);\n",
           {{"name", Name}});
  if (C.Names.isVoid())
    return;
  if (isRecord(C.Result)) {
    P.emit("return $name$_unboxed<$type$>(thrown == nullptr ? returned : "
           "nullptr);\n",
           {{"name", Name}, {"type", declare(Native)}});
    return;
  }
  if (C.Names.Call.ReturnsException)
    P.emit("if (thrown != nullptr)\n"
           "  return {};\n");
  P.emit("return $value$;\n",
         {{"value", toNative(C.Result, Native, "returned")}});
}

void MonoCalls::printFunctions(Printer &P) const {
  for (const Each &C : All) {
    P.emit("\n");
    printCallFunction(P, C.Names, [&] { printBody(P, C); });
  }
}

void MonoCalls::printConnection(Printer &P) const {
  P.emit(
      "\n"
      "// Finds the managed methods that native code calls, whose assemblies "
      "have to be\n"
      "// loaded. Returns the name of a method that is not there; null: all "
      "are.\n"
      "const char *$name$_managed();\n"
      "const char *$name$_managed() {\n"
      "  MonoMethod *method;\n"
      "  $methods$\n"
      "  return nullptr;\n"
      "}\n",
      {{"name", Name},
       {"methods", [&] {
          for (const Each &C : All) {
            const managed::Method &M = *C.Names.Call.Managed;
            P.emit(
                "method = $name$_find($assembly$,\n"
                "                     $description$);\n"
                "if (method == nullptr)\n"
                "  return $shown$;\n"
                "$helper$_thunk = reinterpret_cast<$helper$_type>(\n"
                "    mono_method_get_unmanaged_thunk(method));\n"
                "$classes$\n"
                "$connection$\n",
                {{"name", Name},
                 {"assembly", literal(M.Assembly)},
                 {"description", literal(descriptionOf(M))},
                 {"shown", literal(M.qualifiedName() + M.parameterList())},
                 {"helper", C.Names.Helper},
                 {"classes", C.hasStructs() ? Name + "_find_classes(method, " +
                                                  C.Names.Helper + "_classes);"
                                            : ""},
                 {"connection", connection(C.Names)}});
          }
        }}});
}

} // namespace ilbridge::emit
