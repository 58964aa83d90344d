//===- fuzz-ecma335.cpp - Hostile assemblies ------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An input that starts with "MZ" is read as an assembly, all of it. Any other
// is a single thing of the kind that its first byte chooses: the decoders of
// blobs and bodies are reached without the tables that lead to them.
//
//===----------------------------------------------------------------------===//

#include "Walker.h"
#include "ilbridge/ecma335/MarshalSpec.h"
#include "ilbridge/ecma335/MethodBody.h"
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

static void readAssembly(ArrayRef<uint8_t> Data) {
  auto M = Module::create(
      llvm::MemoryBufferRef(llvm::toStringRef(Data), "fuzz.dll"));
  if (!M)
    return ignore(M.takeError());
  test::EnumTable Enums;
  Enums.add(**M);
  test::walk(**M, Enums, ignore);
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

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  if (Size == 0)
    return 0;
  ArrayRef<uint8_t> Bytes(Data, Size);
  if (Bytes[0] == 'M')
    readAssembly(Bytes);
  else
    readOne(Bytes[0], Bytes.drop_front());
  return 0;
}
