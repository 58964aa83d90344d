#ifndef SPECIAL_H
#define SPECIAL_H

#include "calls.h"

namespace rich {

ILBRIDGE_NEWOBJ("Rich.Clock::.ctor(System.Int32)")
leanclr::vm::RtObject *NewClock(int start);
ILBRIDGE_INTRINSIC("Rich.Clock::Clamp(System.Int32,System.Int32,System.Int32)")
int Clamp(int value, int low, int high);

} // namespace rich

#endif
