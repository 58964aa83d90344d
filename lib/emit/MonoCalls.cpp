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

/// Whether the runtime treats \p T as a struct. Enums are not structs.
static bool isStruct(const managed::TypeSig &T) {
  return (T.kind() == managed::TypeSig::Definition ||
          T.kind() == managed::TypeSig::Instance) &&
         T.isValueType() && T.definition().TheKind != managed::TypeDef::Enum;
}

MonoCalls::MonoCalls(llvm::ArrayRef<match::ManagedCall> Called,
                     std::string Name)
    : Name(std::move(Name)) {
  for (const match::ManagedCall &C : Called) {
    auto Passed = [&](const Type &Managed, const Type &Native,
                      const managed::TypeSig *T) {
      const bool IsReference = T && T->kind() == managed::TypeSig::ByRef;
      return Value{crossedValue(Managed, Native, this->Name),
                   T && isStruct(IsReference ? T->element() : *T), IsReference};
    };
    Each New{CallNames(C, this->Name), {}, {}};
    for (const auto &[I, Managed, Native] :
         llvm::enumerate(C.Signature->params(),
                         llvm::ArrayRef(C.Native->Params)
                             .take_front(C.Signature->params().size()))) {
      const managed::Signature &Sig = C.Managed->Sig;
      const bool IsSelf = Sig.HasThis && I == 0;
      New.Params.push_back(
          Passed(*Managed, *Native.Ty,
                 IsSelf ? nullptr : Sig.Params[I - Sig.HasThis].Type));
    }
    New.Result = Passed(*C.Signature->result(), *C.Native->Result.Ty,
                        C.Managed->Sig.Result.Type);
    All.push_back(std::move(New));
  }
}

bool MonoCalls::Each::hasBoxes() const {
  return llvm::any_of(Params, [](const Value &V) { return V.IsBoxed; });
}

std::string MonoCalls::Each::classOf(size_t I) const {
  return Names.Helper + "_classes[" + std::to_string(managedIndex(I)) + "]";
}

bool MonoCalls::any(llvm::function_ref<bool(const Each &)> Is) const {
  return llvm::any_of(All, Is);
}

/// Returns the name with which mono_method_desc_search_in_image finds a method.
/// Without a leading dot, a class without a namespace would match classes of
/// any namespace.
static std::string descriptionOf(const managed::Method &M) {
  std::string Type = M.lookupName(runtime::TypeSpelling::Mono);
  Type.resize(Type.size() - M.Name.size() - strlen("::"));
  llvm::StringRef Outermost = llvm::StringRef(Type).split('/').first;
  return (Outermost.contains('.') ? "" : ".") + Type + ":" + M.Name +
         M.parameterList(runtime::TypeSpelling::Mono);
}

