//===- FactsSourceReader.h - Reads the lines of one source ------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Facts may come from a cache, another machine or an object file, and are not
// trusted: for any text, the result is an error or a well-formed model.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_NATIVE_FACTSSOURCEREADER_H
#define ILBRIDGE_LIB_NATIVE_FACTSSOURCEREADER_H

#include "FactsProperties.h"
#include "FactsSource.h"
#include "ilbridge/diagnostic/InputError.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/Twine.h"
#include <unordered_map>

namespace ilbridge::native {

/// Reads the lines of one source.
class FactsSourceReader {
public:
  explicit FactsSourceReader(llvm::StringRef File) : File(File) {}
  llvm::Expected<Facts> read(llvm::ArrayRef<FactsLine> Lines);

private:
  using Path = flat::Path;
  using J = flat::Value;

  bool header(const J &V, Path P);
  bool shell(const FactsLine &L, Path P);
  bool fill(const J &V, Path P);
  bool exported(const J &V, Path P);
  template <typename T> bool declared(const J &V, T &Out, Path P);
  bool type(const J &V, const Type *&Out, Path P);
  bool scalar(llvm::StringRef Word, const Type *&Out, Path P);
  bool varied(const J &V, const flat::Object &O, const Type *&Out, Path P);
  bool variation(const flat::Object &O, llvm::StringLiteral Key, Variation &Out,
                 Path P);
  bool pointer(const flat::Object &O, unsigned Form, const Type *&Out, Path P);
  bool function(const flat::Object &O, const Type *&Out, Path P);
  bool header(const J &V, Header &Out, Path P);
  bool includes(const J &V, Path P);
  bool decl(const J &V, Declaration &Out, Path P);
  template <typename T> bool get(const J &V, T &Out, Path P);
  template <typename T> bool get(const J &V, std::optional<T> &Out, Path P);
  template <typename T> bool get(const J &V, std::vector<T> &Out, Path P);
  bool get(const J &V, Location &Out, Path P);
  bool get(const J &V, WrittenType &Out, Path P);
  bool get(const J &V, const Type *&Out, Path P) { return type(V, Out, P); }
  bool get(const J &V, const RecordType *&Out, Path P);
  bool get(const J &V, ExportKind &Out, Path P);
  bool get(const J &V, Ownership &Out, Path P);
  template <typename T> bool list(const J &V, T &Out, Path P);
  template <typename T> bool properties(const flat::Object &O, T &Out, Path P);
  bool convention(const flat::Object &O, CallingConvention &Out, Path P,
                  llvm::StringLiteral Key = "convention");
  bool headerEntry(const J &V, HeaderEntry &Out, Path P);
  bool classes(const J &V, Path P);
  unsigned levels(const RecordType &R, unsigned Depth);

  template <typename T> bool number(const J &V, T &Out, Path P) {
    uint64_t Wide;
    if (!flat::fromJSON(V, Wide, P))
      return false;
    if (Wide > std::numeric_limits<T>::max()) {
      P.report("number too large");
      return false;
    }
    Out = static_cast<T>(Wide);
    return true;
  }
  template <typename T>
  bool optionalNumber(const flat::Object &O, llvm::StringLiteral Key, T &Out,
                      Path P) {
    const J *V = O.get(Key);
    return !V || number(*V, Out, P.field(Key));
  }
  llvm::Error fail(unsigned LineNumber, const llvm::Twine &What) {
    return inputError({File.str(), {LineNumber, 1}, {}}, What);
  }

  llvm::StringRef File;
  Facts F;
  llvm::DenseMap<const Type *, unsigned> Levels;
  std::vector<std::pair<unsigned, const Type *>> Declared; ///< by their lines
  std::unordered_map<uint64_t, Type *> ById;
};

/// Reads an object of a class that is written as a list.
template <typename T> bool FactsSourceReader::list(const J &V, T &Out, Path P) {
  const flat::Array *A = V.getAsArray();
  if (!A || A->size() != propertyCount<T>()) {
    P.report(Properties<T>::List);
    return false;
  }
  size_t I = 0;
  return Properties<T>::each([&](auto, auto Member, auto...) {
    size_t At = I++;
    return get((*A)[At], Out.*Member, P.index(At));
  });
}

/// Reads one property, or an object with all properties of a described class.
template <typename T> bool FactsSourceReader::get(const J &V, T &Out, Path P) {
  if constexpr (DescribedAsList<T>) {
    return list(V, Out, P);
  } else if constexpr (Described<T>) {
    if (const flat::Object *O = V.getAsObject())
      return properties(*O, Out, P);
    P.report("expected object");
    return false;
  } else if constexpr (std::is_unsigned_v<T> && !std::is_same_v<T, bool>) {
    return number(V, Out, P);
  } else {
    return flat::fromJSON(V, Out, P);
  }
}

template <typename T>
bool FactsSourceReader::get(const J &V, std::optional<T> &Out, Path P) {
  return get(V, Out.emplace(), P);
}

template <typename T>
bool FactsSourceReader::get(const J &V, std::vector<T> &Out, Path P) {
  const flat::Array *A = V.getAsArray();
  if (!A) {
    P.report("expected array");
    return false;
  }
  Out.reserve(A->size());
  for (size_t I = 0; I != A->size(); ++I)
    if (!get((*A)[I], Out.emplace_back(), P.index(I)))
      return false;
  return true;
}

template <typename T>
bool FactsSourceReader::properties(const flat::Object &O, T &Out, Path P) {
  return Properties<T>::each([&](auto Key, auto Member, auto... Default) {
    if constexpr (Key.IsWritten) {
      if (const J *V = O.get(Key.Word))
        return get(*V, Out.*Member, P.field(Key.Word));
      if (Key.ThePresence == Presence::Required) {
        P.field(Key.Word).report("missing value");
        return false;
      }
      ((Out.*Member = Default), ...);
    }
    return true;
  });
}

} // namespace ilbridge::native

#endif // ILBRIDGE_LIB_NATIVE_FACTSSOURCEREADER_H
