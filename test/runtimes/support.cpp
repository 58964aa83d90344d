// Counts the checks of the table's functions for the current case.

#include "support.h"

static int32_t Wanted, Missed;

void want(bool IsRight) {
  ++Wanted;
  Missed += !IsRight;
}

void runtimes_begin() { Wanted = Missed = 0; }
int32_t runtimes_wanted() { return Wanted; }
int32_t runtimes_missed() { return Missed; }
