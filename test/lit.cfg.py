# The configuration of lit: the commands that tests can call. The paths come from lit.site.cfg.py,
# which CMake writes.

import os

import lit.formats

config.name = config.suite
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".test", ".cs", ".cpp", ".c", ".il", ".yaml"]
config.excludes = ["Inputs", "CMakeLists.txt", "__pycache__", "standin", "conformance", "ecma335", "runtimes", "unit", "fuzz", "hosts", "tools"]
if not config.hosts:
    config.excludes += ["clang-tidy", "clangd", "plugin", "scaling"]
if config.suite == "checked":
    # The release build runs the tests that install, package, draw, execute generated code, run one
    # command hundreds of times, or read whole sets of real assemblies and headers.
    config.excludes += ["cmake", "docs", "package", "workflows", "tour", "run", "case-studies", "mono-assemblies.test",
                        "sequences.test", "planted-failures.test", "shared-preamble.test",
                        "order.test", "killed.test", "nested-structs.test", "browser.test",
                        "deep-types.test", "engine.test"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.build_root, "test", "lit")

config.environment["PATH"] = os.pathsep.join(
    [
        # mcs and ilasm that compile equal sources only once, and an ilbridge that compiles its
        # output.
        os.path.join(config.source_root, "test", "tools"),
        os.path.join(config.build_root, "tool", "ilbridge"),
        config.llvm_tools,
        config.environment["PATH"],
    ]
)
config.environment["TEST_PROGRAM"] = os.path.join(config.build_root, "tool", "ilbridge", "ilbridge")
config.environment["TEST_SOURCE"] = config.source_root
config.environment["PYTHON"] = config.python
config.environment["CLANGXX"] = config.clangxx
config.environment["GXX"] = config.gxx
config.environment["TEST_ASSEMBLIES"] = os.path.join(config.source_root, "build", "test-assemblies")
# The longest test takes some minutes; a test that hangs fails.
if lit_config.maxIndividualTestTimeIsSupported[0]:
    lit_config.maxIndividualTestTime = 1500
# LLVM's own libraries are built without sanitizers, so they reuse memory that the inline functions
# of their headers have poisoned. The stand-in poisons memory as well.
if config.suite == "checked":
    config.environment["ASAN_OPTIONS"] = "allow_user_poisoning=0"
else:
    # The build with sanitizers writes the same text.
    config.environment["COMPILES_GENERATED"] = "1"
# Messages do not depend on who runs the tests.
config.environment["LC_ALL"] = "C.UTF-8"

project = config.source_root


def tool(*path):
    return os.path.join(config.build_root, "tool", *path)


# ilbridge must not find a configuration next to the test folder.
config.substitutions += [
    ("%ilbridge", "ilbridge"),
    # The hosts inside Clang. Each precedes the substitution that is its prefix.
    ("%plugin", tool("clang-plugin", "libilbridge-clang.so")),
    ("%tidy-module", tool("clang-tidy", "libilbridge-tidy.so")),
    # clangd must not use data from other files of a project.
    ("%clangd", tool("clangd", "ilbridge-clangd") + " --background-index=0"),
    ("%lsp", config.python + " " + os.path.join(project, "test", "clangd", "lsp.py")),
    ("%clang-tidy", os.path.join(config.llvm_tools, "clang-tidy")),
    ("%llvm-major", config.llvm_major),
    ("%other-clangd", config.other_clangd),
    ("%other-clang", config.other_clang),
    # "%expect-status 3 command" passes if the command exits with 3.
    ("%expect-status", os.path.join(project, "test", "expect-status")),
    ("%include", os.path.join(project, "include")),
    ("%standin", os.path.join(project, "test", "standin", "leanclr")),
    ("%inputs", os.path.join(project, "test", "Inputs")),
    ("%mono-lib", "/usr/lib/mono/4.5"),
    # The flags for compiling and linking a host of embedded Mono.
    ("%mono-flags", "-isystem /usr/include/mono-2.0 -D_REENTRANT"),
    ("%mono-link", "-lmono-2.0 -lm -lpthread"),
    ("%clangxx", config.clangxx),
    ("%clang", config.clang),
    ("%gxx", config.gxx),
    # CoreCLR 3.1 and its reference assemblies, as unpacked by scripts/setup --tests.
    ("%coreclr-references", os.path.join(project, "build", "coreclr", "packs", "Microsoft.NETCore.App.Ref", "3.1.0", "ref", "netcoreapp3.1")),
    ("%coreclr", os.path.join(project, "build", "coreclr")),
    # playwright-core and axe-core, as unpacked by scripts/setup --tests.
    ("%browser-modules", os.path.join(project, "build", "browser")),
    ("%python", config.python),
    ("%source_root", project),
    ("%build_root", config.build_root),
    # Strict flags for generated code, which has to be free of warnings.
    ("%strict", "-Wall -Wextra -Wpedantic -Werror"),
    ("%sanitize", "-fsanitize=address,undefined -fno-sanitize-recover=undefined"),
]

# Other scripts test a program without Clang of another build, which they name: scripts/test-windows
# one for Windows, which Wine executes, and scripts/test-libcxx one for this system. With
# "everywhere", it is ilbridge in each test.
windows = lit_config.params.get("windows")
program = lit_config.params.get("program", windows)
if program:
    programs = os.path.join(project, "test", "windows" if windows else "without-clang", "Inputs", "bin")
    config.environment["PATH"] = programs + os.pathsep + config.environment["PATH"]
    config.environment["ILBRIDGE_EXE"] = program
    if "everywhere" in lit_config.params:
        config.environment["TEST_PROGRAM"] = os.path.join(programs, "ilbridge.exe") if windows else program
if windows:
    config.environment["WINEPREFIX"] = os.path.join(project, "build", "wine")
    config.environment["WINEDEBUG"] = "-all"
    config.substitutions += [("%wine", "/usr/lib/wine/wine64"), ("%exe", windows)]
else:
    config.excludes += ["windows"]
