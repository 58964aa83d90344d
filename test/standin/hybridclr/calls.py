#!/usr/bin/env python3
"""Writes a driver's calls of the harness for every row of generated tables.

usage: calls.py [--no-letters] [--type CODE=TYPE]... [--limit N] FILE...

Reads the tables in generated files, and prints for each signature the C++
types that its codes stand for, from a table of its own: not the generator's.
--type says otherwise for one code (documented Arm64: --type S16=ValueTypeSize16).
--limit prints at most so many calls, evenly chosen; the driver must not call
finish() then. --compare FILE prints nothing and fails unless the driver FILE
has the same calls.
"""

import argparse
import re
import sys

TYPES = {
    "v": "void",
    **{f"i{size}": f"int{size * 8}_t" for size in (1, 2, 4, 8)},
    **{f"u{size}": f"uint{size * 8}_t" for size in (1, 2, 4, 8)},
    "r4": "float",
    "r8": "double",
    "i": "intptr_t",
    "u": "uintptr_t",
    "typedbyref": "Il2CppTypedRef",
    "i16": "ValueTypeSize16",
    "sr": "standin::StructRef",
}
for element in "fd":
    for count in "234":
        # Up to 3.4 the runtime says vf3, its documents v3f.
        TYPES[f"v{element}{count}"] = TYPES[f"v{count}{element}"] = f"HtVector{count}{element}"

CARRIERS = {
    "S": "ValueTypeSize",
    "A": "ValueTypeSizeAlign2",
    "B": "ValueTypeSizeAlign4",
    "C": "ValueTypeSizeAlign8",
    "X": "WebGLSpeicalValueType",
    "Y": "WebGLSpeicalValueTypeAlign2",
    "Z": "WebGLSpeicalValueTypeAlign4",
    "W": "WebGLSpeicalValueTypeAlign8",
}

CODE = re.compile(r"typedbyref|sr|v[fd]\d|v\d[fd]|[viursSABCXYZW]\d*")
# {"key", (Il2CppMethodPointer)__kind_rest}
ROW = re.compile(r'\{"([^"]*)",\s*(?:\(Il2CppMethodPointer\)\s*)?__(M2NF|M2N|N2M|ReversePInvokeMethod)_')


def types(signature, overrides):
    """The types of a signature's codes, as a driver spells them."""
    spelled, at = [], 0
    while at != len(signature):
        found = CODE.match(signature, at)
        if not found:
            sys.exit(f"{signature}: unknown code at {signature[at:]}")
        code, at = found.group(), found.end()
        if code in overrides:
            spelled.append(overrides[code])
        elif code in TYPES:
            spelled.append(TYPES[code])
        elif code[0] == "s":
            spelled.append(f"__struct_{code[1:]}__")
        else:
            spelled.append(f"{CARRIERS[code[0]]}<{code[1:]}>")
    return ", ".join(spelled)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--no-letters", action="store_true", help="keys have no convention's letter")
    parser.add_argument("--type", action="append", default=[])
    parser.add_argument("--limit", type=int)
    parser.add_argument("--compare")
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    overrides = dict(each.split("=", 1) for each in options.type)

    # A key and what calls it, in the tables' order; how often for wrappers.
    calls = {}
    for name in options.files:
        with open(name, encoding="utf-8") as file:
            for key, kind in ROW.findall(file.read()):
                function = {"M2NF": "functionPointer", "ReversePInvokeMethod": "reverseWrappers"}
                call = (function.get(kind, "roundTrip"), key)
                calls[call] = calls.get(call, 0) + 1

    lines = []
    for (function, key), count in calls.items():
        signature = key if function == "roundTrip" or options.no_letters else key[1:]
        more = f", {count}" if function == "reverseWrappers" else ""
        lines.append(f'standin::{function}<{types(signature, overrides)}>("{key}"{more});')
    if options.limit and len(lines) > options.limit:
        lines = [lines[i * len(lines) // options.limit] for i in range(options.limit)]

    if options.compare:
        with open(options.compare, encoding="utf-8") as file:
            driver = "".join(file.read().split())
        missing = [line for line in lines if "".join(line.split()) not in driver]
        sys.exit("\n".join(missing) if missing or not lines else 0)
    print("\n".join(lines))


main()
