"""Runs `ilbridge generate` for a test and compiles what it has written.

Each file for the table and for LeanCLR is compiled on its own, by Clang and by
GCC, with the include path, macros and standard of the sources that were scanned
and with nothing that a command includes before it. The program's streams and
exit status are the test's; if a compiler refuses a file, the status is 99.
Files for HybridCLR belong into its runtime: test/standin/hybridclr builds them.

ILBRIDGE, CLANGXX and GXX are programs, ILBRIDGE_SOURCE is the project's folder.
"""

import json
import os
import re
import subprocess
import sys

SUFFIXES = (".cpp", ".cc", ".cxx", ".inc", ".inl", ".h", ".hpp")
BACKENDS = ('"ilbridge/import_table.h"', '"public/leanclr.hpp"')
# Where the search for files that were written ends: no test has so many.
MOST_FILES = 3000


def states():
    """What is known of each file below the working folder that could be
    generated."""
    found = {}
    for folder, folders, files in os.walk("."):
        folders[:] = [each for each in folders if each not in (".git", "cache")]
        for name in files:
            if name.endswith(SUFFIXES):
                path = os.path.join(folder, name)
                state = os.stat(path)
                found[path] = (state.st_mtime_ns, state.st_size, state.st_ino)
        if len(found) > MOST_FILES:
            break
    return found


def words_of_database(folder):
    try:
        with open(os.path.join(folder, "compile_commands.json")) as f:
            entries = json.load(f)
    except (OSError, ValueError):
        return []
    words = []
    for entry in entries:
        line = entry.get("arguments") or entry.get("command", "").split()
        base = entry.get("directory", ".")
        for word in line:
            match = re.fullmatch(r"(-I|-isystem)(.+)", word)
            words.append(match[1] + os.path.join(base, match[2]) if match else word)
    return words


def flags(arguments):
    """The include path, macros and standard of what was scanned."""
    words = list(arguments)
    config = "ilbridge.yaml"
    for key, value in zip(arguments, arguments[1:]):
        if key in ("-c", "--config"):
            config = value
        if key in ("-p", "--build"):
            words += words_of_database(value)
    try:
        with open(config) as f:
            text = f.read()
    except OSError:
        text = ""
    base = os.path.dirname(config)
    for word in re.findall(r"-[ID][^\s,\"'\]]+|-std=[^\s,\"'\]]+", text):
        if word.startswith("-I"):
            word = "-I" + os.path.join(base, word[2:])
        words.append(word)
    for folder in re.findall(r"^build: *(\S+)", text, re.M):
        words += words_of_database(os.path.join(base, folder))

    result, standard, folder = [], "-std=c++20", False
    for word in words:
        word = word.replace("--export-arg=", "").replace("--extra-arg=", "")
        if folder:
            result += ["-isystem", word]
        elif re.match(r"-[ID].", word) and word not in result:
            result.append(word)
        elif re.match(r"-std=(c|gnu)\+\+", word):
            standard = word
        folder = word == "-isystem"
    source = os.environ["ILBRIDGE_SOURCE"]
    own = ["include", "test/standin/leanclr"]
    return [standard, *result, *("-isystem" + os.path.join(source, each) for each in own)]


def main():
    arguments = sys.argv[1:]
    before = states()
    status = subprocess.run([os.environ["ILBRIDGE"], *arguments]).returncode
    if status not in (0, 1):
        return status
    command = None
    for path, state in sorted(states().items()):
        if before.get(path) == state:
            continue
        with open(path, errors="replace") as f:
            text = f.read()
        if not any("#include " + each in text for each in BACKENDS):
            continue
        command = command or flags(arguments)
        for compiler in (os.environ["CLANGXX"], os.environ["GXX"]):
            run = subprocess.run(
                [compiler, "-fsyntax-only", "-Wall", "-Wextra", "-Werror", *command,
                 "-I.", "-x", "c++", path],
                capture_output=True, text=True)
            if run.returncode:
                print(f"{sys.argv[0]}: what was generated does not compile: "
                      f"{compiler} {' '.join(command)}\n{run.stderr}",
                      file=sys.stderr)
                status = 99
    return status


sys.exit(main())
