"""One broken binding for each thing on which two sides can disagree, and the
targets on which it breaks."""

from breaking import LONG, NARROW, WCHAR, WIDE_BOOL, Case
from shapes import BOOL, BYTE, CHAR, DOUBLE, ENUMS, FLOAT, INT32, INTEGERS, SIZE, Field, Ref, Signature, Struct, Text

ALL = frozenset(("x86_64-gcc", "x86_64-clang", "i386", "aarch64", "armhf", "wasm32", "win64"))
LP64 = frozenset(("x86_64-gcc", "x86_64-clang", "aarch64"))
NARROW_TARGETS = frozenset(("i386", "armhf", "wasm32"))
# On these targets, the caller extends small integers in registers, but not structs with one.
# Windows extends only bools.
WIDENING = frozenset(("x86_64-gcc", "x86_64-clang", "armhf", "wasm32"))
INT8, INT16, UINT32, INT64 = INTEGERS[0], INTEGERS[2], INTEGERS[5], INTEGERS[6]


def struct(name, *types, layout="sequential", pack=0, **more):
    return Struct(name, layout, pack, tuple(Field(f"f{i}", each) for i, each in enumerate(types)), **more)


def takes(mine, theirs, how, where, **more):
    return (Signature("", None, (mine,)), Signature("", None, (theirs,)), how, where, more)


def returns(mine, theirs, how, where, **more):
    return (Signature("", mine, ()), Signature("", theirs, ()), how, where, more)


KINDS = (
    takes(INT32, LONG, "long for int", LP64),
    takes(INT64, LONG, "long for long", ALL - LP64),
    returns(INT64, LONG, "result long for long", ALL - LP64),
    takes(UINT32, SIZE, "size_t for uint", LP64 | {"win64"}),
    takes(INTEGERS[7], SIZE, "size_t for ulong", NARROW_TARGETS),
    takes(Ref(CHAR), Ref(WCHAR), "wchar_t for a Unicode char", ALL - {"win64"}),
    takes(Text(NARROW), Ref(CHAR), "char16_t for an Ansi string", ALL, charset="Ansi"),
    takes(Text(CHAR), Ref(WCHAR), "wchar_t for a Unicode string", ALL - {"win64"}),
    takes(Text(CHAR), Ref(NARROW), "char for a Unicode string", ALL),
    takes(Ref(BOOL), Ref(WIDE_BOOL), "a BOOL for a bool of one byte, by address", ALL),
    takes(struct("Bools", WIDE_BOOL, BYTE), struct("Bools", BOOL, BYTE), "bool for a BOOL in a field", ALL),
    takes(Ref(ENUMS[1]), Ref(ENUMS[4]), "enum over int for one over byte", ALL),
    takes(struct("Small", INT32), struct("Large", INT32, INT32), "a larger struct", ALL),
    takes(Ref(struct("Two", INT64, INT64)), Ref(struct("Aligned", INT64, INT64, align=16)), "a further aligned struct", ALL),
    takes(Ref(struct("Natural", BYTE, INT32)), Ref(struct("Packed", BYTE, INT32, pack=1)), "a field's offset", ALL),
    takes(Ref(struct("Eight", INT32, DOUBLE)), Ref(struct("Eight", INT32, DOUBLE)), "the offset of a double", {"i386"}),
    takes(Ref(struct("Floats", INT32, FLOAT)), Ref(struct("Ints", INT32, INT32)), "a field's type", ALL),
    takes(INT32, INT32, "cdecl for StdCall", {"i386"}, convention="StdCall"),
    takes(INT32, INT32, "stdcall for Cdecl", {"i386"}, attribute="__attribute__((stdcall))"),
    takes(INT32, INT32, "stdcall for StdCall", (), convention="StdCall", attribute="__attribute__((stdcall))"),
    # WebAssembly passes a struct with one field as that field, and a union in memory.
    takes(struct("One", INT32), struct("Either", INT32, UINT32, layout="union"), "a union for a struct of one field", {"wasm32"}),
    returns(struct("One", INT32), struct("Either", INT32, UINT32, layout="union"), "a union as the result", {"wasm32"}),
    # On ARM, two floats are passed in two registers, and a union with a double in others.
    takes(
        struct("Pair", FLOAT, FLOAT),
        struct("Vector", struct("Inner", FLOAT, FLOAT), DOUBLE, layout="union"),
        "a union for an HFA",
        {"aarch64", "armhf"},
    ),
    takes(struct("Angle", FLOAT), FLOAT, "a float for a struct of one", {"win64"}),
    # A small struct is returned in registers or in the caller's memory.
    returns(struct("Handle", INT64), INT64, "an integer for a struct of one", {"i386", "armhf"}),
    returns(struct("Angle", FLOAT), FLOAT, "a float for a struct of one, as the result", {"i386", "win64"}),
    takes(struct("SmallBool", BYTE), BOOL, "a bool for a struct of one byte", WIDENING | {"win64"}),
    takes(struct("SmallByte", INT8), INT8, "an sbyte for a struct of one", WIDENING),
    takes(struct("SmallShort", INT16), INT16, "a short for a struct of one", WIDENING),
    takes(BYTE, INT8, "the sign of a byte", {"x86_64-gcc", "x86_64-clang", "i386", "armhf", "wasm32"}),
    returns(INT16, INTEGERS[3], "the sign of a short", {"x86_64-gcc", "x86_64-clang", "i386", "armhf", "wasm32"}),
)


def cases():
    """Returns each case, and the names of the targets on which it breaks."""
    found = []
    for i, (mine, theirs, how, where, more) in enumerate(KINDS):
        name = f"F{i}"
        sides = [Signature(name, each.result, each.params) for each in (mine, theirs)]
        found.append((Case(name, *sides, how, **more), frozenset(where)))
    return found
