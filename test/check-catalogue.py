#!/usr/bin/env python3
"""Every diagnostic has what it needs, and nothing is left of one that is gone.

usage: check-catalogue.py SOURCE_ROOT ILBRIDGE

For each row of Diagnostics.def: a page docs/diagnostics/<id>.md whose title is
the id and whose example shows the diagnostic, which `ilbridge explain <id>`
prints; and a folder test/diagnostics/<id> with a test, other than the page's
own, that expects [<id>].
"""

import os
import re
import subprocess
import sys


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


def main():
    root, ilbridge = sys.argv[1:]
    catalogue = read(root, "include/ilbridge/diagnostic/Diagnostics.def")
    ids = re.findall(r'^DIAGNOSTIC\(\s*\w+,\s*"([^"]*)"', catalogue, flags=re.M)
    problems = []
    if len(ids) != len(re.findall(r"^DIAGNOSTIC\(", catalogue, flags=re.M)):
        problems.append("Diagnostics.def has a row that this script cannot read")
    problems += [f"{id} stands in the catalogue twice" for id in set(ids) if ids.count(id) > 1]

    pages_folder = os.path.join(root, "docs/diagnostics")
    tests_folder = os.path.join(root, "test/diagnostics")
    pages = os.listdir(pages_folder)
    folders = os.listdir(tests_folder)
    for id in ids:
        if f"{id}.md" not in pages:
            problems.append(f"{id} has no page docs/diagnostics/{id}.md")
        else:
            page = read(pages_folder, f"{id}.md")
            if not page.startswith(f"# {id}\n"):
                problems.append(f"the title of {id}.md is not its id")
            if f"[{id}]" not in page:
                problems.append(f"{id}.md has no example that shows the message")
            shown = subprocess.run(
                [ilbridge, "explain", id], capture_output=True, text=True, encoding="utf-8"
            )
            if shown.stdout != page:
                problems.append(f"'ilbridge explain {id}' does not show its page")
        if id not in folders:
            problems.append(f"{id} has no folder test/diagnostics/{id}")
            continue
        tests = [
            read(tests_folder, id, name)
            for name in os.listdir(os.path.join(tests_folder, id))
            if name != "page.test"
        ]
        if not any(f"[{id}]" in test for test in tests):
            problems.append(f"no test in test/diagnostics/{id} expects [{id}]")
        if not os.path.exists(os.path.join(tests_folder, id, "page.test")):
            problems.append(f"test/diagnostics/{id} has no page.test")

    problems += [f"docs/diagnostics/{p} is of no diagnostic" for p in pages if p[:-3] not in ids]
    problems += [f"test/diagnostics/{f} is of no diagnostic" for f in folders if f not in ids]
    print(*sorted(problems), sep="\n")
    return 1 if problems or not ids else 0


if __name__ == "__main__":
    sys.exit(main())
