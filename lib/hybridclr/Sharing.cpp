//===- Sharing.cpp - One function for many bridge rows --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/hybridclr/Sharing.h"
#include "ilbridge/abi/Lowering.h"
#include "llvm/TargetParser/Triple.h"
#include <map>

namespace ilbridge::hybridclr {
namespace {

/// The direction of a call, which determines how a function treats its values.
enum class Way : uint8_t {
  /// Loads the bytes of parameters from slots, and stores the result.
  ToNative,
  /// Stores parameters into slots, and fills the slots of small integers. The
  /// interpreter writes the result, which the function returns.
  ToManaged,
};

/// Everything that determines what a row's function does on the targets.
struct MachineCode {
  /// The registers and offsets of values, and their sizes. They are equal for
  /// functions that can replace each other, provided that the functions copy
  /// all data.
  std::string Text;
  /// For each value, on each target: '1' for a byte of data, '0' for a byte of
  /// padding.
  std::vector<std::string> Bytes;
  std::vector<size_t> ResultSizes; ///< on each target
  bool HasResultInPlace = false;
};

class Sharer {
public:
  Sharer(const StructuralTables &Tables, const SharedTypes &Values)
      : Tables(Tables), Values(Values) {}

  void add(const std::vector<FunctionRow> &Rows, Way Direction);
  llvm::Error ask(llvm::ArrayRef<abi::Target> Targets);
  void share(std::vector<FunctionRow> &Rows, Way Direction) const;

private:
  const FunctionType *function(const FunctionRow &R, const Type &Result);
  bool hasResultInPlace(const FunctionRow &R) const;
  std::optional<MachineCode> machineCode(const FunctionRow &R,
                                         Way Direction) const;

  struct TargetAnswers {
    abi::Answers Answers;
    bool IsLittleEndian;
  };
  bool addMachineCode(const FunctionRow &R, Way Direction,
                      const TargetAnswers &Target, MachineCode &Code) const;

