#include "game.h"

#include <cstdlib>
#include <cstring>
#include <string>

namespace game {

Vec3 Move(Vec3 position, Vec3 velocity, float seconds) {
  return {position.x + velocity.x * seconds, position.y + velocity.y * seconds,
          position.z + velocity.z * seconds};
}

char *Greet(const char *name) {
  std::string text = std::string("Grüß Gott, ") + name + "!";
  char *result = static_cast<char *>(std::malloc(text.size() + 1));
  std::memcpy(result, text.c_str(), text.size() + 1);
  return result;
}

std::int64_t Total(const std::int32_t *scores, std::int32_t count) {
  std::int64_t total = 0;
  for (std::int32_t i = 0; i != count; ++i)
    total += scores[i];
  return total;
}

Level Harder(Level level) {
  return level == Level::Easy ? Level::Normal : Level::Hard;
}

bool Hit(Enemy &enemy, std::int32_t damage, std::int32_t &overkill) {
  overkill = damage > enemy.health ? damage - enemy.health : 0;
  enemy.health -= damage - overkill;
  return enemy.health == 0;
}

std::int32_t ForEachPrime(std::int32_t limit, void (*visit)(std::int32_t)) {
  std::int32_t count = 0;
  for (std::int32_t candidate = 2; candidate < limit; ++candidate) {
    bool is_prime = true;
    for (std::int32_t divisor = 2; divisor * divisor <= candidate; ++divisor)
      is_prime = is_prime && candidate % divisor != 0;
    if (!is_prime)
      continue;
    visit(candidate);
    ++count;
  }
  return count;
}

} // namespace game
