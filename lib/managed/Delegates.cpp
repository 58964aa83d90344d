//===- Delegates.cpp - Delegates that reach native code -------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   each body ──followDelegates()──▶ what is stored in fields and parameters
//                                ├─▶ what is given to native code
//   from there backwards, each field and parameter once ──▶ findings
//
//===----------------------------------------------------------------------===//

#include "ilbridge/managed/Delegates.h"
#include "DelegateFlow.h"
#include "MetadataImport.h"
#include "NativeFields.h"
#include "Rows.h"
#include "ilbridge/managed/Model.h"
#include "llvm/ADT/DenseSet.h"
#include <map>
#include <set>

using namespace ilbridge::ecma335;
using llvm::StringRef;

namespace ilbridge::managed {

namespace {

/// A method of any assembly.
struct MethodPlace {
  managed::Assembly *Assembly;
  MethodDefRid Row;
};

/// Describes what a call of a method does with the delegates that it is passed.
struct Callee {
  enum Kind : uint8_t {
    Other,
    Native,  ///< the delegate becomes a function pointer
    Managed, ///< a method of this assembly, whose body says what happens
  };
  Kind TheKind = Other;
  Token Method; ///< Managed: of MethodDef
  std::string Name;
};

/// A value that somebody stores or passes, and in which method.
struct Use {
  Source Value;
  MethodDefRid User;
  auto operator<=>(const Use &) const = default;
};

class DelegateChecker : FlowListener {
public:
  DelegateChecker(AssemblySet &Set, Assembly &A, const DelegateRules &Rules,
                  DiagnosticList &Findings)
      : Set(Set), A(A), Rules(Rules), Findings(Findings),
        Budget(2 * A->file().Bytes.size()) {}
  void run();

private:
  std::optional<CallShape> shape(Token Callee) override;
  void call(Token Callee, bool IsNew,
            llvm::ArrayRef<Sources> Arguments) override;
  void store(Token Field, const Sources &Value) override;
  void element(const Sources &Arrays, const Sources &Value) override;
  bool isDelegateType(Token Type) override;
  void result(const Sources &Value) override;
  void escape(const Sources &Value) override;

  void keep(const Source &Where, const Sources &Values);
  void giveFields();
  void follow(MethodDefRid R);
  const Callee &callee(Token T);
  Callee makeCallee(Token T);
  llvm::SmallVector<MethodPlace, 1> methods(Token T);
  llvm::SmallVector<MethodPlace, 1> methods(const MemberRefRow &Row);
  bool isMarked(const MethodPlace &P);
  std::string refusal(llvm::ArrayRef<MethodPlace> Targets);
  void reportUnmarked(const Use &Made, StringRef To);
  void reportCollected(const Use &Made, StringRef To);
  std::string name(const MethodPlace &P);

