//===- LeanCLR.cpp - The `leanclr` backend --------------------------------===//
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

#include "CxxType.h"
#include "Declarations.h"
#include "FilePreamble.h"
#include "LayoutChecks.h"
#include "LeanCLRInvoker.h"
#include "Names.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/ThreadPool.h"
#include <array>

namespace ilbridge::emit {

using match::Binding;
using match::Passing;
using native::ExportKind;

namespace {

class LeanCLRFile {
public:
  LeanCLRFile(llvm::ArrayRef<Binding> All, const native::Program &Program,
              const managed::Model &Model, const EmitOptions &Options);
  Emitted print();

private:
  void checkNames();
  bool isAlone(const managed::Method &M) const;
  std::string registrationName(const Binding &B) const;
  void printRegistration(size_t I);
  void printHelpers();
  void printInvokers();
  void printFunction();
  bool uses(Passing How, bool InResult) const;

  const EmitOptions &Options;
  std::vector<Binding> Bindings;
  // Of each of them.
  std::vector<std::string> RegistrationNames, InvokerNames;
  Declarations Seen;
  LayoutChecks Checks;
  llvm::StringMap<unsigned> Overloads; ///< methods by qualified name
  DiagnosticList Findings;
  Printer P;
};

} // namespace

LeanCLRFile::LeanCLRFile(llvm::ArrayRef<Binding> All,
                         const native::Program &Program,
                         const managed::Model &Model,
                         const EmitOptions &Options)
    : Options(Options), Seen(Program, Options), Checks(Program.model()) {
  for (const Binding &B : All)
    if (Seen.need(*B.Native))
      Bindings.push_back(B);
  for (const Binding &B : Bindings)
    Checks.add(B, [&](const RecordType &R) { return Seen.isComplete(R); });
  for (const std::vector<managed::Method> *List :
       {&Model.Imports, &Model.Methods})
    for (const managed::Method &M : *List)
      ++Overloads[M.qualifiedName()];
  MethodIdentifiers Identifiers(All);
  for (const Binding &B : Bindings) {
    RegistrationNames.push_back(registrationName(B));
    InvokerNames.push_back(Identifiers(B));
  }
  checkNames();
}

bool LeanCLRFile::uses(Passing How, bool InResult) const {
  return llvm::any_of(Bindings, [&](const Binding &B) {
    if (InResult)
      return B.Result.How == How;
    return llvm::any_of(B.Params,
                        [&](const match::Argument &A) { return A.How == How; });
  });
}

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

/// Whether no other method would be found under its name without parameters.
bool LeanCLRFile::isAlone(const managed::Method &M) const {
  return !M.IsOverloaded && Overloads.lookup(M.qualifiedName()) == 1;
}

static bool hasTypeParameter(const managed::TypeSig &T) {
  return T.kind() == managed::TypeSig::TypeParameter ||
         T.kind() == managed::TypeSig::MethodParameter ||
         llvm::any_of(T.arguments(), [](const managed::TypeSig *A) {
           return hasTypeParameter(*A);
         });
}

/// An instance of a generic method is looked up with its type arguments, of
/// which there may be any number, and then by its name alone.
static bool isFoundByNameOnly(const managed::Method &M) {
  return llvm::any_of(M.Sig.Params, [](const managed::Parameter &P) {
    return hasTypeParameter(*P.Type);
  });
}

/// The runtime looks for "[Module]Type::Method(…)", then for less; internal
/// calls and intrinsics never have a module.
std::string LeanCLRFile::registrationName(const Binding &B) const {
  const managed::Method &M = *B.Managed;
  std::string Name = M.qualifiedName();
  if (isAlone(M) && (Options.ShortNames || isFoundByNameOnly(M)))
    return Name;
  Name += M.parameterList();
  return B.Native->Kind == ExportKind::PInvoke ? "[" + M.Module + "]" + Name
                                               : Name;
}

/// Two methods of one name: debug builds of the runtime abort, others take the
/// second silently.
void LeanCLRFile::checkNames() {
  std::array<llvm::StringMap<const Binding *>, 4> Seen; // by ExportKind
  for (const auto &[B, Name] : llvm::zip_equal(Bindings, RegistrationNames)) {
    if (isFoundByNameOnly(*B.Managed) && !isAlone(*B.Managed)) {
      Diagnostic &D =
          Findings.add(diagnose(DiagnosticID::GenericOverload, B.Managed->Where,
                                B.Managed->Where.Member, "LeanCLR"));
      D.note(B.Native->Decl.Where, "exported for it here");
      continue;
    }
    auto [It, IsNew] =
        Seen[static_cast<size_t>(B.Native->Kind)].try_emplace(Name, &B);
    if (IsNew)
      continue;
    const managed::Method &First = *It->second->Managed;
    auto Shown = [](const managed::Method &M) {
      return "[" + M.Assembly + "]" + M.Where.Member;
    };
    Diagnostic &D = Findings.add(diagnose(DiagnosticID::DuplicateRegistration,
                                          B.Managed->Where, Shown(First),
                                          Shown(*B.Managed), Name));
    D.note(First.Where, "the other one is declared here");
  }
}

void LeanCLRFile::printRegistration(size_t I) {
  const Binding &B = Bindings[I];
  static constexpr llvm::StringLiteral Calls[] = {
      "register_pinvoke_func", "register_internal_call_func",
      "register_newobj_internal_call_func", "register_intrinsic_func"};
  static constexpr llvm::StringLiteral Types[] = {
      "PInvokeFunction", "InternalCallFunction", "", "IntrinsicFunction"};
  unsigned Kind = static_cast<unsigned>(B.Native->Kind);
  std::string Function = qualified(B.Native->Decl);
  if (B.Native->IsOverloaded)
    Function =
        "static_cast<" + functionPointer(*B.Native) + ">(" + Function + ")";
  // The runtime keeps the name's address, so it has to be a literal.
  P.emit("leanclr::RuntimeApi::$call$(\n"
         "    $name$,\n"
         "    $function$\n"
         "    leanclr::$invoker$);\n",
         {{"call", Calls[Kind].str()},
          {"name", literal(RegistrationNames[I])},
          {"function", Types[Kind].empty()
                           ? ""
                           : ("reinterpret_cast<leanclr::vm::" + Types[Kind] +
                              ">(" + Function + "),")
                                 .str()},
          {"invoker", InvokerNames[I]}});
}

/// Several at a time: one does not depend on another.
void LeanCLRFile::printInvokers() {
  constexpr size_t AtATime = 256;
  std::vector<std::string> Texts(llvm::divideCeil(Bindings.size(), AtATime));
  auto Print = [&](size_t Part) {
    Printer Own;
    size_t Begin = Part * AtATime;
    size_t End = std::min(Begin + AtATime, Bindings.size());
    for (size_t I = Begin; I != End; ++I)
      printLeanCLRInvoker(Own, Bindings[I], InvokerNames[I]);
    Texts[Part] = Own.take();
  };
  if (Texts.size() == 1 || !Options.Threads) { // one is not worth a thread
    for (size_t Part = 0; Part != Texts.size(); ++Part)
      Print(Part);
  } else {
    llvm::ThreadPoolTaskGroup Group(*Options.Threads);
    for (size_t Part = 0; Part != Texts.size(); ++Part)
      Group.async([&Print, Part] { Print(Part); });
    Group.wait();
  }
  for (const std::string &Text : Texts)
    P.add(Text);
}

void LeanCLRFile::printFunction() {
  std::string Name =
      Options.Name.empty() ? "RegisterNativeMethods" : Options.Name;
  llvm::SmallVector<llvm::StringRef, 4> Scopes;
  llvm::StringRef(Name).split(Scopes, "::");
  std::string Function = Scopes.pop_back_val().str();
  for (llvm::StringRef Scope : Scopes)
    P.emit("namespace $scope$ {\n", {{"scope", Scope.str()}});
  P.emit("$companions$\n"
         "void $name$();\n"
         "void $name$() {\n"
         "  $calls$\n"
         "  $registrations$\n"
         "}\n",
         {{"name", Function},
          {"companions",
           [&] {
             for (const std::string &Each : Options.Companions)
               P.emit("void $name$(); // in the source that it is about\n",
                      {{"name", Each}});
           }},
          {"calls",
           [&] {
             for (const std::string &Each : Options.Companions)
               P.emit("$name$();\n", {{"name", Each}});
           }},
          {"registrations", [&] {
             for (size_t I = 0; I != Bindings.size(); ++I)
               printRegistration(I);
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
  explicit Utf8Argument(vm::RtString *string) : text_(nullptr) {
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
  }
  Utf8Argument(const Utf8Argument &) = delete;
  char *get() { return text_; }

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

void LeanCLRFile::printHelpers() {
  if (uses(Passing::Utf8, /*InResult=*/false))
    P.emit(Utf8Argument);
  if (uses(Passing::Utf16, /*InResult=*/false))
    P.emit(Utf16Argument);
  if (uses(Passing::Elements, /*InResult=*/false))
    P.emit(Elements);
  if (uses(Passing::Utf8, /*InResult=*/true))
    P.emit(Utf8Result);
  if (uses(Passing::Utf16, /*InResult=*/true))
    P.emit(Utf16Result);
}

//===----------------------------------------------------------------------===//
// The file
//===----------------------------------------------------------------------===//

Emitted LeanCLRFile::print() {
  bool Strings = uses(Passing::Utf8, false) || uses(Passing::Utf8, true) ||
                 uses(Passing::Utf16, false) || uses(Passing::Utf16, true);
  bool Arrays = uses(Passing::Elements, false);
  bool Frees = llvm::any_of(Bindings, [](const Binding &B) {
    return B.Native->ResultOwnership == native::Ownership::Owned &&
           (B.Result.How == Passing::Utf8 || B.Result.How == Passing::Utf16);
  });
  bool Copies = llvm::any_of(
      Bindings, [](const Binding &B) { return isSmallInStruct(B.Result); });
  if (!Options.InSource)
    printPreamble(P, Bindings);
  P.emit("#include \"public/leanclr.hpp\"\n"
         "$arrays$\n"
         "$strings$\n"
         "\n"
         "$includes$\n"
         "#include <cstddef>\n"
         "#include <cstdint>\n"
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
          {"includes", [&] { Seen.printIncludes(P); }},
          {"cstring", Copies ? "#include <cstring>" : ""},
          {"cstdlib", Frees ? "#include <cstdlib>" : ""},
          {"memory", uses(Passing::Utf8, false) ? "#include <memory>" : ""},
          {"own", [&] { Seen.printOwn(P); }},
          {"checks", [&] { printChecks(P, Checks); }},
          {"helpers", [&] { printHelpers(); }},
          {"invokers", [&] { printInvokers(); }}});
  printFunction();
  Findings.append(Seen.takeFindings());
  return {P.take(), std::move(Findings)};
}

Emitted emitLeanCLR(llvm::ArrayRef<Binding> Bindings,
                    const native::Program &Program, const managed::Model &Model,
                    const EmitOptions &Options) {
  return LeanCLRFile(Bindings, Program, Model, Options).print();
}

} // namespace ilbridge::emit
