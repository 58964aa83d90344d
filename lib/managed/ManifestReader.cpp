//===- ManifestReader.cpp - YAML to the managed model ---------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ManifestFormat.h"
#include "ilbridge/managed/Manifest.h"
#include "ilbridge/yaml/Reader.h"
#include "llvm/Support/raw_ostream.h"

using llvm::Error;
using llvm::Expected;
using llvm::StringRef;

namespace ilbridge::managed {
namespace {

using yaml::Mapping;
using yaml::Node;

class Reader {
public:
  explicit Reader(Model &M) : M(M) {}
  Error read(const Node &Root);

private:
  Error header(Mapping &Root);
  Error types(const Node &N);
  Error definition(const Node &N, TypeDef &D);
  Error pack(Mapping &Map, unsigned &Out);
  Error enumerators(Mapping &Map, std::vector<Enumerator> &Out);
  Error field(const Node &N, FieldDef &F);
  Error type(const Node &N, const TypeSig *&Out);
  Error marshal(Mapping &Map, std::optional<MarshalAs> &Out);
  Error nativeType(const Node &N, ecma335::NativeType &Out);
  Error parameter(const Node &N, Parameter &P, bool HasName);
  Error signature(Mapping &Map, Signature &Sig);
  Error convention(Mapping &Map, std::optional<CallingConvention> &Out,
                   StringRef Key = "convention");
  Error import(Mapping &Map, PInvokeInfo &I, StringRef MethodName);
  Error name(Mapping &Map, Method &Out);
  Error functionPointer(Mapping &Map, Method &Out);
  Error methods(const Node &N, std::vector<Method> &Out);
  Error method(const Node &N, Method &Out);
  Error callback(const Node &N, Callback &Out);

