"""Compares the commands of the workflow with the scripts: commands.py SOURCE-ROOT"""

import os
import re
import sys

import yaml

root = sys.argv[1]
with open(os.path.join(root, "docs/building.md"), encoding="utf-8") as file:
    building = file.read()
with open(os.path.join(root, ".github/workflows/ci.yml"), encoding="utf-8") as file:
    workflow = yaml.safe_load(file)
commands = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
programs = [word.split() for command in commands for word in re.split(r"&&|\n", command) if word.strip()]
for program, *arguments in programs:
    if program.startswith("scripts/"):
        if not os.access(os.path.join(root, program), os.X_OK):
            sys.exit(f"the workflow runs {program}, which is no script")
        command = " ".join([program, *arguments])
        if program != "scripts/setup" and f"`{command}`" not in building:
            sys.exit(f"the workflow runs '{command}', which docs/building.md does not name")
    elif [program, *arguments[:1]] not in (["apt-get", "update"], ["apt-get", "install"], ["git", "config"]):
        sys.exit(f"the workflow runs {program}, which is no script of this project")
if not any(program == "scripts/test" for program, *_ in programs):
    sys.exit("the workflow does not run scripts/test")
