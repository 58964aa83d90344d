//===- PortablePdb.cpp - Debug information of current compilers -----------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ByteReader.h"
#include "MetadataRoot.h"
#include "ilbridge/ecma335/DebugInfo.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace ilbridge::ecma335 {

using llvm::ArrayRef;
using llvm::Error;
using llvm::Expected;

static constexpr char PdbFormat[] = "Portable PDB v1.0";
static constexpr unsigned FirstTable = 0x30, TableCount = 8;

namespace {

enum class DebugTable : unsigned {
#define TABLE(NUMBER, NAME) NAME = NUMBER - FirstTable,
#define NUMBER(TABLE, NAME, TYPE)
#define HEAP(TABLE, NAME, HEAP)
#define INDEX(TABLE, NAME, TARGET)
#define METADATA(TABLE, NAME, TARGET)
#define PARENT(TABLE, NAME)
#define END_TABLE(TABLE)
#include "ilbridge/ecma335/DebugTables.def"
};

/// The numbers of the columns: Document_Hash is 2.
#define TABLE(NUMBER, NAME) enum NAME##Column : unsigned {
#define NUMBER(TABLE, NAME, TYPE) TABLE##_##NAME,
#define HEAP(TABLE, NAME, HEAP) TABLE##_##NAME,
#define INDEX(TABLE, NAME, TARGET) TABLE##_##NAME,
#define METADATA(TABLE, NAME, TARGET) TABLE##_##NAME,
#define PARENT(TABLE, NAME) TABLE##_##NAME,
#define END_TABLE(TABLE)                                                       \
  }                                                                            \
  ;
#include "ilbridge/ecma335/DebugTables.def"

class PdbReader {
public:
  explicit PdbReader(const FileView &File) : File(File) {}
  Error open(const std::optional<std::array<uint8_t, 20>> &ID);
  Expected<DebugInfo> read();

private:
  struct Layout {
    ArrayRef<uint8_t> Rows;
    uint32_t Count = 0;
    unsigned RowSize = 0;
    llvm::SmallVector<std::pair<uint8_t, uint8_t>, 6> Columns; ///< at, size
  };
  Error readStreamOfPdb(const std::optional<std::array<uint8_t, 20>> &ID);
  Error readTables();
  unsigned indexSize(uint32_t Rows, unsigned TagBits) const {
    return Rows >= 1u << (16 - TagBits) ? 4 : 2;
  }
  unsigned parentSize() const;
  uint32_t count(DebugTable T) const {
    return Layouts[static_cast<unsigned>(T)].Count;
  }
  uint32_t column(DebugTable T, uint32_t Rid, unsigned Column) const;
  ArrayRef<uint8_t> blob(uint32_t Index) const;
  std::string documentName(uint32_t Index) const;
  std::optional<DebugInfo::Point> firstPoint(uint32_t Method) const;
  void readCustomInformation(DebugInfo &Out) const;
  bool isKind(uint32_t Index, ArrayRef<uint8_t> Kind) const;

  const FileView &File;
  MetadataRoot Root;
  std::array<uint32_t, 64> MetadataRows{};
  uint8_t HeapSizes = 0;
  std::array<Layout, TableCount> Layouts;
};

} // namespace

//===----------------------------------------------------------------------===//
// Layout
//===----------------------------------------------------------------------===//

Error PdbReader::open(const std::optional<std::array<uint8_t, 20>> &ID) {
  if (Error E = readMetadataRoot(File, File.Bytes).moveInto(Root))
    return E;
  if (Error E = readStreamOfPdb(ID))
    return E;
  return readTables();
}

Error PdbReader::readStreamOfPdb(
    const std::optional<std::array<uint8_t, 20>> &ID) {
  ByteReader R(Root.Pdb, PdbFormat);
  ArrayRef<uint8_t> Own = R.bytes(20);
  R.read<uint32_t>(); // EntryPoint
  auto Referenced = R.read<uint64_t>();
  for (unsigned Table = 0; Table != 64; ++Table)
    if (Referenced >> Table & 1)
      MetadataRows[Table] = R.read<uint32_t>();
  if (R.failed())
    return R.takeError(File);
  if (ID && Own != ArrayRef<uint8_t>(*ID))
    return File.error(Own.begin(), PdbFormat,
                      "this is the PDB of another build of the assembly");
  return Error::success();
}

