//===- OutputConfiguration.cpp - Outputs in ilbridge.yaml -----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ConfigurationReader.h"
#include "ilbridge/emit/Backend.h"
#include "ilbridge/hybridclr/BridgeRequirements.h"
#include <map>

using llvm::Error;
using llvm::Expected;
using llvm::StringRef;

namespace ilbridge::driver {

using yaml::Mapping;
using yaml::Node;

/// Reads the options that OutputOptions.def lists.
Error ConfigurationReader::options(Mapping &Map, OutputSpec &Spec) {
  const emit::Backend &Backend = *Spec.Backend;
  std::map<emit::OutputOptionID, Node> Places;
  for (const emit::OutputOption &O : emit::outputOptions()) {
    std::optional<Node> N = Map.take(O.Key);
    if (!N)
      continue;
    if (!Backend.understands(O.ID))
      return N->error(emit::notUnderstood(Backend, O, O.Key));
    std::string Text;
    if (O.Kind == emit::OutputOption::Flag) {
      Expected<bool> IsOn = N->boolean();
      if (!IsOn)
        return IsOn.takeError();
      Text = *IsOn ? "true" : "false";
    } else if (Error E = N->string().moveInto(Text)) {
      return E;
    }
    if (O.Kind == emit::OutputOption::Path)
      Text = absolute(Text);
    if (Error E = Spec.Options.set(O.ID, Text))
      return N->error(llvm::toString(std::move(E)));
    Places.emplace(O.ID, *N);
  }
  emit::OutputOptionID About{};
  if (Error E = completeOptions(Spec, "", *P.Files, About))
    return Places.at(About).error(emit::outputOption(About).Key + " " +
                                  llvm::toString(std::move(E)));
  return Error::success();
}

/// Reads the calling convention of a native function. \p Out is unchanged if
/// none is stated, or if it is that of the platform.
static Error convention(Mapping &Entry, std::optional<CallingConvention> &Out) {
  static constexpr llvm::StringLiteral Words[] = {"winapi", "cdecl", "stdcall",
                                                  "thiscall", "fastcall"};
  unsigned Index = 0;
  if (Error E = Entry.word("convention", Words, Index))
    return E;
  if (Index)
    Out = callingConvention(Words[Index]);
  return Error::success();
}

Error ConfigurationReader::reservation(const Node &N) {
  Expected<Mapping> Entry = Mapping::of(N);
  if (!Entry)
    return Entry.takeError();
  Reservation &R = P.Bridges.Reservations.emplace_back();
  const std::pair<StringRef, Reservation::Kind> Kinds[] = {
      {"call", Reservation::Call}, {"bridge", Reservation::Bridge}};
  for (auto [Key, Kind] : Kinds)
    if (std::optional<Node> Signature = Entry->take(Key)) {
      R.TheKind = Kind;
      R.Where = Signature->where();
      if (Error E = Signature->string().moveInto(R.Text))
        return E;
      if (Kind == Reservation::Call)
        if (Error E = convention(*Entry, R.Convention))
          return E;
      return Entry->finish();
    }
  Expected<Node> Delegate = Entry->require("delegate");
  if (!Delegate)
    return Delegate.takeError();
  R.Where = Delegate->where();
  if (Error E = Delegate->string().moveInto(R.Text))
    return E;
  Expected<Node> Count = Entry->require("count");
  if (!Count)
    return Count.takeError();
  Expected<uint64_t> Number = Count->integer(hybridclr::MaxWrappers);
  if (!Number)
    return Number.takeError();
  if (*Number == 0)
    return Count->error("expected a number of at least 1");
  R.Count = *Number;
  return Entry->finish();
}

Error ConfigurationReader::output(const Node &N) {
  Expected<Mapping> Map = Mapping::of(N);
  if (!Map)
    return Map.takeError();
  OutputSpec &Spec = P.Outputs.emplace_back();
  Expected<Node> Backend = Map->require("backend");
  if (!Backend)
    return Backend.takeError();
  std::string BackendName;
  if (Error E = Backend->string().moveInto(BackendName))
    return E;
  Spec.Backend = emit::findBackend(BackendName);
  if (!Spec.Backend)
    return Backend->error(emit::noSuchBackend(BackendName));
  if (Error E = path(*Map, "file", Spec.File))
    return E;
  // A Unity project has only one location for bridge functions.
  if (Spec.File.empty() &&
      (!Spec.isMadeFromBridges() || P.Bridges.UnityProject.empty())) {
    Expected<Node> File = Map->require("file");
    return File ? File->error("expected the path of a file") : File.takeError();
  }
  if (Error E = runtime(*Map, [&](const runtime::Runtime &R) {
        return chooseRuntime(Spec, R);
      }))
    return E;
  if (Error E = options(*Map, Spec))
    return E;
  return Map->finish();
}

} // namespace ilbridge::driver
