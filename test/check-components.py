#!/usr/bin/env python3
"""A component includes only its own headers and the public headers of components above it.

usage: check-components.py SOURCE_ROOT

The order is that of lib/CMakeLists.txt, and the table in docs/architecture.md lists the components
in the same order.
"""

import os
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.M)
# It hides the differences between versions of LLVM from every component.
SHARED = {"versions"}


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


def sources(root, order):
    for component in order:
        for top in [os.path.join("lib", component), os.path.join("include", "ilbridge", component)]:
            for folder, _, names in os.walk(os.path.join(root, top)):
                for name in sorted(names):
                    if name.endswith((".cpp", ".h", ".def", ".inc")):
                        yield component, os.path.relpath(os.path.join(folder, name), root)


def problems_of(root, order, component, path):
    text = read(root, path)
    for match in INCLUDE.finditer(text):
        place = f"{path}:{text.count(chr(10), 0, match.start(1)) + 1}"
        parts = match[1].split("/")
        if parts[0] == "ilbridge" and len(parts) > 2:
            if parts[1] in SHARED or parts[1] == component:
                continue
            if parts[1] not in order:
                yield f"{place}: {parts[1]} is no component of lib/CMakeLists.txt"
            elif order.index(parts[1]) > order.index(component):
                yield f"{place}: {component} is above {parts[1]}, and must not include its headers"
        elif parts[0] in order and parts[0] != component:
            yield f"{place}: this header belongs to {parts[0]} alone"


def main():
    (root,) = sys.argv[1:]
    order = re.findall(r"^\s*add_subdirectory\((\w+)\)", read(root, "lib", "CMakeLists.txt"), re.M)
    described = re.findall(r"^\| `(\w+)` \|", read(root, "docs", "architecture.md"), re.M)
    problems = []
    if described != order:
        problems.append(f"docs/architecture.md lists {described}, and lib/CMakeLists.txt {order}")
    count = 0
    for component, path in sources(root, order):
        count += 1
        problems += problems_of(root, order, component, path)
    if count < 300:
        problems.append(f"only {count} files were found")
    print("\n".join(problems))
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
