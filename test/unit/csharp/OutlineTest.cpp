//===- OutlineTest.cpp - The declarations in a C# text --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/csharp/Outline.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace ilbridge::csharp;
using testing::ElementsAre;
using testing::IsEmpty;

/// "T Ns.Type", "M Ns.Type::Method(int, ref A)", "F Ns.Type::Field".
static std::vector<std::string> outline(llvm::StringRef Text) {
  Outline O(Text);
  std::vector<std::string> Result;
  for (const Declaration &D : O.declarations()) {
    std::string Line(1, "TDMF"[D.TheKind]);
    Line += " " + D.TypeName.str();
    if (D.TheKind == Declaration::Method || D.TheKind == Declaration::Field)
      Line += "::" + D.Name.str();
    if (D.TheKind == Declaration::Method && D.Arity)
      Line += "`" + std::to_string(D.Arity);
    if (D.TheKind == Declaration::Method ||
        D.TheKind == Declaration::Delegate) {
      Line += "(";
      for (const Parameter &P : D.Params) {
        if (&P != &D.Params.front())
          Line += ", ";
        if (!P.Modifiers.empty())
          Line += O.text(P.Modifiers).str() + " ";
        Line += O.text(P.Type).str();
      }
      Line += ")";
    }
    Result.push_back(Line);
  }
  return Result;
}

TEST(Outline, ImportsHaveTheirPlaces) {
  llvm::StringRef Text = R"cs(using System;
namespace Game {
  static class Native {
    [DllImport("game", EntryPoint = "add")]
    public static extern int Add(int a, [In, Out] ref Vec3 b);
  }
})cs";
  EXPECT_THAT(outline(Text), ElementsAre("T Game.Native",
                                         "M Game.Native::Add(int, ref Vec3)"));
  Outline O(Text);
  const Declaration &Add = O.declarations()[1];
  LineAndColumn At = O.position(Add.NameAt.Begin);
  EXPECT_EQ(At.Line, 5u);
  EXPECT_EQ(At.Column, 30u);
  EXPECT_EQ(O.text(Add.Result), "int");
  ASSERT_EQ(Add.Attributes.size(), 1u);
  EXPECT_EQ(Add.Attributes[0].Name, "DllImport");
  EXPECT_EQ(O.text(Add.Attributes[0].Arguments),
            "\"game\", EntryPoint = \"add\"");
  EXPECT_EQ(O.text(Add.Params[1].Name), "b");
  ASSERT_EQ(Add.Params[1].Attributes.size(), 2u);
  EXPECT_EQ(Add.Params[1].Attributes[1].Name, "Out");
}

TEST(Outline, NamespacesOfAFileAndOfBraces) {
  EXPECT_THAT(outline("namespace A.B;\nclass C { class D {} }\nclass E {}"),
              ElementsAre("T A.B.C", "T A.B.C/D", "T A.B.E"));
  EXPECT_THAT(outline("namespace A { namespace B { class C {} } class D {} }"),
              ElementsAre("T A.B.C", "T A.D"));
}

TEST(Outline, TypesOfEveryKind) {
  EXPECT_THAT(
      outline(
          "public unsafe struct A {} ref struct B {} readonly ref struct C "
          "{} interface D {} enum E { X, Y = 2 } record F(int A); record "
          "struct G(int X, int Y) {} delegate void H(int a, params string[] "
          "b); class I<T, U> : Base<T> where U : new() { struct J<V> {} }"),
      ElementsAre("T A", "T B", "T C", "T D", "T E", "T F", "T G",
                  "D H(int, params string[])", "T I`2", "T I`2/J`1"));
}

TEST(Outline, FieldsPropertiesAndEvents) {
  EXPECT_THAT(
      outline("struct S { public int A, B; const int C = 1, D = 2; fixed byte "
              "E[16]; Dictionary<int, string> F; (int, int) G; int[,] H = new "
              "int[1, 2]; int I { get; set; } = 5; int J => 3; event Action K; "
              "delegate* unmanaged[Cdecl]<int, void> L; int M; }"),
      ElementsAre("T S", "F S::A", "F S::B", "F S::C", "F S::D", "F S::E",
                  "F S::F", "F S::G", "F S::H", "F S::I", "F S::J", "F S::K",
                  "F S::L", "F S::M"));
}

TEST(Outline, MethodsOfEveryKind) {
  EXPECT_THAT(
      outline("class C { C(int a) : base(a) {} static C() {} ~C() {} T M<T, "
              "U>(T a, Dictionary<int, U> b) where T : new() => default; (int "
              "x, int y) N((int, int) a) { if (a.Item1 > 2) { } return a; } "
              "void I.O() {} public static C operator +(C a, C b) => a; "
              "public static implicit operator int(C c) => 1; int this[int i] "
              "=> i; partial void P(int a = 3, string s = \"),(\"); }"),
      ElementsAre("T C", "M C::.ctor(int)", "M C::.cctor()",
                  "M C::M`2(T, Dictionary<int, U>)", "M C::N((int, int))",
                  "M C::O()", "M C::P(int, string)"));
}

TEST(Outline, StatementsAreNoDeclarations) {
  EXPECT_THAT(outline("using System; var a = F(1, x => { return; }); if (a) { "
                      "G(); } class C {}"),
              ElementsAre("T C"));
}

TEST(Outline, BracesInStringsAndCommentsAreNone) {
  EXPECT_THAT(outline("class A { string S = \"}\"; string T = $\"{\"}\"}\"; "
                      "/* } */ void F() {} // }\n }"),
              ElementsAre("T A", "F A::S", "F A::T", "M A::F()"));
}

TEST(Outline, BranchesOfConditionsAreAllThere) {
  EXPECT_THAT(outline("class A {\n#if X\n [D(\"a\")]\n#else\n [D(\"b\")]\n"
                      "#endif\n static extern int F();\n}\nclass B {}"),
              ElementsAre("T A", "M A::F()", "T B"));
  EXPECT_THAT(outline("#if X\nclass A : B {\n#else\nclass A {\n#endif\n int F; "
                      "}\nclass C {}"),
              ElementsAre("T A", "T A", "F A::F", "T C"));
}

TEST(Outline, BranchesThatAreNeverCompiledAreNotThere) {
  EXPECT_THAT(outline("#if false\nclass A { it's\n#if X\n#endif\n#else\nclass "
                      "B {}\n#endif\n#if true\nclass C {}\n#else\nclass D "
                      "{}\n#endif\nclass E {}"),
              ElementsAre("T B", "T C", "T E"));
}

TEST(Outline, NamesAreWithoutAt) {
  EXPECT_THAT(outline("class @class { void @int(int @out) {} }"),
              ElementsAre("T class", "M class::int(int)"));
}

TEST(Outline, BrokenTextsAreFollowedAsFarAsTheyGo) {
  EXPECT_THAT(outline("class A { void F( { } } class B {}"),
              ElementsAre("T A", "M A::F()"));
  EXPECT_THAT(outline("} } class A { ; ; } )"), ElementsAre("T A"));
}

TEST(Outline, TextsThatNestTooDeepHaveNoDeclarations) {
  std::string Text;
  for (int I = 0; I != 100; ++I)
    Text += "class A { ";
  EXPECT_THAT(outline(Text), IsEmpty());
}

TEST(Outline, ColumnsCountBytes) {
  llvm::StringRef Text = "\n/* \xC3\xA4 */ class A {}";
  Outline O(Text);
  LineAndColumn At = O.position(O.declarations()[0].NameAt.Begin);
  EXPECT_EQ(At.Line, 2u);
  EXPECT_EQ(At.Column, 16u);
}
