//===- Module.h - The metadata of one PE file -------------------*- C++ -*-===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   PE file ─▶ CLI header ─▶ metadata root ─▶ streams ─▶ tables ─▶ rows
//   └──────────── checked when a Module is made ────────────────┘   └ on access
//
// All results of a Module are views of the file's bytes. They are valid as long
// as the Module (and, for create(), the buffer). Creating a Module checks that
// the structure fits in the file, but it does not check the contents of rows:
// obfuscators leave rows that no runtime reads, and such a row is an error only
// when it is accessed.
//
// A file may contain anything. This class guarantees that no call reads outside
// of the file. It does not guarantee that the rows are consistent: nesting,
// inheritance and resolution scopes can be circular, two methods can share one
// body, and names can repeat. Runs of members (fields(), methods(), …) are
// disjoint, so iterating over all of them takes linear time.
//
// All const members can be called from several threads at once.
//
//===----------------------------------------------------------------------===//

#ifndef ILBRIDGE_ECMA335_MODULE_H
#define ILBRIDGE_ECMA335_MODULE_H

#include "ilbridge/ecma335/FileView.h"
#include "ilbridge/ecma335/Rows.h"
#include "llvm/ADT/iterator.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <array>
#include <memory>
#include <string>
#include <vector>

namespace ilbridge::ecma335 {

/// A sequence of rows of one table: consecutive rows, or those that a list of
/// rids names.
template <typename Row> class RidRange {
public:
  class iterator : public llvm::iterator_facade_base<
                       iterator, std::random_access_iterator_tag, Rid<Row>,
                       std::ptrdiff_t, const Rid<Row> *, Rid<Row>> {
  public:
    iterator() = default;
    iterator(const uint32_t *List, uint32_t At) : List(List), At(At) {}
    Rid<Row> operator*() const { return Rid<Row>(List ? List[At] : At); }
    bool operator==(const iterator &O) const { return At == O.At; }
    bool operator<(const iterator &O) const { return At < O.At; }
    std::ptrdiff_t operator-(const iterator &O) const {
      return std::ptrdiff_t(At) - std::ptrdiff_t(O.At);
    }
    iterator &operator+=(std::ptrdiff_t N) {
      At += N;
      return *this;
    }
    iterator &operator-=(std::ptrdiff_t N) {
      At -= N;
      return *this;
    }

  private:
    const uint32_t *List = nullptr;
    uint32_t At = 0;
  };

  RidRange() = default;
  /// The rids \p First to \p First + \p Count - 1, or the elements of \p List
  /// with these indices.
  RidRange(uint32_t First, uint32_t Count, const uint32_t *List = nullptr)
      : List(List), First(First), Count(Count) {}

  iterator begin() const { return {List, First}; }
  iterator end() const { return {List, First + Count}; }
  uint32_t size() const { return Count; }
  bool empty() const { return Count == 0; }
  Rid<Row> operator[](uint32_t I) const {
    assert(I < Count);
    return begin()[I];
  }

private:
  const uint32_t *List = nullptr;
  uint32_t First = 1;
  uint32_t Count = 0;
};

/// An entry of the heap #GUID, in the byte order of the file.
struct Guid {
  std::array<uint8_t, 16> Bytes{};
  auto operator<=>(const Guid &) const = default;
};
/// Prints in the form of the Windows registry, in upper case, without braces.
llvm::raw_ostream &operator<<(llvm::raw_ostream &OS, const Guid &G);

/// UTF-16 code units as in the file: little-endian, without alignment.
struct Utf16 {
  llvm::ArrayRef<uint8_t> Bytes;

  size_t size() const { return Bytes.size() / 2; }
  char16_t operator[](size_t I) const {
    return static_cast<char16_t>(Bytes[2 * I] | Bytes[2 * I + 1] << 8);
  }
  /// \returns the text as UTF-8, with U+FFFD for an unpaired surrogate.
  std::string utf8() const;
  bool operator==(const Utf16 &O) const { return Bytes == O.Bytes; }
};

/// The content of the CLI header (II.25.3.3).
struct CLIHeader {
  uint16_t MajorRuntimeVersion;
  uint16_t MinorRuntimeVersion;
  RuntimeFlags Flags;
  Token EntryPointToken; ///< an RVA if Flags has NativeEntryPoint
  llvm::ArrayRef<uint8_t> Metadata;
};

/// The number of bytes that isImage() requires.
inline constexpr size_t MagicSize = 4;
/// Whether a file that begins with \p Magic can be a Module: a PE file, Webcil,
/// or a WebAssembly module, which can contain Webcil.
bool isImage(llvm::StringRef Magic);

class Module {
public:
  /// Maps the file at \p Path and reads its metadata. The file must not be
  /// truncated during the lifetime of the Module, unless \p MayChange is set;
  /// then it is copied. The contents of the file, not its name, determine its
  /// format: a PE file (II.25) or Webcil (.NET, docs/design/mono/webcil.md). It
  /// is an error if the file cannot be read, has another format, has no CLI
  /// header, or has metadata with a layout that violates II.24.
  static llvm::Expected<std::unique_ptr<Module>>
  open(llvm::StringRef Path, bool MayChange = false,
       llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files =
           llvm::vfs::getRealFileSystem());
  /// As open(), for a file in memory, which has to outlive the Module.
  static llvm::Expected<std::unique_ptr<Module>>
  create(llvm::MemoryBufferRef Buffer);
  ~Module();
  Module(const Module &) = delete;
  Module &operator=(const Module &) = delete;

