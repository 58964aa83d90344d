//===- Reader.h - YAML read strictly ----------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// People write manifests and configurations by hand, so whatever is wrong in
// one is said with its file, line and column: a key that nobody knows, a key
// given twice, a value of the wrong kind. yaml-cpp parses; its exceptions do
// not leave this library.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_YAML_READER_H
#define ILBRIDGE_YAML_READER_H

#include "ilbridge/diagnostic/Diagnostic.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"
#include <memory>
#include <optional>

namespace ilbridge::yaml {

struct Document;
struct Value;

/// A value in a document. Cheap to copy; keeps the document alive.
class Node {
public:
  Location where() const;
  /// An InputError at this place.
  llvm::Error error(const llvm::Twine &Message) const;

  bool isScalar() const;
  bool isSequence() const;
  bool isMapping() const;

  llvm::Expected<std::string> string() const;
  llvm::Expected<uint64_t> integer(uint64_t Max) const;
  llvm::Expected<bool> boolean() const;
  llvm::Expected<std::vector<Node>> sequence() const;
  /// A sequence of strings, or one string alone.
  llvm::Expected<std::vector<std::string>> strings() const;
  /// One of \p Words; the Error lists them. \returns the word's index.
  llvm::Expected<unsigned>
  oneOf(llvm::ArrayRef<llvm::StringLiteral> Words) const;

private:
  friend class Mapping;
  friend llvm::Expected<Node> parse(llvm::MemoryBufferRef);
  Node(std::shared_ptr<const Document> D, const Value *V)
      : D(std::move(D)), V(V) {}
  std::shared_ptr<const Document> D;
  const Value *V; ///< in D
};

/// Parses a document of one value. The Error has the place of a syntax error.
llvm::Expected<Node> parse(llvm::MemoryBufferRef Text);

/// A mapping whose keys are taken out one by one; what is left at the end is
/// unknown, and said to be.
class Mapping {
public:
  struct Entry {
    std::string Key;
    Node KeyNode;
    Node Value;
  };

  /// Fails where \p N is no mapping, or has a key twice.
  static llvm::Expected<Mapping> of(const Node &N);

  /// Removes and gives the value of \p Key, if it is there.
  std::optional<Node> take(llvm::StringRef Key);
  /// The same for a key that must be there.
  llvm::Expected<Node> require(llvm::StringRef Key);
  /// Fails for a key that nobody took, and suggests one that was asked for.
  llvm::Error finish();

  // If Key is present, its value goes into Out; else Out stays as it is.
  llvm::Error string(llvm::StringRef Key, std::string &Out);
  llvm::Error strings(llvm::StringRef Key, std::vector<std::string> &Out);
  llvm::Error boolean(llvm::StringRef Key, bool &Out);
  template <typename T> llvm::Error integer(llvm::StringRef Key, T &Out) {
    std::optional<Node> N = take(Key);
    if (!N)
      return llvm::Error::success();
    llvm::Expected<uint64_t> Value = N->integer(std::numeric_limits<T>::max());
    if (!Value)
      return Value.takeError();
    Out = static_cast<T>(*Value);
    return llvm::Error::success();
  }
  template <typename Enum>
  llvm::Error word(llvm::StringRef Key,
                   llvm::ArrayRef<llvm::StringLiteral> Words, Enum &Out) {
    std::optional<Node> N = take(Key);
    if (!N)
      return llvm::Error::success();
    llvm::Expected<unsigned> Index = N->oneOf(Words);
    if (!Index)
      return Index.takeError();
    Out = static_cast<Enum>(*Index);
    return llvm::Error::success();
  }

  /// The entries in the order of the file, whatever was taken.
  llvm::ArrayRef<Entry> entries() const { return Entries; }
  const Node &node() const { return N; }

private:
  explicit Mapping(Node N) : N(std::move(N)) {}
  Node N;
  std::vector<Entry> Entries;
  llvm::StringMap<size_t> Index;
  std::vector<std::string> Asked;
  std::vector<bool> Taken;
};

} // namespace ilbridge::yaml

#endif // ILBRIDGE_YAML_READER_H
