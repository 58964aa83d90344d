//===- Results.cpp - Cached results of tasks ------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/cache/Results.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

using llvm::StringRef;

namespace ilbridge::cache {

/// The maximum number of lists that are stored for one task. A user who
/// switches between branches needs one list for each of them.
static constexpr size_t MaxLists = 8;

/// The maximum nesting depth of lists. A store can be written by anybody, so
/// its lists could refer to each other in a cycle.
static constexpr unsigned MaxDepth = 4;

// The text of a list has lines of "<letter> <subject>".
static constexpr StringRef QuestionLetters = "koucrxv";
static constexpr char PartLetter = '@';

/// \p Path in entries: relative to \p Root if it is below it.
static std::string relative(StringRef Path, StringRef Root) {
  StringRef Rest = Path;
  if (Rest.consume_front(Root) &&
      (Rest.empty() || llvm::sys::path::is_separator(Rest.front())))
    return ("." + Rest).str();
  return Path.str();
}

static std::string absolute(StringRef Path, StringRef Root) {
  if (Path.consume_front("."))
    return (Root + Path).str();
  return Path.str();
}

/// Makes a list from parts and queries, which are added in the order of its
/// text.
class Results::ListMaker {
public:
  explicit ListMaker(StringRef Root) : Root(Root) {}

  void add(const List *Part) {
    Result->Text += (llvm::Twine(PartLetter) + " " + Part->ID + "\n").str();
    QueryResults.add(Part->QueryResults);
    Result->Parts.push_back(Part);
  }

  void add(StringRef Key, const Inputs::Item &Each) {
    StringRef Subject = Inputs::subject(Each.Asked, Key);
    Result->Text += QuestionLetters[static_cast<unsigned>(Each.Asked)];
    Result->Text += " ";
    Result->Text +=
        Each.Asked == Query::Variable ? Subject.str() : relative(Subject, Root);
    Result->Text += "\n";
    QueryResults.add(llvm::utostr(static_cast<unsigned>(Each.Got.Kind)));
    if (Each.Asked >= Query::Output)
      QueryResults.add(Each.Got.Text);
    bool IsOpened = Each.Asked == Query::Opened || Each.Asked == Query::Content;
    if (IsOpened && Each.Got.Kind == FileKind::File)
      Result->Opened.emplace_back(Key.str(), Each.Got.ID);
  }

