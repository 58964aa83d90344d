//===- Module.cpp - The metadata of one PE file ---------------------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ilbridge/ecma335/Module.h"
#include "ByteReader.h"
#include "ModuleIndexes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"
#include <concepts>

namespace ilbridge::ecma335 {

using llvm::ArrayRef;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;

//===----------------------------------------------------------------------===//
// Rows
//===----------------------------------------------------------------------===//

static uint32_t readColumn(const uint8_t *At, unsigned Size) {
  using namespace llvm::support::endian;
  return Size == 2 ? read16le(At) : Size == 4 ? read32le(At) : *At;
}

uint32_t Module::rawColumn(TableID Table, uint32_t R, unsigned Column) const {
  const TableLayout &L = Layouts[static_cast<unsigned>(Table)];
  assert(R != 0 && R <= L.RowCount && Column < L.ColumnCount);
  return readColumn(L.Rows + size_t(R - 1) * L.RowSize + L.ColumnOffset[Column],
                    L.ColumnSize[Column]);
}

Error Module::noSuchRow(Token T) const {
  unsigned Table = static_cast<unsigned>(T.table());
  const uint8_t *At =
      Table < NumTables ? Layouts[Table].Rows : Header.Metadata.begin();
  return File.error(
      At, "ECMA-335 II.22",
      llvm::formatv("the table {0} has no row {1}; it has {2} rows",
                    name(T.table()), T.rid(), rowCount(T.table())));
}

ArrayRef<uint8_t> Module::rowBytes(Token T) const {
  if (!contains(T))
    return {};
  const TableLayout &L = Layouts[static_cast<unsigned>(T.table())];
  return {L.Rows + size_t(T.rid() - 1) * L.RowSize, L.RowSize};
}

namespace {

/// Reads the columns of one row in order.
class RowReader {
public:
  RowReader(const uint8_t *Row, ArrayRef<uint8_t> ColumnSizes)
      : At(Row), Size(ColumnSizes.begin()) {}

