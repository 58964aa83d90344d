import sys, time, random
from shapes import *; import broken, targets
from breaking import *
seed, count, names = sys.argv[1], int(sys.argv[2]), sys.argv[3].split(",")
g = Generator(seed, same_everywhere=False); sigs = g.signatures(count)
b = Breaker(g.rng); cases=[]
for s in sigs:
    c = b.case(s) if g.rng.random()<0.85 else None
    cases.append(c or Case(s.name, s, s))
p = broken.Pairs(cases, "/tmp/cw/p"+seed, "/tmp/wt-conformance/build/release/tool/ilbridge/ilbridge")
T = targets.targets("/usr/lib/llvm-19/bin/clang++", "g++", "/tmp/cw")
for n in names:
    t=time.time()
    pr = p.predicted(T[n])
    try: ex = p.executed(T[n], f"{p.folder}/{n}")
    except targets.Failure as e: print(str(e)[:3000]); continue
    print(n, "%.1f s; predicted %d, executed %d, of %d" % (time.time()-t, len(pr), len(ex), len(cases)))
    for c in cases:
        if (c.name in pr) != (c.name in ex) and not (c.name in pr and all(broken.may_arrive(f) for f in pr[c.name])):
            print("  ", c.name, c.broken, "|", pr.get(c.name) or "FINE", "|", ex.get(c.name, "ARRIVES"))