  Model &M;
  std::string Assembly;
  std::string Module;
};

} // namespace

/// Runs the steps in order up to the first that fails.
template <typename... Steps> static Error inOrder(Steps &&...S) {
  Error E = Error::success();
  auto Run = [&](auto &&Step) {
    if (!E)
      E = Step();
  };
  (Run(S), ...);
  return E;
}

//===----------------------------------------------------------------------===//
// Signatures
//===----------------------------------------------------------------------===//

Error Reader::type(const Node &N, const TypeSig *&Out) {
  Expected<std::string> Text = N.string();
  if (!Text)
    return Text.takeError();
  Expected<const TypeSig *> T = M.Types.parse(*Text, Assembly);
  if (!T)
    return N.error("'" + *Text +
                   "' is not a type: " + llvm::toString(T.takeError()));
  Out = *T;
  return Error::success();
}

Error Reader::nativeType(const Node &N, ecma335::NativeType &Out) {
  Expected<std::string> Word = N.string();
  if (!Word)
    return Word.takeError();
  std::optional<ecma335::NativeType> T = nativeTypeFromText(*Word);
  if (!T)
    return N.error("'" + *Word + "' is not an unmanaged type");
  Out = *T;
  return Error::success();
}

Error Reader::marshal(Mapping &Map, std::optional<MarshalAs> &Out) {
  std::optional<Node> N = Map.take("marshal");
  if (!N)
    return Error::success();
  MarshalAs &As = Out.emplace();
  if (!N->isMapping())
    return nativeType(*N, As.Native);
  Expected<Mapping> Details = Mapping::of(*N);
  if (!Details)
    return Details.takeError();
  Expected<Node> Native = Details->require("as");
  if (!Native)
    return Native.takeError();
  if (Error E = nativeType(*Native, As.Native))
    return E;
  if (std::optional<Node> Element = Details->take("element"))
    if (Error E = nativeType(*Element, As.Element))
      return E;
  auto Number = [&](StringRef Key, std::optional<uint32_t> &Value) -> Error {
    if (std::optional<Node> Given = Details->take(Key))
      return Given->integer(UINT32_MAX).moveInto(Value);
    return Error::success();
  };
  return inOrder(
      [&] { return Number("size-param", As.SizeParam); },
      [&] { return Number("size", As.SizeConst); },
      [&] { return Details->string("marshaler", As.CustomMarshaler); },
      [&] { return Details->string("cookie", As.Cookie); },
      [&] { return Details->finish(); });
}

Error Reader::parameter(const Node &N, Parameter &P, bool HasName) {
  if (!N.isMapping())
    return type(N, P.Type);
  Expected<Mapping> Map = Mapping::of(N);
  if (!Map)
    return Map.takeError();
  if (HasName)
    if (Error E = Map->string("name", P.Name))
      return E;
  Expected<Node> T = Map->require("type");
  if (!T)
    return T.takeError();
  return inOrder([&] { return type(*T, P.Type); },
                 [&] { return marshal(*Map, P.Marshal); },
                 [&] { return Map->boolean("in", P.IsIn); },
                 [&] { return Map->boolean("out", P.IsOut); },
                 [&] { return Map->finish(); });
}

Error Reader::signature(Mapping &Map, Signature &Sig) {
  Sig.Result.Type = &M.Types.primitive(Primitive::Void);
  if (Error E = inOrder(
          [&] { return Map.boolean("instance", Sig.HasThis); },
          [&] { return Map.strings("type-parameters", Sig.GenericParams); }))
    return E;
  if (std::optional<Node> Result = Map.take("result"))
    if (Error E = parameter(*Result, Sig.Result, /*HasName=*/false))
      return E;
  std::optional<Node> Params = Map.take("params");
  if (!Params)
    return Error::success();
  Expected<std::vector<Node>> All = Params->sequence();
  if (!All)
    return All.takeError();
  for (const Node &Each : *All)
    if (Error E = parameter(Each, Sig.Params.emplace_back(), /*HasName=*/true))
      return E;
  return Error::success();
}

Error Reader::convention(Mapping &Map, std::optional<CallingConvention> &Out,
                         StringRef Key) {
  std::optional<Node> N = Map.take(Key);
  if (!N)
    return Error::success();
  Expected<std::string> Word = N->string();
  if (!Word)
    return Word.takeError();
  Out = callingConvention(*Word);
  if (!Out || *Out == CallingConvention::Managed)
    return N->error("'" + *Word +
                    "' is not a calling convention; they are "
                    "cdecl, stdcall, thiscall, fastcall and swiftcall");
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

Error Reader::field(const Node &N, FieldDef &F) {
  Expected<Mapping> Map = Mapping::of(N);
  if (!Map)
    return Map.takeError();
  Expected<Node> Name = Map->require("name");
  if (!Name)
    return Name.takeError();
  if (Error E = Name->string().moveInto(F.Name))
    return E;
  Expected<Node> T = Map->require("type");
  if (!T)
    return T.takeError();
  if (std::optional<Node> Offset = Map->take("offset"))
    if (Error E = Offset->integer(INT32_MAX).moveInto(F.Offset))
      return E;
  return inOrder([&] { return type(*T, F.Type); },
                 [&] { return marshal(*Map, F.Marshal); },
                 [&] { return Map->finish(); });
}

Error Reader::pack(Mapping &Map, unsigned &Out) {
  std::optional<Node> N = Map.take("pack");
  if (!N)
    return Error::success();
  if (Error E = N->integer(UINT32_MAX).moveInto(Out))
    return E;
  if (Out > 128 || (Out & (Out - 1)))
    return N->error("a pack is 1, 2, 4, 8, 16, 32, 64 or 128 bytes");
  return Error::success();
}

Error Reader::enumerators(Mapping &Map, std::vector<Enumerator> &Out) {
  std::optional<Node> N = Map.take("enumerators");
  if (!N)
    return Error::success();
  Expected<Mapping> All = Mapping::of(*N);
  if (!All)
    return All.takeError();
  for (const Mapping::Entry &Each : All->entries()) {
    Expected<std::string> Text = Each.Value.string();
    if (!Text)
      return Text.takeError();
    Enumerator &E = Out.emplace_back();
    E.Name = Each.Key;
    if (StringRef(*Text).getAsInteger(10, E.Value))
      return Each.Value.error("'" + *Text + "' is not a 64-bit integer");
  }
  return Error::success();
}

Error Reader::definition(const Node &N, TypeDef &D) {
  Expected<Mapping> Map = Mapping::of(N);
  if (!Map)
    return Map.takeError();
  Expected<Node> Kind = Map->require("kind");
  if (!Kind)
    return Kind.takeError();
  // "unresolved" is no kind that a type can have.
  Expected<unsigned> Word =
      Kind->oneOf(llvm::ArrayRef(TypeDefKindWords).drop_front());
  if (!Word)
    return Word.takeError();
  D.TheKind = static_cast<TypeDef::Kind>(*Word + 1);
  D.TheLayout = defaultLayout(D.TheKind);
  D.Chars = CharSet::Ansi;
  if (Error E = Map->strings("type-parameters", D.GenericParams))
    return E;

  if (D.TheKind == TypeDef::Enum) {
    D.Underlying = Primitive::Int32;
    if (std::optional<Node> Underlying = Map->take("underlying")) {
      Expected<std::string> Name = Underlying->string();
      if (!Name)
        return Name.takeError();
      std::optional<Primitive> P = primitive(*Name);
      if (!P || *P < Primitive::Boolean || *P > Primitive::UInt64)
        return Underlying->error("'" + *Name + "' is not an integer type");
      D.Underlying = *P;
    }
    if (Error E = enumerators(*Map, D.Enumerators))
      return E;
    return Map->finish();
  }
  if (D.TheKind == TypeDef::Struct || D.TheKind == TypeDef::Class) {
    if (Error E = inOrder(
            [&] { return Map->word("layout", LayoutWords, D.TheLayout); },
            [&] { return pack(*Map, D.Pack); },
            [&] { return Map->integer("size", D.Size); },
            [&] { return Map->integer("inline-array", D.InlineArray); },
            [&] { return Map->word("charset", CharSetWords, D.Chars); }))
      return E;
    if (std::optional<Node> Fields = Map->take("fields")) {
      Expected<std::vector<Node>> All = Fields->sequence();
      if (!All)
        return All.takeError();
      for (const Node &Each : *All)
        if (Error E = field(Each, D.Fields.emplace_back()))
          return E;
    }
    return Map->finish();
  }
  if (D.TheKind == TypeDef::Delegate) {
    DelegateInfo &Info = D.Invocation.emplace();
    Info.Chars = CharSet::None;
    if (Error E = inOrder(
            [&] { return convention(*Map, Info.Convention); },
            [&] { return Map->word("charset", CharSetWords, Info.Chars); },
            [&] {
              return Map->boolean("disable-marshalling",
                                  Info.IsMarshallingDisabled);
            },
            [&] { return signature(*Map, Info.Invoke); }))
      return E;
    Info.Invoke.HasThis = true;
  }
  return Map->finish();
}

Error Reader::types(const Node &N) {
  Expected<Mapping> Map = Mapping::of(N);
  if (!Map)
    return Map.takeError();
  for (const Mapping::Entry &Each : Map->entries()) {
    Expected<TypeDef *> D = M.Types.parseDefinition(Each.Key, Assembly);
    if (!D)
      return Each.KeyNode.error(
          "'" + Each.Key +
          "' is not the name of a type: " + llvm::toString(D.takeError()));
    // What was read from the assembly itself, or from an earlier manifest,
    // stands.
    if ((*D)->TheKind != TypeDef::Unresolved)
      continue;
    (*D)->Where = Each.KeyNode.where();
    (*D)->Where.Member = (*D)->fullName();
    if (Error E = definition(Each.Value, **D))
      return E;
  }
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

Error Reader::import(Mapping &Map, PInvokeInfo &I, StringRef MethodName) {
  I.EntryPoint = MethodName.str();
  auto Flag = [&](StringRef Key, std::optional<bool> &Value) -> Error {
    if (std::optional<Node> Given = Map.take(Key))
      return Given->boolean().moveInto(Value);
    return Error::success();
  };
  return inOrder(
      [&] { return Map.string("library", I.Library); },
      [&] { return Map.string("entry-point", I.EntryPoint); },
      [&] { return convention(Map, I.Convention); },
      [&] {
        return convention(Map, I.AttributeConvention, "attribute-convention");
      },
      [&] { return Map.word("charset", CharSetWords, I.Chars); },
      [&] { return Map.boolean("exact-spelling", I.ExactSpelling); },
      [&] { return Map.boolean("set-last-error", I.SetLastError); },
      [&] { return Map.boolean("preserve-sig", I.PreserveSig); },
      [&] { return Flag("best-fit-mapping", I.BestFitMapping); },
      [&] { return Flag("throw-on-unmappable-char", I.ThrowOnUnmappableChar); },
      [&] {
        return Map.boolean("suppress-gc-transition", I.SuppressGCTransition);
      },
      [&]() -> Error {
        if (std::optional<Node> N = Map.take("search-paths"))
          return N->integer(UINT32_MAX).moveInto(I.SearchPaths);
        return Error::success();
      },
      [&] {
        return Map.boolean("disable-marshalling", I.IsMarshallingDisabled);
      });
}

Error Reader::functionPointer(Mapping &Map, Method &Out) {
  return inOrder(
      [&]() -> Error {
        Expected<Node> N = Map.require("slot");
        if (!N)
          return N.takeError();
        // No table is longer than the fields that a type can have.
        return N->integer(0xFFFF).moveInto(Out.Slot);
      },
      [&] { return convention(Map, Out.Import.Convention); },
      [&] {
        return Map.boolean("disable-marshalling",
                           Out.Import.IsMarshallingDisabled);
      });
}

Error Reader::name(Mapping &Map, Method &Out) {
  Expected<Node> N = Map.require("name");
  if (!N)
    return N.takeError();
  Expected<std::string> Text = N->string();
  if (!Text)
    return Text.takeError();
  auto [Type, Name] = StringRef(*Text).rsplit("::");
  if (Name.empty())
    return N->error("expected Type::Method");
  Expected<TypeDef *> D = M.Types.parseDefinition(Type, Assembly);
  if (!D)
    return N->error("'" + Type + "' is not the name of a type: " +
                    llvm::toString(D.takeError()));
  Out.Assembly = Assembly;
  Out.Module = Module;
  Out.Declaring = *D;
  Out.Name = Name.str();
  Out.Where = N->where();
  return Error::success();
}

/// For messages; the name alone does not tell overloads apart.
static void nameMember(Method &Out) {
  llvm::raw_string_ostream(Out.Where.Member) << Out;
}

Error Reader::method(const Node &N, Method &Out) {
  Expected<Mapping> Map = Mapping::of(N);
  if (!Map)
    return Map.takeError();
  Out.TheKind = Method::PInvoke;
  if (Error E = inOrder(
          [&] { return name(*Map, Out); },
          [&] { return Map->word("kind", MethodKindWords, Out.TheKind); },
          [&] {
            return Out.TheKind == Method::PInvoke
                       ? import(*Map, Out.Import, Out.Name)
                   : Out.TheKind == Method::InternalCall
                       ? Map->boolean("overloaded", Out.IsOverloaded)
                   : Out.TheKind == Method::FunctionPointer
                       ? functionPointer(*Map, Out)
                       : Error::success();
          },
          [&] { return signature(*Map, Out.Sig); },
          [&] { return Map->finish(); }))
    return E;
  nameMember(Out);
  return Error::success();
}

Error Reader::methods(const Node &N, std::vector<Method> &Out) {
  Expected<std::vector<Node>> All = N.sequence();
  if (!All)
    return All.takeError();
  for (const Node &Each : *All) {
    Method New; // no half of one stays in the model
    if (Error E = method(Each, New))
      return E;
    Out.push_back(std::move(New));
  }
  return Error::success();
}

Error Reader::callback(const Node &N, Callback &Out) {
  Expected<Mapping> Map = Mapping::of(N);
  if (!Map)
    return Map.takeError();
  if (Error E = inOrder([&] { return name(*Map, Out.Target); },
                        [&] { return Map->boolean("static", Out.IsStatic); }))
    return E;
  if (std::optional<Node> Delegate = Map->take("delegate"))
    if (Error E = type(*Delegate, Out.Delegate))
      return E;
  if (std::optional<Node> Wrappers = Map->take("wrappers")) {
    Expected<std::string> Text = Wrappers->string();
    if (!Text)
      return Text.takeError();
    int32_t Count;
    if (StringRef(*Text).getAsInteger(10, Count))
      return Wrappers->error("expected a whole number");
    Out.WrapperCount = Count;
  }
  if (std::optional<Node> Unmanaged = Map->take("unmanaged-callers-only")) {
    Expected<Mapping> Details = Mapping::of(*Unmanaged);
    if (!Details)
      return Details.takeError();
    UnmanagedEntry &Entry = Out.Unmanaged.emplace();
    if (Error E = inOrder(
            [&] { return Details->string("entry-point", Entry.EntryPoint); },
            [&] { return convention(*Details, Entry.Convention); },
            [&] {
              return Details->boolean("disable-marshalling",
                                      Entry.IsMarshallingDisabled);
            },
            [&] { return Details->finish(); }))
      return E;
  }
  if (Error E = inOrder([&] { return signature(*Map, Out.Target.Sig); },
                        [&] { return Map->finish(); }))
    return E;
  nameMember(Out.Target);
  return Error::success();
}

Error Reader::header(Mapping &Root) {
  Expected<Node> Schema = Root.require("schema");
  if (!Schema)
    return Schema.takeError();
  Expected<uint64_t> Version = Schema->integer(UINT32_MAX);
  if (!Version)
    return Version.takeError();
  if (*Version != ManifestVersion)
    return Schema->error("this ilbridge reads manifests of schema " +
                         llvm::Twine(ManifestVersion) +
                         "; write the manifest again from its assembly");
  Expected<Node> Name = Root.require("assembly");
  if (!Name)
    return Name.takeError();
  if (Error E = Name->string().moveInto(Assembly))
    return E;
  if (Assembly.empty())
    return Name->error("expected the simple name of an assembly");
  Module = Assembly;
  return Root.string("module", Module);
}

Error Reader::read(const Node &N) {
  Expected<Mapping> Root = Mapping::of(N);
  if (!Root)
    return Root.takeError();
  if (Error E = header(*Root))
    return E;
  M.Assemblies.push_back(Assembly);
  if (std::optional<Node> Types = Root->take("types"))
    if (Error E = types(*Types))
      return E;
  if (std::optional<Node> Imports = Root->take("imports"))
    if (Error E = methods(*Imports, M.Imports))
      return E;
  if (std::optional<Node> Methods = Root->take("methods"))
    if (Error E = methods(*Methods, M.Methods))
      return E;
  if (std::optional<Node> Callbacks = Root->take("callbacks")) {
    Expected<std::vector<Node>> All = Callbacks->sequence();
    if (!All)
      return All.takeError();
    for (const Node &Each : *All) {
      Callback New;
      if (Error E = callback(Each, New))
        return E;
      M.Callbacks.push_back(std::move(New));
    }
  }
  return Root->finish();
}

Error readManifest(llvm::MemoryBufferRef Text, Model &M) {
  Expected<Node> Root = yaml::parse(Text);
  if (!Root)
    return Root.takeError();
  return Reader(M).read(*Root);
}

} // namespace ilbridge::managed
