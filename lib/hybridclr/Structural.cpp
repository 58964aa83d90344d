//===- Structural.cpp - Tables of current HybridCLR -----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/hybridclr/Structural.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"
#include <map>
#include <set>

using llvm::StringRef;

namespace ilbridge::hybridclr {
namespace {

/// The number of different struct numbers. It is small enough that keys stay
/// short, and large enough that two structures hardly ever get the same number.
constexpr uint64_t StructNumbers = 100'000'000;

class StructuralNaming : public Naming {
public:
  StructuralNaming(BridgeRequirements &N, const runtime::BridgeDialect &D,
                   DiagnosticList &Findings)
      : Naming(D), N(N), Findings(Findings),
        CanPass(checkSignatures(N, Findings)), IsCollected(CanPass.size()) {}

  void nameStructs(StructuralTables &Out);
  bool appendTokens(ABIClassList Signature, std::string &Key) override;

private:
  void collect(ABIClassList Signature);
  void collectNative(ABIClassList Signature, StringRef Name,
                     const Location &Where);
  unsigned depth(ABIClass Struct);
  void numberLevel(llvm::ArrayRef<ABIClass> Structs);
  std::string structureText(ABIClass Struct);
  /// Shapes sorted by depth, so that each shape follows those that it contains,
  /// and then by number. The place of a shape does not depend on the contents
  /// of others.
  using ShapeOrder = std::map<std::pair<unsigned, uint32_t>, ABIClass>;
  void addShape(ABIClass Struct, ShapeOrder &Shapes);
  void nameAll(StructuralTables &Out);
  bool areSharedAlike(ABIClass A, ABIClass B) const;
  std::pair<const managed::TypeDef *, const managed::TypeDef *>
  namesakes(ABIClass A, ABIClass B) const;
  void conflict(ABIClass A, ABIClass B, const std::string &Name);
  std::string token(ABIClass V) const;
  void makeShapes(StructuralTables &Out);

