//===- FlatJSON.cpp - JSON values that refer to their text ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Implements RFC 8259. Rare cases use LLVM: escapes are decoded by llvm::json,
// and a caller that needs the reason of a failure passes the text to
// llvm::json::parse.
//
//===----------------------------------------------------------------------===//

#include "FlatJSON.h"
#include "llvm/ADT/StringExtras.h"
#include <cstdlib>

namespace ilbridge::native::flat {

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

const Value &Array::operator[](size_t I) const { return Elements[I]; }

const Value *Object::get(llvm::StringRef Name) const {
  for (const Member &M : llvm::reverse(Members))
    if (M.Name == Name)
      return &M.TheValue;
  return nullptr;
}

std::optional<llvm::StringRef> Object::getString(llvm::StringRef Name) const {
  const Value *V = get(Name);
  return V ? V->getAsString() : std::nullopt;
}

std::optional<bool> Object::getBoolean(llvm::StringRef Name) const {
  const Value *V = get(Name);
  return V ? V->getAsBoolean() : std::nullopt;
}

const Array *Object::getArray(llvm::StringRef Name) const {
  const Value *V = get(Name);
  return V ? V->getAsArray() : nullptr;
}

const Object *Object::getObject(llvm::StringRef Name) const {
  const Value *V = get(Name);
  return V ? V->getAsObject() : nullptr;
}

std::optional<llvm::StringRef> Value::getAsString() const {
  if (K != Kind::String)
    return std::nullopt;
  return llvm::StringRef(Text, Length);
}

std::optional<uint64_t> Value::getAsUINT64() const {
  if (K == Kind::Big)
    return BigNumber;
  if (K == Kind::Signed && Number >= 0)
    return static_cast<uint64_t>(Number);
  return std::nullopt;
}

std::optional<int64_t> Value::getAsInteger() const {
  if (K != Kind::Signed)
    return std::nullopt;
  return Number;
}

std::optional<bool> Value::getAsBoolean() const {
  if (K != Kind::True && K != Kind::False)
    return std::nullopt;
  return K == Kind::True;
}

const Object *Value::getAsObject() const {
  return K == Kind::Object ? Members : nullptr;
}

const Array *Value::getAsArray() const {
  return K == Kind::Array ? Elements : nullptr;
}

bool fromJSON(const Value &V, std::string &Out, Path P) {
  if (std::optional<llvm::StringRef> Text = V.getAsString()) {
    Out.assign(Text->data(), Text->size());
    return true;
  }
  P.report("expected string");
  return false;
}

bool fromJSON(const Value &V, bool &Out, Path P) {
  if (std::optional<bool> Is = V.getAsBoolean()) {
    Out = *Is;
    return true;
  }
  P.report("expected boolean");
  return false;
}

bool fromJSON(const Value &V, int64_t &Out, Path P) {
  if (std::optional<int64_t> Number = V.getAsInteger()) {
    Out = *Number;
    return true;
  }
  P.report("expected integer");
  return false;
}

bool fromJSON(const Value &V, uint64_t &Out, Path P) {
  if (std::optional<uint64_t> Number = V.getAsUINT64()) {
    Out = *Number;
    return true;
  }
  P.report("expected uint64_t");
  return false;
}

bool fromJSON(const Value &V, std::vector<std::string> &Out, Path P) {
  const Array *A = V.getAsArray();
  if (!A) {
    P.report("expected array");
    return false;
  }
  Out.resize(A->size());
  for (size_t I = 0; I != A->size(); ++I)
    if (!fromJSON((*A)[I], Out[I], P.index(I)))
      return false;
  return true;
}

bool fromJSON(const Value &V, std::map<std::string, std::string> &Out, Path P) {
  const Object *O = V.getAsObject();
  if (!O) {
    P.report("expected object");
    return false;
  }
  for (const Member &M : O->members())
    if (!fromJSON(M.TheValue, Out[M.Name.str()], P.field(M.Name)))
      return false;
  return true;
}

//===----------------------------------------------------------------------===//
// Parser
//===----------------------------------------------------------------------===//

void Parser::skipSpace() {
  while (At != End && (*At == ' ' || *At == '\t' || *At == '\n' || *At == '\r'))
    ++At;
}

bool Parser::take(char C) {
  skipSpace();
  if (At == End || *At != C)
    return false;
  ++At;
  return true;
}

bool Parser::word(llvm::StringRef Word, Value &Out, Value::Kind K) {
  if (!llvm::StringRef(At, End - At).starts_with(Word))
    return false;
  At += Word.size();
  Out.K = K;
  return true;
}

/// Whether all of \p Text is one number, as strtod() reads it. (LLVM's
/// getAsDouble() ignores what follows an exponent that is too large.)
static bool isReal(const std::string &Text) {
  char *End;
  (void)std::strtod(Text.c_str(), &End);
  return !Text.empty() && End == Text.c_str() + Text.size();
}

bool Parser::number(Value &Out) {
  const char *Begin = At;
  while (At != End && (llvm::isDigit(*At) || *At == '-' || *At == '+' ||
                       *At == '.' || *At == 'e' || *At == 'E'))
    ++At;
  llvm::StringRef Text(Begin, At - Begin);
  if (!Text.getAsInteger(10, Out.Number))
    Out.K = Value::Kind::Signed;
  else if (!Text.getAsInteger(10, Out.BigNumber))
    Out.K = Value::Kind::Big;
  else if (isReal(Text.str()))
    Out.K = Value::Kind::Real;
  else
    return false;
  return true;
}

/// Decodes a string with backslashes.
bool Parser::escaped(llvm::StringRef Quoted, llvm::StringRef &Out) {
  llvm::Expected<llvm::json::Value> V = llvm::json::parse(Quoted);
  if (!V) {
    llvm::consumeError(V.takeError()); // notJSON() reports it
    return false;
  }
  Out = V->getAsString()->copy(Memory);
  return true;
}

/// Reads a string, beginning at the quote.
bool Parser::string(llvm::StringRef &Out) {
  const char *Begin = At++;
  bool HasEscapes = false;
  for (; At != End && *At != '"'; ++At) {
    if (static_cast<unsigned char>(*At) < 0x20)
      return false;
    if (*At == '\\') {
      HasEscapes = true;
      if (++At == End)
        return false;
    }
  }
  if (At == End)
    return false;
  ++At;
  if (HasEscapes)
    return escaped(llvm::StringRef(Begin, At - Begin), Out);
  Out = llvm::StringRef(Begin + 1, At - Begin - 2);
  return true;
}

/// Moves the elements at the end of \p Open into memory with a stable address.
template <typename T>
static llvm::ArrayRef<T> close(std::vector<T> &Open, size_t Begin,
                               llvm::BumpPtrAllocator &Memory) {
  llvm::ArrayRef<T> Result =
      llvm::ArrayRef(Open).drop_front(Begin).copy(Memory);
  Open.resize(Begin);
  return Result;
}

bool Parser::array(Value &Out, unsigned Depth) {
  ++At;
  size_t Begin = Elements.size();
  if (!take(']')) {
    do {
      Value V;
      if (!value(V, Depth))
        return false;
      Elements.push_back(V);
    } while (take(','));
    if (!take(']'))
      return false;
  }
  Out.K = Value::Kind::Array;
  Out.Elements =
      new (Memory.Allocate<Array>()) Array(close(Elements, Begin, Memory));
  return true;
}

bool Parser::object(Value &Out, unsigned Depth) {
  ++At;
  size_t Begin = Members.size();
  if (!take('}')) {
    do {
      Member M;
      skipSpace();
      if (At == End || *At != '"' || !string(M.Name) || !take(':') ||
          !value(M.TheValue, Depth))
        return false;
      Members.push_back(M);
    } while (take(','));
    if (!take('}'))
      return false;
  }
  Out.K = Value::Kind::Object;
  Out.Members =
      new (Memory.Allocate<Object>()) Object(close(Members, Begin, Memory));
  return true;
}

bool Parser::value(Value &Out, unsigned Depth) {
  skipSpace();
  if (At == End)
    return false;
  switch (*At) {
  case '{':
    return Depth != MaxDepth && object(Out, Depth + 1);
  case '[':
    return Depth != MaxDepth && array(Out, Depth + 1);
  case '"': {
    llvm::StringRef Text;
    if (!string(Text))
      return false;
    Out.K = Value::Kind::String;
    Out.Text = Text.data();
    Out.Length = Text.size();
    return true;
  }
  case 't':
    return word("true", Out, Value::Kind::True);
  case 'f':
    return word("false", Out, Value::Kind::False);
  case 'n':
    return word("null", Out, Value::Kind::Null);
  default:
    return number(Out);
  }
}

std::optional<Value> Parser::parse(llvm::StringRef Text) {
  At = Text.begin();
  End = Text.end();
  Elements.clear(); // elements of an invalid document
  Members.clear();
  Value V;
  if (!llvm::json::isUTF8(Text) || !value(V, 0))
    return std::nullopt;
  skipSpace();
  if (At != End)
    return std::nullopt;
  return V;
}

void Parser::clear() { Memory.Reset(); }

} // namespace ilbridge::native::flat
