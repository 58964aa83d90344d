//===- ListLayouts.cpp - `ilbridge list types --layout` -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Run.h"
#include "ilbridge/diagnostic/OneLine.h"
#include "ilbridge/managed/Lowering.h"
#include "ilbridge/report/Layouts.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Unicode.h"
#include "llvm/Support/raw_ostream.h"

namespace json = llvm::json;
using llvm::StringRef;
using namespace ilbridge::match;

namespace ilbridge::driver {
namespace {

class LayoutLister {
public:
  LayoutLister(Run &R, llvm::ArrayRef<std::string> Names)
      : R(R), Names(Names), IsFound(Names.size()) {}
  void list();

private:
  bool isWanted(StringRef Name);
  void passed(const OutputSpec *Output);
  void declared(const OutputSpec *Output);
  void declared(managed::Assembly &A, const OutputSpec *Output);
  void declared(managed::TypeDef &D, const OutputSpec *Output);
  llvm::Error complete(managed::TypeDef &D);
  void add(RecordLayouts L);
  void print(const RecordLayouts &L);
  void print(const RecordLayouts &L, const RecordLayouts::OnTargets &On);
  std::string shown(Location Where);

  Run &R;
  llvm::ArrayRef<std::string> Names;
  std::vector<bool> IsFound; ///< by index of Names
  std::vector<ComparedTarget> Targets;
  TypeContext Types; ///< types of structs that only C# has
  json::Array All;
};

} // namespace

static std::string asText(const Type &T) { return toString(T); }

/// Whether \p Wanted is \p Name, or its last part after a scope.
static bool isNamed(StringRef Name, StringRef Wanted) {
  if (!Name.ends_with(Wanted))
    return false;
  StringRef Scope = Name.drop_back(Wanted.size());
  return Scope.empty() || StringRef(".:/+").contains(Scope.back());
}

bool LayoutLister::isWanted(StringRef Name) {
  bool Is = false;
  for (const auto &[I, Each] : llvm::enumerate(Names))
    if (isNamed(Name, Each)) {
      IsFound[I] = true;
      Is = true;
    }
  return Is;
}

/// Keeps the targets for which the project is built.
void LayoutLister::add(RecordLayouts L) {
  for (RecordLayouts::OnTargets &On : L.Layouts)
    llvm::erase_if(On.Targets,
                   [&](size_t I) { return !Targets[I].IsConfigured; });
  llvm::erase_if(L.Layouts, [](const auto &On) { return On.Targets.empty(); });
  if (R.C.Format == OutputFormat::Text)
    return print(L);
  All.push_back(
      report::layouts(L, Targets, [&](Location &Where) { R.S.show(Where); }));
}

//===----------------------------------------------------------------------===//
// Structs that bindings pass
//===----------------------------------------------------------------------===//

void LayoutLister::passed(const OutputSpec *Output) {
  Layouts Passed = R.S.layouts(Output);
  Targets = Passed.Targets;
  for (RecordLayouts &L : Passed.Records) {
    // The user may ask for both names.
    bool IsManaged = isWanted(asText(*L.Managed));
    if (isWanted(asText(*L.Native)) || IsManaged)
      add(std::move(L));
  }
}

//===----------------------------------------------------------------------===//
// Other structs of the assemblies
//===----------------------------------------------------------------------===//

/// Reads the fields of \p D, and those of the structs in it.
llvm::Error LayoutLister::complete(managed::TypeDef &D) {
  llvm::SmallPtrSet<managed::TypeDef *, 8> Seen;
  std::vector<managed::TypeDef *> Open = {&D};
  while (!Open.empty()) {
    managed::TypeDef *Next = Open.back();
    Open.pop_back();
    if (!Seen.insert(Next).second)
      continue;
    if (llvm::Error E = R.S.assemblies().complete(*Next))
      return E;
    for (const managed::FieldDef &F : Next->Fields) {
      const managed::TypeSig *T = F.Type;
      while (T->kind() == managed::TypeSig::SZArray ||
             T->kind() == managed::TypeSig::Pointer)
        T = &T->element();
      if (T->kind() == managed::TypeSig::Definition ||
          T->kind() == managed::TypeSig::Instance)
        Open.push_back(R.S.model().Types.find(T->definition().Assembly,
                                              T->definition().fullName()));
    }
    llvm::erase(Open, nullptr);
  }
  return llvm::Error::success();
}

void LayoutLister::declared(managed::TypeDef &D, const OutputSpec *Output) {
  bool HasLayout = D.TheKind == managed::TypeDef::Struct ||
                   (D.TheKind == managed::TypeDef::Class &&
                    D.TheLayout != managed::TypeDef::Auto);
  if (!HasLayout || !isWanted(D.fullName()))
    return;
  if (!R.succeeds(complete(D)))
    return;
  managed::Lowering Lowers(Types, *R.S.runtimes(Output).front());
  managed::Parameter P;
  P.Type = &R.S.model().Types.definition(D);
  managed::Lowered Form = Lowers.lower(P, managed::Marshalling::PInvoke,
                                       D.Chars, /*IsResult=*/false);
  const Type *T = Form.Ty;
  if (const auto *Address = llvm::dyn_cast_or_null<PointerType>(T))
    T = Address->pointee(); // an object of a class
  const auto *Record = llvm::dyn_cast_or_null<RecordType>(T);
  if (!Record)
    return R.fail(llvm::createStringError(
        "'" + D.fullName() + "' " +
        (Form ? "is no struct when it is passed" : Form.Problem)));
  RecordLayouts L;
  L.Managed = Record;
  for (size_t I = 0; I != Targets.size(); ++I) {
    if (!Targets[I].IsConfigured)
      continue;
    llvm::Expected<abi::ABIInfo> ABI =
        abi::ABIQuery().compute(Targets[I].Target);
    if (!ABI)
      return R.fail(ABI.takeError());
    SideLayout Here = managedLayout(*Record, ABI->model());
    auto Same = llvm::find_if(
        L.Layouts, [&](const auto &On) { return On.Managed == Here; });
    if (Same == L.Layouts.end()) {
      Same = L.Layouts.insert(L.Layouts.end(), RecordLayouts::OnTargets());
      Same->Managed = std::move(Here);
    }
    Same->Targets.push_back(I);
  }
  add(std::move(L));
}

void LayoutLister::declared(managed::Assembly &A, const OutputSpec *Output) {
  for (ecma335::TypeDefRid Row : A->rows<ecma335::TypeDefRow>())
    if (auto D = R.S.assemblies().definition(A, Row))
      declared(**D, Output);
    else
      R.fail(D.takeError());
}

void LayoutLister::declared(const OutputSpec *Output) {
  for (managed::Assembly *A : R.S.given()) {
    declared(*A, Output);
    for (const auto &Module : A->modules())
      declared(*Module, Output);
  }
}

void LayoutLister::list() {
  std::vector<const OutputSpec *> Outputs = R.S.compared();
  const OutputSpec *First = Outputs.empty() ? nullptr : Outputs.front();
  passed(First);
  // A name that is already found refers to the struct that a binding passes.
  if (!llvm::all_of(IsFound, [](bool Is) { return Is; })) {
    std::vector<std::string> Missing;
    for (const auto &[I, Name] : llvm::enumerate(Names))
      if (!IsFound[I])
        Missing.push_back(Name);
    Names = Missing;
    IsFound.assign(Missing.size(), false);
    declared(First);
    for (const auto &[I, Name] : llvm::enumerate(Missing))
      if (!IsFound[I])
        R.fail(llvm::createStringError(
            "no struct '" + Name +
            "' is passed or declared in the assemblies; 'ilbridge list types' "
            "names those of the assemblies"));
  }
  if (R.C.Format == OutputFormat::JSON)
    R.C.Out << llvm::formatv(
        "{0:2}\n",
        json::Value(json::Object{{"version", 1}, {"layouts", std::move(All)}}));
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

std::string LayoutLister::shown(Location Where) {
  R.S.show(Where);
  std::string Text;
  llvm::raw_string_ostream(Text) << Where;
  return oneLine(Text);
}

/// "4..7  float Y"
static std::string cell(const LaidOutField *F) {
  if (!F)
    return "";
  std::string Text = std::to_string(F->Offset);
  if (F->Size > 1)
    Text += ".." + std::to_string(F->Offset + F->Size - 1);
  Text += "  " + (F->isPadding() ? "(padding)" : F->Type + " " + F->Name);
  return oneLine(Text);
}

static std::string head(StringRef Side, const SideLayout &L) {
  return (Side + ", " + llvm::Twine(L.Whole.Size) +
          (L.Whole.Size == 1 ? " byte" : " bytes") + ", aligned to " +
          llvm::Twine(L.Whole.Align))
      .str();
}

void LayoutLister::print(const RecordLayouts &L,
                         const RecordLayouts::OnTargets &On) {
  llvm::ListSeparator Comma;
  for (size_t I : On.Targets)
    R.C.Out << StringRef(Comma) << Targets[I].Target.Name;
  switch (On.State.What) {
  case TargetState::Agrees:
    R.C.Out << (L.Native ? ": agrees" : ": no binding passes it");
    break;
  case TargetState::NotCompared:
    R.C.Out << ": not compared, because "
            << oneLine(On.Reason.empty() ? whyNotCompared(On.State.Why)
                                         : On.Reason);
    break;
  case TargetState::Differs:
    R.C.Out << ": differs: " << oneLine(On.Reason);
    break;
  }
  R.C.Out << '\n';
  if (!On.Managed.Whole.Size)
    return;

  std::vector<std::array<std::string, 2>> Cells = {
      {head("C#", On.Managed), On.Native ? head("C++", *On.Native) : ""}};
  std::vector<bool> Differs = {false};
  for (const LayoutRow &Row : rows(On)) {
    Cells.push_back({cell(Row.Managed), cell(Row.Native)});
    Differs.push_back(Row.differs());
  }
  auto WidthOf = [](StringRef Text) {
    return std::max(0, llvm::sys::unicode::columnWidthUTF8(Text));
  };
  int Width = 0;
  for (const auto &Each : Cells)
    Width = std::max(Width, WidthOf(Each[0]));
  for (const auto &[I, Each] : llvm::enumerate(Cells)) {
    std::string Line = (Differs[I] ? "! " : "  ") + Each[0];
    if (!Each[1].empty())
      Line += std::string(Width - WidthOf(Each[0]) + 2, ' ') + Each[1];
    R.C.Out << StringRef(Line).rtrim() << '\n';
  }
}

void LayoutLister::print(const RecordLayouts &L) {
  R.C.Out << oneLine(asText(*L.Managed)) << "  " << shown(L.Managed->Decl.Where)
          << '\n';
  if (L.Native)
    R.C.Out << oneLine(asText(*L.Native)) << "  " << shown(L.Native->Decl.Where)
            << '\n';
  for (const RecordLayouts::OnTargets &On : L.Layouts)
    print(L, On);
  R.C.Out << '\n';
}

ExitStatus listLayouts(Session &S, llvm::ArrayRef<std::string> Names,
                       Console &C) {
  Run R(S, C);
  bool HasBoth = R.loadBothSides();
  if (HasBoth)
    LayoutLister(R, Names).list();
  return R.finishData();
}

} // namespace ilbridge::driver
