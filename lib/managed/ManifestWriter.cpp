//===- ManifestWriter.cpp - The managed model to YAML ---------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The writer uses one block for each declaration and one line for each
// parameter or field, sorts by name, and omits default values. Therefore a
// change in C# is a small change in the manifest.
//
//===----------------------------------------------------------------------===//

#include "ManifestProperties.h"
#include "ilbridge/managed/Manifest.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"
#include <map>
#include <yaml-cpp/yaml.h>

namespace ilbridge::managed {
namespace {

/// The types to which declarations refer, by their names in the manifest.
class ReachedTypes {
public:
  explicit ReachedTypes(llvm::StringRef Home) : Home(Home) {}

  void reach(const TypeSig &T);
  void reach(const TypeDef &D);
  void reach(const Signature &Sig);
  void reach(const Method &M);
  void reach(const Callback &C);
  /// Adds the types to which those types refer, in chains of any length.
  void follow();
  const std::map<std::string, const TypeDef *> &all() const { return All; }

private:
  llvm::StringRef Home;
  std::map<std::string, const TypeDef *> All;
  std::vector<const TypeDef *> NotFollowed; ///< of All
};

bool isControl(char C) {
  return static_cast<unsigned char>(C) < 0x20 || C == 0x7F;
}

/// Whether a key requires "?" before it, because it may have more than 1024
/// characters (YAML 1.2, 7.4.2). The escape of one byte has up to 4 of them.
bool isLong(llvm::StringRef Key) { return Key.size() > 256; }

class Writer {
public:
  Writer(const Model &M, llvm::StringRef Home)
      : M(M), Home(Home), Reached(Home) {
    for (const Method &Each : M.Unread)
      if (Each.TheKind == Method::FunctionPointer)
        Incomplete.insert(Each.Declaring);
  }
  void write();
  const char *text() const { return Out.c_str(); }

private:
  YAML::Emitter &key(const char *Key) {
    return Out << YAML::Key << Key << YAML::Value;
  }
  std::string module() const;
  bool isWritten(const Method &Each) const;
  /// Writes a scalar. yaml-cpp writes some text as a plain scalar that YAML
  /// does not permit in one: text with control characters, or invalid UTF-8.
  /// Whether it writes '&' in one depends on its version.
  YAML::Emitter &text(llvm::StringRef Text) {
    if (Text.contains('&') || llvm::any_of(Text, isControl))
      Out << YAML::DoubleQuoted;
    return Out << (llvm::json::isUTF8(Text) ? Text.str()
                                            : llvm::json::fixUTF8(Text));
  }
  /// Writes a key that is a name.
  YAML::Emitter &nameKey(llvm::StringRef Name) {
    // The setting applies to this key, and not to keys in its value.
    Out.SetMapFormat(isLong(Name) ? YAML::LongKey : YAML::Auto);
    Out << YAML::Key;
    text(Name) << YAML::Value;
    Out.SetMapFormat(YAML::Auto);
    return Out;
  }
  template <typename T> void list(const char *Key, const std::vector<T> &All);

  // Each overload writes the value of a property.
  void put(bool Value) { Out << Value; }
  void put(unsigned Value) { Out << Value; }
  void put(int32_t Value) { Out << Value; }
  void put(llvm::StringRef Value) { text(Value); }
  void put(const std::vector<std::string> &Names) {
    Out << YAML::Flow << YAML::BeginSeq;
    for (const std::string &Name : Names)
      text(Name);
    Out << YAML::EndSeq;
  }
  void put(const TypeSig *T);
  void put(ecma335::NativeType T);
  void put(CallingConvention CC) { put(name(CC)); }
  void put(Primitive P) { put(fullName(P)); }
  void put(const std::vector<Enumerator> &All);
  template <typename T> void put(const std::optional<T> &Value) { put(*Value); }
  template <typename T> void put(const std::vector<T> &All);
  template <HasWords Enum> void put(Enum Value) {
    put(Words<Enum>::All[static_cast<unsigned>(Value) - Words<Enum>::First]);
  }
  template <Described T> void put(const T &Value);

  template <typename T> void properties(const T &Of);
  template <typename T> void properties(const std::optional<T> &Of) {
    if (Of)
      properties(*Of);
  }

