//===- Blob.cpp - Hostile signatures and bodies ---------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The first byte selects the kind of the other bytes. This reaches the decoders
// of blobs and bodies without the tables that refer to them.
//
//===----------------------------------------------------------------------===//

#include "Targets.h"
#include "ilbridge/ecma335/MarshalSpec.h"
#include "ilbridge/ecma335/MethodBody.h"
#include "ilbridge/ecma335/Signature.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace ilbridge::ecma335;
using llvm::ArrayRef;

static void ignore(llvm::Error E) {
  llvm::raw_null_ostream Null;
  llvm::logAllUnhandledErrors(std::move(E), Null);
}
template <typename T> static void print(const T &Value) {
  llvm::raw_null_ostream() << Value;
}
static void print(const TypeSig *Value) { print(*Value); }
template <typename T> static void print(ArrayRef<T> List) {
  for (const T &Value : List)
    print(Value);
}
template <typename T> static void use(llvm::Expected<T> Value) {
  if (Value)
    print(*Value);
  else
    ignore(Value.takeError());
}

static void readOne(uint8_t Kind, ArrayRef<uint8_t> Data) {
  FileView File{"fuzz", Data};
  llvm::BumpPtrAllocator A;
  MethodBody Body;
  switch (Kind) {
  case 0:
    return use(readMethodSig(File, Data, A));
  case 1:
    return use(readFieldSig(File, Data, A));
  case 2:
    return use(readPropertySig(File, Data, A));
  case 3:
    return use(readLocalVarSig(File, Data, A));
  case 4:
    return use(readTypeSpec(File, Data, A));
  case 5:
    return use(readMethodSpec(File, Data, A));
  case 6:
    return use(readMarshalSpec(File, Data));
  case 7: {
    Body.Code = Data;
    InstructionReader Reader(File, Body);
    while (!Reader.atEnd())
      use(Reader.next());
    return;
  }
  case 8: {
    Body.MoreSections = Data;
    auto Clauses = readExceptionClauses(File, Body);
    if (!Clauses)
      ignore(Clauses.takeError());
    return;
  }
  }
}

void ilbridge::fuzz::blob(llvm::StringRef Input) {
  if (!Input.empty())
    readOne(Input.front() % 9, llvm::arrayRefFromStringRef(Input.drop_front()));
}