  BridgeRequirements &N;
  DiagnosticList &Findings;
  std::vector<bool> CanPass; ///< by signature
  std::set<uint32_t> Used;   ///< raw() of structs in signatures
  std::vector<unsigned> Depths;
  std::vector<uint32_t> Numbers; ///< by the index of the struct
  std::map<uint32_t, std::string> Taken;
  std::set<uint32_t> Unusable;   ///< raw() of structs that have no full name
  std::vector<bool> IsCollected; ///< by signature
};

} // namespace

//===----------------------------------------------------------------------===//
// Structs in signatures
//===----------------------------------------------------------------------===//

void StructuralNaming::collect(ABIClassList Signature) {
  uint32_t Index = static_cast<uint32_t>(Signature);
  if (!CanPass[Index] || IsCollected[Index])
    return;
  IsCollected[Index] = true;
  for (ABIClass V : N.Types.classes(Signature))
    if (V.isStruct())
      Used.insert(V.raw());
}

/// The runtime has no names for the structs that it interprets, so it would
/// never find a row with such a struct.
void StructuralNaming::collectNative(ABIClassList Signature, StringRef Name,
                                     const Location &Where) {
  for (ABIClass V : N.Types.classes(Signature))
    if (N.isInterpreted(V)) {
      Findings.add(
          diagnose(DiagnosticID::UnbridgeableType, Where, Name, N.Types.name(V),
                   "that struct is of a hot-update assembly, for which the "
                   "runtime does not look up bridge functions; move it to an "
                   "assembly that is compiled ahead of time"));
      CanPass[static_cast<uint32_t>(Signature)] = false;
      return;
    }
  collect(Signature);
}

/// Returns 1 for a struct of basic values. Structs were checked before, so they
/// do not contain themselves.
unsigned StructuralNaming::depth(ABIClass Struct) {
  if (Depths.size() < N.Types.structCount())
    Depths.resize(N.Types.structCount());
  if (unsigned Known = Depths[Struct.index()])
    return Known;
  unsigned Deepest = 0;
  for (const StructField &F : N.Types.structure(Struct).Fields)
    if (F.Type.isStruct())
      Deepest = std::max(Deepest, depth(F.Type));
  // Reading fields can add structs.
  Depths.resize(N.Types.structCount());
  return Depths[Struct.index()] = Deepest + 1;
}

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

std::string StructuralNaming::token(ABIClass V) const {
  return V.isStruct() ? "s" + std::to_string(Numbers[V.index()])
                      : code(V.basic()).str();
}

/// Returns all properties that two structs must have in common to be passed
/// alike. Contained structs are represented by their tokens, so nesting is
/// preserved.
std::string StructuralNaming::structureText(ABIClass Struct) {
  const Structure &S = N.Types.structure(Struct);
  std::string Text =
      llvm::formatv("[{0}|{1}|{2}|{3}]", S.Size, S.effectivePack(),
                    managed::LayoutWords[S.Layout], S.IsBlittable ? 0 : 1);
  for (const StructField &F : S.Fields)
    Text += "{" + (F.Offset ? std::to_string(*F.Offset) + "|" : "") +
            token(F.Type) + "}";
  return Text;
}

/// Numbers structs of one depth, whose texts are known. If two texts yield the
/// same number, their order decides which one gets another number. They are
/// sorted by text, so that the result is deterministic.
void StructuralNaming::numberLevel(llvm::ArrayRef<ABIClass> Structs) {
  std::map<std::string, std::vector<ABIClass>> ByText;
  for (ABIClass V : Structs)
    ByText[structureText(V)].push_back(V);
  for (const auto &[Text, Same] : ByText) {
    std::string Salted = Text;
    uint32_t Number;
    while (!Taken
                .try_emplace(Number = llvm::xxh3_64bits(Salted) % StructNumbers,
                             Text)
                .second)
      Salted += '+';
    for (ABIClass V : Same)
      Numbers[V.index()] = Number;
  }
}

void StructuralNaming::addShape(ABIClass Struct, ShapeOrder &Shapes) {
  std::pair Place(depth(Struct), Numbers[Struct.index()]);
  if (!Shapes.try_emplace(Place, Struct).second)
    return;
  for (const StructField &F : N.Types.structure(Struct).Fields)
    if (F.Type.isStruct())
      addShape(F.Type, Shapes);
}

//===----------------------------------------------------------------------===//
// Full names
//===----------------------------------------------------------------------===//

/// Returns true if two instances differ only in that one has a reference and
/// the other has a pointer. The runtime cannot distinguish them, and need not
/// do so.
bool StructuralNaming::areSharedAlike(ABIClass A, ABIClass B) const {
  if (A == B)
    return true;
  if (!A.isStruct() || !B.isStruct())
    return A.isBasic() && B.isBasic() && code(A.basic()) == code(B.basic());
  const StructInstance &Left = N.Types.instance(A);
  const StructInstance &Right = N.Types.instance(B);
  return Left.Definition == Right.Definition &&
         llvm::equal(
             N.Types.classes(Left.Arguments), N.Types.classes(Right.Arguments),
             [&](ABIClass L, ABIClass R) { return areSharedAlike(L, R); });
}

/// Returns the definitions with the same name: those of the structs themselves,
/// or of their type arguments.
std::pair<const managed::TypeDef *, const managed::TypeDef *>
StructuralNaming::namesakes(ABIClass A, ABIClass B) const {
  const StructInstance &Left = N.Types.instance(A);
  const StructInstance &Right = N.Types.instance(B);
  if (Left.Definition == Right.Definition)
    for (auto [L, R] : llvm::zip(N.Types.classes(Left.Arguments),
                                 N.Types.classes(Right.Arguments)))
      if (!areSharedAlike(L, R))
        return namesakes(L, R);
  return {Left.Definition, Right.Definition};
}

void StructuralNaming::conflict(ABIClass A, ABIClass B,
                                const std::string &Name) {
  auto [First, Second] = namesakes(A, B);
  if (Second->Where.File < First->Where.File)
    std::swap(First, Second);
  Findings
      .add(diagnose(DiagnosticID::StructNameConflict, First->Where, Name,
                    First->Assembly, Second->Assembly))
      .note(Second->Where, "the other one is declared here");
}

void StructuralNaming::nameAll(StructuralTables &Out) {
  std::map<std::string, ABIClass> ByName;
  std::set<std::string> Conflicts;
  for (uint32_t Raw : Used) {
    ABIClass V = ABIClass::fromRaw(Raw);
    if (size_t Length = N.Types.fullNameLength(V); Length > MaxFullName) {
      const managed::TypeDef &D = *N.Types.instance(V).Definition;
      Findings.add(diagnose(DiagnosticID::KeyTooLong, D.Where,
                            "what passes '" + N.Types.name(V) + "'",
                            "the struct's full name", Length, MaxFullName));
      Unusable.insert(Raw);
      continue;
    }
    std::string Name = N.Types.fullName(V);
    auto [It, IsNew] = ByName.try_emplace(Name, V);
    if (IsNew || Numbers[V.index()] == Numbers[It->second.index()])
      continue;
    ABIClass Other = It->second;
    if (!areSharedAlike(V, Other)) {
      conflict(Other, V, Name);
      Conflicts.insert(Name);
      continue;
    }
    // il2cpp ignores Pack if there are references, so the instance with
    // references determines the number.
    if (N.Types.structure(Other).IsBlittable)
      std::swap(It->second, V);
    Numbers[V.index()] = Numbers[It->second.index()];
  }
  for (const auto &[Name, V] : ByName)
    if (!Conflicts.count(Name))
      Out.FullNames.push_back({Name, token(V), V});
  if (Conflicts.empty())
    return;
  for (uint32_t Raw : Used)
    if (!Unusable.count(Raw) &&
        Conflicts.count(N.Types.fullName(ABIClass::fromRaw(Raw))))
      Unusable.insert(Raw);
}

void StructuralNaming::nameStructs(StructuralTables &Out) {
  for (const MethodRequirement &M : N.OfMethods)
    collect(M.Signature);
  for (const CallbackRequirement &C : N.OfCallbacks)
    collectNative(C.Signature, C.Name, C.Where);
  for (const CallRequirement &C : N.OfCalls)
    collectNative(C.Signature, C.Name, C.Where);
  for (const ReservedBridge &R : N.Reserved)
    collectNative(R.Signature, R.Name, R.Where);

  std::map<unsigned, std::vector<ABIClass>> Levels;
  std::set<uint32_t> All;
  llvm::SmallVector<ABIClass, 16> Open;
  for (uint32_t Raw : Used)
    Open.push_back(ABIClass::fromRaw(Raw));
  while (!Open.empty()) {
    ABIClass V = Open.pop_back_val();
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

  makeShapes(Out);
}

void StructuralNaming::makeShapes(StructuralTables &Out) {
  ShapeOrder Shapes;
  for (const StructuralTables::FullName &F : Out.FullNames)
    addShape(F.Struct, Shapes);
  llvm::DenseMap<uint32_t, const RecordType *> ByNumber;
  for (const auto &[Place, V] : Shapes) {
    const Structure &S = N.Types.structure(V);
    llvm::SmallVector<const Type *, 8> Fields;
    for (const StructField &F : S.Fields)
      Fields.push_back(F.Type.isStruct() ? ByNumber.at(Numbers[F.Type.index()])
                                         : &Out.Types.basic(F.Type.basic()));
    Out.Shapes.push_back(&Out.Types.makeStruct(Place.second, S, Fields));
    ByNumber[Place.second] = Out.Shapes.back();
  }
  for (uint32_t Number : Numbers)
    Out.ShapeOf.push_back(ByNumber.lookup(Number));
}

bool StructuralNaming::appendTokens(ABIClassList Signature, std::string &Key) {
  if (!CanPass[static_cast<uint32_t>(Signature)])
    return false;
  for (ABIClass V : N.Types.classes(Signature)) {
    if (Unusable.count(V.raw()))
      return false;
    if (V.isStruct())
      Key += token(V);
    else
      Key += code(V.basic());
  }
  return true;
}

StructuralTables makeStructuralTables(BridgeRequirements &N,
                                      const runtime::BridgeDialect &D,
                                      DiagnosticList &Findings) {
  StructuralTables Out;
  StructuralNaming Names(N, D, Findings);
  Names.nameStructs(Out);
  fillRows(Out, N, Names, Findings);
  return Out;
}

} // namespace ilbridge::hybridclr
