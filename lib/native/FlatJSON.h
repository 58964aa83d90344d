//===- FlatJSON.h - JSON values that refer to their text --------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Facts are read by every step of a build, and most of the time was spent on
// the hash tables, strings and copies of llvm::json::Value. In this
// implementation, an object is a list of its members, a string is a part of the
// text, and nothing is freed individually. The interface is the same; paths and
// messages are those of LLVM.
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

/// Members are searched linearly, because the objects in facts have few
/// members.
class Object {
public:
  Object(llvm::ArrayRef<Member> Members) : Members(Members) {}
  /// The last member with that name; null if there is none.
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
  /// Real is a number that is not a 64-bit integer.
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
    uint64_t BigNumber; ///< Big: a number that does not fit in an int64_t
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

/// Reads documents, which are valid as long as the parser and their texts.
class Parser {
public:
  /// \p MaxDepth: the maximum nesting of arrays and objects.
  explicit Parser(unsigned MaxDepth) : MaxDepth(MaxDepth) {}
  /// \returns the value in \p Text, which must be UTF-8; nullopt if it is not
  /// valid JSON, or nested too deeply.
  std::optional<Value> parse(llvm::StringRef Text);
  /// Deletes all documents.
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
  /// The elements of the arrays and objects that are open.
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
  /// Leaves \p Out unchanged if the object has no such member.
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
