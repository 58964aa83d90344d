//===- FactsSource.cpp - Reads the facts of one source --------------------===//
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

#include "FactsSource.h"
#include "FactsFormat.h"
#include "FactsProperties.h"
#include "ilbridge/abi/Target.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/runtime/Runtime.h"
#include "ilbridge/type/Limits.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/TargetParser/Triple.h"
#include <unordered_map>

namespace json = ilbridge::native::flat;

namespace ilbridge::native {
namespace {

/// Reads the lines of one source.
class Reader {
public:
  Reader(llvm::StringRef File) : File(File) {}
  llvm::Expected<Facts> read(llvm::ArrayRef<FactsLine> Lines);

private:
  using Path = json::Path;
  using J = json::Value;

  bool header(const J &V, Path P);
  bool shell(const FactsLine &L, Path P);
  bool fill(const J &V, Path P);
  bool exported(const J &V, Path P);
  template <typename T> bool declared(const J &V, T &Out, Path P);
  bool type(const J &V, const Type *&Out, Path P);
  bool scalar(llvm::StringRef Word, const Type *&Out, Path P);
  bool varied(const J &V, const json::Object &O, const Type *&Out, Path P);
  bool variation(const json::Object &O, llvm::StringLiteral Key, Variation &Out,
                 Path P);
  bool pointer(const json::Object &O, unsigned Form, const Type *&Out, Path P);
  bool function(const json::Object &O, const Type *&Out, Path P);
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
  template <typename T> bool properties(const json::Object &O, T &Out, Path P);
  bool convention(const json::Object &O, CallingConvention &Out, Path P,
                  llvm::StringLiteral Key = "convention");
  bool library(const J &V, Library &Out, Path P);
  bool classes(const J &V, Path P);
  unsigned levels(const RecordType &R, unsigned Depth);

