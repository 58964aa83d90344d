// The native side: functions that LeanCLR calls through generated invokers.

#ifndef EXAMPLES_LEANCLR_GAME_H
#define EXAMPLES_LEANCLR_GAME_H

#include <cstdint>
#include <ilbridge/export.h>

namespace game {

struct Vec3 {
  float x, y, z;
};

ILBRIDGE_EXPORT std::int32_t Add(std::int32_t a, std::int32_t b);
ILBRIDGE_EXPORT float Length(const Vec3 &v);

// C# passes an array, and C++ takes its elements and their number.
ILBRIDGE_EXPORT std::int64_t Sum(const std::int32_t *values,
                                 ILBRIDGE_LENGTH std::int32_t count);

ILBRIDGE_INTERNAL_CALL("Game.Log::Write(System.String)")
void Write(const char *text);

} // namespace game

#endif // EXAMPLES_LEANCLR_GAME_H
