//===- Printer.cpp - Text with named placeholders
//--------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Printer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include <cassert>

namespace ilbridge::emit {

const Printer::Placeholder &
Printer::find(llvm::StringRef Name,
              std::initializer_list<Placeholder> Placeholders) {
  for (const Placeholder &H : Placeholders)
    if (H.Name == Name)
      return H;
  llvm_unreachable("a template names a hole that nobody fills");
}

/// Appends text, indenting where a line begins.
void Printer::put(llvm::StringRef Piece) {
  while (!Piece.empty()) {
    bool AtLineStart = Text.empty() || Text.back() == '\n';
    if (AtLineStart && Piece.front() != '\n')
      Text += Indent;
    size_t End = Piece.find('\n');
    size_t Count = End == llvm::StringRef::npos ? Piece.size() : End + 1;
    Text += Piece.take_front(Count);
    Piece = Piece.drop_front(Count);
  }
}

void Printer::fill(const Placeholder &H) {
  if (H.Print)
    H.Print();
  else
    put(H.Text);
}

/// Returns the name of the placeholder that is alone on its line; empty if
/// there is none.
static llvm::StringRef lonePlaceholder(llvm::StringRef Line, size_t Begin) {
  size_t End = Line.find('$', Begin + 1);
  if (End == llvm::StringRef::npos || !Line.ends_with("\n"))
    return "";
  auto IsBlank = [](llvm::StringRef Text) {
    return llvm::all_of(Text, [](char C) { return C == ' ' || C == '\n'; });
  };
  if (!IsBlank(Line.take_front(Begin)) || !IsBlank(Line.drop_front(End + 1)))
    return "";
  return Line.slice(Begin + 1, End);
}

void Printer::line(llvm::StringRef Line,
                   std::initializer_list<Placeholder> Placeholders) {
  size_t Begin = Line.find('$');
  if (Begin == llvm::StringRef::npos)
    return put(Line);
  if (llvm::StringRef Name = lonePlaceholder(Line, Begin); !Name.empty()) {
    size_t Outer = Indent.size();
    Indent.append(Begin, ' ');
    size_t Before = Text.size();
    fill(find(Name, Placeholders));
    Indent.resize(Outer);
    if (Text.size() != Before && Text.back() != '\n')
      Text += '\n';
    return;
  }
  while (!Line.empty()) {
    auto [Plain, Rest] = Line.split('$');
    put(Plain);
    if (Plain.size() == Line.size())
      return;
    auto [Name, After] = Rest.split('$');
    assert(Name.size() != Rest.size() && "a hole without an end");
    fill(find(Name, Placeholders));
    Line = After;
  }
}

void Printer::emit(llvm::StringRef Template,
                   std::initializer_list<Placeholder> Placeholders) {
  while (!Template.empty()) {
    size_t End = Template.find('\n');
    size_t Count = End == llvm::StringRef::npos ? Template.size() : End + 1;
    line(Template.take_front(Count), Placeholders);
    Template = Template.drop_front(Count);
  }
}

} // namespace ilbridge::emit
