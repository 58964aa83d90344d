#!/usr/bin/env python3
"""Compares the console blocks of a page with the output of their commands.

usage: check-page.py PAGE...
"""

import re
import subprocess
import sys

failed = False
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        blocks = re.findall(r"```console\n\$ (ilbridge [^\n]*)\n(.*?)```", file.read(), flags=re.S)
    if not blocks:
        print(f"{path}: has no console block")
        failed = True
    for command, shown in blocks:
        printed = subprocess.run(command.split(), capture_output=True, text=True, check=True).stdout
        if printed != shown:
            print(f"{path}: '{command}' prints something else:\n{printed}")
            failed = True
sys.exit(failed)
