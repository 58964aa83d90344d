//===- AssemblyMutator.cpp - Mutations that keep an assembly valid --------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Nearly every change of a byte breaks a header, or one of the widths and
// counts that determine the positions of all other parts. These mutations keep
// those correct, and so they reach the code that runs after the checks.
//
//===----------------------------------------------------------------------===//

#include "AssemblyMutator.h"
#include "EditableImage.h"
#include "llvm/ADT/StringExtras.h"
#include <cstring>
#include <random>

using namespace ilbridge::ecma335;
using llvm::ArrayRef;
using llvm::StringRef;

extern "C" size_t LLVMFuzzerMutate(uint8_t *Data, size_t Size, size_t MaxSize);

namespace ilbridge::fuzz {

/// Names that have a meaning in ilbridge, and some that no compiler generates.
static constexpr StringRef Names[] = {
    "",
    ".ctor",
    "<Module>",
    "DefaultDllImportSearchPathsAttribute",
    "DisableRuntimeMarshallingAttribute",
    "FixedElementField",
    "InlineArrayAttribute",
    "Invoke",
    "IsByRefLikeAttribute",
    "IsConst",
    "CallConvCdecl",
    "CallConvStdcall",
    "MonoPInvokeCallbackAttribute",
    "MulticastDelegate",
    "Nullable`1",
    "Object",
    "ReversePInvokeWrapperGenerationAttribute",
    "SafeHandle",
    "Span`1",
    "System",
    "System.Runtime.CompilerServices",
    "System.Runtime.InteropServices",
    "UnmanagedCallersOnlyAttribute",
    "UnmanagedFunctionPointerAttribute",
    "ValueType",
    "Enum",
    "value__",
    "mscorlib",
    "netstandard",
    "a b",
    "a\nb",
    "\"",
    "*/",
    "[A]B/C::D",
    "\xE2\x82\xAC",
    "\xFF\xFE",
};

namespace {

class Mutator {
public:
  Mutator(EditableImage &Image, unsigned Seed) : Image(Image), Random(Seed) {}

  void change();

private:
  uint32_t below(size_t Count) {
    return Count ? std::uniform_int_distribution<uint32_t>(0, Count - 1)(Random)
                 : 0;
  }
  bool oneIn(unsigned Count) { return below(Count) == 0; }

  struct Place {
    TableID Table;
    uint32_t Row, Column;
  };
  std::optional<Place> anyRow();
  /// Returns a cell whose column has that kind.
  std::optional<Place> anyCell(Column::Kind Kind);
  uint32_t &at(const Place &P) { return Image.rows(P.Table)[P.Row][P.Column]; }
  uint32_t value(const Place &P);
  uint32_t anyToken(CodedIndexKind Kind);

  void changeCell();
  void addRow();
  void removeRow();
  void swapRows();
  void changeBlob();
  void newSignature();
  void newAttribute();
  void newName();
  void changeBody();

  void byte(unsigned Value) { Made.push_back(uint8_t(Value)); }
  void compressed(uint32_t Value);
  void typeSig(unsigned Depth);
  void methodSig();

