//===- Reader.cpp - YAML read strictly ------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/yaml/Reader.h"
#include "ilbridge/diagnostic/InputError.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include <sstream>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

namespace ilbridge::yaml {

struct Node::Impl {
  YAML::Node Yaml;
  std::string File;
};

static Location place(const std::string &File, const YAML::Mark &Mark) {
  if (Mark.is_null())
    return {File, {}, {}};
  return {File,
          {static_cast<unsigned>(Mark.line + 1),
           static_cast<unsigned>(Mark.column + 1)},
          {}};
}

namespace {

/// Notes where a document starts, and nothing else of it.
class StartFinder : public YAML::EventHandler {
public:
  YAML::Mark Start = YAML::Mark::null_mark();

  void OnDocumentStart(const YAML::Mark &Mark) override { Start = Mark; }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark &, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark &, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark &, const std::string &, YAML::anchor_t,
                const std::string &) override {}
  void OnSequenceStart(const YAML::Mark &, const std::string &, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark &, const std::string &, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

} // namespace

llvm::Expected<Node> parse(llvm::MemoryBufferRef Text) {
  std::string File = Text.getBufferIdentifier().str();
  std::string Whole = Text.getBuffer().str();
  size_t Broken;
  if (!llvm::json::isUTF8(Whole, &Broken))
    return inputError({File, {}, {}},
                      "not UTF-8 at byte " + llvm::Twine(Broken));
  try {
    // yaml-cpp's LoadAll goes on for ever where something stands behind a
    // document that cannot begin another, and Load does not look there.
    std::istringstream Stream(Whole);
    YAML::Parser Parser(Stream);
    StartFinder Found;
    if (!Parser.HandleNextDocument(Found))
      return inputError({File, {}, {}}, "the file is empty");
    if (Parser.HandleNextDocument(Found))
      return inputError(place(File, Found.Start),
                        "nothing is expected behind the document");
    return Node(
        std::make_shared<Node::Impl>(Node::Impl{YAML::Load(Whole), File}));
  } catch (const YAML::DeepRecursion &E) {
    return inputError(place(File, E.mark), "nested too deeply");
  } catch (const YAML::Exception &E) {
    return inputError(place(File, E.mark), "not YAML: " + E.msg);
  }
}

Location Node::where() const { return place(I->File, I->Yaml.Mark()); }

llvm::Error Node::error(const llvm::Twine &Message) const {
  return inputError(where(), Message);
}

bool Node::isScalar() const { return I->Yaml.IsScalar(); }
bool Node::isSequence() const { return I->Yaml.IsSequence(); }
bool Node::isMapping() const { return I->Yaml.IsMap(); }

llvm::Expected<std::string> Node::string() const {
  if (!isScalar())
    return error("expected a text");
  // An escape can name what is no character.
  if (!llvm::json::isUTF8(I->Yaml.Scalar()))
    return error("expected a text of Unicode characters");
  return I->Yaml.Scalar();
}

llvm::Expected<uint64_t> Node::integer(uint64_t Max) const {
  uint64_t Value;
  if (!isScalar() || llvm::StringRef(I->Yaml.Scalar()).getAsInteger(0, Value))
    return error("expected a whole number");
  if (Value > Max)
    return error("expected a number of at most " + llvm::Twine(Max));
  return Value;
}

llvm::Expected<bool> Node::boolean() const {
  if (isScalar() && I->Yaml.Scalar() == "true")
    return true;
  if (isScalar() && I->Yaml.Scalar() == "false")
    return false;
  return error("expected true or false");
}

llvm::Expected<std::vector<Node>> Node::sequence() const {
  std::vector<Node> Result;
  if (I->Yaml.IsNull()) // "key:" with nothing behind it
    return Result;
  if (!isSequence())
    return error("expected a list");
  for (const YAML::Node &Each : I->Yaml)
    Result.push_back(Node(std::make_shared<Impl>(Impl{Each, I->File})));
  return Result;
}

llvm::Expected<std::vector<std::string>> Node::strings() const {
  std::vector<std::string> Result;
  if (isScalar()) {
    llvm::Expected<std::string> Text = string();
    if (!Text)
      return Text.takeError();
    Result.push_back(std::move(*Text));
    return Result;
  }
  llvm::Expected<std::vector<Node>> Nodes = sequence();
  if (!Nodes)
    return Nodes.takeError();
  for (const Node &Each : *Nodes) {
    llvm::Expected<std::string> Text = Each.string();
    if (!Text)
      return Text.takeError();
    Result.push_back(std::move(*Text));
  }
  return Result;
}

llvm::Expected<unsigned>
Node::oneOf(llvm::ArrayRef<llvm::StringLiteral> Words) const {
  if (isScalar())
    for (unsigned Index = 0; Index != Words.size(); ++Index)
      if (Words[Index] == I->Yaml.Scalar())
        return Index;
  return error("expected one of " + llvm::join(Words, ", "));
}

//===----------------------------------------------------------------------===//
// Mappings
//===----------------------------------------------------------------------===//

llvm::Expected<Mapping> Mapping::of(const Node &N) {
  Mapping Result(N);
  if (N.I->Yaml.IsNull())
    return Result;
  if (!N.isMapping())
    return N.error("expected a mapping (key: value)");
  for (const auto &Pair : N.I->Yaml) {
    Node Key(std::make_shared<Node::Impl>(Node::Impl{Pair.first, N.I->File}));
    Node Value(
        std::make_shared<Node::Impl>(Node::Impl{Pair.second, N.I->File}));
    llvm::Expected<std::string> Text = Key.string();
    if (!Text)
      return Text.takeError();
    auto [Known, IsNew] =
        Result.Index.try_emplace(*Text, Result.Entries.size());
    if (!IsNew) {
      const Node &First = Result.Entries[Known->second].KeyNode;
      return Key.error("key '" + *Text +
                       "' stands here twice; the first is at line " +
                       llvm::Twine(First.where().Start.Line));
    }
    Result.Entries.push_back({*Text, std::move(Key), std::move(Value)});
  }
  Result.Taken.resize(Result.Entries.size());
  return Result;
}

std::optional<Node> Mapping::take(llvm::StringRef Key) {
  Asked.push_back(Key.str());
  auto Found = Index.find(Key);
  if (Found == Index.end())
    return std::nullopt;
  Taken[Found->second] = true;
  return Entries[Found->second].Value;
}

llvm::Expected<Node> Mapping::require(llvm::StringRef Key) {
  if (std::optional<Node> Value = take(Key))
    return *Value;
  // A slip of the hand is better named itself.
  for (const Entry &Each : Entries)
    if (llvm::StringRef(Each.Key).edit_distance(Key) <= Key.size() / 4)
      return Each.KeyNode.error("unknown key '" + Each.Key +
                                "'; did you mean '" + Key + "'?");
  return N.error("key '" + Key + "' is missing");
}

llvm::Error Mapping::finish() {
  for (size_t I = 0; I != Entries.size(); ++I) {
    if (Taken[I])
      continue;
    llvm::StringRef Key = Entries[I].Key;
    const std::string *Nearest = nullptr;
    unsigned Best = Key.size() / 2 + 1;
    for (const std::string &Known : Asked)
      if (unsigned Distance = Key.edit_distance(Known); Distance < Best) {
        Best = Distance;
        Nearest = &Known;
      }
    std::string Hint = Nearest ? "; did you mean '" + *Nearest + "'?"
                               : "; known keys are " + llvm::join(Asked, ", ");
    return Entries[I].KeyNode.error("unknown key '" + Key + "'" + Hint);
  }
  return llvm::Error::success();
}

llvm::Error Mapping::string(llvm::StringRef Key, std::string &Out) {
  std::optional<Node> Value = take(Key);
  if (!Value)
    return llvm::Error::success();
  return Value->string().moveInto(Out);
}

llvm::Error Mapping::strings(llvm::StringRef Key,
                             std::vector<std::string> &Out) {
  std::optional<Node> Value = take(Key);
  if (!Value)
    return llvm::Error::success();
  return Value->strings().moveInto(Out);
}

llvm::Error Mapping::boolean(llvm::StringRef Key, bool &Out) {
  std::optional<Node> Value = take(Key);
  if (!Value)
    return llvm::Error::success();
  return Value->boolean().moveInto(Out);
}

} // namespace ilbridge::yaml
