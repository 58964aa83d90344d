//===- LoweringTest.cpp - ABI info of types and signatures ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/abi/Lowering.h"
#include "ilbridge/managed/Layout.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"
#include <random>

using namespace ilbridge;
using namespace ilbridge::abi;

namespace {

class Lowering : public testing::Test {
protected:
  const Type *integer(Width W, Signedness S = Signedness::Signed) {
    return Types.make<ScalarType>(ScalarType::Integer, W, S);
  }
  const Type *floating(Width W) {
    return Types.make<ScalarType>(ScalarType::Float, W, Signedness::Signed);
  }
  RecordType *record(std::vector<const Type *> Fields,
                     RecordType::Tag Tag = RecordType::Struct) {
    auto *R = Types.make<RecordType>(Declaration{}, Tag);
    for (const Type *T : Fields) {
      Field F;
      F.Name = "x";
      F.Ty = T;
      R->Fields.push_back(std::move(F));
    }
    return R;
  }
  const FunctionType *identity(const Type *T,
                               CallingConvention CC = CallingConvention::C) {
    const auto *F = Types.make<FunctionType>(T, std::vector<const Type *>{T},
                                             CC, /*Variadic=*/false);
    U.add(*F);
    return F;
  }
  ABIInfo compute(llvm::StringRef Name) {
    Target T = llvm::cantFail(findTarget(Name));
    return llvm::cantFail(U.compute(T));
  }
  static std::string text(const ValueLowering &V) {
    std::string Text;
    llvm::raw_string_ostream(Text) << V;
    return Text;
  }
  std::string param(llvm::StringRef Name, const FunctionType *F) {
    ABIInfo A = compute(Name);
    const SignatureLowering *S = A.signature(*F);
    return S ? text(S->Params[0]) : "unknown";
  }
  std::string result(llvm::StringRef Name, const FunctionType *F) {
    ABIInfo A = compute(Name);
    const SignatureLowering *S = A.signature(*F);
    return S ? text(S->Result) : "unknown";
  }
  std::string place(llvm::StringRef Name, const FunctionType *F) {
    return compute(Name).signature(*F)->Params[0].RegisterClasses;
  }

  TypeContext Types;
  ABIQuery U;
  const Type *Int = integer(Width::W32);
  const Type *Long = integer(Width::W64);
  const Type *Float = floating(Width::W32);
  const Type *Double = floating(Width::W64);
};

} // namespace

TEST_F(Lowering, TwoFloats) {
  const FunctionType *F = identity(record({Float, Float}));
  EXPECT_EQ(param("linux-x64", F), "as <2 x float>");
  EXPECT_EQ(param("windows-x64", F), "as i64");
  EXPECT_EQ(param("linux-arm64", F), "as [2 x float]");
  EXPECT_EQ(param("ios", F), "as [2 x float]");
  EXPECT_EQ(param("wasm", F), "through memory");
  EXPECT_EQ(result("wasm", F), "through memory");
  EXPECT_EQ(param("android-armv7", F), "as [2 x i32]");
}

TEST_F(Lowering, OneFieldAndUnions) {
  const FunctionType *Plain = identity(record({Float}));
  const FunctionType *Union =
      identity(record({record({Float, Int}, RecordType::Union)}));
  EXPECT_EQ(param("wasm", Plain), "as float");
  EXPECT_EQ(param("wasm", Union), "through memory");
  EXPECT_NE(place("linux-arm64", Plain), place("linux-arm64", Union));
  EXPECT_EQ(place("windows-x64", Plain), place("windows-x64", Union));
  // With soft float, everything is passed in general registers.
  EXPECT_EQ(place("android-armv7", Plain), place("android-armv7", Union));
  // All arguments are on the stack.
  EXPECT_EQ(place("windows-x86", Plain), place("windows-x86", Union));
}

TEST_F(Lowering, AStructAroundAHandleGoesAsTheHandle) {
  const Type *Handle = integer(Width::Pointer);
  const FunctionType *Plain = identity(Handle);
  const FunctionType *Wrapped = identity(record({Handle}));
  for (const Preset &P : presets())
    EXPECT_EQ(place(P.Name, Plain), place(P.Name, Wrapped)) << P.Name.str();
}

