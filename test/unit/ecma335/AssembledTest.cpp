//===- AssembledTest.cpp - Reads the output of ilasm and mcs --------------===//
//
// Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tests with features.il and attributes.cs, which Mono's assembler and compiler
// translate.
//
//===----------------------------------------------------------------------===//

#include "Image.h"
#include "Walker.h"
#include "ilbridge/ecma335/Constant.h"
#include "ilbridge/ecma335/CustomAttribute.h"
#include "ilbridge/ecma335/MarshalSpec.h"
#include "ilbridge/ecma335/MethodBody.h"
#include "ilbridge/ecma335/Signature.h"

namespace ilbridge::ecma335::test {
namespace {

class Assembled : public testing::Test {
protected:
  void load(const char *Name) {
    M = good(
        Module::open((llvm::StringRef(TEST_ASSEMBLIES) + "/" + Name).str()));
    ASSERT_TRUE(M);
    Enums.add(*M);
  }
  llvm::StringRef string(StringIndex I) { return good(M->string(I)); }

  TypeDefRid type(llvm::StringRef Name) {
    for (TypeDefRid R : M->rows<TypeDefRow>())
      if (good(fullName(*M, R)) == Name)
        return R;
    ADD_FAILURE() << "no type " << Name.str();
    return {};
  }
  MethodDefRid method(llvm::StringRef Type, llvm::StringRef Name) {
    auto Methods = good(M->methods(type(Type)));
    for (MethodDefRid R : Methods)
      if (string(good(M->row(R)).Name) == Name)
        return R;
    ADD_FAILURE() << "no method " << Name.str();
    return {};
  }
  FieldRid fieldOf(llvm::StringRef Type, llvm::StringRef Name) {
    auto Fields = good(M->fields(type(Type)));
    for (FieldRid R : Fields)
      if (string(good(M->row(R)).Name) == Name)
        return R;
    ADD_FAILURE() << "no field " << Name.str();
    return {};
  }
  std::string signature(MethodDefRid R) {
    return text(good(readMethodSig(*M, good(M->row(R)).Signature, A)));
  }
  std::string signature(FieldRid R) {
    return text(*good(readFieldSig(*M, good(M->row(R)).Signature, A)));
  }
  std::string marshal(Token T) {
    FieldMarshalRid R = M->fieldMarshal(T);
    if (!R)
      return "none";
    return text(good(readMarshalSpec(*M, good(M->row(R)).NativeType)));
  }
  /// Returns the arguments of the only attribute with that name.
  std::string attribute(llvm::StringRef Type, llvm::StringRef Name) {
    for (CustomAttributeRid R : M->customAttributes(type(Type))) {
      auto Row = good(M->row(R));
      auto Constructor = Row.Type.is<MethodDefRow>()
                             ? M->owner(Row.Type.as<MethodDefRow>())
                             : TypeDefRid();
      if (Constructor && good(fullName(*M, Constructor)) == Name)
        return text(good(readCustomAttribute(
            *M, R,
            [&](const EnumReference &E) -> llvm::Expected<ElementType> {
              return Enums.find(*M, E);
            },
            A)));
    }
    ADD_FAILURE() << "no attribute " << Name.str();
    return "";
  }
  ParamRid param(MethodDefRid Method, unsigned Sequence) {
    auto Params = good(M->params(Method));
    for (ParamRid R : Params)
      if (good(M->row(R)).Sequence == Sequence)
        return R;
    return {};
  }

