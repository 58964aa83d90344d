#!/usr/bin/env python3
"""Calls the functions of generated bridge tables, in a stand-in of the runtime.

usage: execute.py --clang CLANG --gcc GCC --standin FOLDER --folder FOLDER
                  [--abi MACRO | --version N] [--type CODE=TYPE]... [--limit N] [--shared]
                  [--on MACHINE] [--driver FILE] [--include FOLDER]... FILE...

The files are those of one run of `ilbridge generate`. The calls, one or more
for each row, are written by calls.py, which reads the rows' keys and knows by
itself what C++ types their codes stand for. They run on this machine, or where
--on says. With --driver, that file is the program instead, and the others are
compiled beside it. The runtime is the newest, a classic one for the ABI family that
--abi says, or of the version --version: 704 for 7.4.
"""

import argparse
import os
import shlex
import subprocess
import sys

WARNINGS = "-Wall -Wextra -Wpedantic -Werror"
# Slots that no bridge function writes contain a pattern, so that they are not zero by chance.
PATTERN = "-ftrivial-auto-var-init=pattern"
CHECKS = PATTERN + " -fsanitize=address,undefined -fno-sanitize-recover=undefined"
OPTIMISED = PATTERN + " -O2"
# Rows share functions that are compiled for another type, and a function may take a pointer for an
# integer of the same size.
SHARED = " -fno-sanitize=function -fno-elide-constructors"
HERE = os.path.dirname(os.path.abspath(__file__))


def machines(clang, gcc, shared):
    """Returns for each machine the compilers with their flags, and the command that runs a program."""
    return {
        # One compiler detects undefined behaviour, and the other one optimises based on it.
        "host": ([f"{clang} -std=c++11 {CHECKS}" + SHARED * shared, f"{gcc} -std=c++17 {OPTIMISED}"], ""),
        "aarch64": ([f"aarch64-linux-gnu-g++ -std=c++11 {OPTIMISED} -static"], "qemu-aarch64-static"),
        "wasm32": (
            [f"{clang} --target=wasm32-wasi -std=c++17 {OPTIMISED} -fno-exceptions -Wl,--fatal-warnings"],
            f"node --no-warnings {shlex.quote(os.path.join(HERE, 'run-wasm.mjs'))}",
        ),
    }


def run(command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        print("$", shlex.join(command), file=sys.stderr)
        print(done.stdout + done.stderr, file=sys.stderr)
        sys.exit(f"exit status {done.returncode}")
    return done.stdout


def driver(options):
    """Returns a program that calls every row, or that many of them."""
    command = [sys.executable, os.path.join(options.standin, "calls.py")]
    for each in options.type:
        command += ["--type", each]
    if options.limit:
        command += ["--limit", str(options.limit)]
    if options.abi or options.version < 504:
        command.append("--no-letters")
    calls = run(command + options.files, options.folder)
    if not calls:
        sys.exit("there is no row to call")
    # Only the file of the current generation contains names for its structs.
    includes = (
        ["hybridclr/interpreter/InstrinctDef.h"] if options.abi else options.files
    ) + ["standin/harness.h"]
    if options.abi:
        includes.reverse()
    text = "".join(f'#include "{each}"\n' for each in includes)
    if options.abi:
        text += "using namespace hybridclr::interpreter;\n"
    text += "int main() {\n" + calls
    if not options.limit:
        text += "standin::finish();\n"
    path = os.path.join(options.folder, "driver.cpp")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text + "}\n")
    return ["driver.cpp"] + (options.files if options.abi else [])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--clang", required=True)
    parser.add_argument("--gcc", required=True)
    parser.add_argument("--standin", required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--abi")
    parser.add_argument("--version", type=int, default=805)
    parser.add_argument("--type", action="append", default=[])
    parser.add_argument("--limit", type=int)
    parser.add_argument("--shared", action="store_true", help="rows share functions, by design of another type")
    parser.add_argument("--on", metavar="MACHINE", default="host", help="host, aarch64 or wasm32")
    parser.add_argument("--driver", metavar="FILE", help="the program; the other files are compiled beside it")
    parser.add_argument("--include", metavar="FOLDER", action="append", default=[])
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    generation = os.path.join(options.standin, "classic" if options.abi else "structural")
    runtime = os.path.join(options.standin, "runtime")
    # Generated files include "../interpreter/…", so any folder next to it works.
    includes = [generation, runtime, options.standin, os.path.dirname(options.standin), options.folder]
    for root in (generation, runtime):
        for part in ("interpreter", "metadata"):
            beside = os.path.join(root, "hybridclr", part)
            if os.path.isdir(beside):
                includes.append(beside)
    includes += options.include
    flags = [*WARNINGS.split(), *(f"-I{each}" for each in includes)]
    flags.append(f"-D{options.abi}=1" if options.abi else f"-DSTANDIN_VERSION={options.version}")
    sources = [options.driver, *options.files] if options.driver else driver(options)
    compilers, runner = machines(
        options.clang, options.gcc, options.shared or options.driver is not None)[options.on]
    for compiler in compilers:
        command = shlex.split(compiler)
        program = os.path.join(options.folder, os.path.basename(command[0]))
        run([*command, *flags, *sources, "-o", program], options.folder)
        run([*shlex.split(runner), program], options.folder)


main()
