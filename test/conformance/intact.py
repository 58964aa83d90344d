"""Bindings on which both sides agree: `ilbridge check` is silent, and every
byte arrives through all that ilbridge generates."""

import os
import re

import csharp
import native
from shapes import Ref, Scalar
from targets import HERE, Failure, run

STANDIN = os.path.join(os.path.dirname(HERE), "standin")
PROJECT = os.path.dirname(os.path.dirname(HERE))
STRICT = ("-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Wno-psabi")


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


def includes():
    hybridclr = os.path.join(STANDIN, "hybridclr")
    folders = [
        "structural",
        "runtime",
        # Generated files are in hybridclr/generated and include "../interpreter/…", so any folder
        # next to interpreter/ works.
        "structural/hybridclr/interpreter",
        "runtime/hybridclr/metadata",
        "runtime/hybridclr/interpreter",
    ]
    flags = [f"-I{os.path.join(hybridclr, each)}" for each in folders]
    own = [os.path.join(HERE, "runtime"), os.path.join(PROJECT, "include")]
    flags += [f"-I{each}" for each in own]
    return flags + ["-isystem", os.path.join(STANDIN, "leanclr")]


class Batch:
    """Signatures that are compiled together. Parts that do not depend on a target are generated once."""

    def __init__(self, signatures, folder, ilbridge):
        self.signatures, self.folder, self.ilbridge = signatures, folder, ilbridge
        os.makedirs(os.path.join(folder, "aot"), exist_ok=True)
        core = os.path.join(PROJECT, "test", "Inputs", "hybridclr", "mscorlib.cs")
        write(folder, "shapes.cs", csharp.shapes_assembly(signatures))
        write(folder, "update.cs", csharp.update_assembly(signatures))
        write(folder, "native.h", native.header(signatures))
        write(folder, "native.cpp", '#include "native.h"\n')
        mcs = ["mcs", "-nologo", "-target:library", "-nowarn:169,649"]
        run([*mcs, "-nostdlib", "-out:aot/mscorlib.dll", core], folder)
        run([*mcs, "-out:aot/Shapes.dll", "shapes.cs"], folder)
        run([*mcs, "-out:Update.dll", "-r:aot/Shapes.dll", "update.cs"], folder)
        # One scan on this machine is used for all targets.
        run(
            [ilbridge, "scan", "--no-config", "native.cpp", "-o", "native.facts"]
            + ["--", "-std=c++17", f"-I{PROJECT}/include"],
            folder,
        )

    def check(self, target):
        """Returns the findings of `ilbridge check` about the P/Invokes, by signature. There should be none."""
        command = [self.ilbridge, "check", "--no-config", "--runtime", "coreclr", "--severity", "other-target=ignore"]
        command += ["--facts", "native.facts", "--assembly", "Update.dll", "--reference", "aot"]
        try:
            lines = run([*command, "--target", target.triple], self.folder).splitlines()
        except Failure as e:
            lines = str(e).splitlines()[1:-1]
        names = [re.search(r"Update\.Native::(\w+)", each) for each in lines]
        # A note after a finding states the import.
        return [
            (next((name.group(1) for name in names[i:] if name), ""), each)
            for i, each in enumerate(lines)
            if re.search(r": (error|warning): ", each)
        ]

    def generate(self, target, folder, shared):
        common = [self.ilbridge, "generate", "--no-config", "--target", target.triple]
        run(
            [*common, "--backend", "leanclr", "--facts", "native.facts"]
            + ["--assembly", "Update.dll", "--reference", "aot", "-o", os.path.join(folder, "invokers.cpp")],
            self.folder,
        )
        if not shared:
            common = common[:-2]
        run(
            [*common, "--backend", "hybridclr", "--aot", "aot", "--hot-update", "Update.dll"]
            + ["-o", os.path.join(folder, "bridges.cpp")],
            self.folder,
        )

    def execute(self, target, folder, shared):
        """Returns a list of (name of the signature, problem)."""
        os.makedirs(folder, exist_ok=True)
        self.generate(target, folder, shared)
        with open(os.path.join(folder, "bridges.cpp"), encoding="utf-8") as file:
            bridges = file.read()
        tokens = dict(re.findall(r'\{"Shapes:Shapes\.(\w+)", "(s\d+)"\}', bridges))
        self.note_sharing(bridges, tokens)
        write(folder, "driver.cpp", native.driver(self.signatures, lambda each: keys(each, tokens)))
        flags = [*includes(), f"-I{self.folder}", "-std=c++17", "-O1"]
        support = os.path.join(HERE, "runtime", "support.cpp")
        if not os.path.exists(os.path.join(folder, "support.o")):
            run([*target.compiler, *target.flags, *flags, *STRICT, "-c", support, "-o", "support.o"], folder)
        objects = ["support.o"]
        objects.append(target.compile("invokers.cpp", [*flags, *STRICT], folder))
        objects.append(target.compile("bridges.cpp", [*flags, *STRICT], folder))
        # The driver consists of casts between function types. Optimisation does not change its
        # result, and it is the largest file.
        objects.append(target.compile("driver.cpp", [*flags, "-O0", "-w"], folder))
        program = target.link_program(objects, "program", folder)
        return outcome(*target.execute(program, [], folder))


    def note_sharing(self, bridges, tokens):
        """Records which functions the rows of each signature name."""
        rows = re.findall(r'\{"([^"]+)",\s*(?:\(Il2CppMethodPointer\)\s*)?(__\w+)\}', bridges)
        functions = {}
        for key, function in rows:
            functions.setdefault(key, set()).add(function)
        self.functions = {}
        for each in self.signatures:
            _, codes, prefix = keys(each, tokens)
            used = (codes, codes[:prefix] + "u" + codes[prefix:], "B" + codes)
            self.functions[each.name] = set().union(*(functions.get(key, ()) for key in used))

    def companions(self, name):
        """Returns the signatures that share a bridge with it, including itself."""
        mine = self.functions[name]
        return {each for each, functions in self.functions.items() if functions & mine}


def outcome(output, errors, status):
    found, last = [], ""
    for line in output.splitlines():
        words = line.split(" ", 2)
        if words[0] == "FAIL":
            found.append((words[1], words[2]))
        elif words[0] == "AT":
            last = words[1]
        elif words[0] == "DONE":
            return found
    return found + [(last, f"the program ends with status {status}: {errors[-300:]}")]


def keys(signature, tokens):
    def code(type_):
        if type_ is None:
            return "v"
        if isinstance(type_, Ref):
            return "u"
        return type_.code if isinstance(type_, Scalar) else tokens[type_.name]

    result = code(signature.result)
    codes = result + "".join(code(each) for each in signature.params)
    return csharp.method_name(signature), codes, len(result)
