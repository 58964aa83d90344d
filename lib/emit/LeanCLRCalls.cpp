//===- LeanCLRCalls.cpp - Managed methods of LeanCLR ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LeanCLRCalls.h"
#include "CxxType.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace ilbridge::emit {

namespace {

/// A value in the slots of the evaluation stack.
struct SlotValue {
  CrossedValue Plain;
  /// The type in the slots: int32_t for smaller integers.
  std::string Slot;
  bool IsWidened = false;
  /// True if the type has a larger alignment than slots, which have 8 bytes, so
  /// that its bytes are copied.
  bool IsOverAligned = false;
};

class CallPrinter {
public:
  CallPrinter(Printer &P, llvm::ArrayRef<match::ManagedCall> Called,
              llvm::StringRef Function);
  void print();

private:
  struct Each {
    CallNames Names;
    std::vector<SlotValue> Params;
    SlotValue Result;
  };
  SlotValue slotValue(const Type &Managed, const Type &Native) const;
  void printHelpers();
  void printBody(const Each &C);
  void printConnection();

  Printer &P;
  llvm::SmallVector<llvm::StringRef, 4> Scopes;
  std::string Name;
  std::vector<Each> All;
};

} // namespace

SlotValue CallPrinter::slotValue(const Type &Managed,
                                 const Type &Native) const {
  SlotValue V{crossedValue(Managed, Native, Name), "", false, false};
  V.Slot = V.Plain.Type;
  const Type *T = &Managed;
  if (const auto *E = llvm::dyn_cast<EnumType>(T))
    T = E->Underlying;
  const auto *Scalar = llvm::dyn_cast<ScalarType>(T);
  V.IsWidened = Scalar && Scalar->scalarClass() != ScalarType::Float &&
                (Scalar->scalarClass() == ScalarType::Bool ||
                 Scalar->width() == Width::W8 || Scalar->width() == Width::W16);
  if (V.IsWidened)
    V.Slot = "int32_t";
  const auto *R = llvm::dyn_cast<RecordType>(&Native);
  V.IsOverAligned = V.Plain.How == CrossedValue::Record && R && R->Layout &&
                    R->Layout->Align > 8;
  return V;
}

CallPrinter::CallPrinter(Printer &P, llvm::ArrayRef<match::ManagedCall> Called,
                         llvm::StringRef Function)
    : P(P) {
  Function.split(Scopes, "::");
  Name = Scopes.pop_back_val().str();
  for (const match::ManagedCall &C : Called) {
    Each New{CallNames(C, Name), {}, {}};
    for (const auto &[Managed, Native] :
         llvm::zip_first(C.Signature->params(), C.Native->Params))
      New.Params.push_back(slotValue(*Managed, *Native.Ty));
    New.Result = slotValue(*C.Signature->result(), *C.Native->Result.Ty);
    All.push_back(std::move(New));
  }
}

void CallPrinter::printHelpers() {
  P.emit(
      "\n"
      "// Managed methods that native code calls.\n"
      "namespace {\n"
      "\n"
      "// The type is the path of names from the outermost type.\n"
      "const leanclr::metadata::RtMethodInfo *\n"
      "$name$_find(const char *assembly, const char *const *type, size_t "
      "depth,\n"
      "     const char *method) {\n"
      "  using leanclr::RuntimeApi;\n"
      "  auto loaded = RuntimeApi::get_assembly(assembly);\n"
      "  if (loaded.is_err() || loaded.unwrap() == nullptr)\n"
      "    return nullptr;\n"
      "  auto outermost = RuntimeApi::get_class_by_name(loaded.unwrap()->mod,\n"
      "                                                 type[0], false);\n"
      "  if (outermost.is_err())\n"
      "    return nullptr;\n"
      "  leanclr::metadata::RtClass *klass = outermost.unwrap();\n"
      "  for (size_t level = 1; level != depth && klass != nullptr; ++level) "
      "{\n"
      "    const leanclr::metadata::RtClass **nested = nullptr;\n"
      "    size_t count = 0;\n"
      "    auto outcome =\n"
      "        RuntimeApi::get_class_nested_classes(klass, nested, count);\n"
      "    klass = nullptr;\n"
      "    if (outcome.is_err())\n"
      "      return nullptr;\n"
      "    for (size_t i = 0; i != count; ++i) {\n"
      "      auto *each = const_cast<leanclr::metadata::RtClass "
      "*>(nested[i]);\n"
      "      if (strcmp(RuntimeApi::get_class_name(each), type[level]) == 0)\n"
      "        klass = each;\n"
      "    }\n"
      "  }\n"
      "  if (klass == nullptr)\n"
      "    return nullptr;\n"
      "  auto found = RuntimeApi::get_class_method_by_name(klass, method);\n"
      "  return found.is_err() ? nullptr : found.unwrap();\n"
      "}\n",
      {{"name", Name}});
  if (llvm::any_of(All, [](const Each &C) {
        return C.Names.native().ResultWrapper.empty();
      }))
    P.emit("\n"
           "// The caller has no place for an exception.\n"
           "void $name$_unhandled(const char *method) {\n"
           "  fprintf(stderr, \"an exception of %s reached native code\\n\", "
           "method);\n"
           "  abort();\n"
           "}\n",
           {{"name", Name}});
  auto IsBits = [](const SlotValue &V) {
    return V.Plain.How == CrossedValue::Bits;
  };
  if (llvm::any_of(All, [&](const Each &C) {
        return llvm::any_of(C.Params, IsBits) || IsBits(C.Result);
      })) {
    P.emit("\n");
    printBitsHelper(P, Name);
  }
  P.emit("\n");
  for (const Each &C : All)
    P.emit("const leanclr::metadata::RtMethodInfo *$helper$_method; // "
           "$method$\n",
           {{"helper", C.Names.Helper},
            {"method", comment(C.Names.Call.Managed->qualifiedName() +
                               C.Names.Call.Managed->parameterList())}});
  P.emit("\n} // namespace\n");
}

