#!/usr/bin/env python3
"""Prints how many bridge functions generated files have, and how many rows.

usage: count-functions.py FILE...
"""

import re
import sys

for name in sys.argv[1:]:
    text = open(name, encoding="utf-8").read()
    words = [f"{name}:"]
    for kind in ("M2N", "N2M", "N2M_AdjustorThunk"):
        prefix = f"__{kind}_(?!AdjustorThunk_)"
        functions = len(re.findall(rf"^static \w+ {prefix}\w+\(", text, re.MULTILINE))
        rows = len(re.findall(rf'^ +{{"\w+", (?:\(\w+\))?{prefix}\w+}},$', text, re.MULTILINE))
        words.append(f"{kind} {functions} of {rows}")
    print(*words)
