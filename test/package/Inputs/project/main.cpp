// Finds a function in the generated table, as a runtime does, and calls it.

#include <cstdio>
#include <ilbridge/import_table.h>

extern "C" const ilbridge_import_table game_imports;

int main() {
  auto damage = reinterpret_cast<int (*)(int)>(
      ilbridge_find_import(&game_imports, "game", "Damage"));
  std::printf("damage %d\n", damage(21));
}
