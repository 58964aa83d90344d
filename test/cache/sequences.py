"""Makes random sequences of edits, and compares runs that remember with runs that do not.

usage: sequences.py [--seed N] [--sequences N] [--edits N] [--jobs N] [--keep FOLDER]

A sequence is a small project that is changed again and again: contents, flags,
files that appear and vanish, links, renames, times, variables, branches. After
each edit, a verb runs twice: with the cache that all earlier runs have left,
and with --no-cache. Both have to print, write and return the same, byte for
byte. Sequence number K of a seed is the same on every machine.
"""

import argparse
import concurrent.futures
import difflib
import os
import random
import shutil
import subprocess
import sys
import tempfile

from sequence_project import Project, compile_assemblies


def run(project, arguments):
    """Returns the output, the files and the exit status of a run."""
    environment = {k: v for k, v in os.environ.items() if k not in ("CPATH", "CPLUS_INCLUDE_PATH", "C_INCLUDE_PATH")}
    done = subprocess.run(
        ["ilbridge", *arguments],
        cwd=project.root,
        env={**environment, **project.variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        check=False,
    )
    files = {}
    for name in ["out.cpp", "d"]:
        path = project.root / name
        files[name] = path.read_bytes() if path.is_file() else None
    return {"status": done.returncode, "out": done.stdout, "err": done.stderr, **files}


def compare(project):
    """Runs a verb with the cache and without it. Returns the differences, and both runs."""
    arguments = project.rng.choice(
        [
            ["generate", "-j1", "--depfile", "d", "--stamp", "stamp"],
            ["generate", "-j1"],
            ["check", "-j1", "--depfile", "d", "--stamp", "stamp"],
            ["check", "-j1", "--format=json"],
            ["scan", "-j1"],
            ["scan", "-j1", "--scan-all"],
        ]
    )
    project.log.append("ilbridge " + " ".join(arguments))
    # The second run begins with the output that existed before the first one.
    output, kept = project.root / "out.cpp", project.root / "out.kept"
    if output.exists():
        shutil.copy2(output, kept)
    (project.root / "d").unlink(missing_ok=True)
    remembers = run(project, arguments)
    left = project.root / "out.left"
    if output.exists():
        os.replace(output, left)
    if kept.exists():
        os.replace(kept, output)
    (project.root / "d").unlink(missing_ok=True)
    fresh = run(project, [*arguments, "--no-cache"])
    if output.exists():
        output.unlink()
    if left.exists():
        os.replace(left, output)
    return [key for key in fresh if fresh[key] != remembers[key]], remembers, fresh


def run_sequence(seed, number, edits, assemblies, include, keep):
    """Returns what is wrong with a sequence; empty if nothing is."""
    rng = random.Random(f"{seed}/{number}")
    root = tempfile.mkdtemp(prefix=f"sequence-{number}-", dir=keep)
    project = Project(root, assemblies, include, rng)
    for _ in range(edits):
        project.edit()
        differs, remembers, fresh = compare(project)
        if differs:
            lines = [f"sequence {number} of seed {seed} in {root}: another {', '.join(differs)}"]
            lines += ["  " + line for line in project.log]
            for key in differs:
                texts = [
                    value.decode(errors="replace").splitlines() if isinstance(value, bytes) else [str(value)]
                    for value in (fresh[key], remembers[key])
                ]
                lines += list(difflib.unified_diff(*texts, "without a cache", "with it", lineterm="", n=1))[:40]
            return "\n".join(lines)
    shutil.rmtree(root)
    return ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first sequence")
    parser.add_argument("--sequences", type=int, default=2000)
    parser.add_argument("--edits", type=int, default=6)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--include", required=True, help="the folder of ilbridge/export.h")
    parser.add_argument("--keep", default=tempfile.gettempdir(), help="where sequences that fail are left")
    arguments = parser.parse_args()
    os.makedirs(arguments.keep, exist_ok=True)
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        assemblies = compile_assemblies(folder)
        with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
            runs = [
                pool.submit(
                    run_sequence,
                    arguments.seed,
                    number,
                    arguments.edits,
                    assemblies,
                    os.path.abspath(arguments.include),
                    arguments.keep,
                )
                for number in range(arguments.first, arguments.first + arguments.sequences)
            ]
            for run in concurrent.futures.as_completed(runs):
                if run.result():
                    wrong.append(run.result())
                    print(run.result(), flush=True)
    print(f"{arguments.sequences} sequences of {arguments.edits} edits, seed {arguments.seed}: {len(wrong)} differ")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
