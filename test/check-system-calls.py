#!/usr/bin/env python3
"""Only lib/system knows the operating system.

usage: check-system-calls.py SOURCE_ROOT

Everything else in the program is C++ and LLVM's Support library, so that porting it to another
system means porting one file of a few hundred lines.
"""

import os
import re
import sys

# Headers of POSIX, of its extensions and of Windows. <cstdlib> and its like are C++.
HEADERS = re.compile(
    r"\s*#\s*include\s*<((?:unistd|fcntl|signal|dirent|dlfcn|poll|pthread|pwd|grp|spawn|sched|termios|utime|ucontext"
    r"|execinfo|strings|netdb|semaphore|windows|winsock2|io|direct|process|psapi|shellapi)\.h|csignal"
    r"|(?:sys|net|netinet|arpa|mach|linux|asm)/[^>]*)>"
)
# Calls that a header of LLVM or of C++ may declare by the way. Functions of ilbridge have the
# names of others, such as open and read.
CALLS = re.compile(
    r"(?<![\w.:>])(?:pread|pwrite|lseek|ftruncate|fsync|flock|fcntl|fstat|lstat|unlink|readlink|symlink|mkdir|rmdir"
    r"|chdir|getcwd|fork|execvp?|waitpid|dup2?|mmap|munmap|isatty|getpid|sigaction|setenv|unsetenv|sysconf|usleep"
    r"|nanosleep)\("
)
GLOBAL_CALLS = re.compile(r"(?<![\w>])::(?:open|close|read|write|rename|remove|kill|_\w+|[A-Z]\w+)\(")
MACROS = re.compile(r"\b(?:_WIN32|_WIN64|__linux__|__unix__|__APPLE__|__FreeBSD__|_MSC_VER|__MINGW32__)\b")

SYSTEM = {"lib/system/Posix.cpp", "lib/system/Windows.cpp"}
# Parts that exist for one system only.
ALLOWED = {
    "tool/clang-plugin/Preload.cpp": "is loaded with LD_PRELOAD, and removes that for the programs that it starts",
    "tool/clangd/main.cpp": "starts clangd with LD_PRELOAD",
    "tool/clangd/Naming.cpp": "filters clangd's output",
}


def sources(root):
    for top in ["lib", "include/ilbridge", "tool"]:
        for folder, _, names in os.walk(os.path.join(root, top)):
            for name in sorted(names):
                if name.endswith((".cpp", ".h")):
                    yield os.path.relpath(os.path.join(folder, name), root)


def problems_of(path, text):
    for number, line in enumerate(text.splitlines(), 1):
        for match in HEADERS.finditer(line):
            yield f"{path}:{number}: <{match[1]}> is a header of an operating system; call it in lib/system"
        # Generated code and macros of targets are in strings.
        code = re.sub(r'"(?:[^"\\]|\\.)*"', '""', line)
        code = re.sub(r"//.*", "", code)
        if re.match(r"\s*(?:#\s*(?:if|ifdef|ifndef|elif)\b)", code) and MACROS.search(code):
            yield f"{path}:{number}: what differs between systems belongs into lib/system"
        for match in [*GLOBAL_CALLS.finditer(code), *CALLS.finditer(code)]:
            yield f"{path}:{number}: {match[0]} is a system call; call it in lib/system"


def main():
    (root,) = sys.argv[1:]
    problems, used = [], set()
    for path in sources(root):
        with open(os.path.join(root, path), encoding="utf-8") as file:
            found = list(problems_of(path, file.read()))
        if path in SYSTEM or path in ALLOWED:
            if found:
                used.add(path)
            continue
        problems += found
    problems += [f"{path} calls no system any more" for path in sorted((SYSTEM | ALLOWED.keys()) - used)]
    print("\n".join(problems))
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
