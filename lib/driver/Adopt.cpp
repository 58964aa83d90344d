//===- Adopt.cpp - `ilbridge adopt` ---------------------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   registrations that agree with C# ──which functions could carry an
//   annotation──▶ the project as it would be ──what its output can serve──▶
//   edits: annotations, statements taken away, one call ──▶ diff or files
//
//===----------------------------------------------------------------------===//

#include "AdoptEdits.h"
#include "Outputs.h"
#include "Run.h"
#include "ilbridge/rewrite/Files.h"
#include "ilbridge/rewrite/Rewrite.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <set>

using llvm::StringRef;

namespace ilbridge::driver {
namespace {

/// A registration is identified by its location and its name.
using Key = std::pair<Location, std::string>;
Key keyOf(const native::Export &E) {
  return {E.Registered->Where, E.ManagedName};
}

class Adopter {
public:
  Adopter(Run &R, const AdoptOptions &Options) : R(R), Options(Options) {}

  /// Decides which functions are moved. \returns whether the run can continue.
  bool plan();
  /// Edits the sources, or prints the edits as a diff.
  void apply();

private:
  bool chooseBackend();
  void findCandidates();
  bool tryOutput();
  std::string annotation(const match::Binding &B) const;
  std::string withMethodName(const managed::Method &M) const;
  void leave(const native::Export &E, const llvm::Twine &Why) {
    Left.emplace(E.Registered->Where,
                 "'" + E.Decl.qualifiedName() + "': " + Why.str());
  }

