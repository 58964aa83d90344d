#!/usr/bin/env python3
"""Runs the example of a diagnostic's page through every host, and compares.

usage: compare-hosts.py CATALOGUE PAGE INCLUDE FOLDER TOOLS CLANG CLANG_TIDY

The command line, the Clang plugin, clang-tidy and ilbridge-clangd have to report
the same ids, severities, texts and places of the diagnostics that one source can
show, as CATALOGUE (Diagnostics.def) says. The rest is the command line's alone. TOOLS is the folder of the built hosts.
"""

import importlib.util
import json
import os
import re
import shlex
import signal
import subprocess
import sys


def load(name, *path):
    here = os.path.dirname(os.path.abspath(__file__))
    spec = importlib.util.spec_from_file_location(name, os.path.join(here, *path))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tour = load("tour", "..", "run-tour.py")
lsp = load("lsp", "..", "clangd", "lsp.py")

# The configuration key for each flag in an example.
KEYS = {
    "--assembly": "assemblies",
    "--reference": "references",
    "--target": "targets",
    "--aot": "aot",
    "--hot-update": "hot-update",
}


def finding(severity, message, id, file="", line=0, column=0):
    """Returns the finding in the form that is compared. clangd begins messages with a capital letter."""
    place = (os.path.basename(file), int(line), int(column)) if line else None
    return (id, severity, message[:1].lower() + message[1:], place)


def from_text(text):
    """Parses the output of the command line, Clang and clang-tidy."""
    pattern = r"^(?:(\S+?):(?:(\d+):(\d+):)? )?(error|warning): (.*) \[(ilbridge-[a-z-]+)\]$"
    return {
        finding(severity, message, id, file or "", line or 0, column or 0)
        for file, line, column, severity, message, id in re.findall(pattern, text, flags=re.M)
    }


def from_clangd(command, sources, folder):
    os.chdir(folder)
    client = lsp.Client(command)
    found = set()
    for source in sources:
        client.open(source)
        for d in client.found(source):
            message = re.sub(r" \(fix(es)? available\)", "", d["message"]).split("\n")[0]
            if named := re.fullmatch(r"(.*) \[(ilbridge-[a-z-]+)\]", message):
                message, id = named.groups()
                if (d["code"], d["source"]) != (id, "ilbridge"):
                    raise SystemExit(f"clangd's code and source are not those of {id}: {d}")
                start = d["range"]["start"]
                found.add(
                    finding(
                        lsp.SEVERITIES[d["severity"]],
                        message,
                        id,
                        source,
                        start["line"] + 1,
                        start["character"] + 1,
                    )
                )
    client.close()
    return found


def configuration(words):
    """Converts a command's flags to a configuration, its sources and compile flags."""
    end = words.index("--") if "--" in words else len(words)
    values, output, sources, runtime = {}, {}, [], ""
    flags = iter(words[2:end])
    for word in flags:
        if word in KEYS:
            values.setdefault(KEYS[word], []).append(next(flags))
        elif word in ("--backend", "-o", "--dialect"):
            output["file" if word == "-o" else word[2:]] = next(flags)
        elif word == "--runtime":
            runtime = f"runtime: {next(flags)}\n"
        elif word == "--export-header":
            next(flags)  # a header is no source that a host would be given
        elif word.startswith("-"):
            raise SystemExit(f"this script does not know the flag {word}")
        else:
            sources.append(word)
    text = runtime + "".join(f"{key}: [{', '.join(value)}]\n" for key, value in values.items())
    if output:
        text += f"outputs: [{json.dumps(output)}]\n"
    return text or "keep-going: false\n", sources, words[end + 1 :]


def run(command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")
    return done.stdout + done.stderr


def main():
    signal.alarm(300)  # a clangd that hangs is a failure
    catalogue, page, include, folder, tools, clang, clang_tidy = sys.argv[1:]
    with open(catalogue, encoding="utf-8") as file:
        rows = re.findall(
            r'^DIAGNOSTIC\(\s*\w+,\s*"([^"]*)",\s*\w+,\s*(\w+),', file.read(), flags=re.M
        )
    scopes = dict(rows)
    id = os.path.splitext(os.path.basename(page))[0]
    with open(page, encoding="utf-8") as file:
        text = file.read()
    folder = os.path.abspath(folder)
    os.makedirs(folder)
    os.symlink(include, os.path.join(folder, "include"))
    os.environ["PATH"] = os.path.join(tools, "ilbridge") + os.pathsep + os.environ["PATH"]

    # Run the example like a user, up to its last command.
    shell = tour.Shell(folder)
    expected, last = set(), None
    for language, body, name in tour.blocks(text, "Example"):
        if language != "console" and name:
            os.makedirs(os.path.dirname(os.path.join(folder, name)) or ".", exist_ok=True)
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(body)
        elif language == "console":
            for command, _ in tour.commands(body):
                command = command.split("2>&1")[0].strip()
                output = "\n".join(shell.run(command + " 2>&1"))
                if re.match("ilbridge (check|scan)", command):
                    expected, last = from_text(output), shlex.split(command)
    if not last:
        # If the example contains no C++, hosts report nothing.
        print("no source")
        return 0 if scopes[id] == "Program" else 1
    if not any(each[0] == id for each in expected):
        print(f"the example does not give [{id}]")
        return 1
    alone = {each for each in expected if scopes[each[0]] == "Program"}
    expected -= alone
    if (scopes[id] == "Program") != (id in {each[0] for each in alone}):
        return 1

    config, sources, flags = configuration(last)
    if not sources:
        print("no source")
        return 0 if not expected else 1
    with open(os.path.join(folder, "ilbridge.yaml"), "w", encoding="utf-8") as file:
        file.write(config)
    with open(os.path.join(folder, "compile_flags.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(flags) + "\n")
    plugin = "-fplugin=" + os.path.join(tools, "clang-plugin", "libilbridge-clang.so")
    module = "-load=" + os.path.join(tools, "clang-tidy", "libilbridge-tidy.so")
    if all(each.endswith(".c") for each in sources):
        # clang++ would compile them as C++.
        clang = clang.removesuffix("++")
    hosts = {
        "plugin": from_text(run([clang, plugin, "-fsyntax-only", *flags, *sources], folder)),
        "clang-tidy": from_text(
            run([clang_tidy, module, "--checks=-*,ilbridge-*", *sources, "--", *flags], folder)
        ),
        "clangd": from_clangd(
            [os.path.join(tools, "clangd", "ilbridge-clangd"), "--background-index=0"], sources, folder
        ),
    }
    status = 0
    for host, found in hosts.items():
        # Editors also show suggestions with this id, which are compared separately.
        found = {each for each in found if each[0] != "ilbridge-missing-export"}
        # If the command line reports a location in C#, hosts report the location of the export.
        places = {each[3] for each in expected}
        if None in places:
            unplaced = {each[:3] for each in expected if each[3] is None}
            found = {each if each[:3] not in unplaced else (*each[:3], None) for each in found}
        for each in sorted(expected - found, key=str):
            print(f"{host} lacks", *each)
            status = 1
        for each in sorted(found - expected, key=str):
            print(f"{host} alone has", *each)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
