//===- ValueLowering.cpp - One value, as Clang's CodeGen passes it --------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ValueLowering.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/TargetInfo.h"
#include "clang/Basic/TargetOptions.h"
#include "clang/CodeGen/CodeGenABITypes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/DerivedTypes.h"
#include "llvm/Support/raw_ostream.h"

using clang::CodeGen::ABIArgInfo;

namespace ilbridge::abi {

namespace {

/// Spells the registers of the parts of a value.
class RegisterClasses {
public:
  RegisterClasses(const clang::ASTContext &Ctx, bool IsResult)
      : IsResult(IsResult) {
    const clang::TargetInfo &Target = Ctx.getTargetInfo();
    // A WebAssembly function has a type, and a call must use the same type.
    IsTyped = Target.getTriple().isWasm();
    PointerBits = Target.getPointerWidth(clang::LangAS::Default);
    RegisterBits = Target.getRegisterWidth();
    IsSoftFloat = llvm::is_contained(Target.getTargetOpts().FeaturesAsWritten,
                                     "+soft-float-abi");
  }

  void add(const llvm::Type &T) {
    if (const auto *Struct = llvm::dyn_cast<llvm::StructType>(&T)) {
      for (const llvm::Type *Element : Struct->elements())
        add(*Element);
    } else if (const auto *Array = llvm::dyn_cast<llvm::ArrayType>(&T)) {
      // Padding of a record that is passed with its memory layout.
      for (uint64_t I = 0, E = std::min<uint64_t>(Array->getNumElements(), 64);
           I != E; ++I)
        add(*Array->getElementType());
    } else if (T.isPointerTy()) {
      integer(PointerBits);
    } else if (T.isIntegerTy()) {
      integer(T.getIntegerBitWidth());
    } else if (IsSoftFloat && T.isFloatingPointTy()) {
      integer(T.getPrimitiveSizeInBits());
    } else {
      // Floats and vectors share registers.
      add(("v" + llvm::Twine(T.getPrimitiveSizeInBits().getKnownMinValue()))
              .str());
    }
  }
  void add(llvm::StringRef Place) {
    if (!Text.empty())
      Text += ',';
    Text += Place;
  }
  std::string take() { return std::move(Text); }

private:
  void integer(unsigned Bits) {
    if (IsTyped)
      return add(Bits <= 32 ? "i32" : "i64");
    unsigned Register = std::max(RegisterBits, PointerBits);
    // An argument that is wider than a register may have to begin at an even
    // register. A result always begins at the first one.
    if (Bits > Register && !IsResult)
      return add(("r" + llvm::Twine(Bits)).str());
    for (unsigned Done = 0; Done < Bits; Done += Register)
      add("r");
  }

