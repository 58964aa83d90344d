"""Compares the tokens of classic bridge tables with a table of expectations.

    tokens.py TABLE FOLDER

Each line of TABLE is C#, then one column for each family, between bars:

    struct Name { fields }   | arm64 | universal32 | universal64 | webgl32 | documented arm64 | documented universal64
    = type                   | …

The first form declares a struct and asks for its token; the second asks for
that of a type. A column is "token", or "parameter/result" where the two
differ; '-' is the column before it, and the dialects agree where the last two
columns are missing. Lines without bars are C# that others need.

Every type becomes a method of its own, which takes and returns it. What tells
their rows apart is a number, written with eight parameters of type sbyte (0)
or byte (1) between two of type short.
"""

import re
import subprocess
import sys

COLUMNS = [
    ("arm64", "Arm64", "3.4"),
    ("universal32", "Universal32", "3.4"),
    ("universal64", "Universal64", "3.4"),
    ("webgl32", "WebGL32", "3.4"),
    ("arm64", "Arm64", "documented"),
    ("universal64", "Universal64", "documented"),
]
# Dialects without a column of their own use the tokens of these columns.
SAME = [("universal32", "Universal32", 1), ("webgl32", "WebGL32", 3)]


class Case:
    def __init__(self, text, columns):
        self.text = text
        self.columns = columns
        if text.startswith("="):
            self.type = text[1:].strip()
        else:
            self.type = re.search(r"\bstruct (\w+)", text).group(1)
        # These types cannot be returned.
        self.has_result = not self.type.startswith(("ref ", "TypedReference"))


def read(path):
    declarations, cases = [], []
    for line in open(path, encoding="utf-8"):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        text, *columns = [part.strip() for part in line.split("|")]
        if not text.startswith("="):
            if columns:
                text = re.sub(r"\b(unsafe )?struct\b", r"public \g<0>", text, count=1)
            declarations.append(text)
        if not columns:
            continue
        for i, column in enumerate(columns):
            if column == "-":
                columns[i] = columns[i - 1]
        if len(columns) == 4:
            columns += [columns[0], columns[2]]
        if len(columns) != 6:
            sys.exit(f"{path}: {line}: expected 4 or 6 columns")
        cases.append(Case(text, columns))
    return declarations, cases


def source(declarations, cases):
    lines = [
        "using System;",
        "using System.Collections.Generic;",
        "using System.Runtime.InteropServices;",
        *declarations,
        "public static unsafe class Cases {",
    ]
    for number, case in enumerate(cases):
        tag = ["short a"]
        tag += [
            f"{'byte' if number >> bit & 1 else 'sbyte'} b{bit}" for bit in range(8)
        ]
        tag += ["short c", f"{case.type} value"]
        result, body = (case.type, "return value;") if case.has_result else ("void", "")
        lines.append(f"  public static {result} M{number}({', '.join(tag)}) {{ {body} }}")
    return "\n".join(lines + ["}"]) + "\n"


ROW = re.compile(r'^    \{"(.*?)i2((?:[iu]1){8})i2(.*)", __M2N_', re.MULTILINE)


def tokens(folder, abi, name, dialect):
    """Returns the tokens of each case: (for the parameter, for the result)."""
    subprocess.run(
        ["ilbridge", "generate", "--no-config", "--backend", "hybridclr"]
        + ["--aot", f"{folder}/Cases.dll", "--reference", "/usr/lib/mono/4.5"]
        + ["--abi", abi, "--dialect", dialect, "-o", f"{folder}/{dialect}"],
        check=True,
    )
    text = open(f"{folder}/{dialect}/MethodBridge_{name}.cpp", encoding="utf-8").read()
    found = {}
    for result, tag, parameter in ROW.findall(text):
        number = sum((tag[2 * bit] == "u") << bit for bit in range(8))
        found[number] = (parameter, result)
    return found


def main():
    table, folder = sys.argv[1:]
    declarations, cases = read(table)
    assert len(cases) < 256, "a number has eight digits"
    with open(f"{folder}/Cases.cs", "w", encoding="utf-8") as out:
        out.write(source(declarations, cases))
    subprocess.run(
        ["mcs", "-nologo", "-unsafe", "-nowarn:169,649", "-target:library"]
        + [f"-out:{folder}/Cases.dll", f"{folder}/Cases.cs"],
        check=True,
    )
    columns = [(*column, i) for i, column in enumerate(COLUMNS)]
    columns += [(abi, name, "documented", i) for abi, name, i in SAME]
    wrong = 0
    for abi, name, dialect, index in columns:
        found = tokens(folder, abi, name, dialect)
        for number, case in enumerate(cases):
            parameter, *result = case.columns[index].split("/")
            expected = (parameter, (result or [parameter])[0])
            if not case.has_result:
                expected = (parameter, "v")
            if found.get(number) != expected:
                wrong += 1
                print(
                    f"{case.text}\n  {name}, dialect {dialect}: expected "
                    f"{expected}, got {found.get(number)}"
                )
    print(f"{len(cases)} types, {wrong} wrong tokens")
    sys.exit(wrong != 0)


main()
