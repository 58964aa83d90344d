"""Plants mistakes in a binding and compares what `ilbridge check` says of each.

Usage: mutations.py write FILE.cs | mutations.py verify TARGET FILE.json

The binding of binding.h is a list of groups, each a class with what its imports
need. A mutation is a group with one text replaced by another, and the targets on
which this breaks a call. `write` makes a source with each group and each mutation as
a class of its own. `verify` reads the findings
of `check --target TARGET --format=json` and fails unless exactly the classes
have an error whose mistake matters there.
"""

import json
import re
import sys

# The six targets, grouped by the width of an address.
WIDE = {"linux-x64", "linux-arm64", "windows-x64"}
NARROW = {"android-armv7", "wasm", "windows-x86"}
ALL, NONE = WIDE | NARROW, set()
# The targets on which `long` has 64 bits.
LP64 = {"linux-x64", "linux-arm64"}
# The only target with more than one calling convention.
X86 = {"windows-x86"}

IMPORT = '[DllImport("engine", CallingConvention = CallingConvention.Cdecl)] public static extern'
POINT = "public struct Point { public int X, Y; }"
ITEM = "public struct Item { public byte Kind; public double Weight; public int Count; }"
BUFFER = "public struct Buffer { public IntPtr Memory; public int Length; }"
RECORD = """public struct Record {
  [MarshalAs(UnmanagedType.ByValArray, SizeConst = 32)] public byte[] Name;
  [MarshalAs(UnmanagedType.U1)] public bool IsOpen;
  public int Flags;
}"""
VARIANT = """[StructLayout(LayoutKind.Explicit)] public struct Value {
  [FieldOffset(0)] public float Number;
  [FieldOffset(0)] public uint Bits;
}
public struct Variant { public int Kind; public Value V; }"""
COLOR = "public enum Color { Red, Green, Blue }"
VISITOR = """[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
public delegate int Visitor(IntPtr context, ref Point p, UIntPtr index);"""

GROUPS = {
    "add": f"{IMPORT} int add(int a, int b);",
    # The C# of this compiler has no type that has the width of `long` of C on every target.
    "total": f"{IMPORT} CLONG total(CLONG a);",
    "scale": f"{IMPORT} double scale(int count, double factor);",
    "ratio": f"{IMPORT} float ratio(float a, float b);",
    "length": f"{IMPORT} UIntPtr length(string text);",
    "write_text": f"{IMPORT} int write_text([MarshalAs(UnmanagedType.LPWStr)] string text);",
    "find": f"{ITEM}\n{IMPORT} unsafe Item *find(int index);",
    "show": f"{POINT}\n{IMPORT} void show([In] ref Point p);",
    "title": f"{IMPORT} IntPtr title();",
    "open_item": f"{IMPORT} IntPtr open_item(string path);",
    "fill": f"{IMPORT} void fill(byte[] bytes, UIntPtr count);",
    "mean": f"{IMPORT} double mean(double[] values, int count);",
    "get_size": f"{IMPORT} void get_size(out int width, out int height);",
    "allocate": f"{IMPORT} int allocate(out IntPtr memory);",
    "middle": f"{POINT}\n{IMPORT} Point middle(Point a, Point b);",
    "move_by": f"{POINT}\n{IMPORT} void move_by(ref Point p, int dx);",
    "store": f"{ITEM}\n{IMPORT} void store([In] ref Item i);",
    "read_into": f"{BUFFER}\n{IMPORT} void read_into(ref Buffer b);",
    "keep": f"{RECORD}\n{IMPORT} void keep([In] ref Record r);",
    "send": f"{VARIANT}\n{IMPORT} void send([In] ref Variant v);",
    "is_open": "[return: MarshalAs(UnmanagedType.U1)]\n" + f"{IMPORT} bool is_open(int handle);",
    "set_open": f"{IMPORT} void set_open(int handle, [MarshalAs(UnmanagedType.U1)] bool open);",
    "level": f"{IMPORT} byte level(int handle);",
    "paint": f"{COLOR}\n{IMPORT} void paint(Color c);",
    "each": f"{POINT}\n{VISITOR}\n{IMPORT} int each(Visitor v, IntPtr context);",
}