  std::unique_ptr<Module> M;
  EnumTable Enums;
  llvm::BumpPtrAllocator A;
};

TEST_F(Assembled, CanBeWalked) {
  for (const char *Name : {"features.dll", "attributes.dll"}) {
    load(Name);
    WalkCounts Counts = walk(*M, Enums, [](llvm::Error E) {
      ADD_FAILURE() << llvm::toString(std::move(E));
    });
    EXPECT_GT(Counts.Rows, 100u);
    EXPECT_GT(Counts.Signatures, 20u);
    EXPECT_GT(Counts.Instructions, 20u);
  }
}

TEST_F(Assembled, Assembly) {
  load("features.dll");
  auto Row = good(M->row(AssemblyRid(1)));
  EXPECT_EQ(string(Row.Name), "features");
  EXPECT_EQ(string(Row.Culture), "nl");
  EXPECT_EQ(Row.HashAlgId, AssemblyHashAlgorithm::SHA1);
  EXPECT_EQ(Row.MajorVersion, 1);
  EXPECT_EQ(Row.MinorVersion, 2);
  EXPECT_EQ(Row.BuildNumber, 3);
  EXPECT_EQ(Row.RevisionNumber, 4);
  EXPECT_EQ(string(good(M->row(ModuleRid(1))).Name), "features.dll");
  auto Ref = good(M->row(AssemblyRefRid(1)));
  EXPECT_EQ(string(Ref.Name), "mscorlib");
  EXPECT_EQ(good(M->blob(Ref.PublicKeyOrToken)).size(), 8u);
  auto Forwarder = good(M->row(ExportedTypeRid(1)));
  EXPECT_EQ(string(Forwarder.TypeName), "Uri");
  EXPECT_TRUE(has(Forwarder.Flags, TypeAttributes::IsTypeForwarder));
  EXPECT_EQ(Token(Forwarder.Implementation), Token(AssemblyRefRid(1)));
}

TEST_F(Assembled, Types) {
  load("features.dll");
  auto Shape = good(M->row(type("Game.IShape")));
  EXPECT_EQ(field(Shape.Flags, TypeAttributes::ClassSemanticsMask),
            TypeAttributes::Interface);
  EXPECT_FALSE(Shape.Extends);
  auto Vec3 = good(M->row(type("Game.Vec3")));
  EXPECT_EQ(field(Vec3.Flags, TypeAttributes::LayoutMask),
            TypeAttributes::SequentialLayout);
  auto Layout = good(M->row(M->classLayout(type("Game.Vec3"))));
  EXPECT_EQ(Layout.PackingSize, 4);
  EXPECT_EQ(Layout.ClassSize, 16u);
  EXPECT_FALSE(M->classLayout(type("Game.Kind")));
  EXPECT_EQ(good(M->row(M->fieldLayout(fieldOf("Game.Union", "Text")))).Offset,
            4u);
  EXPECT_EQ(marshal(fieldOf("Game.Union", "Text")), "lpwstr");
  EXPECT_EQ(M->enclosingType(type("Game.Outer/Inner/Innermost")),
            type("Game.Outer/Inner"));
  EXPECT_EQ(M->nestedTypes(type("Game.Outer")).size(), 2u);

  TypeDefRid Pair = type("Game.Pair`2");
  auto Params = M->genericParams(Pair);
  ASSERT_EQ(Params.size(), 2u);
  EXPECT_EQ(string(good(M->row(Params[1])).Name), "TSecond");
  EXPECT_TRUE(has(good(M->row(Params[1])).Flags,
                  GenericParamAttributes::NotNullableValueTypeConstraint));
  ASSERT_EQ(M->constraints(Params[0]).size(), 1u);
  EXPECT_EQ(Token(good(M->row(M->constraints(Params[0])[0])).Constraint),
            Token(type("Game.IShape")));
  ASSERT_EQ(M->interfaces(Pair).size(), 1u);
  ASSERT_EQ(M->methodImpls(Pair).size(), 1u);
  EXPECT_EQ(signature(fieldOf("Game.Pair`2", "Second")), "!1");
  EXPECT_EQ(signature(method("Game.Pair`2", "Convert")),
            "!!0 <1> (class " + text(Token(Pair)) + "<!0, !1>, !!0)");
}

TEST_F(Assembled, Members) {
  load("features.dll");
  TypeDefRid Widget = type("Game.Widget");
  auto Properties = good(M->properties(Widget));
  ASSERT_EQ(Properties.size(), 1u);
  EXPECT_EQ(
      text(good(readPropertySig(*M, good(M->row(Properties[0])).Type, A))),
      "instance int32 (int32)");
  EXPECT_EQ(M->semantics(Properties[0]).size(), 2u);
  EXPECT_EQ(M->owner(Properties[0]), Widget);
  auto Events = good(M->events(Widget));
  ASSERT_EQ(Events.size(), 1u);
  EXPECT_EQ(string(good(M->row(Events[0])).Name), "Changed");
  auto Adds = M->semanticsOf(method("Game.Widget", "add_Changed"));
  ASSERT_EQ(Adds.size(), 1u);
  EXPECT_EQ(good(M->row(Adds[0])).Semantics, MethodSemanticsAttributes::AddOn);

  EXPECT_CONTAINS(signature(fieldOf("Game.Widget", "Modified")),
                  "int32 modopt(0x01");
  EXPECT_EQ(signature(fieldOf("Game.Widget", "Matrix")), "int32[0...,0...]");
  EXPECT_EQ(signature(fieldOf("Game.Widget", "Pointer")),
            "method unmanaged cdecl int32 *(int32, float64)");
  EXPECT_EQ(signature(method("Game.Widget", "Variadic")),
            "vararg void (int32)");
}

TEST_F(Assembled, Constants) {
  load("features.dll");
  const std::pair<const char *, const char *> All[] = {
      {"Bool", "bool(true)"},         {"Char", "char(0x20ac)"},
      {"SByte", "int8(-5)"},          {"Byte", "uint8(250)"},
      {"Short", "int16(-300)"},       {"UShort", "uint16(65000)"},
      {"Int", "int32(-70000)"},       {"UInt", "uint32(4000000000)"},
      {"Long", "int64(-5000000000)"}, {"ULong", "uint64(18446744073709551615)"},
      {"Float", "float32(1.5)"},      {"Double", "float64(-0.25)"},
      {"String", "\"text\""},         {"Null", "nullref"}};
  for (auto [Name, Value] : All) {
    ConstantRid R = M->constant(fieldOf("Game.Constants", Name));
    EXPECT_EQ(text(good(readConstant(*M, R))), Value);
  }
  ParamRid Optional = param(method("Game.Widget", "Optional"), 1);
  EXPECT_TRUE(has(good(M->row(Optional)).Flags, ParamAttributes::Optional));
  EXPECT_EQ(text(good(readConstant(*M, M->constant(Optional)))), "int32(42)");
}

TEST_F(Assembled, PInvokes) {
  load("features.dll");
  MethodDefRid Add = method("Game.Native", "Add");
  auto Map = good(M->row(M->implMap(Add)));
  EXPECT_EQ(string(Map.ImportName), "vec3_add");
  EXPECT_EQ(string(good(M->row(Map.ImportScope)).Name), "native.so");
  EXPECT_EQ(field(Map.MappingFlags, PInvokeAttributes::CallConvMask),
            PInvokeAttributes::CallConvCdecl);
  EXPECT_EQ(field(Map.MappingFlags, PInvokeAttributes::CharSetMask),
            PInvokeAttributes::CharSetAnsi);
  EXPECT_TRUE(has(Map.MappingFlags, PInvokeAttributes::NoMangle));
  EXPECT_TRUE(has(Map.MappingFlags, PInvokeAttributes::SupportsLastError));
  EXPECT_TRUE(
      has(good(M->row(Add)).ImplFlags, MethodImplAttributes::PreserveSig));
  EXPECT_EQ(good(readMethodBody(*M, Add)), std::nullopt);

  MethodDefRid Say = method("Game.Native", "Say");
  EXPECT_EQ(marshal(param(Say, 0)), "bool");
  EXPECT_EQ(marshal(param(Say, 1)), "lpwstr");
  EXPECT_EQ(marshal(param(Say, 2)), "int32[3 + 2]");
  EXPECT_EQ(marshal(param(Say, 3)), "none");
  EXPECT_TRUE(has(good(M->row(param(Say, 3))).Flags, ParamAttributes::Out));
  EXPECT_EQ(signature(Say), "bool (string, int32[], int32&)");

  MethodDefRid Internal = method("Game.Native", "Internal");
  EXPECT_TRUE(has(good(M->row(Internal)).ImplFlags,
                  MethodImplAttributes::InternalCall));
  EXPECT_FALSE(M->implMap(Internal));

  FieldRid Data = fieldOf("Game.Native", "Data");
  EXPECT_EQ(good(M->bytesAt(good(M->row(M->fieldRVA(Data))).RVA)).take_front(4),
            llvm::ArrayRef<uint8_t>({1, 2, 3, 4}));
}

TEST_F(Assembled, Bodies) {
  load("features.dll");
  auto Body = good(readMethodBody(*M, method("Game.Widget", "Everything")));
  ASSERT_TRUE(Body);
  EXPECT_EQ(Body->MaxStack, 10);
  EXPECT_TRUE(Body->InitLocals);
  auto Locals = good(M->row(Body->LocalVarSig.as<StandAloneSigRow>()));
  auto Vars = good(readLocalVarSig(*M, Locals.Signature, A));
  ASSERT_EQ(Vars.size(), 4u);
  EXPECT_EQ(text(Vars[1]), "int32&"); // ilasm drops "pinned"
  EXPECT_EQ(text(*Vars[3].Type), "object");

  std::vector<std::string> Found;
  InstructionReader Reader(M->file(), *Body);
  while (!Reader.atEnd()) {
    Instruction I = good(Reader.next());
    if (I.Operand == OperandKind::String)
      Found.push_back(good(M->userString(I.token().rid())).utf8());
    else if (Token T = I.token())
      Found.push_back(mnemonic(I.Op).str() + " " + name(T.table()).str());
  }
  EXPECT_EQ(Found, (std::vector<std::string>{
                       "first \\u20ac", "call MemberRef", "ldtoken TypeDef",
                       "ldtoken Field", "call MethodSpec", "newarr TypeDef",
                       "box TypeSpec", "ldftn MethodDef", "initobj TypeSpec",
                       "more", "call MemberRef", "ldfld Field",
                       "calli StandAloneSig", "ldsfld Field"}));

  auto Clauses = good(readExceptionClauses(M->file(), *Body));
  ASSERT_EQ(Clauses.size(), 1u);
  EXPECT_EQ(Clauses[0].Flags, ExceptionClause::Exception);
  EXPECT_TRUE(Clauses[0].Class.is<TypeRefRow>());
}

TEST_F(Assembled, Attributes) {
  load("attributes.dll");
  auto arguments = [&](const char *Type) {
    return attribute(Type, "EverythingAttribute");
  };
  std::string Small = text(Token(type("Small")));
  std::string Nested = text(Token(type("Outer/Nested")));
  EXPECT_EQ(arguments("None"), "()");
  EXPECT_EQ(arguments("Numbers"),
            "(true, '\\u20ac', -1, 255, -2, 65535, -3, 4294967295, -4, "
            "18446744073709551615, 1.5, -0.25, \"text\")");
  EXPECT_EQ(arguments("Types"), "(typeof(Small), (enum " + Small +
                                    ")255, (enum " + Nested +
                                    ")-1, (object)5)");
  EXPECT_EQ(arguments("NullObject"), "(typeof(Outer+Nested), (enum " + Small +
                                         ")7, (enum " + Nested +
                                         ")2, (object)null)");
  EXPECT_CONTAINS(arguments("BoxedEnum"), "(null, ");
  EXPECT_CONTAINS(arguments("BoxedEnum"), "(object)(enum Small");
  EXPECT_EQ(arguments("Arrays"),
            "(new int[] {1, -2}, new string[] {\"a\", null, \"\"}, new "
            "System.Type[] {typeof(Wide), null}, new enum " +
                Small + "[] {(enum " + Small + ")1, (enum " + Small +
                ")255}, new object[] {(object)1, (object)\"x\", "
                "(object)typeof(Outer), (object)(enum Small)1, "
                "(object)null, (object)new double[] {1.5}})");
  EXPECT_EQ(arguments("NullArrays"),
            "(null, new string[] {}, null, null, null)");
  EXPECT_EQ(arguments("Named"),
            "(Field = 3, Property = \"p\", Boxed = (object)5, Enum = (enum "
            "Small)1, Enums = new enum Wide[] {(enum "
            "Wide)-9223372036854775808, (enum Wide)9223372036854775807}, Type "
            "= typeof(Wide))");
}

TEST_F(Assembled, Marshalling) {
  load("attributes.dll");
  MethodDefRid Call = method("Imports", "Call");
  auto Map = good(M->row(M->implMap(Call)));
  EXPECT_EQ(string(Map.ImportName), "entry");
  EXPECT_EQ(marshal(param(Call, 0)), "int8");
  EXPECT_EQ(marshal(param(Call, 1)), "lpstr");
  EXPECT_CONTAINS(marshal(param(Call, 2)), "+ 2]");
  EXPECT_CONTAINS(marshal(param(Call, 4)), "[8");
  EXPECT_EQ(marshal(param(Call, 5)), "custom (\"Game.Marshaler\", \"cookie\")");
  EXPECT_EQ(marshal(param(Call, 6)), "safearray vt(8)");
  EXPECT_EQ(marshal(param(Call, 7)), "iunknown");
  EXPECT_EQ(marshal(param(Call, 8)), "none");
  EXPECT_EQ(marshal(fieldOf("Buffer", "Name")), "fixed sysstring [16]");
  EXPECT_EQ(marshal(fieldOf("Buffer", "Numbers")), "fixed array [4] int16");
  auto Layout = good(M->row(M->classLayout(type("Buffer"))));
  EXPECT_EQ(Layout.PackingSize, 2);
  EXPECT_EQ(Layout.ClassSize, 64u);
}

} // namespace
} // namespace ilbridge::ecma335::test
