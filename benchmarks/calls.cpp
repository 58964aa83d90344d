//===- calls.cpp - The time of a call -------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every case calls one function of native.h in four ways: directly, through a
// hand-written invoker, through the invoker that ilbridge generated, and
// through libffi. The last three find the arguments in the interpreter's slots
// and leave the result there, as in a runtime. The same loop finds the invokers
// in the registry and runs them, so that only they differ.
//
// Before the measurement, every way has to return the right result.
//
//===----------------------------------------------------------------------===//

#include "by-hand.h"
#include "native.h"
#include "public/leanclr.hpp"
#include "standin/heap.h"
#include "vm/rt_string.h"
#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>
#include <ffi.h>
#include <string>
#include <vector>

void RegisterNativeMethods(); // generated

namespace {

using leanclr::RuntimeApi;
using Slot = leanclr::interp::RtStackObject;
using leanclr::vm::RtString;

/// Returns the result in the slots as a T.
template <typename T> T read(const Slot *Slots) {
  size_t Offset = 0;
  return RuntimeApi::get_argument<T>(Slots, Offset);
}

template <typename T> void push(Slot *Slots, size_t &Offset, const T &Value) {
  RuntimeApi::set_return_value<T>(Slots + Offset, Value);
  Offset += RuntimeApi::get_stack_object_size_for_type<T>();
}

/// Returns libffi's description of a structure of three equal elements.
template <ffi_type *Element> ffi_type *threeOf() {
  static ffi_type *Elements[] = {Element, Element, Element, nullptr};
  static ffi_type Whole = {0, 0, FFI_TYPE_STRUCT, Elements};
  return &Whole;
}

//===----------------------------------------------------------------------===//
// Cases. The compiler knows no values of the arguments: they are variables that
// every iteration reads again.
//===----------------------------------------------------------------------===//

struct AddCase {
  static constexpr const char *Name = "int(int, int)";
  static constexpr const char *Method =
      "Native::Add(System.Int32,System.Int32)";
  using Result = int32_t;
  struct Values {
    int32_t A = 40, B = 2;
  };

  static Result call(const Values &V) { return Add(V.A, V.B); }
  static bool isRight(Result R) { return R == 42; }
  static void push(const Values &V, Slot *Slots) {
    size_t Offset = 0;
    ::push(Slots, Offset, V.A);
    ::push(Slots, Offset, V.B);
  }

  static constexpr auto *Function = Add;
  static ffi_type *result() { return &ffi_type_sint32; }
  static std::vector<ffi_type *> &parameters() {
    static std::vector<ffi_type *> All = {&ffi_type_sint32, &ffi_type_sint32};
    return All;
  }
  struct Marshalled {
    void *Addresses[2];
    explicit Marshalled(Slot *S) : Addresses{S, S + 1} {}
  };
};

struct DotCase {
  static constexpr const char *Name = "float(12-byte struct, same)";
  static constexpr const char *Method = "Native::Dot(Vec3,Vec3)";
  using Result = float;
  struct Values {
    Vec3 A = {1, 2, 3}, B = {4, 5, 6};
  };

  static Result call(const Values &V) { return Dot(V.A, V.B); }
  static bool isRight(Result R) { return R == 32; }
  static void push(const Values &V, Slot *Slots) {
    size_t Offset = 0;
    ::push(Slots, Offset, V.A);
    ::push(Slots, Offset, V.B);
  }

  static constexpr auto *Function = Dot;
  static ffi_type *result() { return &ffi_type_float; }
  static std::vector<ffi_type *> &parameters() {
    ffi_type *Vec = threeOf<&ffi_type_float>();
    static std::vector<ffi_type *> All = {Vec, Vec};
    return All;
  }
  struct Marshalled {
    void *Addresses[2];
    explicit Marshalled(Slot *S) : Addresses{S, S + 2} {}
  };
};

struct AdvanceCase {
  static constexpr const char *Name = "24-byte struct(same, double)";
  static constexpr const char *Method =
      "Native::Advance(Segment,System.Double)";
  using Result = Segment;
  struct Values {
    Segment S = {1, 2, 10};
    double Seconds = 0.5;
  };