  AssemblySet &Set;
  Assembly &A;
  const DelegateRules &Rules;
  DiagnosticList &Findings;
  MethodDefRid Current;
  size_t Budget; ///< how many bytes of code are still looked into
  llvm::DenseMap<uint32_t, std::optional<CallShape>> Shapes; ///< by token
  llvm::DenseMap<uint32_t, bool> DelegateTypes;              ///< by token
  std::map<uint32_t, Callee> Callees;                        ///< by token
  std::map<Source, std::vector<Use>> Stored;
  std::vector<std::pair<Use, StringRef>> Given; ///< with the callee's name
  /// Delegates that something else than native code may refer to.
  std::set<Use> Kept;
  std::set<std::pair<uint32_t, uint32_t>> Reported;
  std::map<const Assembly *, llvm::DenseSet<uint32_t>> Marked;
};

} // namespace

//===----------------------------------------------------------------------===//
// Methods
//===----------------------------------------------------------------------===//

/// The signature of what a token of a call names.
static std::optional<BlobIndex> signature(const Assembly &A, Token T) {
  if (T.is<MethodSpecRow>())
    if (auto Row = rowIfAny(A, T.as<MethodSpecRow>()))
      T = Token(Row->Method);
  if (T.is<MethodDefRow>())
    if (auto Row = rowIfAny(A, T.as<MethodDefRow>()))
      return Row->Signature;
  if (T.is<MemberRefRow>())
    if (auto Row = rowIfAny(A, T.as<MemberRefRow>()))
      return Row->Signature;
  if (T.is<StandAloneSigRow>())
    if (auto Row = rowIfAny(A, T.as<StandAloneSigRow>()))
      return Row->Signature;
  return std::nullopt;
}

/// Whether a call makes one delegate of several.
static bool isCombine(const Assembly &A, Token Callee) {
  if (!Callee.is<MemberRefRow>())
    return false;
  auto Row = rowIfAny(A, Callee.as<MemberRefRow>());
  if (!Row || text(A, Row->Name) != "Combine")
    return false;
  AssemblySet::Name Class = AssemblySet::nameOf(A, Row->Class);
  return Class.Namespace == "System" && Class.Name == "Delegate";
}

std::optional<CallShape> DelegateChecker::shape(Token Callee) {
  auto [It, IsNew] = Shapes.try_emplace(Callee.raw());
  if (!IsNew)
    return It->second;
  std::optional<BlobIndex> Blob = signature(A, Callee);
  if (!Blob)
    return std::nullopt;
  llvm::BumpPtrAllocator Allocator;
  llvm::Expected<MethodSig> Sig = readMethodSig(A.metadata(), *Blob, Allocator);
  if (!Sig) {
    llvm::consumeError(Sig.takeError()); // whoever calls it says it
    return std::nullopt;
  }
  bool HasOwnThis = Sig->hasThis() && !Sig->explicitThis();
  It->second = CallShape{
      static_cast<uint32_t>(Sig->Params.size()) + HasOwnThis, Sig->hasThis(),
      Sig->ReturnType->kind() != ELEMENT_TYPE_VOID, isCombine(A, Callee)};
  return It->second;
}

/// The methods of that name with as many parameters. Overloads of one count are
/// not told apart: what is said of them holds for all.
llvm::SmallVector<MethodPlace, 1>
DelegateChecker::methods(const MemberRefRow &Row) {
  llvm::SmallVector<MethodPlace, 1> Result;
  llvm::BumpPtrAllocator Allocator;
  TypeDefOrRef Class;
  if (Row.Class.is<TypeSpecRow>()) {
    auto Spec = rowIfAny(A, Row.Class.as<TypeSpecRow>());
    llvm::Expected<const ecma335::TypeSig *> Sig = readTypeSpec(
        A.metadata(), Spec ? Spec->Signature : BlobIndex(), Allocator);
    const auto *G = Sig ? llvm::dyn_cast<GenericInstSig>(*Sig) : nullptr;
    llvm::consumeError(Sig.takeError());
    if (!G)
      return Result;
    Class = G->type();
  } else if (Row.Class.is<TypeRefRow>() || Row.Class.is<TypeDefRow>()) {
    Class = TypeDefOrRef(Row.Class);
  } else {
    return Result;
  }
  llvm::Expected<const TypeSig *> T = Set.type(A, Class);
  if (!T) {
    llvm::consumeError(T.takeError());
    return Result;
  }
  if ((*T)->kind() != TypeSig::Definition)
    return Result;
  AssemblySet::Origin Of = Set.origin((*T)->definition());
  llvm::Expected<MethodSig> Wanted =
      readMethodSig(A.metadata(), Row.Signature, Allocator);
  if (!Of.Assembly || !Wanted) {
    llvm::consumeError(Wanted.takeError());
    return Result;
  }
  llvm::Expected<RidRange<MethodDefRow>> All =
      Of.Assembly->metadata().methods(Of.Row);
  if (!All) {
    llvm::consumeError(All.takeError());
    return Result;
  }
  StringRef Name = text(A, Row.Name);
  for (MethodDefRid Each : *All) {
    auto Def = rowIfAny(*Of.Assembly, Each);
    if (!Def || text(*Of.Assembly, Def->Name) != Name)
      continue;
    llvm::Expected<MethodSig> Sig =
        readMethodSig(Of.Assembly->metadata(), Def->Signature, Allocator);
    if (Sig && Sig->Params.size() == Wanted->Params.size())
      Result.push_back({Of.Assembly, Each});
    llvm::consumeError(Sig.takeError());
  }
  return Result;
}

/// \returns none where the method is not found.
llvm::SmallVector<MethodPlace, 1> DelegateChecker::methods(Token T) {
  if (T.is<MethodSpecRow>())
    if (auto Row = rowIfAny(A, T.as<MethodSpecRow>()))
      T = Token(Row->Method);
  if (T.is<MethodDefRow>() && A->contains(T))
    return {{&A, T.as<MethodDefRow>()}};
  if (T.is<MemberRefRow>())
    if (auto Row = rowIfAny(A, T.as<MemberRefRow>()))
      return methods(*Row);
  return {};
}

std::string DelegateChecker::name(const MethodPlace &P) {
  auto Row = rowIfAny(*P.Assembly, P.Row);
  llvm::Expected<TypeDef *> Declaring =
      Set.definition(*P.Assembly, P.Assembly->metadata().owner(P.Row));
  llvm::Expected<Signature> Sig =
      Row ? importSignature(Set, *P.Assembly, P.Row, *Row)
          : llvm::Expected<Signature>(Signature());
  std::string Text = "(unreadable)";
  if (Row && Declaring && Sig) {
    Method M;
    M.Declaring = *Declaring;
    M.Name = text(*P.Assembly, Row->Name).str();
    M.Sig = std::move(*Sig);
    Text.clear();
    llvm::raw_string_ostream(Text) << M;
  }
  llvm::consumeError(Declaring.takeError());
  llvm::consumeError(Sig.takeError());
  return Text;
}

/// Attributes are sorted by their parent; going through them once costs less
/// than asking for those of every method.
bool DelegateChecker::isMarked(const MethodPlace &P) {
  auto [It, IsNew] = Marked.try_emplace(P.Assembly);
  if (IsNew)
    for (CustomAttributeRid R :
         P.Assembly->metadata().rows<CustomAttributeRow>())
      if (auto Row = rowIfAny(*P.Assembly, R);
          Row && Row->Parent.is<MethodDefRow>() &&
          AssemblySet::attributeName(*P.Assembly, R).Name ==
              "MonoPInvokeCallbackAttribute")
        It->second.insert(Row->Parent.rid());
  return It->second.contains(P.Row.value());
}

//===----------------------------------------------------------------------===//
// Method bodies
//===----------------------------------------------------------------------===//

/// The method that makes a function pointer of a delegate, for messages.
static constexpr llvm::StringLiteral Conversion =
    "Marshal.GetFunctionPointerForDelegate";

Callee DelegateChecker::makeCallee(Token T) {
  Callee Result;
  Token Member = T;
  if (T.is<MethodSpecRow>())
    if (auto Row = rowIfAny(A, T.as<MethodSpecRow>()))
      Member = Token(Row->Method);
  if (Member.is<MemberRefRow>())
    if (auto Row = rowIfAny(A, Member.as<MemberRefRow>());
        Row && text(A, Row->Name) == "GetFunctionPointerForDelegate") {
      AssemblySet::Name Class = AssemblySet::nameOf(A, Row->Class);
      if (Class.Namespace == "System.Runtime.InteropServices" &&
          Class.Name == "Marshal") {
        Result.TheKind = Callee::Native;
        Result.Name = Conversion.str();
        return Result;
      }
    }
  llvm::SmallVector<MethodPlace, 1> Found = methods(Member);
  bool AllNative =
      !Found.empty() && llvm::all_of(Found, [](const MethodPlace &P) {
        auto Row = rowIfAny(*P.Assembly, P.Row);
        return Row && has(Row->Flags, MethodAttributes::PInvokeImpl);
      });
  if (AllNative) {
    Result.TheKind = Callee::Native;
    Result.Name = name(Found.front());
  } else if (Found.size() == 1 && Found.front().Assembly == &A) {
    Result.TheKind = Callee::Managed;
    Result.Method = Token(Found.front().Row);
  }
  return Result;
}

const Callee &DelegateChecker::callee(Token T) {
  auto It = Callees.find(T.raw());
  if (It == Callees.end())
    It = Callees.try_emplace(T.raw(), makeCallee(T)).first;
  return It->second;
}

void DelegateChecker::call(Token T, bool IsNew,
                           llvm::ArrayRef<Sources> Arguments) {
  const Callee &To = callee(T);
  if (To.TheKind != Callee::Native)
    for (const Sources &Each : Arguments)
      escape(Each);
  if (To.TheKind == Callee::Other)
    return;
  for (size_t I = 0; I != Arguments.size(); ++I)
    for (const Source &Value : Arguments[I]) {
      if (Value.TheKind == Source::Function)
        continue;
      if (To.TheKind == Callee::Native)
        Given.push_back({{Value, Current}, To.Name});
      else
        Stored[{Source::Parameter, To.Method, static_cast<uint32_t>(I + IsNew)}]
            .push_back({Value, Current});
    }
}

void DelegateChecker::escape(const Sources &Values) {
  for (const Source &Value : Values)
    if (Value.TheKind == Source::Delegate)
      Kept.insert({Value, Current});
}

void DelegateChecker::keep(const Source &Where, const Sources &Values) {
  escape(Values);
  for (const Source &Value : Values)
    if (Value.TheKind != Source::Function)
      Stored[Where].push_back({Value, Current});
}

void DelegateChecker::store(Token Field, const Sources &Values) {
  keep({Source::Field, Field}, Values);
}

void DelegateChecker::element(const Sources &Arrays, const Sources &Values) {
  escape(Values);
  for (const Source &Each : Arrays)
    if (Each.TheKind == Source::Array)
      keep(Each, Values);
}

bool DelegateChecker::isDelegateType(Token Type) {
  auto [It, IsNew] = DelegateTypes.try_emplace(Type.raw());
  if (!IsNew || !A->contains(Type) ||
      !encode(CodedIndexKind::TypeDefOrRef, Type))
    return It->second;
  llvm::Expected<const TypeSig *> T = Set.type(A, TypeDefOrRef(Type));
  if (!T) {
    llvm::consumeError(T.takeError());
    return false;
  }
  bool Is = ((*T)->kind() == TypeSig::Definition ||
             (*T)->kind() == TypeSig::Instance) &&
            (*T)->definition().TheKind == TypeDef::Delegate;
  return DelegateTypes[Type.raw()] = Is;
}

/// The delegates in the structs that P/Invokes pass.
void DelegateChecker::giveFields() {
  std::vector<FieldRid> Fields;
  for (const auto &[Where, Values] : Stored)
    if (Where.TheKind == Source::Field && Where.What.is<FieldRow>())
      Fields.push_back(Where.What.as<FieldRow>());
  visitNativeFields(Set, A, Fields, [&](FieldRid F, MethodDefRid R) {
    Token Import(R);
    Given.push_back({{{Source::Field, Token(F)}, R}, callee(Import).Name});
  });
}

void DelegateChecker::result(const Sources &Values) {
  keep({Source::Result, Token(Current)}, Values);
}

void DelegateChecker::follow(MethodDefRid R) {
  llvm::Expected<std::optional<MethodBody>> Body =
      readMethodBody(A.metadata(), R);
  llvm::Error Failed = Body.takeError();
  // Methods may share a body (II.25.4), which no compiler makes them do.
  if (!Failed && *Body && (*Body)->Code.size() <= Budget) {
    Budget -= (*Body)->Code.size();
    Current = R;
    Failed = followDelegates(A->file(), **Body, Token(R), *this);
  }
  // No declaration depends on a body, and some are decrypted at run time.
  llvm::consumeError(std::move(Failed));
}

//===----------------------------------------------------------------------===//
// Diagnostics
//===----------------------------------------------------------------------===//

/// Why native code cannot call a method; empty: it can, or it is not clear
/// which method is meant.
std::string DelegateChecker::refusal(llvm::ArrayRef<MethodPlace> Targets) {
  bool AllStatic = true, AnyStatic = false;
  for (const MethodPlace &P : Targets) {
    auto Row = rowIfAny(*P.Assembly, P.Row);
    // A delegate of a native function.
    if (!Row || has(Row->Flags, MethodAttributes::PInvokeImpl))
      return "";
    bool IsStatic = has(Row->Flags, MethodAttributes::Static);
    if (IsStatic && isMarked(P))
      return "";
    AllStatic &= IsStatic;
    AnyStatic |= IsStatic;
  }
  if (Targets.empty() || AllStatic != AnyStatic)
    return "";
  auto Row = rowIfAny(*Targets.front().Assembly, Targets.front().Row);
  // A name that C# cannot spell: "<Start>b__0_0", "<Start>m__0".
  if (text(*Targets.front().Assembly, Row->Name).contains('<'))
    return "it is a lambda expression, which has no MonoPInvokeCallback "
           "attribute";
  return AllStatic ? "it has no MonoPInvokeCallback attribute"
                   : "it is an instance method";
}

/// Nothing keeps a delegate alive that only a variable holds.
void DelegateChecker::reportCollected(const Use &Made, StringRef To) {
  auto Keeping = Rules.Keeping.find(To);
  if (Keeping == Rules.Keeping.end() || Kept.count(Made))
    return;
  llvm::SmallVector<MethodPlace, 1> Targets = methods(Made.Value.What);
  std::string User = name({&A, Made.User});
  Findings
      .add(diagnose(DiagnosticID::CollectedCallback,
                    Location{A.path(), {}, User}, User, To,
                    Targets.empty() ? "a method" : name(Targets.front())))
      .note(Keeping->second, "the function is annotated "
                             "ILBRIDGE_KEEPS_CALLBACKS");
}

void DelegateChecker::reportUnmarked(const Use &Made, StringRef To) {
  if (!Reported.insert({Made.User.value(), Made.Value.What.raw()}).second)
    return;
  llvm::SmallVector<MethodPlace, 1> Targets = methods(Made.Value.What);
  std::string Why = refusal(Targets);
  if (Why.empty())
    return;
  std::string User = name({&A, Made.User});
  Diagnostic &D = Findings.add(
      diagnose(DiagnosticID::UnmarkedCallback, Location{A.path(), {}, User},
               User, To, name(Targets.front()), Rules.Marking->Title, Why));
  D.note({Targets.front().Assembly->path(), {}, name(Targets.front())},
         "native code can call a static method with [MonoPInvokeCallback("
         "typeof(…))]");
}

void DelegateChecker::run() {
  for (MethodDefRid Each : A->rows<MethodDefRow>())
    follow(Each);
  for (const auto &[Value, To] : Given)
    if (Value.Value.TheKind == Source::Delegate)
      reportCollected(Value, To);
  if (!Rules.Marking)
    return;
  giveFields();
  // Backwards from native code. Each place is looked into once.
  std::set<Source> Seen;
  for (size_t I = 0; I != Given.size(); ++I) {
    auto [Value, To] = Given[I];
    if (To != Conversion && !Rules.marksArguments())
      continue;
    if (Value.Value.TheKind == Source::Delegate)
      reportUnmarked(Value, To);
    else if (Seen.insert(Value.Value).second)
      if (auto It = Stored.find(Value.Value); It != Stored.end())
        for (const Use &Each : It->second)
          Given.push_back({Each, To});
  }
}

void checkDelegates(AssemblySet &Set, Assembly &A, const DelegateRules &Rules,
                    DiagnosticList &Findings) {
  if (Rules.empty())
    return;
  DelegateChecker(Set, A, Rules, Findings).run();
  for (const auto &Module : A.modules())
    DelegateChecker(Set, *Module, Rules, Findings).run();
}

} // namespace ilbridge::managed
