// This is the native side of the benchmarks: functions that do almost nothing.

#ifndef BENCHMARKS_NATIVE_H
#define BENCHMARKS_NATIVE_H

#include <cstdint>
#include <ilbridge/export.h>

struct Vec3 {
  float x, y, z;
};

struct Segment {
  double begin, end, speed;
};

enum class Mode : std::uint8_t { Off, On };

ILBRIDGE_EXPORT std::int32_t Add(std::int32_t a, std::int32_t b);
ILBRIDGE_EXPORT float Dot(Vec3 a, Vec3 b);
ILBRIDGE_EXPORT Segment Advance(Segment s, double seconds);
/// Reads only the address of the text.
ILBRIDGE_EXPORT std::int32_t Count(const char *text);
/// Reads only the last unit.
ILBRIDGE_EXPORT std::int32_t Units(const char16_t *text,
                                   ILBRIDGE_LENGTH std::int32_t length);
ILBRIDGE_EXPORT double Mix(std::int8_t a, std::uint16_t b, std::int32_t c,
                           std::int64_t d, float e, double f, const void *g,
                           Mode h);

#endif // BENCHMARKS_NATIVE_H
