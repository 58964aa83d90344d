// These functions are in a separate file, so that no call is inlined.

#include "native.h"

std::int32_t Add(std::int32_t a, std::int32_t b) { return a + b; }

float Dot(Vec3 a, Vec3 b) { return a.x * b.x + a.y * b.y + a.z * b.z; }

Segment Advance(Segment s, double seconds) {
  return {s.begin + s.speed * seconds, s.end + s.speed * seconds, s.speed};
}

std::int32_t Count(const char *text) { return text[0] + text[1]; }

std::int32_t Units(const char16_t *text, std::int32_t length) {
  return text[length - 1] + length;
}

double Mix(std::int8_t a, std::uint16_t b, std::int32_t c, std::int64_t d,
           float e, double f, const void *g, Mode h) {
  return a + b + c + static_cast<double>(d) + static_cast<double>(e) + f +
         (g != nullptr ? 1 : 0) + static_cast<int>(h);
}
