//===- CSharpComment.cpp - Documentation comments in C# -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CSharpComment.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using llvm::StringRef;

namespace ilbridge::emit {

static std::string xml(StringRef Text) {
  std::string Escaped;
  llvm::raw_string_ostream OS(Escaped);
  for (char C : Text)
    if (C == '&')
      OS << "&amp;";
    else if (C == '<')
      OS << "&lt;";
    else if (C == '>')
      OS << "&gt;";
    else if (static_cast<unsigned char>(C) >= ' ' || C == '\t')
      OS << C;
  return Escaped;
}

namespace {
/// An element of a documentation comment, with its lines.
struct Element {
  std::string Tag, Name;
  std::vector<StringRef> Lines;
};
} // namespace

/// Removes a Doxygen command from the beginning of \p Line: "param", "return",
/// ….
static StringRef takeCommand(StringRef &Line) {
  StringRef Rest = Line;
  if (!Rest.consume_front("\\") && !Rest.consume_front("@"))
    return "";
  StringRef Word = Rest.take_while([](char C) { return llvm::isAlpha(C); });
  if (Word.empty())
    return "";
  Line = Rest.drop_front(Word.size());
  return Word;
}

static std::vector<Element> elements(StringRef Comment) {
  std::vector<Element> All = {{"summary", "", {}}};
  llvm::SmallVector<StringRef> Lines;
  Comment.split(Lines, '\n');
  for (StringRef Line : Lines) {
    Line = Line.trim();
    StringRef Rest = Line;
    StringRef Command = takeCommand(Rest);
    if (Command == "brief" || Command == "short") {
      Line = Rest.ltrim();
    } else if (Command == "param" || Command == "tparam") {
      Rest = Rest.ltrim();
      if (Rest.consume_front("["))
        Rest = Rest.split(']').second.ltrim();
      StringRef Name = Rest.take_until([](char C) { return llvm::isSpace(C); });
      All.push_back({"param", Name.str(), {}});
      Line = Rest.drop_front(Name.size()).ltrim();
    } else if (Command == "return" || Command == "returns" ||
               Command == "result") {
      All.push_back({"returns", "", {}});
      Line = Rest.ltrim();
    } else if (Command == "note" || Command == "remark" ||
               Command == "remarks" || Command == "details" ||
               Command == "warning" || Command == "attention") {
      All.push_back({"remarks", "", {}});
      Line = Rest.ltrim();
    } else if (Line.empty() && All.back().Tag != "summary") {
      All.push_back({"remarks", "", {}});
      continue;
    }
    All.back().Lines.push_back(Line);
  }
  for (Element &E : All) {
    while (!E.Lines.empty() && E.Lines.back().empty())
      E.Lines.pop_back();
    while (!E.Lines.empty() && E.Lines.front().empty())
      E.Lines.erase(E.Lines.begin());
  }
  llvm::erase_if(All, [](const Element &E) { return E.Lines.empty(); });
  return All;
}

void printComment(Printer &P, StringRef Comment) {
  std::vector<Element> All = elements(Comment);
  // C# has only one <remarks> element for a declaration.
  for (size_t I = 0; I != All.size(); ++I)
    for (size_t Later = I + 1; All[I].Tag == "remarks" && Later != All.size();)
      if (All[Later].Tag == "remarks") {
        llvm::append_range(All[I].Lines, All[Later].Lines);
        All.erase(All.begin() + Later);
      } else {
        ++Later;
      }
  for (const Element &E : All) {
    std::string Open = "<" + E.Tag;
    if (E.Tag == "param") {
      std::string Name;
      for (char C : xml(E.Name))
        Name += C == '"' ? std::string("&quot;") : std::string(1, C);
      Open += " name=\"" + Name + "\"";
    }
    Open += ">";
    std::string Close = "</" + E.Tag + ">";
    if (E.Lines.size() == 1) {
      P.emit("/// $text$\n", {{"text", Open + xml(E.Lines[0]) + Close}});
      continue;
    }
    P.emit("/// $open$\n", {{"open", Open}});
    for (StringRef Line : E.Lines)
      P.emit(Line.empty() ? "///\n" : "/// $line$\n", {{"line", xml(Line)}});
    P.emit("/// $close$\n", {{"close", Close}});
  }
}

} // namespace ilbridge::emit