  const bool IsResult;
  bool IsTyped;
  bool IsSoftFloat; ///< 32-bit ARM: floats are passed in general registers
  unsigned PointerBits, RegisterBits;
  std::string Text;
};

} // namespace

static std::string text(const llvm::Type &T) {
  std::string Text;
  llvm::raw_string_ostream(Text) << T;
  // Structs that LLVM names carry the names of the synthetic unit.
  if (const auto *Struct = llvm::dyn_cast<llvm::StructType>(&T);
      Struct && !Struct->isLiteral()) {
    Text = "{ ";
    llvm::ListSeparator Comma;
    for (const llvm::Type *Element : Struct->elements())
      Text += (llvm::StringRef(Comma) + text(*Element)).str();
    Text += " }";
  }
  return Text;
}

/// Whether SourcePrinter inserted bytes between fields. A target may treat
/// these bytes as fields.
static bool isPlaced(clang::QualType T, PlacedRecords &Known) {
  const clang::RecordDecl *D = T->getBaseElementTypeUnsafe()->getAsRecordDecl();
  if (!D)
    return false;
  if (D->getIdentifier() && D->getName().ends_with("_placed"))
    return true;
  if (auto Found = Known.find(D); Found != Known.end())
    return Found->second;
  bool Is = llvm::any_of(D->fields(), [&](const clang::FieldDecl *F) {
    return isPlaced(F->getType(), Known);
  });
  Known[D] = Is;
  return Is;
}

ValueLowering lowered(const ABIArgInfo &Info, clang::QualType T, bool IsResult,
                      clang::CodeGen::CodeGenModule &CGM,
                      const clang::ASTContext &Ctx, PlacedRecords &Placed) {
  ValueLowering V;
  V.IsGuess = isPlaced(T, Placed);
  RegisterClasses P(Ctx, IsResult);
  const llvm::Triple &Triple = Ctx.getTargetInfo().getTriple();
  switch (Info.getKind()) {
  case ABIArgInfo::Ignore:
    return V;
  case ABIArgInfo::Direct:
  case ABIArgInfo::Extend: {
    V.How = Info.isExtend() ? ValueLowering::Extended : ValueLowering::Direct;
    V.IsSigned = Info.isExtend() && Info.isSignExt();
    V.InReg = Info.getInReg();
    const llvm::Type *Coerced = Info.getCoerceToType();
    if (!Coerced)
      Coerced = clang::CodeGen::convertTypeForMemory(CGM, T);
    // Clang leaves this case to LLVM's code generator. ("x64 calling
    // convention", parameter passing)
    if (Coerced->isVectorTy() && !IsResult && Triple.isOSWindows() &&
        Triple.getArch() == llvm::Triple::x86_64 &&
        Coerced->getPrimitiveSizeInBits() >= 128) {
      V.How = ValueLowering::Indirect;
      V.RegisterClasses = "memory";
      break;
    }
    V.Registers = text(*Coerced);
    if (Info.getDirectOffset())
      P.add("+" + std::to_string(Info.getDirectOffset()));
    if (Info.getDirectAlign() > 8)
      P.add("aligned" + std::to_string(Info.getDirectAlign()));
    P.add(*Coerced);
    V.RegisterClasses = P.take();
    break;
  }
  case ABIArgInfo::CoerceAndExpand: {
    V.How = ValueLowering::Direct;
    V.Registers = text(*Info.getUnpaddedCoerceAndExpandType());
    P.add(*Info.getUnpaddedCoerceAndExpandType());
    V.RegisterClasses = P.take();
    break;
  }
  case ABIArgInfo::Expand: {
    V.How = ValueLowering::Expanded;
    const llvm::Type *Whole = clang::CodeGen::convertTypeForMemory(CGM, T);
    V.Registers = text(*Whole);
    P.add(*Whole);
    V.RegisterClasses = P.take();
    break;
  }
  case ABIArgInfo::Indirect: {
    // WebAssembly has no stack for arguments: a copy is passed by address.
    bool IsCopied = Info.getIndirectByVal() && !IsResult && !Triple.isWasm();
    V.How = IsCopied ? ValueLowering::Copied : ValueLowering::Indirect;
    V.InReg = Info.getInReg();
    V.RegisterClasses =
        IsCopied
            ? "copy" + std::to_string(Info.getIndirectAlign().getQuantity())
            : "memory";
    break;
  }
  case ABIArgInfo::IndirectAliased:
    V.How = ValueLowering::Indirect;
    V.RegisterClasses = "memory";
    break;
  case ABIArgInfo::InAlloca:
    V.How = ValueLowering::Copied;
    V.RegisterClasses = "inalloca";
    break;
  default: // since Clang 20: tuples of RISC-V's vectors
    V.How = ValueLowering::Direct;
    V.RegisterClasses = "target";
    break;
  }
  // 32-bit x86 passes an argument in a register only if InReg is set; all
  // others are the bytes of the value on the stack.
  if (V.InReg)
    V.RegisterClasses += " in register";
  else if (Triple.getArch() == llvm::Triple::x86 && !IsResult &&
           V.RegisterClasses != "memory" && V.How != ValueLowering::Ignored)
    V.RegisterClasses = "stack";
  return V;
}

} // namespace ilbridge::abi