  template <typename T> bool number(const J &V, T &Out, Path P) {
    uint64_t Wide;
    if (!json::fromJSON(V, Wide, P))
      return false;
    if (Wide > std::numeric_limits<T>::max()) {
      P.report("number too large");
      return false;
    }
    Out = static_cast<T>(Wide);
    return true;
  }
  template <typename T>
  bool optionalNumber(const json::Object &O, llvm::StringLiteral Key, T &Out,
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

} // namespace

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

bool Reader::scalar(llvm::StringRef Word, const Type *&Out, Path P) {
  for (const ScalarWord &Each : ScalarWords)
    if (Each.Word == Word) {
      Out = F.Types.make<ScalarType>(Each.Class, Each.W, Each.S);
      return true;
    }
  P.report("unknown type");
  return false;
}

/// Leaves \p Out empty if there is no \p Key.
bool Reader::variation(const json::Object &O, llvm::StringLiteral Key,
                       Variation &Out, Path P) {
  const J *V = O.get(Key);
  if (!V)
    return true;
  if (!get(*V, Out, P.field(Key)))
    return false;
  llvm::sort(Out.Macros);
  return true;
}

/// Reads a type with its variation.
bool Reader::varied(const J &V, const json::Object &O, const Type *&Out,
                    Path P) {
  const Type *T = nullptr;
  Variation Why;
  if (!type(V, T, P.field("varied")) || !variation(O, "varies", Why, P))
    return false;
  // A record or an enum has a separate line, which may not have been read
  // yet.
  if (llvm::isa<RecordType, EnumType>(T)) {
    P.field("varied").report("expected a type without a line of its own");
    return false;
  }
  Out = F.Types.varied(*T, Why);
  return true;
}

bool Reader::type(const J &V, const Type *&Out, Path P) {
  if (std::optional<llvm::StringRef> Word = V.getAsString()) {
    if (*Word == "void") {
      Out = F.Types.make<VoidType>();
      return true;
    }
    return scalar(*Word, Out, P);
  }
  if (std::optional<uint64_t> Id = V.getAsUINT64()) {
    auto Found = ById.find(*Id);
    if (Found == ById.end()) {
      P.report("no type has this number");
      return false;
    }
    Out = Found->second;
    return true;
  }
  const json::Object *O = V.getAsObject();
  if (!O) {
    P.report("expected a type");
    return false;
  }
  for (unsigned Form = 0; Form != std::size(PointerWords); ++Form)
    if (O->get(PointerWords[Form]))
      return pointer(*O, Form, Out, P);
  if (O->get("function"))
    return function(*O, Out, P);
  if (const J *Varied = O->get("varied"))
    return varied(*Varied, *O, Out, P);
  if (const J *Word = O->get("system")) { // as older versions write it
    if (!scalar(Word->getAsString().value_or(""), Out, P.field("system")))
      return false;
    Out = F.Types.varied(*Out, {"", /*IsOfSystem=*/true});
    return true;
  }
  if (const J *Element = O->get("array")) {
    const Type *T;
    uint64_t Count = 0;
    if (!type(*Element, T, P.field("array")) ||
        !optionalNumber(*O, "count", Count, P))
      return false;
    Out = F.Types.make<ArrayType>(T, Count);
    return true;
  }
  P.report("expected a type");
  return false;
}

bool Reader::pointer(const json::Object &O, unsigned Form, const Type *&Out,
                     Path P) {
  const Type *Pointee;
  if (!type(*O.get(PointerWords[Form]), Pointee, P.field(PointerWords[Form])))
    return false;
  Out = F.Types.make<PointerType>(
      Pointee,
      Qualifiers{O.getBoolean("const").value_or(false),
                 O.getBoolean("volatile").value_or(false)},
      static_cast<PointerType::Form>(Form));
  return true;
}

bool Reader::convention(const json::Object &O, CallingConvention &Out, Path P,
                        llvm::StringLiteral Key) {
  const J *V = O.get(Key);
  if (!V)
    return true;
  auto CC = callingConvention(V->getAsString().value_or(""));
  if (!CC) {
    P.field(Key).report("unknown calling convention");
    return false;
  }
  Out = *CC;
  return true;
}

bool Reader::function(const json::Object &O, const Type *&Out, Path P) {
  const Type *Result;
  if (!type(*O.get("function"), Result, P.field("function")))
    return false;
  std::vector<const Type *> Params;
  if (const json::Array *A = O.getArray("params"))
    for (size_t I = 0; I != A->size(); ++I)
      if (!type((*A)[I], Params.emplace_back(), P.field("params").index(I)))
        return false;
  CallingConvention CC = CallingConvention::C;
  if (!convention(O, CC, P))
    return false;
  CallingConvention Stated = CC;
  Variation Varies;
  if (!convention(O, Stated, P, "stated_convention") ||
      !variation(O, "convention_varies", Varies, P))
    return false;
  Out = F.Types.make<FunctionType>(Result, std::move(Params), CC, Stated,
                                   O.getBoolean("variadic").value_or(false));
  Out = F.Types.withConvention(*Out, Varies);
  return true;
}

/// The first pass over a type's line creates the type, so that others can refer
/// to it.
bool Reader::shell(const FactsLine &L, Path P) {
  const J &V = L.Value;
  json::ObjectMapper Map(V, P);
  uint64_t Id;
  Declaration D;
  if (!Map.map("type", Id) || !decl(V, D, P))
    return false;
  const json::Object &O = *V.getAsObject();
  llvm::StringRef Kind = O.getString("kind").value_or("");
  RecordType::Tag Tag;
  Type *T = nullptr;
  if (fromWord(RecordWords, Kind, Tag))
    T = F.Types.make<RecordType>(std::move(D), Tag);
  else if (Kind == "enum")
    T = F.Types.make<EnumType>(std::move(D), nullptr);
  else if (Kind == "opaque")
    T = F.Types.make<OpaqueType>(std::move(D));
  if (!T) {
    P.field("kind").report("expected struct, class, union, enum or opaque");
    return false;
  }
  if (!ById.try_emplace(Id, T).second) {
    P.field("type").report("two types have this number");
    return false;
  }
  Declared.push_back({L.Number, T});
  return true;
}

/// The second pass over a type's line reads its members.
bool Reader::fill(const J &V, Path P) {
  const json::Object &O = *V.getAsObject();
  Type *T = ById.at(*O.get("type")->getAsUINT64());
  Variation Varies;
  if (!variation(O, "varies", Varies, P))
    return false;
  // Older versions of the program write this field instead.
  Varies.IsOfSystem |= O.getBoolean("system").value_or(false);
  F.Types.vary(*T, Varies);
  if (auto *R = llvm::dyn_cast<RecordType>(T)) {
    if (!get(V, *R, P))
      return false;
    if (!R->Elements ||
        (llvm::isa<PointerType>(R->Elements) &&
         llvm::cast<PointerType>(R->Elements)->form() == PointerType::Pointer))
      return true;
    P.field("elements").report("expected a pointer");
    return false;
  }
  auto *E = llvm::dyn_cast<EnumType>(T);
  if (!E)
    return true;
  if (!get(V, *E, P))
    return false;
  if (llvm::isa<ScalarType>(E->Underlying))
    return true;
  P.field("underlying").report("expected an integer type");
  return false;
}

/// Returns the nesting depth of records by value, including \p R. Any number
/// above MaxRecordDepth means that the nesting is too deep, or that a record
/// contains itself. Neither is valid C++, but facts are not trusted, and later
/// stages traverse records recursively. \p Depth records are being visited.
unsigned Reader::levels(const RecordType &R, unsigned Depth) {
  constexpr unsigned TooMany = MaxRecordDepth + 1;
  // The value during the visit: a visit from within is a cycle.
  auto [It, IsNew] = Levels.try_emplace(&R, TooMany);
  if (!IsNew)
    return It->second;
  unsigned Most = 0;
  auto Add = [&](const Type *T) {
    while (const auto *A = llvm::dyn_cast<ArrayType>(T))
      T = A->element();
    if (const auto *Inner = llvm::dyn_cast<RecordType>(T))
      Most =
          std::max(Most, Depth + 1 < MaxRecordDepth ? levels(*Inner, Depth + 1)
                                                    : TooMany);
  };
  for (const Base &B : R.Bases)
    Add(B.Record);
  for (const Field &F : R.Fields)
    Add(F.Ty);
  return Levels[&R] = std::min(Most + 1, TooMany);
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

bool Reader::get(const J &V, Location &Out, Path P) {
  const json::Array *A = V.getAsArray();
  if (!A || A->size() != 3) {
    P.report("expected [file, line, column]");
    return false;
  }
  return json::fromJSON((*A)[0], Out.File, P.index(0)) &&
         number((*A)[1], Out.Start.Line, P.index(1)) &&
         number((*A)[2], Out.Start.Column, P.index(2));
}

bool Reader::get(const J &V, WrittenType &Out, Path P) {
  const json::Array *A = V.getAsArray();
  if (!A || A->size() != 4) {
    P.report("expected [line, column, line, column]");
    return false;
  }
  return number((*A)[0], Out.Begin.Line, P.index(0)) &&
         number((*A)[1], Out.Begin.Column, P.index(1)) &&
         number((*A)[2], Out.End.Line, P.index(2)) &&
         number((*A)[3], Out.End.Column, P.index(3));
}

bool Reader::get(const J &V, const RecordType *&Out, Path P) {
  const Type *T = nullptr;
  if (!type(V, T, P))
    return false;
  Out = llvm::dyn_cast<RecordType>(T);
  if (!Out)
    P.report("expected a class");
  return Out;
}

bool Reader::get(const J &V, ExportKind &Out, Path P) {
  auto Kind = exportKind(V.getAsString().value_or(""));
  if (!Kind) {
    P.report("unknown annotation");
    return false;
  }
  Out = *Kind;
  return true;
}

bool Reader::get(const J &V, Ownership &Out, Path P) {
  std::optional<llvm::StringRef> Word = V.getAsString();
  if (Word && fromWord(OwnershipWords, *Word, Out))
    return true;
  P.report("unknown word");
  return false;
}

/// Reads an object of a class that is written as a list.
template <typename T> bool Reader::list(const J &V, T &Out, Path P) {
  const json::Array *A = V.getAsArray();
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
template <typename T> bool Reader::get(const J &V, T &Out, Path P) {
  if constexpr (DescribedAsList<T>) {
    return list(V, Out, P);
  } else if constexpr (Described<T>) {
    if (const json::Object *O = V.getAsObject())
      return properties(*O, Out, P);
    P.report("expected object");
    return false;
  } else if constexpr (std::is_unsigned_v<T> && !std::is_same_v<T, bool>) {
    return number(V, Out, P);
  } else {
    return json::fromJSON(V, Out, P);
  }
}

template <typename T>
bool Reader::get(const J &V, std::optional<T> &Out, Path P) {
  return get(V, Out.emplace(), P);
}

template <typename T>
bool Reader::get(const J &V, std::vector<T> &Out, Path P) {
  const json::Array *A = V.getAsArray();
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
bool Reader::properties(const json::Object &O, T &Out, Path P) {
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

bool Reader::header(const J &V, Header &Out, Path P) {
  json::ObjectMapper Map(V, P);
  if (!Map || !Map.mapOptional("header", Out.File) ||
      !Map.mapOptional("include", Out.Include))
    return false;
  llvm::StringRef Include = Out.Include;
  if (Include.consume_front("<") && Include.consume_back(">")) {
    Out.Include = Include.str();
    Out.Angled = true;
  }
  return true;
}

bool Reader::includes(const J &V, Path P) {
  const json::Array *A = V.getAsArray();
  if (!A) {
    P.report("expected array");
    return false;
  }
  F.Includes.resize(A->size());
  for (size_t I = 0; I != A->size(); ++I) {
    DirectInclude &Each = F.Includes[I];
    if (!header((*A)[I], Each.What, P.index(I)) ||
        !properties(*(*A)[I].getAsObject(), Each, P.index(I)))
      return false;
    if (Each.What.File.empty() && Each.What.Include.empty()) {
      P.index(I).report("expected a header");
      return false;
    }
  }
  return true;
}

bool Reader::decl(const J &V, Declaration &Out, Path P) {
  json::ObjectMapper Map(V, P);
  if (!Map || !Map.map("name", Out.Path) || !header(V, Out.DeclaredIn, P))
    return false;
  if (Out.Path.empty()) {
    P.field("name").report("expected at least one name");
    return false;
  }
  if (!optionalNumber(*V.getAsObject(), "class_scopes", Out.ClassScopes, P))
    return false;
  if (Out.ClassScopes >= Out.Path.size()) {
    P.field("class_scopes").report("more classes than scopes");
    return false;
  }
  if (!Map.mapOptional("comment", Out.Comment))
    return false;
  const J *At = V.getAsObject()->get("at");
  return !At || get(*At, Out.Where, P.field("at"));
}

/// Reads the line of a DeclaredFunction.
template <typename T> bool Reader::declared(const J &V, T &E, Path P) {
  if (!decl(V, E.Decl, P))
    return false;
  const json::Object &O = *V.getAsObject();
  // Older facts have "result_form" for one runtime instead of "result_wrapper".
  if (O.get("result_form")) {
    P.field("result_form")
        .report("written by an older ilbridge; scan the source again");
    return false;
  }
  if (!properties(O, E, P) || !convention(O, E.Convention, P))
    return false;
  E.StatedConvention = E.Convention;
  Variation Varies, OfConvention;
  if (!convention(O, E.StatedConvention, P, "stated_convention") ||
      !variation(O, "varies", Varies, P) ||
      !variation(O, "convention_varies", OfConvention, P))
    return false;
  E.Varies = F.Types.keep(std::move(Varies));
  E.ConventionVaries = F.Types.keep(std::move(OfConvention));
  if (!E.ResultWrapper.empty() && !runtime::isResultWrapper(E.ResultWrapper)) {
    P.field("result_wrapper").report("unknown wrapper of a result");
    return false;
  }
  for (size_t I = 0; I != E.Params.size(); ++I)
    if (E.Params[I].IsLength && (I == 0 || E.Params[I - 1].IsLength)) {
      P.field("params").index(I).report("no parameter before it has a length");
      return false;
    }
  return true;
}

bool Reader::exported(const J &V, Path P) {
  Export &E = F.Exports.emplace_back();
  if (!declared(V, E, P))
    return false;
  const json::Object &O = *V.getAsObject();
  if (const J *Range = O.get("annotation")) {
    WrittenType Annotation;
    if (!get(*Range, Annotation, P.field("annotation")))
      return false;
    E.AnnotationBegin = Annotation.Begin;
    E.AnnotationEnd = Annotation.End;
  }
  return true;
}

bool Reader::library(const J &V, Library &Out, Path P) {
  if (!get(V, Out, P))
    return false;
  auto Patterns = FunctionPatterns::create(Out.Functions);
  if (Patterns)
    return true;
  llvm::consumeError(Patterns.takeError()); // the next line reports it
  P.field("functions").report("expected patterns of names");
  return false;
}

bool Reader::header(const J &V, Path P) {
  json::ObjectMapper Map(V, P);
  std::string Language;
  DataModel &M = F.Model;
  if (!Map || !Map.map("source", F.Source) || !Map.map("triple", F.Triple) ||
      !Map.map("language", Language) || !Map.mapOptional("for", F.For) ||
      !get(V, M, P))
    return false;
  F.IsC = Language == "c";
  abi::setManagedWidths(M, llvm::Triple(F.Triple));
  const json::Object &O = *V.getAsObject();
  if (const J *List = O.get("includes"))
    if (!includes(*List, P.field("includes")))
      return false;
  if (const J *Names = O.get("portable"))
    if (!json::fromJSON(*Names, F.PortableNames, P.field("portable")))
      return false;
  F.IsBroken = O.getBoolean("broken").value_or(false);
  if (const J *List = O.get("registrars"))
    if (!get(*List, F.Registrars, P.field("registrars")))
      return false;
  if (const J *L = O.get("library"))
    return library(*L, F.Unannotated.emplace(), P.field("library"));
  return true;
}

/// Reads the part of a header that refers to types.
bool Reader::classes(const J &V, Path P) {
  const J *List = V.getAsObject()->get("classes");
  return !List || get(*List, F.Classes, P.field("classes"));
}

llvm::Expected<Facts> Reader::read(llvm::ArrayRef<FactsLine> Lines) {
  F.Exports.reserve(llvm::count_if(Lines, [](const FactsLine &L) {
    return L.Value.getAsObject()->get("export");
  }));
  F.Imports.reserve(llvm::count_if(Lines, [](const FactsLine &L) {
    return L.Value.getAsObject()->get("calls");
  }));
  // Types are created first, so that every reference can be resolved.
  enum Pass { Shells, Bodies };
  for (Pass ThePass : {Shells, Bodies})
    for (const FactsLine &L : Lines) {
      json::Path::Root Root("facts");
      Path P(Root);
      const json::Object &O = *L.Value.getAsObject();
      bool Understood = true;
      if (O.get("facts"))
        Understood =
            ThePass == Shells ? header(L.Value, P) : classes(L.Value, P);
      else if (O.get("kind"))
        Understood = ThePass == Shells ? shell(L, P) : fill(L.Value, P);
      else if (O.get("export"))
        Understood = ThePass == Shells || exported(L.Value, P);
      else if (O.get("calls"))
        Understood =
            ThePass == Shells || declared(L.Value, F.Imports.emplace_back(), P);
      else
        return fail(L.Number, "expected a type, an export or an import");
      if (!Understood)
        return fail(L.Number, llvm::toString(Root.getError()));
    }
  for (const auto &[Number, T] : Declared)
    if (const auto *R = llvm::dyn_cast<RecordType>(T);
        R && levels(*R, 0) > MaxRecordDepth)
      return fail(Number, "'" + R->Decl.qualifiedName() +
                              "' contains itself by value, or more than " +
                              llvm::Twine(MaxRecordDepth) +
                              " levels of structs");
  return std::move(F);
}

llvm::Expected<Facts> readSource(llvm::ArrayRef<FactsLine> Lines,
                                 llvm::StringRef File) {
  return Reader(File).read(Lines);
}

} // namespace ilbridge::native
