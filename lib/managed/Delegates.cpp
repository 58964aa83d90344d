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
#include "CalledMethods.h"
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

/// Describes what a method does with its delegate arguments.
struct Callee {
  enum Kind : uint8_t {
    Other,
    Native,  ///< the delegate becomes a function pointer
    Managed, ///< a method of this assembly, whose body is followed
  };
  Kind TheKind = Other;
  Token Method; ///< Managed: the token of a MethodDef
  std::string Name;
};

/// A value that a method stores or passes.
struct Use {
  Source Value;
  MethodDefRid User;
  auto operator<=>(const Use &) const = default;
};

class DelegateChecker : FlowListener {
public:
  DelegateChecker(AssemblySet &Set, Assembly &A, const DelegateRules &Rules,
                  DiagnosticList &Findings)
      : Set(Set), A(A), Rules(Rules), Findings(Findings), Methods(Set, A),
        Budget(2 * A->file().Bytes.size()) {}
  void run();

private:
  std::optional<CallShape> shape(Token Callee) override {
    return Methods.shape(Callee);
  }
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
  std::string refusal(llvm::ArrayRef<MethodPlace> Targets);
  void reportUnmarked(const Use &Made, StringRef To);
  void reportCollected(const Use &Made, StringRef To);

  AssemblySet &Set;
  Assembly &A;
  const DelegateRules &Rules;
  DiagnosticList &Findings;
  CalledMethods Methods;
  MethodDefRid Current;
  size_t Budget; ///< the number of bytes of code that may still be read
  llvm::DenseMap<uint32_t, bool> DelegateTypes; ///< by token
  std::map<uint32_t, Callee> Callees;           ///< by token
  std::map<Source, std::vector<Use>> Stored;
  std::vector<std::pair<Use, StringRef>> Given; ///< with the callee's name
  /// Delegates to which managed code may keep a reference.
  std::set<Use> Kept;
  std::set<std::pair<uint32_t, uint32_t>> Reported;
};

} // namespace

//===----------------------------------------------------------------------===//
// Method bodies
//===----------------------------------------------------------------------===//

/// The method that creates a function pointer from a delegate, for messages.
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
  llvm::SmallVector<MethodPlace, 1> Found = Methods.find(Member);
  bool AllNative =
      !Found.empty() && llvm::all_of(Found, [](const MethodPlace &P) {
        auto Row = rowIfAny(*P.Assembly, P.Row);
        return Row && has(Row->Flags, MethodAttributes::PInvokeImpl);
      });
  if (AllNative) {
    Result.TheKind = Callee::Native;
    Result.Name = Methods.name(Found.front());
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
    llvm::consumeError(T.takeError()); // an unknown type causes no finding
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
  // Methods may share a body (II.25.4), but no compiler generates that.
  if (!Failed && *Body && (*Body)->Code.size() <= Budget) {
    Budget -= (*Body)->Code.size();
    Current = R;
    Failed = followDelegates(A->file(), **Body, Token(R), *this);
  }
  // No declaration depends on a body, and some bodies are decrypted at run
  // time.
  llvm::consumeError(std::move(Failed));
}

//===----------------------------------------------------------------------===//
// Diagnostics
//===----------------------------------------------------------------------===//

/// Returns why native code cannot call a method; empty if it can, or if it is
/// not certain which method is meant.
std::string DelegateChecker::refusal(llvm::ArrayRef<MethodPlace> Targets) {
  bool AllStatic = true, AnyStatic = false;
  for (const MethodPlace &P : Targets) {
    auto Row = rowIfAny(*P.Assembly, P.Row);
    // A delegate of a native function.
    if (!Row || has(Row->Flags, MethodAttributes::PInvokeImpl))
      return "";
    bool IsStatic = has(Row->Flags, MethodAttributes::Static);
    if (IsStatic && Methods.isMarked(P))
      return "";
    AllStatic &= IsStatic;
    AnyStatic |= IsStatic;
  }
  if (Targets.empty() || AllStatic != AnyStatic)
    return "";
  auto Row = rowIfAny(*Targets.front().Assembly, Targets.front().Row);
  // The compiler generated the name, and C# cannot spell it: "<Start>b__0_0",
  // "<Start>m__0".
  if (text(*Targets.front().Assembly, Row->Name).contains('<'))
    return "it is a lambda expression, which has no MonoPInvokeCallback "
           "attribute";
  return AllStatic ? "it has no MonoPInvokeCallback attribute"
                   : "it is an instance method";
}

/// Reports a delegate that only a variable refers to, which does not keep it
/// alive.
void DelegateChecker::reportCollected(const Use &Made, StringRef To) {
  auto Keeping = Rules.Keeping.find(To);
  if (Keeping == Rules.Keeping.end() || Kept.count(Made))
    return;
  llvm::SmallVector<MethodPlace, 1> Targets = Methods.find(Made.Value.What);
  std::string User = Methods.name({&A, Made.User});
  Findings
      .add(diagnose(
          DiagnosticID::CollectedCallback, Location{A.path(), {}, User}, User,
          To, Targets.empty() ? "a method" : Methods.name(Targets.front())))
      .note(Keeping->second, "the function is annotated "
                             "ILBRIDGE_KEEPS_CALLBACKS");
}

void DelegateChecker::reportUnmarked(const Use &Made, StringRef To) {
  if (!Reported.insert({Made.User.value(), Made.Value.What.raw()}).second)
    return;
  llvm::SmallVector<MethodPlace, 1> Targets = Methods.find(Made.Value.What);
  std::string Why = refusal(Targets);
  if (Why.empty())
    return;
  std::string User = Methods.name({&A, Made.User});
  Diagnostic &D = Findings.add(diagnose(
      DiagnosticID::UnmarkedCallback, Location{A.path(), {}, User}, User, To,
      Methods.name(Targets.front()), Rules.Marking->Title, Why));
  D.note({Targets.front().Assembly->path(), {}, Methods.name(Targets.front())},
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
  // Follow the values backwards from native code. Each source is visited once.
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
