#ifndef CALLS_H
#define CALLS_H

#include "rich.h"

namespace leanclr {
namespace vm {
class RtObject;
class RtArray;
} // namespace vm
} // namespace leanclr

namespace rich {

ILBRIDGE_INTERNAL_CALL("Rich.Engine`1::Count") int Count();
ILBRIDGE_INTERNAL_CALL("Rich.Clock::get_Now") std::int64_t Now();
ILBRIDGE_INTERNAL_CALL("Rich.Clock::Mix")
float Mix(Pair<std::int32_t, float> pair, leanclr::vm::RtArray *weights);
ILBRIDGE_INTERNAL_CALL("Rich.Clock::Ticks")
int Ticks(leanclr::vm::RtObject *self, int scale);

} // namespace rich

#endif
