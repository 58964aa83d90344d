// What every driver needs: the harness that plays the interpreter, CHECK, and
// the function that was generated.

#ifndef DRIVER_H
#define DRIVER_H

#include "check.h"
#include "standin/harness.h"

void RegisterNativeMethods();

using leanclr::RtErr;
using standin::Call;
using standin::Import;

#endif // DRIVER_H
