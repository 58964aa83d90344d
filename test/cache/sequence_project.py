"""The project of a random sequence of edits, which sequences.py creates, and the edits."""

import json
import os
import pathlib
import shutil
import subprocess

# The variants of headers and assemblies have the same size, because caches compare the sizes of
# files first.
TYPES = ["int  ", "short", "float", "char ", "long "]

ASSEMBLIES = {
    "Lib": "public struct Point { public TYPE X; }",
    "Game": """using System.Runtime.InteropServices;
public static class Native {
  [DllImport("game")] public static extern TYPE Zero(TYPE a);
  [DllImport("game")] public static extern int One(Point p);
  [DllImport("game")] public static extern int Two(int a);
  [DllImport("other")] public static extern int Declared(TYPE a);
}""",
}

SOURCES = {
    # A header on the search path, included in every possible way.
    "zero.cpp": """#include <ilbridge/export.h>
#include NAMED
#ifndef T
#define T int
#endif
ILBRIDGE_EXPORT T Zero(T a) { return a; }
""",
    "one.cpp": """#include "first.h"
#include <ilbridge/export.h>
#if __has_include("flag.h")
#include "flag.h"
#endif
#if __has_include(<system.h>)
struct Point { short x; };
#else
struct Point { int x; };
#endif
#ifdef TWICE
#include "first.h"
#endif
ILBRIDGE_EXPORT int One(Point p) { return 0; }
""",
    "two.cpp": """#include "api.h"
int Two(int a) { return a; }
""",
    "three.cpp": """typedef NUMBER Number;
#include "api.h"
""",
    "plain.cpp": """#ifdef NEVER
#include "missing.h"
#endif
#include "first.h"
int Plain() { return 1; }
""",
}

FOLDERS = ["a", "b", "system", "after", "quoted", "variable"]


