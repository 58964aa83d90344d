//===- FactsWriter.cpp - Facts to text ------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FactsFormat.h"
#include "ilbridge/native/Facts.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace json = llvm::json;

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
  void line(json::Object O) { OS << json::Value(std::move(O)) << '\n'; }
  json::Value type(const Type &T);
  json::Object value(const Value &V);
  json::Object decl(const Declaration &D);
  llvm::StringRef path(const std::string &File) const;
  json::Array location(const Location &L);
  void identity(const Type &T, unsigned Id);
  void record(const RecordType &R, json::Object O);
  json::Object exported(const Export &E);
  json::Object library(const Library &L);

  const Facts &F;
  OutsidePaths Outside;
  llvm::raw_ostream &OS;
  llvm::MapVector<const Type *, unsigned> Ids;
};

} // namespace

static json::Array strings(const std::vector<std::string> &Strings) {
  json::Array A;
  for (const std::string &Each : Strings)
    A.push_back(Each);
  return A;
}

llvm::StringRef Writer::path(const std::string &File) const {
  if (Outside == OutsidePaths::Absolute)
    return File;
  auto Known = F.PortableNames.find(File);
  return Known == F.PortableNames.end() ? File : Known->second;
}

json::Array Writer::location(const Location &L) {
  return json::Array{path(L.File), L.Start.Line, L.Start.Column};
}

json::Object Writer::decl(const Declaration &D) {
  json::Object O{{"name", strings(D.Path)}};
  if (D.ClassScopes)
    O["class_scopes"] = D.ClassScopes;
  if (D.Where.isValid())
    O["at"] = location(D.Where);
  if (const Header &H = D.DeclaredIn) {
    O["header"] = path(H.File);
    if (!H.Include.empty())
      O["include"] = H.Angled ? "<" + H.Include + ">" : H.Include;
  }
  return O;
}

json::Value Writer::type(const Type &T) {
  switch (T.kind()) {
  case Type::Void:
    return "void";
  case Type::Scalar: {
    const auto &S = llvm::cast<ScalarType>(T);
    if (S.isSystemDefined())
      return json::Object{{"system", scalarWord(S)}};
    return scalarWord(S);
  }
  case Type::Pointer: {
    const auto &P = llvm::cast<PointerType>(T);
    json::Object O{{pointerWord(P.form()), type(*P.pointee())}};
    if (P.pointeeIsConst())
      O["const"] = true;
    if (P.pointeeQualifiers().Volatile)
      O["volatile"] = true;
    return O;
  }
  case Type::Function: {
    const auto &F = llvm::cast<FunctionType>(T);
    json::Array Params;
    for (const Type *Param : F.params())
      Params.push_back(type(*Param));
    json::Object O{{"function", type(*F.result())},
                   {"params", std::move(Params)}};
    if (F.convention() != CallingConvention::C)
      O["convention"] = name(F.convention());
    if (F.statedConvention() != F.convention())
      O["stated_convention"] = name(*F.statedConvention());
    if (F.isVariadic())
      O["variadic"] = true;
    return O;
  }
  case Type::Array: {
    const auto &A = llvm::cast<ArrayType>(T);
    return json::Object{{"array", type(*A.element())}, {"count", A.count()}};
  }
  case Type::Enum:
  case Type::Record:
  case Type::Opaque:
    return Ids.try_emplace(&T, Ids.size()).first->second;
  }
  llvm_unreachable("not a type");
}

static json::Array range(Position Begin, Position End) {
  return json::Array{Begin.Line, Begin.Column, End.Line, End.Column};
}

static void written(const WrittenType &W, json::Object &O) {
  if (W.isValid())
    O["edit"] = range(W.Begin, W.End);
}

json::Object Writer::value(const Value &V) {
  json::Object O{{"type", type(*V.Ty)}, {"spelling", V.Spelling}};
  if (!V.Name.empty())
    O["name"] = V.Name;
  if (V.Where.isValid())
    O["at"] = location(V.Where);
  written(V.Written, O);
  return O;
}

void Writer::record(const RecordType &R, json::Object O) {
  if (!R.Bases.empty()) {
    json::Array Bases;
    for (const Base &B : R.Bases) {
      json::Object Entry{{"type", type(*B.Record)}};
      if (B.IsVirtual)
        Entry["virtual"] = true;
      if (B.Offset)
        Entry["offset"] = *B.Offset;
      Bases.push_back(std::move(Entry));
    }
    O["bases"] = std::move(Bases);
  }
  json::Array Fields;
  for (const Field &F : R.Fields) {
    json::Object Entry = value(F);
    if (F.BitWidth)
      Entry["bits"] = *F.BitWidth;
    if (F.Align)
      Entry["align"] = F.Align;
    if (F.IsPacked)
      Entry["packed"] = true;
    if (F.IsNoUniqueAddress)
      Entry["no_unique_address"] = true;
    if (!F.IsPublic)
      Entry["public"] = false;
    if (F.Offset)
      Entry["offset"] = *F.Offset;
    Fields.push_back(std::move(Entry));
  }
  O["fields"] = std::move(Fields);
  if (R.Pack)
    O["pack"] = R.Pack;
  if (R.Align)
    O["align"] = R.Align;
  if (R.IsPacked)
    O["packed"] = true;
  if (R.IsMsStruct)
    O["ms_struct"] = true;
  if (R.IsPolymorphic)
    O["polymorphic"] = true;
  if (!R.IsTriviallyCopyable)
    O["trivially_copyable"] = false;
  if (!R.IsStandardLayout)
    O["standard_layout"] = false;
  if (R.HasConstructors)
    O["constructors"] = true;
  if (R.IsSystemDefined)
    O["system"] = true;
  if (R.Layout)
    O["layout"] =
        json::Object{{"size", R.Layout->Size}, {"align", R.Layout->Align}};
  line(std::move(O));
}

