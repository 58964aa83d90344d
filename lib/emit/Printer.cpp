//===- Printer.cpp - Text with named holes --------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Printer.h"
#include "llvm/Support/ErrorHandling.h"
#include <cassert>

namespace ilbridge::emit {

const Printer::Hole &Printer::find(llvm::StringRef Name,
                                   std::initializer_list<Hole> Holes) {
  for (const Hole &H : Holes)
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

void Printer::line(llvm::StringRef Line, std::initializer_list<Hole> Holes) {
  // A hole alone on its line.
  llvm::StringRef Trimmed = Line.trim(" \n");
  if (Line.ends_with("\n") && Trimmed.size() > 2 && Trimmed.front() == '$' &&
      Trimmed.find('$', 1) == Trimmed.size() - 1) {
    const Hole &H = find(Trimmed.drop_front().drop_back(), Holes);
    size_t Lead = Line.find('$');
    std::string Outer = Indent;
    Indent.append(Lead, ' ');
    size_t Before = Text.size();
    if (const auto *Print = std::get_if<std::function<void()>>(&H.Value))
      (*Print)();
    else
      put(std::get<std::string>(H.Value));
    Indent = std::move(Outer);
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
    const Hole &H = find(Name, Holes);
    if (const auto *Print = std::get_if<std::function<void()>>(&H.Value))
      (*Print)();
    else
      put(std::get<std::string>(H.Value));
    Line = After;
  }
}

void Printer::emit(llvm::StringRef Template,
                   std::initializer_list<Hole> Holes) {
  while (!Template.empty()) {
    size_t End = Template.find('\n');
    size_t Count = End == llvm::StringRef::npos ? Template.size() : End + 1;
    line(Template.take_front(Count), Holes);
    Template = Template.drop_front(Count);
  }
}

} // namespace ilbridge::emit
