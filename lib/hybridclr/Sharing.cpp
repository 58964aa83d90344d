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
enum class CallDirection : uint8_t {
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
  Sharer(const StructuralTables &Tables, const SharedTypes &Classes)
      : Tables(Tables), Classes(Classes) {}

  void add(const std::vector<FunctionRow> &Rows, CallDirection Direction);
  llvm::Error compute(llvm::ArrayRef<abi::Target> Targets);
  void share(std::vector<FunctionRow> &Rows, CallDirection Direction) const;

private:
  const FunctionType *function(const FunctionRow &R, const Type &Result);
  bool hasResultInPlace(const FunctionRow &R) const;
  std::optional<MachineCode> machineCode(const FunctionRow &R,
                                         CallDirection Direction) const;

  struct TargetABI {
    abi::ABIInfo ABI;
    bool IsLittleEndian;
  };
  bool addMachineCode(const FunctionRow &R, CallDirection Direction,
                      const TargetABI &Target, MachineCode &Code) const;

  const StructuralTables &Tables;
  const SharedTypes &Classes;
  TypeContext OfRows; ///< owns the types of functions
  std::map<ABIClassList, const FunctionType *> Functions;
  /// The same functions with a __ResultInPlace, for those that return structs.
  std::map<ABIClassList, const FunctionType *> InPlace;
  abi::ABIQuery Query;
  std::vector<TargetABI> OfTargets;
};

} // namespace

//===----------------------------------------------------------------------===//
// Queries to Clang
//===----------------------------------------------------------------------===//

const FunctionType *Sharer::function(const FunctionRow &R, const Type &Result) {
  std::vector<const Type *> Params;
  for (ABIClass V : Classes.classes(R.Classes).drop_front())
    Params.push_back(&Tables.type(V));
  Params.push_back(&Tables.Types.basic(Basic::UIntPtr)); // the MethodInfo
  return OfRows.make<FunctionType>(&Result, std::move(Params),
                                   CallingConvention::C, false);
}

void Sharer::add(const std::vector<FunctionRow> &Rows,
                 CallDirection Direction) {
  for (const FunctionRow &R : Rows) {
    for (ABIClass V : Classes.classes(R.Classes))
      if (!V.is(Basic::Void))
        Query.add(Tables.type(V));
    const Type &Result = Tables.type(Classes.classes(R.Classes).front());
    if (const FunctionType *&F = Functions[R.Classes]; !F)
      Query.add(*(F = function(R, Result)));
    if (Direction != CallDirection::ToManaged ||
        !llvm::isa<RecordType>(&Result))
      continue;
    if (const FunctionType *&F = InPlace[R.Classes]; !F)
      Query.add(*(F = function(R, Tables.Types.resultInPlace())));
  }
}

llvm::Error Sharer::compute(llvm::ArrayRef<abi::Target> Targets) {
  for (const abi::Target &T : Targets) {
    llvm::Expected<abi::ABIInfo> Given = Query.compute(T);
    if (!Given)
      return Given.takeError();
    OfTargets.push_back(
        {std::move(*Given), llvm::Triple(T.Triple).isLittleEndian()});
  }
  return llvm::Error::success();
}

/// Sets the bytes of \p T, which begin at \p At, to '1', but not its padding:
/// compilers need not copy that.
static void markData(const Type &T, const abi::ABIInfo &ABI, uint64_t At,
                     std::string &Bytes) {
  if (const auto *R = llvm::dyn_cast<RecordType>(&T)) {
    const abi::Placement &P = *ABI.placement(*R);
    for (size_t I = 0; I != R->Fields.size(); ++I)
      markData(*R->Fields[I].Ty, ABI, At + P.Fields[I] / 8, Bytes);
  } else if (const auto *S = llvm::dyn_cast<ScalarType>(&T)) {
    uint64_t Size = ABI.model().bits(S->width()) / 8;
    std::fill_n(Bytes.begin() + At, Size, '1');
  } // an array is padding before a field
}

