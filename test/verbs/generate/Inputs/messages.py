"""messages.py FILE: prints the messages of findings in JSON, without their locations."""

import json
import sys

for finding in json.load(open(sys.argv[1]))["findings"]:
    notes = [note["message"] for note in finding["notes"]]
    print(finding["id"], finding["severity"], finding["message"], *notes, sep="\n  ")