  template <typename T> void column(T &Value) {
    uint32_t Raw = readColumn(At, *Size);
    if constexpr (std::derived_from<T, Token>) {
      if (auto Decoded = decode(T::Kind, Raw))
        Value = T(*Decoded);
      else if (!BadTag)
        BadTag = At;
    } else {
      Value = static_cast<T>(Raw);
    }
    At += *Size++;
  }
  /// The first invalid coded index, or null.
  const uint8_t *badTag() const { return BadTag; }

private:
  const uint8_t *At;
  const uint8_t *Size;
  const uint8_t *BadTag = nullptr;
};

#define TABLE(NUMBER, NAME) void decodeRow(NAME##Row &Row, RowReader &Reader) {
#define COLUMN(TABLE, NAME, TYPE) Reader.column(Row.NAME);
#define END_TABLE(NAME) }
#include "ilbridge/ecma335/Tables.def"

} // namespace

template <typename Row> Expected<Row> Module::row(Rid<Row> R) const {
  const TableLayout &L = Layouts[static_cast<unsigned>(TableOf<Row>)];
  if (R.value() == 0 || R.value() > L.RowCount)
    return noSuchRow(R);
  RowReader Reader(L.Rows + size_t(R.value() - 1) * L.RowSize, L.ColumnSize);
  Row Result;
  decodeRow(Result, Reader);
  if (const uint8_t *At = Reader.badTag())
    return File.error(At, "ECMA-335 II.24.2.6",
                      "the tag of a coded index is invalid");
  return Result;
}

#define TABLE(NUMBER, NAME)                                                    \
  template Expected<NAME##Row> Module::row(NAME##Rid) const;
#include "ilbridge/ecma335/Tables.def"

//===----------------------------------------------------------------------===//
// Heaps
//===----------------------------------------------------------------------===//

Expected<StringRef> Module::string(StringIndex I) const {
  auto Offset = static_cast<uint32_t>(I);
  if (Offset >= Strings.size()) {
    if (Offset == 0)
      return StringRef();
    return File.error(Strings.end(), "ECMA-335 II.24.2.3",
                      llvm::formatv("the offset {0} is beyond the end of the "
                                    "heap #Strings, which has {1} bytes",
                                    Offset, Strings.size()));
  }
  // Without a limit, a heap without zero bytes and very many rows would take
  // quadratic time to read.
  constexpr size_t Longest = 0x10000;
  ArrayRef<uint8_t> Rest = Strings.drop_front(Offset).take_front(Longest);
  const void *Zero = memchr(Rest.data(), 0, Rest.size());
  if (!Zero)
    return File.error(Rest.begin(), "ECMA-335 II.24.2.3",
                      "a string is not terminated within 64 KiB");
  return StringRef(reinterpret_cast<const char *>(Rest.data()),
                   static_cast<const uint8_t *>(Zero) - Rest.data());
}

Expected<ArrayRef<uint8_t>> Module::sizedEntry(ArrayRef<uint8_t> Heap,
                                               const char *HeapName,
                                               uint32_t Offset) const {
  if (Offset >= Heap.size()) {
    if (Offset == 0)
      return ArrayRef<uint8_t>();
    return File.error(Heap.end(), "ECMA-335 II.24.2.4",
                      llvm::formatv("the offset {0} is beyond the end of the "
                                    "heap {1}, which has {2} bytes",
                                    Offset, HeapName, Heap.size()));
  }
  ByteReader R(Heap.drop_front(Offset), "ECMA-335 II.24.2.4");
  ArrayRef<uint8_t> Entry = R.bytes(R.compressed());
  if (R.failed())
    return R.takeError(File);
  return Entry;
}

Expected<ArrayRef<uint8_t>> Module::blob(BlobIndex I) const {
  return sizedEntry(Blobs, "#Blob", static_cast<uint32_t>(I));
}

Expected<Utf16> Module::userString(uint32_t Offset) const {
  auto Entry = sizedEntry(UserStrings, "#US", Offset);
  if (!Entry)
    return Entry.takeError();
  if (Entry->empty())
    return Utf16();
  // A byte after the text states whether a character requires more than a
  // simple comparison.
  if (Entry->size() % 2 == 0)
    return File.error(
        Entry->begin(), "ECMA-335 II.24.2.4",
        "the size of a user string is even; expected an odd number of bytes");
  return Utf16{Entry->drop_back()};
}

Expected<Guid> Module::guid(GuidIndex I) const {
  Guid Result;
  auto Number = static_cast<uint32_t>(I);
  if (Number == 0)
    return Result;
  if (Number > Guids.size() / sizeof(Result.Bytes))
    return File.error(
        Guids.end(), "ECMA-335 II.24.2.5",
        llvm::formatv("there is no entry {0} in the heap #GUID", Number));
  llvm::copy(
      Guids.slice((Number - 1) * sizeof(Result.Bytes), sizeof(Result.Bytes)),
      Result.Bytes.begin());
  return Result;
}

llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const Guid &G) {
  // The first three parts are numbers, which are little-endian in the file.
  static constexpr uint8_t Order[] = {3, 2, 1,  0,  5,  4,  7,  6,
                                      8, 9, 10, 11, 12, 13, 14, 15};
  for (unsigned I = 0; I != std::size(Order); ++I) {
    if (I == 4 || I == 6 || I == 8 || I == 10)
      OS << '-';
    OS << llvm::format_hex_no_prefix(G.Bytes[Order[I]], 2, /*Upper=*/true);
  }
  return OS;
}

std::string Utf16::utf8() const {
  std::string Result;
  Result.reserve(size());
  for (size_t I = 0, E = size(); I != E; ++I) {
    uint32_t Code = (*this)[I];
    bool High = Code >= 0xD800 && Code < 0xDC00;
    if (High && I + 1 != E && ((*this)[I + 1] & 0xFC00) == 0xDC00)
      Code = 0x10000 + ((Code & 0x3FF) << 10) + ((*this)[++I] & 0x3FF);
    else if (Code >= 0xD800 && Code < 0xE000)
      Code = 0xFFFD;
    char Buffer[4];
    char *End = Buffer;
    llvm::ConvertCodePointToUTF8(Code, End);
    Result.append(Buffer, End);
  }
  return Result;
}

//===----------------------------------------------------------------------===//
// Runs and keys
//===----------------------------------------------------------------------===//

