//===- FinderTest.cpp - Finds the declarations of members -----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/csharp/Finder.h"
#include <gtest/gtest.h>
#include <memory>

using namespace ilbridge::csharp;

/// Returns "0:2 exact", the index of the text and the line of the declaration,
/// or "none".
static std::string found(std::vector<llvm::StringRef> Texts,
                         llvm::StringRef Member) {
  std::vector<std::unique_ptr<Outline>> Outlines;
  std::vector<const Outline *> All;
  for (llvm::StringRef Text : Texts)
    All.push_back(Outlines.emplace_back(std::make_unique<Outline>(Text)).get());
  std::optional<Found> F = find(All, parseMemberName(Member));
  if (!F)
    return "none";
  for (size_t I = 0; I != All.size(); ++I)
    if (All[I] == F->In)
      return std::to_string(I) + ":" +
             std::to_string(F->In->position(F->What->NameAt.Begin).Line) +
             (F->IsExact ? " exact" : " type");
  return "lost";
}

TEST(Finder, OverloadsAreToldApartByCount) {
  llvm::StringRef Text = "class A {\n void F();\n void F(int a);\n}";
  EXPECT_EQ(found({Text}, "A::F()"), "0:2 exact");
  EXPECT_EQ(found({Text}, "A::F(System.Int32)"), "0:3 exact");
  EXPECT_EQ(found({Text}, "A::F(System.Int32,System.Int32)"), "0:1 type");
}

TEST(Finder, OverloadsAreToldApartByTypes) {
  llvm::StringRef Text = "class A {\n void F(int a);\n void F(uint a);\n"
                         " void F(ref int a);\n void F(int[] a);\n"
                         " void F(int* a);\n void F(string? a);\n"
                         " void F(int? a);\n void F(List<int> a);\n"
                         " void F(N.List<string> a);\n void F((int, B) a);\n"
                         " void F(delegate* unmanaged<int, void> a);\n}";
  auto F = [&](llvm::StringRef Type) {
    return found({Text}, "A::F(" + Type.str() + ")");
  };
  EXPECT_EQ(F("System.Int32"), "0:2 exact");
  EXPECT_EQ(F("System.UInt32"), "0:3 exact");
  EXPECT_EQ(F("System.Int32&"), "0:4 exact");
  EXPECT_EQ(F("System.Int32[]"), "0:5 exact");
  EXPECT_EQ(F("System.Int32*"), "0:6 exact");
  EXPECT_EQ(F("System.String"), "0:7 exact");
  EXPECT_EQ(F("System.Nullable`1<System.Int32>"), "0:8 exact");
  EXPECT_EQ(F("System.Collections.Generic.List`1<System.Int32>"), "0:9 exact");
  EXPECT_EQ(F("N.List`1<System.String>"), "0:10 exact");
  EXPECT_EQ(F("System.ValueTuple`2<System.Int32,B>"), "0:11 exact");
  EXPECT_EQ(F("method System.Void *(System.Int32)"), "0:12 exact");
}

TEST(Finder, AliasesAreFoundWhereOneIsLeft) {
  llvm::StringRef Text = "class A {\n void F(Handle a);\n void F(int a);\n}";
  EXPECT_EQ(found({Text}, "A::F(System.IntPtr)"), "0:2 exact");
  // Both may be meant.
  llvm::StringRef Two = "class A {\n void F(X a);\n void F(Y a);\n}";
  EXPECT_EQ(found({Two}, "A::F(System.IntPtr)"), "0:1 type");
}

TEST(Finder, GenericMethodsAreToldApartByArity) {
  llvm::StringRef Text = "class A {\n void F<T>(T a);\n void F<T, U>(T a);\n}";
  EXPECT_EQ(found({Text}, "A::F<>(T)"), "0:2 exact");
  EXPECT_EQ(found({Text}, "A::F<,>(T)"), "0:3 exact");
  EXPECT_EQ(found({Text}, "A::F(T)"), "0:1 type");
}

TEST(Finder, TypesAreFoundByTheirWholeName) {
  llvm::StringRef Text = "namespace N {\nclass A<T> {\nstruct B {} } }\n"
                         "class A {}\nclass B {}";
  EXPECT_EQ(found({Text}, "N.A`1/B"), "0:3 exact");
  EXPECT_EQ(found({Text}, "N.A`1"), "0:2 exact");
  EXPECT_EQ(found({Text}, "A"), "0:4 exact");
  EXPECT_EQ(found({Text}, "N.B"), "none");
}

TEST(Finder, PartsOfATypeAreSearchedTogether) {
  llvm::StringRef One = "partial class A {\n void F() {}\n}";
  llvm::StringRef Two = "partial class A {\n void G() {}\n}";
  EXPECT_EQ(found({One, Two}, "A::G()"), "1:2 exact");
  EXPECT_EQ(found({One, Two}, "A::H()"), "0:1 type");
  llvm::StringRef Three =
      "partial class A {\n}\npartial class A {\n#if X\n void "
      "H();\n#else\n void H();\n#endif\n}";
  EXPECT_EQ(found({One, Three}, "A::H()"), "1:3 type");
}

TEST(Finder, NothingIsGuessed) {
  // Two programs declare the type.
  EXPECT_EQ(found({"class A {}", "class A {}"}, "A"), "none");
  EXPECT_EQ(found({"class A { void F(); }", "class A { void F(); }"}, "A::F()"),
            "none");
  EXPECT_EQ(
      found({"partial class A { void F(); }", "partial class A { void F(); }"},
            "A::F()"),
      "none");
  // Either branch may have been compiled.
  llvm::StringRef Text =
      "class A {\n#if X\n void F(int a);\n#else\n void F(int "
      "b);\n#endif\n}";
  EXPECT_EQ(found({Text}, "A::F(System.Int32)"), "0:1 type");
}

TEST(Finder, APartialMethodIsDeclaredWhereItHasNoBody) {
  llvm::StringRef Text = "partial class A {\n static partial int F(int a);\n"
                         " static partial int F(int a) { return 1; }\n}";
  EXPECT_EQ(found({Text}, "A::F(System.Int32)"), "0:2 exact");
}

TEST(Finder, WhatTheCompilerMadeMeansTheMethod) {
  llvm::StringRef Text = "class A {\n void F(int a) {}\n}";
  EXPECT_EQ(found({Text}, "A::<F>g__Local|0_0(System.String)"), "0:2 exact");
  EXPECT_EQ(found({Text}, "A/<>c::<F>b__0_0()"), "0:2 exact");
}

TEST(Finder, ConstructorsFieldsAndDelegates) {
  llvm::StringRef Text = "class A {\n A(int a) {}\n int B;\n delegate void "
                         "D();\n void I.F() {}\n}";
  EXPECT_EQ(found({Text}, "A::.ctor(System.Int32)"), "0:2 exact");
  EXPECT_EQ(found({Text}, "A::B"), "0:3 exact");
  EXPECT_EQ(found({Text}, "A/D"), "0:4 exact");
  EXPECT_EQ(found({Text}, "A::N.I.F()"), "0:5 exact");
}
