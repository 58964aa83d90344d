#!/usr/bin/env python3
"""Builds a program of generated and hand-written sources, and runs it.

usage: execute.py --clang CLANG --gcc GCC --flags FLAGS --folder FOLDER [--oldest VERSION] SOURCE...

CLANG and GCC are compilers, each with the flags of its own. Sources are named relative to FOLDER; a .c file is compiled as C. Standard
output is that of the last program. Fails where a compiler or a program does.
"""

import argparse
import os
import shlex
import subprocess
import sys

# The oldest C++ standard in which versions of the runtime are written, and the newest that both
# compilers support. Each compiler runs the program in one of them, and only checks the syntax and
# warnings in the other one.
OLD, NEW = "-std=c++11", "-std=c++20"


def run(command, folder):
    """Runs a command, and prints it if it fails. Returns its output."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        print("$", shlex.join(command), file=sys.stderr)
        print(done.stdout + done.stderr, file=sys.stderr)
        sys.exit(f"exit status {done.returncode}")
    return done.stdout


def build(compile, sources, program, folder):
    """compile: a C++ compiler, C++'s version, and other flags."""
    compiler, version, *flags = compile
    rest = []
    for source in sources:
        if source.endswith(".c"):
            as_c = [compiler, "-x", "c", "-std=c99", *flags]
            rest.append(f"{program}-{source}.o")
            run([*as_c, "-c", source, "-o", rest[-1]], folder)
        else:
            rest.append(source)
    run([compiler, version, *flags, *rest, "-o", program], folder)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--clang", required=True, type=shlex.split)
    parser.add_argument("--gcc", required=True, type=shlex.split)
    parser.add_argument("--flags", required=True, type=shlex.split)
    parser.add_argument("--folder", required=True)
    # The standard that the native side requires, if it is newer.
    parser.add_argument("--oldest", default=OLD)
    parser.add_argument("sources", nargs="+")
    options = parser.parse_args()
    output = ""
    for (compiler, *own), runs, reads in (
        (options.clang, options.oldest, NEW),
        (options.gcc, NEW, options.oldest),
    ):
        program = os.path.join(options.folder, os.path.basename(compiler))
        flags = [*own, *options.flags]
        build([compiler, runs, *flags], options.sources, program, options.folder)
        output = run([program], options.folder)
        for source in options.sources:
            if "generated" in source:
                run([compiler, reads, *flags, "-fsyntax-only", source], options.folder)
    print(output, end="")


main()