/// In a register, an int and a struct with an int are equal, but Apple packs
/// the stack.
TEST_F(Lowering, ApplePacksTheStack) {
  const FunctionType *Plain = identity(Int);
  const FunctionType *Wrapped = identity(record({Int}));
  EXPECT_EQ(place("ios", Plain), place("ios", Wrapped));
  EXPECT_EQ(param("ios", Plain), "as i32");
  EXPECT_EQ(param("ios", Wrapped), "as i64");
  for (const Preset &P : presets())
    EXPECT_EQ(compute(P.Name).packsStack(), P.Name == "ios" ||
                                                P.Name == "ios-simulator" ||
                                                P.Name == "macos-arm64")
        << P.Name.str();
  EXPECT_TRUE(compute("arm64-apple-macos11").packsStack());
}

/// A class with a constructor and a destructor is returned in memory like a
/// large struct, except that Windows passes its address differently on AArch64.
TEST_F(Lowering, ResultsWithConstructors) {
  RecordType *Constructed = record({});
  Constructed->HasConstructors = true;
  Constructed->IsTriviallyCopyable = false;
  const auto *F = Types.make<FunctionType>(
      Constructed, std::vector<const Type *>{}, CallingConvention::C, false);
  const auto *Plain = Types.make<FunctionType>(
      record({Long, Long, Long, Long, Long}), std::vector<const Type *>{},
      CallingConvention::C, false);
  U.add(*F);
  U.add(*Plain);
  for (const Preset &P : presets()) {
    ABIInfo A = compute(P.Name);
    EXPECT_EQ(text(A.signature(*F)->Result), "through memory") << P.Name.str();
    EXPECT_EQ(*A.signature(*F) == *A.signature(*Plain),
              P.Name != "windows-arm64")
        << P.Name.str();
  }
  ABIInfo Windows = compute("aarch64-pc-windows-msvc");
  EXPECT_FALSE(*Windows.signature(*F) == *Windows.signature(*Plain));
}

TEST_F(Lowering, SmallIntegersAreExtended) {
  const FunctionType *Signed = identity(integer(Width::W8));
  const FunctionType *Unsigned =
      identity(integer(Width::W8, Signedness::Unsigned));
  EXPECT_EQ(param("linux-x64", Signed), "as i8, sign-extended");
  EXPECT_EQ(param("ios", Unsigned), "as i8, zero-extended");
  EXPECT_EQ(param("linux-arm64", Signed), "as i8");
  EXPECT_EQ(param("windows-x64", Unsigned), "as i8");
}

TEST_F(Lowering, MicrosoftReturnsWhatIsNoAggregateThroughMemory) {
  RecordType *R = record({Float, Float});
  R->HasConstructors = true;
  const FunctionType *F = identity(R);
  EXPECT_EQ(result("windows-x64", F), "through memory");
  EXPECT_EQ(param("windows-x64", F), "as i64");
  EXPECT_EQ(result("linux-x64", F), "as <2 x float>");
}

TEST_F(Lowering, ConventionsOfX86) {
  const FunctionType *C = identity(Int);
  const FunctionType *Std = identity(Int, CallingConvention::StdCall);
  ABIInfo X86 = compute("windows-x86");
  EXPECT_NE(X86.signature(*C)->Convention, X86.signature(*Std)->Convention);
  for (llvm::StringRef Name : {"windows-x64", "linux-arm64", "wasm", "ios"}) {
    ABIInfo A = compute(Name);
    EXPECT_EQ(A.signature(*C)->Convention, A.signature(*Std)->Convention)
        << Name.str();
  }
}

