//===- ManifestWriter.cpp - The managed model to YAML ---------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One declaration a block, one parameter or field a line, everything by name,
// nothing that is the default: so that a change in C# is a small change here.
//
//===----------------------------------------------------------------------===//

#include "ManifestFormat.h"
#include "ilbridge/managed/Manifest.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <map>
#include <yaml-cpp/yaml.h>

namespace ilbridge::managed {
namespace {

class Writer {
public:
  Writer(const Model &M, llvm::StringRef Home) : M(M), Home(Home) {}
  void write();
  const char *text() const { return Out.c_str(); }

private:
  template <typename T> void entry(llvm::StringLiteral Key, const T &Value) {
    Out << YAML::Key << Key.data() << YAML::Value << Value;
  }
  void word(llvm::StringLiteral Key, llvm::StringRef Word) {
    entry(Key, Word.str());
  }
  std::string type(const TypeSig &T);
  void marshal(const MarshalAs &As);
  void parameter(const Parameter &P, bool HasName);
  void signature(const Signature &Sig);
  void import(const PInvokeInfo &I, const std::string &MethodName);
  void method(const Method &Each);
  void callback(const Callback &C);
  void definition(const TypeDef &D);
  void field(const FieldDef &F);
  void reach(const TypeSig &T);
  void reach(const TypeDef &D);
  void reach(const Signature &Sig);
  void follow();
  template <typename T, typename Projection, typename Writing>
  void list(llvm::StringLiteral Key, const std::vector<T> &All,
            Projection MethodOf, Writing Write);

  const Model &M;
  llvm::StringRef Home;
  YAML::Emitter Out;
  std::map<std::string, const TypeDef *> Reached;
  std::vector<const TypeDef *> NotFollowed; ///< of those that were reached
};

} // namespace

std::string Writer::type(const TypeSig &T) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  print(OS, T, {{}, {}, Home});
  return Text;
}

void Writer::reach(const TypeSig &T) {
  for (const TypeSig *Each : T.arguments())
    reach(*Each);
  if (T.kind() != TypeSig::Definition && T.kind() != TypeSig::Instance)
    return;
  reach(T.definition());
}

void Writer::reach(const TypeDef &D) {
  if (D.TheKind != TypeDef::Unresolved &&
      Reached.try_emplace(manifestName(D, Home), &D).second)
    NotFollowed.push_back(&D);
}

/// Reaches what the types that were reached name, in chains of any length.
void Writer::follow() {
  while (!NotFollowed.empty()) {
    const TypeDef &D = *NotFollowed.back();
    NotFollowed.pop_back();
    for (const FieldDef &F : D.Fields)
      reach(*F.Type);
    if (D.Invocation)
      reach(D.Invocation->Invoke);
  }
}

void Writer::reach(const Signature &Sig) {
  reach(*Sig.Result.Type);
  for (const Parameter &P : Sig.Params)
    reach(*P.Type);
}

//===----------------------------------------------------------------------===//
// Signatures
//===----------------------------------------------------------------------===//

void Writer::marshal(const MarshalAs &As) {
  Out << YAML::Key << "marshal" << YAML::Value;
  if (As == MarshalAs{As.Native, ecma335::NATIVE_TYPE_MAX, {}, {}, {}, {}}) {
    Out << nativeTypeText(As.Native);
    return;
  }
  Out << YAML::Flow << YAML::BeginMap;
  entry("as", nativeTypeText(As.Native));
  if (As.Element != ecma335::NATIVE_TYPE_MAX)
    entry("element", nativeTypeText(As.Element));
  if (As.SizeParam)
    entry("size-param", *As.SizeParam);
  if (As.SizeConst)
    entry("size", *As.SizeConst);
  if (!As.CustomMarshaler.empty())
    entry("marshaler", As.CustomMarshaler);
  if (!As.Cookie.empty())
    entry("cookie", As.Cookie);
  Out << YAML::EndMap;
}

void Writer::parameter(const Parameter &P, bool HasName) {
  if (!HasName && !P.Marshal) {
    Out << type(*P.Type);
    return;
  }
  Out << YAML::Flow << YAML::BeginMap;
  if (HasName)
    entry("name", P.Name);
  entry("type", type(*P.Type));
  if (P.Marshal)
    marshal(*P.Marshal);
  if (P.IsIn)
    entry("in", true);
  if (P.IsOut)
    entry("out", true);
  Out << YAML::EndMap;
}

