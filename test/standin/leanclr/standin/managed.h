//===- managed.h - Managed methods for callers ------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A test also implements the managed side: it defines methods by assembly, type
// and name. Each method receives the slots of its arguments and of its result,
// as the interpreter would pass them. The reading functions of RuntimeApi look
// types and methods up here.
//
//===----------------------------------------------------------------------===//

#ifndef STANDIN_MANAGED_H
#define STANDIN_MANAGED_H

#include "standin/registry.h"
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace leanclr {
namespace metadata {
struct RtModuleDef;
struct RtFieldInfo {
  const char *name;
  std::uint32_t offset; ///< counted from the end of the object's header
};
struct RtAssembly {
  RtModuleDef *mod;
};
} // namespace metadata
} // namespace leanclr

namespace standin {

/// The body of a method. The slots of the result keep their previous contents.
using Body = std::function<leanclr::RtErr(
    const leanclr::interp::RtStackObject *, leanclr::interp::RtStackObject *)>;

struct ManagedMethod {
  std::string Name;
  Body Run;
};

struct ManagedType {
  std::string Name; ///< with its namespace; its own name only for a nested type
  std::string Space;
  ManagedType *Base; ///< null for System.Object
  /// The only field that the type declares, or null.
  const leanclr::metadata::RtFieldInfo *Field;
  std::vector<std::unique_ptr<ManagedMethod>> Methods;
  std::vector<std::unique_ptr<ManagedType>> Nested;
  std::vector<const leanclr::metadata::RtClass *> NestedClasses;

  explicit ManagedType(const std::string &Name = "",
                       ManagedType *Base = nullptr,
                       const leanclr::metadata::RtFieldInfo *Field = nullptr)
      : Name(Name),
        Space(Name.substr(
            0, Name.find('.') == std::string::npos ? 0 : Name.rfind('.'))),
        Base(Base), Field(Field) {}

  ManagedType &type(const std::string &Wanted) {
    for (auto &Each : Nested)
      if (Each->Name == Wanted)
        return *Each;
    Nested.emplace_back(new ManagedType(Wanted));
    NestedClasses.push_back(
        reinterpret_cast<const leanclr::metadata::RtClass *>(
            Nested.back().get()));
    return *Nested.back();
  }
};

/// The loaded assemblies. Their types are treated like types nested in an
/// assembly.
class Assemblies {
public:
  static Assemblies &get() {
    static Assemblies Only;
    return Only;
  }

  /// \p Type is "Ns.Outer/Inner".
  void define(const std::string &Assembly, const std::string &Type,
              const std::string &Method, Body Run) {
    Loaded &A = ByName[Assembly];
    A.Handle.mod = reinterpret_cast<leanclr::metadata::RtModuleDef *>(&A.Types);
    ManagedType *At = &A.Types;
    std::string::size_type Begin = 0, End;
    do {
      End = Type.find('/', Begin);
      At = &At->type(Type.substr(Begin, End - Begin));
      Begin = End + 1;
    } while (End != std::string::npos);
    At->Methods.emplace_back(new ManagedMethod{Method, std::move(Run)});
  }

  leanclr::metadata::RtAssembly *find(const std::string &Name) {
    auto Found = ByName.find(Name);
    return Found == ByName.end() ? nullptr : &Found->second.Handle;
  }

private:
  struct Loaded {
    ManagedType Types;
    leanclr::metadata::RtAssembly Handle = {nullptr};
  };
  std::map<std::string, Loaded> ByName;
};

inline ManagedType *typeOf(const leanclr::metadata::RtClass *Class) {
  return reinterpret_cast<ManagedType *>(
      const_cast<leanclr::metadata::RtClass *>(Class));
}
inline leanclr::metadata::RtClass *classOf(ManagedType *Type) {
  return reinterpret_cast<leanclr::metadata::RtClass *>(Type);
}

} // namespace standin

#endif // STANDIN_MANAGED_H
