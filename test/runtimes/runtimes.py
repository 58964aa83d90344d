"""Compares what `ilbridge check` says of the table with what happens when its
rows are executed, in embedded Mono and in CoreCLR. README.md says more."""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import generate
import rows
import table

HERE = pathlib.Path(__file__).parent
FINISHED = "finished"


def call(command, **options):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, errors="replace", **options)
    if done.returncode:
        sys.exit("%s\n%s%s" % (" ".join(map(str, command)), done.stdout, done.stderr))
    return done.stdout


class Mono:
    """A host program with embedded Mono."""

    libraries = pathlib.Path("/usr/lib/mono/4.5")
    compiler_flags = ()
    environment = {"MONO_DEBUG": "no-gdb-backtrace"}

    def __init__(self, options, folder):
        self.host = folder / "host"
        self.cxx_flags = ["-DWITH_MONO"] + call(["pkg-config", "--cflags", "mono-2"]).replace("-I", "-isystem").split()
        self.link_flags = call(["pkg-config", "--libs", "mono-2"]).split()

    def build_host(self, compile, folder):
        compile([HERE / "host.cpp", *self.cxx_flags, "-o", self.host, "-L" + str(folder), "-lrows", *self.link_flags])
        return [self.host]


class CoreCLR:
    """The runtime that `scripts/setup --tests` unpacks."""

    environment = {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1", "COMPlus_DbgEnableMiniDump": "0"}
    cxx_flags = []
    link_flags = []

    def __init__(self, options, folder):
        self.root = options.coreclr
        if not (self.root / "dotnet").exists():
            sys.exit("There is no CoreCLR in '%s'; run 'scripts/setup --tests'." % self.root)
        (pack,) = self.root.glob("packs/Microsoft.NETCore.App.Ref/*/ref/*")
        (framework,) = (self.root / "shared/Microsoft.NETCore.App").iterdir()
        self.libraries = framework
        references = sorted(pack.glob("System*.dll")) + [pack / "mscorlib.dll", pack / "netstandard.dll"]
        self.compiler_flags = ["-nostdlib", "-noconfig", *("-r:%s" % r for r in references)]
        self.config = folder / "rows.runtimeconfig.json"
        self.config.write_text(json.dumps({"runtimeOptions": {
            "framework": {"name": "Microsoft.NETCore.App", "version": framework.name}}}))

    def build_host(self, compile, folder):
        return [self.root / "dotnet", "exec", "--runtimeconfig", self.config]


class Execution:
    """The results of execution: for each case, nothing if all values arrived, or the values that did not arrive."""

    def __init__(self, command, folder, environment):
        self.command, self.folder = command, folder
        self.environment = {**os.environ, **environment, "LD_LIBRARY_PATH": str(folder), "LC_ALL": "C.UTF-8"}
        self.outcomes = {}

    def run(self, cases):
        """Runs the cases, and continues after each case that terminates the process."""
        left = list(cases)
        while left:
            names = self.folder / "cases.txt"
            names.write_text("".join(case.name + "\n" for case in left))
            try:
                done = subprocess.run([*map(str, self.command), str(names)], cwd=self.folder, env=self.environment,
                                      capture_output=True, text=True, errors="replace", timeout=60)
                output, status, errors = done.stdout, done.returncode, done.stderr
            except subprocess.TimeoutExpired as e:
                output, status, errors = (e.stdout or b"").decode(errors="replace"), "no end within 60 s", ""
            begun = self.read(output, {case.name: case for case in left})
            if FINISHED in output.splitlines():
                break
            if begun is None:
                sys.exit("The program did not start: %s\n%s%s" % (status, output, errors))
            why = re.search(r"(Unhandled [Ee]xception.*|\* Assertion.*|Got a SIG\w+.*)", output + errors)
            self.outcomes[begun] = "the process ended: %s" % (why[0].strip() if why else status)
            left = left[[case.name for case in left].index(begun.name) + 1:]

    def read(self, output, cases):
        begun = None
        for line in output.splitlines():
            if match := re.fullmatch(r"begin (\w+)", line):
                begun = cases[match[1]]
            elif match := re.fullmatch(r"end (\d+) (\d+) (\d+) (\d+) (.*)", line):
                *counts, thrown = match.groups()
                self.outcomes[begun] = self.judge(begun, *map(int, counts), thrown)
        return begun

    @staticmethod
    def judge(case, managed, managed_missed, native, native_missed, thrown):
        if re.match("EntryPointNotFound|DllNotFound|MissingMethod", thrown):
            sys.exit("%s is not found: %s" % (case.name, thrown))
        if thrown:
            return "throws " + thrown
        if managed_missed or native_missed:
            return "a wrong value in " + ("C++" if native_missed else "C#")
        if (managed, native) != case.wants:
            return "%d of %d values wanted in C#, %d of %d in C++" % (managed, case.wants[0], native, case.wants[1])
        return ""


def check(options, flag, assemblies, references, source, lines, cxx_flags):
    """Returns the errors that `ilbridge check` reports for each case."""
    command = [options.ilbridge, "check", "--no-config", "--format=json", "--runtime", flag, "--target", "linux-x64",
               *(a for assembly in assemblies for a in ("--assembly", assembly)), "--reference", references, source,
               "--", "-std=c++17", "-I" + str(HERE), "-I" + str(options.include), *cxx_flags]
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit("%s\n%s%s" % (" ".join(map(str, command)), done.stdout, done.stderr))
    said = {case: [] for case in lines.values()}
    names = {case.name: case for case in lines.values()}
    for finding in json.loads(done.stdout)["findings"]:
        if finding["severity"] != "error":
            continue
        where = finding["location"]
        case = lines.get(where.get("line"))
        if where.get("member"):
            case = names.get(re.split(r"::|/", where["member"])[0].removeprefix("Pointers_"))
        text = "%s [%s]" % (finding["message"], finding["id"])
        if not case:
            sys.exit("check says something that belongs to no row: %s\n%s" % (text, where))
        said[case].append(text)
    return said


def compare(case, name, outcome, said):
    """Returns sentences that describe the problems of a case; empty if everything agrees."""
    expected = name in case.arrives
    if expected != (outcome == ""):
        yield "the table says that the values %s, and what happened is: %s" % (
            "arrive" if expected else "do not arrive", outcome or "they arrived")
    if outcome and not said:
        yield "check accepts it, and what happened is: " + outcome
    if not outcome and said and name not in case.row.refused:
        yield "the values arrived, and check refuses it: " + "; ".join(said)


def execute(options, cases):
    """Builds and runs the cases. Returns the results of execution and of check for each case."""
    folder = options.work / options.runtime
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    runtime = {"mono": Mono, "coreclr": CoreCLR}[options.runtime](options, folder)
    text, lines = generate.cxx(cases)
    (folder / "rows.cpp").write_text(text)
    (folder / "Rows.cs").write_text(generate.csharp(cases))
    (folder / "Pointers.il").write_text(generate.il(cases))

    def compile(arguments):
        call([options.clang, "-std=c++17", "-O2", "-w", "-I", HERE, "-I", options.include, *arguments])

    compile(["-shared", "-fPIC", folder / "rows.cpp", HERE / "support.cpp", *runtime.cxx_flags, "-o",
             folder / "librows.so", *runtime.link_flags])
    host = runtime.build_host(compile, folder)
    call(["ilasm", "-quiet", "-dll", "-output:Pointers.dll", "Pointers.il"], cwd=folder)
    call(["mcs", "-nologo", "-unsafe", "-langversion:latest", *runtime.compiler_flags, "-r:Pointers.dll",
          "-out:rows.exe", "Rows.cs", HERE / "Program.cs"], cwd=folder)
    said = check(options, table.RUNTIMES[options.runtime], [folder / "rows.exe", folder / "Pointers.dll"],
                 runtime.libraries, folder / "rows.cpp", lines, runtime.cxx_flags)
    execution = Execution([*host, folder / "rows.exe"], folder, runtime.environment)
    # Run the cases that should succeed first, because a failing one may leave an invalid state.
    execution.run([case for case in cases if options.runtime in case.arrives])
    execution.run([case for case in cases if options.runtime not in case.arrives])
    return execution.outcomes, said


# Rules about types that neither runtime has.
OF_NEWER_TYPES = {"Int128ByValue", "VectorByValue"}


def check_table(all_rows, rules):
    """Returns problems of the table itself."""
    text = rules.read_text()
    # These runtimes cannot show features that only newer runtimes have.
    features = set(re.findall(r"^FEATURE\((\w+)", text, re.MULTILINE))
    known = set(re.findall(r"^RULE\((\w+)", text, re.MULTILINE)) | features
    shown = {rule for row in all_rows for rule in row.rules}
    for rule in sorted(known - features - OF_NEWER_TYPES - shown):
        yield "no row shows the rule %s of %s" % (rule, rules.name)
    for rule in sorted(shown - known):
        yield "a row shows the rule %s, which %s does not have" % (rule, rules.name)
    ids = [row.id for row in all_rows]
    for id in sorted({id for id in ids if ids.count(id) > 1}):
        yield "two rows are called %s" % id


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runtime", choices=table.RUNTIMES, required=True)
    parser.add_argument("--ilbridge", type=pathlib.Path, required=True)
    parser.add_argument("--clang", type=pathlib.Path, required=True)
    parser.add_argument("--project", type=pathlib.Path, required=True)
    parser.add_argument("--coreclr", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--verbose", action="store_true", help="print what happened in every case")
    parser.add_argument("rows", nargs="*", help="only rows whose id has one of these texts in it")
    options = parser.parse_args()
    options.include = options.project / "include"
    options.work = options.work.resolve()
    options.coreclr = options.coreclr.resolve()

    if problems := list(check_table(rows.ALL, options.include / "ilbridge/runtime/Rules.def")):
        sys.exit("\n".join(problems))
    chosen = [row for row in rows.ALL if options.runtime in row.runtimes and
              (not options.rows or any(text in row.id for text in options.rows))]
    cases = [case for row in chosen for case in row.cases]
    outcomes, said = execute(options, cases)
    for case in cases:
        if options.verbose:
            print("%-32s %s | %s" % (case.name, outcomes[case] or "arrives", "; ".join(said[case]) or "accepted"))
        for text in compare(case, options.runtime, outcomes[case], said[case]):
            problems.append("%s, %s, %s: %s\n  C#:  %s\n  C++: %s" % (
                case.name, case.row.kind, table.RUNTIMES[options.runtime], text,
                " ".join((case.row.types + " " + (case.row.method or case.row.call)).split()),
                " ".join((case.row.cxx + " " + case.cxx).split())))
    for row in chosen:
        reason = row.refused.get(options.runtime)
        if reason and not any(said[case] and not outcomes[case] for case in row.cases):
            problems.append("%s: the table says why check refuses it ('%s'), and check does not" % (row.id, reason))
    for problem in problems:
        print(problem)
    print("%d rows, %d functions, %d problems" % (len(chosen), len(cases), len(problems)))
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