  static Result call(const Values &V) { return Advance(V.S, V.Seconds); }
  static bool isRight(const Result &R) {
    return R.begin == 6 && R.end == 7 && R.speed == 10;
  }
  static void push(const Values &V, Slot *Slots) {
    size_t Offset = 0;
    ::push(Slots, Offset, V.S);
    ::push(Slots, Offset, V.Seconds);
  }

  static constexpr auto *Function = Advance;
  static ffi_type *result() { return threeOf<&ffi_type_double>(); }
  static std::vector<ffi_type *> &parameters() {
    static std::vector<ffi_type *> All = {threeOf<&ffi_type_double>(),
                                          &ffi_type_double};
    return All;
  }
  struct Marshalled {
    void *Addresses[2];
    explicit Marshalled(Slot *S) : Addresses{S, S + 3} {}
  };
};

struct CountCase {
  static constexpr const char *Name = "int(string of 24)";
  static constexpr const char *Method = "Native::Count(System.String)";
  using Result = int32_t;
  struct Values {
    const char *Utf8 = "A string of 24 letters!!";
    RtString *String = leanclr::vm::String::create_string_from_utf8cstr(Utf8);
  };

  /// The text already has the right form.
  static Result call(const Values &V) { return Count(V.Utf8); }
  static bool isRight(Result R) { return R == 'A' + ' '; }
  static void push(const Values &V, Slot *Slots) {
    size_t Offset = 0;
    ::push(Slots, Offset, V.String);
  }

  static constexpr auto *Function = Count;
  static ffi_type *result() { return &ffi_type_sint32; }
  static std::vector<ffi_type *> &parameters() {
    static std::vector<ffi_type *> All = {&ffi_type_pointer};
    return All;
  }
  /// libffi does not marshal, so the caller has to.
  struct Marshalled {
    std::string Text;
    const char *Pointer;
    void *Addresses[1];
    explicit Marshalled(Slot *S)
        : Text(toUtf8(read<RtString *>(S))), Pointer(Text.c_str()),
          Addresses{&Pointer} {}
  };
};

struct UnitsCase {
  static constexpr const char *Name = "int(UTF-16 and its length)";
  static constexpr const char *Method = "Native::Units(System.String)";
  using Result = int32_t;
  struct Values {
    const char16_t *Utf16 = u"A string of 24 letters!!";
    RtString *String = leanclr::vm::String::create_string_from_utf16chars(
        reinterpret_cast<const uint16_t *>(Utf16), 24);
  };

  static Result call(const Values &V) { return Units(V.Utf16, 24); }
  static bool isRight(Result R) { return R == '!' + 24; }
  static void push(const Values &V, Slot *Slots) {
    size_t Offset = 0;
    ::push(Slots, Offset, V.String);
  }

  static constexpr auto *Function = Units;
  static ffi_type *result() { return &ffi_type_sint32; }
  static std::vector<ffi_type *> &parameters() {
    static std::vector<ffi_type *> All = {&ffi_type_pointer, &ffi_type_sint32};
    return All;
  }
  /// libffi does not know the layout of a string.
  struct Marshalled {
    const void *Pointer;
    int32_t Length;
    void *Addresses[2];
    explicit Marshalled(Slot *S)
        : Pointer(leanclr::vm::String::get_chars_ptr(read<RtString *>(S))),
          Length(leanclr::vm::String::get_length(read<RtString *>(S))),
          Addresses{&Pointer, &Length} {}
  };
};

struct MixCase {
  static constexpr const char *Name = "double(8 of mixed types)";
  static constexpr const char *Method =
      "Native::Mix(System.SByte,System.UInt16,System.Int32,System.Int64,"
      "System.Single,System.Double,System.IntPtr,Mode)";
  using Result = double;
  struct Values {
    int8_t A = -1;
    uint16_t B = 2;
    int32_t C = 3;
    int64_t D = 4;
    float E = 0.5;
    double F = 0.25;
    const void *G = "";
    Mode H = Mode::On;
  };

  static Result call(const Values &V) {
    return Mix(V.A, V.B, V.C, V.D, V.E, V.F, V.G, V.H);
  }
  static bool isRight(Result R) { return R == 10.75; }
  static void push(const Values &V, Slot *Slots) {
    size_t Offset = 0;
    // The interpreter widens small integers.
    ::push<int32_t>(Slots, Offset, V.A);
    ::push<int32_t>(Slots, Offset, V.B);
    ::push(Slots, Offset, V.C);
    ::push(Slots, Offset, V.D);
    ::push(Slots, Offset, V.E);
    ::push(Slots, Offset, V.F);
    ::push(Slots, Offset, V.G);
    ::push<int32_t>(Slots, Offset, static_cast<int32_t>(V.H));
  }

