//===- standin-test.cpp - Correct invokers and their look-up ----*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "check.h"
#include "sample.h"
#include "standin/harness.h"
#include "traps.h"

using namespace sample;
using leanclr::RtErr;
using leanclr::RuntimeApi;
using leanclr::Unit; // RET_VOID_OK names it
using standin::Call;
using standin::Import;
using standin::Table;

static std::uint64_t mix(std::uint64_t Hash, std::uint64_t Value) {
  return (Hash ^ Value) * 1099511628211U;
}
static std::uint64_t bits(double V) {
  std::uint64_t Bits;
  std::memcpy(&Bits, &V, sizeof Bits);
  return Bits;
}

static void scalars() {
  Call Add("[Sample]Sample.Native::Add(System.Int32,System.Int32)");
  CHECK(Add.i4(3).i4(4).invokeI4() == 7);
  CHECK(Add.invokeI4() == 7); // the arguments are kept
  CHECK(Add.clear().i4(INT32_MIN).i4(1).invokeI4() == INT32_MIN + 1);

  Call All("[Sample]Sample.Native::MixAll(System.Boolean,System.Char,"
           "System.SByte,System.Byte,System.Int16,System.UInt16,System.Int32,"
           "System.UInt32,System.Int64,System.UInt64,System.Single,"
           "System.Double)");
  All.boolean(true).character(u'\u20ac').i1(-128).u1(255).i2(-32768).u2(65535);
  All.i4(INT32_MIN).u4(UINT32_MAX).i8(INT64_MIN).u8(UINT64_MAX);
  All.r4(-1.5F).r8(1e300);
  std::uint64_t Hash = 1469598103934665603U;
  for (std::uint64_t V :
       {std::uint64_t(1), std::uint64_t(0x20ac), std::uint64_t(-128),
        std::uint64_t(255), std::uint64_t(-32768), std::uint64_t(65535),
        std::uint64_t(INT32_MIN), std::uint64_t(UINT32_MAX),
        std::uint64_t(INT64_MIN), UINT64_MAX, bits(-1.5), bits(1e300)})
    Hash = mix(Hash, V);
  CHECK(All.invokeU8() == Hash);
}

static void smallResults() {
  Call IsEven("[Sample]Sample.Native::IsEven(System.Int32)");
  CHECK(IsEven.i4(-2).invokeBool());
  CHECK(!IsEven.clear().i4(INT32_MAX).invokeBool());
  Call LowI1("[Sample]Sample.Native::LowI1(System.Int64)");
  CHECK(LowI1.i8(0x123456789abcdef0).invokeI1() == -16);
  Call LowU2("[Sample]Sample.Native::LowU2(System.Int64)");
  CHECK(LowU2.i8(0x123456789abcdef0).invokeU2() == 0xdef0);
  CHECK(LowU2.invokeChar() == 0xdef0);
}

static void structs() {
  Call Cross("[Sample]Sample.Native::Cross(Sample.Vec3,Sample.Vec3)");
  Cross.value(Vec3{1, 2, 3}).value(Vec3{4, 5, 7});
  Vec3 V = Cross.invokeValue<Vec3>();
  CHECK(V.X == -1 && V.Y == 5 && V.Z == -3);

  Call Deposit("[Sample]Sample.Native::Deposit(System.Int32,Sample.Account,"
               "System.Double)");
  Deposit.i4(3).value(Account{1LL << 40, 0.25, 39}).r8(99.5);
  Account A = Deposit.invokeValue<Account>();
  CHECK(A.Id == 1LL << 40 && A.Balance == 99.75 && A.Visits == 42);

  Call Retag("[Sample]Sample.Native::Retag(Sample.Packed,System.Byte)");
  Packed P = Retag.value(Packed{1, 1LL << 40}).u1(200).invokeValue<Packed>();
  CHECK(P.Tag == 200);
  std::int64_t Value = P.Value; // may be misaligned in the struct
  CHECK(Value == -(1LL << 40));
}

static void strings() {
  Call Greet("[Sample]Sample.Native::Greet(System.String)");
  CHECK(Greet.str("J\xc3\xb6rg \xf0\x9f\x8e\xb2").invokeString() ==
        "Gr\xc3\xbc\xc3\x9f dich, J\xc3\xb6rg \xf0\x9f\x8e\xb2!");
  CHECK(Greet.objectsMade() == 1);
  CHECK(Greet.clear().str(u"").invokeUtf16() == u"Gr\u00fc\u00df dich, !");
  CHECK(Greet.clear().null().invokePtr() == nullptr);
  CHECK(Greet.objectsMade() == 0);
  Call Version("[Sample]Sample.Native::Version()");
  CHECK(Version.invokeString() == "v1 \xe2\x82\xac");
  CHECK(Version.invokeUtf16() == u"v1 \u20ac");
}

static void arraysAndReferences() {
  Call Sum("[Sample]Sample.Native::Sum(System.Int32[])");
  CHECK(Sum.array({1, -20, 300000}).invokeI4() == 299981);
  CHECK(Sum.clear().array(std::vector<std::int32_t>()).invokeI4() == 0);
  CHECK(Sum.clear().null().invokeError() == RtErr::ArgumentNull);

  std::int32_t A = 1, B = -2;
  Call Swap("[Sample]Sample.Native::Swap(System.Int32&,System.Int32&)");
  Swap.ptr(&A).ptr(&B).invokeVoid();
  CHECK(A == -2 && B == 1);
}

