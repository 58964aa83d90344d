//===- Naming.cpp - Adds ids of findings to clangd's messages -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Naming.h"
#include "ilbridge/diagnostic/Diagnostic.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"
#include <cerrno>
#include <optional>
#include <unistd.h>

namespace json = llvm::json;

namespace ilbridge {

/// Returns the id at the end of the first line of \p Message; empty if there is
/// none.
static llvm::StringRef idOf(llvm::StringRef Message) {
  llvm::StringRef Line = Message.split('\n').first.rtrim('\r');
  // clangd appends this to a diagnostic with quick-fixes.
  for (llvm::StringRef End : {" (fix available)", " (fixes available)"})
    Line.consume_back(End);
  if (!Line.consume_back("]"))
    return "";
  size_t Begin = Line.rfind(" [");
  return Begin == llvm::StringRef::npos ? "" : Line.drop_front(Begin + 2);
}

/// Adds the properties to \p Diagnostic. \returns whether it is a diagnostic of
/// ilbridge.
static bool name(json::Object &Diagnostic, llvm::StringRef Pages) {
  std::optional<llvm::StringRef> Message = Diagnostic.getString("message");
  if (!Message)
    return false;
  for (const DiagnosticInfo &Info : diagnosticCatalogue()) {
    if (Info.Name != idOf(*Message))
      continue;
    Diagnostic["code"] = Info.Name;
    Diagnostic["codeDescription"] =
        json::Object{{"href", (Pages + Info.Name + ".md").str()}};
    Diagnostic["source"] = "ilbridge";
    if (Info.ID == DiagnosticID::MissingExport)
      Diagnostic["severity"] = 4; // Hint: editors show it as a suggestion
    return true;
  }
  return false;
}

std::string namedFindings(llvm::StringRef Body, llvm::StringRef Pages) {
  if (!Body.contains("[ilbridge-"))
    return Body.str();
  llvm::Expected<json::Value> Message = json::parse(Body);
  if (!Message) {
    // The filter does not report the error, because the editor reads the same
    // text.
    llvm::consumeError(Message.takeError());
    return Body.str();
  }
  json::Object *O = Message->getAsObject();
  if (!O || O->getString("method") != "textDocument/publishDiagnostics")
    return Body.str();
  json::Object *Params = O->getObject("params");
  json::Array *Diagnostics = Params ? Params->getArray("diagnostics") : nullptr;
  if (!Diagnostics)
    return Body.str();
  bool HasNamed = false;
  for (json::Value &Each : *Diagnostics)
    if (json::Object *D = Each.getAsObject())
      HasNamed |= name(*D, Pages);
  return HasNamed ? llvm::formatv("{0}", *Message).str() : Body.str();
}

static bool writeAll(int Out, llvm::StringRef Text) {
  while (!Text.empty()) {
    ssize_t Size = ::write(Out, Text.data(), Text.size());
    if (Size < 0 && errno == EINTR)
      continue;
    if (Size <= 0)
      return false;
    Text = Text.drop_front(Size);
  }
  return true;
}

/// Returns the size of the body after the header lines \p Header, which end
/// with an empty line; nullopt if they do not state it.
static std::optional<size_t> bodySize(llvm::StringRef Header) {
  for (llvm::StringRef Line : llvm::split(Header, "\r\n")) {
    auto [Name, Value] = Line.split(':');
    size_t Size;
    if (Name.equals_insensitive("Content-Length") &&
        !Value.trim().getAsInteger(10, Size))
      return Size;
  }
  return std::nullopt;
}

bool nameFindings(int In, int Out, llvm::StringRef Pages) {
  constexpr llvm::StringLiteral HeaderEnd = "\r\n\r\n";
  constexpr size_t MaxHeader = 4096; // bytes; clangd's have about 30
  std::string Pending;
  bool IsProtocol = true;
  char Buffer[1 << 16];
  while (true) {
    ssize_t Size = ::read(In, Buffer, sizeof(Buffer));
    if (Size < 0 && errno == EINTR)
      continue;
    if (Size <= 0)
      return writeAll(Out, Pending);
    Pending.append(Buffer, Size);
    while (IsProtocol && !Pending.empty()) {
      size_t End = Pending.find(HeaderEnd);
      if (End == std::string::npos) {
        llvm::StringRef Begin = "Content-";
        IsProtocol = llvm::StringRef(Pending).starts_with(
                         Begin.take_front(Pending.size())) &&
                     Pending.size() < MaxHeader;
        break;
      }
      End += HeaderEnd.size();
      std::optional<size_t> Length =
          bodySize(llvm::StringRef(Pending).take_front(End));
      if (!Length) {
        IsProtocol = false;
        break;
      }
      if (Pending.size() - End < *Length)
        break; // the rest has not arrived yet
      std::string Body =
          namedFindings(llvm::StringRef(Pending).substr(End, *Length), Pages);
      std::string Header =
          "Content-Length: " + llvm::utostr(Body.size()) + HeaderEnd.str();
      if (!writeAll(Out, Header) || !writeAll(Out, Body))
        return false;
      Pending.erase(0, End + *Length);
    }
    if (!IsProtocol) {
      if (!writeAll(Out, Pending))
        return false;
      Pending.clear();
    }
  }
}

} // namespace ilbridge
