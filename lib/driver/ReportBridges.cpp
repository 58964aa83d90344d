//===- ReportBridges.cpp - Bridges for `ilbridge report` ------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ListBridges.h"
#include "ReportContent.h"
#include "ilbridge/hybridclr/Sharing.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <array>

using llvm::StringRef;
using namespace ilbridge::hybridclr;

namespace ilbridge::driver {
namespace {

class BridgeReporter {
public:
  BridgeReporter(Run &R, Bridges &B)
      : R(R), N(B.requirements()), T(makeTables(R, B)) {}
  report::Bridges make();

private:
  void row(StringRef Table, StringRef Key, std::vector<std::string> Users);
  void functions(StringRef Table, const std::vector<FunctionRow> &Rows);
  void rows();
  void structs();
  void sharing();

  Run &R;
  BridgeRequirements &N;
  emit::HybridCLRTables T;
  report::Bridges Out;
  llvm::DenseMap<const RecordType *, size_t> RowsOfShape;
};

} // namespace

void BridgeReporter::row(StringRef Table, StringRef Key,
                         std::vector<std::string> Users) {
  llvm::sort(Users);
  Users.erase(llvm::unique(Users), Users.end());
  Out.Rows.push_back({Table.str(), Key.str(), std::move(Users)});
}

void BridgeReporter::functions(StringRef Table,
                               const std::vector<FunctionRow> &Rows) {
  for (const FunctionRow &Each : Rows) {
    row(Table, Each.Key, usersOf(N, Each));
    if (!T.Structural)
      continue;
    llvm::SmallPtrSet<const RecordType *, 4> Shapes;
    for (hybridclr::ABIClass V : N.Types.classes(Each.Classes))
      if (V.isStruct())
        Shapes.insert(T.Structural->ShapeOf[V.index()]);
    for (const RecordType *Shape : Shapes)
      ++RowsOfShape[Shape];
  }
  Out.Functions += Rows.size();
}

void BridgeReporter::rows() {
  functions("m2n", T.rows().M2N);
  functions("n2m", T.rows().N2M);
  functions("adjust", T.rows().AdjustThunk);
  for (const ReverseRow &Each : T.rows().Reverse) {
    std::vector<std::string> Users;
    for (uint32_t I : Each.Callbacks)
      Users.push_back(N.OfCallbacks[I].Name);
    row("reverse", Each.Key, std::move(Users));
  }
  for (const CallRow &Each : T.rows().Calls) {
    std::vector<std::string> Users;
    for (uint32_t I : Each.Calls)
      Users.push_back(N.OfCalls[I].Name);
    row("call", Each.Key, std::move(Users));
  }
}

void BridgeReporter::structs() {
  if (!T.Structural)
    return;
  for (const StructuralTables::FullName &F : T.Structural->FullNames) {
    report::Bridges::Struct &S = Out.Structs.emplace_back();
    S.Name = F.Name;
    S.Token = F.Token;
    S.Assembly = N.Types.instance(F.Struct).Definition->Assembly;
    for (const StructField &Field : N.Types.structure(F.Struct).Fields)
      S.Fields.push_back(N.Types.name(Field.Type) + " " + Field.Name);
    S.Rows = RowsOfShape.lookup(T.Structural->ShapeOf[F.Struct.index()]);
  }
  llvm::stable_sort(Out.Structs, [](const auto &A, const auto &B) {
    return A.Rows > B.Rows;
  });
}

/// Counts the remaining functions on each of the project's targets, or on the
/// watched ones if it names none.
void BridgeReporter::sharing() {
  if (!T.Structural)
    return;
  std::array<std::vector<FunctionRow> *, 3> Tables = {
      &T.Structural->M2N, &T.Structural->N2M, &T.Structural->AdjustThunk};
  auto Separate = [&] {
    for (std::vector<FunctionRow> *Table : Tables)
      for (FunctionRow &Row : *Table) {
        Row.SharedWith.clear();
        Row.Result = FunctionRow::Own;
      }
  };
  std::vector<abi::Target> Targets = R.P.Targets;
  if (Targets.empty())
    Targets = abi::watchedByDefault();
  for (const abi::Target &Each : Targets) {
    Separate();
    if (!R.succeeds(shareFunctions(*T.Structural, N.Types, {Each})))
      return;
    size_t Count = 0;
    for (const std::vector<FunctionRow> *Table : Tables)
      Count += llvm::count_if(*Table, [](const FunctionRow &Row) {
        return Row.SharedWith.empty();
      });
    Out.OnTargets.push_back({Each.Name, Count});
  }
  Separate();
}

report::Bridges BridgeReporter::make() {
  rows();
  structs();
  sharing();
  Out.Growth = bridgeGrowth(N, T.rows());
  return std::move(Out);
}

report::Bridges reportBridges(Run &R, Bridges &B) {
  return BridgeReporter(R, B).make();
}

} // namespace ilbridge::driver