# Group, text, its replacement, and the targets on which this breaks a call.
MUTATIONS = [
    # Types and widths of values.
    ("add", "int a", "long a", ALL),
    ("add", "int b", "short b", ALL),
    ("add", "int add", "long add", ALL),
    ("add", "int a", "float a", ALL),
    ("scale", "double factor", "float factor", ALL),
    ("ratio", "float ratio", "double ratio", ALL),
    ("ratio", "float b", "int b", ALL),
    ("level", "byte level", "int level", ALL),
    ("level", "byte level", "ushort level", ALL),
    # Widths that depend on the target.
    ("total", "CLONG", "int", LP64),
    ("total", "CLONG", "long", ALL - LP64),
    ("total", "CLONG", "IntPtr", {"windows-x64"}),
    ("length", "UIntPtr", "uint", WIDE),
    ("fill", "UIntPtr", "ulong", NARROW),
    ("fill", "UIntPtr count", "byte[] count", ALL),
    ("fill", "UIntPtr count", "ref int count", ALL),
    ("fill", "UIntPtr count", "string count", ALL),
    ("open_item", "IntPtr", "int", WIDE),
    ("allocate", "out IntPtr", "out int", WIDE),
    ("allocate", "out IntPtr", "out long", NARROW),
    ("read_into", "IntPtr Memory", "int Memory", WIDE),
    ("read_into", "IntPtr Memory", "long Memory", NARROW),
    ("each", "UIntPtr index", "uint index", WIDE),
    # Counts and order.
    ("add", ", int b", "", ALL),
    ("add", "int b", "int b, int c", ALL),
    ("scale", "int count, double factor", "double factor, int count", ALL),
    # On other targets, an int has the width of an address, so the two can be exchanged.
    ("mean", "double[] values, int count", "int count, double[] values", WIDE),
    # Calling conventions.
    ("add", ", CallingConvention = CallingConvention.Cdecl", "", X86),
    ("scale", "CallingConvention.Cdecl", "CallingConvention.StdCall", X86),
    ("each", "[UnmanagedFunctionPointer(CallingConvention.Cdecl)]", "", X86),
    # By reference and by value.
    ("get_size", "out int width", "int width", WIDE),
    ("get_size", "out int width", "out long width", ALL),
    ("get_size", "out int width", "out short width", ALL),
    ("move_by", "ref Point p", "Point p", ALL),
    ("middle", "Point a", "ref Point a", ALL),
    ("mean", "double[] values", "double values", ALL),
    ("mean", "double[] values", "float[] values", ALL),
    # Strings.
    ("length", "string text", "[MarshalAs(UnmanagedType.LPWStr)] string text", ALL),
    ("title", "IntPtr title", "string title", ALL),
    ("write_text", "[MarshalAs(UnmanagedType.LPWStr)] ", "", ALL),
    # Truth values.
    ("is_open", "[return: MarshalAs(UnmanagedType.U1)]", "", ALL),
    ("set_open", "[MarshalAs(UnmanagedType.U1)] ", "", ALL),
    ("keep", "[MarshalAs(UnmanagedType.U1)] ", "", ALL),
    # Enums.
    ("paint", "enum Color", "enum Color : byte", ALL),
    ("paint", "enum Color", "enum Color : long", ALL),
    # Fields.
    ("store", "public int Count;", "", ALL),
    ("store", "public int Count;", "public int Count; public double More, Most;", ALL),
    ("store", "public byte Kind; public double Weight;", "public double Weight; public byte Kind;", ALL),
    ("store", "double Weight", "float Weight", ALL),
    ("store", "public struct Item", "[StructLayout(LayoutKind.Sequential, Pack = 1)] public struct Item", ALL),
    ("middle", "public int X, Y;", "public int X, Y, Z;", ALL),
    ("keep", "SizeConst = 32", "SizeConst = 16", ALL),
    ("send", "[FieldOffset(0)] public uint", "[FieldOffset(4)] public uint", ALL),
    ("find", "double Weight", "long Weight", ALL),
    # Callbacks.
    ("each", "IntPtr context, ref Point p", "ref Point p, IntPtr context, int more", ALL),
    ("each", ", UIntPtr index", "", ALL),
    ("each", "delegate int", "delegate double", ALL),
    ("each", "ref Point p", "Point p", ALL),
    # A binding may declare these differently without an error.
    ("add", "int a", "uint a", NONE),
    ("open_item", "IntPtr", "UIntPtr", NONE),
    ("fill", "byte[] bytes", "IntPtr bytes", NONE),
    ("fill", "UIntPtr count", "IntPtr count", NONE),
    ("mean", "double[] values", "[In] ref double values", NONE),
    ("move_by", "ref Point p", "IntPtr p", NONE),
    ("middle", "public int X, Y;", "public int Left, Top;", NONE),
    ("store", "[In] ref Item i", "ref Item i", NONE),
    ("paint", "Color c", "int c", NONE),
    ("each", "ref Point p", "IntPtr p", NONE),
    ("read_into", "IntPtr Memory", "UIntPtr Memory", NONE),
    ("show", "[In] ref", "ref", NONE),
    ("find", "Item *find", "IntPtr find", NONE),
    ("fill", "void fill(byte[] bytes, UIntPtr count", "unsafe void fill(byte[] bytes, void *count", NONE),
]