TEST_F(Lowering, PairsThatAreAlikeAreNotAskedAbout) {
  auto Of = [&](const Type *T) {
    return Types.make<FunctionType>(T, std::vector<const Type *>{T, Int},
                                    CallingConvention::C, /*Variadic=*/false);
  };
  const FunctionType *Address =
      Of(Types.make<PointerType>(Int, Qualifiers{}, PointerType::Pointer));
  const FunctionType *Number =
      Of(integer(Width::Pointer, Signedness::Unsigned));
  const FunctionType *Unsigned = Of(integer(Width::W32, Signedness::Unsigned));
  const FunctionType *Signed = Of(Int), *Other = Of(Float);
  U.addPair(*Address, *Number);
  U.addPair(*Signed, *Unsigned);
  U.addPair(*Signed, *Other);
  for (const Preset &P : presets()) {
    ABIInfo A = compute(P.Name);
    EXPECT_TRUE(A.areAlike(*Address, *Number)) << P.Name.str();
    EXPECT_TRUE(A.areAlike(*Signed, *Unsigned)) << P.Name.str();
    EXPECT_EQ(A.signature(*Number), nullptr) << P.Name.str();
    EXPECT_FALSE(A.areAlike(*Signed, *Other)) << P.Name.str();
    ASSERT_TRUE(A.signature(*Signed) && A.signature(*Other)) << P.Name.str();
    EXPECT_NE(*A.signature(*Signed), *A.signature(*Other)) << P.Name.str();
  }
  // The signs of 32-bit numbers matter on targets where a caller extends them.
  ABIInfo Widens = compute("riscv64-unknown-linux-gnu");
  EXPECT_FALSE(Widens.areAlike(*Signed, *Unsigned));
  EXPECT_FALSE(Widens.areAlike(*Address, *Number));
  ASSERT_TRUE(Widens.signature(*Signed) && Widens.signature(*Unsigned));
  EXPECT_EQ(Widens.signature(*Unsigned)->Params[0].How,
            ValueLowering::Extended);
  EXPECT_TRUE(Widens.signature(*Address) && Widens.signature(*Number));
}

TEST_F(Lowering, PairsAreAlikeWhereWidthsDoNotMatter) {
  auto Of = [&](const Type *T) {
    return Types.make<FunctionType>(Int, std::vector<const Type *>{T},
                                    CallingConvention::C, /*Variadic=*/false);
  };
  const FunctionType *C = Of(integer(Width::Long)), *Wide = Of(Long);
  U.addPair(*C, *Wide);
  for (llvm::StringRef Name : {"linux-x64", "windows-x64", "ios"}) {
    ABIInfo A = compute(Name);
    EXPECT_TRUE(A.areAlike(*C, *Wide)) << Name.str();
    EXPECT_EQ(A.signature(*C), nullptr) << Name.str();
  }
  for (llvm::StringRef Name :
       {"wasm", "wasm64", "android-armv7", "windows-x86"}) {
    ABIInfo A = compute(Name);
    EXPECT_FALSE(A.areAlike(*C, *Wide)) << Name.str();
    EXPECT_TRUE(A.signature(*C) && A.signature(*Wide)) << Name.str();
  }
  EXPECT_NE(place("wasm", C), place("wasm", Wide));
}

TEST_F(Lowering, PairsAreAlikeWhereThePlatformCallsAsCDoes) {
  auto Of = [&](const Type *T, std::optional<CallingConvention> Stated) {
    return Types.make<FunctionType>(Int, std::vector<const Type *>{T},
                                    CallingConvention::C, Stated,
                                    /*Variadic=*/false);
  };
  const FunctionType *Platform = Of(Int, std::nullopt),
                     *C = Of(Int, CallingConvention::C);
  U.addPair(*Platform, *C);
  for (const Preset &P : presets()) {
    ABIInfo A = compute(P.Name);
    // If 64-bit values are a different kind, each convention is queried.
    const bool IsAsked = P.Name == "windows-x86" || P.Name == "wasm64";
    EXPECT_EQ(A.areAlike(*Platform, *C), !IsAsked) << P.Name.str();
    EXPECT_EQ(A.signature(*C) != nullptr, IsAsked) << P.Name.str();
  }
  ABIInfo X86 = compute("windows-x86");
  EXPECT_NE(X86.signature(*C)->Convention,
            X86.signature(*Platform)->Convention);

  // A signature of a pair that is also added alone is queried on every target.
  U.add(*Platform);
  EXPECT_NE(compute("linux-x64").signature(*Platform), nullptr);
  EXPECT_NE(compute("windows-x86").signature(*Platform), nullptr);
}

