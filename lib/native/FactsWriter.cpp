//===- FactsWriter.cpp - Facts to text ------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FactsFormat.h"
#include "FactsProperties.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace ilbridge::native {
namespace {

/// Types with identity get a number and a line of their own; all others are
/// written where they are used.
class Writer {
public:
  Writer(const Facts &F, OutsidePaths Outside, llvm::raw_ostream &OS)
      : F(F), Outside(Outside), OS(OS) {}
  void write();

private:
  void header();
  void line(llvm::json::Object O) {
    OS << llvm::json::Value(std::move(O)) << '\n';
  }
  llvm::json::Value type(const Type &T);
  llvm::json::Value typeInPlace(const Type &T);
  void variation(const Variation *V, llvm::StringRef Key,
                 llvm::json::Object &O) {
    if (V)
      O[Key] = object(*V);
  }
  template <typename T> llvm::json::Value put(const T &Value);
  template <typename T> llvm::json::Value put(const std::optional<T> &Value);
  template <typename T> llvm::json::Value put(const std::vector<T> &Values);
  llvm::json::Value put(const Location &L);
  llvm::json::Value put(const WrittenType &W);
  llvm::json::Value put(ExportKind K);
  llvm::json::Value put(Ownership O);
  template <typename T> llvm::json::Array list(const T &Of);
  template <typename T> void properties(const T &Of, llvm::json::Object &O);
  template <typename T> llvm::json::Object object(const T &Of);
  llvm::json::Object decl(const Declaration &D);
  void header(const Header &H, llvm::json::Object &O);
  llvm::json::Object include(const DirectInclude &I);
  llvm::StringRef path(const std::string &File) const;
  llvm::json::Array location(const Location &L);
  void identity(const Type &T, unsigned Id);
  template <typename T> llvm::json::Object function(const T &F);
  llvm::json::Object exported(const Export &E);

  const Facts &F;
  OutsidePaths Outside;
  llvm::raw_ostream &OS;
  llvm::MapVector<const Type *, unsigned> Ids;
};

} // namespace

llvm::StringRef Writer::path(const std::string &File) const {
  if (Outside == OutsidePaths::Absolute)
    return File;
  auto Known = F.PortableNames.find(File);
  return Known == F.PortableNames.end() ? File : Known->second;
}

static llvm::json::Array range(Position Begin, Position End) {
  return llvm::json::Array{Begin.Line, Begin.Column, End.Line, End.Column};
}

llvm::json::Array Writer::location(const Location &L) {
  return llvm::json::Array{path(L.File), L.Start.Line, L.Start.Column};
}

llvm::json::Object Writer::decl(const Declaration &D) {
  llvm::json::Object O{{"name", put(D.Path)}};
  if (D.ClassScopes)
    O["class_scopes"] = D.ClassScopes;
  if (D.Where.isValid())
    O["at"] = location(D.Where);
  if (!D.Comment.empty())
    O["comment"] = D.Comment;
  header(D.DeclaredIn, O);
  return O;
}

void Writer::header(const Header &H, llvm::json::Object &O) {
  if (!H.File.empty())
    O["header"] = path(H.File);
  if (!H.Include.empty())
    O["include"] = H.Angled ? "<" + H.Include + ">" : H.Include;
}

llvm::json::Object Writer::include(const DirectInclude &I) {
  llvm::json::Object O;
  header(I.What, O);
  DirectInclude Named = I;
  for (std::string &File : Named.Declares)
    File = path(File).str();
  properties(Named, O);
  return O;
}

llvm::json::Value Writer::type(const Type &T) {
  // The line of a declared type contains its variation.
  if (!T.variation() || llvm::isa<RecordType, EnumType>(T))
    return typeInPlace(T);
  return llvm::json::Object{{"varied", typeInPlace(T)},
                            {"varies", object(*T.variation())}};
}

llvm::json::Value Writer::typeInPlace(const Type &T) {
  switch (T.kind()) {
  case Type::Void:
    return "void";
  case Type::Scalar:
    return scalarWord(llvm::cast<ScalarType>(T));
  case Type::Pointer: {
    const auto &P = llvm::cast<PointerType>(T);
    llvm::json::Object O{{pointerWord(P.form()), type(*P.pointee())}};
    if (P.pointeeIsConst())
      O["const"] = true;
    if (P.pointeeQualifiers().Volatile)
      O["volatile"] = true;
    return O;
  }
  case Type::Function: {
    const auto &F = llvm::cast<FunctionType>(T);
    llvm::json::Array Params;
    for (const Type *Param : F.params())
      Params.push_back(type(*Param));
    llvm::json::Object O{{"function", type(*F.result())},
                         {"params", std::move(Params)}};
    if (F.convention() != CallingConvention::C)
      O["convention"] = name(F.convention());
    if (F.statedConvention() != F.convention())
      O["stated_convention"] = name(*F.statedConvention());
    if (F.isVariadic())
      O["variadic"] = true;
    variation(F.conventionVariation(), "convention_varies", O);
    return O;
  }
  case Type::Array: {
    const auto &A = llvm::cast<ArrayType>(T);
    return llvm::json::Object{{"array", type(*A.element())},
                              {"count", A.count()}};
  }
  case Type::Enum:
  case Type::Record:
  case Type::Opaque:
    return Ids.insert({&T, Ids.size()}).first->second;
  }
  llvm_unreachable("not a type");
}

