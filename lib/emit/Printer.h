//===- Printer.h - Text with named holes ------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A generator should read like what it generates. A template is the output's
// text with $names$ in it; a name stands for a text or for a callback that
// prints more:
//
//   P.emit("void $name$() {\n"
//          "  $body$\n"
//          "}\n",
//          {{"name", Function}, {"body", [&] { … P.emit(…); … }}});
//
// A callback's lines are indented as its hole is; a hole that stands alone on
// its line and prints nothing takes the line with it.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_PRINTER_H
#define ILBRIDGE_LIB_EMIT_PRINTER_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include <initializer_list>
#include <string>

namespace ilbridge::emit {

class Printer {
public:
  /// Made in the call of emit(): it owns nothing.
  struct Hole {
    Hole(llvm::StringRef Name, llvm::StringRef Text) : Name(Name), Text(Text) {}
    Hole(llvm::StringRef Name, llvm::function_ref<void()> Print)
        : Name(Name), Print(Print) {}
    llvm::StringRef Name;
    llvm::StringRef Text;
    llvm::function_ref<void()> Print; ///< null: it stands for Text
  };

  /// Prints \p Template. Every name in it has to be among \p Holes.
  void emit(llvm::StringRef Template, std::initializer_list<Hole> Holes = {});

  /// Prints what another printer made, as it is.
  void add(llvm::StringRef Printed) { Text += Printed; }

  std::string take() { return std::move(Text); }

private:
  void line(llvm::StringRef Line, std::initializer_list<Hole> Holes);
  void put(llvm::StringRef Piece);
  void fill(const Hole &H);
  static const Hole &find(llvm::StringRef Name,
                          std::initializer_list<Hole> Holes);

  std::string Text;
  std::string Indent;
};

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_PRINTER_H