void Writer::identity(const Type &T, unsigned Id) {
  if (const auto *R = llvm::dyn_cast<RecordType>(&T)) {
    json::Object O = decl(R->Decl);
    O["type"] = Id;
    O["kind"] = recordWord(R->TheTag);
    return record(*R, std::move(O));
  }
  if (const auto *E = llvm::dyn_cast<EnumType>(&T)) {
    json::Object O = decl(E->Decl);
    O["type"] = Id;
    O["kind"] = "enum";
    O["underlying"] = type(*E->Underlying);
    if (E->IsFixed)
      O["fixed"] = true;
    if (E->IsScoped)
      O["scoped"] = true;
    written(E->Written, O);
    json::Array Enumerators;
    for (const Enumerator &Each : E->Enumerators)
      Enumerators.push_back(json::Array{Each.Name, Each.Value});
    O["enumerators"] = std::move(Enumerators);
    return line(std::move(O));
  }
  json::Object O = decl(llvm::cast<OpaqueType>(T).Decl);
  O["type"] = Id;
  O["kind"] = "opaque";
  line(std::move(O));
}

json::Object Writer::exported(const Export &E) {
  json::Object O = decl(E.Decl);
  O["export"] = name(E.Kind);
  if (!E.ManagedName.empty())
    O["for"] = E.ManagedName;
  O["symbol"] = E.Symbol;
  if (!E.EntryPoint.empty())
    O["entry_point"] = E.EntryPoint;
  if (E.HasCLinkage)
    O["c_linkage"] = true;
  if (E.IsNoexcept)
    O["noexcept"] = true;
  if (E.IsDefinition)
    O["definition"] = true;
  if (E.IsOverloaded)
    O["overloaded"] = true;
  if (E.IsVariadic)
    O["variadic"] = true;
  if (!E.HasPrototype)
    O["unprototyped"] = true;
  if (E.Convention != CallingConvention::C)
    O["convention"] = name(E.Convention);
  if (E.StatedConvention != E.Convention)
    O["stated_convention"] = name(E.StatedConvention);
  json::Array Params;
  for (const Value &Param : E.Params)
    Params.push_back(value(Param));
  O["params"] = std::move(Params);
  O["result"] = value(E.Result);
  if (!E.ResultWrapper.empty())
    O["result_wrapper"] = E.ResultWrapper;
  if (E.ResultOwnership != Ownership::Unstated)
    O["ownership"] = word(E.ResultOwnership);
  if (E.AnnotationBegin.Line)
    O["annotation"] = range(E.AnnotationBegin, E.AnnotationEnd);
  return O;
}

json::Object Writer::library(const Library &L) {
  json::Object O{{"names", strings(L.Names)},
                 {"functions", strings(L.Functions)}};
  if (L.Where.isValid())
    O["at"] = location(L.Where);
  if (!L.Unused.empty())
    O["unused"] = strings(L.Unused);
  json::Array Inlines;
  for (const Library::Inline &Each : L.Inlines)
    Inlines.push_back(json::Array{Each.Name, location(Each.Where)});
  if (!Inlines.empty())
    O["inline"] = std::move(Inlines);
  return O;
}

void Writer::header() {
  json::Object O{{"facts", FactsVersion},
                 {"source", path(F.Source)},
                 {"triple", F.Triple},
                 {"language", F.IsC ? "c" : "c++"},
                 {"pointer", F.Model.Pointer},
                 {"size_t", F.Model.Size},
                 {"long", F.Model.Long},
                 {"wchar_t", F.Model.WChar},
                 {"long_double", F.Model.LongDouble},
                 {"char_signed", F.Model.CharIsSigned},
                 {"wchar_t_signed", F.Model.WCharIsSigned}};
  if (F.Unannotated)
    O["library"] = library(*F.Unannotated);
  if (Outside == OutsidePaths::Absolute && !F.PortableNames.empty()) {
    json::Object Names;
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
  // Writing a type may number further types; the list grows behind us.
  for (unsigned Id = 0; Id != Ids.size(); ++Id)
    identity(*Ids.begin()[Id].first, Id);
}

void writeFacts(const Facts &F, OutsidePaths Outside, llvm::raw_ostream &OS) {
  Writer(F, Outside, OS).write();
}

} // namespace ilbridge::native
