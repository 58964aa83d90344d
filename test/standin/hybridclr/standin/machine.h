//===- machine.h - Runtime side of bridges ----------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Bridges call the functions that are defined here: the interpreter's entry,
// the thread's state, and the methods of reverse wrappers. Include this header
// in one source only, because the definitions are not inline.
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_MACHINE_H
#define STANDIN_MACHINE_H

#include "hybridclr/interpreter/Interpreter.h"
#include "standin/value.h"
#include "vm/ScopedThreadAttacher.h"
#include <vector>
#if STANDIN_REVERSE_FILE
#include "hybridclr/metadata/MetadataModule.h"
#include "hybridclr/metadata/ReversePInvokeMethodStub.h"
#else
#include "hybridclr/interpreter/InterpreterModule.h"
#endif

namespace standin {

using hybridclr::interpreter::StackObject;
#if STANDIN_REVERSE_FILE
using hybridclr::metadata::ReversePInvokeMethodData;
#else
using hybridclr::interpreter::ReversePInvokeMethodData;
#endif

/// An interpreted method, which runs when a bridge enters the interpreter.
class Interpreted {
public:
  virtual void run(StackObject *Args, void *Ret) = 0;

protected:
  ~Interpreted() = default;
};

struct Machine {
  static Machine &get() {
    static Machine Only;
    return Only;
  }

  /// The body that is interpreted next, and its method.
  Interpreted *Body = nullptr;
  const MethodInfo *Method = nullptr;
  /// The methods to which reverse wrappers were given, by row.
  std::vector<const MethodInfo *> Wrapped;
  int Attachments = 0;
};

/// The runtime gives a method the first free wrapper of its signature: the row
/// after the last one that it gave, as long as that row has the same key. For
/// this reason the rows of a key must be adjacent.
class Wrappers {
public:
  explicit Wrappers(const ReversePInvokeMethodData *Rows) : Rows(Rows) {
    Machine::get().Wrapped.clear();
    for (std::size_t I = 0; Rows[I].methodPointer; ++I) {
      Machine::get().Wrapped.push_back(nullptr);
      if (first(Rows[I].methodSig) == I)
        Next.push_back({Rows[I].methodSig, I});
    }
  }

  std::size_t size() const { return Machine::get().Wrapped.size(); }

  /// Returns the row of the wrapper that \p Method gets, or size() if no
  /// wrapper is left.
  std::size_t give(const std::string &Key, const MethodInfo *Method) {
    for (auto &N : Next) {
      if (N.Key != Key)
        continue;
      const std::size_t Row = N.Row;
      if (Row == size() || Rows[Row].methodSig != Key)
        return size();
      ++N.Row;
      Machine::get().Wrapped[Row] = Method;
      return Row;
    }
    fail("no reverse wrapper has the key " + Key);
  }

  /// Fails if the rows of one key are not adjacent.
  void expectAdjacent() const {
    for (std::size_t I = 1; I < size(); ++I)
      if (std::strcmp(Rows[I].methodSig, Rows[I - 1].methodSig) != 0 &&
          first(Rows[I].methodSig) != I)
        fail("reverse wrappers of the key " + std::string(Rows[I].methodSig) +
             " do not stand together");
  }

private:
  struct FreeRow {
    std::string Key;
    std::size_t Row;
  };

  std::size_t first(const char *Key) const {
    std::size_t I = 0;
    while (std::strcmp(Rows[I].methodSig, Key) != 0)
      ++I;
    return I;
  }

  const ReversePInvokeMethodData *Rows;
  std::vector<FreeRow> Next;
};

void attachThread() { ++Machine::get().Attachments; }
void detachThread() { --Machine::get().Attachments; }

inline const MethodInfo *methodOfWrapper(std::int32_t Index) {
  Machine &M = Machine::get();
  if (STANDIN_ATTACHES && M.Attachments == 0)
    fail("a reverse wrapper runs on a thread that is not attached");
  if (Index < 0 || static_cast<std::size_t>(Index) >= M.Wrapped.size())
    fail("a reverse wrapper asks for a row that the table does not have");
  if (!M.Wrapped[static_cast<std::size_t>(Index)])
    fail("a reverse wrapper asks for the method of another row");
  return M.Wrapped[static_cast<std::size_t>(Index)];
}

} // namespace standin

void hybridclr::interpreter::Interpreter::Execute(const MethodInfo *Method,
                                                  StackObject *Args,
                                                  void *Ret) {
  standin::Machine &M = standin::Machine::get();
  if (!M.Body || Method != M.Method)
    standin::fail("the interpreter is entered with another method");
  M.Body->run(Args, Ret);
}

#if STANDIN_REVERSE_FILE
const MethodInfo *
hybridclr::metadata::MetadataModule::GetMethodInfoByReversePInvokeWrapperIndex(
    int32_t Index) {
  return standin::methodOfWrapper(Index);
}
#else
const MethodInfo *hybridclr::interpreter::InterpreterModule::
    GetMethodInfoByReversePInvokeWrapperIndex(int32_t Index) {
  return standin::methodOfWrapper(Index);
}
#endif

#endif // STANDIN_MACHINE_H