  const StructuralTables &Tables;
  const SharedTypes &Values;
  TypeContext OfRows; ///< owns the types of functions
  std::map<ValueList, const FunctionType *> Functions;
  /// The same functions with a __ResultInPlace, for those that return structs.
  std::map<ValueList, const FunctionType *> InPlace;
  abi::Unit Unit;
  std::vector<TargetAnswers> OfTargets;
};

} // namespace

//===----------------------------------------------------------------------===//
// Queries to Clang
//===----------------------------------------------------------------------===//

const FunctionType *Sharer::function(const FunctionRow &R, const Type &Result) {
  std::vector<const Type *> Params;
  for (Value V : Values.values(R.Values).drop_front())
    Params.push_back(&Tables.type(V));
  Params.push_back(&Tables.Types.basic(Basic::UIntPtr)); // the MethodInfo
  return OfRows.make<FunctionType>(&Result, std::move(Params),
                                   CallingConvention::C, false);
}

void Sharer::add(const std::vector<FunctionRow> &Rows, Way Direction) {
  for (const FunctionRow &R : Rows) {
    for (Value V : Values.values(R.Values))
      if (!V.is(Basic::Void))
        Unit.add(Tables.type(V));
    const Type &Result = Tables.type(Values.values(R.Values).front());
    if (const FunctionType *&F = Functions[R.Values]; !F)
      Unit.add(*(F = function(R, Result)));
    if (Direction != Way::ToManaged || !llvm::isa<RecordType>(&Result))
      continue;
    if (const FunctionType *&F = InPlace[R.Values]; !F)
      Unit.add(*(F = function(R, Tables.Types.resultInPlace())));
  }
}

llvm::Error Sharer::ask(llvm::ArrayRef<abi::Target> Targets) {
  for (const abi::Target &T : Targets) {
    llvm::Expected<abi::Answers> Given = Unit.ask(T);
    if (!Given)
      return Given.takeError();
    OfTargets.push_back(
        {std::move(*Given), llvm::Triple(T.Triple).isLittleEndian()});
  }
  return llvm::Error::success();
}

/// Sets the bytes of \p T, which begin at \p At, to '1', but not its padding:
/// compilers need not copy that.
static void markData(const Type &T, const abi::Answers &Answers, uint64_t At,
                     std::string &Bytes) {
  if (const auto *R = llvm::dyn_cast<RecordType>(&T)) {
    const abi::Placement &P = *Answers.placement(*R);
    for (size_t I = 0; I != R->Fields.size(); ++I)
      markData(*R->Fields[I].Ty, Answers, At + P.Fields[I] / 8, Bytes);
  } else if (const auto *S = llvm::dyn_cast<ScalarType>(&T)) {
    uint64_t Size = Answers.model().bits(S->width()) / 8;
    std::fill_n(Bytes.begin() + At, Size, '1');
  } // an array is padding before a field
}

/// Returns the bytes of a value: '1' for data, '0' for padding.
static std::string bytesOf(const Type &T, const abi::Answers &Answers) {
  uint64_t Size = 0;
  if (const auto *R = llvm::dyn_cast<RecordType>(&T))
    Size = Answers.placement(*R)->Whole.Size;
  else if (const auto *S = llvm::dyn_cast<ScalarType>(&T))
    Size = Answers.model().bits(S->width()) / 8;
  std::string Bytes(Size, '0');
  markData(T, Answers, 0, Bytes);
  return Bytes;
}

/// Returns true if the caller of a row's function cannot distinguish a result
/// of its own type from a __ResultInPlace.
bool Sharer::hasResultInPlace(const FunctionRow &R) const {
  auto Found = InPlace.find(R.Values);
  if (Found == InPlace.end())
    return false;
  return llvm::all_of(OfTargets, [&](const TargetAnswers &Target) {
    const auto *Own = Target.Answers.signature(*Functions.at(R.Values));
    const auto *Other = Target.Answers.signature(*Found->second);
    return Own && Other && Own->Result.How == abi::ValueLowering::Indirect &&
           *Own == *Other;
  });
}

/// \returns false if Clang could not lower the signature.
bool Sharer::addMachineCode(const FunctionRow &R, Way Direction,
                            const TargetAnswers &Target,
                            MachineCode &Code) const {
  const abi::Answers &Answers = Target.Answers;
  const abi::SignatureLowering *L = Answers.signature(*Functions.at(R.Values));
  if (!L)
    return false;
  auto Add = [&](const abi::ValueLowering &How) {
    Code.Text += '|' + std::to_string(How.How) + ':' + How.Places;
    if (How.How == abi::ValueLowering::Extended)
      Code.Text += How.IsSigned ? 's' : 'z';
  };
  auto AddBytes = [&](std::string OfValue, bool IsSizeFree = false) {
    if (!IsSizeFree)
      Code.Text += ':' + std::to_string(OfValue.size());
    Code.Bytes.push_back(std::move(OfValue));
  };
  llvm::ArrayRef<Value> All = Values.values(R.Values);
  Code.Text += std::to_string(L->Convention);
  Add(L->Result);
  std::string Result = bytesOf(Tables.type(All.front()), Answers);
  Code.ResultSizes.push_back(Result.size());
  // The interpreter writes only the bytes of the method's result, and the
  // caller reads only the low bytes of a register, which are the first ones on
  // a little-endian target.
  bool IsOneRegister = L->Result.How == abi::ValueLowering::Direct &&
                       !llvm::StringRef(L->Result.Places).contains(',') &&
                       Target.IsLittleEndian;
  if (Code.HasResultInPlace)
    Code.Text += "in place";
  else
    AddBytes(std::move(Result), Direction == Way::ToManaged && IsOneRegister);
  for (size_t I = 1; I != All.size(); ++I) {
    const abi::ValueLowering &Param = L->Params[I - 1];
    Add(Param);
    if (Answers.packsStack())
      Code.Text += Param.Registers;
    AddBytes(bytesOf(Tables.type(All[I]), Answers));
    if (Direction == Way::ToNative)
      continue;
    if (All[I].is(Basic::I1) || All[I].is(Basic::I2))
      Code.Text += "fs";
    else if (All[I].is(Basic::U1) || All[I].is(Basic::U2))
      Code.Text += "fz";
  }
  return true;
}

std::optional<MachineCode> Sharer::machineCode(const FunctionRow &R,
                                               Way Direction) const {
  MachineCode Code;
  Code.HasResultInPlace = Direction == Way::ToManaged && hasResultInPlace(R);
  for (const TargetAnswers &Target : OfTargets)
    if (!addMachineCode(R, Direction, Target, Code))
      return std::nullopt;
  return Code;
}

/// Returns true if a copy of the data of \p A includes the data of \p B.
static bool covers(llvm::ArrayRef<std::string> A,
                   llvm::ArrayRef<std::string> B) {
  return llvm::all_of(llvm::zip_equal(A, B), [](const auto &Pair) {
    const auto &[OfA, OfB] = Pair;
    for (size_t I = 0; I != OfB.size(); ++I)
      if (OfB[I] == '1' && (I >= OfA.size() || OfA[I] == '0'))
        return false;
    return true;
  });
}

static size_t dataSize(const MachineCode &Code) {
  size_t Size = 0;
  for (const std::string &OfValue : Code.Bytes)
    Size += llvm::count(OfValue, '1');
  return Size;
}

void Sharer::share(std::vector<FunctionRow> &Rows, Way Direction) const {
  struct Candidate {
    FunctionRow *Row;
    MachineCode Code;
  };
  std::map<std::string, std::vector<Candidate>> Groups;
  for (FunctionRow &R : Rows)
    if (std::optional<MachineCode> Code = machineCode(R, Direction))
      Groups[Code->Text].push_back({&R, std::move(*Code)});
  for (auto &[Text, Group] : Groups) {
    // Functions that copy the most data replace the others.
    llvm::stable_sort(Group, [](const Candidate &A, const Candidate &B) {
      return dataSize(A.Code) > dataSize(B.Code);
    });
    std::vector<const Candidate *> Chosen;
    for (const Candidate &C : Group) {
      auto Found = llvm::find_if(Chosen, [&](const Candidate *Other) {
        return covers(Other->Code.Bytes, C.Code.Bytes);
      });
      if (Found == Chosen.end()) {
        if (C.Code.HasResultInPlace)
          C.Row->Result = FunctionRow::InPlace;
        Chosen.push_back(&C);
        continue;
      }
      const Candidate &Stands = **Found;
      C.Row->SharedWith = Stands.Row->Key;
      if (!C.Code.HasResultInPlace &&
          C.Code.ResultSizes != Stands.Code.ResultSizes)
        Stands.Row->Result = FunctionRow::Cleared;
    }
  }
}

llvm::Error shareFunctions(StructuralTables &Tables, const SharedTypes &Types,
                           llvm::ArrayRef<abi::Target> Targets) {
  Sharer S(Tables, Types);
  const std::pair<std::vector<FunctionRow> *, Way> All[] = {
      {&Tables.M2N, Way::ToNative},
      {&Tables.N2M, Way::ToManaged},
      {&Tables.AdjustThunk, Way::ToManaged}};
  for (auto [Rows, Direction] : All)
    S.add(*Rows, Direction);
  if (llvm::Error E = S.ask(Targets))
    return E;
  for (auto [Rows, Direction] : All)
    S.share(*Rows, Direction);
  return llvm::Error::success();
}

} // namespace ilbridge::hybridclr