template <typename Row>
static RidRange<Row> rids(const ModuleIndexes::Range &R) {
  return {R.First, R.Count, R.List};
}

template <typename Row>
static Expected<RidRange<Row>> rids(Expected<ModuleIndexes::Range> R) {
  if (!R)
    return R.takeError();
  return rids<Row>(*R);
}

template <typename Row> static Rid<Row> first(const ModuleIndexes::Range &R) {
  return R.Count ? Rid<Row>(R.front()) : Rid<Row>();
}

/// Finds the rows whose column contains \p Value. A null index has no rows,
/// whatever the column contains.
static ModuleIndexes::Range find(ModuleIndexes &Indexes, Key Which,
                                 uint32_t Value) {
  return Value ? Indexes.find(Which, Value) : ModuleIndexes::Range();
}
template <typename Kind>
static ModuleIndexes::Range find(ModuleIndexes &Indexes, Key Which, Token T) {
  auto Coded = T ? encode(Kind::Kind, T) : std::nullopt;
  return Coded ? Indexes.find(Which, *Coded) : ModuleIndexes::Range();
}

Expected<RidRange<FieldRow>> Module::fields(TypeDefRid Type) const {
  return rids<FieldRow>(Indexes->run(Run::TypeDef_FieldList, Type.value()));
}
Expected<RidRange<MethodDefRow>> Module::methods(TypeDefRid Type) const {
  return rids<MethodDefRow>(
      Indexes->run(Run::TypeDef_MethodList, Type.value()));
}
Expected<RidRange<ParamRow>> Module::params(MethodDefRid Method) const {
  return rids<ParamRow>(Indexes->run(Run::MethodDef_ParamList, Method.value()));
}
Expected<RidRange<PropertyRow>> Module::properties(TypeDefRid Type) const {
  auto Map = find(*Indexes, Key::PropertyMap_Parent, Type.value());
  if (!Map.Count)
    return RidRange<PropertyRow>();
  return rids<PropertyRow>(
      Indexes->run(Run::PropertyMap_PropertyList, Map.front()));
}
Expected<RidRange<EventRow>> Module::events(TypeDefRid Type) const {
  auto Map = find(*Indexes, Key::EventMap_Parent, Type.value());
  if (!Map.Count)
    return RidRange<EventRow>();
  return rids<EventRow>(Indexes->run(Run::EventMap_EventList, Map.front()));
}

TypeDefRid Module::owner(FieldRid Field) const {
  return TypeDefRid(Indexes->owner(Run::TypeDef_FieldList, Field.value()));
}
TypeDefRid Module::owner(MethodDefRid Method) const {
  return TypeDefRid(Indexes->owner(Run::TypeDef_MethodList, Method.value()));
}
MethodDefRid Module::owner(ParamRid Param) const {
  return MethodDefRid(Indexes->owner(Run::MethodDef_ParamList, Param.value()));
}
TypeDefRid Module::owner(PropertyRid Property) const {
  uint32_t Map =
      Indexes->owner(Run::PropertyMap_PropertyList, Property.value());
  return TypeDefRid(
      Map ? rawColumn(TableID::PropertyMap, Map, PropertyMap_Parent) : 0);
}
TypeDefRid Module::owner(EventRid Event) const {
  uint32_t Map = Indexes->owner(Run::EventMap_EventList, Event.value());
  return TypeDefRid(Map ? rawColumn(TableID::EventMap, Map, EventMap_Parent)
                        : 0);
}