TEST_F(Lowering, WidthsAreTheTargets) {
  EXPECT_EQ(compute("windows-x64").model().Long, 32u);
  EXPECT_EQ(compute("windows-x64").model().WChar, 16u);
  EXPECT_EQ(compute("windows-x64").model().AutoChar, 16u);
  EXPECT_EQ(compute("linux-x64").model().Long, 64u);
  EXPECT_EQ(compute("linux-x64").model().AutoChar, 8u);
  EXPECT_EQ(compute("wasm").model().Pointer, 32u);
  EXPECT_TRUE(compute("ios").model().CharIsSigned);
  EXPECT_FALSE(compute("android-arm64").model().CharIsSigned);
}

TEST_F(Lowering, EnumsThatLeaveTheirTypeToTheTarget) {
  auto *E = Types.make<EnumType>(Declaration{}, Long);
  E->Enumerators = {{"A", 0}, {"B", 1LL << 40}};
  U.add(*E);
  EXPECT_EQ(compute("linux-x64").enumBits(*E), 64u);
  EXPECT_EQ(compute("windows-x64").enumBits(*E), 32u);
}

TEST_F(Lowering, PlacesFieldsBasesAndBits) {
  RecordType *Base = record({Long, integer(Width::W8)});
  Base->HasConstructors = true;
  RecordType *R = record({integer(Width::W8), Int, Int});
  R->Fields[1].BitWidth = 5;
  R->Fields[2].Align = 32;
  R->Bases.push_back({Base, false, std::nullopt});
  U.add(*R);
  ABIInfo A = compute("linux-x64");
  const Placement *P = A.placement(*R);
  ASSERT_TRUE(P);
  EXPECT_EQ(P->Whole, (RecordLayout{64, 32}));
  EXPECT_EQ(P->Bases, (std::vector<uint64_t>{0}));
  // Itanium places it into the tail padding of the base; Microsoft does not.
  EXPECT_EQ(P->Fields, (std::vector<uint64_t>{72, 80, 256}));
  EXPECT_EQ(compute("windows-x64").placement(*R)->Fields,
            (std::vector<uint64_t>{128, 160, 256}));
}

/// Explicit offsets, sizes and packing are features of .NET, for which there is
/// a separate layout engine. For layouts that C can express, Clang has to
/// compute the same result.
TEST_F(Lowering, AgreesWithTheRuntimesLayout) {
  std::mt19937 Random(4);
  auto Below = [&](unsigned N) { return Random() % N; };
  std::vector<const Type *> Pool = {integer(Width::W8),
                                    integer(Width::W16),
                                    Int,
                                    Long,
                                    Float,
                                    Double,
                                    integer(Width::Pointer),
                                    Types.make<ArrayType>(Int, 3)};
  constexpr unsigned Packs[] = {0, 0, 1, 2, 4};
  std::vector<const RecordType *> Records;
  for (unsigned I = 0; I != 200; ++I) {
    RecordType *R = record({});
    for (unsigned N = Below(6); N != 0; --N) {
      Field F;
      F.Name = "x";
      F.Ty = Pool[Below(Pool.size())];
      R->Fields.push_back(std::move(F));
    }
    R->Pack = Packs[Below(std::size(Packs))];
    if (I % 3 == 0)
      for (Field &F : R->Fields)
        F.ExplicitOffset = 8 * Below(4);
    if (I % 5 == 0)
      R->MinSize = 64;
    U.add(*R);
    Records.push_back(R);
    Pool.push_back(R);
  }
  for (const Preset &P : presets()) {
    ABIInfo A = compute(P.Name);
    managed::ManagedLayout Layout(A.model());
    for (const RecordType *R : Records) {
      const Placement *Placed = A.placement(*R);
      ASSERT_TRUE(Placed) << P.Name.str();
      RecordLayout Ours = Layout.of(*R);
      // C cannot express a size that is not a multiple of the alignment.
      if (Ours.Size % Ours.Align)
        continue;
      EXPECT_EQ(Placed->Whole.Size, Ours.Size) << P.Name.str();
      std::vector<uint64_t> Offsets = Layout.offsets(*R);
      for (uint64_t &Offset : Offsets)
        Offset *= 8;
      EXPECT_EQ(Placed->Fields, Offsets) << P.Name.str();
    }
  }
}

