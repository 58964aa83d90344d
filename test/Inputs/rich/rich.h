#ifndef RICH_H
#define RICH_H

#include <cstddef>
#include <cstdint>
#include <ilbridge/export.h>

namespace rich {

struct Vec3 {
  float x, y, z;
};

enum class Access : std::uint32_t { None, Read, Write = 0x80000000 };

struct Point {
  std::int32_t x, y;
};

enum class Side : std::int16_t { Left = -1, Right = 1 };

#pragma pack(push, 1)
struct Packed {
  std::uint8_t kind;
  std::int64_t value;
};
#pragma pack(pop)

union Number {
  std::int32_t integer;
  float real;
};

struct Either {
  Number number;
  double wide;
};

struct Body {
  Vec3 position;
  Point cell;
  Access access;
  Packed extra;
};

struct Buffer {
  std::int32_t length;
  std::uint8_t data[12];
};

struct Inner {
  std::int16_t a;
  std::uint8_t b;
};

template <typename A, typename B> struct Pair {
  A first;
  B second;
};

ILBRIDGE_EXPORT std::int32_t Add(std::int32_t a, std::int32_t b);
ILBRIDGE_EXPORT float AddFloats(float a, float b) noexcept;
extern "C" ILBRIDGE_EXPORT std::int64_t rich_sub(std::int64_t a,
                                                 std::int64_t b);
ILBRIDGE_EXPORT void Divide(int a, int b, int &q, int *r);
ILBRIDGE_EXPORT double Mean(const double *values, int count);
ILBRIDGE_EXPORT void Fill(unsigned char *data, std::size_t size);
ILBRIDGE_EXPORT void *Open(int id);
ILBRIDGE_EXPORT bool Flip(bool value);

ILBRIDGE_EXPORT Vec3 Scale(Vec3 v, float by);
ILBRIDGE_EXPORT Body Step(Body &b, Access a);
ILBRIDGE_EXPORT Either Choose(Either e);
ILBRIDGE_EXPORT Side Turn(Side s, Point p);
ILBRIDGE_EXPORT void Pack(Packed *p);
ILBRIDGE_EXPORT void Load(Buffer *b);

struct Deep {
  ILBRIDGE_EXPORT_AS("[Rich]Rich.Outer/Deep::Nested")
  static int Nested(Inner i, Inner &r);
};

ILBRIDGE_EXPORT int Length(const char *text);
ILBRIDGE_EXPORT int WideLength(const char16_t *text);
ILBRIDGE_EXPORT ILBRIDGE_OWNED char *Name(const char16_t *text);

} // namespace rich

#endif