  EditableImage &Image;
  std::minstd_rand Random;
  llvm::SmallVector<uint8_t, 64> Made; ///< the blob that is being created
};

} // namespace

//===----------------------------------------------------------------------===//
// Rows
//===----------------------------------------------------------------------===//

std::optional<Mutator::Place> Mutator::anyRow() {
  uint32_t Count = 0;
  for (unsigned T = 0; T != NumTables; ++T)
    Count += !Image.rows(TableID(T)).empty();
  uint32_t Chosen = below(Count);
  for (unsigned T = 0; T != NumTables; ++T)
    if (size_t Rows = Image.rows(TableID(T)).size(); Rows && !Chosen--)
      return Place{TableID(T), below(Rows), below(columns(TableID(T)).size())};
  return std::nullopt;
}

std::optional<Mutator::Place> Mutator::anyCell(Column::Kind Kind) {
  for (unsigned Try = 0; Try != 20; ++Try) {
    std::optional<Place> P = anyRow();
    if (!P)
      return std::nullopt;
    for (uint32_t I = 0; I != columns(P->Table).size(); ++I) {
      uint32_t At = (P->Column + I) % columns(P->Table).size();
      if (columns(P->Table)[At].TheKind == Kind)
        return Place{P->Table, P->Row, At};
    }
  }
  return std::nullopt;
}

uint32_t Mutator::anyToken(CodedIndexKind Kind) {
  for (unsigned Try = 0; Try != 8; ++Try)
    if (std::optional<TableID> Table =
            tableOfTag(Kind, below(size_t(1) << tagBits(Kind))))
      if (size_t Count = Image.rows(*Table).size())
        return encode(Kind, Token(*Table, 1 + below(Count))).value_or(0);
  return below(256);
}

/// Returns another value for a cell, which usually refers to an existing row.
uint32_t Mutator::value(const Place &P) {
  const std::vector<EditableImage::Row> &Rows = Image.rows(P.Table);
  // Use the value of another row of the table.
  if (oneIn(3))
    return Rows[below(Rows.size())][P.Column];
  const Column &C = columns(P.Table)[P.Column];
  switch (C.TheKind) {
  case Column::Constant:
    switch (below(4)) {
    case 0:
      return at(P) ^ 1u << below(8 * C.Size);
    case 1:
      return below(8);
    case 2:
      return ~0u;
    default:
      return Random();
    }
  case Column::String:
    return below(Image.strings().size() + 1);
  case Column::Guid:
    return below(4);
  case Column::Blob:
    return below(Image.blobs().size() + 1);
  case Column::Row:
    return below(Image.rows(C.Target).size() + 2);
  case Column::Coded:
    return anyToken(C.Index);
  }
  return 0;
}

void Mutator::changeCell() {
  if (std::optional<Place> P = anyRow())
    at(*P) = value(*P);
}

void Mutator::addRow() {
  // Occasionally, add the row to any table, which may be empty.
  TableID Table = TableID(below(NumTables));
  EditableImage::Row New(columns(Table).size());
  if (!oneIn(6)) {
    std::optional<Place> P = anyRow();
    if (!P)
      return;
    Table = P->Table;
    New = Image.rows(Table)[P->Row];
  }
  if (New.empty())
    return;
  std::vector<EditableImage::Row> &Rows = Image.rows(Table);
  uint32_t At = oneIn(2) ? Rows.size() : below(Rows.size());
  Rows.insert(Rows.begin() + At, std::move(New));
  Place P{Table, At, below(columns(Table).size())};
  at(P) = value(P);
}

void Mutator::removeRow() {
  if (std::optional<Place> P = anyRow())
    Image.rows(P->Table).erase(Image.rows(P->Table).begin() + P->Row);
}

void Mutator::swapRows() {
  if (std::optional<Place> P = anyRow()) {
    std::vector<EditableImage::Row> &Rows = Image.rows(P->Table);
    std::swap(Rows[P->Row], Rows[below(Rows.size())]);
  }
}

//===----------------------------------------------------------------------===//
// Heaps and bodies
//===----------------------------------------------------------------------===//

void Mutator::newName() {
  if (std::optional<Place> P = anyCell(Column::String))
    at(*P) = oneIn(12) ? Image.string(std::string(1 + below(3000), 'x'))
                       : Image.string(Names[below(std::size(Names))]);
}

void Mutator::changeBlob() {
  std::optional<Place> P = anyCell(Column::Blob);
  if (!P)
    return;
  StringRef Old = Image.blobAt(at(*P)).take_front(512);
  std::vector<uint8_t> New(Old.begin(), Old.end());
  New.resize(Old.size() + 16);
  New.resize(LLVMFuzzerMutate(New.data(), Old.size(), New.size()));
  at(*P) = Image.blob(New);
}

void Mutator::changeBody() {
  llvm::MutableArrayRef<uint8_t> Bodies = Image.bodies();
  if (Bodies.empty())
    return;
  uint32_t At = below(Bodies.size());
  if (oneIn(2) || Bodies.size() < 6) {
    Bodies[At] = Random();
    return;
  }
  // Opcodes of calls and loads, whose operand is a row.
  constexpr uint8_t Opcodes[] = {0x28, 0x29, 0x6F, 0x73, 0x72, 0xD0, 0x7E};
  constexpr TableID Tables[] = {TableID::MethodDef,     TableID::MemberRef,
                                TableID::MethodSpec,    TableID::TypeDef,
                                TableID::StandAloneSig, TableID::Field,
                                TableID::TypeSpec};
  At = below(Bodies.size() - 5);
  TableID Table = Tables[below(std::size(Tables))];
  uint32_t Raw = Token(Table, below(Image.rows(Table).size() + 2)).raw();
  Bodies[At] = Opcodes[below(std::size(Opcodes))];
  std::memcpy(&Bodies[At + 1], &Raw, 4);
}

//===----------------------------------------------------------------------===//
// Signatures (II.23.2) and attributes (II.23.3)
//===----------------------------------------------------------------------===//

void Mutator::compressed(uint32_t Value) {
  if (Value < 0x80)
    return byte(Value);
  byte(0x80 | (Value >> 8 & 0x3F));
  byte(Value);
}

void Mutator::typeSig(unsigned Depth) {
  // Primitive types, string, object, IntPtr, and types that contain another
  // type.
  constexpr uint8_t Simple[] = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06,
                                0x07, 0x08, 0x09, 0x0A, 0x0B, 0x0C,
                                0x0D, 0x0E, 0x16, 0x18, 0x19, 0x1C};
  switch (Depth > 6 ? 0 : below(14)) {
  default:
    return byte(Simple[below(std::size(Simple))]);
  case 1: // pointer
    byte(0x0F);
    return typeSig(Depth + 1);
  case 2: // by reference
    byte(0x10);
    return typeSig(Depth + 1);
  case 3: // value type
  case 4: // class
    byte(oneIn(2) ? 0x11 : 0x12);
    return compressed(anyToken(CodedIndexKind::TypeDefOrRef));
  case 5: // type parameter, of the type or the method
    byte(oneIn(2) ? 0x13 : 0x1E);
    return compressed(below(4));
  case 6: { // array
    byte(0x14);
    typeSig(Depth + 1);
    uint32_t Rank = below(4), Sizes = below(Rank + 1);
    compressed(Rank);
    compressed(Sizes);
    for (uint32_t I = 0; I != Sizes; ++I)
      compressed(below(300));
    return compressed(0);
  }
  case 7: { // instance of a generic type
    byte(0x15);
    byte(oneIn(2) ? 0x11 : 0x12);
    compressed(anyToken(CodedIndexKind::TypeDefOrRef));
    uint32_t Count = below(4);
    compressed(Count);
    for (uint32_t I = 0; I != Count; ++I)
      typeSig(Depth + 1);
    return;
  }
  case 8: // function pointer
    byte(0x1B);
    return methodSig();
  case 9: // array of one dimension
    byte(0x1D);
    return typeSig(Depth + 1);
  case 10: // modifier
    byte(oneIn(2) ? 0x1F : 0x20);
    compressed(anyToken(CodedIndexKind::TypeDefOrRef));
    return typeSig(Depth + 1);
  }
}

