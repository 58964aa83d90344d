//===- registry.h - Registered functions ------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file has the registration tables, and the look-up that the runtime
// performs for every method of a class when it initialises that class.
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_REGISTRY_H
#define STANDIN_REGISTRY_H

#include "standin/fail.h"
#include "standin/result.h"
#include <cstring>
#include <map>
#include <set>

namespace leanclr {
namespace metadata {
struct RtClass;
struct RtMethodInfo;
typedef void (*RtManagedMethodPointer)();
typedef void (*RtNativeMethodPointer)();
} // namespace metadata
namespace interp {
union RtStackObject;
} // namespace interp
} // namespace leanclr

namespace standin {

using Function = leanclr::metadata::RtManagedMethodPointer;
using Invoker = leanclr::RtResultVoid (*)(
    leanclr::metadata::RtManagedMethodPointer,
    const leanclr::metadata::RtMethodInfo *,
    const leanclr::interp::RtStackObject *, leanclr::interp::RtStackObject *);

enum class Table {
  PInvoke,
  InternalCall,
  Intrinsic,
  NewObjectInternalCall,
  NewObjectIntrinsic,
};

/// The way in which a managed method refers to its native implementation.
enum class Import {
  PInvoke,      ///< a static extern method with [DllImport]
  InternalCall, ///< any other method, with or without a body of its own
  NewObject,    ///< a constructor, called by newobj; corlib's classes only
};

struct Entry {
  Table In;
  const char *Name;
  Function Func;
  Invoker Invoke;
};

/// The parts of a managed method's name, [Module]Class::Method(Params).
struct MethodName {
  std::string Module, Class, Bare, Full;

  explicit MethodName(const std::string &Text) {
    std::string::size_type End = 0;
    if (!Text.empty() && Text[0] == '[') {
      End = Text.find(']') + 1;
      Module = Text.substr(1, End - 2);
    }
    Full = Text.substr(End);
    Bare = Full.substr(0, Full.find('('));
    Class = Bare.substr(0, Bare.rfind("::"));
  }
};

class Registry {
public:
  static Registry &get() {
    static Registry Only;
    return Only;
  }

  void add(Table T, const char *Name, Function F, Invoker I) {
    if (!Name)
      fail("a null name is registered");
    std::string Text = Name;
    if (Text.find_first_of(" \t\n") != std::string::npos)
      fail("the name '" + Text + "' contains a space: no method has it");
    if (Text.find("::") == std::string::npos)
      fail("the name '" + Text + "' has no '::'");
    if (!I)
      fail("'" + Text + "' is registered without an invoker");
    Row New = {
        {T, Name, F, I}, Text, Initialised.count(MethodName(Text).Class) != 0};
    if (!Rows.insert(std::make_pair(std::make_pair(T, Text), New)).second)
      fail("'" + Text + "' is registered twice");
  }

  /// Returns the function that the runtime calls for a method, or null. \p Text
  /// is the method's full name, `[Module]Ns.Class::Method(T1,T2)`. This call
  /// initialises the class: methods that are registered for it later have no
  /// effect.
  const Entry *find(const std::string &Text, Import How) {
    checkNames();
    MethodName M(Text);
    if (M.Full == M.Bare)
      fail("'" + Text + "': a method is looked up with its parameters");
    Initialised.insert(M.Class);

    if (How == Import::NewObject) {
      if (!M.Module.empty() && M.Module != "mscorlib")
        return nullptr;
      if (const Entry *E = findIn(Table::NewObjectInternalCall, M))
        return E;
      return findIn(Table::NewObjectIntrinsic, M);
    }
    // These are looked up first for every method, even for one with [DllImport]
    // or with a managed body.
    if (const Entry *E = findIn(Table::InternalCall, M))
      return E;
    if (const Entry *E = findIn(Table::Intrinsic, M))
      return E;
    if (How == Import::InternalCall)
      return nullptr;
    for (const std::string &Name : {M.Full, M.Bare}) {
      if (!M.Module.empty())
        if (const Entry *E =
                findExactly(Table::PInvoke, "[" + M.Module + "]" + Name))
          return E;
      if (const Entry *E = findExactly(Table::PInvoke, Name))
        return E;
    }
    return nullptr;
  }

  std::size_t size() const { return Rows.size(); }
  void clear() {
    Rows.clear();
    Initialised.clear();
  }

private:
  struct Row {
    Entry TheEntry;
    std::string Copy;
    bool TooLate;
  };

  const Entry *findIn(Table T, const MethodName &M) const {
    if (const Entry *E = findExactly(T, M.Full))
      return E;
    return findExactly(T, M.Bare);
  }
  const Entry *findExactly(Table T, const std::string &Name) const {
    auto It = Rows.find(std::make_pair(T, Name));
    if (It == Rows.end() || It->second.TooLate)
      return nullptr;
    return &It->second.TheEntry;
  }

  /// The runtime keeps the pointer to the name, so the characters must not
  /// change.
  void checkNames() const {
    for (const auto &R : Rows)
      if (std::strcmp(R.second.TheEntry.Name, R.second.Copy.c_str()) != 0)
        fail("the name of '" + R.second.Copy +
             "' changed after its registration: it must be a literal");
  }

  std::map<std::pair<Table, std::string>, Row> Rows;
  std::set<std::string> Initialised;
};

} // namespace standin

#endif // STANDIN_REGISTRY_H
