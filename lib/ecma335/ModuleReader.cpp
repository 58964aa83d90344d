//===- ModuleReader.cpp - From the PE header to the tables ----------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads a file and creates a Module. All checks are done here once, so that
// reading a row later only has to check its number.
//
// The PE headers are read here with LLVM's structs, and not by
// llvm::object::COFFObjectFile. That class also reads the import, debug, TLS
// and load configuration directories, which the CLI does not use. It rejects a
// file if one of them is malformed, as obfuscators leave them, and it follows
// e_lfanew and the load configuration's size without checking that they are
// inside of the file.
//
//===----------------------------------------------------------------------===//

#include "ByteReader.h"
#include "MetadataRoot.h"
#include "ModuleIndexes.h"
#include "Webcil.h"
#include "ilbridge/ecma335/Module.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/BinaryFormat/COFF.h"
#include "llvm/Object/COFF.h"
#include "llvm/Support/MathExtras.h"
#include <concepts>

namespace ilbridge::ecma335 {

using llvm::ArrayRef;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;

class ModuleReader {
public:
  explicit ModuleReader(Module &M) : M(M), File(M.File) {}

  Error read() {
    if (Error E = isPlainPE() ? readPE() : readWebcil())
      return E;
    if (Error E = readCLIHeader())
      return E;
    if (Error E = readStreams())
      return E;
    return readTables();
  }

private:
  /// \returns the T at \p Offset, or null if the file is too short. LLVM's
  /// structs of PE headers have no alignment.
  template <typename T> const T *at(uint64_t Offset) const {
    static_assert(alignof(T) == 1);
    if (Offset > File.Bytes.size() || File.Bytes.size() - Offset < sizeof(T))
      return nullptr;
    return reinterpret_cast<const T *>(File.Bytes.data() + Offset);
  }
  /// An error at \p Offset, which can be beyond the end of the file.
  template <typename T = FormatError>
  Error error(uint64_t Offset, StringRef Section, const llvm::Twine &Rule) {
    return llvm::make_error<T>(File.Name, Offset, Section, Rule);
  }

  bool isPlainPE() const {
    StringRef Bytes = llvm::toStringRef(File.Bytes);
    return Bytes.starts_with("MZ") || !isImage(Bytes);
  }
  Error readPE();
  Error readWebcil();
  Error readSections(uint64_t Offset, unsigned Count);
  Error readCLIHeader();
  Error readStreams();
  Error readTables();

  template <typename T> unsigned columnSize() const;
  unsigned rowIndexSize(TableID Table, unsigned TagBits) const {
    return M.rowCount(Table) >= 1u << (16 - TagBits) ? 4 : 2;
  }
  void addColumn(Module::TableLayout &L, unsigned Size) {
    L.ColumnOffset[L.ColumnCount] = L.RowSize;
    L.ColumnSize[L.ColumnCount++] = Size;
    L.RowSize += Size;
  }

