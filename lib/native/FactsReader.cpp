//===- FactsReader.cpp - Text to facts ------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Facts may come from a cache, another machine or an object file, and are not
// trusted: whatever the text says, what comes out is a well-formed model.
//
//===----------------------------------------------------------------------===//

#include "FactsFormat.h"
#include "FlatJSON.h"
#include "ilbridge/diagnostic/InputError.h"
#include "ilbridge/native/Facts.h"
#include "ilbridge/runtime/Runtime.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/TargetParser/Triple.h"
#include <unordered_map>

namespace json = ilbridge::native::flat;

namespace ilbridge::native {
namespace {

/// Deeper nesting than any type of a real program; LLVM's parser recurses.
constexpr unsigned MaxDepth = 100;
constexpr unsigned MaxRecordDepth = 500;

bool isTooDeep(llvm::StringRef Line) {
  unsigned Depth = 0;
  bool InString = false;
  for (size_t I = 0; I != Line.size(); ++I) {
    char C = Line[I];
    if (InString) {
      if (C == '\\')
        ++I;
      else if (C == '"')
        InString = false;
      if (I >= Line.size())
        break;
    } else if (C == '"') {
      InString = true;
    } else if (C == '{' || C == '[') {
      if (++Depth > MaxDepth)
        return true;
    } else if ((C == '}' || C == ']') && Depth) {
      --Depth;
    }
  }
  return false;
}

struct Line {
  unsigned Number;
  json::Value Value;
};

/// Reads the lines of one source.
class Reader {
public:
  Reader(llvm::StringRef File) : File(File) {}
  llvm::Expected<Facts> read(llvm::ArrayRef<Line> Lines);

private:
  using Path = json::Path;
  using J = json::Value;

  bool header(const J &V, Path P);
  bool shell(const Line &L, Path P);
  bool fill(const J &V, Path P);
  bool exported(const J &V, Path P);
  bool type(const J &V, const Type *&Out, Path P);
  bool scalar(llvm::StringRef Word, bool IsSystemDefined, const Type *&Out,
              Path P);
  bool pointer(const json::Object &O, unsigned Form, const Type *&Out, Path P);
  bool function(const json::Object &O, const Type *&Out, Path P);
  bool decl(const J &V, Declaration &Out, Path P);
  bool location(const J &V, Location &Out, Path P);
  bool value(const J &V, ilbridge::Value &Out, Path P);
  bool range(const json::Object &O, llvm::StringRef Key, Position &Begin,
             Position &End, Path P);
  bool record(const J &V, RecordType &R, Path P);
  bool field(const J &V, Field &Out, Path P);
  bool enumeration(const J &V, EnumType &E, Path P);
  bool convention(const json::Object &O, CallingConvention &Out, Path P,
                  llvm::StringLiteral Key = "convention");
  bool library(const J &V, Library &Out, Path P);
  bool isFinite(const RecordType &R, unsigned Depth);

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
  template <typename Enum, size_t N>
  bool word(const llvm::StringLiteral (&Words)[N], const json::Object &O,
            llvm::StringLiteral Key, Enum &Out, Path P) {
    std::optional<llvm::StringRef> Text = O.getString(Key);
    if (!O.get(Key) || (Text && fromWord(Words, *Text, Out)))
      return true;
    P.field(Key).report("unknown word");
    return false;
  }
  llvm::Error fail(unsigned LineNumber, const llvm::Twine &What) {
    return inputError({File.str(), {LineNumber, 1}, {}}, What);
  }

