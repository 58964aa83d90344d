//===- TableText.h - Common text of the generations -------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_HYBRIDCLR_TABLETEXT_H
#define ILBRIDGE_LIB_HYBRIDCLR_TABLETEXT_H

#include "ilbridge/hybridclr/Rows.h"

namespace ilbridge::hybridclr {

/// The text before the region of MethodBridge.cpp of HybridCLR up to 5.4.
inline constexpr llvm::StringLiteral IncludesUpTo54 =
    R"(#include <codegen/il2cpp-codegen-metadata.h>
#include "vm/ClassInlines.h"
#include "vm/Object.h"
#include "vm/Class.h"

#include "../metadata/MetadataModule.h"
#include "../metadata/MetadataUtil.h"

#include "../interpreter/MethodBridge.h"
#include "../interpreter/Interpreter.h"
#include "../interpreter/MemoryUtil.h"
#include "../interpreter/InstrinctDef.h"

using namespace hybridclr::interpreter;

)";

/// Returns the part of a function's name that is the key of its row, or of the
/// row that owns the shared function.
template <typename Row> llvm::StringRef functionKey(const Row &R) {
  if constexpr (requires { R.SharedWith; })
    if (!R.SharedWith.empty())
      return R.SharedWith;
  return R.Key;
}

/// Appends a table with a line for each row, and with the end marker that the
/// runtime looks for.
template <typename Row>
void table(std::string &Text, llvm::StringRef Type, llvm::StringRef Scope,
           llvm::StringRef Name, const std::vector<Row> &Rows,
           llvm::StringRef Function) {
  Text += ("\n" + Type + " " + Scope + Name + "[] = {\n").str();
  for (const Row &R : Rows)
    for (llvm::StringRef Part :
         {llvm::StringRef("    {\""), llvm::StringRef(R.Key),
          llvm::StringRef("\", "), Function, functionKey(R),
          llvm::StringRef("},\n")})
      Text.append(Part.data(), Part.size());
  Text += "    {nullptr, nullptr},\n};\n";
}

/// Appends a table of reverse wrappers. A key may have several adjacent rows.
void reverseTable(std::string &Text, llvm::StringRef Type,
                  llvm::StringRef Scope, const std::vector<ReverseRow> &Rows);

} // namespace ilbridge::hybridclr

#endif // ILBRIDGE_LIB_HYBRIDCLR_TABLETEXT_H
