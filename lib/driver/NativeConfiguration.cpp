//===- NativeConfiguration.cpp - The native side in ilbridge.yaml ---------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ConfigurationReader.h"
#include "ilbridge/command/QueryPolicy.h"
#include "ilbridge/native/HeaderEntry.h"
#include "ilbridge/runtime/Runtime.h"
#include "llvm/ADT/StringExtras.h"

using llvm::Error;
using llvm::Expected;
using llvm::StringRef;

namespace ilbridge::driver {

using yaml::Mapping;
using yaml::Node;

/// Whether \p Text is a C++ name, with or without scopes.
static bool isQualifiedName(StringRef Text) {
  llvm::SmallVector<StringRef, 4> Parts;
  Text.split(Parts, "::");
  return llvm::all_of(Parts, [](StringRef Part) {
    return !Part.empty() && !llvm::isDigit(Part.front()) &&
           llvm::all_of(Part,
                        [](char C) { return llvm::isAlnum(C) || C == '_'; });
  });
}

Error ConfigurationReader::queryDrivers(Mapping &Map) {
  std::optional<Node> N = Map.take("query-driver");
  if (!N)
    return Error::success();
  Expected<std::vector<std::string>> Globs = N->strings();
  if (!Globs)
    return Globs.takeError();
  for (const std::string &Glob : *Globs) {
    if (Error E = command::checkGlob(Glob))
      return N->error("'" + Glob +
                      "' is not a pattern: " + llvm::toString(std::move(E)));
    P.QueryDrivers.push_back(absoluteGlob(Glob, Folder));
  }
  return Error::success();
}

Error ConfigurationReader::exportsEntry(const Node &N) {
  Expected<Mapping> Map = Mapping::of(N);
  if (!Map)
    return Map.takeError();
  ExportsEntry &Entry = P.Exports.emplace_back();
  Entry.Folder = Folder;
  Entry.Where = N.where();
  if (Error E = Map->strings("headers", Entry.Headers))
    return E;
  if (Error E = paths(*Map, "sources", Entry.Sources))
    return E;
  if (Entry.Headers.empty() && Entry.Sources.empty())
    return N.error("expected 'headers' or 'sources', which say where the "
                   "functions are declared");
  if (std::optional<Node> Functions = Map->take("functions")) {
    if (Error E = Functions->strings().moveInto(Entry.Functions))
      return E;
    if (auto Patterns = native::FunctionPatterns::create(Entry.Functions);
        !Patterns)
      return Functions->error(llvm::toString(Patterns.takeError()));
  }
  if (Error E = Map->strings("library", Entry.Libraries))
    return E;
  if (Error E = Map->strings("args", Entry.Args))
    return E;
  if (Error E = Map->strings("pkg-config", Entry.Packages))
    return E;
  return Map->finish();
}

Error ConfigurationReader::registration(const Node &N) {
  Expected<Mapping> Map = Mapping::of(N);
  if (!Map)
    return Map.takeError();
  Expected<Node> Function = Map->require("function");
  if (!Function)
    return Function.takeError();
  native::Registrar New;
  if (Error E = Function->string().moveInto(New.Function))
    return E;
  if (!isQualifiedName(New.Function))
    return Function->error("expected the name of a function, such as "
                           "Engine::AddInternalCall");
  static constexpr llvm::StringLiteral Words[] = {"internal_call", "export",
                                                  "function_pointer"};
  unsigned Kind = 0;
  if (Error E = Map->word("kind", Words, Kind))
    return E;
  New.Kind = *native::exportKind(Words[Kind]);
  auto Argument = [&](StringRef Key, std::optional<unsigned> &Out) -> Error {
    std::optional<Node> Position = Map->take(Key);
    if (!Position)
      return Error::success();
    constexpr unsigned MaxArgument = 255;
    return Position->integer(MaxArgument).moveInto(Out);
  };
  std::optional<unsigned> Name, Target;
  if (Error E = Argument("name", Name))
    return E;
  if (Error E = Argument("target", Target))
    return E;
  if (Error E = Argument("type", New.Type))
    return E;
  if (!Name || !Target)
    return N.error("expected 'name' and 'target', the positions of the "
                   "arguments that are the managed name and the function, "
                   "counted from 0");
  New.Name = *Name;
  New.Target = *Target;
  if (New.Name == New.Target || New.Type == Name || New.Type == Target)
    return N.error("two of the positions are the same");
  if (Error E = runtime(*Map, [&](const runtime::Runtime &R) {
        New.Runtime = R.Name.str();
        return Error::success();
      }))
    return E;
  P.Registrars.push_back(std::move(New));
  return Map->finish();
}

Error ConfigurationReader::object(const Node &N) {
  Expected<Mapping> Map = Mapping::of(N);
  if (!Map)
    return Map.takeError();
  managed::ObjectMapping New;
  New.Where = N.where();
  Expected<Node> Managed = Map->require("managed");
  if (!Managed)
    return Managed.takeError();
  if (Error E = Managed->string().moveInto(New.Managed))
    return E;
  Expected<Node> Native = Map->require("native");
  if (!Native)
    return Native.takeError();
  if (Error E = Native->string().moveInto(New.Native))
    return E;
  if (StringRef(New.Native).starts_with("::"))
    New.Native.erase(0, 2);
  if (!isQualifiedName(New.Native))
    return Native->error(
        "expected the name of a C++ class, such as game::Entity");
  if (std::optional<Node> Field = Map->take("field")) {
    New.FieldWhere = Field->where();
    if (Error E = Field->string().moveInto(New.Field))
      return E;
  }
  New.ManagedWhere = Managed->where();
  for (const managed::ObjectMapping &Other : P.Objects)
    if (Other.Managed == New.Managed)
      return Managed->error("the class '" + New.Managed +
                            "' has an entry already");
  P.Objects.push_back(std::move(New));
  return Map->finish();
}

} // namespace ilbridge::driver
