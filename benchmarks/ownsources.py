"""Creates a project from the sources of ilbridge, for benchmarks/run.

lib/, tool/ and include/ are copied, and compiled with the same commands and the same headers of
LLVM, Clang and yaml-cpp. They contain no annotations, so exported functions are added at the end of
some copies. The other copies are unchanged.
"""

import json
import os
import re
import shlex
import shutil

import project

FOLDERS = ["include", "lib", "tool"]


def included(text):
    """Returns the operands of the #include directives in the text, without quotes or angle brackets."""
    return re.findall(r'^[ \t]*#[ \t]*include[ \t]*["<]([^">]+)[">]', text, re.MULTILINE)


def reach(folder, sources):
    """Returns {header: sources that include it directly or indirectly} for the headers in include/."""

    def headers_of(path, seen):
        with open(path, encoding="utf-8") as file:
            for name in included(file.read()):
                for base in (os.path.dirname(path), os.path.join(folder, "include")):
                    header = os.path.normpath(os.path.join(base, name))
                    if os.path.isfile(header):
                        if header not in seen:
                            seen.add(header)
                            headers_of(header, seen)
                        break
        return seen

    result = {}
    for source in sources:
        for header in headers_of(source, set()):
            # Every source with exports includes export.h, which is never edited.
            if header.startswith(os.path.join(folder, "include")) and not header.endswith("/export.h"):
                result.setdefault(header, []).append(source)
    return result


def own_sources(folder, root, build, count, annotated, compiler):
    """Returns the project in the folder, with that many sources (None: all) and that many annotated ones.

    root, build: the source folder of ilbridge, and one of its builds.
    """
    for name in FOLDERS:
        shutil.copytree(os.path.join(root, name), os.path.join(folder, name))

    def moved(text):
        for name in FOLDERS:
            text = text.replace(f"{root}/{name}/", f"{folder}/{name}/").replace(f"{root}/{name} ", f"{folder}/{name} ")
        return text

    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        database = json.load(file)
    commands = {}
    for entry in database:
        if entry["file"].endswith(".cpp") and entry["file"].startswith((f"{root}/lib/", f"{root}/tool/")):
            words = shlex.split(moved(entry["command"] + " "))
            # A launcher such as ccache may precede the compiler.
            first = next(i for i, word in enumerate(words) if "clang" in os.path.basename(word))
            commands[moved(entry["file"])] = {
                "directory": entry["directory"],
                "file": moved(entry["file"]),
                "command": shlex.join([compiler, *words[first + 1 :]]),
            }
    commands = list(commands.values())
    if count is not None:
        commands = project.evenly(commands, count)

    result = project.Project("own", folder, commands, annotated)
    result.write_database()
    sources = [command["file"] for command in commands]
    chosen = project.evenly(sources, annotated)
    exports = [project.Export(i) for i in range(project.EXPORTS * len(chosen))]
    for i, source in enumerate(chosen):
        own = exports[i * project.EXPORTS : (i + 1) * project.EXPORTS]
        with open(source, "a", encoding="utf-8") as file:
            file.write(
                "\n#include <ilbridge/export.h>\n"
                "namespace common { struct Vec3 { float x, y, z; }; struct Pair { int a; double b; }; }\n"
                "static int edited() { return 0; }\n" + "".join(export.definition(annotated=True) for export in own)
            )
    reached = reach(folder, sources)
    result.central_header = max(sorted(h for h in reached if h.endswith(".h")), key=lambda h: len(reached[h]))
    result.reached = [command for command in commands if command["file"] in set(reached[result.central_header])]
    with open(result.central_header, encoding="utf-8") as file:
        text = file.read()
    with open(result.central_header, "w", encoding="utf-8") as file:
        before, end = text.rsplit("#endif", 1)
        file.write(f"{before}inline int edited_header() {{ return 0; }}\n#endif{end}")
    result.annotated_source = chosen[len(chosen) // 2] if chosen else None
    result.plain_source = next((source for source in sources if source not in chosen), None)
    if result.plain_source:
        with open(result.plain_source, "a", encoding="utf-8") as file:
            file.write("static inline int edited() { return 0; }\n")
    result.assemblies = project.write_assemblies(folder, exports)
    return result
