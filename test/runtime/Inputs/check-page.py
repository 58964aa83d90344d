#!/usr/bin/env python3
"""Compares the console blocks of a page with the output of their commands.

usage: check-page.py [--update] PAGE...

With --update, pages that show something else are corrected.
"""

import re
import subprocess
import sys

update = "--update" in sys.argv
failed = False
for path in [word for word in sys.argv[1:] if word != "--update"]:
    with open(path, encoding="utf-8") as file:
        page = file.read()
    blocks = re.findall(r"```console\n\$ (ilbridge [^\n]*)\n(.*?)```", page, flags=re.S)
    if not blocks:
        print(f"{path}: has no console block")
        failed = True
    for command, shown in blocks:
        printed = subprocess.run(command.split(), capture_output=True, text=True, check=True).stdout
        if printed != shown and update:
            page = page.replace(shown, printed)
            with open(path, "w", encoding="utf-8") as file:
                file.write(page)
        elif printed != shown:
            print(f"{path}: '{command}' prints something else:\n{printed}")
            failed = True
sys.exit(failed)