  llvm::StringRef File;
  Facts F;
  llvm::DenseMap<const Type *, bool> Finite;
  std::vector<std::pair<unsigned, const Type *>> Declared; ///< by their lines
  std::unordered_map<uint64_t, Type *> ById;
};

} // namespace

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

bool Reader::scalar(llvm::StringRef Word, bool IsSystemDefined,
                    const Type *&Out, Path P) {
  for (const ScalarWord &Each : ScalarWords)
    if (Each.Word == Word) {
      Out =
          F.Types.make<ScalarType>(Each.Class, Each.W, Each.S, IsSystemDefined);
      return true;
    }
  P.report("unknown type");
  return false;
}

bool Reader::type(const J &V, const Type *&Out, Path P) {
  if (std::optional<llvm::StringRef> Word = V.getAsString()) {
    if (*Word == "void") {
      Out = F.Types.make<VoidType>();
      return true;
    }
    return scalar(*Word, /*IsSystemDefined=*/false, Out, P);
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
  if (const J *Word = O->get("system"))
    return scalar(Word->getAsString().value_or(""), /*IsSystemDefined=*/true,
                  Out, P.field("system"));
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
  if (!convention(O, Stated, P, "stated_convention"))
    return false;
  Out = F.Types.make<FunctionType>(Result, std::move(Params), CC, Stated,
                                   O.getBoolean("variadic").value_or(false));
  return true;
}

/// First pass over a type's line: what others may refer to.
bool Reader::shell(const Line &L, Path P) {
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

/// Second pass over a type's line: what it is made of.
bool Reader::fill(const J &V, Path P) {
  Type *T = ById.at(*V.getAsObject()->get("type")->getAsUINT64());
  if (auto *R = llvm::dyn_cast<RecordType>(T))
    return record(V, *R, P);
  if (auto *E = llvm::dyn_cast<EnumType>(T))
    return enumeration(V, *E, P);
  return true;
}

bool Reader::enumeration(const J &V, EnumType &E, Path P) {
  const json::Object &O = *V.getAsObject();
  const J *Underlying = O.get("underlying");
  if (!Underlying || !type(*Underlying, E.Underlying, P.field("underlying")))
    return false;
  if (!llvm::isa<ScalarType>(E.Underlying)) {
    P.field("underlying").report("expected an integer type");
    return false;
  }
  if (!range(O, "edit", E.Written.Begin, E.Written.End, P))
    return false;
  E.IsFixed = O.getBoolean("fixed").value_or(false);
  E.IsScoped = O.getBoolean("scoped").value_or(false);
  if (const json::Array *A = O.getArray("enumerators"))
    for (size_t I = 0; I != A->size(); ++I) {
      Path List = P.field("enumerators"), Each = List.index(I);
      const json::Array *Pair = (*A)[I].getAsArray();
      Enumerator &Out = E.Enumerators.emplace_back();
      if (!Pair || Pair->size() != 2) {
        Each.report("expected a name and a value");
        return false;
      }
      if (!json::fromJSON((*Pair)[0], Out.Name, Each.index(0)) ||
          !json::fromJSON((*Pair)[1], Out.Value, Each.index(1)))
        return false;
    }
  return true;
}

bool Reader::field(const J &V, Field &Out, Path P) {
  if (!value(V, Out, P))
    return false;
  const json::Object &O = *V.getAsObject();
  Out.IsPacked = O.getBoolean("packed").value_or(false);
  Out.IsNoUniqueAddress = O.getBoolean("no_unique_address").value_or(false);
  Out.IsPublic = O.getBoolean("public").value_or(true);
  if (const J *Bits = O.get("bits"))
    if (!number(*Bits, Out.BitWidth.emplace(), P.field("bits")))
      return false;
  if (const J *Offset = O.get("offset"))
    if (!number(*Offset, Out.Offset.emplace(), P.field("offset")))
      return false;
  return optionalNumber(O, "align", Out.Align, P);
}

bool Reader::record(const J &V, RecordType &R, Path P) {
  const json::Object &O = *V.getAsObject();
  if (const json::Array *A = O.getArray("bases"))
    for (size_t I = 0; I != A->size(); ++I) {
      Path List = P.field("bases"), Each = List.index(I);
      const json::Object *B = (*A)[I].getAsObject();
      const Type *T = nullptr;
      if (!B || !B->get("type") ||
          !type(*B->get("type"), T, Each.field("type")) ||
          !llvm::isa<RecordType>(T)) {
        Each.report("expected a base class");
        return false;
      }
      Base &Out = R.Bases.emplace_back();
      Out.Record = llvm::cast<RecordType>(T);
      Out.IsVirtual = B->getBoolean("virtual").value_or(false);
      if (const J *Offset = B->get("offset"))
        if (!number(*Offset, Out.Offset.emplace(), Each.field("offset")))
          return false;
    }
  if (const json::Array *A = O.getArray("fields"))
    for (size_t I = 0; I != A->size(); ++I)
      if (!field((*A)[I], R.Fields.emplace_back(), P.field("fields").index(I)))
        return false;
  R.IsPacked = O.getBoolean("packed").value_or(false);
  R.IsMsStruct = O.getBoolean("ms_struct").value_or(false);
  R.IsPolymorphic = O.getBoolean("polymorphic").value_or(false);
  R.IsTriviallyCopyable = O.getBoolean("trivially_copyable").value_or(true);
  R.IsStandardLayout = O.getBoolean("standard_layout").value_or(true);
  R.HasConstructors = O.getBoolean("constructors").value_or(false);
  R.IsSystemDefined = O.getBoolean("system").value_or(false);
  if (const json::Object *Layout = O.getObject("layout")) {
    R.Layout.emplace();
    if (!optionalNumber(*Layout, "size", R.Layout->Size, P.field("layout")) ||
        !optionalNumber(*Layout, "align", R.Layout->Align, P.field("layout")))
      return false;
  }
  return optionalNumber(O, "pack", R.Pack, P) &&
         optionalNumber(O, "align", R.Align, P);
}

/// Whether no record contains itself by value, nor so many levels of others
/// that walking them would exhaust the stack. C++ rules out the one, its
/// compilers the other; later stages rely on both.
bool Reader::isFinite(const RecordType &R, unsigned Depth) {
  auto [It, IsNew] = Finite.try_emplace(&R, false);
  if (!IsNew)
    return It->second;
  auto Contains = [&](const Type *T) {
    while (const auto *A = llvm::dyn_cast<ArrayType>(T))
      T = A->element();
    const auto *Inner = llvm::dyn_cast<RecordType>(T);
    return !Inner || (Depth < MaxRecordDepth && isFinite(*Inner, Depth + 1));
  };
  bool IsFinite =
      llvm::all_of(R.Bases,
                   [&](const Base &B) { return Contains(B.Record); }) &&
      llvm::all_of(R.Fields, [&](const Field &F) { return Contains(F.Ty); });
  return Finite[&R] = IsFinite;
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

bool Reader::location(const J &V, Location &Out, Path P) {
  const json::Array *A = V.getAsArray();
  if (!A || A->size() != 3) {
    P.report("expected [file, line, column]");
    return false;
  }
  return json::fromJSON((*A)[0], Out.File, P.index(0)) &&
         number((*A)[1], Out.Start.Line, P.index(1)) &&
         number((*A)[2], Out.Start.Column, P.index(2));
}

bool Reader::range(const json::Object &O, llvm::StringRef Key, Position &Begin,
                   Position &End, Path P) {
  const J *V = O.get(Key);
  if (!V)
    return true;
  Path At = P.field(Key);
  const json::Array *A = V->getAsArray();
  if (!A || A->size() != 4) {
    At.report("expected [line, column, line, column]");
    return false;
  }
  return number((*A)[0], Begin.Line, At.index(0)) &&
         number((*A)[1], Begin.Column, At.index(1)) &&
         number((*A)[2], End.Line, At.index(2)) &&
         number((*A)[3], End.Column, At.index(3));
}

bool Reader::decl(const J &V, Declaration &Out, Path P) {
  json::ObjectMapper Map(V, P);
  if (!Map || !Map.map("name", Out.Path) ||
      !Map.mapOptional("header", Out.DeclaredIn.File) ||
      !Map.mapOptional("include", Out.DeclaredIn.Include))
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
  llvm::StringRef Include = Out.DeclaredIn.Include;
  if (Include.consume_front("<") && Include.consume_back(">")) {
    Out.DeclaredIn.Include = Include.str();
    Out.DeclaredIn.Angled = true;
  }
  const J *At = V.getAsObject()->get("at");
  return !At || location(*At, Out.Where, P.field("at"));
}

bool Reader::value(const J &V, ilbridge::Value &Out, Path P) {
  json::ObjectMapper Map(V, P);
  if (!Map || !Map.mapOptional("name", Out.Name) ||
      !Map.map("spelling", Out.Spelling))
    return false;
  const json::Object &O = *V.getAsObject();
  const J *T = O.get("type");
  if (!T) {
    P.field("type").report("missing value");
    return false;
  }
  const J *At = O.get("at");
  return type(*T, Out.Ty, P.field("type")) &&
         (!At || location(*At, Out.Where, P.field("at"))) &&
         range(O, "edit", Out.Written.Begin, Out.Written.End, P);
}

bool Reader::exported(const J &V, Path P) {
  Export &E = F.Exports.emplace_back();
  json::ObjectMapper Map(V, P);
  if (!Map || !decl(V, E.Decl, P) || !Map.map("symbol", E.Symbol) ||
      !Map.mapOptional("for", E.ManagedName) ||
      !Map.mapOptional("entry_point", E.EntryPoint))
    return false;
  const json::Object &O = *V.getAsObject();
  auto Kind = exportKind(O.getString("export").value_or(""));
  if (!Kind) {
    P.field("export").report("unknown annotation");
    return false;
  }
  E.Kind = *Kind;
  E.HasCLinkage = O.getBoolean("c_linkage").value_or(false);
  E.IsNoexcept = O.getBoolean("noexcept").value_or(false);
  E.IsDefinition = O.getBoolean("definition").value_or(false);
  E.IsOverloaded = O.getBoolean("overloaded").value_or(false);
  E.IsVariadic = O.getBoolean("variadic").value_or(false);
  E.HasPrototype = !O.getBoolean("unprototyped").value_or(false);
  if (!convention(O, E.Convention, P))
    return false;
  E.StatedConvention = E.Convention;
  if (!convention(O, E.StatedConvention, P, "stated_convention") ||
      !word(OwnershipWords, O, "ownership", E.ResultOwnership, P) ||
      !range(O, "annotation", E.AnnotationBegin, E.AnnotationEnd, P))
    return false;
  // Before there was "result_wrapper", facts said what one runtime makes of it.
  if (O.get("result_form")) {
    P.field("result_form")
        .report("written by an older ilbridge; scan the source again");
    return false;
  }
  E.ResultWrapper = O.getString("result_wrapper").value_or("").str();
  if (!E.ResultWrapper.empty() && !runtime::isResultWrapper(E.ResultWrapper)) {
    P.field("result_wrapper").report("unknown wrapper of a result");
    return false;
  }
  if (const json::Array *A = O.getArray("params"))
    for (size_t I = 0; I != A->size(); ++I)
      if (!value((*A)[I], E.Params.emplace_back(), P.field("params").index(I)))
        return false;
  const J *Result = O.get("result");
  if (!Result) {
    P.field("result").report("missing value");
    return false;
  }
  return value(*Result, E.Result, P.field("result"));
}

bool Reader::library(const J &V, Library &Out, Path P) {
  json::ObjectMapper Map(V, P);
  if (!Map || !Map.map("names", Out.Names) ||
      !Map.map("functions", Out.Functions) ||
      !Map.mapOptional("unused", Out.Unused))
    return false;
  if (auto Patterns = FunctionPatterns::create(Out.Functions); !Patterns) {
    llvm::consumeError(Patterns.takeError());
    P.field("functions").report("expected patterns of names");
    return false;
  }
  if (const json::Array *A = V.getAsObject()->getArray("inline"))
    for (size_t I = 0; I != A->size(); ++I) {
      Path List = P.field("inline"), Each = List.index(I);
      const json::Array *Pair = (*A)[I].getAsArray();
      Library::Inline &In = Out.Inlines.emplace_back();
      if (!Pair || Pair->size() != 2) {
        Each.report("expected a name and a place");
        return false;
      }
      if (!json::fromJSON((*Pair)[0], In.Name, Each.index(0)) ||
          !location((*Pair)[1], In.Where, Each.index(1)))
        return false;
    }
  const J *At = V.getAsObject()->get("at");
  return !At || location(*At, Out.Where, P.field("at"));
}

bool Reader::header(const J &V, Path P) {
  json::ObjectMapper Map(V, P);
  std::string Language;
  DataModel &M = F.Model;
  if (!Map || !Map.map("source", F.Source) || !Map.map("triple", F.Triple) ||
      !Map.map("language", Language) ||
      !Map.map("char_signed", M.CharIsSigned) ||
      !Map.map("wchar_t_signed", M.WCharIsSigned))
    return false;
  F.IsC = Language == "c";
  M.AutoChar = llvm::Triple(F.Triple).isOSWindows() ? 16 : 8;
  const json::Object &O = *V.getAsObject();
  if (const J *Names = O.get("portable"))
    if (!json::fromJSON(*Names, F.PortableNames, P.field("portable")))
      return false;
  if (const J *L = O.get("library"))
    if (!library(*L, F.Unannotated.emplace(), P.field("library")))
      return false;
  return optionalNumber(O, "pointer", M.Pointer, P) &&
         optionalNumber(O, "size_t", M.Size, P) &&
         optionalNumber(O, "long", M.Long, P) &&
         optionalNumber(O, "wchar_t", M.WChar, P) &&
         optionalNumber(O, "long_double", M.LongDouble, P);
}

llvm::Expected<Facts> Reader::read(llvm::ArrayRef<Line> Lines) {
  F.Exports.reserve(llvm::count_if(Lines, [](const Line &L) {
    return L.Value.getAsObject()->get("export");
  }));
  // Types first, so that every reference finds something to point at.
  enum Pass { Shells, Bodies };
  for (Pass ThePass : {Shells, Bodies})
    for (const Line &L : Lines) {
      json::Path::Root Root("facts");
      Path P(Root);
      const json::Object &O = *L.Value.getAsObject();
      bool Understood = true;
      if (O.get("facts"))
        Understood = ThePass == Bodies || header(L.Value, P);
      else if (O.get("kind"))
        Understood = ThePass == Shells ? shell(L, P) : fill(L.Value, P);
      else if (O.get("export"))
        Understood = ThePass == Shells || exported(L.Value, P);
      else
        return fail(L.Number, "expected a type or an export");
      if (!Understood)
        return fail(L.Number, llvm::toString(Root.getError()));
    }
  for (const auto &[Number, T] : Declared)
    if (const auto *R = llvm::dyn_cast<RecordType>(T); R && !isFinite(*R, 0))
      return fail(Number,
                  "'" + R->Decl.qualifiedName() + "' contains itself by value");
  return std::move(F);
}

namespace {

/// Splits a text into sources, and reads one after the other.
class FileReader {
public:
  /// \p Before: how many lines the file has before \p Text.
  FileReader(llvm::StringRef Text, llvm::StringRef File, unsigned Before)
      : Text(Text), File(File), Number(Before) {}
  llvm::Expected<std::vector<Facts>> read();

private:
  llvm::Error add(llvm::StringRef Text);
  llvm::Error endSource();
  llvm::Error notJSON(llvm::StringRef Text);
  llvm::Error fail(const llvm::Twine &What) {
    return inputError({File.str(), {Number, 1}, {}}, What);
  }

  llvm::StringRef Text, File;
  unsigned Number; ///< of the line
  json::Parser Parser{MaxDepth};
  std::vector<Line> Lines; ///< of the source that is being read
  std::vector<Facts> Result;
};

} // namespace

llvm::Error FileReader::notJSON(llvm::StringRef Text) {
  if (isTooDeep(Text))
    return fail("nested more deeply than facts are");
  llvm::Expected<llvm::json::Value> V = llvm::json::parse(Text);
  std::string Why = "not understood";
  if (!V)
    llvm::handleAllErrors(V.takeError(), [&](const llvm::ErrorInfoBase &E) {
      Why = E.message();
    });
  return fail("not JSON: " + Why);
}

llvm::Error FileReader::endSource() {
  if (Lines.empty())
    return llvm::Error::success();
  llvm::Expected<Facts> F = Reader(File).read(Lines);
  if (!F)
    return F.takeError();
  Result.push_back(std::move(*F));
  Lines.clear();
  return llvm::Error::success();
}

llvm::Error FileReader::add(llvm::StringRef Text) {
  std::optional<json::Value> V = Parser.parse(Text);
  if (!V)
    return notJSON(Text);
  const json::Object *O = V->getAsObject();
  if (!O)
    return fail("expected an object");
  if (const json::Value *Version = O->get("facts")) {
    if (Version->getAsUINT64() != FactsVersion)
      return fail("facts of another version: this ilbridge reads "
                  "version " +
                  llvm::Twine(FactsVersion) + "; scan the source again");
    if (llvm::Error E = endSource())
      return E;
    Parser.clear();
    V = Parser.parse(Text); // again, because it was forgotten with the others
  } else if (Lines.empty()) {
    return fail("expected a header line with \"facts\"");
  }
  Lines.push_back({Number, *V});
  return llvm::Error::success();
}

llvm::Expected<std::vector<Facts>> FileReader::read() {
  for (llvm::StringRef Rest = Text, Each; !Rest.empty();) {
    std::tie(Each, Rest) = Rest.split('\n');
    ++Number;
    if (Each.trim().empty())
      continue;
    if (llvm::Error E = add(Each))
      return std::move(E);
  }
  if (llvm::Error E = endSource())
    return std::move(E);
  return std::move(Result);
}

/// Where the first line from \p From on begins that opens a source; the end
/// where there is none that writeFacts could have written.
static size_t findHeader(llvm::StringRef Text, size_t From) {
  json::Parser Parser(MaxDepth);
  while ((From = Text.find("\"facts\":", From)) != llvm::StringRef::npos) {
    size_t Begin = Text.rfind('\n', From) + 1; // npos + 1 is 0
    size_t End = std::min(Text.find('\n', From), Text.size());
    std::optional<json::Value> V = Parser.parse(Text.slice(Begin, End));
    if (V && V->getAsObject() && V->getAsObject()->get("facts"))
      return Begin;
    From = End;
    Parser.clear();
  }
  return Text.size();
}

/// Parts of about equal size, each of whole sources.
static std::vector<llvm::StringRef> split(llvm::StringRef Text) {
  constexpr size_t Least = 1 << 16, Most = 64;
  const size_t Size = std::max(Least, Text.size() / Most);
  std::vector<llvm::StringRef> Parts;
  while (Text.size() > Size) {
    size_t End = findHeader(Text, Size);
    Parts.push_back(Text.take_front(End));
    Text = Text.drop_front(End);
  }
  if (!Text.empty())
    Parts.push_back(Text);
  return Parts;
}

llvm::Expected<std::vector<Facts>>
readFacts(llvm::MemoryBufferRef Text, llvm::ThreadPoolInterface *Threads) {
  std::vector<llvm::StringRef> Parts;
  if (Threads)
    Parts = split(Text.getBuffer());
  if (Parts.size() < 2) // is not worth a thread
    return FileReader(Text.getBuffer(), Text.getBufferIdentifier(), 0).read();
  std::vector<unsigned> Before = {0};
  for (llvm::StringRef Part : Parts)
    Before.push_back(Before.back() + Part.count('\n'));
  std::vector<std::optional<llvm::Expected<std::vector<Facts>>>> Read(
      Parts.size());
  llvm::ThreadPoolTaskGroup Group(*Threads);
  for (size_t I = 0; I != Parts.size(); ++I)
    Group.async([&, I] {
      Read[I].emplace(
          FileReader(Parts[I], Text.getBufferIdentifier(), Before[I]).read());
    });
  Group.wait();

  // Of several errors, the first in the file.
  llvm::Error Failed = llvm::Error::success();
  std::vector<Facts> Result;
  for (auto &Part : Read) {
    if (Failed)
      llvm::consumeError(Part->takeError());
    else if (!*Part)
      Failed = Part->takeError();
    else
      llvm::move(**Part, std::back_inserter(Result));
  }
  if (Failed)
    return std::move(Failed);
  return std::move(Result);
}

} // namespace ilbridge::native
