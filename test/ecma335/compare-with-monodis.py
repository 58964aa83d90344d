#!/usr/bin/env python3
#===- compare-with-monodis.py - Two readers, one truth ---------------------===#
#
# Part of ilbridge, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Compares what ecma335 reads with what Mono's monodis reads.

Each assembly below --root is dumped table by table with both programs, and the
rows are compared one by one. (A reference assembly that comes for many
versions of .NET, almost the same each time, is compared in the first and the
last version; --all compares every one.) The dump program writes monodis' own
format, so that little is left to be evened out here; each place says why.
"""

import argparse
import collections
import concurrent.futures
import hashlib
import os
import re
import subprocess
import sys
import tempfile

# What both print in the same words. monodis prints the other tables too, but
# with the help of its class loader (methodspec, methodimpl, declsec), or as
# "!!(null)" (typespec).
OPTIONS = [
    "typedef", "typeref", "classlayout", "nested", "interface", "genericpar",
    "parconst", "fields", "fieldrva", "param", "marshal", "constant", "method",
    "implmap", "memberref", "standalonesig", "propertymap", "property", "event",
    "methodsem", "customattr", "module", "moduleref", "assembly", "assemblyref",
    "file", "exported", "manifest",
]
# monodis prints the name of a type in these after it has loaded the type. A
# reference to a facade then names the assembly that the type was forwarded to,
# and that this is so cannot be seen in the file that is compared. The tables
# "typeref" and "assemblyref" compare the references themselves.
RESOLVED = {"method", "fields", "implmap", "memberref", "property", "interface",
            "event"}
# Too few to have tested anything.
LEAST_ASSEMBLIES = 50
LEAST_ROWS = 500_000
LEAST_INSTRUCTIONS = 500_000
# The share of tables, and of rows, that monodis may fail to print.
MOST_NOT_COMPARED = 0.001


def assemblies(root):
    """All assemblies below root, each content once."""
    seen = {}
    count = 0
    for folder, _, files in os.walk(root):
        for name in sorted(files):
            path = os.path.join(folder, name)
            if not name.endswith((".dll", ".exe")) or os.path.islink(path):
                continue
            count += 1
            with open(path, "rb") as f:
                seen.setdefault(hashlib.sha1(f.read()).digest(), path)
    return sorted(seen.values()), count


def outermost(paths):
    """The first and the last of those that come for several versions of .NET."""
    versions = collections.defaultdict(list)
    for path in paths:
        _, is_reference, name = path.partition("-api/")
        versions[name if is_reference else path].append(path)
    return sorted({each for found in versions.values() for each in (found[0], found[-1])})


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    return (done.returncode, done.stdout.decode("utf-8", "replace"),
            done.stderr.decode("utf-8", "replace"))


# ---------------------------------------------------------------------------
# Tables
# ---------------------------------------------------------------------------

def join_bytes(text):
    """monodis prints strings that are not ASCII as lines of 16 bytes, each followed by
    the characters in a comment."""
    def bytes_only(match):
        lines = match.group(1).rstrip("\n").split("\n")
        numbers = [re.match(r"\t((?:[0-9a-f]{2} )*)", line).group(1)
                   for line in lines]
        return "bytearray (" + "".join(numbers) + ")"
    return re.sub(r"bytearray \(\n((?:\t[0-9a-f]{2} .*\n?)*)(?:\t$)?",
                  lambda m: bytes_only(m) + "\n", text, flags=re.M)


SPACES_AND_QUOTES = str.maketrans("", "", " \t\r'")


def tidy(option, text):
    """Converts a row or a table of both programs to a common form."""
    if option == "customattr":
        # monodis prints the name of the constructor after loading the class, and prints
        # the bytes of named arguments without decoding them.
        text = re.sub(r"^(\d+: [\w?]+: \d+): .*?\) \[", r"\1: [", text,
                      flags=re.M)
        text = re.sub(r"named args: \([ 0-9A-F]*\)?", "named args: (", text)
    if option in ("assembly", "assemblyref"):
        text = re.sub(r"^0x[0-9a-f]{8}: ", "", text, flags=re.M)
    if option in RESOLVED:
        text = re.sub(r"\[[\w.\-' ]+\]", "", text)
        # The same class loader determines which of these two words is printed.
        text = re.sub(r"\b(class|valuetype) ", "", text)
    # White space differs, and keywords of ilasm are quoted.
    return text.translate(SPACES_AND_QUOTES)


def records(option, body):
    """Returns the rows of a table. A row can have several lines."""
    # Warnings of monodis precede the row to which they apply.
    if option == "customattr":
        body = re.sub(r"^Type [0-9a-f]{2} not handled in custom attr value "
                      r"decoding\n", "", body, flags=re.M)
    result = []
    current = []
    for line in body.split("\n"):
        if line.startswith(f"{len(result) + 1}: "):
            result.append([line])
        elif line.startswith("########## "):
            # The number of the first member of a type is compared as well.
            if result:
                result[-1].append(line)
        elif result:
            result[-1].append(line)
        else:
            current.append(line)
    if not result and option == "assembly":
        result = [current]
    return [tidy(option, "\n".join(lines)).replace("\n", "")
            for lines in result]


def body_of(text):
    """Returns the text without the title, and without the warning for files of an old runtime."""
    lines = text.split("\n")
    while lines and lines[0].startswith(("WARNING: The runtime version",
                                         "Using default runtime")):
        del lines[0]
    return "\n".join(lines[1:])


def unresolved(theirs):
    """Some references of an assembly may not be installed; monodis prints an error for a type that it cannot load."""
    return "Couldnotloadfileorassembly" in theirs or \
        "Couldnotresolvetype" in theirs


def same(option, ours, theirs):
    if ours == theirs:
        return True
    # Our program marks a value that monodis cannot print, such as an array. The output of
    # monodis after that position is meaningless.
    return option == "customattr" and ours.endswith("?") and \
        theirs.startswith(ours[:-1])


def compare_tables(path, options):
    """Returns rows per table, differences, failures of monodis, errors."""
    counts, differences, failures = collections.Counter(), [], []
    status, text, errors = run(options.dump, path, options.enums)
    if status != 0:
        return counts, [f"{path}: {errors.strip()}"], failures
    sections = {}
    for section in re.split(r"^== ", text, flags=re.M)[1:]:
        name, _, body = section.partition("\n")
        sections[name] = body
    for option in OPTIONS:
        status, text, errors = run(options.monodis, "--" + option, path)
        # monodis terminates while printing some tables, because it cannot load a type
        # that an attribute names, or because it loses its position in the output.
        if status != 0 or "Could not decode method" in text:
            failures.append((path, option, status))
            continue
        if option == "constant":
            text = join_bytes(text)
        ours, theirs = sections[option], body_of(text)
        if tidy(option, ours).split() == tidy(option, theirs).split():
            counts[option] += len(re.findall(r"^\d+: ", ours, flags=re.M))
            continue
        ours, theirs = records(option, ours), records(option, theirs)
        counts[option] += len(ours)
        if len(ours) != len(theirs):
            differences.append(f"{path}: --{option}: {len(ours)} rows here, "
                               f"{len(theirs)} there")
        for mine, other in zip(ours, theirs):
            if unresolved(other):
                counts["unresolved"] += 1
            elif not same(option, mine, other):
                differences.append(f"{path}: --{option}\n  here:  {mine[:400]}"
                                   f"\n  there: {other[:400]}")
    return counts, differences, failures


# ---------------------------------------------------------------------------
# Instructions
# ---------------------------------------------------------------------------

INSTRUCTION = re.compile(r"\s+IL_([0-9a-f]+):\s+(\S+) ?(.*)")
# The forms in which a token is printed after the name of its target. monodis confuses the
# tokens of nested types and of types in general.
TOKEN = re.compile(r"/\*([0-9a-f]{8})\((?:MemberRef|Method|MethodSpec|Field|"
                   r"TypeSpec|TypeRef)\)\*/$")
CLAUSE = re.compile(r"\s*(\.try|catch .*|filter|finally|fault|\}) .*(\{|//)")
NAMES = {"endfault": "endfinally"}  # one instruction, two words for it


METHOD = re.compile(r"\s+\.method ([a-z ]*)")


def monodis_methods(text):
    """Returns all methods by their rids: the flags, and for a method with a body a list
    of a head (RVA, size, stack) followed by (offset, mnemonic, operand). The list is None
    if monodis does not find a type of the signature or of a local variable."""
    methods = {}
    rid, body, inside = 0, None, False
    for line in text.split("\n"):
        match = INSTRUCTION.match(line)
        if match and body:
            offset, name, operand = match.groups()
            body.append([offset, NAMES.get(name, name), operand])
            inside = True
        elif "// method line " in line:
            rid, body, inside = int(line.rpartition(" ")[2]), [], False
        elif body is not None and not body and ".method " in line:
            # The library and the entry point of an import are among the flags.
            flags = set(METHOD.match(line).group(1).split())
            methods[rid] = (flags, body)
        elif "// Method begins at RVA" in line:
            if not line.endswith(" 0x0"):
                body.append([line.rpartition(" ")[2]])
        elif "// Code size" in line and body:
            body[0].append(line.split()[3])
        elif ".maxstack" in line and body and not inside:
            body[0].append(line.split()[1])
        elif "} // end of method" in line:
            if "<NULL METHOD SIGNATURE>" in line or \
                    body and len(body[0]) == 1:
                methods[rid] = None
            body = None
        elif inside and body and not CLAUSE.match(line):
            # This line contains the targets of a switch, or the rest of a long string.
            body[-1][2] += "\n" + line
    return methods


def our_methods(text):
    methods = {}
    for part in re.split(r"^method ", text, flags=re.M)[1:]:
        lines = part.rstrip("\n").split("\n")
        rid, *flags = lines[0].split()
        methods[int(rid)] = (set(flags),
                             [line[3:].split(" ", 2) for line in lines[1:]])
    return methods


def same_operand(ours, theirs):
    token = TOKEN.search(theirs)
    if token:
        return ours == token.group(1)
    if re.fullmatch("[0-9a-f]{8}", ours):
        return True  # a type; see TOKEN
    if ours.startswith("bytearray"):
        # monodis also prints the byte after the string.
        bytes_there = re.findall(r"\b[0-9a-f]{2}(?= )",
                                 re.sub(r"//.*", "", theirs))
        return re.findall(r"\b[0-9a-f]{2}(?= )", ours) == bytes_there[:-1]
    return re.sub(r"\s", "", ours) == re.sub(r"\s", "", theirs)


def same_instruction(ours, theirs):
    return ours == theirs or (
        ours[:-1] == theirs[:-1] and len(ours) == len(theirs) == 3 and
        same_operand(ours[2], theirs[2]))


def compare_methods(path, options):
    """As compare_tables()."""
    status, text, errors = run(options.dump, "--il", path)
    if status != 0:
        return collections.Counter(), [f"{path}: {errors.strip()}"], []
    ours = our_methods(text)
    status, text, errors = run(options.monodis, "--show-tokens", path)
    if status != 0:
        return collections.Counter(), [], [(path, "show-tokens", status)]
    theirs = monodis_methods(text)
    counts, differences = collections.Counter(), []
    for rid, (flags, body) in ours.items():
        other = theirs.get(rid, (set(), []))
        if other is None:
            counts["unresolved"] += 1
            continue
        other_flags, other_body = other
        counts["flags"] += 1
        counts["bodies"] += 1 if body else 0
        counts["instructions"] += max(len(body) - 1, 0)
        if flags != other_flags:
            differences.append(f"{path}: method {rid}\n  here:  {flags}"
                               f"\n  there: {other_flags}")
        if len(body) != len(other_body):
            differences.append(f"{path}: method {rid}: {len(body)} lines "
                               f"here, {len(other_body)} there")
            continue
        for mine, its in zip(body, other_body):
            if not same_instruction(mine, its):
                differences.append(f"{path}: method {rid}\n  here:  {mine}"
                                   f"\n  there: {its}")
    return counts, differences, []


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dump", required=True, help="ecma335-dump")
    parser.add_argument("--monodis", default="monodis")
    parser.add_argument("--root", default="/usr/lib/mono")
    parser.add_argument("--all", action="store_true",
                        help="compare every version of a reference assembly")
    parser.add_argument("--walk-only", action="store_true",
                        help="read everything, and compare nothing")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()

    paths, files = assemblies(options.root)
    print(f"{len(paths)} different assemblies in {files} files")
    status, text, errors = run(options.dump, "--walk", *paths)
    print(text + errors, end="")
    if status != 0:
        sys.exit("error: not everything can be read")
    if options.walk_only:
        if len(paths) < LEAST_ASSEMBLIES:
            sys.exit("error: too few assemblies")
        return 0
    status, enums, errors = run(options.dump, "--enums", *paths)
    if status != 0:
        sys.exit(errors)
    if not options.all:
        paths = outermost(paths)
        print(f"{len(paths)} of them are compared")
    counts, differences, failures = collections.Counter(), [], []
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as known, \
            concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
        known.write(enums)
        known.flush()
        options.enums = known.name
        for part in pool.map(compare_tables, paths, [options] * len(paths),
                             chunksize=8):
            counts += part[0]
            differences += part[1]
            failures += part[2]
        # The code of reference assemblies consists only of "throw null".
        with_code = [path for path in paths if "-api/" not in path]
        for part in pool.map(compare_methods, with_code,
                             [options] * len(with_code), chunksize=4):
            counts += part[0]
            differences += part[1]
            failures += part[2]

    for what in OPTIONS + ["flags", "bodies", "instructions"]:
        print(f"{what:13} {counts[what]:8}")
    rows = sum(counts[option] for option in OPTIONS)
    print(f"{rows} rows, of which {counts['unresolved']} name types that "
          "monodis does not find")
    for path, option, status in failures:
        print(f"monodis --{option} ends with {status}: {path}")
    for difference in differences[:50]:
        print(difference)
    print(len(differences), "differences")

    def demand(condition, message):
        if not condition:
            print("error:", message)
        return condition

    good = [
        demand(not differences, "the two do not agree"),
        demand(len(paths) >= LEAST_ASSEMBLIES, "too few assemblies"),
        demand(rows >= LEAST_ROWS, "too few rows"),
        demand(counts["instructions"] >= LEAST_INSTRUCTIONS,
               "too few instructions"),
        demand(len(failures) <= MOST_NOT_COMPARED * len(paths) * len(OPTIONS),
               "monodis fails too often"),
        demand(counts["unresolved"] <= MOST_NOT_COMPARED * rows,
               "monodis finds too few types"),
    ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