void Writer::signature(const Signature &Sig) {
  if (Sig.HasThis)
    entry("instance", true);
  if (!Sig.GenericParams.empty()) {
    Out << YAML::Key << "type-parameters" << YAML::Value << YAML::Flow
        << Sig.GenericParams;
  }
  Out << YAML::Key << "result" << YAML::Value;
  parameter(Sig.Result, /*HasName=*/false);
  if (Sig.Params.empty())
    return;
  Out << YAML::Key << "params" << YAML::Value << YAML::BeginSeq;
  for (const Parameter &P : Sig.Params)
    parameter(P, /*HasName=*/true);
  Out << YAML::EndSeq;
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

void Writer::import(const PInvokeInfo &I, const std::string &MethodName) {
  entry("library", I.Library);
  if (I.EntryPoint != MethodName)
    entry("entry-point", I.EntryPoint);
  if (I.Convention)
    word("convention", name(*I.Convention));
  if (I.AttributeConvention)
    word("attribute-convention", name(*I.AttributeConvention));
  if (I.Chars != CharSet::None)
    word("charset", CharSetWords[static_cast<unsigned>(I.Chars)]);
  if (I.ExactSpelling)
    entry("exact-spelling", true);
  if (I.SetLastError)
    entry("set-last-error", true);
  if (!I.PreserveSig)
    entry("preserve-sig", false);
  if (I.BestFitMapping)
    entry("best-fit-mapping", *I.BestFitMapping);
  if (I.ThrowOnUnmappableChar)
    entry("throw-on-unmappable-char", *I.ThrowOnUnmappableChar);
  if (I.SuppressGCTransition)
    entry("suppress-gc-transition", true);
  if (I.SearchPaths)
    entry("search-paths", *I.SearchPaths);
  if (I.IsMarshallingDisabled)
    entry("disable-marshalling", true);
}

void Writer::method(const Method &Each) {
  Out << YAML::BeginMap;
  entry("name", manifestName(*Each.Declaring, Home) + "::" + Each.Name);
  word("kind", MethodKindWords[Each.TheKind]);
  if (Each.TheKind == Method::PInvoke)
    import(Each.Import, Each.Name);
  if (Each.TheKind == Method::FunctionPointer) {
    entry("slot", Each.Slot);
    if (Each.Import.Convention)
      word("convention", ilbridge::name(*Each.Import.Convention));
    if (Each.Import.IsMarshallingDisabled)
      entry("disable-marshalling", true);
  }
  if (Each.IsOverloaded)
    entry("overloaded", true);
  signature(Each.Sig);
  Out << YAML::EndMap;
}

void Writer::callback(const Callback &C) {
  Out << YAML::BeginMap;
  entry("name", manifestName(*C.Target.Declaring, Home) + "::" + C.Target.Name);
  if (!C.IsStatic)
    entry("static", false);
  if (C.Delegate)
    entry("delegate", type(*C.Delegate));
  if (C.WrapperCount)
    entry("wrappers", *C.WrapperCount);
  if (C.Unmanaged) {
    Out << YAML::Key << "unmanaged-callers-only" << YAML::Value << YAML::Flow
        << YAML::BeginMap;
    if (!C.Unmanaged->EntryPoint.empty())
      entry("entry-point", C.Unmanaged->EntryPoint);
    if (C.Unmanaged->Convention)
      word("convention", name(*C.Unmanaged->Convention));
    if (C.Unmanaged->IsMarshallingDisabled)
      entry("disable-marshalling", true);
    Out << YAML::EndMap;
  }
  signature(C.Target.Sig);
  Out << YAML::EndMap;
}

void Writer::field(const FieldDef &F) {
  Out << YAML::Flow << YAML::BeginMap;
  entry("name", F.Name);
  entry("type", type(*F.Type));
  if (F.Offset)
    entry("offset", *F.Offset);
  if (F.Marshal)
    marshal(*F.Marshal);
  Out << YAML::EndMap;
}

void Writer::definition(const TypeDef &D) {
  Out << YAML::BeginMap;
  word("kind", TypeDefKindWords[D.TheKind]);
  if (!D.GenericParams.empty())
    Out << YAML::Key << "type-parameters" << YAML::Value << YAML::Flow
        << D.GenericParams;
  if (D.TheKind == TypeDef::Enum)
    word("underlying", fullName(D.Underlying));
  if (!D.Enumerators.empty()) {
    Out << YAML::Key << "enumerators" << YAML::Value << YAML::Flow
        << YAML::BeginMap;
    for (const Enumerator &Each : D.Enumerators)
      Out << YAML::Key << Each.Name << YAML::Value << Each.Value;
    Out << YAML::EndMap;
  }
  if (D.TheKind == TypeDef::Struct || D.TheKind == TypeDef::Class) {
    if (D.TheLayout != defaultLayout(D.TheKind))
      word("layout", LayoutWords[D.TheLayout]);
    if (D.Pack)
      entry("pack", D.Pack);
    if (D.Size)
      entry("size", D.Size);
    if (D.InlineArray)
      entry("inline-array", D.InlineArray);
    if (D.Chars != CharSet::Ansi)
      word("charset", CharSetWords[static_cast<unsigned>(D.Chars)]);
    if (!D.Fields.empty()) {
      Out << YAML::Key << "fields" << YAML::Value << YAML::BeginSeq;
      for (const FieldDef &F : D.Fields)
        field(F);
      Out << YAML::EndSeq;
    }
  }
  if (D.Invocation) {
    if (D.Invocation->Convention)
      word("convention", name(*D.Invocation->Convention));
    if (D.Invocation->Chars != CharSet::None)
      word("charset", CharSetWords[static_cast<unsigned>(D.Invocation->Chars)]);
    if (D.Invocation->IsMarshallingDisabled)
      entry("disable-marshalling", true);
    Signature Invoke = D.Invocation->Invoke;
    Invoke.HasThis = false; // as every delegate's
    signature(Invoke);
  }
  Out << YAML::EndMap;
}

template <typename T, typename Projection, typename Writing>
void Writer::list(llvm::StringLiteral Key, const std::vector<T> &All,
                  Projection MethodOf, Writing Write) {
  auto IsHome = [&](const T &Each) { return MethodOf(Each).Assembly == Home; };
  if (llvm::none_of(All, IsHome))
    return;
  Out << YAML::Key << Key.data() << YAML::Value << YAML::BeginSeq;
  for (const T &Each : All)
    if (IsHome(Each)) {
      const Method &M = MethodOf(Each);
      reach(M.Sig);
      // `this` of a value type is the address of its fields; the names of type
      // parameters are part of a method's name.
      if ((M.Sig.HasThis && M.Declaring->isValueType()) ||
          !M.Declaring->GenericParams.empty())
        reach(*M.Declaring);
      Write(Each);
    }
  Out << YAML::EndSeq;
}

void Writer::write() {
  Out << YAML::BeginMap;
  entry("schema", ManifestVersion);
  entry("assembly", Home.str());
  std::string Module = Home.str();
  for (const auto *List : {&M.Imports, &M.Methods})
    for (const Method &Each : *List)
      if (Each.Assembly == Home)
        Module = Each.Module;
  if (Module != Home)
    entry("module", Module);

  auto Itself = [](const Method &Each) -> const Method & { return Each; };
  auto Write = [&](const Method &Each) { method(Each); };
  list("imports", M.Imports, Itself, Write);
  list("methods", M.Methods, Itself, Write);
  list(
      "callbacks", M.Callbacks,
      [](const Callback &C) -> const Method & { return C.Target; },
      [&](const Callback &C) {
        if (C.Delegate)
          reach(*C.Delegate);
        callback(C);
      });
  follow();
  if (!Reached.empty()) {
    Out << YAML::Key << "types" << YAML::Value << YAML::BeginMap;
    for (const auto &[Name, D] : Reached) {
      Out << YAML::Key << Name << YAML::Value;
      definition(*D);
    }
    Out << YAML::EndMap;
  }
  Out << YAML::EndMap;
}

void writeManifest(const Model &M, llvm::StringRef Assembly,
                   llvm::raw_ostream &OS) {
  Writer W(M, Assembly);
  W.write();
  OS << W.text() << '\n';
}

} // namespace ilbridge::managed
