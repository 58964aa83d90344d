"""Prints the sources and the functions of the facts on standard input."""

import json
import sys

for line in sys.stdin:
    fact = json.loads(line)
    if "source" in fact:
        print(fact["source"])
    elif "export" in fact:
        print(" ", "::".join(fact["name"]), *(value["type"] for value in fact["params"]))
