"""Numbers, bool, char and enums."""

from table import callback, internal, internal_pointer, pinvoke, pointer

ASCII = "only an ASCII character arrives where the whole one is wanted"


def numbers():
    """Every number by value, by reference and as a result."""
    for type, value, cxx in [
            ("sbyte", "-2", "int8_t"), ("byte", "254", "uint8_t"), ("short", "-2", "int16_t"),
            ("ushort", "65534", "uint16_t"), ("int", "-2", "int32_t"),
            ("uint", "4294967294", "uint32_t"),
            ("long", "-2", "int64_t"), ("ulong", "18446744073709551614u", "uint64_t"), ("float", "1.5f", "float"),
            ("double", "1.5", "double")]:
        words = {"type": type, "cxx": cxx, "value": value, "managed": value.rstrip("u")}
        method = "%(type)s M(%(type)s a, ref %(type)s b)" % words
        call = "%(type)s b = %(managed)s; Want(M(%(managed)s, ref b) == 9); Want(b == 7);" % words
        right = ("%(cxx)s M(%(cxx)s a, %(cxx)s *b) {"
                 " want(a == %(value)s); want(*b == %(value)s); *b = 7; return 9; }" % words)
        yield pinvoke(type, method, call, right)
        yield internal(type, method, call, right)
        yield callback(type, "%(type)s D(%(type)s a)" % words,
                       "a => { Want(a == %(managed)s); return a; }" % words,
                       "void M(%(cxx)s (*f)(%(cxx)s)) { want(f(%(value)s) == %(value)s); }" % words)