  const FileView &file() const { return File; }
  const CLIHeader &cliHeader() const { return Header; }
  /// The metadata root's version, "v4.0.30319" (II.24.2.1).
  llvm::StringRef metadataVersion() const { return Version; }
  bool isPE32Plus() const { return PE32Plus; }
  /// IMAGE_FILE_MACHINE_*, from the PE file header (II.25.2.2). Webcil has no
  /// such header, and no machine.
  uint16_t machine() const { return Machine; }
  /// Whether the tables are in a #- stream. They can then be unsorted, and
  /// there can be the tables FieldPtr to PropertyPtr, which this class follows.
  bool isUncompressed() const { return Uncompressed; }

  //===--------------------------------------------------------------------===//
  // Rows
  //===--------------------------------------------------------------------===//

  uint32_t rowCount(TableID Table) const {
    return static_cast<unsigned>(Table) < NumTables
               ? Layouts[static_cast<unsigned>(Table)].RowCount
               : 0;
  }
  template <typename Row> uint32_t rowCount() const {
    return rowCount(TableOf<Row>);
  }
  /// All rows of a table: for (MethodDefRid R : M.rows<MethodDefRow>()).
  template <typename Row> RidRange<Row> rows() const {
    return {1, rowCount<Row>()};
  }
  /// Whether the row exists.
  bool contains(Token T) const {
    return T.rid() != 0 && T.rid() <= rowCount(T.table());
  }
  /// Decodes a row. It is an error if there is no such row (II.22), or if one
  /// of its coded indices has a tag without a table (II.24.2.6).
  template <typename Row> llvm::Expected<Row> row(Rid<Row> R) const;
  /// \returns the bytes of a row, for the location of an error: file().error(
  /// M.rowBytes(T).begin(), …). Empty if there is no such row.
  llvm::ArrayRef<uint8_t> rowBytes(Token T) const;

  //===--------------------------------------------------------------------===//
  // Heaps. Index 0 is an empty string, an empty blob, or no GUID.
  //===--------------------------------------------------------------------===//

  /// Returns a string of #Strings (II.24.2.3), which is not checked to be valid
  /// UTF-8. It is an error if the index is outside of the heap, or if no zero
  /// byte ends the string within 64 KiB.
  llvm::Expected<llvm::StringRef> string(StringIndex I) const;
  /// Returns a blob of #Blob without its length (II.24.2.4).
  llvm::Expected<llvm::ArrayRef<uint8_t>> blob(BlobIndex I) const;
  /// \returns the string of an ldstr token, by its rid (II.24.2.4, III.4.16).
  llvm::Expected<Utf16> userString(uint32_t Offset) const;
  /// Returns an entry of #GUID (II.24.2.5); all zeros for index 0.
  llvm::Expected<Guid> guid(GuidIndex I) const;

  //===--------------------------------------------------------------------===//
  // Runs of members, in the order of declaration
  //===--------------------------------------------------------------------===//

  // It is an error if there is no such row, or if its run is outside of the
  // table (II.22.37, II.22.26) or overlaps an earlier one. The rows of a run
  // exist, unless it uses one of the Ptr tables.
  llvm::Expected<RidRange<FieldRow>> fields(TypeDefRid Type) const;
  llvm::Expected<RidRange<MethodDefRow>> methods(TypeDefRid Type) const;
  llvm::Expected<RidRange<ParamRow>> params(MethodDefRid Method) const;
  llvm::Expected<RidRange<PropertyRow>> properties(TypeDefRid Type) const;
  llvm::Expected<RidRange<EventRow>> events(TypeDefRid Type) const;

  // The reverse direction; no row if the member is in no run.
  TypeDefRid owner(FieldRid Field) const;
  TypeDefRid owner(MethodDefRid Method) const;
  MethodDefRid owner(ParamRid Param) const;
  TypeDefRid owner(PropertyRid Property) const;
  TypeDefRid owner(EventRid Event) const;

