//===- Layouts.cpp - Layouts of structs as data ---------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/report/Layouts.h"
#include "llvm/Support/raw_ostream.h"

namespace json = llvm::json;

namespace ilbridge::report {

json::Object location(Location L, Show Shown) {
  Shown(L);
  json::Object O{{"file", json::fixUTF8(L.File)}};
  if (L.Start.Line) {
    O["line"] = L.Start.Line;
    O["column"] = L.Start.Column;
  }
  if (!L.Member.empty())
    O["member"] = json::fixUTF8(L.Member);
  return O;
}

llvm::StringRef state(const match::RecordLayouts &R,
                      const match::RecordLayouts::OnTargets &On) {
  if (!R.Native)
    return "not-passed";
  switch (On.State.What) {
  case match::TargetState::Agrees:
    return "agrees";
  case match::TargetState::NotCompared:
    return "not-known";
  case match::TargetState::Differs:
    return "differs";
  }
  llvm_unreachable("not a state");
}

static json::Object side(const match::SideLayout &S) {
  json::Array Fields;
  for (const match::LaidOutField &F : S.Fields) {
    json::Object O{{"offset", F.Offset}, {"size", F.Size}};
    if (!F.isPadding()) {
      O["name"] = json::fixUTF8(F.Name);
      O["type"] = json::fixUTF8(F.Type);
    }
    if (F.Differs)
      O["differs"] = true;
    Fields.push_back(std::move(O));
  }
  return json::Object{{"size", S.Whole.Size},
                      {"align", S.Whole.Align},
                      {"fields", std::move(Fields)}};
}

json::Object layouts(const match::RecordLayouts &R,
                     llvm::ArrayRef<match::ComparedTarget> Targets,
                     Show Shown) {
  json::Array OnTargets;
  for (const match::RecordLayouts::OnTargets &On : R.Layouts) {
    json::Array Names;
    for (size_t I : On.Targets)
      Names.push_back(Targets[I].Target.Name);
    json::Object O{{"targets", std::move(Names)}, {"state", state(R, On)}};
    if (!On.Reason.empty())
      O["why"] = json::fixUTF8(On.Reason);
    else if (On.State.What == match::TargetState::NotCompared)
      O["why"] = json::fixUTF8(match::whyNotCompared(On.State.Why));
    if (On.Managed.Whole.Size)
      O["managed"] = side(On.Managed);
    if (On.Native)
      O["native"] = side(*On.Native);
    OnTargets.push_back(std::move(O));
  }
  json::Array Users;
  for (const managed::Method *M : R.Users) {
    std::string Name;
    llvm::raw_string_ostream(Name) << *M;
    Users.push_back(json::fixUTF8(Name));
  }
  json::Object O{{"managed", json::fixUTF8(toString(*R.Managed))},
                 {"managed_location", location(R.Managed->Decl.Where, Shown)},
                 {"passed_by", std::move(Users)},
                 {"layouts", std::move(OnTargets)}};
  if (R.Native) {
    O["native"] = json::fixUTF8(toString(*R.Native));
    O["native_location"] = location(R.Native->Decl.Where, Shown);
  }
  return O;
}

} // namespace ilbridge::report
