//===- Reader.cpp - A strict YAML reader ----------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/yaml/Reader.h"
#include "ilbridge/diagnostic/InputError.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include <deque>
#include <sstream>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

namespace ilbridge::yaml {

/// A value of a document. An alias is the value to which it refers.
struct Value {
  enum Kind : uint8_t { Null, Scalar, Sequence, Mapping } TheKind;
  Position Where;
  std::string Text; ///< of a scalar
  /// The values of a sequence, or alternating keys and values of a mapping.
  std::vector<const Value *> Inner;
  /// The number of values that it contains, including itself.
  uint64_t Size = 1;
};

struct Document {
  std::string File;
  std::deque<Value> Values; ///< they point to each other
};

static Position position(const YAML::Mark &Mark) {
  if (Mark.is_null())
    return {};
  return {static_cast<unsigned>(Mark.line + 1),
          static_cast<unsigned>(Mark.column + 1)};
}

namespace {

/// Builds a document from the events of the parser.
class Builder : public YAML::EventHandler {
public:
  explicit Builder(Document &D) : D(D) {}

  const Value *Root = nullptr;
  Position Start; ///< start of the document
  /// A problem that is valid YAML, with its location; empty if there is none.
  std::string Problem;
  Position ProblemAt;

  void OnDocumentStart(const YAML::Mark &Mark) override {
    Start = position(Mark);
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark &Mark, YAML::anchor_t Anchor) override {
    add(make(Value::Null, Mark, Anchor));
  }
  void OnAlias(const YAML::Mark &Mark, YAML::anchor_t Anchor) override {
    const Value *V = Anchors.lookup(Anchor);
    if (llvm::is_contained(Open, V))
      return refuse(Mark, "a value contains itself");
    // A few lines of aliases can expand to any number of values.
    FromAliases += V->Size;
    if (FromAliases > MaxFromAliases)
      return refuse(Mark, "aliases expand to more than 1,000,000 values");
    add(*V);
  }
  void OnScalar(const YAML::Mark &Mark, const std::string &,
                YAML::anchor_t Anchor, const std::string &Text) override {
    Value &V = make(Value::Scalar, Mark, Anchor);
    V.Text = Text;
    add(V);
  }
  void OnSequenceStart(const YAML::Mark &Mark, const std::string &,
                       YAML::anchor_t Anchor,
                       YAML::EmitterStyle::value) override {
    Open.push_back(&make(Value::Sequence, Mark, Anchor));
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark &Mark, const std::string &,
                  YAML::anchor_t Anchor, YAML::EmitterStyle::value) override {
    Open.push_back(&make(Value::Mapping, Mark, Anchor));
  }
  void OnMapEnd() override { close(); }

private:
  static constexpr uint64_t MaxFromAliases = 1'000'000;

  Value &make(Value::Kind Kind, const YAML::Mark &Mark, YAML::anchor_t Anchor) {
    Value &V = D.Values.emplace_back();
    V.TheKind = Kind;
    V.Where = position(Mark);
    if (Anchor)
      Anchors[Anchor] = &V;
    return V;
  }
  void add(const Value &V) {
    if (Open.empty()) {
      Root = &V;
      return;
    }
    Open.back()->Inner.push_back(&V);
    Open.back()->Size += V.Size;
  }
  void close() { add(*Open.pop_back_val()); }
  void refuse(const YAML::Mark &Mark, llvm::StringRef Why) {
    if (Problem.empty()) {
      Problem = Why.str();
      ProblemAt = position(Mark);
    }
    add(make(Value::Null, Mark, 0));
  }

