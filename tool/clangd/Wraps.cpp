//===- Wraps.cpp - Where clangd would pass our checks by ------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// clangd has no way to be extended, and its headers are not packaged. Three of
// its functions are wrapped by the linker (--wrap): what they are is stated
// here again, as LLVM 19 has it.
//
//===----------------------------------------------------------------------===//

#include "clang-tidy/ClangTidyOptions.h"
#include "llvm/ADT/FunctionExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include <cstdio>
#include <memory>
#include <optional>

namespace clang::clangd {

/// Sends and receives LSP messages.
class Transport {
public:
  virtual ~Transport() = default;
  virtual void notify(llvm::StringRef Method, llvm::json::Value Params) = 0;
  virtual void call(llvm::StringRef Method, llvm::json::Value Params,
                    llvm::json::Value ID) = 0;
  virtual void reply(llvm::json::Value ID,
                     llvm::Expected<llvm::json::Value> Result) = 0;
  class MessageHandler;
  virtual llvm::Error loop(MessageHandler &) = 0;
};

enum JSONStreamStyle : int;
using TidyProvider = llvm::unique_function<void(tidy::ClangTidyOptions &,
                                                llvm::StringRef) const>;

} // namespace clang::clangd

using namespace clang::clangd;

//===----------------------------------------------------------------------===//
// Which checks run
//===----------------------------------------------------------------------===//

#define FAST_CHECK "_ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE"
std::optional<bool> realIsFast(llvm::StringRef) __asm__("__real_" FAST_CHECK);
std::optional<bool> wrapIsFast(llvm::StringRef) __asm__("__wrap_" FAST_CHECK);

/// clangd runs only what it was measured to be fast with.
std::optional<bool> wrapIsFast(llvm::StringRef Check) {
  if (Check.starts_with("ilbridge-"))
    return true;
  return realIsFast(Check);
}

#define UNUSABLE_CHECKS                                                        \
  "_ZN5clang6clangd21disableUnusableChecksEN4llvm8ArrayRefINSt7__"             \
  "cxx1112basic_stringIcSt11char_traitsIcESaIcEEEEE"
TidyProvider realDisableUnusable(llvm::ArrayRef<std::string>) __asm__(
    "__real_" UNUSABLE_CHECKS);
TidyProvider wrapDisableUnusable(llvm::ArrayRef<std::string>) __asm__(
    "__wrap_" UNUSABLE_CHECKS);

/// The last that has a say in which checks run. Ours do, unless a .clang-tidy
/// file or the configuration speaks of them.
TidyProvider wrapDisableUnusable(llvm::ArrayRef<std::string> Checks) {
  return [Real = realDisableUnusable(Checks)](
             clang::tidy::ClangTidyOptions &Options, llvm::StringRef File) {
    std::string &Globs =
        Options.Checks ? *Options.Checks : Options.Checks.emplace();
    if (!llvm::StringRef(Globs).contains("ilbridge-"))
      Globs += Globs.empty() ? "ilbridge-*" : ",ilbridge-*";
    Real(Options, File);
  };
}

//===----------------------------------------------------------------------===//
// Texts of diagnostics
//===----------------------------------------------------------------------===//

/// The URL of the folder with the pages, with a slash at its end.
static std::string pages() {
  std::string URL = ILBRIDGE_PAGES;
  if (!URL.empty())
    return URL.back() == '/' ? URL : URL + "/";
  llvm::SmallString<256> Folder = llvm::sys::path::parent_path(
      llvm::sys::fs::getMainExecutable(nullptr, nullptr));
  llvm::sys::path::append(Folder, ILBRIDGE_PAGES_FROM_BIN);
  llvm::sys::path::remove_dots(Folder, /*remove_dot_dot=*/true);
  return ("file://" + Folder + "/").str();
}

namespace {

/// Passes everything on; diagnostics of ours as ilbridge's, with their pages.
class NamingTransport : public Transport {
public:
  explicit NamingTransport(std::unique_ptr<Transport> Under)
      : Under(std::move(Under)) {}

  void notify(llvm::StringRef Method, llvm::json::Value Params) override {
    if (Method == "textDocument/publishDiagnostics")
      if (auto *O = Params.getAsObject())
        name(O->getArray("diagnostics"));
    Under->notify(Method, std::move(Params));
  }
  void call(llvm::StringRef Method, llvm::json::Value Params,
            llvm::json::Value ID) override {
    Under->call(Method, std::move(Params), std::move(ID));
  }
  void reply(llvm::json::Value ID,
             llvm::Expected<llvm::json::Value> Result) override {
    Under->reply(std::move(ID), std::move(Result));
  }
  llvm::Error loop(MessageHandler &Handler) override {
    return Under->loop(Handler);
  }

private:
  void name(llvm::json::Array *Diagnostics) const {
    if (!Diagnostics)
      return;
    for (llvm::json::Value &V : *Diagnostics) {
      llvm::json::Object *D = V.getAsObject();
      std::optional<llvm::StringRef> Code =
          D ? D->getString("code") : std::nullopt;
      if (!Code || !Code->starts_with("ilbridge-"))
        continue;
      (*D)["codeDescription"] =
          llvm::json::Object{{"href", (Pages + *Code + ".md").str()}};
      (*D)["source"] = "ilbridge";
      // Offers: nothing is wrong. clangd has no way to say so.
      if (*Code == "ilbridge-missing-export")
        (*D)["severity"] = 4;
    }
  }

  std::unique_ptr<Transport> Under;
  std::string Pages = pages();
};

} // namespace

#define JSON_TRANSPORT                                                         \
  "_ZN5clang6clangd16newJSONTransportEP8_IO_FILERN4llvm11raw_"                 \
  "ostreamEPS4_bNS0_15JSONStreamStyleE"
std::unique_ptr<Transport>
realTransport(std::FILE *, llvm::raw_ostream &, llvm::raw_ostream *, bool,
              JSONStreamStyle) __asm__("__real_" JSON_TRANSPORT);
std::unique_ptr<Transport>
wrapTransport(std::FILE *, llvm::raw_ostream &, llvm::raw_ostream *, bool,
              JSONStreamStyle) __asm__("__wrap_" JSON_TRANSPORT);

std::unique_ptr<Transport> wrapTransport(std::FILE *In, llvm::raw_ostream &Out,
                                         llvm::raw_ostream *InMirror,
                                         bool Pretty, JSONStreamStyle Style) {
  return std::make_unique<NamingTransport>(
      realTransport(In, Out, InMirror, Pretty, Style));
}