void Mutator::methodSig() {
  bool IsGeneric = oneIn(6);
  byte(below(6) | (oneIn(2) ? 0x20 : 0) | (IsGeneric ? 0x10 : 0));
  if (IsGeneric)
    compressed(1 + below(3));
  uint32_t Count = below(5);
  compressed(Count);
  for (uint32_t I = 0; I != Count + 1; ++I) // the result is the first
    typeSig(2);
}

void Mutator::newSignature() {
  std::optional<Place> P = anyCell(Column::Blob);
  if (!P)
    return;
  Made.clear();
  switch (P->Table) {
  case TableID::Field:
    byte(0x06);
    typeSig(0);
    break;
  case TableID::MethodDef:
  case TableID::MemberRef:
  case TableID::StandAloneSig:
    methodSig();
    break;
  case TableID::TypeSpec:
    typeSig(0);
    break;
  case TableID::MethodSpec: {
    byte(0x0A);
    uint32_t Count = below(4);
    compressed(Count);
    for (uint32_t I = 0; I != Count; ++I)
      typeSig(1);
    break;
  }
  case TableID::FieldMarshal: {
    byte(below(0x32));
    for (uint32_t I = below(4); I; --I)
      compressed(below(80));
    break;
  }
  case TableID::CustomAttribute:
    return newAttribute();
  default:
    return changeBlob();
  }
  at(*P) = Image.blob(Made);
}

/// Creates arguments of any constructor: numbers and a text, followed by named
/// ones.
void Mutator::newAttribute() {
  std::vector<EditableImage::Row> &Rows = Image.rows(TableID::CustomAttribute);
  if (Rows.empty())
    return;
  auto Text = [&](StringRef S) {
    compressed(S.size());
    Made.append(S.begin(), S.end());
  };
  Made.clear();
  byte(1);
  byte(0);
  switch (below(3)) {
  case 0:
    for (uint32_t I = below(9); I; --I)
      byte(below(4));
    break;
  case 1:
    Text(Names[below(std::size(Names))]);
    break;
  }
  uint32_t Named = below(3);
  byte(Named);
  byte(0);
  for (uint32_t I = 0; I != Named; ++I) {
    byte(0x53 + below(2)); // a field or a property
    byte(oneIn(2) ? 0x0E : 0x08);
    Text("SizeConst");
    Text(Names[below(std::size(Names))]);
  }
  Rows[below(Rows.size())][2] = Image.blob(Made);
}

void Mutator::change() {
  // Most mutations are small, so that their effects can be distinguished.
  for (uint32_t I = oneIn(4) ? 1 + below(8) : 1; I; --I)
    switch (below(12)) {
    default:
      changeCell();
      break;
    case 0:
    case 1:
      addRow();
      break;
    case 2:
      removeRow();
      break;
    case 3:
      swapRows();
      break;
    case 4:
      changeBlob();
      break;
    case 5:
    case 6:
      newSignature();
      break;
    case 7:
      newAttribute();
      break;
    case 8:
      newName();
      break;
    case 9:
      changeBody();
      break;
    }
}

size_t mutateAssembly(uint8_t *Data, size_t Size, size_t MaxSize,
                      unsigned Seed) {
  // Some mutations also break headers.
  if (Seed % 8 == 0)
    return 0;
  std::optional<EditableImage> Image = EditableImage::read(
      StringRef(reinterpret_cast<const char *>(Data), Size), 4096);
  if (!Image)
    return 0;
  Mutator(*Image, Seed).change();
  std::string New = Image->build();
  if (New.size() > MaxSize)
    return 0;
  std::memcpy(Data, New.data(), New.size());
  return New.size();
}

} // namespace ilbridge::fuzz