static void errors() {
  Call Divide("[Sample]Sample.Native::Divide(System.Int32,System.Int32)");
  CHECK(Divide.i4(-9).i4(2).invokeI4() == -4);
  CHECK(Divide.invokeError() == RtErr::None);
  CHECK(Divide.clear().i4(1).i4(0).invokeError() == RtErr::DivideByZero);
  CHECK(check::dies([&] { Divide.invokeI4(); }, "the error DivideByZero"));

  Call Require("[Sample]Sample.Native::Require(System.Boolean)");
  Require.boolean(true).invokeVoid();
  CHECK(Require.clear().boolean(false).invokeError() == RtErr::NotSupported);
}

static void internalCalls() {
  std::int32_t Object = 0;
  Call Address("Sample.Native::Address(System.Int32)", Import::InternalCall);
  CHECK(Address.ptr(&Object).i4(-3).invokeI8() ==
        static_cast<std::int64_t>(reinterpret_cast<std::intptr_t>(&Object)) -
            3);

  Call Shadowed("[Sample]Sample.Native::Shadowed(System.Int32)");
  CHECK(Shadowed.table() == Table::InternalCall);
  Call Replaced("[Sample]Sample.Native::Replaced(System.Int32)",
                Import::InternalCall);
  CHECK(Replaced.table() == Table::Intrinsic);
  CHECK(Replaced.i4(4).invokeBool());
}

//===-- Names -------------------------------------------------------------===//

static leanclr::RtResultVoid nothing(standin::Function,
                                     const leanclr::metadata::RtMethodInfo *,
                                     const leanclr::interp::RtStackObject *,
                                     leanclr::interp::RtStackObject *) {
  RET_VOID_OK();
}
static void pinvokeOrder() {
  const char *const Names[] = {"O.C::M", "[O]O.C::M", "O.C::M(System.Int32)",
                               "[O]O.C::M(System.Int32)"};
  // Each name takes precedence over those before it.
  for (std::size_t Last = 0; Last != 4; ++Last) {
    standin::Registry::get().clear();
    for (std::size_t I = 0; I <= Last; ++I)
      RuntimeApi::register_pinvoke_func(Names[I], nullptr, nothing);
    CHECK(Call("[O]O.C::M(System.Int32)").registeredName() == Names[Last]);
  }
  CHECK(Call("[Other]O.C::M(System.Int32)").registeredName() == Names[2]);
  CHECK(Call("[O]O.C::M(System.Int64)").registeredName() == Names[1]);
  CHECK(Call("[Other]O.C::M()").registeredName() == Names[0]);
  CHECK(!standin::isRegistered("O.C::M()", Import::InternalCall));
}

static void otherOrders() {
  RuntimeApi::register_internal_call_func("[I]I.C::M()", nullptr, nothing);
  RuntimeApi::register_intrinsic_func("[I]I.C::M()", nullptr, nothing);
  CHECK(!standin::isRegistered("[I]I.C::M()", Import::InternalCall));

  standin::Registry::get().clear();
  RuntimeApi::register_intrinsic_func("I.C::M()", nullptr, nothing);
  RuntimeApi::register_internal_call_func("I.C::M", nullptr, nothing);
  CHECK(Call("I.C::M()", Import::InternalCall).table() == Table::InternalCall);

  standin::Registry::get().clear();
  RuntimeApi::register_newobj_intrinsic_func("S.C::.ctor(S.D)", nothing);
  CHECK(Call("S.C::.ctor(S.D)", Import::NewObject).table() ==
        Table::NewObjectIntrinsic);
  standin::Registry::get().clear();
  RuntimeApi::register_newobj_intrinsic_func("S.C::.ctor(S.D)", nothing);
  RuntimeApi::register_newobj_internal_call_func("S.C::.ctor", nothing);
  CHECK(Call("[mscorlib]S.C::.ctor(S.D)", Import::NewObject).table() ==
        Table::NewObjectInternalCall);
  CHECK(!standin::isRegistered("[Game]S.C::.ctor(S.D)", Import::NewObject));
  CHECK(!standin::isRegistered("S.C::.ctor(S.D)", Import::InternalCall));
}

static void wrongNames() {
  using check::dies;
  auto add = [](const char *Name) {
    RuntimeApi::register_pinvoke_func(Name, nullptr, nothing);
  };
  CHECK(dies([&] { add("N.C::M()"), add("N.C::M()"); }, "registered twice"));
  CHECK(dies([&] { add("N.C::M(A, B)"); }, "contains a space"));
  CHECK(dies([&] { add("N.C.M()"); }, "has no '::'"));
  CHECK(dies([&] { add(nullptr); }, "a null name"));
  CHECK(dies(
      [] { RuntimeApi::register_pinvoke_func("N.C::M()", nullptr, nullptr); },
      "without an invoker"));
  CHECK(dies([] { Call("[N]N.C::Missing()"); },
             "nothing is registered for [N]N.C::Missing()"));
  CHECK(dies([] { Call("[N]N.C::M"); }, "with its parameters"));
  CHECK(dies(
      [&] {
        char Name[] = "N.C::M()";
        add(Name);
        Name[5] = 'L';
        Call("[N]N.C::M()");
      },
      "it must be a literal"));
  // A class is initialised only once.
  CHECK(dies(
      [&] {
        add("N.C::First()");
        Call("[N]N.C::First()");
        add("[N]N.C::Second()");
        Call("[N]N.C::Second()");
      },
      "nothing is registered for [N]N.C::Second()"));
}

int main() {
  registerFunctions();
  scalars();
  smallResults();
  structs();
  strings();
  arraysAndReferences();
  errors();
  internalCalls();
  standin::Registry::get().clear();
  pinvokeOrder();
  otherOrders();
  wrongNames();
  standin::Registry::get().clear();
  testTraps();
  return check::failures() != 0;
}
