// The native side: annotated declarations.

#ifndef EXAMPLES_GAME_GAME_H
#define EXAMPLES_GAME_GAME_H

#include <cstdint>
#include <ilbridge/export.h>

namespace game {

struct Vec3 {
  float x, y, z;
};

enum class Level : std::uint8_t { Easy, Normal, Hard };

struct Enemy {
  Vec3 position;
  std::int32_t health;
  Level level;
};

ILBRIDGE_EXPORT Vec3 Move(Vec3 position, Vec3 velocity, float seconds);

/// The caller gets memory of malloc(), and frees it.
ILBRIDGE_EXPORT ILBRIDGE_OWNED char *Greet(const char *name);

ILBRIDGE_EXPORT std::int64_t Total(const std::int32_t *scores,
                                   std::int32_t count);

ILBRIDGE_EXPORT Level Harder(Level level);

ILBRIDGE_EXPORT bool Hit(Enemy &enemy, std::int32_t damage,
                         std::int32_t &overkill);

ILBRIDGE_EXPORT std::int32_t ForEachPrime(std::int32_t limit,
                                          void (*visit)(std::int32_t));

} // namespace game

#endif // EXAMPLES_GAME_GAME_H
