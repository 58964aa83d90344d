// Counts what the functions of the table want, for the case that runs.

#include "support.h"

static int32_t Wanted, Missed;

void want(bool IsRight) {
  ++Wanted;
  Missed += !IsRight;
}

void runtimes_begin() { Wanted = Missed = 0; }
int32_t runtimes_wanted() { return Wanted; }
int32_t runtimes_missed() { return Missed; }