ClassLayoutRid Module::classLayout(TypeDefRid Type) const {
  return first<ClassLayoutRow>(
      find(*Indexes, Key::ClassLayout_Parent, Type.value()));
}
FieldLayoutRid Module::fieldLayout(FieldRid Field) const {
  return first<FieldLayoutRow>(
      find(*Indexes, Key::FieldLayout_Field, Field.value()));
}
FieldRVARid Module::fieldRVA(FieldRid Field) const {
  return first<FieldRVARow>(find(*Indexes, Key::FieldRVA_Field, Field.value()));
}
FieldMarshalRid Module::fieldMarshal(Token Parent) const {
  return first<FieldMarshalRow>(
      find<HasFieldMarshal>(*Indexes, Key::FieldMarshal_Parent, Parent));
}
ConstantRid Module::constant(Token Parent) const {
  return first<ConstantRow>(
      find<HasConstant>(*Indexes, Key::Constant_Parent, Parent));
}
ImplMapRid Module::implMap(Token Member) const {
  return first<ImplMapRow>(
      find<MemberForwarded>(*Indexes, Key::ImplMap_MemberForwarded, Member));
}
TypeDefRid Module::enclosingType(TypeDefRid Nested) const {
  auto Found = find(*Indexes, Key::NestedClass_NestedClass, Nested.value());
  return TypeDefRid(Found.Count ? rawColumn(TableID::NestedClass, Found.front(),
                                            NestedClass_EnclosingClass)
                                : 0);
}

RidRange<CustomAttributeRow> Module::customAttributes(Token Parent) const {
  return rids<CustomAttributeRow>(
      find<HasCustomAttribute>(*Indexes, Key::CustomAttribute_Parent, Parent));
}
RidRange<DeclSecurityRow> Module::declSecurity(Token Parent) const {
  return rids<DeclSecurityRow>(
      find<HasDeclSecurity>(*Indexes, Key::DeclSecurity_Parent, Parent));
}
RidRange<GenericParamRow> Module::genericParams(Token Owner) const {
  return rids<GenericParamRow>(
      find<TypeOrMethodDef>(*Indexes, Key::GenericParam_Owner, Owner));
}
RidRange<GenericParamConstraintRow>
Module::constraints(GenericParamRid Param) const {
  return rids<GenericParamConstraintRow>(
      find(*Indexes, Key::GenericParamConstraint_Owner, Param.value()));
}
RidRange<InterfaceImplRow> Module::interfaces(TypeDefRid Type) const {
  return rids<InterfaceImplRow>(
      find(*Indexes, Key::InterfaceImpl_Class, Type.value()));
}
RidRange<MethodImplRow> Module::methodImpls(TypeDefRid Type) const {
  return rids<MethodImplRow>(
      find(*Indexes, Key::MethodImpl_Class, Type.value()));
}
RidRange<MethodSemanticsRow> Module::semantics(Token Association) const {
  return rids<MethodSemanticsRow>(find<HasSemantics>(
      *Indexes, Key::MethodSemantics_Association, Association));
}
RidRange<MethodSemanticsRow> Module::semanticsOf(MethodDefRid Method) const {
  return rids<MethodSemanticsRow>(
      find(*Indexes, Key::MethodSemantics_Method, Method.value()));
}
RidRange<NestedClassRow> Module::nestedTypes(TypeDefRid Enclosing) const {
  return rids<NestedClassRow>(
      find(*Indexes, Key::NestedClass_EnclosingClass, Enclosing.value()));
}

//===----------------------------------------------------------------------===//
// Image
//===----------------------------------------------------------------------===//

Expected<ArrayRef<uint8_t>> Module::bytesAt(uint32_t RVA,
                                            const uint8_t *NamedAt) const {
  // If sections overlap, the later one is used.
  auto Next = llvm::upper_bound(
      Sections, RVA, [](uint32_t A, const Section &S) { return A < S.RVA; });
  if (Next != Sections.begin()) {
    const Section &S = *std::prev(Next);
    uint32_t Offset = RVA - S.RVA;
    if (Offset < S.Bytes.size())
      return S.Bytes.drop_front(Offset);
    if (Offset < S.VirtualSize)
      return File.error(NamedAt, "ECMA-335 II.25.3",
                        llvm::formatv("the bytes at the address {0:x} are not "
                                      "in the file",
                                      RVA));
  }
  return File.error(NamedAt, "ECMA-335 II.25.3",
                    llvm::formatv("no section has the address {0:x}", RVA));
}

ArrayRef<uint8_t> Module::debugDirectory() const {
  if (!DebugSize)
    return {};
  Expected<ArrayRef<uint8_t>> Bytes = bytesAt(DebugRVA);
  if (!Bytes) {
    llvm::consumeError(Bytes.takeError()); // no runtime reads it
    return {};
  }
  return Bytes->take_front(DebugSize);
}

} // namespace ilbridge::ecma335