  Run &R;
  const AdoptOptions &Options;
  const emit::Backend *Backend = nullptr;
  std::string Runtime;
  /// The functions to move, with an annotation for each of their methods.
  std::vector<Adopted> Moves;
  std::map<Key, const native::Export *> Exports;
  /// The registrations that are not changed, each with the reason.
  std::set<std::pair<Location, std::string>> Left;
};

} // namespace

bool Adopter::chooseBackend() {
  std::set<std::string> Runtimes;
  for (const native::Export *E : R.S.program().exports())
    if (E->Registered && !E->Registered->Runtime.empty())
      Runtimes.insert(E->Registered->Runtime);
  if (R.P.Runtime)
    Runtimes = {R.P.Runtime->Name.str()};
  if (Runtimes.size() > 1) {
    R.fail(llvm::createStringError(
        "the sources register functions with several runtimes; choose one with "
        "--runtime"));
    return false;
  }
  if (Runtimes.empty()) {
    R.C.Err << "ilbridge: note: no registration is read that a backend could "
               "replace\n";
    return false;
  }
  Runtime = *Runtimes.begin();
  Backend = emit::findBackend(Runtime);
  if (!Backend)
    R.fail(llvm::createStringError("there is no backend for the runtime '" +
                                   Runtime + "'"));
  return Backend;
}

/// The name of a method, as annotations spell it.
std::string Adopter::withMethodName(const managed::Method &M) const {
  std::string Name = M.qualifiedName();
  bool IsOverloaded =
      M.IsOverloaded ||
      llvm::count_if(R.S.model().Imports, [&](const managed::Method &Other) {
        return Other.TheKind == M.TheKind && Other.qualifiedName() == Name;
      }) > 1;
  return IsOverloaded ? Name + M.parameterList() : Name;
}

std::string Adopter::annotation(const match::Binding &B) const {
  StringRef Macro;
  switch (B.Native->Kind) {
  case native::ExportKind::PInvoke:
    Macro = "ILBRIDGE_EXPORT_AS";
    break;
  case native::ExportKind::InternalCall:
    Macro = "ILBRIDGE_INTERNAL_CALL";
    break;
  case native::ExportKind::Intrinsic:
    Macro = "ILBRIDGE_INTRINSIC";
    break;
  case native::ExportKind::FunctionPointer:
    Macro = "ILBRIDGE_FUNCTION_POINTER";
    break;
  case native::ExportKind::NewObj:
  case native::ExportKind::NewObjIntrinsic:
    return ""; // no function is registered for these
  }
  return (Macro + "(\"" + withMethodName(*B.Managed) + "\")").str();
}

/// Whether a function is internal only because of the lines of its own source,
/// so that an edit can change it.
static bool isInUnnamedNamespace(const native::Export &E) {
  return llvm::any_of(llvm::ArrayRef(E.Decl.Path).drop_back(),
                      [](const std::string &Scope) { return Scope.empty(); });
}

void Adopter::findCandidates() {
  const match::Matching &M = R.S.matching(nullptr);
  std::map<const native::Export *, unsigned> Disagree;
  for (const match::Binding &B : M.Disagreeing)
    ++Disagree[B.Native];
  std::map<std::pair<std::string, size_t>, std::set<Location>> SameName;
  for (const native::Export *E : R.S.program().exports())
    if (E->Registered && E->IsInternal)
      SameName[{E->Decl.qualifiedName(), E->Params.size()}].insert(
          E->Decl.Where);
  std::set<Key> Agreeing;
  for (const match::Binding &B : M.Registered) {
    const native::Export &E = *B.Native;
    if (E.Registered->Runtime != Runtime || Disagree.count(&E))
      continue;
    Agreeing.insert(keyOf(E));
    Exports[keyOf(E)] = &E;
    std::string Annotation = annotation(B);
    if (E.Registered->IsConditional)
      leave(E, "a condition decides whether it is registered");
    else if (!E.Registered->Statement.isValid())
      leave(E, "its registration is not a statement or a table row of its own");
    else if (!E.AnnotationBegin.Line || Annotation.empty())
      leave(E, "generated code cannot name it: it is a lambda, a template, a "
               "private member, or declared by a macro");
    else if (E.IsInternal && isInUnnamedNamespace(E))
      leave(E, "it is in an unnamed namespace, which other files cannot see");
    else if (E.IsInternal &&
             SameName[{E.Decl.qualifiedName(), E.Params.size()}].size() > 1)
      leave(E, "another source has a static function of its name");
    else
      Moves.push_back({&E, std::move(Annotation), withMethodName(*B.Managed)});
  }
  for (const native::Export *E : R.S.program().exports())
    if (E->Registered && E->Registered->Runtime == Runtime &&
        !Agreeing.count(keyOf(*E)))
      leave(*E, "'ilbridge check' has something to say about it");
}

/// Compares and plans the project as it would be after the edits, and drops the
/// functions from Moves that an output could not support.
bool Adopter::tryOutput() {
  std::set<Key> Moved;
  std::map<Key, std::vector<std::string>> Names;
  for (const Adopted &Each : Moves) {
    Moved.insert(keyOf(*Each.Function));
    Names[keyOf(*Each.Function)].push_back(Each.Method);
  }
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  for (const native::Facts &F : R.S.program().facts())
    writeFacts(F, native::OutsidePaths::Absolute, OS);
  auto After = native::readFacts(llvm::MemoryBufferRef(Text, "facts"));
  if (!R.succeeds(After.takeError()))
    return false;
  for (native::Facts &F : *After) {
    std::vector<native::Export> Annotated;
    for (native::Export &E : F.Exports) {
      if (!E.Registered || !Moved.count(keyOf(E)))
        continue;
      for (const std::string &Name : Names[keyOf(E)]) {
        Annotated.push_back(E);
        Annotated.back().ManagedName = Name;
        Annotated.back().Registered.reset();
        Annotated.back().IsInternal = false;
      }
    }
    llvm::erase_if(F.Exports, [](const native::Export &E) {
      return E.Registered.has_value();
    });
    llvm::move(Annotated, std::back_inserter(F.Exports));
  }
  Project P = R.P;
  P.Outputs.clear();
  OutputSpec &Output = P.Outputs.emplace_back();
  Output.Backend = Backend;
  llvm::SmallString<256> File = StringRef(P.Root);
  llvm::sys::path::append(File, "ilbridge-adopted.cpp");
  Output.File = File.str().str();
  Session S(std::move(P));
  if (!R.succeeds(S.loadManaged()))
    return false;
  S.setNative(std::move(*After));
  (void)planBindings(S);
  std::map<Location, std::string> Refused;
  for (const Diagnostic &D : S.findings().all())
    if (D.Level == Severity::Error)
      Refused.emplace(D.Where, D.Message);
  std::set<std::pair<Location, std::string>> Served;
  for (const match::Binding &B :
       S.matching(&S.project().Outputs.front()).Bindings)
    Served.emplace(B.Native->Decl.Where, B.Native->ManagedName);
  bool DroppedAny = false;
  llvm::erase_if(Moves, [&](const Adopted &Each) {
    const native::Export &E = *Each.Function;
    auto Why = Refused.find(E.Decl.Where);
    bool IsServed = Served.count({E.Decl.Where, Each.Method});
    if (Why == Refused.end() && IsServed)
      return false;
    leave(E, Why != Refused.end()
                 ? Why->second
                 : "a generated invoker could not pass what its own one does");
    return DroppedAny = true;
  });
  // A registration is moved with all of its methods, or not at all.
  std::set<Key> Dropped;
  for (const Key &Each : Moved)
    if (Names[Each].size() !=
        static_cast<size_t>(llvm::count_if(Moves, [&](const Adopted &M) {
          return keyOf(*M.Function) == Each;
        })))
      Dropped.insert(Each);
  llvm::erase_if(Moves, [&](const Adopted &Each) {
    return Dropped.count(keyOf(*Each.Function));
  });
  return true;
}

bool Adopter::plan() {
  if (!chooseBackend())
    return false;
  findCandidates();
  return Moves.empty() || tryOutput();
}

void Adopter::apply() {
  std::string Name =
      Options.Name.empty() ? "RegisterNativeMethods" : Options.Name;
  AdoptEdits Edits(R.P, Name);
  for (const Adopted &Each : Moves)
    if (std::string Why = Edits.add(Each); !Why.empty())
      leave(*Each.Function, Why);
  auto Files = Edits.finish();
  if (!Files) {
    R.fail(Files.takeError());
    return;
  }
  for (const EditedFile &F : *Files) {
    std::string Shown = R.shown(F.Path);
    if (Options.Writes)
      R.succeeds(rewrite::writeIfChanged(F.Path, F.New).takeError());
    else
      R.C.Out << rewrite::unifiedDiff(F.Old, F.New, "a/" + Shown, "b/" + Shown);
  }
  for (const auto &[Where, Why] : Left)
    R.C.Err << Where.File << ':' << Where.Start.Line
            << ": note: left as it is: " << Why << '\n';
  R.C.Err << "ilbridge: " << Edits.count()
          << (Edits.count() == 1 ? " registration" : " registrations")
          << (Options.Writes ? " replaced" : " can be replaced") << ", "
          << Left.size() << " left.\n";
  if (Edits.count() && !Edits.hasCall())
    R.C.Err << "ilbridge: note: call " << Name
            << "() where the registrations were\n";
  if (Edits.count())
    R.C.Err << "ilbridge: note: '" << Name
            << "' is written by 'ilbridge generate --backend " << Backend->Name
            << " --name " << Name << "'\n";
}

ExitStatus adopt(Session &S, const AdoptOptions &Options, Console &C) {
  Run R(S, C);
  if (!R.P.hasNativeSide() || !R.P.Facts.empty()) {
    R.fail(llvm::createStringError(
        "no C++ to edit; name the build folder with -p, or sources with their "
        "compile command after '--'"));
    return R.status();
  }
  if (!R.loadBothSides())
    return R.finishData();
  S.compare(nullptr);
  Adopter A(R, Options);
  if (A.plan())
    A.apply();
  return R.finishData();
}

} // namespace ilbridge::driver
