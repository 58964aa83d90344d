//===- ModuleTest.cpp - PE file, metadata root, tables, heaps -------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Image.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/FileSystem.h"

namespace ilbridge::ecma335::test {
namespace {

/// A module with a row that refers to each of the heaps.
ImageBuilder withModule() {
  ImageBuilder B;
  B.row(TableID::Module, {0, B.string("test.dll"), B.guid(0x10), 0, 0});
  return B;
}

void expectModule(const Module &M) {
  ASSERT_EQ(M.rowCount<ModuleRow>(), 1u);
  ModuleRow Row = good(M.row(ModuleRid(1)));
  EXPECT_EQ(good(M.string(Row.Name)), "test.dll");
  EXPECT_EQ(text(good(M.guid(Row.Mvid))),
            "13121110-1514-1716-1819-1A1B1C1D1E1F");
  EXPECT_EQ(good(M.guid(Row.EncId)), Guid());
}

std::string openError(const std::string &Bytes) {
  return bad(Module::create(llvm::MemoryBufferRef(Bytes, "test.dll")));
}

TEST(Module, ReadsPE32) {
  ImageBuilder B = withModule();
  Image I = open(B.build());
  EXPECT_FALSE(I->isPE32Plus());
  EXPECT_EQ(I->machine(), 0x14C);
  EXPECT_EQ(I->metadataVersion(), "v4.0.30319");
  EXPECT_FALSE(I->isUncompressed());
  EXPECT_EQ(I->cliHeader().MajorRuntimeVersion, 2);
  EXPECT_EQ(I->cliHeader().MinorRuntimeVersion, 5);
  EXPECT_TRUE(has(I->cliHeader().Flags, RuntimeFlags::ILONLY));
  EXPECT_EQ(I->cliHeader().EntryPointToken, Token(MethodDefRid(1)));
  expectModule(*I);
}

TEST(Module, ReadsPE32Plus) {
  ImageBuilder B = withModule();
  B.PE32Plus = true;
  Image I = open(B.build());
  EXPECT_TRUE(I->isPE32Plus());
  EXPECT_EQ(I->machine(), 0x8664);
  expectModule(*I);
}

TEST(Module, ReadsWideHeapIndices) {
  for (unsigned Mask = 0; Mask != 8; ++Mask) {
    ImageBuilder B = withModule();
    uint32_t Blob = B.blob({6, 8});
    B.row(TableID::Field, {0x16, B.string("F"), Blob});
    B.WideStrings = Mask & 1;
    B.WideGuids = Mask & 2;
    B.WideBlobs = Mask & 4;
    Image I = open(B.build());
    expectModule(*I);
    FieldRow Row = good(I->row(FieldRid(1)));
    EXPECT_EQ(good(I->string(Row.Name)), "F");
    EXPECT_EQ(good(I->blob(Row.Signature)), llvm::ArrayRef<uint8_t>({6, 8}));
    EXPECT_EQ(field(Row.Flags, FieldAttributes::FieldAccessMask),
              FieldAttributes::Public);
    EXPECT_TRUE(has(Row.Flags, FieldAttributes::Static));
  }
}

TEST(Module, SkipsExtraDataAndUnknownTables) {
  ImageBuilder B = withModule();
  B.ExtraData = true;
  B.UnknownTable = true;
  expectModule(*open(B.build()));
}

// An index into a table of more than 65,535 rows has four bytes; a coded index
// has fewer bits left, and grows earlier.
TEST(Module, ReadsWideRowIndices) {
  for (uint32_t Count : {16383u, 16384u, 65535u, 65536u}) {
    ImageBuilder B = withModule();
    uint32_t Name = B.string("T");
    for (uint32_t R = 0; R != Count; ++R)
      B.row(TableID::TypeDef, {0, Name, 0, 0, 1, 1});
    B.row(TableID::InterfaceImpl, {Count, Count << 2});
    Image I = open(B.build());
    InterfaceImplRow Row = good(I->row(InterfaceImplRid(1)));
    EXPECT_EQ(Row.Class, TypeDefRid(Count));
    EXPECT_EQ(Token(Row.Interface), Token(TypeDefRid(Count)));
  }
}

TEST(Module, ReadsEveryTable) {
  ImageBuilder B;
  unsigned Columns;
#define TABLE(NUMBER, NAME) Columns = 0;
#define COLUMN(TABLE, NAME, TYPE) ++Columns;
#define END_TABLE(NAME)                                                        \
  B.row(TableID::NAME, std::vector<uint32_t>(Columns, 0));                     \
  B.row(TableID::NAME, std::vector<uint32_t>(Columns, 2));
#include "ilbridge/ecma335/Tables.def"
  Image I = open(B.build());
  // 2 is a valid tag of CustomAttributeType; for the other kinds it is a rid of
  // 0 or 1.
#define TABLE(NUMBER, NAME)                                                    \
  EXPECT_EQ(I->rowCount<NAME##Row>(), 2u);                                     \
  EXPECT_EQ(rids(I->rows<NAME##Row>()), (std::vector<uint32_t>{1, 2}));        \
  if (TableID::NAME != TableID::CustomAttribute)                               \
    good(I->row(NAME##Rid(1)));                                                \
  good(I->row(NAME##Rid(2)));                                                  \
  EXPECT_CONTAINS(bad(I->row(NAME##Rid(3))),                                   \
                  "the table " #NAME " has no row 3; it has 2 rows");
#include "ilbridge/ecma335/Tables.def"
}

TEST(Module, OpensAFile) {
  llvm::SmallString<64> Path;
  int Descriptor;
  ASSERT_FALSE(
      llvm::sys::fs::createTemporaryFile("ecma335", "dll", Descriptor, Path));
  {
    llvm::raw_fd_ostream OS(Descriptor, /*shouldClose=*/true);
    OS << withModule().build();
  }
  auto M = good(Module::open(Path));
  ASSERT_TRUE(M);
  expectModule(*M);
  EXPECT_EQ(M->file().Name, Path);
  llvm::sys::fs::remove(Path);
  EXPECT_CONTAINS(bad(Module::open(Path)), Path);
}

//===----------------------------------------------------------------------===//
// Missing structures
//===----------------------------------------------------------------------===//

TEST(Module, RefusesWhatIsNoAssembly) {
  EXPECT_EQ(openError(""), "test.dll: at byte 0 (0x0): not a PE file: it "
                           "does not start with an MS-DOS header (ECMA-335 "
                           "II.25.2.1)");
  EXPECT_CONTAINS(openError(std::string(1000, 'x')), "not a PE file");
  std::string Bytes = withModule().build();
  // e_lfanew is far beyond the end of the file, where COFFObjectFile would
  // read.
  patch(Bytes, 0x3C, {0xFF, 0xFF, 0xFF, 0x7F});
  EXPECT_CONTAINS(openError(Bytes), "at byte 2147483647 (0x7fffffff): the "
                                    "PE signature is missing");
  Bytes = withModule().build();
  patch(Bytes, 0x3C, {0x00});
  EXPECT_CONTAINS(openError(Bytes), "at byte 0 (0x0): the MS-DOS header does "
                                    "not lead to a PE signature");
  Bytes = withModule().build();
  patch(Bytes, 0x98, {0x07, 0x01});
  EXPECT_CONTAINS(openError(Bytes), "neither PE32 nor PE32+");
  Bytes = withModule().build();
  patch(Bytes, 0x98 + 96 + 14 * 8, {0, 0, 0, 0});
  EXPECT_CONTAINS(openError(Bytes), "not a .NET assembly");
  Bytes = withModule().build();
  patch(Bytes, 0x98 + 92, {14}); // the directory is one too far
  EXPECT_CONTAINS(openError(Bytes), "not a .NET assembly");
  Bytes = withModule().build();
  patch(Bytes, 0x98 + 96 + 14 * 8, {0, 0, 0, 0x70});
  EXPECT_CONTAINS(openError(Bytes), "no section has the address 0x70000000");
}

// COFFObjectFile rejects a file for these directories, but the CLI does not
// read them.
TEST(Module, IgnoresOtherDirectories) {
  for (unsigned Directory : {0, 1, 5, 6, 9, 10, 13}) {
    std::string Bytes = withModule().build();
    patch(Bytes, 0x98 + 96 + Directory * 8,
          {0xFF, 0xFF, 0xFF, 0x7F, 0x03, 0, 0, 0});
    expectModule(*open(Bytes));
  }
}

TEST(Module, RefusesABrokenRoot) {
  ImageBuilder B = withModule();
  std::string Bytes = B.build();
  size_t Root = B.metadataOffset();
  patch(Bytes, Root, {'X'});
  EXPECT_CONTAINS(openError(Bytes), "does not start with BSJB (ECMA-335 "
                                    "II.24.2.1)");
  Bytes = B.build();
  patch(Bytes, Root + 12, {0xFF, 0xFF, 0xFF, 0xFF}); // the version's length
  EXPECT_CONTAINS(openError(Bytes), "unexpected end of the data");
  Bytes = B.build();
  patch(Bytes, Root + 36, {0xFF, 0xFF, 0xFF, 0x7F}); // the first stream's size
  EXPECT_CONTAINS(openError(Bytes),
                  "the stream #~ is not inside of the metadata");
  Bytes = B.build();
  patch(Bytes, Root + 40, {'x'}); // its name
  EXPECT_CONTAINS(openError(Bytes),
                  "the metadata has neither a stream #~ nor #-");
  Bytes = B.build();
  patch(Bytes, Root + 30, {0xFF, 0xFF}); // the number of streams
  openError(Bytes);
}

TEST(Module, RefusesTablesThatDoNotFit) {
  ImageBuilder B = withModule();
  std::string Bytes = B.build();
  size_t RowCount = B.streamOffset("#~") + 24;
  patch(Bytes, RowCount, {0, 1});
  EXPECT_CONTAINS(openError(Bytes),
                  "the stream is too short for the 256 rows of the table "
                  "Module (ECMA-335 II.24.2.6)");
  patch(Bytes, RowCount, {0xFF, 0xFF, 0xFF, 0xFF});
  EXPECT_CONTAINS(openError(Bytes), "more rows than a token can name");
}

TEST(Module, TheLastOfTwoStreamsCounts) {
  ImageBuilder B = withModule();
  std::string Bytes = B.build();
  // The stream #US, a single byte, becomes a second one with tables.
  size_t At = Bytes.find(llvm::StringRef("#US\0", 4).str());
  patch(Bytes, At, {'#', '-', 0, 0});
  EXPECT_CONTAINS(openError(Bytes), "II.24.2.6");
}

//===----------------------------------------------------------------------===//
// Missing rows and heaps
//===----------------------------------------------------------------------===//

TEST(Module, FindsBadRowsOnAccess) {
  ImageBuilder B = withModule();
  B.row(TableID::TypeDef, {0, 0x7FFF, 0, 3, 1, 1});
  B.row(TableID::TypeDef, {0, 0, 0, 4, 1, 1});
  Image I = open(B.build());
  EXPECT_EQ(bad(I->row(TypeDefRid(1))),
            "test.dll: at byte " +
                std::to_string(B.rowOffset(TableID::TypeDef, 1) + 8) + " (0x" +
                llvm::utohexstr(B.rowOffset(TableID::TypeDef, 1) + 8, true) +
                "): the tag of a coded index is invalid (ECMA-335 "
                "II.24.2.6)");
  TypeDefRow Row = good(I->row(TypeDefRid(2)));
  EXPECT_EQ(text(Row.Extends), "0x02000001");
  EXPECT_CONTAINS(bad(I->row(TypeDefRid(0))), "has no row 0");
  EXPECT_CONTAINS(bad(I->row(TypeDefRid(0xFFFFFFFF))), "the table TypeDef");
  EXPECT_EQ(I->rowBytes(TypeDefRid(2)).begin() -
                reinterpret_cast<const uint8_t *>(I.Bytes.data()),
            B.rowOffset(TableID::TypeDef, 2));
  EXPECT_EQ(I->rowBytes(TypeDefRid(2)).size(), 14u);
  EXPECT_TRUE(I->rowBytes(TypeDefRid(3)).empty());
  EXPECT_TRUE(I->contains(Token(0x02000002)));
  EXPECT_FALSE(I->contains(Token(0x02000003)));
  EXPECT_FALSE(I->contains(Token(0x02000000)));
  EXPECT_FALSE(I->contains(Token(0x70000001)));
}

TEST(Module, ChecksStrings) {
  ImageBuilder B = withModule();
  uint32_t Long = B.string(std::string(0xFFFF, 'l'));
  uint32_t TooLong = B.string(std::string(0x10000, 'l'));
  Image I = open(B.build());
  EXPECT_EQ(good(I->string(StringIndex(0))), "");
  EXPECT_EQ(good(I->string(StringIndex(6))), "dll");
  EXPECT_EQ(good(I->string(StringIndex(Long))).size(), 0xFFFFu);
  EXPECT_CONTAINS(bad(I->string(StringIndex(TooLong))),
                  "not terminated within 64 KiB");
  EXPECT_CONTAINS(
      bad(I->string(StringIndex(0xFFFFFFFF))),
      "the offset 4294967295 is beyond the end of the heap #Strings");
}

TEST(Module, ChecksBlobs) {
  ImageBuilder B = withModule();
  uint32_t Short = B.blob(std::vector<uint8_t>(0x7F, 1));
  uint32_t Middle = B.blob(std::vector<uint8_t>(0x3FFF, 2));
  uint32_t Long = B.blob(std::vector<uint8_t>(0x4000, 3));
  uint32_t Last = B.blob({0xFF});
  Image I = open(B.build());
  EXPECT_TRUE(good(I->blob(BlobIndex(0))).empty());
  EXPECT_EQ(good(I->blob(BlobIndex(Short))).size(), 0x7Fu);
  EXPECT_EQ(good(I->blob(BlobIndex(Middle))).size(), 0x3FFFu);
  EXPECT_EQ(good(I->blob(BlobIndex(Long))).size(), 0x4000u);
  EXPECT_CONTAINS(bad(I->blob(BlobIndex(Last + 1))),
                  "invalid first byte of a compressed integer");
  EXPECT_CONTAINS(bad(I->blob(BlobIndex(Last + 2))),
                  "the offset " + std::to_string(Last + 2) +
                      " is beyond the end of the heap #Blob");
}

TEST(Module, ChecksUserStrings) {
  ImageBuilder B = withModule();
  uint32_t Text = B.userString(u"a\u20ac\U0001F600");
  uint32_t Lone = B.userString(u"\xD800x\xDC00");
  Image I = open(B.build());
  EXPECT_EQ(good(I->userString(0)).size(), 0u);
  Utf16 S = good(I->userString(Text));
  EXPECT_EQ(S.size(), 4u);
  EXPECT_EQ(S[1], u'\u20ac');
  EXPECT_EQ(S.utf8(), "a\xE2\x82\xAC\xF0\x9F\x98\x80");
  EXPECT_EQ(good(I->userString(Lone)).utf8(), "\xEF\xBF\xBDx\xEF\xBF\xBD");
  EXPECT_CONTAINS(bad(I->userString(0xFFFFFF)), "of the heap #US");
  // The length is present, but not the byte after the text.
  std::string Bytes = B.build();
  patch(Bytes, B.streamOffset("#US") + Text, {8});
  EXPECT_CONTAINS(bad(open(Bytes)->userString(Text)),
                  "size of a user string is even");
}

TEST(Module, ChecksGuids) {
  ImageBuilder B = withModule();
  Image I = open(B.build());
  EXPECT_CONTAINS(bad(I->guid(GuidIndex(2))),
                  "there is no entry 2 in the heap #GUID (ECMA-335 II.24.2.5)");
  bad(I->guid(GuidIndex(0xFFFFFFFF)));
}

TEST(Module, FindsBytesByAddress) {
  ImageBuilder B = withModule();
  uint32_t At = B.bytes({1, 2, 3});
  std::string Bytes = B.build();
  Image I = open(Bytes);
  EXPECT_EQ(good(I->bytesAt(At)).take_front(3),
            llvm::ArrayRef<uint8_t>({1, 2, 3}));
  bad(I->bytesAt(0));
  bad(I->bytesAt(ImageBuilder::SectionRVA - 1));
  bad(I->bytesAt(0xFFFFFFFF));
  // A section that is longer in memory than in the file ends with zeros that
  // the file does not contain.
  size_t SectionHeader = 0x98 + 96 + 16 * 8;
  patch(Bytes, SectionHeader + 8, {0, 0, 0, 1});
  I = open(Bytes);
  EXPECT_CONTAINS(bad(I->bytesAt(0x00100000)), "are not in the file");
}

TEST(Module, ReadsNumberedTokens) {
  EXPECT_EQ(text(Token(MethodDefRid(0x12))), "0x06000012");
  EXPECT_EQ(text(MethodDefRid(0x12)), "0x06000012");
  EXPECT_EQ(Token(0x0A000003).table(), TableID::MemberRef);
  EXPECT_EQ(Token(0x0A000003).rid(), 3u);
  EXPECT_FALSE(Token(0x0A000000));
  EXPECT_TRUE(Token(0x0A000003).is<MemberRefRow>());
  // A rid that does not fit into a token becomes one that belongs to no row.
  EXPECT_EQ(Token(FieldRid(0x12345678)).raw(), 0x04FFFFFFu);
  EXPECT_EQ(name(TableID::GenericParamConstraint), "GenericParamConstraint");
  EXPECT_EQ(name(TableID(0x77)), "(no table)");
}

// IL can contain any token, and a column any rid.
TEST(Module, AnyTokenCanBeAKey) {
  llvm::DenseSet<Token> Tokens;
  llvm::DenseSet<FieldRid> Rids;
  const uint32_t All[] = {0,          1,          0x00FFFFFF, 0x7FFFFFFF,
                          0xFEFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF};
  for (uint32_t Raw : All) {
    Tokens.insert(Token(Raw));
    Rids.insert(FieldRid(Raw));
  }
  for (uint32_t Raw : All) {
    EXPECT_TRUE(Tokens.contains(Token(Raw)));
    EXPECT_TRUE(Rids.contains(FieldRid(Raw)));
  }
}

TEST(CodedIndex, DecodesAndEncodes) {
#define TARGET(KIND, TAG, TABLE)                                               \
  {                                                                            \
    Token T(TableID::TABLE, 0x123);                                            \
    auto Coded = encode(CodedIndexKind::KIND, T);                              \
    ASSERT_TRUE(Coded);                                                        \
    EXPECT_EQ(*Coded, 0x123u << tagBits(CodedIndexKind::KIND) | TAG);          \
    EXPECT_EQ(decode(CodedIndexKind::KIND, *Coded), T);                        \
  }
#include "ilbridge/ecma335/CodedIndices.def"
  EXPECT_FALSE(decode(CodedIndexKind::TypeDefOrRef, 3));
  EXPECT_FALSE(decode(CodedIndexKind::CustomAttributeType, 4));
  EXPECT_FALSE(decode(CodedIndexKind::HasCustomAttribute, 22));
  EXPECT_FALSE(encode(CodedIndexKind::TypeDefOrRef, Token(FieldRid(1))));
  // 31 bits of a rid do not fit into a token.
  EXPECT_EQ(decode(CodedIndexKind::HasSemantics, 0xFFFFFFFF),
            Token(TableID::Property, NoSuchRid));
}

} // namespace
} // namespace ilbridge::ecma335::test
