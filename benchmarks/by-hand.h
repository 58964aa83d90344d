// These are hand-written invokers for LeanCLR. They process one argument after
// the other.

#ifndef BENCHMARKS_BY_HAND_H
#define BENCHMARKS_BY_HAND_H

#include <string>

namespace leanclr {
namespace vm {
struct RtString;
}
} // namespace leanclr

/// Registers an invoker for each function of native.h under the module name
/// ByHand.
void RegisterByHand();

/// Converts a managed string to UTF-8. It supports only ASCII, which suffices
/// here.
std::string toUtf8(leanclr::vm::RtString *string);

#endif // BENCHMARKS_BY_HAND_H
