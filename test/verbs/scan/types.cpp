// Types of parameters and results are recorded as they are written, and not as
// a target lowers them.

// RUN: %ilbridge scan %s -- -I%include -std=c++20 > %t.facts
// RUN: FileCheck --input-file=%t.facts %s
// RUN: FileCheck --check-prefix=SAME --input-file=%t.facts %s

#include <cstddef>
#include <cstdint>
#include <ilbridge/export.h>
#include <sys/types.h>

#define TAKES(NAME, ...) ILBRIDGE_EXPORT void NAME(__VA_ARGS__)

// CHECK: "name":["Bool"]{{.*}}"spelling":"bool","type":"bool"}]
TAKES(Bool, bool);
// CHECK: "name":["Chars"]{{.*}}"type":"char"}{{.*}}"type":"i8"}{{.*}}"type":"u8"}]
TAKES(Chars, char, signed char, unsigned char);
// CHECK: "name":["Wide"]{{.*}}"type":"wchar_t"}{{.*}}"type":"char8_t"}{{.*}}"type":"char16_t"}{{.*}}"type":"char32_t"}]
TAKES(Wide, wchar_t, char8_t, char16_t, char32_t);
// CHECK: "name":["Ints"]{{.*}}"type":"short"}{{.*}}"type":"ushort"}{{.*}}"type":"int"}{{.*}}"type":"uint"}]
TAKES(Ints, short, unsigned short, int, unsigned);
// CHECK: "name":["Longs"]{{.*}}"type":"long"}{{.*}}"type":"ulong"}{{.*}}"type":"longlong"}{{.*}}"type":"ulonglong"}]
TAKES(Longs, long, unsigned long, long long, unsigned long long);
// CHECK: "name":["Sizes"]{{.*}}"spelling":"size_t","type":"size_t"}{{.*}}"spelling":"ssize_t","type":"ptrdiff_t"}{{.*}}"spelling":"std::ptrdiff_t","type":"ptrdiff_t"}]
TAKES(Sizes, size_t, ssize_t, std::ptrdiff_t);
// CHECK: "name":["Addresses"]{{.*}}"type":"intptr_t"}{{.*}}"type":"uintptr_t"}]
TAKES(Addresses, intptr_t, std::uintptr_t);
// CHECK: "name":["Fixed8"]{{.*}}"type":"i8"}{{.*}}"type":"u8"}]
TAKES(Fixed8, int8_t, std::uint8_t);
// CHECK: "name":["Fixed16"]{{.*}}"type":"i16"}{{.*}}"type":"u16"}]
TAKES(Fixed16, int16_t, std::uint16_t);
// CHECK: "name":["Fixed32"]{{.*}}"type":"i32"}{{.*}}"type":"u32"}]
TAKES(Fixed32, int32_t, std::uint32_t);
// CHECK: "name":["Fixed64"]{{.*}}"spelling":"int64_t","type":"i64"}{{.*}}"spelling":"std::uint64_t","type":"u64"}]
TAKES(Fixed64, int64_t, std::uint64_t);
// CHECK: "name":["Int128"]{{.*}}"type":"i128"}{{.*}}"type":"u128"}]
TAKES(Int128, __int128, unsigned __int128);
// CHECK: "name":["Floats"]{{.*}}"type":"f16"}{{.*}}"type":"f32"}{{.*}}"type":"f64"}{{.*}}"type":"long double"}{{.*}}"type":"f128"}]
TAKES(Floats, _Float16, float, double, long double, __float128);

// A user's typedef is replaced by its type, even if its name resembles that of
// a standard type.
namespace mine {
typedef long Handle;
typedef int int64_t;
using Id = ::int64_t;
// CHECK: "name":["mine","Typedefs"]{{.*}}"spelling":"Handle","type":"long"}{{.*}}"spelling":"int64_t","type":"int"}{{.*}}"spelling":"Id","type":"i64"}]
TAKES(Typedefs, Handle, int64_t, Id);
} // namespace mine

// CHECK: "name":["Pointers"]{{.*}}"type":{"pointer":"int"}}{{.*}}"type":{"const":true,"pointer":"char"}}{{.*}}"type":{"const":true,"pointer":"void"}}{{.*}}"type":{"pointer":{"const":true,"pointer":"int"}}}]
TAKES(Pointers, int *, const char *, const void *, int const **const);
// CHECK: "name":["References"]{{.*}}"type":{"reference":"int"}}{{.*}}"type":{"const":true,"reference":"long"}}{{.*}}"type":{"rvalue_reference":"int"}}]
TAKES(References, int &, const long &, int &&);
// CHECK: "name":["Functions"]{{.*}}"type":{"pointer":{"function":"void","params":["int",{"const":true,"pointer":"char"}]}}}{{.*}}"type":{"pointer":{"function":"int","params":[],"variadic":true}}}
TAKES(Functions, void (*)(int, const char *), int (*)(...));
// CHECK: "name":["Arrays"]{{.*}}"spelling":"int *","type":{"pointer":"int"}}{{.*}}"type":{"reference":{"array":"int","count":4}}}
TAKES(Arrays, int a[4], int (&)[4]);
// CHECK: "name":["Null"]{{.*}}"type":{"pointer":"void"}
TAKES(Null, decltype(nullptr));

// CHECK: "name":["Named"],"params":[{"at":["{{.*}}types.cpp",[[#@LINE+1]],{{[0-9]+}}],"edit":[[[#@LINE+1]],28,[[#@LINE+1]],36],"name":"count","spelling":"unsigned int","type":"uint"}]
ILBRIDGE_EXPORT void Named(unsigned count);

struct Known;
enum class Opaque : short;
// Only the name of a forward-declared type is known.
// CHECK: "name":["Incomplete"]{{.*}}"type":{"pointer":[[#KNOWN:]]}}{{.*}}"type":[[#OPAQUE:]]}]
TAKES(Incomplete, Known *, Opaque);
// SAME: "kind":"opaque","name":["Known"]
// SAME: "enumerators":[],"fixed":true,"kind":"enum","name":["Opaque"],"scoped":true,{{.*}}"underlying":"short"
