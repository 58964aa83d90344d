#include "by-hand.h"
#include "native.h"
#include "public/leanclr.hpp"
#include "vm/rt_string.h"

namespace leanclr {
namespace {

#define PARAMETERS                                                             \
  metadata::RtManagedMethodPointer, const metadata::RtMethodInfo *,            \
      const interp::RtStackObject *params, interp::RtStackObject *ret

RtResultVoid AddInvoker(PARAMETERS) {
  size_t offset = 0;
  auto a = RuntimeApi::get_argument<int32_t>(params, offset);
  auto b = RuntimeApi::get_argument<int32_t>(params, offset);
  int32_t sum = Add(a, b);
  RuntimeApi::set_return_value<int32_t>(ret, sum);
  RET_VOID_OK();
}

RtResultVoid DotInvoker(PARAMETERS) {
  size_t offset = 0;
  auto a = RuntimeApi::get_argument<Vec3>(params, offset);
  auto b = RuntimeApi::get_argument<Vec3>(params, offset);
  float product = Dot(a, b);
  RuntimeApi::set_return_value<float>(ret, product);
  RET_VOID_OK();
}

RtResultVoid AdvanceInvoker(PARAMETERS) {
  size_t offset = 0;
  auto segment = RuntimeApi::get_argument<Segment>(params, offset);
  auto seconds = RuntimeApi::get_argument<double>(params, offset);
  Segment moved = Advance(segment, seconds);
  RuntimeApi::set_return_value<Segment>(ret, moved);
  RET_VOID_OK();
}

RtResultVoid CountInvoker(PARAMETERS) {
  size_t offset = 0;
  auto string = RuntimeApi::get_argument<vm::RtString *>(params, offset);
  int32_t count = Count(toUtf8(string).c_str());
  RuntimeApi::set_return_value<int32_t>(ret, count);
  RET_VOID_OK();
}

RtResultVoid UnitsInvoker(PARAMETERS) {
  size_t offset = 0;
  auto string = RuntimeApi::get_argument<vm::RtString *>(params, offset);
  auto chars = reinterpret_cast<const char16_t *>(
      string ? vm::String::get_chars_ptr(string) : nullptr);
  int32_t length = string ? vm::String::get_length(string) : 0;
  int32_t sum = Units(chars, length);
  RuntimeApi::set_return_value<int32_t>(ret, sum);
  RET_VOID_OK();
}

RtResultVoid MixInvoker(PARAMETERS) {
  size_t offset = 0;
  auto a = RuntimeApi::get_argument<int8_t>(params, offset);
  auto b = RuntimeApi::get_argument<uint16_t>(params, offset);
  auto c = RuntimeApi::get_argument<int32_t>(params, offset);
  auto d = RuntimeApi::get_argument<int64_t>(params, offset);
  auto e = RuntimeApi::get_argument<float>(params, offset);
  auto f = RuntimeApi::get_argument<double>(params, offset);
  auto g = RuntimeApi::get_argument<const void *>(params, offset);
  auto h = RuntimeApi::get_argument<Mode>(params, offset);
  double sum = Mix(a, b, c, d, e, f, g, h);
  RuntimeApi::set_return_value<double>(ret, sum);
  RET_VOID_OK();
}

template <typename F>
void add(const char *name, F *function, vm::PInvokeInvoker invoker) {
  RuntimeApi::register_pinvoke_func(
      name, reinterpret_cast<vm::PInvokeFunction>(function), invoker);
}

} // namespace
} // namespace leanclr

void RegisterByHand() {
  using namespace leanclr;
  add("[ByHand]Native::Add(System.Int32,System.Int32)", Add, AddInvoker);
  add("[ByHand]Native::Dot(Vec3,Vec3)", Dot, DotInvoker);
  add("[ByHand]Native::Advance(Segment,System.Double)", Advance,
      AdvanceInvoker);
  add("[ByHand]Native::Count(System.String)", Count, CountInvoker);
  add("[ByHand]Native::Units(System.String)", Units, UnitsInvoker);
  add("[ByHand]Native::Mix(System.SByte,System.UInt16,System.Int32,"
      "System.Int64,System.Single,System.Double,System.IntPtr,Mode)",
      Mix, MixInvoker);
}
