// Hand-written invokers for LeanCLR, which process one argument after the
// other.

#ifndef BENCHMARKS_BY_HAND_H
#define BENCHMARKS_BY_HAND_H

#include <string>

namespace leanclr {
namespace vm {
struct RtString;
}
} // namespace leanclr

/// Registers an invoker for each function of native.h, as those of a module
/// ByHand.
void RegisterByHand();

/// A managed string as UTF-8. What is not ASCII is of no interest here.
std::string toUtf8(leanclr::vm::RtString *string);

#endif // BENCHMARKS_BY_HAND_H
