#!/usr/bin/env python3
"""Writes 60 functions that are registered with LeanCLR by hand, with their invokers.

    make-leanclr.py FOLDER [--mistakes]

Each type has three functions: one that returns its argument, one with arguments around
it, and one without a result. A third of them is registered line by line, a third by a
macro, and a third by a table of names, functions and invokers.

With --mistakes, ten things are wrong; MISTAKES says which.
"""

import os
import sys

FOLDER = sys.argv[1]
HAS_MISTAKES = "--mistakes" in sys.argv

# A name, C# type, C++ type, and the type as which the result is written
TYPES = [
    ("Bool", "bool", "bool", "std::int32_t"),
    ("Char", "char", "char16_t", "std::int32_t"),
    ("SByte", "sbyte", "std::int8_t", "std::int32_t"),
    ("Byte", "byte", "std::uint8_t", "std::int32_t"),
    ("Short", "short", "std::int16_t", "std::int32_t"),
    ("UShort", "ushort", "std::uint16_t", "std::int32_t"),
    ("Int", "int", "std::int32_t", "std::int32_t"),
    ("UInt", "uint", "std::uint32_t", "std::uint32_t"),
    ("Long", "long", "std::int64_t", "std::int64_t"),
    ("ULong", "ulong", "std::uint64_t", "std::uint64_t"),
    ("Float", "float", "float", "float"),
    ("Double", "double", "double", "double"),
    ("Pointer", "IntPtr", "void *", "void *"),
    ("Level", "Level", "Level", "std::int32_t"),
    ("Point", "Point", "Point", "Point"),
    ("Wide", "Wide", "Wide", "Wide"),
    ("Text", "string", "leanclr::vm::RtString *", "leanclr::vm::RtString *"),
    ("Numbers", "int[]", "leanclr::vm::RtArray *", "leanclr::vm::RtArray *"),
    ("Object", "object", "leanclr::vm::RtObject *", "leanclr::vm::RtObject *"),
    ("Address", "UIntPtr", "std::uintptr_t", "std::uintptr_t"),
]

MISTAKES = [
    # 1 a misspelled name
    ('"Game.Calls::EchoInt"', '"Game.Calls::EchoInnt"'),
    # 2 an argument that is read as a different type
    ("auto value = RuntimeApi::get_argument<float>(params, offset); // of EchoFloat",
     "auto value = RuntimeApi::get_argument<std::int32_t>(params, offset);"),
    # 3 arguments in the wrong order
    ("auto before = RuntimeApi::get_argument<std::int32_t>(params, offset); // of MixDouble\n"
     "  auto value = RuntimeApi::get_argument<double>(params, offset); // of MixDouble",
     "auto value = RuntimeApi::get_argument<double>(params, offset);\n"
     "  auto before = RuntimeApi::get_argument<std::int32_t>(params, offset);"),
    # 4 a function that is never registered
    ('  RuntimeApi::register_internal_call_func("Game.Calls::TakeUInt", (Function)&TakeUInt, TakeUIntInvoker);\n', ""),
    # 5 a registration of a method that does not exist
    ("void RegisterGame() {\n", 'void RegisterGame() {\n  RuntimeApi::register_internal_call_func('
     '"Game.Calls::ResetEverything", (Function)&EchoLong, EchoLongInvoker);\n'),
    # 6 a duplicate registration
    ("  REGISTER(EchoPoint);\n", "  REGISTER(EchoPoint);\n  REGISTER(EchoPoint);\n"),
    # 7 a small result that is not extended
    ("set_return_value<std::int32_t>(ret, EchoByte(value));", "set_return_value<std::uint8_t>(ret, EchoByte(value));"),
    # 8 a result that is written before all arguments are read
    ("auto after = RuntimeApi::get_argument<double>(params, offset); // of MixLong\n"
     "  RuntimeApi::set_return_value<std::int64_t>(ret, MixLong(before, value, after));",
     "RuntimeApi::set_return_value<std::int64_t>(ret, 0);\n"
     "  auto after = RuntimeApi::get_argument<double>(params, offset);\n"
     "  MixLong(before, value, after);"),
    # 9 an argument that is not read
    ("  auto other = RuntimeApi::get_argument<Wide>(params, offset); // of TakeWide\n", "  Wide other = {};\n"),
    # 10 half of a number is read
    ("auto value = RuntimeApi::get_argument<std::uint64_t>(params, offset); // of EchoULong",
     "auto value = RuntimeApi::get_argument<std::uint32_t>(params, offset);"),
]