/// \returns the size of a HasCustomDebugInformation coded index, in bytes. Its
/// tag has five bits for 27 tables.
unsigned PdbReader::parentSize() const {
  static constexpr TableID Targets[] = {TableID::MethodDef,
                                        TableID::Field,
                                        TableID::TypeRef,
                                        TableID::TypeDef,
                                        TableID::Param,
                                        TableID::InterfaceImpl,
                                        TableID::MemberRef,
                                        TableID::Module,
                                        TableID::DeclSecurity,
                                        TableID::Property,
                                        TableID::Event,
                                        TableID::StandAloneSig,
                                        TableID::ModuleRef,
                                        TableID::TypeSpec,
                                        TableID::Assembly,
                                        TableID::AssemblyRef,
                                        TableID::File,
                                        TableID::ExportedType,
                                        TableID::ManifestResource,
                                        TableID::GenericParam,
                                        TableID::GenericParamConstraint,
                                        TableID::MethodSpec};
  unsigned Size = 2;
  for (TableID T : Targets)
    Size = std::max(Size, indexSize(MetadataRows[static_cast<unsigned>(T)], 5));
  for (DebugTable T :
       {DebugTable::Document, DebugTable::LocalScope, DebugTable::LocalVariable,
        DebugTable::LocalConstant, DebugTable::ImportScope})
    Size = std::max(Size, indexSize(count(T), 5));
  return Size;
}

