//===- HotUpdate.cpp - Requirements of hot-update assemblies --------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/ecma335/MethodBody.h"
#include "ilbridge/hybridclr/BridgeRequirements.h"
#include "ilbridge/managed/Importer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ScopedPrinter.h"

using namespace ilbridge::ecma335;
using ilbridge::managed::Assembly;
using ilbridge::managed::Callback;
using ilbridge::managed::Method;
using llvm::StringRef;

namespace ilbridge::hybridclr {

BridgeRequirements::BridgeRequirements(managed::AssemblySet &Set)
    : Types(Set), Methods(Types, Findings),
      Lowers(Forms, *llvm::cantFail(runtime::find("hybridclr"))->WithShims) {}

//===----------------------------------------------------------------------===//
// Calls of native code
//===----------------------------------------------------------------------===//

void BridgeRequirements::addImport(const Method &M) {
  if (std::optional<ABIClassList> Signature = nativeSignature(M))
    OfCalls.push_back(
        {llvm::to_string(M), *Signature, M.Import.Convention, M.Where, true});
}

void BridgeRequirements::addCall(Assembly &A, MethodDefRid R, Token Signature) {
  std::string Name = Methods.name({Methods.number(A, R)});
  Location Where = {A.path(), {}, Name};
  if (!Signature.is<StandAloneSigRow>())
    return;
  llvm::Expected<StandAloneSigRow> Row =
      A->row(Signature.as<StandAloneSigRow>());
  llvm::Expected<llvm::ArrayRef<uint8_t>> Blob =
      Row ? A->blob(Row->Signature)
          : llvm::Expected<llvm::ArrayRef<uint8_t>>(Row.takeError());
  if (!Blob) {
    Findings.add(managed::malformed(Where, Blob.takeError()));
    return;
  }
  auto Unsupported = [&](const llvm::Twine &Why) {
    Findings.add(
        diagnose(DiagnosticID::UnsupportedCalli, Where, Name, Why.str()));
  };
  // Compilers differ in the number of arguments of such a call.
  if (signatureKind(*Blob) == SignatureKind::VarArg)
    return Unsupported("HybridCLR passes no variable arguments");
  llvm::Expected<MethodSig> Sig =
      readMethodSig(A.metadata(), Row->Signature, Scratch);
  if (!Sig) {
    Findings.add(managed::malformed(Where, Sig.takeError()));
    return;
  }
  std::optional<CallingConvention> CC;
  switch (Sig->convention()) {
  case SignatureKind::Default:
    break;
  case SignatureKind::C:
    CC = CallingConvention::C;
    break;
  case SignatureKind::StdCall:
    CC = CallingConvention::StdCall;
    break;
  case SignatureKind::ThisCall:
    CC = CallingConvention::ThisCall;
    break;
  case SignatureKind::FastCall:
    CC = CallingConvention::FastCall;
    break;
  default:
    return Unsupported("its convention, 'unmanaged', is the platform's or "
                       "stands in modifiers, and HybridCLR reads neither; "
                       "name one, as in delegate* unmanaged[Cdecl]<…>");
  }
  if (Sig->explicitThis())
    return Unsupported("HybridCLR does not know an explicit 'this'");
  llvm::SmallVector<ABIClass, 8> Classes;
  Classes.push_back(Types.classOf(A, *Sig->ReturnType, {}));
  if (Sig->hasThis())
    Classes.push_back(Basic::Object);
  for (const ecma335::TypeSig *T : Sig->Params)
    Classes.push_back(Types.classOf(A, *T, {}));
  for (const ABIClass &V : Classes) {
    if (!hasShape(V, Name, Where))
      return;
    // A managed function accepts every value, and every function accepts
    // `this`.
    if (!CC || (Sig->hasThis() && &V == &Classes[1]))
      continue;
    if (V.is(Basic::Object))
      return Unsupported("HybridCLR marshals nothing, so native code would "
                         "receive the address of a managed object");
    if (V.isStruct() && !Types.structure(V).IsBlittable)
      return Unsupported(nativeProblem(V));
  }
  OfCalls.push_back({Name, Types.list(Classes), CC, Where});
}

void BridgeRequirements::addCalls(Assembly &A) {
  for (MethodDefRid R : A->rows<MethodDefRow>()) {
    llvm::Expected<std::optional<MethodBody>> Body =
        readMethodBody(A.metadata(), R);
    llvm::Error Failed = Body.takeError();
    if (!Failed && *Body) {
      InstructionReader Reader(A->file(), **Body);
      while (!Failed && !Reader.atEnd()) {
        llvm::Expected<Instruction> I = Reader.next();
        if (!I)
          Failed = I.takeError();
        else if (I->Operand == OperandKind::Signature)
          addCall(A, R, I->token());
      }
    }
    if (Failed)
      Findings.add(managed::malformed(
          {A.path(), {}, Methods.name({Methods.number(A, R)})},
          std::move(Failed)));
    Scratch.Reset();
  }
}

bool BridgeRequirements::isInterpreted(ABIClass V) const {
  if (!V.isStruct())
    return false;
  const StructInstance &I = Types.instance(V);
  return HotUpdateNames.contains(I.Definition->Assembly) ||
         llvm::any_of(Types.classes(I.Arguments),
                      [&](ABIClass Arg) { return isInterpreted(Arg); });
}

void BridgeRequirements::addHotUpdate(Assembly &A) {
  HotUpdateNames.insert(A.name());
  managed::Model M;
  managed::importAssembly(Types.assemblies(), A, M, Findings,
                          managed::SignatureTypes::Values);
  const Method *Last = nullptr;
  for (const Callback &C : M.Callbacks) {
    // A method with the attributes of two libraries needs only one wrapper. The
    // rows of one method are adjacent (II.22.10).
    bool IsMarkedTwice =
        C.Unmanaged && llvm::any_of(M.Callbacks, [&](const Callback &Other) {
          return !Other.Unmanaged &&
                 llvm::to_string(Other.Target) == llvm::to_string(C.Target);
        });
    if (IsMarkedTwice)
      continue;
    if (!Last || llvm::to_string(*Last) != llvm::to_string(C.Target))
      addCallback(C);
    Last = &C.Target;
  }
  for (const Method &Import : M.Imports)
    if (Import.TheKind == Method::PInvoke)
      addImport(Import);
  auto AddModule = [&](Assembly &Each) {
    addCalls(Each);
    Methods.visitInstantiations(Each, [&](const MethodInstance &I) {
      Instantiated.insert({I.Method, static_cast<uint32_t>(I.ClassArgs),
                           static_cast<uint32_t>(I.MethodArgs)});
    });
  };
  AddModule(A);
  for (const auto &Module : A.modules())
    AddModule(*Module);
}

void BridgeRequirements::finish() {
  // Hot-update code can call hidden methods of a generic type through its own
  // instance of it.
  for (MethodRequirement &Requirement : OfMethods)
    if (Requirement.IsHidden) {
      const MethodInstance &I = Methods.instances()[Requirement.Instance];
      Requirement.IsHidden =
          !Instantiated.contains({I.Method, static_cast<uint32_t>(I.ClassArgs),
                                  static_cast<uint32_t>(I.MethodArgs)});
    }
  llvm::stable_sort(OfCallbacks, [](const auto &A, const auto &B) {
    return A.Name < B.Name;
  });
  llvm::stable_sort(
      OfCalls, [](const auto &A, const auto &B) { return A.Name < B.Name; });
}

} // namespace ilbridge::hybridclr