  //===--------------------------------------------------------------------===//
  // Rows that describe other rows
  //===--------------------------------------------------------------------===//

  // These functions find at most one row: none if the file has none, and the
  // first one if a file violates the rule. They take O(log n). If a table is
  // not sorted as required, the first call builds an index.
  ClassLayoutRid classLayout(TypeDefRid Type) const;
  FieldLayoutRid fieldLayout(FieldRid Field) const;
  FieldRVARid fieldRVA(FieldRid Field) const;
  /// \p Parent is a field or a parameter.
  FieldMarshalRid fieldMarshal(Token Parent) const;
  /// \p Parent is a field, a parameter or a property.
  ConstantRid constant(Token Parent) const;
  /// \p Member is a method. (It may also be a field, but no known compiler uses
  /// that.)
  ImplMapRid implMap(Token Member) const;
  /// The type in which \p Nested is declared.
  TypeDefRid enclosingType(TypeDefRid Nested) const;

  // These functions can find several rows, in the order of their rids.
  RidRange<CustomAttributeRow> customAttributes(Token Parent) const;
  /// \p Parent is a type, a method or the assembly.
  RidRange<DeclSecurityRow> declSecurity(Token Parent) const;
  /// \p Owner is a type or a method. The rows are in the order of their rids,
  /// which should be that of GenericParam.Number, but need not be.
  RidRange<GenericParamRow> genericParams(Token Owner) const;
  RidRange<GenericParamConstraintRow> constraints(GenericParamRid Param) const;
  RidRange<InterfaceImplRow> interfaces(TypeDefRid Type) const;
  RidRange<MethodImplRow> methodImpls(TypeDefRid Type) const;
  /// \p Association is an event or a property.
  RidRange<MethodSemanticsRow> semantics(Token Association) const;
  /// The rows that make \p Method an accessor of a property or an event.
  RidRange<MethodSemanticsRow> semanticsOf(MethodDefRid Method) const;
  /// The rows of NestedClass whose EnclosingClass is \p Enclosing.
  RidRange<NestedClassRow> nestedTypes(TypeDefRid Enclosing) const;

  //===--------------------------------------------------------------------===//
  // Image
  //===--------------------------------------------------------------------===//

  /// \returns the bytes of the file from the address \p RVA to the end of its
  /// section. It is an error if no section contains the address, or if the file
  /// contains none of its bytes. \param NamedAt the position in the file that
  /// contains the address, for the error.
  llvm::Expected<llvm::ArrayRef<uint8_t>>
  bytesAt(uint32_t RVA, const uint8_t *NamedAt = nullptr) const;
  /// The entries of the debug directory, as bytes; empty if there is none.
  llvm::ArrayRef<uint8_t> debugDirectory() const;

private:
  friend class ModuleReader;
  friend class ModuleIndexes;
  struct Section {
    uint32_t RVA;
    uint32_t VirtualSize;
    llvm::ArrayRef<uint8_t> Bytes;
  };
  /// The positions of a table's rows and columns. Sizes are in bytes.
  struct TableLayout {
    const uint8_t *Rows = nullptr;
    uint32_t RowCount = 0;
    uint8_t RowSize = 0;
    uint8_t ColumnCount = 0;
    std::array<uint8_t, 9> ColumnOffset{};
    std::array<uint8_t, 9> ColumnSize{};
  };

  Module();
  uint32_t rawColumn(TableID Table, uint32_t R, unsigned Column) const;
  llvm::Error noSuchRow(Token T) const;
  llvm::Expected<llvm::ArrayRef<uint8_t>>
  sizedEntry(llvm::ArrayRef<uint8_t> Heap, const char *HeapName,
             uint32_t Offset) const;

  std::unique_ptr<llvm::MemoryBuffer> Owned;
  FileView File;
  CLIHeader Header{};
  llvm::StringRef Version;
  uint16_t Machine = 0;
  bool PE32Plus = false;
  bool Uncompressed = false;
  uint32_t DebugRVA = 0;
  uint32_t DebugSize = 0;
  std::vector<Section> Sections;
  llvm::ArrayRef<uint8_t> Strings;
  llvm::ArrayRef<uint8_t> UserStrings;
  llvm::ArrayRef<uint8_t> Blobs;
  llvm::ArrayRef<uint8_t> Guids;
  std::array<TableLayout, NumTables> Layouts;
  std::unique_ptr<class ModuleIndexes> Indexes;
};

} // namespace ilbridge::ecma335

#endif // ILBRIDGE_ECMA335_MODULE_H
