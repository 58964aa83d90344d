//===- LeanCLRFile.cpp - One file of an output ----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This part prints a file, its registrations and its helpers;
// LeanCLRInvoker.cpp prints the invokers. The text is C++11, which newer
// versions of the runtime also support.
//
//===----------------------------------------------------------------------===//

#include "LeanCLRFile.h"
#include "Conversions.h"
#include "CxxType.h"
#include "FilePreamble.h"
#include "LayoutChecks.h"
#include "LeanCLRCalls.h"
#include "LeanCLRInvoker.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/ThreadPool.h"

namespace ilbridge::emit {

using match::Binding;
using match::Passing;

namespace {

class FilePrinter {
public:
  FilePrinter(const LeanCLRFile &File, const DataModel &Scanned,
              llvm::ThreadPoolInterface *Threads)
      : File(File), Scanned(Scanned), Threads(Threads) {}
  std::string print();

private:
  void printChecks();
  void printInvokers();
  void printRegistration(const Registration &R);
  void printFunction();
  template <typename Predicate> bool any(Predicate Is) const {
    return llvm::any_of(File.Methods,
                        [&](const Registration &R) { return Is(*R.B); });
  }

  const LeanCLRFile &File;
  const DataModel &Scanned;
  llvm::ThreadPoolInterface *Threads;
  Printer P;
};

} // namespace

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

void FilePrinter::printRegistration(const Registration &R) {
  const native::Export &E = *R.B->Native;
  static constexpr llvm::StringLiteral Calls[] = {
      "register_pinvoke_func", "register_internal_call_func",
      "register_newobj_internal_call_func", "register_intrinsic_func",
      "register_newobj_intrinsic_func"};
  static constexpr llvm::StringLiteral Types[] = {
      "PInvokeFunction", "InternalCallFunction", "", "IntrinsicFunction", ""};
  unsigned Kind = static_cast<unsigned>(E.Kind);
  std::string Function = qualified(E.Decl);
  if (E.IsOverloaded)
    Function = "static_cast<" + functionPointer(E) + ">(" + Function + ")";
  // The runtime keeps the address of the name, so it has to be a literal. A
  // member function has no address that other code could call; its invoker
  // calls it.
  P.emit("leanclr::RuntimeApi::$call$(\n"
         "    $name$,\n"
         "    $function$\n"
         "    leanclr::$invoker$);\n",
         {{"call", Calls[Kind].str()},
          {"name", literal(R.Name)},
          {"function", Types[Kind].empty() ? ""
                       : E.IsMember        ? "nullptr,"
                                           : ("reinterpret_cast<leanclr::vm::" +
                                       Types[Kind] + ">(" + Function + "),")
                                          .str()},
          {"invoker", R.Invoker}});
}

/// Invokers are printed in parallel, because they do not depend on each other.
void FilePrinter::printInvokers() {
  constexpr size_t AtATime = 256;
  size_t Count = File.Methods.size();
  std::vector<std::string> Texts(llvm::divideCeil(Count, AtATime));
  auto Print = [&](size_t Part) {
    Printer Own;
    size_t Begin = Part * AtATime;
    size_t End = std::min(Begin + AtATime, Count);
    for (size_t I = Begin; I != End; ++I)
      printLeanCLRInvoker(Own, *File.Methods[I].B, File.Methods[I].Invoker);
    Texts[Part] = Own.take();
  };
  if (Texts.size() == 1 || !Threads) { // one part needs no thread
    for (size_t Part = 0; Part != Texts.size(); ++Part)
      Print(Part);
  } else {
    llvm::ThreadPoolTaskGroup Group(*Threads);
    for (size_t Part = 0; Part != Texts.size(); ++Part)
      Group.async([&Print, Part] { Print(Part); });
    Group.wait();
  }
  for (const std::string &Text : Texts)
    P.add(Text);
}

void FilePrinter::printFunction() {
  llvm::SmallVector<llvm::StringRef, 4> Scopes;
  llvm::StringRef(File.Function).split(Scopes, "::");
  std::string Function = Scopes.pop_back_val().str();
  for (llvm::StringRef Scope : Scopes)
    P.emit("namespace $scope$ {\n", {{"scope", Scope.str()}});
  P.emit("$others$\n"
         "void $name$();\n"
         "void $name$() {\n"
         "  $calls$\n"
         "  $registrations$\n"
         "}\n",
         {{"name", Function},
          {"others",
           [&] {
             for (const std::string &Each : File.Others)
               P.emit("void $name$(); // in the source that it is about\n",
                      {{"name", Each}});
           }},
          {"calls",
           [&] {
             for (const std::string &Each : File.Others)
               P.emit("$name$();\n", {{"name", Each}});
           }},
          {"registrations", [&] {
             for (const Registration &R : File.Methods)
               printRegistration(R);
           }}});
  for (llvm::StringRef Scope : llvm::reverse(Scopes))
    P.emit("} // namespace $scope$\n", {{"scope", Scope.str()}});
}

//===----------------------------------------------------------------------===//
// Helpers: what the runtime leaves to its host
//===----------------------------------------------------------------------===//

static constexpr ObjectFunctions LeanCLRObjects = {
    .String = "vm::RtString",
    .Unit = "Utf16Char",
    .Characters = "vm::String::get_chars_ptr(string)",
    .StringLength = "vm::String::get_length(string)",
    .FromUtf8 = "vm::String::create_string_from_utf8cstr(text)",
    .FromUtf16 = "vm::String::create_string_from_utf16chars(\n"
                 "      reinterpret_cast<const uint16_t *>(text), length)",
    .Array = "vm::RtArray",
    .Elements = "vm::Array::get_array_data_start_as<T>(array)",
    .ArrayLength = "vm::Array::get_array_length(array)",
};
static constexpr llvm::StringLiteral NativeObject = R"(
/// The address of a C++ object, which a field of a C# object holds.
struct NativeObject {
  RtErr error;
  void *address;
};

RtErr object_is_disposed(vm::RtObject *object) {
  auto root = object->klass; // becomes System.Object, of the core library
  while (RuntimeApi::get_class_parent(root) != nullptr)
    root = RuntimeApi::get_class_parent(root);
  auto disposed =
      RuntimeApi::get_class_by_name(RuntimeApi::get_class_module(root),
                                    "System.ObjectDisposedException", false);
  if (disposed.is_err())
    return disposed.unwrap_err();
  vm::Exception::raise_internal_runtime_exception(
      disposed.unwrap(), RuntimeApi::get_class_name(object->klass));
  return RtErr::ManagedException;
}

/// Reads the field of that name that the class space.type declares.
NativeObject native_object(vm::RtObject *object, RtErr if_null,
                           const char *space, const char *type,
                           const char *name) {
  if (object == nullptr)
    return {if_null, nullptr};
  auto owner = object->klass;
  while (owner != nullptr &&
         (std::strcmp(RuntimeApi::get_class_name(owner), type) != 0 ||
          std::strcmp(RuntimeApi::get_class_namespace(owner), space) != 0))
    owner = RuntimeApi::get_class_parent(owner);
  if (owner == nullptr)
    return {RtErr::MissingField, nullptr};
  auto field = RuntimeApi::get_class_field_by_name(owner, name);
  if (field.is_err())
    return {field.unwrap_err(), nullptr};
  const metadata::RtFieldInfo *info = field.unwrap();
  if (info == nullptr)
    return {RtErr::MissingField, nullptr};
  NativeObject native = {RtErr::None, nullptr};
  std::memcpy(
      &native.address,
      reinterpret_cast<const char *>(object) +
          vm::Field::get_field_offset_includes_object_header_for_reference_type(
              info),
      sizeof(native.address));
  if (native.address == nullptr)
    native.error = object_is_disposed(object);
  return native;
}
)";

