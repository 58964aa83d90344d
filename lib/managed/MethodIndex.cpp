//===- MethodIndex.cpp - Methods of a type by name ------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MethodIndex.h"

using namespace ilbridge::ecma335;
using llvm::StringRef;

namespace ilbridge::managed {

llvm::Expected<llvm::ArrayRef<MethodDefRid>> MethodIndex::find(TypeDefRid Type,
                                                               StringRef Name) {
  if (!Indexed || *Indexed != Type) {
    Indexed.reset();
    ByName.clear();
    llvm::Expected<RidRange<MethodDefRow>> Methods = A->methods(Type);
    if (!Methods)
      return Methods.takeError();
    for (MethodDefRid R : *Methods) {
      llvm::Expected<MethodDefRow> Row = A->row(R);
      if (!Row)
        return Row.takeError();
      llvm::Expected<StringRef> Each = A->string(Row->Name);
      if (!Each)
        return Each.takeError();
      ByName[*Each].push_back(R);
    }
    Indexed = Type;
  }
  auto Found = ByName.find(Name);
  if (Found == ByName.end())
    return llvm::ArrayRef<MethodDefRid>();
  return llvm::ArrayRef(Found->second);
}

} // namespace ilbridge::managed
