//===- PrinterTest.cpp - Text with named placeholders -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Printer.h"
#include "gtest/gtest.h"

using namespace ilbridge::emit;

TEST(Printer, FillsPlaceholders) {
  Printer P;
  P.emit("int $name$ = $value$;\n", {{"name", "x"}, {"value", "1"}});
  EXPECT_EQ(P.take(), "int x = 1;\n");
}

TEST(Printer, PrintsWhatAFunctionPrints) {
  Printer P;
  P.emit("f($params$);\n", {{"params", [&] {
                               P.emit("a");
                               P.emit(", b");
                             }}});
  EXPECT_EQ(P.take(), "f(a, b);\n");
}

TEST(Printer, IndentsAPlaceholderThatIsAloneOnItsLine) {
  Printer P;
  P.emit("{\n  $body$\n}\n", {{"body", "a();\n\nb();\n"}});
  EXPECT_EQ(P.take(), "{\n  a();\n\n  b();\n}\n");
  P.emit("{\n  $outer$\n}\n",
         {{"outer",
           [&] { P.emit("if (x) {\n  $inner$\n}\n", {{"inner", "a();"}}); }}});
  EXPECT_EQ(P.take(), "{\n  if (x) {\n    a();\n  }\n}\n");
}

TEST(Printer, LeavesNoLineForAnEmptyPlaceholder) {
  Printer P;
  P.emit("a;\n  $nothing$\nb;\n", {{"nothing", ""}});
  EXPECT_EQ(P.take(), "a;\nb;\n");
  P.emit("a$nothing$\nb;\n", {{"nothing", ""}});
  EXPECT_EQ(P.take(), "a\nb;\n");
}

TEST(Printer, DoesNotReadTheTextOfPlaceholders) {
  Printer P;
  P.emit("\"$text$\"\n", {{"text", "$name$"}});
  EXPECT_EQ(P.take(), "\"$name$\"\n");
  P.add("$name$\n");
  EXPECT_EQ(P.take(), "$name$\n");
}