Error PdbReader::readTables() {
  ByteReader R(Root.Tables, "ECMA-335 II.24.2.6");
  R.read<uint32_t>(); // Reserved
  R.read<uint16_t>(); // MajorVersion, MinorVersion
  HeapSizes = R.byte();
  R.byte(); // Reserved
  auto Valid = R.read<uint64_t>();
  R.read<uint64_t>(); // Sorted
  if (Valid & ((uint64_t(1) << FirstTable) - 1))
    R.fail(Root.Tables.begin(), "a PDB has tables of an assembly");
  for (unsigned Table = FirstTable; Table != 64; ++Table)
    if (Valid >> Table & 1) {
      auto Count = R.read<uint32_t>();
      if (Table < FirstTable + TableCount)
        Layouts[Table - FirstTable].Count = Count;
    }
  if (R.failed())
    return R.takeError(File);

  auto HeapSize = [&](unsigned Bit) { return HeapSizes & Bit ? 4u : 2u; };
  constexpr unsigned String = 1, Guid = 2, Blob = 4;
  auto Add = [](Layout &L, unsigned Size) {
    L.Columns.push_back({L.RowSize, Size});
    L.RowSize += Size;
  };
#define TABLE(NUMBER, NAME)                                                    \
  {                                                                            \
    Layout &L = Layouts[NUMBER - FirstTable];
#define NUMBER(TABLE, NAME, TYPE) Add(L, sizeof(TYPE));
#define HEAP(TABLE, NAME, HEAP) Add(L, HeapSize(HEAP));
#define INDEX(TABLE, NAME, TARGET)                                             \
  Add(L, indexSize(count(DebugTable::TARGET), 0));
#define METADATA(TABLE, NAME, TARGET)                                          \
  Add(L, indexSize(MetadataRows[static_cast<unsigned>(TableID::TARGET)], 0));
#define PARENT(TABLE, NAME) Add(L, parentSize());
#define END_TABLE(TABLE) }
#include "ilbridge/ecma335/DebugTables.def"

  for (Layout &L : Layouts)
    L.Rows = R.bytes(uint64_t(L.Count) * L.RowSize);
  return R.takeError(File);
}

//===----------------------------------------------------------------------===//
// Rows
//===----------------------------------------------------------------------===//

uint32_t PdbReader::column(DebugTable T, uint32_t Rid, unsigned Column) const {
  const Layout &L = Layouts[static_cast<unsigned>(T)];
  assert(Rid && Rid <= L.Count);
  auto [At, Size] = L.Columns[Column];
  ByteReader R(L.Rows.slice(size_t(Rid - 1) * L.RowSize + At, Size), PdbFormat);
  return Size == 4 ? R.read<uint32_t>() : R.read<uint16_t>();
}

/// Returns a blob, or an empty one if the heap does not contain it.
ArrayRef<uint8_t> PdbReader::blob(uint32_t Index) const {
  if (Index >= Root.Blobs.size())
    return {};
  ByteReader R(Root.Blobs.drop_front(Index), PdbFormat);
  return R.bytes(R.compressed());
}

/// The blob consists of a separator and the indices of the parts.
std::string PdbReader::documentName(uint32_t Index) const {
  // There is a limit, because few bytes could make very long names.
  constexpr size_t MaxName = 4096;
  ByteReader R(blob(Index), PdbFormat);
  char Separator = static_cast<char>(R.byte());
  std::string Name;
  for (bool IsFirst = true; !R.atEnd() && Name.size() < MaxName;
       IsFirst = false) {
    if (!IsFirst && Separator)
      Name += Separator;
    Name += llvm::toStringRef(blob(R.compressed())).take_front(MaxName);
  }
  return R.failed() || Name.size() > MaxName ? "" : Name;
}

/// \returns the first sequence point of \p Method that is not hidden; nullopt
/// if none is found.
std::optional<DebugInfo::Point> PdbReader::firstPoint(uint32_t Method) const {
  uint32_t Document = column(DebugTable::MethodDebugInformation, Method,
                             MethodDebugInformation_Document);
  ArrayRef<uint8_t> Points =
      blob(column(DebugTable::MethodDebugInformation, Method,
                  MethodDebugInformation_SequencePoints));
  if (Points.empty())
    return std::nullopt;
  ByteReader R(Points, PdbFormat);
  R.compressed(); // LocalSignature
  if (!Document)
    Document = R.compressed(); // InitialDocument
  // Many methods can share a blob, so the number of steps is limited.
  constexpr unsigned MaxHidden = 64;
  for (unsigned I = 0; I != MaxHidden && !R.atEnd(); ++I) {
    if (R.compressed() == 0 && I) { // an IL offset, or the mark of a document
      Document = R.compressed();
      continue;
    }
    uint32_t Lines = R.compressed();
    int64_t Columns = Lines ? R.compressedSigned() : R.compressed();
    if (Lines == 0 && Columns == 0)
      continue; // a hidden point
    DebugInfo::Point P;
    P.Line = R.compressed();
    P.Column = R.compressed();
    if (R.failed() || !Document || Document > count(DebugTable::Document) ||
        !P.Line || !P.Column)
      return std::nullopt;
    P.Document = Document - 1;
    return P;
  }
  return std::nullopt;
}

/// 932E74BC-DBA9-4478-8D46-0F32A7BAB3D3
static constexpr uint8_t TypeDefinitionDocuments[] = {
    0xBC, 0x74, 0x2E, 0x93, 0xA9, 0xDB, 0x78, 0x44,
    0x8D, 0x46, 0x0F, 0x32, 0xA7, 0xBA, 0xB3, 0xD3};
/// 0E8A571B-6926-466E-B4AD-8AB04611F5FE
static constexpr uint8_t EmbeddedSource[] = {0x1B, 0x57, 0x8A, 0x0E, 0x26, 0x69,
                                             0x6E, 0x46, 0xB4, 0xAD, 0x8A, 0xB0,
                                             0x46, 0x11, 0xF5, 0xFE};

/// Whether the entry of the GUID heap is \p Kind.
bool PdbReader::isKind(uint32_t Index, ArrayRef<uint8_t> Kind) const {
  size_t At = (size_t(Index) - 1) * 16;
  return Index && At + 16 <= Root.Guids.size() &&
         Root.Guids.slice(At, 16) == Kind;
}

void PdbReader::readCustomInformation(DebugInfo &Out) const {
  using enum DebugTable;
  constexpr unsigned TypeDefTag = 3, DocumentTag = 22, TagBits = 5;
  // Rows can share a value. In a real file, each value has few documents.
  constexpr size_t MaxDocuments = 1 << 20;
  size_t SourceBytes = 0;
  for (uint32_t R = 1; R <= count(CustomDebugInformation); ++R) {
    uint32_t Parent =
        column(CustomDebugInformation, R, CustomDebugInformation_Parent);
    uint32_t Kind =
        column(CustomDebugInformation, R, CustomDebugInformation_Kind);
    ArrayRef<uint8_t> Bytes =
        blob(column(CustomDebugInformation, R, CustomDebugInformation_Value));
    uint32_t Rid = Parent >> TagBits;
    switch (Parent & ((1u << TagBits) - 1)) {
    case TypeDefTag:
      if (isKind(Kind, TypeDefinitionDocuments))
        for (ByteReader Value(Bytes, PdbFormat);
             !Value.atEnd() && Out.TypeDocuments.size() != MaxDocuments;)
          if (uint32_t D = Value.compressed(); D && D <= count(Document))
            Out.TypeDocuments.push_back({Rid, D - 1});
      break;
    case DocumentTag:
      if (Rid && Rid <= count(Document) && isKind(Kind, EmbeddedSource) &&
          (SourceBytes += Bytes.size()) <= File.Bytes.size())
        Out.Sources.try_emplace(Rid - 1, Bytes.begin(), Bytes.end());
      break;
    default:
      break;
    }
  }
  llvm::sort(Out.TypeDocuments);
}

Expected<DebugInfo> PdbReader::read() {
  DebugInfo Result;
  // Rows can share a name, so a small file could contain names with very many
  // bytes in total.
  const size_t MaxNames = 4 * File.Bytes.size() + 65536;
  size_t Names = 0;
  for (uint32_t R = 1; R <= count(DebugTable::Document); ++R) {
    Result.Documents.push_back(
        documentName(column(DebugTable::Document, R, Document_Name)));
    if ((Names += Result.Documents.back().size()) > MaxNames)
      return File.error(nullptr, PdbFormat,
                        "the names of documents are too long");
  }
  Result.Methods.resize(1);
  for (uint32_t R = 1; R <= count(DebugTable::MethodDebugInformation); ++R)
    Result.Methods.push_back(firstPoint(R));
  readCustomInformation(Result);
  return Result;
}

Expected<DebugInfo>
readPortablePdb(llvm::MemoryBufferRef Buffer,
                const std::optional<std::array<uint8_t, 20>> &ID) {
  FileView File{Buffer.getBufferIdentifier(),
                llvm::arrayRefFromStringRef(Buffer.getBuffer())};
  PdbReader R(File);
  if (Error E = R.open(ID))
    return E;
  return R.read();
}

} // namespace ilbridge::ecma335
