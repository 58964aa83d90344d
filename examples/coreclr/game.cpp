// The native side: functions for function pointers and for a P/Invoke.

#include <cmath>
#include <cstdint>
#include <ilbridge/export.h>

namespace game {

struct Vec3 {
  float x, y, z;
};

ILBRIDGE_FUNCTION_POINTER("Game.Native::Add")
std::int32_t Add(std::int32_t a, std::int32_t b) { return a + b; }

ILBRIDGE_FUNCTION_POINTER("Game.Native::Length")
float Length(const Vec3 *v) {
  return std::sqrt(v->x * v->x + v->y * v->y + v->z * v->z);
}

ILBRIDGE_EXPORT std::int32_t Twice(std::int32_t a) { return 2 * a; }

} // namespace game
