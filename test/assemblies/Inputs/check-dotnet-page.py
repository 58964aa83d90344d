"""Checks that every row of docs/dotnet.md names an existing test: check-dotnet-page.py ROOT."""

import os
import re
import sys

root, failed, count = sys.argv[1], False, 0
with open(os.path.join(root, "docs", "dotnet.md"), encoding="utf-8") as page:
    for number, line in enumerate(page, 1):
        if not line.startswith("|") or re.match(r"\|[-|]*$|\| what \|", line.strip()):
            continue
        count += 1
        tests = re.findall(r"`((?:test|scripts)/[^`]*)`", line.rsplit("|", 2)[-2])
        missing = [test for test in tests if not os.path.exists(os.path.join(root, test))]
        if missing or not tests:
            failed = True
            print(f"docs/dotnet.md:{number}: {'names no test' if not tests else 'there is no ' + missing[0]}")
if count < 10:
    sys.exit("docs/dotnet.md has hardly any row")
sys.exit(failed)
