"""No source of the program without Clang includes a header of Clang, directly or through ours.

usage: includes.py SOURCE_ROOT COMPILE_COMMANDS
"""

import json
import os
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*["<]([^">]+)[">]', re.M)


def main():
    root, database = sys.argv[1:]
    with open(database, encoding="utf-8") as file:
        commands = json.load(file)
    todo = {
        entry["file"]: entry["file"]
        for entry in commands
        if re.search(r" -o (?:lib|tool/ilbridge)/", entry["command"])
        and not re.search(r" -o \S*_clang\.dir/| -o lib/(?:host|select)/", entry["command"].replace("_without_clang.dir", ""))
    }
    bad = []
    seen = set(todo)
    while todo:
        path, by = todo.popitem()
        with open(path, encoding="utf-8") as file:
            text = file.read()
        for name in INCLUDE.findall(text):
            if name.startswith(("clang/", "clang-c/")):
                bad.append(f"{os.path.relpath(by, root)} includes {name} by {os.path.relpath(path, root)}")
            for folder in [os.path.dirname(path), os.path.join(root, "include")]:
                found = os.path.normpath(os.path.join(folder, name))
                if os.path.isfile(found) and found not in seen:
                    seen.add(found)
                    todo[found] = by
    print("\n".join(bad))
    sys.exit(bool(bad) or len(seen) < 200)


if __name__ == "__main__":
    main()
