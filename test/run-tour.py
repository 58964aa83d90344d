#!/usr/bin/env python3
"""Does what a page tells its reader to do, and compares what it shows.

usage: run-tour.py PAGE HEADING FOLDER

In the section HEADING of PAGE, a code block behind a paragraph that ends in
"`name`:" is a file of that name; a console block has commands behind "$ " and
their output, standard error included, behind them. Commands run one after the
other in one shell that starts in FOLDER, and each has to succeed or to show
output that says otherwise.
"""

import os
import re
import subprocess
import sys


def blocks(page, heading):
    """Yields (language, text, name of the file or None)."""
    section = re.split(r"^## ", page, flags=re.M)
    section = next(s for s in section if s.startswith(heading + "\n"))
    for match in re.finditer(r"^```(\w*)\n(.*?)^```$", section, flags=re.M | re.S):
        before = section[: match.start()].rstrip()
        name = re.search(r"`([^`\s]+)`:$", before)
        yield match[1], match[2], name and name[1]


def commands(console):
    """Splits a console block into (command, output) pairs."""
    command, output = None, []
    for line in console.splitlines():
        if line.startswith("$ "):
            if command is not None:
                yield command, output
            command, output = line[2:], []
        else:
            output.append(line)
    if command is not None:
        yield command, output


class Shell:
    """One bash process, so that cd and export affect later commands."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            ["bash", "--norc"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, command):
        end = "=== end of the command ==="
        self.process.stdin.write(f"{command}\necho\necho '{end}'\n")
        self.process.stdin.flush()
        lines = []
        for line in self.process.stdout:
            if line.rstrip("\n") == end:
                break
            lines.append(line.rstrip("\n"))
        if lines and lines[-1] == "":
            lines.pop()
        return lines


def main():
    page, heading, folder = sys.argv[1:]
    with open(page, encoding="utf-8") as file:
        text = file.read()
    os.makedirs(folder, exist_ok=True)
    shell = Shell(folder)
    checked = 0
    for language, body, name in blocks(text, heading):
        if language == "console":
            for command, expected in commands(body):
                actual = shell.run(command)
                if actual != expected:
                    print(f"{page}: after: $ {command}")
                    print("the page shows:", *expected, sep="\n  ")
                    print("but this comes:", *actual, sep="\n  ")
                    return 1
                checked += 1
        elif name:
            here = shell.run("pwd")[0]
            with open(os.path.join(here, name), "w", encoding="utf-8") as file:
                file.write(body)
    if checked < 5:
        print(f"{page}: only {checked} commands were found in '{heading}'")
        return 1
    print(f"{checked} commands do what the page shows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
