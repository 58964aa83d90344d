//===- FlatJSON.h - JSON that stays in its text -----------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Facts are read by every step of a build, and most of what that took went into
// the hash tables, strings and copies of llvm::json::Value. Here an object is a
// list of its members, a string a piece of the text, and nothing is freed one
// by one. What can be asked, and how, is as there; paths and messages are
// LLVM's own.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_FLATJSON_H
#define ILBRIDGE_LIB_NATIVE_FLATJSON_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/JSON.h"
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ilbridge::native::flat {

using Path = llvm::json::Path;

class Value;
struct Member;

class Array {
public:
  Array(llvm::ArrayRef<Value> Elements) : Elements(Elements) {}
  size_t size() const { return Elements.size(); }
  const Value &operator[](size_t I) const;

private:
  llvm::ArrayRef<Value> Elements;
};

/// Members are searched one after the other: facts have few of them.
class Object {
public:
  Object(llvm::ArrayRef<Member> Members) : Members(Members) {}
  /// Null where there is none; of several of that name the last one.
  const Value *get(llvm::StringRef Name) const;
  std::optional<llvm::StringRef> getString(llvm::StringRef Name) const;
  std::optional<bool> getBoolean(llvm::StringRef Name) const;
  const Array *getArray(llvm::StringRef Name) const;
  const Object *getObject(llvm::StringRef Name) const;
  llvm::ArrayRef<Member> members() const { return Members; }

private:
  llvm::ArrayRef<Member> Members;
};

class Value {
public:
  std::optional<llvm::StringRef> getAsString() const;
  std::optional<uint64_t> getAsUINT64() const;
  std::optional<int64_t> getAsInteger() const;
  std::optional<bool> getAsBoolean() const;
  const Object *getAsObject() const;
  const Array *getAsArray() const;

private:
  friend class Parser;
  /// Real: a number that is no integer of 64 bits.
  enum class Kind : uint8_t {
    Null,
    True,
    False,
    Signed,
    Big,
    Real,
    String,
    Array,
    Object
  };
  Kind K = Kind::Null;
  union {
    int64_t Number = 0; ///< of Signed
    uint64_t BigNumber; ///< of Big: one that no int64_t holds
    const flat::Array *Elements;
    const flat::Object *Members;
    const char *Text;
  };
  size_t Length = 0; ///< of Text
};

struct Member {
  llvm::StringRef Name;
  Value TheValue;
};

/// Reads documents, which live as long as it and as their texts.
class Parser {
public:
  /// \p MaxDepth: how deeply arrays and objects may be nested.
  explicit Parser(unsigned MaxDepth) : MaxDepth(MaxDepth) {}
  /// \returns the value that \p Text is, which has to be UTF-8; nothing where
  /// it is not JSON, or nested too deeply.
  std::optional<Value> parse(llvm::StringRef Text);
  /// Forgets all documents.
  void clear();

private:
  bool value(Value &Out, unsigned Depth);
  bool string(llvm::StringRef &Out);
  bool escaped(llvm::StringRef Quoted, llvm::StringRef &Out);
  bool number(Value &Out);
  bool array(Value &Out, unsigned Depth);
  bool object(Value &Out, unsigned Depth);
  bool word(llvm::StringRef Word, Value &Out, Value::Kind K);
  void skipSpace();
  bool take(char C);

  const unsigned MaxDepth;
  const char *At = nullptr, *End = nullptr;
  llvm::BumpPtrAllocator Memory;
  /// The content of the arrays and objects that are open.
  std::vector<Value> Elements;
  std::vector<Member> Members;
};

bool fromJSON(const Value &V, std::string &Out, Path P);
bool fromJSON(const Value &V, bool &Out, Path P);
bool fromJSON(const Value &V, int64_t &Out, Path P);
bool fromJSON(const Value &V, uint64_t &Out, Path P);
bool fromJSON(const Value &V, std::vector<std::string> &Out, Path P);
bool fromJSON(const Value &V, std::map<std::string, std::string> &Out, Path P);

/// Reads the members of an object.
class ObjectMapper {
public:
  ObjectMapper(const Value &V, Path P) : O(V.getAsObject()), P(P) {
    if (!O)
      P.report("expected object");
  }
  operator bool() const { return O; }
  template <typename T> bool map(llvm::StringLiteral Name, T &Out) {
    if (const Value *V = O->get(Name))
      return fromJSON(*V, Out, P.field(Name));
    P.field(Name).report("missing value");
    return false;
  }
  /// Leaves \p Out as it is where the object has no such member.
  template <typename T> bool mapOptional(llvm::StringLiteral Name, T &Out) {
    const Value *V = O->get(Name);
    return !V || fromJSON(*V, Out, P.field(Name));
  }

private:
  const Object *O;
  Path P;
};

} // namespace ilbridge::native::flat

#endif // ILBRIDGE_LIB_NATIVE_FLATJSON_H
