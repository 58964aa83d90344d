"""Writes a project with many bindings: C++ sources, and C# that imports all functions.

Equal numbers result in equal files on every machine.
"""

import os

# The type of a parameter in C++ and in C#. LeanCLR does not marshal delegates, so a callback is an
# IntPtr.
PARAMETERS = [
    ("int32_t", "int"),
    ("float", "float"),
    ("const char *", "string"),
    ("Vec3", "Vec3"),
    ("int64_t", "long"),
    ("const Transform &", "ref Transform"),
    ("bool", "[MarshalAs(UnmanagedType.U1)] bool"),
    ("uint8_t *", "byte[]"),
    ("Callback", "IntPtr"),
    ("Mode", "Mode"),
    ("double", "double"),
    ("Pair *", "out Pair"),
    ("uint16_t", "ushort"),
    ("const void *", "IntPtr"),
]
RESULTS = [
    ("int32_t", "int"),
    ("void", "void"),
    ("float", "float"),
    ("Vec3", "Vec3"),
    ("bool", "[return: MarshalAs(UnmanagedType.U1)] bool"),
    ("void *", "IntPtr"),
    ("Pair", "Pair"),
    ("uint64_t", "ulong"),
]

CXX_TYPES = """\
#pragma once
#include <stdint.h>

struct Vec3 { float x, y, z; };
struct Pair { int32_t first; double second; };
struct Transform { Vec3 position; Vec3 scale; float rotation[4]; };
enum class Mode : uint8_t { Off, On, Automatic };
typedef int32_t (*Callback)(void *context, int32_t value);
"""

CSHARP_TYPES = """\
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Game {
public struct Vec3 { public float X, Y, Z; }
public struct Pair { public int First; public double Second; }
public unsafe struct Transform { public Vec3 Position, Scale; public fixed float Rotation[4]; }
public enum Mode : byte { Off, On, Automatic }
"""


class Function:
    """A function with up to six parameters, whose signature differs from those of its neighbours."""

    def __init__(self, source, index, number):
        self.name = f"module{source}_function{index}"
        # The digits of a number that differs for functions that are close to each other.
        digits = number * 2654435761 % 2**32
        self.result = RESULTS[digits % len(RESULTS)]
        digits //= len(RESULTS)
        count = digits % 7
        digits //= 7
        self.params = []
        for _ in range(count):
            self.params.append(PARAMETERS[digits % len(PARAMETERS)])
            digits = digits // len(PARAMETERS) + number

    def cxx(self):
        params = ", ".join(f"{ty} p{i}" for i, (ty, _) in enumerate(self.params))
        return f"{self.result[0]} {self.name}({params})"

    def csharp(self, import_attribute):
        params = ", ".join(f"{ty} p{i}" for i, (_, ty) in enumerate(self.params))
        *attribute, result = self.result[1].rsplit(" ", 1)
        return f'{import_attribute}{"".join(attribute)} public static extern {result} {self.name}({params});'


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


def write_project(folder, sources, exports, internal_calls=False):
    """Writes Game.cs, types.h and the C++ sources into a folder. Every second source declares its
    functions in a header. Internal calls are annotated with the method's name, P/Invokes are not.
    Returns the names of the C++ sources."""
    names = []
    csharp = CSHARP_TYPES
    attribute = "[MethodImpl(MethodImplOptions.InternalCall)] " if internal_calls else '[DllImport("game")] '
    write(os.path.join(folder, "types.h"), CXX_TYPES)
    for source in range(sources):
        functions = [Function(source, i, source * exports + i) for i in range(exports)]

        def annotated(function, rest):
            if internal_calls:
                return f'ILBRIDGE_INTERNAL_CALL("Game.Module{source}::{function.name}") {function.cxx()}{rest}\n'
            return f"ILBRIDGE_EXPORT {function.cxx()}{rest}\n"

        def body(function):
            return " {}" if function.result[0] == "void" else " { return {}; }"

        csharp += f"public static unsafe class Module{source} {{\n"
        csharp += "".join(f"  {f.csharp(attribute)}\n" for f in functions) + "}\n"
        include = '#include "types.h"\n#include <ilbridge/export.h>\n'
        if source % 2:
            defined = "".join(annotated(f, body(f)) for f in functions)
            write(os.path.join(folder, f"module{source}.cpp"), include + defined)
        else:
            declared = "".join(annotated(f, ";") for f in functions)
            defined = "".join(f"{f.cxx()}{body(f)}\n" for f in functions)
            write(os.path.join(folder, f"module{source}.h"), "#pragma once\n" + include + declared)
            write(os.path.join(folder, f"module{source}.cpp"), f'#include "module{source}.h"\n' + defined)
        names.append(f"module{source}.cpp")
    write(os.path.join(folder, "Game.cs"), csharp + "}\n")
    return names


