// Calls the invokers as LeanCLR's interpreter does, and makes the same calls as
// Program.Main. The runtime is replaced by the stand-in of ilbridge's tests.

#include "game.h"
#include "standin/harness.h"

// This function is defined in invokers.cpp.
void RegisterGame();

int main() {
  RegisterGame();
  standin::Call add("[Game]Game.Native::Add(System.Int32,System.Int32)");
  standin::Call length("[Game]Game.Native::Length(Game.Vec3&)");
  standin::Call sum("[Game]Game.Native::Sum(System.Int32[])");
  standin::Call write("Game.Log::Write(System.String)",
                      standin::Import::InternalCall);

  game::Vec3 v = {3, 4, 0};
  const int rounded = static_cast<int>(length.ptr(&v).invokeR4());
  write.str("length " + std::to_string(rounded)).invokeVoid();
  const std::int32_t last = add.i4(40).i4(2).invokeI4();
  const std::int64_t all =
      sum.array<std::int32_t>({2000000000, 2000000000, last}).invokeI8();
  write.clear().str("sum " + std::to_string(all)).invokeVoid();
  return rounded == 5 && all == 4000000042 ? 0 : 1;
}
