#!/usr/bin/env python3
"""Everything that decides about a result is read through a file system that notes it.

usage: check-file-access.py SOURCE_ROOT

A run is not repeated while its queries get the same results (cache::Inputs). A query
that is asked past cache::recording() is one that nobody asks again: so no source of the
program looks at files or variables itself, but for those that are named here.
"""

import os
import re
import sys

ASKS = re.compile(
    r"MemoryBuffer::get(?:File|OpenFile|STDIN)\w*"
    r"|\bgetRealFileSystem|\bcreatePhysicalFileSystem"
    r"|\bgetenv\(|Process::GetEnv\("
    r"|\bfs::(?:exists|status|access|is_\w+|real_path|(?:recursive_)?directory_iterator|openFile\w*|openNativeFile\w*)\b"
    r"|\bfopen\(|\bifstream\b|findProgramByName|ExecuteAndWait"
)
# The reason for each exception, by the kind of access.
ALLOWED = {
    "lib/cache/FileStates.cpp": "what the file system answers now",
    "lib/cache/Store.cpp": "entries are found by what they stand for",
    "lib/rewrite/": "writes files; the driver notes what stands in them",
    "lib/system/": "the system itself; others note what they ask it",
    "lib/driver/Exports.cpp": "pkg-config: a run that asks it is not remembered",
    "lib/command/Commands.cpp": "asks Clang's driver which options it knows, for a note only",
    "lib/command/CompilerQuery.cpp": "what a compiler prints; lib/command/Compilers.cpp notes what that depends on",
    "lib/command/Environment.cpp": "notes it itself",
    "lib/diagnostic/ShownPath.cpp": "real_path: how a path is shown",
    "lib/select/Selection.cpp": "what a file has become since its outline was noted",
}
# A real file system that is the base of a recording one.
BASE = re.compile(r"(?:recording\(|Disk =|Files\s*=)\s*\*?(?:llvm::vfs::)?\s*(?:getRealFileSystem|createPhysicalFileSystem)\(\)")


def sources(root):
    for top in ["lib", "include", "tool/ilbridge"]:
        for folder, _, names in os.walk(os.path.join(root, top)):
            for name in sorted(names):
                if name.endswith((".cpp", ".h")):
                    yield os.path.relpath(os.path.join(folder, name), root)


def main():
    (root,) = sys.argv[1:]
    problems, used = [], set()
    for path in sources(root):
        with open(os.path.join(root, path), encoding="utf-8") as file:
            text = file.read()
        # A statement may extend over several lines.
        text = re.sub(r"//[^\n]*", "", text)
        text = BASE.sub(lambda match: "\n" * match.group().count("\n"), text)
        for match in ASKS.finditer(text):
            why = [allowed for allowed in ALLOWED if path.startswith(allowed)]
            used.update(why)
            if not why:
                line = text.count("\n", 0, match.start()) + 1
                problems.append(f"{path}:{line}: {match.group()} is not noted; read through Project::Files or cache::recording()")
    problems += [f"{allowed} asks nothing any more" for allowed in ALLOWED if allowed not in used]
    print("\n".join(problems))
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
