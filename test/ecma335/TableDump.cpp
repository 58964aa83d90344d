//===- TableDump.cpp - All tables in monodis' format ----------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TableDump.h"
#include "MonodisText.h"
#include "ilbridge/ecma335/Constant.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"
#include <cmath>

namespace ilbridge::ecma335::test {

using llvm::ArrayRef;
using llvm::formatv;
using llvm::raw_ostream;
using llvm::StringRef;

namespace {

class Dumper {
public:
  Dumper(const Module &M, const EnumTable &Enums, raw_ostream &OS)
      : M(M), Enums(Enums), Text(M), OS(OS) {}
  void tables();

private:
  template <typename Row, typename Fn> void each(StringRef Option, Fn Print) {
    OS << "== " << Option << '\n';
    for (Rid<Row> R : M.rows<Row>()) {
      A.Reset();
      Print(R, must(M.row(R)));
    }
  }
  std::string string(StringIndex I) { return Text.string(I); }
  uint32_t coded(CodedIndexKind Kind, Token T) { return *encode(Kind, T); }
  template <typename Kind> uint32_t coded(Kind T) {
    return coded(Kind::Kind, T);
  }
  std::string hex(BlobIndex I, bool Upper) {
    return hexBytes(must(M.blob(I)), Upper);
  }
  std::string memberOwner(MethodDefRid R);
  /// Prints a line before the members of a new type.
  void heading(TypeDefRid Owner, TypeDefRid &Last);

  void types();
  void members();
  void methods();
  void associations();
  void attributes();
  void assemblies();
  void key(StringRef Heading, StringRef What, BlobIndex I);
  void constant(ConstantRid R);
  bool attributeValue(const AttributeValue &V);

