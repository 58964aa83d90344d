//===- ManifestReader.cpp - YAML to the managed model ---------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ManifestProperties.h"
#include "ilbridge/managed/Manifest.h"
#include "ilbridge/yaml/Reader.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"
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
  Error types(Mapping &Root);
  Error definition(const Node &N, TypeDef &D);
  Error name(Mapping &Map, Method &Out);
  Error method(Mapping &Map, Method &Out);
  Error import(Mapping &Map, Method &Out);
  Error furtherMethod(Mapping &Map, Method &Out);
  Error checkSlots() const;
  Error callback(Mapping &Map, Callback &Out);
  template <typename T>
  Error list(Mapping &Root, StringRef Key, std::vector<T> &Out,
             Error (Reader::*Each)(Mapping &, T &));

  // Each overload reads the value of a property into its member.
  Error get(const Node &N, bool &Out) { return N.boolean().moveInto(Out); }
  Error get(const Node &N, std::string &Out) {
    return N.string().moveInto(Out);
  }
  Error get(const Node &N, std::vector<std::string> &Out) {
    return N.strings().moveInto(Out);
  }
  Error get(const Node &N, unsigned &Out) {
    return N.integer(UINT32_MAX).moveInto(Out);
  }
  Error get(const Node &N, int32_t &Out);
  Error get(const Node &N, const TypeSig *&Out);
  Error get(const Node &N, ecma335::NativeType &Out);
  Error get(const Node &N, CallingConvention &Out);
  Error get(const Node &N, Primitive &Out);
  Error get(const Node &N, std::vector<Enumerator> &Out);
  template <typename T> Error get(const Node &N, std::optional<T> &Out) {
    return get(N, Out.emplace());
  }
  template <typename T> Error get(const Node &N, std::vector<T> &Out);
  template <HasWords Enum> Error get(const Node &N, Enum &Out);
  template <Described T> Error get(const Node &N, T &Out);

  template <typename T> Error properties(Mapping &Map, T &Out);
  template <typename T> Error properties(Mapping &Map, std::optional<T> &Out) {
    return properties(Map, Out.emplace());
  }
  template <typename Key, typename T, typename... Value>
  Error property(const Key &K, Mapping &Map, T &Out, const Value &...Default);
  /// Sets a member that is missing in the text and has no default value.
  template <typename T> void absent(T &) {}
  void absent(PassedValue &Result) {
    Result.Type = &M.Types.primitive(Primitive::Void);
  }

  Model &M;
  std::string Assembly;
  std::string Module;

  /// The slot of a function pointer, and the YAML value that states it.
  struct StatedSlot {
    unsigned Number;
    Node Value;
  };
  /// By the declaring type, both in the order of the text.
  llvm::MapVector<const TypeDef *, std::vector<StatedSlot>> Slots;
};

} // namespace

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

Error Reader::get(const Node &N, int32_t &Out) {
  Expected<std::string> Text = N.string();
  if (!Text)
    return Text.takeError();
  if (StringRef(*Text).getAsInteger(10, Out))
    return N.error("expected a whole number");
  return Error::success();
}