//===----------------------------------------------------------------------===//
// The file
//===----------------------------------------------------------------------===//

void FilePrinter::printChecks() {
  LayoutChecks Checks(Scanned);
  for (const Registration &R : File.Methods)
    Checks.add(*R.B, [&](const RecordType &Type) {
      return !File.Seen || File.Seen->isComplete(Type);
    });
  for (const match::ManagedCall &C : File.Calls)
    Checks.add(C, [&](const RecordType &Type) {
      return !File.Seen || File.Seen->isComplete(Type);
    });
  emit::printChecks(P, Checks);
}

std::string FilePrinter::print() {
  std::vector<const Binding *> Bindings;
  for (const Registration &R : File.Methods)
    Bindings.push_back(R.B);
  auto Uses = [&](Passing How) {
    return takes(Bindings, How) || returns(Bindings, How);
  };
  bool Strings = Uses(Passing::Utf8) || Uses(Passing::Utf16);
  bool Arrays = Uses(Passing::Elements);
  bool Frees = llvm::any_of(Bindings, freesResult);
  bool Unwraps = takes(Bindings, Passing::Unwrapped);
  bool Copies = any([](const Binding &B) { return isSmallInStruct(B.Result); });
  const bool Calls = !File.Calls.empty();
  if (File.Seen)
    printPreamble(P, Bindings, File.Calls);
  P.emit("#include \"public/leanclr.hpp\"\n"
         "$arrays$\n"
         "$strings$\n"
         "$delegates$\n"
         "$annotations$\n"
         "$objects$\n"
         "\n"
         "$includes$\n"
         "#include <cstddef>\n"
         "#include <cstdint>\n"
         "$cstdio$\n"
         "$cstdlib$\n"
         "$cstring$\n"
         "$memory$\n"
         "$own$\n"
         "$checks$\n"
         "\n"
         "namespace leanclr {\n"
         "namespace {\n"
         "$helpers$\n"
         "$invokers$\n"
         "\n"
         "} // namespace\n"
         "} // namespace leanclr\n"
         "\n",
         {{"arrays", Arrays ? "#include \"vm/rt_array.h\"" : ""},
          {"strings", Strings ? "#include \"vm/rt_string.h\"" : ""},
          {"delegates",
           Uses(Passing::Callback) ? "#include \"vm/marshal.h\"" : ""},
          {"annotations", Calls ? "#include \"ilbridge/export.h\"" : ""},
          {"objects", Unwraps ? "#include \"vm/field.h\"\n"
                                "#include \"vm/rt_exception.h\""
                              : ""},
          {"includes",
           [&] {
             if (File.Seen)
               File.Seen->printIncludes(P);
           }},
          {"cstdio", Calls ? "#include <cstdio>" : ""},
          {"cstring", Copies || Calls || Unwraps ? "#include <cstring>" : ""},
          {"cstdlib", Frees || Calls ? "#include <cstdlib>" : ""},
          {"memory", takes(Bindings, Passing::Utf8) ? "#include <memory>" : ""},
          {"own",
           [&] {
             if (File.Seen)
               File.Seen->printOwn(P);
           }},
          {"checks", [&] { printChecks(); }},
          {"helpers",
           [&] {
             if (Unwraps)
               P.emit(NativeObject);
             printHelpers(P, Bindings, LeanCLRObjects);
           }},
          {"invokers", [&] { printInvokers(); }}});
  printFunction();
  if (Calls)
    printLeanCLRCalls(P, File.Calls, File.Function);
  return P.take();
}

std::string printLeanCLRFile(const LeanCLRFile &File, const DataModel &Scanned,
                             llvm::ThreadPoolInterface *Threads) {
  return FilePrinter(File, Scanned, Threads).print();
}

} // namespace ilbridge::emit
