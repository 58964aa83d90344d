import sys, time, os
from shapes import *; import intact, targets
seed, count, names = sys.argv[1], int(sys.argv[2]), sys.argv[3].split(",")
work="/tmp/cw/"+seed
g = Generator(seed); sigs = g.signatures(count)
t=time.time()
b = intact.Batch(sigs, work, "/tmp/wt-conformance/build/release/tool/ilbridge/ilbridge")
print("batch", time.time()-t)
T = targets.targets("/usr/lib/llvm-19/bin/clang++", "g++", "/tmp/cw")
for n in names:
    print(n)
    for l in b.check(T[n])[:20]: print("  check:", l)
    for shared in (True, False)[:int(sys.argv[4]) if len(sys.argv)>4 else 1]:
        t=time.time()
        try:
            r = b.execute(T[n], f"{work}/{n}-{shared}", shared)
        except targets.Failure as e: print(str(e)[:3000]); continue
        print("  shared" if shared else "  portable", len(r), "wrong; %.1f s" % (time.time()-t))
        for x in r[:8]: print("   ", x)
