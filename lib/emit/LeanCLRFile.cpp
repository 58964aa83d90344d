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
  void printHelpers();
  void printInvokers();
  void printRegistration(const Registration &R);
  void printFunction();
  template <typename Predicate> bool any(Predicate Is) const {
    return llvm::any_of(File.Methods,
                        [&](const Registration &R) { return Is(*R.B); });
  }
  bool uses(Passing How, bool InResult) const;
  /// Whether the length of a value is passed beside its elements.
  bool usesLength(Passing How) const;

  const LeanCLRFile &File;
  const DataModel &Scanned;
  llvm::ThreadPoolInterface *Threads;
  Printer P;
};

} // namespace

bool FilePrinter::uses(Passing How, bool InResult) const {
  return any([&](const Binding &B) {
    if (InResult)
      return B.Result.How == How;
    return llvm::any_of(B.Params,
                        [&](const match::Argument &A) { return A.How == How; });
  });
}

bool FilePrinter::usesLength(Passing How) const {
  return any([&](const Binding &B) {
    return llvm::any_of(B.Params, [&](const match::Argument &A) {
      return A.How == How && takesLength(A);
    });
  });
}

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

static constexpr llvm::StringLiteral Utf8Argument = R"(
/// A managed string as UTF-8, for the time of one call. Half of a surrogate
/// pair becomes U+FFFD.
class Utf8Argument {
public:
  explicit Utf8Argument(vm::RtString *string) : text_(nullptr), length_(0) {
    if (string == nullptr)
      return;
    const Utf16Char *units = vm::String::get_chars_ptr(string);
    const size_t length = static_cast<size_t>(vm::String::get_length(string));
    const size_t most = 3 * length + 1; // a unit becomes three bytes at most
    if (most > sizeof(short_))
      long_.reset(new char[most]);
    text_ = long_ ? long_.get() : short_;
    char *end = text_;
    for (size_t i = 0; i < length; ++i) {
      uint32_t code = units[i];
      const bool is_first = code >= 0xD800 && code < 0xDC00;
      if (is_first && i + 1 < length && units[i + 1] >= 0xDC00 &&
          units[i + 1] < 0xE000)
        code = 0x10000 + ((code - 0xD800) << 10) + (units[++i] - 0xDC00u);
      else if (code >= 0xD800 && code < 0xE000)
        code = 0xFFFD;
      end = append(end, code);
    }
    *end = '\0';
    length_ = static_cast<size_t>(end - text_);
  }
  Utf8Argument(const Utf8Argument &) = delete;
  char *get() { return text_; }
  size_t length() const { return length_; }

private:
  static char *append(char *end, uint32_t code) {
    if (code < 0x80) {
      *end = static_cast<char>(code);
      return end + 1;
    }
    const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned char first[] = {0, 0xC0, 0xE0, 0xF0};
    *end++ = static_cast<char>(first[more] | (code >> (6 * more)));
    for (int i = more - 1; i >= 0; --i)
      *end++ = static_cast<char>(0x80 | ((code >> (6 * i)) & 0x3F));
    return end;
  }

  char *text_;
  size_t length_;
  std::unique_ptr<char[]> long_;
  char short_[256];
};
)";

static constexpr llvm::StringLiteral Utf16Argument = R"(
/// The characters of a managed string, where they are.
template <typename T> T *utf16(vm::RtString *string) {
  static_assert(sizeof(T) == sizeof(Utf16Char), "UTF-16 is passed in place");
  return string == nullptr
             ? nullptr
             : reinterpret_cast<T *>(vm::String::get_chars_ptr(string));
}
)";

static constexpr llvm::StringLiteral Elements = R"(
/// The elements of a managed array, where they are.
template <typename T> T *elements(vm::RtArray *array) {
  return array == nullptr ? nullptr
                          : vm::Array::get_array_data_start_as<T>(array);
}
)";

static constexpr llvm::StringLiteral StringLength = R"(
size_t length_of(vm::RtString *string) {
  return string == nullptr
             ? 0
             : static_cast<size_t>(vm::String::get_length(string));
}
)";

static constexpr llvm::StringLiteral ArrayLength = R"(
size_t length_of(vm::RtArray *array) {
  return array == nullptr
             ? 0
             : static_cast<size_t>(vm::Array::get_array_length(array));
}
)";

static constexpr llvm::StringLiteral Utf8Result = R"(
vm::RtString *string_from_utf8(const char *text) {
  return text == nullptr ? nullptr : vm::String::create_string_from_utf8cstr(text);
}
)";

static constexpr llvm::StringLiteral Utf16Result = R"(
template <typename T> vm::RtString *string_from_utf16(const T *text) {
  static_assert(sizeof(T) == sizeof(Utf16Char), "the text is UTF-16");
  if (text == nullptr)
    return nullptr;
  int32_t length = 0;
  while (text[length] != 0)
    ++length;
  return vm::String::create_string_from_utf16chars(
      reinterpret_cast<const uint16_t *>(text), length);
}
)";

void FilePrinter::printHelpers() {
  if (uses(Passing::Utf8, /*InResult=*/false))
    P.emit(Utf8Argument);
  if (uses(Passing::Utf16, /*InResult=*/false))
    P.emit(Utf16Argument);
  if (uses(Passing::Elements, /*InResult=*/false))
    P.emit(Elements);
  if (usesLength(Passing::Utf16))
    P.emit(StringLength);
  if (usesLength(Passing::Elements))
    P.emit(ArrayLength);
  if (uses(Passing::Utf8, /*InResult=*/true))
    P.emit(Utf8Result);
  if (uses(Passing::Utf16, /*InResult=*/true))
    P.emit(Utf16Result);
}

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
  bool Strings = uses(Passing::Utf8, false) || uses(Passing::Utf8, true) ||
                 uses(Passing::Utf16, false) || uses(Passing::Utf16, true);
  bool Arrays = uses(Passing::Elements, false);
  bool Frees = any([](const Binding &B) {
    return B.Native->ResultOwnership == native::Ownership::Owned &&
           (B.Result.How == Passing::Utf8 || B.Result.How == Passing::Utf16);
  });
  const bool Calls = !File.Calls.empty();
  bool Copies = any([](const Binding &B) { return isSmallInStruct(B.Result); });
  if (File.Seen) {
    std::vector<const Binding *> Bindings;
    for (const Registration &R : File.Methods)
      Bindings.push_back(R.B);
    printPreamble(P, Bindings, File.Calls);
  }
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
           uses(Passing::Callback, false) ? "#include \"vm/marshal.h\"" : ""},
          {"annotations", Calls ? "#include \"ilbridge/export.h\"" : ""},
          {"includes",
           [&] {
             if (File.Seen)
               File.Seen->printIncludes(P);
           }},
          {"cstdio", Calls ? "#include <cstdio>" : ""},
          {"cstring", Copies || Calls ? "#include <cstring>" : ""},
          {"cstdlib", Frees || Calls ? "#include <cstdlib>" : ""},
          {"memory", uses(Passing::Utf8, false) ? "#include <memory>" : ""},
          {"own",
           [&] {
             if (File.Seen)
               File.Seen->printOwn(P);
           }},
          {"checks", [&] { printChecks(); }},
          {"helpers", [&] { printHelpers(); }},
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
