#include "game.h"
#include <cmath>
#include <cstdio>

namespace game {

std::int32_t Add(std::int32_t a, std::int32_t b) { return a + b; }

float Length(const Vec3 &v) {
  return std::sqrt(v.x * v.x + v.y * v.y + v.z * v.z);
}

std::int64_t Sum(const std::int32_t *values, std::int32_t count) {
  std::int64_t sum = 0;
  for (std::int32_t i = 0; i != count; ++i)
    sum += values[i];
  return sum;
}

void Write(const char *text) { std::puts(text); }

} // namespace game