  Document &D;
  llvm::SmallVector<Value *, 16> Open; ///< the last one is the innermost
  llvm::DenseMap<YAML::anchor_t, const Value *> Anchors;
  uint64_t FromAliases = 0;
};

} // namespace

llvm::Expected<Node> parse(llvm::MemoryBufferRef Text) {
  auto D = std::make_shared<Document>();
  D->File = Text.getBufferIdentifier().str();
  auto Error = [&](Position Where, const llvm::Twine &Message) {
    return inputError({D->File, Where, {}}, Message);
  };
  std::string Whole = Text.getBuffer().str();
  size_t Broken;
  if (!llvm::json::isUTF8(Whole, &Broken))
    return Error({}, "not UTF-8 at byte " + llvm::Twine(Broken));
  try {
    std::istringstream Stream(Whole);
    YAML::Parser Parser(Stream);
    Builder Found(*D);
    if (!Parser.HandleNextDocument(Found))
      return Error({}, "the file is empty");
    // YAML::LoadAll is not used, because it does not terminate if text follows
    // a document that cannot begin another one.
    Document More;
    Builder Behind(More);
    if (Parser.HandleNextDocument(Behind))
      return Error(Behind.Start,
                   "unexpected text after the end of the document");
    if (!Found.Problem.empty())
      return Error(Found.ProblemAt, Found.Problem);
    return Node(std::move(D), Found.Root);
  } catch (const YAML::DeepRecursion &E) {
    return Error(position(E.mark), "nested too deeply");
  } catch (const YAML::Exception &E) {
    return Error(position(E.mark), "not YAML: " + E.msg);
  }
}

Location Node::where() const { return {D->File, V->Where, {}}; }

llvm::Error Node::error(const llvm::Twine &Message) const {
  return inputError(where(), Message);
}

bool Node::isScalar() const { return V->TheKind == Value::Scalar; }
bool Node::isSequence() const { return V->TheKind == Value::Sequence; }
bool Node::isMapping() const { return V->TheKind == Value::Mapping; }

llvm::Expected<std::string> Node::string() const {
  if (!isScalar())
    return error("expected a text");
  // An escape sequence can be an invalid character.
  if (!llvm::json::isUTF8(V->Text))
    return error("expected Unicode text");
  return V->Text;
}

llvm::Expected<uint64_t> Node::integer(uint64_t Max) const {
  uint64_t Value;
  if (!isScalar() || llvm::StringRef(V->Text).getAsInteger(0, Value))
    return error("expected a whole number");
  if (Value > Max)
    return error("expected a number of at most " + llvm::Twine(Max));
  return Value;
}

llvm::Expected<bool> Node::boolean() const {
  if (isScalar() && V->Text == "true")
    return true;
  if (isScalar() && V->Text == "false")
    return false;
  return error("expected true or false");
}

llvm::Expected<std::vector<Node>> Node::sequence() const {
  std::vector<Node> Result;
  if (V->TheKind == Value::Null) // "key:" without a value
    return Result;
  if (!isSequence())
    return error("expected a list");
  for (const Value *Each : V->Inner)
    Result.push_back(Node(D, Each));
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
      if (Words[Index] == V->Text)
        return Index;
  return error("expected one of " + llvm::join(Words, ", "));
}

//===----------------------------------------------------------------------===//
// Mappings
//===----------------------------------------------------------------------===//

llvm::Expected<Mapping> Mapping::of(const Node &N) {
  Mapping Result(N);
  if (N.V->TheKind == Value::Null)
    return Result;
  if (!N.isMapping())
    return N.error("expected a mapping (key: value)");
  for (size_t I = 0; I != N.V->Inner.size(); I += 2) {
    Node Key(N.D, N.V->Inner[I]), Value(N.D, N.V->Inner[I + 1]);
    llvm::Expected<std::string> Text = Key.string();
    if (!Text)
      return Text.takeError();
    auto [Known, IsNew] =
        Result.Index.try_emplace(*Text, Result.Entries.size());
    if (!IsNew) {
      const Node &First = Result.Entries[Known->second].KeyNode;
      return Key.error("key '" + *Text +
                       "' is given twice; the first is at line " +
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
  // A misspelled key is better reported itself.
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