  std::unique_ptr<List> finish() {
    Result->ID = Hasher().add("questions").add(Result->Text).finish();
    Result->QueryResults = QueryResults.finish();
    return std::move(Result);
  }

private:
  StringRef Root;
  Hasher QueryResults;
  std::unique_ptr<List> Result = std::make_unique<List>();
};

std::unique_ptr<Results::List>
Results::makeList(const Inputs::Items &Own,
                  std::vector<const List *> Parts) const {
  ListMaker Maker(Root);
  llvm::sort(Parts, [](const List *A, const List *B) { return A->ID < B->ID; });
  for (const List *Part : Parts)
    Maker.add(Part);
  std::vector<StringRef> Keys;
  for (StringRef Key : Own.keys())
    Keys.push_back(Key);
  llvm::sort(Keys);
  for (StringRef Key : Keys)
    Maker.add(Key, Own.find(Key)->second);
  return Maker.finish();
}

/// Returns the list with the ID \p ID, with current query results. Returns null
/// if there is none.
const Results::List *Results::stored(const Digest &ID, unsigned Depth) {
  {
    std::lock_guard<std::mutex> Guard(Lock);
    if (auto Found = Stored.find(ID); Found != Stored.end())
      return Found->second.get();
  }
  auto Load = [&]() -> std::unique_ptr<List> {
    std::optional<std::string> Text = TheStore.get(ID);
    if (!Text || Depth == MaxDepth)
      return nullptr;
    Inputs::Items Own;
    ListMaker Maker(Root);
    std::vector<std::shared_ptr<const Inputs>> Parts;
    for (StringRef Line : llvm::split(*Text, '\n')) {
      if (Line.empty())
        continue;
      auto [Letter, Rest] = Line.split(' ');
      if (Letter == StringRef(&PartLetter, 1)) {
        const List *Part = stored(Rest.str(), Depth + 1);
        if (!Part)
          return nullptr;
        Maker.add(Part);
        Parts.push_back(Part->Asked);
        continue;
      }
      size_t Which = QuestionLetters.find(Letter);
      if (Letter.size() != 1 || Which == StringRef::npos)
        return nullptr;
      auto Q = static_cast<Query>(Which);
      std::string Subject =
          Q == Query::Variable ? Rest.str() : absolute(Rest, Root);
      auto [It, IsNew] = Own.try_emplace(
          Inputs::key(Q, Subject), Inputs::Item{Q, Files.query(Q, Subject)});
      Maker.add(It->first(), It->second);
    }
    std::unique_ptr<List> L = Maker.finish();
    auto Asked = std::make_shared<Inputs>(std::move(Own));
    for (auto &Part : Parts)
      Asked->add(std::move(Part));
    L->Asked = std::move(Asked);
    return L;
  };
  std::unique_ptr<List> L = Load();
  std::lock_guard<std::mutex> Guard(Lock);
  return Stored.try_emplace(ID, std::move(L)).first->second.get();
}

/// Returns the list for inputs that are a part of others.
const Results::List *
Results::listOf(const std::shared_ptr<const Inputs> &Part) {
  {
    std::lock_guard<std::mutex> Guard(Lock);
    if (auto Found = OfParts.find(Part.get()); Found != OfParts.end())
      return Found->second.get();
  }
  std::vector<const List *> Parts;
  for (const auto &Each : Part->parts())
    Parts.push_back(listOf(Each));
  std::unique_ptr<List> L = makeList(Part->own(), std::move(Parts));
  L->Asked = Part; // keeps its address
  TheStore.put(L->ID, L->Text);
  std::lock_guard<std::mutex> Guard(Lock);
  return OfParts.try_emplace(Part.get(), std::move(L)).first->second.get();
}

/// \returns the key of the result of \p Work for the query results in \p L. The
/// key depends on which of the opened paths are one and the same file, because
/// #pragma once does.
Digest Results::resultKey(const Digest &Work, StringRef Own, const List &L,
                          const QueryResult &OwnResult) const {
  llvm::DenseMap<llvm::sys::fs::UniqueID, StringRef> First;
  std::string Same;
  auto Note = [&](StringRef Path, const llvm::sys::fs::UniqueID &ID) {
    auto [It, IsNew] = First.try_emplace(ID, Path);
    if (!IsNew && It->second != Path)
      Same += relative(Path, Root) + "\n" + relative(It->second, Root) + "\n";
  };
  if (OwnResult.Kind == FileKind::File)
    Note(Own, OwnResult.ID);
  std::vector<const List *> Left = {&L};
  while (!Left.empty()) {
    const List *Each = Left.back();
    Left.pop_back();
    for (const auto &[Path, ID] : Each->Opened)
      Note(Path, ID);
    Left.insert(Left.end(), Each->Parts.begin(), Each->Parts.end());
  }
  return Hasher()
      .add("result")
      .add(Work)
      .add(L.QueryResults)
      .add(OwnResult.Text)
      .add(Same)
      .finish();
}

std::optional<std::string> Results::find(const Digest &Work, StringRef OwnPath,
                                         Inputs &Asked) {
  std::string Own = Inputs::key(Query::Content, OwnPath);
  std::optional<std::string> IDs = TheStore.get(Work);
  if (!IDs)
    return std::nullopt;
  QueryResult OwnResult;
  if (!Own.empty())
    OwnResult = Files.query(Query::Content, Own);
  for (StringRef ID : llvm::split(*IDs, '\n')) {
    const List *L = ID.empty() ? nullptr : stored(ID.str(), 0);
    if (!L)
      continue;
    std::optional<std::string> Result =
        TheStore.get(resultKey(Work, Own, *L, OwnResult));
    if (!Result)
      continue;
    Asked.add(L->Asked);
    if (!Own.empty())
      Asked.add(Query::Content, Own, OwnResult);
    return Result;
  }
  return std::nullopt;
}

void Results::keep(const Digest &Work, StringRef OwnPath, const Inputs &Asked,
                   StringRef Result) {
  std::string Own = Inputs::key(Query::Content, OwnPath);
  std::optional<Inputs::Items> All = Asked.all();
  if (!All || llvm::any_of(All->keys(),
                           [](StringRef Key) { return Key.contains('\n'); }))
    return;
  Files.learn(*All);
  Inputs::Items Rest = Asked.own();
  std::vector<const List *> Parts;
  // If the task has written a file, earlier query results about that file are
  // ignored.
  if (llvm::any_of(Rest, [](const auto &E) { return E.second.IsWritten; }))
    Rest = std::move(*All);
  else
    for (const auto &Each : Asked.parts())
      Parts.push_back(listOf(Each));
  QueryResult OwnResult;
  if (auto Found = Rest.find(Own); !Own.empty() && Found != Rest.end()) {
    OwnResult = Found->second.Got;
    Rest.erase(Found);
  }
  std::unique_ptr<List> L = makeList(Rest, std::move(Parts));
  // An entry is stored after the entries that it refers to.
  TheStore.put(resultKey(Work, Own, *L, OwnResult), Result);
  TheStore.put(L->ID, L->Text);
  std::vector<std::string> IDs = {L->ID};
  if (std::optional<std::string> Known = TheStore.get(Work))
    for (StringRef Other : llvm::split(*Known, '\n'))
      if (!Other.empty() && Other != L->ID && IDs.size() != MaxLists)
        IDs.push_back(Other.str());
  TheStore.put(Work, llvm::join(IDs, "\n"));
}

} // namespace ilbridge::cache
