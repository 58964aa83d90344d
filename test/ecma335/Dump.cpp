//===- Dump.cpp - Metadata tables in monodis' format ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   ecma335-dump FILE [ENUMS]   all tables, each after a line "== option" with
//                               the option by which monodis prints it
//   ecma335-dump --il FILE      flags and instructions of all methods
//   ecma335-dump --enums FILE…  underlying types of enums, for ENUMS above
//   ecma335-dump --walk FILE…   reads everything and prints only what fails
//   ecma335-dump --time FILE…   times of opening and decoding
//
//===----------------------------------------------------------------------===//

#include "MonodisText.h"
#include "TableDump.h"
#include "Walker.h"
#include "ilbridge/ecma335/MethodBody.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"
#include <chrono>
#include <cmath>

using namespace ilbridge::ecma335;
using namespace ilbridge::ecma335::test;
using llvm::ArrayRef;
using llvm::formatv;
using llvm::raw_ostream;
using llvm::StringRef;

//===----------------------------------------------------------------------===//
// IL
//===----------------------------------------------------------------------===//

static void dumpInstruction(const Module &M, const Instruction &I,
                            raw_ostream &OS) {
  auto label = [&](int64_t Offset) {
    OS << "IL_" << llvm::format_hex_no_prefix(uint32_t(Offset), 4);
  };
  label(I.Offset);
  OS << ' ' << mnemonic(I.Op) << ' ';
  switch (I.Operand) {
  case OperandKind::Invalid:
  case OperandKind::None:
    break;
  case OperandKind::Int8:
    // monodis prints a char, which the promotion to int extends.
    OS << llvm::format_hex(uint32_t(I.Value), 4);
    break;
  case OperandKind::UInt8:
    OS << llvm::format_hex(I.Value, 4);
    break;
  case OperandKind::Int32:
  case OperandKind::Var8:
  case OperandKind::Var16:
    OS << int64_t(I.Value);
    break;
  case OperandKind::Int64:
    OS << llvm::format_hex(I.Value, 1);
    break;
  case OperandKind::Float32:
  case OperandKind::Float64: {
    bool IsSingle = I.Operand == OperandKind::Float32;
    double Value = IsSingle ? llvm::bit_cast<float>(uint32_t(I.Value))
                            : llvm::bit_cast<double>(I.Value);
    OS << (std::isfinite(Value) ? number(Value) : notANumber(Value, IsSingle));
    break;
  }
  case OperandKind::Branch8:
  case OperandKind::Branch32:
    label(I.Value);
    break;
  case OperandKind::Switch:
    for (uint32_t T = 0; T != I.Value; ++T) {
      OS << (T ? ", " : "(");
      label(I.target(T));
    }
    OS << (I.Value ? ")" : "( )");
    break;
  case OperandKind::String:
    OS << literal(must(M.userString(I.token().rid())));
    break;
  case OperandKind::Method:
  case OperandKind::Field:
  case OperandKind::Type:
  case OperandKind::AnyToken:
  case OperandKind::Signature:
    OS << llvm::format_hex_no_prefix(I.token().raw(), 8);
    break;
  }
  OS << '\n';
}

static std::string methodFlags(MethodAttributes Flags) {
  static constexpr const char *Access[] = {"compilercontrolled",
                                           "private",
                                           "famandassem",
                                           "assembly",
                                           "family",
                                           "famorassem",
                                           "public",
                                           ""};
  std::string Result =
      Access[bits(field(Flags, MethodAttributes::MemberAccessMask))];
  std::pair<MethodAttributes, const char *> Names[] = {
      {MethodAttributes::Static, " static"},
      {MethodAttributes::Final, " final"},
      {MethodAttributes::Virtual, " virtual"},
      {MethodAttributes::HideBySig, " hidebysig"},
      {MethodAttributes::NewSlot, " newslot"},
      {MethodAttributes::Strict, " strict"},
      {MethodAttributes::Abstract, " abstract"},
      {MethodAttributes::SpecialName, " specialname"},
      {MethodAttributes::RTSpecialName, " rtspecialname"},
      {MethodAttributes::PInvokeImpl, " pinvokeimpl"}};
  for (auto [Flag, Name] : Names)
    if (has(Flags, Flag))
      Result += Name;
  return Result;
}