void CallPrinter::printBody(const Each &C) {
  const native::ManagedImport &I = C.Names.native();
  auto Size = [](const SlotValue &V) {
    return "leanclr::RuntimeApi::get_stack_object_size_for_type<" + V.Slot +
           ">()";
  };
  std::string Slots = "nullptr", Returned = "nullptr";
  if (!C.Params.empty()) {
    Slots = "slots";
    P.emit(
        "leanclr::interp::RtStackObject slots[\n"
        "    $count$] = {};\n"
        "size_t offset = 0;\n",
        {{"count", llvm::join(llvm::map_range(C.Params, Size), " +\n    ")}});
  }
  for (const auto &[V, Param, Local] :
       llvm::zip_first(C.Params, I.Params, C.Names.Params)) {
    if (V.IsOverAligned) {
      P.emit("leanclr::RuntimeApi::push_argument(slots, offset, &$local$,\n"
             "                                   sizeof($local$));\n",
             {{"local", Local}});
      continue;
    }
    std::string Value = toManaged(V.Plain, Local);
    if (V.IsWidened)
      Value = "static_cast<int32_t>(" + Value + ")";
    P.emit("leanclr::RuntimeApi::push_argument<$type$>(slots, offset, "
           "$value$);\n",
           {{"type", V.Slot}, {"value", Value}});
  }
  const bool IsVoid = C.Names.isVoid();
  if (!IsVoid) {
    Returned = "returned";
    P.emit("leanclr::interp::RtStackObject returned[\n"
           "    $count$] = {};\n",
           {{"count", Size(C.Result)}});
  }
  std::string Call = "leanclr::RuntimeApi::invoke_with_buffer(\n    " +
                     C.Names.Helper + "_method, " + Slots + ", " + Returned +
                     ")";
  const bool HasWrapper = !I.ResultWrapper.empty();
  if (IsVoid && HasWrapper) {
    P.emit("return $call$;\n", {{"call", Call}});
    return;
  }
  P.emit("auto outcome = $call$;\n"
         "if (outcome.is_err())\n",
         {{"call", Call}});
  if (HasWrapper)
    P.emit("  return outcome.unwrap_err();\n");
  else
    P.emit("  $name$_unhandled($method$);\n",
           {{"name", Name},
            {"method", literal(C.Names.Call.Managed->qualifiedName())}});
  if (IsVoid)
    return;
  const Type &Native = *I.Result.Ty;
  if (C.Result.IsOverAligned) {
    P.emit("$type$ result;\n"
           "leanclr::RuntimeApi::get_return_value(returned, &result,\n"
           "                                      sizeof(result));\n"
           "return result;\n",
           {{"type", declare(Native)}});
    return;
  }
  std::string Value =
      "leanclr::RuntimeApi::get_return_value<" + C.Result.Slot + ">(returned)";
  if (C.Result.IsWidened)
    Value = "static_cast<" + C.Result.Plain.Type + ">(" + Value + ")";
  P.emit("return $value$;\n",
         {{"value", toNative(C.Result.Plain, Native, Value)}});
}

void CallPrinter::printConnection() {
  for (llvm::StringRef Scope : Scopes)
    P.emit("namespace $scope$ {\n", {{"scope", Scope}});
  P.emit("\n");
  printFindFunction(P, Name, "", [&] {
    for (const Each &C : All) {
      const managed::Method &M = *C.Names.Call.Managed;
      llvm::SmallVector<llvm::StringRef, 2> Types;
      std::string Type = M.Declaring->fullName();
      llvm::StringRef(Type).split(Types, '/');
      std::string Path;
      for (llvm::StringRef Each : Types)
        Path += (Path.empty() ? "" : ", ") + literal(Each);
      P.emit("{\n"
             "  const char *const type[] = {$path$};\n"
             "  $helper$_method = $name$_find($assembly$, type, "
             "$depth$, $method$);\n"
             "}\n"
             "if ($helper$_method == nullptr)\n"
             "  return $shown$;\n"
             "$connection$\n",
             {{"path", Path},
              {"helper", C.Names.Helper},
              {"name", Name},
              {"assembly", literal(M.Assembly)},
              {"depth", std::to_string(Types.size())},
              {"method", literal(M.Name)},
              {"shown", C.Names.shown()},
              {"connection", connection(C.Names)}});
    }
  });
  for (llvm::StringRef Scope : llvm::reverse(Scopes))
    P.emit("} // namespace $scope$\n", {{"scope", Scope}});
}

void CallPrinter::print() {
  printHelpers();
  for (const Each &C : All) {
    P.emit("\n");
    printCallFunction(P, C.Names, [&] { printBody(C); });
  }
  printConnection();
}

void printLeanCLRCalls(Printer &P, llvm::ArrayRef<match::ManagedCall> Called,
                       llvm::StringRef Function) {
  CallPrinter(P, Called, Function).print();
}

} // namespace ilbridge::emit
