//===- Table.cpp - The `table` backend ------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionRows.h"

namespace ilbridge::emit {

using native::ExportKind;

static constexpr ExportKind TableKinds[] = {
    ExportKind::PInvoke, ExportKind::InternalCall, ExportKind::FunctionPointer};

namespace {
class TablePlan final : public RowsPlan {
public:
  TablePlan(const OutputRequest &Request, const BindingInputs &In)
      : RowsPlan(Request, In, TableKinds, "ilbridge_imports") {}

private:
  void printHeaders(Printer &) const override {}
  void printUse(Printer &P) const override {
    P.emit("extern \"C\" const ilbridge_import_table $name$;\n"
           "const ilbridge_import_table $name$ = $rows$;\n",
           {{"name", Name}, {"rows", tableInitialiser()}});
  }
};
} // namespace

static std::unique_ptr<Plan> planTable(const OutputRequest &Request,
                                       const BindingInputs &In) {
  return std::make_unique<TablePlan>(Request, In);
}

static constexpr OutputOptionID TableOptions[] = {
    OutputOptionID::Name, OutputOptionID::Region, OutputOptionID::Marshal};

extern constexpr Backend Table = {
    .Name = "table",
    .Summary = "a constant table of imports, for any runtime with a resolver",
    .Runtime = "",
    .Options = TableOptions,
    .Serves = TableKinds,
    .FromBindings = planTable,
};

} // namespace ilbridge::emit
