//===- FactsSource.cpp - Reads the facts of one source --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FactsFormat.h"
#include "FactsSourceReader.h"
#include "ilbridge/abi/Target.h"
#include "ilbridge/runtime/Runtime.h"
#include "ilbridge/type/Limits.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/TargetParser/Triple.h"

namespace ilbridge::native {

bool FactsSourceReader::get(const J &V, Location &Out, Path P) {
  const flat::Array *A = V.getAsArray();
  if (!A || A->size() != 3) {
    P.report("expected [file, line, column]");
    return false;
  }
  return flat::fromJSON((*A)[0], Out.File, P.index(0)) &&
         number((*A)[1], Out.Start.Line, P.index(1)) &&
         number((*A)[2], Out.Start.Column, P.index(2));
}

bool FactsSourceReader::get(const J &V, WrittenType &Out, Path P) {
  const flat::Array *A = V.getAsArray();
  if (!A || A->size() != 4) {
    P.report("expected [line, column, line, column]");
    return false;
  }
  return number((*A)[0], Out.Begin.Line, P.index(0)) &&
         number((*A)[1], Out.Begin.Column, P.index(1)) &&
         number((*A)[2], Out.End.Line, P.index(2)) &&
         number((*A)[3], Out.End.Column, P.index(3));
}

bool FactsSourceReader::get(const J &V, const RecordType *&Out, Path P) {
  const Type *T = nullptr;
  if (!type(V, T, P))
    return false;
  Out = llvm::dyn_cast<RecordType>(T);
  if (!Out)
    P.report("expected a class");
  return Out;
}

bool FactsSourceReader::get(const J &V, ExportKind &Out, Path P) {
  auto Kind = exportKind(V.getAsString().value_or(""));
  if (!Kind) {
    P.report("unknown annotation");
    return false;
  }
  Out = *Kind;
  return true;
}

bool FactsSourceReader::get(const J &V, Ownership &Out, Path P) {
  std::optional<llvm::StringRef> Word = V.getAsString();
  if (Word && fromWord(OwnershipWords, *Word, Out))
    return true;
  P.report("unknown word");
  return false;
}

bool FactsSourceReader::header(const J &V, Header &Out, Path P) {
  flat::ObjectMapper Map(V, P);
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

bool FactsSourceReader::includes(const J &V, Path P) {
  const flat::Array *A = V.getAsArray();
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

bool FactsSourceReader::decl(const J &V, Declaration &Out, Path P) {
  flat::ObjectMapper Map(V, P);
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
template <typename T>
bool FactsSourceReader::declared(const J &V, T &E, Path P) {
  if (!decl(V, E.Decl, P))
    return false;
  const flat::Object &O = *V.getAsObject();
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

bool FactsSourceReader::exported(const J &V, Path P) {
  Export &E = F.Exports.emplace_back();
  if (!declared(V, E, P))
    return false;
  const flat::Object &O = *V.getAsObject();
  if (const J *Range = O.get("annotation")) {
    WrittenType Annotation;
    if (!get(*Range, Annotation, P.field("annotation")))
      return false;
    E.AnnotationBegin = Annotation.Begin;
    E.AnnotationEnd = Annotation.End;
  }
  return true;
}

bool FactsSourceReader::headerEntry(const J &V, HeaderEntry &Out, Path P) {
  if (!get(V, Out, P))
    return false;
  auto Patterns = FunctionPatterns::create(Out.Functions);
  if (Patterns)
    return true;
  llvm::consumeError(Patterns.takeError()); // the next line reports it
  P.field("functions").report("expected patterns of names");
  return false;
}

bool FactsSourceReader::header(const J &V, Path P) {
  flat::ObjectMapper Map(V, P);
  std::string Language;
  DataModel &M = F.Model;
  if (!Map || !Map.map("source", F.Source) || !Map.map("triple", F.Triple) ||
      !Map.map("language", Language) || !Map.mapOptional("for", F.For) ||
      !get(V, M, P))
    return false;
  F.IsC = Language == "c";
  abi::setManagedWidths(M, llvm::Triple(F.Triple));
  const flat::Object &O = *V.getAsObject();
  if (const J *List = O.get("includes"))
    if (!includes(*List, P.field("includes")))
      return false;
  if (const J *Names = O.get("portable"))
    if (!flat::fromJSON(*Names, F.PortableNames, P.field("portable")))
      return false;
  F.IsBroken = O.getBoolean("broken").value_or(false);
  if (const J *List = O.get("registrars"))
    if (!get(*List, F.Registrars, P.field("registrars")))
      return false;
  if (const J *L = O.get("library"))
    return headerEntry(*L, F.Unannotated.emplace(), P.field("library"));
  return true;
}

/// Reads the part of a header that refers to types.
bool FactsSourceReader::classes(const J &V, Path P) {
  const J *List = V.getAsObject()->get("classes");
  return !List || get(*List, F.Classes, P.field("classes"));
}

llvm::Expected<Facts> FactsSourceReader::read(llvm::ArrayRef<FactsLine> Lines) {
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
      flat::Path::Root Root("facts");
      Path P(Root);
      const flat::Object &O = *L.Value.getAsObject();
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
  return FactsSourceReader(File).read(Lines);
}

} // namespace ilbridge::native
