"""Prints the sources that facts on standard input are of, and the functions."""

import json
import sys

for line in sys.stdin:
    fact = json.loads(line)
    if "source" in fact:
        print(fact["source"])
    elif "export" in fact:
        print(" ", "::".join(fact["name"]), *(value["type"] for value in fact["params"]))
