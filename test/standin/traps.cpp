//===- traps.cpp - Intentionally wrong invokers -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each of these invokers has one mistake that other tests might miss by chance.
//
//===----------------------------------------------------------------------===//

#include "traps.h"
#include "check.h"
#include "standin/harness.h"
#include "vm/rt_array.h"
#include "vm/rt_string.h"

using namespace leanclr;
using check::dies;
using standin::Call;

namespace {

using Slots = const interp::RtStackObject *;
using Slot = interp::RtStackObject;

/// Returns a call of an invoker that is defined at its use.
Call to(standin::Invoker I) {
  standin::Registry::get().clear();
  RuntimeApi::register_pinvoke_func("T.T::M", nullptr, I);
  return Call("[T]T.T::M()");
}
#define INVOKER                                                                \
  [](metadata::RtManagedMethodPointer Method, const metadata::RtMethodInfo *,  \
     Slots Params, Slot *Ret) -> RtResultVoid
/// Not every invoker needs all of its parameters.
template <typename... Ts> void unused(const Ts &...) {}

template <typename T> T arg(Slots Params, std::size_t &Offset) {
  return RuntimeApi::get_argument<T>(Params, Offset);
}

struct Three {
  std::int64_t A, B, C;
};
struct Odd { // three bytes
  unsigned char A, B, C;
};
struct alignas(16) Wide {
  double A, B;
};

void argumentWidths() {
  // This invoker reads an int32 as 64 bits, as one with size_t would.
  Call Long = to(INVOKER {
    unused(Method);
    std::size_t Offset = 0;
    RuntimeApi::set_return_value(Ret, arg<std::int64_t>(Params, Offset));
    RET_VOID_OK();
  });
  CHECK(Long.i4(7).invokeI8() != 7);
  CHECK(Long.clear().boolean(true).invokeI8() != 1);
  CHECK(Long.clear().i1(-1).invokeI8() != -1);
  CHECK(Long.clear().value(Odd{1, 2, 3}).invokeI8() != 0x030201);
  CHECK(Long.clear().r4(0).invokeI8() != 0);
  CHECK(Long.clear().i8(INT64_MIN).invokeI8() == INT64_MIN);

  Call Double = to(INVOKER {
    unused(Method);
    std::size_t Offset = 0;
    RuntimeApi::set_return_value(Ret, arg<double>(Params, Offset));
    RET_VOID_OK();
  });
  CHECK(Double.r4(0).invokeR8() != 0);
  CHECK(Double.clear().r8(0.5).invokeR8() == 0.5);
}

void argumentPlaces() {
  // This invoker expects one slot per parameter, whatever its size is.
  Call Index = to(INVOKER {
    unused(Method);
    std::size_t First = 0, Second = 1;
    auto S = arg<Three>(Params, First);
    auto I = arg<std::int32_t>(Params, Second);
    RuntimeApi::set_return_value<std::int32_t>(
        Ret, static_cast<std::int32_t>(S.A) + I);
    RET_VOID_OK();
  });
  CHECK(Index.value(Three{1, 2, 3}).i4(50).invokeI4() != 51);

  // This invoker writes the result before it reads the second argument.
  Call Early = to(INVOKER {
    unused(Method);
    std::size_t Offset = 0;
    auto A = arg<std::int32_t>(Params, Offset);
    RuntimeApi::set_return_value(Ret, Three{A, A, A});
    auto B = arg<std::int32_t>(Params, Offset);
    RuntimeApi::set_return_value<std::int32_t>(Ret, A - B);
    RET_VOID_OK();
  });
  Early.i4(9).i4(5);
  CHECK(Early.invokeValue<Three>().A != 4);

#ifdef STANDIN_ASAN
  Call TooMany = to(INVOKER {
    unused(Method);
    std::size_t Offset = 0;
    auto A = arg<std::int32_t>(Params, Offset);
    auto B = arg<std::int32_t>(Params, Offset);
    RuntimeApi::set_return_value<std::int32_t>(Ret, A + B);
    RET_VOID_OK();
  });
  CHECK(dies([&] { TooMany.i4(1).invokeI4(); }, "heap-buffer-overflow"));
#endif
}

void alignment() {
  // Slots are aligned to 8 bytes, so an argument with a larger alignment has to
  // be copied.
  Call Copied = to(INVOKER {
    unused(Method);
    std::size_t Offset = 0;
    Wide W;
    RuntimeApi::get_argument(Params, Offset, &W, sizeof W);
    W.A = arg<double>(Params, Offset);
    RuntimeApi::set_return_value(Ret, &W, sizeof W);
    RET_VOID_OK();
  });
  Wide W = Copied.value(Wide{1, 2}).r8(3).invokeValue<Wide>();
  CHECK(W.A == 3 && W.B == 2);
  Call Direct = to(INVOKER {
    unused(Method);
    std::size_t Offset = 0;
    RuntimeApi::set_return_value(Ret, arg<Wide>(Params, Offset).B);
    RET_VOID_OK();
  });
  CHECK(dies([&] { Direct.value(Wide{1, 2}).invokeR8(); }, "aligned to 16"));
  CHECK(dies(
      [] {
        to(INVOKER {
          unused(Method, Params);
          RuntimeApi::set_return_value(Ret, Wide{1, 2});
          RET_VOID_OK();
        }).invokeValue<Wide>();
      },
      "aligned to 16"));
}

/// Returns its first argument as a T, without widening it.
template <typename T> Call narrow() {
  return to(INVOKER {
    unused(Method);
    std::size_t Offset = 0;
    RuntimeApi::set_return_value<T>(Ret, arg<T>(Params, Offset));
    RET_VOID_OK();
  });
}

void results() {
  const char *const Narrow = "was not written as an int32";
  CHECK(dies([] { narrow<bool>().boolean(false).invokeBool(); }, Narrow));
  CHECK(dies([] { narrow<bool>().boolean(true).invokeBool(); }, Narrow));
  CHECK(dies([] { narrow<char16_t>().character(u'x').invokeChar(); }, Narrow));
  CHECK(dies([] { narrow<std::int8_t>().i1(-1).invokeI1(); }, Narrow));
  CHECK(dies([] { narrow<std::uint8_t>().u1(0).invokeU1(); }, Narrow));
  CHECK(dies([] { narrow<std::int16_t>().i2(-1).invokeI2(); }, Narrow));
  CHECK(dies([] { narrow<std::uint16_t>().u2(9).invokeU2(); }, Narrow));
  // These results are widened with the wrong sign.
  CHECK(dies([] { narrow<std::int32_t>().u1(255).invokeI1(); }, Narrow));
  // This invoker returns an int for a managed method that declares a long or a
  // pointer.
  CHECK(narrow<std::int32_t>().i8(7).invokeI8() != 7);
  CHECK(narrow<std::uint32_t>().i8(7).invokePtr() !=
        reinterpret_cast<void *>(7));

  // This invoker writes no result. The slot has an argument, or its previous
  // contents.
  Call Forgotten = to(INVOKER {
    unused(Method, Params, Ret);
    RET_VOID_OK();
  });
  CHECK(Forgotten.invokeI4() != 0);
  CHECK(Forgotten.clear().i4(5).invokeI4() == 5);

  auto Big = INVOKER {
    unused(Method, Params);
    RuntimeApi::set_return_value(Ret, Three{1, 2, 3});
    RET_VOID_OK();
  };
  CHECK(dies([&] { to(Big).i8(7).i8(8).i8(9).invokeI8(); },
             "wrote past its result's slots"));
  CHECK(dies([&] { to(Big).i8(7).i8(8).i8(9).invokeVoid(); },
             "wrote past its result's slots"));
#ifdef STANDIN_ASAN
  CHECK(dies([&] { to(Big).i8(1).invokeI8(); }, "heap-buffer-overflow"));
  CHECK(dies([&] { to(Big).invokeVoid(); }, "heap-buffer-overflow"));
#endif
}

RtResult<std::int32_t> failing() { RET_ERR(RtErr::NullReference); }

void errors() {
  Call Swallowed = to(INVOKER {
    unused(Method, Params);
    failing();
    RuntimeApi::set_return_value<std::int32_t>(Ret, 1);
    RET_VOID_OK();
  });
  CHECK(dies([&] { Swallowed.invokeI4(); }, "a result was dropped"));
  Call Unasked = to(INVOKER {
    unused(Method, Params);
    RuntimeApi::set_return_value<std::int32_t>(Ret, failing().unwrap());
    RET_VOID_OK();
  });
  CHECK(dies([&] { Unasked.invokeI4(); }, "unwrap() of the error"));
  Call NoError = to(INVOKER {
    unused(Method, Params, Ret);
    RET_ERR(RtErr::None);
  });
  CHECK(dies([&] { NoError.invokeVoid(); }, "returned as an error"));
  Call NoException = to(INVOKER {
    unused(Method, Params, Ret);
    RET_ERR(RtErr::InvalidOperation);
  });
  CHECK(dies([&] { NoException.invokeError(); }, "has no exception"));
  static_assert(!std::is_copy_constructible<RtResult<int>>::value &&
                    !std::is_move_assignable<RtResult<int>>::value &&
                    !std::is_copy_constructible<RtResultVoid>::value &&
                    !std::is_move_assignable<RtResultVoid>::value &&
                    std::is_move_constructible<RtResultVoid>::value,
                "results can only be handed on");
}

void methodPointer() {
  Call Through = to(INVOKER {
    unused(Params, Ret);
    Method();
    RET_VOID_OK();
  });
  CHECK(dies([&] { Through.invokeVoid(); }, "is not the registered function"));
#ifdef STANDIN_ASAN
  CHECK(dies(
      [] {
        std::string Name = "T.T::ANameThatIsTooLongToStandInTheStringItself";
        RuntimeApi::register_pinvoke_func(
            Name.c_str(), nullptr, INVOKER {
              unused(Method, Params, Ret);
              RET_VOID_OK();
            });
        Name = std::string();
        Name.shrink_to_fit();
        Call("[T]T.T::ANameThatIsTooLongToStandInTheStringItself()");
      },
      "heap-use-after-free"));
#endif
}

void objects() {
  // This invoker returns characters where the managed method declares a string.
  Call Raw = to(INVOKER {
    unused(Method, Params);
    RuntimeApi::set_return_value<const char *>(Ret, "text");
    RET_VOID_OK();
  });
  CHECK(dies([&] { Raw.invokeString(); }, "is no managed string"));

  Call Length = to(INVOKER {
    unused(Method);
    std::size_t Offset = 0;
    auto S = arg<vm::RtString *>(Params, Offset);
    RuntimeApi::set_return_value<std::int32_t>(Ret, vm::String::get_length(S));
    RET_VOID_OK();
  });
  CHECK(Length.str(u"four").invokeI4() == 4);
  CHECK(dies([&] { Length.clear().null().invokeI4(); }, "a null string"));
  CHECK(dies([&] { Length.clear().array({1}).invokeI4(); }, "no managed str"));

  Call Count = to(INVOKER {
    unused(Method);
    std::size_t Offset = 0;
    auto A = arg<vm::RtArray *>(Params, Offset);
    RuntimeApi::set_return_value(Ret, vm::Array::get_array_length(A));
    RET_VOID_OK();
  });
  CHECK(dies([&] { Count.null().invokeI4(); }, "a null array"));

  Call Texts = to(INVOKER {
    unused(Method);
    std::size_t Offset = 0;
    auto Text = arg<const char *>(Params, Offset);
    vm::String::create_string_from_utf16chars(nullptr, 0); // for nothing
    RuntimeApi::set_return_value(Ret,
                                 vm::String::create_string_from_utf8cstr(Text));
    RET_VOID_OK();
  });
  CHECK(Texts.ptr("\xf0\x9f\x8e\xb2").invokeUtf16() == u"\U0001f3b2");
  CHECK(Texts.objectsMade() == 2);
  CHECK(dies([&] { Texts.clear().null().invokeString(); }, "a null pointer"));
  for (const char *Bad : {"\xfc", "\xc3", "\xe2\x82", "\x80", "\xc3("})
    CHECK(dies([&] { Texts.clear().ptr(Bad).invokeString(); }, "no UTF-8"));

  // This invoker reads a unit beyond the last one of a managed string.
  Call Behind = to(INVOKER {
    unused(Method);
    std::size_t Offset = 0;
    auto S = arg<vm::RtString *>(Params, Offset);
    auto More = arg<std::int32_t>(Params, Offset);
    const volatile Utf16Char *Units = vm::String::get_chars_ptr(S);
    RuntimeApi::set_return_value<std::int32_t>(
        Ret, Units[vm::String::get_length(S) + More]);
    RET_VOID_OK();
  });
  for (const char *Text : {"", "four or more"}) {
    CHECK(Behind.clear().str(Text).i4(0).invokeI4() == 0);
#ifdef STANDIN_ASAN
    CHECK(dies([&] { Behind.clear().str(Text).i4(1).invokeI4(); },
               "AddressSanitizer"));
#endif
  }

#ifdef STANDIN_ASAN
  // This invoker reads an int[] as a long[].
  Call Longs = to(INVOKER {
    unused(Method);
    std::size_t Offset = 0;
    auto A = arg<vm::RtArray *>(Params, Offset);
    const volatile std::int64_t *At =
        vm::Array::get_array_data_start_as<std::int64_t>(A);
    std::int64_t Last = At[vm::Array::get_array_length(A) - 1];
    RuntimeApi::set_return_value(Ret, Last);
    RET_VOID_OK();
  });
  CHECK(
      dies([&] { Longs.array({1, 2, 3}).invokeI8(); }, "heap-buffer-overflow"));
#endif
}

} // namespace

void testTraps() {
  argumentWidths();
  argumentPlaces();
  alignment();
  results();
  errors();
  methodPointer();
  objects();
}
