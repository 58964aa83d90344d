//===- Reader.h - A strict YAML reader --------------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Users write manifests and configurations by hand, so every error is reported
// with its file, line and column: an unknown key, a duplicate key, or a value
// of the wrong kind. yaml-cpp is the parser; its exceptions do not leave this
// library.
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
  /// Returns an InputError at this location.
  llvm::Error error(const llvm::Twine &Message) const;

  bool isScalar() const;
  bool isSequence() const;
  bool isMapping() const;

  llvm::Expected<std::string> string() const;
  llvm::Expected<uint64_t> integer(uint64_t Max) const;
  llvm::Expected<bool> boolean() const;
  llvm::Expected<std::vector<Node>> sequence() const;
  /// Returns a sequence of strings, or a single string.
  llvm::Expected<std::vector<std::string>> strings() const;
  /// Reads one of \p Words; the Error lists them. \returns the index of the
  /// word.
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

/// Parses a document with one value. The Error states the location of a syntax
/// error.
llvm::Expected<Node> parse(llvm::MemoryBufferRef Text);

/// A mapping whose keys are taken individually. Keys that are left at the end
/// are unknown and reported.
class Mapping {
public:
  struct Entry {
    std::string Key;
    Node KeyNode;
    Node Value;
  };

  /// Fails if \p N is not a mapping, or has a duplicate key.
  static llvm::Expected<Mapping> of(const Node &N);

  /// Removes and returns the value of \p Key, if it is present.
  std::optional<Node> take(llvm::StringRef Key);
  /// As above, for a required key.
  llvm::Expected<Node> require(llvm::StringRef Key);
  /// Fails for a key that was not taken, and suggests a key that was requested.
  llvm::Error finish();

  // If \p Key is present, stores its value in \p Out. Otherwise \p Out is
  // unchanged.
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

  /// All entries in the order of the file, including those that were taken.
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