TEST_F(Lowering, WhatHasNoWordsHasNoAnswer) {
  Declaration D;
  D.Path = {"__m128"};
  const Type *Vector = Types.make<OpaqueType>(D);
  RecordType *R = record({Vector});
  const FunctionType *F = identity(R);
  const FunctionType *Address =
      identity(Types.make<PointerType>(R, Qualifiers{}, PointerType::Pointer));
  ABIInfo A = compute("linux-x64");
  EXPECT_FALSE(A.placement(*R));
  EXPECT_FALSE(A.signature(*F));
  EXPECT_TRUE(A.signature(*Address));
}

TEST_F(Lowering, ImpossibleTypesHurtNobodyElse) {
  RecordType *Huge = record({Types.make<ArrayType>(
      Types.make<ArrayType>(Long, 1ull << 62), 1ull << 62)});
  RecordType *Crooked = record({Int});
  Crooked->Align = 3;
  Crooked->Pack = 7;
  const FunctionType *F1 = identity(Huge);
  identity(Crooked);
  const FunctionType *F2 = identity(record({Int}));
  for (const Preset &P : presets()) {
    ABIInfo A = compute(P.Name);
    EXPECT_FALSE(A.placement(*Huge));
    EXPECT_FALSE(A.signature(*F1));
    EXPECT_TRUE(A.signature(*F2));
  }
}

TEST_F(Lowering, UnknownTargetsAreAnError) {
  llvm::Expected<ABIInfo> A = U.compute({"m", "m68000-unknown-nothing"});
  EXPECT_FALSE(bool(A));
  llvm::consumeError(A.takeError());
}

/// Clang is not asked about a record that no signature passes by value, but the
/// layout is the same. AIX aligns a struct by the type of its first field.
TEST_F(Lowering, RecordsThatAreNotPassed) {
  std::mt19937 Random(19);
  auto Below = [&](size_t N) { return Random() % N; };
  std::vector<const Type *> Parts = {
      Int,
      Long,
      Float,
      Double,
      integer(Width::W8),
      integer(Width::W16),
      integer(Width::Long),
      integer(Width::Pointer),
      integer(Width::WChar),
      integer(Width::W128),
      floating(Width::LongDouble),
      Types.make<PointerType>(Int, Qualifiers{}, PointerType::Pointer)};
  ABIQuery Passed;
  std::vector<const RecordType *> Records;
  for (unsigned I = 0; I != 100; ++I) {
    std::vector<const Type *> Fields;
    for (size_t Count = 1 + Below(6); Count; --Count) {
      const Type *T = Parts[Below(Parts.size())];
      Fields.push_back(Below(4) ? T : Types.make<ArrayType>(T, 1 + Below(5)));
    }
    const RecordType *R =
        record(Fields, Below(5) ? RecordType::Struct : RecordType::Union);
    Records.push_back(R);
    if (I % 3 == 0)
      Parts.push_back(R);
    U.add(*R);
    Passed.add(*Types.make<FunctionType>(R, std::vector<const Type *>{},
                                         CallingConvention::C, false));
  }
  std::vector<llvm::StringRef> Names = {"powerpc-ibm-aix", "i386-linux-gnu"};
  for (const Preset &P : presets())
    Names.push_back(P.Name);
  for (llvm::StringRef Name : Names) {
    ABIInfo Alone = compute(Name);
    ABIInfo Asked =
        llvm::cantFail(Passed.compute(llvm::cantFail(findTarget(Name))));
    for (const auto &[I, R] : llvm::enumerate(Records)) {
      const Placement *A = Alone.placement(*R), *B = Asked.placement(*R);
      ASSERT_TRUE(A && B) << Name.str() << " " << I;
      EXPECT_TRUE(*A == *B) << Name.str() << " " << I;
    }
  }
}

/// A record that is not passed is a part of the question, although Clang does
/// not read it.
TEST_F(Lowering, QuestionsAboutDifferentRecords) {
  ABIQuery Other;
  U.add(*record({Int, Double}));
  Other.add(*record({Double, Int}));
  EXPECT_NE(U.question(), Other.question());
}