void MonoCalls::printState(Printer &P, const Each &C) const {
  std::string Params;
  for (const Value &V : C.Params)
    Params += V.thunkType() + ", ";
  P.emit("\n"
         "// $method$\n"
         "using $helper$_type = $result$ (*)($params$MonoException **);\n"
         "$helper$_type $helper$_thunk;\n",
         {{"method", comment(C.Names.Call.Managed->qualifiedName() +
                             C.Names.Call.Managed->parameterList())},
          {"helper", C.Names.Helper},
          {"result", C.Result.thunkType()},
          {"params", Params}});
  if (C.hasBoxes())
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
  if (any([](const Each &C) { return C.hasBoxes(); }))
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
  if (any([](const Each &C) { return C.Result.IsBoxed; }))
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
  auto IsBits = [](const Value &V) {
    return !V.IsBoxed && V.Plain.How == CrossedValue::Bits;
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

/// Returns the address of a C++ parameter, or the parameter itself if it is an
/// address, as a void pointer.
static std::string addressOf(const Type &Native, const std::string &Local) {
  const auto *Pointer = llvm::dyn_cast<PointerType>(&Native);
  if (!Pointer)
    return "reinterpret_cast<void *>(" + Local + ")";
  std::string Address =
      Pointer->form() == PointerType::Pointer ? Local : "&" + Local;
  return Pointer->pointeeIsConst()
             ? "const_cast<void *>(static_cast<const void *>(" + Address + "))"
             : Address;
}

/// Prints the objects that are passed for references to structs.
void MonoCalls::printReferences(Printer &P, const Each &C) const {
  for (const auto &[I, V] : llvm::enumerate(C.Params))
    if (V.IsBoxed && V.IsReference)
      P.emit("void *address$number$ = $address$;\n"
             "MonoObject *boxed$number$ =\n"
             "    address$number$ == nullptr\n"
             "        ? nullptr\n"
             "        : mono_value_box(mono_domain_get(), $class$,\n"
             "                         address$number$);\n",
             {{"number", std::to_string(I)},
              {"address",
               addressOf(*C.Names.native().Params[I].Ty, C.Names.Params[I])},
              {"class", C.classOf(I)}});
}

/// Prints the statements that copy what the method has written through
/// references back to native code.
void MonoCalls::printChanges(Printer &P, const Each &C) const {
  for (const auto &[I, V] : llvm::enumerate(C.Params)) {
    const auto *Pointer =
        llvm::dyn_cast<PointerType>(C.Names.native().Params[I].Ty);
    if (V.IsBoxed && V.IsReference && !(Pointer && Pointer->pointeeIsConst()))
      P.emit("if (address$number$ != nullptr)\n"
             "  memcpy(address$number$, mono_object_unbox(boxed$number$),\n"
             "         static_cast<size_t>(\n"
             "             mono_class_value_size($class$, nullptr)));\n",
             {{"number", std::to_string(I)}, {"class", C.classOf(I)}});
  }
}

void MonoCalls::printBody(Printer &P, const Each &C) const {
  std::string Arguments;
  for (const auto &[I, V] : llvm::enumerate(C.Params)) {
    const std::string &Local = C.Names.Params[I];
    Arguments += V.IsBoxed && V.IsReference ? "boxed" + std::to_string(I)
                 : V.IsBoxed ? "mono_value_box(mono_domain_get(), " +
                                   C.classOf(I) + ", &" + Local + ")"
                             : toManaged(V.Plain, Local);
    Arguments += ", ";
  }
  printReferences(P, C);
  P.emit("MonoException *thrown = nullptr;\n"
         "$result$$helper$_thunk($arguments$&thrown);\n",
         {{"result", C.Names.isVoid() ? "" : "auto returned = "},
          {"helper", C.Names.Helper},
          {"arguments", Arguments}});
  if (C.Names.Call.ReturnsException)
    P.emit("*$exception$ = thrown;\n", {{"exception", C.Names.Params.back()}});
  else
    P.emit("if (thrown != nullptr)\n"
           "  $name$_unhandled(thrown);\n",
           {{"name", Name}});
  printChanges(P, C);
  if (C.Names.isVoid())
    return;
  const Type &Native = *C.Names.native().Result.Ty;
  if (C.Result.IsBoxed) {
    P.emit("return $name$_unboxed<$type$>(thrown == nullptr ? returned : "
           "nullptr);\n",
           {{"name", Name}, {"type", declare(Native)}});
    return;
  }
  if (C.Names.Call.ReturnsException)
    P.emit("if (thrown != nullptr)\n"
           "  return {};\n");
  P.emit("return $value$;\n",
         {{"value", toNative(C.Result.Plain, Native, "returned")}});
}

void MonoCalls::printFunctions(Printer &P) const {
  for (const Each &C : All) {
    P.emit("\n");
    printCallFunction(P, C.Names, [&] { printBody(P, C); });
  }
}

void MonoCalls::printConnection(Printer &P) const {
  P.emit("\n");
  printFindFunction(P, Name, "", [&] {
    P.emit("MonoMethod *method;\n");
    for (const Each &C : All) {
      const managed::Method &M = *C.Names.Call.Managed;
      P.emit("method = $name$_find($assembly$,\n"
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
              {"shown", C.Names.shown()},
              {"helper", C.Names.Helper},
              {"classes", C.hasBoxes() ? Name + "_find_classes(method, " +
                                             C.Names.Helper + "_classes);"
                                       : ""},
              {"connection", connection(C.Names)}});
    }
  });
}

} // namespace ilbridge::emit
