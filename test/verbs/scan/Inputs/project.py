"""Writes compile_commands.json for the sources of a folder.

usage: project.py INCLUDE [SOURCE:FLAG,FLAG…]...

Every .cpp is compiled with -I INCLUDE and -I of the folder itself; some with
further flags.
"""

import json
import os
import sys

folder = os.getcwd()
more = dict(each.split(":") for each in sys.argv[2:])
commands = []
for source in sorted(name for name in os.listdir(folder) if name.endswith(".cpp")):
    flags = [f"-I{sys.argv[1]}", f"-I{folder}", "-std=c++17"]
    flags += more[source].split(",") if source in more else []
    commands.append(
        {
            "directory": folder,
            "file": source,
            "arguments": ["clang++", *flags, "-o", source + ".o", "-c", source],
        }
    )
with open("compile_commands.json", "w") as file:
    json.dump(commands, file)