  const Model &M;
  llvm::StringRef Home;
  YAML::Emitter Out;
  ReachedTypes Reached;
  /// Types with a function pointer whose signature is not known.
  llvm::SmallPtrSet<const TypeDef *, 4> Incomplete;
};

} // namespace

//===----------------------------------------------------------------------===//
// The types that are needed
//===----------------------------------------------------------------------===//

void ReachedTypes::reach(const TypeSig &T) {
  for (const TypeSig *Each : T.arguments())
    reach(*Each);
  if (T.kind() == TypeSig::Definition || T.kind() == TypeSig::Instance)
    reach(T.definition());
}

void ReachedTypes::reach(const TypeDef &D) {
  if (D.TheKind != TypeDef::Unresolved &&
      All.try_emplace(manifestName(D, Home), &D).second)
    NotFollowed.push_back(&D);
}

void ReachedTypes::reach(const Signature &Sig) {
  reach(*Sig.Result.Type);
  for (const Parameter &P : Sig.Params)
    reach(P.Written ? *P.Written : *P.Type);
}

void ReachedTypes::reach(const Method &M) {
  reach(M.Sig);
  // `this` of a value type is the address of its fields, and the names of type
  // parameters are part of a method's name.
  if ((M.Sig.HasThis && M.Declaring->isValueType()) ||
      !M.Declaring->GenericParams.empty())
    reach(*M.Declaring);
}

void ReachedTypes::reach(const Callback &C) {
  reach(C.Target);
  if (C.Delegate)
    reach(*C.Delegate);
}

void ReachedTypes::follow() {
  while (!NotFollowed.empty()) {
    const TypeDef &D = *NotFollowed.back();
    NotFollowed.pop_back();
    for (const FieldDef &F : D.Fields)
      reach(*F.Type);
    if (D.Invocation)
      reach(D.Invocation->Invoke);
  }
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

void Writer::put(const TypeSig *T) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  print(OS, *T, {{}, {}, Home});
  put(OS.str());
}

/// Writes the name of a native type, or its number if it has none.
void Writer::put(ecma335::NativeType T) {
  llvm::StringRef Word = name(T);
  put(Word.empty() ? std::to_string(static_cast<unsigned>(T)) : Word.str());
}

void Writer::put(const std::vector<Enumerator> &All) {
  // yaml-cpp cannot write "?" in one line.
  if (llvm::none_of(All, [](const Enumerator &E) { return isLong(E.Name); }))
    Out << YAML::Flow;
  Out << YAML::BeginMap;
  for (const Enumerator &Each : All)
    nameKey(Each.Name) << Each.Value;
  Out << YAML::EndMap;
}

template <typename T> void Writer::put(const std::vector<T> &All) {
  Out << YAML::BeginSeq;
  for (const T &Each : All)
    put(Each);
  Out << YAML::EndSeq;
}

/// Calls Write(key, value) for each property that is written for \p Of.
template <typename T, typename Writing>
static void forEachWritten(const T &Of, Writing Write) {
  Properties<T>::each([&](auto Key, auto Member, auto... Default) {
    if (!applies(Key, Of))
      return true;
    const auto &Value = std::invoke(Member, Of);
    if (Key.ThePresence != Presence::Optional ||
        !isDefaultProperty(Value, Default...))
      Write(Key, Value);
    return true;
  });
}

template <Described T> void Writer::put(const T &Value) {
  if constexpr (MayStandAlone<T>) {
    unsigned Count = 0;
    forEachWritten(Value, [&](auto &&...) { ++Count; });
    if (Count == 1)
      return forEachWritten(Value,
                            [&](auto, const auto &Alone) { put(Alone); });
  }
  if constexpr (IsOneLine<T>)
    Out << YAML::Flow;
  Out << YAML::BeginMap;
  properties(Value);
  Out << YAML::EndMap;
}

template <typename T> void Writer::properties(const T &Of) {
  forEachWritten(Of, [&](auto Key, const auto &Value) {
    if constexpr (IsInline<decltype(Key)>) {
      properties(Value);
    } else {
      key(Key.Word.data());
      put(Value);
    }
  });
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

std::string Writer::module() const {
  std::string Module = Home.str();
  for (const auto *List : {&M.Imports, &M.Methods})
    for (const Method &Each : *List)
      if (Each.Assembly == Home)
        Module = Each.Module;
  return Module;
}

static const Method &methodOf(const Method &M) { return M; }
static const Method &methodOf(const Callback &C) { return C.Target; }

/// An entry point that is equal to the method's name is omitted.
static Method written(Method Each) {
  if (Each.Import.EntryPoint == Each.Name)
    Each.Import.EntryPoint.clear();
  return Each;
}
static const Callback &written(const Callback &Each) { return Each; }

/// A manifest has all function pointers of a type or none, because the slots
/// that it states have no gaps.
bool Writer::isWritten(const Method &Each) const {
  return Each.Assembly == Home && (Each.TheKind != Method::FunctionPointer ||
                                   !Incomplete.contains(Each.Declaring));
}

template <typename T>
void Writer::list(const char *Key, const std::vector<T> &All) {
  auto IsWritten = [&](const T &Each) { return isWritten(methodOf(Each)); };
  if (llvm::none_of(All, IsWritten))
    return;
  key(Key) << YAML::BeginSeq;
  for (const T &Each : All) {
    if (!IsWritten(Each))
      continue;
    Reached.reach(Each);
    const Method &M = methodOf(Each);
    Out << YAML::BeginMap;
    key("name");
    text(manifestName(*M.Declaring, Home) + "::" + M.Name);
    properties(written(Each));
    Out << YAML::EndMap;
  }
  Out << YAML::EndSeq;
}

void Writer::write() {
  Out << YAML::BeginMap;
  key("schema") << ManifestVersion;
  key("assembly");
  text(Home);
  if (std::string Module = module(); Module != Home) {
    key("module");
    text(Module);
  }
  list("imports", M.Imports);
  list("methods", M.Methods);
  list("callbacks", M.Callbacks);
  Reached.follow();
  if (!Reached.all().empty()) {
    key("types") << YAML::BeginMap;
    for (const auto &[Name, D] : Reached.all()) {
      nameKey(Name);
      put(*D);
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
