//===- HotUpdate.cpp - Requirements of hot-update assemblies --------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/ecma335/MethodBody.h"
#include "ilbridge/hybridclr/BridgeRequirements.h"
#include "ilbridge/managed/Importer.h"
#include "ilbridge/type/Limits.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ilbridge::ecma335;
using ilbridge::managed::Assembly;
using ilbridge::managed::Callback;
using ilbridge::managed::Method;
using llvm::StringRef;

namespace ilbridge::hybridclr {

static std::string shown(const Method &M) {
  std::string Text;
  llvm::raw_string_ostream(Text) << M;
  return Text;
}

/// Returns the reason why a struct cannot be passed to native code unchanged,
/// or an empty text.
static std::string nativeProblem(SharedTypes &Types, ABIClass Struct) {
  const Structure &S = Types.structure(Struct);
  if (!S.Problem.empty() || S.IsBlittable)
    return S.Problem;
  for (const StructField &F : S.Fields) {
    if (F.Type.is(Basic::Object))
      return "field '" + F.Name + "' of '" + Types.name(Struct) +
             "' is a managed reference";
    if (F.Type.isStruct() && !Types.structure(F.Type).IsBlittable)
      return nativeProblem(Types, F.Type);
  }
  llvm_unreachable("a reference makes a struct not blittable");
}

BridgeRequirements::BridgeRequirements(managed::AssemblySet &Set)
    : Types(Set), Methods(Types, Findings),
      Lowers(Forms, *llvm::cantFail(runtime::find("hybridclr"))->WithShims) {}

bool BridgeRequirements::isResolved(ABIClass V, StringRef User,
                                    const Location &Where) {
  if (!V.isUnresolved())
    return true;
  const SharedTypes::Unresolved &U = Types.unresolved(V);
  Findings.add(diagnose(DiagnosticID::UnresolvedReference, Where, U.Type, User,
                        U.Problem));
  return false;
}

bool BridgeRequirements::hasShape(ABIClass V, StringRef User,
                                  const Location &Where) {
  if (!isResolved(V, User, Where))
    return false;
  if (!V.isStruct() || Types.structure(V).Problem.empty())
    return true;
  Findings.add(diagnose(DiagnosticID::UnbridgeableType, Where, User,
                        Types.name(V), Types.structure(V).Problem));
  return false;
}

/// HybridCLR passes values without conversion: native code would receive the
/// address of an object, but expects characters or elements.
bool BridgeRequirements::isPassable(ABIClass V, const managed::TypeSig &T,
                                    StringRef What, const Location &Where,
                                    const TypeArguments &Args, bool HasShim) {
  auto Report = [&](const llvm::Twine &AsCxx, const llvm::Twine &Why,
                    StringRef Before = "; ") {
    std::string Text = Why.str();
    if (HasShim)
      Text += (Before + "convert it with the option 'marshal' of this output "
                        "and of a table")
                  .str();
    Findings.add(diagnose(DiagnosticID::Unmarshallable, Where, What,
                          managed::csharpName(T), AsCxx.str(), Text));
    return false;
  };
  if (!isResolved(V, Where.Member, Where))
    return false;
  constexpr StringRef AsItIs = "HybridCLR marshals nothing";
  if (V.is(Basic::Object))
    return Report("void *",
                  AsItIs + ", so native code would receive the address of "
                           "a managed object; pass a pointer or IntPtr",
                  ", or ");
  if (V.isStruct()) {
    std::string Problem = nativeProblem(Types, V);
    return Problem.empty() || Report(managed::csharpName(T), Problem);
  }
  if (T.kind() != managed::TypeSig::ByRef)
    return true;
  ABIClass Behind = Types.classOf(T.element(), Args);
  if (Behind.is(Basic::Object))
    return Report("void **",
                  AsItIs + ", so native code would receive the address of a "
                           "managed reference; pass a pointer or IntPtr");
  if (Behind.isStruct())
    if (std::string Problem = nativeProblem(Types, Behind); !Problem.empty())
      return Report(managed::csharpName(T.element()) + " *",
                    AsItIs + ", and " + Problem);
  return true;
}

static const managed::DelegateInfo *delegate(const managed::TypeSig &T,
                                             SharedTypes &Types) {
  if (T.kind() != managed::TypeSig::Definition &&
      T.kind() != managed::TypeSig::Instance)
    return nullptr;
  auto &D = const_cast<managed::TypeDef &>(T.definition());
  // The callers report a type whose Invoke is not known.
  llvm::consumeError(Types.assemblies().complete(D));
  return D.Invocation ? &*D.Invocation : nullptr;
}

void BridgeRequirements::completeFields(const managed::TypeSig &T,
                                        unsigned Depth) {
  const managed::TypeSig *Inner = &T;
  while (Inner->kind() == managed::TypeSig::SZArray)
    Inner = &Inner->element();
  if (Depth > MaxRecordDepth || Inner->kind() != managed::TypeSig::Definition)
    return;
  auto &D = const_cast<managed::TypeDef &>(Inner->definition());
  // Any problem of the type is reported as a problem of the field.
  llvm::consumeError(Types.assemblies().complete(D));
  if (D.TheKind == managed::TypeDef::Struct)
    for (const managed::FieldDef &F : D.Fields)
      completeFields(*F.Type, Depth + 1);
}

bool BridgeRequirements::hasShim(const managed::Parameter &P, bool IsResult,
                                 std::string &Why) {
  const managed::TypeSig &T = *P.Type;
  auto IsRaw = [&](const managed::TypeSig &Each) {
    ABIClass V = Types.classOf(Each);
    return !V.isUnresolved() && !V.is(Basic::Object) &&
           (!V.isStruct() || nativeProblem(Types, V).empty());
  };
  if (T.is(managed::Primitive::String))
    return true;
  bool IsArray = T.kind() == managed::TypeSig::SZArray;
  if (IsArray && IsResult)
    return false;
  if (const managed::TypeSig *Struct = managed::passedStruct(T);
      Struct && !IsRaw(*Struct)) {
    ABIClass V = Types.classOf(*Struct);
    // A struct with a problem cannot be passed by any bridge function.
    if (!V.isStruct() || !Types.structure(V).Problem.empty())
      return false;
    completeFields(*Struct);
    std::shared_ptr<const managed::StructConversion> C = Structs.find(*Struct);
    if (!C)
      return false;
    managed::CopyDirections To = IsResult ? managed::CopyDirections{false, true}
                                          : managed::copyDirections(P);
    if (To.ToNative)
      Why = C->ToNativeProblem;
    if (To.ToManaged && Why.empty())
      Why = C->ToManagedProblem;
    return Why.empty();
  }
  if (IsArray)
    return IsRaw(T.element());
  if (IsResult)
    return false;
  // The runtime's reverse wrapper passes the values of a callback without
  // conversion.
  const managed::DelegateInfo *D =
      T.kind() == managed::TypeSig::Definition ? delegate(T, Types) : nullptr;
  return D && IsRaw(*D->Invoke.Result.Type) &&
         llvm::all_of(D->Invoke.Params, [&](const managed::Parameter &Each) {
           return IsRaw(*Each.Type);
         });
}

std::optional<ABIClassList>
BridgeRequirements::nativeSignature(const Method &M) {
  llvm::SmallVector<ABIClass, 8> Classes;
  bool AllPass = true;
  auto Add = [&](const managed::Parameter &P, bool IsResult, StringRef Which) {
    const std::string What = (Which + " of '" + shown(M) + "'").str();
    Classes.push_back(Types.classOf(*P.Type));
    std::string Why;
    bool HasShim = M.TheKind == Method::PInvoke && hasShim(P, IsResult, Why);
    if (MarshalsImports && HasShim)
      return;
    if (MarshalsImports && !Why.empty()) {
      AllPass = false;
      Findings.add(
          diagnose(DiagnosticID::Unmarshallable, M.Where, What,
                   managed::csharpName(*P.Type),
                   managed::csharpName(*managed::passedStruct(*P.Type)), Why));
      return;
    }
    AllPass &= isPassable(Classes.back(), *P.Type, What, M.Where, {}, HasShim);
  };
  Add(M.Sig.Result, /*IsResult=*/true, "the result");
  for (const managed::Parameter &P : M.Sig.Params)
    Add(P, /*IsResult=*/false, "parameter '" + P.Name + "'");
  if (!AllPass)
    return std::nullopt;
  return Types.list(Classes);
}

//===----------------------------------------------------------------------===//
// Callbacks
//===----------------------------------------------------------------------===//

/// Returns the type arguments of a delegate, whose Invoke refers to them as !0.
static TypeArguments argumentsOf(const managed::TypeSig &T,
                                 SharedTypes &Types) {
  llvm::SmallVector<ABIClass, 4> Classes;
  for (const managed::TypeSig *Arg : T.arguments())
    Classes.push_back(asTypeArgument(Types.classOf(*Arg)));
  return {Classes.empty() ? ABIClassList::None : Types.list(Classes),
          ABIClassList::None};
}

static ABIClassList signatureOf(const managed::DelegateInfo &D,
                                const managed::TypeSig &T, SharedTypes &Types) {
  TypeArguments Args = argumentsOf(T, Types);
  llvm::SmallVector<ABIClass, 8> Classes;
  Classes.push_back(Types.classOf(*D.Invoke.Result.Type, Args));
  for (const managed::Parameter &P : D.Invoke.Params)
    Classes.push_back(Types.classOf(*P.Type, Args));
  return Types.list(Classes);
}

/// Returns "int (long, IntPtr)". For an instance of a generic delegate, the
/// type arguments are substituted.
static std::string csharpSignature(const managed::Signature &Sig,
                                   const managed::TypeSig *Of = nullptr) {
  auto Name = [&](const managed::TypeSig &T) {
    bool IsArgument = Of && T.kind() == managed::TypeSig::TypeParameter &&
                      T.index() < Of->arguments().size();
    return managed::csharpName(IsArgument ? *Of->arguments()[T.index()] : T);
  };
  std::string Text = Name(*Sig.Result.Type) + " (";
  llvm::ListSeparator Comma;
  for (const managed::Parameter &P : Sig.Params)
    Text += (StringRef(Comma) + Name(*P.Type)).str();
  return Text + ")";
}

void BridgeRequirements::addCallback(const Callback &C) {
  const Method &M = C.Target;
  auto Report = [&](DiagnosticID ID, auto &&...Args) {
    Findings.add(diagnose(ID, M.Where, shown(M), Args...));
  };
  if (!C.IsStatic)
    return Report(DiagnosticID::CallbackNotStatic);
  if (C.Unmanaged)
    return Report(DiagnosticID::CallbackDelegate,
                  "HybridCLR does not know [UnmanagedCallersOnly]; give it "
                  "[MonoPInvokeCallback(typeof(…))]");
  const managed::DelegateInfo *D =
      C.Delegate ? delegate(*C.Delegate, Types) : nullptr;
  if (C.Delegate && !D)
    return Report(DiagnosticID::CallbackDelegate,
                  "'" + managed::csharpName(*C.Delegate) + "' is none");
  if (C.WrapperCount &&
      (*C.WrapperCount <= 0 || *C.WrapperCount > static_cast<int>(MaxWrappers)))
    return Report(DiagnosticID::WrapperCount, *C.WrapperCount, MaxWrappers);
  std::optional<ABIClassList> Signature = nativeSignature(M);
  if (!Signature)
    return;
  if (!D) {
    // The runtime uses the method's own signature and the convention of the
    // delegate that is passed, so this callback works nevertheless.
    Diagnostic &Untyped = Findings.add(
        diagnose(DiagnosticID::CallbackDelegate, M.Where, shown(M),
                 "its wrapper has the platform's calling convention, and is "
                 "compared with no delegate"));
    Untyped.Level = Severity::Warning;
  } else if (ABIClassList Called = signatureOf(*D, *C.Delegate, Types);
             Called != *Signature) {
    return Report(DiagnosticID::CallbackSignature, csharpSignature(M.Sig),
                  managed::csharpName(*C.Delegate),
                  csharpSignature(D->Invoke, C.Delegate));
  }
  OfCallbacks.push_back({shown(M), *Signature, D ? D->Convention : std::nullopt,
                         static_cast<uint32_t>(C.WrapperCount.value_or(1)),
                         true, M.Where});
}

void BridgeRequirements::reserve(const managed::TypeSig &Delegate,
                                 uint32_t Count, const Location &Where) {
  const managed::DelegateInfo *D = delegate(Delegate, Types);
  std::string Name = managed::csharpName(Delegate);
  if (!D) {
    Findings.add(diagnose(DiagnosticID::CallbackDelegate, Where,
                          "reserve: " + Name, "'" + Name + "' is none"));
    return;
  }
  TypeArguments Args = argumentsOf(Delegate, Types);
  bool AllPass = true;
  auto Check = [&](const managed::TypeSig &T, StringRef What) {
    AllPass &= isPassable(Types.classOf(T, Args), T, What, Where, Args);
  };
  Check(*D->Invoke.Result.Type, "the result of '" + Name + "'");
  for (const managed::Parameter &P : D->Invoke.Params)
    Check(*P.Type, "parameter '" + P.Name + "' of '" + Name + "'");
  if (AllPass)
    OfCallbacks.push_back({"reserve: " + Name, signatureOf(*D, Delegate, Types),
                           D->Convention, Count, false, Where});
}

void BridgeRequirements::reserveCall(
    StringRef Text, llvm::ArrayRef<const managed::TypeSig *> Signature,
    std::optional<CallingConvention> CC, const Location &Where) {
  std::string Name = ("reserve: " + Text).str();
  llvm::SmallVector<ABIClass, 8> Classes;
  bool AllPass = true;
  for (size_t I = 0; I != Signature.size(); ++I) {
    Classes.push_back(Types.classOf(*Signature[I]));
    std::string Part = I ? "parameter " + std::to_string(I) : "the result";
    AllPass &= isPassable(Classes.back(), *Signature[I],
                          Part + " of '" + Name + "'", Where);
  }
  if (AllPass)
    OfCalls.push_back({Name, Types.list(Classes), CC, Where});
}

void BridgeRequirements::reserveBridge(
    StringRef Text, llvm::ArrayRef<const managed::TypeSig *> Signature,
    const Location &Where) {
  std::string Name = ("reserve: " + Text).str();
  llvm::SmallVector<ABIClass, 8> Classes;
  for (const managed::TypeSig *T : Signature) {
    ABIClass V = Types.classOf(*T);
    Classes.push_back(V);
    if (!hasShape(V, Name, Where))
      return;
  }
  uint8_t Tables = M2N | N2M;
  // The first parameter may be the `this` of an interface's method.
  if (Classes.size() > 1 && Classes[1].is(Basic::Object))
    Tables |= AdjustThunk;
  Reserved.push_back({Name, Types.list(Classes), Tables, Where});
}

//===----------------------------------------------------------------------===//
// Calls of native code
//===----------------------------------------------------------------------===//

void BridgeRequirements::addImport(const Method &M) {
  if (std::optional<ABIClassList> Signature = nativeSignature(M))
    OfCalls.push_back(
        {shown(M), *Signature, M.Import.Convention, M.Where, true});
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
      return Unsupported(nativeProblem(Types, V));
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
          return !Other.Unmanaged && shown(Other.Target) == shown(C.Target);
        });
    if (IsMarkedTwice)
      continue;
    if (!Last || shown(*Last) != shown(C.Target))
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
