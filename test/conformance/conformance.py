#!/usr/bin/env python3
"""Compares what ilbridge says of calls with what happens when they are made.

usage: conformance.py --ilbridge FILE --target NAME [--seed SEED] [--count N] …

On one target, from a seed: so many signatures whose two sides agree, called
through generated invokers and bridges; the kinds of breakage there are; and a
quarter as many bindings with something broken at random. README.md says more.
"""

import argparse
import os
import shutil
import sys
import time

import csharp
import deliberate
import native
import variadic
from breaking import Breaker, Case
from broken import Pairs, may_arrive
from intact import Batch
from shapes import Generator, used_structs
from targets import Failure, targets


def candidates(cases):
    """Returns smaller lists of cases."""
    if len(cases) > 1:
        for each in cases:
            yield [other for other in cases if other is not each]
        # Cases that share a bridge have to stay alike to share it.
        for i in range(max(len(each.native.params) for each in cases)):
            yield [each.without(i) for each in cases]
    for at, case in enumerate(cases):
        for smaller in case.smaller():
            yield [*cases[:at], smaller, *cases[at + 1 :]]


class Run:
    def __init__(self, options):
        self.options = options
        self.folder = os.path.join(options.work, options.target)
        self.target = targets(options.clang, options.gcc, options.work)[options.target]
        self.assumed = self.target.assuming(options.assume) if options.assume else self.target
        self.failures = 0

    def fresh(self, name):
        folder = os.path.join(self.folder, name)
        if name != "minimal":
            shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder, exist_ok=True)
        return folder

    # Failures among cases: lists of (case, why).

    def wrong_intact(self, cases, name, shared=True):
        folder = self.fresh(name)
        signatures = [each.native for each in cases]
        by_name = {each.name: each for each in cases}
        try:
            batch = Batch(signatures, folder, self.options.ilbridge)
            if name != "minimal":
                self.batch = batch
            found = [(each, "ilbridge check: " + why) for each, why in batch.check(self.assumed)]
            found += batch.execute(self.assumed, os.path.join(folder, "run"), shared)
        except Failure as e:
            return [(self.culprit(cases, lambda part: self.wrong_intact(part, name, shared)), str(e))]
        return [(by_name.get(each, cases[0]), why) for each, why in found]

    def wrong_broken(self, cases, name):
        folder = self.fresh(name)
        try:
            return Pairs(cases, folder, self.options.ilbridge).disagreements(self.assumed, os.path.join(folder, "run"))
        except Failure as e:
            return [(self.culprit(cases, lambda part: self.wrong_broken(part, name)), str(e))]

    def culprit(self, cases, wrong):
        """Returns the case with which compilation fails."""
        while len(cases) > 1:
            half = cases[: len(cases) // 2]
            cases = half if wrong(half) else cases[len(cases) // 2 :]
        return cases[0]

    # Minimising.

    def minimise(self, cases, case, why, wrong):
        """Returns the smallest list of cases that still fails, and the failure."""
        lists = [[case], list(cases)]
        if case.managed == case.native and self.batch and case.name in self.batch.functions:
            lists.insert(1, self.companions(cases, case))
        for kept in lists:
            found = wrong(kept)
            if found:
                why = found[0][1]
                break
        for kept, found in self.steps(kept, wrong, self.options.tries):
            why = found[0][1]
        return kept, why

    def steps(self, kept, wrong, tries):
        """Yields smaller and smaller lists that fail, each with its failure."""
        smaller = True
        while smaller:
            for smaller in candidates(kept):
                tries -= 1
                found = wrong(smaller)
                if found:
                    kept = smaller
                    yield kept, found
                    break
                if tries <= 0:
                    return
            else:
                smaller = None

    def companions(self, cases, case):
        """Returns the cases including those that share a bridge with them."""
        names = self.batch.companions(case.name)
        return [each for each in cases if each.name in names]

    def report(self, cases, found, wrong, seed):
        # Only the first failure of each case is reported.
        found = list({case.name: (case, why) for case, why in reversed(found)}.values())[::-1]
        for case, why in found[: self.options.show]:
            print(f"\n{self.target.name}, seed {seed}, {case.name}, {case.broken or 'intact'}: {why}")
            kept, why = self.minimise(cases, case, why, wrong)
            print(f"minimised: {why}")
            for title, side, structs in (("C#", "managed", csharp.struct), ("C++", "native", native.struct)):
                sides = [getattr(each, side) for each in kept]
                print(f"--- {title}\n" + "".join(structs(each) for each in used_structs(sides)), end="")
                for each, signature in zip(kept, sides):
                    printer = csharp if side == "managed" else native
                    how = each.convention if side == "managed" else each.attribute
                    print(f"{how} {printer.spelled(signature.result)} {signature.name}({printer.params(signature)})")
            sys.stdout.flush()
        if len(found) > self.options.show:
            print(f"{len(found) - self.options.show} more: {', '.join(each.name for each, _ in found[self.options.show :])}")
        self.failures += len(found)

    # The three parts.

    def intact(self, seed, count, shared):
        cases = [Case(each.name, each, each) for each in Generator(seed).signatures(count)]
        wrong = lambda part: self.wrong_intact(part, "minimal", shared)
        found = self.wrong_intact(cases, f"intact-{seed}", shared)
        self.report(cases, found, wrong, seed)
        return len(cases)

    def broken(self, seed, count):
        generator = Generator(seed, same_everywhere=False)
        breaker, cases = Breaker(generator.rng), []
        for each in generator.signatures(count):
            # Some of the cases remain correct.
            case = breaker.case(each) if generator.rng.random() < 0.85 else None
            cases.append(case or Case(each.name, each, each))
        found = self.wrong_broken(cases, f"broken-{seed}")
        self.report(cases, found, lambda part: self.wrong_broken(part, "minimal"), seed)
        return len(cases)

    def deliberate(self):
        all_ = deliberate.cases()
        folder = self.fresh("deliberate")
        pairs = Pairs([case for case, _ in all_], folder, self.options.ilbridge)
        predicted = pairs.predicted(self.assumed)
        executed = pairs.executed(self.assumed, os.path.join(folder, "run"))
        for case, where in all_:
            breaks, findings = self.target.name in where, predicted.get(case.name, [])
            arrives = case.name not in executed
            is_allowed = breaks and all(may_arrive(case, each, self.target) for each in findings)
            if bool(findings) == breaks and (arrives != breaks or (arrives and is_allowed)):
                continue
            self.failures += 1
            print(f"{self.target.name}: '{case.broken}' is {'broken' if breaks else 'intact'} there, but check reports")
            print(f"  {findings or 'nothing'}\n  and execution: {executed.get(case.name, 'it arrives')}")
        for each in variadic.disagreements(self.target, self.assumed, self.fresh("variadic"), self.options.ilbridge):
            self.failures += 1
            print(f"{self.target.name}: {each}")
        return len(all_) + len(variadic.KINDS)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ilbridge", required=True)
    parser.add_argument("--target", required=True)
    parser.add_argument("--clang", default="clang++-19")
    parser.add_argument("--gcc", default="g++")
    parser.add_argument("--work", default="conformance", help="folder for what is made")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--count", type=int, default=2000, help="signatures")
    parser.add_argument("--batch", type=int, default=500, help="signatures compiled together")
    parser.add_argument("--show", type=int, default=3, help="failures that are minimised in a batch")
    parser.add_argument("--tries", type=int, default=60, help="to make a failure smaller")
    parser.add_argument("--portable", action="store_true", help="bridges that rows do not share")
    parser.add_argument("--assume", metavar="TRIPLE", help="ask ilbridge about this target, to see it fail")
    options = parser.parse_args()
    options.ilbridge = os.path.abspath(options.ilbridge)
    options.work = os.path.abspath(options.work)
    begin = time.monotonic()
    run = Run(options)
    kinds = run.deliberate()
    signatures = broken = 0
    for i in range(-(-options.count // options.batch)):
        count = min(options.batch, options.count - signatures)
        signatures += run.intact(f"{options.seed}.{i}", count, not options.portable)
        broken += run.broken(f"{options.seed}.{i}", max(count // 4, 1))
    print(
        f"{options.target}: {signatures} signatures, {broken} bindings broken at random, {kinds} kinds of breakage:"
        f" {run.failures} disagreements; {time.monotonic() - begin:.0f} s"
    )
    sys.exit(run.failures != 0)


if __name__ == "__main__":
    main()