  Module &M;
  const FileView &File;
  const uint8_t *CLIDirectory = nullptr;
  uint32_t CLIHeaderRVA = 0;
  ArrayRef<uint8_t> Tables;
  uint8_t HeapSizes = 0;
};

//===----------------------------------------------------------------------===//
// II.25: the PE file
//===----------------------------------------------------------------------===//

Error ModuleReader::readPE() {
  namespace COFF = llvm::COFF;
  const auto *Dos = at<llvm::object::dos_header>(0);
  if (!Dos || Dos->Magic[0] != 'M' || Dos->Magic[1] != 'Z')
    return error(0, "ECMA-335 II.25.2.1",
                 "not a PE file: it does not start with an MS-DOS header");

  uint64_t Offset = Dos->AddressOfNewExeHeader;
  const auto *Magic = at<char[sizeof(COFF::PEMagic)]>(Offset);
  if (!Magic)
    return error(Offset, "ECMA-335 II.25.2.1", "the PE signature is missing");
  if (memcmp(Magic, COFF::PEMagic, sizeof(COFF::PEMagic)) != 0)
    return error<NoMetadataError>(
        Offset, "ECMA-335 II.25.2.1",
        "the MS-DOS header does not lead to a PE signature");

  Offset += sizeof(COFF::PEMagic);
  const auto *Header = at<llvm::object::coff_file_header>(Offset);
  if (!Header)
    return error(Offset, "ECMA-335 II.25.2.2",
                 "the PE file header is truncated");
  M.Machine = Header->Machine;

  Offset += sizeof(*Header);
  const auto *Optional = at<llvm::object::pe32_header>(Offset);
  const auto *OptionalPlus = at<llvm::object::pe32plus_header>(Offset);
  uint64_t Directories;
  uint32_t DirectoryCount;
  if (OptionalPlus && OptionalPlus->Magic == COFF::PE32Header::PE32_PLUS) {
    M.PE32Plus = true;
    Directories = Offset + sizeof(*OptionalPlus);
    DirectoryCount = OptionalPlus->NumberOfRvaAndSize;
  } else if (Optional && Optional->Magic == COFF::PE32Header::PE32) {
    Directories = Offset + sizeof(*Optional);
    DirectoryCount = Optional->NumberOfRvaAndSize;
  } else {
    return error(Offset, "ECMA-335 II.25.2.3",
                 "the optional header is missing, or neither PE32 nor PE32+");
  }

  if (DirectoryCount > COFF::CLR_RUNTIME_HEADER) {
    uint64_t At = Directories + COFF::CLR_RUNTIME_HEADER *
                                    sizeof(llvm::object::data_directory);
    const auto *Directory = at<llvm::object::data_directory>(At);
    if (!Directory)
      return error(At, "ECMA-335 II.25.2.3.3",
                   "the data directories are truncated");
    CLIDirectory = reinterpret_cast<const uint8_t *>(Directory);
    CLIHeaderRVA = Directory->RelativeVirtualAddress;
  }
  if (DirectoryCount > COFF::DEBUG_DIRECTORY)
    if (const auto *Directory = at<llvm::object::data_directory>(
            Directories +
            COFF::DEBUG_DIRECTORY * sizeof(llvm::object::data_directory))) {
      M.DebugRVA = Directory->RelativeVirtualAddress;
      M.DebugSize = Directory->Size;
    }
  if (!CLIHeaderRVA)
    return error<NoMetadataError>(
        Directories, "ECMA-335 II.25.2.3.3",
        "not a .NET assembly: the data directories have no CLI header");

  return readSections(Offset + Header->SizeOfOptionalHeader,
                      Header->NumberOfSections);
}

Error ModuleReader::readSections(uint64_t Offset, unsigned Count) {
  M.Sections.reserve(std::min<size_t>(Count, 96));
  for (unsigned I = 0; I != Count; ++I) {
    const auto *S = at<llvm::object::coff_section>(Offset);
    if (!S)
      return error(Offset, "ECMA-335 II.25.3",
                   "the section headers are truncated");
    Offset += sizeof(*S);
    // A truncated file still has the beginnings of the sections.
    uint64_t Size = File.Bytes.size();
    uint64_t Begin = std::min<uint64_t>(S->PointerToRawData, Size);
    uint64_t Length = std::min<uint64_t>(S->SizeOfRawData, Size - Begin);
    M.Sections.push_back(
        {S->VirtualAddress, S->VirtualSize, File.Bytes.slice(Begin, Length)});
  }
  llvm::stable_sort(M.Sections,
                    [](const auto &A, const auto &B) { return A.RVA < B.RVA; });
  return Error::success();
}

Error ModuleReader::readWebcil() {
  Expected<WebcilImage> Image = ilbridge::ecma335::readWebcil(File);
  if (!Image)
    return Image.takeError();
  CLIHeaderRVA = Image->CLIHeaderRVA;
  CLIDirectory = Image->CLIDirectory;
  for (const WebcilImage::Section &S : Image->Sections)
    M.Sections.push_back({S.RVA, S.VirtualSize, S.Bytes});
  llvm::stable_sort(M.Sections,
                    [](const auto &A, const auto &B) { return A.RVA < B.RVA; });
  return Error::success();
}

Error ModuleReader::readCLIHeader() {
  auto Bytes = M.bytesAt(CLIHeaderRVA, CLIDirectory);
  if (!Bytes)
    return Bytes.takeError();
  ByteReader R(*Bytes, "ECMA-335 II.25.3.3");
  R.read<uint32_t>(); // Cb
  M.Header.MajorRuntimeVersion = R.read<uint16_t>();
  M.Header.MinorRuntimeVersion = R.read<uint16_t>();
  auto MetadataRVA = R.read<uint32_t>();
  auto MetadataSize = R.read<uint32_t>();
  M.Header.Flags = static_cast<RuntimeFlags>(R.read<uint32_t>());
  M.Header.EntryPointToken = Token(R.read<uint32_t>());
  if (R.failed())
    return R.takeError(File);

  const uint8_t *MetadataDirectory = Bytes->begin() + 8;
  auto Metadata = M.bytesAt(MetadataRVA, MetadataDirectory);
  if (!Metadata)
    return Metadata.takeError();
  if (Metadata->size() < MetadataSize)
    return File.error(MetadataDirectory, "ECMA-335 II.25.3.3",
                      "the metadata is longer than its section");
  M.Header.Metadata = Metadata->take_front(MetadataSize);
  return Error::success();
}

Error ModuleReader::readStreams() {
  Expected<MetadataRoot> Root = readMetadataRoot(File, M.Header.Metadata);
  if (!Root)
    return Root.takeError();
  M.Version = Root->Version;
  M.Uncompressed = Root->IsUncompressed;
  M.Strings = Root->Strings;
  M.UserStrings = Root->UserStrings;
  M.Blobs = Root->Blobs;
  M.Guids = Root->Guids;
  Tables = Root->Tables;
  return Error::success();
}

//===----------------------------------------------------------------------===//
// II.24.2.6: the tables
//===----------------------------------------------------------------------===//

template <typename T> constexpr bool IsRid = false;
template <typename Row> constexpr bool IsRid<Rid<Row>> = true;
template <typename Row> constexpr TableID tableOf(Rid<Row>) {
  return TableOf<Row>;
}

template <typename T> unsigned ModuleReader::columnSize() const {
  if constexpr (std::same_as<T, StringIndex>) {
    return HeapSizes & 1 ? 4 : 2;
  } else if constexpr (std::same_as<T, GuidIndex>) {
    return HeapSizes & 2 ? 4 : 2;
  } else if constexpr (std::same_as<T, BlobIndex>) {
    return HeapSizes & 4 ? 4 : 2;
  } else if constexpr (std::derived_from<T, Token>) {
    unsigned Bits = tagBits(T::Kind);
    unsigned Size = 2;
    for (unsigned Tag = 0; Tag != 1u << Bits; ++Tag)
      if (auto Table = tableOfTag(T::Kind, Tag))
        Size = std::max(Size, rowIndexSize(*Table, Bits));
    return Size;
  } else if constexpr (IsRid<T>) {
    return rowIndexSize(tableOf(T()), 0);
  } else {
    return sizeof(T);
  }
}

Error ModuleReader::readTables() {
  ByteReader R(Tables, "ECMA-335 II.24.2.6");
  R.read<uint32_t>(); // Reserved
  R.byte();           // MajorVersion
  R.byte();           // MinorVersion
  HeapSizes = R.byte();
  R.byte(); // Reserved
  auto Valid = R.read<uint64_t>();
  R.read<uint64_t>(); // Sorted is not trusted; the indexes check the order

  for (unsigned Table = 0; Table != 64; ++Table) {
    if (!(Valid >> Table & 1))
      continue;
    const uint8_t *CountAt = R.position();
    auto Count = R.read<uint32_t>();
    // Tables with higher numbers contain debug information. Their rows follow
    // all others and can be ignored.
    if (Table >= NumTables)
      continue;
    if (Count >= NoSuchRid)
      R.fail(CountAt, "a table has more rows than a token can name");
    M.Layouts[Table].RowCount = Count;
  }
  // Four bytes that the standard does not describe; the runtimes skip
  // them.
  if (HeapSizes & 0x40)
    R.read<uint32_t>();
  if (R.failed())
    return R.takeError(File);

#define TABLE(NUMBER, NAME)                                                    \
  {                                                                            \
    Module::TableLayout &L = M.Layouts[NUMBER];
#define COLUMN(TABLE, NAME, TYPE) addColumn(L, columnSize<TYPE>());
#define END_TABLE(NAME) }
#include "ilbridge/ecma335/Tables.def"

  for (unsigned Table = 0; Table != NumTables; ++Table) {
    Module::TableLayout &L = M.Layouts[Table];
    L.Rows = R.position();
    uint64_t Size = uint64_t(L.RowCount) * L.RowSize;
    if (Size > R.remaining())
      return File.error(L.Rows, "ECMA-335 II.24.2.6",
                        "the stream is too short for the " +
                            llvm::Twine(L.RowCount) + " rows of the table " +
                            name(static_cast<TableID>(Table)));
    R.skip(Size);
  }
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Module
//===----------------------------------------------------------------------===//

Module::Module() = default;
Module::~Module() = default;

Expected<std::unique_ptr<Module>> Module::create(llvm::MemoryBufferRef Buffer) {
  std::unique_ptr<Module> M(new Module);
  M->File.Name = Buffer.getBufferIdentifier();
  M->File.Bytes = llvm::arrayRefFromStringRef(Buffer.getBuffer());
  if (Error E = ModuleReader(*M).read())
    return E;
  M->Indexes = std::make_unique<ModuleIndexes>(*M);
  return M;
}

Expected<std::unique_ptr<Module>>
Module::open(StringRef Path, bool MayChange,
             llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files) {
  auto Buffer = Files->getBufferForFile(Path, /*FileSize=*/-1,
                                        /*RequiresNullTerminator=*/false,
                                        /*IsVolatile=*/MayChange);
  if (!Buffer)
    return llvm::createFileError(Path, Buffer.getError());
  auto M = create(**Buffer);
  if (M)
    (*M)->Owned = std::move(*Buffer);
  return M;
}

} // namespace ilbridge::ecma335
