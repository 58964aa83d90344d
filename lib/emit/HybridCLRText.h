//===- HybridCLRText.h - What both generations' text is made of -*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_LIB_EMIT_HYBRIDCLRTEXT_H
#define ILBRIDGE_LIB_EMIT_HYBRIDCLRTEXT_H

#include "CxxType.h"
#include "ilbridge/bridge/Classic.h"
#include "ilbridge/bridge/Structural.h"
#include "ilbridge/emit/Backend.h"

namespace ilbridge::emit {

/// The lines between which HybridCLR's generator writes.
inline constexpr llvm::StringLiteral BridgeRegionBegin = "//!!!{{CODE";
inline constexpr llvm::StringLiteral BridgeRegionEnd = "//!!!}}CODE";

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

/// MethodBridge.cpp of HybridCLR 4.0 and later.
ForeignRegion structuralRegion(const runtime::BridgeDialect &D);
/// \param Development for its first line, by which Unity's build sees that the
/// file was made for another kind of build.
std::string printStructuralBridges(const bridge::StructuralTables &T,
                                   bridge::SharedTypes &Types,
                                   const runtime::BridgeDialect &D,
                                   bool Development);
/// ReversePInvokeMethodStub.cpp of versions that have it.
ForeignRegion structuralReverseRegion(const runtime::BridgeDialect &D);
std::string printStructuralReverseWrappers(const bridge::StructuralTables &T,
                                           bridge::SharedTypes &Types,
                                           const runtime::BridgeDialect &D);

/// MethodBridge_{abi}.cpp of HybridCLR up to 3.4.
ForeignRegion classicRegion(bridge::AbiFamily F);
std::string printClassicBridges(const bridge::ClassicTables &T);
/// ReversePInvokeMethodStub_{abi}.cpp of HybridCLR up to 3.4.
ForeignRegion classicReverseRegion(bridge::AbiFamily F);
std::string printClassicReverseWrappers(const bridge::ClassicTables &T);

/// "int32_t" of "i4"; empty for what is no number of a fixed width.
llvm::StringRef primitiveType(llvm::StringRef Token);
/// The member of StackObject that a number of that token is stored to, all of
/// the slot being written: "i64" for every signed integer.
llvm::StringRef slotMember(llvm::StringRef Token);

/// "a, b, c"
std::string joined(llvm::ArrayRef<std::string> Parts);
/// The same, each on its line where one would be too long.
std::string arguments(llvm::ArrayRef<std::string> Parts);
/// "T0 __arg0, T1 __arg1, " and \p Last.
std::string declared(llvm::ArrayRef<std::string> Types,
                     llvm::StringRef Last = "");

/// The part of a function's name that is the key of its row, or of the row that
/// it is shared with.
template <typename Row> llvm::StringRef functionKey(const Row &R) {
  if constexpr (requires { R.SharedWith; })
    if (!R.SharedWith.empty())
      return R.SharedWith;
  return R.Key;
}

/// Appends a table with a line for each row, and the end that the runtime looks
/// for.
template <typename Row>
void table(std::string &Text, llvm::StringRef Type, llvm::StringRef Scope,
           llvm::StringRef Name, const std::vector<Row> &Rows,
           llvm::StringRef Function) {
  Text += ("\n" + Type + " " + Scope + Name + "[] = {\n").str();
  for (const Row &R : Rows)
    Text += "    {\"" + R.Key + "\", " + Function.str() + functionKey(R).str() +
            "},\n";
  Text += "    {nullptr, nullptr},\n};\n";
}

/// The same for reverse wrappers, of which a key has several, side by side.
void reverseTable(std::string &Text, llvm::StringRef Type,
                  llvm::StringRef Scope,
                  const std::vector<bridge::ReverseRow> &Rows);

} // namespace ilbridge::emit

#endif // ILBRIDGE_LIB_EMIT_HYBRIDCLRTEXT_H