# Mistakes that do not break a call, but whose declarations are not fulfilled. Each has the
# diagnostic that reports it as a warning on every target.
WARNINGS = [
    ("show", "[In] ref", "out", "ilbridge-out-to-const"),
    ("paint", "Red, Green, Blue", "Red, Blue, Green", "ilbridge-enumerator-value"),
    ("find", "public int Count;", "", "ilbridge-missing-field"),
]


def write(path):
    text = ["using System;", "using System.Runtime.InteropServices;"]
    for name, group in GROUPS.items():
        if "CLONG" not in group:
            text.append(f"public static class Right_{name} {{\n{group}\n}}")
    for i, (name, old, new, _) in enumerate(MUTATIONS):
        group = GROUPS[name]
        if old not in group:
            raise ValueError(f"mutation {i} changes nothing: '{old}' is not in '{name}'")
        text.append(f"public static class M{i} {{\n{group.replace(old, new)}\n}}")
    for i, (name, old, new, _) in enumerate(WARNINGS):
        if old not in GROUPS[name]:
            raise ValueError(f"warning {i} changes nothing: '{old}' is not in '{name}'")
        text.append(f"public static class W{i} {{\n{GROUPS[name].replace(old, new)}\n}}")
    with open(path, "w") as f:
        f.write("\n".join(text) + "\n")


def classes_with(severity, path):
    """Returns a text for each class with a finding of that severity: its id and its message."""
    with open(path) as f:
        findings = json.load(f)["findings"]
    found = {}
    for finding in findings:
        if finding["severity"] != severity:
            continue
        places = [finding.get("location") or {}]
        places += [note.get("location") or {} for note in finding["notes"]]
        members = [place["member"] for place in places if place.get("member")]
        for member in members or [finding["id"]]:
            found.setdefault(re.split("::|/", member)[0], f"{finding['id']}: {finding['message']}")
    return found


def verify(target, path):
    found = classes_with("error", path)
    warned = classes_with("warning", path)
    wrong = []
    for i, (name, old, new, targets) in enumerate(MUTATIONS):
        message = found.pop(f"M{i}", None)
        what = f"{target}: {name}: '{old}' -> '{new}'"
        if target in targets and not message:
            wrong.append(f"{what}: not found")
        elif target not in targets and message:
            wrong.append(f"{what}: does not matter there: {message}")
    for i, (name, old, new, expected) in enumerate(WARNINGS):
        if not warned.get(f"W{i}", "").startswith(expected + ":"):
            wrong.append(f"{target}: {name}: '{old}' -> '{new}': no warning {expected}")
    wrong += [f"{target}: {where}: {message}" for where, message in found.items()]
    for each in wrong:
        print(each, file=sys.stderr)
    return 1 if wrong else 0


if sys.argv[1] == "write":
    write(sys.argv[2])
else:
    sys.exit(verify(sys.argv[2], sys.argv[3]))
