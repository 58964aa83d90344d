//===- Structural.cpp - Tables of current HybridCLR -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/bridge/Structural.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"
#include <map>
#include <set>

using llvm::StringRef;

namespace ilbridge::bridge {
namespace {

/// Numbers of structs: few enough that keys stay short, many enough that two
/// structures hardly ever ask for the same.
constexpr uint64_t StructNumbers = 100'000'000;

class StructuralNaming : public Naming {
public:
  StructuralNaming(Needs &N, DiagnosticList &Findings)
      : N(N), Findings(Findings), CanPass(checkSignatures(N, Findings)),
        Memo(CanPass.size()) {}

  void nameStructs(StructuralTables &Out);
  const TokenSignature *tokens(ValueList Signature) override;

private:
  void collect(ValueList Signature);
  unsigned depth(Value Struct);
  void numberLevel(llvm::ArrayRef<Value> Structs);
  std::string structureText(Value Struct);
  void addShape(Value Struct, StructuralTables &Out,
                std::set<uint32_t> &Defined);
  size_t nameLength(Value V);
  std::string fullName(Value V);
  std::string prefix(const managed::TypeDef &D);
  void nameAll(StructuralTables &Out);
  void conflict(Value A, Value B, const std::string &Name);
  std::string token(Value V);

  Needs &N;
  DiagnosticList &Findings;
  std::vector<bool> CanPass; ///< by signature
  std::set<uint32_t> Used;   ///< raw values of structs in signatures
  std::vector<unsigned> Depths;
  std::vector<uint32_t> Numbers; ///< by the struct's index
  std::map<uint32_t, std::string> Taken;
  std::set<uint32_t> Unusable; ///< raw values that have no full name
  llvm::DenseMap<Value, size_t> NameLengths;
  std::vector<std::unique_ptr<TokenSignature>> Memo; ///< by signature
};

} // namespace

//===----------------------------------------------------------------------===//
// Which structs there are
//===----------------------------------------------------------------------===//

void StructuralNaming::collect(ValueList Signature) {
  if (!CanPass[static_cast<uint32_t>(Signature)])
    return;
  for (Value V : N.Types.values(Signature))
    if (V.isStruct())
      Used.insert(V.raw());
}

/// 1 for a struct of basic values. Checked structs do not contain themselves.
unsigned StructuralNaming::depth(Value Struct) {
  if (Depths.size() < N.Types.structCount())
    Depths.resize(N.Types.structCount());
  if (unsigned Known = Depths[Struct.index()])
    return Known;
  unsigned Deepest = 0;
  for (const StructField &F : N.Types.structure(Struct).Fields)
    if (F.Type.isStruct())
      Deepest = std::max(Deepest, depth(F.Type));
  // Reading fields finds further structs.
  Depths.resize(N.Types.structCount());
  return Depths[Struct.index()] = Deepest + 1;
}

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

std::string StructuralNaming::token(Value V) {
  return V.isStruct() ? "s" + std::to_string(Numbers[V.index()])
                      : code(V.basic()).str();
}

/// All that two structs must have in common to be passed alike. What they
/// contain is there by its token, so nesting is kept.
std::string StructuralNaming::structureText(Value Struct) {
  const Structure &S = N.Types.structure(Struct);
  std::string Text =
      llvm::formatv("[{0}|{1}|{2}|{3}]", S.Size, S.effectivePack(),
                    managed::LayoutWords[S.Layout], S.IsBlittable ? 0 : 1);
  for (const StructField &F : S.Fields)
    Text += "{" + (F.Offset ? std::to_string(*F.Offset) + "|" : "") +
            token(F.Type) + "}";
  return Text;
}

/// Structs of one depth: their texts are known, and only their order could
/// decide who yields where two ask for one number. It is that of the texts.
void StructuralNaming::numberLevel(llvm::ArrayRef<Value> Structs) {
  std::map<std::string, std::vector<Value>> ByText;
  for (Value V : Structs)
    ByText[structureText(V)].push_back(V);
  for (const auto &[Text, Same] : ByText) {
    std::string Salted = Text;
    uint32_t Number;
    while (!Taken
                .try_emplace(Number = llvm::xxh3_64bits(Salted) % StructNumbers,
                             Text)
                .second)
      Salted += '+';
    for (Value V : Same)
      Numbers[V.index()] = Number;
  }
}

void StructuralNaming::addShape(Value Struct, StructuralTables &Out,
                                std::set<uint32_t> &Defined) {
  if (!Defined.insert(Numbers[Struct.index()]).second)
    return;
  StructuralTables::Shape S{Numbers[Struct.index()], Struct, {}};
  for (const StructField &F : N.Types.structure(Struct).Fields) {
    if (F.Type.isStruct())
      addShape(F.Type, Out, Defined);
    S.FieldTokens.push_back(token(F.Type));
  }
  Out.Shapes.push_back(std::move(S));
}

//===----------------------------------------------------------------------===//
// Full names
//===----------------------------------------------------------------------===//

std::string StructuralNaming::prefix(const managed::TypeDef &D) {
  StringRef Assembly = D.Assembly;
  if (Assembly == "mscorlib" || Assembly.starts_with("System.") ||
      Assembly.starts_with("UnityEngine."))
    return "";
  return N.Types.assemblies().origin(D).Assembly->moduleName() + ":";
}

/// Names of instances within instances can be longer than memory.
size_t StructuralNaming::nameLength(Value V) {
  if (!V.isStruct())
    return code(V.basic()).size();
  if (auto Known = NameLengths.find(V); Known != NameLengths.end())
    return Known->second;
  const StructInstance &I = N.Types.instance(V);
  size_t Length =
      prefix(*I.Definition).size() + I.Definition->fullName().size();
  if (I.Arguments != ValueList::None) {
    Length += 1 + N.Types.values(I.Arguments).size();
    for (Value Arg : N.Types.values(I.Arguments))
      Length += std::min(nameLength(Arg), size_t(1) << 40);
  }
  return NameLengths[V] = std::min(Length, size_t(1) << 40);
}

std::string StructuralNaming::fullName(Value V) {
  if (!V.isStruct())
    return code(V.basic()).str();
  const StructInstance &I = N.Types.instance(V);
  std::string Text = prefix(*I.Definition) + I.Definition->fullName();
  if (I.Arguments == ValueList::None)
    return Text;
  Text += '<';
  llvm::ListSeparator Comma(",");
  for (Value Arg : N.Types.values(I.Arguments))
    Text += (StringRef(Comma) + fullName(Arg)).str();
  return Text + '>';
}

void StructuralNaming::conflict(Value A, Value B, const std::string &Name) {
  const managed::TypeDef *First = N.Types.instance(A).Definition;
  const managed::TypeDef *Second = N.Types.instance(B).Definition;
  if (Second->Where.File < First->Where.File)
    std::swap(First, Second);
  Findings
      .add(diagnose(DiagnosticID::StructNameConflict, First->Where, Name,
                    First->Assembly, Second->Assembly))
      .note(Second->Where, "the other one is declared here");
  Unusable.insert(A.raw());
  Unusable.insert(B.raw());
}

void StructuralNaming::nameAll(StructuralTables &Out) {
  std::map<std::string, Value> ByName;
  for (uint32_t Raw : Used) {
    Value V = Value::fromRaw(Raw);
    if (nameLength(V) > MaxFullName) {
      const managed::TypeDef &D = *N.Types.instance(V).Definition;
      Findings.add(diagnose(DiagnosticID::KeyTooLong, D.Where, N.Types.name(V),
                            "full name", nameLength(V), MaxFullName));
      Unusable.insert(Raw);
      continue;
    }
    std::string Name = fullName(V);
    auto [It, IsNew] = ByName.try_emplace(Name, V);
    if (IsNew || Numbers[V.index()] == Numbers[It->second.index()])
      continue;
    Value Other = It->second;
    if (N.Types.instance(V).Definition != N.Types.instance(Other).Definition) {
      conflict(Other, V, Name);
      continue;
    }
    // Instances that differ in a pointer where the other has a reference: the
    // runtime cannot tell them apart, and il2cpp drops Pack for references.
    if (N.Types.structure(Other).IsBlittable)
      std::swap(It->second, V);
    Numbers[V.index() == It->second.index() ? Other.index() : V.index()] =
        Numbers[It->second.index()];
  }
  for (const auto &[Name, V] : ByName)
    if (!Unusable.count(V.raw()))
      Out.FullNames.push_back({Name, token(V), V});
}

void StructuralNaming::nameStructs(StructuralTables &Out) {
  for (const MethodNeed &M : N.OfMethods)
    collect(M.Signature);
  for (const CallbackNeed &C : N.OfCallbacks)
    collect(C.Signature);
  for (const CallNeed &C : N.OfCalls)
    collect(C.Signature);

  std::map<unsigned, std::vector<Value>> Levels;
  std::set<uint32_t> All;
  llvm::SmallVector<Value, 16> Open;
  for (uint32_t Raw : Used)
    Open.push_back(Value::fromRaw(Raw));
  while (!Open.empty()) {
    Value V = Open.pop_back_val();
    if (!All.insert(V.raw()).second)
      continue;
    Levels[depth(V)].push_back(V);
    for (const StructField &F : N.Types.structure(V).Fields)
      if (F.Type.isStruct())
        Open.push_back(F.Type);
  }
  Numbers.resize(N.Types.structCount());
  for (const auto &[Depth, Structs] : Levels)
    numberLevel(Structs);
  nameAll(Out);

  std::set<uint32_t> Defined;
  std::map<uint32_t, Value> ByNumber;
  for (const StructuralTables::FullName &F : Out.FullNames)
    ByNumber.try_emplace(Numbers[F.Struct.index()], F.Struct);
  for (const auto &[Number, V] : ByNumber)
    addShape(V, Out, Defined);
}

const TokenSignature *StructuralNaming::tokens(ValueList Signature) {
  uint32_t Index = static_cast<uint32_t>(Signature);
  if (!CanPass[Index])
    return nullptr;
  std::unique_ptr<TokenSignature> &Known = Memo[Index];
  if (Known)
    return Known.get();
  llvm::ArrayRef<Value> Values = N.Types.values(Signature);
  for (Value V : Values)
    if (Unusable.count(V.raw()))
      return nullptr;
  Known = std::make_unique<TokenSignature>();
  Known->Result = token(Values.front());
  for (Value V : Values.drop_front())
    Known->Params.push_back(token(V));
  return Known.get();
}

StructuralTables makeStructuralTables(Needs &N, DiagnosticList &Findings) {
  StructuralTables Out;
  StructuralNaming Names(N, Findings);
  Names.nameStructs(Out);
  fillRows(Out, N, Names, Findings);
  return Out;
}

} // namespace ilbridge::bridge
