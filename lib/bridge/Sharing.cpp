//===- Sharing.cpp - One function for many bridge rows --------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/bridge/Sharing.h"
#include "ilbridge/abi/Lowering.h"
#include <map>

using ilbridge::managed::TypeDef;

namespace ilbridge::bridge {
namespace {

/// What a function does with a value beside receiving or passing it on.
enum class Use : uint8_t {
  Loaded, ///< from a slot: so many bytes of it
  Stored, ///< into slots: small integers fill theirs
};

/// All that decides what a row's function does on the targets.
struct MachineCode {
  /// Where values arrive, and how many bytes they have: equal for functions
  /// that can stand for each other, if their copies are complete.
  std::string Text;
  /// '1' for each byte of a value that is data, '0' for padding.
  std::string Bytes;
};

class Sharer {
public:
  Sharer(SharedTypes &Values) : Values(Values) {}

  void add(const std::vector<FunctionRow> &Rows);
  llvm::Error ask(llvm::ArrayRef<abi::Target> Targets);
  void share(std::vector<FunctionRow> &Rows, Use HowParams) const;

private:
  const Type *type(Value V);
  const Type *basicType(Basic B);
  const Type *structType(const Structure &S);
  const Type *scalar(ScalarType::Class C, Width W, Signedness S);
  RecordType *record(RecordType::Tag Tag, unsigned Pack);
  void addField(RecordType &R, const Type *T);
  void addBytes(RecordType &R, uint64_t Count);
  const FunctionType *function(const FunctionRow &R);
  std::optional<MachineCode> machineCode(const FunctionRow &R,
                                         Use HowParams) const;
  bool addMachineCode(const FunctionRow &R, Use HowParams,
                      const abi::Answers &Answers, MachineCode &Code) const;

  SharedTypes &Values;
  TypeContext Types;
  llvm::DenseMap<Value, const Type *> Known;
  std::map<ValueList, const FunctionType *> Functions;
  abi::Unit Unit;
  std::vector<abi::Answers> OfTargets;
};

} // namespace

//===----------------------------------------------------------------------===//
// Types as il2cpp writes them
//===----------------------------------------------------------------------===//

const Type *Sharer::scalar(ScalarType::Class C, Width W, Signedness S) {
  return Types.make<ScalarType>(C, W, S);
}

const Type *Sharer::basicType(Basic B) {
  constexpr auto Integer = ScalarType::Integer, Float = ScalarType::Float;
  constexpr auto S = Signedness::Signed, U = Signedness::Unsigned;
  switch (B) {
  case Basic::Void:
    return Types.make<VoidType>();
  case Basic::U1:
    return scalar(Integer, Width::W8, U);
  case Basic::I1:
    return scalar(Integer, Width::W8, S);
  case Basic::U2:
    return scalar(Integer, Width::W16, U);
  case Basic::I2:
    return scalar(Integer, Width::W16, S);
  case Basic::U4:
    return scalar(Integer, Width::W32, U);
  case Basic::I4:
    return scalar(Integer, Width::W32, S);
  case Basic::U8:
    return scalar(Integer, Width::W64, U);
  case Basic::I8:
    return scalar(Integer, Width::W64, S);
  case Basic::R4:
    return scalar(Float, Width::W32, S);
  case Basic::R8:
    return scalar(Float, Width::W64, S);
  case Basic::IntPtr:
    return scalar(Integer, Width::Pointer, S);
  case Basic::UIntPtr:
  case Basic::Pointer:
  case Basic::Object:
    return scalar(Integer, Width::Pointer, U);
  case Basic::TypedReference: { // type, value and class
    RecordType *R = record(RecordType::Struct, 0);
    for (int I = 0; I != 3; ++I)
      addField(*R, type(Basic::UIntPtr));
    return R;
  }
  }
  llvm_unreachable("not a basic value");
}

RecordType *Sharer::record(RecordType::Tag Tag, unsigned Pack) {
  auto *R = Types.make<RecordType>(Declaration(), Tag);
  R->Pack = Pack;
  return R;
}

void Sharer::addField(RecordType &R, const Type *T) {
  R.Fields.emplace_back().Ty = T;
}

void Sharer::addBytes(RecordType &R, uint64_t Count) {
  if (Count)
    addField(R, Types.make<ArrayType>(type(Basic::I1), Count));
}

/// The same members as in the generated text: see HybridCLRStructural.cpp.
const Type *Sharer::structType(const Structure &S) {
  if (S.Layout == TypeDef::Explicit) {
    RecordType *Fields = record(RecordType::Union, 0);
    addBytes(*Fields, S.Size);
    for (const StructField &F : S.Fields)
      for (unsigned Pack : {1U, S.effectivePack()}) {
        RecordType *Placed = record(RecordType::Struct, Pack);
        addBytes(*Placed, *F.Offset);
        addField(*Placed, type(F.Type));
        addField(*Fields, Placed);
      }
    RecordType *Whole = record(RecordType::Struct, 0);
    addField(*Whole, Fields);
    return Whole;
  }
  RecordType *Fields = record(RecordType::Struct, S.effectivePack());
  for (const StructField &F : S.Fields)
    addField(*Fields, type(F.Type));
  if (!S.Size)
    return Fields;
  RecordType *Whole = record(RecordType::Union, S.effectivePack());
  addBytes(*Whole, S.Size);
  addField(*Whole, Fields);
  return Whole;
}

const Type *Sharer::type(Value V) {
  if (const Type *T = Known.lookup(V))
    return T;
  const Type *T =
      V.isStruct() ? structType(Values.structure(V)) : basicType(V.basic());
  return Known[V] = T;
}

const FunctionType *Sharer::function(const FunctionRow &R) {
  const FunctionType *&F = Functions[R.Values];
  if (F)
    return F;
  llvm::ArrayRef<Value> All = Values.values(R.Values);
  std::vector<const Type *> Params;
  for (Value V : All.drop_front())
    Params.push_back(type(V));
  Params.push_back(type(Basic::UIntPtr)); // the MethodInfo
  return F = Types.make<FunctionType>(type(All.front()), std::move(Params),
                                      CallingConvention::C, false);
}

//===----------------------------------------------------------------------===//
// Asking
//===----------------------------------------------------------------------===//

void Sharer::add(const std::vector<FunctionRow> &Rows) {
  for (const FunctionRow &R : Rows) {
    for (Value V : Values.values(R.Values))
      if (!V.is(Basic::Void))
        Unit.add(*type(V));
    Unit.add(*function(R));
  }
}

llvm::Error Sharer::ask(llvm::ArrayRef<abi::Target> Targets) {
  for (const abi::Target &T : Targets) {
    llvm::Expected<abi::Answers> Given = Unit.ask(T);
    if (!Given)
      return Given.takeError();
    OfTargets.push_back(std::move(*Given));
  }
  return llvm::Error::success();
}

/// Sets what is '1' of the bytes of \p T, which begin at \p At, and no padding:
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
  } // an array is what stands before a field
}

