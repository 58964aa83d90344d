#!/usr/bin/env python3
"""Writes an interface whose methods pass the structs of shapes.cs.

usage: make-methods.py shapes.cs

Each shape is passed alone, returned, between small integers, and behind enough
arguments that it does not stay in registers.
"""

import re
import sys

SHAPE = re.compile(r"public (?:unsafe )?struct (\w+)(?: \{|$)", re.MULTILINE)

shapes = SHAPE.findall(open(sys.argv[1], encoding="utf-8").read())
assert "Byte3" in shapes and "AutoLayout" in shapes
shapes += ["Pair<byte, int>", "Pair<string, long>", "Pair<Pair<bool, char>, Float3>"]
scalars = (
    "bool sbyte byte short ushort char int uint long ulong float double System.IntPtr"
    " System.UIntPtr string object int[] Tiny Wide"
).split()

print("namespace Shapes {\n  public interface Calls {")
for number, shape in enumerate(shapes):
    print(f"    void Take{number}({shape} a);")
    print(f"    {shape} Give{number}();")
    print(f"    {shape} Between{number}(sbyte a, {shape} b, ushort c, {shape} d, float e);")
    print(
        f"    {shape} Spilled{number}(long a, long b, long c, long d, long e, long f, long g,"
        f" double h, {shape} i, byte j);"
    )
for number, scalar in enumerate(scalars):
    print(f"    {scalar} Scalar{number}({scalar} a, byte b, {scalar} c);")
print("    void Refs(ref int a, out Float3 b, ref string c);")
print("    unsafe void Pointers(int* a, Float3* b, void** c);")
print("    void Nothing();")
print("  }\n}")
