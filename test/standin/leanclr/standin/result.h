//===- result.h - The runtime's results and error codes ---------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// RtResult<T> and RtResultVoid offer the common part of what the runtime's
// versions offer. Code that compiles with these types compiles with each
// version. The checks are also active in release builds.
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_RESULT_H
#define STANDIN_RESULT_H

#include "standin/fail.h"
#include <new>
#include <utility>

/// The numeric values differ between versions, so code may only rely on the
/// names.
#define STANDIN_ERRORS(X)                                                      \
  X(ManagedException)                                                          \
  X(NotImplemented)                                                            \
  X(StackOverflow)                                                             \
  X(InvalidCast)                                                               \
  X(NullReference)                                                             \
  X(ArrayTypeMismatch)                                                         \
  X(IndexOutOfRange)                                                           \
  X(OutOfMemory)                                                               \
  X(Arithmetic)                                                                \
  X(ExecutionEngine)                                                           \
  X(ArgumentNull)                                                              \
  X(DivideByZero)                                                              \
  X(Overflow)                                                                  \
  X(TypeLoad)                                                                  \
  X(MissingField)                                                              \
  X(EntryPointNotFound)                                                        \
  X(NotSupported)                                                              \
  X(ArgumentOutOfRange)                                                        \
  X(Argument)                                                                  \
  X(FileNotFound)                                                              \
  X(InvalidOperation)

namespace leanclr {
namespace core {

#define STANDIN_ENUMERATOR(Name) , Name
enum class RtErr : unsigned char { None STANDIN_ERRORS(STANDIN_ENUMERATOR) };
#undef STANDIN_ENUMERATOR

struct Unit {};

} // namespace core
using core::RtErr;
using core::Unit;
} // namespace leanclr

namespace standin {

inline const char *name(leanclr::RtErr Error) {
  switch (Error) {
#define STANDIN_CASE(Name)                                                     \
  case leanclr::RtErr::Name:                                                   \
    return #Name;
    STANDIN_ERRORS(STANDIN_CASE)
#undef STANDIN_CASE
  case leanclr::RtErr::None:
    break;
  }
  return "None";
}

/// A success or an error, and whether code has asked which it is.
class Outcome {
public:
  bool is_ok() const { return ask() == leanclr::RtErr::None; }
  bool is_err() const { return !is_ok(); }
  leanclr::RtErr unwrap_err() const {
    if (IsChecking && is_ok())
      fail("unwrap_err() of a result that is no error");
    return Error;
  }
  Outcome(const Outcome &) = delete;
  Outcome &operator=(const Outcome &) = delete;

protected:
  Outcome() noexcept : Error(leanclr::RtErr::None), Asked(false) {}
  explicit Outcome(leanclr::RtErr E) noexcept : Error(E), Asked(false) {
    // Depending on its version, the runtime treats it as a failure without a
    // description, or as a success without a value.
    if (IsChecking && E == leanclr::RtErr::None)
      fail("RtErr::None returned as an error");
  }
  Outcome(Outcome &&Other) noexcept : Error(Other.Error), Asked(Other.Asked) {
    Other.Asked = true;
  }
  ~Outcome() {
    if (IsChecking && !Asked)
      fail("a result was dropped without is_ok() or is_err()");
  }
  leanclr::RtErr ask() const {
    Asked = true;
    return Error;
  }

private:
  leanclr::RtErr Error;
  mutable bool Asked;
};

} // namespace standin

namespace leanclr {
namespace core {

template <typename T> class Result : public ::standin::Outcome {
  // As in the runtime, T needs no default constructor.
  union {
    char Nothing;
    T Value;
  };
  bool HasValue;

public:
  Result(const T &V) noexcept : Value(V), HasValue(true) {}
  Result(T &&V) noexcept : Value(std::move(V)), HasValue(true) {}
  Result(leanclr::RtErr E) noexcept : Outcome(E), Nothing(), HasValue(false) {}
  Result(Result &&Other) noexcept
      : Outcome(std::move(Other)), Nothing(), HasValue(Other.HasValue) {
    if (HasValue)
      new (&Value) T(std::move(Other.Value));
  }
  ~Result() {
    if (HasValue)
      Value.~T();
  }
  T &unwrap() {
    if (::standin::IsChecking && is_err())
      ::standin::fail(std::string("unwrap() of the error ") +
                      ::standin::name(unwrap_err()));
    return Value;
  }
};

class ResultVoid : public ::standin::Outcome {
public:
  ResultVoid(const leanclr::Unit &) noexcept {}
  ResultVoid(leanclr::RtErr E) noexcept : Outcome(E) {}
  ResultVoid(ResultVoid &&) noexcept = default;
};

} // namespace core
template <typename T> using RtResult = core::Result<T>;
using RtResultVoid = core::ResultVoid;
} // namespace leanclr

namespace standin {

inline leanclr::RtErr errorOf(const Outcome &O) {
  return O.is_err() ? O.unwrap_err() : leanclr::RtErr::None;
}

/// Moves the value of \p From into \p Into, or returns the error of \p From.
template <typename V, typename R> leanclr::RtErr unwrapInto(V &Into, R &&From) {
  leanclr::RtErr Error = errorOf(From);
  if (Error == leanclr::RtErr::None)
    Into = From.unwrap();
  return Error;
}

} // namespace standin

// The macros take as many arguments as the runtime's: an expression with a bare
// comma, such as f<a, b>(), must fail here as it does there. Like the runtime's
// macros, these find Unit from the scope of their use, and hide an outer
// variable named _res.
#define RET_VOID_OK() return Unit()
#define RET_OK(value) return value
#define RET_ERR(err) return err
#define RET_ERR_ON_FAIL(expr)                                                  \
  do {                                                                         \
    ::leanclr::RtErr _res = ::standin::errorOf(expr);                          \
    if (_res != ::leanclr::RtErr::None)                                        \
      return _res;                                                             \
  } while (false)
#define UNWRAP_OR_RET_ERR_ON_FAIL(var, expr)                                   \
  do {                                                                         \
    ::leanclr::RtErr _res = ::standin::unwrapInto(var, expr);                  \
    if (_res != ::leanclr::RtErr::None)                                        \
      return _res;                                                             \
  } while (false)
#define DECLARING_AND_UNWRAP_OR_RET_ERR_ON_FAIL(type, var, expr)               \
  type var;                                                                    \
  UNWRAP_OR_RET_ERR_ON_FAIL(var, expr)

#endif // STANDIN_RESULT_H
