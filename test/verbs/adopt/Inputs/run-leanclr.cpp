// Calls each of the functions that make-leanclr.py writes, as LeanCLR's
// interpreter does, and prints the results.

#include "public/leanclr.hpp"
#include "standin/harness.h"
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <string>

void RegisterGame();

namespace {

struct Point {
  float x, y;
};
struct Wide {
  std::int64_t a;
  double b;
  std::int32_t c;
};

unsigned Calls = 0;

standin::Call call(const std::string &Name, const std::string &Parameters) {
  ++Calls;
  std::cout << Name << ' ';
  return standin::Call("[Game]Game.Calls::" + Name + "(" + Parameters + ")",
                       standin::Import::InternalCall);
}

/// Calls the three functions of one type. \p Print prints the result of the
/// first one.
template <typename Push, typename Print>
void run(const std::string &Name, const std::string &Type, Push ThePush,
         Print ThePrint) {
  standin::Call Echo = call("Echo" + Name, Type);
  ThePush(Echo);
  ThePrint(Echo);
  standin::Call Mix =
      call("Mix" + Name, "System.Int32," + Type + ",System.Double");
  Mix.i4(123);
  ThePush(Mix);
  Mix.r8(456.75);
  std::cout << Mix.invokeI8() << '\n';
  standin::Call Take = call("Take" + Name, Type + "," + Type);
  ThePush(Take);
  ThePush(Take);
  Take.invokeVoid();
  std::cout << "taken\n";
}

} // namespace

#define RUN(NAME, TYPE, PUSH, INVOKE)                                          \
  run(                                                                         \
      NAME, TYPE, [&](standin::Call &C) { C.PUSH; },                           \
      [&](standin::Call &C) { std::cout << +C.INVOKE() << '\n'; })
#define RUN_ADDRESS(NAME, TYPE, VALUE)                                         \
  run(                                                                         \
      NAME, TYPE, [&](standin::Call &C) { C.ptr(VALUE); },                     \
      [&](standin::Call &C) {                                                  \
        std::cout << (C.invokePtr() == VALUE ? "same\n" : "different\n");      \
      })

int main() {
  RegisterGame();
  RUN("Bool", "System.Boolean", boolean(true), invokeBool);
  RUN("Char", "System.Char", character(0xfedc), invokeChar);
  RUN("SByte", "System.SByte", i1(-100), invokeI1);
  RUN("Byte", "System.Byte", u1(200), invokeU1);
  RUN("Short", "System.Int16", i2(-30000), invokeI2);
  RUN("UShort", "System.UInt16", u2(60000), invokeU2);
  RUN("Int", "System.Int32", i4(-2000000000), invokeI4);
  RUN("UInt", "System.UInt32", u4(4000000000), invokeU4);
  RUN("Long", "System.Int64", i8(-0x123456789abcdef0), invokeI8);
  RUN("ULong", "System.UInt64", u8(0xfedcba9876543210), invokeU8);
  RUN("Float", "System.Single", r4(-1.5f), invokeR4);
  RUN("Double", "System.Double", r8(1e300), invokeR8);
  RUN("Level", "Game.Level", i4(1), invokeI4);
  RUN("Address", "System.UIntPtr", nativeUInt(0xfedcba98), invokeNativeUInt);
  run(
      "Point", "Game.Point",
      [](standin::Call &C) { C.value(Point{1.25f, -2.5f}); },
      [](standin::Call &C) {
        Point P = C.invokeValue<Point>();
        std::cout << P.x << ' ' << P.y << '\n';
      });
  run(
      "Wide", "Game.Wide",
      [](standin::Call &C) { C.value(Wide{-5, 0.125, 77}); },
      [](standin::Call &C) {
        Wide W = C.invokeValue<Wide>();
        std::cout << W.a << ' ' << W.b << ' ' << W.c << '\n';
      });
  void *Address = &Calls;
  void *Text = standin::Heap::get().newString(u"text", 4);
  std::int32_t Elements[] = {1, 2, 3};
  void *Numbers = standin::Heap::get().newArray(Elements, 3, sizeof(*Elements));
  RUN_ADDRESS("Pointer", "System.IntPtr", Address);
  RUN_ADDRESS("Text", "System.String", Text);
  RUN_ADDRESS("Numbers", "System.Int32[]", Numbers);
  RUN_ADDRESS("Object", "System.Object", Text);
  std::cout << Calls << " calls\n";
}