ROWS = [
    *numbers(),

    # A bool is a Win32 BOOL, unless values are not marshalled.
    pinvoke("bool", "void M(bool a)", "M(true);", "void M(int32_t a) { want(a == 1); }"),
    pinvoke("bool-result", "bool M()", "Want(M() == true);", "int32_t M() { return 1; }"),
    pinvoke("bool-by-reference", "void M(ref bool a)", "bool a = true; M(ref a); Want(!a);",
            "void M(int32_t *a) { want(*a == 1); *a = 0; }"),
    pinvoke("bool-byte", "void M([MarshalAs(UnmanagedType.U1)] ref bool a)", "bool a = true; M(ref a); Want(!a);",
            "void M(bool *a) { want(*a); *a = false; }"),
    pinvoke("bool-pointer", "void M(bool* a)",
            "bool* a = stackalloc bool[2]; a[0] = false; a[1] = true; M(a); Want(a[0]);",
            "void M(bool *a) { want(a[1]); a[0] = true; }"),
    pinvoke("variant-bool-parameter", "void M([MarshalAs(UnmanagedType.VariantBool)] bool a)", "M(true);",
            mono="void M(int16_t a) { want(a == -1); }", rules="VariantBool"),
    pinvoke("word-bool", "void M([MarshalAs(UnmanagedType.U2)] bool a)", "M(true);",
            mono="void M(uint16_t a) { want(a == 1); }",
            refused={"mono": "Mono complains at run time, and aborts if it is a field"}),
    internal("bool", "bool M(bool a, ref bool b, bool c)",
             "bool[] b = {false, true, true, true}; Want(M(true, ref b[0], true)); Want(b[0] && b[1]);",
             "bool M(bool a, bool *b, bool c) { want(a && !*b && c); *b = true; return true; }",
             none="bool M(bool a, int32_t *b, bool c) { want(a && *b == 0 && c); *b = 1; return true; }"),
    internal("bool-marshal-as", "void M([MarshalAs(UnmanagedType.Bool)] ref bool a, ref bool b)",
             "bool[] a = {false, true, true, true}; M(ref a[0], ref a[1]); Want(a[1]);",
             "void M(bool *a, bool *b) { want(!*a); *a = true; want(*b); }",
             none="void M(int32_t *a, bool *b) { want(!*a); *a = 1; want(*b); }"),
    callback("bool", "bool D(bool a)", "a => { Want(a); return a; }",
             "void M(int32_t (*f)(int32_t)) { want(f(1) == 1); }"),
    callback("bool-by-reference", "void D(ref bool a)", "(ref bool a) => { Want(a); a = false; }",
             "void M(void (*f)(int32_t *)) { int32_t A[] = {1, 1}; f(A); want(A[0] == 0 && A[1] == 1); }"),
    *(row("bool", "bool", ["bool", "valuetype Bools&"],
          "Bools b = new Bools { B = true }; Want(Call(true, ref b)); Want(b.A && !b.B);",
          rules="FunctionPointerParameter", cxx="struct Bytes { bool a, b; }; struct Words { int32_t a, b; };",
          **functions)
      for raw in ["void M(bool (**f)(bool, Bytes *)) {"
                  " *f = [](bool a, Bytes *b) { want(a && !b->a && b->b); *b = {true, false}; return true; }; }"]
      for marshalled in ["void M(int32_t (**f)(int32_t, Words *)) {"
                         " *f = [](int32_t a, Words *b) { want(a == 1 && !b->a && b->b == 1); *b = {1, 0};"
                         " return 1; }; }"]
      for row, functions in [(pointer, {"coreclr": marshalled, "none": raw}),
                             (internal_pointer, {"mono": raw, "none": marshalled})]),

    # The runtimes interpret the CharSet of a char in different ways.
    pinvoke("char", "char M(char a)", "Want(M('\\u20ac') == '\\u20ac');",
            mono="char16_t M(char16_t a) { want(a == 0x20ac); return a; }", rules="CharSetOfChar"),
    pinvoke("char-ascii", "void M(char a, char b)", "M('A', 'B');",
            "void M(char a, char b) { want(a == 'A' && b == 'B'); }", refused={"mono": ASCII}, rules="CharSetOfChar"),
    pinvoke("char-unicode", "char M(char a, ref char b)",
            "char b = '\\u20ad'; Want(M('\\u20ac', ref b) == '\\u20ac'); Want(b == 'B');",
            "char16_t M(char16_t a, char16_t *b) { want(a == 0x20ac && *b == 0x20ad); *b = 'B'; return a; }",
            none="char M(char a, char *b) { want(a == '\\xac' && *b == '\\xad'); *b = 'B'; return a; }",
            imports="CharSet = CharSet.Unicode"),
    pinvoke("char-marshal-as", "void M([MarshalAs(UnmanagedType.U2)] char a, [MarshalAs(UnmanagedType.I2)] char b)",
            "M('\\u20ac', '\\u20ad');",
            "void M(char16_t a, char16_t b) { want(a == 0x20ac && b == 0x20ad); }"),
    pinvoke("char-narrow", "void M([MarshalAs(UnmanagedType.U1)] ref char a, char b)",
            "char a = 'A'; M(ref a, 'B'); Want(a == '\\u4243');",
            mono="void M(char16_t *a, char16_t b) { want(*a == 'A' && b == 'B'); *a = 0x4243; }",
            rules="CharSetOfChar"),
    pinvoke("char-by-reference", "void M(ref char a)", "char a = 'A'; M(ref a); Want(a == '\\u20ac');",
            mono="void M(char16_t *a) { want(*a == 'A'); *a = 0x20ac; }", rules="CharSetOfChar"),
    pinvoke("char-ascii-by-reference", "void M(ref char a)", "char a = 'A'; M(ref a); Want(a == 'B');",
            "void M(char *a) { want(*a == 'A'); *a = 'B'; }", refused={"mono": ASCII}, rules="CharSetOfChar"),
    pinvoke("char-pointer", "void M(char* a)",
            "char* a = stackalloc char[2]; a[0] = 'A'; a[1] = '\\u20ac'; M(a); Want(a[0] == '\\u20ad');",
            "void M(char16_t *a) { want(a[0] == 'A' && a[1] == 0x20ac); a[0] = 0x20ad; }",
            none="void M(char *a) { want(a[0] == 'A' && a[1] == '\\xac'); a[0] = '\\xad'; }"),
    internal("char", "char M(char a, ref char b)",
             "char b = '\\u20ad'; Want(M('\\u20ac', ref b) == '\\u20ac'); Want(b == 'B');",
             "char16_t M(char16_t a, char16_t *b) { want(a == 0x20ac && *b == 0x20ad); *b = 'B'; return a; }",
             none="char M(char a, char *b) { want(a == '\\xac' && *b == '\\xad'); *b = 'B'; return a; }"),
    callback("char", "char D(char a)", "a => { Want(a == '\\u20ac'); return a; }",
             mono="void M(char16_t (*f)(char16_t)) { want(f(0x20ac) == 0x20ac); }", rules="CharSetOfChar"),
    callback("char-unicode", "char D(char a)", "a => { Want(a == '\\u20ac'); return a; }",
             "void M(char16_t (*f)(char16_t)) { want(f(0x20ac) == 0x20ac); }",
             none="void M(char (*f)(char)) { want(f('\\xac') == '\\xac'); }",
             types="[UnmanagedFunctionPointer(CallingConvention.Cdecl, CharSet = CharSet.Unicode)]"),
    internal_pointer("char", "char", ["char"], "Want(Call('\\u20ac') == '\\u20ac');",
            mono="void M(char16_t (**f)(char16_t)) { *f = [](char16_t a) { want(a == 0x20ac); return a; }; }",
            rules="CharSetOfChar"),

    # [MarshalAs] on numbers.
    pinvoke("number-own-width", "void M([MarshalAs(UnmanagedType.U4)] int a, [MarshalAs(UnmanagedType.R8)] double b)",
            "M(-2, 1.5);", "void M(int32_t a, double b) { want(a == -2); want(b == 1.5); }"),
    pinvoke("number-other-width", "void M([MarshalAs(UnmanagedType.I8)] int a)", "M(-2);",
            mono="void M(int32_t a) { want(a == -2); }", rules="NumberMarshalAs"),
    pinvoke("number-other-width-field", "void M(S a)", "M(new S { A = -2, B = 3 });",
            mono="void M(S a) { want(a.a == -2); want(a.b == 3); }",
            types="public struct S { [MarshalAs(UnmanagedType.I8)] public int A; public int B; }",
            cxx="struct S { int32_t a, b; };", rules="NumberMarshalAs"),
    pinvoke("number-as-other-kind", "void M([MarshalAs(UnmanagedType.R4)] int a)", "M(-2);",
            mono="void M(int32_t a) { want(a == -2); }", none="void M(float a) { want(a == -2); }",
            rules="NumberMarshalAs"),
    pinvoke("number-element-type",
            "void M([MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.I8)] int[] a)",
            "M(new[] { 1, 2 });", "void M(int32_t *a) { want(a[0] == 1 && a[1] == 2); }",
            none="void M(int64_t *a) { want(a[0] == 1); }"),
    pinvoke("address-as-number",
            "void M([MarshalAs(UnmanagedType.SysInt)] IntPtr a, [MarshalAs(UnmanagedType.SysUInt)] UIntPtr b)",
            "M((IntPtr)(-2), (UIntPtr)3);", "void M(intptr_t a, uintptr_t b) { want(a == -2); want(b == 3); }"),

    # Enums are passed as their underlying numbers.
    pinvoke("enum", "E M(E a, ref E b)", "E b = (E)254; Want(M((E)254, ref b) == (E)253); Want(b == (E)7);",
            "uint8_t M(uint8_t a, uint8_t *b) { want(a == 254 && *b == 254); *b = 7; return 253; }",
            types="public enum E : byte { }"),
    pinvoke("enum-long", "E M(E a)", "Want(M((E)(1L << 40)) == (E)(1L << 41));",
            "int64_t M(int64_t a) { want(a == INT64_C(1) << 40); return INT64_C(1) << 41; }",
            none="int32_t M(int32_t a) { want(a == INT64_C(1) << 40); return 0; }", types="public enum E : long { }"),
    pinvoke("enum-array", "void M(E[] a)", "var a = new[] { (E)1, (E)2 }; M(a); Want(a[1] == (E)3);",
            "void M(int16_t *a) { want(a[0] == 1 && a[1] == 2); a[1] = 3; }",
            none="void M(int32_t *a) { want(a[0] == 1); a[0] |= 3 << 16; }", types="public enum E : short { }"),
    internal("enum", "E M(E a, ref E b)", "E b = (E)(-2); Want(M((E)(-2), ref b) == (E)3); Want(b == (E)7);",
             "int16_t M(int16_t a, int16_t *b) { want(a == -2 && *b == -2); *b = 7; return 3; }",
             types="public enum E : short { }"),
    callback("enum", "E D(E a)", "a => { Want(a == (E)(-2)); return a; }",
             "void M(int16_t (*f)(int16_t)) { want(f(-2) == -2); }", types="public enum E : short { }"),

    # Properties of methods.
    pinvoke("many", "void M(int a, int b, int c, int d, int e, int f, sbyte g, short h, bool i)",
            "M(1, 2, 3, 4, 5, 6, -1, -2, true);",
            "void M(int a, int b, int c, int d, int e, int f, int8_t g, int16_t h, int32_t i)"
            " { want(a == 1 && f == 6); want(g == -1 && h == -2 && i == 1); }"),
    pinvoke("out", "void M(out int a)", "int a; M(out a); Want(a == 5);", "void M(int32_t *a) { *a = 5; }"),
    pinvoke("in", "void M([In] ref int a)", "int a = 5; M(ref a);", "void M(const int32_t *a) { want(*a == 5); }"),
    pinvoke("preserve-sig", "int M(int a)", "Want(M(5) == 42);",
            mono="int32_t M(int32_t a) { want(a == 5); return 42; }",
            coreclr="int32_t M(int32_t a, int32_t *b) { want(a == 5); *b = 42; return 0; }",
            imports="PreserveSig = false", rules="PreserveSig"),
    pinvoke("preserve-sig-bool", "bool M()", "Want(M());",
            mono="int32_t M() { return 1; }", coreclr="int32_t M(int32_t *a) { *a = 1; return 0; }",
            imports="PreserveSig = false", rules="PreserveSig"),
    pinvoke("preserve-sig-void", "void M(int a)", "M(5);", "int32_t M(int32_t a) { want(a == 5); return 0; }",
            imports="PreserveSig = false", rules="PreserveSig",
            refused={"mono": "Mono does not look at the HRESULT"}),
    pinvoke("error", "void M([MarshalAs(UnmanagedType.Error)] int a)", "M(-2);",
            mono="void M(int32_t a) { want(a == -2); }", rules="ErrorNumber"),
    pinvoke("enum-of-its-width", "void M([MarshalAs(UnmanagedType.I2)] E a)", "M((E)(-2));",
            "void M(int16_t a) { want(a == -2); }", types="public enum E : short { }", rules="NumberMarshalAs"),
]
