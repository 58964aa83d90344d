"""Writes compile_commands.json in the working directory: an entry an argument.

usage: commands.py 'SOURCE COMMAND LINE'...

The line is split at spaces; " -c SOURCE" is put behind it.
"""

import json
import os
import sys

with open("compile_commands.json", "w", encoding="utf-8") as file:
    json.dump(
        [
            {
                "directory": os.getcwd(),
                "file": source,
                "arguments": [*line.split(" "), "-c", source],
            }
            for source, line in (each.split(" ", 1) for each in sys.argv[1:])
        ],
        file,
    )