static void dumpIL(const Module &M, raw_ostream &OS) {
  for (MethodDefRid R : M.rows<MethodDefRow>()) {
    auto Row = must(M.row(R));
    OS << formatv("method {0} {1}\n", R.value(), methodFlags(Row.Flags));
    auto Body = must(readMethodBody(M, R));
    if (!Body)
      continue;
    OS << formatv("   0x{0:x-} {1} {2}\n", Row.RVA, Body->Code.size(),
                  Body->MaxStack);
    InstructionReader Reader(M.file(), *Body);
    while (!Reader.atEnd())
      dumpInstruction(M, must(Reader.next()), OS);
  }
}

//===----------------------------------------------------------------------===//
// Walking and measuring
//===----------------------------------------------------------------------===//

static int printEnums(ArrayRef<StringRef> Paths) {
  EnumTable Enums;
  for (StringRef Path : Paths)
    Enums.add(*must(Module::open(Path)));
  Enums.save(llvm::outs());
  return 0;
}

static int walkAll(ArrayRef<StringRef> Paths) {
  std::vector<std::unique_ptr<Module>> Modules;
  EnumTable Enums;
  for (StringRef Path : Paths) {
    Modules.push_back(must(Module::open(Path)));
    Enums.add(*Modules.back());
  }
  WalkCounts Counts;
  unsigned Errors = 0;
  for (const auto &M : Modules)
    Counts += walk(*M, Enums, [&](llvm::Error E) {
      ++Errors;
      llvm::logAllUnhandledErrors(std::move(E), llvm::errs(), "error: ");
    });
  llvm::outs() << "walked " << Modules.size() << " modules: " << Counts
               << ", errors " << Errors << '\n';
  return Errors ? 1 : 0;
}

/// Decodes what a search for generic instances needs of each method.
static void decodeMethods(const Module &M, uint64_t &Methods,
                          uint64_t &Instructions) {
  llvm::BumpPtrAllocator A;
  for (MethodDefRid R : M.rows<MethodDefRow>()) {
    A.Reset();
    auto Row = must(M.row(R));
    must(readMethodSig(M, Row.Signature, A));
    ++Methods;
    auto Body = must(readMethodBody(M, R));
    if (!Body)
      continue;
    if (Body->LocalVarSig) {
      auto Locals = must(M.row(Body->LocalVarSig.as<StandAloneSigRow>()));
      (void)must(readLocalVarSig(M, Locals.Signature, A));
    }
    InstructionReader Reader(M.file(), *Body);
    while (!Reader.atEnd()) {
      must(Reader.next());
      ++Instructions;
    }
  }
}

static int measure(ArrayRef<StringRef> Paths) {
  using Clock = std::chrono::steady_clock;
  double BestOpen = 1e9, BestDecode = 1e9;
  uint64_t Methods = 0, Instructions = 0;
  for (int Round = 0; Round != 20; ++Round) {
    Methods = Instructions = 0;
    auto Start = Clock::now();
    std::vector<std::unique_ptr<Module>> Modules;
    for (StringRef Path : Paths)
      Modules.push_back(must(Module::open(Path)));
    auto Opened = Clock::now();
    for (const auto &M : Modules)
      decodeMethods(*M, Methods, Instructions);
    auto Decoded = Clock::now();
    using Milliseconds = std::chrono::duration<double, std::milli>;
    BestOpen = std::min(BestOpen, Milliseconds(Opened - Start).count());
    BestDecode = std::min(BestDecode, Milliseconds(Decoded - Opened).count());
  }
  llvm::outs() << llvm::format(
      "%zu modules, %llu methods, %llu instructions: open %.3f ms, decode "
      "%.2f ms (best of 20)\n",
      Paths.size(), (unsigned long long)Methods,
      (unsigned long long)Instructions, BestOpen, BestDecode);
  return 0;
}

int main(int Argc, char **Argv) {
  llvm::SmallVector<StringRef> Args(Argv + 1, Argv + Argc);
  StringRef Mode = !Args.empty() && Args[0].starts_with("--") ? Args[0] : "";
  if (!Mode.empty())
    Args.erase(Args.begin());
  if (Args.empty()) {
    llvm::errs() << "usage: ecma335-dump [--il | --walk | --time] FILE...\n";
    return 2;
  }
  if (Mode == "--walk")
    return walkAll(Args);
  if (Mode == "--enums")
    return printEnums(Args);
  if (Mode == "--time")
    return measure(Args);
  std::unique_ptr<Module> M = must(Module::open(Args[0]));
  EnumTable Enums;
  Enums.add(*M);
  if (Args.size() > 1)
    Enums.load(
        must(llvm::errorOrToExpected(llvm::MemoryBuffer::getFile(Args[1])))
            ->getBuffer());
  if (Mode == "--il")
    dumpIL(*M, llvm::outs());
  else
    dumpTables(*M, Enums, llvm::outs());
  return 0;
}
