#!/usr/bin/env python3
"""Does what the page of a diagnostic shows, in an empty folder.

usage: run-diagnostic-page.py PAGE INCLUDE FOLDER

"## Example" has files and commands with the output that they give, the
diagnostic among it. "## How to fix it" replaces files; the same commands then
give no error and no warning, unless that section has commands of its own.
INCLUDE is where ilbridge/export.h is.
"""

import importlib.util
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
spec = importlib.util.spec_from_file_location("tour", os.path.join(HERE, "run-tour.py"))
tour = importlib.util.module_from_spec(spec)
spec.loader.exec_module(tour)


def fail(*lines):
    print(*lines, sep="\n  ")
    sys.exit(1)


def do(page, heading, folder, shell):
    """Writes the files of the section and runs its commands. \returns the commands."""
    done = []
    for language, body, name in tour.blocks(page, heading):
        if language != "console":
            if not name:
                continue
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(body)
            continue
        for command, expected in tour.commands(body):
            actual = shell.run(command)
            if actual != expected:
                fail(
                    f"after: $ {command}\nthe page shows:",
                    *expected,
                    "\nbut this comes:",
                    *actual,
                )
            done.append((command, actual))
    return done


def main():
    path, include, folder = sys.argv[1:]
    name = os.path.splitext(os.path.basename(path))[0]
    with open(path, encoding="utf-8") as file:
        page = file.read()
    os.makedirs(folder)
    os.symlink(include, os.path.join(folder, "include"))
    shell = tour.Shell(folder)

    shown = do(page, "Example", folder, shell)
    if not any(f"[{name}]" in line for _, output in shown for line in output):
        fail("the example does not give the diagnostic")

    fixed = do(page, "How to fix it", folder, shell)
    if not any("ilbridge" in command for command, _ in fixed):
        again = [c for c, _ in shown if re.match("ilbridge |mcs -target", c)]
        fixed += [(command, shell.run(command)) for command in again]
    if not any("ilbridge" in command for command, _ in fixed):
        fail("nothing shows that the finding is fixed")
    for command, output in fixed:
        if any(re.search(r"error|warning", line) for line in output):
            fail(f"fixed, but after: $ {command}\nthis comes:", *output)


if __name__ == "__main__":
    main()