/// Returns the bytes of a value: '1' for data, '0' for padding.
static std::string bytesOf(const Type &T, const abi::ABIInfo &ABI) {
  uint64_t Size = 0;
  if (const auto *R = llvm::dyn_cast<RecordType>(&T))
    Size = ABI.placement(*R)->Whole.Size;
  else if (const auto *S = llvm::dyn_cast<ScalarType>(&T))
    Size = ABI.model().bits(S->width()) / 8;
  std::string Bytes(Size, '0');
  markData(T, ABI, 0, Bytes);
  return Bytes;
}

/// Returns true if the caller of a row's function cannot distinguish a result
/// of its own type from a __ResultInPlace.
bool Sharer::hasResultInPlace(const FunctionRow &R) const {
  auto Found = InPlace.find(R.Classes);
  if (Found == InPlace.end())
    return false;
  return llvm::all_of(OfTargets, [&](const TargetABI &Target) {
    const auto *Own = Target.ABI.signature(*Functions.at(R.Classes));
    const auto *Other = Target.ABI.signature(*Found->second);
    return Own && Other && Own->Result.How == abi::ValueLowering::Indirect &&
           *Own == *Other;
  });
}

/// \returns false if Clang could not lower the signature.
bool Sharer::addMachineCode(const FunctionRow &R, CallDirection Direction,
                            const TargetABI &Target, MachineCode &Code) const {
  const abi::ABIInfo &ABI = Target.ABI;
  const abi::SignatureLowering *L = ABI.signature(*Functions.at(R.Classes));
  if (!L)
    return false;
  auto Add = [&](const abi::ValueLowering &How) {
    Code.Text += '|' + std::to_string(How.How) + ':' + How.RegisterClasses;
    if (How.How == abi::ValueLowering::Extended)
      Code.Text += How.IsSigned ? 's' : 'z';
  };
  auto AddBytes = [&](std::string OfValue, bool IsSizeFree = false) {
    if (!IsSizeFree)
      Code.Text += ':' + std::to_string(OfValue.size());
    Code.Bytes.push_back(std::move(OfValue));
  };
  llvm::ArrayRef<ABIClass> All = Classes.classes(R.Classes);
  Code.Text += std::to_string(L->Convention);
  Add(L->Result);
  std::string Result = bytesOf(Tables.type(All.front()), ABI);
  Code.ResultSizes.push_back(Result.size());
  // The interpreter writes only the bytes of the method's result, and the
  // caller reads only the low bytes of a register, which are the first ones on
  // a little-endian target.
  bool IsOneRegister =
      L->Result.How == abi::ValueLowering::Direct &&
      !llvm::StringRef(L->Result.RegisterClasses).contains(',') &&
      Target.IsLittleEndian;
  if (Code.HasResultInPlace)
    Code.Text += "in place";
  else
    AddBytes(std::move(Result),
             Direction == CallDirection::ToManaged && IsOneRegister);
  for (size_t I = 1; I != All.size(); ++I) {
    const abi::ValueLowering &Param = L->Params[I - 1];
    Add(Param);
    if (ABI.packsStack())
      Code.Text += Param.Registers;
    AddBytes(bytesOf(Tables.type(All[I]), ABI));
    if (Direction == CallDirection::ToNative)
      continue;
    if (All[I].is(Basic::I1) || All[I].is(Basic::I2))
      Code.Text += "fs";
    else if (All[I].is(Basic::U1) || All[I].is(Basic::U2))
      Code.Text += "fz";
  }
  return true;
}

std::optional<MachineCode> Sharer::machineCode(const FunctionRow &R,
                                               CallDirection Direction) const {
  MachineCode Code;
  Code.HasResultInPlace =
      Direction == CallDirection::ToManaged && hasResultInPlace(R);
  for (const TargetABI &Target : OfTargets)
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

void Sharer::share(std::vector<FunctionRow> &Rows,
                   CallDirection Direction) const {
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
  const std::pair<std::vector<FunctionRow> *, CallDirection> All[] = {
      {&Tables.M2N, CallDirection::ToNative},
      {&Tables.N2M, CallDirection::ToManaged},
      {&Tables.AdjustThunk, CallDirection::ToManaged}};
  for (auto [Rows, Direction] : All)
    S.add(*Rows, Direction);
  if (llvm::Error E = S.compute(Targets))
    return E;
  for (auto [Rows, Direction] : All)
    S.share(*Rows, Direction);
  return llvm::Error::success();
}

} // namespace ilbridge::hybridclr
