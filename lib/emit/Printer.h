//===- Printer.h - Text with named placeholders ------------------------*- C++
//-*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The source of a generator should look like the generated text. A template is
// the output's text with $names$ in it. A name is replaced by a text, or by the
// output of a callback that prints more:
//
//   P.emit("void $name$() {\n"
//          "  $body$\n"
//          "}\n",
//          {{"name", Function}, {"body", [&] { … P.emit(…); … }}});
//
// The lines of a callback are indented like its placeholder. If a placeholder
// is alone on its line and prints nothing, the line is removed.
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
  /// A placeholder does not own its members, because it only exists during a
  /// call of emit().
  struct Placeholder {
    Placeholder(llvm::StringRef Name, llvm::StringRef Text)
        : Name(Name), Text(Text) {}
    Placeholder(llvm::StringRef Name, llvm::function_ref<void()> Print)
        : Name(Name), Print(Print) {}
    llvm::StringRef Name;
    llvm::StringRef Text;
    llvm::function_ref<void()>
        Print; ///< null: the placeholder is replaced by Text
  };

  /// Prints \p Template. \p Placeholders must contain every name in it.
  void emit(llvm::StringRef Template,
            std::initializer_list<Placeholder> Placeholders = {});

  /// Appends the output of another printer without changes.
  void add(llvm::StringRef Printed) { Text += Printed; }

  std::string take() { return std::move(Text); }

private:
  void line(llvm::StringRef Line,
            std::initializer_list<Placeholder> Placeholders);
  void put(llvm::StringRef Piece);
  void fill(const Placeholder &H);
  static const Placeholder &
  find(llvm::StringRef Name, std::initializer_list<Placeholder> Placeholders);

  std::string Text;
  std::string Indent;
};

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_PRINTER_H