Error Reader::get(const Node &N, const TypeSig *&Out) {
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

Error Reader::get(const Node &N, ecma335::NativeType &Out) {
  Expected<std::string> Word = N.string();
  if (!Word)
    return Word.takeError();
  std::optional<ecma335::NativeType> T = nativeType(*Word);
  uint8_t Number; // the number, if the type has no name
  if (!T && StringRef(*Word).getAsInteger(10, Number))
    return N.error("'" + *Word + "' is not an unmanaged type");
  Out = T.value_or(static_cast<ecma335::NativeType>(Number));
  return Error::success();
}

Error Reader::get(const Node &N, CallingConvention &Out) {
  Expected<std::string> Word = N.string();
  if (!Word)
    return Word.takeError();
  std::optional<CallingConvention> CC = callingConvention(*Word);
  if (!CC || *CC == CallingConvention::Managed)
    return N.error("'" + *Word +
                   "' is not a calling convention; they are "
                   "cdecl, stdcall, thiscall, fastcall and swiftcall");
  Out = *CC;
  return Error::success();
}

/// Reads the underlying type of an enum.
Error Reader::get(const Node &N, Primitive &Out) {
  Expected<std::string> Name = N.string();
  if (!Name)
    return Name.takeError();
  std::optional<Primitive> P = primitive(*Name);
  if (!P || !isUnderlying(*P))
    return N.error("'" + *Name + "' is not an integer type");
  Out = *P;
  return Error::success();
}

Error Reader::get(const Node &N, std::vector<Enumerator> &Out) {
  Expected<Mapping> All = Mapping::of(N);
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

template <typename T> Error Reader::get(const Node &N, std::vector<T> &Out) {
  Expected<std::vector<Node>> All = N.sequence();
  if (!All)
    return All.takeError();
  for (const Node &Each : *All)
    if (Error E = get(Each, Out.emplace_back()))
      return E;
  return Error::success();
}

template <HasWords Enum> Error Reader::get(const Node &N, Enum &Out) {
  Expected<unsigned> Word = N.oneOf(Words<Enum>::All);
  if (!Word)
    return Word.takeError();
  Out = static_cast<Enum>(*Word + Words<Enum>::First);
  return Error::success();
}

template <Described T> Error Reader::get(const Node &N, T &Out) {
  if constexpr (MayStandAlone<T>)
    if (!N.isMapping()) {
      Error E = Error::success();
      Properties<T>::each([&](auto Key, auto Member, auto...) {
        if (E || Key.Word != Properties<T>::Alone)
          return true;
        E = get(N, std::invoke(Member, Out));
        return false;
      });
      return E;
    }
  Expected<Mapping> Map = Mapping::of(N);
  if (!Map)
    return Map.takeError();
  if (Error E = properties(*Map, Out))
    return E;
  return Map->finish();
}

//===----------------------------------------------------------------------===//
// Properties
//===----------------------------------------------------------------------===//

template <typename Key, typename T, typename... Value>
Error Reader::property(const Key &K, Mapping &Map, T &Out,
                       const Value &...Default) {
  if constexpr (IsInline<Key>) {
    return properties(Map, Out);
  } else {
    std::optional<Node> N;
    if (K.ThePresence != Presence::Required)
      N = Map.take(K.Word);
    else if (Error E = Map.require(K.Word).moveInto(N))
      return E;
    if (!N) {
      absent(Out);
      ((Out = Default), ...);
      return Error::success();
    }
    if constexpr (requires { K.IsValid; }) {
      Expected<uint64_t> Number = N->integer(UINT64_MAX);
      if (!Number)
        return Number.takeError();
      if (!K.IsValid(*Number))
        return N->error(K.Expected);
    }
    return get(*N, Out);
  }
}

template <typename T> Error Reader::properties(Mapping &Map, T &Out) {
  Error E = Error::success();
  Properties<T>::each([&](auto Key, auto Member, auto... Default) {
    if (!E && applies(Key, Out))
      E = property(Key, Map, std::invoke(Member, Out), Default...);
    return !E;
  });
  return E;
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

Error Reader::definition(const Node &N, TypeDef &D) {
  if (Error E = get(N, D))
    return E;
  if (D.Invocation)
    D.Invocation->Invoke.HasThis = true;
  return Error::success();
}

Error Reader::types(Mapping &Root) {
  std::optional<Node> N = Root.take("types");
  if (!N)
    return Error::success();
  Expected<Mapping> Map = Mapping::of(*N);
  if (!Map)
    return Map.takeError();
  for (const Mapping::Entry &Each : Map->entries()) {
    Expected<TypeDef *> D = M.Types.parseDefinition(Each.Key, Assembly);
    if (!D)
      return Each.KeyNode.error(
          "'" + Each.Key +
          "' is not the name of a type: " + llvm::toString(D.takeError()));
    // A definition from the assembly itself, or from an earlier manifest, takes
    // precedence.
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

/// Splits "Type::Method". The name of a method may contain any characters; the
/// name of a type contains colons only in quotes.
static std::pair<StringRef, StringRef> splitMember(StringRef Text) {
  bool IsQuoted = false;
  for (size_t I = 0; I != Text.size(); ++I) {
    if (IsQuoted && Text[I] == '\\') {
      if (++I == Text.size())
        break;
    } else if (Text[I] == '\'') {
      // A quote begins a name, or the name of its assembly.
      IsQuoted =
          !IsQuoted && (I == 0 || Text[I - 1] == '[' || Text[I - 1] == ']');
    } else if (!IsQuoted && Text.substr(I).starts_with("::")) {
      return {Text.take_front(I), Text.drop_front(I + 2)};
    }
  }
  return {Text, ""};
}

Error Reader::name(Mapping &Map, Method &Out) {
  Expected<Node> N = Map.require("name");
  if (!N)
    return N.takeError();
  Expected<std::string> Text = N->string();
  if (!Text)
    return Text.takeError();
  auto [Type, Name] = splitMember(*Text);
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

/// Sets the name of the method for messages, with its parameters, because
/// overloads have the same name.
static void nameMember(Method &Out) {
  llvm::raw_string_ostream(Out.Where.Member) << Out;
}

Error Reader::method(Mapping &Map, Method &Out) {
  if (Error E = name(Map, Out))
    return E;
  if (Error E = properties(Map, Out))
    return E;
  if (Out.TheKind == Method::PInvoke && Out.Import.EntryPoint.empty())
    Out.Import.EntryPoint = Out.Name;
  nameMember(Out);
  return Error::success();
}

/// Returns the value of a key that \p Map contains.
static const Node &value(const Mapping &Map, StringRef Key) {
  const auto *Found =
      llvm::find_if(Map.entries(), [&](const Mapping::Entry &Each) {
        return Each.Key == Key;
      });
  assert(Found != Map.entries().end() && "the key is missing");
  return Found->Value;
}

Error Reader::import(Mapping &Map, Method &Out) {
  if (Error E = method(Map, Out))
    return E;
  if (Out.TheKind == Method::FunctionPointer)
    return value(Map, "kind")
        .error(
            "a function pointer is not an import; it belongs under 'methods'");
  return Error::success();
}

Error Reader::furtherMethod(Mapping &Map, Method &Out) {
  if (Error E = method(Map, Out))
    return E;
  if (Out.TheKind == Method::FunctionPointer)
    Slots[Out.Declaring].push_back({Out.Slot, value(Map, "slot")});
  return Error::success();
}

/// A table has an element for each function pointer of its type. The slots of n
/// function pointers are therefore 0 to n-1, each of them once.
Error Reader::checkSlots() const {
  for (const auto &[Type, OfType] : Slots) {
    std::vector<const Node *> Taken(OfType.size());
    for (const StatedSlot &Each : OfType) {
      if (Each.Number >= Taken.size())
        return Each.Value.error(
            Taken.size() == 1
                ? "the only function pointer of '" + Type->fullName() +
                      "' has slot 0"
                : "the slots of the " + std::to_string(Taken.size()) +
                      " function pointers of '" + Type->fullName() +
                      "' are 0 to " + std::to_string(Taken.size() - 1));
      const Node *&First = Taken[Each.Number];
      if (First)
        return Each.Value.error("slot " + llvm::Twine(Each.Number) + " of '" +
                                Type->fullName() +
                                "' is given twice; the first is at line " +
                                llvm::Twine(First->where().Start.Line));
      First = &Each.Value;
    }
  }
  return Error::success();
}

Error Reader::callback(Mapping &Map, Callback &Out) {
  if (Error E = name(Map, Out.Target))
    return E;
  if (Error E = properties(Map, Out))
    return E;
  nameMember(Out.Target);
  return Error::success();
}

/// Adds the declarations of a list. A declaration with an error is not added.
template <typename T>
Error Reader::list(Mapping &Root, StringRef Key, std::vector<T> &Out,
                   Error (Reader::*Each)(Mapping &, T &)) {
  std::optional<Node> N = Root.take(Key);
  if (!N)
    return Error::success();
  Expected<std::vector<Node>> All = N->sequence();
  if (!All)
    return All.takeError();
  for (const Node &One : *All) {
    Expected<Mapping> Map = Mapping::of(One);
    if (!Map)
      return Map.takeError();
    T New;
    if (Error E = (this->*Each)(*Map, New))
      return E;
    if (Error E = Map->finish())
      return E;
    Out.push_back(std::move(New));
  }
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
  if (Error E = types(*Root))
    return E;
  if (Error E = list(*Root, "imports", M.Imports, &Reader::import))
    return E;
  if (Error E = list(*Root, "methods", M.Methods, &Reader::furtherMethod))
    return E;
  if (Error E = checkSlots())
    return E;
  if (Error E = list(*Root, "callbacks", M.Callbacks, &Reader::callback))
    return E;
  return Root->finish();
}

Error readManifest(llvm::MemoryBufferRef Text, Model &M) {
  Expected<Node> Root = yaml::parse(Text);
  if (!Root)
    return Root.takeError();
  return Reader(M).read(*Root);
}

} // namespace ilbridge::managed
