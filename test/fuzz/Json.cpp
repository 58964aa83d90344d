//===- Json.cpp - Untrusted JSON ------------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Any text is valid JSON for FlatJSON if and only if it is valid for LLVM, and
// then both give the same values.
//
//===----------------------------------------------------------------------===//

#include "Targets.h"
#include "native/FlatJSON.h"
#include <cstdlib>

using namespace ilbridge::native;

static bool same(const flat::Value &Mine, const llvm::json::Value &Other);

static bool same(const flat::Array &Mine, const llvm::json::Array &Other) {
  if (Mine.size() != Other.size())
    return false;
  for (size_t I = 0; I != Mine.size(); ++I)
    if (!same(Mine[I], Other[I]))
      return false;
  return true;
}

/// LLVM keeps the first of two members with the same name; facts contain none.
static bool same(const flat::Object &Mine, const llvm::json::Object &Other) {
  std::map<llvm::StringRef, unsigned> Count;
  for (const flat::Member &M : Mine.members())
    ++Count[M.Name];
  if (Count.size() != Other.size())
    return false;
  for (const auto &[Name, Times] : Count)
    if (!Other.get(Name) ||
        (Times == 1 && !same(*Mine.get(Name), *Other.get(Name))))
      return false;
  return true;
}

static bool same(const flat::Value &Mine, const llvm::json::Value &Other) {
  if (const flat::Array *A = Mine.getAsArray())
    return Other.getAsArray() && same(*A, *Other.getAsArray());
  if (const flat::Object *O = Mine.getAsObject())
    return Other.getAsObject() && same(*O, *Other.getAsObject());
  // Only LLVM treats a number with a fraction or an exponent as an integer.
  bool IsReal = Other.kind() == llvm::json::Value::Number &&
                !Mine.getAsInteger() && !Mine.getAsUINT64();
  return !Other.getAsArray() && !Other.getAsObject() &&
         Mine.getAsString() == Other.getAsString() &&
         Mine.getAsBoolean() == Other.getAsBoolean() &&
         (IsReal || (Mine.getAsInteger() == Other.getAsInteger() &&
                     Mine.getAsUINT64() == Other.getAsUINT64()));
}

static unsigned depth(llvm::StringRef Text) {
  unsigned Now = 0, Most = 0;
  for (char C : Text)
    if (C == '[' || C == '{')
      Most = std::max(Most, ++Now);
    else if ((C == ']' || C == '}') && Now)
      --Now;
  return Most;
}

void ilbridge::fuzz::json(llvm::StringRef Input) {
  if (!llvm::json::isUTF8(Input))
    return;
  flat::Parser Parser(/*MaxDepth=*/50);
  std::optional<flat::Value> Mine = Parser.parse(Input);
  // LLVM accepts any nesting depth, and recurses.
  if (!Mine && depth(Input) > 40)
    return;
  llvm::Expected<llvm::json::Value> Other = llvm::json::parse(Input);
  if (bool(Mine) != bool(Other) || (Mine && !same(*Mine, *Other)))
    std::abort();
  if (!Other)
    llvm::consumeError(Other.takeError());
}