CSHARP = """using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Game {
public enum Level { Low, High }
public struct Point { public float X, Y; }
public struct Wide { public long A; public double B; public int C; }

static class Calls {
"""

CXX = """#include "public/leanclr.hpp"
#include <cstdint>
#include <cstddef>

using namespace leanclr;
using Slot = leanclr::interp::RtStackObject;
using Function = leanclr::vm::InternalCallFunction;
using ManagedPointer = leanclr::metadata::RtManagedMethodPointer;
using Method = leanclr::metadata::RtMethodInfo;

enum class Level : std::int32_t { Low, High };
struct Point { float x, y; };
struct Wide { std::int64_t a; double b; std::int32_t c; };

#define REGISTER(NAME) \\
  RuntimeApi::register_internal_call_func("Game.Calls::" #NAME, (Function)&NAME, NAME##Invoker)

"""


def spaced(cxx):
    return cxx if cxx.endswith("*") else cxx + " "


def invoker(name, arguments, result):
    """Returns an invoker that reads arguments, which are pairs of a type and a name."""
    lines = [f"static RtResultVoid {name}Invoker(ManagedPointer, const Method *, const Slot *params, Slot *{'ret' if result else ''}) {{",
             "  std::size_t offset = 0;"]
    lines += [f"  auto {variable} = RuntimeApi::get_argument<{cxx}>(params, offset); // of {name}"
              for cxx, variable in arguments]
    call = f"{name}({', '.join(variable for _, variable in arguments)})"
    if result:
        call = f"static_cast<{result}>({call})" if name == "EchoLevel" else call
        lines.append(f"  RuntimeApi::set_return_value<{result}>(ret, {call});")
    else:
        lines.append(f"  {call};")
    return lines + ["  RET_VOID_OK();", "}", ""]


def main():
    os.makedirs(FOLDER, exist_ok=True)
    cs, functions, names = [], [], []
    for name, csharp, cxx, written in TYPES:
        attribute = "  [MethodImpl(MethodImplOptions.InternalCall)] internal static extern "
        cs.append(f"{attribute}{csharp} Echo{name}({csharp} value);")
        cs.append(f"{attribute}long Mix{name}(int before, {csharp} value, double after);")
        cs.append(f"{attribute}void Take{name}({csharp} value, {csharp} other);")
        functions.append(f"static {spaced(cxx)}Echo{name}({spaced(cxx)}value) {{ return value; }}")
        functions += invoker("Echo" + name, [(cxx, "value")], written)
        functions.append(f"static std::int64_t Mix{name}(std::int32_t before, {spaced(cxx)}, double after) "
                         "{ return before + static_cast<std::int64_t>(after); }")
        functions += invoker("Mix" + name, [("std::int32_t", "before"), (cxx, "value"), ("double", "after")],
                             "std::int64_t")
        functions.append(f"static void Take{name}({spaced(cxx)}, {spaced(cxx)}) {{}}")
        functions += invoker("Take" + name, [(cxx, "value"), (cxx, "other")], "")
        names += ["Echo" + name, "Mix" + name, "Take" + name]
    rows, macros, lines = [], [], []
    for i, name in enumerate(names):
        if name in ("EchoInt", "TakeUInt") or i % 3 == 0 and "Point" not in name:
            lines.append(f'  RuntimeApi::register_internal_call_func("Game.Calls::{name}", (Function)&{name}, {name}Invoker);')
        elif i % 3 == 1 or "Point" in name:
            macros.append(f"  REGISTER({name});")
        else:
            rows.append(f'    {{"Game.Calls::{name}", (Function)&{name}, {name}Invoker}},')
    table = ["static const struct { const char *name; Function function; leanclr::vm::InternalCallInvoker invoker; }", "Rows[] = {"]
    register = ["void RegisterGame() {"] + lines + macros
    register += ["  for (const auto &row : Rows)",
                 "    RuntimeApi::register_internal_call_func(row.name, row.function, row.invoker);", "}"]
    text = CXX + "\n".join(functions + table + rows + ["};", ""] + register) + "\n"
    if HAS_MISTAKES:
        for right, wrong in MISTAKES:
            assert text.count(right) == 1, (right, text.count(right))
            text = text.replace(right, wrong)
    with open(os.path.join(FOLDER, "game.cpp"), "w", encoding="utf-8") as out:
        out.write(text)
    with open(os.path.join(FOLDER, "Game.cs"), "w", encoding="utf-8") as out:
        out.write(CSHARP + "\n".join(cs) + "\n}\n}\n")


main()