template <typename T> llvm::json::Value Writer::put(const T &Value) {
  if constexpr (std::is_convertible_v<T, const Type *>)
    return type(*Value);
  else if constexpr (DescribedAsList<T>)
    return list(Value);
  else if constexpr (Described<T>)
    return object(Value);
  else
    return Value;
}

llvm::json::Value Writer::put(const Location &L) { return location(L); }
llvm::json::Value Writer::put(const WrittenType &W) {
  return range(W.Begin, W.End);
}
llvm::json::Value Writer::put(ExportKind K) { return name(K); }
llvm::json::Value Writer::put(Ownership O) { return word(O); }

template <typename T>
llvm::json::Value Writer::put(const std::optional<T> &Value) {
  return put(*Value);
}

template <typename T>
llvm::json::Value Writer::put(const std::vector<T> &Values) {
  llvm::json::Array A;
  for (const T &Each : Values)
    A.push_back(put(Each));
  return A;
}

template <typename T> llvm::json::Array Writer::list(const T &Of) {
  llvm::json::Array A;
  Properties<T>::each([&](auto, auto Member, auto...) {
    A.push_back(put(Of.*Member));
    return true;
  });
  return A;
}

template <typename T>
void Writer::properties(const T &Of, llvm::json::Object &O) {
  Properties<T>::each([&](auto Key, auto Member, auto... Default) {
    if constexpr (Key.IsWritten)
      if (Key.ThePresence != Presence::Optional ||
          !isDefaultProperty(Of.*Member, Default...))
        O[Key.Word] = put(Of.*Member);
    return true;
  });
}

template <typename T> llvm::json::Object Writer::object(const T &Of) {
  llvm::json::Object O;
  properties(Of, O);
  return O;
}

void Writer::identity(const Type &T, unsigned Id) {
  llvm::json::Object O;
  if (const auto *R = llvm::dyn_cast<RecordType>(&T)) {
    O = decl(R->Decl);
    O["kind"] = recordWord(R->TheTag);
    properties(*R, O);
    variation(R->variation(), "varies", O);
  } else if (const auto *E = llvm::dyn_cast<EnumType>(&T)) {
    O = decl(E->Decl);
    O["kind"] = "enum";
    properties(*E, O);
    variation(E->variation(), "varies", O);
  } else {
    O = decl(llvm::cast<OpaqueType>(T).Decl);
    O["kind"] = "opaque";
  }
  O["type"] = Id;
  line(std::move(O));
}

/// Returns the line of a DeclaredFunction.
template <typename T> llvm::json::Object Writer::function(const T &F) {
  llvm::json::Object O = decl(F.Decl);
  properties(F, O);
  if (F.Convention != CallingConvention::C)
    O["convention"] = name(F.Convention);
  if (F.StatedConvention != F.Convention)
    O["stated_convention"] = name(F.StatedConvention);
  variation(F.Varies, "varies", O);
  variation(F.ConventionVaries, "convention_varies", O);
  return O;
}

llvm::json::Object Writer::exported(const Export &E) {
  llvm::json::Object O = function(E);
  if (E.AnnotationBegin.Line)
    O["annotation"] = range(E.AnnotationBegin, E.AnnotationEnd);
  return O;
}

void Writer::header() {
  llvm::json::Object O{{"facts", FactsVersion},
                       {"source", path(F.Source)},
                       {"triple", F.Triple},
                       {"language", F.IsC ? "c" : "c++"}};
  properties(F.Model, O);
  if (!F.For.empty())
    O["for"] = F.For;
  if (F.IsBroken)
    O["broken"] = true;
  if (F.Unannotated)
    O["library"] = object(*F.Unannotated);
  if (!F.Registrars.empty())
    O["registrars"] = put(F.Registrars);
  if (!F.Classes.empty())
    O["classes"] = put(F.Classes);
  llvm::json::Array Includes;
  for (const DirectInclude &I : F.Includes)
    Includes.push_back(include(I));
  if (!Includes.empty())
    O["includes"] = std::move(Includes);
  if (Outside == OutsidePaths::Absolute && !F.PortableNames.empty()) {
    llvm::json::Object Names;
    for (const auto &[Path, Name] : F.PortableNames)
      Names[Path] = Name;
    O["portable"] = std::move(Names);
  }
  line(std::move(O));
}

void Writer::write() {
  header();
  for (const Export &E : F.Exports)
    line(exported(E));
  for (const ManagedImport &I : F.Imports)
    line(function(I));
  // Writing a type may number further types, which are appended to the list.
  for (unsigned Id = 0; Id != Ids.size(); ++Id)
    identity(*Ids.begin()[Id].first, Id);
}

void writeFacts(const Facts &F, OutsidePaths Outside, llvm::raw_ostream &OS) {
  Writer(F, Outside, OS).write();
}

} // namespace ilbridge::native