class Project:
    """The files of one sequence, and the edits that can be applied to them."""

    def __init__(self, root, assemblies, include, rng):
        self.root = pathlib.Path(root)
        self.assemblies = assemblies
        self.include = include
        self.rng = rng
        self.variables = {}
        self.flags = {
            "compiler": "clang++",
            "folders": [("-I", "a"), ("-I", "b"), ("-isystem", "system")],
            "defines": ["-DNUMBER=int", "-DNAMED=<named.h>"],
            "more": [],
        }
        self.branches = {}
        self.log = []
        for folder in FOLDERS:
            (self.root / folder).mkdir()
        for name, text in SOURCES.items():
            self.write(name, text)
        self.write("api.h", "#pragma once\n#include <ilbridge/export.h>\n" "ILBRIDGE_EXPORT int Two(int a);\n")
        self.write("b/first.h", "#pragma once\n#define FIRST 1\n")
        self.write("b/named.h", "#define T int  \n")
        self.write("b/declared.h", "int Declared(int   a);\n")
        self.write("flags.rsp", "-DRSP=1\n")
        self.write("clang.cfg", "-DCFG=1\n")
        self.write_configuration("table")
        self.write_database()
        self.put_assembly("Game", 0, "Game.dll")
        self.put_assembly("Lib", 0, "references/Lib.dll")

    # Files.

    def path(self, name):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def write(self, name, text):
        path = self.path(name)
        if path.is_symlink():
            path.unlink()
        path.write_text(text)

    def write_configuration(self, backend):
        self.write(
            "ilbridge.yaml",
            f"""build: .
assemblies: Game.dll
references: references
severities: {{missing-import: warning, result-type: warning, parameter-type: warning}}
exports:
  - headers: declared.h
    library: other
    args: [-Ia, -Ib, -DIN_EXPORTS]
outputs:
  - backend: {backend}
    file: out.cpp
""",
        )

    def write_database(self):
        folders = [part for pair in self.flags["folders"] for part in pair]
        commands = [
            {
                "directory": str(self.root),
                "file": source,
                "arguments": [self.flags["compiler"], f"-I{self.include}", *folders, *self.flags["defines"], *self.flags["more"]]
                + ["-o", source + ".o", "-c", source],
            }
            for source in sorted(SOURCES)
        ]
        self.write("compile_commands.json", json.dumps(commands))

    def put_assembly(self, name, variant, where):
        shutil.copyfile(self.assemblies[name][variant], self.path(where))

    def header(self, name):
        kind = TYPES[self.rng.randrange(len(TYPES))]
        return {
            "first.h": f"#pragma once\n#define FIRST {self.rng.randrange(3)}\n",
            "named.h": f"#define T {kind}\n",
            "flag.h": self.rng.choice(["#define FLAG\n", "#error x    \n", "struct Point; \n"]),
            "system.h": "",
            "declared.h": f"int Declared({kind} a);\n",
            "missing.h": "#include <ilbridge/export.h>\nILBRIDGE_EXPORT int Missing(int a);\n",
        }[name]

    HEADERS = ["first.h", "named.h", "flag.h", "system.h", "declared.h", "missing.h"]

    def some_file(self):
        files = [
            path
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and "ilbridge-cache" not in path.parts and path.suffix not in (".yaml", ".json")
        ]
        return self.rng.choice(files)

    # Edits. Each function returns a description of the edit.

    def edit_header(self):
        name = self.rng.choice(self.HEADERS)
        where = self.rng.choice(FOLDERS + ["."])
        self.write(f"{where}/{name}", self.header(name))
        return f"write {where}/{name}"

    def remove_header(self):
        found = [path for path in sorted(self.root.rglob("*.h")) if path.name in self.HEADERS]
        if not found:
            return "nothing"
        path = self.rng.choice(found)
        path.unlink()
        return f"remove {path.relative_to(self.root)}"

    def edit_source(self):
        name = self.rng.choice(sorted(SOURCES))
        path = self.root / name
        if not path.exists():
            self.write(name, SOURCES[name])
            return f"write {name}"
        text = path.read_text()
        change = self.rng.randrange(4)
        if change == 0:
            text = SOURCES[name]
        elif change == 1:
            text += "int more();\n"
        elif change == 2:
            text = text.replace("int a", "char a") if "int a" in text else text.replace("char a", "int a")
        else:
            text = text.replace("ILBRIDGE_EXPORT", "ILBRIDGE_EXPORT /**/")
        self.write(name, text)
        return f"change {name} {change}"

    def edit_flags(self):
        what = self.rng.randrange(6)
        if what == 0:
            folders = [(self.rng.choice(["-I", "-isystem", "-idirafter", "-iquote"]), f) for f in FOLDERS[:5]]
            self.rng.shuffle(folders)
            self.flags["folders"] = folders
        elif what == 1:
            number = self.rng.choice(["int", "char", "short"])
            named = self.rng.choice(["<named.h>", '"named.h"', "<first.h>"])
            self.flags["defines"] = [f"-DNUMBER={number}", f"-DNAMED={named}"]
        elif what == 2:
            self.flags["more"] = self.rng.choice([[], ["@flags.rsp"], ["--config=./clang.cfg"], ["-DTWICE"], ["-include", "first.h"]])
        elif what == 3:
            self.write("flags.rsp", self.rng.choice(["-DTWICE\n", "-DFLAG=1\n", "-Ivariable\n", "@more.rsp \n"]))
        elif what == 4:
            self.flags["compiler"] = self.rng.choice(["clang++", "g++", "/usr/bin/g++", "nowhere/g++"])
        else:
            self.write("clang.cfg", self.rng.choice(["-DTWICE\n", "-DFLAG=1\n", "-Ivariable\n"]))
        self.write_database()
        return f"flags {what}: {self.flags}"

    def edit_variable(self):
        name = self.rng.choice(["CPATH", "CPLUS_INCLUDE_PATH", "C_INCLUDE_PATH"])
        value = self.rng.choice([None, "variable", "a", "after:variable"])
        self.variables.pop(name, None)
        if value:
            self.variables[name] = value
        return f"variable {name}={value}"

    def edit_assembly(self):
        what = self.rng.randrange(4)
        if what == 0:
            self.put_assembly("Game", self.rng.randrange(len(TYPES)), "Game.dll")
        elif what == 1:
            self.put_assembly("Lib", self.rng.randrange(len(TYPES)), self.rng.choice(["references/Lib.dll", "Lib.dll"]))
        elif what == 2:
            for name in ["references/Lib.dll", "Lib.dll"]:
                if self.rng.randrange(2) and (self.root / name).exists():
                    (self.root / name).unlink()
        else:
            self.write("Lib.dll", "MZ")
        return f"assembly {what}"

    def edit_configuration(self):
        backend = self.rng.choice(["table", "leanclr"])
        self.write_configuration(backend)
        return f"configuration {backend}"

    def edit_output(self):
        path = self.root / "out.cpp"
        if path.exists() and self.rng.randrange(2):
            path.unlink()
            return "remove out.cpp"
        self.write("out.cpp", "// mine\n")
        return "write out.cpp"

    def edit_times(self):
        path = self.some_file()
        when = self.rng.choice([1577836800, 1577836800.5, 946684800, 4102444800])
        os.utime(path, (when, when))
        return f"time of {path.relative_to(self.root)} {when}"

    def replace_keeping_time(self):
        """Writes other content and keeps the old time, as cp -p and tar do."""
        path = self.some_file()
        stat = path.stat()
        text = path.read_bytes()
        for old, new in [(b"int  ", b"short"), (b"short", b"int  "), (b" 1\n", b" 2\n"), (b" 2\n", b" 1\n")]:
            if old in text:
                text = text.replace(old, new)
                break
        if self.rng.randrange(2):
            other = path.with_name(path.name + ".new")
            other.write_bytes(text)
            os.replace(other, path)
        else:
            path.write_bytes(text)
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        return f"replace {path.relative_to(self.root)}"

    def rename_folders(self):
        one, other = self.rng.sample(FOLDERS, 2)
        spare = self.root / "spare"
        os.rename(self.root / one, spare)
        os.rename(self.root / other, self.root / one)
        os.rename(spare, self.root / other)
        return f"swap {one} and {other}"

    def link(self):
        name = self.rng.choice(self.HEADERS)
        one, other = self.rng.sample(FOLDERS, 2)
        target, path = self.root / other / name, self.root / one / name
        if not target.exists() or target.resolve() == path.resolve():
            return "nothing"
        if path.exists() or path.is_symlink():
            path.unlink()
        how = self.rng.randrange(3)
        if how == 0:
            path.symlink_to(target)
        elif how == 1:
            os.link(target.resolve(), path)
        else:
            shutil.copy2(target, path)
        return f"link {one}/{name} to {other} {how}"

    def switch_branch(self):
        """Saves everything under a name, and restores what was saved under another name."""

        def files():
            return [p for p in self.root.rglob("*") if p.is_file() and "ilbridge-cache" not in p.parts]

        self.branches[self.rng.choice("xyz")] = (
            {p.relative_to(self.root): (p.read_bytes(), p.stat().st_mtime_ns) for p in files()},
            json.loads(json.dumps(self.flags)),
        )
        name = self.rng.choice(sorted(self.branches))
        kept, flags = self.branches[name]
        keeps_times = self.rng.randrange(2)
        for path in files():
            if path.relative_to(self.root) not in kept:
                path.unlink()
        for path in self.root.rglob("*"):
            if path.is_symlink() and not path.exists():
                path.unlink()
        for relative, (text, time) in sorted(kept.items()):
            path = self.path(relative)
            if not path.exists() or path.read_bytes() != text:
                if path.is_symlink():
                    path.unlink()
                path.write_bytes(text)
                if keeps_times:
                    os.utime(path, ns=(time, time))
        self.flags = json.loads(json.dumps(flags))
        return f"branch {name}"

    EDITS = [
        (6, edit_header),
        (3, remove_header),
        (3, edit_source),
        (3, edit_flags),
        (1, edit_variable),
        (2, edit_assembly),
        (1, edit_configuration),
        (1, edit_output),
        (1, edit_times),
        (3, replace_keeping_time),
        (1, rename_folders),
        (2, link),
        (2, switch_branch),
    ]

    def edit(self):
        weights, edits = zip(*self.EDITS)
        for _ in range(self.rng.choice([0, 1, 1, 1, 2])):
            self.log.append(self.rng.choices(edits, weights)[0](self))


def compile_assemblies(folder):
    """Compiles the variants of each assembly, which have the same size."""
    result = {}
    for name, text in ASSEMBLIES.items():
        result[name] = []
        for kind in TYPES:
            # The folder of the assembly against which a reference is compiled.
            out = os.path.join(folder, kind.strip(), name + ".dll")
            os.makedirs(os.path.dirname(out), exist_ok=True)
            source = out + ".cs"
            with open(source, "w", encoding="utf-8") as file:
                file.write(text.replace("TYPE", kind.strip()))
            references = [f"-r:{result['Lib'][0]}"] if name == "Game" else []
            subprocess.run(["mcs", "-nologo", "-target:library", f"-out:{out}", *references, source], check=True)
            result[name].append(out)
    return result
