"""What a row of the table is.

A row is a managed method and C++ functions for it. In a row's C++, M is the
native function, and it is what is exported if EXPORT does not say where the
export begins. In C#, M is the method. Both sides say by want(...) and Want(...)
what they want the values to be.
"""

import re

# The names of the runtimes for --runtime.
RUNTIMES = {"mono": "mono@6", "coreclr": "coreclr@3.1"}
PINVOKE, INTERNAL_CALL, CALLBACK, POINTER = "P/Invoke", "internal call", "callback", "function pointer"


class Case:
    """One function of a row, and the runtimes in which its values arrive."""

    def __init__(self, row, number, cxx, arrives):
        self.row, self.cxx, self.arrives = row, cxx, arrives
        self.name = "%s_%d" % (row.id.replace("-", "_"), number)

    @property
    def wants(self):
        """Returns the number of checks on both sides if all of them are executed."""
        return len(re.findall(r"\bWant\(", self.row.call)), len(re.findall(r"\bwant\(", self.cxx))


class Row:
    def __init__(self, id, kind, method, call, both=(), mono=(), coreclr=(), none=(), *, types="", cxx="",
                 imports="", il=None, rules=(), refused=None):
        """A function that is given as `both` receives the correct values in both runtimes, and one
        that is given as `none` in neither. `types` and `cxx` are preceding declarations in C# and
        C++, and `imports` are arguments of [DllImport]. `rules` are the rules of Rules.def that the
        row shows. `refused` states for a runtime why a function is rejected although its values
        arrive."""
        self.id, self.kind, self.method, self.call = id, kind, method, call
        self.types, self.cxx, self.imports, self.il = types, cxx, imports, il
        self.rules = rules.split() if isinstance(rules, str) else rules
        self.refused = refused or {}
        self.runtimes = ["mono"] if kind == INTERNAL_CALL else list(RUNTIMES)
        self.cases = []
        for functions, arrives in ((both, list(RUNTIMES)), (mono, ["mono"]), (coreclr, ["coreclr"]), (none, [])):
            for function in [functions] if isinstance(functions, str) else functions:
                self.cases.append(Case(self, len(self.cases) + 1, function, arrives))


def pinvoke(id, method, call, both=(), **more):
    return Row(id, PINVOKE, method, call, both, **more)


def internal(id, method, call, mono=(), **more):
    """Returns an internal call, which only Mono has."""
    return Row(id + "-internal", INTERNAL_CALL, method, call, mono=mono, **more)


def callback(id, delegate, body, both=(), types="", **more):
    """Returns a delegate D with that signature, whose body is a lambda expression."""
    types += " public delegate %s;" % delegate
    call = "D d = %s; M(d); GC.KeepAlive(d);" % body
    return Row(id + "-callback", CALLBACK, "void M(D d)", call, both, types=types, **more)


def pointer(id, result, parameters, call, both=(), **more):
    """Returns a P/Invoke that returns the address of a function M, which C# calls as Call. The
    types are those of IL."""
    return Row(id + "-through-pointer", POINTER, None, call, both, il=(result, parameters), **more)


def internal_pointer(id, result, parameters, call, mono=(), **more):
    """As pointer(), with an internal call that returns the address."""
    return Row(id + "-through-internal-pointer", INTERNAL_CALL, None, call, mono=mono, il=(result, parameters), **more)