/// The bytes of a value: '1' for data, '0' for padding.
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

/// \returns whether Clang was able to say.
bool Sharer::addMachineCode(const FunctionRow &R, Use HowParams,
                            const abi::Answers &Answers,
                            MachineCode &Code) const {
  const abi::SignatureLowering *L = Answers.signature(*Functions.at(R.Values));
  if (!L)
    return false;
  auto AddBytes = [&](Value V) {
    std::string OfValue = bytesOf(*Known.at(V), Answers);
    Code.Text += ':' + std::to_string(OfValue.size());
    Code.Bytes += OfValue;
  };
  auto Add = [&](const abi::ValueLowering &How) {
    Code.Text += '|' + std::to_string(How.How) + ':' + How.Places;
    if (How.How == abi::ValueLowering::Extended)
      Code.Text += How.IsSigned ? 's' : 'z';
  };
  llvm::ArrayRef<Value> All = Values.values(R.Values);
  Code.Text += std::to_string(L->Convention);
  Add(L->Result);
  AddBytes(All.front());
  for (size_t I = 1; I != All.size(); ++I) {
    Add(L->Params[I - 1]);
    AddBytes(All[I]);
    if (HowParams == Use::Loaded)
      continue;
    if (All[I].is(Basic::I1) || All[I].is(Basic::I2))
      Code.Text += "fs";
    else if (All[I].is(Basic::U1) || All[I].is(Basic::U2))
      Code.Text += "fz";
  }
  return true;
}

std::optional<MachineCode> Sharer::machineCode(const FunctionRow &R,
                                               Use HowParams) const {
  MachineCode Code;
  for (const abi::Answers &Answers : OfTargets)
    if (!addMachineCode(R, HowParams, Answers, Code))
      return std::nullopt;
  return Code;
}

/// Whether what copies the bytes of \p A copies those of \p B, too.
static bool covers(llvm::StringRef A, llvm::StringRef B) {
  return llvm::all_of(llvm::zip_equal(A, B), [](auto Pair) {
    return std::get<0>(Pair) >= std::get<1>(Pair);
  });
}

void Sharer::share(std::vector<FunctionRow> &Rows, Use HowParams) const {
  struct Candidate {
    FunctionRow *Row;
    std::string Bytes;
  };
  std::map<std::string, std::vector<Candidate>> Groups;
  for (FunctionRow &R : Rows)
    if (std::optional<MachineCode> Code = machineCode(R, HowParams))
      Groups[Code->Text].push_back({&R, std::move(Code->Bytes)});
  for (auto &[Text, Group] : Groups) {
    // Those that copy most stand for the others.
    llvm::stable_sort(Group, [](const Candidate &A, const Candidate &B) {
      return llvm::count(A.Bytes, '1') > llvm::count(B.Bytes, '1');
    });
    std::vector<const Candidate *> Chosen;
    for (const Candidate &C : Group) {
      auto Stands = llvm::find_if(Chosen, [&](const Candidate *Other) {
        return covers(Other->Bytes, C.Bytes);
      });
      if (Stands == Chosen.end())
        Chosen.push_back(&C);
      else
        C.Row->SharedWith = (*Stands)->Row->Key;
    }
  }
}

llvm::Error shareFunctions(StructuralTables &Tables, SharedTypes &Types,
                           llvm::ArrayRef<abi::Target> Targets) {
  Sharer S(Types);
  for (const auto *Rows : {&Tables.M2N, &Tables.N2M, &Tables.AdjustThunk})
    S.add(*Rows);
  if (llvm::Error E = S.ask(Targets))
    return E;
  S.share(Tables.M2N, Use::Loaded);
  S.share(Tables.N2M, Use::Stored);
  S.share(Tables.AdjustThunk, Use::Stored);
  return llvm::Error::success();
}

} // namespace ilbridge::bridge
