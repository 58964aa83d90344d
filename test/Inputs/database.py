"""database.py FOLDER SOURCE… [-- FLAG…]

Writes FOLDER/compile_commands.json with a command for each source, as seen
from the working directory.
"""

import json
import os
import sys

folder, *rest = sys.argv[1:]
split = rest.index("--") if "--" in rest else len(rest)
sources, flags = rest[:split], rest[split + 1 :]

os.makedirs(folder, exist_ok=True)
entries = [
    {
        "directory": os.getcwd(),
        "file": source,
        "arguments": ["clang", *flags, "-c", source, "-o", source + ".o"],
    }
    for source in sources
]
with open(os.path.join(folder, "compile_commands.json"), "w") as out:
    json.dump(entries, out, indent=1)
