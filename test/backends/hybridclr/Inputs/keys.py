"""Makes `ilbridge list bridges --format=json` readable by method.

    ilbridge list bridges … --format=json | keys.py METHODS [STRUCTS]

For each row and each method that needs it whose name matches the pattern
METHODS: "m2n Game.Type::Method vu1". Struct tokens, which are numbers, stand
there as the full name of a struct that has them, of the first in order that the
pattern STRUCTS matches: "vs<Game:Point>". With STRUCTS, a line follows for each
token with all names of that pattern that have it: "struct Game:A = Game:B".
"""

import json
import re
import sys

methods = re.compile(sys.argv[1])
structs = re.compile(sys.argv[2]) if len(sys.argv) > 2 else None
bridges = json.load(sys.stdin)["bridges"]

names = {}
for row in bridges.pop("structs", []):
    names.setdefault(row["token"], []).append(row["full_name"])
wanted = {
    token: sorted(filter(structs.match, all_names)) if structs else []
    for token, all_names in names.items()
}


def readable(match):
    token = match.group()
    if token not in names:
        return token
    return f"s<{(wanted[token] or sorted(names[token]))[0]}>"


lines = []
for table, rows in bridges.items():
    for row in rows:
        key = re.sub(r"s\d+", readable, row["key"])
        if "reserved" in row:
            key += f" {row['needed']}/{row['reserved']}"
        for method in row["needed_by"]:
            if methods.match(method):
                lines.append(f"{table} {method} {key}")
print("\n".join(sorted(lines)))
if structs:
    print("\n".join(sorted("struct " + " = ".join(w) for w in wanted.values() if w)))
