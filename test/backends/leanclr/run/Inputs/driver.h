// Every driver needs this: the harness that takes the role of the interpreter,
// CHECK, and the generated function.

#ifndef DRIVER_H
#define DRIVER_H

#include "check.h"
#include "standin/harness.h"

void RegisterNativeMethods();

using leanclr::RtErr;
using standin::Call;
using standin::Import;

#endif // DRIVER_H