  static constexpr auto *Function = Mix;
  static ffi_type *result() { return &ffi_type_double; }
  static std::vector<ffi_type *> &parameters() {
    static std::vector<ffi_type *> All = {
        &ffi_type_sint8, &ffi_type_uint16, &ffi_type_sint32,  &ffi_type_sint64,
        &ffi_type_float, &ffi_type_double, &ffi_type_pointer, &ffi_type_uint8};
    return All;
  }
  struct Marshalled {
    void *Addresses[8];
    explicit Marshalled(Slot *S)
        : Addresses{S, S + 1, S + 2, S + 3, S + 4, S + 5, S + 6, S + 7} {}
  };
};

//===----------------------------------------------------------------------===//
// The four ways
//===----------------------------------------------------------------------===//

constexpr unsigned SlotCount = 16;

/// Each of these makes one call with given arguments. It is inlined into the
/// loop and into the check.
template <typename Case> class Direct {
public:
  typename Case::Result operator()(const typename Case::Values &V) {
    return Case::call(V);
  }
};

template <typename Case> class Invoked {
public:
  explicit Invoked(const char *Module)
      : Invoke(standin::Registry::get()
                   .find(std::string("[") + Module + "]" + Case::Method,
                         standin::Import::PInvoke)
                   ->Invoke) {}
  typename Case::Result operator()(const typename Case::Values &V) {
    Case::push(V, Slots);
    if (Invoke(nullptr, nullptr, Slots, Slots).is_err())
      std::abort();
    return read<typename Case::Result>(Slots);
  }

private:
  standin::Invoker Invoke;
  Slot Slots[SlotCount];
};

template <typename Case> class Ffi {
public:
  Ffi() {
    auto &Parameters = Case::parameters(); // libffi keeps their address
    if (ffi_prep_cif(&Cif, FFI_DEFAULT_ABI,
                     static_cast<unsigned>(Parameters.size()), Case::result(),
                     Parameters.data()) != FFI_OK)
      std::abort();
  }
  typename Case::Result operator()(const typename Case::Values &V) {
    Case::push(V, Slots);
    typename Case::Marshalled M(Slots);
    alignas(16) unsigned char Result[SlotCount * sizeof(Slot)];
    ffi_call(&Cif, FFI_FN(Case::Function), Result, M.Addresses);
    std::memcpy(Slots, Result, sizeof(typename Case::Result));
    return read<typename Case::Result>(Slots);
  }

private:
  ffi_cif Cif;
  Slot Slots[SlotCount];
};

template <typename Case, typename Way>
void measure(benchmark::State &State, Way Call) {
  typename Case::Values V;
  benchmark::DoNotOptimize(&V);
  for (auto _ : State) {
    benchmark::ClobberMemory();
    auto Result = Call(V);
    benchmark::DoNotOptimize(Result);
  }
}

bool IsRight = true;

template <typename Case, typename Way> void add(const char *How, Way Call) {
  typename Case::Values V;
  if (!Case::isRight(Call(V))) {
    std::fprintf(stderr, "%s, %s: the result is wrong\n", Case::Name, How);
    IsRight = false;
  }
  benchmark::RegisterBenchmark(
      (std::string(Case::Name) + "/" + How).c_str(),
      [Call](benchmark::State &State) { measure<Case>(State, Call); });
}

template <typename Case> void addAll() {
  add<Case>("direct", Direct<Case>());
  add<Case>("by hand", Invoked<Case>("ByHand"));
  add<Case>("generated", Invoked<Case>("Native"));
  add<Case>("libffi", Ffi<Case>());
}

} // namespace

int main(int argc, char **argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv))
    return 2;
  RegisterByHand();
  RegisterNativeMethods();
  addAll<AddCase>();
  addAll<DotCase>();
  addAll<AdvanceCase>();
  addAll<CountCase>();
  addAll<UnitsCase>();
  addAll<MixCase>();
  if (!IsRight)
    return 1;
  benchmark::RunSpecifiedBenchmarks();
}