# The spelling of C# types in LeanCLR.
REFLECTED = {
    "int": "System.Int32",
    "float": "System.Single",
    "string": "System.String",
    "Vec3": "Game.Vec3",
    "long": "System.Int64",
    "ref Transform": "Game.Transform&",
    "[MarshalAs(UnmanagedType.U1)] bool": "System.Boolean",
    "byte[]": "System.Byte[]",
    "IntPtr": "System.IntPtr",
    "Mode": "Game.Mode",
    "double": "System.Double",
    "out Pair": "Game.Pair&",
    "ushort": "System.UInt16",
}
# The type that a hand-written invoker reads from the slots if it differs from the C++ type, and the
# expression that passes it on. A bool is an int32 on the stack.
READ = {"const char *": "vm::RtString *", "uint8_t *": "vm::RtArray *", "const Transform &": "const Transform *"}
PASSED = {
    "const char *": "toUtf8({}).c_str()",
    "uint8_t *": "vm::Array::get_array_data_start_as<uint8_t>({})",
    "const Transform &": "*{}",
}
WRITTEN = {"bool": "int32_t"}

BY_HAND = """\
#include "by-hand.h"
#include "public/leanclr.hpp"
#include "vm/rt_array.h"
#include "vm/rt_string.h"
{declarations}
namespace leanclr {{
namespace {{
{invokers}
}} // namespace
}} // namespace leanclr

void RegisterNativeMethods() {{
  using namespace leanclr;
{calls}}}
"""


def invoker(function):
    text = f"RtResultVoid {function.name}_invoker(metadata::RtManagedMethodPointer, const metadata::RtMethodInfo *,\n"
    text += "    const interp::RtStackObject *params, interp::RtStackObject *ret) {\n"
    if function.params:
        text += "  size_t offset = 0;\n"
    for i, (ty, _) in enumerate(function.params):
        text += f"  auto p{i} = RuntimeApi::get_argument<{READ.get(ty, ty)}>(params, offset);\n"
    passed = ", ".join(PASSED.get(ty, "{}").format(f"p{i}") for i, (ty, _) in enumerate(function.params))
    result = function.result[0]
    if result == "void":
        text += f"  {function.name}({passed});\n"
    else:
        text += f"  auto result = {function.name}({passed});\n"
        text += f"  RuntimeApi::set_return_value<{WRITTEN.get(result, result)}>(ret, result);\n"
    return text + "  RET_VOID_OK();\n}\n"


def by_hand(sources, exports):
    """Returns a file with hand-written invokers for LeanCLR. It does for the P/Invokes of
    write_project() what the output of ilbridge does."""
    declarations = invokers = calls = ""
    for source in range(sources):
        functions = [Function(source, i, source * exports + i) for i in range(exports)]
        if source % 2:
            declarations += "".join(f"{f.cxx()};\n" for f in functions)
        else:
            declarations += f'#include "module{source}.h"\n'
        for f in functions:
            invokers += invoker(f)
            managed = ",".join(REFLECTED[ty] for _, ty in f.params)
            calls += f'  RuntimeApi::register_pinvoke_func("[Game]Game.Module{source}::{f.name}({managed})",\n'
            calls += f"      reinterpret_cast<vm::PInvokeFunction>({f.name}), {f.name}_invoker);\n"
    return BY_HAND.format(declarations=declarations, invokers=invokers, calls=calls)
