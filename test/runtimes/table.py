"""What a row of the table is.

A row is a managed method and C++ functions for it. In a row's C++, M is the
native function, and it is what is exported if EXPORT does not say where the
export begins. In C#, M is the method. Both sides say by want(...) and Want(...)
what they want the values to be.
"""

import re

# As --runtime names them.
RUNTIMES = {"mono": "mono@6", "coreclr": "coreclr@3.1"}
PINVOKE, INTERNAL_CALL, CALLBACK, POINTER = "P/Invoke", "internal call", "callback", "function pointer"


class Case:
    """One function of a row, and the runtimes in which its values arrive."""

    def __init__(self, row, number, cxx, arrives):
        self.row, self.cxx, self.arrives = row, cxx, arrives
        self.name = "%s_%d" % (row.id.replace("-", "_"), number)

    @property
    def wants(self):
        """How often both sides want something, if all of it happens."""
        return len(re.findall(r"\bWant\(", self.row.call)), len(re.findall(r"\bwant\(", self.cxx))


class Row:
    def __init__(self, id, kind, method, call, both=(), mono=(), coreclr=(), none=(), *, types="", cxx="",
                 imports="", il=None, rules=(), refused=None):
        """A function given as `both` gets the right values in both runtimes, as
        `none` in neither. `types` and `cxx` are declarations of C# and C++ that
        come before, `imports` arguments of [DllImport]. `rules` are those of
        Rules.def that the row shows. `refused` says for a runtime why a
        function is refused although its values arrive."""
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
    """An internal call, which only Mono has."""
    return Row(id + "-internal", INTERNAL_CALL, method, call, mono=mono, **more)


def callback(id, delegate, body, both=(), types="", **more):
    """A delegate of that signature, D, whose body is a lambda."""
    types += " public delegate %s;" % delegate
    call = "D d = %s; M(d); GC.KeepAlive(d);" % body
    return Row(id + "-callback", CALLBACK, "void M(D d)", call, both, types=types, **more)


def pointer(id, result, parameters, call, both=(), **more):
    """A P/Invoke that gives the address of a function, M, which C# calls as
    Call. The types are those of IL."""
    return Row(id + "-through-pointer", POINTER, None, call, both, il=(result, parameters), **more)


def internal_pointer(id, result, parameters, call, mono=(), **more):
    """The same, given by an internal call."""
    return Row(id + "-through-internal-pointer", INTERNAL_CALL, None, call, mono=mono, il=(result, parameters), **more)
