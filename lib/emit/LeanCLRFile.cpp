//===- LeanCLRFile.cpp - One file of an output ----------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The file, its registrations and its helpers; LeanCLRInvoker.cpp prints the
// invokers. The text is C++11, which newer versions of the runtime keep to.
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
  // The runtime keeps the name's address, so it has to be a literal.
  P.emit("leanclr::RuntimeApi::$call$(\n"
         "    $name$,\n"
         "    $function$\n"
         "    leanclr::$invoker$);\n",
         {{"call", Calls[Kind].str()},
          {"name", literal(R.Name)},
          {"function", Types[Kind].empty()
                           ? ""
                           : ("reinterpret_cast<leanclr::vm::" + Types[Kind] +
                              ">(" + Function + "),")
                                 .str()},
          {"invoker", R.Invoker}});
}

/// Several at a time: one does not depend on another.
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
  if (Texts.size() == 1 || !Threads) { // one part is not worth a thread
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

static constexpr ObjectFunctions Objects = {
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
  bool Copies = any([](const Binding &B) { return isSmallInStruct(B.Result); });
  const bool Calls = !File.Calls.empty();
  if (File.Seen)
    printPreamble(P, Bindings, File.Calls);
  P.emit("#include \"public/leanclr.hpp\"\n"
         "$arrays$\n"
         "$strings$\n"
         "$delegates$\n"
         "$annotations$\n"
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
          {"includes",
           [&] {
             if (File.Seen)
               File.Seen->printIncludes(P);
           }},
          {"cstdio", Calls ? "#include <cstdio>" : ""},
          {"cstring", Copies || Calls ? "#include <cstring>" : ""},
          {"cstdlib", Frees || Calls ? "#include <cstdlib>" : ""},
          {"memory", takes(Bindings, Passing::Utf8) ? "#include <memory>" : ""},
          {"own",
           [&] {
             if (File.Seen)
               File.Seen->printOwn(P);
           }},
          {"checks", [&] { printChecks(); }},
          {"helpers", [&] { printHelpers(P, Bindings, Objects); }},
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
