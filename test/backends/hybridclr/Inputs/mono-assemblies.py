"""Generates bridges of Debian's Mono assemblies and counts them.

    mono-assemblies.py MONO FOLDER

MONO is /usr/lib/mono/4.5; everything is copied into FOLDER and made there.
Compares the counts of three sets with those of HybridCLR's own generator. The
first two are what mscorlib, and mscorlib, System and System.Core, refer to; the
third is every assembly of MONO of which all references are there too. The
numbers are those of one version of Debian's packages: where they differ, the
message says which version this is.
"""

import os
import random
import re
import shutil
import subprocess
import sys

# For each set: the numbers of assemblies, structs, M2N, N2M and adjustor thunks.
EXPECTED = {
    "mscorlib": (1, 127, 1995, 731, 295),
    "closure of three": (8, 362, 4040, 1901, 737),
    "all that resolve": (133, 588, 7433, 3328, 1378),
}
PACKAGE = "libmono-cil-dev"
VERSION = "6.8.0.105+dfsg-3.3+deb12u1"
TABLES = {
    "M2N": "g_managed2nativeStub",
    "N2M": "g_native2managedStub",
    "adjustor thunks": "g_adjustThunkStub",
}


def references(path):
    listed = subprocess.run(
        ["monodis", "--assemblyref", path], check=True, capture_output=True, text=True
    ).stdout
    return re.findall(r"^\tName=(.*)$", listed, re.MULTILINE)


def installed():
    """Returns the version of Debian's packages of Mono."""
    query = ["dpkg-query", "-W", "-f", "${Version}", PACKAGE]
    try:
        return subprocess.run(query, check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return "not from a package"


def differ(title, what, expected, found):
    message = f"{title}: {expected} {what} expected, {found} found"
    if (version := installed()) != VERSION:
        message += (
            f"; but the numbers are known for {PACKAGE} {VERSION}, and this "
            f"one is {version}"
        )
    sys.exit(message)


def generate(inputs, output):
    """Returns the text that is generated for INPUTS, in their order."""
    command = ["ilbridge", "generate", "--no-config", "--backend", "hybridclr"]
    command += ["-o", output, "--severity", "ilbridge-growing-generics=ignore"]
    for argument in inputs:
        command += [argument] if argument.startswith("-") else ["--aot", argument]
    subprocess.run(command, check=True)
    with open(output, encoding="utf-8") as file:
        return file.read()


def counts(text):
    result = {"structs": len(re.findall(r"^(?:struct|union) __struct_", text, re.MULTILINE))}
    for name, table in TABLES.items():
        rows = re.search(rf"{table}\[\] = {{\n(.*?)    {{nullptr", text, re.DOTALL)
        result[name] = rows.group(1).count("\n")
    return result


def main():
    mono, folder = sys.argv[1:]
    available = sorted(name for name in os.listdir(mono) if name.endswith(".dll"))
    needs = {
        name: [r + ".dll" for r in references(os.path.join(mono, name))]
        for name in available
    }

    def closure(names):
        found, open_names = set(), list(names)
        while open_names:
            name = open_names.pop()
            if name not in found:
                found.add(name)
                open_names += needs.get(name, [])
        return found

    sets = {
        "mscorlib": closure(["mscorlib.dll"]),
        "closure of three": closure(["mscorlib.dll", "System.dll", "System.Core.dll"]),
        "all that resolve": {
            name for name in available if closure([name]) <= set(available)
        },
    }
    for title, names in sets.items():
        if len(names) != EXPECTED[title][0]:
            differ(title, "assemblies", EXPECTED[title][0], len(names))

    for title, names in sets.items():
        copies = os.path.join(folder, title.replace(" ", "-"))
        os.mkdir(copies)
        for name in names:
            shutil.copyfile(os.path.join(mono, name), os.path.join(copies, name))
        output = copies + ".cpp"
        paths = [os.path.join(copies, name) for name in sorted(names)]
        text = generate([copies], output)
        found = counts(text)
        for expected, (what, count) in zip(EXPECTED[title][1:], found.items()):
            if count != expected:
                differ(title, what, expected, count)
        print(
            f"{title}: "
            + ", ".join(f"{count} {what}" for what, count in found.items())
        )
        shuffled = list(paths)
        random.Random(0).shuffle(shuffled)
        for what, inputs in [
            ("a second run", [copies]),
            ("the files one by one", paths),
            ("the files backwards", paths[::-1]),
            ("one thread", ["-j1", copies]),
            ("two threads", ["-j2", copies]),
            ("the files in some order", shuffled),
        ]:
            if generate(inputs, output + ".again") != text:
                sys.exit(f"{title}: other bytes come out for {what}")
            os.remove(output + ".again")


main()