  const Module &M;
  const EnumTable &Enums;
  MonodisText Text;
  raw_ostream &OS;
  llvm::BumpPtrAllocator A;
};

} // namespace

void Dumper::heading(TypeDefRid Owner, TypeDefRid &Last) {
  if (Owner == Last)
    return;
  Last = Owner;
  auto Row = must(M.row(Owner));
  OS << "########## " << string(Row.TypeNamespace) << '.'
     << string(Row.TypeName) << '\n';
}

void Dumper::types() {
  each<TypeDefRow>("typedef", [&](TypeDefRid R, const TypeDefRow &Row) {
    OS << formatv("{0}: {1} (flist={2}, mlist={3}, flags=0x{4:x-}, "
                  "extends=0x{5:x-})\n",
                  R.value(), Text.typeDef(R), Row.FieldList.value(),
                  Row.MethodList.value(), bits(Row.Flags), coded(Row.Extends));
  });
  each<TypeRefRow>("typeref", [&](TypeRefRid R, const TypeRefRow &) {
    OS << R.value() << ": " << Text.typeRef(R) << '\n';
  });
  each<ClassLayoutRow>(
      "classlayout", [&](ClassLayoutRid R, const ClassLayoutRow &Row) {
        OS << formatv("{0}: PackingSize={1}  ClassSize={2}  Parent={3}\n",
                      R.value(), Row.PackingSize, Row.ClassSize,
                      Text.typeDef(Row.Parent));
      });
  each<NestedClassRow>(
      "nested", [&](NestedClassRid R, const NestedClassRow &Row) {
        OS << formatv("{0}: {1} {2}: {3} in {4}\n", R.value(),
                      Row.NestedClass.value(), Row.EnclosingClass.value(),
                      Text.typeDef(Row.NestedClass),
                      Text.typeDef(Row.EnclosingClass));
      });
  each<InterfaceImplRow>(
      "interface", [&](InterfaceImplRid R, const InterfaceImplRow &Row) {
        OS << R.value() << ": " << Text.typeDef(Row.Class) << " implements "
           << Text.type(Row.Interface) << '\n';
      });
  each<GenericParamRow>(
      "genericpar", [&](GenericParamRid R, const GenericParamRow &Row) {
        OS << formatv("{0}: {1}, flags={2}, owner={3:x-} {4}\n", R.value(),
                      Row.Number, bits(Row.Flags), coded(Row.Owner),
                      string(Row.Name));
      });
  each<GenericParamConstraintRow>(
      "parconst",
      [&](GenericParamConstraintRid R, const GenericParamConstraintRow &Row) {
        OS << formatv("{0}: gen-par={1}, Constraint={2:x-}\n", R.value(),
                      Row.Owner.value(), coded(Row.Constraint));
      });
}

static std::string fieldFlags(FieldAttributes Flags) {
  static constexpr const char *Access[] = {
      "privatescope", "private",    "famandassem", "assembly",
      "family",       "famorassem", "public",      "unknown"};
  std::string Result =
      Access[bits(field(Flags, FieldAttributes::FieldAccessMask))];
  std::pair<FieldAttributes, const char *> Names[] = {
      {FieldAttributes::Static, " static"},
      {FieldAttributes::InitOnly, " initonly"},
      {FieldAttributes::Literal, " literal"},
      {FieldAttributes::NotSerialized, " notserialized"},
      {FieldAttributes::SpecialName, " specialname"},
      {FieldAttributes::PInvokeImpl, " FIXME:pinvokeimpl"},
      {FieldAttributes::RTSpecialName, " rtspecialname"}};
  for (auto [Flag, Name] : Names)
    if (has(Flags, Flag))
      Result += Name;
  return Result;
}

void Dumper::members() {
  TypeDefRid Last;
  each<FieldRow>("fields", [&](FieldRid R, const FieldRow &Row) {
    heading(M.owner(R), Last);
    OS << R.value() << ": "
       << Text.type(must(readFieldSig(M, Row.Signature, A))) << ' '
       << string(Row.Name) << ": " << fieldFlags(Row.Flags) << '\n';
    if (FieldLayoutRid L = M.fieldLayout(R))
      OS << "\texplicit offset: " << must(M.row(L)).Offset << '\n';
    if (FieldRVARid V = M.fieldRVA(R))
      OS << "\trva: " << must(M.row(V)).RVA << '\n';
  });
  each<FieldRVARow>("fieldrva", [&](FieldRVARid R, const FieldRVARow &Row) {
    OS << formatv("{0}: Field {1}: {2:x-}\n", R.value(), Row.Field.value(),
                  Row.RVA);
  });
  each<ParamRow>("param", [&](ParamRid R, const ParamRow &Row) {
    OS << formatv("{0}: {1} {2} {3}\n", R.value(),
                  llvm::format_hex(bits(Row.Flags), 6), Row.Sequence,
                  string(Row.Name));
  });
  each<FieldMarshalRow>(
      "marshal", [&](FieldMarshalRid R, const FieldMarshalRow &Row) {
        auto Spec = must(readMarshalSpec(M, Row.NativeType));
        OS << formatv("{0}: ({1}) {2} {3}: ", R.value(),
                      llvm::format_hex(coded(Row.Parent), 6),
                      Row.Parent.is<FieldRow>() ? "Field" : "Param",
                      Row.Parent.rid());
        // monodis prints this table by other rules than a method's parameters.
        if (Spec.Kind == NATIVE_TYPE_ARRAY)
          OS << "[]";
        else
          OS << Text.nativeType(Spec.Kind);
        if (Spec.Kind == NATIVE_TYPE_FIXEDARRAY ||
            Spec.Kind == NATIVE_TYPE_FIXEDSYSSTRING)
          OS << " [" << Spec.Size.value_or(0) << ']';
        OS << "\n\tblob encoding: " << hex(Row.NativeType, false) << '\n';
      });
  each<ConstantRow>("constant", [&](ConstantRid R, const ConstantRow &Row) {
    StringRef Parent = name(Row.Parent.table());
    OS << formatv("{0}: Parent= {1}: {2} ", R.value(), Parent,
                  Row.Parent.rid());
    constant(R);
    OS << '\n';
  });
}

void Dumper::constant(ConstantRid R) {
  // Numbers are printed as bits, and with the names of the signed types.
  auto integer = [&](const char *Name, unsigned Width, uint64_t Value) {
    OS << Name << '(' << llvm::format_hex(Value, Width) << ')';
  };
  ConstantValue Value = must(readConstant(M, R));
  if (std::holds_alternative<std::monostate>(Value))
    OS << "nullref";
  else if (auto *V = std::get_if<bool>(&Value))
    OS << (*V ? "bool(true)" : "bool(false)");
  else if (auto *V = std::get_if<char16_t>(&Value))
    integer("char", 6, *V);
  else if (auto *V = std::get_if<int8_t>(&Value))
    integer("int8", 4, uint8_t(*V));
  else if (auto *V = std::get_if<uint8_t>(&Value))
    integer("int8", 4, *V);
  else if (auto *V = std::get_if<int16_t>(&Value))
    integer("int16", 10, uint16_t(*V));
  else if (auto *V = std::get_if<uint16_t>(&Value))
    integer("int16", 10, *V);
  else if (auto *V = std::get_if<int32_t>(&Value))
    integer("int32", 10, uint32_t(*V));
  else if (auto *V = std::get_if<uint32_t>(&Value))
    integer("int32", 10, *V);
  else if (auto *V = std::get_if<int64_t>(&Value))
    integer("int64", 18, uint64_t(*V));
  else if (auto *V = std::get_if<uint64_t>(&Value))
    integer("int64", 18, *V);
  else if (auto *V = std::get_if<float>(&Value)) {
    if (std::isfinite(*V))
      OS << "float32(" << number(*V) << ')';
    else
      integer("float32", 10, llvm::bit_cast<uint32_t>(*V));
  } else if (auto *V = std::get_if<double>(&Value)) {
    if (std::isfinite(*V))
      OS << "float64(" << number(*V) << ')';
    else
      integer("float64", 18, llvm::bit_cast<uint64_t>(*V));
  } else if (auto *V = std::get_if<Utf16>(&Value))
    OS << literal(*V);
}

static std::string implFlags(MethodImplAttributes Flags) {
  static constexpr const char *CodeType[] = {"cil", "native", "optil",
                                             "runtime"};
  std::string Result =
      CodeType[bits(field(Flags, MethodImplAttributes::CodeTypeMask))];
  Result +=
      has(Flags, MethodImplAttributes::Unmanaged) ? " unmanaged" : " managed";
  std::pair<MethodImplAttributes, const char *> Names[] = {
      {MethodImplAttributes::ForwardRef, " forwardref"},
      {MethodImplAttributes::PreserveSig, " preservesig"},
      {MethodImplAttributes::InternalCall, " internalcall"},
      {MethodImplAttributes::Synchronized, " synchronized"},
      {MethodImplAttributes::NoInlining, " noinlining"},
      {MethodImplAttributes::NoOptimization, " nooptimization"},
      {MethodImplAttributes::AggressiveInlining, " agressive-inlining"}};
  for (auto [Flag, Name] : Names)
    if (has(Flags, Flag))
      Result += Name;
  return Result;
}

std::string Dumper::memberOwner(MethodDefRid R) {
  TypeDefRid Owner = M.owner(R);
  std::string Name = string(must(M.row(R)).Name);
  if (Owner.value() == 1) // nothing is printed for <Module>
    return Name;
  auto Type = must(M.row(Owner));
  bool IsValueType =
      Type.Extends &&
      StringRef(Text.type(Type.Extends)).ends_with("System.ValueType");
  return (IsValueType ? "valuetype " : "class ") + Text.typeDef(Owner) +
         "::" + Name;
}

void Dumper::methods() {
  TypeDefRid Last;
  each<MethodDefRow>("method", [&](MethodDefRid R, const MethodDefRow &Row) {
    heading(M.owner(R), Last);
    OS << formatv("{0}: {1} (param: {2} impl_flags: {3})\n", R.value(),
                  Text.methodDef(R, Row), Row.ParamList.value(),
                  implFlags(Row.ImplFlags));
  });
  each<ImplMapRow>("implmap", [&](ImplMapRid R, const ImplMapRow &Row) {
    MethodDefRid Method = Row.MemberForwarded.as<MethodDefRow>();
    auto Sig = must(readMethodSig(M, must(M.row(Method)).Signature, A));
    OS << formatv("{0}: {1} {2} ({3} {4})\n", R.value(),
                  Text.methodRef(Sig, memberOwner(Method)),
                  bits(Row.MappingFlags), string(Row.ImportName),
                  string(must(M.row(Row.ImportScope)).Name));
  });
  each<MemberRefRow>("memberref", [&](MemberRefRid R, const MemberRefRow &Row) {
    Token Class = Row.Class;
    OS << formatv("{0}: {1}[{2}] {3}\n\tResolved: ", R.value(),
                  name(Class.table()), Class.rid(), string(Row.Name));
    if (Class.is<MethodDefRow>())
      OS << '\n';
    else if (Class.is<ModuleRefRow>())
      OS << "UNHANDLED CASE\n";
    else
      OS << Text.type(Class) << '.' << string(Row.Name) << '\n';
    OS << "\tSignature: ";
    if (signatureKind(must(M.blob(Row.Signature))) == SignatureKind::Field)
      OS << Text.type(must(readFieldSig(M, Row.Signature, A)));
    else
      OS << Text.methodRef(must(readMethodSig(M, Row.Signature, A)), "");
    OS << "\n\t\n";
  });
  each<StandAloneSigRow>(
      "standalonesig", [&](StandAloneSigRid R, const StandAloneSigRow &Row) {
        OS << formatv("{0}: blob[0x{1:x-}] = {2}\n", R.value(),
                      uint32_t(Row.Signature), hex(Row.Signature, false));
      });
}

void Dumper::associations() {
  each<PropertyMapRow>("propertymap", [&](PropertyMapRid R,
                                          const PropertyMapRow &Row) {
    OS << formatv("{0}: {1} ({2}) {3}\n", R.value(), Text.typeDef(Row.Parent),
                  Row.Parent.value(), Row.PropertyList.value());
  });
  each<PropertyRow>("property", [&](PropertyRid R, const PropertyRow &Row) {
    auto Sig = must(readPropertySig(M, Row.Type, A));
    MethodSig Params;
    Params.Params = Sig.Params;
    Params.FixedParamCount = Sig.Params.size();
    OS << formatv("{0}: {1} {2} ({3}) ", R.value(), Text.type(Sig.Type),
                  string(Row.Name), Text.params(Params));
    if (has(Row.Flags, PropertyAttributes::SpecialName))
      OS << "special ";
    if (has(Row.Flags, PropertyAttributes::RTSpecialName))
      OS << "runtime ";
    if (has(Row.Flags, PropertyAttributes::HasDefault))
      OS << "hasdefault ";
    OS << '\n';
  });
  each<EventRow>("event", [&](EventRid R, const EventRow &Row) {
    OS << formatv(
        "{0}: {1} {2} {3}\n", R.value(), Text.type(Row.EventType),
        string(Row.Name),
        has(Row.EventFlags, EventAttributes::SpecialName) ? "specialname" : "");
  });
  each<MethodSemanticsRow>(
      "methodsem", [&](MethodSemanticsRid R, const MethodSemanticsRow &Row) {
        OS << formatv("{0}: [{1}] ", R.value(), coded(Row.Association));
        std::pair<MethodSemanticsAttributes, const char *> Names[] = {
            {MethodSemanticsAttributes::Setter, "setter"},
            {MethodSemanticsAttributes::Getter, "getter"},
            {MethodSemanticsAttributes::Other, "other"},
            {MethodSemanticsAttributes::AddOn, "add-on"},
            {MethodSemanticsAttributes::RemoveOn, "remove-on"},
            {MethodSemanticsAttributes::Fire, "fire"}};
        for (auto [Flag, Name] : Names)
          if (has(Row.Semantics, Flag))
            OS << Name;
        // monodis counts methods from 0 here.
        OS << formatv(" method: {0} {1} {2}\n", Row.Method.value() - 1,
                      Row.Association.is<PropertyRow>() ? "property" : "event",
                      Row.Association.rid());
      });
}

/// \returns false for a value that monodis cannot print.
bool Dumper::attributeValue(const AttributeValue &V) {
  ElementType Kind =
      V.Type.Kind == ELEMENT_TYPE_ENUM ? V.Type.Underlying : V.Type.Kind;
  if (V.IsBoxed)
    return false;
  switch (Kind) {
  case ELEMENT_TYPE_BOOLEAN:
    OS << (V.Bits ? "true" : "false");
    return true;
  case ELEMENT_TYPE_U4: // printed as if it had a sign
    OS << int32_t(V.Bits);
    return true;
  case ELEMENT_TYPE_U1: // sign-extended by monodis
    OS << int(int8_t(V.Bits));
    return true;
  case ELEMENT_TYPE_I1:
  case ELEMENT_TYPE_I2:
  case ELEMENT_TYPE_U2:
  case ELEMENT_TYPE_I4:
  case ELEMENT_TYPE_I8:
  case ELEMENT_TYPE_U8:
    OS << V.asSigned();
    return true;
  case ELEMENT_TYPE_R4:
  case ELEMENT_TYPE_R8:
    if (std::isfinite(V.asDouble()))
      OS << llvm::format("%g", V.asDouble());
    else
      OS << notANumber(V.asDouble(), Kind == ELEMENT_TYPE_R4);
    return true;
  case ELEMENT_TYPE_STRING:
  case ELEMENT_TYPE_SYSTEM_TYPE:
    if (V.IsNull)
      OS << "null";
    else
      // monodis prints up to a zero byte, which is usually not within the
      // string.
      OS << '"'
         << StringRef(V.Text.begin(),
                      reinterpret_cast<const char *>(M.file().Bytes.end()) -
                          V.Text.begin())
                .take_until([](char C) { return C == 0; })
         << '"';
    return true;
  default:
    return false;
  }
}

static StringRef attributeOwner(TableID Table) {
  switch (Table) {
  case TableID::Field:
    return "FieldDef";
  case TableID::DeclSecurity:
    return "DeclSecurity?";
  case TableID::StandAloneSig:
    return "StandAloneSignature";
  case TableID::ManifestResource:
    return "Manifest";
  case TableID::MethodSpec:
    return "Unknown";
  default:
    return name(Table);
  }
}

void Dumper::attributes() {
  each<CustomAttributeRow>("customattr", [&](CustomAttributeRid R,
                                             const CustomAttributeRow &Row) {
    OS << R.value() << ": " << attributeOwner(Row.Parent.table()) << ": "
       << Row.Parent.rid() << ": [";
    auto Resolve = [&](const EnumReference &E) -> llvm::Expected<ElementType> {
      return Enums.find(M, E);
    };
    auto Args = must(readCustomAttribute(M, R, Resolve, A));
    llvm::ListSeparator Comma;
    for (const AttributeValue &V : Args.Fixed) {
      OS << Comma;
      if (!attributeValue(V)) {
        OS << "?\n"; // nothing after this can be compared
        return;
      }
    }
    if (!Args.Named.empty())
      OS << ' ' << Args.Named.size() << " named args: (";
    OS << "]\n";
  });
}

static std::string implementation(Token T) {
  if (!T)
    return "current module";
  return (llvm::Twine(T.is<FileRow>()          ? "file"
                      : T.is<AssemblyRefRow>() ? "assemblyref"
                                               : "exportedtype") +
          " " + llvm::Twine(T.rid()))
      .str();
}

void Dumper::key(StringRef Heading, StringRef What, BlobIndex I) {
  std::string Bytes = hex(I, true);
  if (Bytes.empty())
    OS << "Zero sized " << What << '\n';
  else
    OS << Heading << ' ' << Bytes << '\n';
}

void Dumper::assemblies() {
  each<ModuleRow>("module", [&](ModuleRid R, const ModuleRow &Row) {
    OS << R.value() << ": " << string(Row.Name) << ' ' << uint32_t(Row.Mvid)
       << " {" << must(M.guid(Row.Mvid)) << "}\n";
  });
  each<ModuleRefRow>("moduleref", [&](ModuleRefRid R, const ModuleRefRow &Row) {
    OS << R.value() << ": " << string(Row.Name) << '\n';
  });
  each<AssemblyRow>("assembly", [&](AssemblyRid, const AssemblyRow &Row) {
    OS << formatv("Name: {0}\nHash Algoritm: {1}\nVersion: {2}.{3}.{4}.{5}\n"
                  "Flags: {6}\nPublicKey: BlobPtr ({7})\n",
                  string(Row.Name), llvm::format_hex(bits(Row.HashAlgId), 10),
                  Row.MajorVersion, Row.MinorVersion, Row.BuildNumber,
                  Row.RevisionNumber, llvm::format_hex(bits(Row.Flags), 10),
                  llvm::format_hex(uint32_t(Row.PublicKey), 10));
    key("Dump:", "public key", Row.PublicKey);
    OS << "Culture: " << string(Row.Culture) << '\n';
  });
  each<AssemblyRefRow>(
      "assemblyref", [&](AssemblyRefRid R, const AssemblyRefRow &Row) {
        OS << formatv("{0}: Version={1}.{2}.{3}.{4}\n\tName={5}\n\tFlags={6}\n",
                      R.value(), Row.MajorVersion, Row.MinorVersion,
                      Row.BuildNumber, Row.RevisionNumber, string(Row.Name),
                      llvm::format_hex(bits(Row.Flags), 10));
        key("Public Key:", "public key", Row.PublicKeyOrToken);
        key("Hash:", "hash value", Row.HashValue);
      });
  each<FileRow>("file", [&](FileRid R, const FileRow &Row) {
    OS << R.value() << ": " << string(Row.Name) << ' '
       << (has(Row.Flags, FileAttributes::ContainsNoMetaData)
               ? "nometadata"
               : "containsmetadata")
       << " [" << hex(Row.HashValue, true) << "]\n";
  });
  each<ExportedTypeRow>(
      "exported", [&](ExportedTypeRid R, const ExportedTypeRow &Row) {
        std::string Namespace = string(Row.TypeNamespace);
        OS << formatv("{0}: {1}{2}{3} is in {4}, index={5:x-}, "
                      "flags=0x{6:x-}\n",
                      R.value(), Namespace, Namespace.empty() ? "" : ".",
                      string(Row.TypeName), implementation(Row.Implementation),
                      Row.TypeDefId, bits(Row.Flags));
      });
  each<ManifestResourceRow>(
      "manifest", [&](ManifestResourceRid R, const ManifestResourceRow &Row) {
        auto Visibility =
            field(Row.Flags, ManifestResourceAttributes::VisibilityMask);
        OS << formatv(
            "{0}: {1} '{2}' at offset {3} in {4}\n", R.value(),
            Visibility == ManifestResourceAttributes::Public    ? "public"
            : Visibility == ManifestResourceAttributes::Private ? "private"
                                                                : "",
            string(Row.Name), Row.Offset, implementation(Row.Implementation));
      });
}

void Dumper::tables() {
  types();
  members();
  methods();
  associations();
  attributes();
  assemblies();
}

void dumpTables(const Module &M, const EnumTable &Enums, raw_ostream &OS) {
  Dumper(M, Enums, OS).tables();
}

} // namespace ilbridge::ecma335::test
