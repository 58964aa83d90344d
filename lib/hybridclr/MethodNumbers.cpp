//===- MethodNumbers.cpp - Methods of all assemblies by number ------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/hybridclr/MethodNumbers.h"
#include "llvm/ADT/STLExtras.h"

using namespace ilbridge::ecma335;
using ilbridge::managed::Assembly;
using ilbridge::managed::TypeDef;
using llvm::StringRef;

namespace ilbridge::hybridclr {

uint32_t MethodNumbers::first(Assembly &A) {
  auto [It, IsNew] = FirstMethods.try_emplace(&A, MethodCount);
  if (IsNew) {
    Parts.push_back({&A, MethodCount});
    MethodCount += A->rowCount<MethodDefRow>();
  }
  return It->second;
}

MethodNumbers::MethodRow MethodNumbers::locate(uint32_t Method) const {
  auto Next = llvm::partition_point(
      Parts, [&](const AssemblyPart &P) { return P.FirstMethod <= Method; });
  const AssemblyPart &P = *std::prev(Next);
  return {P.Assembly, MethodDefRid(Method - P.FirstMethod + 1)};
}

std::string MethodNumbers::name(const MethodInstance &I) const {
  MethodRow P = locate(I.Method);
  Assembly &A = *P.Assembly;
  std::string Text = "(unreadable)";
  if (llvm::Expected<TypeDef *> D =
          Types.assemblies().definition(A, A->owner(P.Row)))
    Text = (*D)->fullName();
  else
    llvm::consumeError(D.takeError()); // the text says "(unreadable)"
  if (I.ClassArgs != ABIClassList::None)
    Text += "<" + Types.names(I.ClassArgs) + ">";
  Text += "::";
  if (llvm::Expected<MethodDefRow> Row = A->row(P.Row)) {
    if (llvm::Expected<StringRef> Name = A->string(Row->Name))
      Text += *Name;
    else
      llvm::consumeError(Name.takeError()); // the text is only for messages
  } else {
    llvm::consumeError(Row.takeError()); // the text is only for messages
  }
  if (I.MethodArgs != ABIClassList::None)
    Text += "<" + Types.names(I.MethodArgs) + ">";
  return Text;
}

} // namespace ilbridge::hybridclr
